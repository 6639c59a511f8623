//! Values as people write them: what each is read as, with which diagnostic, and that every format of input reads it alike.
#![allow(clippy::string_slice, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use common::own_rulebook;
use interdict::document::{DiagnosticLevel, Diagnostics, SourceMap, SourceText, read_yaml};
use interdict::facts::{Coded, CodedTerm, Period, Range, Scheme, Transaction, Unit, WrittenDate};
use interdict::intake::Intake;
use interdict::rulebook::{Rulebook, TermLookup, Vocabulary};
use proptest::prelude::*;
use serde_json::json;

/// A transaction with one fact, in each format: the path to it and its text.
fn in_every_format(path: &str, text: &str) -> Vec<(&'static str, String)> {
    let keys: Vec<&str> = path.split('.').collect();
    let leaf = json!(text);
    let transaction = keys.iter().rev().fold(leaf, |inner, key| json!({ *key: inner }));
    let quoted = format!("\"{}\"", text.replace('"', "\"\""));
    let yaml = keys.iter().rev().fold(json!(text).to_string(), |inner, key| format!("{{{key}: {inner}}}"));
    vec![
        ("a.yaml", format!("id: a\ntransactions: [{yaml}]\n")),
        ("a.json", json!({"id": "a", "transactions": [transaction]}).to_string()),
        ("a.ndjson", format!("{transaction}\n")),
        ("a.csv", format!("{path}\n{quoted}\n")),
    ]
}

/// What a fact is read as in every format, with the codes of the diagnostics; the formats must agree.
#[track_caller]
fn read_in_every_format(
    rulebook: &Rulebook,
    path: &str,
    text: &str,
    show: fn(&Transaction, &Vocabulary) -> String,
) -> (String, Vec<String>) {
    let mut found: Option<(&str, (String, Vec<String>))> = None;
    for (name, file) in in_every_format(path, text) {
        let intake = Intake::read_text(name, &file, &rulebook.vocabulary);
        // Notes say how a value was read, and streams leave out those of common forms.
        let problems = intake.problems.iter().filter(|problem| problem.level() != DiagnosticLevel::Note);
        let codes: Vec<String> = problems.map(|problem| problem.code.to_string()).collect();
        let shown = intake.incidents.iter().flat_map(|i| i.transactions()).map(|t| show(t, &rulebook.vocabulary)).collect();
        match &found {
            None => found = Some((name, (shown, codes))),
            Some((first, expected)) => assert_eq!(&(shown, codes), expected, "`{text}` in {name} and in {first}"),
        }
    }
    found.unwrap().1
}

fn terms(terms: &Coded<CodedTerm>, vocabulary: &Vocabulary) -> String {
    let name = |term: &CodedTerm| match term {
        CodedTerm::Term(term) => vocabulary.id(*term).to_owned(),
        CodedTerm::OneOf(terms) => terms.iter().map(|term| vocabulary.id(*term)).collect::<Vec<_>>().join(" or "),
        other => format!("{other:?}"),
    };
    terms.is().map_or("unknown".to_owned(), |terms| terms.iter().map(name).collect::<Vec<_>>().join(", "))
}

fn amount(amount: Option<interdict::facts::Amount>, vocabulary: &Vocabulary) -> String {
    amount.map_or("unknown".to_owned(), |amount| format!("{} {}", amount.range, vocabulary.unit_name(amount.unit)))
}

/// Checks a table of texts, each with what it is read as and the codes of the diagnostics.
#[track_caller]
fn check(path: &str, show: fn(&Transaction, &Vocabulary) -> String, table: &[(&str, &str, &[&str])]) {
    let rulebook = own_rulebook();
    let mut wrong = Vec::new();
    for (text, expected, codes) in table {
        let (shown, found) = read_in_every_format(&rulebook, path, text, show);
        if shown != *expected || found != *codes {
            wrong.push(format!("`{text}` is {shown} {found:?}, not {expected} {codes:?}"));
        }
    }
    assert!(wrong.is_empty(), "{path}:\n{}", wrong.join("\n"));
}

