//! What must hold for every report and every condition: Kleene's laws, what may follow from knowing more, and that
//! order, irrelevant facts and broken bytes do no harm.
#![allow(
    clippy::string_slice,
    clippy::type_complexity,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod common;
#[path = "properties/in_force.rs"]
mod in_force;
#[path = "properties/reports.rs"]
mod reports;
#[path = "properties/round_trips.rs"]
mod round_trips;

use std::sync::LazyLock;

use common::{plain, small_rulebook};
use interdict::engine::internals::{EvalContext, ReferenceEvaluator, TransactionMemo};
use interdict::facts::Truth;
use interdict::intake::Intake;
use interdict::report::{self, ReportOptions, build, json, text};
use interdict::rulebook::{RegimeChoice, Rulebook};
use interdict::run::input_notes;
use proptest::prelude::*;
use reports::{Report, World, report as any_report};

/// So many cases, or as many as `PROPTEST_CASES` says.
fn cases(number: u32) -> ProptestConfig {
    let actual = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { actual.cases } else { number };
    ProptestConfig { cases, failure_persistence: None, ..actual }
}

/// Conditions that ask about the facts of [`report`].
const ATOMS: &[&str] = &[
    "activity: sale",
    "activity: [gift, grant]",
    "purpose: military",
    "purpose: {not: [humanitarian]}",
    "from: KP",
    "from.nationality: {not: KR}",
    "to: [CN, RU]",
    "via: KP",
    "date: {before: 2017-07-01}",
    "date: {from: 2017-06-15, until: 2018-06-15}",
    "contract.date: {before: date}",
    "item: {quantity: {over: 100 t}}",
    "item: {origin: KP, quantity: {at_most: 5000 kg}}",
    "item: {hs: ['2701', 84-85]}",
    "party: {role: end-user, kind: armed-forces}",
    "people: {count: {under: 10}}",
    "links_to_revenue: true",
    "notified: {to: committee, before: date, days: 5}",
    "value: {over: 2000 USD}",
    "stage: planned",
];

/// A condition in the flow style of YAML.
fn condition() -> impl Strategy<Value = String> {
    let atom = prop::sample::select(ATOMS).prop_map(|atom| format!("{{{atom}}}"));
    atom.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(|all| format!("{{all: [{}]}}", all.join(", "))),
            prop::collection::vec(inner.clone(), 1..4).prop_map(|any| format!("{{any: [{}]}}", any.join(", "))),
            inner.prop_map(|of| format!("{{not: {of}}}")),
        ]
    })
}

/// A rulebook that holds these conditions as definitions, in this order.
fn with_conditions(conditions: &[String]) -> Rulebook {
    let mut file = "interdict: 1\ndefinitions:\n".to_owned();
    for (i, when) in conditions.iter().enumerate() {
        file.push_str(&format!("  - {{id: d{i}, title: D, when: {when}}}\n"));
    }
    small_rulebook(&[("conditions.yaml", &file)])
}

/// What each definition comes to for a report.
fn truths(rulebook: &Rulebook, report: &Report) -> Vec<Truth> {
    let intake = report.read(rulebook);
    let case = EvalContext::new(rulebook, &intake.incidents[0], 0, None, None).unwrap();
    let notebook = TransactionMemo::new(&case);
    rulebook.definitions.iter().map(|d| ReferenceEvaluator::new(&case, &notebook).prove(&d.when).truth).collect()
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn conditions_obey_the_laws_of_kleene(a in condition(), b in condition(), c in condition(), report in any_report()) {
        let all = |parts: &[&str]| format!("{{all: [{}]}}", parts.join(", "));
        let any = |parts: &[&str]| format!("{{any: [{}]}}", parts.join(", "));
        let not = |part: &str| format!("{{not: {part}}}");
        let laws = [
            (not(&not(&a)), a.clone()),
            (not(&all(&[&a, &b])), any(&[&not(&a), &not(&b)])),
            (not(&any(&[&a, &b])), all(&[&not(&a), &not(&b)])),
            (all(&[&a, &b]), all(&[&b, &a])),
            (any(&[&a, &b]), any(&[&b, &a])),
            (all(&[&a, &all(&[&b, &c])]), all(&[&all(&[&a, &b]), &c])),
            (any(&[&a, &any(&[&b, &c])]), any(&[&any(&[&a, &b]), &c])),
            (all(&[&a, &any(&[&b, &c])]), any(&[&all(&[&a, &b]), &all(&[&a, &c])])),
            (any(&[&a, &all(&[&b, &c])]), all(&[&any(&[&a, &b]), &any(&[&a, &c])])),
            (all(&[&a, &any(&[&a, &b])]), a.clone()),
            (any(&[&a, &all(&[&a, &b])]), a.clone()),
            (all(&[&a, &a]), a.clone()),
        ];
        let mut conditions = vec![a.clone(), b.clone(), not(&a), all(&[&a, &b]), any(&[&a, &b])];
        conditions.extend(laws.iter().flat_map(|(left, right)| [left.clone(), right.clone()]));
        let found = truths(&with_conditions(&conditions), &report);
        let rank = |t: Truth| match t { Truth::False => 0, Truth::Unknown => 1, Truth::True => 2 };
        let (a, b) = (rank(found[0]), rank(found[1]));
        prop_assert_eq!(rank(found[2]), 2 - a, "not");
        prop_assert_eq!(rank(found[3]), a.min(b), "all");
        prop_assert_eq!(rank(found[4]), a.max(b), "any");
        for (pair, (left, right)) in found[5..].chunks(2).zip(&laws) {
            prop_assert_eq!(pair[0], pair[1], "{} is not {}", left, right);
        }
    }

    #[test]
    fn knowing_more_never_turns_what_is_known(
        conditions in prop::collection::vec(condition(), 1..8),
        (before, after) in reports::narrowed(),
    ) {
        let rulebook = with_conditions(&conditions);
        let (before_truths, after_truths) = (truths(&rulebook, &before), truths(&rulebook, &after));
        for (i, (known, now)) in before_truths.iter().zip(&after_truths).enumerate() {
            prop_assert!(*known == Truth::Unknown || known == now, "{}: {:?} became {:?}", conditions[i], known, now);
        }
    }
}

