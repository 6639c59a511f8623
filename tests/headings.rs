//! Tables as professions export them: their headings are read as facts, and what is not read is named.
#![allow(clippy::string_slice, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use common::{Desk, Run, files_in, interdict, name_of, root};

/// The worst verdict of each transaction of a report with all of them, in their order.
fn verdicts(run: &Run) -> Vec<String> {
    let report = run.json();
    let incidents = report["incidents"].as_array().unwrap().iter();
    let transactions = incidents.flat_map(|incident| incident["transactions"].as_array().unwrap());
    transactions.map(|t| format!("{} {}", t["id"].as_str().unwrap(), t["verdict"].as_str().unwrap_or("none"))).collect()
}

fn check(desk: &Desk, name: &str, text: &str) -> Run {
    let path = desk.write(name, text);
    interdict(["check".as_ref(), "--format".as_ref(), "json".as_ref(), path.as_os_str()])
}

fn page(desk: &Desk, name: &str, text: &str) -> Run {
    let path = desk.write(name, text);
    interdict(["check".as_ref(), "--brief".as_ref(), path.as_os_str()])
}

/// A table of one row.
fn table(cells: &[(&str, &str)]) -> String {
    let row = |of: fn(&(&str, &str)) -> String| cells.iter().map(of).collect::<Vec<_>>().join(";");
    format!("{}\n{}\n", row(|(name, _)| (*name).to_owned()), row(|(_, cell)| (*cell).to_owned()))
}

#[test]
fn tables_of_five_professions_reach_their_verdicts() {
    let expected: &[(&str, &[&str])] = &[
        ("ais.csv", &[]),
        ("bill-de.tsv", &[]),
        ("bill-en.csv", &["1 potential-violation"]),
        ("bill-zh.csv", &["1 potential-violation"]),
        ("comtrade-new.csv", &["1 potential-violation"]),
        ("comtrade.csv", &["1 potential-violation"]),
        ("customs-es.csv", &["1 potential-violation"]),
        ("customs-fr.csv", &[]),
        ("customs-ru.csv", &["1 potential-violation"]),
        ("grouped.csv", &["1 potential-violation"]),
        ("invoice-de.csv", &["1 potential-violation"]),
        ("licences.csv", &["1 potential-violation"]),
        ("payments-ru.csv", &["1 insufficient-information"]),
        ("payroll.csv", &["1 potential-violation"]),
        ("port-calls.csv", &["1 potential-violation"]),
        ("statement.csv", &[]),
        ("stays.csv", &[]),
        ("swift.csv", &["1 insufficient-information"]),
        ("titled.csv", &["1 potential-violation"]),
        ("trade-fr.csv", &["1 potential-violation"]),
    ];
    let files = files_in(&root().join("tests/headings"), &["csv", "tsv"]);
    assert_eq!(
        files.iter().map(|file| name_of(file)).collect::<Vec<_>>(),
        expected.iter().map(|(name, _)| *name).collect::<Vec<_>>()
    );
    for (file, (name, verdict)) in files.iter().zip(expected) {
        let run = interdict(["check".as_ref(), "--format".as_ref(), "json".as_ref(), file.as_os_str()]);
        assert!(!run.stderr.contains("error["), "{name}: {}", run.stderr);
        let found: Vec<String> = verdicts(&run).into_iter().filter(|found| !found.ends_with(" none")).collect();
        assert_eq!(found, *verdict, "{name}: {}", run.stderr);
    }
}