#[test]
fn dates_are_read_alike_in_every_format() {
    fn show(transaction: &Transaction, _: &Vocabulary) -> String {
        transaction.date.map_or("unknown".to_owned(), |date| date.to_string())
    }
    check(
        "date",
        show,
        &[
            ("2023-09-13", "2023-09-13", &[]),
            ("September 2023", "2023-09", &[]),
            ("13 Sept 2023", "2023-09-13", &[]),
            ("Sept. 13, 2023", "2023-09-13", &[]),
            ("13.09.2023", "2023-09-13", &[]),
            ("early March 2024", "2024-03-01/2024-03-10", &[]),
            ("Q1 2024", "2024-01-01/2024-03-31", &[]),
            ("since 2021", "2021-01-01/..", &[]),
            ("before June 2020", "../2020-05-31", &[]),
            ("2023-09-13T05:00Z", "2023-09-13", &[]),
            ("between 3 and 9 May 2022", "2022-05-03/2022-05-09", &[]),
            ("сентябрь 2023", "2023-09", &[]),
            ("2023년 9월", "2023-09", &[]),
            ("03/04/2024", "2024-03-04/2024-04-03", &["W0232"]),
            ("winter 2021", "2020-12-01/2022-03-21", &["W0232"]),
            ("not stated", "unknown", &["W0222"]),
            ("N/A", "unknown", &["W0222"]),
            ("unknown", "unknown", &[]),
            ("1970-01-01", "unknown", &["W0223"]),
            ("13.09.23", "unknown", &["E0210"]),
            ("recently", "unknown", &["E0210"]),
            ("30 February 2023", "unknown", &["E0210"]),
            ("Monday, 13 September 2023", "unknown", &["E0210"]),
        ],
    );
}

#[test]
fn quantities_are_read_alike_in_every_format() {
    fn show(transaction: &Transaction, vocabulary: &Vocabulary) -> String {
        amount(transaction.quantity, vocabulary)
    }
    check(
        "quantity",
        show,
        &[
            ("600 t", "600 t", &[]),
            ("5,000 bbl", "5,000 bbl", &[]),
            ("5 000 t", "5,000 t", &[]),
            ("5\u{a0}000 t", "5,000 t", &[]),
            ("1.2 million barrels", "1,200,000 bbl", &[]),
            ("1.2m barrels", "1,200,000 bbl", &[]),
            ("5k tonnes", "5,000 t", &[]),
            ("1.2M bbl", "1,200-1,200,000 bbl", &["W0225"]),
            ("two containers", "2 containers", &[]),
            ("a dozen", "12 pieces", &[]),
            ("a dozen crates", "12 crates", &[]),
            ("5 dozen", "5 dozen", &[]),
            ("about 5,000 t", "4,500-5,500 t", &[]),
            ("more than 100 t", "over 100 t", &[]),
            ("5-10 t", "5-10 t", &[]),
            ("5-10 million barrels", "5,000,000-10,000,000 bbl", &[]),
            ("an unknown number of crates", "over 0 crates", &[]),
            ("120.000 t", "120-120,000 t", &["W0225"]),
            ("1,5 t", "1.5 t", &[]),
            ("200 KGM", "200 kg", &[]),
            ("200 TNE", "200 t", &[]),
            ("3 MTQ", "3 m3", &[]),
            ("200 BLL", "200 bbl", &[]),
            ("200 metric tons", "200 t", &[]),
            ("200 litres", "200 l", &[]),
            ("42 gal", "42-50.439896871203907046325187853 us-gal", &["W0225"]),
            ("5 тонн", "5 t", &[]),
            ("2 тыс. баррелей", "2,000 bbl", &[]),
            ("5톤", "5 t", &[]),
            ("500만 배럴", "5,000,000 bbl", &[]),
            ("5万吨", "50,000 t", &[]),
            ("9 m", "9 m", &[]),
            ("0 t", "unknown", &["W0224"]),
            ("N/A", "unknown", &["W0222"]),
            ("600", "unknown", &["W0236"]),
            ("600 USD", "unknown", &["E0213"]),
            ("two", "unknown", &["W0236"]),
            ("dozens", "unknown", &["W0236"]),
            ("600 blurbs", "unknown", &["W0241"]),
            ("lots", "unknown", &["W0237"]),
            ("a large quantity", "unknown", &["W0237"]),
            ("3 t per week", "unknown", &["W0238"]),
            ("500 t/month", "unknown", &["W0238"]),
            ("50 t each", "unknown", &["W0238"]),
            ("600 t of coal", "600 t", &[]),
            ("600 t in total", "600 t", &[]),
            ("600 t of which 200 arrived", "unknown", &["W0241"]),
            ("20 crates of shells", "20 crates", &[]),
            ("4 x 20ft containers", "4 containers", &[]),
            ("2 x 40HC", "2 containers", &[]),
            ("1 x 40' HC", "1 containers", &[]),
            ("3 FCL", "3 containers", &[]),
            ("40 ft container", "unknown", &["W0241"]),
            ("20' FCL", "unknown", &["W0241"]),
            ("40HC", "unknown", &["W0241"]),
            ("50 kg bags", "unknown", &["W0241"]),
            ("200 litre drums", "unknown", &["W0241"]),
            ("200 bags of 50 kg", "10,000 kg", &[]),
            ("200 bags x 50 kg", "10,000 kg", &[]),
            ("200 bags of 50 kg each", "10,000 kg", &[]),
            ("200 x 50 kg bags", "10,000 kg", &[]),
            ("10 drums (200 litres)", "2,000 l", &[]),
            ("3 trucks of 20 t", "20-60 t", &["W0225"]),
            ("3 trucks of 20 t each", "60 t", &[]),
            ("200 KGS", "200 kg", &[]),
            ("200 MTS", "200 t", &[]),
            ("200 MT", "200 t", &[]),
            ("200 LTR", "200 l", &[]),
            ("200 CBM", "200 m3", &[]),
            ("200 PCE", "200 pieces", &[]),
            ("200 CTN", "200 cartons", &[]),
            ("200 BBL", "200 bbl", &[]),
            ("200 toneladas", "200 t", &[]),
            ("200 COP", "unknown", &["E0213"]),
            ("a shipload", "1 shiploads", &[]),
            ("one two crates", "unknown", &["E0211"]),
        ],
    );
}

