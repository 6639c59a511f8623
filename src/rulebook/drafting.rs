//! The words by which the program drafts incidents from articles: `drafting:` in the files of a rulebook.

use crate::facts::Term;

/// Words of English news, and what they do in a sentence.
#[derive(Debug, Clone, Default)]
pub struct DraftingWords {
    /// The entries in the order of the files.
    pub entries: Vec<DraftingEntry>,
}

/// Words that do the same.
#[derive(Debug, Clone)]
pub struct DraftingEntry {
    /// What the words do.
    pub class: DraftingClass,
    /// Words that have one form or whose plural follows by rule.
    pub words: Vec<String>,
    /// Verbs, each with its irregular forms behind it: `give gave given`.
    pub verbs: Vec<String>,
    /// Nouns of the act that the verbs mean: `shipment`.
    pub nouns: Vec<String>,
    /// The activity that an act, or a transfer of such a theme, is.
    pub activity: Option<Term>,
    /// Who stands where beside an act.
    pub frame: Option<Frame>,
    /// The State that a name stands for.
    pub country: Option<Term>,
    /// The kind of source or party.
    pub kind: Option<Term>,
    /// The name of a genre.
    pub label: Option<String>,
}

/// What words do in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DraftingClass {
    /// `the`, `its`
    Determiner,
    /// `to`, `on behalf of`
    Preposition,
    /// `it`, `them`
    Pronoun,
    /// `and`, `but`
    Conjunction,
    /// `while`, `because`: a clause follows.
    Subordinator,
    /// `which`, `who`
    Relative,
    /// `already`, `abroad`
    Adverb,
    /// `not`, `nobody`
    Negation,
    /// `may`, `could`
    Possibly,
    /// `will`, `would`
    Will,
    /// `shall`, `must`
    Norm,
    /// Forms of *be*.
    Be,
    /// Forms of *have*.
    Have,
    /// Forms of *do*.
    Do,
    /// `about`, `more than`, before a number.
    Quantifier,
    /// Numbers in words.
    Number,
    /// `ban`, `embargo`: what it is about is a rule, not an event.
    Ban,
    /// `evidence`, `sign`: behind *no*, what it is about did not happen for all that is known.
    Proof,
    /// `allegedly`, `reportedly`
    Doubt,
    /// `say`, `announce`
    Says,
    /// `believe`, `suspect`
    Believes,
    /// `deny`, `reject`
    Denies,
    /// `plan`, `agree`: what they govern is planned.
    Plans,
    /// `refuse`, `cancel`
    Refuses,
    /// `fail`
    Fails,
    /// `stop`, `cease`
    Stops,
    /// `try`, `attempt`
    Tries,
    /// `begin`, `continue`: what they govern is done.
    GoesOn,
    /// `ban`, `permit`: what they govern is a rule, not an event.
    Bans,
    /// A word that is read as a verb only where the sentence says so.
    Noun,
    /// Any other verb.
    Verb,
    /// A verb or noun of an act that may be drafted.
    Act,
    /// What a transfer of something is: of troops a deployment.
    Theme,
    /// What is fired or tested.
    Fired,
    /// What programmes make.
    Made,
    /// `cargo`, `equipment`: goods that are not named.
    Generic,
    /// `truck`, `tanker`: what goods are carried in.
    Carrier,
    /// Things that are sent and given without being goods.
    NotGoods,
    /// Names that stand for a State.
    State,
    /// Names of armed groups.
    Group,
    /// Towns and provinces.
    Town,
    /// Names in which the name of a State means none: `Gulf of Oman`.
    NoState,
    /// `company`, `group`: a body that a text has named before.
    Body,
    /// `vessel`, `tanker`: a ship that a text has named before.
    Ship,
    /// `job`, `position`: what workers get.
    Job,
    /// Words of a denial that is about goods.
    Arms,
    /// `seize`, `intercept`: an authority's act that stops another.
    Seizes,
    /// `ship`, `export`: verbs whose object is goods, whatever it is called.
    Trades,
    /// `equip`, `supply`: verbs with the taker as object and the goods behind *with*.
    Equips,
    /// `route`, `voyage`: from where to where things go.
    Way,
    /// Nouns of those on whose word an article rests.
    Source,
    /// Words of texts that are no reports of events.
    Genre,
    /// Verbs and nouns that tell an act only together with other words near them: `work` beside `dormitory`.
    Gist,
    /// Words that stand together under a label: `condition` for those that open one.
    List,
}

