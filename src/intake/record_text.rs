//! A ship, party, aircraft, port or item in one text that says more than its name: `Dal Hai (flag DPRK)`, `Ri Song (listed as
//! KPi.001; buyer)`, `MV Dal Hai IMO 9074729`, `A (buyer), B (seller)`.

use crate::facts::{Aircraft, CodedTerm, Document, FieldRole, Item, Party, Port, Scheme, Table, Vessel};
use crate::rulebook::Vocabulary;

/// What a text in place of a record says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct RecordText {
    /// Keys of the record with their values, in the order of the text; the name comes first.
    pub(super) told: Vec<(&'static str, String)>,
    /// What stands in brackets, or behind the name, and names no key.
    pub(super) unread: Vec<String>,
}

/// Words before a value, each with the keys that it may mean; the first that the record has is meant.
const BEFORE: &[(&str, &[&str])] = &[
    ("flag state", &["flag"]),
    ("flag of", &["flag"]),
    ("flag", &["flag"]),
    ("flagged in", &["flag"]),
    ("flagged to", &["flag"]),
    ("flagged", &["flag"]),
    ("flying the flag of", &["flag"]),
    ("under the flag of", &["flag"]),
    ("under flag of", &["flag"]),
    ("registered in", &["flag", "country"]),
    ("imo number", &["imo"]),
    ("imo no.", &["imo"]),
    ("imo no", &["imo"]),
    ("imo", &["imo"]),
    ("role", &["role"]),
    ("acting as", &["role"]),
    ("as", &["role"]),
    ("nationality", &["nationality"]),
    ("national of", &["nationality"]),
    ("citizen of", &["nationality"]),
    ("country of origin", &["origin"]),
    ("country", &["country"]),
    ("based in", &["country"]),
    ("located in", &["country"]),
    ("established in", &["country"]),
    ("kind", &["kind"]),
    ("type", &["kind"]),
    ("listed as", &["designated_as"]),
    ("listed under", &["designated_as"]),
    ("listed by", &["designated_as"]),
    ("listed on", &["designated_as"]),
    ("designated as", &["designated_as"]),
    ("designated under", &["designated_as"]),
    ("designated_as", &["designated_as"]),
    ("on the list", &["designated_as"]),
    ("owned by", &["owned_by"]),
    ("owner", &["owned_by"]),
    ("controlled by", &["controlled_by"]),
    ("acting for", &["acts_for"]),
    ("acts for", &["acts_for"]),
    ("on behalf of", &["acts_for"]),
    ("employed by", &["employer"]),
    ("works for", &["employer"]),
    ("employer", &["employer"]),
    ("also known as", &["aliases"]),
    ("aka", &["aliases"]),
    ("a.k.a.", &["aliases"]),
    ("alias", &["aliases"]),
    ("formerly", &["aliases"]),
    ("ex", &["aliases"]),
    ("registration", &["registration"]),
    ("hs code", &["hs"]),
    ("hs", &["hs"]),
    ("origin", &["origin"]),
    ("made in", &["origin"]),
    ("call", &["call"]),
];

/// Words behind the name of a State, each with the key that they mean.
const BEHIND: &[(&str, &str)] = &[
    ("-flagged", "flag"),
    (" flagged", "flag"),
    ("-flag", "flag"),
    (" flag", "flag"),
    (" national", "nationality"),
    (" citizen", "nationality"),
    (" nationality", "nationality"),
];

/// True for a text in place of a record that may say more than its name.
pub(super) fn may_say_more(table: &Table, text: &str) -> bool {
    has_such_texts(table)
        && (text.contains(['(', '[', ';', ':', ','])
            || ["IMO ", "flag", " - "].iter().any(|mark| text.contains(mark)) && table.position("flag").is_some())
}

