//! Sums that go from one to another: what armed groups levy, what leaves frozen accounts, whose account it is.

use crate::facts::Term;
use crate::rulebook::{DraftingClass, Frame};

use super::acts::{ActReader, Spot};
use super::clauses::{Clause, Link};
use super::event::{Event, How, Side, Theme, ThemeKind};
use super::lexicon::{Act, NameKind};
use super::memory::Memory;
use super::phrases::Chunk;
use super::roles::Roles;
use super::sentence::{Found, Parsed};

impl ActReader<'_> {
    /// What an armed group takes from those who live or travel there: `Al-Shabaab charges traders 100 dollars a container`.
    pub(super) fn levies(&self, sentence: &Parsed<'_>, clause: &Clause) -> Option<Act> {
        let group = sentence.group(clause.verb)?;
        let levies = !clause.is_passive && self.lexicon.is_listed(sentence.tokens, &group.tokens, "levies");
        let is_group = |noun: &usize| {
            sentence.noun(*noun).is_some_and(|noun| sentence.names_in(noun).iter().any(|found| found.kind == NameKind::Group))
        };
        let objects = || clause.objects.iter().chain(&clause.recipient);
        let is_money = |noun: &usize| self.themes(sentence, *noun).iter().any(|theme| theme.kind == ThemeKind::Money);
        let taxes = self.lexicon.is_listed(sentence.tokens, &group.tokens, "taxes") && !clause.objects.is_empty();
        (levies && clause.subject.iter().any(is_group) && (objects().any(is_money) || taxes))
            .then_some(Act { activity: self.terms.funds_transfer, frame: Frame::Gets })
    }

    /// Who pays what a group levies.
    pub(super) fn roles_of_levy(&self, spot: &Spot<'_>) -> Roles {
        let Spot { sentence, clause, .. } = *spot;
        let is_money = |noun: &usize| self.themes(sentence, *noun).iter().any(|theme| theme.kind == ThemeKind::Money);
        let (themes, payers): (Vec<usize>, Vec<usize>) =
            clause.recipient.iter().chain(&clause.objects).copied().partition(|noun| is_money(noun));
        let from =
            clause.places.iter().filter(|(word, _)| matches!(word.as_str(), "from" | "on" | "of")).flat_map(|(_, nouns)| nouns);
        Roles {
            giver: payers.into_iter().chain(from.copied()).collect(),
            taker: clause.subject.clone(),
            themes,
            carrier: Vec::new(),
        }
    }

    /// Who pays an armed group where it rules, if only their trade is said, is of its State: `lorry drivers pay Al-Shabaab`.
    pub(super) fn taxed(&self, spot: &Spot<'_>, activity: Term, from: &mut Option<Side>, to: Option<&Side>) {
        let Spot { sentence, clause, .. } = *spot;
        let is_payment = self.rulebook.vocabulary.is_a(activity, self.terms.finance);
        let Some(to) = to.filter(|_| is_payment && from.is_none()) else { return };
        let is_group =
            self.lexicon.name_at(sentence.tokens, to.tokens.start).is_some_and(|(_, name)| name.kind == NameKind::Group);
        let is_taxed = |noun: &usize| {
            sentence
                .noun(*noun)
                .is_some_and(|own| self.lexicon.is_word_of(&sentence.head(own), "taxed") && sentence.proper_name(own).is_none())
        };
        let payers = clause.subject.iter().chain(&clause.objects).chain(&clause.recipient);
        let others = clause.places.iter().filter(|(word, _)| matches!(word.as_str(), "by" | "from" | "on")).flat_map(|(_, n)| n);
        let are_taxed = payers.chain(others).any(is_taxed) || self.levies(sentence, clause).is_some();
        if is_group && are_taxed {
            *from = Some(Side { how: How::Supposed, ..to.clone() });
        }
    }

    /// Money that leaves accounts which are frozen: `paid out of frozen accounts of the Libyan Investment Authority`.
    pub(super) fn thaws(&self, sentence: &Parsed<'_>, clause: &Clause) -> Option<Act> {
        let moves = sentence
            .group(clause.verb)
            .is_some_and(|group| !group.is_infinitive && self.lexicon.is_listed(sentence.tokens, &group.tokens, "pays-out"));
        let activity = self.terms.thaw.filter(|_| moves && self.frozen(sentence, clause).is_some())?;
        Some(Act { activity, frame: Frame::Gives })
    }

    /// The frozen accounts that money leaves.
    fn frozen(&self, sentence: &Parsed<'_>, clause: &Clause) -> Option<usize> {
        let is_out = sentence.group(clause.verb).is_some_and(|group| sentence.lower(&group.tokens).ends_with(" out"));
        let from = clause.places.iter().filter(|(word, _)| matches!(word.as_str(), "from" | "out of") || word == "of" && is_out);
        from.flat_map(|(_, nouns)| nouns)
            .copied()
            .find(|noun| sentence.noun(*noun).is_some_and(|noun| self.lexicon.is_listed(sentence.tokens, &noun.tokens, "frozen")))
    }

    /// Who let money leave frozen accounts, and who got it: else whose they are.
    pub(super) fn roles_of_thaw(&self, spot: &Spot<'_>) -> Roles {
        let Spot { sentence, clause, .. } = *spot;
        let places = |words: &[&str]| -> Vec<usize> {
            let places = clause.places.iter().filter(|(word, _)| words.contains(&word.as_str()));
            places.flat_map(|(_, nouns)| nouns).copied().collect()
        };
        let actor = if clause.is_passive { places(&["by"]) } else { clause.subject.clone() };
        let themes = if clause.is_passive { clause.subject.clone() } else { clause.objects.clone() };
        let owner = self.frozen(sentence, clause);
        let banks = places(&["at", "in", "with"]);
        let to = places(&["to", "into"]);
        let taker = to.into_iter().chain(owner).collect();
        Roles { giver: actor.into_iter().chain(banks).collect(), taker, themes, carrier: Vec::new() }
    }

    /// What a verb of payment pays of which only a pronoun or *the rest* tells: the sum that its sentence names.
    pub(super) fn sum_behind(&self, sentence: &Parsed<'_>, clause: &Clause) -> Vec<Theme> {
        let is_money = |theme: &Theme| theme.kind == ThemeKind::Money;
        let nouns = (clause.verb + 1..sentence.chunks.len()).filter(|at| sentence.noun(*at).is_some());
        nouns.flat_map(|noun| self.themes(sentence, noun)).find(is_money).into_iter().collect()
    }

    /// The States where the accounts are into which a sum is paid, as far as they are not those of whoever gets it.
    pub(super) fn seats_of_accounts(&self, sentence: &Parsed<'_>, roles: &Roles, to: Option<&Side>) -> Vec<Side> {
        let accounts = roles.taker.iter().copied().filter(|noun| is_account(sentence, *noun));
        let seats = accounts.filter_map(|noun| {
            let place = sentence.beside(noun)?;
            let found = sentence.names_in(sentence.noun(place)?).into_iter().next()?;
            Some(Side { country: found.country, tokens: found.tokens, how: How::Named })
        });
        seats.filter(|seat| to.is_some_and(|to| to.country != seat.country)).collect()
    }

    /// Wages of workers of whom the sentence says that their embassy takes a part of them.
    pub(super) fn is_wage(&self, sentence: &Parsed<'_>, event: &Event) -> bool {
        event.frame == Frame::Gets
            && event.themes.iter().any(|theme| theme.kind == ThemeKind::Money)
            && self.lexicon.is_listed(sentence.tokens, &sentence.range, "missions")
            && self.lexicon.is_listed(sentence.tokens, &sentence.range, "collects")
    }

    /// True for a payment as a noun of which the words say who pays and who is paid: `payments by Eritrea to Al-Shabaab`.
    pub(super) fn is_payment_noun(&self, act: Act) -> bool {
        self.rulebook.vocabulary.is_a(act.activity, self.terms.funds_transfer)
    }

    /// True for *it* in `the mill said that it had ordered coal`, where nothing says of which State the mill is.
    pub(super) fn is_speaker_of_none(&self, sentence: &Parsed<'_>, clause: &Clause, noun: usize, memory: &Memory) -> bool {
        let Link::Governed(governor) = clause.link else { return false };
        let is_it = sentence.noun(noun).is_some_and(|noun| noun.is_pronoun && sentence.head(noun) == "it");
        let Some(governor) = sentence.clauses.get(governor).filter(|_| is_it && clause.subject.contains(&noun)) else {
            return false;
        };
        let says = sentence.group(governor.verb).is_some_and(|group| {
            matches!(group.governs(), DraftingClass::Says | DraftingClass::Believes | DraftingClass::Denies)
        });
        let is_business = |noun: &usize| {
            sentence.noun(*noun).is_some_and(|own| self.lexicon.is_word_of(&sentence.head(own), "businesses"))
                && memory.named(sentence, *noun).is_none()
        };
        says && governor.subject.iter().any(is_business)
    }
}

