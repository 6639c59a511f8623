//! Lists of goods: HS codes, and the words that people write.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use rust_decimal::Decimal;

use crate::document::{Code, Content, Diagnostic, Diagnostics, Mapping, Node};
use crate::facts::{HsCode, HsRange, Words};

use super::names::{check_id, unknown_name};
use super::word_map::WordMap;
use super::{Citation, InForce, Register};

/// Names a list of goods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GoodsListId(pub(crate) usize);

impl GoodsListId {
    pub(crate) fn at(index: usize) -> Self {
        Self(index)
    }

    pub(crate) fn index(self) -> usize {
        self.0
    }
}

/// All lists of goods, and the descriptions that describe nothing.
#[derive(Debug, Default)]
pub struct GoodsCatalogue {
    lists: Vec<GoodsList>,
    by_id: HashMap<String, GoodsListId>,
    vague: PhraseIndex,
    /// The lists with a term that begins with a word.
    by_first_word: WordMap<Vec<GoodsListId>>,
    /// The lists with a term that begins with a calibre.
    by_number: Vec<GoodsListId>,
    /// For each list, what it and all that it includes are together.
    families: Vec<ListClosure>,
}

/// A list and all that it includes.
#[derive(Debug)]
struct ListClosure {
    /// In order.
    lists: Vec<GoodsListId>,
    /// The chapters of their codes, a bit for each.
    chapters: u128,
}

/// One list.
#[derive(Debug, Default)]
pub struct GoodsList {
    /// Its id.
    pub id: String,
    /// What it holds, in words.
    pub title: String,
    /// The paragraphs that make it.
    pub authority: Vec<Citation>,
    /// When it is in force.
    pub in_force: InForce,
    /// Codes under which every good belongs to the list.
    pub hs: Vec<HsRange>,
    /// Codes under which only some goods do.
    pub hs_partly: Vec<HsRange>,
    /// The chapters of both, a bit for each.
    chapters: u128,
    /// The resolution names words; the codes are an aid.
    pub hs_indicative: bool,
    /// Terms that mean nothing else.
    pub sure: PhraseIndex,
    /// Terms that may mean something else.
    pub ambiguous: PhraseIndex,
    /// Terms that hide those they contain.
    pub not_terms: PhraseIndex,
    /// Lists whose goods belong to this one.
    pub includes: Vec<GoodsListId>,
    /// Lists whose goods do not.
    pub outside: Vec<GoodsListId>,
}

/// A term as written, and the words by which it is found.
#[derive(Debug, Clone)]
pub struct Phrase {
    /// As written.
    pub written: String,
    parts: Vec<Words>,
    calibres: Vec<(Decimal, Decimal)>,
}

/// Phrases that are looked for together: only those whose first word stands in a text are tried.
#[derive(Debug, Default)]
pub struct PhraseIndex {
    phrases: Vec<Phrase>,
    by_first_word: WordMap<Vec<usize>>,
    /// Phrases that begin with a calibre.
    by_number: Vec<usize>,
}

impl PhraseIndex {
    fn extend(&mut self, phrases: impl IntoIterator<Item = Phrase>) {
        for phrase in phrases {
            let index = self.phrases.len();
            match phrase.parts.first().and_then(|p| p.iter().next()) {
                Some(word) => self.by_first_word.entry(word.to_owned()).or_default().push(index),
                None => self.by_number.push(index),
            }
            self.phrases.push(phrase);
        }
    }

    /// All phrases, in the order written.
    pub fn phrases(&self) -> &[Phrase] {
        &self.phrases
    }

    /// The phrases that stand in a text, in the order written, once for each place.
    pub fn find(&self, text: &Words) -> Vec<(&Phrase, Range<usize>)> {
        let mut found = Vec::new();
        for (start, word) in text.places() {
            let by_number = if word.starts_with(char::is_numeric) { self.by_number.as_slice() } else { &[] };
            for index in self.by_first_word.get(word).into_iter().flatten().chain(by_number) {
                let phrase = self.phrases.get(*index);
                if let Some((phrase, end)) = phrase.and_then(|p| Some((p, p.stands_at(text, start)?))) {
                    found.push((*index, phrase, start..end));
                }
            }
        }
        found.sort_by_key(|(index, _, place)| (*index, place.start));
        found.into_iter().map(|(_, phrase, place)| (phrase, place)).collect()
    }
}

