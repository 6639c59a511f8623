//! Organs of States by their names: `Government of Libya`, `Iraqi Ministry of Oil`, `Ambassade du Soudan`. Whose name says that it is
//! an organ of a State, and nothing else, is that State's.

use crate::facts::{CodedTerm, Scheme, Term, fold};
use crate::rulebook::Vocabulary;

/// An organ by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct StateOrgan {
    pub(super) state: Term,
    /// It is in the State, unlike an embassy.
    pub(super) is_at_home: bool,
}

/// Organs in the State, in folded words.
const AT_HOME: &[&str] = &[
    "government",
    "federal government",
    "central government",
    "state",
    "central bank",
    "national bank",
    "reserve bank",
    "state bank",
    "army",
    "armed forces",
    "navy",
    "air force",
    "military",
    "police",
    "national police",
    "police force",
    "coast guard",
    "customs",
    "parliament",
    "presidency",
    "treasury",
    "authorities",
    "cabinet",
    "council of ministers",
    "foreign ministry",
    "defence ministry",
    "defense ministry",
    "interior ministry",
    "oil ministry",
    "finance ministry",
    "gouvernement",
    "banque centrale",
    "armee",
    "forces armees",
    "armee de l air",
    "marine nationale",
    "police nationale",
    "gendarmerie nationale",
    "douanes",
    "tresor public",
    "gobierno",
    "banco central",
    "ejercito",
    "fuerzas armadas",
    "fuerza aerea",
    "armada",
    "policia nacional",
    "правительство",
    "центральныи банк",
    "центральный банк",
    "центробанк",
    "армия",
    "вооруженные силы",
    "ввс",
    "вмс",
    "полиция",
    "حكومه",
    "حكومة",
    "جيش",
    "الحكومة",
    "الجيش",
];

/// Organs that may be in another State.
const ABROAD: &[&str] = &[
    "embassy",
    "consulate",
    "consulate general",
    "diplomatic mission",
    "permanent mission",
    "trade mission",
    "high commission",
    "ambassade",
    "consulat",
    "consulat general",
    "mission permanente",
    "embajada",
    "consulado",
    "посольство",
    "консульство",
    "генеральное консульство",
    "سفارة",
    "قنصلية",
];

/// Words that begin the name of a ministry, whatever it is for.
const MINISTRY: &[&str] =
    &["ministry of", "ministry for", "ministere de", "ministere des", "ministere du", "ministerio de", "министерство", "وزارة"];

/// Words between an organ and its State.
const LINKS: &[&str] = &["of the", "of", "de la", "de l", "du", "des", "de", "d", "del", "der", "von"];

const ARTICLES: &[&str] = &["the", "le", "la", "l", "el"];

/// The most words of the name of a ministry.
const MOST_WORDS: usize = 12;

/// The organ of a State that a name is the name of, if it says nothing else.
pub(super) fn organ_of_state(name: &str, vocabulary: &Vocabulary) -> Option<StateOrgan> {
    let folded = fold(name);
    let name = without_article(&folded);
    let gaps: Vec<usize> = name.match_indices(' ').map(|(at, _)| at).take(MOST_WORDS + 1).collect();
    if gaps.is_empty() || gaps.len() > MOST_WORDS {
        return None;
    }
    gaps.into_iter().find_map(|gap| {
        let (before, behind) = (name.get(..gap)?, name.get(gap + 1..)?);
        let organ = |organ: &str, state: &str| {
            let is_at_home = is_organ_at_home(organ);
            (is_at_home || ABROAD.contains(&organ))
                .then(|| named_state(state, vocabulary))
                .flatten()
                .map(|state| StateOrgan { state, is_at_home })
        };
        organ(behind, before).or_else(|| organ(without_link(before)?, behind))
    })
}

/// Words for an organ in front of its State, without what links them. Where a genitive follows, nothing does.
fn without_link(words: &str) -> Option<&str> {
    if !words.starts_with(|c: char| c.is_ascii()) {
        return Some(words);
    }
    LINKS.iter().find_map(|link| words.strip_suffix(link)?.strip_suffix(' '))
}

fn without_article(words: &str) -> &str {
    ARTICLES.iter().find_map(|article| words.strip_prefix(article)?.strip_prefix(' ')).unwrap_or(words)
}

/// True for an organ that is in its State. What a ministry is for may be anything but another body.
fn is_organ_at_home(words: &str) -> bool {
    let is_ministry = |begin: &&str| words.strip_prefix(*begin).is_some_and(|rest| rest.starts_with(' '));
    AT_HOME.contains(&words) || MINISTRY.iter().any(is_ministry)
}

/// The State of which words are the name or the adjective. In other scripts a genitive is read as the name of a place is.
fn named_state(words: &str, vocabulary: &Vocabulary) -> Option<Term> {
    let only = |found: Option<CodedTerm>| match found {
        Some(CodedTerm::Term(state)) => Some(state),
        _ => None,
    };
    let in_genitive = || {
        let found = vocabulary.place_names().find(words).filter(|found| found.is_all && !words.is_ascii())?;
        let [mention] = found.mentions.as_slice() else { return None };
        only(vocabulary.find(&[Scheme::Country], mention.phrase))
    };
    only(vocabulary.find(&[Scheme::Country], without_article(words))).or_else(in_genitive)
}

#[cfg(test)]
mod tests {
    use super::organ_of_state;
    use crate::rulebook::Rulebook;

    #[test]
    fn organs_are_of_the_state_that_they_are_called_after() {
        let rulebook = Rulebook::built_in().unwrap();
        let vocabulary = &rulebook.vocabulary;
        for (name, state, is_at_home) in [
            ("Government of Libya", "LY", true),
            ("the Government of the Republic of the Congo", "CG", true),
            ("Libyan Government", "LY", true),
            ("Iraqi Ministry of Oil", "IQ", true),
            ("Ministry of Defence of Yemen", "YE", true),
            ("Gouvernement du Soudan", "SD", true),
            ("Ministère de la Défense du Soudan", "SD", true),
            ("Central Bank of Iran", "IR", true),
            ("Embassy of the Democratic People's Republic of Korea", "KP", false),
            ("Ambassade du Soudan", "SD", false),
            ("Gobierno de Irán", "IR", true),
            ("Правительство Ливии", "LY", true),
            ("Republic of Korea Army", "KR", true),
        ] {
            let organ = organ_of_state(name, vocabulary);
            let id = organ.map(|organ| vocabulary.id(organ.state));
            assert_eq!((id, organ.map(|organ| organ.is_at_home)), (Some(state), Some(is_at_home)), "{name}");
        }
        for name in [
            "Libya",
            "Government of Korea",
            "Friends of the Government of Libya",
            "former Government of Iraq",
            "Government of Iraq in exile",
            "Government of Tripoli",
            "Libyan National Army",
            "Syrian National Army",
            "Bank of Libya Street",
            "Libya Trading Company",
            "Government House, Nairobi",
            "Army of One",
            "",
        ] {
            assert_eq!(organ_of_state(name, vocabulary), None, "{name}");
        }
    }
}
