//! Descriptors (§3.49): the metadata of each rule and of each kind of mistake.

use serde::Serialize;

use crate::document::Code;
use crate::report::inert::line;
use crate::report::markdown::prose;
use crate::report::model::{Finding, Head};
use crate::report::wording::rule_with_paragraphs;
use crate::rulebook::Severity;

use super::message::{Message, escape_braces};

/// The descriptor of a rule.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RuleDescriptor {
    id: String,
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
            short_description: Message::new([finding.title.as_str()]),
            full_description: Message::new([rule_with_paragraphs(finding).as_str()]),
            help: help(finding),
            properties: RuleProperties {
                severity: finding.severity,
                tags: finding.authority.iter().map(|authority| line(&authority.to_string())).collect(),
            },
        }
    }
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
    short_description: Message,
    full_description: Message,
}

impl ProblemDescriptor {
    /// The kinds of the mistakes in a report, each once, in the order of their codes.
    pub fn all(head: &Head) -> Vec<Self> {
        let is_found = |code: &&Code| head.problems.iter().any(|problem| problem.code == Some(**code));
        let descriptors = Code::ALL.iter().filter(is_found).map(|code| Self {
            id: code.as_str(),
            short_description: Message::new([code.title()]),
            full_description: Message::new([code.explanation()]),
        });
        descriptors.collect()
    }
}
