//! What stands before a verb: its subject, fronted phrases, and how its clause hangs on what comes before.

use chrono::Datelike;

use crate::rulebook::{DraftingClass, Frame};

use super::clauses::{Clause, ClauseReader, Link, REACH};
use super::lexicon::{NameKind, VerbForm};
use super::phrases::{Chunk, NounPhrase};

impl ClauseReader<'_> {
    pub(super) fn read_left(&self, clause: &mut Clause) {
        let limit = self.at.saturating_sub(REACH);
        let mut fronted: Vec<(String, Vec<usize>)> = Vec::new();
        let mut behind_comma = false;
        let dates_behind = clause.dates.len();
        let mut at = self.at;
        while at > limit {
            at -= 1;
            let Some(chunk) = self.chunks.get(at) else { break };
            let has_subject = !clause.subject.is_empty();
            match chunk {
                Chunk::Adverb(_) | Chunk::Negation | Chunk::Quote => {}
                Chunk::Date(date) => clause.dates.push(date.clone()),
                Chunk::Parenthesis => {
                    let opening = (limit..at).rev().find(|at| matches!(self.chunks.get(*at), Some(Chunk::Parenthesis)));
                    at = opening.unwrap_or(at);
                }
                Chunk::Noun(noun) => {
                    if at > 0
                        && let Some(Chunk::Preposition(word)) = self.chunks.get(at - 1)
                    {
                        if has_subject || behind_comma || word != "of" {
                            fronted.push((word.clone(), vec![at]));
                        }
                        at -= 1;
                        continue;
                    }
                    if self.group.is_infinitive && !has_subject {
                        self.link_infinitive(clause, at, noun);
                        break;
                    }
                    if behind_comma {
                        break;
                    }
                    // `Workers from Nepal and Bangladesh have been hired`
                    if !has_subject && let Some((preposition, first)) = self.names_behind(at) {
                        fronted.push((preposition, vec![first, at]));
                        at = first - 1;
                        continue;
                    }
                    if has_subject {
                        // `missiles Russia supplied`
                        if clause.objects.is_empty() && clause.subject.first() == Some(&(at + 1)) {
                            clause.objects = vec![at];
                            clause.link = Link::Relative;
                        }
                        break;
                    }
                    // `a boat with rifles and launchers ran aground`: the boat did.
                    if let Some(root) = self.root_of_load(at) {
                        let load = (root + 2..=at).filter(|noun| self.is_noun(*noun) && !self.is_behind_of(*noun));
                        fronted.push(("with".to_owned(), load.collect()));
                        at = root + 1;
                        continue;
                    }
                    // `the man who hired them sold rifles`: what the aside is about does not act.
                    if let Some(noun) = self.relative_ends_at(at) {
                        fronted.clear();
                        at = noun + 1;
                        continue;
                    }
                    clause.subject = self.subject_list(at, limit);
                    // What stood between the noun and the verb belongs to the noun.
                    clause.places.append(&mut fronted);
                    at = clause.subject.first().copied().unwrap_or(at);
                }
                Chunk::Comma if !has_subject => match self.parenthesis_before(at, limit) {
                    Some(noun) => at = noun + 1,
                    None => {
                        // `coins: 38,000 dollars, paid by the studio, moved`
                        let opens = at.checked_sub(1).and_then(|noun| self.opens_behind_stop(noun));
                        if let Some(noun) = opens
                            && self.group.is_bare(&[VerbForm::Past, VerbForm::Participle])
                        {
                            clause.subject = vec![noun];
                        // A participle behind a comma says more of the clause before it.
                        } else if self.group.is_bare(&[VerbForm::Ing, VerbForm::Past, VerbForm::Participle])
                            && let Some((governor, before)) = self.clause_before(self.at)
                        {
                            clause.subject.clone_from(&before.subject);
                            clause.link = Link::Coordinated(governor);
                        } else if at + 1 == self.at
                            && self.group.is_finite
                            && self.group.modal.is_none()
                            && let Some((governor, before)) = self.clause_before(self.at)
                            && !before.subject.is_empty()
                            && !matches!(before.link, Link::Relative | Link::Subordinate(_))
                        {
                            // `left Copenhagen, went to Dalian and were unloaded`
                            clause.subject.clone_from(&before.subject);
                            clause.link = Link::Coordinated(governor);
                        } else if self.group.is_bare(&[VerbForm::Past, VerbForm::Participle])
                            && let Some(noun) = at.checked_sub(1).and_then(|at| self.antecedent(at))
                        {
                            // `Two statues, made by Mansudae, have stood`
                            clause.subject = vec![noun];
                        }
                        break;
                    }
                },
                Chunk::Comma => {
                    behind_comma = true;
                    // `From the mines at Rubaya, which rebels hold, coltan passes into Rwanda.`
                    let is_relative = |noun: &usize| matches!(self.chunks.get(noun + 2), Some(Chunk::Relative(_)));
                    if let Some(noun) = self.parenthesis_before(at, limit).filter(is_relative) {
                        at = noun + 1;
                    }
                }
                Chunk::Conjunction(_) if has_subject => {
                    // `when floods destroyed the harvest and Japan gave rice`
                    if let Some((_, before)) = self.clause_before(at)
                        && let Link::Subordinate(word) = &before.link
                        && matches!(word.as_str(), "when" | "if" | "unless" | "whether")
                    {
                        clause.link = Link::Subordinate(word.clone());
                        if clause.dates.is_empty() {
                            clause.dates.clone_from(&before.dates);
                        }
                    }
                    break;
                }
                Chunk::Conjunction(_) => {
                    if let Some((governor, before)) = self.clause_beside() {
                        clause.subject.clone_from(&before.subject);
                        let is_of_theme = before.is_passive && clause.is_passive;
                        if is_of_theme && before.subject.is_empty() {
                            clause.objects.clone_from(&before.objects);
                        }
                        clause.link = Link::Coordinated(governor);
                        let first = before.subject.first().copied().unwrap_or(before.verb);
                        let is_in_front = |nouns: &[usize]| nouns.first().is_some_and(|noun| *noun < first);
                        clause.places.extend(before.places.iter().filter(|(_, nouns)| is_in_front(nouns)).cloned());
                    }
                    break;
                }
                Chunk::Subordinator(word) => {
                    clause.link = Link::Subordinate(word.clone());
                    // `In the 1990s, when China delivered grain`
                    let before = self.chunks.get(at.saturating_sub(2)..at).unwrap_or_default();
                    if matches!(word.as_str(), "when" | "where" | "while")
                        && let Some(date) =
                            before.iter().find_map(|chunk| if let Chunk::Date(date) = chunk { Some(date) } else { None })
                    {
                        // `since 1995, when`: then, not since then.
                        let mut date = date.clone();
                        if date.is_since {
                            date.period.to =
                                date.period.from.with_day(1).and_then(|day| day.with_month(12)).unwrap_or(date.period.to);
                            date.is_since = false;
                        }
                        clause.dates.push(date);
                    }
                    if !has_subject && let Some((_, before)) = self.clause_before(self.at) {
                        clause.subject.clone_from(&before.subject);
                    }
                    break;
                }
                Chunk::That => {
                    self.link_that(clause, at);
                    break;
                }
                Chunk::Relative(word) => {
                    let mut noun = at.checked_sub(1);
                    if noun.is_some_and(|at| matches!(self.chunks.get(at), Some(Chunk::Comma))) {
                        noun = noun.and_then(|at| at.checked_sub(1));
                    }
                    let noun = noun.and_then(|at| self.aside_before(at).or_else(|| self.antecedent(at)));
                    clause.link = Link::Relative;
                    match (noun, has_subject) {
                        (Some(noun), false) => clause.subject = vec![noun],
                        (Some(noun), true) if word != "whose" => self.take_antecedent(clause, noun),
                        _ => {}
                    }
                    break;
                }
                Chunk::Verb(_) => {
                    if let Some(next) = self.pass_verb(clause, at) {
                        // What stood behind that verb is its own.
                        fronted.clear();
                        clause.dates.truncate(dates_behind);
                        at = next;
                        continue;
                    }
                    break;
                }
                // `from there she forwarded` is no gerund.
                Chunk::Preposition(word)
                    if self.is_gerund()
                        && (at + 1 == self.at || matches!(self.chunks.get(at + 1), Some(Chunk::Adverb(_) | Chunk::Negation))) =>
                {
                    let governor = self.clause_before(at);
                    clause.subject = match governor {
                        // `accuses A of having sold`
                        Some((_, before))
                            if at > 0 && before.objects.contains(&(at - 1)) && matches!(word.as_str(), "of" | "for" | "from") =>
                        {
                            vec![at - 1]
                        }
                        // `charged T Specialist, a trading company, with supplying`
                        Some((_, before))
                            if !before.objects.is_empty()
                                && matches!(word.as_str(), "of" | "for" | "with")
                                && self.group(before.verb).is_some_and(|group| group.governs() == DraftingClass::Says) =>
                        {
                            before.objects.clone()
                        }
                        Some((_, before)) => before.subject.clone(),
                        None => Vec::new(),
                    };
                    clause.link = Link::Gerund(word.clone(), governor.map(|(position, _)| position));
                    break;
                }
                Chunk::Preposition(_) => {}
                Chunk::Stop => break,
            }
        }
        clause.places.extend(fronted);
    }

    /// The subject that ends at a noun phrase, with those named beside it.
    pub(super) fn subject_list(&self, last: usize, limit: usize) -> Vec<usize> {
        let mut nouns = vec![last];
        let mut at = last;
        while at > limit + 1 && nouns.len() < 24 {
            let linked = match (self.chunks.get(at - 1), self.chunks.get(at - 2)) {
                (Some(Chunk::Conjunction(word)), Some(Chunk::Noun(_))) if matches!(word.as_str(), "and" | "or" | "nor") => {
                    Some(at - 2)
                }
                (Some(Chunk::Comma), Some(Chunk::Noun(_))) if nouns.len() > 1 => Some(at - 2),
                _ => None,
            };
            // What stands behind a preposition or verb is no part of the subject.
            let is_free = |at: usize| {
                at.checked_sub(1)
                    .and_then(|at| self.chunks.get(at))
                    .is_none_or(|before| !matches!(before, Chunk::Preposition(_) | Chunk::Verb(_)))
            };
            match linked {
                Some(noun) if is_free(noun) => {
                    nouns.insert(0, noun);
                    at = noun;
                }
                _ => break,
            }
        }
        nouns
    }

    /// The preposition and the first of two names that it stands before, the second of them at a place: `from Nepal and Bangladesh`.
    fn names_behind(&self, at: usize) -> Option<(String, usize)> {
        let is_name = |at: usize| {
            self.noun(at).is_some_and(|noun| {
                noun.units.len() == 1
                    && self.units.get(noun.head).and_then(|head| head.name).is_some_and(|name| name.kind != NameKind::Adjective)
            })
        };
        let first = at.checked_sub(2)?;
        let is_linked = matches!(self.chunks.get(at - 1), Some(Chunk::Conjunction(word)) if word == "and");
        let before = first.checked_sub(2).filter(|before| self.is_noun(*before))?;
        match self.chunks.get(before + 1) {
            Some(Chunk::Preposition(word)) if is_linked && is_name(at) && is_name(first) => Some((word.clone(), first)),
            _ => None,
        }
    }

    /// An infinitive behind a noun: `asked Russia to supply`, `a plan to sell`.
    pub(super) fn link_infinitive(&self, clause: &mut Clause, at: usize, _noun: &NounPhrase) {
        let Some((position, before)) = self.clause_before(at) else {
            // `North Korea's attempt to put a satellite into orbit`
            clause.subject = vec![at];
            clause.link = Link::OfNoun(at);
            return;
        };
        let asks = self.group(before.verb).is_some_and(|group| {
            matches!(group.governs(), DraftingClass::Plans | DraftingClass::Says | DraftingClass::GoesOn | DraftingClass::Bans)
        });
        let is_object = before.objects.contains(&at);
        clause.subject = if is_object && asks { vec![at] } else { before.subject.clone() };
        // `a plan to sell`; but `entered the country for a week to train`
        clause.link = if is_object && !asks && at + 1 == self.at { Link::OfNoun(at) } else { Link::Governed(position) };
    }

    /// *that*: behind a verb or a noun of saying a complement, behind another noun a relative clause.
    pub(super) fn link_that(&self, clause: &mut Clause, at: usize) {
        let before = at.checked_sub(1);
        let has_subject = !clause.subject.is_empty();
        match before.and_then(|at| self.chunks.get(at)) {
            Some(Chunk::Noun(_)) => {
                let noun = before.and_then(|at| self.proof_before(at).or_else(|| self.antecedent(at))).or(before);
                let governor = self.clause_before(at);
                let is_proof = noun.and_then(|at| self.noun(at)).is_some_and(|noun| self.is_proof(noun));
                // `told reporters that`
                let is_told = governor.is_some_and(|(_, clause)| {
                    self.group(clause.verb).is_some_and(|group| group.governs() == DraftingClass::Says)
                        && noun.is_some_and(|noun| clause.objects.contains(&noun))
                });
                match (noun, governor, has_subject) {
                    (Some(noun), _, true) if is_proof => clause.link = Link::OfNoun(noun),
                    (_, Some((position, _)), true) if is_told => clause.link = Link::Governed(position),
                    (Some(noun), _, false) => {
                        clause.subject = vec![noun];
                        clause.link = Link::Relative;
                    }
                    (Some(noun), _, true) if !clause.is_passive && (clause.objects.is_empty() || self.is_given_to(clause)) => {
                        self.take_antecedent(clause, noun);
                        clause.link = Link::Relative;
                    }
                    // `jackets that a club gave its players`
                    (Some(noun), _, true)
                        if !clause.is_passive
                            && clause.recipient.is_none()
                            && clause.objects.len() == 1
                            && self.group.act().is_some_and(|act| act.frame == Frame::Gives) =>
                    {
                        clause.recipient = clause.objects.first().copied();
                        clause.objects = vec![noun];
                        clause.link = Link::Relative;
                    }
                    (Some(noun), _, true) => clause.link = Link::OfNoun(noun),
                    _ => {}
                }
            }
            Some(_) => {
                if let Some((position, _)) = self.clause_before(at) {
                    clause.link = Link::Governed(position);
                }
            }
            None => {}
        }
    }

    /// The noun of a claim or proof that a phrase ends: `a claim by the army that`.
    pub(super) fn proof_before(&self, mut at: usize) -> Option<usize> {
        for _ in 0..3 {
            if self.is_proof(self.noun(at)?) {
                return Some(at);
            }
            at = at.checked_sub(2).filter(|_| matches!(self.chunks.get(at - 1), Some(Chunk::Preposition(_))))?;
        }
        None
    }

    pub(super) fn is_proof(&self, noun: &NounPhrase) -> bool {
        self.units.get(noun.head).is_some_and(|unit| unit.class == Some(DraftingClass::Proof))
    }

    /// What to do with another verb to the left: go on behind its clause, or stop there.
    pub(super) fn pass_verb(&self, clause: &mut Clause, at: usize) -> Option<usize> {
        let (position, before) = self.clause_of(at)?;
        let group = self.group(at)?;
        if !clause.subject.is_empty() {
            if matches!(
                group.governs(),
                DraftingClass::Says | DraftingClass::Believes | DraftingClass::Denies | DraftingClass::Plans
            ) {
                clause.link = Link::Governed(position);
                // `drones that it says Iran has supplied`
                if clause.objects.is_empty()
                    && before.link == Link::Relative
                    && let Some(noun) = before.objects.first()
                {
                    clause.objects = vec![*noun];
                }
            }
            return None;
        }
        let is_complement = self.group.is_infinitive || (self.group.is_bare(&[VerbForm::Ing]) && at + 1 == self.at);
        if is_complement {
            clause.subject.clone_from(&before.subject);
            if before.is_passive && clause.objects.is_empty() && clause.is_passive {
                clause.subject.clone_from(&before.subject);
            }
            clause.link = Link::Governed(position);
            return None;
        }
        // A clause that says more of the subject: `trucks that a dealer had advertised were driven`.
        match before.link {
            Link::Relative => {
                let noun = before
                    .objects
                    .first()
                    .filter(|noun| **noun < before.verb)
                    .or(before.subject.first().filter(|noun| **noun < at));
                noun.map(|noun| noun + 1).filter(|next| *next <= at)
            }
            _ if group.is_bare(&[VerbForm::Past, VerbForm::Participle, VerbForm::Ing]) && at > 0 && self.is_noun(at - 1) => {
                Some(at)
            }
            _ => None,
        }
    }

    /// True for a verb group that begins with a form in *-ing*: `selling`, `having sold`.
    pub(super) fn is_gerund(&self) -> bool {
        !self.group.is_infinitive
            && (self.group.form() == Some(VerbForm::Ing) && !self.group.is_progressive
                || !self.group.is_finite && (self.group.is_perfect || self.group.is_passive)
                || self.group.verb.is_none() && !self.group.is_finite)
    }

    /// The last clause before this one that it can stand beside: no participle that says more of a noun.
    pub(super) fn clause_beside(&self) -> Option<(usize, &Clause)> {
        // `, customs in Osaka found, and`: said beside it.
        let is_aside = |clause: &Clause| {
            let first = clause.subject.first().copied().unwrap_or(clause.verb);
            let is_comma =
                |at: Option<usize>| at.and_then(|at| self.chunks.get(at)).is_some_and(|chunk| matches!(chunk, Chunk::Comma));
            let says = self.group(clause.verb).is_some_and(|group| {
                group.act().is_none() && matches!(group.governs(), DraftingClass::Says | DraftingClass::Believes)
            });
            says && clause.objects.is_empty() && is_comma(first.checked_sub(1)) && is_comma(Some(clause.verb + 1))
        };
        let has_subject = |clause: &&Clause| (!clause.subject.is_empty() || clause.is_passive) && !is_aside(clause);
        let found = self.clauses.iter().enumerate().rev().find(|(_, clause)| clause.verb < self.at && has_subject(clause));
        found.or_else(|| self.clause_before(self.at))
    }
}
