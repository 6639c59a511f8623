//! Headings made of words: whose and what, in any order; tables of people and of ships; rows of sums, titles and groups above the header.
#![allow(clippy::string_slice, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use common::{Desk, Run, interdict, sheet_row as row, workbook};

/// The worst verdict of each transaction with a finding.
fn verdicts(run: &Run) -> Vec<String> {
    let report = run.json();
    let incidents = report["incidents"].as_array().unwrap().iter();
    let transactions = incidents.flat_map(|incident| incident["transactions"].as_array().unwrap().clone());
    let told = transactions.filter_map(|t| Some(format!("{} {}", t["id"].as_str()?, t["verdict"].as_str()?)));
    told.filter(|told| !told.ends_with(" none")).collect()
}

fn check(desk: &Desk, name: &str, text: impl AsRef<[u8]>) -> Run {
    let path = desk.write(name, text);
    interdict(["check".as_ref(), "--format".as_ref(), "json".as_ref(), path.as_os_str()])
}

fn page(desk: &Desk, name: &str, text: &str) -> Run {
    let path = desk.write(name, text);
    interdict(["check".as_ref(), "--brief".as_ref(), path.as_os_str()])
}

/// The columns that a run names as unread.
fn unread(run: &Run) -> Vec<String> {
    let report = run.json();
    let notes = report["not_checked"].as_array().unwrap().iter();
    notes.filter_map(|note| note["what"].as_str()).filter(|what| what.contains("column")).map(str::to_owned).collect()
}

/// A table of anthracite from the DPRK to China and of cheese that nobody forbids, with headings for date, seller, its country, buyer, its
/// country and goods.
fn trade(headings: &str) -> String {
    format!("{headings}\n2019-03-12,Paekma,KP,Sun,CN,anthracite\n2019-03-13,Hanse,DE,Sun,CN,cheese\n")
}

#[test]
fn a_heading_says_whose_and_what_in_any_order_and_language() {
    let desk = Desk::new();
    for headings in [
        "Date of invoice,Name of seller,Seller's country,Purchaser,Country of purchaser,Goods",
        "Inv. Dt.,Exporter,Exp. Ctry,Importer,Imp. Ctry,Cargo",
        "INVOICE DATE,SELLER,SELLER COUNTRY CODE,BUYER,BUYER'S CTRY,GOODS",
        "invoice_date,seller_name,seller_country,buyer_name,buyer_country,goods",
        "invoiceDate,sellerName,sellerCountry,buyerName,buyerCountry,goodsDescription",
        "Date facture,Vendeur,Pays vendeur,Client,Pays client,Marchandise",
        "Date d'expédition,Nom de l'exportateur,Pays exportateur,Nom importateur,Pays de l'importateur,Désignation des marchandises",
        "Fecha de la factura,Vendedor,País vendedor,Comprador,País comprador,Mercancía",
        "Fecha factura,Nombre exportador,País del exportador,Nombre importador,País importador,Mercancías",
        "Datum der Rechnung,Verkäufer,Verkäuferland,Käufer,Käuferland,Ware",
        "Rechnungsdatum,Name des Verkäufers,Land Verkäufer,Name Käufer,Land des Käufers,Warenbezeichnung",
        "Дата инвойса,Продавец,Страна продавца,Покупатель,Покупатель страна,Товар",
        "Дата отгрузки,Наименование экспортера,Экспортер (страна),Импортер,Государство импортера,Наименование товара",
        "发票日期,卖方,卖方国别,买方,买方所在国,货物",
        "装运日期,卖方名称,卖方的国家,买方名称,买方国家,商品名称",
        "Data da fatura,Exportador,País do exportador,Importador,País do importador,Mercadoria",
        "송장일자,수출자,수출국,수입자,수입국,품명",
        "التاريخ,البائع,بلد البائع,المشتري,بلد المشتري,البضاعة",
        "Date,Seller,Country,Buyer,Country,Product",
    ] {
        let run = check(&desk, "a.csv", trade(headings)).exits(1);
        assert_eq!(verdicts(&run), ["1 potential-violation"], "{headings}: {}", run.stderr);
        assert!(unread(&run).is_empty(), "{headings}: {:?}\n{}", unread(&run), run.stderr);
        run.complains(&["each row is read as `supply`"]);
    }
}

