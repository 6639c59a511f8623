//! A text in place of a side that names no State alone: a group, a firm, an organ of a State (`the Houthis`, `RSF`, `Yemen
//! (Houthis)`, `the North Korean army`). It is the party of the side; what State it is of is told as far as the text tells it.

use crate::facts::Scheme;
use crate::rulebook::Vocabulary;

use super::values::{is_place, names_no_state};

/// What a text in place of a side says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct SideText<'t> {
    /// Who gives or takes.
    pub(super) party: Option<&'t str>,
    /// The words for the State where it is.
    pub(super) country: Option<&'t str>,
    /// The words for the State of which it is an organ.
    pub(super) nationality: Option<&'t str>,
    /// Where it is, in place of a party: `Port of Invented, Viet Nam`.
    pub(super) place: Option<&'t str>,
}

/// Bodies and groups that go by three capitals or fewer, as a slip in the code of a State would.
const KNOWN_BY_CAPITALS: &[&str] = &[
    "UN", "WFP", "WHO", "FAO", "IOM", "ILO", "IMF", "MSF", "IMO", "ICC", "ILC", "NGO", "IOC", "RSF", "SAF", "LNA", "GNA", "GNU",
    "RUF", "LRA", "ADF", "FNL", "JEM", "SLA", "SLM", "PIJ", "TTP", "HTS", "KPA", "RGB", "WPK", "UPC", "MPC", "CPC", "AFL", "MLC",
    "RCD", "PKK", "JNIM", "FPR", "SNA", "LTTE", "ETA", "FPB",
];

/// Organs of a State that may be in another State.
const ABROAD: &[&str] = &["embassy", "consulate", "officials", "diplomats", "trade mission", "mission", "soldiers", "troops"];

/// Words for organs of a State.
const ORGANS: &[&str] = &[
    "government",
    "army",
    "armed forces",
    "military",
    "navy",
    "air force",
    "regime",
    "authorities",
    "embassy",
    "consulate",
    "police",
    "ministry of defence",
    "defence ministry",
    "intelligence service",
    "security forces",
    "state",
    "officials",
    "diplomats",
    "trade mission",
    "mission",
    "soldiers",
    "troops",
];

/// Reads a text in place of a side; `None` for the name of a State or a place, for one that is near to such a name, and for words that
/// name none.
pub(super) fn read<'t>(text: &'t str, vocabulary: &Vocabulary) -> Option<SideText<'t>> {
    let is_state = |name: &str| {
        let states = [Scheme::Country];
        vocabulary.by_exact_id(&states, name).is_some() || vocabulary.find(&states, name).is_some()
    };
    let text = text.trim();
    if is_state(text) || are_states(text, is_state) || names_no_state(text) || is_place(text, vocabulary) {
        return None;
    }
    if let Some((state, party)) = state_and_party(text).filter(|(state, party)| is_state(state) && !is_state(party)) {
        return Some(SideText { party: Some(party), country: Some(state), ..SideText::default() });
    }
    if let Some((party, state)) =
        text.rsplit_once(',').filter(|(party, state)| is_state(state.trim()) && is_group(party, vocabulary))
    {
        return Some(SideText { party: Some(party.trim()), country: Some(state.trim()), ..SideText::default() });
    }
    if let Some((place, state)) = text.rsplit_once(',').filter(|(place, state)| is_state(state.trim()) && !is_state(place.trim()))
    {
        return Some(SideText { place: Some(place.trim()), country: Some(state.trim()), ..SideText::default() });
    }
    // `the Houthis in Yemen`
    if let Some((party, state)) =
        text.rsplit_once(" in ").filter(|(party, state)| is_state(without_article(state)) && !is_state(party))
    {
        let state = without_article(state);
        let is_name = is_name(without_article(party)) && !names_no_state(party);
        return Some(SideText { party: Some(party.trim()).filter(|_| is_name), country: Some(state), ..SideText::default() });
    }
    if is_sea(text) {
        return Some(SideText { place: Some(text), ..SideText::default() });
    }
    if let Some(state) = state_of_organ(text).filter(|state| is_state(state)) {
        let small = text.to_lowercase();
        let is_abroad = ABROAD.iter().any(|organ| small.split(' ').any(|word| word == *organ) || small.ends_with(organ));
        let country = Some(state).filter(|_| !is_abroad);
        return Some(SideText { party: Some(text), country, nationality: Some(state), ..SideText::default() });
    }
    let name = without_article(text);
    let is_name = is_name(name) && !is_state(name) && vocabulary.meaning(&[Scheme::Country], name).is_none();
    let is_party = is_name && (is_known_body(name) || !vocabulary.is_near_to_a_state(name));
    is_party.then(|| SideText { party: Some(text), ..SideText::default() })
}

