//! Transactions that are reported to be about nothing: a sale whose goods are none.

use crate::document::{Code, Diagnostic, Diagnostics, Node, Span};
use crate::engine::subjects_said_to_be_none;
use crate::facts::{Record, Transaction};
use crate::rulebook::Vocabulary;

/// Makes what a transaction must be about unknown where it is reported to be none, and reports it. `node` is the transaction as
/// written, if there is a tree of it, else `at` is its place.
pub(super) fn read_as_unknown(
    transaction: &mut Transaction,
    (node, at): (Option<&Node>, Option<Span>),
    vocabulary: &Vocabulary,
    problems: &mut Diagnostics,
) {
    for row in subjects_said_to_be_none(transaction, vocabulary).iter() {
        let key = transaction.table().key(row);
        if let Some(slot) = transaction.slot(row) {
            slot.clear();
        }
        let message = format!("`{key}` cannot be none, and is read as unknown: the activity is about nothing else");
        let at = node.map(|node| node.get(key).map_or(node.span, |value| value.span)).or(at);
        let problem = match at {
            Some(at) => Diagnostic::new(Code::NoneOfWhatIsThere, at, message),
            None => Diagnostic::about_file(Code::NoneOfWhatIsThere, message),
        };
        problems.push(problem.help("leave the key out"));
    }
}
