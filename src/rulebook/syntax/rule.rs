//! How rules are written: from YAML to [`Rule`].

use crate::document::{Code, Diagnostic, Diagnostics, Mapping, Node};
use crate::facts::{CodedTerm, Scheme, Transaction};
use crate::rulebook::law::{
    Confidence, Contested, Deadline, Duty, Exception, Force, InForce, NeedsDetermination, Regime, RegimeId, Register, Rule,
    RuleKind, Severity, Unverified,
};
use crate::rulebook::vocabulary::TermLookup;

use super::RuleReader;
use super::date::read_day;
use super::exception::read_exceptions;
use super::scope::RecordScope;
use super::silence::read_silences;
use super::vocabulary::read_transaction_fields;
use super::{read_id, unknown_name};

/// What a rule inherits from its folder and its rulebook.
#[derive(Clone, Copy)]
pub(in crate::rulebook) struct RuleContext<'a> {
    pub(in crate::rulebook) regime: RegimeId,
    /// The regime, unless it could not be read.
    pub(in crate::rulebook) of_regime: Option<&'a Regime>,
    pub(in crate::rulebook) regime_exceptions: &'a [Exception],
    pub(in crate::rulebook) register: &'a Register,
}

impl Rule {
    const KEYS: &'static [&'static str] = &[
        "id",
        "title",
        "authority",
        "regime",
        "in_force",
        "replaces",
        "same_ban_as",
        "gap_because",
        "kind",
        "force",
        "addressee",
        "severity",
        "needs_determination",
        "when",
        "asks",
        "except",
        "general_exemptions",
        "quota",
        "duties",
        "fulfilled",
        "deadline",
        "contested",
        "unverified_after",
        "confidence",
        "silent_because",
        "remarks",
    ];

    pub(in crate::rulebook) fn read(node: &Node, context: RuleContext<'_>, reader: &mut RuleReader<'_>) -> Option<Self> {
        let map = Mapping::read(node, "a rule", Self::KEYS, reader.problems)?;
        let id = read_id(&map, reader.problems);
        let title = map.require_text("title", reader.problems).unwrap_or_default().to_owned();
        map.require("authority", reader.problems);
        let authority = context.register.citations(&map, reader.problems);
        let kind = RuleKind::read(&map, reader);
        let mut exceptions = read_exceptions(map.get("except"), context.register, reader);
        let general = map.yes_no("general_exemptions", reader.problems).unwrap_or(true);
        if general && matches!(kind, Some(RuleKind::Prohibition)) {
            exceptions.extend(context.regime_exceptions.iter().cloned());
        }
        for (i, exception) in exceptions.iter().enumerate() {
            if exceptions.iter().take(i).any(|e| e.id == exception.id) {
                let message = format!("the rule has the exception `{}` twice", exception.id);
                reader.problems.push(Diagnostic::new(Code::DuplicateId, node.span, message));
            }
        }
        let when = map.require("when", reader.problems).and_then(|n| reader.condition(n, RecordScope::TRANSACTION));
        let quota = map.text("quota", reader.problems).and_then(|word| {
            let found = reader.symbols.quotas.get(word).copied();
            if found.is_none() {
                unknown_name(
                    Code::UnknownReference,
                    map.get("quota").unwrap_or(node),
                    word,
                    "quota",
                    reader.symbols.quotas.keys().map(String::as_str),
                    reader.problems,
                );
            }
            found
        });
        let texts = |list: Vec<(&Node, &str)>| -> Vec<String> { list.into_iter().map(|(_, t)| t.to_owned()).collect() };
        let problems = &mut *reader.problems;
        let asks = read_transaction_fields(&map, "asks", problems).unwrap_or_default();
        let duties = texts(map.texts("duties", problems));
        let replaces = texts(map.texts("replaces", problems));
        let same_ban_as = texts(map.texts("same_ban_as", problems));
        let gap_because = map.text("gap_because", problems).map(str::to_owned);
        let unverified = match map.get("unverified_after") {
            Some(node) if node.text() == Some("never") => None,
            Some(node) => Unverified::read(node, false, problems),
            None => context.of_regime.and_then(|regime| regime.unverified.clone()),
        };
        let unverified_after = unverified.as_ref().map(|unverified| unverified.after);
        let in_force = InForce::read_verified(map.get("in_force"), unverified_after, context.register, problems);
        // One that is written elsewhere may be in time for other rules.
        let is_own =
            |e: &&Exception| e.span.source == node.span.source && node.span.start <= e.span.start && e.span.end <= node.span.end;
        for own in exceptions.iter().filter(|e| is_own(e) || e.has_own_days).filter(|e| !e.in_force.overlaps(&in_force)) {
            let message = format!("the exception `{}` is in force on no day on which the rule is", own.id);
            problems.push(Diagnostic::new(Code::NeverAvailable, own.span, message));
        }
        let force = match map.one_of("force", &["decides", "calls-upon"], problems) {
            Some(1) => Force::CallsUpon,
            _ => Force::Decides,
        };
        let severity = match map.one_of("severity", &Severity::WORDS, problems) {
            Some(0) => Severity::Low,
            Some(2) => Severity::High,
            Some(3) => Severity::Critical,
            _ => Severity::Medium,
        };
        // Of a rule that does not say so nobody has verified anything.
        let stated = map.get("confidence").map(|_| Confidence::read(&map, problems));
        let confidence = stated.unwrap_or(Confidence::C);
        let contested = map.get("contested").and_then(|n| Contested::read(n, problems));
        let contested = contested.into_iter().chain(context.of_regime.and_then(|regime| regime.contested.clone())).collect();
        let addressee = map.text("addressee", problems).map(str::to_owned);
        let silences = read_silences(map.get("silent_because"), problems);
        let remarks = map.text("remarks", problems).map(str::to_owned);
        let needs_determination = map.get("needs_determination").and_then(|n| NeedsDetermination::read(n, reader));
        let (id, when) = (id?, when?);
        let binds_item = when.opens_items(Transaction::TABLE);
        Some(Self {
            id,
            title,
            authority,
            regime: context.regime,
            in_force,
            replaces,
            same_ban_as,
            gap_because,
            kind: kind?,
            force,
            addressee,
            severity,
            needs_determination,
            when,
            binds_item,
            asks,
            exceptions,
            quota,
            duties,
            contested,
            unverified,
            confidence,
            silences,
            remarks,
            span: node.span,
        })
    }
}

