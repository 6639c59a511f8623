//! Inference: what follows from the reported facts before any rule is asked.
//!
//! Nothing here invents a fact. What a derivation leaves possible is *unknown*, never true, and what it does not find is what
//! was reported. There are two kinds of derivations.
//!
//! Facts of one transaction are derived when it is read ([`infer`]) and put into it like reported ones, with the path to the
//! fact that they follow from ([`DerivedFact`]). They do not depend on each other, except that sides take the nationality of
//! their parties last. No fact is replaced, unless two reported ones contradict each other.
//!
//! - [`party_of_side`]: the party that a side names, as one of the parties;
//! - [`places`]: the country of a side or port from its place, region or code;
//! - [`place_of_act`]: the possible country of a side from the place where the act happened;
//! - [`places_of_parties`]: the country of a party or side from the place at the end of its name;
//! - [`mentions`]: a possible origin or nationality from the words of a description or name;
//! - [`traded_carriers`]: a ship or aircraft that itself changes hands, as one of the items;
//! - [`lent_goods`]: a loan of goods that is told as a loan;
//! - [`goods_on_board`]: a landing, call or journey with goods that may be their delivery;
//! - [`let_go_assets`]: that assets are dealt with, where an authority lets them go;
//! - [`subject_place`]: the possible country of an account or other subject from its description;
//! - [`carriers`]: owners and operators of a vessel from the roles of parties;
//! - [`other_ship`]: the ship of a transfer at sea that is not reported;
//! - [`account_holder`]: the holder of an account who is not reported;
//! - [`kinds_of_parties`]: what a party is, by the noun of a name that describes it;
//! - [`measures`]: calibre, range and payload, and whether an item is armed or lethal, from its description;
//! - [`monthly`]: amounts of several months from that of one;
//! - [`validity`]: the day on which a permission runs out;
//! - [`ages`]: dates of birth;
//! - [`own_nationals`]: who is a national of the State that the act reaches;
//! - [`pieces`]: the value of one piece;
//! - [`sides`]: the nationality of a side from the party that it names.
//!
//! When all transactions of an incident are read, [`same_name`] puts into each what others tell of its parties and ships, and
//! [`other_flag`] the flags under which others tell of its ships, and [`same_goods`] the origins that they tell of such goods.
//!
//! What depends on a condition, or on other transactions, is looked up when a rule asks for it:
//!
//! - [`links`]: the parties that a record names, and whom these name in turn, within the incident;
//! - [`related`]: the transactions that one belongs to, or that belong to it.

mod account_holder;
mod ages;
mod carriers;
mod collector;
mod goods_on_board;
mod kinds_of_parties;
mod lent_goods;
mod let_go_assets;
pub(super) mod links;
mod measures;
mod mentions;
mod monthly;
mod other_flag;
mod other_ship;
mod own_nationals;
mod party_of_side;
mod pieces;
mod place_of_act;
mod places;
mod places_of_parties;
pub(super) mod related;
mod same_goods;
mod same_name;
mod sides;
mod state_organs;
mod subject_place;
mod traded_carriers;
mod validity;

use crate::facts::{Derivation, DerivedFact, ReportedIncident, Transaction};
use crate::rulebook::Vocabulary;

use collector::Collector;
use goods_on_board::Deliveries;

/// Derives the facts of every transaction of an incident.
pub(crate) fn infer(reported: &mut ReportedIncident, vocabulary: &Vocabulary) {
    let deliveries = Deliveries::new(reported.transactions(), vocabulary);
    for index in 0..reported.transactions().len() {
        reported.derive(index, |transaction| facts_beside(transaction, &deliveries, vocabulary));
    }
    same_name::derive(reported, vocabulary);
    other_flag::derive(reported, vocabulary);
    same_goods::derive(reported, vocabulary);
}

/// Derives facts of a transaction and puts them into it. None of them allocates memory where nothing follows.
pub(crate) fn derived_facts(transaction: &mut Transaction, vocabulary: &Vocabulary) -> Vec<DerivedFact> {
    facts_beside(transaction, &Deliveries::default(), vocabulary)
}

