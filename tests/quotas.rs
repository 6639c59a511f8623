//! Quotas that add up: what counts once agrees in amount and time, and a total beside items is compared with their sum.
#![allow(clippy::string_slice, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use common::{Desk, Run, interdict};

/// Deliveries of gasoline as an incident: id, date, quantity, and more facts.
fn deliveries(lines: &[(&str, &str, &str, &str)]) -> String {
    let line = |(id, date, quantity, more): &(&str, &str, &str, &str)| {
        format!(
            "  - {{id: {id}, activity: supply, date: {date}, evidence: established, from: CN, to: KP, \
             items: [{{description: gasoline, quantity: {quantity}}}]{more}}}\n"
        )
    };
    format!("id: i\ntransactions:\n{}", lines.iter().map(line).collect::<String>())
}

fn belongs(to: &str, kind: &str) -> String {
    format!(", relates_to: [{{transaction: {to}, as: {kind}}}]")
}

fn check(lines: &[(&str, &str, &str, &str)]) -> Run {
    Desk::new().check("a.yaml", deliveries(lines))
}

/// The limit of the trial law is 500 bbl a year; two deliveries of 400 bbl exceed it if both count.
#[track_caller]
fn both_count(one: (&str, &str, &str), other: (&str, &str, &str), kind: &str, because: &str) {
    let run = check(&[(one.0, one.1, one.2, ""), (other.0, other.1, other.2, &belongs(one.0, kind))]);
    let complaint = format!("`i/{}` is reported as `{kind}` of `i/{}`, but {because}", other.0, one.0);
    run.exits(1).complains(&["warning[W0613]", &complaint, "both count towards `oil`"]).tells(&["VIOLATION"]);
}

#[track_caller]
fn counts_once(one: (&str, &str, &str), other: (&str, &str, &str), kind: &str) {
    let run = check(&[(one.0, one.1, one.2, ""), (other.0, other.1, other.2, &belongs(one.0, kind))]);
    assert!(!run.stderr.contains("W0613"), "{}", run.stderr);
    assert!(!run.stdout.contains(": VIOLATION"), "{}", run.stdout);
    run.exits(0);
}

#[test]
fn a_double_counts_once_if_amount_and_time_agree() {
    for kind in ["same-as", "leg-of", "part-of"] {
        counts_once(("a", "2018-03-01", "400 bbl"), ("b", "2018-03-01", "400 bbl"), kind);
        counts_once(("a", "2018-03", "about 400 bbl"), ("b", "2018-03-09", "410 bbl"), kind);
    }
    counts_once(("a", "2018-03-01", "400 bbl"), ("b", "2018-03-20", "300 bbl"), "leg-of");
}

#[test]
fn what_is_only_called_a_double_counts_too() {
    both_count(("a", "2018-06-12", "200 bbl"), ("b", "2018-01-20", "400 bbl"), "same-as", "the dates differ");
    both_count(("a", "2018-06-12", "350 bbl"), ("b", "2018-06-12", "400 bbl"), "same-as", "the amounts differ");
    both_count(("a", "2018-06-12", "200 bbl"), ("b", "2018-06-12", "400 bbl"), "leg-of", "the amounts differ");
    both_count(("a", "2018-06-12", "400 bbl"), ("b", "2018-09-12", "400 bbl"), "leg-of", "the dates differ");
    both_count(("a", "2018-06-12", "200 bbl"), ("b", "2018-06-12", "400 bbl"), "part-of", "the amounts differ");
    let planned =
        check(&[("a", "2018-06-12", "400 bbl", ", stage: planned"), ("b", "2018-06-12", "600 bbl", &belongs("a", "same-as"))]);
    planned.exits(1).complains(&["but that one may not count"]);
}

