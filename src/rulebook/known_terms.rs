//! The terms of the vocabulary whose meaning is built into the evaluation.

use crate::facts::{Scheme, Term};

use super::Vocabulary;

/// Terms with a built-in meaning, resolved once when the vocabulary is loaded. `None` if the vocabulary lacks the term; then no
/// reported fact has it.
#[derive(Debug, Default, Clone, Copy)]
pub struct KnownTerms {
    /// The stage `planned`.
    pub planned: Option<Term>,
    /// The stage `attempted`.
    pub attempted: Option<Term>,
    /// The stage `ongoing`.
    pub ongoing: Option<Term>,
    /// The stage `refused`.
    pub refused: Option<Term>,
    /// The stage `abandoned`.
    pub abandoned: Option<Term>,
    /// The evidence level `established`.
    pub established: Option<Term>,
    /// The evidence level `alleged`.
    pub alleged: Option<Term>,
    /// The regime's sanctions committee, as a body that decides.
    pub committee: Option<Term>,
    /// The Security Council itself, as a body that decides.
    pub council: Option<Term>,
    /// The outcome `refused` of a permission.
    pub permission_refused: Option<Term>,
    /// The outcome `asked` of a permission that nobody has given yet.
    pub permission_asked: Option<Term>,
    /// The unit `days`.
    pub days: Option<Term>,
    /// The unit `working-days`.
    pub working_days: Option<Term>,
    /// The unit `months`.
    pub months: Option<Term>,
    /// The unit `pieces`.
    pub pieces: Option<Term>,
    /// The relation `same-as`, between two reports of one act.
    pub same_as: Option<Term>,
    /// The relation `leg-of`, of a leg of a journey to the whole.
    pub leg_of: Option<Term>,
    /// The activity `passes`, of what changes place or hands.
    pub passes: Option<Term>,
    /// The call `loading` at a port.
    pub loading: Option<Term>,
    /// The paper `certificate-of-origin`.
    pub certificate_of_origin: Option<Term>,
    /// The activity `finance`.
    pub finance: Option<Term>,
    /// The activity `loan`, of money.
    pub loan: Option<Term>,
    /// The activity `loan-of-goods`.
    pub loan_of_goods: Option<Term>,
    /// The activity `acts`, of what a State, force or group does by itself.
    pub acts: Option<Term>,
    /// The role `owner`.
    pub owner: Option<Term>,
    /// The role `operator`.
    pub operator: Option<Term>,
    /// The role `charterer`.
    pub charterer: Option<Term>,
    /// The role `authority`.
    pub authority: Option<Term>,
    /// The activity `release`.
    pub release: Option<Term>,
    /// The activity `restitution`.
    pub restitution: Option<Term>,
    /// The activity `dealing-with-frozen-assets`.
    pub dealing_with_frozen_assets: Option<Term>,
    /// The kind of subject `account`.
    pub account: Option<Term>,
    /// The activity `account`, of keeping one.
    pub keeping_an_account: Option<Term>,
    /// The role `account-holder`.
    pub account_holder: Option<Term>,
    /// The activity `hosts`, of letting people, ships, aircraft or offices in.
    pub hosts: Option<Term>,
    /// The activity `enforcement`, of what authorities do.
    pub enforcement: Option<Term>,
    /// The activity `meeting`.
    pub meeting: Option<Term>,
    /// The activity `training`.
    pub training: Option<Term>,
    /// The role `attacker`.
    pub attacker: Option<Term>,
    /// The role `traveller`.
    pub traveller: Option<Term>,
    /// The role `flag-state`.
    pub flag_state: Option<Term>,
    /// The part `traded` of a ship or aircraft that itself changes hands.
    pub traded: Option<Term>,
    /// The activity `ship-to-ship-transfer`.
    pub transfer_at_sea: Option<Term>,
    /// The part `delivering` of a ship that hands cargo over to another.
    pub delivering: Option<Term>,
    /// The part `receiving` of a ship that takes cargo over from another.
    pub receiving: Option<Term>,
}

impl KnownTerms {
    pub(in crate::rulebook) fn resolve(vocabulary: &Vocabulary) -> Self {
        let term = |scheme, id| vocabulary.term(scheme, id);
        Self {
            planned: term(Scheme::Stage, "planned"),
            attempted: term(Scheme::Stage, "attempted"),
            ongoing: term(Scheme::Stage, "ongoing"),
            refused: term(Scheme::Stage, "refused"),
            abandoned: term(Scheme::Stage, "abandoned"),
            established: term(Scheme::Evidence, "established"),
            alleged: term(Scheme::Evidence, "alleged"),
            committee: term(Scheme::Body, "committee"),
            council: term(Scheme::Body, "council"),
            permission_refused: term(Scheme::Outcome, "refused"),
            permission_asked: term(Scheme::Outcome, "asked"),
            days: term(Scheme::Unit, "days"),
            working_days: term(Scheme::Unit, "working-days"),
            months: term(Scheme::Unit, "months"),
            pieces: term(Scheme::Unit, "pieces"),
            same_as: term(Scheme::Relation, "same-as"),
            leg_of: term(Scheme::Relation, "leg-of"),
            passes: term(Scheme::Activity, "passes"),
            loading: term(Scheme::Call, "loading"),
            certificate_of_origin: term(Scheme::DocumentKind, "certificate-of-origin"),
            finance: term(Scheme::Activity, "finance"),
            loan: term(Scheme::Activity, "loan"),
            loan_of_goods: term(Scheme::Activity, "loan-of-goods"),
            acts: term(Scheme::Activity, "acts"),
            owner: term(Scheme::Role, "owner"),
            operator: term(Scheme::Role, "operator"),
            charterer: term(Scheme::Role, "charterer"),
            authority: term(Scheme::Role, "authority"),
            release: term(Scheme::Activity, "release"),
            restitution: term(Scheme::Activity, "restitution"),
            dealing_with_frozen_assets: term(Scheme::Activity, "dealing-with-frozen-assets"),
            account: term(Scheme::SubjectKind, "account"),
            keeping_an_account: term(Scheme::Activity, "account"),
            account_holder: term(Scheme::Role, "account-holder"),
            hosts: term(Scheme::Activity, "hosts"),
            enforcement: term(Scheme::Activity, "enforcement"),
            meeting: term(Scheme::Activity, "meeting"),
            training: term(Scheme::Activity, "training"),
            attacker: term(Scheme::Role, "attacker"),
            traveller: term(Scheme::Role, "traveller"),
            flag_state: term(Scheme::Role, "flag-state"),
            traded: term(Scheme::VesselRole, "traded"),
            transfer_at_sea: term(Scheme::Activity, "ship-to-ship-transfer"),
            delivering: term(Scheme::VesselRole, "delivering"),
            receiving: term(Scheme::VesselRole, "receiving"),
        }
    }
}
