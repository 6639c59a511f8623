//! From files to a checked rulebook: names first, then what refers to them.

use std::collections::{BTreeMap, HashMap};

use crate::document::{Code, Diagnostic, Diagnostics, MAX_LINE, Node, SourceMap, SourceText, Span, read_yaml};
use crate::facts::{Table, Term};

use super::built_in;
use super::condition_syntax::RuleReader;
use super::cross_references;
use super::definition;
use super::exception::Exception;
use super::names::unknown_name;
use super::regime::{DesignationList, announce_lists};
use super::rule::RuleContext;
use super::{
    ClosingNotice, Definition, DefinitionId, DesignationListId, EquivalentMutant, EvidencePolicy, GoodsCatalogue,
    InvalidRulebook, Quota, QuotaId, Regime, RegimeId, Register, Rule, RuleFiles, RuleId, SymbolTable, TestCase, Vocabulary,
};

/// A rulebook without mistakes.
#[derive(Debug)]
pub struct Rulebook {
    /// Its files.
    pub sources: SourceMap,
    /// Terms, countries, units.
    pub vocabulary: Vocabulary,
    /// Which sources establish.
    pub evidence: EvidencePolicy,
    /// The map of the law.
    pub register: Register,
    /// Lists of goods.
    pub goods: GoodsCatalogue,
    /// Shared definitions.
    pub definitions: Vec<Definition>,
    /// Quotas.
    pub quotas: Vec<Quota>,
    /// Closing notices, by date.
    pub notices: Vec<ClosingNotice>,
    /// Lists of designated persons.
    pub lists: Vec<DesignationList>,
    /// Regimes.
    pub regimes: Vec<Regime>,
    /// Rules, by id.
    pub rules: Vec<Rule>,
    /// Tests, in the order of their files.
    pub tests: Vec<TestCase>,
    /// Mutants of which no test can notice anything, with the reason.
    pub equivalents: Vec<EquivalentMutant>,
    /// SHA-256 over names and texts of all files.
    pub digest: String,
}

impl Rulebook {
    /// Loads the rulebook that the program carries: the same files as the folder `rules` of its sources.
    ///
    /// ```
    /// use interdict::rulebook::Rulebook;
    ///
    /// let rulebook = Rulebook::built_in()?;
    /// let coal = rulebook.find_rule("dprk-coal").ok_or("no such rule")?;
    /// assert_eq!(coal.authority[0].to_string(), "S/RES/2371 (2017) para 8");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// None in a released program, whose built-in rulebook has passed its tests.
    pub fn built_in() -> Result<Self, InvalidRulebook> {
        Self::load(RuleFiles::built_in())
    }

    /// Loads a rulebook from its files and checks it.
    ///
    /// ```
    /// use interdict::rulebook::{RuleFiles, Rulebook};
    ///
    /// let text = "interdict: 1\nrules: [{id: Coal, title: No coal}]\n";
    /// let files = RuleFiles { root: "mine".to_owned(), files: vec![("coal.yaml".to_owned(), text.into())] };
    /// let invalid = Rulebook::load(files).expect_err("a rule needs more than this");
    /// let messages: Vec<&str> = invalid.diagnostics().iter().map(|d| d.message.as_str()).collect();
    /// assert!(messages.contains(&"a rule needs `when`"));
    /// assert!(messages.contains(&"`Coal` is no id"));
    /// ```
    ///
    /// # Errors
    ///
    /// If any file has a mistake. The error holds every mistake of every file with its place, so that one run shows all.
    pub fn load(files: RuleFiles) -> Result<Self, InvalidRulebook> {
        load(files, &|_| true)
    }

    /// Loads a rulebook without the files in folders named `tests`, to start faster with one that has passed its tests.
    /// Its digest is still that of all files.
    ///
    /// # Errors
    ///
    /// As [`Rulebook::load`], for the files that are read.
    pub fn load_without_tests(files: RuleFiles) -> Result<Self, InvalidRulebook> {
        load(files, &|name| !name.split('/').any(|part| part == "tests"))
    }

    /// A definition.
    pub fn definition(&self, id: DefinitionId) -> Option<&Definition> {
        self.definitions.get(id.0)
    }

