//! The page at the top of a report: for each transaction who, whom, what, when, on whose word, by which paragraph, what would
//! change it, and what was not checked.

use std::collections::HashMap;

use crate::engine::{EvidenceLevel, ExceptionState, Verdict};
use crate::report::model::{
    ActionNote, ExceptionNote, Finding, ObjectNote, PageNote, PartyNote, RegimeNote, RelationNote, SideNote, SourceNote,
    TransactionReport,
};

use super::finding::settling_facts;
use super::{LeadingBans, NOT_REPORTED, Telling, fact_list, number_of, open_questions, period_in_words, triage_sentence};

/// So many parties of a side, objects and sources are named; the others are counted.
const MOST_NAMED: usize = 4;
/// The longest description of goods or name of a source, in characters.
const LONGEST: usize = 80;

/// What the page says of a transaction.
#[derive(Debug)]
pub(in crate::report) struct PageBlock<'r> {
    /// The transaction.
    pub transaction: &'r TransactionReport,
    /// The verdict; `None` if there is no finding.
    pub verdict: Option<Verdict>,
    /// True if something of it was not checked.
    pub is_partial: bool,
    /// The bans that lead; `None` if there is no finding.
    pub leading: Option<LeadingBans<'r>>,
    /// The lines, in their order; none is empty.
    pub lines: Vec<(PageLine, String)>,
}

/// What a line of the page is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) enum PageLine {
    /// Who did it to whom.
    Who,
    /// Who else takes part.
    With,
    /// What was done, with what.
    What,
    /// Through which countries and ports it went.
    Route,
    /// When, and how far it went.
    When,
    /// Who reports it, and who denies it.
    OnTheWordOf,
    /// What authorities did about it.
    Done,
    /// The transactions that it belongs to.
    PartOf,
    /// The exception or act by which it is compliant.
    SatisfiedBy,
    /// What would change the verdict.
    WouldChangeIt,
    /// What else is open, beside a breach.
    AlsoOpen,
    /// What somebody should look at.
    LookAt,
    /// What was not checked.
    NotChecked,
}

impl PageLine {
    /// The heading of the line, in lower case.
    pub fn heading(self) -> &'static str {
        match self {
            PageLine::Who => "who",
            PageLine::With => "with",
            PageLine::What => "what",
            PageLine::Route => "route",
            PageLine::When => "when",
            PageLine::OnTheWordOf => "on the word of",
            PageLine::Done => "done about it",
            PageLine::PartOf => "belongs to",
            PageLine::SatisfiedBy => "satisfied by",
            PageLine::WouldChangeIt => "would change it",
            PageLine::AlsoOpen => "also open",
            PageLine::LookAt => "look at",
            PageLine::NotChecked => "not checked",
        }
    }

    /// True if the line speaks for itself, without its heading.
    pub fn is_plain(self) -> bool {
        matches!(self, PageLine::Who | PageLine::What | PageLine::When)
    }
}

impl<'r> PageBlock<'r> {
    /// The block of a transaction.
    pub fn new(transaction: &'r TransactionReport) -> Self {
        let page = &transaction.page;
        let leading = transaction.leading_finding();
        let lines = [
            (PageLine::Who, Some(who(page))),
            (PageLine::With, with(page)),
            (PageLine::What, what(page)),
            (PageLine::Route, route(page)),
            (PageLine::When, Some(when(transaction))),
            (PageLine::OnTheWordOf, Some(sources(transaction))),
            (PageLine::Done, done(page)),
            (PageLine::PartOf, part_of(page)),
            (PageLine::SatisfiedBy, leading.and_then(|leading| leading.satisfied_by.clone())),
            (PageLine::WouldChangeIt, leading.and_then(|leading| would_change_it(transaction, leading))),
            (PageLine::AlsoOpen, leading.and_then(|leading| also_open(transaction, leading))),
            (PageLine::LookAt, look_at(transaction)),
            (PageLine::NotChecked, not_checked(page)),
        ];
        Self {
            transaction,
            verdict: transaction.verdict,
            is_partial: !page.not_checked.is_empty(),
            leading: LeadingBans::new(transaction),
            lines: lines.into_iter().filter_map(|(line, text)| Some((line, text?))).collect(),
        }
    }

