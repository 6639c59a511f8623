//! Drafts of incidents from articles: what is drafted from paragraphs of news, and that no text breaks it.
#![allow(clippy::string_slice, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::path::Path;
use std::time::{Duration, Instant};

use interdict::draft::{Article, Draft, DraftTransaction, draft, to_json, to_yaml};
use interdict::rulebook::Rulebook;
use interdict::{Checker, IncidentFile};
use proptest::prelude::*;
use serde::Deserialize;

/// A paragraph of `tests/draft/paragraphs.yaml`.
#[derive(Deserialize)]
struct Paragraph {
    name: String,
    text: String,
    drafts: Vec<String>,
}

fn paragraphs_of(file: &str) -> Vec<Paragraph> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/draft").join(file);
    serde_yaml::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
}

fn drafted(text: &str, rulebook: &Rulebook) -> Draft {
    draft(&[Article { name: "article.txt".to_owned(), text: text.to_owned() }], None, rulebook)
}

/// True if a transaction is what `activity FROM->TO item stage` says; `-` is anything.
fn is_as(transaction: &DraftTransaction, expected: &str, rulebook: &Rulebook) -> bool {
    let [activity, sides, item, stage] = expected.split(' ').collect::<Vec<_>>()[..] else { panic!("{expected}") };
    let (from, to) = sides.split_once("->").unwrap();
    let vocabulary = &rulebook.vocabulary;
    let is_activity = |id: &str| {
        let drafted = transaction.activity.value;
        vocabulary.id(drafted) == id || vocabulary.broader_terms(drafted).any(|broader| vocabulary.id(broader) == id)
    };
    let is_side = |side: &Option<interdict::draft::Drafted<_>>, id: &str| {
        id == "-" || side.as_ref().is_some_and(|side| vocabulary.id(side.value) == id)
    };
    let has_item = |word: &str| transaction.items.iter().any(|item| item.description.text.to_lowercase().contains(word));
    activity.split('|').any(is_activity)
        && is_side(&transaction.from, from)
        && is_side(&transaction.to, to)
        && (item == "-" || item.split('|').any(has_item))
        && (stage == "-" || transaction.stage.value == stage)
}

/// What is not drafted of a text, and what is drafted beside what is expected.
fn differences(paragraph: &Paragraph, rulebook: &Rulebook) -> (Vec<String>, Vec<String>) {
    let mut found = drafted(&paragraph.text, rulebook).transactions;
    let mut missing = Vec::new();
    for expected in &paragraph.drafts {
        match found.iter().position(|transaction| is_as(transaction, expected, rulebook)) {
            Some(position) => drop(found.remove(position)),
            None => missing.push(format!("{}: not drafted: {expected}", paragraph.name)),
        }
    }
    (missing, found.iter().map(|transaction| format!("{}: drafted beside it: {}", paragraph.name, transaction.id)).collect())
}

