//! Keys of a transaction that mean one thing or another by their value or by what stands beside them.

use crate::document::{Entry, Node};
use crate::facts::{Scheme, Transaction};
use crate::rulebook::Vocabulary;

use super::super::people_text::PeopleText;
use super::Meant::{self, Inside};
use super::phrases::phrase_of_act;
use super::read_as::{Way, is_name_of_parties, is_none};
use super::{meaning, near_keys, written};

/// What an authority did, by the keys under which people write who did it.
const DONE_BY: [(&[&str], &str); 5] = [
    (&["seized_by", "confiscated_by", "captured_by"], "seizure"),
    (&["detained_by", "impounded_by"], "detention"),
    (&["stopped_by", "intercepted_by", "interdicted_by"], "stopping"),
    (&["inspected_by", "searched_by", "boarded_by"], "inspection"),
    (&["arrested_by"], "arrest"),
];

/// How a key of a transaction is read that means one thing or another by its value or by what stands beside it.
pub(super) fn of_transaction(key: &str, entry: &Entry, entries: &[Entry], vocabulary: &Vocabulary) -> Option<Way> {
    let text = entry.value.text();
    let has = |key: &str| entries.iter().any(|other| other.key.text == key);
    let means_goods = |other: &Entry| matches!(meaning(Transaction::TABLE, other), Some(Meant::Key("items")));
    // The other keys are looked through for few keys: there may be thousands of them.
    let has_goods = || has("items") || entries.iter().any(means_goods);
    if let Some((_, action)) = DONE_BY.iter().find(|(keys, _)| keys.contains(&key)).filter(|_| !is_none(&entry.value)) {
        return Some(Way::Action(action));
    }
    match key {
        "persons" | "individuals" | "party" | "participants" | "involved" if are_groups(&entry.value, vocabulary) => {
            return Some(Way::Groups);
        }
        "flag_state" | "flag_country" | "flag_code" | "ship_flag" | "vessel_flag" if text.is_some() && has_ship(entries) => {
            return Some(Way::Inside("vessels", "flag"));
        }
        "what" if has("activity") && !has("items") => return Some(Way::As("items".to_owned())),
        "what" if !has("activity") && has_goods() => return Some(Way::As("activity".to_owned())),
        "what" if !has("activity") => return Some(phrase_of_act(text?, vocabulary)),
        "account" | "bank_account" if entry.value.entries().is_some() && !has("subject") => return Some(Way::Subject("account")),
        // The State of the only port of a call.
        "country" if text.is_some() && is_call_alone(entries) => return Some(Way::Inside("ports", "country")),
        "by" if !has("transport") => {
            let by = text?;
            let is_transport =
                vocabulary.find(&[Scheme::Transport], by).is_some() || vocabulary.meaning(&[Scheme::Transport], by).is_some();
            return is_transport.then(|| Way::As("transport".to_owned()));
        }
        "where" | "location" if text.is_some_and(is_at_sea) && !has("at_sea") => return Some(Way::Inside("at_sea", "place")),
        "where" | "location" if text.is_some() && !has("place") => return Some(Way::As("place".to_owned())),
        _ => {}
    }
    // Near keys of the table come first: `workers` are people, and no party. A few words of it are of several roles.
    const OF_SEVERAL_ROLES: [&str; 4] = ["sender", "receiver", "recipient", "agent"];
    let is_near = near_keys(Transaction::TABLE).iter().any(|(keys, _)| keys.contains(&key));
    if is_near && !OF_SEVERAL_ROLES.contains(&key) {
        return None;
    }
    let word = key.replace('_', " ");
    let is_role =
        |word: &str| vocabulary.find(&[Scheme::Role], word).is_some() || vocabulary.meaning(&[Scheme::Role], word).is_some();
    // `recipient_group`, `exporterName`
    const BEHIND: [&str; 10] =
        [" name", " group", " company", " entity", " party", " firm", " person", " organisation", " organization", " party name"];
    let is_beside = |role: &str| entries.iter().any(|other| written(other) == role);
    let bare = || BEHIND.iter().find_map(|end| word.strip_suffix(end)).filter(|role| is_role(role));
    let whole = [Some(word.as_str()), word.strip_suffix('s')].into_iter().flatten().find(|word| is_role(word));
    let role = whole.or_else(|| bare().filter(|role| !is_beside(&role.replace(' ', "_"))))?;
    is_name_of_parties(&entry.value).then(|| Way::Parties(role.to_owned()))
}

/// True for a transaction that tells of a ship.
fn has_ship(entries: &[Entry]) -> bool {
    let is_ship = |entry: &Entry| {
        let meant = meaning(Transaction::TABLE, entry);
        let key = written(entry);
        entry.key.text == "vessels"
            || matches!(meant, Some(Inside("vessels", _)))
            || matches!(key.as_str(), "vessel_imo" | "ship_imo" | "name_of_ship" | "name_of_vessel")
    };
    entries.iter().any(is_ship)
}

/// True for a transaction that tells of one port, and of no goods or sides.
fn is_call_alone(entries: &[Entry]) -> bool {
    let is = |entry: &Entry, key: &str| {
        let meant = meaning(Transaction::TABLE, entry);
        entry.key.text == key || matches!(meant, Some(Meant::Key(meant) | Inside(meant, _)) if meant == key)
    };
    let ports: usize = entries.iter().filter(|entry| is(entry, "ports")).map(|entry| entry.value.one_or_many().len()).sum();
    ports == 1 && !entries.iter().any(|entry| ["items", "from", "to"].iter().any(|key| is(entry, key)))
}

/// True for texts that count people: `20 loggers`.
fn are_groups(value: &Node, vocabulary: &Vocabulary) -> bool {
    let is_group = |node: &Node| {
        let read = node.text().map(|text| PeopleText::read(text, vocabulary));
        read.is_some_and(|read| read.count.is_some() && (read.occupation.is_some() || read.nationality.is_some()))
    };
    !value.one_or_many().is_empty() && value.one_or_many().iter().all(is_group)
}

/// True for a text about a place at sea.
fn is_at_sea(text: &str) -> bool {
    const SEA: [&str; 10] = [" sea", "gulf", "strait", "ocean", "offshore", "nautical", "miles", "waters", "bay of", "channel"];
    let text = text.to_lowercase();
    text.starts_with("off ") || text.contains(" off ") || SEA.iter().any(|word| text.contains(word))
}
