//! Goods that an authority stopped: whether they were sent against a rule is to be looked at, in files and in streams.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use common::{Desk, interdict};

/// What the text report on one transaction says is to be looked at, in one line.
fn report(facts: &str, is_stream: bool) -> String {
    let desk = Desk::new();
    let path = match is_stream {
        true => desk.write("a.ndjson", format!("{{\"id\":\"t\",{facts}}}\n")),
        false => desk.write("a.json", format!("{{\"id\":\"a\",\"transactions\":[{{\"id\":\"t\",{facts}}}]}}")),
    };
    let run = interdict(["check".as_ref(), path.as_os_str()]).exits(0);
    run.stdout.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn goods_that_were_stopped_on_a_banned_way_are_to_be_looked_at() {
    for (facts, rule) in [
        (r#""activity":"confiscated","date":"2016-03-01","from":"SO","to":"AE","items":["charcoal"]"#, "som-char"),
        (r#""activity":"seizure","date":"2024-03-01","from":"DO","to":"HT","items":["rifles"]"#, "hti-arm"),
        (r#""activity":"seized by customs","date":"2019-03-01","from":"KP","to":"CN","items":["coal"]"#, "dprk-coal"),
    ] {
        for is_stream in [false, true] {
            let report = report(facts, is_stream);
            let told = format!("that the goods were sent may breach {rule}");
            assert!(report.contains(&told), "{facts} {is_stream}\n{report}");
        }
    }
}

#[test]
fn other_goods_that_were_stopped_are_no_doubt() {
    for facts in [
        r#""activity":"confiscated","date":"2016-03-01","from":"KE","to":"AE","items":["charcoal"]"#,
        r#""activity":"seizure","date":"2024-03-01","from":"DO","to":"HT","items":["rice"]"#,
        r#""activity":"seizure","date":"2005-03-01","from":"KP","to":"CN","items":["coal"]"#,
    ] {
        for is_stream in [false, true] {
            assert!(!report(facts, is_stream).contains("that the goods were sent"), "{facts}\n{}", report(facts, is_stream));
        }
    }
}
