//! Ordinary words: what is read as which term, what is suggested for a word that no term has, and what never is.
#![allow(clippy::string_slice, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use std::collections::BTreeMap;
use std::path::Path;

use ::interdict::document::{DiagnosticLevel, Diagnostics, Node, SourceMap, SourceText, read_yaml};
use ::interdict::engine::Verdict;
use ::interdict::facts::{CodedTerm, Scheme};
use ::interdict::intake::Intake;
use ::interdict::rulebook::{Vocabulary, WordMeaning};
use common::{beside, interdict, own_rulebook, plain, verdicts};

/// Words as people write them, and the term that is read. `a/b` is a word of both, read as the term after `>`, else as unknown.
const READ: &[(Scheme, &str, &str)] = &[
    (Scheme::Activity, "arms sale", "sale"),
    (Scheme::Activity, "Arms Deal", "sale"),
    (Scheme::Activity, "arms-deals", "sale"),
    (Scheme::Activity, "sold", "sale"),
    (Scheme::Activity, "selling", "sale"),
    (Scheme::Activity, "sales", "sale"),
    (Scheme::Activity, "purchasing", "sale"),
    (Scheme::Activity, "export", "supply"),
    (Scheme::Activity, "exporting", "supply"),
    (Scheme::Activity, "arms_transfer", "supply"),
    (Scheme::Activity, "transfer of weapons", "supply"),
    (Scheme::Activity, "SMUGGLING", "supply"),
    (Scheme::Activity, "donation of money", "grant"),
    (Scheme::Activity, "transfer of funds", "funds-transfer"),
    (Scheme::Activity, "wire transfers", "funds-transfer"),
    (Scheme::Activity, "ship to ship", "ship-to-ship-transfer"),
    (Scheme::Activity, "STS transfers", "ship-to-ship-transfer"),
    (Scheme::Activity, "training of soldiers", "military-training"),
    (Scheme::Activity, "soldiers trained", "military-training"),
    (Scheme::Activity, "hacking", "cyber-attack"),
    (Scheme::Activity, "dispatch of workers", "employment"),
    (Scheme::Activity, "work permits", "work-authorisation"),
    (Scheme::Activity, "unfreezing", "dealing-with-frozen-assets"),
    (Scheme::Activity, "troops sent", "deployment"),
    (Scheme::Activity, "missile test", "launch"),
    (Scheme::Activity, "ICBM launch", "ballistic-launch"),
    (Scheme::Activity, "chartering a ship", "charter"),
    (Scheme::Activity, "docked", "port-call"),
    (Scheme::Activity, "подготовка военных", "military-training"),
    (Scheme::Activity, "продажа", "sale"),
    (Scheme::Activity, "판매", "sale"),
    (Scheme::Activity, "出售", "sale"),
    (Scheme::Activity, "shipment", "supply"),
    (Scheme::Activity, "insurance", "vessel-insurance/trade-insurance > assists"),
    (Scheme::Activity, "refuelling", "bunkering/aircraft-refuelling > service"),
    (Scheme::Activity, "unloading", "service/transport/vessel-service > service"),
    (Scheme::Activity, "transfer", "supply/funds-transfer"),
    (Scheme::Activity, "visit", "travel/meeting"),
    (Scheme::Role, "seller", "supplier"),
    (Scheme::Role, "Sellers", "supplier"),
    (Scheme::Role, "purchaser", "buyer"),
    (Scheme::Role, "end user", "end-user"),
    (Scheme::Role, "middleman", "broker"),
    (Scheme::Role, "shipper", "consignor"),
    (Scheme::Role, "покупатель", "buyer"),
    (Scheme::PartyKind, "firm", "company"),
    (Scheme::PartyKind, "trading company", "company"),
    (Scheme::PartyKind, "Army", "armed-forces"),
    (Scheme::PartyKind, "ministry of defence", "armed-forces"),
    (Scheme::PartyKind, "embassy", "diplomatic-mission"),
    (Scheme::PartyKind, "research institutes", "university"),
    (Scheme::Stage, "delivered", "completed"),
    (Scheme::Stage, "agreed", "planned"),
    (Scheme::Stage, "called off", "abandoned"),
    (Scheme::Stage, "under way", "ongoing"),
    (Scheme::Stage, "failed", "attempted"),
    (Scheme::Call, "unloading", "discharge"),
    (Scheme::Call, "unload", "discharge"),
    (Scheme::Call, "loaded", "loading"),
    (Scheme::Purpose, "for the military", "military"),
    (Scheme::Purpose, "military use", "military"),
    (Scheme::Purpose, "humanitarian aid", "humanitarian"),
    (Scheme::Purpose, "study", "academic"),
    (Scheme::Field, "nuclear physics", "nuclear-science"),
    (Scheme::Field, "rocket science", "aerospace"),
    (Scheme::Field, "football", "sport"),
    (Scheme::Action, "extradited", "hand-over"),
    (Scheme::Outcome, "approved", "granted/consented"),
    (Scheme::Transport, "by ship", "sea"),
    (Scheme::Transport, "truck", "road"),
    (Scheme::VesselKind, "oil tanker", "tanker"),
    (Scheme::VesselRole, "mother ship", "delivering"),
    (Scheme::SourceKind, "newspaper article", "press"),
    (Scheme::SourceKind, "UN panel", "panel-of-experts"),
    (Scheme::SourceKind, "KCNA", "state-media"),
    (Scheme::SourceKind, "satellite images", "tracking"),
    (Scheme::Condition, "second-hand", "used"),
    (Scheme::Status, "troops", "soldier"),
    (Scheme::SubjectKind, "joint venture", "venture"),
    (Scheme::Activity, "flew", "transport/travel"),
    (Scheme::Activity, "sailed", "transport/travel"),
    (Scheme::Activity, "studied", "training/specialised-teaching > training"),
    (Scheme::Activity, "transshipped", "ship-to-ship-transfer/transport > passes"),
    (Scheme::Activity, "bribed", "funds-transfer"),
    (Scheme::Activity, "embezzled", "theft"),
    (Scheme::Activity, "striking off", "deregistration"),
    (Scheme::Activity, "buyback", "nothing"),
    (Scheme::Activity, "laid off", "nothing"),
    (Scheme::Role, "orderer", "buyer"),
    (Scheme::Role, "courier", "carrier/traveller"),
    (Scheme::Role, "victim", "nothing"),
    (Scheme::PartyKind, "building firm", "company"),
    (Scheme::PartyKind, "drug cartel", "armed-group"),
    (Scheme::SourceKind, "shipping records", "commercial"),
    (Scheme::SourceKind, "company announcement", "admission/commercial"),
    (Scheme::Purpose, "missile procurement", "weapons-programme"),
    (Scheme::Stage, "not delivered", "planned/abandoned"),
    (Scheme::Outcome, "no objection", "consented"),
    (Scheme::Outcome, "on hold", "asked"),
    (Scheme::Flag, "fake", "false-flag"),
    (Scheme::VesselRole, "giver", "delivering"),
];

