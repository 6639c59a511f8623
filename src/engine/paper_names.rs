//! Whom and where the text of a paper names, compared with the act that the paper is to excuse: leave for rifles for the army is
//! none for rifles for a militia, and leave to travel to one town none for a journey to another.

use smallvec::SmallVec;

use crate::facts::{Coded, CodedTerm, Party, Scheme, Term, Transaction, Truth, Words};
use crate::rulebook::{PartySide, Vocabulary};

/// What stands behind the prepositions of a text, if it may name somebody or some place.
pub(super) struct NamesInPaper(Vec<NamePhrase>);

/// The words behind a preposition.
struct NamePhrase {
    /// Where, by or for whom.
    relation: NameRelation,
    /// The words that begin with a capital, without those that any body may bear; empty if all are lower-case.
    name: Vec<Words>,
    /// The States that it names, or in which a place of that name is.
    countries: Vec<Term>,
    /// What kind of party it names: `the police`.
    kind: Option<Term>,
    /// All of the name is that of a place in a State.
    is_place: bool,
    /// It names somebody in a State by what he is: `the Libyan coast guard`.
    names_more_than_a_state: bool,
    /// An article stands before it, as before no town: `to the Games`.
    has_article: bool,
}

/// What a preposition says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum NameRelation {
    /// `travel of A`
    Of,
    /// `rifles for A`, `by A`
    For,
    /// `to A`, `in A`
    Place,
    /// `the Kampala talks`: no preposition stands before it.
    Bare,
}

impl NameRelation {
    fn of_word(word: &str) -> Option<Self> {
        match word.to_ascii_lowercase().as_str() {
            "of" => Some(Self::Of),
            "for" | "by" | "with" => Some(Self::For),
            "to" | "in" | "at" | "from" | "into" | "near" => Some(Self::Place),
            _ => None,
        }
    }
}

impl NamesInPaper {
    /// The names in a text.
    pub(super) fn find(text: &str, vocabulary: &Vocabulary) -> Self {
        let mut phrases = Vec::new();
        let mut open: Option<(NameRelation, SmallVec<[&str; 8]>)> = None;
        // A text begins with a capital, whatever its first word is.
        let is_name = |at: usize, bare: &str| {
            bare.starts_with(char::is_uppercase)
                && !is_article(bare)
                && (at > 0 || vocabulary.place_names().find(bare).is_some_and(|found| found.is_all))
        };
        // The articles are kept in front, to tell a town from an event.
        for (at, word) in text.split_whitespace().enumerate() {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            let relation = NameRelation::of_word(bare);
            match (&mut open, relation) {
                // `Government of Lebanon` is one name.
                (Some((_, words)), Some(NameRelation::Of)) if words.last().is_some_and(|w| w.starts_with(char::is_uppercase)) => {
                }
                (_, Some(relation)) => {
                    phrases.extend(open.replace((relation, SmallVec::new())));
                    continue;
                }
                (None, None) if is_name(at, bare) => open = Some((NameRelation::Bare, SmallVec::from_slice(&[bare]))),
                (Some((_, words)), None) if !bare.is_empty() && (words.is_empty() || !is_article(bare)) => words.push(bare),
                _ => {}
            }
            if word.ends_with([',', ';', '.', ')']) || bare.eq_ignore_ascii_case("and") {
                phrases.extend(open.take());
            }
        }
        phrases.extend(open);
        Self(phrases.iter().filter_map(|(relation, words)| NamePhrase::new(*relation, words, vocabulary)).collect())
    }

    /// True if it names nobody and no place.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// True if everybody and everything that the text names has a part in an act, false if surely one has none; unknown if a name
    /// may be one that the report does not tell.
    pub(super) fn are_of(&self, transaction: &Transaction, vocabulary: &Vocabulary) -> Truth {
        if self.0.is_empty() {
            return Truth::True;
        }
        let act = NamesOfAct::new(transaction, vocabulary);
        Truth::all(self.0.iter().map(|phrase| phrase.is_of(&act, vocabulary)))
    }
}

