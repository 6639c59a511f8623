//! Reads a baseline file; every mistake in it is reported with its place.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::document::{Code, Diagnostic, Diagnostics, Entry, Mapping, Node, SourceId, SourceText, did_you_mean, read_yaml};
use crate::engine::Verdict;

use super::on_hits::hit_key;
use super::{DecidedHit, Decision, DecisionState, Decisions, Disposition};

const KEYS: [&str; 13] = [
    "fingerprint",
    "rule",
    "transaction",
    "verdict",
    "facts",
    "name",
    "listing",
    "entry",
    "decision",
    "reason",
    "by",
    "on",
    "expires",
];

/// The keys of a decision about a hit of screening, and those of one about a finding.
const OF_HIT: [&str; 3] = ["name", "listing", "entry"];
const OF_FINDING: [&str; 5] = ["fingerprint", "rule", "transaction", "verdict", "facts"];

/// The number of hexadecimal digits of a fingerprint.
const FINGERPRINT_LENGTH: usize = 32;

const HOW_TO_NAME: &str = "give its `fingerprint`, or its `rule` and `transaction`, as the JSON report has them";
const HOW_TO_NAME_A_HIT: &str =
    "a hit of screening is named by `name`, `listing` (the reference number) and `entry`, as `interdict screen` prints them";

impl Decisions {
    /// Reads a list of decisions, or a mapping with the list under `decisions`. An entry with a mistake decides nothing.
    ///
    /// `run_on` is the day of the run. No clock is read, so that a run can be repeated with the same result. Without that
    /// day, a decision that expires is an error: to apply it could honour one that has expired, to ignore it could drop one
    /// that is in force.
    pub fn read(id: SourceId, source: &SourceText, run_on: Option<NaiveDate>, problems: &mut Diagnostics) -> Self {
        let Some(root) = read_yaml(id, source, problems) else { return Self::default() };
        let list = match root.entries() {
            None => &root,
            Some(_) => {
                let Some(mapping) = Mapping::read(&root, "the baseline", &["decisions"], problems) else {
                    return Self::default();
                };
                let Some(list) = mapping.require("decisions", problems) else { return Self::default() };
                list
            }
        };
        let Some(nodes) = list.elements() else {
            problems.wrong_shape(list, "the baseline", "a list of decisions");
            return Self::default();
        };
        let mut reader = Reader { run_on, missing_day_reported: false, seen: BTreeSet::new(), problems };
        Self::new(nodes.iter().filter_map(|node| reader.decision(node)).collect())
    }
}

struct Reader<'p> {
    run_on: Option<NaiveDate>,
    /// True once the missing day of the run was reported.
    missing_day_reported: bool,
    /// Fingerprint, rule and transaction, name and listing of the decisions read so far.
    seen: BTreeSet<[Option<String>; 5]>,
    problems: &'p mut Diagnostics,
}