#[test]
fn sums_of_money_are_read_alike_in_every_format() {
    fn show(transaction: &Transaction, vocabulary: &Vocabulary) -> String {
        amount(transaction.value, vocabulary)
    }
    check(
        "value",
        show,
        &[
            ("12000 USD", "12,000 USD", &[]),
            ("USD 9m", "9,000,000 USD", &[]),
            ("9m USD", "9,000,000 USD", &[]),
            ("$2 million", "2,000,000 USD", &[]),
            ("US$ 1.5bn", "1,500,000,000 USD", &[]),
            ("US$1.5bn", "1,500,000,000 USD", &[]),
            ("about $9m", "8,100,000-9,900,000 USD", &[]),
            ("$5-9 million", "5,000,000-9,000,000 USD", &[]),
            ("between $5 and $9 million", "5,000,000-9,000,000 USD", &[]),
            ("2 million dollars", "2,000,000 USD", &[]),
            ("two million US dollars", "2,000,000 USD", &[]),
            ("$2 million USD", "2,000,000 USD", &[]),
            ("€100,000", "100,000 EUR", &[]),
            ("100 000 €", "100,000 EUR", &[]),
            ("100k euros", "100,000 EUR", &[]),
            ("12000 usd", "12,000 USD", &[]),
            ("RMB 5m", "5,000,000 CNY", &[]),
            ("5 млн долларов", "5,000,000 USD", &[]),
            ("500만 달러", "5,000,000 USD", &[]),
            ("5亿美元", "500,000,000 USD", &[]),
            ("¥500", "unknown", &["W0241"]),
            ("500 won", "unknown", &["W0241"]),
            ("6.7 billion CFA francs", "unknown", &["W0241"]),
            ("$500 EUR", "unknown", &["E0211"]),
            ("USD 500 t", "unknown", &["E0211"]),
            ("9m", "unknown", &["E0213"]),
            ("500", "unknown", &["W0236"]),
            ("US$ 450,000 in cash", "450,000 USD", &[]),
            ("900 dollars a month", "unknown", &["W0238"]),
            ("12000 USD monthly", "unknown", &["W0238"]),
            ("millions", "unknown", &["W0236"]),
        ],
    );
}

#[test]
fn yes_and_no_are_read_alike_in_every_format() {
    fn show(transaction: &Transaction, _: &Vocabulary) -> String {
        transaction.links_to_revenue.map_or("unknown", |answer| if answer { "yes" } else { "no" }).to_owned()
    }
    check(
        "links_to_revenue",
        show,
        &[
            ("true", "yes", &[]),
            ("Yes", "yes", &[]),
            ("y", "yes", &[]),
            ("да", "yes", &[]),
            ("是", "yes", &[]),
            ("FALSE", "no", &[]),
            ("no", "no", &[]),
            ("N", "no", &[]),
            ("нет", "no", &[]),
            ("아니오", "no", &[]),
            ("unknown", "unknown", &[]),
            ("n/a", "unknown", &["W0222"]),
            ("not stated", "unknown", &["W0222"]),
            ("perhaps", "unknown", &["E0215"]),
            ("1", "unknown", &["E0215"]),
            ("not", "unknown", &["E0215"]),
        ],
    );
}

