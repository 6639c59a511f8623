//! Tables as people have them: separators, quotes, encodings, dates and decimals of spreadsheets, sources in columns.
#![allow(clippy::string_slice, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use std::fs;

use common::{Desk, Run, sheet_row as row, workbook};
use serde_json::Value;

/// The worst verdict of each transaction of a report, as `id: verdict`.
fn verdicts(run: &Run) -> Vec<String> {
    let report = run.json();
    let incidents = report["incidents"].as_array().unwrap().iter();
    let transactions = incidents.flat_map(|incident| incident["transactions"].as_array().unwrap());
    transactions.map(|t| format!("{}: {}", t["id"].as_str().unwrap(), t["verdict"].as_str().unwrap_or("none"))).collect()
}

/// Checks a table with the trial law, as JSON.
fn check(desk: &Desk, name: &str, text: impl AsRef<[u8]>, args: &[&str]) -> Run {
    let path = desk.write(name, text);
    desk.run(&["check", "--format", "json"], args.iter().map(|a| (*a).into()).chain([path.into_os_string()]))
}

const TABLE: &str = "id,date,activity,from.country,to.country,item.description,item.quantity\n\
    coal,2018-03-01,sale,KP,CN,\"anthracite, washed\",5.5 t\n\
    oil,2018-03-01,sale,CN,KP,gasoline,499.5 bbl\n\
    rest,2018-03-02,sale,CN,KP,\"gasoline \"\"95\"\"\",0.75 bbl\n";

#[test]
fn a_table_means_the_same_in_every_dialect() {
    let desk = Desk::new();
    let expected = ["coal: potential-violation", "oil: compliant", "rest: potential-violation"];
    assert_eq!(verdicts(&check(&desk, "a.csv", TABLE, &[]).exits(1)), expected);
    let with = |separator: char| -> String {
        let mut in_quotes = false;
        let part = |c: char| {
            in_quotes ^= c == '"';
            if c == ',' && !in_quotes { separator } else { c }
        };
        TABLE.chars().map(part).collect()
    };
    let semicolons = with(';').replace("5.5", "5,5").replace("499.5", "499,5").replace("0.75", "0,75");
    for (name, text) in [
        ("crlf.csv", TABLE.replace('\n', "\r\n")),
        ("mark.csv", format!("\u{feff}{TABLE}")),
        ("semicolons.csv", semicolons.clone()),
        ("sep.csv", format!("\u{feff}sep=;\r\n{}", semicolons.replace('\n', "\r\n"))),
        ("tabs.csv", with('\t')),
        ("tabs.tsv", with('\t').replace("5.5", "5,5")),
        ("CAPITALS.CSV", TABLE.replacen("id,date,activity,from.country", "ID,Date,Activity,From.Country", 1)),
        ("wide.csv", TABLE.lines().map(|line| format!("{line},,\r\n")).chain([",,,,,,,,\r\n".to_owned()]).collect()),
    ] {
        assert_eq!(verdicts(&check(&desk, name, text, &[]).exits(1)), expected, "{name}");
    }
}

#[test]
fn a_comma_before_three_digits_is_either_in_a_table_with_semicolons() {
    let desk = Desk::new();
    let text = "id;date;activity;from;to;item.description;item.quantity\noil;2018-03-01;sale;CN;KP;gasoline;1,234 bbl\n";
    let run = check(&desk, "a.csv", text, &[]).exits(1).complains(&["W0225", "could be 1 or 1,234", "a.csv:2:36"]);
    assert!(run.stdout.contains("1.2340-1,234 of 500 bbl"), "{}", run.stdout);
}