/// The records that a text names which may say more of each: `A (buyer), B (seller)`.
pub(super) fn split<'t>(table: &Table, text: &'t str) -> Vec<&'t str> {
    if !has_such_texts(table) || table == Item::TABLE {
        return vec![text];
    }
    let mut parts = vec![text];
    for mark in ["), ", "); ", ") and ", ") & "] {
        let cut = |part: &'t str| {
            let ends: Vec<usize> = part.match_indices(mark).map(|(at, _)| at).collect();
            let (mut from, mut pieces) = (0, Vec::new());
            for end in ends {
                pieces.extend(part.get(from..=end));
                from = end + mark.len();
            }
            pieces.extend(part.get(from..));
            pieces
        };
        parts = parts.into_iter().flat_map(cut).collect();
    }
    let is_list = parts.iter().all(|part| part.trim_end().ends_with(')') && part.contains(" ("));
    if is_list { parts.into_iter().map(str::trim).collect() } else { vec![text] }
}

fn has_such_texts(table: &Table) -> bool {
    [Party::TABLE, Vessel::TABLE, Aircraft::TABLE, Port::TABLE, Item::TABLE].contains(&table)
}

/// Reads a text; `None` if it is a name, or words for goods, and no more.
pub(super) fn read(table: &'static Table, text: &str, vocabulary: &Vocabulary) -> Option<RecordText> {
    if !may_say_more(table, text) {
        return None;
    }
    let reader = PieceReader { table, vocabulary };
    let is_item = table == Item::TABLE;
    let mut read = RecordText::default();
    let (mut name, brackets) = without_brackets(text)?;
    for (bracket, is_inner) in brackets {
        let pieces = bracket.split(';').flat_map(|part| part.split(", "));
        let pieces: Vec<&str> = pieces.map(str::trim).filter(|piece| !piece.is_empty()).collect();
        let told: Vec<Option<(&'static str, String)>> = pieces.iter().map(|piece| reader.piece(piece)).collect();
        // `Invented Trading (Hong Kong) Ltd.`
        let is_in_name = is_inner && is_part_of_name(bracket) && !bracket.starts_with("IMO");
        if is_in_name || told.iter().all(Option::is_none) && (is_item || is_part_of_name(bracket)) {
            name = name.replacen('\u{0}', &format!(" ({bracket})"), 1);
            continue;
        }
        name = name.replacen('\u{0}', "", 1);
        for (piece, told) in pieces.into_iter().zip(told) {
            match told {
                Some(told) => read.told.push(told),
                None if is_item => name.push_str(&format!(" ({piece})")),
                None => read.unread.push(piece.to_owned()),
            }
        }
    }
    if !is_item {
        name = reader.take_from_name(&name, &mut read);
    }
    let plain = table.with_role(FieldRole::PlainText).map(|row| table.key(row))?;
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = name.trim_matches([',', ';', ' ', '-']);
    if read.told.is_empty() && read.unread.is_empty() {
        return None;
    }
    if !name.is_empty() {
        read.told.insert(0, (plain, name.to_owned()));
    }
    // A key that is told twice is told once.
    let mut seen = Vec::new();
    read.told.retain(|(key, _)| {
        !seen.contains(key) && {
            seen.push(*key);
            true
        }
    });
    Some(read)
}

/// Reads the name of a paper that is not genuine: `false certificate of origin`.
pub(super) fn false_paper(table: &Table, text: &str) -> Option<RecordText> {
    const FALSE: [&str; 9] =
        ["false ", "forged ", "fake ", "faked ", "falsified ", "counterfeit ", "fraudulent ", "doctored ", "fabricated "];
    let small = text.trim_start().to_lowercase();
    let paper = FALSE.iter().find_map(|word| small.strip_prefix(word)).filter(|_| table == Document::TABLE)?;
    Some(RecordText { told: vec![("kind", paper.trim().to_owned()), ("holds", "no".to_owned())], unread: Vec::new() })
}

/// What the name of a ship or party plainly says under another key.
pub(super) fn facts_in_name(table: &'static Table, name: &str, vocabulary: &Vocabulary) -> Vec<(&'static str, String)> {
    const FACTS: [&str; 5] = ["flag", "imo", "designated_as", "role", "nationality"];
    let has_mark = name.contains(['(', '[']) || name.contains("IMO ") || name.contains("flag");
    if !has_mark || (table != Party::TABLE && table != Vessel::TABLE) {
        return Vec::new();
    }
    let mut told = read(table, name, vocabulary).map(|read| read.told).unwrap_or_default();
    told.retain(|(key, _)| FACTS.contains(key));
    told
}

/// A text with a mark in place of each of its brackets, and what these hold, with whether words of a name follow; `None` if one is
/// not closed.
fn without_brackets(text: &str) -> Option<(String, Vec<(&str, bool)>)> {
    let (mut name, mut brackets, mut rest) = (String::new(), Vec::new(), text);
    while let Some(open) = rest.find(['(', '[']) {
        let (before, behind) = rest.split_at_checked(open)?;
        let close = if behind.starts_with('(') { ')' } else { ']' };
        let (held, after) = behind.get(1..)?.split_once(close)?;
        name.push_str(before.trim_end());
        name.push('\u{0}');
        let next = after.trim_start();
        brackets.push((held.trim(), next.starts_with(char::is_uppercase) && !next.starts_with("IMO")));
        rest = after;
    }
    name.push_str(rest);
    Some((name, brackets))
}

/// True for what stands in brackets as a part of names: `KOMID`, `Hong Kong`, `Pvt`.
fn is_part_of_name(bracket: &str) -> bool {
    bracket.split_whitespace().all(|word| !word.starts_with(char::is_lowercase)) && !bracket.contains([';', ':'])
}

/// Reads pieces of a text about one record.
struct PieceReader<'v> {
    table: &'static Table,
    vocabulary: &'v Vocabulary,
}

