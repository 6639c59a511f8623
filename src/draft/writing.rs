//! An act as it is written to the draft.

use std::ops::Range;

use crate::facts::{Scheme, Term};
use crate::rulebook::Rulebook;

use super::act_terms::ActTerms;
use super::event::{self, Event, Side, Theme};
use super::text::Text;
use super::{DraftItem, DraftSource, DraftTransaction, DraftVessel, Drafted, Words, denials, sources, words};

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
    let (mut people, mut subject, mut more_subjects) = (None, None, Vec::new());
    for theme in &event.themes {
        let is_help = rulebook.vocabulary.is_a(event.activity, terms.technical_assistance);
        match theme.kind {
            event::ThemeKind::People => {
                people = people.or(Some(said(
                    &theme
                        .amount
                        .as_ref()
                        .map_or(theme.tokens.clone(), |amount| amount.start.min(theme.tokens.start)..theme.tokens.end),
                )))
            }
            event::ThemeKind::Other if !is_help && subject.is_some() => more_subjects.push(said(&theme.tokens)),
            event::ThemeKind::Other if !is_help => subject = Some(said(&theme.tokens)),
            _ if rulebook.vocabulary.is_a(event.activity, terms.funds_transfer) => {}
            _ => items.push(DraftItem {
                description: said(&theme.tokens),
                quantity: quantity(theme, &said, rulebook),
                is_technology: is_help,
            }),
        }
    }
    let parties = event.names.iter().filter_map(|name| {
        let role = match name.side {
            event::PartyPlace::Giver => "supplier",
            event::PartyPlace::Taker => "end-user",
            event::PartyPlace::Ship => return None,
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
    let is_side =
        |country: Term| [&event.from, &event.to].iter().any(|side| side.as_ref().is_some_and(|side| side.country == country));
    let mut denied_by: Vec<Drafted<Term>> = Vec::new();
    for denial in denials {
        let denied_text = texts.get(denial.article)?;
        if denial.is_of_goods && !rulebook.vocabulary.is_a(event.activity, terms.supply) {
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
        parties: parties.collect(),
        vessels,
        via: event.via.iter().map(drafted).collect(),
        seizure: event.seizure.as_ref().map(|(tokens, by)| (said(tokens), by.as_ref().map(|side| side.country))),
        denied_by,
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