    /// A quota.
    pub fn quota(&self, id: QuotaId) -> Option<&Quota> {
        self.quotas.get(id.0)
    }

    /// All quotas with their ids.
    pub fn quotas(&self) -> impl Iterator<Item = (QuotaId, &Quota)> {
        self.quotas.iter().enumerate().map(|(i, q)| (QuotaId(i), q))
    }

    /// A list of designated persons.
    pub fn list(&self, id: DesignationListId) -> Option<&DesignationList> {
        self.lists.get(id.0)
    }

    /// A regime.
    pub fn regime(&self, id: RegimeId) -> Option<&Regime> {
        self.regimes.get(id.0)
    }

    /// A rule.
    pub fn rule(&self, id: RuleId) -> Option<&Rule> {
        self.rules.get(id.0)
    }

    /// A rule by its id as written.
    pub fn find_rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|r| r.id == id)
    }

    /// All rules with their ids.
    pub fn rules(&self) -> impl Iterator<Item = (RuleId, &Rule)> {
        self.rules.iter().enumerate().map(|(i, r)| (RuleId(i), r))
    }

    /// A term as people read it.
    pub fn term(&self, term: Term) -> &str {
        self.vocabulary.id(term)
    }
}

const TOP_LEVEL: [&str; 14] = [
    "interdict",
    "vocabulary",
    "evidence",
    "resolutions",
    "goods",
    "goods_words",
    "definitions",
    "exemptions",
    "quotas",
    "notices",
    "regime",
    "rules",
    "tests",
    "equivalent_mutants",
];

/// Reads those of the files whose names are `wanted`; the digest is that of all.
fn load(files: RuleFiles, wanted: &dyn Fn(&str) -> bool) -> Result<Rulebook, InvalidRulebook> {
    let mut problems = Diagnostics::default();
    let mut sources = SourceMap::default();
    let mut documents = Vec::new();
    let digest = built_in::digest_of(&files);
    for (name, text) in files.files.into_iter().filter(|(name, _)| wanted(name)) {
        if text.lines().any(|l| l.len() > MAX_LINE) {
            problems.push(Diagnostic::about_file(
                Code::LineTooLong,
                format!("the rule file `{name}` has a line of more than {MAX_LINE} bytes"),
            ));
            continue;
        }
        let shown = if files.root.is_empty() { name.clone() } else { format!("{}/{name}", files.root.trim_end_matches('/')) };
        let id = sources.add(SourceText::lasting(shown, text));
        let Some(source) = sources.get(id) else { continue };
        let tree = built_in::tree(&name, source.text(), id).or_else(|| read_yaml(id, source, &mut problems));
        if let Some(root) = tree {
            documents.push(Document { folder: name.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned(), root });
        }
    }
    for document in &documents {
        document.check_head(&mut problems);
    }
    let loader = Loader { documents: &documents, sources: &sources, problems: &mut problems };
    let rulebook = loader.load(digest);
    problems.sort();
    if problems.has_errors() {
        return Err(InvalidRulebook::new(sources, problems));
    }
    Ok(Rulebook { sources, ..rulebook })
}

/// One file: its folder below the root, and its tree.
struct Document {
    folder: String,
    root: Node,
}

impl Document {
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

struct Loader<'a> {
    documents: &'a [Document],
    sources: &'a SourceMap,
    problems: &'a mut Diagnostics,
}

impl<'a> Loader<'a> {
    /// Every element under a top-level key, with its document.
    fn elements(&self, key: &'static str) -> Vec<(&'a Document, &'a Node)> {
        let under = |d: &'a Document| d.root.get(key).map(Node::one_or_many).unwrap_or_default().iter().map(move |n| (d, n));
        self.documents.iter().flat_map(under).filter(|(_, n)| n.shape() != "nothing").collect()
    }

