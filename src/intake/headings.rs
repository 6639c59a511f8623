//! What the columns of people's tables are called: the names of `headings.yaml`, which anyone can extend.
//!
//! A heading is found by its name as it stands in the file, else by the words of a name in any order, else as two names put
//! together: whose (`seller`) and what of it (`country`).

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::document::{Diagnostics, Node, SourceMap, SourceText, read_yaml};
use crate::facts::fold;

use super::heading_words::{HeadingGrammar, HeadingWords, Part, facts_of_part};

/// What a table is about, by its headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum TableKind {
    /// Goods that are sent: bills of lading, declarations, invoices.
    Shipping,
    /// Goods, whatever is done with them.
    Goods,
    /// Payments.
    Payment,
    /// Movements and calls of ships.
    Ship,
    /// Statistics of trade between a reporter and its partners.
    Statistics,
    /// People who work, one in each row: payrolls, lists of staff.
    People,
    /// Flights of aircraft.
    Air,
}

impl TableKind {
    pub(super) const ALL: [Self; 7] =
        [Self::Shipping, Self::Goods, Self::Payment, Self::Ship, Self::Statistics, Self::People, Self::Air];

    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "shipping" => Self::Shipping,
            "goods" => Self::Goods,
            "payment" => Self::Payment,
            "ship" => Self::Ship,
            "statistics" => Self::Statistics,
            "people" => Self::People,
            "air" => Self::Air,
            _ => return None,
        })
    }
}

/// An entry of the file: what columns of some names hold.
#[derive(Debug)]
pub(super) struct Heading {
    /// The facts, in the order in which they are tried.
    pub(super) fact: Vec<String>,
    /// What tables with such a column are about.
    pub(super) of: Option<TableKind>,
    /// The kind of table in which alone the column is meant so.
    pub(super) among: Option<TableKind>,
    /// The unit of numbers that have none.
    pub(super) unit: Option<String>,
    /// What is said where the column is not read.
    pub(super) help: Option<String>,
    /// The names, each with its language.
    names: Vec<(String, String)>,
}

/// The headings of tables, by name.
#[derive(Debug, Default)]
pub(super) struct Headings {
    entries: Vec<Heading>,
    /// The positions of the entries that have a name, by the name as it is compared.
    by_name: HashMap<String, Vec<usize>>,
    /// The same by the words of the name, whatever their order.
    by_words: HashMap<String, Vec<usize>>,
    grammar: HeadingGrammar,
    /// The entries for a part of what another entry names, by the position of that entry.
    of_parts: HashMap<(usize, Part), usize>,
    /// True for imports, false for exports.
    flows: HashMap<String, bool>,
    /// What stands in place of a party's name and names none.
    nobody: HashSet<String>,
    /// How rows begin that hold the sums of others.
    totals: HashSet<String>,
    /// How trade is called that is no more than trade.
    plain_trade: HashSet<String>,
}

static HEADINGS: LazyLock<Headings> = LazyLock::new(|| Headings::parse(include_str!("headings.yaml")).unwrap_or_default());

