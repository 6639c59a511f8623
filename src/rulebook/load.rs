//! Loads a rulebook: first the elements that others refer to, then those that refer to them.
//!
//! A mistake does not end the loading: every part that can be read is read, so that one run reports every mistake of every file.

use std::collections::{BTreeMap, HashMap};

use crate::document::{Code, Diagnostic, Diagnostics, MAX_LINE, Node, SourceMap, SourceText, Span, read_yaml};
use crate::facts::Table;

use super::built_in;
use super::law::{
    ClosingNotice, Definition, DefinitionId, DesignationList, DesignationListId, EvidencePolicy, Exception, GoodsCatalogue,
    Quota, QuotaId, Regime, RegimeId, Register, Rule,
};
use super::syntax::{
    RuleContext, RuleReader, SymbolTable, check_absent_lists, check_definition_circles, check_references, check_unique,
    declare_definition, read_designation_lists, unknown_name,
};
use super::unreached::check_unreached_activities;
use super::{EquivalentMutant, InvalidRulebook, RuleFiles, Rulebook, TestCase, Vocabulary};

/// The keys that a rule file can have.
const TOP_LEVEL: [&str; 16] = [
    "interdict",
    "vocabulary",
    "evidence",
    "resolutions",
    "goods",
    "goods_words",
    "lexicon",
    "definitions",
    "exemptions",
    "quotas",
    "notices",
    "regime",
    "lists",
    "rules",
    "tests",
    "equivalent_mutants",
];

/// Loads those of the files whose names are `wanted`. The digest is that of all files.
pub(super) fn load(files: RuleFiles, wanted: &dyn Fn(&str) -> bool) -> Result<Rulebook, InvalidRulebook> {
    let mut problems = Diagnostics::default();
    let mut sources = SourceMap::default();
    let mut documents = Vec::new();
    let mut built_in_lexicon = Vec::new();
    let digest = built_in::digest_of(&files);
    for (name, text) in files.files.into_iter().filter(|(name, _)| wanted(name)) {
        if let Some(compact) = built_in::lexicon(&name, &text) {
            built_in_lexicon.push(compact);
            continue;
        }
        if text.lines().any(|l| l.len() > MAX_LINE) {
            problems.push(Diagnostic::about_file(
                Code::LineTooLong,
                format!("the rule file `{name}` has a line of more than {MAX_LINE} bytes"),
            ));
            continue;
        }
        let shown = if files.root.is_empty() { name.clone() } else { format!("{}/{name}", files.root.trim_end_matches('/')) };
        let id = sources.add(SourceText::from_cow(shown, text));
        let Some(source) = sources.get(id) else { continue };
        let tree = built_in::tree(&name, source.text(), id).or_else(|| read_yaml(id, source, &mut problems));
        if let Some(root) = tree {
            documents.push(Document { folder: name.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned(), root });
        }
    }
    for document in &documents {
        document.check_head(&mut problems);
    }
    let rulebook = Loader { documents: &documents, built_in_lexicon, sources: &sources, problems: &mut problems }.load(digest);
    problems.sort();
    if problems.has_errors() {
        return Err(InvalidRulebook::new(sources, problems));
    }
    check_unreached_activities(&rulebook.regimes, &rulebook.rules, &rulebook.definitions, &rulebook.vocabulary, &mut problems);
    problems.sort();
    Ok(Rulebook { sources, warnings: problems, ..rulebook })
}

/// A rule file: its folder below the root, and its tree.
struct Document {
    folder: String,
    root: Node,
}

impl Document {
    /// Checks the keys of the file, and that it is written in this version of the rule language.
    fn check_head(&self, problems: &mut Diagnostics) {
        let Some(entries) = self.root.entries() else {
            problems.wrong_shape(&self.root, "a rule file", "a mapping that starts with `interdict: 1`");
            return;
        };
        for entry in entries.iter().filter(|e| !TOP_LEVEL.contains(&e.key.text.as_str())) {
            problems.unknown_key(Code::UnknownKey, &entry.key, "a rule file", TOP_LEVEL);
        }
        match self.root.get("interdict") {
            Some(version) if version.text() == Some("1") => {}
            Some(version) => problems.push(
                Diagnostic::new(Code::RuleLanguageVersion, version.span, "this version of the rule language is not known")
                    .help("write `interdict: 1`"),
            ),
            None => {
                let start = Span { end: self.root.span.start, ..self.root.span };
                problems.push(
                    Diagnostic::new(Code::RuleLanguageVersion, start, "a rule file starts with `interdict: 1`")
                        .help("the number is the version of the rule language"),
                );
            }
        }
    }
}

/// Reads the elements of all files.
struct Loader<'a> {
    documents: &'a [Document],
    /// The built-in files of the lexicon, in the compact form.
    built_in_lexicon: Vec<&'static str>,
    sources: &'a SourceMap,
    problems: &'a mut Diagnostics,
}