    /// The verdict in words. What is no breach and was not wholly checked does not read as a clearance.
    pub fn verdict_in_words(&self) -> String {
        let verdict = self.verdict.map_or("no finding", Verdict::word).replace('-', " ");
        let is_breach = self.verdict.is_some_and(Verdict::is_breach);
        if self.is_partial && !is_breach { format!("{verdict}, not wholly checked") } else { verdict }
    }

    /// True if there is nothing to tell of the transaction but that no rule reaches it.
    pub fn is_clear(&self) -> bool {
        self.verdict.is_none() && !self.is_partial && !self.lines.iter().any(|(line, _)| *line == PageLine::LookAt)
    }
}

/// The sides: `DPRK: Harbour Trading (supplier) -> China`.
fn who(page: &PageNote) -> String {
    let (from, to) = (side(&page.from), side(&page.to));
    if page.from.is_empty() && page.to.is_empty() && !page.others.is_empty() {
        return parties(&page.others);
    }
    if page.one_sided { from } else { format!("{from} -> {to}") }
}

fn side(side: &SideNote) -> String {
    let place = match (&side.country, &side.place) {
        (Some(country), Some(place)) => Some(format!("{country} ({place})")),
        (country, place) => country.clone().or_else(|| place.clone()),
    };
    let is_itself = |party: &PartyNote| party.name.is_some() && party.name == side.country;
    let place = place.filter(|_| side.place.is_some() || !side.parties.iter().any(is_itself));
    let parties = (!side.parties.is_empty()).then(|| parties(&side.parties));
    match (place, parties) {
        (Some(place), Some(parties)) => format!("{place}: {parties}"),
        (place, parties) => place.or(parties).unwrap_or_else(|| NOT_REPORTED.to_owned()),
    }
}

fn with(page: &PageNote) -> Option<String> {
    let is_who = page.from.is_empty() && page.to.is_empty();
    (!page.others.is_empty() && !is_who).then(|| parties(&page.others))
}

fn parties(all: &[PartyNote]) -> String {
    several(all.iter().map(party).collect(), ", ")
}

/// A party: `Harbour Trading (supplier, China, listed as KPe.031)`.
fn party(party: &PartyNote) -> String {
    let without_name = || format!("unnamed {}", party.kind.as_deref().unwrap_or("party").replace('-', " "));
    let name = party.name.as_deref().map_or_else(without_name, clipped);
    let mut about: Vec<String> = party.roles.iter().map(|role| role.replace('-', " ")).collect();
    about.extend(party.country.clone());
    if !party.listed_as.is_empty() {
        about.push(format!("listed as {}", party.listed_as.join(", ")));
    }
    if about.is_empty() { name } else { format!("{name} ({})", about.join(", ")) }
}

/// The activity and its objects: `sale: anthracite, 5,000 t`.
fn what(page: &PageNote) -> Option<String> {
    let activity = page.activity.join(", ").replace('-', " ");
    let mut objects = several(page.objects.iter().map(object).collect(), "; ");
    for together in &page.together {
        let several = if page.objects.len() > 1 && !together.starts_with("paid") { "together " } else { "" };
        let separator = if objects.is_empty() { "" } else { "; " };
        objects.push_str(&format!("{separator}{several}{together}"));
    }
    let purpose = (!page.purpose.is_empty()).then(|| format!("purpose: {}", page.purpose.join(", ").replace('-', " ")));
    let objects: Vec<String> = (!objects.is_empty()).then_some(objects).into_iter().chain(purpose).collect();
    match (activity.is_empty(), objects.is_empty()) {
        (true, true) => None,
        (false, true) => Some(activity),
        (true, false) => Some(objects.join("; ")),
        (false, false) => Some(format!("{activity}: {}", objects.join("; "))),
    }
}

fn object(object: &ObjectNote) -> String {
    let amounts: String = object.amounts.iter().map(|amount| format!(", {amount}")).collect();
    let origin = object.origin.as_deref().map(|origin| format!(" (origin: {origin})")).unwrap_or_default();
    format!("{}{origin}{amounts}", clipped(&object.name))
}