impl Headings {
    /// The headings that the program knows.
    pub(super) fn known() -> &'static Self {
        &HEADINGS
    }

    /// Reads the file; `None` if it is not written as it should be.
    fn parse(text: &str) -> Option<Self> {
        let text = SourceText::new("headings.yaml", text);
        let id = SourceMap::default().add(SourceText::new("headings.yaml", ""));
        let mut problems = Diagnostics::default();
        let root = read_yaml(id, &text, &mut problems).filter(|_| problems.is_empty())?;
        let mut entries: Vec<Heading> = root.get("headings")?.elements()?.iter().map(Heading::parse).collect::<Option<_>>()?;
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        for (position, entry) in entries.iter().enumerate() {
            for (_, name) in &entry.names {
                let positions = by_name.entry(as_compared(name)).or_default();
                if positions.last() != Some(&position) {
                    positions.push(position);
                }
            }
        }
        let mut flows = HashMap::new();
        for flow in root.get("flows")?.entries()? {
            let words = flow.value.one_or_many().iter().filter_map(Node::text);
            flows.extend(words.map(|word| (fold(word), flow.key.text == "import")));
        }
        let grammar = HeadingGrammar::parse(&root)?;
        let mut by_words: HashMap<String, Vec<usize>> = HashMap::new();
        for (position, entry) in entries.iter().enumerate() {
            for (_, name) in &entry.names {
                let Some(key) = grammar.words(&apart(name)).key() else { continue };
                let positions = by_words.entry(key).or_default();
                if positions.last() != Some(&position) {
                    positions.push(position);
                }
            }
        }
        let mut of_parts = HashMap::new();
        for position in 0..entries.len() {
            for part in Part::ALL {
                let Some(entry) = entries.get(position) else { continue };
                let Some(fact) = facts_of_part(&entry.fact, part) else { continue };
                let of = if part == Part::Bank { Some(TableKind::Payment) } else { entry.of };
                of_parts.insert((position, part), entries.len());
                entries.push(Heading { fact, of, among: None, unit: None, help: None, names: Vec::new() });
            }
        }
        let words = |key: &str| -> Option<HashSet<String>> {
            Some(root.get(key)?.one_or_many().iter().filter_map(Node::text).map(fold).collect())
        };
        let (nobody, totals, plain_trade) = (words("nobody")?, words("totals")?, words("plain trade")?);
        Some(Self { entries, by_name, by_words, grammar, of_parts, flows, nobody, totals, plain_trade })
    }

    /// The entry of a name by its words: in another order, or as two names put together.
    fn find_by_words(&self, name: &str, kinds: &[TableKind]) -> Option<(usize, &Heading)> {
        let words = self.grammar.words(&apart(name));
        let of_key = |words: HeadingWords| {
            let entries = self.by_words.get(&words.key()?)?.iter().filter_map(|at| Some((*at, self.entries.get(*at)?)));
            let mut entries = entries.filter(|(_, entry)| entry.among.is_none_or(|among| kinds.contains(&among)));
            // `N° conteneurs` may number them or count them.
            let (at, first) = entries.next()?;
            let is_alike = |(_, other): (usize, &Heading)| other.fact.first() == first.fact.first();
            (first.among.is_some() || entries.all(is_alike)).then_some((at, first))
        };
        of_key(words.clone()).or_else(|| {
            words.halves().find_map(|(whose, what)| {
                let part = self.grammar.part(&what)?;
                let whose = whose.key()?;
                let of_part = |whose: &usize| self.of_parts.get(&(*whose, part)).copied();
                let at = self.by_words.get(&whose)?.iter().find_map(of_part)?;
                Some((at, self.entries.get(at)?))
            })
        })
    }

    /// The entry for a part, such as `Country`, of what the entry at a position names.
    pub(super) fn part_of(&self, whose: usize, name: &str) -> Option<(usize, &Heading)> {
        let part = self.grammar.part(&self.grammar.words(&apart(name)))?;
        let at = *self.of_parts.get(&(whose, part))?;
        Some((at, self.entries.get(at)?))
    }

    /// True for a name that says what a column holds and not of whom: `Country`, `Address`.
    pub(super) fn is_part(&self, name: &str) -> bool {
        self.grammar.part(&self.grammar.words(&apart(name))).is_some()
    }

    /// True for a name that says that a column holds a country and not of whom.
    pub(super) fn is_country(&self, name: &str) -> bool {
        self.grammar.part(&self.grammar.words(&apart(name))) == Some(Part::Country)
    }

    /// True for a cell with which a row of sums begins: `Total`, `Итого:`, `Total 3`.
    pub(super) fn is_total(&self, text: &str) -> bool {
        let folded = fold(text);
        let words: Vec<&str> = folded.split(' ').filter(|word| !word.bytes().all(|b| b.is_ascii_digit() || b == b'.')).collect();
        self.totals.contains(&words.join(" ")) || self.totals.contains(&folded)
    }

    /// True for what customs call trade that is no more than trade: `一般贸易`.
    pub(super) fn is_plain_trade(&self, text: &str) -> bool {
        self.plain_trade.contains(&fold(text))
    }

    /// The entry of a name in a table of some kinds, with its position in the file.
    pub(super) fn find(&self, name: &str, kinds: &[TableKind]) -> Option<(usize, &Heading)> {
        let found = |name: &str| self.find_exactly(name, kinds);
        let whole = as_compared(name);
        // `Exporter (name and address)`, `2. Exporter`, `Seal No.`
        let bare = name.split(['(', '（', '[']).next().map(as_compared).unwrap_or_default();
        let numbered = whole.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
        let of_number = [" no", " nos", " number"].iter().find_map(|end| whole.strip_suffix(end));
        let before = ["n ", "no ", "nr ", "номер ", "numero de ", "numero ", "nummer der "];
        let number_of = before.iter().find_map(|start| whole.strip_prefix(start));
        let has_brackets = bare != whole && !bare.is_empty();
        let found = found(&whole)
            // `Exporter (country)`
            .or_else(|| self.find_by_words(name, kinds).filter(|_| has_brackets))
            .or_else(|| found(&bare).filter(|_| has_brackets))
            .or_else(|| found(numbered).filter(|_| !numbered.is_empty()))
            .or_else(|| of_number.or(number_of).and_then(found).filter(|(_, entry)| entry.fact == ["notes"]));
        let by_words = || {
            let others = [(bare.as_str(), has_brackets), (numbered, numbered != whole && !numbered.is_empty())];
            let others = others.into_iter().filter(|(_, is_other)| *is_other);
            self.find_by_words(name, kinds).or_else(|| others.filter_map(|(name, _)| self.find_by_words(name, kinds)).next())
        };
        // `Shipper/Exporter`, `Отправитель / Shipper`
        let of_pair = || {
            let parts = name.split(['/', '|', '\\', '\n']).map(as_compared).filter(|part| !part.is_empty());
            let mut entries = parts.map(|part| self.find_exactly(&part, kinds));
            let first = entries.next()??;
            let rest: Vec<_> = entries.collect();
            let alike = |other: &Option<(usize, &Heading)>| {
                other.is_some_and(|(_, other)| other.fact.first() == first.1.fact.first() || other.fact == ["notes"])
            };
            (!rest.is_empty() && rest.iter().all(alike)).then_some(first)
        };
        found.or_else(of_pair).or_else(by_words)
    }

    /// The entry that has a name as it is, apart from case and marks.
    pub(super) fn find_exactly(&self, name: &str, kinds: &[TableKind]) -> Option<(usize, &Heading)> {
        let mut entries = self.by_name.get(&as_compared(name))?.iter().filter_map(|at| Some((*at, self.entries.get(*at)?)));
        entries.find(|(_, entry)| entry.among.is_none_or(|among| kinds.contains(&among)))
    }

    /// True for what stands in place of a party's name and names none: `same as consignee`.
    pub(super) fn is_nobody(&self, text: &str) -> bool {
        self.nobody.contains(&fold(text))
    }

    /// Whether a word for the flow of trade means an import; `None` if it means neither import nor export.
    pub(super) fn is_import(&self, word: &str) -> Option<bool> {
        self.flows.get(&fold(word)).copied()
    }
}