#[test]
fn payments_name_the_country_and_bank_of_each_side() {
    let desk = Desk::new();
    for headings in [
        "Value date,Ordering customer,Ordering country,Ordering bank,Beneficiary,Beneficiary country,Beneficiary's bank,Amount,Ccy",
        "Value date,Sender,Sender's country,Sender's bank,Receiver,Receiver's country,Receiving bank,Amount,Currency",
        "Fecha valor,Ordenante,País ordenante,Banco ordenante,Beneficiario,País beneficiario,Banco del beneficiario,Importe,Divisa",
        "Date de valeur,Donneur d'ordre,Pays donneur d'ordre,Banque du donneur d'ordre,Bénéficiaire,Pays bénéficiaire,Banque du bénéficiaire,Montant,Devise",
        "Дата платежа,Плательщик,Страна плательщика,Банк плательщика,Получатель платежа,Страна получателя платежа,Банк получателя,Сумма,Валюта",
        "Wertstellung,Auftraggeber,Land des Auftraggebers,Auftraggeberbank,Begünstigter,Land des Begünstigten,Bank des Begünstigten,Betrag,Währung",
        "付款日期,付款人,付款人国家,付款行,收款人,收款人国别,收款行,金额,币种",
    ] {
        let table = format!("{headings}\n2019-05-06,Hassan Trading,Kenya,Equity,Salaam Foods,Somalia,Dahab,12500,USD\n");
        let run = check(&desk, "a.csv", &table);
        assert!(unread(&run).is_empty(), "{headings}: {:?}", unread(&run));
        run.complains(&["each row is read as `funds-transfer`"]);
    }
}

#[test]
fn a_payroll_is_a_list_of_people_who_are_employed() {
    let desk = Desk::new();
    for (headings, pay) in [
        ("Name,Nationality,Employer,Employer country,Job,Salary,Start date", "700 USD"),
        ("Employee name,Citizenship,Employer,Place of work,Occupation,Gross wage (USD),Month", "700"),
        ("ФИО,Гражданство,Работодатель,Место работы,Должность,\"Начислено, руб.\",Дата", "48000"),
        ("Nom et prénom,Nationalité,Employeur,Lieu de travail,Poste,Salaire (EUR),Mois", "700"),
        ("Nombre y apellidos,Nacionalidad,Empleador,País de trabajo,Puesto,Salario (EUR),Fecha de inicio", "700"),
        ("Name,Staatsangehörigkeit,Arbeitgeber,Arbeitsort,Tätigkeit,Bruttolohn (EUR),Monat", "700"),
        ("姓名,国籍,用人单位,工作国家,工种,工资（元）,月份", "2000"),
    ] {
        let table = format!(
            "{headings}\nKim Chol Su,North Korea,Dalstroy,Russia,bricklayer,{pay},2021-03\nIvan Petrov,Bulgaria,Dalstroy,Russia,bricklayer,{pay},2021-03\n"
        );
        let run = check(&desk, "a.csv", &table).exits(1);
        assert_eq!(verdicts(&run), ["1 potential-violation"], "{headings}: {}", run.stderr);
        assert!(unread(&run).is_empty(), "{headings}: {:?}", unread(&run));
        run.complains(&["each row is read as `employment`"]);
        page(&desk, "a.csv", &table).tells(&[
            "S/RES/2397 (2017) para 8",
            "employment: 1 bricklayer of DPRK",
            "Dalstroy",
            "Kim Chol Su",
        ]);
    }
    // A list of goods with a name in it is none of people.
    let run = check(&desk, "b.csv", "date,from,to,name,goods\n2019-03-12,KP,CN,x,anthracite\n");
    run.exits(3).complains(&["the column `name` is no fact", "did you mean"]);
}

