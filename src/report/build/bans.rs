//! Which findings of a transaction state the same ban: they are told as one, and one finding of the transaction leads.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::engine::Verdict;
use crate::rulebook::{Rule, Rulebook};

use super::super::model::{AlsoNote, Finding, MissingNote, RegimeNote};

/// Folds each breach that states the ban of another one on the same subject under that one; returns the fingerprint of the
/// finding that leads the transaction.
///
/// Rules of the same ban are those that `same_ban_as` or `replaces` names. Of two the graver finding is told: the worse verdict,
/// then the severity, then the rule that is named. What differs in a person's decision is not folded.
pub(super) fn fold_bans(findings: &mut [Finding], rulebook: &Rulebook) -> Option<String> {
    let rules: Vec<Option<&Rule>> = findings.iter().map(|finding| rulebook.find_rule(&finding.rule)).collect();
    let leads = leads(findings, &rules);
    for (position, lead) in leads.iter().enumerate() {
        let Some(lead) = *lead else { continue };
        let (Some(also), Some(lead_rule)) = (findings.get(position).map(also_note), findings.get(lead).map(|l| l.rule.clone()))
        else {
            continue;
        };
        if let Some(lead) = findings.get_mut(lead)
            && !lead.also.contains(&also)
        {
            lead.also.push(also);
        }
        findings.get_mut(position).into_iter().for_each(|finding| finding.told_with = Some(lead_rule.clone()));
    }
    told_by_themselves(findings).min_by_key(|finding| rank(finding)).map(|finding| finding.fingerprint.clone())
}

/// The regimes with a breach or an open finding, the gravest first, each with the finding that leads; none unless there are
/// several.
pub(super) fn regime_notes(findings: &[Finding], rulebook: &Rulebook) -> Vec<RegimeNote> {
    let mut leading: BTreeMap<&str, &Finding> = BTreeMap::new();
    for finding in told_by_themselves(findings).filter(|finding| finding.verdict != Verdict::Compliant) {
        let known = leading.entry(&finding.regime).or_insert(finding);
        if rank(finding) < rank(known) {
            *known = finding;
        }
    }
    let mut leading: Vec<&Finding> = leading.into_values().collect();
    leading.sort_by_key(|finding| rank(finding));
    let note = |finding: &&Finding| {
        let regime = rulebook.regime(rulebook.find_rule(&finding.rule)?.regime)?;
        Some(RegimeNote { regime: regime.id.clone(), title: regime.short_title.clone(), leading: finding.fingerprint.clone() })
    };
    if leading.len() > 1 { leading.iter().filter_map(note).collect() } else { Vec::new() }
}

fn told_by_themselves(findings: &[Finding]) -> impl Iterator<Item = &Finding> {
    findings.iter().filter(|finding| finding.told_with.is_none())
}

/// The order in which findings lead. Of equally grave bans, the one on goods says more than one on the transaction as a whole.
///
/// Of what is open the ban that is nearest to what is reported leads, not the gravest that nothing excludes: one on something that is
/// told, not on goods of which nothing is; then the one on goods, then the one of which the fewest facts are missing.
fn rank(finding: &Finding) -> impl Ord + use<> {
    let is_open = finding.verdict == Verdict::InsufficientInformation;
    let distance = is_open.then_some((is_on_untold_goods(finding), finding.subject.is_none(), finding.missing.len()));
    (Reverse(finding.verdict), finding.is_decided(), distance, Reverse(finding.severity), finding.subject.is_none())
}

/// True if nothing settles the finding but goods, and none are reported: any act could be with such goods.
fn is_on_untold_goods(finding: &Finding) -> bool {
    let is_goods = |missing: &MissingNote| missing.fact.starts_with("items") && missing.reported.is_none();
    finding.subject.is_none() && !finding.settled_by.is_empty() && finding.settled_by.iter().all(|set| set.iter().any(is_goods))
}