#[test]
fn dates_are_read_in_the_order_that_is_declared() {
    let desk = Desk::new();
    let table = |date: &str| format!("id,date,activity,from,to,item.description\ncoal,{date},sale,KP,CN,anthracite\n");
    // The ban begins on 5 August 2017.
    for (date, order, expected) in [
        ("08/04/2017", "dd/mm/yyyy", "none"),
        ("08/10/2017", "dd/mm/yyyy", "potential-violation"),
        ("08/10/2017", "mm/dd/yyyy", "potential-violation"),
        ("09/07/2017", "dd/mm/yyyy", "none"),
        ("09/07/2017", "mm/dd/yyyy", "potential-violation"),
        ("7.9.2017", "dd/mm/yyyy", "potential-violation"),
        ("2017-09-07", "mm/dd/yyyy", "potential-violation"),
    ] {
        let run = check(&desk, "a.csv", table(date), &["--csv-dates", order]);
        let report = run.json();
        let found = verdicts(&run);
        let found = if found.is_empty() { "none" } else { found[0].trim_start_matches("coal: ") };
        assert_eq!(found, expected, "{date} as {order}");
        assert_eq!(report["options"]["csv_dates"], order);
    }
    let run = check(&desk, "a.csv", table("09/17/2017"), &["--csv-dates", "dd/mm/yyyy"]).exits(3);
    run.complains(&["E0210", "there is no month 17", "a.csv:2:6", "mm/dd/yyyy"]);
    check(&desk, "a.csv", table("2017"), &["--csv-dates", "yy/mm/dd"]).exits(2).complains(&["dd/mm/yyyy, mm/dd/yyyy"]);
    let path = desk.write("a.csv", table("03/09/2017"));
    let explain = |order: &str| desk.run(&["explain", "--csv-dates", order], [&path]).exits(0).stdout;
    assert!(explain("dd/mm/yyyy").contains("trial-coal on `coal` item 1: potential"), "{}", explain("dd/mm/yyyy"));
    assert!(!explain("mm/dd/yyyy").contains("trial-coal on `coal` item 1: potential"), "{}", explain("mm/dd/yyyy"));
}

#[test]
fn dates_without_a_declared_order_are_read_as_either_and_the_option_is_named() {
    let desk = Desk::new();
    let text = "id,date,activity,from,to,item.description\ncoal,01/02/2018,sale,KP,CN,anthracite\n";
    let run = check(&desk, "a.csv", text, &[]).exits(1);
    run.complains(&["2018-01-02 or 2018-02-01", "--csv-dates", "a.csv:2:6"]);
}

#[test]
fn a_run_with_declared_dates_can_be_verified() {
    let desk = Desk::new();
    let path = desk.write("a.csv", "id,date,activity,from,to,item.description\ncoal,09/07/2017,sale,KP,CN,anthracite\n");
    let report = desk.path("report.json");
    let args = ["--csv-dates", "mm/dd/yyyy", "--output", report.to_str().unwrap(), path.to_str().unwrap()];
    desk.run(&["check", "--format", "json"], args).exits(1);
    desk.run(&["verify"], [report.as_path(), "--root".as_ref(), desk.path("").as_path()])
        .exits(0)
        .tells(&["findings: run again, they are the same"]);
}

#[test]
fn columns_name_the_source_of_each_row() {
    let desk = Desk::new();
    let text = "id,date,activity,from,to,item.description,source.kind,source.title,source.reliability,source.id\n\
        a,2018-03-01,sale,KP,CN,anthracite,court,Judgment of a court,A,s\n\
        b,2018-03-01,sale,KP,CN,anthracite,press,A newspaper,C,s\n\
        c,2018-03-01,sale,KP,CN,anthracite,,,,\n\
        d,2018-03-01,sale,KP,CN,anthracite,court,Judgment of a court,A,s\n";
    let expected = ["a: violation", "b: potential-violation", "c: potential-violation", "d: violation"];
    for jobs in ["1", "3"] {
        let run = check(&desk, "a.csv", text, &["--jobs", jobs]).exits(1);
        assert_eq!(verdicts(&run), expected);
        let sources = &run.json()["incidents"][0]["transactions"][1]["evidence"];
        assert_eq!(sources["grades"], serde_json::json!(["C"]), "{sources}");
    }
    // `explain` reads the whole table as one incident, in which ids of sources are told apart.
    let explained = desk.run(&["explain", "--rule", "trial-coal"], [desk.path("a.csv")]).exits(0).stdout;
    let verdict = |id: &str| explained.lines().find(|line| line.contains(&format!("on `{id}`"))).unwrap().to_owned();
    for (id, expected) in [("a", ": violation"), ("b", "potential"), ("c", "potential"), ("d", ": violation")] {
        assert!(verdict(id).contains(expected), "{}", verdict(id));
    }
    let unknown = text.replace("a,2018-03-01,sale,KP,CN,anthracite,court", "a,2018-03-01,sale,KP,CN,anthracite,presss");
    check(&desk, "b.csv", unknown, &[]).exits(3).complains(&["E0204", "b.csv:2:36"]);
}

