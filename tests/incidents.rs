//! Incident files as analysts and pipelines write them: each `bad` file gives exactly the messages that stand beside it;
//! the `good` ones are read as the format says.
#![allow(clippy::string_slice, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use std::path::PathBuf;

use common::{compare_with_files, files_in, name_of, no_stray_outputs, own_rulebook, plain, root, small_rulebook};
use interdict::document::{DiagnosticLevel, Position, Span};
use interdict::facts::{Amount, Coded, CodedTerm, Known, Transaction};
use interdict::intake::Intake;
use interdict::rulebook::{Rulebook, Vocabulary};

const ENDINGS: [&str; 4] = ["yaml", "json", "ndjson", "csv"];

fn read(path: &PathBuf, vocabulary: &Vocabulary) -> Intake {
    Intake::read(std::slice::from_ref(path), &mut std::io::empty(), vocabulary)
}

/// What was messages, with the paths as they are in the project.
fn messages(intake: &Intake) -> String {
    plain(&intake.problems, &intake.sources).replace(&format!("{}/", root().display()), "")
}

#[test]
fn bad_files_give_exactly_these_messages() {
    let rulebook = small_rulebook(&[]);
    let folder = root().join("tests/incidents/bad");
    let files = files_in(&folder, &ENDINGS);
    assert!(files.len() >= 30, "{} bad files", files.len());
    let outputs: Vec<_> = files
        .into_iter()
        .map(|file| {
            let intake = read(&file, &rulebook.vocabulary);
            let only_warns = name_of(&file).starts_with("warning-");
            assert_eq!(intake.problems.has_errors(), !only_warns, "{}", file.display());
            let messages = messages(&intake);
            (file, messages)
        })
        .collect();
    no_stray_outputs(&folder);
    compare_with_files(&outputs);
}

/// Message, line and column of everything that is wrong.
fn places(name: &str, text: &str, vocabulary: &Vocabulary) -> Vec<(String, Option<Position>)> {
    let intake = Intake::read_text(name, text, vocabulary);
    let place = |at: Span| intake.sources.get(at.source).map(|source| source.position(at.start));
    intake.problems.iter().map(|problem| (problem.message.clone(), problem.at.and_then(place))).collect()
}

#[test]
fn line_breaks_of_windows_and_a_byte_order_mark_shift_no_place() {
    let rulebook = small_rulebook(&[]);
    let folder = root().join("tests/incidents");
    for file in ["bad", "good"].iter().flat_map(|sub| files_in(&folder.join(sub), &ENDINGS)) {
        let (name, text) = (name_of(&file), std::fs::read_to_string(&file).unwrap());
        let expected = places(&name, &text, &rulebook.vocabulary);
        assert_eq!(places(&name, &text.replace('\n', "\r\n"), &rulebook.vocabulary), expected, "{name} with CRLF");
        assert_eq!(places(&name, &format!("\u{feff}{text}"), &rulebook.vocabulary), expected, "{name} with a mark");
    }
}

#[test]
fn what_is_wrong_stays_unknown_and_the_rest_is_read() {
    let rulebook = small_rulebook(&[]);
    let intake = read(&root().join("tests/incidents/bad/many-mistakes.yaml"), &rulebook.vocabulary);
    let transactions = intake.incidents[0].transactions();
    assert_eq!(transactions.len(), 2, "both transactions are there");
    assert!(transactions[0].date.is_none() && transactions[0].activity.is().is_none());
    assert_eq!(ids(&transactions[0].to.get().unwrap().country, &rulebook.vocabulary), ["CN"]);
    assert_eq!(ids(&transactions[1].activity, &rulebook.vocabulary), ["sale"]);
}

/// The ids of the terms that a fact is known to be.
fn ids<'v>(coded: &Coded<CodedTerm>, vocabulary: &'v Vocabulary) -> Vec<&'v str> {
    let named = coded.is().unwrap_or_else(|| panic!("not known: {coded:?}"));
    named.iter().map(|n| if let CodedTerm::Term(t) = n { vocabulary.id(*t) } else { panic!("no term: {n:?}") }).collect()
}

