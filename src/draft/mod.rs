//! Drafts of incidents from articles: plain English text in, an incident file out that a person then corrects.
//!
//! The article is taken apart into sentences, phrases and clauses; every verb and noun of an act has a frame that says who stands
//! where; what governs it says how sure it is. Every fact carries the words that it comes from, and nothing is drafted that no
//! words say. The words stand in `rules/drafting`. It is no more than grammar and tables: the same text gives the same draft.

mod act_dates;
mod act_roles;
mod act_terms;
mod activity;
mod acts;
mod alongside;
mod antecedents;
mod asides;
mod background;
mod before_verb;
mod behind_verb;
mod calendar;
mod candidates;
mod clauses;
mod consistency;
mod context;
mod cues;
mod dates;
mod denials;
mod drafted;
mod each_side;
mod elsewhere;
mod event;
mod genre;
mod gist;
mod heading;
mod idioms;
mod implied;
mod joining;
mod json;
mod labour;
mod lent;
mod lexicon;
mod means;
mod memory;
mod merging;
mod money;
mod moved;
mod no_act;
mod nominal;
mod origins;
mod payment;
mod people;
mod phrases;
mod ports;
mod readings;
mod relative_dates;
mod retraction;
mod roads;
mod roles;
mod seizures;
mod sentence;
mod ships;
mod sides;
mod sources;
mod spokesmen;
mod stationed;
mod status;
mod stopped_loads;
mod stops;
mod stories;
mod supposed;
mod text;
mod themes;
mod transactions;
mod travel;
mod units;
mod writing;
mod yaml;
mod years;

use std::collections::BTreeSet;
use std::ops::Range;

use chrono::NaiveDate;

use crate::facts::{Period, Term, Truth};
use crate::rulebook::{LawAsOf, Rule, Rulebook};

use act_terms::ActTerms;
use acts::ActReader;
use context::Context;
use dates::DateReader;
use event::Event;
use heading::Heading;
use lexicon::{Lexicon, NameKind};
use memory::Memory;
use sentence::Parsed;
use text::Text;
use transactions::Setting;
use writing::written;

pub use drafted::{
    Article, Draft, DraftItem, DraftPeople, DraftPort, DraftSource, DraftTransaction, DraftVessel, Drafted, Words,
};
pub use json::to_json;
pub use yaml::to_yaml;

/// How many sentences at the top of an article say what it is about.
const TOP: usize = 5;

/// Drafts an incident from articles on it. `dated` is their day where they do not say it themselves.
pub fn draft(articles: &[Article], dated: Option<NaiveDate>, rulebook: &Rulebook) -> Draft {
    let lexicon = Lexicon::new(rulebook);
    let mut texts: Vec<Text<'_>> = articles.iter().map(|article| Text::new(&article.text, &lexicon.text_words)).collect();
    let headings: Vec<Heading> = texts.iter_mut().map(|text| Heading::read(text, &lexicon, dated)).collect();
    let mut draft = Draft {
        articles: articles.iter().map(|article| article.name.clone()).collect(),
        id: draft_id(articles),
        title: texts.first().zip(headings.first()).and_then(|(text, heading)| Some(words(0, text, heading.title.as_ref()?))),
        date: texts.first().zip(headings.first()).and_then(|(text, heading)| {
            let date = heading.date.as_ref()?;
            let words = date.tokens.as_ref().map_or(given_date(), |tokens| words(0, text, tokens));
            Some(Drafted { value: Period::day(date.day), words, is_supposed: false })
        }),
        sources: Vec::new(),
        transactions: Vec::new(),
        left_out: Vec::new(),
    };
    let Some(terms) = ActTerms::new(rulebook) else { return draft };
    let (mut events, mut denials) = (Vec::new(), Vec::new());
    for (article, (text, heading)) in texts.iter().zip(&headings).enumerate() {
        let targets = targets(heading.date.as_ref().map(|date| date.day), &lexicon, rulebook);
        if let Some(genre) = genre::genre(text, &lexicon) {
            let all = text.sentences.first().map_or(0..0, |sentence| sentence.tokens.clone());
            draft.left_out.push((words(article, text, &all), format!("the article reads as {genre}, not as a report of events")));
            continue;
        }
        let mut skipped = Vec::new();
        let mut found = ArticleReader {
            rulebook,
            lexicon: &lexicon,
            terms: &terms,
            targets: &targets,
            article,
            text,
            texts: &texts,
            heading,
        }
        .read(&mut denials, &mut skipped);
        events.append(&mut found);
        draft.left_out.extend(skipped.into_iter().map(|(tokens, reason)| (words(article, text, &tokens), reason.to_owned())));
    }
    let merged = merging::merge(events, &texts, &rulebook.vocabulary, &terms);
    draft.sources = sources::sources(articles, &texts, &headings, &merged, &lexicon, rulebook);
    for event in &merged {
        let number = draft.transactions.iter().filter(|known| known.activity.value == event.activity).count() + 1;
        let transaction = written(event, number, &texts, &denials, &draft.sources, rulebook, &terms);
        draft.transactions.extend(transaction);
    }
    draft.left_out.sort_by_key(|(place, _)| (place.article, place.bytes.start, place.bytes.end));
    draft.left_out.dedup_by(|(a, _), (b, _)| a.article == b.article && a.bytes == b.bytes);
    draft
}

