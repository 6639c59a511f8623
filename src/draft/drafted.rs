//! What a draft is: transactions, sources and what was left out, each with its words.

use std::ops::Range;

use chrono::NaiveDate;

use crate::facts::{Period, Term};

/// An article to draft from.
#[derive(Debug, Clone)]
pub struct Article {
    /// The name of its file, or what else to call it.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// Words of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The article, by its position.
    pub article: usize,
    /// The bytes of its text.
    pub bytes: Range<usize>,
    /// The line on which they begin, from 1.
    pub line: usize,
    /// The words, with single blanks.
    pub text: String,
}

/// A value with the words that say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drafted<T> {
    /// The value.
    pub value: T,
    /// The words.
    pub words: Words,
    /// True if the words do not say it of this act: it follows from what else the article says.
    pub is_supposed: bool,
}

/// A drafted incident.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The articles' names.
    pub articles: Vec<String>,
    /// A name for the incident.
    pub id: String,
    /// The first line of the first article.
    pub title: Option<Words>,
    /// The day of the first article.
    pub date: Option<Drafted<Period>>,
    /// The articles, and those on whose word they rest.
    pub sources: Vec<DraftSource>,
    /// What is reported.
    pub transactions: Vec<DraftTransaction>,
    /// What was read and left out, with the reason.
    pub left_out: Vec<(Words, String)>,
}

/// A source of a draft.
#[derive(Debug, Clone)]
pub struct DraftSource {
    /// Its name in the file.
    pub id: String,
    /// The term of its kind.
    pub kind: Term,
    /// What it is called.
    pub title: String,
    /// The day of an article.
    pub published: Option<NaiveDate>,
    /// The words that name it; `None` for an article itself.
    pub words: Option<Words>,
    /// The article.
    pub article: usize,
}

/// A drafted transaction.
#[derive(Debug, Clone)]
pub struct DraftTransaction {
    /// Its name in the file.
    pub id: String,
    /// The sentence that tells it.
    pub sentence: Words,
    /// The activity.
    pub activity: Drafted<Term>,
    /// The field of the help, if its words name one.
    pub field: Option<Term>,
    /// The term of its stage.
    pub stage: Drafted<&'static str>,
    /// True if the article says that someone believes or suspects it.
    pub is_alleged: bool,
    /// When, if the article says.
    pub date: Option<Drafted<Period>>,
    /// The providing side.
    pub from: Option<Drafted<Term>>,
    /// The receiving side.
    pub to: Option<Drafted<Term>>,
    /// Goods and technology.
    pub items: Vec<DraftItem>,
    /// What a claim, right or property is about.
    pub subject: Option<Words>,
    /// What else it is about.
    pub more_subjects: Vec<Words>,
    /// A group of people.
    pub people: Option<DraftPeople>,
    /// The sum that was paid.
    pub payment: Option<Words>,
    /// What papers call the State that it comes from.
    pub declared_from: Option<Drafted<Term>>,
    /// The parties that the text names: role, name, State.
    pub parties: Vec<(&'static str, Words, Option<Term>)>,
    /// Ships.
    pub vessels: Vec<DraftVessel>,
    /// The States that goods pass through.
    pub via: Vec<Drafted<Term>>,
    /// A seizure that stopped it, with the State of the authority.
    pub seizure: Option<(Words, Option<Term>)>,
    /// The ports that it is told of.
    pub ports: Vec<DraftPort>,
    /// The States that deny it.
    pub denied_by: Vec<Drafted<Term>>,
    /// Who denies it and speaks for no State.
    pub other_denials: Vec<Words>,
    /// The names of its sources.
    pub sources: Vec<String>,
}

/// A ship of a draft.
#[derive(Debug, Clone)]
pub struct DraftVessel {
    /// Its name.
    pub name: Words,
    /// The State whose flag it flies.
    pub flag: Option<Drafted<Term>>,
    /// Its IMO number.
    pub imo: Option<Words>,
}

/// A group of people of a draft.
#[derive(Debug, Clone)]
pub struct DraftPeople {
    /// The words that name them.
    pub words: Words,
    /// Their nationality, if they are workers.
    pub nationality: Option<Term>,
    /// How many they are, as far as the format can say it.
    pub count: Option<String>,
    /// What they are.
    pub occupation: Option<String>,
}

/// A port of a draft.
#[derive(Debug, Clone)]
pub struct DraftPort {
    /// Its name.
    pub name: Words,
    /// Its State.
    pub country: Term,
    /// The term of what the call was for.
    pub call: Option<&'static str>,
}

/// Goods of a draft.
#[derive(Debug, Clone)]
pub struct DraftItem {
    /// What they are called.
    pub description: Words,
    /// How many or how much, as far as the format can say it.
    pub quantity: Option<Drafted<String>>,
    /// What papers call them.
    pub declared_as: Option<Words>,
    /// Technology instead of goods.
    pub is_technology: bool,
}