#[test]
fn reports_of_other_sides_or_goods_are_no_doubles() {
    let two = |kind: &str, change: (&str, &str)| {
        let belongs = belongs("a", kind);
        let lines = deliveries(&[("a", "2018-06-12", "400 bbl", ""), ("b", "2018-06-12", "400 bbl", &belongs)]);
        let (one, other) = lines.split_once("  - {id: b").unwrap();
        let code = |text: &str| text.replace("description: gasoline", "description: gasoline, hs: '2710.12'");
        let other = code(other).replace(change.0, change.1);
        Desk::new().check("a.yaml", code(one) + "  - {id: b" + &other)
    };
    two("same-as", ("", "")).exits(0);
    two("same-as", ("from: CN", "from: RU")).exits(1).complains(&["W0613", "but they come from different States"]);
    two("same-as", ("2710.12", "2710.19")).exits(1).complains(&["W0613", "but the goods differ"]);
    two("part-of", ("2710.12", "2710.19")).exits(1).complains(&["W0613", "but the goods differ"]);
    // A leg begins and ends elsewhere.
    two("leg-of", ("from: CN", "from: RU")).exits(0);
    two("same-as", ("2710.12", "2710")).exits(0);
}

#[test]
fn parts_do_not_come_to_more_than_the_whole() {
    let part = belongs("a", "part-of");
    let fits =
        check(&[("a", "2018-03", "400 bbl", ""), ("b", "2018-03-02", "200 bbl", &part), ("c", "2018-03-05", "200 bbl", &part)]);
    assert!(!fits.stderr.contains("W0613"), "{}", fits.stderr);
    fits.exits(0);
    let many = check(&[
        ("a", "2018-03", "400 bbl", ""),
        ("b", "2018-03-02", "200 bbl", &part),
        ("c", "2018-03-05", "200 bbl", &part),
        ("d", "2018-03-06", "200 bbl", &part),
    ]);
    many.exits(1).complains(&["`i/d` is reported as `part-of` of `i/a`, but its parts come to more than the whole"]);
}

#[test]
fn a_chain_of_doubles_is_held_to_the_one_that_counts() {
    // Each agrees with the one before it, and the last one does not with the first.
    let run = check(&[
        ("a", "2018-03", "200-300 bbl", ""),
        ("b", "2018-03", "300-400 bbl", &belongs("a", "same-as")),
        ("c", "2018-03", "400 bbl", &belongs("b", "same-as")),
    ]);
    run.exits(1).complains(&["`i/c` is reported as `same-as` of `i/b`, but the amounts differ"]);
    // A circle of two that agree counts once; of two that do not, twice.
    let circle = |other: &str| {
        check(&[("a", "2018-03-01", "400 bbl", &belongs("b", "same-as")), ("b", "2018-03-01", other, &belongs("a", "same-as"))])
    };
    circle("400 bbl").exits(0);
    circle("300 bbl").exits(1).complains(&["but the amounts differ"]);
}

#[test]
fn a_relation_is_kept_in_the_ledger_and_held_to_there() {
    let desk = Desk::new();
    let one = desk.write("a.yaml", deliveries(&[("a", "2018-03-01", "300 bbl", "")]));
    let two = deliveries(&[("b", "2018-03-02", "150 bbl", &belongs("i/a", "part-of"))]).replace("id: i\n", "id: j\n");
    let (two, ledger, next) = (desk.write("b.yaml", two), desk.path("a.ledger"), desk.path("b.ledger"));
    let path = |p: &std::path::Path| p.to_str().unwrap().to_owned();
    desk.run(&["check"], [path(&one), "--write-ledger".into(), path(&ledger)]).exits(0);
    desk.run(&["check"], [path(&two), "--ledger".into(), path(&ledger), "--write-ledger".into(), path(&next)]).exits(0);
    let text = std::fs::read_to_string(&next).unwrap();
    assert!(text.contains("as: \"part-of\"") && text.contains("total: [{exactly: \"300\""), "{text}");
    let three = deliveries(&[("c", "2018-03-03", "250 bbl", &belongs("i/a", "part-of"))]).replace("id: i\n", "id: k\n");
    let three = desk.write("c.yaml", three);
    let run = desk.run(&["check"], [path(&three), "--ledger".into(), path(&next)]);
    run.exits(1).complains(&["`k/c` is reported as `part-of` of `i/a`, but its parts come to more than the whole"]);
}

