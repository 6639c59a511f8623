//! The holder of an account. Every account has one, whoever else is reported to have a part in it.

use crate::facts::{Coded, CodedTerm, Derivation, FactPath, Party, Term, Terms, Transaction};

use super::collector::{Collector, only_term, path_in};

/// Adds a party that holds the account, where it is reported who has a part in it, or that nobody has, and none of them can be the
/// holder.
pub(super) fn derive(transaction: &mut Transaction, derived: &mut Collector<'_>) {
    let known = derived.vocabulary.known_terms();
    let Some(holder) = known.account_holder.filter(|_| transaction.parties.is_reported()) else { return };
    let is_account = known.keeping_an_account.is_some() && only_term(&transaction.activity) == known.keeping_an_account;
    if !is_account || transaction.parties.known().iter().any(|party| may_be(&party.role, holder)) {
        return;
    }
    let role = path_in("parties", transaction.parties.known().len(), "role");
    derived.note(role, FactPath::root().key("activity"), Derivation::AccountHolder);
    transaction.parties.push(Party { role: Coded::one(CodedTerm::Term(holder)), ..Party::default() });
}

fn may_be(roles: &Terms, holder: Term) -> bool {
    roles.is().is_none_or(|roles| {
        roles.iter().any(|role| match role {
            CodedTerm::Term(role) => *role == holder,
            CodedTerm::OneOf(roles) | CodedTerm::Possibly(roles) => roles.contains(&holder),
            CodedTerm::Unlisted(_) => true,
        })
    })
}
