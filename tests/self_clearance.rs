//! Breaches whose filer clears himself: with an excuse of his own, a word in the wrong place, an empty list, a total, a relation,
//! a balance. Each row is a breach, what the filer adds or changes, and the least that must be said.
#![allow(clippy::string_slice, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use common::own_rulebook;
use interdict::document::DiagnosticLevel;
use interdict::engine::{AssessOptions, Ledger, Verdict, assess};
use interdict::intake::Intake;
use interdict::rulebook::Rulebook;
use serde_json::{Value, json};

/// The least that must be said.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Least {
    /// A violation, as without the change.
    Violation,
    /// At least a potential violation.
    Potential,
    /// A finding that asks.
    Asked,
    /// A warning, an error or a triage.
    Noted,
}
use Least::{Asked, Noted, Potential, Violation};

fn with(mut breach: Value, change: Value) -> Value {
    for (key, value) in change.as_object().unwrap() {
        breach[key] = value.clone();
    }
    breach
}

fn arms() -> Value {
    json!({"id": "x", "activity": "sale", "stage": "completed", "date": "2023-10-12", "evidence": "established", "from": "KP", "to": "RU",
        "items": [{"description": "152 mm artillery shells", "hs": "9306.90", "quantity": "1000 rounds"}]})
}

fn coal() -> Value {
    json!({"id": "x", "activity": "sale", "stage": "completed", "date": "2019-06-12", "evidence": "established", "from": "KP", "to": "CN",
        "items": [{"description": "anthracite", "quantity": "12000 t"}]})
}

fn oil() -> Value {
    json!({"id": "x", "activity": "sale", "stage": "completed", "date": "2019-06-12", "evidence": "established", "from": "CN", "to": "KP",
        "items": [{"description": "diesel", "quantity": "900000 bbl"}]})
}

fn permit() -> Value {
    json!({"id": "x", "activity": "work-authorisation", "stage": "completed", "date": "2020-06-12", "evidence": "established", "to": "RU",
        "people": [{"nationality": "KP", "count": 50, "earning_income": true}]})
}

fn yacht() -> Value {
    json!({"id": "x", "activity": "sale", "stage": "completed", "date": "2019-06-12", "evidence": "established", "from": "CN", "to": "KP",
        "items": [{"description": "motor yacht", "hs": "8903"}]})
}

fn payment() -> Value {
    json!({"id": "x", "activity": "funds-transfer", "stage": "completed", "date": "2018-06-12", "evidence": "established", "from": "CN",
        "to": "KP", "value": "50000000 USD",
        "parties": [{"role": "payee", "name": "KOMID", "country": "KP", "designated_as": "KPe.001"}]})
}

fn venture() -> Value {
    json!({"id": "x", "activity": "joint-venture", "stage": "completed", "date": "2018-06-12", "evidence": "established", "from": "CN",
        "to": "KP"})
}

fn flag() -> Value {
    json!({"id": "x", "activity": "flagging", "stage": "completed", "date": "2018-06-12", "evidence": "established", "to": "TG",
        "vessels": [{"name": "A", "owned_by": "O", "role": "served"}], "parties": [{"name": "O", "country": "KP", "role": "owner"}]})
}

