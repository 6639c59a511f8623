//! The file with what was counted before a run: written by hand, or by an earlier run.

use std::path::Path;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::document::{Code, Content, Diagnostic, Diagnostics, Node, SourceText, Span, did_you_mean, json_of, read_yaml};
use crate::facts::{Context, Period, Range};
use crate::rulebook::{QuotaId, Rulebook};

use super::Intake;
use super::ledger_form::{AmountNote, CountedInput, CountedNote, LEDGER_SCHEMA, PROGRAM, TotalNote, WRITTEN_KEYS, seal_holds};
use super::reader::Reader;

/// What was counted before a run.
#[derive(Debug, Default)]
pub struct Opening {
    /// Balances and notices.
    pub context: Context,
    /// `balances` and `notices` as they were written, to be handed on.
    pub as_written: (Option<Value>, Option<Value>),
    /// The ledger could not be read, or is not as it was sealed: what was counted before may be any amount.
    pub distrusted: bool,
    /// The inputs that were counted.
    pub inputs: Vec<CountedInput>,
    /// What was counted of them.
    pub counted: Vec<Counted>,
    /// The totals as the ledger tells them.
    pub totals: Vec<TotalNote>,
    /// Everything was counted by the law of this run, so that the totals must come out the same.
    pub same_law: bool,
    /// Where the totals, or else the ledger, stand.
    pub totals_at: Option<Span>,
}

/// An entry of a ledger.
#[derive(Debug)]
pub struct Counted {
    /// As it was written.
    pub note: CountedNote,
    /// The quota.
    pub quota: QuotaId,
    /// When.
    pub date: Option<Period>,
    /// How much, in each of the limit's units.
    pub amounts: Vec<Range>,
    /// Established, not alleged.
    pub established: bool,
    /// Where it stands.
    pub at: Span,
}

impl Intake {
    /// Reads a ledger: `balances:` and `notices:` as an incident's `context` has them, or the written form, whose seal
    /// must hold. What is wrong joins the intake's problems.
    pub fn read_ledger(&mut self, file: &Path, rulebook: &Rulebook, known_on: Option<NaiveDate>) -> Opening {
        let text = match std::fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) => {
                self.problems.push(Diagnostic::about_file(
                    Code::FileUnreadable,
                    format!("the ledger `{}` cannot be read: {error}", file.display()),
                ));
                return Opening { distrusted: true, ..Opening::default() };
            }
        };
        let id = self.sources.add(SourceText::new(file.display().to_string(), text));
        let mut problems = Diagnostics::default();
        let root = self.sources.get(id).and_then(|source| read_yaml(id, source, &mut problems));
        let opening = match &root {
            None => Opening { distrusted: true, ..Opening::default() },
            Some(root) if WRITTEN_KEYS.iter().any(|key| root.get(key).is_some()) => {
                written(root, rulebook, known_on, &mut problems)
            }
            Some(root) => by_hand(root, rulebook, &mut problems),
        };
        self.problems.append(problems);
        opening
    }
}

fn by_hand(root: &Node, rulebook: &Rulebook, problems: &mut Diagnostics) -> Opening {
    let mut context = Context::default();
    Reader { vocabulary: &rulebook.vocabulary, problems }.record(root, &mut context);
    for key in ["balances", "notices"] {
        for quota in root.get(key).map(Node::one_or_many).unwrap_or_default().iter().filter_map(|b| b.get("quota")) {
            let known = || rulebook.quotas().map(|(_, q)| q.id.as_str());
            let Some(text) = quota.text().filter(|text| known().all(|id| id != *text)) else { continue };
            let near = did_you_mean(text, known());
            problems
                .push(Diagnostic::new(Code::UnknownQuota, quota.span, format!("no quota is called `{text}`")).maybe_help(near));
        }
    }
    // What could be read counts; what could not may have been any amount.
    let distrusted = problems.has_errors();
    let as_written = (root.get("balances").map(json_of), root.get("notices").map(json_of));
    Opening { context, as_written, distrusted, ..Opening::default() }
}