#[test]
fn other_encodings_are_refused_with_a_remedy() {
    let desk = Desk::new();
    let latin = b"id,date,activity,from,to,item.description\ncaf\xe9,2018-03-01,sale,KP,CN,anthracite\n";
    let run = check(&desk, "a.csv", latin, &[]).exits(3);
    let run = run.complains(&["E0101", "the byte E9 is no UTF-8", "Latin-1", "a.csv:2:4", "`CSV UTF-8`"]);
    assert_eq!(run.json()["summary"]["transactions"], 1, "the rest is read");
    for (mark, bytes) in [([0xff, 0xfe], u16::to_le_bytes as fn(u16) -> [u8; 2]), ([0xfe, 0xff], u16::to_be_bytes)] {
        let text: Vec<u8> = mark.into_iter().chain(TABLE.encode_utf16().flat_map(bytes)).collect();
        for name in ["a.csv", "a.ndjson", "a.yaml", "a.json"] {
            let run = check(&desk, name, &text, &[]).exits(3).complains(&["E0101", "the file is in UTF-16", "save it as UTF-8"]);
            let problems = run.json()["problems"].as_array().unwrap().len();
            assert_eq!(problems, 1, "{name}: {}", run.stderr);
        }
    }
}

#[test]
fn a_stray_quote_costs_its_own_row_alone() {
    let desk = Desk::new();
    let row = |id: &str, goods: &str| format!("{id},2018-03-01,sale,KP,CN,{goods},5 t\n");
    let header = "id,date,activity,from,to,item.description,item.quantity\n";
    for (stray, closing) in [
        ("\"rice", "anthracite"),
        ("\"rice", "\"anthracite\""),
        ("\"rice", "anthracite\""),
        ("\"\"\"rice", "anthracite"),
        ("\"", "\"anthracite\""),
    ] {
        let lines: String = [("a", "anthracite"), ("b", stray), ("c", "anthracite"), ("d", closing), ("e", "anthracite")]
            .iter()
            .map(|(id, goods)| row(id, goods))
            .collect();
        for (name, text) in [("a.csv", format!("{header}{lines}")), ("b.csv", format!("{header}{lines}").replace('\n', "\r\n"))] {
            let run = check(&desk, name, text, &["--jobs", "2"]).exits(3).complains(&["E0122", &format!("{name}:3:25")]);
            let problems: Vec<Value> = run.json()["problems"].as_array().unwrap().clone();
            assert_eq!(problems.len(), 1, "{stray} {closing}: {}", run.stderr);
            let ids: Vec<String> = verdicts(&run).iter().map(|v| v[..1].to_owned()).collect();
            assert_eq!(ids, ["a", "c", "d", "e"], "{stray} {closing}");
        }
    }
}