impl PieceReader<'_> {
    /// The key and value that a piece tells.
    fn piece(&self, piece: &str) -> Option<(&'static str, String)> {
        self.with_word_before(piece).or_else(|| self.with_word_behind(piece)).or_else(|| self.value_alone(piece))
    }

    fn with_word_before(&self, piece: &str) -> Option<(&'static str, String)> {
        let small = piece.to_lowercase();
        let behind = |word: &str| {
            let behind = small.strip_prefix(word)?;
            let value = piece.get(piece.len().checked_sub(behind.len())?..)?;
            value.starts_with([' ', ':', '=']).then(|| value.trim_start_matches([' ', ':', '=']).trim())
        };
        let found = BEFORE.iter().filter_map(|(word, keys)| Some((word.len(), behind(word)?, keys)));
        let (_, value, keys) = found.max_by_key(|(length, ..)| *length)?;
        keys.iter().find_map(|key| self.of_key(key, value))
    }

    fn with_word_behind(&self, piece: &str) -> Option<(&'static str, String)> {
        BEHIND.iter().find_map(|(word, key)| self.of_key(key, piece.strip_suffix(word)?))
    }

    /// A value that can be of but one key.
    fn value_alone(&self, piece: &str) -> Option<(&'static str, String)> {
        let of_party = self.table == Party::TABLE || self.table == Port::TABLE;
        let names_a_state = || !is_letters_only_code(piece) && self.state(piece);
        let is_adjective = || {
            self.vocabulary
                .term_meant(Scheme::Country, piece)
                .is_some_and(|state| self.vocabulary.adjectives(state).iter().any(|own| own.eq_ignore_ascii_case(piece)))
        };
        ["role", "call", "kind", "imo", "designated_as", "registration"]
            .iter()
            // `Ltd` and `LLC` say a kind, and are parts of names.
            .filter(|key| **key != "kind" || piece.starts_with(char::is_lowercase))
            .find_map(|key| self.of_key(key, piece))
            .or_else(|| if is_adjective() { self.of_key("nationality", piece) } else { None })
            .or_else(|| if of_party && names_a_state() { self.of_key("country", piece) } else { None })
    }

    /// A value of a key, if the record has the key and the value is surely one of it.
    fn of_key(&self, key: &str, value: &str) -> Option<(&'static str, String)> {
        let row = self.table.position(key)?;
        let field = self.table.fields.get(row)?;
        let value = value.trim();
        let state = ["the ", "The "].iter().find_map(|article| value.strip_prefix(article)).unwrap_or(value);
        let kept = match field.key {
            "flag" | "country" | "nationality" | "origin" => {
                (self.state(state) || self.is_flag(field.key, state)).then_some(state)
            }
            "imo" => {
                let digits = ["IMO", "imo"].iter().find_map(|mark| value.strip_prefix(mark)).unwrap_or(value);
                let digits = digits.trim_start_matches([' ', ':', '.']);
                (digits.len() == 7 && digits.bytes().all(|b| b.is_ascii_digit())).then_some(digits)
            }
            "role" | "call" | "kind" => {
                let is_term = self.vocabulary.find(field.schemes, value).is_some()
                    || self.vocabulary.meaning(field.schemes, value).is_some();
                is_term.then_some(value)
            }
            "designated_as" => {
                let list = ["the ", "list "].iter().find_map(|word| value.strip_prefix(word)).unwrap_or(value);
                (self.vocabulary.names_a_listing(list) && !self.is_negated(list)).then_some(list)
            }
            "registration" => super::values::is_registration(value).then_some(value),
            "hs" => {
                let digits = value.replace(['.', ' '], "");
                ((4..=10).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())).then_some(value)
            }
            _ => Some(value).filter(|value| !value.is_empty()),
        };
        Some((field.key, kept?.to_owned()))
    }

    fn is_negated(&self, text: &str) -> bool {
        let lists = self.vocabulary.phrase_words();
        text.split_whitespace().any(|word| lists.turning.has(&crate::facts::fold(word)))
    }

    fn state(&self, text: &str) -> bool {
        matches!(self.vocabulary.find(&[Scheme::Country], text), Some(CodedTerm::Term(_) | CodedTerm::OneOf(_)))
    }

    fn is_flag(&self, key: &str, text: &str) -> bool {
        key == "flag" && self.vocabulary.term_meant(Scheme::Flag, text).is_some()
    }

    /// Takes what stands beside a name in plain words: `buyer: Ri Song`, `Dal Hai, flag DPRK`, `DPRK-flagged tanker Dal Hai`,
    /// `MV Dal Hai IMO 9074729`. Returns what is left.
    fn take_from_name(&self, name: &str, read: &mut RecordText) -> String {
        let mut name = name.trim().to_owned();
        if let Some((role, rest)) = name.split_once(": ")
            && let Some(told) = self.of_key("role", role.trim()).or_else(|| self.of_key("kind", role.trim()))
        {
            read.told.push(told);
            name = rest.trim().to_owned();
        }
        let pieces: Vec<String> = name.split([',', ';']).map(str::to_owned).collect();
        let mut kept: Vec<&str> = Vec::new();
        for (at, piece) in pieces.iter().enumerate() {
            match self.piece(piece.trim()).filter(|_| at > 0) {
                Some(told) => read.told.push(told),
                None => kept.push(piece),
            }
        }
        name = kept.join(",");
        if self.table.position("imo").is_some()
            && let Some((before, behind)) = name.split_once("IMO")
        {
            let number = behind.trim_start_matches([' ', ':', '#', '.']);
            let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
            if let Some(told) = self.of_key("imo", &digits) {
                read.told.push(told);
                name = format!(
                    "{}{}",
                    before.trim_end().trim_end_matches([',', '-', '/']),
                    number.get(digits.len()..).unwrap_or_default()
                );
            }
        }
        for mark in ["-flagged ", " flagged ", "-flag "] {
            if let Some((state, rest)) = name.split_once(mark)
                && let Some(told) = self.of_key("flag", state.trim())
            {
                read.told.push(told);
                name = rest.trim().to_owned();
                let (kind, behind) = name.split_once(' ').unwrap_or((&name, ""));
                if kind.starts_with(char::is_lowercase)
                    && let Some(told) = self.of_key("kind", kind)
                {
                    read.told.push(told);
                    name = behind.to_owned();
                }
                break;
            }
        }
        name
    }
}