impl RuleKind {
    fn read(map: &Mapping<'_>, reader: &mut RuleReader<'_>) -> Option<Self> {
        if map.one_of("kind", &["prohibition", "duty"], reader.problems) != Some(1) {
            for key in ["fulfilled", "deadline"] {
                if let Some(node) = map.get(key) {
                    reader.problems.push(
                        Diagnostic::new(Code::OnlyOfDuties, node.span, format!("only a duty has `{key}`"))
                            .help("add `kind: duty`"),
                    );
                }
            }
            return Some(RuleKind::Prohibition);
        }
        let fulfilled = map.require("fulfilled", reader.problems).and_then(|n| reader.condition(n, RecordScope::TRANSACTION));
        let deadline = map.get("deadline").and_then(|n| Deadline::read(n, reader.problems));
        Some(RuleKind::Duty(Duty { fulfilled: fulfilled?, deadline }))
    }
}

impl Deadline {
    fn read(node: &Node, problems: &mut Diagnostics) -> Option<Self> {
        if node.entries().is_none() {
            return read_day(node, "`deadline`", problems).map(Deadline::Day);
        }
        let map = Mapping::read(node, "a deadline", &["days", "after"], problems)?;
        map.one_of("after", &["date"], problems);
        match map.require_text("days", problems).map(str::parse) {
            Some(Ok(days)) => Some(Deadline::AfterTransaction(days)),
            _ => {
                problems.push(Diagnostic::new(Code::Deadline, node.span, "a deadline is a day, or `{days: 90, after: date}`"));
                None
            }
        }
    }
}

impl NeedsDetermination {
    fn read(node: &Node, reader: &mut RuleReader<'_>) -> Option<Self> {
        let map = Mapping::read(node, "`needs_determination`", &["by", "finding", "when", "otherwise"], reader.problems)?;
        map.require("by", reader.problems);
        let (mut by_state, mut by_committee, mut by_council) = (false, false, false);
        for (node, word) in map.texts("by", reader.problems) {
            match word {
                "state" => by_state = true,
                "committee" => by_committee = true,
                "council" => by_council = true,
                other => {
                    let bodies = ["state", "committee", "council"];
                    unknown_name(Code::UnknownWord, node, other, "body that determines", bodies, reader.problems);
                }
            }
        }
        map.require("finding", reader.problems);
        let mut findings = Vec::new();
        for (node, word) in map.texts("finding", reader.problems) {
            match reader.symbols.vocabulary.lookup(&[Scheme::Finding], word) {
                TermLookup::Found(CodedTerm::Term(term)) => findings.push(term),
                _ => unknown_name(
                    Code::UnknownTermInRule,
                    node,
                    word,
                    "finding",
                    reader.symbols.vocabulary.ids(Scheme::Finding),
                    reader.problems,
                ),
            }
        }
        let when = map.get("when").and_then(|n| reader.condition(n, RecordScope::TRANSACTION));
        let otherwise = map.one_of("otherwise", &["potential-violation", "insufficient-information"], reader.problems);
        let texts = |key| map.get(key).map(Node::one_or_many).unwrap_or_default().iter().filter_map(Node::text);
        let [found, makers] = ["finding", "by"].map(|key| texts(key).collect::<Vec<_>>().join(" or "));
        let claim = format!("a finding `{found}` by the {makers}");
        let leaves_open = otherwise == Some(1);
        Some(Self { by_state, by_committee, by_council, findings, when, leaves_open, claim })
    }
}

impl Confidence {
    /// Reads `confidence`, which is A if it is left out.
    pub(in crate::rulebook) fn read(map: &Mapping<'_>, problems: &mut Diagnostics) -> Self {
        match map.one_of("confidence", &["A", "B", "C"], problems) {
            Some(1) => Confidence::B,
            Some(2) => Confidence::C,
            _ => Confidence::A,
        }
    }
}
