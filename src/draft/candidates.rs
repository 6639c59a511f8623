//! What a word may be before its neighbours decide: a unit with its verb form and the words of grammar that it may be.

use crate::rulebook::DraftingClass;

use super::dates::DateReader;
use super::lexicon::{Lexicon, Meaning, VerbForm};
use super::text::{Token, TokenKind, is_quote};
use super::units::{Tag, Unit, Verb};

/// A unit and what else it may be.
pub(super) struct Candidate {
    pub(super) unit: Unit,
    /// A verb form that its neighbours have to confirm.
    pub(super) verb: Option<Verb>,
    /// The verb form is as often a noun.
    pub(super) is_often_noun: bool,
    /// Words of grammar, in the order of the files.
    pub(super) classes: Vec<DraftingClass>,
    pub(super) lower: String,
    /// An adverb by its ending.
    pub(super) is_in_ly: bool,
    /// A past form that is the base of another verb: `fell`, `found`.
    pub(super) is_base_too: bool,
    /// A base form that is the past as well: `let`, `put`.
    pub(super) is_past_too: bool,
    /// A participle that is said of ships and firms: `flagged`, `owned`.
    pub(super) is_of_ships: bool,
}

impl Candidate {
    pub(super) fn read(tokens: &[Token], at: usize, lexicon: &Lexicon, dates: &DateReader) -> Self {
        let lower = tokens.get(at).map(|token| token.lower.clone()).unwrap_or_default();
        let unit = |tag, length: usize| Unit {
            tokens: at..at + length,
            tag,
            verb: None,
            act: None,
            name: None,
            class: None,
            date: None,
        };
        let plain = |unit: Unit| Self {
            unit,
            verb: None,
            is_often_noun: false,
            classes: Vec::new(),
            lower: lower.clone(),
            is_of_ships: false,
            is_past_too: false,
            is_base_too: false,
            is_in_ly: false,
        };
        let Some(token) = tokens.get(at) else { return plain(unit(Tag::Stop, 1)) };
        if token.kind == TokenKind::Mark {
            return plain(unit(
                match token.lower.as_str() {
                    "," => Tag::Comma,
                    "(" | ")" | "[" | "]" => Tag::Parenthesis,
                    mark if is_quote(mark) => Tag::Quote,
                    "-" | "–" | "—" => Tag::Comma,
                    _ => Tag::Stop,
                },
                1,
            ));
        }
        if token.kind == TokenKind::Possessive {
            return plain(unit(Tag::Possessive, 1));
        }
        if let Some(date) = dates.read(tokens, at) {
            let length = date.tokens.len();
            return plain(Unit { date: Some(date), ..unit(Tag::Date, length) });
        }
        if let Some((length, name)) = lexicon.name_at(tokens, at) {
            return plain(Unit { name: Some(name), ..unit(Tag::Noun, length) });
        }
        if let Some(length) = number_range(tokens, at) {
            return plain(unit(Tag::Quantifier, length));
        }
        let meanings: Vec<(usize, Meaning)> = lexicon.at(tokens, at).collect();
        // The longest phrase of grammar, verb or act; what a theme is stays for later.
        let is_of_sentence = |meaning: &Meaning| matches!(meaning, Meaning::Grammar(_) | Meaning::Verb(_) | Meaning::ActNoun(_));
        let length = meanings.iter().find(|(_, meaning)| is_of_sentence(meaning)).map_or(1, |(length, _)| *length);
        let mut candidate = plain(unit(Tag::Noun, length));
        for (_, meaning) in meanings.iter().filter(|(of, meaning)| *of == length && is_of_sentence(meaning)) {
            match meaning {
                Meaning::Grammar(DraftingClass::Noun) => candidate.is_often_noun = true,
                // `IT` is no pronoun.
                Meaning::Grammar(DraftingClass::Pronoun) if token.is_upper => {}
                // What a noun means says nothing of where it stands.
                Meaning::Grammar(
                    DraftingClass::Ship
                    | DraftingClass::Body
                    | DraftingClass::Arms
                    | DraftingClass::Job
                    | DraftingClass::Way
                    | DraftingClass::NoState
                    | DraftingClass::Trades
                    | DraftingClass::Equips,
                ) => {}
                Meaning::Grammar(class) => candidate.classes.push(*class),
                Meaning::ActNoun(act) => candidate.unit.act = candidate.unit.act.or(Some(*act)),
                Meaning::Verb(verb) => {
                    let governs = if verb.class == DraftingClass::Act { DraftingClass::Verb } else { verb.class };
                    candidate.is_past_too |= matches!(verb.form, VerbForm::Past | VerbForm::Participle);
                    candidate.is_base_too |= verb.form == VerbForm::Base;
                    let known = candidate.verb.get_or_insert(Verb { governs, act: verb.act, form: verb.form });
                    known.act = known.act.or(verb.act);
                    if known.governs == DraftingClass::Verb {
                        known.governs = governs;
                    }
                    // A form that is the past of one verb and the participle of another may be either.
                    if matches!(
                        (known.form, verb.form),
                        (VerbForm::Participle, VerbForm::Past | VerbForm::Preterite)
                            | (VerbForm::Preterite, VerbForm::Past | VerbForm::Participle)
                    ) {
                        known.form = VerbForm::Past;
                    }
                }
                _ => {}
            }
        }
        if candidate.verb.is_none() && candidate.classes.is_empty() && length == 1 && candidate.unit.act.is_none() {
            candidate.verb = by_ending(token);
            candidate.is_often_noun |= candidate.verb.is_some_and(|verb| verb.form == VerbForm::Ing);
        }
        // The third person of a noun is its plural.
        if let Some(verb) = candidate.verb.filter(|verb| verb.form == VerbForm::Present)
            && length == 1
        {
            let base = lower.strip_suffix("es").filter(|_| !lower.ends_with("ses")).unwrap_or(&lower);
            let is_noun = |word: &str| {
                let token = Token { lower: word.to_owned(), ..token.clone() };
                lexicon.at(std::slice::from_ref(&token), 0).any(|(_, m)| m == Meaning::Grammar(DraftingClass::Noun))
            };
            let singular = lower.strip_suffix('s').unwrap_or(&lower);
            candidate.is_often_noun |= is_noun(singular) || is_noun(base) || verb.act.is_some() && candidate.unit.act.is_some();
        }
        candidate.is_in_ly = token.kind == TokenKind::Small
            && lower.len() > 4
            && lower.ends_with("ly")
            && !lower.contains('-')
            && !lexicon.is_word_of(&lower, "nouns-in-ly");
        candidate.is_of_ships = lexicon.is_word_of(&lower, "behind-hyphens");
        candidate.is_often_noun |= candidate.unit.act.is_some();
        // `forty-six`
        let is_number_word = |word: &str| {
            let token = Token { lower: word.to_owned(), ..token.clone() };
            lexicon.at(std::slice::from_ref(&token), 0).any(|(_, m)| m == Meaning::Grammar(DraftingClass::Number))
        };
        let is_compound = lower.split_once('-').is_some_and(|(tens, ones)| is_number_word(tens) && is_number_word(ones));
        if is_compound && candidate.classes.is_empty() && candidate.verb.is_none() {
            candidate.unit.tag = Tag::Number;
        }
        if candidate.classes.is_empty() && candidate.verb.is_none() && token.kind == TokenKind::Number {
            candidate.unit.tag = Tag::Number;
        }
        candidate
    }

    pub(super) fn has(&self, class: DraftingClass) -> bool {
        self.classes.contains(&class)
    }
}

/// The length of two numbers that a quantity lies between: `between 250 and 300`.
fn number_range(tokens: &[Token], at: usize) -> Option<usize> {
    let is_number = |at: usize| tokens.get(at).is_some_and(|token| token.kind == TokenKind::Number);
    let word = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_str());
    let is_range = match word(at) {
        "between" => word(at + 2) == "and",
        "from" => word(at + 2) == "to",
        _ => false,
    };
    (is_range && is_number(at + 1) && is_number(at + 3)).then_some(4)
}

/// The verb that an unknown word is a form of, by its ending.
fn by_ending(token: &Token) -> Option<Verb> {
    let form = match token.lower.as_str() {
        word if word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed") => VerbForm::Past,
        word if word.len() > 5 && word.ends_with("ing") => VerbForm::Ing,
        _ => return None,
    };
    (token.kind == TokenKind::Small && !token.lower.contains('-')).then_some(Verb {
        governs: DraftingClass::Verb,
        act: None,
        form,
    })
}