#[test]
fn a_stray_quote_far_from_the_end_of_a_long_table_costs_its_own_row_alone() {
    let desk = Desk::new();
    let rows = 60_000;
    let row = |n: usize| format!("{n},2018-03-01,sale,CN,RU,{},5 t\n", if n == 20_000 { "\"rice" } else { "rice" });
    let text: String = std::iter::once("id,date,activity,from,to,item.description,item.quantity\n".to_owned())
        .chain((1..=rows).map(row))
        .collect();
    assert!(text.len() > 2 * 1024 * 1024);
    for jobs in ["1", "2"] {
        let run = check(&desk, "a.csv", &text, &["--jobs", jobs]).exits(3).complains(&["a.csv:20001:29"]);
        assert_eq!(run.json()["summary"]["transactions"], rows - 1);
    }
}

#[test]
fn unknown_and_repeated_columns_are_told_with_what_may_be_meant() {
    let desk = Desk::new();
    for (column, help) in [
        ("itm.description", "did you mean `item.description`?"),
        ("Description", "did you mean `item.description`"),
        ("item.descripton", "did you mean `item.description`?"),
        ("reliability", "did you mean `source.reliability`?"),
        ("id", "keep one of the two"),
        ("item.description.text", "leave out what stands behind it"),
    ] {
        let text = format!("id,activity,{column}\na,sale,x\n");
        check(&desk, "a.csv", text, &[]).exits(3).complains(&[help, "a.csv:1:13"]);
    }
    let run = check(&desk, "a.csv", "id,activity,\na,sale,rice\nb,sale,\n", &[]).exits(3);
    run.complains(&["a column without a name", "a.csv:2:8"]);
}

#[test]
fn columns_that_can_mean_one_fact_are_read_as_that() {
    let desk = Desk::new();
    for (column, path) in [
        ("from_country", "from.country"),
        ("Goods", "item.description"),
        ("Description of goods", "item.description"),
        ("HS code", "item.hs"),
        ("hs", "item.hs"),
        ("imo", "vessel.imo"),
        ("Importer country", "to.country"),
        ("Value (USD)", "value"),
        ("Weight (kg)", "item.quantity"),
        ("Seller", "from.party"),
        ("Country of destination", "to.country"),
        ("Remarks", "notes"),
    ] {
        let text = format!("id,activity,{column}\na,sale,2701\n");
        let run = check(&desk, "a.csv", text, &[]);
        run.complains(&["W0242", &format!("write `{path}`"), "a.csv:1:13"]);
    }
    // A second column for the same is not read.
    check(&desk, "a.csv", "id,activity,No.\na,sale,7\n", &[]).complains(&["W0243", "seems to say again what `id` says"]);
    let table = "id,date,activity,from.country,to.country,HS code\na,2018-03-01,sale,KP,CN,2701\n";
    check(&desk, "a.csv", table, &[]).exits(1);
}

#[test]
fn a_row_with_something_in_a_column_that_is_no_fact_is_not_wholly_checked() {
    let desk = Desk::new();
    let table = "id,date,activity,from.country,to.country,item.description,warehouse\na,2018-03-01,sale,KP,CN,frying pans,B7\nb,2018-03-01,sale,KP,CN,frying pans,\n";
    let run = check(&desk, "a.csv", table, &[]).exits(0);
    let run = run.complains(&["W0243", "a.csv:1:59"]);
    let summary = &run.json()["summary"];
    assert_eq!((&summary["transactions"], &summary["not_wholly_checked"]), (&2.into(), &1.into()), "{summary}");
    assert_eq!(run.json()["not_checked"][0]["what"], "column `warehouse`");
    check(&desk, "a.csv", table, &["--fail-on", "not-assessed"]).exits(1);
    let misspelt = table.replace("warehouse", "itm.hs");
    let run = check(&desk, "a.csv", misspelt, &[]).exits(3);
    assert_eq!(run.json()["summary"]["not_wholly_checked"], 1);
}

