//! A possible origin or nationality from the words of a description or of a name: "North Korean anthracite", "Pyongyang
//! Informatics Centre". That a text names a State may mean many things, so nothing sure follows from it.

use compact_str::CompactString;

use crate::facts::{CodedTerm, Derivation, FactPath, Scheme, Term, Terms, Transaction};
use crate::rulebook::{PartySide, Vocabulary};

use super::collector::{Collector, only_term, path_in, possibly};
use super::state_organs::{StateOrgan, organ_of_state};

pub(super) fn derive(transaction: &mut Transaction, derived: &mut Collector<'_>) {
    let sent_from = transaction.from.get().and_then(|side| only_term(&side.country));
    let of_papers = origin_of_papers(transaction, sent_from, derived);
    for (index, item) in transaction.items.get_mut().unwrap_or_default().iter_mut().enumerate() {
        if !item.origin.is_unknown() {
            continue;
        }
        let texts = [(&item.description, "description"), (&item.made_by, "made_by"), (&item.declared_as, "declared_as")];
        let named = texts.into_iter().find_map(|(text, key)| Some((key, mention(text.as_deref()?, sent_from, derived)?)));
        if let Some((key, (countries, named))) = named {
            let how = Derivation::Mention { named };
            derived.put(&mut item.origin, countries, path_in("items", index, "origin"), path_in("items", index, key), how);
        } else if let Some((countries, from)) = &of_papers {
            let how = Derivation::Paper;
            derived.put(&mut item.origin, countries.clone(), path_in("items", index, "origin"), from.clone(), how);
        }
    }
    let countries_of_sides =
        [&transaction.from, &transaction.to].map(|side| side.get().and_then(|side| only_term(&side.country)));
    for (index, party) in transaction.parties.get_mut().unwrap_or_default().iter_mut().enumerate() {
        if !party.nationality.is_unknown() {
            continue;
        }
        let established = only_term(&party.country).or_else(|| country_of_role(&party.role, countries_of_sides, derived));
        let names = party.name.iter().map(|name| (name, "name"));
        let names = names.chain(party.aliases.iter().flatten().map(|alias| (alias, "aliases")));
        let names = names.chain(party.address.iter().map(|address| (address, "address")));
        let named = names.into_iter().find_map(|(name, key)| Some((key, mention(name, established, derived)?)));
        let Some((key, (countries, named))) = named else { continue };
        let name = party.name.as_deref().filter(|_| key == "name");
        let organ = name.and_then(|name| state_or_organ(name, &party.kind, derived.vocabulary));
        let countries = organ.map_or(countries, |organ| Terms::one(CodedTerm::Term(organ.state)));
        let from = path_in("parties", index, key);
        if party.country.is_unknown() {
            let how = Derivation::Mention { named: named.clone() };
            let countries = match organ {
                Some(organ) if !organ.is_at_home => possibly([organ.state]),
                _ => countries.clone(),
            };
            derived.put(&mut party.country, countries, path_in("parties", index, "country"), from.clone(), how);
        }
        let how = Derivation::Mention { named };
        derived.put(&mut party.nationality, countries, path_in("parties", index, "nationality"), from, how);
    }
}

/// The State that a name is the name of, or whose organ it names. Who is called as a State is, and nothing else, is that State, unless
/// it is reported to be something else.
fn state_or_organ(name: &str, kind: &Terms, vocabulary: &Vocabulary) -> Option<StateOrgan> {
    let organs = ["government", "armed-forces", "police"].map(|id| vocabulary.term(Scheme::PartyKind, id));
    let is_organ = || only_term(kind).is_some_and(|kind| organs.contains(&Some(kind)));
    let state = || match vocabulary.find(&[Scheme::Country], name) {
        Some(CodedTerm::Term(state)) if kind.is_unknown() || is_organ() => Some(StateOrgan { state, is_at_home: true }),
        _ => None,
    };
    state().or_else(|| organ_of_state(name, vocabulary))
}

/// The country of the side on which a role is.
fn country_of_role(role: &Terms, [from, to]: [Option<Term>; 2], derived: &Collector<'_>) -> Option<Term> {
    match derived.vocabulary.side(only_term(role)?)? {
        PartySide::Giving => from,
        PartySide::Receiving => to,
        PartySide::Carrying | PartySide::Neither => None,
    }
}

/// The origin of the goods that a certificate of origin tells by the State that issued it or by what it covers.
fn origin_of_papers(transaction: &Transaction, sent_from: Option<Term>, derived: &Collector<'_>) -> Option<(Terms, FactPath)> {
    let certificate = derived.vocabulary.known_terms().certificate_of_origin;
    let vocabulary = derived.vocabulary;
    transaction.documents.known().iter().enumerate().find_map(|(index, paper)| {
        certificate.zip(only_term(&paper.kind)).filter(|(certificate, kind)| vocabulary.is_a(*kind, *certificate))?;
        let issued = only_term(&paper.by).filter(|by| Some(*by) != sent_from && vocabulary.is_in(*by, Scheme::Country));
        let covered = || mention(paper.covers.as_deref()?, sent_from, derived).map(|(countries, _)| (countries, "covers"));
        let (countries, key) = issued.map(|by| (possibly([by]), "by")).or_else(covered)?;
        Some((countries, path_in("documents", index, key)))
    })
}

/// A possible nationality of sides by the names of their parties.
pub(super) fn derive_of_sides(transaction: &mut Transaction, derived: &mut Collector<'_>) {
    for (side, key) in [(&mut transaction.from, "from"), (&mut transaction.to, "to")] {
        let Some(side) = side.get_mut() else { continue };
        let Some(name) = side.party.as_deref().filter(|_| side.nationality.is_unknown()) else { continue };
        if let Some((countries, named)) = mention(name, only_term(&side.country), derived) {
            let path = FactPath::root().key(key);
            let how = Derivation::Mention { named };
            derived.put(&mut side.nationality, countries, path.key("nationality"), path.key("party"), how);
        }
    }
}

/// The watched countries that a text names, and those that an ambiguous name of one may mean. An ambiguous name is explained by
/// a country that the record is reported to have and that it can mean, or that the text names besides: `Korea Trading, Seoul,
/// Republic of Korea`.
pub(super) fn mention(text: &str, explained: Option<Term>, derived: &Collector<'_>) -> Option<(Terms, CompactString)> {
    let names = derived.vocabulary.place_names();
    let found = names.find_in_text(text)?;
    let named_besides = |country: Term| found.mentions.iter().any(|mention| mention.countries == [country]);
    let is_telling = |countries: &[Term]| {
        let may_explain = |country: &Term| explained == Some(*country) || named_besides(*country);
        let is_explained = countries.len() > 1 && countries.iter().any(may_explain);
        !is_explained && countries.iter().any(|country| names.is_watched(*country))
    };
    let telling: Vec<_> = found.mentions.iter().filter(|mention| is_telling(mention.countries)).collect();
    let countries = telling.iter().flat_map(|mention| mention.countries.iter().copied());
    Some((possibly(countries), telling.first()?.phrase.into()))
}