/// The States under measures on a day: the targets of the regimes of which a rule is in force, and the States of armed groups.
fn targets(day: Option<NaiveDate>, lexicon: &Lexicon, rulebook: &Rulebook) -> Vec<Term> {
    let day = day.map(Period::day);
    let in_force = |rule: &&Rule| day.is_none() || rule.in_force.on(day, LawAsOf::default()) != Truth::False;
    let of_rules = rulebook.rules.iter().filter(in_force).flat_map(|rule| rulebook.target_of(rule));
    let mut targets: Vec<Term> = of_rules.chain(&lexicon.groups).copied().collect();
    targets.sort_unstable();
    targets.dedup();
    targets
}

/// Reads the acts of one article.
struct ArticleReader<'a> {
    rulebook: &'a Rulebook,
    lexicon: &'a Lexicon,
    terms: &'a ActTerms,
    targets: &'a [Term],
    article: usize,
    text: &'a Text<'a>,
    texts: &'a [Text<'a>],
    heading: &'a Heading,
}

impl ArticleReader<'_> {
    fn read(&self, denials: &mut Vec<denials::Denial>, skipped: &mut Vec<(Range<usize>, &'static str)>) -> Vec<Event> {
        let dates = DateReader { today: self.heading.date.as_ref().map(|date| date.day) };
        let first = self.heading.body;
        // The headline is read last: what it tells is told better below.
        let headline = (0..first).filter(|_| self.heading.title.is_some());
        let sentences = (first..self.text.sentences.len()).chain(headline);
        let parsed = sentences.map(|sentence| (sentence, Parsed::new(self.text, sentence, self.lexicon, &dates)));
        let mut mentions: BTreeSet<Term> = BTreeSet::new();
        let mut context = Context::new(self.text.sentences.iter().map(|sentence| sentence.paragraph).collect());
        let top = 0..self.text.sentences.iter().take(TOP).next_back().map_or(0, |last| last.tokens.end);
        context.is_retrospect = self.lexicon.is_listed(&self.text.tokens, &top, "retrospects");
        let mut memory = Memory::new(self.rulebook);
        memory.here.clone_from(&self.heading.here);
        memory.targets = self.targets.to_vec();
        let is_hub =
            self.heading.here.as_ref().is_some_and(|here| self.lexicon.is_listed(&self.text.tokens, &here.tokens, "news-hubs"));
        memory.home = self.heading.here.clone().filter(|_| !is_hub);
        let (mut events, mut left_out) = (Vec::new(), Vec::new());
        let mut old_paragraph = None;
        let mut gists = gist::Gists::default();
        let mut latest: Option<NaiveDate> = None;
        let reader = ActReader {
            rulebook: self.rulebook,
            lexicon: self.lexicon,
            terms: self.terms,
            article: self.article,
            targets: self.targets,
        };
        let mut stopped: Option<usize> = None;
        let mut stories = stories::Stories::default();
        let mut lent = Vec::new();
        for (number, mut sentence) in parsed {
            sentence.since_stop = stopped.and_then(|at| number.checked_sub(at));
            for unit in &sentence.units {
                latest = latest.max(unit.date.as_ref().map(|date| date.period.to));
                mentions.extend(unit.name.filter(|name| name.kind != NameKind::Short).map(|name| name.country));
            }
            let paragraph = self.text.sentences.get(number).map(|sentence| sentence.paragraph);
            let story = stories.turn(&sentence, paragraph, &mut memory);
            context.tell(number, story);
            let is_goods = |sentence: &Parsed<'_>, noun: &phrases::NounPhrase| reader.is_goods(sentence, noun);
            let is_carrier = |sentence: &Parsed<'_>, noun: &phrases::NounPhrase| reader.is_vehicle(sentence, noun);
            context.add(number, &sentence, self.lexicon, &is_goods, &is_carrier);
            gists.add(number, &sentence, self.lexicon, &is_carrier);
            memory.learn_ships(&sentence, number);
            memory.reading = number;
            // `It had not.`: what the sentence before said is taken back.
            if retraction::refuses(&sentence, self.lexicon) {
                gists.silence(number.saturating_sub(1));
                gists.silence(number);
                retraction::refuse(&mut events, &mut left_out, (number, &sentence), paragraph, self.text);
            }
            if retraction::takes_back(&sentence, self.lexicon) || retraction::retracts(&sentence, self.lexicon) {
                retraction::take_back(&mut events, &mut left_out, number, paragraph, self.text);
                continue;
            }
            // `50 years ago (1975).`
            if let Some(years) = retraction::years_ago(&sentence) {
                old_paragraph = paragraph.filter(|_| years > background::BACKGROUND_YEARS.unsigned_abs());
            }
            let (from, skips) = (events.len(), left_out.len());
            reader.read(&sentence, number, &mut memory, &mut events, &mut left_out);
            if reader.stops(&sentence) {
                stopped = Some(number);
            }
            if left_out.iter().skip(skips).any(|skip| skip.why.is_some_and(status::LeftOut::is_over)) {
                gists.silence(number);
            }
            if old_paragraph.is_some() && old_paragraph == paragraph {
                retraction::set_aside(&mut events, &mut left_out, from, "background of other years");
            }
            memory.learn(&sentence);
            memory.learn_listed(&sentence, number, self.lexicon);
            let source = sources::named(&sentence);
            for event in events.iter_mut().skip(from) {
                event.source.clone_from(&source);
                event.is_title = number < first;
                event.story = story;
            }
            lent.extend(reader.lent(&sentence, number, story, &memory));
            denials.extend(denials::denials(&sentence, (self.article, number, story), &memory, self.lexicon));
        }
        skipped.extend(left_out.into_iter().map(|skip| (skip.tokens, skip.reason)));
        context.finish(self.targets);
        let setting = Setting {
            here: self.heading.here.clone(),
            // An article without a day is of the last one that it names.
            today: dates.today.or(latest),
            mentions,
            context,
            targets: self.targets,
            travel: self.terms.travel,
            employment: self.terms.employment,
            builds: [self.terms.construction, self.terms.maintenance],
            is_hub,
            lexicon: self.lexicon,
            is_of_court: self
                .text
                .sentences
                .iter()
                .take(TOP)
                .any(|sentence| self.lexicon.is_listed(&self.text.tokens, &sentence.tokens, "trials")),
        };
        joining::join_legs(&mut events);
        joining::follow_trainees(
            &mut events,
            &[
                self.terms.technical_assistance,
                self.terms.employment,
                self.terms.deployment,
                self.terms.teaching,
                self.terms.military_training,
                self.terms.travel,
            ],
        );
        joining::load_transfers(&mut events);
        joining::date_by_voyage(&mut events);
        joining::unite_sides(&mut events, self.texts, &self.rulebook.vocabulary, self.terms.supply);
        let pairs = transactions::pairs(&events);
        let onward = transactions::onward(&events, self.targets);
        joining::follow_carriers(&mut events, &setting.context);
        for event in &mut events {
            setting.complete(event, &pairs, &onward);
        }
        transactions::answer(&mut events);
        transactions::inherit_sides(&mut events, &setting);
        transactions::hand_on_seizures(&mut events, self.texts);
        lent.sort_by_key(lent::Lent::place);
        lent::lend(&lent, &mut events, self.text, &self.rulebook.vocabulary, self.terms.supply);
        let received = transactions::received(&events, self.texts, self.targets);
        let known = transactions::told_pairs(&events);
        let mut against = consistency::against(&events, self.targets).into_iter();
        events.retain_mut(|event| {
            let is_against = against.next().unwrap_or_default();
            let reason = is_against.then_some("the text does not say between whom");
            let reason = reason.or_else(|| setting.beside_the_point(event, self.texts, &onward, &received, &known));
            skipped.extend(reason.map(|reason| (event.act.clone(), reason)));
            reason.is_none()
        });
        let found =
            gists.read(&events, self.article, &setting, (self.heading.title.is_some(), self.lexicon), &self.rulebook.vocabulary);
        events.extend(found);
        events
    }
}

fn words(article: usize, text: &Text<'_>, tokens: &Range<usize>) -> Words {
    Words { article, bytes: text.place(tokens), line: text.line(tokens.start), text: text.words(tokens) }
}

/// What stands for the words of a date that was given on the command line.
fn given_date() -> Words {
    Words { article: 0, bytes: 0..0, line: 0, text: "--dated".to_owned() }
}

/// A name for the incident, from the name of the first file.
fn draft_id(articles: &[Article]) -> String {
    let name = articles.first().map_or("", |article| article.name.as_str());
    let stem = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let id: String = stem.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    let id = id.trim_matches('-');
    if id.is_empty() { "draft".to_owned() } else { format!("draft-{id}") }
}