/// Each breach with what its filer makes of it.
#[rustfmt::skip]
fn clearances() -> Vec<(&'static str, Value, Least)> {
    let arms = |change| with(arms(), change);
    let coal = |change| with(coal(), change);
    let oil = |change| with(oil(), change);
    let permit = |change| with(permit(), change);
    let yacht = |change| with(yacht(), change);
    let payment = |change| with(payment(), change);
    let venture = |change| with(venture(), change);
    let flag = |change| with(flag(), change);
    let shells = |more: Value| json!([with(json!({"description": "152 mm artillery shells", "hs": "9306.90", "quantity": "1000 rounds"}), more)]);
    let people = |more: Value| json!([with(json!({"nationality": "KP", "count": 50, "earning_income": true}), more)]);
    vec![
        // Approvals, notices and findings without the standing for it.
        ("arms, an approval that is only alleged", arms(json!({"authorisations": [{"by": "committee", "evidence": "alleged"}]})), Violation),
        ("arms, approved by the target", arms(json!({"authorisations": [{"by": "KP"}]})), Violation),
        ("arms, approved by the buyer's State", arms(json!({"authorisations": [{"by": "RU", "date": "2023-01-01"}]})), Violation),
        ("arms, approved afterwards", arms(json!({"authorisations": [{"by": "committee", "date": "2024-01-01"}]})), Violation),
        ("arms, an approval that ran out", arms(json!({"authorisations": [{"by": "committee", "date": "2020-01-01", "valid_until": "2021-01-01"}]})), Violation),
        ("arms in a year, an approval until March", arms(json!({"date": "2023", "authorisations": [{"by": "committee", "date": "2023-01-01", "valid_until": "2023-03-01"}]})), Asked),
        ("arms on a day that is not told, an approval until March", arms(json!({"date": "unknown", "authorisations": [{"by": "committee", "date": "2023-01-01", "valid_until": "2023-03-01"}]})), Asked),
        ("arms, an approval that was asked for", arms(json!({"authorisations": [{"by": "committee", "outcome": "asked"}]})), Violation),
        ("arms, an approval that was refused", arms(json!({"authorisations": [{"by": "committee", "outcome": "refused"}]})), Violation),
        ("arms, an approval of rice", arms(json!({"authorisations": [{"by": "committee", "covers": "rice"}]})), Violation),
        ("arms, an approval from before the measure", arms(json!({"authorisations": [{"by": "committee", "date": "2001-01-01"}]})), Violation),
        ("arms, approved by another committee", arms(json!({"authorisations": [{"by": "the committee of our factory"}]})), Violation),
        ("arms, a finding of the target", arms(json!({"determinations": [{"by": "KP", "finding": "arms", "holds": false}]})), Violation),
        ("a payment, the target's own finding", payment(json!({"determinations": [{"by": "KP", "finding": "basic-expenses", "holds": true}], "notifications": [{"to": "committee", "by": "KP", "date": "2018-01-01"}]})), Violation),
        ("a payment, an alleged finding and notice", payment(json!({"determinations": [{"by": "CN", "finding": "basic-expenses", "holds": true, "evidence": "alleged"}], "notifications": [{"to": "committee", "by": "CN", "date": "2018-06-01", "evidence": "alleged"}]})), Violation),
        ("a payment, a finding without a notice", payment(json!({"determinations": [{"by": "CN", "finding": "basic-expenses", "holds": true}]})), Violation),
        ("a payment by an agent", payment(json!({"parties": [{"role": "payee", "name": "Z", "country": "CN", "acts_for": "KOMID"}, {"name": "KOMID", "designated_as": "KPe.001"}]})), Potential),
        ("oil, a notice by the target", oil(json!({"notifications": [{"to": "committee", "by": "KP"}]})), Violation),
        ("perfume, the target finds that it is no luxury", yacht(json!({"items": [{"description": "perfume"}], "determinations": [{"by": "KP", "finding": "luxury", "holds": false}]})), Potential),
        ("a venture, an alleged approval", venture(json!({"authorisations": [{"by": "committee", "evidence": "alleged"}]})), Violation),
        ("a flag, an alleged approval", flag(json!({"authorisations": [{"by": "committee", "evidence": "alleged", "date": "2018-01-01"}]})), Violation),
        ("permits, an alleged approval", permit(json!({"authorisations": [{"by": "committee", "evidence": "alleged"}]})), Violation),
        // Persons and purposes that would excuse.
        ("arms for relief", arms(json!({"purpose": "humanitarian"})), Violation),
        ("arms for a body of the United Nations", arms(json!({"parties": [{"role": "consignee", "kind": "un-body", "name": "UNDP"}]})), Violation),
        ("arms for a mission", arms(json!({"parties": [{"role": "consignee", "kind": "diplomatic-mission", "country": "RU", "name": "Embassy"}]})), Violation),
        ("oil, an alleged mission", oil(json!({"parties": [{"role": "consignee", "kind": "diplomatic-mission", "country": "RU", "evidence": "alleged"}]})), Violation),
        ("oil, a name like a mission", oil(json!({"parties": [{"role": "consignee", "name": "Russian Embassy"}]})), Violation),
        ("oil for livelihood", oil(json!({"purpose": "livelihood"})), Violation),
        ("coal for livelihood, years after that ended", coal(json!({"purpose": "livelihood", "links_to_revenue": false})), Violation),
        ("a yacht for an alleged mission", yacht(json!({"parties": [{"role": "consignee", "kind": "diplomatic-mission", "country": "RU", "evidence": "alleged"}]})), Violation),
        ("a yacht for sport", yacht(json!({"purpose": "sport"})), Violation),
        ("a yacht of a dollar", yacht(json!({"items": [{"description": "motor yacht", "value": "1 USD"}]})), Violation),
        ("permits for alleged diplomats", permit(json!({"people": people(json!({"status": "diplomat", "evidence": "alleged"}))})), Potential),
        ("permits for nationals of another State too", permit(json!({"people": people(json!({"also_national_of": "RU"}))})), Violation),
        ("a venture for relief", venture(json!({"purpose": "humanitarian"})), Violation),
        ("a flag for livelihood", flag(json!({"purpose": "livelihood"})), Violation),
        // Words as excuses.
        ("arms, relief in the description", arms(json!({"items": shells(json!({"description": "humanitarian aid (artillery shells)"}))})), Potential),
        ("arms, an approval in the description", arms(json!({"items": shells(json!({"description": "shells approved by the 1718 Committee"}))})), Potential),
        ("arms, an approval in the title and notes", arms(json!({"title": "approved inspection under 1718", "notes": "approved by the Committee"})), Violation),
        ("arms as toys", arms(json!({"items": shells(json!({"description": "toy artillery shells", "hs": "9503"}))})), Asked),
        ("arms under the code of toys", arms(json!({"items": shells(json!({"hs": "9503"}))})), Asked),
        ("arms declared as rice", arms(json!({"items": shells(json!({"declared_as": "rice", "hs": "1006.30"}))})), Violation),
        ("arms under the code of rice", arms(json!({"items": shells(json!({"hs": "1006.30"}))})), Violation),
        ("arms by code, rice by words", arms(json!({"items": shells(json!({"description": "rice"}))})), Potential),
        // A second country.
        ("arms from two States", arms(json!({"from": ["KP", "CN"]})), Asked),
        ("arms to the target too", arms(json!({"to": ["RU", "KP"]})), Violation),
        ("arms within the target", arms(json!({"to": "KP"})), Noted),
        ("arms from a town elsewhere", arms(json!({"from": {"country": "KP", "place": "Moscow"}})), Asked),
        ("arms of another origin", arms(json!({"items": shells(json!({"origin": "RU"}))})), Violation),
        ("arms of a side that is not of the State it is in", arms(json!({"from": {"country": "KP", "nationality": {"not": "KP"}}})), Potential),
        ("arms from nowhere on a ship of the target", arms(json!({"from": "unknown", "vessels": [{"name": "Angara", "flag": "KP"}]})), Asked),
        ("coal of another origin", coal(json!({"items": [{"description": "anthracite", "quantity": "12000 t", "origin": "RU"}]})), Asked),
        ("coal by way of the target", coal(json!({"from": "CN", "via": ["KP"]})), Asked),
        ("coal by Rajin, noticed by the target", coal(json!({"items": [{"description": "anthracite", "origin": "RU", "quantity": "12000 t"}], "ports": ["KPRJN"], "notifications": [{"to": "committee", "by": "KP", "date": "2019-01-01"}], "links_to_revenue": false})), Violation),
        ("coal by Rajin, noticed afterwards", coal(json!({"items": [{"description": "anthracite", "origin": "RU", "quantity": "12000 t"}], "ports": ["KPRJN"], "notifications": [{"to": "committee", "by": "RU", "date": "2019-09-01"}], "links_to_revenue": false})), Potential),
        ("permits for Koreans of either State", permit(json!({"people": people(json!({"nationality": ["KP", "KR"]}))})), Asked),
        ("permits for Koreans", permit(json!({"people": people(json!({"nationality": "Korea"}))})), Asked),
        // Activities and stages that nobody would forbid.
        ("arms at a meeting", arms(json!({"activity": "meeting"})), Noted),
        ("arms, the activity is said not to be a sale", arms(json!({"activity": {"not": "sale"}})), Asked),
        ("arms, an activity of no meaning", arms(json!({"activity": "zzz"})), Asked),
        ("arms, a sale that is an inspection too", arms(json!({"activity": ["sale", "inspection"]})), Violation),
        ("arms, refused", arms(json!({"stage": "refused"})), Potential),
        ("arms, abandoned", arms(json!({"stage": "abandoned"})), Potential),
        // Dates.
        ("arms in the month in which the ban began", arms(json!({"date": "2006-10"})), Asked),
        ("arms since before the ban", arms(json!({"date": "since 2001"})), Asked),
        ("arms before a year that the ban is part of", arms(json!({"date": "before 2007"})), Asked),
        ("arms on the first day of a clock", arms(json!({"date": "1970-01-01"})), Asked),
        ("arms in a range that begins before the ban", arms(json!({"date": "1990-01-01/2023-10-12"})), Asked),
        ("arms on a day with two readings", arms(json!({"date": "03/11/2006"})), Asked),
        ("arms on no day", arms(json!({"date": "none"})), Asked),
        ("coal, a contract from before the ban", coal(json!({"contract": {"date": "2016-01-01"}})), Violation),
        // Amounts.
        ("arms, a few", arms(json!({"items": shells(json!({"quantity": "a few pieces"}))})), Violation),
        ("arms, none of them", arms(json!({"items": shells(json!({"quantity": "0 pieces"}))})), Violation),
        ("permits for nobody", permit(json!({"people": people(json!({"count": 0}))})), Potential),
        ("permits for a few", permit(json!({"people": people(json!({"count": "a few"}))})), Violation),
        ("oil, a barrel beside a total", oil(json!({"items": [{"description": "diesel", "quantity": "1 bbl"}], "quantity": "600000 bbl", "notifications": [{"to": "committee", "by": "CN", "date": "2019-06-20"}]})), Asked),
        ("oil, the same as what is not there", oil(json!({"relates_to": [{"transaction": "z", "as": "same-as"}]})), Violation),
        // Nothing where something is.
        ("arms, no goods", arms(json!({"items": []})), Asked),
        ("arms, goods that are none", arms(json!({"items": "none"})), Asked),
        ("arms, goods called none", arms(json!({"items": [{"description": "none"}]})), Asked),
        ("arms, goods not available", arms(json!({"items": [{"description": "N/A"}]})), Asked),
        ("arms from nowhere", arms(json!({"from": "none"})), Noted),
        ("a payment to someone who is said to be on no list", payment(json!({"parties": [{"role": "payee", "name": "KOMID", "country": "KP", "designated_as": "none"}]})), Asked),
        ("a payment to someone on a list of the filer's own", payment(json!({"parties": [{"role": "payee", "name": "KOMID", "country": "KP", "designated_as": "our own white list"}]})), Asked),
        // Links in a circle, and links that only a name makes.
        ("a flag, owners in a circle", flag(json!({"parties": [{"name": "O", "owned_by": "P", "nationality": "KP"}, {"name": "P", "owned_by": "O"}]})), Asked),
        ("a flag, the State itself is the owner", flag(json!({"vessels": [{"name": "A", "owned_by": "KP", "role": "served"}], "parties": []})), Asked),
        ("a flag, the owner is nobody that is told", flag(json!({"vessels": [{"name": "A", "owned_by": "North Korean interests", "role": "served"}], "parties": []})), Asked),
        ("help with rockets for an agent of the State", json!({"id": "x", "activity": "technical-assistance", "date": "2023", "evidence": "established", "from": "RU", "to": "CN", "field": "aerospace", "parties": [{"role": "trainee", "name": "NADA", "acts_for": "KP"}]}), Asked),
    ]
}

