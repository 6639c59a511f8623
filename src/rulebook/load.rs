//! Loads a rulebook: first the elements that others refer to, then those that refer to them.
//!
//! A mistake does not end the loading: every part that can be read is read, so that one run reports every mistake of every file.

use std::collections::{BTreeMap, HashMap};

use crate::facts::first_look_alike;

use super::built_in;
use super::law::{
    ClosingNotice, Definition, DesignationList, DesignationListId, EvidencePolicy, GoodsCatalogue, GroupNames, Quota, QuotaId,
    Regime, RegimeId, Register, Rule,
};
use super::syntax::{
    Binding, DeclaredDefinition, DefinitionTable, RegimeWords, RuleContext, RuleReader, SharedExceptions, SymbolTable,
    check_absent_lists, check_definition_circles, check_expected_regimes, check_references, check_unique, declare_definition,
    find_regime_dependence, read_designation_lists, unknown_name,
};
use super::unreached::check_unreached_activities;
use super::{DraftingWords, EquivalentMutant, InvalidRulebook, RuleFiles, Rulebook, TestCase, Vocabulary};
use crate::document::{Code, Content, Diagnostic, Diagnostics, MAX_LINE, Node, SourceMap, SourceText, Span, read_yaml};

/// The keys that a rule file can have.
const TOP_LEVEL: [&str; 17] = [
    "interdict",
    "vocabulary",
    "drafting",
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
        // The tests of the program read the built-in files.
        let tree = built_in::tree(&name, source.text(), id).or_else(|| {
            let tree = read_yaml(id, source, &mut problems)?;
            check_scripts(&tree, &mut problems);
            Some(tree)
        });
        if let Some(root) = tree {
            documents.push(Document { folder: name.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned(), root });
        }
    }
    for document in &documents {
        document.check_head(&mut problems);
    }
    let rulebook = Loader {
        documents: &documents,
        built_in_lexicon,
        sources: &sources,
        folders: RegimeFolders::new(&documents),
        problems: &mut problems,
    }
    .load(digest);
    problems.drop_cut_off();
    problems.sort();
    if problems.has_errors() {
        return Err(InvalidRulebook::new(sources, problems));
    }
    check_confidence(&documents, &mut problems);
    check_unreached_activities(&rulebook.regimes, &rulebook.rules, &rulebook.definitions, &rulebook.vocabulary, &mut problems);
    problems.sort();
    Ok(Rulebook { sources, warnings: problems, ..rulebook })
}

/// Reports, once, the rules that do not say how well they are verified, in a rulebook whose rules do.
fn check_confidence(documents: &[Document], problems: &mut Diagnostics) {
    const MOST_NAMED: usize = 8;
    let rules = documents.iter().filter_map(|document| document.root.get("rules")).flat_map(Node::one_or_many);
    let (stating, silent): (Vec<&Node>, Vec<&Node>) = rules.partition(|rule| rule.get("confidence").is_some());
    let silent: Vec<&Node> = silent.into_iter().filter_map(|rule| rule.get("id")).collect();
    let Some(first) = silent.first().filter(|_| !stating.is_empty()) else { return };
    let mut named: Vec<String> = silent.iter().take(MOST_NAMED).filter_map(|id| Some(format!("`{}`", id.text()?))).collect();
    if silent.len() > MOST_NAMED {
        named.push(format!("{} more", silent.len() - MOST_NAMED));
    }
    let message = format!("rules that do not say how well they are verified: {}", named.join(", "));
    problems.push(Diagnostic::new(Code::ConfidenceMissing, first.span, message).help("add `confidence: A`, `B` or `C` to each"));
}