impl Phrase {
    fn plain(written: &str) -> Self {
        Self { written: written.to_owned(), parts: vec![Words::new(written)], calibres: Vec::new() }
    }

    fn pattern(written: &str, calibres: &[(Decimal, Decimal)]) -> Self {
        Self {
            written: written.to_owned(),
            parts: written.split("{calibre}").map(Words::new).collect(),
            calibres: calibres.to_vec(),
        }
    }

    /// True if no word is in it.
    pub fn is_empty(&self) -> bool {
        self.parts.iter().all(Words::is_empty)
    }

    /// The words between calibres; all of them where it has none.
    pub(crate) fn parts(&self) -> &[Words] {
        &self.parts
    }

    /// All words of the phrase.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().flat_map(Words::iter)
    }

    /// The end of the phrase's place in a text if it stands there.
    fn stands_at(&self, text: &Words, start: usize) -> Option<usize> {
        let mut at = start;
        for (i, part) in self.parts.iter().enumerate() {
            if i > 0 {
                let word = text.word_at(at)?;
                let number = Decimal::from_str_exact(word).ok()?;
                self.calibres.iter().find(|(low, high)| (*low..=*high).contains(&number))?;
                at += 1 + word.len();
            }
            at = text.stands_at(at, part)?;
        }
        Some(at)
    }
}

impl GoodsCatalogue {
    /// A list by its id.
    pub fn find(&self, id: &str) -> Option<GoodsListId> {
        self.by_id.get(id).copied()
    }

    /// A list.
    pub fn get(&self, id: GoodsListId) -> Option<&GoodsList> {
        self.lists.get(id.0)
    }

    /// All ids in the order written.
    pub fn ids(&self) -> Vec<&str> {
        self.lists.iter().map(|l| l.id.as_str()).collect()
    }

    /// All lists in the order written.
    pub fn lists(&self) -> &[GoodsList] {
        &self.lists
    }

    /// Descriptions that describe nothing: `spare parts`, `general cargo`.
    pub fn vague(&self) -> &PhraseIndex {
        &self.vague
    }

    /// The lists of which a term may stand in a text, in order: the first word of one does.
    pub(crate) fn near(&self, text: &Words) -> Vec<GoodsListId> {
        let mut lists: Vec<GoodsListId> = text.iter().filter_map(|w| self.by_first_word.get(w)).flatten().copied().collect();
        if text.iter().any(|w| w.starts_with(char::is_numeric)) {
            lists.extend(&self.by_number);
        }
        lists.sort_unstable();
        lists.dedup();
        lists
    }

    /// True if no code of a list, nor of what it includes, is of the chapter of one of these codes, and none of these lists
    /// is it or included in it.
    pub(crate) fn is_far_from(&self, id: GoodsListId, codes: &[HsCode], near: &[GoodsListId]) -> bool {
        self.families.get(id.0).is_some_and(|family| {
            codes.iter().all(|code| family.chapters & chapter_bit(code.chapter()) == 0)
                && near.iter().all(|list| family.lists.binary_search(list).is_err())
        })
    }

    /// Puts the lists in order to be found, once all are read.
    pub(super) fn index(&mut self) {
        let ids = || (0..self.lists.len()).map(GoodsListId::at);
        self.families = ids().map(|id| self.family(id)).collect();
        self.index_words();
    }

    fn family(&self, id: GoodsListId) -> ListClosure {
        let mut lists = self.with_included(id);
        lists.sort_unstable();
        let chapters = lists.iter().filter_map(|id| self.get(*id)).fold(0, |all, list| all | list.chapters);
        ListClosure { lists, chapters }
    }

    /// Finds the lists by the first words of their terms.
    fn index_words(&mut self) {
        for (index, list) in self.lists.iter().enumerate() {
            let id = GoodsListId::at(index);
            let books = [&list.sure, &list.ambiguous];
            for word in books.iter().flat_map(|b| b.by_first_word.keys()) {
                let lists = self.by_first_word.entry(word.clone()).or_default();
                if lists.last() != Some(&id) {
                    lists.push(id);
                }
            }
            if books.iter().any(|b| !b.by_number.is_empty()) {
                self.by_number.push(id);
            }
        }
    }