impl<'a> Loader<'a> {
    /// Reads all parts of the rulebook but its sources. Each part is read before those that refer to it.
    fn load(mut self, digest: String) -> Rulebook {
        let mut vocabulary = self.vocabulary();
        let mut evidence = EvidencePolicy::default();
        for node in self.nodes("evidence") {
            evidence.read(node, &vocabulary, self.problems);
        }
        let mut register = Register::default();
        for node in self.nodes("resolutions") {
            register.read(node, self.problems);
        }
        let goods = self.goods(&register);
        let lists = self.designation_lists();
        vocabulary.lists.clone_from(&lists);
        let (definition_nodes, symbols) = self.symbols(&vocabulary, &goods, &lists);
        check_definition_circles(&definition_nodes, self.problems);
        let mut definitions = Vec::new();
        for (node, table) in definition_nodes {
            definitions.extend(Definition::read(node, table, &register, &mut self.reader(node, &symbols)));
        }
        check_unique(&self.nodes("exemptions"), "id", "exemption", self.problems);
        let exemptions: Vec<Exception> = self.read_each("exemptions", &symbols, |n, r| Exception::read(n, &register, r));
        let quotas = self.read_each("quotas", &symbols, |n, r| Quota::read(n, &register, r));
        let mut notices: Vec<ClosingNotice> = Vec::new();
        for node in self.nodes("notices") {
            notices.extend(ClosingNotice::read(node, &symbols.quotas, self.problems));
        }
        notices.sort_by_key(|n| n.date);
        let (regimes, folders) = self.regimes(&symbols, &exemptions, &register);
        let rules = self.rules(&symbols, &regimes, &folders, &exemptions, &register);
        let exceptions = rules.iter().flat_map(|rule| &rule.exceptions).chain(&exemptions);
        check_absent_lists(exceptions, &definitions, self.problems);
        let tests = self.nodes("tests").into_iter().filter_map(|n| TestCase::read(n, self.problems)).collect();
        check_references(&self.nodes("rules"), &self.nodes("tests"), &rules, &register, self.problems);
        let equivalents = self.nodes("equivalent_mutants").into_iter();
        let equivalents = equivalents.filter_map(|n| EquivalentMutant::read(n, self.problems)).collect();
        Rulebook {
            sources: SourceMap::default(),
            vocabulary,
            evidence,
            register,
            goods,
            definitions,
            quotas,
            notices,
            lists,
            regimes,
            rules,
            tests,
            equivalents,
            digest,
            warnings: Diagnostics::default(),
        }
    }

    /// Every element under a top-level key, with its file.
    fn elements(&self, key: &'static str) -> Vec<(&'a Document, &'a Node)> {
        let under = |d: &'a Document| d.root.get(key).map(Node::one_or_many).unwrap_or_default().iter().map(move |n| (d, n));
        self.documents.iter().flat_map(under).filter(|(_, n)| n.shape() != "nothing").collect()
    }

