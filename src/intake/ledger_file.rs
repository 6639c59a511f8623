//! The reader of ledger files: what was counted before a run, written by hand or by an earlier run.

use std::path::Path;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::document::{
    Code, Content, Diagnostic, Diagnostics, Node, SourceText, Span, did_you_mean, hex, json_of, read_text_file, read_yaml,
};
use crate::engine::ledger::{CountRelation, CountedWith, EntryOrigin, LedgerEntry, OpeningEntry, PeriodTotal, TransactionKey};
use crate::engine::{EvidenceLevel, LedgerOpening};
use crate::facts::{Context, Period, Range};
use crate::rulebook::{Quota, Rulebook};

use super::Intake;
use super::ledger_form::{
    AmountNote, CountedInput, CountedNote, FollowsNote, LEDGER_SCHEMA, PROGRAM, TotalNote, WRITTEN_KEYS, seal_holds,
};
use super::ledger_writer::ledger_input;
use super::reader::Reader;

/// A ledger file as read: what was counted before, and the parts that the next ledger repeats unchanged.
#[derive(Debug, Default)]
pub struct ReadLedger {
    /// What was counted before.
    pub opening: LedgerOpening,
    /// The inputs of earlier runs.
    pub inputs: Vec<CountedInput>,
    /// The file itself: its path and digest.
    pub read_from: Option<FollowsNote>,
    /// The ledger that it follows.
    pub follows: Option<FollowsNote>,
    /// `balances` and `notices` as they were written.
    pub(super) balances: Option<Value>,
    pub(super) notices: Option<Value>,
}

impl ReadLedger {
    /// A ledger file that cannot be trusted: any amount may have been counted before.
    fn distrusted() -> Self {
        Self { opening: LedgerOpening { distrusted: true, ..LedgerOpening::default() }, ..Self::default() }
    }
}

impl Intake {
    /// Reads a ledger: `balances` and `notices` as the `context` of an incident has them, or the form that a run writes, whose
    /// seal must hold. Mistakes are added to those of the intake, and make the ledger distrusted.
    pub fn read_ledger(&mut self, file: &Path, rulebook: &Rulebook, known_on: Option<NaiveDate>) -> ReadLedger {
        match read_text_file(file) {
            Ok(text) => self.read_ledger_text(&file.display().to_string(), &text, rulebook, known_on),
            Err(error) => {
                self.problems.push(Diagnostic::about_file(
                    Code::FileUnreadable,
                    format!("the ledger `{}` cannot be read: {error}", file.display()),
                ));
                ReadLedger::distrusted()
            }
        }
    }

    /// Reads the text of a ledger like [`read_ledger`](Self::read_ledger). Messages show `name` for it.
    pub fn read_ledger_text(&mut self, name: &str, text: &str, rulebook: &Rulebook, known_on: Option<NaiveDate>) -> ReadLedger {
        let id = self.sources.add(SourceText::new(name, text));
        let mut problems = Diagnostics::default();
        let root = self.sources.get(id).and_then(|source| read_yaml(id, source, &mut problems));
        let opening = match &root {
            None => ReadLedger::distrusted(),
            Some(root) if is_written(root) => written(root, rulebook, known_on, &mut problems),
            Some(root) => by_hand(root, rulebook, &mut problems),
        };
        self.problems.append(problems);
        let digest = format!("sha256:{}", hex(&Sha256::digest(text)));
        ReadLedger { read_from: Some(FollowsNote { path: name.to_owned(), digest, period: None }), ..opening }
    }
}