#[test]
fn a_total_beside_items_is_compared_with_their_sum() {
    let run = check(&[("a", "2018-03-01", "1 bbl", ", quantity: 600 bbl")]).exits(1);
    run.complains(&["warning[W0240]", "`quantity` is 600 bbl, and the items come to 1 bbl", "a.yaml:3:"])
        .tells(&["1-600 of 500 bbl"]);
    // Amounts that cannot be added are not compared.
    for agreeing in [", quantity: 1 bbl", ", quantity: about 1 bbl", ", quantity: 3 t"] {
        let run = check(&[("a", "2018-03-01", "1 bbl", agreeing)]).exits(0);
        assert!(!run.stderr.contains("W0240"), "{agreeing}: {}", run.stderr);
    }
    let line = |total: &str| {
        format!(
            r#"{{"id":"a","activity":"supply","date":"2018-03-01","from":"CN","to":"KP","items":[{{"description":"gasoline","quantity":"300 bbl"}},{{"description":"gasoline","quantity":"150 bbl"}}],"quantity":"{total}"}}"#
        )
    };
    let desk = Desk::new();
    let run = desk.check("a.ndjson", line("450 bbl")).exits(0);
    assert!(!run.stderr.contains("W0240"), "{}", run.stderr);
    let run = desk.check("a.ndjson", line("900 bbl")).exits(1);
    run.complains(&["`quantity` is 900 bbl, and the items come to 450 bbl"]).tells(&["300-750 of 500 bbl"]);
    desk.check("a.ndjson", line("40 bbl")).exits(0).complains(&["`quantity` is 40 bbl, and the items come to 450 bbl"]);
}

#[test]
fn what_cannot_be_added_to_a_total_leaves_it_open() {
    let run = check(&[("a", "2018-03-01", "100 bbl", ""), ("b", "2018-03-02", "3 t", "")]).exits(1);
    run.tells(&["b: VIOLATION", "at least 100 of 500 bbl"]);
}

#[test]
fn a_sale_of_nothing_is_a_sale_of_something_unknown() {
    let desk = Desk::new();
    let line = r#"{"id":"a","activity":"supply","date":"2018-03-01","from":"KP","to":"CN","items":[]}"#;
    let said = "`items` cannot be none, and is read as unknown: the activity is about nothing else";
    let yaml = format!("id: i\ntransactions:\n  - {line}\n");
    for (name, text) in [("a.ndjson", line.to_owned()), ("a.yaml", yaml)] {
        let path = desk.write(name, text);
        interdict([std::ffi::OsStr::new("check"), path.as_os_str()])
            .exits(0)
            .complains(&["warning[W0226]", said])
            .tells(&["INSUFFICIENT INFORMATION"]);
    }
}

#[test]
fn many_relations_are_followed_quickly() {
    let lines: Vec<String> = (0..20_000)
        .map(|i| {
            let relation = if i == 0 { String::new() } else { format!(r#","relates_to":[{{"transaction":"{}","as":"same-as"}}]"#, i - 1) };
            format!(r#"{{"id":"{i}","activity":"supply","date":"2018-03-01","from":"CN","to":"KP","items":[{{"description":"gasoline","quantity":"{} bbl"}}]{relation}}}"#, i % 2 + 1)
        })
        .collect();
    let run = Desk::new().check("a.ndjson", lines.join("\n"));
    assert!(run.took < std::time::Duration::from_secs(60), "{:?}", run.took);
    run.complains(&["more are reported as legs, parts or doubles and differ"]);
}

#[test]
fn what_has_no_link_to_the_target_does_not_make_a_total_uncertain() {
    let own_beside = |more: &str| {
        let own = "  - {id: own, activity: supply, date: 2018-03, evidence: established, from: CN, to: KP, \
                   items: [{description: gasoline, quantity: 400 bbl}]}\n";
        let page = Desk::new().check("a.yaml", format!("id: i\ntransactions:\n{own}{more}")).stdout;
        let own = page.lines().skip_while(|line| !line.starts_with("own: ")).take_while(|line| !line.is_empty());
        own.collect::<Vec<_>>().join("\n")
    };
    let alone = own_beside("");
    assert!(alone.starts_with("own: COMPLIANT"), "{alone}");
    assert_eq!(own_beside("  - {id: other, activity: supply, date: 2018, from: CN, to: CN}\n"), alone);
    assert_ne!(own_beside("  - {id: other, activity: supply, date: 2018, from: CN, to: KP}\n"), alone);
}