/// The same beside the deliveries that the incident tells.
fn facts_beside(transaction: &mut Transaction, deliveries: &Deliveries, vocabulary: &Vocabulary) -> Vec<DerivedFact> {
    let mut derived = Collector::new(vocabulary);
    traded_carriers::derive(transaction, &mut derived);
    lent_goods::derive(transaction, &mut derived);
    if !deliveries.tell_all_of(transaction) {
        goods_on_board::derive(transaction, &mut derived);
    }
    let_go_assets::derive(transaction, &mut derived);
    places::derive(transaction, &mut derived);
    place_of_act::derive(transaction, &mut derived);
    places_of_parties::derive(transaction, &mut derived);
    mentions::derive(transaction, &mut derived);
    subject_place::derive(transaction, &mut derived);
    carriers::derive(transaction, &mut derived);
    other_ship::derive(transaction, &mut derived);
    measures::derive(transaction, &mut derived);
    monthly::derive(transaction, &mut derived);
    pieces::derive(transaction, &mut derived);
    validity::derive(transaction, &mut derived);
    ages::derive(transaction, &mut derived);
    sides::derive(transaction, &mut derived);
    own_nationals::derive(transaction, &mut derived);
    mentions::derive_of_sides(transaction, &mut derived);
    party_of_side::derive(transaction, &mut derived);
    account_holder::derive(transaction, &mut derived);
    kinds_of_parties::derive(transaction, &mut derived);
    derived.into_facts()
}

/// Takes derived facts out of a transaction again.
pub(crate) fn withdraw<'d>(transaction: &mut Transaction, derived: impl DoubleEndedIterator<Item = &'d DerivedFact>) {
    derived.rev().for_each(|fact| collector::withdraw(transaction, fact));
}

/// How a fact was derived, as reports say it.
pub(crate) fn derivation_in_words(fact: &DerivedFact) -> String {
    let from = fact.from.path();
    match &fact.how {
        Derivation::Place { named } => format!("derived: `{named}` under `{from}` is there"),
        Derivation::Mention { named } => format!("derived: `{from}` names `{named}`"),
        Derivation::Paper => format!("derived: `{from}` tells where the goods are from"),
        Derivation::Contradiction { named } => format!("derived: reported otherwise, but `{named}` under `{from}` is there"),
        Derivation::NamedParty => format!("derived: the side's `party` is the one of `{from}`"),
        Derivation::OnSide | Derivation::PartyOfSide => format!("derived: `{from}` names it, so that it is on that side"),
        Derivation::TradedCarrier => format!("derived: by `{from}` it changes hands itself"),
        Derivation::LetGo => format!("derived: `{from}` tells of assets that are let go"),
        Derivation::AccountHolder => format!("derived: by `{from}` there is one who holds the account"),
        Derivation::OtherFlag { by } => {
            format!("`{by}` tells of another flag of the same ship, which it may have flown here too")
        }
        Derivation::OtherShip => format!("derived: by `{from}` another ship took part"),
        Derivation::Role => format!("derived: `{from}` is that of an owner or operator of the only vessel"),
        Derivation::Described { named } => format!("derived: `{from}` says `{named}`"),
        Derivation::Monthly => format!("derived: `{from}` by the number of months"),
        Derivation::Validity => format!("derived: by `{from}`"),
        Derivation::Age => format!("derived: by `{from}` at the time"),
        Derivation::Disputed => format!("reported otherwise than `{from}` tells, so that it is unknown"),
        Derivation::Destination => format!("derived: by `{from}` and the country that it goes to"),
        Derivation::SameGoods { by } => format!("`{by}` tells of such goods from there, so that these may be too"),
        Derivation::SameName { by } => format!("derived: `{by}` tells it of the same name"),
        Derivation::DeniedListing { by } => format!("reported to be on no list, and `{by}` tells of a listing of the same name"),
        Derivation::PerPiece => format!("derived: `{from}` by the number of pieces"),
        Derivation::Screened { found } => format!("screened by `{from}`: {found}"),
    }
}
