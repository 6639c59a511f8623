//! What `interdict screen` writes about names: text, JSON, NDJSON and CSV.

use std::io::{self, Write};

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Value, json};

use crate::decisions::{DecisionState, Decisions, HitRef};
use crate::lists::{NameQuality, Publisher};
use crate::report::{DecisionNote, decision_sentence, line};
use crate::screening::{Hit, Outcome, Query, Strength};

use super::lists::kind;
use super::output;
use super::screen::ScreenFormat;

/// A list that was screened against.
#[derive(Debug, Serialize)]
pub(super) struct ListNote {
    pub path: String,
    pub digest: String,
    pub generated: Option<NaiveDate>,
    pub publisher: Publisher,
    pub entries: usize,
}

/// A hit, with what is known of it beside the lists.
#[derive(Debug)]
pub(super) struct NotedHit {
    pub hit: Hit,
    /// What happened to its entry between two copies of a list.
    pub change: Option<&'static str>,
    /// What a person has decided about it.
    pub decision: Option<DecisionNote>,
}

impl NotedHit {
    pub fn new(hit: Hit) -> NotedHit {
        NotedHit { hit, change: None, decision: None }
    }

    /// True if a decision in force says that the entry is not meant.
    fn is_set_aside(&self) -> bool {
        self.decision.as_ref().is_some_and(|decision| decision.state == DecisionState::InForce)
    }
}

/// A name with the entries that it may mean.
#[derive(Debug)]
pub(super) struct Screened {
    pub query: Query,
    pub hits: Vec<NotedHit>,
}

impl Screened {
    pub fn new(hits: Vec<Hit>, query: Query) -> Screened {
        Screened { query, hits: hits.into_iter().map(NotedHit::new).collect() }
    }

    /// Puts the decisions about its hits beside them.
    pub fn decide(&mut self, decisions: &Decisions) {
        for noted in &mut self.hits {
            let NotedHit { hit, decision, .. } = noted;
            let is_confirmed = hit.strength == Strength::Confirmed;
            let hit = HitRef { name: &self.query.name, listing: &hit.reference, entry: &hit.entry, is_confirmed };
            *decision = decisions.apply_to_hit(&hit).map(DecisionNote::new);
        }
    }

    /// The worst outcome of the hits that no decision has set aside; `None` without any.
    pub fn outcome(&self) -> Option<Outcome> {
        self.hits.iter().filter(|hit| !hit.is_set_aside()).map(|hit| hit.hit.outcome).max()
    }

    fn outcome_word(&self) -> &'static str {
        self.outcome().map_or("no-match", outcome)
    }
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Review => "review",
        Outcome::Match => "match",
    }
}

fn strength(hit: &Hit) -> &'static str {
    match hit.strength {
        Strength::Confirmed => "confirmed",
        Strength::NameOnly => "same name, nothing to disagree",
        Strength::Supported => "same name, other facts agree",
        Strength::Contradicted => "same name, but something contradicts",
    }
}

/// A score with three decimals, as it is written everywhere.
pub(super) fn rounded(score: f32) -> f64 {
    (f64::from(score) * 1000.0).round() / 1000.0
}

/// Writes the results in one of the forms.
pub(super) fn write(lists: &[ListNote], screened: &[Screened], format: ScreenFormat, out: &mut dyn Write) -> io::Result<()> {
    match format {
        ScreenFormat::Text => output::quoting(out, |out| text(lists, screened, out)),
        ScreenFormat::Json => {
            let names: Vec<Value> = screened.iter().map(document).collect();
            let count = |wanted: &str| screened.iter().filter(|screened| screened.outcome_word() == wanted).count();
            let summary = json!({"names": screened.len(), "match": count("match"), "review": count("review"), "no-match": count("no-match")});
            let document = json!({"schema": "interdict/screening/1", "designations": lists, "summary": summary, "names": names});
            serde_json::to_writer_pretty(&mut *out, &document)?;
            writeln!(out)
        }
        ScreenFormat::Ndjson => screened.iter().try_for_each(|screened| writeln!(out, "{}", document(screened))),
        ScreenFormat::Csv => csv(screened, out),
    }
}

