//! What several formats tell of a finding, and how text of unknown hands becomes harmless in one line.

use crate::engine::ExceptionState;

use super::decision_text;
use super::model::{FileLocation, Finding};
use super::words::spoken;
use super::wrap::inert;

/// A text in one line, with nothing in it that could steer what shows it.
pub(super) fn line(text: &str) -> String {
    inert(&text.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
}

/// The beginning of a text, with a mark where something was left out.
pub(super) fn clipped(text: String, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

/// Where a finding is to be shown: at the fact that decides it, else at its transaction.
///
/// Of an open finding that is the fact that is told, but not exactly enough. Of any other it is the last one: a rule asks
/// from the general (the day, the sides) to the particular, and what shows or shuts an exception comes after that.
pub(super) fn place_of<'a>(finding: &'a Finding, transaction_at: Option<&'a FileLocation>) -> Option<&'a FileLocation> {
    let unclear = finding.settled_by.iter().flatten().find_map(|missing| missing.at.as_ref());
    unclear.or_else(|| finding.because.iter().rev().find_map(|b| b.at.as_ref())).or(transaction_at)
}

/// The paragraphs of a finding.
pub(super) fn paragraphs(finding: &Finding) -> String {
    let all: Vec<String> = finding.authority.iter().map(ToString::to_string).collect();
    all.join("; ")
}

/// The item that a finding speaks of.
pub(super) fn subject(finding: &Finding) -> Option<String> {
    finding.subject.as_ref().map(|s| format!("{} (item {})", s.label, s.item.saturating_add(1)))
}

/// A heading and what stands under it; the text is as it was reported and not harmless yet.
pub(super) type Particular = (&'static str, Vec<String>);

/// What is to be told of a finding beside verdict, rule, title and paragraphs; nothing empty.
pub(super) fn particulars(finding: &Finding) -> Vec<Particular> {
    let all = [
        ("on", subject(finding).into_iter().collect()),
        ("because", because(finding)),
        ("satisfied by", finding.satisfied_by.iter().cloned().collect()),
        ("no more than potential", finding.limited_by.iter().map(|cap| cap.in_words().to_owned()).collect()),
        ("settled if known", settled_by(finding)),
        ("would be compliant if", unless(finding)),
        ("note", finding.flags.clone()),
        ("decided", finding.decision.iter().map(decision_text::in_words).collect()),
    ];
    all.into_iter().filter(|(_, entries): &Particular| !entries.is_empty()).collect()
}

/// The facts that made it so, each with its place.
pub(super) fn because(finding: &Finding) -> Vec<String> {
    let told = finding.because.iter().map(|b| {
        let value = b.value.as_deref().unwrap_or("not told");
        let at = b.at.as_ref().map(|at| format!(" ({at})")).unwrap_or_default();
        let note = b.note.as_deref().map(|note| format!(": {note}")).unwrap_or_default();
        format!("{} is {value}{at}{note}", spoken(&b.fact))
    });
    told.collect()
}

/// The sets of facts of which each would settle it, each once.
pub(super) fn settled_by(finding: &Finding) -> Vec<String> {
    let mut sets: Vec<String> = Vec::new();
    for set in &finding.settled_by {
        let facts = set.iter().map(|m| match &m.reported {
            Some(told) => format!("{} (told as `{told}`)", spoken(&m.fact)),
            None => spoken(&m.fact),
        });
        let set = facts.collect::<Vec<_>>().join(" and ");
        if !sets.contains(&set) {
            sets.push(set);
        }
    }
    sets
}

/// The exceptions that are still open.
pub(super) fn unless(finding: &Finding) -> Vec<String> {
    let open = finding.unless.iter().filter(|u| u.state == ExceptionState::NotShown).map(|u| {
        let mut missing: Vec<String> = u.missing.iter().map(|fact| spoken(fact)).collect();
        missing.dedup();
        let missing = if missing.is_empty() { String::new() } else { format!(" (not told: {})", missing.join(", ")) };
        format!("{}: {}{missing}", u.exception, u.title)
    });
    open.collect()
}

#[cfg(test)]
mod tests {
    use super::{clipped, line};

    #[test]
    fn one_line_and_harmless() {
        assert_eq!(line(" a\r\n\tb\u{202e}\0\u{2028}c "), "a b\\u{202e}\\u{0} c");
        assert_eq!(clipped("äöü".to_owned(), 2), "äö…");
        assert_eq!(clipped("äö".to_owned(), 2), "äö");
    }
}
