//! How lists of goods are written: from YAML to [`GoodsCatalogue`].

use rust_decimal::Decimal;

use crate::document::{Code, Content, Diagnostic, Diagnostics, Mapping, Node};
use crate::facts::HsRange;
use crate::rulebook::law::{GoodsBasis, GoodsCatalogue, GoodsList, GoodsListId, InForce, Phrase, Register, WordClass};

use super::{check_id, is_on_a_circle, unknown_name};

impl GoodsCatalogue {
    /// Adds all lists by their ids, still empty, so that a list can include one that is written further down.
    pub(in crate::rulebook) fn declare(&mut self, nodes: &[&Node], problems: &mut Diagnostics) {
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

    /// Reads a list that is [declared](Self::declare).
    pub(in crate::rulebook) fn read(&mut self, node: &Node, register: &Register, problems: &mut Diagnostics) {
        const KEYS: &[&str] = &[
            "id",
            "title",
            "authority",
            "in_force",
            "basis",
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
        let before = problems.len();
        let id = map.require_text("id", problems).unwrap_or_default();
        let mut list = GoodsList {
            id: id.to_owned(),
            title: map.require_text("title", problems).unwrap_or_default().to_owned(),
            authority: register.citations(&map, problems),
            in_force: InForce::read(map.get("in_force"), register, problems),
            basis: basis(&map, problems),
            hs: codes(&map, "hs", problems),
            hs_partly: codes(&map, "hs_partly", problems),
            hs_indicative: map.yes_no("hs_indicative", problems).unwrap_or(false),
            includes: self.references(&map, "includes", problems),
            outside: self.references(&map, "outside", problems),
            ..GoodsList::default()
        };
        check_edition(&map, problems);
        list.index_chapters();
        list.read_terms(&map, problems);
        let calibres = calibres(&map, problems);
        for (node, text) in map.texts("patterns", problems) {
            if !text.contains("{calibre}") || calibres.is_empty() {
                let help = "a pattern has `{calibre}` in it, and the list says which: `calibre: [76-170]`";
                problems.push(Diagnostic::new(Code::GoodsPattern, node.span, format!("`{text}` is no pattern")).help(help));
                continue;
            }
            list.sure.extend([Phrase::from_pattern(text, &calibres)]);
        }
        let is_empty = list.hs.is_empty() && list.hs_partly.is_empty() && list.sure.is_empty() && list.ambiguous.is_empty();
        if is_empty && list.includes.is_empty() && problems.errors_since(before) == 0 {
            problems.push(
                Diagnostic::new(Code::GoodsListEmpty, node.span, format!("the list of goods `{id}` has neither codes nor terms"))
                    .help("give it `hs`, `terms` or `includes`, or leave it out"),
            );
        }
        if let Some(slot) = self.by_id.get(id).and_then(|id| self.lists.get_mut(id.0)) {
            *slot = list;
        }
    }

    /// The lists of goods under a key.
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

    /// Reports lists that include themselves, directly or through others.
    pub(in crate::rulebook) fn check_circles(&self, nodes: &[&Node], problems: &mut Diagnostics) {
        for element in nodes.iter().flat_map(|n| n.one_or_many()) {
            let Some(id) = element.get("id").and_then(Node::text).and_then(|id| self.find(id)) else { continue };
            let includes = |id| self.get(id).map(|l| l.includes.as_slice()).unwrap_or_default().iter().copied();
            if is_on_a_circle(id, includes) {
                let message = "this list of goods includes itself, by itself or through others";
                problems.push(Diagnostic::new(Code::Circle, element.span, message));
            }
        }
    }

    /// Reads `goods_words: {vague: {en: [..]}, prepositions: {en: [..]}, ..}`.
    pub(in crate::rulebook) fn read_words(&mut self, node: &Node, problems: &mut Diagnostics) {
        let keys = WordClass::KEYS.map(|(key, _)| key);
        let Some(map) = Mapping::read(node, "the words about goods", &keys, problems) else { return };
        for (key, class) in WordClass::KEYS {
            let words = map.get(key).map(|node| phrases(node, problems)).unwrap_or_default();
            self.grammar.extend(words.into_iter().map(|phrase| (class, phrase)));
        }
    }
}

impl GoodsList {
    /// Reads the phrases under `terms`, by language, and `not_terms`.
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

/// The phrases in a list, or in a mapping of languages to lists.
fn phrases(node: &Node, problems: &mut Diagnostics) -> Vec<Phrase> {
    if let Content::Map(languages) = &node.content {
        return languages.iter().flat_map(|l| phrases(&l.value, problems)).collect();
    }
    let mut found = Vec::new();
    for element in node.one_or_many() {
        match element.text().map(Phrase::from_words) {
            Some(phrase) if !phrase.is_empty() => found.push(phrase),
            Some(_) => problems.push(Diagnostic::new(Code::NoWords, element.span, "a term needs a letter or a digit")),
            None => problems.wrong_shape(element, "a term", "a text"),
        }
    }
    found
}

/// Whether the list rests on codes or on words.
fn basis(map: &Mapping<'_>, problems: &mut Diagnostics) -> GoodsBasis {
    match map.one_of("basis", &["hs", "description"], problems) {
        Some(0) => GoodsBasis::Hs,
        _ => GoodsBasis::Description,
    }
}

/// The HS prefixes and ranges under a key.
fn codes(map: &Mapping<'_>, key: &str, problems: &mut Diagnostics) -> Vec<HsRange> {
    let mut found = Vec::new();
    for (node, text) in map.texts(key, problems) {
        match text.parse() {
            Ok(range) => {
                check_in_an_edition(node, range, problems);
                found.push(range);
            }
            Err(_) => problems.push(
                Diagnostic::new(Code::HsPrefix, node.span, format!("`{text}` is no HS prefix or range"))
                    .help("2 to 10 digits, or two of the same length: \"8471\", \"50-63\""),
            ),
        }
    }
    found
}

/// Reports codes whose chapter or heading no edition of the Harmonized System has.
pub(super) fn check_in_an_edition(node: &Node, range: HsRange, problems: &mut Diagnostics) {
    if !range.is_in_an_edition() {
        let message = format!("no edition of the Harmonized System has `{range}`");
        let help = "look the code up; chapters 77, 98 and 99 name no goods";
        problems.push(Diagnostic::new(Code::NotInEdition, node.span, message).help(help));
    }
}

fn check_edition(map: &Mapping<'_>, problems: &mut Diagnostics) {
    const EDITIONS: [&str; 8] = ["1988", "1992", "1996", "2002", "2007", "2012", "2017", "2022"];
    let Some((node, text)) = map.get("hs_edition").zip(map.text("hs_edition", problems)) else { return };
    if !EDITIONS.contains(&text) {
        let message = format!("the Harmonized System has no edition of `{text}`");
        let help = format!("one of {}", EDITIONS.join(", "));
        problems.push(Diagnostic::new(Code::NotInEdition, node.span, message).help(help));
    }
}

/// The calibres of the list's patterns: ranges in millimetres, both ends included.
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