#[test]
fn states_are_read_alike_in_every_format() {
    fn show(transaction: &Transaction, vocabulary: &Vocabulary) -> String {
        transaction.from.get().map_or("unknown".to_owned(), |from| {
            let place = from.place.as_deref().map_or(String::new(), |place| format!(" at {place}"));
            terms(&from.country, vocabulary) + &place
        })
    }
    check(
        "from",
        show,
        &[
            ("KP", "KP", &[]),
            ("PRK", "KP", &[]),
            ("408", "KP", &[]),
            ("410", "KR", &[]),
            ("004", "AF", &[]),
            ("North Korea", "KP", &[]),
            ("Korea, Dem. People's Rep.", "KP", &[]),
            ("Korea, Dem. People's Rep. of", "KP", &[]),
            ("Korea (Democratic People's Republic of)", "KP", &[]),
            ("Dem. People's Rep. of Korea", "KP", &[]),
            ("Korea, Dem. Rep.", "KP", &[]),
            ("Korea, North", "KP", &[]),
            ("Korea, Rep.", "KR", &[]),
            ("Rep. of Korea", "KR", &[]),
            ("Congo, Dem. Rep. of the", "CD", &[]),
            ("Congo, Dem. Rep.", "CD", &[]),
            ("Congo, Rep.", "CG", &[]),
            ("Lao People's Dem. Rep.", "LA", &[]),
            ("Tanzania, United Rep. of", "TZ", &[]),
            ("Iran, Islamic Rep.", "IR", &[]),
            ("Eq. Guinea", "GQ", &[]),
            ("Guinea, Equatorial", "GQ", &[]),
            ("St. Kitts and Nevis", "KN", &[]),
            ("Solomon Isds", "SB", &[]),
            ("Nordkorea", "KP", &[]),
            ("Corée du Nord", "KP", &[]),
            ("Coreia do Norte", "KP", &[]),
            ("Corea del Norte", "KP", &[]),
            ("Северная Корея", "KP", &[]),
            ("북한", "KP", &[]),
            ("朝鲜", "KP", &[]),
            ("北朝鮮", "KP", &[]),
            ("Vereinigte Arabische Emirate", "AE", &[]),
            ("Costa do Marfim", "CI", &[]),
            ("North Korean", "KP", &[]),
            ("North Koreans", "KP", &[]),
            ("Syrian", "SY", &[]),
            ("Nigerien", "NE", &[]),
            ("Nigerian", "NG", &[]),
            ("Russia and North Korea", "RU, KP", &[]),
            ("China, Russia and Viet Nam", "CN, RU, VN", &[]),
            ("Bosnia and Herzegovina", "BA", &[]),
            ("Trinidad and Tobago", "TT", &[]),
            ("Korea", "KP or KR", &["W0206"]),
            ("Korean", "KP or KR", &["W0206"]),
            ("Congo", "CD or CG", &["W0206"]),
            ("Congolese", "CD or CG", &["W0206"]),
            ("Nampo", "KP at Nampo", &[]),
            ("Nampo, DPRK", "KP at Nampo, DPRK", &[]),
            ("N/A", "unknown", &["W0222"]),
            ("Atlantis", "unknown", &["W0235"]),
            ("KOMID", "unknown", &["W0235"]),
            ("Nigera", "unknown", &["E0207"]),
        ],
    );
}

#[test]
fn a_misspelt_state_is_never_taken_for_another() {
    let rulebook = own_rulebook();
    let text = std::fs::read_to_string(common::root().join("rules/countries.yaml")).unwrap();
    let source = SourceText::new("countries.yaml", text);
    let mut problems = Diagnostics::default();
    let root = read_yaml(SourceMap::default().add(SourceText::new("", "")), &source, &mut problems).unwrap();
    let states = root.get("vocabulary").unwrap().get("country").unwrap().elements().unwrap();
    let lookup = |name: &str| rulebook.vocabulary.lookup(&[Scheme::Country], name);
    let (mut near, mut all) = (0, 0);
    for state in states {
        let id = state.get("id").unwrap().text().unwrap();
        let aliases = state.get("aliases").map(|aliases| aliases.one_or_many()).unwrap_or_default();
        for name in aliases.iter().chain(state.get("label")).filter_map(|name| name.text()) {
            let letters: Vec<char> = name.chars().collect();
            for at in (1..letters.len()).step_by(3) {
                let (mut dropped, mut swapped) = (letters.clone(), letters.clone());
                dropped.remove(at);
                swapped.swap(at - 1, at);
                for slip in [dropped, swapped].map(|letters| letters.into_iter().collect::<String>()) {
                    if let TermLookup::Missing(suggested) = lookup(&slip) {
                        assert!(suggested.is_none() || suggested.as_deref() == Some(id), "{slip}: {suggested:?}, not {id}");
                        (near, all) = (near + usize::from(suggested.is_some()), all + 1);
                    }
                }
            }
        }
    }
    assert!(near * 2 > all, "{near} of {all}");
    for name in ["Congo, Dem.", "Guinea-B", "Nigera", "Democratic Korea", "Iraw", "Dominca Island", "Austrlia"] {
        assert_eq!(lookup(name), TermLookup::Missing(None), "{name}");
    }
    assert_eq!(lookup("Korea, Dem. Republik"), TermLookup::Missing(Some("KP".to_owned())));
    assert_eq!(lookup("Sout Korea"), TermLookup::Missing(Some("KR".to_owned())));
}