/// True for accounts and wallets.
fn is_account(sentence: &Parsed<'_>, noun: usize) -> bool {
    sentence.noun(noun).is_some_and(|noun| sentence.lexicon.is_word_of(&sentence.head(noun), "accounts"))
}

/// The State under measures whose an account is said to be: `accounts in China controlled by North Korea's spy service`, `an account in
/// Shenyang that North Korea controls`.
pub(super) fn holder_of_account(sentence: &Parsed<'_>, chunk: usize, targets: &[Term]) -> Option<Found> {
    if !is_account(sentence, chunk) {
        return None;
    }
    let mut at = chunk + 1;
    for _ in 0..2 {
        if matches!(sentence.chunks.get(at), Some(Chunk::Preposition(_))) && sentence.noun(at + 1).is_some() {
            at += 2;
        }
    }
    let holds = |at: usize| {
        sentence.group(at).is_some_and(|group| {
            !group.is_negated
                && group.modal.is_none()
                && sentence.lexicon.is_listed(sentence.tokens, &group.tokens, "holds-account")
        })
    };
    let named = |at: usize| {
        let names = sentence.noun(at).map(|noun| sentence.names_in(noun)).unwrap_or_default();
        names.into_iter().find(|found| targets.contains(&found.country))
    };
    let direct = |at: usize| named(at).or_else(|| named(sentence.of(at)?));
    match (sentence.chunks.get(at)?, sentence.chunks.get(at + 1)) {
        (Chunk::Verb(_), Some(Chunk::Preposition(_))) if holds(at) => direct(at + 2),
        (Chunk::That | Chunk::Relative(_), Some(Chunk::Noun(_))) => {
            let verb = (at + 2..at + 7).find(|at| sentence.group(*at).is_some())?;
            if holds(verb) { direct(at + 1) } else { None }
        }
        (Chunk::That | Chunk::Relative(_), Some(Chunk::Verb(_))) if holds(at + 1) => direct(at + 3),
        _ => None,
    }
}
