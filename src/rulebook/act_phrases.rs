//! Phrases that name an act with what it is done to: `hiring of loggers`, `renting out rooms`, `coal export`.

use std::ops::Range;

use crate::facts::{CodedTerm, Scheme, Term, TermAlternatives, Transaction, fold};

use super::turned_acts;
use super::{Vocabulary, WordList, WordMeaning};

/// The most words of a phrase that is taken apart. Longer texts are stories.
const MOST_WORDS: usize = 8;

/// Words behind which stands what an act is done to, from, by or for.
const PREPOSITIONS: &[&str] =
    &["of", "to", "from", "for", "by", "in", "at", "on", "with", "via", "into", "aboard", "onto", "through", "between", "under"];

/// The act of a phrase, and what the phrase says besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActPhrase {
    /// What the head of the phrase means; of several terms if the rest names an act too.
    pub meaning: WordMeaning,
    /// What stands beside the head.
    pub rest: String,
}

impl Vocabulary {
    /// Reads a phrase as an act and its object. The head stands before the first preposition, or first as a word in *-ing*, or
    /// last: `sale of coal`, `shipping coal`, `coal sale`. `None` if the head is no word of an act, or the rest may turn it into
    /// another act or none: `ban of sales`, `sale cancelled`.
    ///
    /// ```
    /// use interdict::facts::Scheme;
    /// use interdict::rulebook::{Rulebook, WordMeaning};
    ///
    /// let rulebook = Rulebook::built_in()?;
    /// let vocabulary = &rulebook.vocabulary;
    /// let act = |text| match vocabulary.act_of_phrase(text)?.meaning {
    ///     WordMeaning::Term(term) => Some(vocabulary.id(term)),
    ///     WordMeaning::Several { .. } => Some("several"),
    /// };
    /// assert_eq!(act("hiring of loggers"), Some("employment"));
    /// assert_eq!(act("export ban on coal"), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn act_of_phrase(&self, text: &str) -> Option<ActPhrase> {
        if let Some(act) = self.end_of_registration(text) {
            return Some(ActPhrase { meaning: WordMeaning::Term(act), rest: text.to_owned() });
        }
        let phrase = self.phrase(text)?;
        turned_acts::turned_by(&phrase.words, phrase.head.clone(), self).is_none().then_some(phrase.act)
    }

    /// The act of a phrase that the rest may turn into another act or none, and the words that may: `rejected sale`. `None` of
    /// other texts.
    pub(crate) fn turned_act(&self, text: &str) -> Option<(ActPhrase, String)> {
        if self.end_of_registration(text).is_some() {
            return None;
        }
        let phrase = self.phrase(text)?;
        let turned_by = turned_acts::turned_by(&phrase.words, phrase.head.clone(), self)?;
        Some((phrase.act, turned_by))
    }

    /// The act of a phrase that says that a registration or flag was ended: `strikes a ship off the register`. `None` of other
    /// texts, and of those with another word that turns them: `refused to strike a ship off`.
    fn end_of_registration(&self, text: &str) -> Option<Term> {
        let words: Vec<String> = text.split_whitespace().map(fold).collect();
        if words.len() < 2 || words.len() > MOST_WORDS + 2 {
            return None;
        }
        let lists = self.phrase_words();
        let has = |list: &WordList| words.iter().any(|word| list.has(word));
        let is_turned = words
            .iter()
            .any(|word| (lists.turning.has(word) || lists.beside.has(word)) && !lists.ending_a_registration.has(word));
        let ends = !is_turned && has(&lists.ending_a_registration) && has(&lists.registrations);
        ends.then(|| self.term(Scheme::Activity, "deregistration")).flatten()
    }

    /// Takes a phrase apart, whatever the words beside its head mean.
    fn phrase<'t>(&self, text: &'t str) -> Option<Phrase<'t>> {
        let words: Vec<&str> = text.split_whitespace().collect();
        if words.len() < 2 || words.len() > MOST_WORDS {
            return None;
        }
        let is_preposition = |word: &&str| is_preposition(word);
        let (at, side) = match words.iter().position(is_preposition).filter(|at| *at > 0) {
            // `hiring out of rooms`: the phrase before the preposition, or its last word.
            Some(at) => (at, Side::Last),
            None if words.first()?.ends_with("ing") => (words.len(), Side::First),
            None => (words.len(), Side::Last),
        };
        let (before, behind) = words.split_at_checked(at)?;
        let (head, act) = self.longest_act(before, behind, side)?;
        Some(Phrase { act, head, words })
    }

    /// The act of the longest run of words that names one, at one end of a phrase.
    fn longest_act(&self, words: &[&str], behind: &[&str], side: Side) -> Option<(Range<usize>, ActPhrase)> {
        (1..=words.len()).rev().find_map(|length| {
            let (head, beside, at) = match side {
                Side::First => words.split_at_checked(length).map(|(head, beside)| (head, beside, 0..length))?,
                Side::Last => {
                    let at = words.len() - length;
                    words.split_at_checked(at).map(|(beside, head)| (head, beside, at..words.len()))?
                }
            };
            let meaning = self.act(&head.join(" "))?;
            let rest: Vec<&str> = beside.iter().chain(behind).copied().collect();
            let meaning = self.of_goods_or_money(meaning, &rest);
            let meaning = self.of_people(meaning, object(beside, behind));
            Some((at, ActPhrase { meaning: self.with_acts_of(meaning, &rest), rest: rest.join(" ") }))
        })
    }

    pub(super) fn act(&self, phrase: &str) -> Option<WordMeaning> {
        match self.find(&[Scheme::Activity], phrase) {
            Some(CodedTerm::Term(term)) => Some(WordMeaning::Term(term)),
            _ => self.meaning(&[Scheme::Activity], phrase),
        }
    }

    /// A meaning without the transfer of money, or with nothing else, by what is transferred: `transfer of helicopters`.
    fn of_goods_or_money(&self, meaning: WordMeaning, of: &[&str]) -> WordMeaning {
        let (WordMeaning::Several { terms, .. }, Some(finance)) = (&meaning, self.term(Scheme::Activity, "finance")) else {
            return meaning;
        };
        let is_money = |word: &&str| MONEY.contains(&word.to_lowercase().as_str());
        let is_of_money = of.iter().any(is_money);
        let kept: TermAlternatives = terms.iter().copied().filter(|term| self.is_a(*term, finance) == is_of_money).collect();
        match kept.as_slice() {
            _ if of.is_empty() => meaning,
            [] => meaning,
            [only] => WordMeaning::Term(*only),
            _ => WordMeaning::Several { broader: self.narrowest_common(&kept), terms: kept },
        }
    }

    /// What a supply, loan or service means whose object is people: `lease of seamstresses` is their employment.
    fn of_people(&self, meaning: WordMeaning, object: Option<&str>) -> WordMeaning {
        let activity = |id: &str| self.term(Scheme::Activity, id);
        let Some(act) = object.and_then(|object| self.act_on_people(object)).and_then(activity) else { return meaning };
        let terms = match &meaning {
            WordMeaning::Term(term) => TermAlternatives::from_iter([*term]),
            WordMeaning::Several { terms, .. } => terms.clone(),
        };
        let gives = |term: &Term| {
            ["supply", "loan", "procurement-offer"].iter().any(|id| activity(id).is_some_and(|known| self.is_a(*term, known)))
                || activity("service") == Some(*term)
        };
        if !terms.iter().any(gives) {
            return meaning;
        }
        let people = Transaction::TABLE.position("people");
        let is_about_people = |term: &Term| people.is_some_and(|row| self.about(*term).iter().any(|about| about == row));
        let others = terms.iter().copied().filter(|term| *term != act && !gives(term) && is_about_people(term));
        let all: TermAlternatives = std::iter::once(act).chain(others).collect();
        if let [only] = all.as_slice() {
            WordMeaning::Term(*only)
        } else {
            WordMeaning::Several { broader: self.narrowest_common(&all), terms: all }
        }
    }

    /// The id of the activity in which people of an occupation are what is given.
    fn act_on_people(&self, occupation: &str) -> Option<&'static str> {
        let folded = fold(occupation);
        let one = folded.strip_suffix('s').unwrap_or(&folded);
        let lists = self.phrase_words();
        let has = |list: &WordList| list.has(&folded) || list.has(one);
        let known = [
            (&lists.workers, "employment"),
            (&lists.seafarers, "crewing"),
            (&lists.scientists, "research-stay"),
            (&lists.students, "studies"),
        ];
        known.into_iter().find(|(list, _)| has(list)).map(|(_, act)| act)
    }

    /// A meaning, or any of it and the acts that the words beside it name: `provision of training`.
    fn with_acts_of(&self, meaning: WordMeaning, beside: &[&str]) -> WordMeaning {
        let terms_of = |meaning: WordMeaning| match meaning {
            WordMeaning::Term(term) => TermAlternatives::from_iter([term]),
            WordMeaning::Several { terms, .. } => terms,
        };
        let mut all = terms_of(meaning.clone());
        let alone = all.len();
        // Words for goods are words for acts too: `purchase of shells`.
        let names_an_act = |word: &&&str| {
            let word = word.to_lowercase();
            // `ship`, `age` are words of things.
            let is_formed = |ending: &&str| word.strip_suffix(*ending).is_some_and(|stem| stem.len() > 2);
            ACT_ENDINGS.iter().any(is_formed) || ACT_NOUNS.contains(&word.as_str())
        };
        for term in beside.iter().filter(names_an_act).filter_map(|word| self.act(word)).flat_map(terms_of) {
            if !all.contains(&term) {
                all.push(term);
            }
        }
        if all.len() == alone { meaning } else { WordMeaning::Several { broader: self.narrowest_common(&all), terms: all } }
    }
}