/// Misspelt and other words, and what is suggested for them: the terms by nearness, or nothing.
const SUGGESTED: &[(Scheme, &str, &[&str])] = &[
    // slips of the pen
    (Scheme::Activity, "suply", &["supply"]),
    (Scheme::Activity, "slae", &["sale"]),
    (Scheme::Activity, "trainig", &["training"]),
    (Scheme::Activity, "trasnport", &["transport"]),
    (Scheme::Activity, "tranport", &["transport"]),
    (Scheme::Activity, "brokring", &["brokering"]),
    (Scheme::Activity, "investmnet", &["investment"]),
    (Scheme::Activity, "contruction", &["construction"]),
    (Scheme::Activity, "employement", &["employment"]),
    (Scheme::Activity, "maintainance", &["maintenance"]),
    (Scheme::Activity, "cooporation", &["cooperation"]),
    (Scheme::Activity, "smugling", &["supply"]),
    (Scheme::Activity, "exprot", &["supply"]),
    (Scheme::Activity, "arms-tranfser", &["supply"]),
    (Scheme::Activity, "funds-tranfser", &["funds-transfer"]),
    (Scheme::Activity, "bunkerring", &["bunkering"]),
    (Scheme::Activity, "pilotge", &["pilotage"]),
    (Scheme::Activity, "overfligth", &["overflight"]),
    (Scheme::Activity, "deploymant", &["deployment"]),
    (Scheme::Activity, "joint-ventrue", &["joint-venture"]),
    (Scheme::Activity, "ballistc-launch", &["ballistic-launch"]),
    (Scheme::Activity, "correspondant account", &["correspondent-account"]),
    (Scheme::Activity, "extorsion", &["extortion"]),
    (Scheme::Activity, "seziure", &["seizure"]),
    (Scheme::Activity, "repatration", &["repatriation"]),
    (Scheme::Activity, "hackign", &["cyber-attack"]),
    (Scheme::Role, "suplier", &["supplier"]),
    (Scheme::Role, "selller", &["supplier"]),
    (Scheme::Role, "byuer", &["buyer"]),
    (Scheme::Role, "exproter", &["exporter"]),
    (Scheme::Role, "improter", &["importer"]),
    (Scheme::Role, "consigee", &["consignee"]),
    (Scheme::Role, "endd-user", &["end-user"]),
    (Scheme::Role, "brocker", &["broker"]),
    (Scheme::Role, "charterrer", &["charterer"]),
    (Scheme::Role, "insuror", &["insurer"]),
    (Scheme::Role, "oberseer", &["overseer"]),
    (Scheme::PartyKind, "compny", &["company"]),
    (Scheme::PartyKind, "goverment", &["government"]),
    (Scheme::PartyKind, "univeristy", &["university"]),
    (Scheme::PartyKind, "diplomatic-misson", &["diplomatic-mission"]),
    (Scheme::PartyKind, "embasy", &["diplomatic-mission"]),
    (Scheme::Purpose, "humanitrian", &["humanitarian"]),
    (Scheme::Purpose, "miltary", &["military"]),
    (Scheme::Purpose, "livelyhood", &["livelihood"]),
    (Scheme::Purpose, "comercial", &["commercial"]),
    (Scheme::Purpose, "diplomtic", &["diplomatic"]),
    (Scheme::Field, "areospace", &["aerospace"]),
    (Scheme::Field, "nuclear fysics", &["nuclear-science"]),
    (Scheme::Field, "medcine", &["medicine"]),
    (Scheme::Field, "agricluture", &["agriculture"]),
    (Scheme::Stage, "planed", &["planned"]),
    (Scheme::Stage, "complted", &["completed"]),
    (Scheme::Stage, "attemted", &["attempted"]),
    (Scheme::Stage, "abandonned", &["abandoned"]),
    (Scheme::Transport, "pipline", &["pipeline"]),
    (Scheme::Call, "laoding", &["loading"]),
    (Scheme::Call, "unlaoding", &["discharge"]),
    (Scheme::Call, "dischrage", &["discharge"]),
    (Scheme::SourceKind, "newpaper", &["press"]),
    (Scheme::SourceKind, "panel-of-expert", &["panel-of-experts"]),
    (Scheme::SourceKind, "state-meda", &["state-media"]),
    (Scheme::VesselKind, "tankr", &["tanker"]),
    (Scheme::VesselRole, "recieving", &["receiving"]),
    (Scheme::VesselRole, "deliverring", &["delivering"]),
    (Scheme::Outcome, "refussed", &["refused"]),
    (Scheme::Outcome, "grnated", &["granted"]),
    // by meaning: a known phrase and more, or less than one
    (Scheme::Activity, "weapons smuggling ring", &["supply"]),
    (Scheme::Activity, "illegal coal export scheme", &[]),
    (Scheme::Activity, "secret arms deal", &["sale"]),
    (Scheme::Activity, "covert military training", &["military-training"]),
    (Scheme::Activity, "large wire transfer", &["funds-transfer"]),
    (Scheme::Activity, "overseas construction", &["construction"]),
    (Scheme::PartyKind, "Russian army", &["armed-forces"]),
    (Scheme::PartyKind, "big trading company", &["company"]),
    (Scheme::Role, "ultimate buyer", &["buyer"]),
    (Scheme::Field, "applied nuclear physics", &["nuclear-science", "advanced-physics"]),
    (Scheme::SourceKind, "leading newspaper", &["press"]),
    // nothing near
    (Scheme::Activity, "blackberries", &[]),
    (Scheme::Activity, "xyz", &[]),
    (Scheme::Activity, "picnic", &[]),
    (Scheme::Role, "midwife", &[]),
    (Scheme::Purpose, "picnic", &[]),
    (Scheme::Field, "astrology", &[]),
    // never the opposite, and not another act with a word in common
    (Scheme::Activity, "no sale", &[]),
    (Scheme::Activity, "ban on exports", &[]),
    (Scheme::Activity, "embargo on arms", &[]),
    (Scheme::Activity, "end of training", &[]),
    (Scheme::Activity, "anti-smuggling", &[]),
    (Scheme::Activity, "disinvestment", &[]),
    (Scheme::Activity, "divestment", &[]),
    (Scheme::Activity, "untraining", &[]),
    (Scheme::Activity, "deconstruction", &[]),
    (Scheme::Activity, "redeployment", &[]),
    (Scheme::Purpose, "non-military", &[]),
    (Scheme::Purpose, "not military", &[]),
    (Scheme::Purpose, "non-commercial", &[]),
    (Scheme::Role, "pay", &[]),
    (Scheme::Role, "payre", &["payer"]),
    (Scheme::Role, "traine", &[]),
    (Scheme::Call, "unknown stop", &[]),
    (Scheme::Outcome, "ungranted", &[]),
    (Scheme::Stage, "unplanned", &[]),
    (Scheme::Stage, "incomplete", &[]),
    (Scheme::Condition, "unused", &[]),
    (Scheme::PartyKind, "unarmed group", &[]),
    (Scheme::Activity, "work permit revoked", &[]),
    (Scheme::Activity, "dismissing workers", &[]),
    (Scheme::Activity, "withholding wages", &[]),
    (Scheme::Activity, "quitting the joint venture", &[]),
    (Scheme::Activity, "withdrawing insurance", &[]),
    (Scheme::Activity, "lost", &[]),
    (Scheme::Activity, "closed the case", &[]),
    (Scheme::Purpose, "weapons destruction", &[]),
    (Scheme::Purpose, "humanitarian pretext", &[]),
    (Scheme::Purpose, "claimed humanitarian", &[]),
    (Scheme::Role, "declared end-user", &[]),
    (Scheme::Role, "rejected buyer", &[]),
    (Scheme::Role, "lawyer of the buyer", &[]),
    (Scheme::Role, "bank robber", &[]),
    (Scheme::Action, "permitted", &[]),
];

