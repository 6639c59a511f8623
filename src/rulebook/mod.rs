//! The rulebook: the law in a form that the engine evaluates, loaded from YAML files and checked.
//!
//! [`Rulebook::load`] resolves every name and reports every mistake of every file in one run.
//! Nothing in this module looks at an incident.

mod act_phrases;
mod amount;
mod built_in;
mod committee_names;
mod counted_things;
mod digest;
mod drafting;
mod fact_manual;
mod files;
mod invalid;
mod known_terms;
mod law;
mod letter_counts;
mod load;
mod money_words;
mod name_words;
mod nearest_terms;
mod packed_amount;
mod phrase_words;
mod place_names;
mod state_names;
mod syntax;
mod term_words;
mod test_case;
mod text_pieces;
mod turned_acts;
mod unreached;
mod vocabulary;
mod word_map;

pub use act_phrases::ActPhrase;
pub(crate) use act_phrases::is_preposition;
pub use amount::{AmountError, ReadAmount};
pub use drafting::{DraftingClass, DraftingEntry, DraftingWords, Frame};
pub use fact_manual::fact_manual;
pub use files::RuleFiles;
pub use invalid::InvalidRulebook;
pub use known_terms::KnownTerms;
pub use law::{
    Burden, Citation, CitationSearch, ClosingNotice, Condition, ConditionKind, Confidence, Contested, Counting, DateBound,
    DateBounds, DateOperand, DateRelation, DayOffset, Deadline, Decider, Definition, DefinitionId, DesignationList,
    DesignationListId, Duty, EncodingStatus, Ending, EvidencePolicy, Exception, Factor, Force, Forgetting, GoodsBasis,
    GoodsCatalogue, GoodsList, GoodsListId, GroupNames, InForce, Interval, LawAsOf, LimitPolicy, ListingDetails, Matcher,
    NamedGoods, NeedsDetermination, NumberBound, POSSIBLY, Paragraph, ParagraphElement, Phrase, Quota, QuotaId, QuotaPeriods,
    Raising, Regime, RegimeChoice, RegimeId, Register, Renewal, RenewedUntil, Resolution, Rule, RuleId, RuleKind, Severity,
    SilenceScope, SilentBecause, Stretch, UNNAMED_LIST, Unverified, names_no_list, possible_listing,
};
pub(crate) use law::{FoundTerms, LexiconWordId, ListedPhrase, TermKind, Token, WordClass, in_words};
pub(crate) use money_words::currency_named;
pub use name_words::NameWords;
pub use phrase_words::{PhraseWords, WordList};
pub use place_names::{PlaceMention, PlaceMentions, PlaceNames};
pub use term_words::WordMeaning;
pub use test_case::{EquivalentMutant, TestCase, TestInput};
pub(crate) use text_pieces::{TextPieces, WordPart};
pub use vocabulary::{Dimension, PartySide, TermLookup, Vocabulary};
pub(crate) use word_map::WordHasher;

use crate::document::{Diagnostics, SourceMap};
use crate::facts::{Term, Truth};

/// A rulebook without mistakes. It owns everything that rules refer to, and the ids in it are positions in its lists.
#[derive(Debug, Clone)]
pub struct Rulebook {
    /// The files, into which the spans of all elements point.
    pub sources: SourceMap,
    /// Terms, names of countries, units.
    pub vocabulary: Vocabulary,
    /// The kinds of source that establish what they state.
    pub evidence: EvidencePolicy,
    /// The resolutions and their operative paragraphs.
    pub register: Register,
    /// The lists of goods.
    pub goods: GoodsCatalogue,
    /// Conditions that rules share by name.
    pub definitions: Vec<Definition>,
    /// The quotas.
    pub quotas: Vec<Quota>,
    /// Notices that close a quota's period, sorted by date.
    pub notices: Vec<ClosingNotice>,
    /// The lists of designated persons.
    pub lists: Vec<DesignationList>,
    /// The regimes.
    pub regimes: Vec<Regime>,
    /// The rules, sorted by id.
    pub rules: Vec<Rule>,
    /// The words by which incidents are drafted from articles.
    pub drafting: DraftingWords,
    /// The tests beside the rules, in the order of their files.
    pub tests: Vec<TestCase>,
    /// Mutants that no test can notice, with the reason.
    pub equivalents: Vec<EquivalentMutant>,
    /// The names of groups and persons that rules ask for, collected when they are first needed.
    pub(crate) group_names: GroupNames,
    /// SHA-256 over the names and texts of all files, in hexadecimal digits. Reports name their rulebook by it.
    pub digest: String,
    /// What the writers of the rules should look at, sorted by file and place: warnings only.
    pub warnings: Diagnostics,
}

