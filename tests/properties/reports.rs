//! Random reports: each fact untold, built coarsely or built finely.

use std::collections::BTreeMap;

use interdict::engine::{AssessOptions, Assessment, DeterminationState, Ledger, Verdict, assess};
use interdict::facts::Truth;
use interdict::intake::Intake;
use interdict::rulebook::Rulebook;
use proptest::prelude::*;

/// What can be built of each fact: ways to tell it, each from coarse to fine.
const FACTS: &[(&str, &[&[&str]])] = &[
    (
        "activity",
        &[&["{not: gift}", "sale"], &["[sale, transport]"], &["{not: [sale, grant]}", "seizure"], &["grant"], &["gift"]],
    ),
    ("date", &[&["2017", "2017-09", "2017-09-05"], &["2016-06/2018-07", "2016-12"], &["2018-06-15"]]),
    ("purpose", &[&["{not: humanitarian}", "military"], &["{not: military}", "humanitarian"], &["railway-survey"], &["none"]]),
    (
        "from",
        &[
            &["Korea", "KP"],
            &["{country: KP}", "{country: KP, nationality: KR}"],
            &["Korea", "{country: KR, nationality: CN}"],
            &["{not: KP}", "RU"],
            &["none"],
        ],
    ),
    ("to", &[&["{}", "{nationality: CN}", "{nationality: CN, country: RU}"], &["CN"], &["Korea", "KR"]]),
    ("via", &[&["[Korea]", "[KP]"], &["[]"], &["{not: KP}", "CN"]]),
    ("stage", &[&["{not: [planned, refused]}", "completed"], &["planned"], &["refused"]]),
    ("evidence", &[&["established"], &["alleged"]]),
    ("links_to_revenue", &[&["true"], &["false"]]),
    ("value", &[&["about 2000 USD", "1900 USD"], &["over 2000 USD", "2500 USD"], &["5 EUR"]]),
    ("contract", &[&["{}", "{date: 2017}", "{date: 2017-03-04}"], &["none"]]),
    ("people", &[&["[{}]", "[{count: 5-15}]", "[{count: 12}]"], &["[{count: 5-15}]", "[{count: 6}]"], &["[]"]]),
    (
        "parties",
        &[
            &["[{}]", "[{role: end-user}]", "[{role: end-user, kind: armed-forces}]"],
            &["[{role: broker}, {kind: company}]", "[{role: broker, kind: armed-forces}, {kind: company, role: end-user}]"],
            &["[]"],
        ],
    ),
    (
        "items",
        &[
            &["[{}]", "[{hs: '27'}]", "[{hs: '2701.11', quantity: 50 t}]"],
            &["[{quantity: about 100 t, origin: Korea}]", "[{quantity: 100.5 t, origin: KP}]"],
            &[
                "[{origin: KP, hs: '8471'}, {quantity: under 200 t}]",
                "[{origin: KP, hs: '8471', quantity: 4000 kg}, {quantity: 150 t, hs: '2702'}]",
            ],
            &[
                "[{description: coal}, {description: gasoline, quantity: 150-350 t}]",
                "[{description: coal, hs: '2701', origin: KP}, {description: gasoline, quantity: 200 t}]",
            ],
            &["[{description: anthracite, origin: CN}]"],
            &["[{hs: '2710', quantity: 200 t}, {hs: '2710', quantity: 150 t, description: fuel}]"],
            &["[]"],
        ],
    ),
    (
        "notifications",
        &[
            &["[{}]", "[{to: committee}]", "[{to: committee, date: 2016-01-01}]"],
            &["[{to: committee, lead: about 5 days}]", "[{to: committee, lead: 5 days}]"],
            &["[]"],
        ],
    ),
    (
        "authorisations",
        &[
            &["[{by: committee}]", "[{by: committee, date: 2016}]", "[{by: committee, date: 2016-02-03, outcome: granted}]"],
            &["[{by: committee, outcome: refused}]"],
            &["[]"],
        ],
    ),
    ("determinations", &[&["[{by: CN, finding: luxury, holds: true}]"], &["[{by: CN, finding: luxury, holds: false}]"], &["[]"]]),
    (
        "actions",
        &[
            &["[{action: inspection}]", "[{action: inspection, outcome: done}]"],
            &["[{action: inspection, outcome: refused}]"],
            &["[]"],
        ],
    ),
];

/// One transaction as it is built.
#[derive(Debug, Clone)]
pub struct Report {
    id: String,
    facts: BTreeMap<String, String>,
}

impl Report {
    pub fn about(id: &str, facts: &[(&str, &str)]) -> Self {
        Self { id: id.to_owned(), facts: facts.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect() }
    }

    pub fn named(self, id: &str) -> Self {
        Self { id: id.to_owned(), ..self }
    }

    pub fn say(&mut self, key: &str, value: &str) {
        let value = if value.starts_with('[') { value.to_owned() } else { format!("\"{value}\"") };
        self.facts.insert(key.to_owned(), value);
    }

    /// Adds an element to a list that is given; others stay untold.
    pub fn add_to_list(&mut self, key: &str, element: &str) {
        if let Some(list) = self.facts.get_mut(key) {
            let inner = list.trim_start_matches('[').trim_end_matches(']').to_owned();
            *list = if inner.is_empty() { format!("[{element}]") } else { format!("[{inner}, {element}]") };
        }
    }

    /// The elements of its lists in another order.
    pub fn with_lists_shuffled(mut self, seed: u64) -> Self {
        for key in ["items", "parties", "people"] {
            let Some(list) = self.facts.get_mut(key) else { continue };
            let inner = list.trim_start_matches('[').trim_end_matches(']').replace("}, {", "}|{");
            let mut elements: Vec<String> = inner.split('|').map(str::to_owned).collect();
            shuffle(&mut elements, seed);
            *list = format!("[{}]", elements.join(", "));
        }
        self
    }