/// Reports by which names balances and notices name quotas, and those whose quota the rulebook does not have. `root` is a ledger or
/// the context of an incident.
pub(crate) fn report_names_of_quotas(root: &Node, rulebook: &Rulebook, problems: &mut Diagnostics) {
    for key in ["balances", "notices"] {
        for quota in root.get(key).map(Node::one_or_many).unwrap_or_default().iter().filter_map(|b| b.get("quota")) {
            let known = || rulebook.quotas().map(|(_, q)| q.id.as_str());
            let Some(text) = quota.text().filter(|text| *text != "unknown" && known().all(|id| id != *text)) else { continue };
            let called = rulebook.quotas().filter(|(_, quota)| quota.is_called(text)).map(|(_, quota)| format!("`{}`", quota.id));
            let called: Vec<String> = called.collect();
            problems.push(if called.is_empty() {
                let near = did_you_mean(text, known()).unwrap_or_else(|| {
                    let all: Vec<&str> = known().collect();
                    format!("the quotas are {}", all.join(", "))
                });
                let message = format!("no quota is called `{text}`, so that it may be any of them");
                Diagnostic::new(Code::UnknownQuota, quota.span, message).help(near)
            } else if let [only] = called.as_slice() {
                Diagnostic::new(Code::WordRead, quota.span, format!("read `{text}` as {only}"))
            } else {
                let message = format!("`{text}` could be {}; it is read as that of its period", called.join(" or "));
                Diagnostic::new(Code::AmbiguousTerm, quota.span, message).help("write the one that the report means")
            });
        }
    }
}

/// True if a ledger has what only one written by a run has.
fn is_written(root: &Node) -> bool {
    WRITTEN_KEYS.iter().any(|key| root.get(key).is_some())
}

/// Reads a ledger made by hand.
fn by_hand(root: &Node, rulebook: &Rulebook, problems: &mut Diagnostics) -> ReadLedger {
    let mut read = read_context(root, rulebook, problems);
    let context = &read.opening.context;
    if context.balances.known().is_empty() && context.notices.known().is_empty() && !problems.has_errors() {
        let message = "the ledger has neither a balance nor a notice, and an empty one cannot say that nothing was counted";
        let help = "write the balance, if need be `0 bbl` with the day that it holds up to (`as_of`), or run without a ledger";
        problems.push(Diagnostic::new(Code::EmptyLedger, root.span, message).help(help));
        read.opening.distrusted = true;
    }
    read
}

/// Reads the balances and notices of a ledger.
fn read_context(root: &Node, rulebook: &Rulebook, problems: &mut Diagnostics) -> ReadLedger {
    let mut context = Context::default();
    Reader { vocabulary: &rulebook.vocabulary, problems, is_strict: true }.record(root, &mut context);
    report_names_of_quotas(root, rulebook, problems);
    // What could be read counts; what could not may have been any amount.
    let distrusted = problems.has_errors();
    let opening = LedgerOpening { context, distrusted, ..LedgerOpening::default() };
    ReadLedger {
        opening,
        read_from: None,
        follows: None,
        inputs: Vec::new(),
        balances: root.get("balances").map(json_of),
        notices: root.get("notices").map(json_of),
    }
}