#[test]
fn reports_for_spreadsheets_begin_with_a_mark_if_asked() {
    let desk = Desk::new();
    let path = desk.write("a.csv", TABLE);
    let report = desk.path("report.csv");
    let args = ["--format", "csv", "--csv-bom", "--report"].map(std::ffi::OsString::from);
    let file = std::ffi::OsString::from(format!("csv={}", report.display()));
    let run = desk.run(&["check"], args.into_iter().chain([file, path.clone().into_os_string()])).exits(1);
    assert!(run.stdout.starts_with("\u{feff}incident,"));
    assert!(fs::read(&report).unwrap().starts_with(b"\xef\xbb\xbfincident,"));
    let plain = desk.run(&["check", "--format", "csv"], [&path]).exits(1).stdout;
    assert_eq!(run.stdout.trim_start_matches('\u{feff}'), plain);
    assert!(desk.run(&["check", "--csv-bom", "--format", "json"], [&path]).exits(1).stdout.starts_with('{'));
}

#[test]
fn a_table_of_blank_rows_has_none() {
    let desk = Desk::new();
    check(&desk, "a.csv", "id,activity\n,\n , \n", &[]).exits(3).complains(&["E0119"]);
    let run = check(&desk, "a.csv", "id,activity\n,\n,sale\n", &[]).exits(0);
    assert_eq!(run.json()["summary"]["transactions"], 1);
}

#[test]
fn endings_are_read_in_any_case_and_other_files_of_a_folder_are_told() {
    let desk = Desk::new();
    let yaml = |id: &str| {
        format!(
            "id: {id}\ntransactions: [{{id: {id}, activity: sale, date: 2018-03-01, from: KP, to: CN, items: [{{description: anthracite}}]}}]\n"
        )
    };
    desk.write("in/a.YAML", yaml("a"));
    desk.write("in/b.Yml", yaml("b"));
    desk.write("in/c.CSV", TABLE);
    desk.write("in/d.Tsv", "id\tactivity\td\n".replace("\td\n", "\n") + "x\tsale\n");
    desk.write("in/README.md", "notes");
    desk.write("in/.hidden", "notes");
    let run = desk.run(&["check", "--format", "json"], [desk.path("in")]).exits(1);
    assert_eq!((run.json()["inputs"].as_array().unwrap().len(), run.stderr.as_str()), (4, ""));
    for name in ["e.txt", "f.csv.gz", "g", "h.pdf", "i.bak", "j.tmp"] {
        desk.write(&format!("in/{name}"), "x");
    }
    let run = desk.run(&["check"], [desk.path("in")]).exits(1);
    run.complains(&["W0710", "6 files of", "e.txt`", "1 more", "unpack or convert"]);
    fs::rename(desk.rules.path().join("trial.yaml"), desk.rules.path().join("trial.YAML")).unwrap();
    desk.run(&["check"], [desk.path("in/a.YAML")]).exits(1).tells(&["trial-coal"]);
}

const COLUMNS: [&str; 7] = ["id", "date", "activity", "from", "to", "item.description", "item.hs"];

