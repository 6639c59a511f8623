//! The activities that reading an article asks for by name.

use crate::facts::{Scheme, Term};
use crate::rulebook::Rulebook;

/// The activities that are asked for by name.
#[derive(Debug, Clone, Copy)]
pub(super) struct ActTerms {
    pub(super) supply: Term,
    pub(super) deployment: Term,
    pub(super) employment: Term,
    pub(super) military_training: Term,
    pub(super) launch: Term,
    pub(super) real_property: Term,
    pub(super) funds_transfer: Term,
    pub(super) technical_assistance: Term,
    pub(super) account: Term,
    pub(super) theft: Term,
    pub(super) teaching: Term,
    pub(super) bank_branch: Term,
    pub(super) joint_venture: Term,
    pub(super) construction: Term,
    pub(super) maintenance: Term,
    pub(super) flagging: Term,
    pub(super) sale: Term,
    pub(super) gift: Term,
    pub(super) fishing_rights: Term,
    pub(super) vessel_registration: Term,
    pub(super) travel: Term,
    pub(super) vessel_insurance: Term,
    pub(super) training: Term,
    pub(super) finance: Term,
    pub(super) port_call: Term,
    pub(super) bulk_cash: Term,
    pub(super) crewing: Term,
    pub(super) ship_to_ship: Term,
    pub(super) denial: Option<Term>,
    /// What is done with assets that are frozen.
    pub(super) thaw: Option<Term>,
    pub(super) offer: Option<Term>,
}

impl ActTerms {
    pub(super) fn new(rulebook: &Rulebook) -> Option<Self> {
        let term = |id: &str| rulebook.vocabulary.term(Scheme::Activity, id);
        Some(Self {
            supply: term("supply")?,
            deployment: term("deployment")?,
            employment: term("employment")?,
            military_training: term("military-training")?,
            launch: term("launch")?,
            real_property: term("real-property")?,
            funds_transfer: term("funds-transfer")?,
            technical_assistance: term("technical-assistance")?,
            account: term("account")?,
            theft: term("theft")?,
            teaching: term("specialised-teaching")?,
            bank_branch: term("bank-branch")?,
            joint_venture: term("joint-venture")?,
            construction: term("construction")?,
            maintenance: term("maintenance")?,
            flagging: term("flagging")?,
            sale: term("sale")?,
            gift: term("gift")?,
            fishing_rights: term("fishing-rights")?,
            vessel_registration: term("vessel-registration")?,
            travel: term("travel")?,
            vessel_insurance: term("vessel-insurance")?,
            training: term("training")?,
            finance: term("finance")?,
            port_call: term("port-call")?,
            bulk_cash: term("bulk-cash")?,
            crewing: term("crewing")?,
            ship_to_ship: term("ship-to-ship-transfer")?,
            thaw: rulebook.vocabulary.term(Scheme::Activity, "dealing-with-frozen-assets"),
            denial: rulebook.vocabulary.term(Scheme::Activity, "denial"),
            offer: rulebook.vocabulary.term(Scheme::Activity, "procurement-offer"),
        })
    }
}
