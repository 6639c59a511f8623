//! Descriptors (§3.49): the metadata of each rule and of each kind of mistake.

use serde::Serialize;

use crate::document::Code;
use crate::report::inert::line;
use crate::report::markdown::prose;
use crate::report::model::{Finding, Head};
use crate::report::wording::rule_with_paragraphs;
use crate::rulebook::Severity;

use super::message::{Message, escape_braces};

/// The most tags of a rule that GitHub takes.
const MOST_TAGS: usize = 20;

/// The descriptor of a rule.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RuleDescriptor {
    id: String,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    help_uri: Option<String>,
    short_description: Message,
    full_description: Message,
    help: Message,
    properties: RuleProperties,
}

#[derive(Serialize)]
struct RuleProperties {
    severity: Severity,
    tags: Vec<String>,
}

impl RuleDescriptor {
    /// The descriptor of a finding's rule.
    pub fn new(finding: &Finding) -> Self {
        Self {
            id: line(&finding.rule),
            name: in_pascal_case(&finding.rule),
            help_uri: finding.authority.first().and_then(|authority| document_uri(&authority.symbol)),
            short_description: Message::new([finding.title.as_str()]),
            full_description: Message::new([rule_with_paragraphs(finding).as_str()]),
            help: help(finding),
            properties: RuleProperties {
                severity: finding.severity,
                tags: finding.authority.iter().take(MOST_TAGS).map(|authority| line(&authority.to_string())).collect(),
            },
        }
    }
}

/// `dprk-arm-from-all` as `DprkArmFromAll`, which Azure DevOps asks for beside the id.
fn in_pascal_case(id: &str) -> String {
    let words = id.split(|c: char| !c.is_ascii_alphanumeric()).map(|word| {
        let mut chars = word.chars();
        chars.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(chars).collect::<String>()
    });
    words.collect()
}

/// The place of a resolution on the Organization's documents server; `None` for what is no resolution of the Council.
fn document_uri(symbol: &str) -> Option<String> {
    let (number, year) = symbol.strip_prefix("S/RES/")?.strip_suffix(')')?.split_once(" (")?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    (is_number(number) && is_number(year)).then(|| format!("https://undocs.org/S/RES/{number}({year})"))
}

/// The rule's title, its paragraphs, and what is in doubt about it.
fn help(finding: &Finding) -> Message {
    let mut text = vec![finding.title.clone()];
    let mut markdown = format!("**{}**\n", escape_braces(&prose(&finding.title)));
    let lists = [("Paragraphs", finding.authority.iter().map(ToString::to_string).collect()), ("Note", finding.flags.clone())];
    for (heading, entries) in lists {
        let entries: Vec<String> = entries;
        if !entries.is_empty() {
            markdown.push_str(&format!("\n{heading}:\n\n"));
            entries.iter().for_each(|entry| markdown.push_str(&format!("- {}\n", escape_braces(&prose(entry)))));
            text.push(format!("{heading}: {}", entries.join("; ")));
        }
    }
    Message { markdown: Some(markdown), ..Message::new(text.iter().map(String::as_str)) }
}

/// A kind of mistake in the inputs.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ProblemDescriptor {
    id: &'static str,
    name: String,
    short_description: Message,
    full_description: Message,
    help: Message,
}

impl ProblemDescriptor {
    /// The kinds of the mistakes in a report, each once, in the order of their codes.
    pub fn all(head: &Head) -> Vec<Self> {
        let is_found = |code: &&Code| head.problems.iter().any(|problem| problem.code == Some(**code));
        let descriptors = Code::ALL.iter().filter(is_found).map(|code| Self {
            id: code.as_str(),
            name: in_pascal_case(code.title()),
            short_description: Message::new([code.title()]),
            full_description: Message::new([code.explanation()]),
            help: Message::new([code.explanation()]),
        });
        descriptors.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{document_uri, in_pascal_case};

    #[test]
    fn a_rule_has_a_name_beside_its_id() {
        assert_eq!(in_pascal_case("dprk-arm-from-all"), "DprkArmFromAll");
    }

    #[test]
    fn a_resolution_has_a_place_of_its_own() {
        assert_eq!(document_uri("S/RES/1718 (2006)").as_deref(), Some("https://undocs.org/S/RES/1718(2006)"));
        assert_eq!(document_uri("S/2019/1 (x)"), None);
    }
}
