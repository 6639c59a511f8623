//! Names of groups inside names of parties: whether `fighters of M23` is M23, and what `M23 motorway` is.

use std::collections::HashSet;

use crate::document::{Diagnostics, Mapping, Node};
use crate::facts::{Truth, Words};

/// Words that stand beside the names of groups, from the vocabulary's `phrase: {names: ..}`; folded and stemmed.
#[derive(Debug, Clone, Default)]
pub struct NameWords {
    /// What leaves a name that of the group: `fighters`, `brigade`, `the`.
    beside: HashSet<String>,
    /// The same, and behind the name anything may follow: `M23 in the hills`, `M23 under its commander`.
    behind: HashSet<String>,
    /// What makes the name that of something else: `street`.
    others: HashSet<String>,
}

impl NameWords {
    /// True of a text that is one of some names, alone or with places and words that stand beside names of groups. One that only
    /// contains a name leaves it open, unless a word makes it something else.
    pub fn calls(&self, text: &Words, names: &[Words], is_place: impl Fn(&str) -> bool) -> Truth {
        self.find(text, names, |word, _| is_place(word))
    }

    /// True of a text that has one of some nouns as what it is, whatever stands before: `hill rebels`. One that has it as a part
    /// only leaves it open: `Rebel Foods`.
    pub fn is_a(&self, text: &Words, nouns: &[Words]) -> Truth {
        self.find(text, nouns, |_, is_found| !is_found)
    }

    /// Looks for some words; `is_free` says of another word whether it may stand beside them, before or behind the first.
    fn find(&self, text: &Words, sought: &[Words], is_free: impl Fn(&str, bool) -> bool) -> Truth {
        if !text.contains_any(sought) {
            return Truth::False;
        }
        let mut places: Vec<_> = sought.iter().flat_map(|words| text.find(words)).collect();
        places.sort_unstable_by_key(|place| place.start);
        let mut places = places.into_iter().peekable();
        let (mut is_found, mut covered_to, mut truth) = (false, 0, Truth::True);
        for (start, word) in text.places() {
            while let Some(place) = places.next_if(|place| place.start <= start) {
                covered_to = covered_to.max(place.end);
                is_found = true;
            }
            if is_found && start < covered_to {
                continue;
            }
            if self.others.contains(word) {
                return Truth::False;
            }
            match (self.behind.contains(word), self.beside.contains(word)) {
                (true, _) if is_found => break,
                (true, _) | (_, true) => {}
                _ if is_free(word, is_found) => {}
                _ => truth = Truth::Unknown,
            }
        }
        truth
    }

    /// Adds the words of one `names:`.
    pub(super) fn read(&mut self, node: &Node, problems: &mut Diagnostics) {
        let mut lists = [("beside", &mut self.beside), ("behind", &mut self.behind), ("others", &mut self.others)];
        let keys = lists.each_ref().map(|(key, _)| *key);
        let Some(map) = Mapping::read(node, "words beside names", &keys, problems) else { return };
        for (key, list) in &mut lists {
            for node in map.get(key).map(Node::one_or_many).unwrap_or_default() {
                match node.text() {
                    Some(text) => list.extend(Words::new(text).iter().map(str::to_owned)),
                    None => problems.wrong_shape(node, "a word beside names", "a word"),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::NameWords;
    use crate::facts::{Truth, Words};

    fn words() -> NameWords {
        let set = |words: &[&str]| {
            words.iter().flat_map(|word| Words::new(word).iter().map(str::to_owned).collect::<Vec<_>>()).collect()
        };
        NameWords {
            beside: set(&["the", "fighters", "movement", "Congolese"]),
            behind: set(&["of", "in", "led", "commander"]),
            others: set(&["street", "motorway"]),
        }
    }

    #[test]
    fn a_name_is_the_groups_with_words_of_groups_beside_it() {
        let names = ["M23", "March 23 Movement"].map(Words::new);
        for (text, truth) in [
            ("M23", Truth::True),
            ("the M23 movement", Truth::True),
            ("fighters of the Congolese M23", Truth::True),
            ("M23 (March 23 Movement)", Truth::True),
            ("M23 in the hills of Kibumba", Truth::True),
            ("M23, Goma", Truth::True),
            ("M23 commander Jean Example", Truth::True),
            ("M23 Components", Truth::Unknown),
            ("Jean Example M23", Truth::Unknown),
            ("Friends of the M23", Truth::Unknown),
            ("M23 motorway", Truth::False),
            ("M 230", Truth::False),
            ("", Truth::False),
        ] {
            assert_eq!(words().calls(&Words::new(text), &names, |word| word == "goma"), truth, "{text}");
        }
    }

    #[test]
    fn a_noun_says_what_the_name_is_of_where_nothing_else_follows() {
        let nouns = ["rebels", "armed group"].map(Words::new);
        for (text, truth) in [
            ("Lendu rebels", Truth::True),
            ("unknown armed group in the hills", Truth::True),
            ("rebel fighters led by a deserter", Truth::True),
            ("Rebel Foods", Truth::Unknown),
            ("Rebel Street", Truth::False),
            ("a trading firm", Truth::False),
        ] {
            assert_eq!(words().is_a(&Words::new(text), &nouns), truth, "{text}");
        }
    }
}
