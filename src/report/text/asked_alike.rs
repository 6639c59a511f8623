//! Transactions that are asked the same: their questions are told once.

use crate::report::model::{QuestionNote, TransactionReport};
use crate::report::wrap::wrapped;

/// So many transactions that are asked alike are named; the others are counted.
const MOST_ALIKE: usize = 12;

/// Transactions of which nothing is to be told but that they have the questions of one before them.
#[derive(Default)]
pub(super) struct AskedAlike {
    /// The transaction whose questions were told in full, and these.
    first: Option<(String, Vec<QuestionNote>)>,
    /// The heading of the first transaction that is like it, and what is told of each.
    text: Option<(String, String)>,
    /// The ids of all of them.
    ids: Vec<String>,
}

impl AskedAlike {
    /// The id of the transaction before that has the same questions.
    pub(super) fn as_of(&self, transaction: &TransactionReport) -> Option<&str> {
        let (id, questions) = self.first.as_ref()?;
        has_same_questions(questions, &transaction.questions).then_some(id)
    }

    /// Adds a transaction of which no more is told than `text`, under the heading of a transaction.
    pub(super) fn add(&mut self, id: &str, heading: impl FnOnce() -> String, text: String) {
        if self.text.is_none() {
            self.text = Some((heading(), text));
        }
        self.ids.push(id.to_owned());
    }

    /// Remembers the questions of a transaction that is told in full.
    pub(super) fn ask(&mut self, transaction: &TransactionReport) {
        if !transaction.questions.is_empty() && self.as_of(transaction).is_none() {
            self.first = Some((transaction.id.clone(), transaction.questions.clone()));
        }
    }

    /// Takes out what is told of the transactions so far.
    pub(super) fn take_text(&mut self) -> String {
        let ids = std::mem::take(&mut self.ids);
        let Some((mut text, same)) = self.text.take() else { return String::new() };
        if ids.len() > 1 {
            text.clear();
            text.push('\n');
            let named = ids.iter().take(MOST_ALIKE).map(String::as_str).collect::<Vec<_>>().join(", ");
            let more = ids.len().saturating_sub(MOST_ALIKE);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            wrapped(&mut text, "", "  ", &format!("{named}{more}"));
        }
        text + &same
    }
}

/// True if two transactions lack the same facts for the same rules.
fn has_same_questions(a: &[QuestionNote], b: &[QuestionNote]) -> bool {
    let words = |questions: &[QuestionNote]| -> Vec<_> { questions.iter().map(|q| (q.text.clone(), q.rules.clone())).collect() };
    words(a) == words(b)
}