#[test]
fn a_workbook_is_a_table() {
    let desk = Desk::new();
    // 2018-03-01 is day 43160 of Excel's calendar.
    let rows = [
        row(1, &COLUMNS),
        row(2, &["coal", "<c s=\"1\"><v>43160</v></c>", "sale", "KP", "CN", "anthracite,\n&quot;washed&quot;", "270111"]),
        row(
            4,
            &[
                "late",
                "<c s=\"2\"><v>43160.5</v></c>",
                "<c t=\"str\"><f>LOWER(&quot;SALE&quot;)</f><v>sale</v></c>",
                "KP",
                "CN",
                "&quot;anthracite&quot;",
            ],
        ),
        row(5, &["early", "2017", "sale", "KP", "CN", "", "2701"]),
        row(6, &["", "", "<c t=\"str\"><f>IF(A6=&quot;&quot;,&quot;&quot;,1)</f><v></v></c>"]),
    ];
    for name in ["a.xlsx", "A.XLSX", "a.xlsm"] {
        let run = check(&desk, name, workbook(&[("Data", "visible", &rows.concat())]), &[]).exits(1);
        assert_eq!(run.stderr, "", "{name}");
        assert_eq!(verdicts(&run), ["coal: potential-violation", "late: potential-violation", "early: insufficient-information"]);
        let report = run.json();
        let transactions = &report["incidents"][0]["transactions"];
        assert_eq!((&transactions[0]["date"], &transactions[1]["date"]), (&"2018-03-01".into(), &"2018-03-01".into()));
        assert!(transactions[1]["at"].as_str().unwrap().ends_with(&format!("{name}:A4")), "{}", transactions[1]["at"]);
        assert!(run.stdout.contains(&format!("{name}:F2\"")) && run.stdout.contains(&format!("{name}:G5\"")), "{}", run.stdout);
    }
    let path = desk.path("a.xlsx");
    desk.run(&["check"], [&path]).exits(1).tells(&["date is 2018-03-01", " B2\n", " F2\n"]);
    let html = desk.run(&["check", "--format", "html"], [&path]).exits(1).stdout;
    assert!(html.contains(">B2<") || html.contains(" B2<"), "the cell, not a line");
    let report = desk.path("report.json");
    desk.run(&["check", "--format", "json", "--output", report.to_str().unwrap()], [&path]).exits(1);
    desk.run(&["verify"], [report.as_path(), "--root".as_ref(), desk.path("").as_path()])
        .exits(0)
        .tells(&["findings: run again, they are the same"]);
    fs::write(&path, workbook(&[("Data", "visible", &rows[..2].concat())])).unwrap();
    desk.run(&["verify"], [report.as_path(), "--root".as_ref(), desk.path("").as_path()]).exits(1).tells(&["fails  input"]);
}

#[test]
fn mistakes_in_a_workbook_are_told_by_cell() {
    let desk = Desk::new();
    let rows = [
        row(1, &["id", "date", "activity", "from", "to", "itm.description", "item.hs", "Colour"]),
        row(2, &["a", "2018-02-30", "stealing", "KPP", "CN", "x", "30342", "red", "stray"]),
        row(3, &["b", "<c t=\"e\"><v>#REF!</v></c>", "<c><f>A1</f></c>", "KP", "CN"]),
    ];
    let run = check(&desk, "a.xlsx", workbook(&[("Data", "visible", &rows.concat())]), &[]).exits(3);
    let run = run.complains(&[
        "a.xlsx:F1\n",
        "did you mean `item.description`?",
        "a.xlsx:H1\n",
        "a.xlsx:B2\n",
        "a.xlsx:C2\n",
        "a.xlsx:D2\n",
        "a.xlsx:G2\n",
        "a.xlsx:I2\n",
        "a column without a name",
        "a.xlsx:B3\n",
        "`#REF!`",
        "a.xlsx:C3\n",
        "a formula without a value",
    ]);
    let problems = run.json()["problems"].as_array().unwrap().len();
    assert_eq!(problems, 9, "{}", run.stderr);
    let sarif = desk.run(&["check", "--format", "sarif"], [desk.path("a.xlsx")]).exits(3).json();
    let notes = sarif["runs"][0]["invocations"][0]["toolExecutionNotifications"].as_array().unwrap();
    let region = |note: &Value| note["locations"][0]["physicalLocation"]["region"]["startLine"].clone();
    assert!(notes.iter().any(|note| region(note) == 3), "{notes:?}");
}

