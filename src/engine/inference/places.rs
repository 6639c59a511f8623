//! The country of a side or a port from its place, region or code.

use compact_str::CompactString;

use crate::facts::{Coded, CodedTerm, Derivation, FactPath, Known, Scheme, Term, Terms, Transaction};
use crate::rulebook::Vocabulary;

use super::collector::{Collector, only_term, path_in, possibly};

/// What a place says of the country.
struct Place {
    countries: Vec<Term>,
    /// The place is in the one country. Otherwise its text only names a country.
    is_sure: bool,
    named: CompactString,
}

pub(super) fn derive(transaction: &mut Transaction, derived: &mut Collector<'_>) {
    for (side, key) in [(&mut transaction.from, "from"), (&mut transaction.to, "to")] {
        let Known::Is(side) = side else { continue };
        for (text, row) in [(&side.place, "place"), (&side.region, "region")] {
            if let Some(place) = text.as_deref().and_then(|text| place_of(text, derived)) {
                let path = FactPath::root().key(key);
                set_country(&mut side.country, place, path.key("country"), path.key(row), derived);
            }
        }
    }
    for (index, port) in transaction.ports.get_mut().unwrap_or_default().iter_mut().enumerate() {
        let (path, from) = (path_in("ports", index, "country"), |key| path_in("ports", index, key));
        let of_code = port.code.as_deref().and_then(|code| Some((code, country_of_code(code, derived.vocabulary)?)));
        if let Some((code, country)) = of_code {
            let place = Place { countries: vec![country], is_sure: true, named: code.into() };
            if only_term(&port.country) != Some(country) {
                set_country(&mut port.country, place, path, from("code"), derived);
            }
        } else if let Some(place) = port.name.as_deref().and_then(|name| place_of(name, derived)) {
            set_country(&mut port.country, place, path, from("name"), derived);
        }
    }
}

/// Sets a country that is not reported. One that is reported stays, unless the place is surely in another: if either is one that
/// is looked for, it may be either.
fn set_country(slot: &mut Terms, place: Place, path: FactPath, from: FactPath, derived: &mut Collector<'_>) {
    let named = place.named;
    match (place.countries.as_slice(), only_term(slot)) {
        _ if slot.is_unknown() => {
            let terms = match (place.countries.as_slice(), place.is_sure) {
                ([only], true) => Coded::one(CodedTerm::Term(*only)),
                (several, _) => possibly(several.iter().copied()),
            };
            let how = if place.is_sure { Derivation::Place { named } } else { Derivation::Mention { named } };
            derived.put(slot, terms, path, from, how);
        }
        ([only], Some(reported)) if place.is_sure && *only != reported => {
            let names = derived.vocabulary.place_names();
            if names.is_watched(*only) || names.is_watched(reported) {
                let either = CodedTerm::OneOf(Box::new([reported, *only].into_iter().collect()));
                derived.put(slot, Coded::one(either), path, from, Derivation::Contradiction { named });
            }
        }
        _ => {}
    }
}

/// The country in which a place is, surely if the text says nothing else.
fn place_of(text: &str, derived: &Collector<'_>) -> Option<Place> {
    if let Some(country) = country_of_locode(text, derived.vocabulary) {
        return Some(Place { countries: vec![country], is_sure: true, named: text.into() });
    }
    let found = derived.places_in(text)?;
    let mut countries: Vec<Term> = found.mentions.iter().flat_map(|m| m.countries.iter().copied()).collect();
    countries.sort_unstable();
    countries.dedup();
    let named = found.mentions.first()?.phrase.into();
    Some(Place { is_sure: found.is_all && countries.len() == 1, countries, named })
}

/// The country of a UN/LOCODE that stands in place of a name. Only countries with places in the vocabulary are taken: five
/// capital letters may be a word.
fn country_of_locode(text: &str, vocabulary: &Vocabulary) -> Option<Term> {
    let is_code = text.len() == 5 && text.bytes().all(|b| b.is_ascii_uppercase() || (b'2'..=b'9').contains(&b));
    let country = is_code.then(|| country_of_code(text, vocabulary)).flatten()?;
    vocabulary.place_names().is_watched(country).then_some(country)
}

/// The country whose ISO 3166-1 code begins a UN/LOCODE.
fn country_of_code(code: &str, vocabulary: &Vocabulary) -> Option<Term> {
    vocabulary.by_exact_id(&[Scheme::Country], code.get(..2)?)
}
