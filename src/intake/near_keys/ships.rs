//! Ships of a transaction under keys that tell their part: `from_ship: {..}`, `giving_vessel: X`, `encounter: {vessel: {..}}`, `vessel_2: X`.

use crate::document::{Code, Content, Diagnostic, Diagnostics, Entry, Key, Node};

use super::one_line::inline;
use super::put::{map, push_record, scalar};
use super::written;

/// The part of a ship, by the word before or behind `ship` or `vessel`; none where only one ship is told from the other.
const PARTS: [(&[&str], Option<&str>); 3] = [
    (
        &[
            "from",
            "giving",
            "mother",
            "delivering",
            "supplying",
            "donor",
            "discharging",
            "source",
            "giver",
            "transferring",
            "offloading",
        ],
        Some("delivering"),
    ),
    (&["to", "receiving", "daughter", "recipient", "receiver", "taking", "taker", "destination"], Some("receiving")),
    (
        &[
            "1",
            "2",
            "a",
            "b",
            "first",
            "second",
            "other",
            "another",
            "encountered",
            "met",
            "partner",
            "counterpart",
            "main",
            "one",
            "two",
        ],
        None,
    ),
];

const SHIPS: [&str; 5] = ["ship", "vessel", "tanker", "boat", "vessel_name"];

/// Keys under which a second ship is told with what it met for.
const MEETINGS: [&str; 6] = ["encounter", "sts", "sts_transfer", "ship_to_ship_transfer", "meeting_with", "rendezvous"];

/// Makes vessels of the ships that a transaction tells under such keys, with a warning for each.
pub(super) fn read_ships(entries: &mut Vec<Entry>, problems: &mut Diagnostics) {
    open_meetings(entries, problems);
    let mut told: Vec<(Entry, Option<&'static str>)> = Vec::new();
    while let Some((at, part)) = entries.iter().enumerate().find_map(|(at, entry)| Some((at, part_of_ship(entry)?))) {
        told.push((entries.remove(at), part));
    }
    for (entry, part) in told {
        let message = format!("read `{}`, which is no key of a transaction, by what it means", entry.key.text);
        let shown = inline(&entry.value).unwrap_or_else(|| "..".to_owned());
        let role = part.map(|part| format!("role: {part}, ")).unwrap_or_default();
        let help = match shown.strip_prefix('{') {
            Some(facts) => format!("write `vessels: [{{{role}{facts}]`"),
            None => format!("write `vessels: [{{{role}name: {shown}}}]`"),
        };
        problems.push(Diagnostic::new(Code::NearKey, entry.key.span, message).help(help));
        let Entry { key, value } = entry;
        let mut ship = if value.text().is_some() { map(vec![("name", value.clone())], &value) } else { value };
        if let (Content::Map(facts), Some(part)) = (&mut ship.content, part)
            && !facts.iter().any(|fact| fact.key.text == "role")
        {
            let role = Node { span: key.span, ..scalar(part, &Node { span: key.span, content: Content::List(Vec::new()) }) };
            facts.insert(0, Entry { key: Key { span: key.span, text: "role".into() }, value: role });
        }
        push_ship(entries, ship, &key);
    }
}

/// Adds a ship to the others, also to one that stands under a key that people write for it.
fn push_ship(entries: &mut Vec<Entry>, ship: Node, key: &Key) {
    if !entries.iter().any(|entry| entry.key.text == "vessels")
        && let Some(only) = entries
            .iter_mut()
            .find(|entry| matches!(written(entry).as_str(), "vessel" | "ship" | "tanker" | "boat" | "ships" | "vessel_name"))
    {
        only.key.text = "vessels".into();
        if only.value.text().is_some() {
            only.value = map(vec![("name", only.value.clone())], &only.value);
        }
        if only.value.elements().is_none() {
            only.value.content = Content::List(vec![only.value.clone()]);
        }
    }
    push_record(entries, "vessels", ship, key.span);
}

/// The part of the ship that an entry tells; `None` for an entry that tells none, or that tells more than one ship.
fn part_of_ship(entry: &Entry) -> Option<Option<&'static str>> {
    let is_ship = entry.value.entries().is_some_and(|facts| !facts.is_empty())
        || entry.value.text().is_some_and(|text| text.contains(char::is_alphabetic) && !matches!(text, "unknown" | "none"));
    if !is_ship {
        return None;
    }
    let key = written(entry);
    if key == "carrier" && entry.value.entries().is_some_and(are_of_ship) {
        return Some(Some("carrier"));
    }
    // `partnership` is no ship.
    let is_told_apart =
        key.contains('_') || key.ends_with(|c: char| c.is_ascii_digit()) || matches!(key.as_str(), "mothership" | "daughtership");
    if !is_told_apart {
        return None;
    }
    let word = SHIPS.iter().find_map(|ship| {
        key.strip_suffix(ship)
            .map(|word| word.trim_end_matches('_'))
            .or_else(|| key.strip_prefix(ship).map(|word| word.trim_start_matches('_')))
    })?;
    PARTS.iter().find(|(words, _)| words.contains(&word)).map(|(_, part)| *part)
}

/// True for facts of a ship, and of no party: `carrier: {vesselName: X, flagState: Y}`.
fn are_of_ship(facts: &[Entry]) -> bool {
    let has = |keys: &[&str]| facts.iter().any(|fact| keys.contains(&written(fact).as_str()));
    has(&["vessel_name", "ship_name", "vessel", "ship", "imo", "imo_number", "imo_no"]) && !has(&["name", "company", "country"])
}

/// Takes what is told of a meeting out of the key that holds it together: its second ship, what passed, what was done.
fn open_meetings(entries: &mut Vec<Entry>, problems: &mut Diagnostics) {
    let is_meeting = |entry: &Entry| {
        MEETINGS.contains(&written(entry).as_str()) && entry.value.entries().is_some_and(|facts| !facts.is_empty())
    };
    let Some(at) = entries.iter().position(is_meeting) else { return };
    let meeting = entries.remove(at);
    let message = format!("read what stands under `{}` as facts of the transaction", meeting.key.text);
    let help = "write the ships under `vessels`, and the other facts in the transaction itself";
    problems.push(Diagnostic::new(Code::NearKey, meeting.key.span, message).help(help));
    let Content::Map(facts) = meeting.value.content else { return };
    for mut fact in facts {
        let key = written(&fact);
        if SHIPS.contains(&key.as_str()) || matches!(key.as_str(), "vessels" | "ships" | "with") {
            fact.key.text = "other_vessel".into();
        } else if matches!(key.as_str(), "type" | "kind") {
            // What the meeting was says more than that it was one.
            entries.retain(|entry| {
                !(matches!(written(entry).as_str(), "type" | "kind" | "event" | "event_type") && is_meeting_word(entry))
            });
            fact.key.text = "type".into();
        }
        if !entries.iter().any(|entry| entry.key.text == fact.key.text) {
            entries.push(fact);
            continue;
        }
        let message = format!("`{}` of `{}` was not read: the transaction tells its own", fact.key.text, meeting.key.text);
        let unread = format!("`{}` of `{}`", fact.key.text, meeting.key.text);
        problems.push(
            Diagnostic::new(Code::KeyNotRead, fact.key.span, message).help("leave out the one that is not meant").unread(unread),
        );
    }
}

/// True for a text that says no more than that there was a meeting.
fn is_meeting_word(entry: &Entry) -> bool {
    entry.value.text().is_some_and(|text| MEETINGS.contains(&text.to_lowercase().replace([' ', '-'], "_").as_str()))
}
