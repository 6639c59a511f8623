//! The draft for machines: every fact with the span of its words.

use serde_json::{Value, json};

use crate::rulebook::Rulebook;

use super::{Draft, DraftTransaction, Drafted, Words};

/// The draft as JSON. Spans are bytes of the article's text, lines count from 1.
pub fn to_json(draft: &Draft, rulebook: &Rulebook) -> Value {
    json!({
        "id": draft.id,
        "articles": draft.articles,
        "title": draft.title.as_ref().map(|title| title.text.clone()),
        "date": draft.date.as_ref().map(|date| fact(date, date.value.to_string())),
        "sources": draft.sources.iter().map(|source| json!({
            "id": source.id,
            "kind": rulebook.term(source.kind),
            "title": source.title,
            "published": source.published.map(|day| day.to_string()),
            "words": source.words.as_ref().map(words),
        })).collect::<Vec<_>>(),
        "transactions": draft.transactions.iter().map(|transaction| self::transaction(transaction, rulebook)).collect::<Vec<_>>(),
        "left_out": draft.left_out.iter().map(|(left, reason)| json!({"words": words(left), "reason": reason})).collect::<Vec<_>>(),
    })
}

fn transaction(transaction: &DraftTransaction, rulebook: &Rulebook) -> Value {
    let term = |drafted: &Drafted<crate::facts::Term>| fact(drafted, rulebook.term(drafted.value).to_owned());
    json!({
        "id": transaction.id,
        "sentence": words(&transaction.sentence),
        "activity": term(&transaction.activity),
        "field": transaction.field.map(|field| rulebook.term(field)),
        "stage": fact(&transaction.stage, transaction.stage.value.to_owned()),
        "evidence": transaction.is_alleged.then_some("alleged"),
        "date": transaction.date.as_ref().map(|date| fact(date, date.value.to_string())),
        "from": transaction.from.as_ref().map(term),
        "to": transaction.to.as_ref().map(term),
        "items": transaction.items.iter().map(|item| json!({
            "description": words(&item.description),
            "quantity": item.quantity.as_ref().map(|quantity| fact(quantity, quantity.value.clone())),
            "declared_as": item.declared_as.as_ref().map(words),
            "form": item.is_technology.then_some("technology"),
        })).collect::<Vec<_>>(),
        "subject": transaction.subject.as_ref().map(words),
        "more_subjects": transaction.more_subjects.iter().map(words).collect::<Vec<_>>(),
        "people": transaction.people.as_ref().map(|people| {
            let mut value = words(&people.words);
            if let Some(object) = value.as_object_mut() {
                object.insert("nationality".to_owned(), people.nationality.map(|nationality| rulebook.term(nationality)).into());
                object.insert("count".to_owned(), people.count.clone().into());
                object.insert("occupation".to_owned(), people.occupation.clone().into());
            }
            value
        }),
        "payment": transaction.payment.as_ref().map(words),
        "declared_from": transaction.declared_from.as_ref().map(term),
        "parties": transaction.parties.iter().map(|(role, name, country)| json!({
            "role": role,
            "name": words(name),
            "nationality": country.map(|country| rulebook.term(country)),
        })).collect::<Vec<_>>(),
        "vessels": transaction.vessels.iter().map(|vessel| {
            let mut value = words(&vessel.name);
            if let Some(object) = value.as_object_mut() {
                object.insert("flag".to_owned(), vessel.flag.as_ref().map(term).into());
                object.insert("imo".to_owned(), vessel.imo.as_ref().map(words).into());
            }
            value
        }).collect::<Vec<_>>(),
        "via": transaction.via.iter().map(term).collect::<Vec<_>>(),
        "seizure": transaction.seizure.as_ref().map(|(seizure, by)| json!({
            "words": words(seizure),
            "by": by.map(|by| rulebook.term(by)),
        })),
        "ports": transaction.ports.iter().map(|port| json!({
            "name": words(&port.name),
            "country": rulebook.term(port.country),
            "call": port.call,
        })).collect::<Vec<_>>(),
        "other_denials": transaction.other_denials.iter().map(words).collect::<Vec<_>>(),
        "denied_by": transaction.denied_by.iter().map(term).collect::<Vec<_>>(),
        "sources": transaction.sources,
    })
}

fn fact<T>(drafted: &Drafted<T>, value: String) -> Value {
    json!({"value": value, "words": words(&drafted.words), "supposed": drafted.is_supposed})
}

fn words(words: &Words) -> Value {
    json!({
        "text": words.text,
        "article": words.article,
        "line": words.line,
        "start": words.bytes.start,
        "end": words.bytes.end,
    })
}