#[test]
fn one_sheet_of_a_workbook_is_read_and_the_others_are_told() {
    let desk = Desk::new();
    let rows = [row(1, &COLUMNS), row(2, &["coal", "2018", "sale", "KP", "CN", "anthracite"])].concat();
    let other = row(1, &["notes"]);
    let sheets =
        [("Secret", "hidden", rows.as_str()), ("Empty", "visible", ""), ("Data", "visible", &rows), ("Notes", "visible", &other)];
    let run = check(&desk, "a.xlsx", workbook(&sheets), &[]).exits(1);
    let run = run.complains(&["W0125", "the sheet `Data` was read; the sheets `Notes`, `Secret` were not", "put it first"]);
    assert_eq!(verdicts(&run), ["coal: potential-violation"]);
    check(&desk, "b.xlsx", workbook(&[("Secret", "hidden", &rows), ("Empty", "visible", "")]), &[]).exits(1);
    check(&desk, "c.xlsx", workbook(&[("Empty", "visible", "")]), &[]).exits(3).complains(&["E0107", "the file is empty"]);
    check(&desk, "d.xlsx", workbook(&[("Data", "visible", &row(1, &COLUMNS))]), &[]).exits(3).complains(&["E0119"]);
    for bytes in [b"".as_slice(), b"id,date\n1,2\n", b"PK\x03\x04 broken"] {
        check(&desk, "e.xlsx", bytes, &[]).exits(3).complains(&["E0701", "e.xlsx` cannot be read", "save it again as xlsx"]);
    }
    let whole = workbook(&[("Data", "visible", &rows)]);
    for length in (0..whole.len()).step_by(97) {
        check(&desk, "f.xlsx", &whole[..length], &[]).exits(3);
    }
}

#[test]
fn cells_merged_downwards_hold_for_each_of_their_rows() {
    let desk = Desk::new();
    let rows = [
        row(1, &COLUMNS),
        row(2, &["one", "2018", "sale", "KP", "CN", "anthracite"]),
        row(3, &["two", "", "", "", "", "anthracite"]),
    ];
    let merged = "</sheetData><mergeCells><mergeCell ref=\"B2:B3\"/><mergeCell ref=\"C2:C3\"/><mergeCell ref=\"D2:D3\"/><mergeCell ref=\"E2:E3\"/></mergeCells>";
    let run = check(&desk, "a.xlsx", workbook(&[("Data", "visible", &(rows.concat() + merged))]), &[]).exits(1);
    assert_eq!(verdicts(&run), ["one: potential-violation", "two: potential-violation"]);
}

#[test]
fn a_cell_far_out_costs_no_memory() {
    let desk = Desk::new();
    let far = row(1, &COLUMNS) + "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
    let run = check(&desk, "a.xlsx", workbook(&[("Data", "visible", &far)]), &[]).exits(3);
    run.complains(&["a.xlsx:XFD1048576", "a column without a name"]);
}

/// Reports that lie beside the incidents are known and left out: the second run of a folder says what the first did.
#[test]
fn reports_in_the_folder_of_the_incidents_are_no_incidents() {
    let desk = Desk::new();
    let incident = "id: pencils\ntransactions: [{id: '1', activity: sale, date: 2022-05-04, from: CN, to: RU, items: [{description: pencils}]}]\n";
    desk.write("own/pencils.yaml", incident);
    let folder = desk.path("own").to_str().unwrap().to_owned();
    for form in ["json", "ndjson", "csv", "sarif"] {
        let report = desk.path(&format!("own/report-{form}.{}", if form == "sarif" { "sarif.json" } else { form }));
        let wanted = format!("{form}={}", report.to_str().unwrap());
        let args = [folder.as_str(), "--report", wanted.as_str()];
        let first = desk.run(&["check"], args).exits(0);
        let second = desk.run(&["check"], args).exits(0);
        second.complains(&["W0710", &format!("report-{form}."), "not read"]);
        assert!(!first.stderr.contains("twice"), "{}", first.stderr);
        std::fs::remove_file(report).unwrap();
    }
    // As a shell names the files of the folder, one by one.
    let report = desk.path("own/report.json");
    let wanted = format!("json={}", report.to_str().unwrap());
    desk.run(&["check"], [folder.as_str(), "--report", &wanted]).exits(0);
    let files = [desk.path("own/pencils.yaml"), report.clone()];
    desk.run(&["check"], files).exits(0).complains(&["W0710", "report.json` is a report of this program"]);
    // A report alone is no incident.
    desk.run(&["check"], [report]).exits(3);
}
