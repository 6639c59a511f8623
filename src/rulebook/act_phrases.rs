//! Phrases that name an act with what it is done to: `hiring of loggers`, `renting out rooms`, `coal export`.

use crate::facts::{CodedTerm, Scheme, TermAlternatives};

use super::nearest_terms::TURNING;
use super::{Vocabulary, WordMeaning};

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
        let words: Vec<&str> = text.split_whitespace().collect();
        let turns = |word: &&str| {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            TURNING.iter().any(|turning| turning.eq_ignore_ascii_case(word))
        };
        if words.len() < 2 || words.len() > MOST_WORDS || words.iter().any(turns) {
            return None;
        }
        let is_preposition = |word: &&str| PREPOSITIONS.iter().any(|known| known.eq_ignore_ascii_case(word));
        if let Some(at) = words.iter().position(is_preposition).filter(|at| *at > 0) {
            let (head, rest) = words.split_at_checked(at)?;
            // `hiring out of rooms`: the phrase before the preposition, or its last word.
            return self.longest_act(head, rest, Side::Last);
        }
        let side = if words.first()?.ends_with("ing") { Side::First } else { Side::Last };
        self.longest_act(&words, &[], side)
    }

    /// The act of the longest run of words that names one, at one end of a phrase.
    fn longest_act(&self, words: &[&str], behind: &[&str], side: Side) -> Option<ActPhrase> {
        (1..=words.len()).rev().find_map(|length| {
            let (head, beside) = match side {
                Side::First => words.split_at_checked(length)?,
                Side::Last => words.split_at_checked(words.len() - length).map(|(beside, head)| (head, beside))?,
            };
            let meaning = self.act(&head.join(" "))?;
            let rest: Vec<&str> = beside.iter().chain(behind).copied().collect();
            let meaning = self.of_goods_or_money(meaning, &rest);
            Some(ActPhrase { meaning: self.with_acts_of(meaning, &rest), rest: rest.join(" ") })
        })
    }

    fn act(&self, phrase: &str) -> Option<WordMeaning> {
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
            ACT_ENDINGS.iter().any(|ending| word.ends_with(ending)) || ACT_NOUNS.contains(&word.as_str())
        };
        for term in beside.iter().filter(names_an_act).filter_map(|word| self.act(word)).flat_map(terms_of) {
            if !all.contains(&term) {
                all.push(term);
            }
        }
        if all.len() == alone { meaning } else { WordMeaning::Several { broader: self.narrowest_common(&all), terms: all } }
    }
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

/// The end of a phrase at which its head stands.
#[derive(Debug, Clone, Copy)]
enum Side {
    First,
    Last,
}
