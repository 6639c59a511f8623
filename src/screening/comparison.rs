//! What the comparison of two names comes to, and its reasons in words.

use serde::Serialize;

/// By what rule two parts of names are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Equivalence {
    /// Letter for letter, after case, accents and lookalikes.
    Same,
    /// The same sounds, written otherwise.
    SameSound,
    /// Two known spellings of one name.
    Spelling,
    /// The same name in another language, or a short form.
    OtherForm,
    /// The same word of business, in another form or language.
    Translation,
    /// Nearly the same letters: a slip, or a romanisation with no rule of its own.
    Near,
    /// The first letter of it.
    Initial,
    /// The same but for the spaces.
    Joined,
    /// The abbreviation of the whole.
    Abbreviation,
    /// Korean syllables that can be written both ways.
    Korean,
}

/// Two parts that are the same.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PartMatch {
    /// The part of the left name, as written.
    pub left: String,
    /// The part of the right name, as written.
    pub right: String,
    /// The rule.
    pub by: Equivalence,
    /// How alike they are, from 0 to 1.
    pub similarity: f32,
}

/// What limits a score, beside parts without a counterpart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Limit {
    /// Different numbers.
    NumbersDiffer,
    /// A number in one name only.
    NumberInOneOnly,
    /// Different places, as of two branches.
    PlacesDiffer,
    /// Only one telling part is the same.
    OnePart,
    /// Only an initial stands for a second part.
    InitialOnly,
    /// Words that many bodies have, and nothing that is theirs.
    NothingDistinctive,
    /// The same parts in an order that is another name.
    Order,
    /// The same syllables of a Korean name in an order that is another name.
    SyllableOrder,
    /// Korean or Chinese given names that differ in a syllable.
    SyllableDiffers,
    /// A part that differs in a letter and can be another name.
    AnotherName,
    /// Bodies of one name with different words of business.
    BusinessDiffers,
    /// Children of different fathers.
    FathersDiffer,
    /// One name is that of the other's child, with the father's behind it.
    ChildOf,
    /// One name may be that of one of two bodies that the other joins.
    OneOfTwo,
}

/// The result of comparing two names, with its reasons.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// From 0 (nothing in common) to 1 (the same).
    pub score: f32,
    /// The parts that are the same, in the order of the left name.
    pub parts: Vec<PartMatch>,
    /// Parts of the left name without a counterpart.
    pub left_only: Vec<String>,
    /// Parts of the right name without a counterpart.
    pub right_only: Vec<String>,
    /// What keeps the score down.
    pub limits: Vec<Limit>,
}

impl Comparison {
    /// The reasons in one line of English.
    pub fn why(&self) -> String {
        let mut said: Vec<String> = self
            .parts
            .iter()
            .map(|part| {
                let (left, right) = (&part.left, &part.right);
                match part.by {
                    Equivalence::Same if left.to_lowercase() == right.to_lowercase() => format!("`{left}` is the same"),
                    Equivalence::Same => format!("`{left}` is `{right}` in other letters"),
                    Equivalence::SameSound => format!("`{left}` sounds like `{right}`"),
                    Equivalence::Spelling => format!("`{left}` is a spelling of `{right}`"),
                    Equivalence::OtherForm => format!("`{left}` is a form of `{right}`"),
                    Equivalence::Translation => format!("`{left}` means `{right}`"),
                    Equivalence::Near => format!("`{left}` is nearly `{right}`"),
                    Equivalence::Initial => format!("`{left}` may stand for `{right}`"),
                    Equivalence::Joined => format!("`{left}` is `{right}` but for the spaces"),
                    Equivalence::Abbreviation => format!("`{left}` abbreviates `{right}`"),
                    Equivalence::Korean => format!("`{left}` and `{right}` can be the same Korean syllables"),
                }
            })
            .collect();
        if !self.left_only.is_empty() {
            said.push(format!("only left: `{}`", self.left_only.join(" ")));
        }
        if !self.right_only.is_empty() {
            said.push(format!("only right: `{}`", self.right_only.join(" ")));
        }
        said.extend(self.limits.iter().map(|limit| {
            match limit {
                Limit::NumbersDiffer => "the numbers differ",
                Limit::NumberInOneOnly => "one name has a number, the other none",
                Limit::PlacesDiffer => "the places differ",
                Limit::OnePart => "only one telling part is the same",
                Limit::InitialOnly => "beside one part, only an initial is the same",
                Limit::NothingDistinctive => "only words that many bodies have are the same",
                Limit::Order => "the parts stand in another order",
                Limit::SyllableOrder => "the Korean syllables stand in another order",
                Limit::AnotherName => "a part that differs in a letter can be another name",
                Limit::BusinessDiffers => "the words of business differ",
                Limit::FathersDiffer => "the fathers differ",
                Limit::ChildOf => "one can be the child of the other",
                Limit::OneOfTwo => "one can be one of two bodies that the other joins",
                Limit::SyllableDiffers => "a syllable of the given name differs",
            }
            .to_owned()
        }));
        said.join("; ")
    }
}
