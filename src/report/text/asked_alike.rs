//! Transactions that are asked the same: their questions are told once.

use std::collections::VecDeque;

use crate::report::model::{QuestionNote, TransactionReport};
use crate::report::wrap::wrapped;

/// So many transactions that are asked alike are named; the others are counted.
const MOST_ALIKE: usize = 12;

/// With so many transactions whose questions were told a later one is compared, the last ones.
const MOST_TOLD: usize = 32;

/// What was told of the questions of the transactions so far.
#[derive(Default)]
pub(super) struct AskedAlike {
    /// The transactions whose questions were told in full, and these.
    told: VecDeque<(String, Vec<QuestionNote>)>,
    /// The last transactions, if no more is to be told of them than that they have the questions of another.
    run: Option<AlikeRun>,
}

/// Transactions, one behind the other, of which the same is to be told.
struct AlikeRun {
    /// The heading of the first.
    heading: String,
    /// What is told of each.
    text: String,
    ids: Vec<String>,
}

impl AskedAlike {
    /// The id of the transaction before that has the same questions.
    pub(super) fn as_of(&self, transaction: &TransactionReport) -> Option<&str> {
        self.told.iter().find(|(_, asked)| are_same(asked, &transaction.questions)).map(|(id, _)| id.as_str())
    }

    /// Adds a transaction of which no more is told than `text`, under the heading of a transaction. Returns what is to be told of
    /// those before it, if another text is.
    pub(super) fn add(&mut self, id: &str, heading: impl FnOnce() -> String, text: String) -> String {
        let ended = if self.run.as_ref().is_some_and(|run| run.text != text) { self.take_text() } else { String::new() };
        let run = self.run.get_or_insert_with(|| AlikeRun { heading: heading(), text, ids: Vec::new() });
        run.ids.push(id.to_owned());
        ended
    }

    /// Remembers the questions of a transaction that is told in full.
    pub(super) fn ask(&mut self, transaction: &TransactionReport) {
        if !transaction.questions.is_empty() && self.as_of(transaction).is_none() {
            self.told.push_back((transaction.id.clone(), transaction.questions.clone()));
            if self.told.len() > MOST_TOLD {
                self.told.pop_front();
            }
        }
    }

    /// Takes out what is to be told of the last transactions.
    pub(super) fn take_text(&mut self) -> String {
        let Some(AlikeRun { heading, text, ids }) = self.run.take() else { return String::new() };
        if ids.len() < 2 {
            return heading + &text;
        }
        let named = ids.iter().take(MOST_ALIKE).map(String::as_str).collect::<Vec<_>>().join(", ");
        let more = ids.len().saturating_sub(MOST_ALIKE);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let mut out = "\n".to_owned();
        wrapped(&mut out, "", "  ", &format!("{named}{more}"));
        out + &text
    }
}

/// True if two transactions lack the same facts for the same rules.
fn are_same(a: &[QuestionNote], b: &[QuestionNote]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.text == b.text && a.rules == b.rules)
}