fn shown(amount: Option<Amount>, vocabulary: &Vocabulary) -> String {
    let amount = amount.expect("an amount");
    format!("{} {}", amount.range, vocabulary.unit_name(amount.unit))
}

/// A good file's transactions: read without a mistake, by id.
struct Good {
    rulebook: Rulebook,
    intake: Intake,
}

impl Good {
    fn read(name: &str) -> Self {
        Self::read_by(small_rulebook(&[]), name)
    }

    fn read_by(rulebook: Rulebook, name: &str) -> Self {
        let intake = read(&root().join("tests/incidents/good").join(name), &rulebook.vocabulary);
        assert!(!intake.problems.has_errors(), "{}", messages(&intake));
        Self { rulebook, intake }
    }

    fn transaction(&self, id: &str) -> &Transaction {
        let mut all = self.intake.incidents.iter().flat_map(|i| i.transactions());
        all.find(|t| t.id.as_deref() == Some(id)).unwrap_or_else(|| panic!("no transaction {id}"))
    }

    fn ids(&self, coded: &Coded<CodedTerm>) -> Vec<&str> {
        ids(coded, &self.rulebook.vocabulary)
    }
}

#[test]
fn the_traps_of_yaml_do_not_exist() {
    let good = Good::read("traps.yaml");
    let norway = good.transaction("on");
    assert_eq!(norway.notes.as_deref(), Some("yes"), "words stay words");
    assert_eq!(good.ids(&norway.from.get().unwrap().country), ["NO"], "NO is Norway");
    assert_eq!(norway.date.unwrap().to_string(), "2017-09", "a month is a month");
    let items = norway.items.get().unwrap();
    let code = |i: usize| items[i].hs.is().unwrap()[0].digits();
    assert_eq!([code(0), code(1), code(2), code(3)], ["0301", "0301", "2701", "270110"], "every digit is kept");
    let texts: Vec<_> = items.iter().map(|i| i.description.as_deref().unwrap()).collect();
    assert_eq!(texts, ["1e3", "0o17", "1_000", "12:30:45"], "texts stay texts");
    let party = &norway.parties.get().unwrap()[0];
    assert_eq!(party.name.as_deref(), Some("off"));
    assert_eq!(party.identifiers.as_deref().unwrap()[0], ("passport".into(), "0123456".into()));
    assert_eq!(good.transaction("007").links_to_revenue, Some(true));
    assert!(good.intake.problems.is_empty(), "{}", messages(&good.intake));
}

#[test]
fn absent_is_unknown_and_empty_is_none() {
    let good = Good::read("absent-and-none.yaml");
    let absent = good.transaction("absent");
    assert!(!absent.items.is_reported() && absent.purpose.is_unknown() && absent.contract == Known::UNKNOWN);
    let unknown = good.transaction("told-unknown");
    assert!(!unknown.items.is_reported() && unknown.purpose.is_unknown() && unknown.contract == Known::UNKNOWN);
    assert!(unknown.date.is_none(), "`date: unknown` overrides the incident's");
    assert_eq!(absent.date.unwrap().to_string(), "2020", "the incident's date is the default");
    for id in ["none", "empty"] {
        let none = good.transaction(id);
        assert_eq!(none.items.get(), Some(&[][..]), "{id}");
        assert_eq!(none.purpose.is(), Some(&[][..]), "{id}");
        assert_eq!(none.authorisations.get(), Some(&[][..]), "{id}");
        assert_eq!(none.via.is(), Some(&[][..]), "{id}");
    }
    assert_eq!(good.transaction("none").contract, Known::NONE);
    let partly = good.transaction("partly");
    assert!(partly.purpose.is().is_none(), "a list with an unknown part excludes nothing");
    assert_eq!(partly.items.get().unwrap().len(), 2, "an unknown item is an item");
}

