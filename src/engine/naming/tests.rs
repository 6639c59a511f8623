//! Heads of descriptions, by the built-in rulebook.

use super::{Naming, NamingKind};
use crate::facts::Words;
use crate::rulebook::Rulebook;

/// The heads that a description names, each with its first code if it is a word of the lexicon.
fn heads(rulebook: &Rulebook, text: &str) -> Vec<String> {
    let (mut words, mut starts) = (Words::default(), Vec::new());
    words.replace(text, &mut starts);
    let naming = Naming::new(&rulebook.goods, &words, (text, &starts), &rulebook.goods.find_terms(&words));
    let heads = naming.phrases.iter().filter_map(|phrase| phrase.head.as_ref());
    let shown = heads.map(|head| {
        let word = head.word.and_then(|id| rulebook.goods.named_goods(id)).map_or("?", |named| named.word);
        format!("{word}{}", if head.of_parts { ", parts" } else { "" })
    });
    match naming.kind {
        NamingKind::Vague => vec!["vague".to_owned()],
        NamingKind::Unrecognised => vec!["unrecognised".to_owned()],
        NamingKind::Named => shown.collect(),
    }
}

#[test]
fn the_head_of_a_phrase_is_what_it_names() {
    let rulebook = Rulebook::built_in().unwrap();
    for (text, expected) in [
        ("truck tarpaulins", "truck tarpaulin"),
        ("posters of missiles", "poster"),
        ("bottles of red wine", "red wine"),
        ("bouteilles de bière", "bière"),
        ("affiches de camions", "affiche"),
        ("pièces de rechange pour camions", "camion, parts"),
        ("spare parts for excavators", "excavator, parts"),
        ("запчасти для экскаваторов", "экскаватор, parts"),
        ("books about submarines", "book"),
        ("missile toe shoes", "shoe"),
        ("neodymium powder", "neodymium"),
        ("вода минеральная", "минеральная вода"),
        ("оцинкованный лист", "оцинкованный лист"),
        ("프라이판", "프라이판"),
        ("铁锅", "锅"),
        ("a truck of squid", "squid"),
        ("a lorry full of crabs", "crab"),
        ("trucks of Japanese make", "truck"),
        ("грузовик кальмаров", "кальмар"),
        ("toy missiles", "toy"),
        ("misiles de juguete", "juguete"),
        ("statue of liberty postcards", "postcard"),
    ] {
        let found = heads(&rulebook, text);
        assert!(found.first().is_some_and(|head| head == expected), "{text}: {found:?}");
    }
}

#[test]
fn a_description_of_nothing_known_is_told_from_a_vague_one() {
    let rulebook = Rulebook::built_in().unwrap();
    for (text, expected) in [
        ("zorbles", "unrecognised"),
        ("Dachziegel", "unrecognised"),
        ("фывапролд", "unrecognised"),
        ("as per attached invoice", "vague"),
        ("N/A", "vague"),
        ("spare parts", "vague"),
        ("согласно инвойсу", "vague"),
        ("见附件", "vague"),
        ("첨부 참조", "vague"),
    ] {
        assert_eq!(heads(&rulebook, text), [expected], "{text}");
    }
}

#[test]
fn a_description_is_split_into_phrases() {
    let rulebook = Rulebook::built_in().unwrap();
    assert_eq!(heads(&rulebook, "frying pans, shovels and laptops").len(), 3);
    assert_eq!(heads(&rulebook, "铁锅、手机和自行车").len(), 3);
    assert_eq!(heads(&rulebook, "nut and bolt").len(), 1);
    // What may be a load or belong to the carrier stands beside it.
    assert_eq!(heads(&rulebook, "fishing boats with nets").len(), 2);
    assert_eq!(heads(&rulebook, "sugar cargo with grenades").len(), 2);
}