impl Heading {
    fn parse(node: &Node) -> Option<Self> {
        let text = |key: &str| node.get(key).and_then(Node::text).map(str::to_owned);
        let kind = |key: &str| node.get(key).map(|kind| kind.text().and_then(TableKind::parse));
        let fact: Option<Vec<String>> =
            node.get("fact")?.one_or_many().iter().map(|fact| Some(fact.text()?.to_owned())).collect();
        let (of, among) = (kind("of"), kind("among"));
        if of == Some(None) || among == Some(None) {
            return None;
        }
        let mut names = Vec::new();
        for entry in node.entries()? {
            let languages = entry.value.elements().filter(|_| entry.key.text != "fact").unwrap_or_default();
            for name in languages {
                names.push((entry.key.text.to_string(), name.text()?.to_owned()));
            }
        }
        Some(Self { fact: fact?, of: of.flatten(), among: among.flatten(), unit: text("unit"), help: text("help"), names })
    }
}

/// A name as it is compared: folded, with a blank between the words of `netWgt`.
fn as_compared(name: &str) -> String {
    fold(&apart(name))
}

/// A name with a blank between the words of `netWgt`.
fn apart(name: &str) -> String {
    let mut apart = String::with_capacity(name.len());
    let mut was_small = false;
    for c in name.chars() {
        if was_small && c.is_ascii_uppercase() {
            apart.push(' ');
        }
        was_small = c.is_ascii_lowercase();
        apart.push(c);
    }
    apart
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::super::csv_columns::Target;
    use super::{Headings, TableKind};

    #[test]
    fn the_file_can_be_read_and_each_of_its_facts_is_one() {
        let headings = Headings::parse(include_str!("headings.yaml")).unwrap();
        assert!(headings.by_name.len() > 1_500, "{}", headings.by_name.len());
        for fact in headings.entries.iter().flat_map(|entry| &entry.fact) {
            assert!(Target::parse(fact).is_some(), "{fact}");
        }
        for language in ["en", "ru", "fr", "es", "de", "zh"] {
            let names = headings.entries.iter().flat_map(|entry| &entry.names);
            let known: HashSet<_> = names.filter(|(of, _)| of == language).collect();
            assert!(known.len() > 150, "{language}: {}", known.len());
        }
    }

    #[test]
    fn a_name_is_found_however_it_is_written() {
        let headings = Headings::known();
        for (name, fact) in [
            ("Exporter", "from.party"),
            ("2. Exporter (name and address)", "from.party"),
            ("SHIPPER/EXPORTER", "from.party"),
            ("Отправитель / Shipper", "from.party"),
            ("Pays d’origine", "item.origin"),
            ("Pais de origen", "item.origin"),
            ("Seal No.", "notes"),
            ("netWgt", "item.quantity"),
            ("原产国", "item.origin"),
            ("Port of Discharge", "port(discharge).name"),
        ] {
            let found = headings.find(name, &[]).unwrap_or_else(|| panic!("{name}"));
            assert_eq!(found.1.fact.first().map(String::as_str), Some(fact), "{name}");
        }
        assert!(headings.find("Exporter/Consignee", &[]).is_none());
        let amount = headings.find("Amount", &[TableKind::Payment]).unwrap().1;
        assert_eq!(amount.fact, ["payment.amount"]);
        assert!(headings.find("Amount", &[]).is_none());
    }
}
