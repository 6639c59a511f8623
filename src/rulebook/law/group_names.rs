//! Names of groups and persons by which the rules of a regime know them: `name: {called: [Houthis, Ansar Allah]}`.

use std::sync::OnceLock;

use crate::facts::Words;
use crate::rulebook::Rulebook;
use crate::rulebook::text_pieces::{TextPieces, WordPart};
use crate::rulebook::word_map::WordMap;

use super::{Condition, ConditionKind, Matcher, RegimeId};

/// The names, with the regimes whose rules ask for them. They are collected when the first text is looked through.
#[derive(Debug, Clone, Default)]
pub struct GroupNames(OnceLock<Names>);

#[derive(Debug, Clone, Default)]
struct Names {
    /// Each name and regime once, by the first word of the name.
    by_first_word: WordMap<Vec<(Words, RegimeId)>>,
    /// Pieces of letters of which a text with one of the names has at least one: a cheap look at the raw text.
    pieces: TextPieces,
}

/// Shorter names without a digit are abbreviations of too many things.
const FEWEST_LETTERS: usize = 4;

impl Rulebook {
    /// The names of groups and persons that a text has as words of its own, in its order, each with a regime that knows it. Names of
    /// fewer than four letters are left out, unless they have a digit: `M23`.
    pub fn groups_in(&self, text: &str) -> Vec<(&Words, RegimeId)> {
        let names = self.group_names.0.get_or_init(|| Names::of_rules(self));
        if !names.pieces.is_in(text) {
            return Vec::new();
        }
        let words = Words::new(text);
        let beginning = |(start, word)| names.by_first_word.get(word).into_iter().flatten().map(move |name| (start, name));
        let named = words.places().flat_map(beginning).filter(|(start, (name, _))| words.match_at(*start, name).is_some());
        named.map(|(_, (name, regime))| (name, *regime)).collect()
    }
}

impl Names {
    fn of_rules(rulebook: &Rulebook) -> Self {
        // What stands in no regime names bodies of many: it would make each of them known to all.
        let own = rulebook.definitions.iter().filter(|definition| !definition.is_shared);
        let of_definitions = own.filter_map(|definition| Some((&definition.when, definition.regime?)));
        let of_rules = rulebook.rules.iter().flat_map(|rule| rule.conditions().into_iter().map(|when| (when, rule.regime)));
        let mut all = Vec::new();
        for (when, regime) in of_definitions.chain(of_rules) {
            all.extend(called(when).filter(|name| is_distinct(name)).map(|name| (name.clone(), regime)));
        }
        all.sort_unstable();
        all.dedup();
        let mut names = Self::default();
        for (name, regime) in all {
            let longest = name.iter().max_by_key(|word| word.len()).unwrap_or_default();
            for piece in pieces_of(longest) {
                names.pieces.add_part(&piece, WordPart::Beginning);
            }
            let first = name.iter().next().unwrap_or_default().to_owned();
            names.by_first_word.entry(first).or_default().push((name, regime));
        }
        names
    }
}

/// The beginning of a folded word as texts write it, in each case.
fn pieces_of(word: &str) -> Vec<String> {
    /// Endings of words differ, and accents that were folded away stand mostly behind this.
    const LETTERS: usize = 4;
    let piece: String = word.chars().take(LETTERS).collect();
    if piece.is_ascii() {
        return vec![piece];
    }
    let upper = piece.to_uppercase();
    let title = upper.chars().take(1).chain(piece.chars().skip(1)).collect();
    vec![piece, title, upper]
}

/// The names that conditions inside a condition ask for.
fn called(when: &Condition) -> impl Iterator<Item = &Words> {
    let mut names = Vec::new();
    when.walk(&mut |condition| {
        if let ConditionKind::Fact { matcher: Matcher::TextCalled(called), .. } = &condition.kind {
            names.extend(called);
        }
    });
    names.into_iter()
}

fn is_distinct(name: &Words) -> bool {
    let count = name.iter().flat_map(str::chars).count();
    count >= FEWEST_LETTERS || (count > 1 && name.iter().flat_map(str::chars).any(|c| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use crate::rulebook::Rulebook;

    #[test]
    fn texts_name_groups_as_words_of_their_own() {
        let rulebook = Rulebook::built_in().unwrap();
        let regimes = |text: &str| {
            let mut ids: Vec<&str> = rulebook
                .groups_in(text)
                .into_iter()
                .filter_map(|(_, regime)| Some(rulebook.regime(regime)?.id.as_str()))
                .collect();
            ids.dedup();
            ids
        };
        for (text, regime) in [
            ("PAYMENT FOR AK-47 RIFLES TO HODEIDAH HOUTHI", "yemen"),
            ("bought from al-Shabaab at Jilib", "somalia"),
            ("for M23, said the driver", "drc"),
            ("بيع إلى طالبان", "taliban"),
            ("دفع إلى الحوثيين", "yemen"),
        ] {
            assert!(regimes(text).contains(&regime), "{text}: {:?}", regimes(text));
        }
        for text in ["for M230", "the LNA of the firm", "a shop of Houtkamp's", ""] {
            assert!(regimes(text).is_empty(), "{text}: {:?}", regimes(text));
        }
    }
}