#[test]
fn calls_of_ships_have_a_stay_and_an_empty_hold_is_empty() {
    let desk = Desk::new();
    for (headings, cargo) in [
        ("Vessel,Flag,Port,Arrival,Departure,Cargo", "in ballast"),
        ("Vessel name,Flag state,Port of call,ATA,ATD,Cargo", "empty"),
        ("Ship,Ship's flag,Port,Arrival date,Date of departure,Cargo", "nil"),
        ("Navire,Pavillon,Port d'escale,Date d'arrivée,Date de départ,Cargaison", "vide"),
        ("Buque,Bandera,Puerto,Llegada,Salida,Carga", "en lastre"),
        ("Судно,Флаг,Порт,Прибытие,Отход,Груз", "порожний"),
        ("Schiff,Flagge,Hafen,Ankunft,Abfahrt,Ladung", "leer"),
        ("船名,船旗,港口,到港日期,离港日期,货物", "空载"),
    ] {
        let table = format!("{headings}\nPAEKTU,DPRK,Busan,2019-07-03 06:00,2019-07-08 12:00,{cargo}\n");
        let run = page(&desk, "a.csv", &table).exits(0);
        let run = run.complains(&["each row is read as `port-call`", "as no goods: nothing is on board"]);
        run.tells(&["NO FINDING", "PAEKTU", "port call", "3 to 8 July 2019"]);
    }
    // Who carries something is asked.
    let table =
        "Vessel,Flag,Port of loading,Port of discharge,Date,Cargo\nPAEKTU,DPRK,Nampo,Dalian,2019-07-03,empty shell casings\n";
    page(&desk, "b.csv", table).exits(1).tells(&["empty shell casings"]);
    let yaml = |items: &str| {
        format!(
            "id: a\ntransactions:\n  - {{activity: supply, date: 2019-05-05, from: China, to: North Korea, items: {items}}}\n"
        )
    };
    for items in ["[in ballast]", "[{description: in ballast}]", "[{description: порожний, quantity: 0 t}]", "[en lastre]"]
    {
        page(&desk, "c.yaml", &yaml(items)).exits(0).tells(&["No finding"]);
    }
    for items in ["[ballast stone]", "[lamp ballasts]", "[empty bottles]", "[{description: in ballast, quantity: 5 t}]"] {
        let run = page(&desk, "d.yaml", &yaml(items));
        assert!(!run.stderr.contains("nothing is on board"), "{items}: {}", run.stderr);
    }
}

#[test]
fn two_columns_that_speak_of_the_act_do_not_cancel_each_other() {
    let desk = Desk::new();
    let table = |way: &str| {
        format!(
            "申报日期,收发货人,贸易方式,进出口,原产国,启运国,商品编号,商品名称,数量,单位\n2018年5月3日,丹东华阳贸易有限公司,{way},进口,朝鲜,朝鲜,27011100,无烟煤,3200,吨\n"
        )
    };
    let run = page(&desk, "a.csv", &table("一般贸易")).exits(1);
    run.tells(&["POTENTIAL VIOLATION", "supply: 无烟煤, 3,200 t", "丹东华阳贸易有限公司"]);
    let run = page(&desk, "a.csv", &table("紫色")).exits(1);
    run.complains(&["`紫色` of the column"]).tells(&["POTENTIAL VIOLATION", "supply: 无烟煤"]);
}

const SHIPMENTS: &str = "Date,Exporter,Exporter country,Importer,Importer country,Goods,Weight (kg)\n\
    2019-03-12,Paekma,DPRK,Sun,China,anthracite,5000\n";

