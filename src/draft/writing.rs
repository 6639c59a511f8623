//! An act as it is written to the draft.

use std::ops::Range;

use crate::facts::{Scheme, Term};
use crate::rulebook::Rulebook;

use super::act_terms::ActTerms;
use super::event::{self, Event, Side, Theme};
use super::text::Text;
use super::{
    DraftItem, DraftPeople, DraftPort, DraftSource, DraftTransaction, DraftVessel, Drafted, Words, denials, sources, words,
};

/// How many sentences from an act who speaks for no State may deny it.
const DENIAL_REACH: usize = 3;

/// An act as it is written to the draft.
pub(super) fn written(
    event: &Event,
    number: usize,
    texts: &[Text<'_>],
    denials: &[denials::Denial],
    sources: &[DraftSource],
    rulebook: &Rulebook,
    terms: &ActTerms,
) -> Option<DraftTransaction> {
    let text = texts.get(event.article)?;
    let said = |tokens: &Range<usize>| words(event.article, text, tokens);
    let side = |side: &Option<Side>| {
        side.as_ref().map(|side| Drafted {
            value: side.country,
            words: said(&side.tokens),
            is_supposed: side.how < event::How::Named,
        })
    };
    let sentence = text.sentences.get(event.sentence)?;
    let mut items = Vec::new();
    let (mut people, mut payment, mut subject, mut more_subjects) = (None, None, None, Vec::new());
    for theme in &event.themes {
        let is_help = rulebook.vocabulary.is_a(event.activity, terms.technical_assistance);
        match theme.kind {
            event::ThemeKind::People => {
                people = people.or_else(|| Some(self::people(event, theme, &said, rulebook, terms)));
            }
            event::ThemeKind::Other if !is_help && subject.is_some() => more_subjects.push(said(&theme.tokens)),
            event::ThemeKind::Other if !is_help => subject = Some(said(&theme.tokens)),
            _ if rulebook.vocabulary.is_a(event.activity, terms.funds_transfer) => {
                payment = payment.or_else(|| sum(theme, &said, rulebook));
            }
            _ => items.push(DraftItem {
                description: said(&theme.tokens),
                quantity: quantity(theme, &said, rulebook),
                declared_as: None,
                is_technology: is_help,
            }),
        }
    }
    let declared = event.declared.as_ref();
    // What papers call the load as a whole is what they call the one thing that it is.
    if let ([item], Some(goods)) = (items.as_mut_slice(), declared.and_then(|declared| declared.goods.as_ref())) {
        item.declared_as = Some(said(goods));
    }
    let declared_from = declared.and_then(|declared| declared.country.as_ref());
    let declared_from = declared_from.filter(|side| event.from.as_ref().is_some_and(|from| from.country != side.country));
    let parties = event.names.iter().filter_map(|name| {
        let role = match name.side {
            event::PartyPlace::Giver => "supplier",
            event::PartyPlace::Taker => "end-user",
            event::PartyPlace::Ship => return None,
            event::PartyPlace::Role(role) => role,
        };
        Some((role, said(&name.tokens), name.country))
    });
    let drafted = |side: &Side| Drafted { value: side.country, words: said(&side.tokens), is_supposed: false };
    let ships = event.ships.iter().map(|ship| DraftVessel {
        name: said(&ship.name),
        flag: ship.flag.as_ref().map(drafted),
        imo: ship.imo.as_ref().map(said),
    });
    let mut vessels: Vec<DraftVessel> = ships.collect();
    for name in event.names.iter().filter(|name| name.side == event::PartyPlace::Ship) {
        let name = said(&name.tokens);
        if vessels.iter().all(|vessel| vessel.name.text != name.text) {
            vessels.push(DraftVessel { name, flag: None, imo: None });
        }
    }
    let id = rulebook.term(event.activity);
    let others =
        event.via.iter().chain(declared_from).map(|side| side.country).chain(event.ports.iter().map(|port| port.country));
    let sides = [&event.from, &event.to].into_iter().flatten().map(|side| side.country).chain(others);
    let sides: Vec<Term> = sides.collect();
    let is_side = |country: Term| sides.contains(&country);
    let mut other_denials: Vec<Words> = Vec::new();
    let mut denied_by: Vec<Drafted<Term>> = Vec::new();
    for denial in denials {
        let denied_text = texts.get(denial.article)?;
        if denial.is_of_goods && !rulebook.vocabulary.is_a(event.activity, terms.supply) {
            continue;
        }
        if denial.article == event.article && denial.story != event.story {
            continue;
        }
        if denial.is_private {
            let is_near = denial.article == event.article && denial.sentence.abs_diff(event.sentence) <= DENIAL_REACH;
            if is_near || denial.sides.iter().any(|side| is_side(side.country)) {
                other_denials.push(words(denial.article, denied_text, &denial.tokens));
            }
            continue;
        }
        for side in denial.sides.iter().filter(|side| is_side(side.country)) {
            if !denied_by.iter().any(|known| known.value == side.country) {
                denied_by.push(Drafted {
                    value: side.country,
                    words: words(denial.article, denied_text, &denial.tokens),
                    is_supposed: false,
                });
            }
        }
    }
    Some(DraftTransaction {
        id: if number == 1 { id.to_owned() } else { format!("{id}-{number}") },
        sentence: said(&sentence.tokens),
        activity: Drafted { value: event.activity, words: said(&event.act), is_supposed: false },
        field: items
            .iter()
            .filter(|item: &&DraftItem| item.is_technology)
            .find_map(|item| field(&item.description.text, rulebook)),
        stage: Drafted { value: event.status.stage.id(), words: said(&event.act), is_supposed: false },
        is_alleged: event.status.is_alleged,
        date: event.date.as_ref().map(|date| Drafted {
            value: date.value,
            words: said(&date.tokens),
            is_supposed: event.is_date_supposed,
        }),
        from: side(&event.from),
        to: side(&event.to),
        items,
        subject,
        more_subjects,
        people,
        payment,
        declared_from: declared_from.map(drafted),
        parties: parties.collect(),
        vessels,
        via: event.via.iter().map(drafted).collect(),
        seizure: event.seizure.as_ref().map(|(tokens, by)| (said(tokens), by.as_ref().map(|side| side.country))),
        ports: event
            .ports
            .iter()
            .map(|port| DraftPort { name: said(&port.name), country: port.country, call: port.call })
            .collect(),
        denied_by,
        other_denials,
        sources: sources::of_event(event, sources, texts),
    })
}

/// The field of work that a word of a text names.
fn field(text: &str, rulebook: &Rulebook) -> Option<Term> {
    let vocabulary = &rulebook.vocabulary;
    let fields: Vec<Term> = vocabulary.terms().filter(|term| vocabulary.is_in(*term, Scheme::Field)).collect();
    text.split(' ').map(|word| super::memory::singular(&word.to_lowercase())).find_map(|word| {
        let is_named = |field: &&Term| {
            vocabulary
                .words(**field)
                .any(|(_, words)| words.iter().any(|known| super::memory::singular(&known.to_lowercase()) == word))
        };
        fields.iter().find(is_named).copied()
    })
}

/// The amount before a theme, if the format reads it.
fn quantity(theme: &Theme, said: &dyn Fn(&Range<usize>) -> Words, rulebook: &Rulebook) -> Option<Drafted<String>> {
    let words = said(theme.amount.as_ref()?);
    let unit = rulebook.vocabulary.read_amount(&words.text).ok().filter(|amount| amount.readings.is_none())?.unit;
    let value = if unit.is_some() { words.text.clone() } else { format!("{} pieces", words.text) };
    Some(Drafted { value, words, is_supposed: false })
}

/// A group of people with what its words say of it.
fn people(
    event: &Event,
    theme: &Theme,
    said: &dyn Fn(&Range<usize>) -> Words,
    rulebook: &Rulebook,
    terms: &ActTerms,
) -> DraftPeople {
    let is_work = rulebook.vocabulary.is_a(event.activity, terms.employment);
    let amount = theme.amount.as_ref().map(|amount| said(amount).text);
    let occupation = said(&theme.tokens).text;
    // `North Koreans` are of no trade.
    let is_nation = occupation.split(' ').any(|word| word.starts_with(char::is_uppercase));
    let whole = theme.amount.as_ref().map_or(theme.tokens.start, |amount| amount.start.min(theme.tokens.start));
    DraftPeople {
        words: said(&(whole..theme.tokens.end)),
        nationality: event.from.as_ref().filter(|_| is_work).map(|from| from.country),
        count: amount.filter(|text| {
            let read = rulebook.vocabulary.read_amount(text);
            read.is_ok_and(|amount| amount.unit.is_none() && amount.readings.is_none())
        }),
        occupation: Some(occupation).filter(|_| !is_nation),
    }
}

/// The sum that a theme names, if the format reads it.
fn sum(theme: &Theme, said: &dyn Fn(&Range<usize>) -> Words, rulebook: &Rulebook) -> Option<Words> {
    let start = theme.amount.as_ref().map_or(theme.tokens.start, |amount| amount.start.min(theme.tokens.start));
    let words = said(&(start..theme.tokens.end));
    let read = rulebook.vocabulary.read_amount(&words.text).ok()?;
    (theme.kind == event::ThemeKind::Money && read.unit.is_some() && read.readings.is_none()).then_some(words)
}
