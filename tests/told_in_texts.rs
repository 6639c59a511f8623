//! Texts that no rule reads: what they say of States and groups under measures is to be looked at, in files and in streams.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use common::{Desk, interdict};

/// The text report on one transaction on a day, as a file of its own or as a line of a stream.
fn report(facts: &str, date: &str, is_stream: bool) -> String {
    let desk = Desk::new();
    let path = match is_stream {
        true => desk.write("a.ndjson", format!("{{\"id\":\"t\",\"date\":\"{date}\",{facts}}}\n")),
        false => {
            desk.write("a.json", format!("{{\"id\":\"a\",\"date\":\"{date}\",\"transactions\":[{{\"id\":\"t\",{facts}}}]}}"))
        }
    };
    interdict(["check".as_ref(), path.as_os_str()]).exits(0).stdout
}

/// The name that the report says is told in a text, if it says so.
fn looked_at(report: &str) -> Option<String> {
    let report = report.split_whitespace().collect::<Vec<_>>().join(" ");
    let (_, behind) = report.split_once("no rule reads this text, and it names `")?;
    assert!(report.contains("NO FINDING, NOT WHOLLY CHECKED"), "{report}");
    Some(behind.split('`').next().unwrap().to_owned())
}

#[test]
fn a_text_that_names_what_is_under_measures_is_to_be_looked_at() {
    for (facts, named) in [
        (
            r#""activity":"sale","from":"CN","to":"MN","items":["coal"],"notes":"mined in North Korea, as customs found""#,
            "north korea",
        ),
        (r#""activity":"sale","from":"CN","to":"MN","items":["seafood"],"notes":"北朝鮮 origin suspected""#, "北 朝 鮮"),
        (
            r#""activity":"payment","from":"AE","to":"HK","payment":"47500 USD","purpose":"for rifles delivered to the Houthis""#,
            "houthis",
        ),
        (
            r#""activity":"funds-transfer","from":"AE","to":"HK","payment":"9 USD","items":["AK-47 rifles to Hodeidah Houthi"]"#,
            "Hodeidah",
        ),
        (
            r#""activity":"transport","from":"CN","to":"CN","items":["coal"],"notes":"took its cargo at Nampo, by its track""#,
            "Nampo",
        ),
        (r#""activity":"sale","from":"TR","to":"IT","items":["machines"],"notes":"the buyer sells on to Libya""#, "libya"),
        (r#""activity":"sale","from":"KE","to":"AE","items":["charcoal"],"notes":"loaded by men of al-Shabaab""#, "al shabaab"),
    ] {
        for is_stream in [false, true] {
            let report = report(facts, "2018-06-19", is_stream);
            assert_eq!(looked_at(&report).as_deref(), Some(named), "{report}");
        }
    }
}

#[test]
fn other_texts_are_no_doubt() {
    for (facts, date) in [
        // Nothing is under measures there, or was on that day.
        (r#""activity":"sale","from":"CN","to":"MN","items":["coal"],"notes":"mined in South Korea""#, "2018-06-19"),
        (r#""activity":"sale","from":"CN","to":"MN","items":["coal"],"notes":"mined in North Korea""#, "2003-06-19"),
        (
            r#""activity":"sale","from":"US","to":"FR","items":["drugs"],"notes":"made by Houtkamp & Sons of Libourne""#,
            "2018-06-19",
        ),
        // A town of another State.
        (r#""activity":"sale","from":"TR","to":"IT","items":["wool"],"notes":"stored at Dandong""#, "2018-06-19"),
        // The facts tell it, and the rules have looked at it.
        (r#""activity":"sale","from":"CN","to":"KP","items":["rice"],"notes":"for schools in North Korea""#, "2018-06-19"),
        (r#""activity":"sale","from":"CN","to":"MN","items":["coal"]"#, "2018-06-19"),
    ] {
        for is_stream in [false, true] {
            let report = report(facts, date, is_stream);
            assert_eq!(looked_at(&report), None, "{report}");
        }
    }
}

#[test]
fn regimes_that_are_not_asked_for_are_not_looked_for() {
    let desk = Desk::new();
    let text =
        "id: a\ndate: 2018-06-19\ntransactions: [{activity: sale, from: CN, to: MN, items: [coal], notes: from North Korea}]\n";
    let path = desk.write("a.yaml", text);
    let told = |regime: &str| {
        let report = interdict(["check".as_ref(), "--regime".as_ref(), regime.as_ref(), path.as_os_str()]).exits(0).stdout;
        looked_at(&report).is_some()
    };
    assert_eq!([told("dprk"), told("libya")], [true, false]);
}