/// Through which countries and ports it went: `by way of Russia; Nampo (DPRK, loading)`.
fn route(page: &PageNote) -> Option<String> {
    let via = (!page.via.is_empty()).then(|| format!("by way of {}", several(page.via.clone(), ", ")));
    let port = |port: &String| match port.split_once(", ") {
        Some((name, about)) => format!("{} ({})", clipped(name), about.replace('-', " ")),
        None => clipped(port),
    };
    let ports = (!page.ports.is_empty()).then(|| several(page.ports.iter().map(port).collect(), ", "));
    let parts: Vec<String> = via.into_iter().chain(ports).collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// What authorities did: `seizure by South Korea, 1 April 2018`.
fn done(page: &PageNote) -> Option<String> {
    let act = |action: &ActionNote| {
        let what = action.action.join(", ").replace('-', " ");
        let by = action.by.as_deref().map(|by| format!("by {by}")).unwrap_or_default();
        let date = action.date.map(|date| format!(", {}", period_in_words(date))).unwrap_or_default();
        format!("{}{date}", [what, by].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "))
    };
    (!page.actions.is_empty()).then(|| several(page.actions.iter().map(act).collect(), "; "))
}

/// The transactions that it belongs to: `coal (payment for)`.
fn part_of(page: &PageNote) -> Option<String> {
    let relation = |relation: &RelationNote| match relation.kind.as_slice() {
        [] => clipped(&relation.transaction),
        kind => format!("{} ({})", clipped(&relation.transaction), kind.join(", ").replace('-', " ")),
    };
    (!page.relates_to.is_empty()).then(|| several(page.relates_to.iter().map(relation).collect(), "; "))
}

/// How far it went, and when: `planned, September 2023`.
fn when(transaction: &TransactionReport) -> String {
    let date = transaction.date.map_or_else(|| format!("date {NOT_REPORTED}"), period_in_words);
    let stage = transaction.page.stage.as_deref().map(|stage| format!("{stage}, ")).unwrap_or_default();
    format!("{stage}{date}")
}

/// The sources with their kinds and grades, whether they establish it, and who denies it.
fn sources(transaction: &TransactionReport) -> String {
    let page = &transaction.page;
    let mut sources = match page.sources.is_empty() {
        true => "no source is reported".to_owned(),
        false => several(page.sources.iter().map(source).collect(), "; "),
    };
    let has_state_medium = page.sources.iter().any(|source| source.kind.as_deref() == Some("state-media"));
    sources.push_str(match transaction.evidence.standing {
        EvidenceLevel::Alleged if has_state_medium => {
            "; alleged, unless a State announces its own act there: then the kind of source is `admission`"
        }
        EvidenceLevel::Alleged => "; alleged",
        EvidenceLevel::Established => "; established",
    });
    if !page.denied_by.is_empty() {
        sources.push_str(&format!("; denied by {}", page.denied_by.join(", ")));
    }
    sources
}

/// A source: `Agency reports (press, C3)`, `a member state (B3)`.
fn source(source: &SourceNote) -> String {
    let kind = source.kind.as_deref().map(|kind| kind.replace('-', " "));
    let name = source.name.as_deref().map(clipped);
    let about: Vec<&str> = [kind.as_deref().filter(|_| name.is_some()), source.grade.as_deref()].into_iter().flatten().collect();
    let about = if name.is_some() && kind.is_none() { [about, vec!["kind not reported"]].concat() } else { about };
    let name = name.clone().or_else(|| kind.clone()).unwrap_or_else(|| "unnamed source".to_owned());
    if about.is_empty() { name } else { format!("{name} ({})", about.join(", ")) }
}

/// What would change a breach to which no exception is open.
const NO_EXCEPTION: &str = "no exception is open; other facts alone would";

/// The exceptions that would make a breach compliant, or the question that would settle what is open.
fn would_change_it(transaction: &TransactionReport, leading: &Finding) -> Option<String> {
    match leading.verdict {
        Verdict::Compliant => None,
        Verdict::InsufficientInformation => question(transaction, leading),
        Verdict::Violation | Verdict::PotentialViolation => {
            let shared = shared_exceptions(transaction);
            if shared.is_empty() && transaction.regimes.len() > 1 {
                return Some(would_change_regimes(transaction).unwrap_or_else(|| NO_EXCEPTION.to_owned()));
            }
            let of_leading = || leading.unless.iter().filter(|exception| is_open(exception)).collect::<Vec<_>>();
            let (exceptions, of) = match (shared.is_empty(), told_breaches(transaction).count()) {
                (true, 0 | 1) => (of_leading(), ""),
                (true, _) => (of_leading(), " (of the first paragraph alone)"),
                (false, _) => (shared, ""),
            };
            let titles: Vec<String> = exceptions.iter().map(|exception| exception_title(exception)).collect();
            Some(if titles.is_empty() { NO_EXCEPTION.to_owned() } else { format!("{}{of}", several(titles, "; or ")) })
        }
    }
}

/// The exceptions of what leads in each of several regimes: `Iran: leave of the Council; Yemen: ...`.
fn would_change_regimes(transaction: &TransactionReport) -> Option<String> {
    let leading = LeadingBans::new(transaction)?;
    let of_ban = |(regime, ban): &(Option<&str>, &Finding)| {
        let titles = ban.unless.iter().filter(|exception| is_open(exception)).map(exception_title);
        let titles = several(titles.collect(), "; or ");
        (!titles.is_empty()).then(|| match regime {
            Some(regime) => format!("{regime}: {titles}"),
            None => titles,
        })
    };
    let all: Vec<String> = leading.bans.iter().filter_map(of_ban).collect();
    (!all.is_empty()).then(|| all.join("; "))
}

/// The title of an exception, and whether it is claimed.
fn exception_title(exception: &ExceptionNote) -> String {
    let claimed = if exception.state == ExceptionState::Claimed { " (claimed on weaker evidence)" } else { "" };
    format!("{}{claimed}", exception.title)
}

/// The question that would settle a finding, and the number of the other questions of the transaction.
fn question(transaction: &TransactionReport, finding: &Finding) -> Option<String> {
    let asked = |id: &String| transaction.questions.iter().find(|question| question.id == *id);
    let Some(first) = finding.question.as_ref().and_then(asked) else {
        let facts = settling_facts(finding, &transaction.names);
        return (!facts.is_empty()).then(|| format!("to know {}", facts.join("; or ")));
    };
    let more = open_questions(transaction).len().saturating_sub(1);
    let more = if more > 0 { format!(" (and {})", number_of(more, "more question")) } else { String::new() };
    Some(format!("{}{more}", first.text))
}

/// What is open beside a breach.
fn also_open(transaction: &TransactionReport, leading: &Finding) -> Option<String> {
    if !leading.verdict.is_breach() {
        return None;
    }
    let is_open = |f: &&Finding| f.verdict == Verdict::InsufficientInformation && !f.is_decided();
    let of_regime = |regime: &RegimeNote| {
        let finding = transaction.findings.iter().filter(is_open).find(|finding| finding.fingerprint == regime.leading)?;
        let question = question(transaction, finding).map(|question| format!(": {question}")).unwrap_or_default();
        Some(format!("{}, {}{question}", regime.title, finding.authority.first()?))
    };
    let of_regimes: Vec<String> = transaction.regimes.iter().filter_map(of_regime).collect();
    if !of_regimes.is_empty() {
        return Some(of_regimes.join("; "));
    }
    let open: Vec<&Finding> = transaction.findings.iter().filter(is_open).collect();
    let first = open.first()?;
    let mut rules: Vec<&str> = open.iter().map(|finding| finding.rule.as_str()).collect();
    rules.sort_unstable();
    rules.dedup();
    let more = rules.len().saturating_sub(1);
    let more = if more > 0 { format!(" (and {})", number_of(more, "more rule")) } else { String::new() };
    let paragraph = first.authority.first().map(ToString::to_string).unwrap_or_default();
    let question = question(transaction, first).map(|question| format!(": {question}")).unwrap_or_default();
    Some(format!("{paragraph}{more}{question}"))
}

/// What somebody should look at: the triage, duties without a finding, the first red flag.
fn look_at(transaction: &TransactionReport) -> Option<String> {
    let triage = transaction.triage.as_ref().map(triage_sentence);
    let is_silent = transaction.findings.is_empty();
    let duties = transaction.duties.iter().filter(|_| is_silent).map(|duty| duty.title.clone());
    let warnings = red_flags(transaction);
    let all: Vec<String> = triage.into_iter().chain(duties).chain(warnings).collect();
    (!all.is_empty()).then(|| {
        let more = all.len().saturating_sub(2);
        let more = if more > 0 { format!("; and {more} more") } else { String::new() };
        format!("{}{more}", all.into_iter().take(2).collect::<Vec<_>>().join("; "))
    })
}

/// The red flags of a transaction, each once, with the number of places at which it is raised if there are several.
pub(in crate::report) fn red_flags(transaction: &TransactionReport) -> Vec<String> {
    let (mut flags, mut places): (Vec<&str>, HashMap<&str, usize>) = Default::default();
    for warning in &transaction.warnings {
        let number = places.entry(&warning.text).or_default();
        if *number == 0 {
            flags.push(&warning.text);
        }
        *number += 1;
    }
    let sentence = |text: &&str| match places.get(text) {
        Some(number) if *number > 1 => format!("{text} (at {number} places)"),
        _ => (*text).to_owned(),
    };
    flags.iter().map(sentence).collect()
}

/// What was not checked: `listed persons (no designations list was given)`.
pub(in crate::report) fn not_checked(page: &PageNote) -> Option<String> {
    let notes = page.not_checked.iter().map(|note| format!("{} ({})", note.what, note.because));
    let notes = notes.collect::<Vec<_>>().join("; ");
    (!notes.is_empty()).then_some(notes)
}

/// The breaches of a transaction that are told by themselves, one of each rule.
fn told_breaches(transaction: &TransactionReport) -> impl Iterator<Item = &Finding> {
    let mut last: Option<&str> = None;
    let told = transaction.findings.iter().filter(|f| f.verdict.is_breach() && f.told_with.is_none());
    told.filter(move |finding| last.replace(&finding.rule) != Some(&finding.rule))
}

/// The open exceptions that all breaches of a transaction share, if there is more than one: they are told once.
pub(in crate::report) fn shared_exceptions(transaction: &TransactionReport) -> Vec<&ExceptionNote> {
    let mut breaches = told_breaches(transaction);
    let Some(first) = breaches.next() else { return Vec::new() };
    let mut shared: Vec<&ExceptionNote> = first.unless.iter().filter(|exception| is_open(exception)).collect();
    let mut others = 0;
    for finding in breaches {
        others += 1;
        let has = |wanted: &&ExceptionNote| {
            finding.unless.iter().any(|own| (&own.exception, own.state) == (&wanted.exception, wanted.state))
        };
        shared.retain(has);
    }
    if others > 0 { shared } else { Vec::new() }
}

/// A shared exception with its title and what is missing to show it.
pub(in crate::report) fn shared_exception_sentence(exception: &ExceptionNote, telling: Telling<'_>) -> String {
    let missing = &exception.missing;
    let missing =
        if missing.is_empty() { String::new() } else { format!(" ({NOT_REPORTED}: {})", fact_list(missing, telling.names)) };
    format!("{}: {}{missing}", exception.exception, exception_title(exception))
}

/// True if an exception may still apply: nothing shows it, nothing excludes it.
fn is_open(exception: &ExceptionNote) -> bool {
    matches!(exception.state, ExceptionState::NotShown | ExceptionState::Claimed)
}

/// The first of several, and the number of the others.
fn several(all: Vec<String>, separator: &str) -> String {
    let more = all.len().saturating_sub(MOST_NAMED);
    let more = if more > 0 { format!("{separator}and {more} more").replace("or and", "and") } else { String::new() };
    format!("{}{more}", all.into_iter().take(MOST_NAMED).collect::<Vec<_>>().join(separator))
}

fn clipped(text: &str) -> String {
    crate::report::inert::clipped(text.split_whitespace().collect::<Vec<_>>().join(" "), LONGEST)
}
