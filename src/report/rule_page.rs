//! One rule in words.

use std::fmt::Write as _;

use chrono::NaiveDate;

use crate::facts::{Period, Truth};
use crate::rulebook::{Burden, Citation, Deadline, Exception, Force, LawAsOf, RenewedUntil, Rule, RuleKind, Rulebook, Stretch};

use super::condition_tree::ConditionTree;
use super::uses::{Part, used_by};
use super::wrap::wrapped;

/// A rule in one line: id, days in force, paragraphs, title; and whether it is uncertain that it is in force on a day.
pub fn rule_line(rule: &Rule, on: Option<NaiveDate>) -> String {
    let mut out = String::new();
    let authority: Vec<String> = rule.authority.iter().take(1).map(ToString::to_string).collect();
    let _ = writeln!(out, "{:<24} {:<24} {}", rule.id, rule.in_force.to_string(), authority.join("; "));
    wrapped(&mut out, "    ", "    ", &rule.title);
    if let Some(day) = on.filter(|day| rule.in_force.on(Some(Period::day(*day)), LawAsOf::default()) == Truth::Unknown) {
        let _ = writeln!(out, "    not verified to be in force on {day}");
    }
    out
}

/// The whole rule: paragraphs, versions, condition, exceptions, duties, the rules that use it, tests. Each definition is
/// unfolded where it first occurs.
pub fn rule_page(rule: &Rule, rulebook: &Rulebook) -> String {
    let mut out = String::new();
    let mut tree = ConditionTree::new(rulebook);
    wrapped(&mut out, "", "  ", &format!("{}: {}", rule.id, rule.title));
    wrapped(&mut out, "  paragraphs   ", "               ", &citations(&rule.authority));
    if let Some(regime) = rulebook.regime(rule.regime) {
        wrapped(&mut out, "  regime       ", "               ", &regime.title);
        if let Some(day) = regime.verified_on {
            let _ = writeln!(out, "  verified on  {day}");
        }
    }
    time(&mut out, rule);
    let force = if rule.force == Force::Decides { "the Council decides" } else { "the Council calls upon States" };
    let _ = writeln!(out, "  force        {force}");
    let _ = writeln!(out, "  severity     {}; encoding of grade {}", rule.severity.word(), rule.confidence.letter());
    if let Some(addressee) = &rule.addressee {
        let _ = writeln!(out, "  addressee    {addressee}");
    }
    versions(&mut out, rule, rulebook);
    let _ = writeln!(out, "  stands at    {}", rulebook.sources.location(rule.span));
    out.push_str(if rule.is_duty() { "\n  applies when\n" } else { "\n  forbids what is such that\n" });
    tree.write(&mut out, &rule.when, 2);
    if let RuleKind::Duty(duty) = &rule.kind {
        out.push_str("\n  done when\n");
        tree.write(&mut out, &duty.fulfilled, 2);
        match duty.deadline {
            Some(Deadline::Day(day)) => _ = writeln!(out, "  by {day}"),
            Some(Deadline::AfterTransaction(days)) => _ = writeln!(out, "  within {days} days of the transaction"),
            None => {}
        }
    }
    if let Some(needs) = &rule.needs_determination {
        let by = match (needs.by_state, needs.by_committee) {
            (true, true) => "a State or the Committee",
            (false, true) => "the Committee",
            _ => "a State",
        };
        wrapped(
            &mut out,
            "\n  needs a determination by ",
            "    ",
            &format!("{by}: {}", needs.findings.iter().map(|f| rulebook.term(*f)).collect::<Vec<_>>().join(" or ")),
        );
    }
    for exception in &rule.exceptions {
        out.push('\n');
        wrapped(&mut out, "  unless ", "    ", &format!("{}: {}", exception.id, exception.title));
        wrapped(&mut out, "    ", "    ", &format!("({})", nature(exception)));
        tree.write(&mut out, &exception.when, 2);
    }
    for silence in &rule.silences {
        let scope = silence.when.name();
        wrapped(&mut out, &format!("\n  silence allowed ({scope}): "), "    ", &silence.reason);
    }
    for contested in &rule.contested {
        let days = Stretch { from: contested.from, to: contested.to, certain_to: None };
        let days = if days == Stretch::default() { String::new() } else { format!(" {days}") };
        wrapped(&mut out, &format!("\n  contested{days}: "), "    ", &contested.reason);
    }
    if let Some(remarks) = &rule.remarks {
        wrapped(&mut out, "\n  remarks: ", "    ", remarks);
    }
    if !rule.duties.is_empty() {
        wrapped(&mut out, "\n  duties beside a finding: ", "    ", &rule.duties.join(", "));
    }
    used_by(&mut out, Part::Rule(rule), rulebook);
    tests(&mut out, rule, rulebook);
    out
}