/// The last word of what an act is done to: behind `of`, else beside its head.
fn object<'t>(beside: &[&'t str], behind: &[&'t str]) -> Option<&'t str> {
    let is_of = |word: &&str| word.eq_ignore_ascii_case("of");
    let words = match behind.iter().position(is_of) {
        Some(at) => behind.get(at + 1..)?,
        None => beside,
    };
    words.iter().copied().take_while(|word| !is_preposition(word)).last()
}

/// Words for what moves where money does.
const MONEY: [&str; 16] = [
    "money",
    "funds",
    "fund",
    "cash",
    "currency",
    "payment",
    "payments",
    "proceeds",
    "assets",
    "dollars",
    "crypto",
    "cryptocurrency",
    "bitcoin",
    "gold",
    "remittances",
    "capital",
];

/// How nouns for acts end.
const ACT_ENDINGS: [&str; 8] = ["ing", "ion", "ions", "ance", "ment", "ship", "age", "ery"];

/// Other nouns for acts.
const ACT_NOUNS: [&str; 10] =
    ["repair", "repairs", "transport", "service", "services", "help", "support", "loan", "loans", "lease"];

/// A phrase, taken apart.
struct Phrase<'t> {
    act: ActPhrase,
    /// The words of the head.
    head: Range<usize>,
    words: Vec<&'t str>,
}

