//! Records as systems write them: keys that tables have as headings, facts in envelopes, values in parts, keys with a slip. Each means
//! what it means in the words of the format, and nothing that it tells is lost.
#![allow(clippy::string_slice, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use common::{Desk, Run, interdict};
use serde_json::Value;

fn check(name: &str, text: &str) -> Run {
    let desk = Desk::new();
    let path = desk.write(name, text);
    interdict(["check".into(), "--format".into(), "json".into(), "--near-misses".into(), path.into_os_string()])
}

fn transaction(run: &Run) -> Value {
    run.json()["incidents"][0]["transactions"][0].clone()
}

/// The rules that find something, each with its verdict.
fn findings(run: &Run) -> Vec<String> {
    let transaction = transaction(run);
    let finding = |finding: &Value| format!("{} {}", finding["rule"].as_str().unwrap(), finding["verdict"].as_str().unwrap());
    // A stream tells nothing of a transaction of which there is nothing to say.
    let mut all: Vec<String> = transaction["findings"].as_array().into_iter().flatten().map(finding).collect();
    all.sort();
    all
}

/// A value without the places and digests that depend on the text of the file.
fn page(run: &Run) -> Value {
    let page = transaction(run)["page"].clone();
    serde_json::json!([page["from"], page["to"], page["objects"], page["together"], transaction(run)["date"]])
}

/// True if the verdict of the only transaction is one of a breach of coal.
#[track_caller]
fn is_coal(name: &str, text: &str) -> Run {
    let run = check(name, text);
    assert!(!run.stderr.contains("error["), "{text}\n{}", run.stderr);
    assert!(findings(&run).contains(&"dprk-coal potential-violation".to_owned()), "{text}\n{:?}\n{}", findings(&run), run.stderr);
    run
}

#[test]
fn keys_that_tables_have_as_headings_are_read_in_each_form_and_language() {
    for keys in [
        ["Exporter Country", "Importer Country", "Goods Description", "Shipment date"],
        ["exporterCountry", "importerCountry", "productDescription", "shipmentDate"],
        ["exporter_country", "country_of_import", "description_of_goods", "transactionDate"],
        ["EXPORTING COUNTRY", "Country of Destination", "commodityDescription", "date of shipment"],
        ["страна отправления", "страна назначения", "наименование товара", "дата отгрузки"],
        ["pays d'exportation", "pays de destination", "désignation des marchandises", "date d'expédition"],
        ["país de exportación", "país de destino", "descripción de la mercancía", "fecha de embarque"],
        ["启运国", "目的国", "货物名称", "装船日期"],
        ["from.country", "to.country", "item.description", "date"],
    ] {
        let values = ["KP", "CN", "coal", "2019-01-02"];
        let record: serde_json::Map<String, Value> =
            keys.iter().zip(values).map(|(key, value)| ((*key).to_owned(), value.into())).collect();
        let mut record = record;
        if keys[0] == "from.country" {
            record.insert("activity".into(), "supply".into());
        }
        let json = serde_json::to_string(&record).unwrap();
        is_coal("a.json", &json);
        is_coal("a.ndjson", &format!("{json}\n"));
        is_coal("a.yaml", &serde_json::to_string_pretty(&record).unwrap());
        let told = is_coal("a.json", &serde_json::json!({"id": "a", "transactions": [record]}).to_string());
        assert_eq!(
            told.json()["summary"]["not_wholly_checked"],
            check("b.csv", "date,activity,from.country,to.country,item.description\n2019-01-02,supply,KP,CN,coal\n").json()["summary"]
                ["not_wholly_checked"]
        );
    }
}