fn written(root: &Node, rulebook: &Rulebook, known_on: Option<NaiveDate>, problems: &mut Diagnostics) -> Opening {
    let distrusted = || Opening { distrusted: true, ..Opening::default() };
    // The version comes first: a seal of another one may be taken in another way.
    if let Some(schema) = root.get("ledger").filter(|schema| schema.text() != Some(LEDGER_SCHEMA)) {
        let message = format!("the ledger is of the version `{}`", schema.text().unwrap_or_default());
        let help = format!("this program reads `{LEDGER_SCHEMA}`; nothing of the ledger was counted");
        problems.push(Diagnostic::new(Code::LedgerVersion, schema.span, message).help(help));
        return distrusted();
    }
    if problems.has_errors() || !seal_holds(root, problems) {
        return distrusted();
    }
    let kept = |key: &&str| root.get(key).filter(|n| n.shape() != "nothing").is_some();
    let own: Vec<&str> = ["balances", "notices"].into_iter().filter(kept).collect();
    let entries = root.entries().unwrap_or_default().iter();
    let by_hand_part = entries.filter(|e| own.contains(&e.key.text.as_str())).cloned().collect();
    let mut opening = by_hand(&Node { span: root.span, content: Content::Map(by_hand_part) }, rulebook, problems);
    let inputs = list::<CountedInput>(root, "inputs", problems);
    opening.totals = list::<TotalNote>(root, "totals", problems).into_iter().map(|(note, _)| note).collect();
    opening.totals_at = root.get("totals").or(root.get("ledger")).map(|n| n.span);
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
        match counted(note, at, rulebook, inputs.len()) {
            Ok(counted) => opening.counted.push(counted),
            Err(problem) => problems.push(problem),
        }
    }
    opening.inputs = inputs.into_iter().map(|(input, _)| input).collect();
    opening.distrusted = problems.has_errors();
    opening
}

/// A list of notes, each with its place; what is none is reported.
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

fn counted(note: CountedNote, at: Span, rulebook: &Rulebook, inputs: usize) -> Result<Counted, Diagnostic> {
    let wrong = |message: String| {
        Diagnostic::new(Code::LedgerEntry, at, message).help("nothing of this ledger was counted; count the inputs again")
    };
    let found = rulebook.quotas().find(|(_, quota)| quota.id == note.quota);
    let (quota, rule) = found.ok_or_else(|| wrong(format!("the rulebook has no quota `{}`", note.quota)))?;
    let units = rule.limits.iter().map(|(_, unit)| rulebook.vocabulary.unit_name(*unit));
    if !units.eq(note.amounts.iter().map(|a| a.unit.as_str())) {
        return Err(wrong(format!("the limits of `{}` have other units", note.quota)));
    }
    let amounts: Option<Vec<Range>> = note.amounts.iter().map(AmountNote::range).collect();
    let amounts = amounts.ok_or_else(|| wrong("an amount cannot be read".to_owned()))?;
    let date = note.date.as_deref().map(str::parse).transpose();
    let date = date.map_err(|error| wrong(format!("the date cannot be read: {error}")))?;
    let established = match note.standing.as_str() {
        "established" => true,
        "alleged" => false,
        other => return Err(wrong(format!("`{other}` is no standing"))),
    };
    if note.input == 0 || note.input > inputs {
        return Err(wrong(format!("there is no input {}", note.input)));
    }
    Ok(Counted { note, quota, date, amounts, established, at })
}

impl AmountNote {
    /// The amount of a range, to the last digit.
    pub fn of(range: &Range, unit: &str) -> Self {
        let text = |number: Decimal| Some(number.normalize().to_string());
        let unit = unit.to_owned();
        if range.high == Some(range.low) && !range.above_low && !range.below_high {
            return Self { exactly: text(range.low), unit, ..Self::default() };
        }
        let (low, high) = (text(range.low), range.high.and_then(text));
        let (from, above) = if range.above_low { (None, low) } else { (low, None) };
        // A bound that is excluded and has no number comes of sums with an open end: the end stays open.
        let (to, below) = if range.below_high { (None, high) } else { (high, None) };
        Self { from, above, to, below, unit, exactly: None }
    }

    /// The range; `None` if this is no amount.
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