fn document(screened: &Screened) -> Value {
    let hits: Vec<Value> = screened
        .hits
        .iter()
        .map(|NotedHit { hit, change, decision }| {
            let mut value = json!(hit);
            if let Value::Object(fields) = &mut value {
                fields.insert("score".to_owned(), json!(rounded(hit.score)));
                change.iter().for_each(|change| drop(fields.insert("change".to_owned(), json!(change))));
                decision.iter().for_each(|decision| drop(fields.insert("decision".to_owned(), json!(decision))));
            }
            value
        })
        .collect();
    json!({"name": screened.query.name, "kind": screened.query.kind, "outcome": screened.outcome_word(), "hits": hits})
}

fn text(lists: &[ListNote], screened: &[Screened], out: &mut dyn Write) -> io::Result<()> {
    for list in lists {
        let dated = list.generated.map_or(String::new(), |day| format!(" of {day}"));
        writeln!(out, "screened against {}{dated}: {} entries, {}", line(&list.path), list.entries, list.digest)?;
    }
    for screened in screened {
        writeln!(out, "\n{}: {}", line(&screened.query.name), screened.outcome_word().replace('-', " "))?;
        for NotedHit { hit, change, decision } in &screened.hits {
            let source = match hit.publisher {
                Publisher::UnitedNations => "UN ",
                Publisher::Ofac => "not a UN measure: United States, OFAC ",
                Publisher::Own => "not a UN measure: ",
            };
            let listed = hit.listed_on.map_or(String::new(), |day| format!(", listed {day}"));
            let change = change.map_or(String::new(), |change| format!(" [{change}]"));
            writeln!(
                out,
                "  {} {:.3}  {} {} ({}; {source}{}{listed}){change}",
                outcome(hit.outcome),
                rounded(hit.score),
                hit.reference,
                line(&hit.primary_name),
                kind(hit.kind),
                line(&hit.list)
            )?;
            let quality = match hit.quality {
                NameQuality::Primary => "",
                NameQuality::Good => ", an alias",
                NameQuality::Former => ", a former name",
                NameQuality::Low => ", an alias of low quality",
            };
            writeln!(out, "    {}; listed as `{}`{quality}", strength(hit), line(&hit.listed_name))?;
            for reason in line(&hit.why).split("; ") {
                writeln!(out, "    - {reason}")?;
            }
            match decision {
                Some(decision) => writeln!(out, "    decided: {}", line(&decision_sentence(decision)))?,
                None => writeln!(out, "    to decide on it: listing {}, entry {}", hit.reference, hit.entry)?,
            }
        }
    }
    let count = |wanted: &str| screened.iter().filter(|screened| screened.outcome_word() == wanted).count();
    writeln!(
        out,
        "\n{} names: {} match, {} for review, {} no match",
        screened.len(),
        count("match"),
        count("review"),
        count("no-match")
    )
}

fn csv(screened: &[Screened], out: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record([
        "name",
        "outcome",
        "score",
        "reference",
        "primary_name",
        "listed_name",
        "quality",
        "kind",
        "list",
        "publisher",
        "listed_on",
        "strength",
        "change",
        "why",
        "entry",
        "decision",
    ])?;
    for screened in screened {
        if screened.hits.is_empty() {
            let mut row = vec![screened.query.name.as_str(), "no-match"];
            row.resize(16, "");
            writer.write_record(row)?;
        }
        for NotedHit { hit, change, decision } in &screened.hits {
            let word = |value: Value| value.as_str().map(str::to_owned).unwrap_or_default();
            writer.write_record([
                &screened.query.name,
                outcome(hit.outcome),
                &format!("{:.3}", rounded(hit.score)),
                &hit.reference,
                &hit.primary_name,
                &hit.listed_name,
                &word(json!(hit.quality)),
                kind(hit.kind),
                &hit.list,
                &word(json!(hit.publisher)),
                &hit.listed_on.map_or(String::new(), |day| day.to_string()),
                &word(json!(hit.strength)),
                change.unwrap_or_default(),
                &hit.why,
                &hit.entry,
                &decision.as_ref().map(decision_sentence).unwrap_or_default(),
            ])?;
        }
    }
    writer.flush()
}