fn written(root: &Node, rulebook: &Rulebook, known_on: Option<NaiveDate>, problems: &mut Diagnostics) -> ReadLedger {
    // The version comes first: another version may be sealed in another way.
    if let Some(schema) = root.get("ledger").filter(|schema| schema.text() != Some(LEDGER_SCHEMA)) {
        let message = format!("the ledger is of the version `{}`", schema.text().unwrap_or_default());
        let help = format!("this program reads `{LEDGER_SCHEMA}`; nothing of the ledger was counted");
        problems.push(Diagnostic::new(Code::LedgerVersion, schema.span, message).help(help));
        return ReadLedger::distrusted();
    }
    if problems.has_errors() || !seal_holds(root, problems) {
        return ReadLedger::distrusted();
    }
    let kept = |key: &&str| root.get(key).filter(|n| n.shape() != "nothing").is_some();
    let own: Vec<&str> = ["balances", "notices"].into_iter().filter(kept).collect();
    let entries = root.entries().unwrap_or_default().iter();
    let by_hand_part: Vec<_> = entries.filter(|e| own.contains(&e.key.text.as_str())).cloned().collect();
    let by_hand_part = Node { span: root.span, content: Content::Map(by_hand_part) };
    let mut read = read_context(&by_hand_part, rulebook, problems);
    let inputs = list::<CountedInput>(root, "inputs", problems);
    let follows = list::<FollowsNote>(root, "follows", problems);
    let opening = &mut read.opening;
    let totals = list::<TotalNote>(root, "totals", problems);
    opening.totals = totals.iter().map(|(note, _)| period_total(note, rulebook)).collect();
    opening.written_at = root.get("ledger").map(|n| n.span).or(Some(root.span));
    opening.period = periods(root, "period", problems).into_iter().next();
    opening.skipped = periods(root, "skipped", problems);
    opening.totals_span = root.get("totals").or(root.get("ledger")).map(|n| n.span);
    let law = (format!("sha256:{}", rulebook.digest), known_on.map(|day| day.to_string()));
    opening.same_law = inputs.iter().all(|(input, _)| (&input.rulebook, &input.known_on) == (&law.0, &law.1));
    if let Some((input, at)) = inputs.iter().find(|(input, _)| input.rulebook != law.0) {
        let message = format!("`{}` was counted by another rulebook ({}; this is {})", input.path, input.rulebook, law.0);
        let help = "what counts, and how much, may differ; to count it by this one, check the inputs again";
        problems.push(Diagnostic::new(Code::OtherRulebook, *at, message).help(help));
    }
    if let Some((input, at)) = inputs.iter().find(|(input, _)| input.known_on != law.1) {
        let day = |day: &Option<String>| day.as_ref().map_or("now".to_owned(), |day| format!("on {day}"));
        let message = format!(
            "`{}` was counted by the law as known {}, and this run asks {}",
            input.path,
            day(&input.known_on),
            day(&law.1)
        );
        problems
            .push(Diagnostic::new(Code::OtherKnownOn, *at, message).help("what counts may differ; give the same `--known-on`"));
    }
    if let Some(program) = root.get("program").filter(|p| p.text() != Some(PROGRAM)) {
        let message = format!("the ledger was written by `{}`, and this is `{PROGRAM}`", program.text().unwrap_or_default());
        problems.push(
            Diagnostic::new(Code::OtherProgram, program.span, message)
                .help("what counts may differ; check the inputs again to be sure"),
        );
    }
    for (note, at) in list::<CountedNote>(root, "counted", problems) {
        match opening_entry(note, at, rulebook, inputs.len()) {
            Ok(entry) => opening.entries.push(entry),
            Err(problem) => problems.push(problem),
        }
    }
    opening.inputs = inputs.iter().map(|(input, _)| ledger_input(&input.path, input.digest.clone())).collect();
    opening.distrusted = problems.has_errors();
    read.follows = follows.into_iter().next().map(|(note, _)| note);
    read.inputs = inputs.into_iter().map(|(input, _)| input).collect();
    read
}

/// The notes under a key, each with its place; an element that is not such a note is reported.
fn list<T: DeserializeOwned>(root: &Node, key: &str, problems: &mut Diagnostics) -> Vec<(T, Span)> {
    let mut found = Vec::new();
    for element in root.get(key).map(Node::one_or_many).unwrap_or_default() {
        match serde_json::from_value(json_of(element)) {
            Ok(note) => found.push((note, element.span)),
            Err(error) => {
                problems.push(Diagnostic::new(Code::LedgerEntry, element.span, format!("this is no entry of `{key}`: {error}")))
            }
        }
    }
    found
}

/// The periods under a key; a text that is none is reported.
fn periods(root: &Node, key: &str, problems: &mut Diagnostics) -> Vec<Period> {
    let mut periods = Vec::new();
    for node in root.get(key).map(Node::one_or_many).unwrap_or_default() {
        match node.text().and_then(|text| text.parse().ok()) {
            Some(period) => periods.push(period),
            None => problems.push(Diagnostic::new(Code::LedgerEntry, node.span, format!("this is no period of `{key}`"))),
        }
    }
    periods
}

/// Converts a total; `None` if it does not fit this rulebook.
fn period_total(note: &TotalNote, rulebook: &Rulebook) -> Option<PeriodTotal> {
    let (quota, definition) = rulebook.quotas().find(|(_, quota)| quota.id == note.quota)?;
    let amounts = amounts(&note.total, definition, rulebook)?;
    Some(PeriodTotal { quota, period: note.period.parse().ok()?, amounts, transactions: note.transactions })
}

/// Converts amounts; `None` if their units are not those of the quota's limits, or one is not an amount.
fn amounts(notes: &[AmountNote], quota: &Quota, rulebook: &Rulebook) -> Option<Vec<Range>> {
    let same_units = has_units_of(notes, quota, rulebook);
    notes.iter().filter(|_| same_units).map(AmountNote::range).collect::<Option<Vec<_>>>().filter(|_| same_units)
}