impl DraftingClass {
    /// The key of each in a rule file.
    pub const KEYS: [(&'static str, Self); 54] = [
        ("determiner", Self::Determiner),
        ("preposition", Self::Preposition),
        ("pronoun", Self::Pronoun),
        ("conjunction", Self::Conjunction),
        ("subordinator", Self::Subordinator),
        ("relative", Self::Relative),
        ("adverb", Self::Adverb),
        ("negation", Self::Negation),
        ("possibly", Self::Possibly),
        ("will", Self::Will),
        ("norm", Self::Norm),
        ("be", Self::Be),
        ("have", Self::Have),
        ("do", Self::Do),
        ("quantifier", Self::Quantifier),
        ("number", Self::Number),
        ("ban", Self::Ban),
        ("proof", Self::Proof),
        ("doubt", Self::Doubt),
        ("says", Self::Says),
        ("believes", Self::Believes),
        ("denies", Self::Denies),
        ("plans", Self::Plans),
        ("refuses", Self::Refuses),
        ("fails", Self::Fails),
        ("stops", Self::Stops),
        ("tries", Self::Tries),
        ("goes-on", Self::GoesOn),
        ("bans", Self::Bans),
        ("noun", Self::Noun),
        ("verb", Self::Verb),
        ("act", Self::Act),
        ("theme", Self::Theme),
        ("fired", Self::Fired),
        ("made", Self::Made),
        ("generic", Self::Generic),
        ("carrier", Self::Carrier),
        ("not-goods", Self::NotGoods),
        ("state", Self::State),
        ("group", Self::Group),
        ("town", Self::Town),
        ("no-state", Self::NoState),
        ("body", Self::Body),
        ("ship", Self::Ship),
        ("job", Self::Job),
        ("arms", Self::Arms),
        ("seizes", Self::Seizes),
        ("trades", Self::Trades),
        ("equips", Self::Equips),
        ("way", Self::Way),
        ("source", Self::Source),
        ("genre", Self::Genre),
        ("gist", Self::Gist),
        ("list", Self::List),
    ];
}

/// Who stands where beside a verb or noun of an act. The thing goes from A to B.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Frame {
    /// A ships shells to B.
    Gives,
    /// B buys coal from A.
    Gets,
    /// A truck carries coal from A to B.
    Moves,
    /// Coal from A reaches B.
    Arrives,
    /// Coal leaves A for B.
    Leaves,
    /// A trains soldiers of B.
    Trains,
    /// A insures a ship of B.
    Serves,
    /// A lets a house to B.
    Lets,
    /// A fires missiles.
    Does,
    /// B seeks fighters from A.
    Asks,
    /// B steals coins from A.
    Robs,
    /// People of A work in B.
    Works,
    /// B employs people of A.
    Employs,
    /// A owns half of a plant in B.
    Holds,
    /// A visits B.
    Meets,
    /// A ship of A lies alongside one of B.
    Alongside,
    /// A ship of A calls at a port of B.
    Calls,
    /// A arranges that B gives to C.
    Brokers,
}

impl Frame {
    /// The key of each in a rule file.
    pub const KEYS: [(&'static str, Self); 18] = [
        ("gives", Self::Gives),
        ("gets", Self::Gets),
        ("moves", Self::Moves),
        ("arrives", Self::Arrives),
        ("leaves", Self::Leaves),
        ("trains", Self::Trains),
        ("serves", Self::Serves),
        ("lets", Self::Lets),
        ("does", Self::Does),
        ("asks", Self::Asks),
        ("robs", Self::Robs),
        ("works", Self::Works),
        ("employs", Self::Employs),
        ("holds", Self::Holds),
        ("meets", Self::Meets),
        ("alongside", Self::Alongside),
        ("calls", Self::Calls),
        ("brokers", Self::Brokers),
    ];
}
