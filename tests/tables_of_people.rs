//! Tables as people and systems keep them: workbooks of several sheets, forms, statements of account, customs forms with one country,
//! two ships in a row, flights, lists of listed ships.
#![allow(clippy::string_slice, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use common::{Desk, Run, interdict, sheet_row as row, workbook};
use serde_json::Value;

fn check(desk: &Desk, name: &str, text: impl AsRef<[u8]>) -> Run {
    let path = desk.write(name, text);
    interdict(["check".as_ref(), "--format".as_ref(), "json".as_ref(), "--near-misses".as_ref(), path.as_os_str()])
}

fn transactions(run: &Run) -> Vec<Value> {
    let report = run.json();
    report["incidents"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|incident| incident["transactions"].as_array().unwrap().clone())
        .collect()
}

/// The rules that find something in the row of this number, each with its verdict.
fn findings(run: &Run, row: usize) -> Vec<String> {
    let all = transactions(run);
    let of_row = all
        .iter()
        .find(|transaction| transaction["id"] == row.to_string().as_str())
        .unwrap_or_else(|| panic!("row {row}: {}", run.stderr));
    let finding = |finding: &Value| format!("{} {}", finding["rule"].as_str().unwrap(), finding["verdict"].as_str().unwrap());
    of_row["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(finding)
        .filter(|told| !told.ends_with("compliant") && !told.ends_with("applicable"))
        .collect()
}

#[track_caller]
fn is_breach(run: &Run, row: usize, rule: &str) {
    let told = findings(run, row);
    assert!(told.contains(&format!("{rule} potential-violation")), "row {row}: {told:?}\n{}", run.stderr);
}

/// The parties and places of a row, as its page tells them.
fn sides(run: &Run, row: usize) -> String {
    let all = transactions(run);
    let page = &all.iter().find(|transaction| transaction["id"] == row.to_string().as_str()).unwrap()["page"];
    format!("{} -> {}", page["from"], page["to"])
}

const TRADE: [&str; 6] = ["Date", "Exporter", "Exporter country", "Importer", "Importer country", "Goods"];

#[test]
fn each_sheet_of_transactions_is_read_and_each_other_is_told_in_the_report() {
    let desk = Desk::new();
    let shoes = [row(1, &TRADE), row(2, &["2018-01-03", "A", "Viet Nam", "B", "China", "shoes"])].concat();
    let coal = [row(1, &TRADE), row(2, &["2018-02-03", "A", "North Korea", "B", "China", "coal"])].concat();
    let other_headings = [
        row(1, &["Payments of spring"]),
        row(
            3,
            &["Value date", "Ordering customer", "Ordering country", "Beneficiary", "Beneficiary country", "Amount", "Currency"],
        ),
        row(4, &["2018-03-03", "Sun", "China", "Muster GmbH", "Germany", "10", "EUR"]),
    ]
    .concat();
    let cover = [row(1, &["Customs extract 2018"]), row(2, &["Prepared by", "J. Lee"]), row(3, &["Date", "2018-10-01"])].concat();
    let codes = [row(1, &["HS code", "Description"]), row(2, &["930690", "fuzes"])].concat();
    let sheets = [
        ("Cover", "visible", cover.as_str()),
        ("Jan", "visible", &shoes),
        ("Feb", "visible", &coal),
        ("Paid", "visible", &other_headings),
        ("Codes", "visible", &codes),
        ("Old", "hidden", &coal),
    ];
    let run = check(&desk, "a.xlsx", workbook(&sheets)).exits(1);
    assert_eq!(run.json()["summary"]["transactions"], 3, "{}", run.stderr);
    is_breach(&run, 2, "dprk-coal");
    assert!(run.stdout.contains("a.xlsx#Feb:"), "the sheet of a fact is told");
    let run = run.complains(&["W0125", "the sheets `Jan`, `Feb`, `Paid` were read; the sheets `Cover`, `Codes`, `Old` were not"]);
    let not_checked = run.json()["not_checked"].to_string();
    for sheet in ["`Cover`", "`Codes`", "`Old`"] {
        assert!(not_checked.contains(sheet), "{not_checked}");
    }
    // A mistake in a further sheet is told by its cell there.
    let wrong = [row(1, &TRADE), row(2, &["2018-02-30", "A", "North Korea", "B", "China", "coal"])].concat();
    let run = check(&desk, "b.xlsx", workbook(&[("Jan", "visible", &shoes), ("Feb", "visible", &wrong)])).exits(3);
    run.complains(&["b.xlsx#Feb:A2"]);
}

#[test]
fn a_form_is_one_transaction_and_what_stands_above_a_table_holds_for_its_rows() {
    let desk = Desk::new();
    let facts = [
        ("Shipper", "Musan Mining (North Korea)"),
        ("Consignee", "Rizhao Imports (China)"),
        ("Port of loading", "Chongjin"),
        ("Port of discharge", "Rizhao"),
        ("Goods", "coal"),
        ("Weight", "8200 t"),
        ("Date", "9 March 2018"),
    ];
    let two_columns: String = facts.iter().map(|(name, value)| format!("{name};{value}\n")).collect();
    let with_colons: String = facts.iter().map(|(name, value)| format!("{name}:;{value}\n")).collect();
    let one_cell: String = facts.iter().map(|(name, value)| format!("\"{name}: {value}\"\n")).collect();
    let with_title = format!("BILL OF LADING;\n;\n{two_columns}");
    for form in [two_columns, with_colons, one_cell, with_title] {
        let run = check(&desk, "a.csv", &form);
        assert_eq!(run.json()["summary"]["transactions"], 1, "{form}\n{}", run.stderr);
        is_breach(&run, 1, "dprk-coal");
    }
    for top in [
        "Seller:,Acme,China,,\nBuyer:,Pyongyang Trading,North Korea,,\nDate:,12 September 2018,,,\n,,,,\n",
        "Seller: Acme (China),,,,\nBuyer: Pyongyang Trading (North Korea),,,,\nDate: 12 September 2018,,,,\n",
        "INVOICE 7,,,,\nSeller,\"Acme, China\",Buyer,\"Pyongyang Trading, North Korea\",\nDate,12 September 2018,,,\n",
    ] {
        let table = format!(
            "{top}Description,Qty (bottles),Amount (EUR),HS code,Country of origin\nexcavator,1,22920,842952,China\nrice,40,100,100630,China\n"
        );
        let run = check(&desk, "b.csv", &table);
        assert_eq!(run.json()["summary"]["transactions"], 2, "{top}\n{}", run.stderr);
        is_breach(&run, 1, "dprk-mach-to");
        assert!(sides(&run, 2).contains("DPRK"), "{}", sides(&run, 2));
        run.complains(&["as a fact of each row"]);
    }
    // A column of the table tells more than its title.
    let run =
        check(&desk, "c.csv", "Buyer: Acme,,,,\nDate,Seller country,Buyer,Buyer country,Goods\n2018-02-03,KP,Sun,CN,coal\n");
    assert!(sides(&run, 1).contains("Sun") && !sides(&run, 1).contains("Acme"), "{}", sides(&run, 1));
}

#[test]
fn the_direction_of_a_row_tells_which_side_the_country_across_the_border_is() {
    let desk = Desk::new();
    for table in [
        "进出口标志,申报日期,境内收发货人,境外收发货人,启运国(运抵国),原产国,商品名称\n出口,2019-04-15,丹东石油公司,平壤商社,朝鲜,中国,电动机\n进口,2019-04-16,丹东公司,罗先会社,朝鲜,朝鲜,煤\n",
        "进出口标志,申报日期,境内收发货人,启运国,商品名称\n出口,2019-04-15,丹东石油公司,朝鲜,电动机\n进口,2019-04-16,丹东公司,朝鲜,煤\n",
        "Type,Date,Declarant,Country,Goods\nEXPORT,2019-04-15,Dandong Motors,North Korea,electric motors\nIMPORT,2019-04-16,Dandong Fish,North Korea,coal\n",
        "Направление;Дата;Декларант;Страна контрагента;Товар\nЭКСПОРТ;15.04.2019;ООО Мотор;КНДР;электродвигатели\nИМПОРТ;16.04.2019;ООО Уголь;КНДР;уголь\n",
    ] {
        let run = check(&desk, "a.csv", table).exits(1);
        is_breach(&run, 2, "dprk-coal");
        is_breach(&run, 1, "dprk-mach-to");
        assert!(!findings(&run, 1).iter().any(|told| told.starts_with("dprk-mach-from")), "{:?}", findings(&run, 1));
    }
    // Where both countries have columns each is what its heading says.
    let both = "进出口标志,申报日期,启运国,运抵国,商品名称\n出口,2019-04-15,中国,朝鲜,电动机\n";
    is_breach(&check(&desk, "b.csv", both).exits(1), 1, "dprk-mach-to");
    // Without a direction either side may be it, and nothing is certain.
    let run = check(&desk, "c.csv", "申报日期,启运国(运抵国),商品名称\n2019-04-15,朝鲜,电动机\n");
    assert!(!findings(&run, 1).iter().any(|told| told.ends_with("violation")), "{:?}", findings(&run, 1));
}

#[test]
fn two_ships_of_a_row_are_told_apart_by_their_part() {
    let desk = Desk::new();
    for headings in [
        "Date,Giving vessel,Giving flag,Receiving vessel,Receiving flag,Product",
        "Date,Mother vessel,Mother vessel flag,Daughter vessel,Daughter vessel flag,Cargo",
        "Date,Vessel 1,Flag 1,Vessel 2,Flag 2,Cargo",
        "Date,Delivering ship,Flag,Receiving ship,Flag,Goods",
        "Дата,Передающее судно,Флаг,Принимающее судно,Флаг,Груз",
    ] {
        let table = format!(
            "{headings}\n2019-03-19,OCEAN PIONEER,Panama,SAM JONG 2,North Korea,Gasoil\n2019-03-19,STRAIT KING,Liberia,BALTIC SUN,Malta,Crude oil\n"
        );
        let run = check(&desk, "a.csv", &table);
        let told = findings(&run, 1);
        assert!(told.iter().any(|told| told.starts_with("dprk-ship-sts")), "{headings}: {told:?}\n{}", run.stderr);
        assert!(!findings(&run, 2).iter().any(|told| told.starts_with("dprk-ship-sts")), "{headings}: {:?}", findings(&run, 2));
    }
    // A feeder and its mother ship carry goods between ports.
    let run = check(
        &desk,
        "b.csv",
        "Date,Mother vessel,Shipper,Consignee,Port of loading,Port of discharge,Goods\n2019-03-19,A,B,C,Busan,Chiba,cars\n",
    );
    run.complains(&["each row is read as `supply`"]);
}

#[test]
fn a_statement_of_account_tells_who_pays_by_debit_and_credit() {
    let desk = Desk::new();
    for (table, number) in [
        (
            "Transaction Date,Account Name,Counterparty Name,Counterparty Country,Debit/Credit,Amount (USD),Balance,Narrative\n2019-02-01,Acme Ltd,Ryonha,DPR Korea,D,50000,100,CNC machines\n2019-02-01,Acme Ltd,Ryonha,DPR Korea,C,50000,100,CNC machines\n",
            2,
        ),
        (
            "Date;Account holder;Debit;Credit;Balance;Counterparty;Counterparty country;Description\n01.02.2019;Acme Ltd;50000,00;;1.200,00;Ryonha;DPR Korea;CNC machines\n02.02.2019;Acme Ltd;;50000,00;1.500,00;Ryonha;DPR Korea;rent\n",
            2,
        ),
        (
            "Account holder: Acme Ltd,,,,\nDate,Counterparty,Counterparty country,Amount (USD),Details\n2019-02-01,Ryonha,DPR Korea,-50000,CNC machines\n2019-02-01,Ryonha,DPR Korea,+50000,CNC machines\n",
            2,
        ),
    ] {
        let run = check(&desk, "a.csv", table);
        assert_eq!(run.json()["summary"]["transactions"], number, "{table}\n{}", run.stderr);
        assert!(
            sides(&run, 1).contains("Acme") && sides(&run, 1).find("Acme") < sides(&run, 1).find("Ryonha"),
            "{table}: {}\n{}",
            sides(&run, 1),
            run.stderr
        );
        assert!(sides(&run, 2).find("Ryonha") < sides(&run, 2).find("Acme"), "{table}: {}", sides(&run, 2));
        assert!(!findings(&run, 1).is_empty(), "{table}");
        assert!(!run.stdout.contains("1.200") && !run.stdout.contains("column `Balance`"), "a balance is no fact");
        run.complains(&["each row is read as `funds-transfer`"]);
    }
}

#[test]
fn a_flight_has_an_aircraft_an_operator_and_two_airports() {
    let desk = Desk::new();
    for headings in [
        "Date,Callsign,Registration,Type,Operator,ADEP,ADES,Cargo",
        "Date,Flight,Tail number,Aircraft,Airline,Departure airport,Arrival airport,Load",
        "Flight date,Flight No,Registration,Aircraft type,Operator,Origin,Destination,Cargo",
    ] {
        let table = format!(
            "{headings}\n2020-06-11,AZM31,UP-I7645,IL-76TD,Azee Air,Al Dhafra (UAE),Al Khadim (Libya),ammunition\n2020-06-12,KOR151,P-633,TU-204,Air Koryo,Pyongyang,Beijing,Passengers\n"
        );
        let run = check(&desk, "a.csv", &table);
        is_breach(&run, 1, "lby-arm-to");
        assert!(!findings(&run, 2).iter().any(|told| told.contains("violation")), "{headings}: {:?}", findings(&run, 2));
        assert!(!run.stderr.contains("error["), "{headings}\n{}", run.stderr);
    }
}

#[test]
fn a_ship_that_a_column_calls_listed_is_on_a_list_that_is_not_told() {
    let desk = Desk::new();
    for heading in ["UN listed", "Designated", "Sanctioned", "sanctions"] {
        let run = check(
            &desk,
            "a.csv",
            format!(
                "Date,Vessel,Flag,Port,Country,{heading}\n2019-05-02,AN SAN 1,North Korea,Vladivostok,Russia,yes\n2019-05-02,OCEAN LILY,Liberia,Busan,South Korea,no\n"
            ),
        );
        assert!(run.stdout.contains("a list that is not named"), "{heading}\n{}", run.stderr);
        assert!(!findings(&run, 1).is_empty(), "{heading}");
        assert!(!run.stdout.contains("OCEAN LILY"), "{heading}: {}", run.stdout);
    }
    // A ship with its cargo at a port calls there.
    check(&desk, "b.csv", "Date,Vessel,Flag,Port,Country,Cargo\n2019-05-02,AN SAN 1,North Korea,Vladivostok,Russia,coal\n")
        .complains(&["each row is read as `port-call`"]);
}