#[test]
fn a_text_in_place_of_a_record_is_its_name_or_code() {
    fn items(transaction: &Transaction, _: &Vocabulary) -> String {
        let of = |item: &interdict::facts::Item| match (&item.description, item.hs.is()) {
            (Some(description), _) => description.to_string(),
            (_, Some([code])) => format!("hs {}", code.digits()),
            _ => "unknown".to_owned(),
        };
        transaction.items.known().iter().map(of).collect::<Vec<_>>().join(" + ")
    }
    fn parties(transaction: &Transaction, _: &Vocabulary) -> String {
        transaction.parties.known().iter().map(|party| party.name.as_deref().unwrap_or("unknown")).collect()
    }
    fn vessels(transaction: &Transaction, _: &Vocabulary) -> String {
        let of = |v: &interdict::facts::Vessel| v.imo.map_or(format!("{:?}", v.name), |imo| format!("imo {imo}"));
        transaction.vessels.known().iter().map(of).collect()
    }
    fn aircraft(transaction: &Transaction, _: &Vocabulary) -> String {
        let of = |a: &interdict::facts::Aircraft| {
            format!("{} {}", a.registration.as_deref().unwrap_or("?"), a.model.as_deref().unwrap_or("?"))
        };
        transaction.aircraft.known().iter().map(of).collect()
    }
    fn ports(transaction: &Transaction, vocabulary: &Vocabulary) -> String {
        let of = |p: &interdict::facts::Port| {
            format!("{} {} {}", p.code.as_deref().unwrap_or("?"), p.name.as_deref().unwrap_or("?"), terms(&p.country, vocabulary))
        };
        transaction.ports.known().iter().map(of).collect()
    }
    fn payment(transaction: &Transaction, vocabulary: &Vocabulary) -> String {
        amount(transaction.payment.get().and_then(|payment| payment.amount), vocabulary)
    }
    check(
        "items",
        items,
        &[
            ("artillery shells", "artillery shells", &[]),
            ("8471", "hs 8471", &[]),
            ("152 mm shells", "152 mm shells", &[]),
            ("N/A", "", &["W0222"]),
        ],
    );
    check("parties", parties, &[("KOMID", "KOMID", &[]), ("n/a", "", &["W0222"])]);
    check(
        "vessels",
        vessels,
        &[
            ("Dal Hai", "Some(\"Dal Hai\")", &[]),
            ("9074729", "imo 9074729", &[]),
            ("IMO 9074729", "imo 9074729", &[]),
            ("9074720", "None", &["E0209"]),
        ],
    );
    check(
        "aircraft",
        aircraft,
        &[
            ("P-881", "P-881 ?", &[]),
            ("RA-86507", "RA-86507 ?", &[]),
            ("9M-MRO", "9M-MRO ?", &[]),
            ("N123AB", "N123AB ?", &[]),
            ("Il-62M", "? Il-62M", &[]),
            ("TU-204", "? TU-204", &[]),
        ],
    );
    check(
        "ports",
        ports,
        &[
            ("KPNAM", "KPNAM ? KP", &[]),
            ("Nampo", "? Nampo KP", &[]),
            ("Odessa", "? Odessa unknown", &[]),
            ("kpnam", "? kpnam unknown", &["W0227"]),
        ],
    );
    check(
        "payment",
        payment,
        &[
            ("USD 9m", "9,000,000 USD", &[]),
            // pounds are the money of several States, and no weight
            ("30k pounds", "unknown", &["W0241"]),
            ("2 million pounds", "unknown", &["W0241"]),
            ("30000 pounds sterling", "30,000 GBP", &[]),
            ("173,600 ETH", "unknown", &["W0241"]),
            ("5000 francs", "unknown", &["W0241"]),
            ("2 t", "unknown", &["E0213"]),
            ("400 bbl", "unknown", &["E0213"]),
        ],
    );
}

