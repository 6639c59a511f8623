//! Whether an item is in a list of goods: by its code and by the words that describe it.

use std::collections::HashSet;
use std::ops::Range;

use crate::facts::{Item, Period, Truth, Words};
use crate::rulebook::{Goods, GoodsId, GoodsList, Phrase, PhraseBook};

use super::Cause;

/// What came of it, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// Whether the item is in the list.
    pub truth: Truth,
    /// Why it is open.
    pub cause: Option<Cause>,
    /// The key of the fact that decided.
    pub by: &'static str,
    /// In words: which code, which term.
    pub why: String,
    /// The code says no and the words say yes: a red flag.
    pub disagree: bool,
}

impl Judgement {
    fn new(truth: Truth, by: &'static str, why: impl Into<String>) -> Self {
        let cause = (truth == Truth::Unknown).then_some(Cause::Imprecise);
        Self { truth, cause, by, why: why.into(), disagree: false }
    }
}

/// Judges an item against a list as it stood on a date.
pub fn judge(goods: &Goods, id: GoodsId, item: &Item, date: Option<Period>) -> Judgement {
    judge_described(goods, id, item, &Described::of(item.description.as_deref().unwrap_or_default()), date)
}

/// As [`judge`], the item's description already split into words.
pub(super) fn judge_described(goods: &Goods, id: GoodsId, item: &Item, described: &Described, date: Option<Period>) -> Judgement {
    let parts = parts_in_force(goods, id, item, described, date);
    let name = goods.get(id).map_or("?", |l| l.id.as_str());
    if parts.is_empty() {
        return Judgement::new(Truth::False, "description", format!("nothing of `{name}` is in force or left"));
    }
    let code = code_truth(&parts, item);
    let Some(description) = item.description.as_ref().map(|_| described) else {
        return match code {
            Some((Code::Inside, why)) => Judgement::new(Truth::True, "hs", why),
            Some((Code::Outside, why)) => Judgement::new(Truth::False, "hs", why),
            Some((Code::Partly | Code::Coarse, why)) => Judgement::new(Truth::Unknown, "hs", why),
            None => Judgement {
                cause: Some(Cause::NotTold),
                ..Judgement::new(Truth::Unknown, "description", "neither described nor coded")
            },
        };
    };
    let sure = parts.iter().find_map(|(list, sure)| description.find(&list.sure, list).map(|p| (p, *sure)));
    let ambiguous = || parts.iter().find_map(|(list, _)| description.find(&list.ambiguous, list));
    if let Some((phrase, in_force)) = sure {
        let why = format!("`{}` is a term of `{name}`", phrase.written);
        let outside = matches!(code, Some((Code::Outside, _)));
        return Judgement { disagree: outside, ..Judgement::new(in_force, "description", why) };
    }
    match code {
        Some((Code::Inside, why)) => Judgement::new(Truth::True, "hs", why),
        Some((Code::Outside, why)) => Judgement::new(Truth::False, "hs", why),
        Some((Code::Coarse, why)) => Judgement::new(Truth::Unknown, "hs", why),
        code => {
            let vague = description.is_vague(goods) || !description.is_readable(&parts);
            match ambiguous() {
                Some(phrase) => {
                    Judgement::new(Truth::Unknown, "description", format!("`{}` may or may not mean `{name}`", phrase.written))
                }
                None if vague => match code {
                    Some((_, why)) => Judgement::new(Truth::Unknown, "hs", why),
                    None => Judgement::new(
                        Truth::Unknown,
                        "description",
                        format!("the description does not tell whether it is `{name}`"),
                    ),
                },
                None => Judgement::new(Truth::False, "description", format!("described as something else than `{name}`")),
            }
        }
    }
}

