//! On whose word an article rests: *according to*, *said*.

use std::ops::Range;

use crate::facts::{Scheme, Term};
use crate::rulebook::{DraftingClass, Rulebook};

use super::event::Event;
use super::heading::Heading;
use super::lexicon::{Lexicon, Meaning};
use super::phrases::Chunk;
use super::sentence::Parsed;
use super::text::Text;
use super::{Article, DraftSource, words};

/// The words that name who says what a sentence reports.
pub(super) fn named(sentence: &Parsed<'_>) -> Option<Range<usize>> {
    let according = sentence.chunks.windows(2).enumerate().find_map(|(at, chunks)| match chunks {
        [Chunk::Preposition(word), Chunk::Noun(noun)] if word == "according to" => {
            Some(with_of(sentence, at + 1).unwrap_or(noun.tokens.clone()))
        }
        _ => None,
    });
    // `the newspaper reported, citing the Panel of Experts`
    let cited = sentence.chunks.windows(2).enumerate().find_map(|(at, chunks)| match chunks {
        [Chunk::Verb(group), Chunk::Noun(noun)]
            if !group.is_negated && sentence.lexicon.is_listed(sentence.tokens, &group.tokens, "cites") =>
        {
            Some(with_of(sentence, at + 1).unwrap_or(noun.tokens.clone()))
        }
        _ => None,
    });
    according.or(cited).or_else(|| {
        sentence.clauses.iter().find_map(|clause| {
            let group = sentence.group(clause.verb)?;
            let says = matches!(group.governs(), DraftingClass::Says | DraftingClass::Believes)
                && !group.is_negated
                && !clause.is_passive;
            let subject = *clause.subject.first().filter(|_| says)?;
            let noun = sentence.noun(subject)?;
            (!noun.is_pronoun).then(|| with_of(sentence, subject).unwrap_or(noun.tokens.clone()))
        })
    })
}

fn with_of(sentence: &Parsed<'_>, noun: usize) -> Option<Range<usize>> {
    let start = sentence.noun(noun)?.tokens.start;
    Some(start..sentence.noun(sentence.of(noun)?)?.tokens.end)
}

/// The articles and the sources that they name, each once.
pub(super) fn sources(
    articles: &[Article],
    texts: &[Text<'_>],
    headings: &[Heading],
    events: &[Event],
    lexicon: &Lexicon,
    rulebook: &Rulebook,
) -> Vec<DraftSource> {
    let Some(press) = rulebook.vocabulary.term(Scheme::SourceKind, "press") else { return Vec::new() };
    let mut sources: Vec<DraftSource> = Vec::new();
    for (article, heading) in headings.iter().enumerate() {
        let title = heading.title.as_ref().and_then(|title| Some(texts.get(article)?.words(title)));
        let name = articles.get(article).map(|article| article.name.clone()).unwrap_or_default();
        sources.push(DraftSource {
            id: if article == 0 { "article".to_owned() } else { format!("article-{}", article + 1) },
            kind: press,
            title: title.unwrap_or(name),
            published: heading.date.as_ref().map(|date| date.day),
            words: None,
            article,
        });
    }
    for event in events {
        let Some((text, tokens)) = texts.get(event.article).zip(event.source.as_ref()) else { continue };
        let Some(kind) = kind(text, tokens, lexicon) else { continue };
        let title = without_article(&text.words(tokens)).to_owned();
        let id = id_of(&title);
        if id.is_empty() || sources.iter().any(|source| source.id == id) {
            continue;
        }
        sources.push(DraftSource {
            id,
            kind,
            title,
            published: None,
            words: Some(words(event.article, text, tokens)),
            article: event.article,
        });
    }
    sources
}

/// The names of the sources of an act: its article, and who says it there.
pub(super) fn of_event(event: &Event, sources: &[DraftSource], texts: &[Text<'_>]) -> Vec<String> {
    let article = sources.iter().find(|source| source.words.is_none() && source.article == event.article);
    let named =
        texts.get(event.article).zip(event.source.as_ref()).map(|(text, tokens)| id_of(without_article(&text.words(tokens))));
    let named = named.and_then(|id| sources.iter().find(|source| source.words.is_some() && source.id == id));
    article.into_iter().chain(named).map(|source| source.id.clone()).collect()
}

/// The kind of source that words name.
fn kind(text: &Text<'_>, tokens: &Range<usize>, lexicon: &Lexicon) -> Option<Term> {
    tokens.clone().find_map(|at| {
        lexicon.at(&text.tokens, at).find_map(|(length, meaning)| match meaning {
            Meaning::Source(kind) if at + length <= tokens.end => Some(kind),
            _ => None,
        })
    })
}

fn without_article(title: &str) -> &str {
    let lower = title.get(..4).unwrap_or_default();
    if lower.eq_ignore_ascii_case("the ") { title.get(4..).unwrap_or(title) } else { title }
}

fn id_of(title: &str) -> String {
    let id: String = title.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    let parts: Vec<&str> = id.split('-').filter(|part| !part.is_empty()).take(6).collect();
    parts.join("-")
}