#[test]
fn a_row_of_sums_is_left_out_with_a_note_and_one_with_goods_is_not() {
    let desk = Desk::new();
    for sums in [
        "Total,,,,,,5000",
        "TOTAL:,,,,,,\"5,000\"",
        ",,,,,Grand total,5000 kg",
        "Subtotal,,,,,,",
        "Итого,,,,,,5000",
        "Всего,,,,,,5000",
        "Summe,,,,,,5000",
        "Total général,,,,,,5000",
        ",,,,,Suma total,5000",
        "合计,,,,,,5000",
        "Total 1,,,,,,5000",
        "Total,,5000",
    ] {
        let run = check(&desk, "a.csv", format!("{SHIPMENTS}{sums}\n")).exits(1);
        assert_eq!(verdicts(&run), ["1 potential-violation"], "{sums}");
        assert_eq!(run.json()["summary"]["transactions"], 1, "{sums}: {}", run.stderr);
        run.complains(&["this row holds sums and is no transaction", "a.csv:3:1"]);
    }
    // What has goods, a State or a day in it is no sum.
    for (kept, exit) in [
        ("2019-03-14,Total,France,Sun,China,fuel,5000", 1),
        (",Total,DPRK,Sun,China,anthracite,5000", 1),
        (",Total,,,,anthracite,5000", 1),
        ("Total,,DPRK,,China,anthracite,5000", 3),
    ] {
        let run = check(&desk, "a.csv", format!("{SHIPMENTS}{kept}\n")).exits(exit);
        assert_eq!(run.json()["summary"]["transactions"], 2, "{kept}: {}", run.stderr);
    }
    let numbered = SHIPMENTS.replacen('\n', "\n1,2,3,4,5,6,7\n", 1);
    let run = check(&desk, "a.csv", numbered).exits(1).complains(&["this row numbers the columns"]);
    assert_eq!(run.json()["summary"]["transactions"], 1);
}

#[test]
fn the_header_is_found_below_titles_and_above_the_names_of_grouped_columns() {
    let desk = Desk::new();
    for top in [
        "Shipments of spring 2019\n",
        "Shipments, spring 2019;;\n",
        "Customs declarations March 2019,,,,,,\nOffice: Dandong,,,,,,\n,,,,,,\n",
        "\n\nReport\n\n",
    ] {
        let run = check(&desk, "a.csv", format!("{top}{SHIPMENTS}")).exits(1);
        assert_eq!(verdicts(&run), ["1 potential-violation"], "{top}: {}", run.stderr);
        run.complains(&["the row that begins with `Date` names the columns", "what stands above it was not read"]);
    }
    let semicolons = format!("Declarations, by office, and by month\n{}", SHIPMENTS.replace(',', ";"));
    assert_eq!(verdicts(&check(&desk, "a.csv", semicolons).exits(1)), ["1 potential-violation"]);
    for groups in [
        "Seller,,Buyer,,,\nName,Country,Name,Country,Goods,Invoice date\nPaekma,DPRK,Sun,China,anthracite,2019-03-12\n",
        "Exporter,,Importer,,Goods,Date\nName,Country,Name,Country,,\nPaekma,DPRK,Sun,China,anthracite,2019-03-12\n",
        "Продавец;;Покупатель;;Товар;Дата\nНаименование;Страна;Наименование;Страна;;\nПэкма;КНДР;Сан;Китай;антрацит;2019-03-12\n",
    ] {
        let run = check(&desk, "b.csv", groups).exits(1);
        assert_eq!(verdicts(&run), ["1 potential-violation"], "{groups}: {}", run.stderr);
        assert!(unread(&run).is_empty(), "{groups}: {:?}", unread(&run));
    }
    let sheet = [
        row(1, &["Outgoing payments Q2 2022"]),
        row(2, &["Ordering party", "", "", "Beneficiary"]),
        row(3, &["Name", "Country", "Bank", "Name", "Country", "Bank", "Amount", "Currency", "Value date"]),
        row(4, &["Nordbau AG", "Germany", "Commerzbank", "Accra Timber", "Ghana", "GCB", "7000", "EUR", "2022-05-05"]),
    ];
    let run = check(&desk, "c.xlsx", workbook(&[("Data", "visible", &sheet.concat())])).exits(0);
    assert!(unread(&run).is_empty(), "{:?}", unread(&run));
    run.complains(&["each row is read as `funds-transfer`", "`Outgoing payments Q2 2022`"]);
    // Data above the names of columns is no title.
    let data =
        "2019-03-12,KP,CN,anthracite,5 t\ndate,from,to,item.description,item.quantity\n2019-03-12,KP,CN,anthracite,500 t\n";
    check(&desk, "d.csv", data).exits(3).complains(&["E0128", "the row that begins with `date`"]);
}