    /// A list and all that it includes, itself first.
    pub fn with_included(&self, id: GoodsListId) -> Vec<GoodsListId> {
        let mut all = vec![id];
        let mut next = 0;
        while let Some(list) = all.get(next).and_then(|id| self.get(*id)) {
            next += 1;
            for included in &list.includes {
                if !all.contains(included) {
                    all.push(*included);
                }
            }
        }
        all
    }

    /// Takes the ids of all lists in, so that lists may include later ones.
    pub(super) fn announce(&mut self, nodes: &[&Node], problems: &mut Diagnostics) {
        for element in nodes.iter().flat_map(|n| n.one_or_many()) {
            let Some(id) = element.get("id").and_then(Node::text) else { continue };
            check_id(element.get("id").unwrap_or(element), id, problems);
            let number = GoodsListId(self.lists.len());
            if self.by_id.insert(id.to_owned(), number).is_some() {
                problems.push(Diagnostic::new(Code::DuplicateId, element.span, format!("the list of goods `{id}` stands twice")));
            }
            self.lists.push(GoodsList { id: id.to_owned(), ..GoodsList::default() });
        }
    }

    /// Reads a list that was announced.
    pub(super) fn read(&mut self, node: &Node, register: &Register, problems: &mut Diagnostics) {
        const KEYS: &[&str] = &[
            "id",
            "title",
            "authority",
            "in_force",
            "hs",
            "hs_partly",
            "hs_edition",
            "hs_indicative",
            "terms",
            "patterns",
            "calibre",
            "not_terms",
            "includes",
            "outside",
            "contested",
            "confidence",
            "remarks",
        ];
        let Some(map) = Mapping::read(node, "a list of goods", KEYS, problems) else { return };
        let id = map.require_text("id", problems).unwrap_or_default();
        let mut list = GoodsList {
            id: id.to_owned(),
            title: map.require_text("title", problems).unwrap_or_default().to_owned(),
            authority: register.citations(&map, problems),
            in_force: InForce::read(map.get("in_force"), problems),
            hs: codes(&map, "hs", problems),
            hs_partly: codes(&map, "hs_partly", problems),
            hs_indicative: map.yes_no("hs_indicative", problems).unwrap_or(false),
            includes: self.references(&map, "includes", problems),
            outside: self.references(&map, "outside", problems),
            ..GoodsList::default()
        };
        map.text("hs_edition", problems);
        list.chapters = list.hs.iter().chain(&list.hs_partly).flat_map(HsRange::chapters).fold(0, |all, c| all | chapter_bit(c));
        list.read_terms(&map, problems);
        let calibres = calibres(&map, problems);
        for (node, text) in map.texts("patterns", problems) {
            if !text.contains("{calibre}") || calibres.is_empty() {
                let help = "a pattern has `{calibre}` in it, and the list says which: `calibre: [76-170]`";
                problems.push(Diagnostic::new(Code::GoodsPattern, node.span, format!("`{text}` is no pattern")).help(help));
                continue;
            }
            list.sure.extend([Phrase::pattern(text, &calibres)]);
        }
        if let Some(slot) = self.by_id.get(id).and_then(|id| self.lists.get_mut(id.0)) {
            *slot = list;
        }
    }

    fn references(&self, map: &Mapping<'_>, key: &str, problems: &mut Diagnostics) -> Vec<GoodsListId> {
        let mut found = Vec::new();
        for (node, id) in map.texts(key, problems) {
            match self.find(id) {
                Some(id) => found.push(id),
                None => unknown_name(Code::UnknownReference, node, id, "list of goods", self.ids(), problems),
            }
        }
        found
    }