#[test]
fn of_a_paragraph_every_reported_act_is_drafted_and_nothing_else() {
    let rulebook = Rulebook::built_in().unwrap();
    let mut wrong = Vec::new();
    for paragraph in
        ["paragraphs.yaml", "constructions.yaml", "backgrounds.yaml", "references.yaml"].into_iter().flat_map(paragraphs_of)
    {
        let (missing, more) = differences(&paragraph, &rulebook);
        wrong.extend(missing.into_iter().chain(more));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn of_an_article_of_any_kind_the_acts_are_drafted() {
    let rulebook = Rulebook::built_in().unwrap();
    let articles = paragraphs_of("articles.yaml");
    let wrong: Vec<String> = articles.iter().flat_map(|article| differences(article, &rulebook).0).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// An act of `tests/draft/retellings.yaml`.
#[derive(Deserialize)]
struct Retelling {
    text: String,
    drafts: String,
}

#[test]
fn an_act_is_drafted_in_whatever_words_it_is_told() {
    let rulebook = Rulebook::built_in().unwrap();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/draft/retellings.yaml");
    let retellings: Vec<Retelling> = serde_yaml::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let mut wrong = Vec::new();
    for Retelling { text, drafts } in &retellings {
        let article = format!("Report\n\nOn 3 June 2023 the paper wrote this.\n\n{text}\n");
        match &drafted(&article, &rulebook).transactions[..] {
            [transaction] if is_as(transaction, drafts, &rulebook) => {}
            found => wrong.push(format!("{text}: not {drafts}, but {:?}", found.iter().map(|t| &t.id).collect::<Vec<_>>())),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Acts of `tests/draft/forms.yaml`: what is to be drafted from each of several texts.
#[derive(Deserialize)]
struct Forms {
    drafts: Vec<String>,
    texts: Vec<String>,
}

#[test]
fn an_act_is_drafted_in_whatever_form_of_sentence_it_is_told() {
    let rulebook = Rulebook::built_in().unwrap();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/draft/forms.yaml");
    let forms: Vec<Forms> = serde_yaml::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let mut wrong = Vec::new();
    for Forms { drafts, texts } in &forms {
        for text in texts {
            let is_article = text.contains('\n');
            let article =
                if is_article { text.clone() } else { format!("Report\n\nOn 3 June 2023 the paper wrote this.\n\n{text}\n") };
            let mut found = drafted(&article, &rulebook).transactions;
            for expected in drafts {
                match found.iter().position(|transaction| is_as(transaction, expected, &rulebook)) {
                    Some(position) => drop(found.remove(position)),
                    None => wrong.push(format!("{text}: not drafted: {expected}")),
                }
            }
            wrong.extend(found.iter().map(|transaction| format!("{text}: drafted beside it: {}", transaction.id)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_taken_back_or_unfounded_is_no_transaction() {
    let rulebook = Rulebook::built_in().unwrap();
    for text in [
        "On Tuesday we said that North Korea had shipped shells to Russia. It had not.",
        "Reports that North Korea had shipped shells to Russia proved to be without foundation.",
        "The panel looked into reports that North Korea had shipped shells to Russia.",
        "A film about a captain who carries shells from North Korea to Russia has won a prize.",
        "50 years ago (1973). North Korea has shipped shells to Syria, a visitor said.",
    ] {
        let found = drafted(&format!("Report\n\nOn 3 May 2023 a paper wrote this.\n\n{text}\n"), &rulebook);
        assert!(found.transactions.is_empty(), "{text}: {}", found.transactions[0].id);
        assert!(!found.left_out.is_empty(), "{text}");
    }
}

#[test]
fn what_is_given_in_return_goes_the_other_way() {
    let rulebook = Rulebook::built_in().unwrap();
    let text = "SEOUL, 3 May 2023 - North Korea has sent Russia howitzers, officials said. In return it has received air defence missiles.";
    let found = drafted(text, &rulebook).transactions;
    assert!(found.iter().any(|transaction| is_as(transaction, "supply RU->KP missile completed", &rulebook)));
}

#[test]
fn ships_transits_and_seizures_are_facts_of_the_act() {
    let rulebook = Rulebook::built_in().unwrap();
    let text = "COLOMBO, 15 June 2019 - The tanker Blue Gannet (IMO 9191773), which flies the flag of Togo, carried rockets from North Korea \
                to Sudan by way of Sri Lanka. Customs officers of Sri Lanka seized the rockets in Colombo.";
    let yaml = to_yaml(&drafted(text, &rulebook), &rulebook);
    for fact in [r#"{name: "Blue Gannet", flag: TG, imo: "9191773"}"#, "via: [LK]", "actions: [{action: seizure, by: LK}]"] {
        assert!(yaml.contains(fact), "{fact} is not in\n{yaml}");
    }
}

#[test]
fn every_draft_is_an_incident_file_that_can_be_checked() {
    let rulebook = Rulebook::built_in().unwrap();
    for paragraph in paragraphs_of("paragraphs.yaml") {
        let yaml = to_yaml(&drafted(&paragraph.text, &rulebook), &rulebook);
        let file = IncidentFile::parse("draft.yaml", &yaml, &rulebook)
            .unwrap_or_else(|error| panic!("{}: {error}\n{yaml}", paragraph.name));
        Checker::new(&rulebook).check(&file);
    }
}

#[test]
fn every_fact_has_words_of_its_article() {
    let rulebook = Rulebook::built_in().unwrap();
    for paragraph in paragraphs_of("paragraphs.yaml") {
        for transaction in drafted(&paragraph.text, &rulebook).transactions {
            let facts = [
                Some(&transaction.activity.words),
                transaction.from.as_ref().map(|side| &side.words),
                transaction.date.as_ref().map(|date| &date.words),
            ];
            for words in facts.into_iter().flatten().chain(transaction.items.iter().map(|item| &item.description)) {
                let written = paragraph.text.get(words.bytes.clone()).unwrap();
                assert_eq!(written.split_whitespace().collect::<Vec<_>>().join(" "), words.text, "{}", paragraph.name);
                assert_eq!(paragraph.text[..words.bytes.start].matches('\n').count() + 1, words.line, "{}", paragraph.name);
            }
        }
    }
}

#[test]
fn a_hedge_is_a_plan_or_an_allegation_and_never_more() {
    let rulebook = Rulebook::built_in().unwrap();
    for (sentence, stage, is_alleged) in [
        ("North Korea shipped shells to Russia.", "completed", false),
        ("North Korea is shipping shells to Russia.", "ongoing", false),
        ("North Korea will ship shells to Russia.", "planned", false),
        ("North Korea may ship shells to Russia.", "planned", false),
        ("North Korea plans to ship shells to Russia.", "planned", false),
        ("North Korea agreed to ship shells to Russia.", "planned", false),
        ("North Korea may have shipped shells to Russia.", "completed", true),
        ("North Korea is believed to have shipped shells to Russia.", "completed", true),
        ("North Korea allegedly shipped shells to Russia.", "completed", true),
        ("North Korea shipped shells to Russia, officials believe.", "completed", true),
        ("North Korea tried to ship shells to Russia.", "attempted", false),
    ] {
        let found = drafted(&format!("On 3 May 2023 a paper wrote this.\n\n{sentence}\n"), &rulebook).transactions;
        let [transaction] = &found[..] else { panic!("{sentence}: {} transactions", found.len()) };
        assert_eq!((transaction.stage.value, transaction.is_alleged), (stage, is_alleged), "{sentence}");
    }
}

#[test]
fn what_did_not_happen_is_left_out_with_the_reason() {
    let rulebook = Rulebook::built_in().unwrap();
    for sentence in [
        "North Korea did not ship shells to Russia.",
        "North Korea has never shipped shells to Russia.",
        "There is no evidence that North Korea shipped shells to Russia.",
        "Moscow denied that North Korea had shipped shells to Russia.",
        "North Korea refused to ship shells to Russia.",
        "If North Korea ships shells to Russia, Seoul will respond.",
        "North Korea must not ship shells to Russia.",
        "Nobody in North Korea shipped shells to Russia.",
        "Has North Korea shipped shells to Russia?",
    ] {
        let found = drafted(&format!("On 3 May 2023 a paper wrote this.\n\n{sentence}\n"), &rulebook);
        assert!(found.transactions.is_empty(), "{sentence}: {}", found.transactions[0].id);
        assert!(!found.left_out.is_empty(), "{sentence}");
    }
}

#[test]
fn several_articles_on_one_event_are_one_draft() {
    let rulebook = Rulebook::built_in().unwrap();
    let article = |name: &str, text: &str| Article { name: name.to_owned(), text: text.to_owned() };
    let articles = [
        article("one.txt", "SEOUL, 3 May 2023 - North Korea sent artillery shells to Russia in April, officials said.\n"),
        article(
            "two.txt",
            "TOKYO, 4 May 2023 - Artillery shells were sent to Russia by North Korea last month. Moscow denied it.\n",
        ),
    ];
    let found = draft(&articles, None, &rulebook);
    assert_eq!(found.transactions.len(), 1);
    assert_eq!(found.sources.iter().filter(|source| source.words.is_none()).count(), 2);
    assert_eq!(found.transactions[0].denied_by.len(), 1);
}

#[test]
fn what_a_private_person_denies_is_not_denied_by_his_state() {
    let rulebook = Rulebook::built_in().unwrap();
    let act = "Iran sent rifles to the Houthis in May.";
    for denial in [
        "An Iranian trader denied it.",
        "The Iranian captain denied having carried rifles.",
        "The family of the Iranian businessman rejected the account.",
        "A lawyer for the Iranian firm denied that it had sold rifles.",
        "Pars Trading, a firm in Tehran, denied the report.",
        "An Iranian denied the report.",
    ] {
        let found = drafted(&format!("Report\n\nOn 3 June 2023 the paper wrote this.\n\n{act} {denial}\n"), &rulebook);
        assert_eq!(found.transactions.len(), 1, "{denial}");
        assert!(found.transactions[0].denied_by.is_empty(), "{denial}");
        assert_eq!(found.transactions[0].other_denials.len(), 1, "{denial}");
    }
    for denial in [
        "Iran denied it.",
        "Tehran rejected the report.",
        "The Iranian foreign ministry denied the report.",
        "A spokesman for the Iranian embassy denied it.",
        "Iran's ambassador denied that rifles had been sent.",
        "The Iranians denied the report.",
    ] {
        let found = drafted(&format!("Report\n\nOn 3 June 2023 the paper wrote this.\n\n{act} {denial}\n"), &rulebook);
        assert_eq!(found.transactions.len(), 1, "{denial}");
        assert_eq!(found.transactions[0].denied_by.len(), 1, "{denial}");
        assert!(found.transactions[0].other_denials.is_empty(), "{denial}");
    }
}

#[test]
fn what_other_sentences_tell_of_the_same_goods_and_people_is_written() {
    let rulebook = Rulebook::built_in().unwrap();
    let text = "Seoul, 14 March 2019\n\nSouth Korean customs officials said on Tuesday that they had found 3,217 tonnes of North \
                Korean coal on board the Togo-flagged freighter Sky Angel at the port of Pohang. The coal had been loaded in Nampo \
                and reloaded at Kholmsk in Russia in October 2018, and the importer, a firm in Busan called Duri Trading, had \
                declared it as Russian. The firm paid $412,000 to a broker in Hong Kong. The Russian embassy denied any \
                involvement.\n\nIn a separate case, police in Vladivostok said that about 300 North Korean labourers were still \
                working on a building site of the company Primorstroi, although their permits had run out.\n";
    let yaml = to_yaml(&drafted(text, &rulebook), &rulebook);
    for line in [
        "from: {country: KP, declared_as: RU}",
        "to: KR",
        "{description: \"coal\", quantity: \"3,217 tonnes\"}",
        "{role: importer, name: \"Duri Trading\", nationality: KR}",
        "{name: \"Sky Angel\", flag: TG}",
        "{name: \"Nampo\", country: KP, call: loading}",
        "{name: \"Pohang\", country: KR}",
        "payment: {amount: \"$412,000\"}",
        "denied_by: [RU]",
        "to: RU",
        "people: [{nationality: KP, count: \"about 300\", occupation: \"labourers\"}]",
    ] {
        assert!(yaml.contains(line), "{line} is not in:\n{yaml}");
    }
}

#[test]
fn who_is_quoted_is_a_source_beside_the_newspaper() {
    let rulebook = Rulebook::built_in().unwrap();
    for said in [
        "the UN Panel of Experts said",
        "according to the UN Panel of Experts",
        "the newspaper wrote, citing the UN Panel of Experts",
    ] {
        let text = format!("Report\n\nOn 3 June 2023 the paper wrote this.\n\nNorth Korea sent shells to Syria, {said}.\n");
        let found = drafted(&text, &rulebook);
        let kinds: Vec<&str> = found.sources.iter().map(|source| rulebook.term(source.kind)).collect();
        assert_eq!(kinds, ["press", "panel-of-experts"], "{said}");
        assert_eq!(found.transactions[0].sources.len(), 2, "{said}");
    }
}

#[test]
fn an_article_with_nothing_to_report_says_so() {
    let rulebook = Rulebook::built_in().unwrap();
    for text in ["", "\n\n", "The weather in Paris was fine.", "%%%% \u{0} ((((( \"\"\" ''s 's"] {
        let yaml = to_yaml(&drafted(text, &rulebook), &rulebook);
        assert!(yaml.contains("Nothing to report was found"), "{yaml}");
        assert!(yaml.contains("\ntransactions: []\n"), "{yaml}");
    }
}

#[test]
fn a_megabyte_takes_less_than_a_second_for_each_kind_of_text() {
    let rulebook = Rulebook::built_in().unwrap();
    let news: String = paragraphs_of("paragraphs.yaml").iter().map(|paragraph| paragraph.text.as_str()).collect();
    for piece in [
        news.as_str(),
        "a ",
        "North Korea ",
        ", ",
        "that ",
        "and of ",
        "\"",
        "sold coal to Russia and ",
        "(",
        "\n\n",
        "1 ",
        "A B C ",
        "between 1 and ",
    ] {
        let text = piece.repeat(1_000_000 / piece.len());
        let start = Instant::now();
        let found = drafted(&text, &rulebook);
        // Tests are built without optimisation, and share the machine.
        assert!(
            start.elapsed() < Duration::from_secs(20),
            "{piece:?}: {:?}, {} transactions",
            start.elapsed(),
            found.transactions.len()
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_breaks_it_and_the_same_text_gives_the_same_draft(pieces in proptest::collection::vec(piece(), 0..60)) {
        thread_local! { static RULEBOOK: Rulebook = Rulebook::built_in().unwrap(); }
        let text = pieces.concat();
        RULEBOOK.with(|rulebook| {
            let found = drafted(&text, rulebook);
            let yaml = to_yaml(&found, rulebook);
            assert_eq!(to_yaml(&drafted(&text, rulebook), rulebook), yaml);
            to_json(&found, rulebook);
            IncidentFile::parse("draft.yaml", &yaml, rulebook).map_err(|error| format!("{error}\n{yaml}")).unwrap();
        });
    }
}

/// Words, marks and characters in any order.
fn piece() -> impl Strategy<Value = String> {
    let words = [
        "North Korea",
        " has ",
        "sold",
        " shells ",
        "to ",
        "Russia",
        ", ",
        ". ",
        "which ",
        "that ",
        "and ",
        "of ",
        "not ",
        "\"",
        "\n",
        "\n\n",
        "'s ",
        "in May 2023 ",
        "on 31 February ",
        "the ",
        "3 ",
        "said ",
        "it ",
        "between ",
        "(",
        ")",
        "- ",
        "by ",
        "Kim",
        " 's",
        "\u{2019}s ",
        "none ",
        "-made ",
    ];
    prop_oneof![8 => proptest::sample::select(words.to_vec()).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from), 1 => ".{0,6}"]
}

#[test]
fn a_month_to_come_is_of_the_year_to_come_and_one_that_was_of_the_last() {
    let rulebook = Rulebook::built_in().unwrap();
    for (sentence, date) in [
        ("Iran will ship drones to Sudan in June.", "2023-06"),
        ("Iran is to ship drones to Sudan in early July.", "2023-07-01/2023-07-10"),
        ("Iran said that it would ship drones to Sudan in June.", "2023-06"),
        ("Iran plans to ship drones to Sudan in August.", "2023-08"),
        ("Iran shipped drones to Sudan in June.", "2022-06"),
        ("Iran will have shipped drones to Sudan in January.", "2023-01"),
    ] {
        let draft = drafted(&format!("On 3 March 2023 a paper wrote this.\n\n{sentence}\n"), &rulebook);
        let yaml = to_yaml(&draft, &rulebook);
        assert!(yaml.contains(&format!("    date: {date} ")), "{sentence}: {date} is not in\n{yaml}");
    }
}