#[test]
fn headings_of_trade_papers_are_read_in_each_language() {
    let desk = Desk::new();
    for headings in [
        [
            "Shipment date",
            "Shipper",
            "Consignee",
            "Exporting country",
            "Country of destination",
            "Description of goods",
            "Net weight (kg)",
        ],
        [
            "Дата отгрузки",
            "Грузоотправитель",
            "Грузополучатель",
            "Страна отправления",
            "Страна назначения",
            "Наименование товара",
            "Масса нетто (кг)",
        ],
        [
            "Date d'expédition",
            "Expéditeur",
            "Destinataire",
            "Pays d'exportation",
            "Pays de destination",
            "Désignation des marchandises",
            "Poids net (kg)",
        ],
        [
            "Fecha de embarque",
            "Exportador",
            "Consignatario",
            "País de procedencia",
            "País de destino",
            "Descripción de las mercancías",
            "Peso neto (kg)",
        ],
        ["Versanddatum", "Versender", "Empfänger", "Ausfuhrland", "Bestimmungsland", "Warenbezeichnung", "Eigenmasse (kg)"],
        ["装船日期", "发货人", "收货人", "启运国", "目的国", "货物名称", "净重（千克）"],
    ] {
        let cells = ["2019-03-12", "Paekma Trading", "Sunrise Import", "KP", "CN", "anthracite", "5000"];
        let run = check(&desk, "a.csv", &table(&headings.into_iter().zip(cells).collect::<Vec<_>>())).exits(1);
        assert_eq!(verdicts(&run), ["1 potential-violation"], "{headings:?}: {}", run.stderr);
        let report = run.json();
        let unread = report["not_checked"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|note| note["what"].as_str().unwrap().contains("column"))
            .count();
        assert_eq!(unread, 0, "{headings:?}: {}", report["not_checked"]);
        run.complains(&["read 7 columns by what their headings mean", "by its headings each row is read as `supply`"]);
    }
}

#[test]
fn both_ports_arrive_and_tell_the_sides() {
    let desk = Desk::new();
    let cells = [
        ("Port of Loading", "Nampo"),
        ("Port of Discharge", "CNDLC"),
        ("Description of goods", "anthracite"),
        ("Shipped on board date", "2019-03-12"),
    ];
    let run = page(&desk, "a.csv", &table(&cells)).exits(1);
    run.tells(&["POTENTIAL VIOLATION", "route: Nampo (DPRK, loading), CNDLC (China, discharge)", "DPRK (Nampo) -> China"]);
    // What a column says of a side is not changed by a port on the way.
    let cells = [
        ("Port of Loading", "Vladivostok"),
        ("Exporting country", "KP"),
        ("Port of Discharge", "Dalian"),
        ("Goods", "anthracite"),
        ("Shipment date", "2019-03-12"),
    ];
    page(&desk, "b.csv", &table(&cells)).tells(&["DPRK -> China (Dalian)"]);
}

#[test]
fn the_flow_of_trade_decides_the_sides_and_without_it_either_may_be() {
    let desk = Desk::new();
    let sides = |flow: &[(&'static str, &'static str)]| {
        let cells = [
            ("Period", "201903"),
            ("Reporter", "China"),
            ("Partner", "Dem. People's Rep. of Korea"),
            ("Cmd Code", "2701"),
            ("Netweight (kg)", "5000"),
        ];
        page(&desk, "a.csv", &table(&cells.into_iter().chain(flow.iter().copied()).collect::<Vec<_>>())).stdout
    };
    for (word, told) in [
        ("Import", "DPRK -> China"),
        ("M", "DPRK -> China"),
        ("Re-export", "China -> DPRK"),
        ("X", "China -> DPRK"),
        ("ввоз", "DPRK -> China"),
        ("出口", "China -> DPRK"),
    ] {
        assert!(sides(&[("Flow", word)]).contains(told), "{word}: {}", sides(&[("Flow", word)]));
    }
    assert!(sides(&[("Flow", "Import")]).contains("POTENTIAL VIOLATION"));
    assert!(sides(&[]).contains("INSUFFICIENT INFORMATION"), "{}", sides(&[]));
    let unread = sides(&[("Flow", "sideways")]);
    assert!(unread.contains("column `Flow`") && unread.contains("INSUFFICIENT INFORMATION"), "{unread}");
}

#[test]
fn an_ambiguous_column_is_read_by_its_cells_or_named_as_unread() {
    let desk = Desk::new();
    let row = |extra: &[(&'static str, &'static str)]| {
        let cells = [("id", "a"), ("date", "2019-03-12"), ("from", "KP"), ("to", "CN"), ("item.description", "anthracite")];
        page(&desk, "a.csv", &table(&cells.into_iter().chain(extra.iter().copied()).collect::<Vec<_>>()))
    };
    row(&[("Type", "Export")]).exits(1).tells(&["POTENTIAL VIOLATION", "supply: anthracite"]);
    row(&[("Type", "sale"), ("Status", "delivered")]).exits(1).tells(&["sale: anthracite", "completed"]);
    let run = row(&[("activity", "sale"), ("Status", "purple"), ("Price", "300 USD"), ("Remarks", "by rail")]).exits(1);
    let run =
        run.complains(&["`purple` of the column `Status`", "the column `Price` may mean several things", "item.unit_value"]);
    run.tells(&["column `Price`, column `Status`"]);
    for (cell, told) in [("250 t", "250 t"), ("9000 USD", "9,000 USD")] {
        row(&[("activity", "sale"), ("Amount", cell)]).exits(1).tells(&[told]);
    }
    row(&[("activity", "sale"), ("Amount", "9000"), ("Currency", "EUR")]).exits(1).tells(&["9,000 EUR"]);
}

