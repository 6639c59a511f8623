//! The tests beside the rules with their facts read, ready to be asked of a rulebook.

use crate::document::{Content, Diagnostics, Entry, Key, Node, Scalar, Severity};
use crate::facts::ReportedIncident;
use crate::intake::{read_incident, read_transaction};
use crate::rulebook::{Rulebook, TestCase, TestInput};

/// A test's incident; more than one mistake in its facts is told at once.
pub(super) fn prepare(rulebook: &Rulebook, test: &TestCase) -> Result<ReportedIncident, Vec<String>> {
    let mut problems = Diagnostics::default();
    let reported = match resolved(rulebook, test, 0).map_err(|reason| vec![reason])? {
        Facts::Incident(node) => read_incident(node, &rulebook.vocabulary, &mut problems),
        Facts::Transaction(node) => Some(read_transaction(node, &rulebook.vocabulary, &mut problems)),
    };
    let mistakes = problems.iter().filter(|p| p.severity == Severity::Error);
    let place = |at: Option<_>| at.map(|at| format!(" ({})", rulebook.sources.at(at))).unwrap_or_default();
    let mistakes: Vec<String> = mistakes.map(|p| format!("the facts cannot be read: {}{}", p.message, place(p.at))).collect();
    match reported {
        Some(reported) if mistakes.is_empty() => Ok(reported),
        _ => Err(mistakes),
    }
}

enum Facts {
    Transaction(Node),
    Incident(Node),
}

/// The facts of a test, `like:` followed.
fn resolved(rulebook: &Rulebook, test: &TestCase, depth: usize) -> Result<Facts, String> {
    const LONGEST_CHAIN: usize = 16;
    let (like, overrides) = match &test.given {
        TestInput::Transaction(node) => return Ok(Facts::Transaction(node.clone())),
        TestInput::Incident(node) => return Ok(Facts::Incident(with_id(node))),
        TestInput::Like(like, overrides) => (like, overrides),
    };
    let base = rulebook.tests.iter().find(|t| t.name == *like).ok_or_else(|| format!("there is no test `{like}` to be like"))?;
    if depth >= LONGEST_CHAIN {
        return Err(format!("the tests from `{like}` on are like each other in a circle"));
    }
    match resolved(rulebook, base, depth + 1)? {
        Facts::Transaction(node) => Ok(Facts::Transaction(merged(node, overrides))),
        Facts::Incident(_) => Err(format!("`{like}` is a whole incident; a test can be like a single transaction only")),
    }
}

/// An incident of a test may leave its id out.
fn with_id(node: &Node) -> Node {
    let mut node = node.clone();
    let span = node.span;
    if let Content::Map(entries) = &mut node.content
        && !entries.iter().any(|e| e.key.text == "id")
    {
        let id = Node { span, content: Content::Scalar(Scalar { text: "test".to_owned(), plain: true }) };
        entries.push(Entry { key: Key { span, text: "id".to_owned() }, value: id });
    }
    node
}

fn merged(mut base: Node, overrides: &Node) -> Node {
    if let (Content::Map(entries), Some(changes)) = (&mut base.content, overrides.entries()) {
        for change in changes.iter().filter(|c| c.key.text != "like") {
            match entries.iter_mut().find(|e| e.key.text == change.key.text) {
                Some(entry) => *entry = change.clone(),
                None => entries.push(change.clone()),
            }
        }
    }
    base
}