/// What a text says besides a name is read where it plainly names a key, and reported where not.
#[test]
fn brackets_behind_a_name_are_read_or_reported() {
    fn vessels(transaction: &Transaction, vocabulary: &Vocabulary) -> String {
        let of = |v: &interdict::facts::Vessel| {
            let imo = v.imo.map_or(String::new(), |imo| format!(" {imo}"));
            format!("{} {}{imo}", v.name.as_deref().unwrap_or("?"), terms(&v.flag, vocabulary))
        };
        transaction.vessels.known().iter().map(of).collect::<Vec<_>>().join(" + ")
    }
    fn parties(transaction: &Transaction, vocabulary: &Vocabulary) -> String {
        let of = |p: &interdict::facts::Party| {
            let listed: Vec<&str> = p.designated_as.iter().flatten().map(|list| list.as_str()).collect();
            format!("{} {} {}", p.name.as_deref().unwrap_or("?"), terms(&p.role, vocabulary), listed.join(","))
        };
        transaction.parties.known().iter().map(of).collect::<Vec<_>>().join(" + ")
    }
    check(
        "vessels",
        vessels,
        &[
            ("Dal Hai (flag DPRK)", "Dal Hai KP", &[]),
            ("Dal Hai [flag: North Korea]", "Dal Hai KP", &[]),
            ("DPRK-flagged Dal Hai", "Dal Hai KP", &[]),
            ("Dal Hai, DPRK flag", "Dal Hai KP", &[]),
            ("MV Dal Hai IMO 9074729", "MV Dal Hai unknown 9074729", &[]),
            ("Dal Hai (IMO 9074729, flag of DPRK)", "Dal Hai KP 9074729", &[]),
            ("Dal Hai (seen at night)", "Dal Hai unknown", &["W0243"]),
            ("Flagship (II)", "Flagship (II) unknown", &[]),
        ],
    );
    check(
        "parties",
        parties,
        &[
            ("Ri Song (listed as KPi.001, buyer)", "Ri Song buyer KPi.001", &[]),
            ("Ri Song (buyer)", "Ri Song buyer ", &[]),
            ("buyer: Ri Song", "Ri Song buyer ", &[]),
            ("A (buyer), B (seller)", "A buyer  + B supplier ", &[]),
            ("Ri Song (not listed)", "Ri Song unknown ", &["W0243"]),
            ("Invented Trading (IT) Co., Ltd", "Invented Trading (IT) Co., Ltd unknown ", &[]),
        ],
    );
}

/// A key that stands inside a name is reported where it is missing beside it.
#[test]
fn facts_inside_a_name_are_reported() {
    fn name(transaction: &Transaction, vocabulary: &Vocabulary) -> String {
        let of = |v: &interdict::facts::Vessel| format!("{} {}", v.name.as_deref().unwrap_or("?"), terms(&v.flag, vocabulary));
        transaction.vessels.known().iter().map(of).collect::<Vec<_>>().join(" + ")
    }
    let rulebook = own_rulebook();
    for (file, text) in [
        ("a.yaml", "id: a\ntransactions: [{vessels: [{name: Dal Hai (flag DPRK)}]}]\n"),
        ("a.ndjson", "{\"vessels\": [{\"name\": \"Dal Hai (flag DPRK)\"}]}\n"),
        ("a.csv", "vessel.name\nDal Hai (flag DPRK)\n"),
    ] {
        let intake = Intake::read_text(file, text, &rulebook.vocabulary);
        let codes: Vec<String> = intake.problems.iter().map(|problem| problem.code.to_string()).collect();
        assert_eq!(codes, ["W0243"], "{file}");
        let read: Vec<String> =
            intake.incidents.iter().flat_map(|i| i.transactions()).map(|t| name(t, &rulebook.vocabulary)).collect();
        assert_eq!(read, ["Dal Hai (flag DPRK) unknown"], "{file}");
    }
}

/// A text that says what was not there names no goods, and one that says nothing of who denies names nobody.
#[test]
fn what_was_not_there_is_not_read_as_there() {
    fn items(transaction: &Transaction, _: &Vocabulary) -> String {
        let of = |item: &interdict::facts::Item| item.description.as_deref().unwrap_or("unknown").to_owned();
        transaction.items.known().iter().map(of).collect::<Vec<_>>().join(" + ")
    }
    fn denied_by(transaction: &Transaction, _: &Vocabulary) -> String {
        transaction.denied_by.as_ref().map_or("unknown".to_owned(), |all| all.join(" + "))
    }
    check(
        "items",
        items,
        &[
            ("no coal", "unknown", &["W0222"]),
            ("not coal", "unknown", &["W0222"]),
            ("anything but coal", "unknown", &["W0222"]),
            ("coal (none)", "unknown", &["W0222"]),
            ("rice, no coal", "rice", &["W0222"]),
            ("No. 2 fuel oil", "No. 2 fuel oil", &[]),
            ("non-ferrous metals", "non-ferrous metals", &[]),
        ],
    );
    check(
        "denied_by",
        denied_by,
        &[
            ("Invented Trading", "Invented Trading", &[]),
            ("NO", "unknown", &["W0222"]),
            ("yes", "unknown", &["W0222"]),
            ("nobody", "unknown", &["W0222"]),
            ("not denied", "unknown", &["W0222"]),
            ("false", "unknown", &["W0222"]),
        ],
    );
}

