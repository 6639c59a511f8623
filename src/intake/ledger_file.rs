//! A file with balances and notices of quotas that hold for all incidents of a run.

use std::path::Path;

use crate::document::{Diagnostic, Diagnostics, Source, read_yaml};
use crate::facts::Context;
use crate::rulebook::Vocabulary;

use super::Intake;
use super::reader::Reader;

impl Intake {
    /// Reads `balances:` and `notices:` as an incident's `context` has them. What is wrong joins the intake's problems.
    pub fn read_ledger(&mut self, file: &Path, vocabulary: &Vocabulary) -> Option<Context> {
        let text = match std::fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) => {
                self.problems.push(Diagnostic::about_file(format!("the ledger `{}` cannot be read: {error}", file.display())));
                return None;
            }
        };
        let id = self.sources.add(Source::new(file.display().to_string(), text));
        let mut problems = Diagnostics::default();
        let root = self.sources.get(id).and_then(|source| read_yaml(id, source, &mut problems));
        let mut context = Context::default();
        if let Some(root) = root {
            Reader { vocabulary, problems: &mut problems }.record(&root, &mut context);
        }
        self.problems.append(problems);
        Some(context)
    }
}