    /// Reports lists that include themselves.
    pub(super) fn check_circles(&self, nodes: &[&Node], problems: &mut Diagnostics) {
        for element in nodes.iter().flat_map(|n| n.one_or_many()) {
            let Some(id) = element.get("id").and_then(Node::text).and_then(|id| self.find(id)) else { continue };
            let mut seen = HashSet::new();
            let mut open: Vec<GoodsListId> = self.get(id).map(|l| l.includes.clone()).unwrap_or_default();
            while let Some(next) = open.pop() {
                if next == id {
                    problems.push(Diagnostic::new(
                        Code::Circle,
                        element.span,
                        "this list of goods includes itself, by itself or through others",
                    ));
                    break;
                }
                if seen.insert(next) {
                    open.extend(self.get(next).map(|l| l.includes.as_slice()).unwrap_or_default());
                }
            }
        }
    }

    /// Reads `goods_words: {vague: {en: [..]}}`.
    pub(super) fn read_words(&mut self, node: &Node, problems: &mut Diagnostics) {
        let Some(map) = Mapping::read(node, "the words about goods", &["vague"], problems) else { return };
        let Some(vague) = map.get("vague") else { return };
        self.vague.extend(phrases(vague, problems));
    }
}

/// A chapter has two digits, so there is a bit for each.
fn chapter_bit(chapter: u8) -> u128 {
    1_u128.checked_shl(chapter.into()).unwrap_or(0)
}

impl GoodsList {
    /// False if no code of the list is of the code's chapter.
    pub(crate) fn has_chapter_of(&self, code: &HsCode) -> bool {
        self.chapters & chapter_bit(code.chapter()) != 0
    }

    fn read_terms(&mut self, map: &Mapping<'_>, problems: &mut Diagnostics) {
        let languages = map.get("terms").map(|n| problems.entries_of(n, "`terms`", "a mapping of languages to terms"));
        for language in languages.unwrap_or_default() {
            let Some(terms) = Mapping::read(&language.value, "a set of terms", &["sure", "ambiguous", "not"], problems) else {
                continue;
            };
            for (key, into) in [("sure", &mut self.sure), ("ambiguous", &mut self.ambiguous), ("not", &mut self.not_terms)] {
                into.extend(terms.get(key).map(|n| phrases(n, problems)).unwrap_or_default());
            }
        }
        self.not_terms.extend(map.get("not_terms").map(|n| phrases(n, problems)).unwrap_or_default());
    }
}

/// Phrases of a list, or of a mapping of languages to lists.
fn phrases(node: &Node, problems: &mut Diagnostics) -> Vec<Phrase> {
    if let Content::Map(languages) = &node.content {
        return languages.iter().flat_map(|l| phrases(&l.value, problems)).collect();
    }
    let mut found = Vec::new();
    for element in node.one_or_many() {
        match element.text().map(Phrase::plain) {
            Some(phrase) if !phrase.is_empty() => found.push(phrase),
            Some(_) => problems.push(Diagnostic::new(Code::NoWords, element.span, "a term needs a letter or a digit")),
            None => problems.wrong_shape(element, "a term", "a text"),
        }
    }
    found
}

fn codes(map: &Mapping<'_>, key: &str, problems: &mut Diagnostics) -> Vec<HsRange> {
    let mut found = Vec::new();
    for (node, text) in map.texts(key, problems) {
        match text.parse() {
            Ok(range) => found.push(range),
            Err(_) => problems.push(
                Diagnostic::new(Code::HsPrefix, node.span, format!("`{text}` is no HS prefix or range"))
                    .help("2 to 10 digits, or two of the same length: \"8471\", \"50-63\""),
            ),
        }
    }
    found
}

fn calibres(map: &Mapping<'_>, problems: &mut Diagnostics) -> Vec<(Decimal, Decimal)> {
    let mut found = Vec::new();
    for (node, text) in map.texts("calibre", problems) {
        let (low, high) = text.split_once('-').unwrap_or((text, text));
        match (Decimal::from_str_exact(low.trim()), Decimal::from_str_exact(high.trim())) {
            (Ok(low), Ok(high)) if low <= high => found.push((low, high)),
            _ => problems.push(
                Diagnostic::new(Code::Calibre, node.span, format!("`{text}` is no calibre"))
                    .help("a number or range in millimetres: 152, 76-170"),
            ),
        }
    }
    found
}