impl Reader<'_> {
    fn decision(&mut self, node: &Node) -> Option<Decision> {
        let known = |entry: &&Entry| KEYS.contains(&entry.key.text.as_str());
        let mapping = Mapping::read(node, "a decision", &KEYS, self.problems)?;
        // An unknown key may have been meant to make the decision narrower, so the entry is not used.
        let sound_keys = node.entries().is_some_and(|entries| entries.iter().all(|e| known(&e)));
        let fingerprint = self.hex(mapping, "fingerprint");
        let verdicts = self.verdicts(mapping);
        let facts = self.hex(mapping, "facts");
        let rule = self.non_empty(mapping, "rule");
        let transaction = self.non_empty(mapping, "transaction");
        let hit = self.hit(mapping);
        let named = hit.is_some() || self.names_one_finding(mapping);
        mapping.require("decision", self.problems);
        let disposition =
            mapping.one_of("decision", &Disposition::WORDS, self.problems).and_then(|i| Disposition::ALL.get(i).copied());
        for key in ["reason", "by", "on"] {
            mapping.require(key, self.problems);
        }
        if let (Some(_), Some(Disposition::Accepted | Disposition::Referred)) = (&hit, disposition) {
            let message = "a hit of screening is decided as `false-positive`: a right one is a finding".to_owned();
            self.problems.push(Diagnostic::new(Code::UnknownWord, node.span, message).help("decide on the finding instead"));
            return None;
        }
        let reason = self.non_empty(mapping, "reason");
        let by = self.non_empty(mapping, "by");
        let on = self.day(mapping, "on");
        let expires = self.day(mapping, "expires");
        let [fingerprint, rule, transaction] = [fingerprint?, rule?, transaction?];
        let (on, expires) = (on?, expires?);
        let state = self.state(mapping, on, expires);
        let hit = match hit {
            Some(hit) => Some(hit?),
            None => None,
        };
        let key = hit.as_ref().map(|hit| hit_key(&hit.name, &hit.listing)).unzip();
        let name = [fingerprint.clone(), rule.clone(), transaction.clone(), key.0, key.1];
        if named && !self.seen.insert(name) {
            self.problems.push(
                Diagnostic::new(Code::DecidedTwice, node.span, "this was decided before").help("keep one of the two decisions"),
            );
            return None;
        }
        if !(named && sound_keys) {
            return None;
        }
        Some(Decision {
            at: node.span,
            fingerprint,
            rule,
            transaction,
            hit,
            verdicts: verdicts?,
            facts: facts?,
            disposition: disposition?,
            reason: reason??,
            by: by??,
            on: on?,
            expires,
            state: state?,
        })
    }

    /// The hit of screening that the decision names: `None` if it is about a finding, `Some(None)` after a mistake.
    fn hit(&mut self, mapping: Mapping<'_>) -> Option<Option<DecidedHit>> {
        if !OF_HIT.iter().any(|key| mapping.get(key).is_some()) {
            return None;
        }
        let of_finding = OF_FINDING.iter().find(|key| mapping.get(key).is_some());
        let missing = OF_HIT.iter().find(|key| mapping.get(key).is_none());
        let lacks = match (of_finding, missing) {
            (Some(key), _) => format!("a decision on a hit of screening has no `{key}`: it is about one or the other"),
            (None, Some(key)) => format!("a decision on a hit of screening needs `{key}`"),
            (None, None) => {
                let [name, listing] = ["name", "listing"].map(|key| self.non_empty(mapping, key).flatten());
                let entry = self.hex(mapping, "entry").flatten();
                let hit = name.zip(listing).zip(entry);
                return Some(hit.map(|((name, listing), entry)| DecidedHit { name, listing, entry }));
            }
        };
        self.problems.push(Diagnostic::new(Code::DecisionWithoutFinding, mapping.node().span, lacks).help(HOW_TO_NAME_A_HIT));
        Some(None)
    }

    /// Reports a decision that does not name one finding: it would silence more than one.
    fn names_one_finding(&mut self, mapping: Mapping<'_>) -> bool {
        let has = |key| mapping.get(key).is_some();
        let lacks = match (has("fingerprint"), has("rule"), has("transaction")) {
            (true, _, _) | (_, true, true) => return true,
            (_, true, false) => "a decision on a `rule` needs a `transaction`",
            (_, false, true) => "a decision on a `transaction` needs a `rule`",
            (_, false, false) => "a decision needs the finding that it is about",
        };
        self.problems.push(Diagnostic::new(Code::DecisionWithoutFinding, mapping.node().span, lacks).help(HOW_TO_NAME));
        false
    }

    /// The text under a key: `Some(None)` if the key is missing, `None` after a mistake.
    fn non_empty(&mut self, mapping: Mapping<'_>, key: &str) -> Option<Option<String>> {
        let Some(node) = mapping.get(key) else { return Some(None) };
        let text = mapping.text(key, self.problems)?.trim();
        if text.is_empty() {
            self.problems.push(Diagnostic::new(Code::EmptyText, node.span, format!("`{key}` is empty")).help("say it in words"));
            return None;
        }
        Some(Some(text.to_owned()))
    }

    /// The verdicts that were decided; empty if the key is missing, `None` after a mistake.
    fn verdicts(&mut self, mapping: Mapping<'_>) -> Option<Vec<Verdict>> {
        let words = Verdict::ALL.map(Verdict::word);
        let mut verdicts = Vec::new();
        let mut sound = true;
        for (node, text) in mapping.texts("verdict", self.problems) {
            match Verdict::ALL.into_iter().find(|verdict| verdict.word() == text) {
                Some(verdict) => verdicts.push(verdict),
                None => {
                    sound = false;
                    let help = did_you_mean(text, words).unwrap_or_else(|| format!("the verdicts are {}", words.join(", ")));
                    self.problems
                        .push(Diagnostic::new(Code::UnknownWord, node.span, format!("`{text}` is no verdict")).help(help));
                }
            }
        }
        (sound && (!verdicts.is_empty() || mapping.get("verdict").is_none())).then_some(verdicts)
    }

    /// The hexadecimal digits under a key: `Some(None)` if the key is missing, `None` after a mistake.
    fn hex(&mut self, mapping: Mapping<'_>, key: &str) -> Option<Option<String>> {
        let Some(text) = self.non_empty(mapping, key)? else { return Some(None) };
        let sound = text.len() == FINGERPRINT_LENGTH && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if !sound {
            let at = mapping.get(key).map_or(mapping.node().span, |n| n.span);
            let help = format!(
                "it has {FINGERPRINT_LENGTH} hexadecimal digits in lower case; copy it from {}",
                if key == "entry" { "`interdict screen`" } else { "the JSON report" }
            );
            self.problems.push(
                Diagnostic::new(
                    Code::Fingerprint,
                    at,
                    match key {
                        "facts" => format!("`{text}` is no fingerprint of facts"),
                        "entry" => format!("`{text}` is no digest of an entry"),
                        _ => format!("`{text}` is no fingerprint"),
                    },
                )
                .help(help),
            );
            return None;
        }
        Some(Some(text))
    }

    /// The day under a key: `Some(None)` if the key is missing, `None` after a mistake.
    fn day(&mut self, mapping: Mapping<'_>, key: &str) -> Option<Option<NaiveDate>> {
        let Some(node) = mapping.get(key) else { return Some(None) };
        let text = mapping.text(key, self.problems)?;
        let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|day| day.to_string() == text);
        if day.is_none() {
            let message = format!("`{text}` is no day");
            self.problems.push(Diagnostic::new(Code::DecisionDay, node.span, message).help("write it as `2026-02-27`"));
        }
        day.map(Some)
    }

    /// Whether the decision holds on the day of the run; `None` after a mistake.
    fn state(&mut self, mapping: Mapping<'_>, on: Option<NaiveDate>, expires: Option<NaiveDate>) -> Option<DecisionState> {
        let at = |key| mapping.get(key).map_or(mapping.node().span, |n| n.span);
        if let (Some(on), Some(expires)) = (on, expires)
            && expires < on
        {
            let message = format!("the decision expires on {expires}, before it was made on {on}");
            self.problems.push(
                Diagnostic::new(Code::ExpiresBeforeMade, at("expires"), message)
                    .help("`expires` is the last day on which it holds"),
            );
            return None;
        }
        if let (Some(on), Some(run_on)) = (on, self.run_on)
            && run_on < on
        {
            let message = format!("the decision was made on {on}, after the day of the run, {run_on}");
            self.problems.push(Diagnostic::new(Code::MadeAfterRun, at("on"), message).help("mend the day, or that of `--as`"));
            return None;
        }
        match (expires, self.run_on) {
            (None, _) => Some(DecisionState::InForce),
            (Some(expires), Some(run_on)) => {
                Some(if run_on <= expires { DecisionState::InForce } else { DecisionState::Expired })
            }
            (Some(_), None) => {
                // It is one slip on the command line, however many entries expire.
                if !self.missing_day_reported {
                    self.missing_day_reported = true;
                    let message = "whether this decision has expired depends on the day of the run, which is not given";
                    self.problems.push(
                        Diagnostic::new(Code::DayOfRunMissing, at("expires"), message)
                            .help("give it with `--as DATE`; no clock is read"),
                    );
                }
                None
            }
        }
    }
}