#[test]
fn what_is_known_not_to_be_is_kept() {
    let good = Good::read("negations.yaml");
    let vocabulary = &good.rulebook.vocabulary;
    let not = |coded: &Coded<CodedTerm>| {
        assert!(coded.is().is_none(), "{coded:?}");
        ids(&Coded::new(Some(coded.not().to_vec()), Vec::new()), vocabulary)
    };
    let one = good.transaction("one");
    assert_eq!(not(&one.purpose), ["humanitarian"]);
    assert_eq!(not(&one.from.get().unwrap().country), ["KP"]);
    assert_eq!(not(&one.parties.get().unwrap()[0].kind), ["diplomatic-mission"]);
    let hs = &one.items.get().unwrap()[0].hs;
    assert!(hs.is().is_none() && hs.not()[0].digits() == "2701");
    let several = good.transaction("several");
    assert_eq!(not(&several.purpose), ["humanitarian", "medical"]);
    assert_eq!(not(&several.to.get().unwrap().country), ["KR", "JP"]);
}

#[test]
fn imprecision_is_data() {
    let good = Good::read("amounts-and-dates.yaml");
    let vocabulary = &good.rulebook.vocabulary;
    let items = good.transaction("amounts").items.get().unwrap();
    let quantities: Vec<String> = items.iter().map(|i| shown(i.quantity, vocabulary)).collect();
    let expected = [
        "600 t",
        "540-660 t",
        "540-600 t",
        "600-700 t",
        "over 600 t",
        "under 600 t",
        "up to 600 t",
        "at least 600 t",
        "at least 2 crates",
        "at least 24 containers",
        "at least 200 containers",
        "at least 2,000 rounds",
        "1 pieces",
        "1,500,000 rounds",
        "30,000 rounds",
        "0.5 kg",
    ];
    assert_eq!(quantities, expected);
    let worth = good.transaction("money");
    assert_eq!(shown(worth.value, vocabulary), "12,000 USD");
    assert_eq!(shown(worth.payment.get().unwrap().amount, vocabulary), "1,350,000,000-1,650,000,000 USD");
    for (id, date) in [("day", "2023-09-13"), ("month", "2024-02"), ("year", "2023"), ("range", "2023-09-01/2023-09-13")] {
        assert_eq!(good.transaction(id).date.unwrap().to_string(), date);
    }
    assert_eq!(good.transaction("month").date.unwrap().to.to_string(), "2024-02-29", "a month is all of its days");
    let people = good.transaction("people").people.get().unwrap();
    assert_eq!(people[0].count.unwrap().to_string(), "20,700-25,300");
}

#[test]
fn units_and_separators_are_read_as_customs_and_people_write_them() {
    let good = Good::read_by(own_rulebook(), "units-and-times.yaml");
    let warnings = good.intake.problems.count(DiagnosticLevel::Warning);
    assert_eq!((warnings, good.intake.problems.has_errors()), (0, false), "{}", messages(&good.intake));
    let times = good.transaction("times");
    let day = Some("2018-06-12".parse().unwrap());
    assert_eq!((times.date, times.contract.get().unwrap().date), (day, day), "the day as it is written");
    let items = good.transaction("amounts").items.get().unwrap();
    let quantities: Vec<String> = items.iter().map(|i| shown(i.quantity, &good.rulebook.vocabulary)).collect();
    let expected = [
        "0.2 megatonnes",
        "200 t",
        "200 t",
        "200 kt",
        "200 t",
        "44 lb",
        "3 m3",
        "1,234.5 kg",
        "1,234,567 kg",
        "0.5 t",
        "42 us-gal",
    ];
    assert_eq!(quantities, expected);
}