/// True for a word behind which stands what an act is done to, from, by or for.
pub(crate) fn is_preposition(word: &str) -> bool {
    PREPOSITIONS.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// The end of a phrase at which its head stands.
#[derive(Debug, Clone, Copy)]
enum Side {
    First,
    Last,
}

#[cfg(test)]
mod tests {
    use crate::rulebook::{Rulebook, WordMeaning};

    fn act(text: &str) -> String {
        let rulebook = Rulebook::built_in().unwrap();
        let vocabulary = &rulebook.vocabulary;
        match vocabulary.act_of_phrase(text).map(|phrase| phrase.meaning) {
            Some(WordMeaning::Term(term)) => vocabulary.id(term).to_owned(),
            Some(WordMeaning::Several { .. }) => "several".to_owned(),
            None => "none".to_owned(),
        }
    }

    #[test]
    fn people_who_are_supplied_lent_or_leased_are_employed_or_serve_on_board() {
        for (text, expected) in [
            ("supply of 200 workers", "employment"),
            ("lease of seamstresses", "employment"),
            ("loan of loggers", "employment"),
            ("dispatch of nurses to Libya", "employment"),
            ("leasing 40 welders", "employment"),
            ("lease of sailors", "crewing"),
            ("dispatch of scientists", "research-stay"),
            ("supply of work clothes", "supply"),
            ("supply of gloves for workers", "supply"),
        ] {
            assert_eq!(act(text), expected, "{text}");
        }
    }

    #[test]
    fn the_end_of_a_registration_is_no_registration() {
        for text in [
            "strikes a ship off the register",
            "struck the ship off its register",
            "registration ended",
            "flag of the ship withdrawn",
            "removal of a ship from the register",
        ] {
            assert_eq!(act(text), "deregistration", "{text}");
        }
        for text in
            ["refused to strike a ship off the register", "entry of a ship in the register", "never removed from the register"]
        {
            assert_ne!(act(text), "deregistration", "{text}");
        }
    }
}