/// Reports the words of two scripts in a rule file: they look like words that they are not.
fn check_scripts(node: &Node, problems: &mut Diagnostics) {
    let mut check = |text: &str, at: Span| {
        if let Some((word, letter)) = first_look_alike(text) {
            let script = if ('\u{370}'..='\u{3ff}').contains(&letter) {
                "Greek"
            } else if letter.is_ascii() {
                "Latin"
            } else {
                "Cyrillic"
            };
            let message = format!("`{word}` is of two scripts: it has the {script} `{letter}`");
            problems.push(
                Diagnostic::new(Code::MixedScriptsInRule, at, message)
                    .help("write the letter of the alphabet that the rest of the word is in"),
            );
        }
    };
    match &node.content {
        Content::Scalar(scalar) => check(&scalar.text, node.span),
        Content::List(elements) => elements.iter().for_each(|element| check_scripts(element, problems)),
        Content::Map(entries) => {
            entries.iter().for_each(|entry| check(&entry.key.text, entry.key.span));
            // Facts of tests can be written as careless reports are.
            let checked = entries.iter().filter(|entry| !matches!(entry.key.text.as_str(), "given" | "incident"));
            checked.for_each(|entry| check_scripts(&entry.value, problems));
        }
    }
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
    folders: RegimeFolders,
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
        let mut drafting = DraftingWords::default();
        for node in self.nodes("drafting") {
            drafting.read(node, &vocabulary, self.problems);
        }
        let mut register = Register::default();
        for node in self.nodes("resolutions") {
            register.read(node, self.problems);
        }
        let goods = self.goods(&register);
        let lists = self.designation_lists();
        vocabulary.lists.clone_from(&lists);
        let symbols = self.symbols(&vocabulary, &goods, &lists);
        check_definition_circles(&self.nodes("definitions"), self.problems);
        check_unique(&self.nodes("exemptions"), "id", "exemption", self.problems);
        let mut quotas = Vec::new();
        for (document, node) in self.elements("quotas") {
            let regime = self.regime_of(document, node);
            quotas.extend(Quota::read(node, &register, &mut self.reader(node, &symbols, regime)));
        }
        let mut notices: Vec<ClosingNotice> = Vec::new();
        for node in self.nodes("notices") {
            notices.extend(ClosingNotice::read(node, &symbols.quotas, self.problems));
        }
        notices.sort_by_key(|n| n.date);
        let regimes = self.regimes(&symbols, &register);
        let rules = self.rules(&symbols, &regimes, &register);
        let exemptions = symbols.exemptions.finish(&register, &symbols, self.problems);
        let definitions = self.definitions(&symbols, &register);
        let exceptions = rules.iter().flat_map(|rule| &rule.exceptions).chain(&exemptions);
        check_absent_lists(exceptions, &definitions, self.problems);
        let regimes: Vec<Regime> = regimes.into_iter().flatten().collect();
        let mut test_nodes = Vec::new();
        for (document, node) in self.elements("tests") {
            test_nodes.push((node, self.regime_of(document, node)));
        }
        let tests = test_nodes.iter().filter_map(|(node, regime)| TestCase::read(node, *regime, self.problems)).collect();
        check_expected_regimes(&test_nodes, &rules, self.problems);
        check_references(&self.nodes("rules"), &test_nodes, &rules, &register, self.problems);
        let equivalents = self.nodes("equivalent_mutants").into_iter();
        let equivalents = equivalents.filter_map(|n| EquivalentMutant::read(n, self.problems)).collect();
        Rulebook {
            sources: SourceMap::default(),
            vocabulary,
            drafting,
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
            group_names: GroupNames::default(),
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

    /// A reader for the file of an element, which stands in a regime or in none.
    fn reader<'r>(&'r mut self, node: &Node, symbols: &'r SymbolTable<'_>, regime: Option<RegimeId>) -> RuleReader<'r> {
        let text = self.sources.get(node.span.source).map_or("", SourceText::text);
        RuleReader { symbols, problems: self.problems, text, binding: Binding::to(regime), used_at: None }
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
        // A list that is named stands elsewhere.
        let of_regimes = of_regimes.filter(|list| list.text().is_none());
        let nodes: Vec<&Node> = of_regimes.chain(self.nodes("lists")).collect();
        let lists = read_designation_lists(&nodes, self.problems);
        check_unique(&nodes, "id", "list of designated persons", self.problems);
        lists
    }

    /// The symbol table, with everything that conditions can name.
    fn symbols<'n>(
        &mut self,
        vocabulary: &'n Vocabulary,
        goods: &'n GoodsCatalogue,
        designations: &'n [DesignationList],
    ) -> SymbolTable<'n>
    where
        'a: 'n,
    {
        let mut definitions = DefinitionTable::default();
        for (document, node) in self.elements("definitions") {
            let Some((id, table)) = declare_definition(node, self.problems) else { continue };
            let regime = self.regime_of(document, node);
            let message = format!("the definition `{id}` stands twice");
            if !definitions.declare(id, DeclaredDefinition { node, table, regime, is_regime_dependent: false }) {
                self.problems.push(Diagnostic::new(Code::DuplicateId, node.span, message));
            }
        }
        find_regime_dependence(&mut definitions);
        let mut exemptions = SharedExceptions::default();
        for (document, node) in self.elements("exemptions") {
            exemptions.declare(node, self.regime_of(document, node), &definitions);
        }
        let mut quotas = HashMap::new();
        for (i, node) in self.nodes("quotas").into_iter().enumerate() {
            let Some(id) = node.get("id").and_then(Node::text) else { continue };
            if quotas.insert(id.to_owned(), QuotaId(i)).is_some() {
                self.problems.push(Diagnostic::new(Code::DuplicateId, node.span, format!("the quota `{id}` stands twice")));
            }
        }
        let lists: HashMap<String, _> =
            designations.iter().enumerate().map(|(i, l)| (l.id.clone(), DesignationListId(i))).collect();
        let mut regimes: Vec<RegimeWords> = Vec::new();
        for node in self.nodes("regime") {
            let words = RegimeWords::read(node, &lists, vocabulary, self.problems);
            if regimes.iter().any(|regime| regime.id == words.id) {
                let message = format!("the regime `{}` stands twice", words.id);
                self.problems.push(Diagnostic::new(Code::DuplicateId, node.span, message));
            }
            regimes.push(words);
        }
        SymbolTable { vocabulary, goods, definitions, exemptions, quotas, lists, designations, regimes, sources: self.sources }
    }

    /// The definitions, each as often as it is read for a regime.
    fn definitions(&mut self, symbols: &SymbolTable<'_>, register: &Register) -> Vec<Definition> {
        let mut definitions = Vec::new();
        let mut position = 0;
        while let Some((instance, declared)) = symbols.definitions.to_read(position) {
            position += 1;
            let used_at = instance.used_at.filter(|_| declared.regime.is_none());
            let reader = self.reader(declared.node, symbols, None);
            let mut reader = RuleReader { binding: instance.binding, used_at, ..reader };
            definitions.extend(Definition::read(declared, register, &mut reader));
        }
        definitions
    }

    /// The regimes by the numbers of their ids; `None` for one that could not be read.
    fn regimes(&mut self, symbols: &SymbolTable<'_>, register: &Register) -> Vec<Option<Regime>> {
        let nodes = self.nodes("regime").into_iter().enumerate();
        nodes
            .map(|(number, node)| Regime::read(node, register, &mut self.reader(node, symbols, Some(RegimeId(number)))))
            .collect()
    }

    fn rules(&mut self, symbols: &SymbolTable<'_>, regimes: &[Option<Regime>], register: &Register) -> Vec<Rule> {
        let mut rules: Vec<Rule> = Vec::new();
        for (document, node) in self.elements("rules") {
            let regime = match node.get("regime") {
                Some(named) => self.named_regime(named),
                None => self.folders.around(&document.folder),
            };
            // If some regime could not be read, its own mistake has been reported and this would be another one for it.
            if regime.is_none() && node.get("regime").is_none() && regimes.iter().all(Option::is_some) {
                self.problems.push(
                    Diagnostic::new(Code::RuleWithoutRegime, node.span, "this rule belongs to no regime")
                        .help("put it in the folder of a regime, or add `regime:`"),
                );
            }
            let of_regime = regime.and_then(|RegimeId(number)| regimes.get(number)?.as_ref());
            let regime_exceptions = of_regime.map(|r| r.exceptions.as_slice()).unwrap_or_default();
            let mut reader = self.reader(node, symbols, regime);
            if regime.is_none() {
                reader.binding = Binding::Unused;
            }
            // A rule without a regime has been reported; the rest of it is read for its other mistakes.
            let regime = regime.unwrap_or(RegimeId(usize::MAX));
            let context = RuleContext { regime, of_regime, regime_exceptions, register };
            rules.extend(Rule::read(node, context, &mut reader));
        }
        rules.sort_by(|a, b| a.id.cmp(&b.id));
        rules
    }

    /// The regime that an element names, or that of its folder; `None` if all regimes share the element.
    fn regime_of(&mut self, document: &Document, node: &Node) -> Option<RegimeId> {
        match node.get("regime") {
            Some(named) => self.named_regime(named),
            None => self.folders.only_one_around(&document.folder),
        }
    }

    fn named_regime(&mut self, named: &Node) -> Option<RegimeId> {
        let ids: Vec<&str> = self.nodes("regime").iter().map(|n| n.get("id").and_then(Node::text).unwrap_or_default()).collect();
        let word = named.text().unwrap_or_default();
        let found = ids.iter().position(|id| *id == word).map(RegimeId);
        if found.is_none() {
            unknown_name(Code::UnknownReference, named, word, "regime", ids, self.problems);
        }
        found
    }
}