/// The ids of what a word means: `a`, `a/b` or `a/b > broader`.
fn read(vocabulary: &Vocabulary, scheme: Scheme, word: &str) -> String {
    let id = |term: &_| vocabulary.id(*term).to_owned();
    match (vocabulary.term(scheme, word), vocabulary.meaning(&[scheme], word)) {
        (Some(own), _) => id(&own),
        (None, Some(WordMeaning::Term(term))) => id(&term),
        (None, Some(WordMeaning::Several { terms, broader })) => {
            let all: Vec<String> = terms.iter().map(id).collect();
            all.join("/") + &broader.map(|term| format!(" > {}", id(&term))).unwrap_or_default()
        }
        (None, None) => "nothing".to_owned(),
    }
}

#[test]
fn ordinary_words_are_read_as_their_terms() {
    let rulebook = own_rulebook();
    let mut wrong = String::new();
    for (scheme, word, expected) in READ {
        let found = read(&rulebook.vocabulary, *scheme, word);
        if found != *expected {
            wrong.push_str(&format!("{}: `{word}` is read as {found}, not {expected}\n", scheme.key()));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn suggestions_are_right_or_there_are_none() {
    let rulebook = own_rulebook();
    let vocabulary = &rulebook.vocabulary;
    let mut wrong = String::new();
    for (scheme, word, expected) in SUGGESTED {
        let known = read(vocabulary, *scheme, word);
        let near: Vec<&str> = vocabulary.nearest(&[*scheme], word).into_iter().map(|term| vocabulary.id(term)).collect();
        if near != *expected && known == "nothing" {
            wrong.push_str(&format!("{}: for `{word}` {near:?} is suggested, not {expected:?}\n", scheme.key()));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(READ.len() + SUGGESTED.len() >= 180);
}

#[test]
fn every_word_of_a_term_is_read_as_that_term_or_as_one_that_it_may_be() {
    let rulebook = own_rulebook();
    let vocabulary = &rulebook.vocabulary;
    for term in vocabulary.terms() {
        let Some(scheme) = Scheme::ALL.into_iter().find(|scheme| vocabulary.is_in(term, *scheme)) else { continue };
        for word in vocabulary.words(term).flat_map(|(_, words)| words) {
            if vocabulary.find(&[scheme], word).is_some() {
                continue;
            }
            let holds = match vocabulary.meaning(&[scheme], word) {
                Some(WordMeaning::Term(read)) => read == term,
                Some(WordMeaning::Several { terms, .. }) => terms.contains(&term),
                None => false,
            };
            assert!(holds, "`{word}` of `{}` is read as {}", vocabulary.id(term), read(vocabulary, scheme, word));
        }
    }
}

/// English has words for every term, since the help of a mistake is in English.
#[test]
fn every_term_has_an_english_word() {
    let rulebook = own_rulebook();
    let vocabulary = &rulebook.vocabulary;
    let without: Vec<&str> = vocabulary
        .terms()
        .filter(|term| ![Scheme::Country, Scheme::Region, Scheme::Unit].iter().any(|s| vocabulary.is_in(*term, *s)))
        .filter(|term| !vocabulary.words(*term).any(|(language, words)| language == "en" && !words.is_empty()))
        .map(|term| vocabulary.id(term))
        .collect();
    assert!(without.is_empty(), "{without:?}");
}

const YAML: &str = "id: words
transactions:
  - {id: one, activity: arms sale, date: 2019-05-01, from: KP, to: RU, parties: [{role: purchaser, kind: firm}]}
";
const JSON: &str = r#"{"id": "words", "transactions": [{"id": "one", "activity": "arms sale", "date": "2019-05-01", "from": "KP",
    "to": "RU", "parties": [{"role": "purchaser", "kind": "firm"}]}]}"#;
const NDJSON: &str = r#"{"id":"one","incident":"words","activity":"arms sale","date":"2019-05-01","from":"KP","to":"RU","parties":[{"role":"purchaser","kind":"firm"}]}
"#;
const CSV: &str = "id,incident,activity,date,from,to,party.role,party.kind
one,words,arms sale,2019-05-01,KP,RU,purchaser,firm
";

#[test]
fn words_are_read_alike_in_every_format_of_input_with_a_note_and_no_warning() {
    let rulebook = own_rulebook();
    let facts = |name: &str, text: &str| {
        let intake = Intake::read_text(name, text, &rulebook.vocabulary);
        let notes: Vec<&str> = intake.problems.iter().map(|p| p.message.as_str()).collect();
        assert!(intake.problems.iter().all(|p| p.level() == DiagnosticLevel::Note), "{name}: {notes:?}");
        let mut notes = notes;
        notes.sort_unstable();
        assert_eq!(notes, ["read `arms sale` as `sale`", "read `firm` as `company`", "read `purchaser` as `buyer`"], "{name}");
        intake.incidents[0].transactions()[0].clone()
    };
    let read = facts("words.yaml", YAML);
    let plainly = YAML.replace("arms sale", "sale").replace("purchaser", "buyer").replace("firm", "company");
    let own = Intake::read_text("words.yaml", &plainly, &rulebook.vocabulary);
    assert!(own.problems.is_empty());
    assert_eq!(read, own.incidents[0].transactions()[0]);
    assert_eq!(facts("words.json", JSON), read);
    let of_stream = |mut transaction: ::interdict::facts::Transaction| {
        transaction.incident = None;
        transaction
    };
    assert_eq!(of_stream(facts("words.ndjson", NDJSON)), read);
    assert_eq!(of_stream(facts("words.csv", CSV)), read);
}

#[test]
fn a_word_that_a_stream_repeats_is_noted_once() {
    let rulebook = own_rulebook();
    let line = |number: usize| NDJSON.replace("one", &number.to_string());
    let intake = Intake::read_text("words.ndjson", &(1..50).map(line).collect::<String>(), &rulebook.vocabulary);
    assert_eq!(intake.problems.iter().count(), 3);
}

/// What is written and not understood is unknown, with a message, and never absent or false.
#[test]
fn what_is_not_understood_leaves_rules_open() {
    let rulebook = own_rulebook();
    let travel = |listing: &str| {
        let text = format!(
            "id: t\ndate: 2025-03-10\ntransactions:\n  - {{id: one, activity: travel, from: KP, to: RU, parties: [{{role: traveller, \
             name: A, kind: person, nationality: KP, designated_as: {listing}}}]}}\n"
        );
        let intake = Intake::read_text("t.yaml", &text, &rulebook.vocabulary);
        let verdict = verdicts(&rulebook, &intake).into_values().flatten().find(|(rule, _)| rule == "dprk-travel");
        (verdict.map(|(_, verdict)| verdict), intake.problems.iter().next().map(|p| p.level()))
    };
    for listed in ["UN 1718 list", "kpi.033", "KPi.033", "KPE 31", "un-dprk", "[unknown person, KPi.033]"] {
        assert_eq!(travel(listed).0, Some(Verdict::PotentialViolation), "{listed}");
    }
    for unread in ["listed by the UN", "OFAC SDN", "yes", "no", "\"true\"", "KPi.O33", "[QDi.001, N/A]"] {
        assert_eq!(travel(unread), (Some(Verdict::InsufficientInformation), Some(DiagnosticLevel::Warning)), "{unread}");
    }
    for error in ["{list: UN}", "[QDi.001, {list: UN}]"] {
        assert_eq!(travel(error), (Some(Verdict::InsufficientInformation), Some(DiagnosticLevel::Error)), "{error}");
    }
    assert_eq!(travel("none"), (None, None));
    assert_eq!(travel("QDi.001"), (None, None));
}

/// A word of an act that is about none of the things reported is not that act.
#[test]
fn a_word_of_an_act_about_other_things_stays_open() {
    let rulebook = own_rulebook();
    let read = |facts: &str| {
        let text = format!("id: k\ntransactions:\n  - {{id: one, from: KP, to: CN, date: 2018-06, {facts}}}\n");
        let intake = Intake::read_text("k.yaml", &text, &rulebook.vocabulary);
        assert!(!intake.problems.has_errors(), "{facts}");
        let messages = intake.problems.iter().map(|problem| problem.message.clone());
        messages.filter(|message| !message.contains("as count")).collect::<Vec<_>>().join("; ")
    };
    let foreign = "about nothing that is reported here";
    for (facts, said) in [
        ("activity: landed, items: [squid]", "read `landed` as `supply`"),
        ("activity: landed, aircraft: [Il-62M]", "read `landed` as `landing`"),
        ("activity: sent back, people: [30 workers]", "read `sent back` as `repatriation`"),
        ("activity: sent back, items: [missile engines]", "read `sent back` as `supply`"),
        ("activity: hired, vessels: [Blue Crane]", "read `hired` as `charter`"),
        ("activity: fired, people: [40 workers]", foreign),
        ("activity: drilling, items: [oil rig]", foreign),
    ] {
        assert!(read(facts).contains(said), "{facts}: {}", read(facts));
    }
}

/// One run says of every near key how the line should stand, at the key.
#[test]
fn near_keys_get_the_line_as_it_should_stand() {
    let rulebook = own_rulebook();
    let text = "id: k
activity: sale
transactions:
  - {id: one, type: sale, goods: artillery shells, seller: KOMID, buyer: {name: B, kind: company}, when: 2024-01, ship: Invented Star}
  - {id: two, activity: sale, cargo: [coal, iron ore], parties: [{type: company, listed: yes}], exporter: A, workers: 500, amount: 5 t}
  - {id: three, activity: sale, items: [{name: coal, weight: 5 t, price: 9 USD}], who: A, what: B, importer: C, action: sale}
";
    let intake = Intake::read_text("k.yaml", text, &rulebook.vocabulary);
    let mut problems: Vec<_> = intake.problems.iter().collect();
    problems.sort_by_key(|problem| problem.at.unwrap().start);
    let said: Vec<(String, &str)> =
        problems.iter().map(|p| (intake.sources.text(p.at.unwrap()).to_owned(), p.help.as_deref().unwrap())).collect();
    let expected = [
        ("activity", "it is a fact of a transaction: write it in an entry under `transactions:`"),
        ("type", "write `activity: sale`"),
        ("goods", "write `items: [artillery shells]`"),
        ("seller", "write `parties: [{role: supplier, name: KOMID}]`"),
        ("buyer", "add `{role: buyer, name: B, kind: company}` to `parties`"),
        ("when", "write `date: 2024-01`"),
        ("ship", "write `vessels: [{name: Invented Star}]`"),
        ("cargo", "write `items: [coal, iron ore]`"),
        ("type", "write `kind: company`"),
        (
            "listed",
            "write `designated_as:` with the list's name or the number of the entry, such as `KPi.033`; `none` for what is on no list",
        ),
        ("yes", "write the list's name or the number of its entry, such as `KPi.033`; `none` for what is on no list"),
        ("exporter", "add `{role: exporter, name: A}` to `parties`"),
        ("workers", "write `people: [{count: 500}]`"),
        ("amount", "write `quantity: 5 t`"),
        ("name", "write `description: coal`"),
        ("weight", "write `quantity: 5 t`"),
        ("price", "write `value: 9 USD`"),
        (
            "who",
            "write who gives and who gets under `from` and `to`, and persons and firms under `parties`, each with its `role`",
        ),
        ("what", "write what is done under `activity`, and the goods under `items`"),
        ("importer", "write `parties: [{role: importer, name: C}]`"),
        ("action", "it belongs to `activity`, which stands beside it"),
    ];
    let said: Vec<(&str, &str)> = said.iter().map(|(key, help)| (key.as_str(), *help)).collect();
    assert_eq!(said, expected);
    // What can mean but one thing was read, and is no mistake.
    let errors = problems.iter().filter(|problem| problem.level() == DiagnosticLevel::Error);
    let errors: Vec<&str> = errors.map(|p| intake.sources.text(p.at.unwrap())).collect();
    assert_eq!(errors, ["activity", "who", "what"]);
}

/// The expectations without their reasons, which are prose with commas that YAML would end a value at.
fn expectations(path: &Path) -> Node {
    let text = std::fs::read_to_string(path).unwrap();
    let without_reason = |line: &str| {
        let braces = line.len() - line.trim_end_matches('}').len();
        line.split_once(", why:").map_or_else(|| line.to_owned(), |(start, _)| start.to_owned() + &"}".repeat(braces))
    };
    let text: Vec<String> = text.lines().map(without_reason).collect();
    let mut sources = SourceMap::default();
    let id = sources.add(SourceText::new("expected.yaml", text.join("\n")));
    let mut problems = Diagnostics::default();
    let root = read_yaml(id, sources.get(id).unwrap(), &mut problems);
    assert!(problems.is_empty(), "{}", plain(&problems, &sources));
    root.unwrap()
}

/// Cases of goods that wait for a rule.
const OPEN: &[(&str, &str)] = &[("16-luxury-words", "beer")];

#[test]
fn the_cases_that_people_wrote_come_out_as_the_law_has_them() {
    let Some(folder) = beside("cases/people") else { return };
    let rulebook = own_rulebook();
    let order = |word: &str| match word {
        "violation" => Some(Verdict::Violation),
        "potential-violation" => Some(Verdict::PotentialViolation),
        "insufficient-information" => Some(Verdict::InsufficientInformation),
        "compliant" => Some(Verdict::Compliant),
        _ => panic!("{word}"),
    };
    let mut wrong = String::new();
    for case in expectations(&folder.join("expected.yaml")).entries().unwrap() {
        let name = &case.key.text;
        let intake = Intake::read(&[folder.join(format!("{name}.yaml"))], &mut std::io::empty(), &rulebook.vocabulary);
        let messages = plain(&intake.problems, &intake.sources);
        assert!(!intake.problems.has_errors(), "{messages}");
        let found: BTreeMap<_, _> = verdicts(&rulebook, &intake);
        for expected in case.value.entries().unwrap() {
            let transaction = &expected.key.text;
            let text = |key: &str| expected.value.get(key).and_then(Node::text);
            let Some(rule) = text("rule") else {
                // Names of quotas are compared once the whole run is read.
                interdict(["check", folder.join(format!("{name}.yaml")).to_str().unwrap()])
                    .complains(&[text("at_least").unwrap()]);
                continue;
            };
            let of_transaction = found.iter().filter(|((_, id), _)| id == transaction);
            let verdict =
                of_transaction.flat_map(|(_, findings)| findings).filter(|(id, _)| id.as_str() == rule).map(|(_, v)| *v).max();
            let is_open = OPEN.contains(&(name.as_str(), transaction.as_str()));
            if let Some(least) = text("at_least")
                && verdict < order(least)
                && !is_open
            {
                wrong.push_str(&format!("{name}: {transaction}: {rule}: {verdict:?}, at least {least}\n{messages}\n"));
            }
            let never = match text("never") {
                Some("true") => verdict > Some(Verdict::Compliant),
                Some(word) => verdict.is_some() && verdict == order(word),
                None => false,
            };
            if never {
                wrong.push_str(&format!("{name}: {transaction}: {rule}: {verdict:?}\n{messages}\n"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// A word of several acts means the one that what else is reported is about.
#[test]
fn goods_ships_and_aircraft_tell_acts_apart() {
    let rulebook = own_rulebook();
    for (word, beside, read) in [
        ("refuelled", "aircraft: [{registration: P-912}]", "aircraft-refuelling"),
        ("refuelled", "vessels: [{name: Crane}]", "bunkering"),
        ("refuelled", "vessels: [{name: Crane}], aircraft: [{registration: P-912}]", "service"),
        ("refuelled", "aircraft: unknown", "service"),
        ("refuelled", "payment: {amount: 20 USD}", "service"),
        ("humanitarian aid", "items: [rice]", "gift"),
        ("humanitarian aid", "payment: {amount: 20 USD}", "gift/grant"),
        ("rent", "subject: {kind: property}", "real-property"),
        ("rent", "items: [excavators]", "lease"),
    ] {
        let text = format!("id: t\ntransactions:\n  - {{id: one, activity: {word}, from: CN, to: KP, {beside}}}\n");
        let intake = Intake::read_text("t.yaml", &text, &rulebook.vocabulary);
        assert!(!intake.problems.has_errors(), "{text}");
        let id = |term: &_| rulebook.vocabulary.id(*term).to_owned();
        let activity = intake.incidents[0].transactions()[0].activity.is().unwrap_or_default().to_vec();
        let found = activity.iter().map(|term| match term {
            CodedTerm::Term(term) => id(term),
            CodedTerm::OneOf(terms) => terms.iter().map(id).collect::<Vec<_>>().join("/"),
            CodedTerm::Unlisted(_) | CodedTerm::Possibly(_) => "nothing".to_owned(),
        });
        assert_eq!(found.collect::<Vec<_>>(), [read], "{text}");
    }
}

/// The rest of a phrase may say that an act was another or none: it is unknown, with the key under which that is told.
#[test]
fn an_act_that_its_phrase_may_turn_is_unknown_with_the_key_that_tells_it() {
    let rulebook = own_rulebook();
    let read = |activity: &str| {
        let text = format!(
            "id: t\nsources: [{{id: s, kind: court, title: T}}]\ntransactions:\n  - {{id: one, activity: {activity}, date: 2019-03, \
             from: KP, to: CN, items: [coal]}}\n"
        );
        let intake = Intake::read_text("t.yaml", &text, &rulebook.vocabulary);
        assert!(!intake.problems.has_errors(), "{activity}");
        let worst = verdicts(&rulebook, &intake).into_values().flatten().map(|(_, verdict)| verdict).max();
        let help = intake.problems.iter().find(|p| p.level() == DiagnosticLevel::Warning).and_then(|p| p.help.clone());
        (worst, help.unwrap_or_default())
    };
    assert_eq!(read("coal sale").0, Some(Verdict::Violation));
    for (activity, key) in [
        ("planned sale", "`stage: planned`"),
        ("rejected sale", "`stage: refused`"),
        ("alleged sale", "`evidence: alleged`"),
        ("seized shipment", "`stage: attempted`"),
        ("unsold coal sale", "`stage`"),
        ("sending coal back", "`stage`"),
    ] {
        let (worst, help) = read(activity);
        assert!(worst < Some(Verdict::PotentialViolation), "{activity}: {worst:?}");
        assert!(help.contains(key), "{activity}: {help}");
    }
}

/// A code of letters in running text is no nationality: the finding about people of whom none is told stays.
#[test]
fn letters_before_a_trade_make_nobody_a_national() {
    let rulebook = own_rulebook();
    let found = |people: &str| {
        let text = format!(
            "id: t\nsources: [{{id: s, kind: court, title: T}}]\ntransactions:\n  - {{id: one, activity: employment, date: 2024-03, \
             from: KP, to: CN, people: [{people}]}}\n"
        );
        let intake = Intake::read_text("t.yaml", &text, &rulebook.vocabulary);
        verdicts(&rulebook, &intake).into_values().flatten().map(|(_, verdict)| verdict).max()
    };
    let plain = found("300 workers");
    assert_eq!(plain, Some(Verdict::Violation));
    for people in [
        "300 IT workers",
        "3 it specialists",
        "HR managers",
        "ID card printers",
        "AI engineers",
        "MD doctors",
        "PE teachers",
        "30 Turkey farm hands",
        "guinea pig breeders",
        "IT experts from North Korea",
        "300 North Korean IT workers",
    ] {
        assert_eq!(found(people), plain, "{people}");
    }
    assert!(found("300 Italian workers") < plain);
}

/// What lawyers hand in is no judgment, and the Council no committee of it.
#[test]
fn papers_that_no_court_decided_establish_nothing() {
    let rulebook = own_rulebook();
    let vocabulary = &rulebook.vocabulary;
    let court = ["court", "committee", "inspection"].map(|id| vocabulary.term(Scheme::SourceKind, id).unwrap());
    for word in [
        "court filing",
        "court documents",
        "court papers",
        "legal filing",
        "lawsuit",
        "UN Security Council",
        "customs report",
        "indictment",
        "judge",
    ] {
        match vocabulary.meaning(&[Scheme::SourceKind], word) {
            Some(WordMeaning::Term(term)) => assert!(!court.contains(&term), "{word}"),
            Some(WordMeaning::Several { broader, .. }) => assert_eq!(broader, None, "{word}"),
            None => {}
        }
    }
    for (word, id) in [
        ("court judgment", "court"),
        ("verdict", "court"),
        ("sanctions committee", "committee"),
        ("customs inspection", "inspection"),
    ] {
        assert_eq!(read(vocabulary, Scheme::SourceKind, word), id);
    }
}