/// The list and all it includes, as far as they are in force on the date, each with how surely it is.
fn parts_in_force<'g>(
    goods: &'g Goods,
    id: GoodsId,
    item: &Item,
    described: &Described,
    date: Option<Period>,
) -> Vec<(&'g GoodsList, Truth)> {
    let mut parts = Vec::new();
    let mut seen = HashSet::from([id]);
    let mut open = vec![(id, Truth::True)];
    while let Some((id, above)) = open.pop() {
        let Some(list) = goods.get(id) else { continue };
        let dated = match date {
            Some(date) => date.within(list.in_force.from, list.in_force.to),
            None if list.in_force == Default::default() => Truth::True,
            None => Truth::Unknown,
        };
        let excluded = Truth::any(list.outside.iter().map(|o| judge_described(goods, *o, item, described, date).truth));
        let truth = Truth::all([above, dated, !excluded]);
        if truth == Truth::False {
            continue;
        }
        parts.push((list, truth));
        open.extend(list.includes.iter().rev().filter(|i| seen.insert(**i)).map(|i| (*i, truth)));
    }
    parts
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Code {
    Outside,
    Partly,
    Coarse,
    Inside,
}

/// How the item's codes stand to the codes of the parts; `None` if it has no code.
fn code_truth(parts: &[(&GoodsList, Truth)], item: &Item) -> Option<(Code, String)> {
    let codes = item.hs.is.as_deref().filter(|codes| !codes.is_empty())?;
    let mut best = (Code::Outside, String::new());
    for code in codes {
        for (list, in_force) in parts {
            let inside = Truth::any(list.hs.iter().map(|r| r.contains(code)));
            let partly = Truth::any(list.hs_partly.iter().map(|r| r.contains(code)));
            let (found, why) = match (Truth::all([inside, *in_force]), partly) {
                (Truth::True, _) => (Code::Inside, format!("HS {code} is in `{}`", list.id)),
                (_, Truth::True) => (Code::Partly, format!("only some goods under HS {code} are in `{}`", list.id)),
                (Truth::Unknown, _) | (_, Truth::Unknown) => {
                    (Code::Coarse, format!("HS {code} is too coarse to tell for `{}`", list.id))
                }
                (Truth::False, Truth::False) => continue,
            };
            if found > best.0 {
                best = (found, why);
            }
        }
    }
    if best.1.is_empty() {
        let shown: Vec<String> = codes.iter().map(ToString::to_string).collect();
        best.1 = format!("HS {} is outside the list", shown.join(", "));
    }
    Some(best)
}

/// A description as words.
#[derive(Debug, Default)]
pub(super) struct Described {
    words: Words,
}

impl Described {
    pub(super) fn of(text: &str) -> Self {
        Self { words: Words::of(text) }
    }

    /// Reads another description into the same place.
    pub(super) fn read(&mut self, text: &str) {
        self.words.read(text);
    }

    /// The words.
    pub(super) fn words(&self) -> &Words {
        &self.words
    }

    /// True if there is a word in Latin letters, which every list can read, or none that is letters at all.
    pub(super) fn is_latin(&self) -> bool {
        let mut scripts = self.words.iter().filter_map(Script::of).peekable();
        scripts.peek().is_none() || scripts.any(|s| s == Script::Latin)
    }

    /// The first of the phrases that stands in the text and is not hidden by a longer term of something else.
    fn find<'p>(&self, phrases: &'p PhraseBook, list: &GoodsList) -> Option<&'p Phrase> {
        let found = phrases.find(&self.words);
        if found.is_empty() {
            return None;
        }
        let hiding = list.not_terms.find(&self.words);
        let hidden = |place: &Range<usize>| hiding.iter().any(|(_, n)| n.start <= place.start && place.end <= n.end);
        found.into_iter().find(|(_, place)| !hidden(place)).map(|(phrase, _)| phrase)
    }

    /// True if nothing is left once the words that describe nothing are taken away.
    pub(super) fn is_vague(&self, goods: &Goods) -> bool {
        const LINKS: [&str; 10] = ["of", "and", "for", "the", "a", "with", "и", "для", "с", "in"];
        let vague = goods.vague().find(&self.words);
        let says_nothing = |(start, word): (usize, &str)| {
            word.chars().all(char::is_numeric) || LINKS.contains(&word) || vague.iter().any(|(_, place)| place.contains(&start))
        };
        self.words.places().all(says_nothing)
    }

    /// False if every word is in a script in which the lists have no term at all: then silence means nothing.
    fn is_readable(&self, parts: &[(&GoodsList, Truth)]) -> bool {
        let scripts: HashSet<Script> = self.words.iter().filter_map(Script::of).collect();
        let terms = || parts.iter().flat_map(|(l, _)| l.sure.phrases().iter().chain(l.ambiguous.phrases()));
        scripts.is_empty()
            || scripts.contains(&Script::Latin)
            || terms().any(|p| p.words().filter_map(Script::of).any(|s| scripts.contains(&s)))
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Script {
    Latin,
    Cyrillic,
    Hangul,
    Han,
    Other,
}

impl Script {
    fn of(word: &str) -> Option<Self> {
        let c = word.chars().next()?;
        Some(match c {
            _ if c.is_numeric() => return None,
            '\u{0}'..='\u{24f}' => Script::Latin,
            '\u{400}'..='\u{52f}' => Script::Cyrillic,
            '\u{ac00}'..='\u{d7af}' => Script::Hangul,
            '\u{3400}'..='\u{9fff}' => Script::Han,
            _ => Script::Other,
        })
    }
}