/// Rules of every kind, for reports of the same facts.
static LAW: LazyLock<Rulebook> = LazyLock::new(|| small_rulebook(&[("law.yaml", include_str!("properties/law.yaml"))]));

#[test]
fn the_rulebook_of_these_tests_passes_its_own_tests() {
    let run = interdict::workbench::run_tests(&LAW, &RegimeChoice::default());
    assert!(run.failures.is_empty() && run.passed > 0, "{:?}", run.failures);
}

proptest! {
    #![proptest_config(cases(512))]

    /// A breach may be excused by what becomes known, or open up no more: it goes away only with its condition.
    #[test]
    fn knowing_more_takes_no_breach_away_but_through_a_condition((before, after) in reports::narrowed()) {
        let (before, after) = (World::of(&LAW, &[before]), World::of(&LAW, &[after]));
        let actual = after.outcomes();
        for finding in before.outcomes().iter().filter(|o| o.is_breach()) {
            let now = actual.iter().filter(|o| o.rule == finding.rule && (o.item == finding.item || finding.item.is_none()));
            for outcome in now.filter(|o| o.verdict.is_none()) {
                prop_assert!(outcome.when == Truth::False || outcome.dismissed, "{}: {:?}", finding.rule, outcome);
            }
            prop_assert!(actual.iter().any(|o| o.rule == finding.rule), "{} is not answered any more", finding.rule);
        }
    }

    #[test]
    fn what_is_irrelevant_changes_nothing(report in any_report()) {
        let plainly = World::of(&LAW, std::slice::from_ref(&report)).findings();
        let mut more = report.clone();
        for (key, value) in [
            ("title", "Military coal from KP, approved by the committee"),
            ("notes", "evidence: established; purpose: humanitarian"),
            ("denied_by", "[KP, RU, spokesperson]"),
        ] {
            more.say(key, value);
        }
        // A list that is given is complete; only such a list can take in someone who plays no part.
        more.add_to_list("parties", "{role: carrier, name: KP, kind: company, country: JP, nationality: JP, designated_as: []}");
        more.add_to_list("actions", "{action: seizure, by: JP, outcome: refused}");
        prop_assert_eq!(&World::of(&LAW, &[more]).findings(), &plainly);
        let beside = Report::about("beside", &[("activity", "travel"), ("from", "JP"), ("to", "NO"), ("date", "2017-03-01")]);
        let mut both = World::of(&LAW, &[report, beside]).findings();
        both.retain(|(transaction, ..), _| transaction != "beside");
        prop_assert_eq!(&both, &plainly);
    }

    #[test]
    fn the_order_of_lists_changes_nothing(
        reports in prop::collection::vec(any_report(), 1..5),
        seed in any::<u64>(),
    ) {
        let reports: Vec<Report> = reports.into_iter().enumerate().map(|(i, r)| r.named(&format!("t{i}"))).collect();
        let mut shuffled: Vec<Report> = reports.iter().map(|r| r.clone().with_lists_shuffled(seed)).collect();
        reports::shuffle(&mut shuffled, seed);
        prop_assert_eq!(World::of(&LAW, &shuffled).worst(), World::of(&LAW, &reports).worst());
    }
}