    fn text_of(&self, node: &Node) -> &'a str {
        self.sources.get(node.span.source).map_or("", SourceText::text)
    }

    /// Reads all parts of the rulebook. What is wrong goes to the diagnostics; the sources are left out.
    fn load(mut self, digest: String) -> Rulebook {
        let vocabulary = self.vocabulary();
        let mut evidence = EvidencePolicy::default();
        for (_, node) in self.elements("evidence") {
            evidence.read(node, &vocabulary, self.problems);
        }
        let mut register = Register::default();
        for (_, node) in self.elements("resolutions") {
            register.read(node, self.problems);
        }
        let goods = self.goods(&register);
        let lists: Vec<DesignationList> =
            self.elements("regime").into_iter().flat_map(|(_, n)| announce_lists(n, self.problems)).collect();
        let list_nodes: Vec<&Node> =
            self.elements("regime").into_iter().filter_map(|(_, n)| n.get("lists")).flat_map(Node::one_or_many).collect();
        cross_references::ids_stand_once(&list_nodes, "id", "list of designated persons", self.problems);
        let (definition_nodes, names) = self.names(&vocabulary, &goods, &lists);
        definition::check_circles(&definition_nodes, self.problems);

        let mut definitions = Vec::new();
        for (node, table) in definition_nodes {
            let mut syntax = RuleReader {
                names: &names,
                problems: self.problems,
                text: self.sources.get(node.span.source).map_or("", SourceText::text),
            };
            definitions.extend(Definition::read(node, table, &register, &mut syntax));
        }
        let exemption_nodes: Vec<&Node> = self.elements("exemptions").into_iter().map(|(_, n)| n).collect();
        cross_references::ids_stand_once(&exemption_nodes, "id", "exemption", self.problems);
        let shared = self.read_each("exemptions", &names, |n, s| Exception::read(n, &register, s));
        let quotas = self.read_each("quotas", &names, |n, s| Quota::read(n, &register, s));
        let mut notices: Vec<ClosingNotice> = Vec::new();
        for (_, node) in self.elements("notices") {
            notices.extend(ClosingNotice::read(node, &names.quotas, self.problems));
        }
        notices.sort_by_key(|n| n.date);
        let (regimes, homes) = self.regimes(&names, &shared, &register);
        let rules = self.rules(&names, &regimes, &homes, &shared, &register);
        let tests: Vec<TestCase> =
            self.elements("tests").into_iter().filter_map(|(_, n)| TestCase::read(n, self.problems)).collect();
        let nodes = |elements: Vec<(&'a Document, &'a Node)>| elements.into_iter().map(|(_, n)| n).collect::<Vec<_>>();
        let (rule_nodes, test_nodes) = (nodes(self.elements("rules")), nodes(self.elements("tests")));
        cross_references::check(&rule_nodes, &test_nodes, &rules, &register, self.problems);
        let equivalents = self
            .elements("equivalent_mutants")
            .into_iter()
            .filter_map(|(_, n)| EquivalentMutant::read(n, self.problems))
            .collect();
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
        }
    }

    fn vocabulary(&mut self) -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        let mut links = Vec::new();
        for (_, node) in self.elements("vocabulary") {
            vocabulary.read(node, &mut links, self.problems);
        }
        vocabulary.link(links, self.problems);
        vocabulary
    }

    fn goods(&mut self, register: &Register) -> GoodsCatalogue {
        let mut goods = GoodsCatalogue::default();
        let nodes: Vec<&Node> = self.elements("goods").into_iter().map(|(_, n)| n).collect();
        goods.announce(&nodes, self.problems);
        for node in &nodes {
            goods.read(node, register, self.problems);
        }
        goods.check_circles(&nodes, self.problems);
        for (_, node) in self.elements("goods_words") {
            goods.read_words(node, self.problems);
        }
        goods.index();
        goods
    }

    /// Announces everything that conditions can name.
    fn names<'n>(
        &mut self,
        vocabulary: &'n Vocabulary,
        goods: &'n GoodsCatalogue,
        lists: &[DesignationList],
    ) -> (Vec<(&'a Node, &'static Table)>, SymbolTable<'n>) {
        let mut definitions = HashMap::new();
        let mut nodes = Vec::new();
        for (_, node) in self.elements("definitions") {
            let Some((id, table)) = definition::announce(node, self.problems) else { continue };
            if definitions.insert(id.clone(), (DefinitionId(nodes.len()), table)).is_some() {
                self.problems.push(Diagnostic::new(Code::DuplicateId, node.span, format!("the definition `{id}` stands twice")));
            }
            nodes.push((node, table));
        }
        let mut quotas = HashMap::new();
        for (i, (_, node)) in self.elements("quotas").into_iter().enumerate() {
            let Some(id) = node.get("id").and_then(Node::text) else { continue };
            if quotas.insert(id.to_owned(), QuotaId(i)).is_some() {
                self.problems.push(Diagnostic::new(Code::DuplicateId, node.span, format!("the quota `{id}` stands twice")));
            }
        }
        let lists = lists.iter().enumerate().map(|(i, l)| (l.id.clone(), DesignationListId(i))).collect();
        (nodes, SymbolTable { vocabulary, goods, definitions, quotas, lists })
    }

    fn read_each<T>(
        &mut self,
        key: &'static str,
        names: &SymbolTable<'_>,
        read: impl Fn(&Node, &mut RuleReader<'_>) -> Option<T>,
    ) -> Vec<T> {
        let mut found = Vec::new();
        for (_, node) in self.elements(key) {
            let text = self.text_of(node);
            let mut syntax = RuleReader { names, problems: self.problems, text };
            found.extend(read(node, &mut syntax));
        }
        found
    }

    /// The regimes, and for each folder the regime that rules there belong to.
    fn regimes(
        &mut self,
        names: &SymbolTable<'_>,
        shared: &[Exception],
        register: &Register,
    ) -> (Vec<Regime>, BTreeMap<String, RegimeId>) {
        let mut regimes: Vec<Regime> = Vec::new();
        let mut homes = BTreeMap::new();
        for (document, node) in self.elements("regime") {
            let text = self.text_of(node);
            let mut syntax = RuleReader { names, problems: self.problems, text };
            let Some(regime) = Regime::read(node, shared, register, &mut syntax) else { continue };
            if regimes.iter().any(|r| r.id == regime.id) {
                self.problems.push(Diagnostic::new(
                    Code::DuplicateId,
                    node.span,
                    format!("the regime `{}` stands twice", regime.id),
                ));
            }
            homes.entry(document.folder.clone()).or_insert(RegimeId(regimes.len()));
            regimes.push(regime);
        }
        (regimes, homes)
    }

    fn rules(
        &mut self,
        names: &SymbolTable<'_>,
        regimes: &[Regime],
        homes: &BTreeMap<String, RegimeId>,
        shared: &[Exception],
        register: &Register,
    ) -> Vec<Rule> {
        let mut rules: Vec<Rule> = Vec::new();
        for (document, node) in self.elements("rules") {
            let regime = match node.get("regime") {
                Some(named) => {
                    let word = named.text().unwrap_or_default();
                    let found = regimes.iter().position(|r| r.id == word).map(RegimeId);
                    if found.is_none() {
                        unknown_name(
                            Code::UnknownReference,
                            named,
                            word,
                            "regime",
                            regimes.iter().map(|r| r.id.as_str()),
                            self.problems,
                        );
                    }
                    found
                }
                None => {
                    let inside = |folder: &str| {
                        folder.is_empty() || document.folder == folder || document.folder.starts_with(&format!("{folder}/"))
                    };
                    let home = homes
                        .iter()
                        .filter(|(folder, _)| inside(folder))
                        .max_by_key(|(folder, _)| folder.len())
                        .map(|(_, id)| *id);
                    // A regime file with a mistake has been reported already.
                    if home.is_none() && self.elements("regime").len() == regimes.len() {
                        self.problems.push(
                            Diagnostic::new(Code::RuleWithoutRegime, node.span, "this rule belongs to no regime")
                                .help("put it in the folder of a regime, or add `regime:`"),
                        );
                    }
                    home
                }
            };
            let regime = regime.unwrap_or(RegimeId(usize::MAX));
            let regime_exceptions = regimes.get(regime.0).map(|r| r.exceptions.as_slice()).unwrap_or_default();
            let text = self.text_of(node);
            let mut syntax = RuleReader { names, problems: self.problems, text };
            let Some(rule) = Rule::read(node, RuleContext { regime, regime_exceptions, shared, register }, &mut syntax) else {
                continue;
            };
            rules.push(rule);
        }
        rules.sort_by(|a, b| a.id.cmp(&b.id));
        rules
    }
}