/// The folders with regimes.
struct RegimeFolders(BTreeMap<String, Vec<RegimeId>>);

impl RegimeFolders {
    fn new(documents: &[Document]) -> Self {
        let mut folders: BTreeMap<String, Vec<RegimeId>> = BTreeMap::new();
        let of_document = |d: &'_ Document| d.root.get("regime").map_or(0, |node| node.one_or_many().len());
        let mut number = 0;
        for document in documents {
            for _ in 0..of_document(document) {
                folders.entry(document.folder.clone()).or_default().push(RegimeId(number));
                number += 1;
            }
        }
        Self(folders)
    }

    /// The regimes of the innermost folder around another that has any.
    fn innermost(&self, inside: &str) -> &[RegimeId] {
        let is_around = |folder: &str| {
            folder.is_empty() || inside.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let around = self.0.iter().filter(|(folder, _)| is_around(folder));
        around.max_by_key(|(folder, _)| folder.len()).map(|(_, regimes)| regimes.as_slice()).unwrap_or_default()
    }

    /// The regime to which the rules of a folder belong.
    fn around(&self, inside: &str) -> Option<RegimeId> {
        self.innermost(inside).first().copied()
    }

    /// The regime to which everything in a folder belongs; `None` if it has none or several.
    fn only_one_around(&self, inside: &str) -> Option<RegimeId> {
        if let [only] = self.innermost(inside) { Some(*only) } else { None }
    }
}