/// True for the name of a sea or of a part of one, which is no party: `Yellow Sea`.
fn is_sea(text: &str) -> bool {
    const SEAS: [&str; 8] = ["sea", "ocean", "gulf", "strait", "straits", "channel", "bay", "waters"];
    let small = text.to_lowercase();
    let of_sea = ["sea of ", "gulf of ", "strait of ", "bay of ", "straits of "];
    let first = without_article(&small);
    small.contains(' ')
        && (small.rsplit(' ').next().is_some_and(|last| SEAS.contains(&last)) || of_sea.iter().any(|of| first.starts_with(of)))
}

/// True for a name of people or of a body before the State where they are, and of no place: `Houthis` of `Houthis, Yemen`.
fn is_group(name: &str, vocabulary: &Vocabulary) -> bool {
    const GROUPS: [&str; 25] = [
        "houthi",
        "houthis",
        "taliban",
        "ansar allah",
        "al-shabaab",
        "al shabaab",
        "isil",
        "isis",
        "daesh",
        "al-qaida",
        "al-qaeda",
        "hezbollah",
        "hizbullah",
        "hizballah",
        "hamas",
        "boko haram",
        "janjaweed",
        "seleka",
        "anti-balaka",
        "wagner",
        "wagner group",
        "polisario",
        "fatah",
        "kony",
        "ansaru",
    ];
    const WORDS: [&str; 47] = [
        "rebels",
        "militia",
        "militias",
        "forces",
        "force",
        "army",
        "navy",
        "police",
        "group",
        "movement",
        "front",
        "brigade",
        "battalion",
        "fighters",
        "insurgents",
        "armed",
        "government",
        "ministry",
        "department",
        "embassy",
        "authorities",
        "company",
        "corporation",
        "corp",
        "co",
        "ltd",
        "llc",
        "inc",
        "gmbh",
        "sa",
        "bank",
        "trading",
        "university",
        "institute",
        "party",
        "union",
        "agency",
        "committee",
        "council",
        "factory",
        "enterprise",
        "enterprises",
        "holding",
        "holdings",
        "industries",
        "foundation",
        "association",
    ];
    let name = without_article(name.trim());
    let small = name.to_lowercase();
    let has_word = small.split([' ', ',']).any(|word| WORDS.contains(&word.trim_matches(['.', '(', ')'])));
    let is_group = GROUPS.contains(&small.as_str()) || KNOWN_BY_CAPITALS.contains(&name) || has_word;
    is_group && !is_place(name, vocabulary)
}

/// True for several States in one text: `China, Russia and Viet Nam`.
fn are_states(text: &str, is_state: impl Fn(&str) -> bool) -> bool {
    let text = text.replace(" and ", ",").replace(" or ", ",").replace(" und ", ",");
    let parts: Vec<&str> = text.split([',', ';', '/', '&', '+']).map(str::trim).collect();
    parts.len() > 1 && parts.iter().all(|part| is_state(without_article(part)))
}

/// `Yemen (Houthis)`, `DPRK/KOMID`, `Sudan - RSF`.
fn state_and_party(text: &str) -> Option<(&str, &str)> {
    if let Some((state, party)) = text.strip_suffix(')').and_then(|text| text.split_once('(')) {
        return Some((state.trim(), party.trim()));
    }
    let (state, party) = text.split_once('/').or_else(|| text.split_once(" - "))?;
    Some((state.trim(), party.trim())).filter(|(_, party)| !party.is_empty())
}

/// `DPRK` of `the DPRK army`, `Sudan` of `the Government of Sudan`.
fn state_of_organ(text: &str) -> Option<&str> {
    let text = without_article(text);
    let small = text.to_lowercase();
    ORGANS
        .iter()
        .find_map(|organ| {
            // The folded text has the same lengths, unless it is of a script that no organ is written in.
            let before = small.strip_suffix(organ).filter(|before| before.ends_with(' '))?;
            text.get(..before.len()).map(str::trim)
        })
        .or_else(|| {
            ORGANS.iter().find_map(|organ| {
                let behind = small.strip_prefix(organ)?.strip_prefix(" of ")?;
                text.get(text.len().checked_sub(behind.len())?..).map(|state| without_article(state.trim()))
            })
        })
}

fn without_article(text: &str) -> &str {
    let articles = ["the ", "a ", "an ", "some ", "The ", "A ", "An ", "Some "];
    articles.iter().find_map(|article| text.strip_prefix(article)).unwrap_or(text).trim()
}

fn is_known_body(name: &str) -> bool {
    let has_number = name.contains(|c: char| c.is_ascii_digit()) && name.contains(char::is_alphabetic);
    has_number || KNOWN_BY_CAPITALS.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// True for a text that can be a name: a word of more than three letters, or a body that everybody knows by fewer.
fn is_name(name: &str) -> bool {
    let begins = name.starts_with(char::is_alphanumeric);
    begins && (is_known_body(name) || name.chars().filter(|c| c.is_alphabetic()).count() > 3)
}