    /// Every element under a top-level key.
    fn nodes(&self, key: &'static str) -> Vec<&'a Node> {
        self.elements(key).into_iter().map(|(_, node)| node).collect()
    }

    /// A reader for the file of an element.
    fn reader<'r>(&'r mut self, node: &Node, symbols: &'r SymbolTable<'_>) -> RuleReader<'r> {
        let text = self.sources.get(node.span.source).map_or("", SourceText::text);
        RuleReader { symbols, problems: self.problems, text }
    }

    /// Reads every element under a top-level key.
    fn read_each<T>(
        &mut self,
        key: &'static str,
        symbols: &SymbolTable<'_>,
        read: impl Fn(&Node, &mut RuleReader<'_>) -> Option<T>,
    ) -> Vec<T> {
        self.nodes(key).into_iter().filter_map(|node| read(node, &mut self.reader(node, symbols))).collect()
    }

    fn vocabulary(&mut self) -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        let mut relations = Vec::new();
        for node in self.nodes("vocabulary") {
            vocabulary.read(node, &mut relations, self.problems);
        }
        vocabulary.relate(relations, self.problems);
        vocabulary
    }

    fn goods(&mut self, register: &Register) -> GoodsCatalogue {
        let mut goods = GoodsCatalogue::default();
        let nodes = self.nodes("goods");
        goods.declare(&nodes, self.problems);
        for node in &nodes {
            goods.read(node, register, self.problems);
        }
        goods.check_circles(&nodes, self.problems);
        for node in self.nodes("goods_words") {
            goods.read_words(node, self.problems);
        }
        self.built_in_lexicon.iter().for_each(|text| goods.lexicon.add((*text).into()));
        goods.lexicon.read(&self.nodes("lexicon"), self.problems);
        goods.build_indexes();
        goods
    }

    fn designation_lists(&mut self) -> Vec<DesignationList> {
        let of_regimes = self.nodes("regime").into_iter().filter_map(|n| n.get("lists")).flat_map(Node::one_or_many);
        let nodes: Vec<&Node> = of_regimes.chain(self.nodes("lists")).collect();
        let lists = read_designation_lists(&nodes, self.problems);
        check_unique(&nodes, "id", "list of designated persons", self.problems);
        lists
    }

    /// The symbol table, and every definition with the table of the record that it is a condition on.
    fn symbols<'n>(
        &mut self,
        vocabulary: &'n Vocabulary,
        goods: &'n GoodsCatalogue,
        lists: &[DesignationList],
    ) -> (Vec<(&'a Node, &'static Table)>, SymbolTable<'n>) {
        let mut definitions = HashMap::new();
        let mut nodes = Vec::new();
        for node in self.nodes("definitions") {
            let Some((id, table)) = declare_definition(node, self.problems) else { continue };
            if definitions.insert(id.clone(), (DefinitionId(nodes.len()), table)).is_some() {
                self.problems.push(Diagnostic::new(Code::DuplicateId, node.span, format!("the definition `{id}` stands twice")));
            }
            nodes.push((node, table));
        }
        let mut quotas = HashMap::new();
        for (i, node) in self.nodes("quotas").into_iter().enumerate() {
            let Some(id) = node.get("id").and_then(Node::text) else { continue };
            if quotas.insert(id.to_owned(), QuotaId(i)).is_some() {
                self.problems.push(Diagnostic::new(Code::DuplicateId, node.span, format!("the quota `{id}` stands twice")));
            }
        }
        let lists = lists.iter().enumerate().map(|(i, l)| (l.id.clone(), DesignationListId(i))).collect();
        (nodes, SymbolTable { vocabulary, goods, definitions, quotas, lists })
    }

    /// The regimes, and the folders to whose rules each applies.
    fn regimes(
        &mut self,
        symbols: &SymbolTable<'_>,
        exemptions: &[Exception],
        register: &Register,
    ) -> (Vec<Regime>, BTreeMap<String, RegimeId>) {
        let mut regimes: Vec<Regime> = Vec::new();
        let mut folders = BTreeMap::new();
        for (document, node) in self.elements("regime") {
            let Some(regime) = Regime::read(node, exemptions, register, &mut self.reader(node, symbols)) else { continue };
            if regimes.iter().any(|r| r.id == regime.id) {
                let message = format!("the regime `{}` stands twice", regime.id);
                self.problems.push(Diagnostic::new(Code::DuplicateId, node.span, message));
            }
            folders.entry(document.folder.clone()).or_insert(RegimeId(regimes.len()));
            regimes.push(regime);
        }
        (regimes, folders)
    }

    fn rules(
        &mut self,
        symbols: &SymbolTable<'_>,
        regimes: &[Regime],
        folders: &BTreeMap<String, RegimeId>,
        exemptions: &[Exception],
        register: &Register,
    ) -> Vec<Rule> {
        let mut rules: Vec<Rule> = Vec::new();
        for (document, node) in self.elements("rules") {
            let regime = match node.get("regime") {
                Some(named) => self.named_regime(named, regimes),
                None => self.regime_of_folder(document, node, regimes, folders),
            };
            // A rule without a regime has been reported; the rest of it is read for its other mistakes.
            let regime = regime.unwrap_or(RegimeId(usize::MAX));
            let of_regime = regimes.get(regime.0);
            let regime_exceptions = of_regime.map(|r| r.exceptions.as_slice()).unwrap_or_default();
            let context = RuleContext { regime, of_regime, regime_exceptions, exemptions, register };
            rules.extend(Rule::read(node, context, &mut self.reader(node, symbols)));
        }
        rules.sort_by(|a, b| a.id.cmp(&b.id));
        rules
    }

    fn named_regime(&mut self, named: &Node, regimes: &[Regime]) -> Option<RegimeId> {
        let word = named.text().unwrap_or_default();
        let found = regimes.iter().position(|r| r.id == word).map(RegimeId);
        if found.is_none() {
            let known = regimes.iter().map(|r| r.id.as_str());
            unknown_name(Code::UnknownReference, named, word, "regime", known, self.problems);
        }
        found
    }

    /// The regime of the innermost folder around the rule's file that has one.
    fn regime_of_folder(
        &mut self,
        document: &Document,
        rule: &Node,
        regimes: &[Regime],
        folders: &BTreeMap<String, RegimeId>,
    ) -> Option<RegimeId> {
        let contains_rule =
            |folder: &str| folder.is_empty() || document.folder == folder || document.folder.starts_with(&format!("{folder}/"));
        let around = folders.iter().filter(|(folder, _)| contains_rule(folder));
        let regime = around.max_by_key(|(folder, _)| folder.len()).map(|(_, id)| *id);
        // If some regime could not be read, its own mistake has been reported and this would be another one for it.
        if regime.is_none() && self.nodes("regime").len() == regimes.len() {
            self.problems.push(
                Diagnostic::new(Code::RuleWithoutRegime, rule.span, "this rule belongs to no regime")
                    .help("put it in the folder of a regime, or add `regime:`"),
            );
        }
        regime
    }
}
