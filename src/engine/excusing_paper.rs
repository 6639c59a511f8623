//! Which permissions, notices and findings can excuse an act: those of a competent body, made since the measure began, not
//! refused, not run out, and about this act.
//!
//! Conditions need not repeat this. [`doubts_about`] adds it to every condition on such a paper inside an exception, and inside
//! what fulfils a duty. A fact that the paper leaves out counts in its favour, unless the condition asks for it.

use chrono::NaiveDate;
use smallvec::SmallVec;

use crate::document::Span;
use crate::facts::{
    Amount, Authorisation, Coded, CodedTerm, Determination, FieldRole, Notification, Period, Record, Scheme, Table, Term,
    Transaction, Truth,
};
use crate::rulebook::{Condition, ConditionKind, Decider, Rule, Vocabulary};

use super::paper_scope::covers_act;
use super::{EvalContext, TransactionMemo, UnknownCause};

/// What a paper is to excuse, and who may do so.
#[derive(Clone, Copy)]
pub(super) struct Excuse<'a> {
    /// The rule whose breach it excuses, or whose duty it fulfils.
    pub(super) rule: &'a Rule,
    /// Who decides on the exception; `None` for a duty.
    pub(super) decided_by: Option<Decider>,
    /// The day before which nobody could know the measure.
    pub(super) began: Option<NaiveDate>,
    /// The place of the exception or duty in the rule file.
    pub(super) span: &'a Span,
}

/// A reason why a paper does not excuse, or may not.
pub(super) struct Doubt {
    /// The key of the fact that raises it.
    pub(super) key: &'static str,
    /// What the paper would have to be.
    pub(super) claim: &'static str,
    /// False if the paper does not excuse, unknown if it may not.
    pub(super) truth: Truth,
    /// Why it is unknown.
    pub(super) cause: Option<UnknownCause>,
}

/// A paper without a last day counts for so many days.
const USUAL_DAYS: i64 = 366;

/// Everything that keeps a paper from excusing an act, or may. `of` is the condition that asks for the paper, `index` the paper's
/// position in its list.
pub(super) fn doubts_about<'a>(
    paper: &dyn Record,
    index: usize,
    of: &Condition,
    excuse: &Excuse<'a>,
    context: &EvalContext<'a>,
    memo: &TransactionMemo<'a>,
) -> SmallVec<[Doubt; 2]> {
    let checks = Checks { of, excuse, context, table: paper.table(), doubts: SmallVec::new() };
    let transaction = context.transaction;
    if paper.table() == Authorisation::TABLE {
        transaction.authorisations.known().get(index).map(|paper| checks.of_authorisation(paper, memo))
    } else if paper.table() == Notification::TABLE {
        transaction.notifications.known().get(index).map(|paper| checks.of_notification(paper, memo))
    } else if paper.table() == Determination::TABLE {
        transaction.determinations.known().get(index).map(|paper| checks.of_determination(paper))
    } else {
        None
    }
    .unwrap_or_default()
}

/// True for the records that only excuse if nothing speaks against them.
pub(super) fn is_excusing_paper(table: &'static Table) -> bool {
    [Authorisation::TABLE, Notification::TABLE, Determination::TABLE].contains(&table)
}

struct Checks<'x, 'a> {
    of: &'x Condition,
    excuse: &'x Excuse<'a>,
    context: &'x EvalContext<'a>,
    table: &'static Table,
    doubts: SmallVec<[Doubt; 2]>,
}