#[test]
fn one_mapping_or_text_is_a_list_of_one() {
    let rulebook = own_rulebook();
    for items in
        ["[artillery shells]", "artillery shells", "{description: artillery shells}", "[{description: artillery shells}]"]
    {
        let text = format!("id: a\ntransactions: {{activity: sale, items: {items}}}\n");
        let intake = Intake::read_text("a.yaml", &text, &rulebook.vocabulary);
        assert!(intake.problems.is_empty(), "{items}");
        let found = intake.incidents[0].transactions()[0].items.known();
        assert_eq!(found.len(), 1, "{items}");
        assert_eq!(found[0].description.as_deref(), Some("artillery shells"), "{items}");
    }
}

#[test]
fn sources_in_a_word_are_sources() {
    let rulebook = own_rulebook();
    let text = "id: a\nsources: [Reuters, panel-of-experts]\ntransactions: [{activity: sale, sources: [Reuters]}]\n";
    let intake = Intake::read_text("a.yaml", text, &rulebook.vocabulary);
    assert!(intake.problems.iter().all(|problem| problem.level() == DiagnosticLevel::Note));
    let sources = intake.incidents[0].sources();
    assert_eq!(sources[0].id.as_deref(), Some("Reuters"));
    assert_eq!(terms(&sources[0].kind, &rulebook.vocabulary), "press", "an agency that the vocabulary knows");
    assert_eq!(terms(&sources[1].kind, &rulebook.vocabulary), "panel-of-experts");
    let text = "id: a\ntransactions: [{activity: sale, sources: Nordlicht}, {activity: sale, sources: [court, Nordlicht]}]\n";
    let intake = Intake::read_text("a.yaml", text, &rulebook.vocabulary);
    assert!(intake.problems.iter().all(|problem| problem.level() == DiagnosticLevel::Note));
    let sources: Vec<_> =
        intake.incidents[0].sources().iter().map(|source| (source.id.as_deref(), source.kind.is_unknown())).collect();
    assert_eq!(
        sources,
        [(Some("Nordlicht"), true), (Some("court"), false)],
        "without a list of the incident's these are its sources"
    );
}

#[test]
fn goods_are_counted_by_their_own_name() {
    let rulebook = own_rulebook();
    let read = |item: &str| {
        let intake = Intake::read_text("a.yaml", &format!("id: a\ntransactions: [{{items: [{item}]}}]\n"), &rulebook.vocabulary);
        let item = intake.incidents[0].transactions()[0].items.known()[0].clone();
        (amount(item.quantity, &rulebook.vocabulary), intake.problems.has_errors())
    };
    let pieces = |number: &str| (format!("{number} pieces"), false);
    assert_eq!(read("{description: assault rifles, quantity: 200 rifles}"), pieces("200"));
    assert_eq!(read("{quantity: two missiles, description: ballistic missile}"), pieces("2"));
    assert_eq!(read("{description: 152 mm artillery shells, quantity: about 1000 artillery shells}"), pieces("900-1,100"));
    assert_eq!(read("{description: rifles, quantity: 200 crates}"), ("200 crates".to_owned(), false));
    assert_eq!(read("{description: coal, quantity: 200 blurbs}"), ("unknown".to_owned(), false));
}

#[test]
fn a_comma_inside_braces_is_reported_as_such() {
    let rulebook = own_rulebook();
    for (item, whole, quantity) in [
        ("{quantity: 5,000 bbl}", "5,000 bbl", "5,000 bbl"),
        ("{quantity: 1,200,000 bbl, description: crude oil}", "1,200,000 bbl", "1,200,000 bbl"),
        ("{description: crude oil, quantity: 5,000 bbl}", "5,000 bbl", "5,000 bbl"),
    ] {
        let intake = Intake::read_text("a.yaml", &format!("id: a\ntransactions: [{{items: [{item}]}}]\n"), &rulebook.vocabulary);
        let problems: Vec<_> = intake.problems.iter().collect();
        assert_eq!(problems.len(), 1, "{item}: {problems:?}");
        assert_eq!(problems[0].code.as_str(), "W0127");
        assert!(problems[0].help.as_deref().unwrap().contains(&format!("`quantity: \"{whole}\"`")), "{problems:?}");
        let items = intake.incidents[0].transactions()[0].items.known();
        assert_eq!(amount(items[0].quantity, &rulebook.vocabulary), quantity);
    }
    let text = "id: a\ntransactions: [{items: [{description: shells, rockets and fuses}]}]\n";
    let intake = Intake::read_text("a.yaml", text, &rulebook.vocabulary);
    assert_eq!(intake.incidents[0].transactions()[0].items.known()[0].description.as_deref(), Some("shells, rockets and fuses"));
    assert!(intake.problems.has_errors());
}

