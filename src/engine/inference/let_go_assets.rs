//! Money or other assets that an authority lets go or gives back, told as a release: they are dealt with, which no enforcement is.

use smallvec::SmallVec;

use crate::facts::{Coded, CodedTerm, Derivation, FactPath, Party, Term, Transaction};

use super::collector::{Collector, only_term};

/// Adds to a release or restitution that assets are dealt with: surely where a payment or an account is told, possibly where a subject
/// is told of no kind. Booty that goes back to those whom somebody robbed is taken from him, unless another who is listed has a part.
pub(super) fn derive(transaction: &mut Transaction, derived: &mut Collector<'_>) {
    let known = derived.vocabulary.known_terms();
    let (Some(act), Some(dealing)) = (only_term(&transaction.activity), known.dealing_with_frozen_assets) else { return };
    if ![known.release, known.restitution].contains(&Some(act)) {
        return;
    }
    let is_robber = |party: &&Party| known.attacker.is_some() && only_term(&party.role) == known.attacker;
    let is_listed = |party: &&Party| party.designated_as.as_ref().is_some_and(|listings| !listings.is_empty());
    let parties = || transaction.parties.known().iter();
    if parties().any(|party| is_robber(&party)) && !parties().any(|party| is_listed(&party) && !is_robber(&party)) {
        return;
    }
    let key = |key| FactPath::root().key(key);
    let subject = transaction.subject.get();
    let kind = subject.and_then(|subject| only_term(&subject.kind));
    let are_others_told = !transaction.vessels.known().is_empty() || !transaction.people.known().is_empty();
    let (second, from) = if transaction.payment.get().is_some() {
        (CodedTerm::Term(dealing), key("payment"))
    } else if kind.is_some() && kind == known.account {
        (CodedTerm::Term(dealing), key("subject").key("kind"))
    } else if subject.is_some_and(|subject| subject.kind.is_unknown() && subject.description.is_some()) && !are_others_told {
        let either: SmallVec<[Term; 8]> = [act, dealing].into_iter().collect();
        (CodedTerm::OneOf(Box::new(either)), key("subject").key("description"))
    } else {
        return;
    };
    let both = Coded::new(Some(vec![CodedTerm::Term(act), second]), Vec::new());
    derived.put(&mut transaction.activity, both, key("activity"), from, Derivation::LetGo);
}