#[test]
fn of_two_columns_for_one_fact_the_better_one_is_read_and_the_other_kept() {
    let desk = Desk::new();
    let cells = [
        ("Gross weight", "5200 KGS"),
        ("Net weight", "5100 KGS"),
        ("Invoice date", "2016-01-01"),
        ("Shipment date", "2019-03-12"),
        ("Shipper", "A"),
        ("From", "KP"),
        ("To", "CN"),
        ("Goods", "anthracite"),
    ];
    let run = page(&desk, "a.csv", &table(&cells)).exits(1);
    run.tells(&["5,100 kg", "12 March 2019"]);
    // Where the cell of the better one is empty, the other is read.
    let cells: Vec<_> = cells.into_iter().map(|(name, cell)| (name, if name == "Net weight" { "" } else { cell })).collect();
    page(&desk, "b.csv", &table(&cells)).tells(&["5,200 kg"]);
}

#[test]
fn a_weight_takes_no_unit_of_pieces_and_no_currency() {
    let desk = Desk::new();
    let cells = [
        ("Net weight", "500"),
        ("Qty", "12"),
        ("Unit", "PCE"),
        ("Value", "90"),
        ("Ccy", "KGS"),
        ("From", "KP"),
        ("To", "CN"),
        ("Goods", "anthracite"),
        ("activity", "sale"),
        ("date", "2019"),
    ];
    let run = page(&desk, "a.csv", &table(&cells)).exits(1).complains(&["W0236", "`500` has no unit"]);
    assert!(!run.stdout.contains("500 pieces") && run.stdout.contains("90 KGS"), "{}", run.stdout);
    let cells = [
        ("Net weight (KGS)", "500"),
        ("From", "KP"),
        ("To", "CN"),
        ("Goods", "anthracite"),
        ("activity", "sale"),
        ("date", "2019"),
    ];
    page(&desk, "b.csv", &table(&cells)).exits(1).tells(&["500 kg"]);
}

#[test]
fn a_table_without_a_header_is_one_error_and_one_with_a_title_above_it_is_read() {
    let desk = Desk::new();
    let rows = "2019-03-12,sale,KP,CN,anthracite,2701,500 t\n2019-03-13,sale,KP,CN,anthracite,2701,500 t\n";
    let run = check(&desk, "a.csv", rows).exits(3).complains(&["E0128", "the first row names no columns", "interdict new csv"]);
    assert_eq!(run.json()["problems"].as_array().unwrap().len(), 1, "{}", run.stderr);
    // Rows of data above the names of the columns are no title.
    let rows = format!(
        "{rows}date,activity,from,to,item.description,item.hs,item.quantity\n2019-03-12,sale,KP,CN,anthracite,2701,5 t\n"
    );
    let run = check(&desk, "b.csv", &rows).exits(3).complains(&[
        "E0128",
        "the row that begins with `date`",
        "delete the rows above it",
    ]);
    assert_eq!(run.json()["problems"].as_array().unwrap().len(), 1, "{}", run.stderr);
    let titled = "Shipments of spring 2019,,,,\n,,,,\ndate,activity,from,to,item.description\n2019-03-12,sale,KP,CN,anthracite\n";
    let run = check(&desk, "c.csv", titled).exits(1).complains(&["the row that begins with `date` names the columns"]);
    assert_eq!(run.json()["problems"].as_array().unwrap().len(), 1, "{}", run.stderr);
}

#[test]
fn a_heading_that_nothing_knows_is_named_and_marks_its_rows() {
    let desk = Desk::new();
    let cells = [
        ("Shipper", "A"),
        ("Consignee", "B"),
        ("Exporting country", "CH"),
        ("Destination", "AT"),
        ("Goods", "cheese"),
        ("Zorblat", "7"),
    ];
    let run = page(&desk, "a.csv", &table(&cells)).exits(0).complains(&["the column `Zorblat` is no fact"]);
    run.tells(&["1 not wholly checked", "column `Zorblat`"]);
}