#[test]
fn a_payment_is_read_as_in_a_table() {
    let line = r#"{"txn":"P2","value_date":"2019-07-02","ordering_customer":"Golden Trade Ltd","ordering_country":"SG","beneficiary":"Foreign Trade Bank of the DPRK","beneficiary_country":"KP","amount":480000,"currency":"USD"}"#;
    let run = check("a.ndjson", &format!("{line}\n"));
    assert!(!run.stderr.contains("error[") && !run.stderr.contains("has no unit"), "{}", run.stderr);
    let page = page(&run).to_string();
    assert!(page.contains("480,000 USD") && page.contains("DPRK"), "{page}\n{}", run.stderr);
    assert_eq!(transaction(&run)["id"], "P2");
    let innocent = line.replace("Foreign Trade Bank of the DPRK", "J. Lee").replace("\"KP\"", "\"KR\"");
    let run = check("a.ndjson", &format!("{innocent}\n")).exits(0);
    assert!(findings(&run).is_empty(), "{:?}", findings(&run));
    for (amount, read) in [
        (r#""activity":"funds-transfer","amount":480000,"currency":"USD""#, "paid: 480,000 USD"),
        (r#""activity":"payment","amount":"480,000","ccy":"EUR""#, "paid: 480,000 EUR"),
        (r#""activity":"funds-transfer","payment":{"amount":500,"currency":"CHF"}"#, "paid: 500 CHF"),
    ] {
        let run =
            check("a.ndjson", &format!("{{\"id\":\"a\",\"date\":\"2019-07-02\",\"from\":\"SG\",\"to\":\"KP\",{amount}}}\n"));
        assert!(transaction(&run)["page"].to_string().contains(read), "{amount}: {}\n{}", transaction(&run)["page"], run.stderr);
    }
}

#[test]
fn one_ship_is_one_ship_and_a_time_is_no_place() {
    let line = r#"{"vessel":"TAE YANG","imo":8306929,"flag":"KP","activity":"port-call","port":"Dalian","arrival":"2019-08-02T04:10:00Z","departure":"2019-08-05T11:00:00Z"}"#;
    for keys in [line.to_owned(), line.replace("\"vessel\"", "\"vesselName\"").replace("\"flag\"", "\"flagState\"")] {
        let run = check("a.json", &format!("{{\"id\":\"a\",\"transactions\":[{keys}]}}"));
        let page = transaction(&run)["page"].to_string();
        assert!(!page.contains("T04:10") && !page.contains("unnamed ship"), "{page}");
        assert_eq!(page.matches("8306929").count(), 1, "{page}");
        assert!(transaction(&run)["date"].to_string().contains("2019-08-02"), "{}", transaction(&run)["date"]);
        assert!(!run.stderr.contains("error["), "{}", run.stderr);
    }
    // Two names are two ships.
    let two = "id: a\ntransactions: [{activity: port-call, date: 2019-08, ship: A One, vessel_name: B Two, flag: KP}]\n";
    let page = transaction(&check("a.yaml", two))["page"].to_string();
    assert!(page.contains("A One") && page.contains("B Two"), "{page}");
    // A place under `arrival` stays one, and a time beside a date is kept.
    let place = "id: a\ntransactions: [{activity: supply, date: 2019-08, departure: Nampo, arrival: Dalian, goods: coal}]\n";
    is_coal("a.yaml", place);
    let beside = "id: a\ntransactions: [{activity: supply, date: 2019-08-01, from: KP, to: CN, goods: coal, eta: 2019-08-09}]\n";
    let run = is_coal("a.yaml", beside);
    assert!(transaction(&run)["date"].to_string().contains("2019-08-01"));
}

#[test]
fn facts_in_envelopes_are_facts_of_the_transaction() {
    for text in [
        r#"{"shipment":{"date":"2019-01-02","type":"IMPORT","goodsDescription":"coal","quantity":{"value":12000,"unit":"MT"},"exporter":{"name":"A","countryCode":"PRK"},"importer":{"name":"B","countryCode":"CHN"}}}"#,
        r#"{"header":{"orderDate":"2019-01-02","activity":"sale","seller":{"name":"A","country":"KP"},"customer":{"name":"B","country":"CN"}},"lines":[{"material":"coal","qty":2,"unit":"t"}],"date":"2019-01-02"}"#,
        r#"{"data":[{"date":"2019-01-02","activity":"sale","from":"KP","to":"CN","items":["coal"]}]}"#,
        r#"{"incident":{"id":"x","transactions":[{"date":"2019-01-02","activity":"sale","from":"KP","to":"CN","items":["coal"]}]}}"#,
        r#"{"payload":{"header":{"date":"2019-01-02","activity":"sale","from":"KP","to":"CN"},"lines":["coal"]}}"#,
    ] {
        is_coal("a.json", text);
    }
    // A carrier that is a ship, and a party that has a number in the system.
    let ship = r#"{"date":"2019-01-02","activity":"supply","from":"KP","to":"CN","goods":"coal","carrier":{"vesselName":"Palekh","flagState":"Russia"},"seller":{"code":"DE01","name":"Nord GmbH"}}"#;
    let run = is_coal("a.ndjson", &format!("{ship}\n"));
    assert!(!run.stderr.contains("error["), "{}", run.stderr);
    let told = transaction(&run)["page"].to_string();
    assert!(told.contains("flag Russia") && told.contains("Palekh") && told.contains("Nord GmbH"), "{told}");
    // The code of a bank is its BIC, and is not left out.
    let bank = ship.replace(r#"{"code":"DE01","name":"Nord GmbH"}"#, r#"{"code":"FTBDKPPY","name":"Nord Bank"}"#);
    check("a.ndjson", &format!("{bank}\n")).complains(&["error[E0201]"]);
    // The country of an address is that of the party, and a unit alone counts the goods.
    let address = r#"{"date":"2019-07-02","activity":"sale","consignor":{"name":"A","address":{"city":"Dandong","state":"LN","country":"CN"}},"consignee":{"name":"B","address":{"city":"Pyongyang","countryCode":"KP"}},"goods":[{"desc":"cognac XO","pcs":240}]}"#;
    let run = check("a.ndjson", &format!("{address}\n"));
    let told = transaction(&run)["page"].to_string();
    assert!(["China", "DPRK", "240 pieces"].iter().all(|fact| told.contains(fact)), "{told}");
    assert!(findings(&run).contains(&"dprk-lux potential-violation".to_owned()), "{:?}", findings(&run));
    // Goods that a shipment is stay goods.
    let run = check(
        "a.yaml",
        "id: a\ntransactions: [{activity: sale, date: 2019-01-02, from: KP, to: CN, shipment: {description: coal, quantity: 5 t}}]\n",
    );
    assert!(page(&run).to_string().contains("coal"), "{}", page(&run));
    // What the transaction tells itself is told twice, and told so.
    let twice = r#"{"id":"a","date":"2019-01-02","activity":"sale","from":"KP","to":"CN","goods":"coal","header":{"date":"2012-01-02","to":"FR"}}"#;
    let run = is_coal("a.ndjson", &format!("{twice}\n"));
    run.complains(&["W0243", "`date` of `header`", "`to` of `header`"]);
}

#[test]
fn lists_in_envelopes_are_read_and_an_envelope_that_nothing_knows_is_an_error() {
    let coal = r#"{"date":"2019-01-02","exporter":"A","exporterCountry":"KP","importer":"B","importerCountry":"CN","goodsDescription":"coal"}"#;
    for envelope in [
        r#"{"data":{"shipments":{"edges":[{"node":COAL}],"pageInfo":{"hasNextPage":false}}}}"#,
        r#"{"took":4,"hits":{"total":{"value":1},"hits":[{"_index":"cargo","_id":"a1","_score":1.0,"_source":COAL}]}}"#,
        r#"{"orders":[COAL]}"#,
        r#"{"result":[COAL]}"#,
        r##"{"@odata.context":"https://x.example/$metadata#Shipments","@odata.count":1,"value":[COAL]}"##,
        r#"{"jsonrpc":"2.0","id":1,"result":COAL}"#,
        r#"{"status":200,"message":"OK","shipments":[COAL]}"#,
        r#"{"status":{"code":200,"shipments":[COAL]}}"#,
        r#"{"invoices":[COAL]}"#,
        r#"{"declarations":[COAL]}"#,
        r#"{"перевозки":[{"дата отгрузки":"2019-01-02","страна отправления":"КНДР","страна назначения":"Китай","наименование груза":"уголь"}]}"#,
    ] {
        is_coal("a.json", &envelope.replace("COAL", coal));
    }
    // What stands beside the list and may bear on it is told.
    let run = is_coal("a.json", &format!(r#"{{"orders":[{coal}],"approved":{{"by":"someone"}}}}"#));
    run.complains(&["`approved` stands around the transactions"]);
    for unknown in [
        r#"{"data":{"stuff":[{"colour":"red"}]}}"#,
        r#"{"result":{"thing":{"colour":"red"}}}"#,
        r#"{"things":[{"colour":"red"}]}"#,
    ] {
        let run = check("a.json", unknown).exits(3);
        assert!(["rename `", "E0201", "E0202"].iter().any(|said| run.stderr.contains(said)), "{unknown}\n{}", run.stderr);
    }
}

#[test]
fn payments_of_iso_20022_are_read_in_their_short_names() {
    let payment = r#"{"PmtId":{"EndToEndId":"E2E"},"IntrBkSttlmDt":"2019-04-02","IntrBkSttlmAmt":{"Ccy":"USD","value":"760000.00"},"Dbtr":{"Nm":"Weitong","PstlAdr":{"Ctry":"CN"}},"Cdtr":{"Nm":"Foreign Trade Bank","PstlAdr":{"Ctry":"KP"}},"RmtInf":{"Ustrd":"Coal"}}"#;
    let pacs = format!(r#"{{"FIToFICstmrCdtTrf":{{"GrpHdr":{{"MsgId":"A"}},"CdtTrfTxInf":[{payment}]}}}}"#);
    // An instruction tells who pays, and when, once for all of its payments.
    let instruction = r##"{"PmtInfId":"P","PmtMtd":"TRF","ReqdExctnDt":{"Dt":"2019-04-02"},"Dbtr":{"Nm":"Weitong","PstlAdr":{"Ctry":"CN"}},"CdtTrfTxInf":[{"PmtId":{"EndToEndId":"E2E"},"Amt":{"InstdAmt":{"@Ccy":"USD","#text":"760000.00"}},"Cdtr":{"Nm":"Foreign Trade Bank","PstlAdr":{"Ctry":"KP"}},"RmtInf":{"Ustrd":["Coal"]}}]}"##;
    let one = format!(r#"{{"CstmrCdtTrfInitn":{{"GrpHdr":{{"MsgId":"A"}},"PmtInf":{instruction}}}}}"#);
    let several = one.replace(instruction, &format!("[{instruction}]"));
    let pain =
        [format!(r#"{{"Document":{one}}}"#), format!(r#"{{"AppHdr":{{"To":"X"}},"Document":{several}}}"#), one, several.clone()];
    // What is no instruction among them takes nothing away from the others.
    let broken = several.replace(instruction, &format!("{instruction},\"x\""));
    check("a.json", &broken).exits(3).complains(&["error["]);
    let empty = several
        .replace(instruction, &format!("{instruction},{}", r#"{"PmtInfId":"Q","Dbtr":{"Nm":"Nobody","PstlAdr":{"Ctry":"KP"}}}"#));
    let run = check("a.json", &empty);
    assert!(run.stdout.contains("Nobody") && run.stdout.contains("Weitong"), "{}", run.stdout);
    for message in [pacs.clone(), format!(r#"{{"Document":{pacs}}}"#)].into_iter().chain(pain) {
        let run = check("a.json", &message);
        assert!(!run.stderr.contains("error["), "{message}\n{}", run.stderr);
        let told = transaction(&run).to_string();
        assert!(told.contains("Weitong") && told.contains("Foreign Trade Bank"), "{message}\n{told}\n{}", run.stderr);
        assert!(transaction(&run)["date"].to_string().contains("2019-04-02"), "{message}\n{told}");
        assert!(transaction(&run)["page"].to_string().contains("funds-transfer"), "{message}\n{told}");
        assert!(!findings(&run).is_empty(), "{message}\n{}", run.stderr);
    }
}

#[test]
fn a_creditor_is_paid_and_two_ships_of_a_record_have_their_parts() {
    for text in [
        r#"{"id":"p","date":"2019-08-13","debtorName":"Cairo Co","debtorCountry":"EG","creditorName":"Green Pine","creditorCountry":"KP","amount":20000,"currency":"USD"}"#,
        r#"{"id":"p","date":"2019-08-13","activity":"funds-transfer","debtor":{"name":"Cairo Co","country":"EG"},"creditor":{"name":"Green Pine","country":"KP"},"payment":"20000 USD"}"#,
        r#"{"id":"p","date":"2019-08-13","activity":"funds-transfer","payment":"20000 USD","parties":[{"role":"debtor","name":"Cairo Co","country":"EG"},{"role":"creditor","name":"Green Pine","country":"KP"}]}"#,
    ] {
        let run = check("a.ndjson", &format!("{text}\n"));
        let told = transaction(&run).to_string();
        assert!(told.contains("Cairo") && told.contains("Green Pine"), "{text}\n{told}\n{}", run.stderr);
        assert!(findings(&run).iter().any(|told| told.starts_with("dprk-fin-serv")), "{text}\n{:?}", findings(&run));
    }
    for text in [
        "from_ship: {name: Shang Yuan Bao, flag: Panama}\nto_ship: {name: Paek Ma, flag: KP}\n",
        "giving_vessel: {name: Shang Yuan Bao, flag: Panama}\nreceiving_vessel: {name: Paek Ma, flag: KP}\n",
        "vessel: {name: Shang Yuan Bao, flag: Panama}\nencounter: {type: ship-to-ship transfer, vessel: {name: Paek Ma, flag: KP}}\n",
        "vessel_1: {name: Shang Yuan Bao, flag: Panama}\nvessel_2: {name: Paek Ma, flag: KP}\n",
    ] {
        let run =
            check("a.yaml", &format!("id: s\ndate: 2018-10-18\nactivity: ship-to-ship-transfer\nitems: [gasoline]\n{text}"));
        assert!(!run.stderr.contains("error["), "{text}\n{}", run.stderr);
        assert!(
            findings(&run).iter().any(|told| told.starts_with("dprk-ship-sts")),
            "{text}\n{:?}\n{}",
            findings(&run),
            run.stderr
        );
        assert!(transaction(&run)["page"].to_string().contains("Shang Yuan Bao"), "{text}");
    }
    // The State of the flag is that of the ship, and no party.
    let flag = r#"{"id":"x","date":"2019-05-02","activity":"ship-to-ship-transfer","vesselName":"Sam Jong 2","flagState":"North Korea","cargo":"gasoil"}"#;
    check("a.ndjson", &format!("{flag}\n")).complains(&["write `vessels: {flag: North Korea}`"]);
    let listed = r#"{"id":"x","date":"2019-05-02","activity":"port-call","vessel":{"name":"X","flag":"KP","unDesignated":true},"port":"Ningbo"}"#;
    assert!(check("a.ndjson", &format!("{listed}\n")).stdout.contains("a list that is not named"));
}

#[test]
fn an_amount_in_the_list_of_goods_is_that_of_the_goods_before_it() {
    for (items, amount) in
        [("[rice, '5,000 t']", "5000 t"), ("[rice, 5,000 t]", "5000 t"), ("[rice, 500 bags]", "500 bags"), ("[rice, 3 t]", "3 t")]
    {
        let run = check("a.yaml", &format!("id: x\ndate: 2023-05\nactivity: sale\nfrom: CN\nto: KP\nitems: {items}\n"));
        let run = run.complains(&["as the amount of `rice` before it"]);
        assert!(findings(&run).iter().all(|told| !told.contains("insufficient")), "{items}, {amount}: {:?}", findings(&run));
    }
    let run = is_coal("a.yaml", "id: x\ndate: 2019-05\nactivity: sale\nfrom: KP\nto: CN\nitems: [coal, 3 t, 122 mm rockets]\n");
    assert!(findings(&run).iter().any(|told| told.starts_with("dprk-arm-from")), "{:?}", findings(&run));
}

#[test]
fn values_in_parts_are_read_as_one() {
    let whole =
        "{activity: sale, date: 2019-01-02, from: KP, to: CN, items: [{description: coal, quantity: 5000 t, value: 5 USD}]}";
    let parts = "{activity: sale, date: {year: 2019, month: 1, day: 2}, from: {country: {code: KP, name: North Korea}}, to: CN, cargo: [{type: coal, weight: {value: 5000, unit: t}, price: {amount: 5, currency: USD}}]}";
    let file = |transaction: &str| format!("id: a\ntransactions: [{transaction}]\n");
    let (whole, parts) = (check("a.yaml", &file(whole)), check("a.yaml", &file(parts)));
    assert!(!parts.stderr.contains("error["), "{}", parts.stderr);
    assert_eq!((page(&whole), findings(&whole)), (page(&parts), findings(&parts)), "{}", parts.stderr);
    let run = check(
        "a.yaml",
        &file(
            "{activity: sale, date: 2019-01-02, seller: {name: X, country: North Korea}, buyer: {name: Y, address: {city: Windhoek, country: Namibia}}, items: [statue], route: [{port: Osaka, date: 2018-12-01}, {place: Nakhodka}], ship: {name: Hua Fu, owner: {name: Zhang Invented, country: China}}}",
        ),
    );
    assert!(!run.stderr.contains("error["), "{}", run.stderr);
    let page = transaction(&run)["page"].to_string() + &transaction(&run)["names"].to_string();
    for told in ["Osaka", "Nakhodka", "Hua Fu"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    // What cannot be read in parts is one problem, with what to do.
    let run = check("a.yaml", &file("{activity: sale, from: KP, to: CN, items: [coal], purpose: [{a: 1}, {b: 2}, {c: 3}]}"));
    assert_eq!(run.stderr.matches("E0115").count(), 1, "{}", run.stderr);
    run.complains(&["= help: write the word"]);
}

#[test]
fn a_key_with_one_slip_is_read_where_it_can_be_but_one() {
    let coal = "activity: sale, date: 2019-01-02, from: KP, to: CN, items: [coal]";
    let file = |line: &str| format!("id: a\ntransactions: [{{{line}}}]\n");
    for (right, wrong) in
        [("activity", "activty"), ("activity", "actvity"), ("items", "itmes"), ("items", "itemms"), ("date", "datee")]
    {
        let run = is_coal("a.yaml", &file(&coal.replacen(right, wrong, 1)));
        run.complains(&["W0242", wrong]);
    }
    for line in ["qantity: 5,000 t", "quantitty: 5000 t", "transprt: sea"] {
        let run = is_coal("a.yaml", &file(&format!("{coal}, \"{}\"", line.replacen(": ", "\": \"", 1))));
        run.complains(&["W0242"]);
    }
    // A key of another record, a second one, one of two slips, and a value that is none stay mistakes.
    for line in ["form: KP", "itmes: [rifles]", "qntty: 5 t", "rate: 3 per cent"] {
        let run = check("a.yaml", &file(&format!("{coal}, {line}")));
        assert!(run.stderr.contains("E0201") || run.stderr.contains("W0243"), "{line}: {}", run.stderr);
    }
    let leave = "activity: gift, date: 2020-11-09, from: US, to: KP, items: [{description: X-ray machine, hs: 9022.14}], authorisations: [{by: committee, date: 2020-09-01, covers: X-ray machines, KEY: 2021-09-01}]";
    let expected = findings(&check("a.yaml", &file(&leave.replace("KEY", "valid_until"))));
    for key in ["valid_till", "valid_untl", "expiryDate", "valid until"] {
        let run = check("a.yaml", &file(&leave.replace("KEY", key)));
        assert_eq!(findings(&run), expected, "{key}: {}", run.stderr);
    }
}

#[test]
fn a_count_of_a_thing_is_a_warning_and_a_misspelt_unit_an_error() {
    for thing in ["400 cans", "400 tins", "400 sachets", "400 dolls", "400 wallets", "400 jars"] {
        let run = check(
            "a.yaml",
            &format!(
                "id: a\ntransactions: [{{activity: sale, from: NO, to: KE, date: 2022-03, items: [{{description: paint, quantity: {thing}}}]}}]\n"
            ),
        );
        assert!(!run.stderr.contains("error["), "{thing}: {}", run.stderr);
    }
}

#[test]
fn what_was_done_and_with_what_may_stand_in_one_text() {
    for what in ["sale of coal", "coal sale", "sale of coal to a trader", "export of 500 t of coal"] {
        let text = format!("id: a\ntransactions: [{{what: {what}, date: 2019-01-02, from: KP, to: CN}}]\n");
        let run = check("a.yaml", &text);
        assert!(!run.stderr.contains("error["), "{what}: {}", run.stderr);
        assert!(page(&run).to_string().contains("coal"), "{what}: {}\n{}", page(&run), run.stderr);
    }
    is_coal("a.yaml", "id: a\ntransactions: [{what: coal, activity: sale, date: 2019-01-02, from: KP, to: CN}]\n");
    is_coal("a.yaml", "id: a\ntransactions: [{what: export, goods: coal, date: 2019-01-02, from: KP, to: CN}]\n");
    // A sale that was cancelled is none.
    let run = check("a.yaml", "id: a\ntransactions: [{what: cancelled sale of coal, date: 2019-01-02, from: KP, to: CN}]\n");
    assert!(!findings(&run).contains(&"dprk-coal potential-violation".to_owned()), "{:?}", findings(&run));
}

#[test]
fn a_source_by_its_name_is_shown_and_alleges_unless_its_words_say_more() {
    let file = |head: &str, own: &str| {
        format!("id: a\ndate: 2019-03\n{head}transactions:\n  - {{activity: sale, from: KP, to: CN, items: [coal]{own}}}\n")
    };
    for (head, own, name) in [
        ("sources: [Radio Free Asia]\n", "", "Radio Free Asia"),
        ("source: Radio Free Asia\n", "", "Radio Free Asia"),
        ("reported_by: Radio Free Asia\n", "", "Radio Free Asia"),
        ("reporter: Radio Free Asia\n", "", "Radio Free Asia"),
        ("", ", sources: [Reuters]", "Reuters"),
        ("", ", source: Reuters", "Reuters"),
        ("sources: [{id: s, kind: press, title: Gazette}]\n", ", source: Reuters", "Reuters"),
        ("sources: [Gazette]\nsource: Reuters\n", "", "Reuters"),
    ] {
        let run = check("a.yaml", &file(head, own));
        assert!(!run.stderr.contains("error["), "{head}{own}: {}", run.stderr);
        let sources = transaction(&run)["page"]["sources"].to_string();
        assert!(sources.contains(name), "{head}{own}: {sources}");
        assert_eq!(transaction(&run)["verdict"], "potential-violation");
        // The words of some names say the kind, which alleges too.
        assert!(name == "Reuters" || run.stderr.contains("without a `kind`"), "{}", run.stderr);
    }
    for title in ["UN Panel of Experts report S/2021/229", "UN Panel of Experts, S/2019/171", "Panel of Experts"] {
        for head in
            [format!("sources: [\"{title}\"]\n"), format!("source: {title}\n"), format!("sources: [{{title: \"{title}\"}}]\n")]
        {
            let run = check("a.yaml", &file(&head, ""));
            assert!(transaction(&run)["page"]["sources"].to_string().contains("panel-of-experts"), "{head}: {}", run.stderr);
        }
    }
    // Ids that are none stay a mistake.
    check("a.yaml", &file("sources: [{id: paper, kind: press}]\n", ", sources: [court]")).exits(3).complains(&["E0219"]);
    let desk = Desk::new();
    let path = desk.write("a.yaml", file("sources: [Radio Free Asia]\n", ""));
    interdict(["check".into(), path.into_os_string()]).tells(&["Radio Free Asia (kind not reported)"]);
}

#[test]
fn the_only_transaction_keeps_its_places() {
    for head in ["transaction: {", "transactions: {", "event: {"] {
        let text = format!("id: a\ndate: 2018-05-18\n{head}activity: sale, from: North Korea, to: China, items: [coal]}}\n");
        let run = is_coal("a.yaml", &text);
        assert!(!run.stderr.contains("error["), "{head}: {}", run.stderr);
        let desk = Desk::new();
        let path = desk.write("a.yaml", &text);
        interdict(["check".into(), path.into_os_string()]).tells(&["activity is sale", "3:"]);
    }
}

#[test]
fn what_helps_say_loads_and_loses_no_finding() {
    let worker = "date: 2021-01, activity: employment, to: Russia";
    let rifles = "date: 2016-01, activity: delivery, from: Iran, items: [rifles]";
    let coal = "date: 2019-01-02, activity: sale, from: KP, items: [coal]";
    for (facts, line) in [
        (worker, "workers: 120 North Koreans"),
        (worker, "labourers: about 30 North Korean loggers"),
        (worker, "students: 5"),
        (worker, "people: [30 Turkey farm hands]"),
        (rifles, "to: \"Houthis, Yemen\""),
        (rifles, "to: \"Houthi rebels, Yemen\""),
        (rifles, "to: the Houthis in Yemen"),
        (rifles, "to: \"Port of Invented, Viet Nam\""),
        (rifles, "to: RSF"),
        (coal, "buyer: {name: Kim, country: CN}"),
        (coal, "importerCountry: China"),
        (coal, "qantity: 5 t"),
        (coal, "beneficiary_country: CN"),
        (coal, "recipient_group: Harbour Group"),
        (coal, "ship: Dal Hai"),
        (coal, "imo: 9074729"),
        (coal, "price: {amount: 5, currency: USD}"),
        (coal, "account: 12345"),
    ] {
        let file = |line: &str| format!("id: a\nsources: [{{id: s, kind: press}}]\ntransactions:\n  - {{{facts}, {line}}}\n");
        let before = check("a.yaml", &file(line));
        let key = line.split(':').next().unwrap();
        for help in before.stderr.lines().filter_map(|line| line.trim().strip_prefix("= help: ")) {
            let Some((_, rest)) = help.split_once("write `") else { continue };
            let Some(remedy) = rest.split('`').next().filter(|remedy| remedy.contains(": ")) else { continue };
            let remedy = if remedy.starts_with('{') { format!("{key}: {remedy}") } else { remedy.to_owned() };
            let after = check("a.yaml", &file(&remedy));
            assert!(
                !after.stderr.contains("error[") && !after.stderr.contains("W0243"),
                "`{line}` gives `{remedy}`: {}",
                after.stderr
            );
            let lost: Vec<String> = findings(&before).into_iter().filter(|finding| !findings(&after).contains(finding)).collect();
            assert!(lost.is_empty(), "`{line}` gives `{remedy}` and loses {lost:?}");
        }
    }
}

#[test]
fn no_key_that_is_told_is_lost() {
    // Each value is read somewhere, or its key is named.
    let text = r#"{"exporterCountry":"KP","importerCountry":"CN","productDescription":"coal","shipmentDate":"2019-01-02","colourOfBags":"blue-x","warehouseRank":"b7-x","invoiceNo":"inv-x","unit":"t","currency":"USD","Licence No":"l-x","header":{"zone":"z-x"}}"#;
    let run = check("a.ndjson", &format!("{text}\n"));
    let told = run.stdout.clone() + &run.stderr;
    for key in ["colourOfBags", "warehouseRank", "invoiceNo", "unit", "currency", "Licence No", "header"] {
        assert!(told.contains(key), "{key}: {}", run.stderr);
    }
}