#[test]
fn what_says_nothing_is_unknown_and_not_none() {
    let rulebook = small_rulebook(&[]);
    let intake = read(&root().join("tests/incidents/bad/says-nothing.yaml"), &rulebook.vocabulary);
    let transactions = intake.incidents[0].transactions();
    let by_id = |id: &str| transactions.iter().find(|t| t.id.as_deref() == Some(id)).unwrap();
    let none = by_id("none");
    assert!(none.activity.is_unknown() && none.stage.is_unknown() && !none.from.is_none() && none.date.is_none());
    assert!(none.to.get().unwrap().country.is_unknown());
    assert!(none.items.known().iter().all(|item| item.hs.is_unknown() && item.origin.is_unknown()));
    let parties = by_id("parties").parties.get().unwrap();
    assert!(parties[0].role.is_unknown() && parties[0].name.is_none() && parties[0].controlled_by.is_none());
    assert_eq!(parties[0].owned_by.as_deref().unwrap(), ["Example Trading"]);
    assert_eq!(parties[1].name.as_deref(), Some("Nil Corp"));
    let dates = by_id("dates");
    assert!(dates.date.is_none() && dates.contract.get().unwrap().date.is_none());
    assert_eq!(dates.people.get().unwrap()[0].since.unwrap().to_string(), "1930", "people can have lived there long");
    let amounts: Vec<_> = by_id("amounts").items.known().iter().map(|i| i.quantity).collect();
    assert!(amounts[0].is_none() && amounts[1].is_none());
    assert_eq!(shown(amounts[2], &rulebook.vocabulary), "120-120,000 t");
    let codes = by_id("codes");
    assert!(codes.items.known().iter().all(|item| item.hs.is_unknown()));
    assert!(codes.vessels.known().iter().all(|vessel| vessel.imo.is_none()));
    let ports = codes.ports.get().unwrap();
    assert!(ports.iter().all(|port| port.code.is_none() && port.country.is_unknown()));
    assert_eq!(ports[0].name.as_deref(), Some("Nampo"));
}

#[test]
fn names_of_countries_are_known_and_ambiguous_ones_are_open() {
    let good = Good::read("countries.yaml");
    let messages = messages(&good.intake);
    for (id, country) in [("code", "KP"), ("alpha3", "KP"), ("name", "KP"), ("russian", "KP"), ("alias", "KR"), ("lower", "CI")] {
        assert_eq!(good.ids(&good.transaction(id).from.get().unwrap().country), [country], "{id}");
    }
    let open = good.transaction("ambiguous").from.get().unwrap();
    let Some([CodedTerm::OneOf(could_be)]) = open.country.is() else { panic!("{open:?}") };
    assert_eq!(could_be.len(), 2);
    assert_eq!(good.intake.problems.count(DiagnosticLevel::Warning), 1);
    assert!(messages.contains("`Korea` could be KP or KR; it is read as unknown"), "{messages}");
    assert_eq!(good.ids(&good.transaction("flag").vessels.get().unwrap()[0].flag), ["stateless"]);
    assert_eq!(good.ids(&good.transaction("port").ports.get().unwrap()[0].country), ["KP"], "from the port's code");
}

#[test]
fn the_four_formats_give_the_same_facts() {
    let read = |name| Good::read(name);
    let yaml = read("same.yaml");
    let expected = yaml.intake.incidents[0].transactions();
    for name in ["same.json", "same.ndjson", "same.csv"] {
        let other = read(name);
        let mut transactions = other.intake.incidents[0].transactions().to_vec();
        for transaction in &mut transactions {
            transaction.incident = None;
        }
        assert_eq!(other.intake.incidents[0].id(), "same", "{name}");
        assert_eq!(transactions, expected, "{name}");
    }
}

#[test]
fn ids_are_positions_where_none_is_given() {
    let good = Good::read("same.yaml");
    assert_eq!(good.intake.incidents[0].transactions()[1].id.as_deref(), Some("2"));
}

#[test]
fn a_source_without_an_id_is_named_by_its_position() {
    let desk = common::Desk::new();
    for (named, verdict) in [("", "violation"), (", sources: [1]", "potential-violation"), (", sources: [2]", "violation")] {
        let act = format!("{{activity: sale, date: 2020, from: KP, to: CN, items: [{{description: coal}}]{named}}}");
        let file = desk.write("a.yaml", format!("id: a\nsources: [{{kind: press}}, {{kind: court}}]\ntransactions: [{act}]\n"));
        let report = common::interdict(["check", "--format", "json", file.to_str().unwrap()]).exits(1).json();
        assert_eq!(report["summary"]["verdict"], verdict, "{named}");
        assert_eq!(report["summary"]["errors"], 0, "{named}");
    }
}