fn has_units_of(notes: &[AmountNote], quota: &Quota, rulebook: &Rulebook) -> bool {
    let units = quota.limits.iter().map(|(_, unit)| rulebook.vocabulary.unit_name(*unit));
    units.eq(notes.iter().map(|a| a.unit.as_str()))
}

/// Converts an entry of a ledger with this number of inputs.
fn opening_entry(note: CountedNote, at: Span, rulebook: &Rulebook, inputs: usize) -> Result<OpeningEntry, Diagnostic> {
    let wrong = |message: String| {
        Diagnostic::new(Code::LedgerEntry, at, message).help("nothing of this ledger was counted; count the inputs again")
    };
    let found = rulebook.quotas().find(|(_, quota)| quota.id == note.quota);
    let (quota, definition) = found.ok_or_else(|| wrong(format!("the rulebook has no quota `{}`", note.quota)))?;
    if !has_units_of(&note.amounts, definition, rulebook) {
        return Err(wrong(format!("the limits of `{}` have other units", note.quota)));
    }
    let amounts = amounts(&note.amounts, definition, rulebook).ok_or_else(|| wrong("an amount cannot be read".to_owned()))?;
    let date = note.date.as_deref().map(str::parse).transpose();
    let date = date.map_err(|error| wrong(format!("the date cannot be read: {error}")))?;
    let evidence = EvidenceLevel::from_word(&note.standing);
    let evidence = evidence.ok_or_else(|| wrong(format!("`{}` is no standing", note.standing)))?;
    let input = note.input.checked_sub(1).filter(|input| *input < inputs);
    let input = input.ok_or_else(|| wrong(format!("there is no input {}", note.input)))?;
    let counted_with = note.with.map(|with| {
        // What an earlier version wrote without a relation is held to the most.
        let relation = with.relation.as_deref().map_or(Some(CountRelation::Same), CountRelation::from_word);
        let relation = relation.ok_or_else(|| wrong(format!("`{}` is no relation", with.relation.unwrap_or_default())))?;
        Ok(Box::new(CountedWith { whole: TransactionKey::new(&with.incident, &with.transaction), relation }))
    });
    let entry = LedgerEntry {
        transaction: TransactionKey::new(&note.incident, &note.transaction),
        item: note.item,
        date,
        amounts: amounts.into(),
        uncertain: note.may,
        evidence,
        factors: note.factors.into(),
        counted_with: counted_with.transpose()?,
        origin: Some(EntryOrigin::Earlier(input, note.number)),
    };
    Ok(OpeningEntry { quota, entry, span: at })
}

impl AmountNote {
    /// The amount of a range, to the last digit.
    pub(super) fn new(range: &Range, unit: &str) -> Self {
        let text = |number: Decimal| Some(number.normalize().to_string());
        let unit = unit.to_owned();
        if range.high == Some(range.low) && !range.above_low && !range.below_high {
            return Self { exactly: text(range.low), unit, ..Self::default() };
        }
        let (low, high) = (text(range.low), range.high.and_then(text));
        let (from, above) = if range.above_low { (None, low) } else { (low, None) };
        // An excluded bound without a number results from sums with an open end: the end stays open.
        let (to, below) = if range.below_high { (None, high) } else { (high, None) };
        Self { from, above, to, below, unit, exactly: None }
    }

    /// The range; `None` if this is not an amount.
    fn range(&self) -> Option<Range> {
        let number = |text: &Option<String>| -> Option<Option<Decimal>> {
            let Some(text) = text else { return Some(None) };
            Decimal::from_str_exact(text).ok().filter(|n| !n.is_sign_negative()).map(Some)
        };
        let (exactly, from, above) = (number(&self.exactly)?, number(&self.from)?, number(&self.above)?);
        let (to, below) = (number(&self.to)?, number(&self.below)?);
        match (exactly, from, above, to, below) {
            (Some(exactly), None, None, None, None) => Some(Range::exactly(exactly)),
            (None, Some(_), Some(_), ..) | (None, _, _, Some(_), Some(_)) => None,
            (None, from, above, to, below) => {
                Some(Range { low: from.or(above)?, high: to.or(below), above_low: above.is_some(), below_high: below.is_some() })
            }
            _ => None,
        }
    }
}