impl NamePhrase {
    fn new(relation: NameRelation, words: &[&str], vocabulary: &Vocabulary) -> Option<Self> {
        /// The most words of a name.
        const LONGEST: usize = 8;
        let has_article = words.first().is_some_and(|word| is_article(word));
        let words = words.get(usize::from(has_article)..)?;
        // `up to 5000 USD` is an amount.
        let is_amount = words.first().is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()));
        let words = words.get(..words.len().min(LONGEST)).filter(|_| !is_amount)?;
        let text = words.join(" ");
        let found = vocabulary.place_names().find(&text);
        let countries = match &found {
            Some(found) => found.countries(),
            None => state_named(words, vocabulary).into_iter().collect(),
        };
        let is_name = |word: &&&str| word.starts_with(char::is_uppercase) && !is_common(word);
        let name = words.iter().filter(is_name).map(|word| Words::new(word)).collect();
        let kind = kind_of(words, &countries, vocabulary);
        let is_state = vocabulary.find(&[Scheme::Country], &text).is_some();
        let is_all_place = found.is_some_and(|found| found.is_all);
        let names_more_than_a_state = !countries.is_empty() && !is_all_place;
        let is_place = !is_state && is_all_place;
        let phrase = Self { relation, name, countries, kind, is_place, names_more_than_a_state, has_article };
        (!phrase.name.is_empty() || phrase.kind.is_some()).then_some(phrase)
    }

    fn is_of(&self, act: &NamesOfAct, vocabulary: &Vocabulary) -> Truth {
        if self.name.iter().any(|word| act.names.iter().any(|name| name.find(word).next().is_some())) {
            return Truth::True;
        }
        if self.relation == NameRelation::For
            && let Some(recipients) = &act.recipients
            && (self.kind.is_some() || self.names_more_than_a_state)
        {
            let of_kind = self.kind.map_or(Truth::Unknown, |kind| recipients.are(kind, vocabulary));
            if of_kind != Truth::True {
                return of_kind;
            }
        }
        if !self.countries.is_empty() {
            let is_there = self.countries.iter().any(|country| act.countries.contains(country));
            let is_of_place = matches!(self.relation, NameRelation::Place | NameRelation::For);
            let are_both_told = act.has_both_sides || self.relation == NameRelation::Place && act.has_goal;
            return match is_there {
                // Another town of the same State.
                true if self.is_place && is_of_place && act.has_place => Truth::Unknown,
                true => Truth::True,
                false if are_both_told => Truth::False,
                false => Truth::Unknown,
            };
        }
        match self.relation {
            _ if self.name.is_empty() => Truth::True,
            NameRelation::Place if self.has_article => Truth::True,
            // Goods bear names of makers, and ventures their own.
            NameRelation::Bare if !act.is_journey => Truth::True,
            // Leave for a person is for that person.
            NameRelation::Of if act.is_of_persons => Truth::False,
            _ => Truth::Unknown,
        }
    }
}

/// The State whose name stands among some words: the table of places has those alone in which measures apply or have applied.
fn state_named(words: &[&str], vocabulary: &Vocabulary) -> Option<Term> {
    let runs = (1..=words.len()).rev().flat_map(|length| words.windows(length));
    // Two or three capitals are mostly no code: `to IT staff`.
    let is_name = |word: &&str| word.starts_with(char::is_uppercase) && word.chars().count() > 3;
    let mut named = runs.filter(|run| run.first().is_some_and(is_name));
    named.find_map(|run| match vocabulary.find(&[Scheme::Country], &run.join(" ")) {
        Some(CodedTerm::Term(state)) => Some(state),
        _ => None,
    })
}

/// The kind of party that a phrase names, by all of its words, without the adjective of a State, or by the first or last of them.
fn kind_of(words: &[&str], countries: &[Term], vocabulary: &Vocabulary) -> Option<Term> {
    let of_text = |text: &str| vocabulary.term_meant(Scheme::PartyKind, text);
    let is_adjective = |word: &str| {
        let mut adjectives = countries.iter().flat_map(|country| vocabulary.adjectives(*country));
        adjectives.any(|adjective| adjective.eq_ignore_ascii_case(word))
    };
    let without: Vec<&str> = words.iter().copied().filter(|word| !is_adjective(word)).collect();
    of_text(&words.join(" "))
        .or_else(|| of_text(&without.join(" ")))
        .or_else(|| of_text(words.first()?))
        .or_else(|| of_text(words.last()?))
}

/// What an act says of names and places.
struct NamesOfAct {
    /// The names of parties, ships, ports and places, and of the States.
    names: Vec<Words>,
    /// The States of the sides, of the way and of the parties.
    countries: Vec<Term>,
    /// Those who may get what passes; `None` if the report tells nobody.
    recipients: Option<Recipients>,
    /// Somebody is named, and nothing moves: a journey.
    is_of_persons: bool,
    /// Somebody travels, and nothing else moves.
    is_journey: bool,
    has_both_sides: bool,
    /// The State to which it goes is told.
    has_goal: bool,
    /// A place or port is told.
    has_place: bool,
}

