//! The country of a side or a port from its place, region or code, and the region of a side from its place.

use compact_str::CompactString;

use crate::facts::{Coded, CodedTerm, Derivation, FactPath, Scheme, Side, Term, Terms, Transaction, Words};
use crate::rulebook::Vocabulary;

use super::collector::{Collector, only_term, path_in, possibly};

/// What a place says of the country.
struct Place {
    countries: Vec<Term>,
    /// The parts of these countries that it can be in.
    regions: Vec<Term>,
    /// The text names nothing else.
    is_all: bool,
    /// The place is in the one country. Otherwise its text only names a country.
    is_sure: bool,
    named: CompactString,
}

pub(super) fn derive(transaction: &mut Transaction, derived: &mut Collector<'_>) {
    for (side, key) in [(&mut transaction.from, "from"), (&mut transaction.to, "to")] {
        let Some(side) = side.get_mut() else { continue };
        if let Some(region) = country_of_region(&side.region, derived) {
            let path = FactPath::root().key(key);
            set_country(&mut side.country, &region, path.key("country"), path.key("region"), derived);
        }
        if let Some(place) = side.place.as_deref().and_then(|text| place_of(text, derived)) {
            let path = FactPath::root().key(key);
            set_country(&mut side.country, &place, path.key("country"), path.key("place"), derived);
            set_region(side, &place, &path, derived);
        }
    }
    derive_waters(transaction, derived);
    if let Some(sea) = transaction.at_sea.get_mut()
        && let Some(place) = sea.place.as_deref().and_then(|text| place_of(text, derived))
    {
        // What is off the coast of one place is off that of its country.
        let place = Place { is_sure: place.countries.len() == 1, ..place };
        let path = FactPath::root().key("at_sea");
        set_country(&mut sea.off, &place, path.key("off"), path.key("place"), derived);
    }
    for (index, port) in transaction.ports.get_mut().unwrap_or_default().iter_mut().enumerate() {
        let (path, from) = (path_in("ports", index, "country"), |key| path_in("ports", index, key));
        let of_code = port.code.as_deref().and_then(|code| Some((code, country_of_code(code, derived.vocabulary)?)));
        if let Some((code, country)) = of_code {
            let place = Place { countries: vec![country], regions: Vec::new(), is_all: true, is_sure: true, named: code.into() };
            if only_term(&port.country) != Some(country) {
                set_country(&mut port.country, &place, path, from("code"), derived);
            }
        } else if let Some(place) = port.name.as_deref().and_then(|name| place_of(name, derived)) {
            set_country(&mut port.country, &place, path, from("name"), derived);
        }
    }
}

/// The part of the sea that the text about a place at sea names.
fn derive_waters(transaction: &mut Transaction, derived: &mut Collector<'_>) {
    let Some(sea) = transaction.at_sea.get_mut() else { return };
    let Some(text) = sea.place.as_deref().map(Words::new).filter(|_| sea.waters.is_unknown()) else { return };
    let vocabulary = derived.vocabulary;
    let names = |term: &Term| {
        let words = vocabulary.words(*term).flat_map(|(_, words)| words.iter().map(String::as_str));
        let all: Vec<&str> = words.chain([vocabulary.id(*term)]).collect();
        all.into_iter().any(|name| text.find(&Words::new(name)).next().is_some())
    };
    let mut named: Vec<Term> = vocabulary.terms().filter(|term| vocabulary.is_in(*term, Scheme::Waters)).filter(names).collect();
    // `outside territorial waters` names these, and means others: the longest phrase stands last.
    if let Some(term) = named.pop() {
        let path = FactPath::root().key("at_sea");
        let how = Derivation::Described { named: vocabulary.label(term).into() };
        derived.put(&mut sea.waters, Coded::one(CodedTerm::Term(term)), path.key("waters"), path.key("place"), how);
    }
}