/// Texts that are nearly dates and amounts.
fn pieces_of_values() -> impl Strategy<Value = String> {
    let words = [
        "13",
        "3",
        "04",
        "2023",
        "2024",
        "23",
        "9",
        "202309",
        "20230913",
        "-",
        "–",
        "/",
        ".",
        ",",
        " ",
        "~",
        "+",
        "..",
        ":",
        "T05:00Z",
        "Sept",
        "September",
        "May",
        "сентябрь",
        "年",
        "月",
        "日",
        "년",
        "early",
        "mid",
        "late",
        "Q1",
        "H2",
        "first",
        "half",
        "quarter",
        "summer",
        "winter",
        "since",
        "before",
        "after",
        "until",
        "from",
        "to",
        "between",
        "and",
        "or",
        "about",
        "week",
        "s",
        "of",
        "the",
        "Wednesday",
        "present",
        "million",
        "bn",
        "m",
        "k",
        "M",
        "two",
        "dozen",
        "a",
        "hundred",
        "several",
        "USD",
        "$",
        "US$",
        "€",
        "won",
        "t",
        "bbl",
        "barrels",
        "тонн",
        "万",
        "吨",
        "or more",
        "at least",
        "N/A",
        "unknown",
        "none",
        "yes",
        "e3",
        "999999999999999999999999999",
        "\u{a0}",
        "\u{202f}",
        "\u{0}",
        "🚀",
        "КНДР",
    ];
    let word = prop::sample::select(words.to_vec());
    prop::collection::vec((word, prop::sample::select(vec!["", " "])), 0..9)
        .prop_map(|words| words.into_iter().map(|(word, gap)| format!("{word}{gap}")).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever stands there, it is read, or an error says that it is not; all formats agree, and nothing panics.
    #[test]
    fn no_text_is_dropped_in_silence(text in prop_oneof![4 => pieces_of_values(), 1 => "\\PC{0,40}"]) {
        static RULEBOOK: std::sync::LazyLock<Rulebook> = std::sync::LazyLock::new(own_rulebook);
        prop_assume!(!text.trim().is_empty() && text.trim() == text && !text.contains(['\n', '\r', '\u{feff}', ';']));
        fn date(transaction: &Transaction, _: &Vocabulary) -> String { format!("{:?}", transaction.date) }
        fn value(transaction: &Transaction, _: &Vocabulary) -> String { format!("{:?}", transaction.quantity) }
        fn answer(transaction: &Transaction, _: &Vocabulary) -> String { format!("{:?}", transaction.links_to_revenue) }
        for (path, show) in [("date", date as fn(&Transaction, &Vocabulary) -> String), ("quantity", value), ("links_to_revenue", answer)] {
            let (shown, codes) = read_in_every_format(&RULEBOOK, path, &text, show);
            prop_assert!(shown != "None" || !codes.is_empty() || text == "unknown", "{} of `{}`", path, text);
        }
    }

    /// A day, however it is written, is read as a period that holds it; without a second reading it is that day.
    #[test]
    fn a_written_day_is_read_as_itself(days in 0..73_000_i64) {
        let day = Period::EARLIEST + chrono::Days::new(days.unsigned_abs());
        let forms = [
            "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b. %d, %Y",
            "%-d %B %Y", "%A, %d %B %Y", "%Y年%-m月%-d日", "%Y년 %-m월 %-d일", "%Y%m%d", "%d-%b-%Y", "%Y-%m-%dT05:00Z", "%d %B %Y, 10:30 UTC",
        ];
        for form in forms {
            let text = day.format(form).to_string();
            let read = WrittenDate::read(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
            prop_assert!(read.readings.contains(&Period::day(day)), "{}: {:?}", text, read);
            prop_assert!(read.readings.len() == 1 || form.contains("%d/") || form.contains("%d-%m"), "{}: {:?}", text, read);
        }
    }

    /// What is written of a range is read as the same range.
    #[test]
    fn a_written_number_is_read_as_itself(number in 0..2_000_000_u64, places in 0..4_u32) {
        let exact = rust_decimal::Decimal::new(i64::try_from(number).unwrap(), places);
        let range = Range::exactly(exact);
        let text = range.to_string();
        let (read, rest) = Range::parse(&text).unwrap();
        prop_assert_eq!((read, rest), (range, ""));
    }
}

#[test]
fn a_unit_is_never_lost() {
    let rulebook = own_rulebook();
    for unit in ["t", "kg", "bbl", "l", "m3", "pieces", "containers"] {
        let read = rulebook.vocabulary.read_amount(&format!("about 5 {unit}")).unwrap();
        let Some(Unit::Quantity(term)) = read.unit else { panic!("{unit}") };
        assert_eq!(rulebook.vocabulary.id(term), unit);
    }
}