fn also_note(finding: &Finding) -> AlsoNote {
    AlsoNote {
        rule: finding.rule.clone(),
        title: finding.title.clone(),
        severity: finding.severity,
        authority: finding.authority.clone(),
    }
}

/// For each finding the position of the one that it is told with; `None` if it is told by itself.
fn leads(findings: &[Finding], rules: &[Option<&Rule>]) -> Vec<Option<usize>> {
    let mut by_rule: BTreeMap<&str, BTreeMap<Option<usize>, usize>> = BTreeMap::new();
    for (position, finding) in findings.iter().enumerate() {
        let item = finding.subject.as_ref().map(|subject| subject.item);
        by_rule.entry(&finding.rule).or_default().entry(item).or_insert(position);
    }
    let kin = kin(&by_rule, rules);
    let direct = |position: usize| -> Option<usize> {
        let (finding, rule) = (findings.get(position)?, rules.get(position)?.as_ref()?);
        let item = finding.subject.as_ref().map(|subject| subject.item);
        let on_subject = |of_rule: &BTreeMap<Option<usize>, usize>| {
            let whole = || of_rule.get(&None).copied();
            of_rule.get(&item).copied().or_else(whole).or_else(|| of_rule.values().next().copied().filter(|_| item.is_none()))
        };
        let others = kin.get(rule.id.as_str()).into_iter().flatten();
        let others = others.filter_map(|other| by_rule.get(other).and_then(on_subject));
        others.filter(|other| stands_for(*other, position, findings, rules)).min()
    };
    let direct: Vec<Option<usize>> = (0..findings.len()).map(direct).collect();
    // A chain of versions ends at the one that nothing else stands for. None is longer than the rules of one ban.
    let root = |position: usize| {
        let mut lead = direct.get(position).copied().flatten()?;
        for _ in 0..MOST_KIN {
            match direct.get(lead).copied().flatten() {
                Some(next) if next == position => return None,
                Some(next) => lead = next,
                None => return Some(lead),
            }
        }
        None
    };
    (0..findings.len()).map(root).collect()
}

/// The longest chain of rules of one ban that is followed.
const MOST_KIN: usize = 16;

/// For each rule that has a finding, the others with a finding that state the same ban.
fn kin<'r>(
    by_rule: &BTreeMap<&'r str, BTreeMap<Option<usize>, usize>>,
    rules: &[Option<&'r Rule>],
) -> BTreeMap<&'r str, Vec<&'r str>> {
    let mut kin: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let rules = by_rule.values().filter_map(|of_rule| rules.get(*of_rule.values().next()?).copied().flatten());
    for rule in rules {
        for other in rule.same_ban_as.iter().chain(&rule.replaces).filter(|other| by_rule.contains_key(other.as_str())) {
            kin.entry(&rule.id).or_default().push(other);
            kin.entry(other).or_default().push(&rule.id);
        }
    }
    kin
}

/// True if a finding, of a rule of the same ban, is told in place of another: it is graver, or as grave and of the rule that is
/// named.
fn stands_for(lead: usize, other: usize, findings: &[Finding], rules: &[Option<&Rule>]) -> bool {
    let at = |position: usize| Some((findings.get(position)?, rules.get(position).copied().flatten()?));
    let (Some((lead_finding, lead_rule)), Some((finding, rule))) = (at(lead), at(other)) else { return false };
    let is_breach = |finding: &Finding| Verdict::is_breach(finding.verdict);
    if !(is_breach(lead_finding) && is_breach(finding)) || lead_finding.decision != finding.decision {
        return false;
    }
    let rank = |finding: &Finding| (finding.verdict, finding.severity);
    match rank(lead_finding).cmp(&rank(finding)) {
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => {
            let names = |one: &Rule, other: &Rule| one.same_ban_as.contains(&other.id) || other.replaces.contains(&one.id);
            match (names(rule, lead_rule), names(lead_rule, rule)) {
                (true, true) => lead < other,
                (named, _) => named,
            }
        }
    }
}