/// Sets a country that is not reported. A name of several States is told apart by a place in one of them: `Congo`, and the place
/// Brazzaville. A country that is reported stays, unless the place is surely in another: if either is one that is looked for, it may
/// be either.
fn set_country(slot: &mut Terms, place: &Place, path: FactPath, from: FactPath, derived: &mut Collector<'_>) {
    let named = place.named.clone();
    match (place.countries.as_slice(), only_term(slot)) {
        _ if slot.is_unknown() => {
            let terms = match (place.countries.as_slice(), place.is_sure) {
                ([only], true) => Coded::one(CodedTerm::Term(*only)),
                (several, _) => possibly(several.iter().copied()),
            };
            let how = if place.is_sure { Derivation::Place { named } } else { Derivation::Mention { named } };
            derived.put(slot, terms, path, from, how);
        }
        ([only], None) if place.is_sure && may_be(slot, *only) => {
            derived.put(slot, Coded::one(CodedTerm::Term(*only)), path, from, Derivation::Place { named });
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

/// True if a country is told by a name of several States, one of which is the given one.
fn may_be(slot: &Terms, country: Term) -> bool {
    matches!(slot.is(), Some([CodedTerm::OneOf(several)]) if several.contains(&country))
}

/// Sets the region of a side in which its place is, of those in its country. One that is reported stays, unless the place is
/// surely in another: then it may be either.
fn set_region(side: &mut Side, place: &Place, path: &FactPath, derived: &mut Collector<'_>) {
    let vocabulary = derived.vocabulary;
    let country = only_term(&side.country);
    let is_there = |region: &&Term| country.is_none_or(|country| vocabulary.is_a(**region, country));
    let regions: Vec<Term> = place.regions.iter().filter(is_there).copied().collect();
    // The reported country tells places of one name apart.
    let is_sure = place.is_all && (place.is_sure || country.is_some_and(|country| place.countries.contains(&country)));
    let (path, from, named) = (path.key("region"), path.key("place"), place.named.clone());
    let is_unlisted = matches!(side.region.is(), Some([CodedTerm::Unlisted(_)]));
    match (regions.as_slice(), only_term(&side.region)) {
        ([], _) => {}
        ([only], _) if is_sure && (side.region.is_unknown() || is_unlisted) => {
            derived.put(&mut side.region, Coded::one(CodedTerm::Term(*only)), path, from, Derivation::Place { named });
        }
        (several, _) if side.region.is_unknown() => {
            derived.put(&mut side.region, possibly(several.iter().copied()), path, from, Derivation::Mention { named });
        }
        ([only], Some(reported)) if is_sure && !vocabulary.is_a(*only, reported) && !vocabulary.is_a(reported, *only) => {
            let either = CodedTerm::OneOf(Box::new([reported, *only].into_iter().collect()));
            derived.put(&mut side.region, Coded::one(either), path, from, Derivation::Contradiction { named });
        }
        _ => {}
    }
}

/// What the region of a side says of its country.
fn country_of_region(region: &Terms, derived: &Collector<'_>) -> Option<Place> {
    let vocabulary = derived.vocabulary;
    let [first, rest @ ..] = region.is()? else { return None };
    if let (CodedTerm::Unlisted(text), []) = (first, rest) {
        return place_of(text, derived);
    }
    let term = |region: &CodedTerm| match region {
        CodedTerm::Term(region) => Some(*region),
        _ => None,
    };
    let country = vocabulary.country_of(term(first)?)?;
    let are_there = rest.iter().all(|region| term(region).is_some_and(|region| vocabulary.is_a(region, country)));
    let named = vocabulary.label(term(first)?).into();
    are_there.then(|| Place { countries: vec![country], regions: Vec::new(), is_all: true, is_sure: true, named })
}

/// The country in which a place is, surely if the text says nothing else.
fn place_of(text: &str, derived: &Collector<'_>) -> Option<Place> {
    if let Some(country) = country_of_locode(text, derived.vocabulary) {
        return Some(Place { countries: vec![country], regions: Vec::new(), is_all: true, is_sure: true, named: text.into() });
    }
    let found = derived.places_in(text)?;
    let countries = found.countries();
    let regions = found.regions(None, derived.vocabulary);
    let named = found.mentions.first()?.phrase.into();
    Some(Place { is_all: found.is_all, is_sure: found.is_all && countries.len() == 1, countries, regions, named })
}

/// The country of a UN/LOCODE that stands in place of a name. Only countries with places in the vocabulary are taken: five
/// capital letters may be a word, unless the first two are no vowels.
fn country_of_locode(text: &str, vocabulary: &Vocabulary) -> Option<Term> {
    let is_code = text.len() == 5
        && text.bytes().all(|b| b.is_ascii_uppercase() || (b'2'..=b'9').contains(&b))
        && !text.bytes().take(2).any(|b| matches!(b, b'A' | b'E' | b'I' | b'O' | b'U' | b'Y'));
    let country = is_code.then(|| country_of_code(text, vocabulary)).flatten()?;
    vocabulary.place_names().is_watched(country).then_some(country)
}

/// The country whose ISO 3166-1 code begins a UN/LOCODE.
fn country_of_code(code: &str, vocabulary: &Vocabulary) -> Option<Term> {
    vocabulary.by_exact_id(&[Scheme::Country], code.get(..2)?)
}