impl NamesOfAct {
    fn new(transaction: &Transaction, vocabulary: &Vocabulary) -> Self {
        let parties = transaction.parties.known();
        let sides = || [transaction.from.get(), transaction.to.get()].into_iter().flatten();
        let mut countries = Vec::new();
        let mut add = |fact: &Coded<CodedTerm>| countries.extend(terms_of(fact));
        sides().for_each(|side| [&side.country, &side.nationality].into_iter().for_each(&mut add));
        parties.iter().for_each(|party| [&party.country, &party.nationality].into_iter().for_each(&mut add));
        transaction.ports.known().iter().for_each(|port| add(&port.country));
        transaction.vessels.known().iter().for_each(|vessel| [&vessel.flag, &vessel.country].into_iter().for_each(&mut add));
        add(&transaction.via);
        let of_parties = parties.iter().flat_map(|party| party.name.iter().chain(party.aliases.iter().flatten()));
        let of_sides = sides().flat_map(|side| [side.place.as_deref(), side.party.as_deref()]).flatten();
        let ports = transaction.ports.known().iter().filter_map(|port| port.name.as_deref());
        let of_ships = transaction.vessels.known().iter().filter_map(|vessel| vessel.name.as_deref());
        let of_goods = transaction.items.known().iter().filter_map(|item| item.description.as_deref());
        let of_subject = transaction.subject.get().and_then(|subject| subject.description.as_deref());
        let named = of_parties.map(|name| name.as_str()).chain(of_sides).chain(ports).chain(of_ships).chain(of_goods);
        let regions = sides().flat_map(|side| terms_of(&side.region)).map(|region| vocabulary.label(region));
        let names = named.chain(regions).chain(transaction.place.as_deref()).chain(of_subject).map(Words::new).collect();
        let is_told = |side: Option<&crate::facts::Side>| side.is_some_and(|side| side.country.is().is_some());
        let recipients = parties.iter().filter(|party| {
            let roles: SmallVec<[Term; 4]> = terms_of(&party.role).collect();
            roles.is_empty() || roles.iter().any(|role| vocabulary.side(*role) == Some(PartySide::Receiving))
        });
        let traveller = vocabulary.known_terms().traveller;
        let travels = |party: &Party| terms_of(&party.role).any(|role| Some(role) == traveller);
        let kinds: Vec<Vec<Term>> = recipients.map(|party| terms_of(&party.kind).collect()).collect();
        Self {
            names,
            countries,
            recipients: (!kinds.is_empty()).then_some(Recipients(kinds)),
            is_of_persons: transaction.items.known().is_empty() && parties.iter().any(|party| party.name.is_some()),
            is_journey: transaction.items.known().is_empty() && parties.iter().any(travels),
            has_both_sides: is_told(transaction.from.get()) && is_told(transaction.to.get()),
            has_goal: is_told(transaction.to.get()),
            has_place: sides().any(|side| side.place.is_some()) || !transaction.ports.known().is_empty(),
        }
    }
}

/// The kinds of each of those who may get what passes; none where it is not told.
struct Recipients(Vec<Vec<Term>>);

impl Recipients {
    /// Whether one of them is of a kind; surely none is where all are armed groups or rival authorities, and the kind is another.
    fn are(&self, kind: Term, vocabulary: &Vocabulary) -> Truth {
        let rivals = ["armed-group", "de-facto-authority"].map(|id| vocabulary.term(Scheme::PartyKind, id));
        let is_rival = |kind: Term| rivals.into_iter().flatten().any(|rival| vocabulary.is_a(kind, rival));
        if self.0.iter().flatten().any(|own| vocabulary.is_a(*own, kind) || vocabulary.is_a(kind, *own)) {
            return Truth::True;
        }
        let are_all_rivals = self.0.iter().all(|kinds| !kinds.is_empty() && kinds.iter().all(|kind| is_rival(*kind)));
        if are_all_rivals && !is_rival(kind) { Truth::False } else { Truth::Unknown }
    }
}

fn terms_of(fact: &Coded<CodedTerm>) -> impl Iterator<Item = Term> {
    fact.is()
        .unwrap_or_default()
        .iter()
        .flat_map(|term| match term {
            CodedTerm::Term(term) => std::slice::from_ref(term),
            CodedTerm::OneOf(terms) | CodedTerm::Possibly(terms) => terms.as_slice(),
            CodedTerm::Unlisted(_) => &[],
        })
        .copied()
}

fn is_article(word: &str) -> bool {
    ["the", "a", "an", "The"].contains(&word)
}

/// True for words with a capital that name nobody by themselves.
fn is_common(word: &str) -> bool {
    const COMMON: &[&str] = &[
        "UN",
        "United",
        "Nations",
        "Committee",
        "Council",
        "Government",
        "Governments",
        "Member",
        "State",
        "States",
        "Annex",
        "Resolution",
        "Security",
        "National",
        "Army",
        "Armed",
        "Forces",
        "Force",
        "Ministry",
        "Minister",
        "Republic",
        "Democratic",
        "People",
        "General",
        "Mr",
        "Mrs",
        "Ms",
        "Dr",
        "Mullah",
        "Sheikh",
        "Police",
        "Service",
        "Services",
        "Bank",
        "Company",
        "Co",
        "Ltd",
        "Trading",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "HS",
    ];
    COMMON.contains(&word) || word.chars().all(|c| c.is_numeric())
}