impl<'a> Checks<'_, 'a> {
    fn of_authorisation(mut self, paper: &'a Authorisation, memo: &TransactionMemo<'a>) -> SmallVec<[Doubt; 2]> {
        self.maker(&paper.by);
        if !self.asks("outcome") {
            let known = self.context.rulebook.vocabulary.known_terms();
            let is_no = |term: Term| [known.permission_refused, known.permission_asked].contains(&Some(term));
            self.none_of("outcome", "granted, not only asked for or refused", &paper.outcome, is_no);
            if let (Some(date), Some(act), false) = (paper.date, self.context.date(), self.asks_date()) {
                let after = date.after(&act);
                if after != Truth::False {
                    self.doubt("date", "made before the act", !after);
                }
            }
            if let (Some(from), Some(act)) = (paper.valid_from, self.context.date()) {
                self.refute("valid_from", "in force by then", from.after(&act));
            }
            if paper.valid_until.is_none() && paper.valid_for.is_some() {
                self.doubt("valid_for", "not run out", Truth::Unknown);
            }
            if let Some(until) = paper.valid_until {
                // An act that may have come later, or at any time, may not be covered.
                match self.context.date().map_or(Truth::Unknown, |act| until.before(&act)) {
                    Truth::False => {}
                    ran_out => self.doubt("valid_until", "not run out", !ran_out),
                }
            }
            self.time(paper.date.or(paper.valid_from), paper.valid_until);
            if self.is_refusal(paper) == Truth::False {
                self.last_word(paper, memo);
            }
        }
        self.reference(paper.r#ref.as_deref());
        self.covers(paper.covers.as_deref(), memo);
        self.amount(paper.quantity.as_ref());
        self.unread(paper.unread);
        self.doubts
    }

    /// A doubt if the same body refused later what the paper grants, before the act: its last word counts.
    fn last_word(&mut self, paper: &Authorisation, memo: &TransactionMemo<'a>) {
        /// So many refusals are compared with a permission; of more it is not known what they say.
        const MOST_REFUSALS: usize = 16;
        let papers = self.context.transaction.authorisations.known().iter();
        let mut refusals = papers.filter(|other| self.is_refusal(other) != Truth::False);
        let compared = Truth::any(refusals.by_ref().take(MOST_REFUSALS).map(|refusal| self.takes_back(refusal, paper, memo)));
        let withdrawn = if refusals.next().is_some() { compared.max(Truth::Unknown) } else { compared };
        if withdrawn != Truth::False {
            self.doubt("valid_until", "not refused afterwards", !withdrawn);
        }
    }

    /// Whether a refusal takes back what a paper grants.
    fn takes_back(&self, refusal: &'a Authorisation, paper: &Authorisation, memo: &TransactionMemo<'a>) -> Truth {
        let is_later = match (paper.date.or(paper.valid_from), refusal.date) {
            (Some(granted), Some(refused)) => refused.after(&granted),
            _ => Truth::Unknown,
        };
        let comes_in_time = match (refusal.date, self.context.date()) {
            (Some(refused), Some(act)) => refused.until(&act),
            _ => Truth::Unknown,
        };
        let is_same_body = self.is_same_body(&paper.by, &refusal.by);
        let so_far = Truth::all([self.is_refusal(refusal), is_later, comes_in_time, is_same_body]);
        match refusal.covers.as_deref().filter(|_| so_far != Truth::False) {
            Some(covers) => so_far.min(covers_act(&memo.covered(covers), self.excuse.rule, self.context, memo)),
            None => so_far,
        }
    }

    /// Whether a paper refuses, or takes back; unknown if the word for its outcome is not understood: `suspended`.
    fn is_refusal(&self, paper: &Authorisation) -> Truth {
        let refused = self.context.rulebook.vocabulary.known_terms().permission_refused;
        Truth::any(paper.outcome.is().unwrap_or_default().iter().map(|outcome| match outcome {
            CodedTerm::Term(term) => Truth::from(Some(*term) == refused),
            CodedTerm::OneOf(terms) | CodedTerm::Possibly(terms) if !terms.iter().any(|term| Some(*term) == refused) => {
                Truth::False
            }
            CodedTerm::OneOf(_) | CodedTerm::Possibly(_) | CodedTerm::Unlisted(_) => Truth::Unknown,
        }))
    }

    /// Whether two papers are of one body; unknown where one of them names none.
    fn is_same_body(&self, body: &Coded<CodedTerm>, other: &Coded<CodedTerm>) -> Truth {
        let (Some(own), Some(others)) = (body.is(), other.is()) else { return Truth::Unknown };
        match own.iter().any(|body| others.contains(body)) {
            true => Truth::True,
            false => self.of_these_measures(body).min(self.of_these_measures(other)),
        }
    }

    fn of_notification(mut self, paper: &'a Notification, memo: &TransactionMemo<'a>) -> SmallVec<[Doubt; 2]> {
        self.maker(&paper.by);
        let known = self.context.rulebook.vocabulary.known_terms();
        let vocabulary = &self.context.rulebook.vocabulary;
        let is_committee = |term: Term| known.committee.is_some_and(|committee| vocabulary.is_a(term, committee));
        self.none_of("by", "given by a State", &paper.by, is_committee);
        self.addressee(&paper.to);
        self.reference(paper.r#ref.as_deref());
        self.time(paper.date, None);
        self.covers(paper.covers.as_deref(), memo);
        self.amount(paper.quantity.as_ref());
        self.unread(paper.unread);
        self.doubts
    }

    fn of_determination(mut self, paper: &Determination) -> SmallVec<[Doubt; 2]> {
        self.maker(&paper.by);
        self.since_the_measure(paper.date);
        self.unread(paper.unread);
        self.doubts
    }

    /// What could not be read may speak against the paper.
    fn unread(&mut self, unread: Option<bool>) {
        if unread == Some(true) {
            self.doubt("unread", "wholly read", Truth::Unknown);
        }
    }

    /// The maker is the Committee or a State that has a part in the act, and never the target.
    fn maker(&mut self, by: &Coded<CodedTerm>) {
        let vocabulary = &self.context.rulebook.vocabulary;
        // A condition that names the maker takes this over: some paragraphs leave it to the target's Government.
        if !self.asks("by") {
            let target = self.context.rulebook.target_of(self.excuse.rule);
            self.none_of("by", "not made by the target of the measures", by, |term| target.contains(&term));
        }
        let known = vocabulary.known_terms();
        let Some(makers) = by.is().filter(|makers| !makers.is_empty()) else { return };
        // The Council can give itself the leave that it lets a Committee give.
        let is_council = makers.iter().any(|maker| matches!(maker, CodedTerm::Term(term) if known.council == Some(*term)));
        let committee = self.of_these_measures(by);
        match self.excuse.decided_by.filter(|_| self.table != Notification::TABLE) {
            Some(Decider::Council) if !is_council => {
                self.doubt("by", "made by the Security Council", committee.min(Truth::Unknown));
            }
            Some(Decider::Committee) if committee != Truth::True => self.doubt("by", "made by the Committee", committee),
            _ => {}
        }
        let is_committee = committee == Truth::True;
        let is_body = |maker: &CodedTerm| matches!(maker, CodedTerm::Term(term) if vocabulary.is_in(*term, Scheme::Body));
        if is_committee || self.asks("by") && makers.iter().any(is_body) {
            return;
        }
        let states = states_of(self.context.transaction, vocabulary);
        let takes_part = |maker: &CodedTerm| matches!(maker, CodedTerm::Term(term) if states.contains(term));
        if !makers.iter().any(takes_part) {
            self.doubt("by", "made by a State that has a part in the act", Truth::Unknown);
        }
    }

    /// Whether a body is the Council or the Committee of these measures, not that of others; unknown of a word that the vocabulary does
    /// not have.
    fn of_these_measures(&self, body: &Coded<CodedTerm>) -> Truth {
        let rulebook = self.context.rulebook;
        let is = |term: &Term| rulebook.is_committee_of(*term, self.excuse.rule);
        Truth::any(body.is().unwrap_or_default().iter().map(|body| match body {
            CodedTerm::Term(term) => is(term),
            CodedTerm::OneOf(terms) if terms.iter().all(|term| is(term) == Truth::True) => Truth::True,
            CodedTerm::OneOf(terms) | CodedTerm::Possibly(terms) if terms.iter().all(|term| is(term) == Truth::False) => {
                Truth::False
            }
            CodedTerm::OneOf(_) | CodedTerm::Possibly(_) | CodedTerm::Unlisted(_) => Truth::Unknown,
        }))
    }

    /// A doubt if a notice went to a Committee, and surely to that of other measures.
    fn addressee(&mut self, to: &Coded<CodedTerm>) {
        let vocabulary = &self.context.rulebook.vocabulary;
        let committee = vocabulary.known_terms().committee;
        let is_committee = |body: &CodedTerm| matches!(body, CodedTerm::Term(term) if committee.is_some_and(|wide| vocabulary.is_a(*term, wide)));
        if to.is().unwrap_or_default().iter().any(is_committee) && self.of_these_measures(to) == Truth::False {
            self.doubt("to", "given to the Committee of these measures", Truth::False);
        }
    }

    /// A doubt if the reference of a paper names the Committee of other measures: `by: committee, ref: 1970 Committee`.
    fn reference(&mut self, reference: Option<&str>) {
        let vocabulary = &self.context.rulebook.vocabulary;
        let committee = vocabulary.known_terms().committee;
        let is_committee = |term: &Term| committee.is_some_and(|wide| vocabulary.is_a(*term, wide));
        let body = reference.and_then(|text| vocabulary.term_meant(Scheme::Body, text)).filter(is_committee);
        if body.is_some_and(|body| self.context.rulebook.is_committee_of(body, self.excuse.rule) == Truth::False) {
            self.doubt("ref", "of the Committee of these measures", Truth::False);
        }
    }

    fn time(&mut self, date: Option<Period>, valid_until: Option<Period>) {
        self.since_the_measure(date);
        if let (Some(made), Some(act), None) = (date, self.context.date(), valid_until)
            && made.shifted(USUAL_DAYS).before(&act) == Truth::True
        {
            self.doubt("date", "about this act, not one of another year", Truth::Unknown);
        }
    }

    fn since_the_measure(&mut self, date: Option<Period>) {
        let too_early = date.zip(self.excuse.began).map(|(date, began)| date.before(&Period::day(began)));
        self.refute("date", "made since the measure began", too_early.unwrap_or(Truth::False));
    }

    /// A paper excuses no more than the amount that it is about. One that is told as a bound (`at least 300 t`) may be about no more
    /// than the least.
    fn amount(&mut self, paper: Option<&Amount>) {
        let Some(paper) = paper else { return };
        let transaction = self.context.transaction;
        let moved = transaction.items.known().iter().filter_map(|item| item.quantity.as_ref()).chain(&transaction.quantity);
        for moved in moved {
            let Some(moved) = self.context.rulebook.vocabulary.convert(&moved.range, moved.unit, paper.unit) else { continue };
            match paper.range.high {
                Some(most) if moved.low > most => self.doubt("quantity", "about as much as moved", Truth::False),
                Some(_) if moved.high.is_some() => {}
                None if moved.high.is_some_and(|high| high <= paper.range.low) => {}
                _ => self.doubt("quantity", "about as much as moved", Truth::Unknown),
            }
        }
    }

    fn covers(&mut self, covers: Option<&'a str>, memo: &TransactionMemo<'a>) {
        let Some(covers) = covers else { return };
        let covered = memo.covered(covers);
        let truth = covers_act(&covered, self.excuse.rule, self.context, memo);
        if truth != Truth::True {
            self.doubt("covers", "about these goods or this act", truth);
        }
        if covered.limits.is_of_another_time(self.context.date()) {
            self.doubt("covers", "about this time", Truth::Unknown);
        }
        let items = self.context.transaction.items.known();
        let concerned = self.context.item.map_or(items, |bound| items.get(bound..=bound).unwrap_or_default());
        let exceeded = covered.limits.is_exceeded_by(concerned, self.context.transaction, &self.context.rulebook.vocabulary);
        if exceeded != Truth::False {
            self.doubt("covers", "about so many", !exceeded);
        }
        let names = covered.names_of_act(self.context.transaction, self.context.rulebook);
        if names != Truth::True {
            self.doubt("covers", "about these persons and places", names);
        }
    }

    /// A doubt if the fact is surely one of some terms; an ambiguous or unlisted one leaves it open.
    fn none_of(&mut self, key: &'static str, claim: &'static str, fact: &Coded<CodedTerm>, is_one: impl Fn(Term) -> bool) {
        for term in fact.is().unwrap_or_default() {
            match term {
                CodedTerm::Term(term) if is_one(*term) => self.doubt(key, claim, Truth::False),
                CodedTerm::OneOf(terms) | CodedTerm::Possibly(terms) if terms.iter().any(|term| is_one(*term)) => {
                    self.doubt(key, claim, Truth::Unknown)
                }
                CodedTerm::Unlisted(_) => self.doubt(key, claim, Truth::Unknown),
                CodedTerm::Term(_) | CodedTerm::OneOf(_) | CodedTerm::Possibly(_) => {}
            }
        }
    }

    /// A doubt if what speaks against the paper is surely so.
    fn refute(&mut self, key: &'static str, claim: &'static str, against: Truth) {
        if against == Truth::True {
            self.doubt(key, claim, Truth::False);
        }
    }

    fn doubt(&mut self, key: &'static str, claim: &'static str, truth: Truth) {
        let cause = (truth == Truth::Unknown).then_some(UnknownCause::Imprecise);
        self.doubts.push(Doubt { key, claim, truth, cause });
    }

    /// True if the condition itself asks for a fact of the paper.
    fn asks(&self, key: &str) -> bool {
        let row = self.table.position(key);
        let mut asks = false;
        self.of.walk(&mut |c| asks |= matches!(&c.kind, ConditionKind::Fact { row: asked, .. } if Some(*asked) == row));
        asks
    }

    /// True if the condition itself bounds the date of the paper.
    fn asks_date(&self) -> bool {
        let mut asks = false;
        self.of.walk(&mut |c| asks |= matches!(c.kind, ConditionKind::Dated(_)));
        asks || self.table.with_role(FieldRole::MadeOn).is_none()
    }
}

/// The States that a transaction names: of its sides, of its way, and of whoever has a part in it.
fn states_of(transaction: &Transaction, vocabulary: &Vocabulary) -> Vec<Term> {
    let mut states = Vec::new();
    let mut add = |fact: &Coded<CodedTerm>| {
        let terms = fact.is().unwrap_or_default().iter().flat_map(|term| match term {
            CodedTerm::Term(term) => std::slice::from_ref(term),
            CodedTerm::OneOf(terms) | CodedTerm::Possibly(terms) => terms.as_slice(),
            CodedTerm::Unlisted(_) => &[],
        });
        states.extend(terms.copied().filter(|term| vocabulary.is_in(*term, Scheme::Country)));
    };
    for side in [transaction.from.get(), transaction.to.get()].into_iter().flatten() {
        add(&side.country);
        add(&side.nationality);
    }
    add(&transaction.via);
    for party in transaction.parties.known() {
        add(&party.country);
        add(&party.nationality);
    }
    for vessel in transaction.vessels.known() {
        add(&vessel.flag);
        add(&vessel.country);
    }
    transaction.aircraft.known().iter().for_each(|aircraft| add(&aircraft.flag));
    transaction.ports.known().iter().for_each(|port| add(&port.country));
    transaction.actions.known().iter().for_each(|action| add(&action.by));
    transaction.items.known().iter().for_each(|item| add(&item.origin));
    for people in transaction.people.known() {
        add(&people.nationality);
        add(&people.also_national_of);
    }
    states
}