    fn yaml(&self) -> String {
        let facts: Vec<String> = self.facts.iter().map(|(key, value)| format!("{key}: {value}")).collect();
        format!("  - {{id: {}, {}}}\n", self.id, facts.join(", "))
    }

    /// An incident of this one report.
    pub fn read(&self, rulebook: &Rulebook) -> Intake {
        read(rulebook, std::slice::from_ref(self))
    }
}

fn read(rulebook: &Rulebook, reports: &[Report]) -> Intake {
    let text = format!("id: world\ntransactions:\n{}", reports.iter().map(Report::yaml).collect::<String>());
    let intake = Intake::read_text("world.yaml", &text, &rulebook.vocabulary);
    assert!(!intake.problems.has_errors(), "{}\n{text}", super::plain(&intake.problems, &intake.sources));
    intake
}

/// Another order, the same for the same seed.
pub fn shuffle<T>(list: &mut [T], mut seed: u64) {
    for i in (1..list.len()).rev() {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        list.swap(i, (seed >> 33) as usize % (i + 1));
    }
}

/// How finely each fact is built: the way, and how far along it; `None` is not at all.
type FactChoices = Vec<Option<(usize, usize)>>;

fn choices() -> impl Strategy<Value = FactChoices> {
    let one = |(_, ways): &(&str, &'static [&'static [&'static str]])| {
        let ways: &'static [&'static [&'static str]] = ways;
        let choice = (0..ways.len()).prop_flat_map(move |way| (Just(way), 0..ways[way].len()));
        prop::option::weighted(0.6, choice)
    };
    FACTS.iter().map(one).collect::<Vec<_>>()
}

fn built(choices: &FactChoices) -> Report {
    let facts = FACTS.iter().zip(choices).filter_map(|((key, ways), at)| Some((*key, ways[at.as_ref()?.0][at.as_ref()?.1])));
    Report::about("t", &facts.collect::<Vec<_>>())
}

pub fn report() -> impl Strategy<Value = Report> {
    choices().prop_map(|choices| built(&choices))
}

/// A report, and another that tells some of its facts more finely.
pub fn narrowed() -> impl Strategy<Value = (Report, Report)> {
    let steps = prop::collection::vec((any::<bool>(), any::<prop::sample::Index>()), FACTS.len());
    (choices(), steps).prop_map(|(before, steps)| {
        let finer =
            |(at, ((_, ways), (more, way))): (&Option<(usize, usize)>, (&(&str, &[&[&str]]), (bool, prop::sample::Index)))| {
                match at {
                    _ if !more => *at,
                    None => Some((way.index(ways.len()), 0)),
                    Some((way, step)) => Some((*way, (step + 1).min(ways[*way].len() - 1))),
                }
            };
        let after: FactChoices = before.iter().zip(FACTS.iter().zip(steps)).map(finer).collect();
        (built(&before), built(&after))
    })
}

/// Reports under a law.
pub struct World<'a> {
    pub rulebook: &'a Rulebook,
    pub intake: Intake,
}

/// What a rule said of a transaction or one of its items.
#[derive(Debug)]
pub struct Said {
    pub transaction: String,
    pub rule: String,
    pub item: Option<usize>,
    pub verdict: Option<Verdict>,
    pub when: Truth,
    /// A determination says that it does not hold.
    pub dismissed: bool,
}

impl Said {
    pub fn is_breach(&self) -> bool {
        matches!(self.verdict, Some(Verdict::Violation | Verdict::PotentialViolation))
    }
}

impl<'a> World<'a> {
    pub fn of(rulebook: &'a Rulebook, reports: &[Report]) -> Self {
        Self { rulebook, intake: read(rulebook, reports) }
    }

    pub fn assessed<T>(&self, then: impl FnOnce(&Assessment<'_>) -> T) -> T {
        let ledger = Ledger::count(self.rulebook, &self.intake.incidents, None, None);
        let choices = AssessOptions { keep_all: true, ..AssessOptions::default() };
        then(&assess(self.rulebook, &self.intake.incidents, &ledger, &choices))
    }

    /// Everything that was said, findings and others.
    pub fn outcomes(&self) -> Vec<Said> {
        self.assessed(|assessment| {
            let mut said = Vec::new();
            for (incident, transaction) in assessment.transactions() {
                let id = incident.reported.transactions()[transaction.index].id.clone().unwrap();
                said.extend(transaction.findings.iter().chain(&transaction.others).map(|o| Said {
                    transaction: id.to_string(),
                    rule: o.rule.id.clone(),
                    item: o.item,
                    verdict: o.verdict,
                    when: o.when.truth,
                    dismissed: o.determination == Some(DeterminationState::DoesNotHold),
                }));
            }
            said
        })
    }

    /// The verdicts by transaction, rule and item.
    pub fn findings(&self) -> BTreeMap<(String, String, Option<usize>), Verdict> {
        let said = self.outcomes().into_iter();
        said.filter_map(|s| Some(((s.transaction, s.rule, s.item), s.verdict?))).collect()
    }

    /// The worst verdict of each rule on each transaction.
    pub fn worst(&self) -> BTreeMap<(String, String), Verdict> {
        let mut worst = BTreeMap::new();
        for ((transaction, rule, _), verdict) in self.findings() {
            worst.entry((transaction, rule)).and_modify(|w: &mut Verdict| *w = verdict.max(*w)).or_insert(verdict);
        }
        worst
    }
}
