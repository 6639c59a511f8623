//! An item that stands for others of its transaction is judged as each of them is.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::BTreeSet;

use interdict::engine::internals::{EvalContext, TransactionMemo, assess_transaction, evaluate_rule};
use interdict::engine::{Evaluation, Ledger};
use interdict::facts::{FactPath, PathSegment};
use interdict::intake::Intake;
use interdict::rulebook::Rulebook;
use serde_json::{Value, json};

/// Path segments with those of one item without its number.
fn inside(path: &FactPath, item: usize) -> String {
    let is_item = |segment: &PathSegment| *segment == PathSegment::Index(item);
    match path.segments() {
        [items, number, ..] if *items == PathSegment::Key("items") && is_item(number) => {
            path.path().replacen(&format!("[{item}]"), "[this]", 1)
        }
        _ => path.path(),
    }
}

/// What an evaluation says of an item, but for its number and its description.
fn said(of: &Evaluation<'_>, item: usize) -> String {
    let nodes: Vec<_> = of.when.nodes().map(|node| (node.truth, node.claim.span())).collect();
    let facts: Vec<_> = of.when.leaves().map(|(_, fact)| (inside(&fact.path, item), fact.cause, fact.evidence)).collect();
    let exceptions: Vec<_> = of.exceptions.iter().map(|e| (&e.exception.id, e.state(), e.leaves_open)).collect();
    let missing = of.missing.iter().flatten();
    let missing: Vec<_> = missing.map(|m| (inside(&m.path, item), &m.condition, m.why)).collect();
    let rest = (of.nexus, of.evidence, &of.downgrades, of.not_assessed, of.duty_open, of.determination);
    format!("{:?} {rest:?} {nodes:?} {facts:?} {exceptions:?} {missing:?}", of.verdict)
}

/// Goods that are listed and goods that are not, vague words, words that nothing knows, codes, origins and amounts.
fn items() -> Vec<Value> {
    let descriptions =
        ["zorble", "soap", "mixed cargo", "coal", "rifles", "Korean tea", "diesel", "machine parts", "Sumerian vase"];
    let kind = |kind: usize, number: usize| {
        let mut item = json!({"description": format!("{} {number}", descriptions[kind % descriptions.len()])});
        let codes = ["2701.11", "3401", "x"];
        if let Some(code) = codes.get(kind % 7) {
            item["hs"] = json!(code);
        }
        if kind.is_multiple_of(5) {
            item["origin"] = json!(["KP", "CN"][kind % 2]);
        }
        if kind % 4 == 1 {
            item["quantity"] = json!(format!("{number} t"));
        }
        if kind % 6 == 5 {
            item["declared_as"] = json!("soap");
        }
        item
    };
    (0..18).flat_map(|number| (0..20).map(move |of| kind(of, number))).chain((0..30).map(|_| json!({}))).collect()
}

#[test]
fn an_item_that_stands_for_others_is_judged_as_they_are() {
    let rulebook = Rulebook::built_in().unwrap();
    let sides = [("KP", "CN"), ("CN", "KP"), ("IQ", "FR"), ("LY", "TR")];
    let (mut stood_for, mut rules) = (0, BTreeSet::new());
    for (number, (from, to)) in sides.into_iter().enumerate() {
        let mut line = json!({"id": "t", "date": "2018-05-04", "activity": "sale", "from": from, "to": to, "items": items()});
        if number == 1 {
            line["authorisations"] = json!([{"by": "committee", "covers": "zorble 3", "date": "2018-01-01"}]);
        }
        let intake = Intake::read_text("x.ndjson", &line.to_string(), &rulebook.vocabulary);
        let ledger = Ledger::count(&rulebook, &intake.incidents, None, None);
        let context = EvalContext::new(&rulebook, &intake.incidents[0], 0, None, Some(&ledger)).unwrap();
        let assessed = assess_transaction(&context.with_full_proofs(true), &rulebook.rules);
        let memo = TransactionMemo::new(&context);
        let all: BTreeSet<_> = (0..intake.incidents[0].transactions()[0].items.known().len()).collect();
        for rule in rulebook.rules.iter().filter(|rule| rule.binds_item) {
            let of_rule = assessed.findings.iter().chain(&assessed.others).filter(|of| of.rule.id == rule.id);
            let mut seen = Vec::new();
            for evaluation in of_rule {
                let item = evaluation.item.unwrap();
                seen.push(item);
                for other in evaluation.alike.iter() {
                    seen.push(*other);
                    // Each kind of difference shows in some of them.
                    if stood_for % 11 == 0 {
                        let context = context.with_full_proofs(true).with_item(*other);
                        let alone = evaluate_rule(rule, &context, &memo);
                        assert_eq!(said(evaluation, item), said(&alone, *other), "{} on items {item} and {other}", rule.id);
                        rules.extend(evaluation.verdict.map(|_| &rule.id));
                    }
                    stood_for += 1;
                }
            }
            assert_eq!(seen.len(), all.len(), "{}", rule.id);
            assert_eq!(seen.into_iter().collect::<BTreeSet<_>>(), all, "{}", rule.id);
        }
    }
    assert!(stood_for > 5_000, "{stood_for}");
    assert!(rules.len() > 10, "{rules:?}");
}