#[test]
fn dates_and_numbers_of_a_column_are_read_as_its_other_rows_show() {
    let desk = Desk::new();
    let table = |rows: &[(&str, &str)]| {
        let lines = rows.iter().map(|(date, weight)| format!("{date};Paekma;DPRK;Sun;China;anthracite;{weight}\n"));
        format!("Date;Seller;Seller country;Buyer;Buyer country;Goods;Weight (kg)\n{}", lines.collect::<String>())
    };
    let run = page(&desk, "a.csv", &table(&[("04/08/2017", "18.000"), ("25/08/2017", "1.250,50")])).exits(1);
    let run = run.complains(&["read as dd/mm/yyyy, since `25/08/2017`", "a comma before decimals, since `1.250,50`"]);
    assert!(!run.stderr.contains("could be") && run.stdout.contains("1,250.5 kg"), "{}{}", run.stderr, run.stdout);
    assert!(run.stdout.contains("4 August 2017"), "{}", run.stdout);
    let run = page(&desk, "b.csv", &table(&[("04/08/2018", "18.000"), ("08/25/2018", "1,250.50")])).exits(1);
    run.complains(&["read as mm/dd/yyyy", "a dot before decimals"]).tells(&["8 April 2018", "18 kg"]);
    // Rows that contradict each other show nothing.
    let rows = [("04/08/2018", "18.000"), ("08/25/2018", "1,250.50"), ("25/08/2018", "1.250,50")];
    let run = page(&desk, "c.csv", &table(&rows)).exits(1).complains(&["`04/08/2018` could be", "`18.000` could be"]);
    assert!(!run.stderr.contains("are read as"), "{}", run.stderr);
    // What is declared is not inferred.
    let path = desk.write("d.csv", table(&[("04/08/2018", "1"), ("25/08/2018", "1")]));
    let args = ["check".as_ref(), "--csv-dates".as_ref(), "dd/mm/yyyy".as_ref(), path.as_os_str()];
    assert!(!interdict(args).stderr.contains("are read as"));
}

#[test]
fn goods_beside_the_formats_own_headings_are_those_of_the_item() {
    let desk = Desk::new();
    for headings in [
        "description,quantity,from,to,id,date",
        "goods,quantity,from,to,id,date",
        "Description,Qty,from.country,to.country,id,date",
    ] {
        let run =
            check(&desk, "a.csv", format!("{headings}\nanthracite,500 t,KP,CN,a,2019-03-12\ncheese,5 t,DE,CN,b,2019-03-12\n"));
        assert_eq!(verdicts(&run.exits(1)), ["a potential-violation"], "{headings}");
    }
}

#[test]
fn a_heading_that_is_nearly_one_or_says_it_twice_is_named() {
    let desk = Desk::new();
    let run = page(&desk, "a.csv", "Sellers cuontry,Buyer,Buyer country,Goods,Date\nDPRK,Sun,China,anthracite,2019-03-12\n");
    run.complains(&["the column `Sellers cuontry` is no fact"]).tells(&["column `Sellers cuontry`"]);
    let table = "Seller,Seller country,Country of seller,Buyer,Buyer country,Goods,Date\nPaekma,DPRK,China,Sun,China,anthracite,2019-03-12\n";
    page(&desk, "b.csv", table).exits(1).tells(&["POTENTIAL VIOLATION", "DPRK: Paekma -> China: Sun"]);
    let run =
        check(&desk, "c.csv", "date,activity,from,to,item.description,Currency,item.value\n2018-05-01,sale,KP,CN,coal,USD,200\n");
    let run = run.exits(1);
    assert!(!run.stderr.contains("of the row"), "{}", run.stderr);
    assert!(run.stdout.contains("200 USD"), "{}", run.stdout);
}

#[test]
fn a_table_of_seventeen_thousand_columns_is_read_in_a_second() {
    let desk = Desk::new();
    for name in ["a", "zz y", "из", "国"] {
        let count = 100_000 / (name.len() + 2);
        let header: Vec<String> = (0..count).map(|at| format!("{name}{}", at % 10)).collect();
        let path = desk.write("wide.csv", format!("id,{}\n", header.join(",")));
        let start = std::time::Instant::now();
        interdict(["check".as_ref(), path.as_os_str()]);
        assert!(start.elapsed().as_secs() < 30, "{name}: {:?}", start.elapsed());
    }
}
