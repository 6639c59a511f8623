//! Payments in goods: `paid the miners with rice`, `payment was made in diesel`.

use crate::rulebook::Frame;

use super::acts::{ActReader, Spot};
use super::clauses::Clause;
use super::event::ThemeKind;
use super::lexicon::Act;
use super::roles::Roles;
use super::sentence::Parsed;

impl ActReader<'_> {
    /// The supply that a payment in goods is.
    pub(super) fn pays_in_kind(&self, sentence: &Parsed<'_>, clause: &Clause) -> Option<Act> {
        let group = sentence.group(clause.verb)?;
        let pays = group.act().is_some_and(|act| act.activity == self.terms.funds_transfer && act.frame == Frame::Gives);
        let settles = clause.is_passive && self.is_of_payment(sentence, clause);
        ((pays || settles) && !self.goods_paid_with(sentence, clause).is_empty())
            .then_some(Act { activity: self.terms.supply, frame: Frame::Gives })
    }

    /// Who pays whom with which goods.
    pub(super) fn roles_in_kind(&self, spot: &Spot<'_>) -> Roles {
        let Spot { sentence, clause, memory, .. } = *spot;
        let places = |words: &[&str]| -> Vec<usize> {
            clause
                .places
                .iter()
                .filter(|(word, _)| words.contains(&word.as_str()))
                .flat_map(|(_, nouns)| nouns)
                .copied()
                .collect()
        };
        let is_of_payment = self.is_of_payment(sentence, clause);
        let giver = if clause.is_passive || is_of_payment { places(&["by", "from"]) } else { clause.subject.clone() };
        let paid = if clause.is_passive && !is_of_payment { clause.subject.clone() } else { clause.objects.clone() };
        let paid = paid.into_iter().filter(|noun| memory.side(sentence, *noun).is_some());
        let taker = clause.recipient.into_iter().chain(paid).chain(places(&["to"])).collect();
        Roles { giver, taker, themes: self.goods_paid_with(sentence, clause), carrier: Vec::new() }
    }

    fn is_of_payment(&self, sentence: &Parsed<'_>, clause: &Clause) -> bool {
        let is_payment =
            |noun: &usize| sentence.noun(*noun).is_some_and(|noun| self.lexicon.is_word_of(&sentence.head(noun), "payments"));
        clause.subject.iter().any(is_payment)
    }

    /// The goods behind *with* or *in*.
    fn goods_paid_with(&self, sentence: &Parsed<'_>, clause: &Clause) -> Vec<usize> {
        let with = clause
            .places
            .iter()
            .filter(|(word, nouns)| matches!(word.as_str(), "with" | "in") && nouns.first() > Some(&clause.verb));
        let is_goods = |noun: &&usize| {
            let themes = self.themes(sentence, **noun);
            !themes.is_empty() && themes.iter().all(|theme| theme.kind == ThemeKind::Goods)
        };
        with.flat_map(|(_, nouns)| nouns).filter(is_goods).copied().collect()
    }
}