fn said(rulebook: &Rulebook, transaction: &Value) -> Least {
    let intake = Intake::read_text("x.ndjson", &format!("{transaction}\n"), &rulebook.vocabulary);
    let ledger = Ledger::count(rulebook, &intake.incidents, None, None);
    let assessment = assess(rulebook, &intake.incidents, &ledger, &AssessOptions::default());
    let transaction = assessment.transactions().next().unwrap().1;
    match transaction.verdict() {
        Some(Verdict::Violation) => Violation,
        Some(Verdict::PotentialViolation) => Potential,
        Some(Verdict::InsufficientInformation) => Asked,
        _ => {
            let is_noted = transaction.triage.is_some() || intake.problems.iter().any(|p| p.level() != DiagnosticLevel::Note);
            assert!(is_noted, "nothing is said: {:?}", transaction.verdict());
            Noted
        }
    }
}

#[test]
fn nobody_clears_himself() {
    let rulebook = own_rulebook();
    let rank = |least: Least| [Noted, Asked, Potential, Violation].iter().position(|l| *l == least);
    let rows = clearances();
    assert!(rows.len() >= 50);
    let mut weaker = String::new();
    for (name, transaction, least) in rows {
        let said = std::panic::catch_unwind(|| said(&rulebook, &transaction)).ok();
        if said.and_then(rank) < rank(least) {
            weaker.push_str(&format!("{name}: {said:?}, at least {least:?}\n"));
        }
    }
    assert!(weaker.is_empty(), "\n{weaker}");
}

#[test]
fn every_breach_of_the_table_is_one_without_the_change() {
    let rulebook = own_rulebook();
    for breach in [arms(), coal(), oil(), permit(), yacht(), payment(), venture(), flag()] {
        assert_eq!(said(&rulebook, &breach), Violation, "{breach}");
    }
}