impl Rulebook {
    /// Loads the rulebook that the program carries: the files of the folder `rules` of its sources.
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
        load::load(files, &|_| true)
    }

    /// Loads a rulebook without the files in folders named `tests`, to start faster with one that has passed its tests.
    /// Its digest is still that of all files.
    ///
    /// # Errors
    ///
    /// As [`Rulebook::load`], for the files that are read.
    pub fn load_without_tests(files: RuleFiles) -> Result<Self, InvalidRulebook> {
        load::load(files, &|name| !name.split('/').any(|part| part == "tests"))
    }

    /// The regime with this id, if the rulebook has rules of it.
    pub fn find_regime(&self, id: &str) -> Option<RegimeId> {
        self.rules.iter().map(|rule| rule.regime).find(|regime| self.regime(*regime).is_some_and(|regime| regime.id == id))
    }

    /// The rule with that id as written, such as `dprk-coal`.
    ///
    /// ```
    /// # let rulebook = interdict::rulebook::Rulebook::built_in()?;
    /// assert!(rulebook.find_rule("dprk-coal").is_some_and(|rule| !rule.is_duty()));
    /// assert!(rulebook.find_rule("dprk-tea").is_none());
    /// # Ok::<(), interdict::rulebook::InvalidRulebook>(())
    /// ```
    pub fn find_rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|r| r.id == id)
    }

    /// The rule with an id.
    pub fn rule(&self, id: RuleId) -> Option<&Rule> {
        self.rules.get(id.0)
    }

    /// All rules with their ids.
    pub fn rules(&self) -> impl Iterator<Item = (RuleId, &Rule)> {
        self.rules.iter().enumerate().map(|(i, r)| (RuleId(i), r))
    }

    /// The definition with an id.
    pub fn definition(&self, id: DefinitionId) -> Option<&Definition> {
        self.definitions.get(id.0)
    }

    /// The quota with an id.
    pub fn quota(&self, id: QuotaId) -> Option<&Quota> {
        self.quotas.get(id.0)
    }

    /// All quotas with their ids.
    pub fn quotas(&self) -> impl Iterator<Item = (QuotaId, &Quota)> {
        self.quotas.iter().enumerate().map(|(i, q)| (QuotaId(i), q))
    }

    /// The list of designated persons with an id.
    pub fn list(&self, id: DesignationListId) -> Option<&DesignationList> {
        self.lists.get(id.0)
    }

    /// The regime with an id.
    pub fn regime(&self, id: RegimeId) -> Option<&Regime> {
        self.regimes.get(id.0)
    }

    /// The States that the measures of a rule's regime are about.
    pub fn target_of(&self, rule: &Rule) -> &[Term] {
        self.regime(rule.regime).map_or(&[], |regime| regime.target.as_slice())
    }

    /// Whether a body is the Council, or the Committee that administers the measures of a rule. Unknown of the Committee of some
    /// resolution if the regime does not say which is its own.
    pub fn is_committee_of(&self, body: Term, rule: &Rule) -> Truth {
        let known = self.vocabulary.known_terms();
        if [known.committee, known.council].contains(&Some(body)) {
            return Truth::True;
        }
        let own = self.regime(rule.regime).map_or(&[][..], |regime| &regime.committee_terms);
        match known.committee.is_some_and(|committee| self.vocabulary.is_a(body, committee)) {
            true if own.is_empty() => Truth::Unknown,
            true => own.contains(&body).into(),
            false => Truth::False,
        }
    }

    /// The id of a term as it is written in rules and incidents.
    pub fn term(&self, term: Term) -> &str {
        self.vocabulary.id(term)
    }
}