/// True for two letters, which are more likely a part of a name: `Invented Trading (HK)`.
fn is_letters_only_code(text: &str) -> bool {
    text.len() <= 2
}

#[cfg(test)]
mod tests {
    use super::{read, split};
    use crate::facts::{Item, Party, Port, Table, Vessel};
    use crate::rulebook::Rulebook;

    #[test]
    fn what_brackets_and_words_beside_a_name_plainly_say_is_read() {
        let rulebook = Rulebook::built_in().unwrap();
        let said = |table: &'static Table, text: &str| {
            let read = read(table, text, &rulebook.vocabulary)?;
            let told: Vec<String> = read.told.iter().map(|(key, value)| format!("{key}={value}")).collect();
            let unread: Vec<String> = read.unread.iter().map(|piece| format!("?{piece}")).collect();
            Some([told, unread].concat().join(" "))
        };
        for (table, text, expected) in [
            (Vessel::TABLE, "Dal Hai (flag DPRK)", "name=Dal Hai flag=DPRK"),
            (Vessel::TABLE, "Dal Hai (DPRK flag, IMO 9074729)", "name=Dal Hai flag=DPRK imo=9074729"),
            (Vessel::TABLE, "MV Dal Hai IMO 9074729", "name=MV Dal Hai imo=9074729"),
            (Vessel::TABLE, "Dal Hai (IMO: 9074729)", "name=Dal Hai imo=9074729"),
            (Vessel::TABLE, "Dal Hai, flag DPRK", "name=Dal Hai flag=DPRK"),
            (Vessel::TABLE, "Dal Hai [flagged in North Korea]", "name=Dal Hai flag=North Korea"),
            (Vessel::TABLE, "North Korean-flagged tanker Dal Hai", "name=Dal Hai flag=North Korean kind=tanker"),
            (Vessel::TABLE, "Dal Hai (tanker; owned by Invented Lines)", "name=Dal Hai kind=tanker owned_by=Invented Lines"),
            (Vessel::TABLE, "Dal Hai (seen off Nampo)", "name=Dal Hai ?seen off Nampo"),
            (Party::TABLE, "Ri Song (listed as KPi.001; buyer)", "name=Ri Song designated_as=KPi.001 role=buyer"),
            (Party::TABLE, "Ri Song (North Korean, buyer)", "name=Ri Song nationality=North Korean role=buyer"),
            (Party::TABLE, "Invented Trading (seller, China)", "name=Invented Trading role=seller country=China"),
            (Party::TABLE, "buyer: Ri Song", "name=Ri Song role=buyer"),
            (Party::TABLE, "Ri Song, broker", "name=Ri Song role=broker"),
            (Party::TABLE, "Ri Song (not listed)", "name=Ri Song ?not listed"),
            (Port::TABLE, "Invented Harbour (North Korea)", "name=Invented Harbour country=North Korea"),
            (Item::TABLE, "coal (HS 2701)", "description=coal hs=2701"),
            (Item::TABLE, "coal (origin DPRK)", "description=coal origin=DPRK"),
        ] {
            assert_eq!(said(table, text).as_deref(), Some(expected), "{text}");
        }
        for (table, text) in [
            (Party::TABLE, "Invented Mining Development Corporation (IMDC)"),
            (Party::TABLE, "Invented Trading (Hong Kong) Ltd."),
            (Party::TABLE, "Invented Trading (HK) Co., Ltd"),
            (Vessel::TABLE, "Dal Hai"),
            (Vessel::TABLE, "Flagship (II)"),
            (Item::TABLE, "rice (long grain)"),
            (Item::TABLE, "shells, 122 mm (used)"),
        ] {
            assert_eq!(said(table, text), None, "{text}");
        }
        assert_eq!(split(Party::TABLE, "A (buyer), B (seller)"), ["A (buyer)", "B (seller)"]);
        assert_eq!(split(Party::TABLE, "Invented Co. (HK), Ltd"), ["Invented Co. (HK), Ltd"]);
    }
}
