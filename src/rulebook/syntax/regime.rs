//! How regimes are written: from YAML to [`Regime`] and its lists of designated persons.

use crate::document::{Code, Diagnostic, Diagnostics, Mapping, Node};
use crate::facts::{Scheme, Term};
use crate::rulebook::law::{Contested, DesignationList, Regime, Register, Unverified};

use super::RuleReader;
use super::date::read_day;
use super::exception::read_exceptions;
use super::scope::RecordScope;
use super::{check_id, read_id};

/// Reads lists of designated persons. They are known before any condition is read.
pub(in crate::rulebook) fn read_designation_lists(nodes: &[&Node], problems: &mut Diagnostics) -> Vec<DesignationList> {
    const KEYS: &[&str] = &["id", "title", "names", "references", "measures"];
    let mut lists = Vec::new();
    for node in nodes {
        let Some(map) = Mapping::read(node, "a list of designated persons", KEYS, problems) else { continue };
        let id = read_id(&map, problems);
        let mut texts = |key| map.texts(key, problems).into_iter().map(|(_, text)| text).collect::<Vec<_>>();
        let (names, prefixes) = (texts("names"), texts("references"));
        let measures = texts("measures").into_iter().map(str::to_owned).collect();
        for (node, measure) in map.texts("measures", problems) {
            check_id(node, measure, problems);
        }
        lists.extend(id.map(|id| DesignationList::new(id, &names, &prefixes, measures)));
    }
    DesignationList::introduce(&mut lists);
    lists
}

impl Regime {
    pub(in crate::rulebook) fn read(node: &Node, register: &Register, reader: &mut RuleReader<'_>) -> Option<Self> {
        let map = Mapping::read(
            node,
            "a regime",
            &[
                "id",
                "title",
                "short_title",
                "committee",
                "target",
                "universal",
                "lists",
                "organs",
                "nexus",
                "except",
                "irrelevant_activities",
                "verified_on",
                "unverified_after",
                "contested",
                "remarks",
            ],
            reader.problems,
        )?;
        let id = read_id(&map, reader.problems);
        let title = map.require_text("title", reader.problems).unwrap_or_default().to_owned();
        let short_title = map.text("short_title", reader.problems).unwrap_or(&title).to_owned();
        let committee = map.text("committee", reader.problems).map(str::to_owned);
        let names = committee.iter().flat_map(|names| names.split(" and "));
        let committee_terms = names.filter_map(|name| reader.symbols.vocabulary.by_word(Scheme::Body, name)).collect();
        let target = reader.symbols.regime(reader.binding).map(|words| words.target.clone()).unwrap_or_default();
        let is_universal = map.yes_no("universal", reader.problems).unwrap_or(false);
        if let Some(target) = map.get("target").filter(|_| is_universal) {
            let message = "a universal regime has no `target`: its measures are about acts of any State";
            reader.problems.push(
                Diagnostic::new(Code::WordOfRegime, target.span, message).help("leave out one of `target` and `universal`"),
            );
        }
        let exceptions = read_exceptions(map.get("except"), register, reader);
        let nexus = if is_universal { map.get("nexus") } else { map.require("nexus", reader.problems) };
        let has_nexus = nexus.is_some();
        let nexus = nexus.and_then(|n| reader.condition(n, RecordScope::TRANSACTION));
        map.texts("organs", reader.problems);
        let irrelevant_activities = read_irrelevant_activities(&map, reader);
        let problems = &mut *reader.problems;
        let verified_on = map.get("verified_on").and_then(|n| read_day(n, "`verified_on`", problems));
        let unverified = map.get("unverified_after").and_then(|n| Unverified::read(n, true, problems));
        let contested = map.get("contested").and_then(|n| Contested::read(n, problems));
        let id = id.filter(|_| nexus.is_some() || is_universal && !has_nexus)?;
        Some(Self {
            id,
            title,
            short_title,
            committee,
            committee_terms,
            target,
            nexus,
            exceptions,
            irrelevant_activities,
            verified_on,
            unverified,
            contested,
            span: node.span,
        })
    }
}

/// Reads the activities that no measure of a regime is about, each with its reason.
fn read_irrelevant_activities(map: &Mapping<'_>, reader: &mut RuleReader<'_>) -> Vec<(Term, String)> {
    let mut found = Vec::new();
    for node in map.get("irrelevant_activities").map(Node::one_or_many).unwrap_or_default() {
        let Some(map) = Mapping::read(node, "an irrelevant activity", &["activity", "reason"], reader.problems) else { continue };
        let activities = map.require("activity", reader.problems).and_then(|n| reader.terms(n, &[Scheme::Activity]));
        let reason = map.require_text("reason", reader.problems).unwrap_or_default();
        found.extend(activities.into_iter().flatten().map(|term| (term, reason.to_owned())));
    }
    found
}