proptest! {
    #![proptest_config(cases(256))]

    /// What counts towards a quota is taken in the order of dates, then of ids: never in that of the file.
    #[test]
    fn the_order_of_deliveries_changes_nothing(
        deliveries in prop::collection::vec((0..3usize, prop::collection::vec(0..4usize, 1..3), any::<bool>()), 1..6),
        seed in any::<u64>(),
    ) {
        let report = |(i, (day, amounts, planned)): (usize, &(usize, Vec<usize>, bool))| {
            let items: Vec<String> =
                amounts.iter().map(|a| format!("{{hs: '2710', quantity: {}}}", ["100 t", "150-250 t", "200 t", "over 50 t"][*a])).collect();
            let day = ["2017-09-05", "2017-09-06", "2017"][*day];
            let (items, stage) = (format!("[{}]", items.join(", ")), if *planned { "planned" } else { "completed" });
            Report::about(&format!("t{i}"), &[("activity", "sale"), ("from", "KP"), ("date", day), ("items", &items), ("stage", stage)])
        };
        let reports: Vec<Report> = deliveries.iter().enumerate().map(report).collect();
        let mut shuffled: Vec<Report> = reports.iter().map(|r| r.clone().with_lists_shuffled(seed)).collect();
        reports::shuffle(&mut shuffled, seed);
        prop_assert_eq!(World::of(&LAW, &shuffled).worst(), World::of(&LAW, &reports).worst());
    }
}

/// Bytes that are nearly an incident: a good file with a few bytes taken out, put in or changed.
fn damaged(good: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let edit = (any::<prop::sample::Index>(), 0..3usize, prop_oneof![any::<u8>().prop_map(|b| vec![b]), spice()]);
    prop::collection::vec(edit, 1..6).prop_map(move |edits| {
        let mut bytes = good.as_bytes().to_vec();
        for (at, taken, put) in edits {
            let at = at.index(bytes.len() + 1);
            let end = (at + taken).min(bytes.len());
            bytes.splice(at..end, put);
        }
        bytes
    })
}

/// What hurts readers most.
fn spice() -> impl Strategy<Value = Vec<u8>> {
    let words = [
        "\"",
        "'",
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\n",
        "\r\n",
        "\t",
        "&a ",
        "*a",
        "!t ",
        "<<: ",
        "---\n",
        "...",
        "|\n",
        ">-\n",
        "# ",
        "\u{feff}",
        "\u{202e}",
        "é",
        "北",
        "🚀",
        "\u{0}",
        "\\u",
        "\\ud800",
        "1e999",
        "-",
        "99999999999999999999999",
        "~",
        "null",
        "%YAML 1.1\n",
        "? ",
    ];
    prop::sample::select(words.map(str::as_bytes).map(<[u8]>::to_vec).to_vec())
}

const FORMS: [(&str, &str); 4] = [
    ("a.yaml", include_str!("incidents/good/amounts-and-dates.yaml")),
    ("a.json", include_str!("incidents/good/same.json")),
    ("a.ndjson", include_str!("incidents/good/same.ndjson")),
    ("a.csv", include_str!("incidents/good/same.csv")),
];

/// A report in a format, as text.
fn in_format(format: fn(&report::Report, &mut dyn std::io::Write) -> std::io::Result<()>, report: &report::Report) -> String {
    let mut out = Vec::new();
    format(report, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn any_bytes() -> impl Strategy<Value = (usize, Vec<u8>)> {
    (0..FORMS.len()).prop_flat_map(|form| {
        let noise = prop::collection::vec(any::<u8>(), 0..200);
        (Just(form), prop_oneof![4 => damaged(FORMS[form].1), 1 => noise])
    })
}

proptest! {
    #![proptest_config(cases(1024))]

    #[test]
    fn no_bytes_make_reading_checking_or_telling_panic((form, bytes) in any_bytes()) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FORMS[form].0);
        std::fs::write(&path, &bytes).unwrap();
        let intake = Intake::read(&[path], &mut std::io::empty(), &LAW.vocabulary);
        prop_assert_eq!(intake.inputs.len(), 1);
        let actual = plain(&intake.problems, &intake.sources);
        prop_assert_eq!(actual.is_empty(), intake.problems.is_empty());
        let world = World { rulebook: &LAW, intake };
        world.assessed(|assessment| {
            let Intake { inputs, sources, problems, .. } = &world.intake;
            let options = ReportOptions { near_misses: true, ..ReportOptions::default() };
            let report = build(assessment, input_notes(inputs), sources, problems, options);
            assert!(in_format(text, &report).contains(" in "));
            assert!(in_format(json, &report).starts_with('{'));
        });
    }

    #[test]
    fn no_bytes_make_loading_a_rulebook_panic(bytes in damaged(include_str!("properties/law.yaml"))) {
        let damaged = String::from_utf8_lossy(&bytes).into_owned();
        if let Err(invalid) = Rulebook::load(common::small_rulebook_files(&[("law.yaml", &damaged)])) {
            prop_assert!(invalid.diagnostics().has_errors() && !plain(invalid.diagnostics(), invalid.sources()).is_empty());
        }
    }
}