/// Who decides that an exception applies, who has to show it, since when, and the paragraphs that make it.
pub(super) fn nature(exception: &Exception) -> String {
    let burden = match exception.burden {
        Burden::Shown => "counts only if shown",
        Burden::Excluded => "has to be excluded first",
    };
    let dates = if exception.in_force.is_always() { String::new() } else { format!("; {}", exception.in_force) };
    let source = if exception.authority.is_empty() { String::new() } else { format!("; {}", citations(&exception.authority)) };
    format!("{}; {burden}{dates}{source}", exception.decided_by.in_words())
}

/// Paragraphs in a row.
pub(super) fn citations(authority: &[Citation]) -> String {
    authority.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// The time of a rule: its days, then the decisions that renewed or ended it, and how far it is verified.
fn time(out: &mut String, rule: &Rule) {
    let _ = writeln!(out, "  in force     {}", rule.in_force);
    let by = |by: &Option<String>, on: NaiveDate| by.as_ref().map_or_else(|| on.to_string(), |by| format!("{by}, {on}"));
    for interval in rule.in_force.intervals() {
        for renewal in &interval.renewals {
            let until = match renewal.until {
                RenewedUntil::Day(day) => format!("until {day}"),
                RenewedUntil::OpenEnd => "without an end".to_owned(),
                RenewedUntil::NotRecorded => "until a day that is not recorded".to_owned(),
            };
            let _ = writeln!(out, "  renewed      {until} ({})", by(&renewal.by, renewal.on));
        }
        if interval.customarily_renewed {
            out.push_str("               customarily renewed\n");
        }
        if let Some(ended) = &interval.ended {
            let _ = writeln!(out, "  ended        {} ({})", ended.to, by(&ended.by, ended.on));
        }
    }
    if let Some(unverified) = &rule.unverified {
        let reason = unverified.reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
        wrapped(out, "  unverified   ", "               ", &format!("after {}{reason}", unverified.after));
    }
}

fn versions(out: &mut String, rule: &Rule, rulebook: &Rulebook) {
    for earlier in &rule.replaces {
        let _ = writeln!(out, "  replaces     {earlier}");
    }
    for other in &rule.same_ban_as {
        let _ = writeln!(out, "  same ban as  {other}");
    }
    if let Some(reason) = &rule.gap_because {
        wrapped(out, "               after a gap: ", "               ", reason);
    }
    for later in rulebook.rules.iter().filter(|r| r.replaces.contains(&rule.id)) {
        let _ = writeln!(out, "  replaced by  {}", later.id);
    }
}

fn tests(out: &mut String, rule: &Rule, rulebook: &Rulebook) {
    let named: Vec<&str> = rulebook.tests.iter().filter(|t| t.expect.contains_key(&rule.id)).map(|t| t.name.as_str()).collect();
    let _ = writeln!(out, "\n  {} tests expect a finding of it", named.len());
    for name in named {
        wrapped(out, "  - ", "    ", name);
    }
}
