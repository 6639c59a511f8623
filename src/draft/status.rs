//! How sure a clause is: negation, modality, tense and the verbs that govern it.

use crate::rulebook::DraftingClass;

use super::clauses::{Clause, Link};
use super::lexicon::VerbForm;
use super::phrases::Chunk;
use super::sentence::Parsed;
use super::supposed::{
    disclaims, is_considered, is_denied_gerund, is_hypothetical, is_inverted, is_of_none, is_turned_down, said_behind,
    says_lawful,
};
use super::units::Tag;

/// When an act takes place, by the words of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    Planned,
    Attempted,
    Ongoing,
    Completed,
}

impl Stage {
    /// The id of the term.
    pub(super) fn id(self) -> &'static str {
        match self {
            Stage::Planned => "planned",
            Stage::Attempted => "attempted",
            Stage::Ongoing => "ongoing",
            Stage::Completed => "completed",
        }
    }
}

/// Why what a clause says is no transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LeftOut {
    Negated,
    Denied,
    NoProof,
    Rule,
    Conditional,
    Refused,
    Ended,
    Quoted,
    Lawful,
}

impl LeftOut {
    /// True if it is said to have ended, not to have happened or to be within the law.
    pub(super) fn is_over(self) -> bool {
        matches!(self, LeftOut::Ended | LeftOut::Lawful | LeftOut::Denied | LeftOut::NoProof)
    }

    pub(super) fn reason(self) -> &'static str {
        match self {
            LeftOut::Negated => "the text says that it did not happen",
            LeftOut::Denied => "a denial",
            LeftOut::NoProof => "the text says that nothing shows it",
            LeftOut::Rule => "a rule, not an event",
            LeftOut::Conditional => "a condition or question, not an event",
            LeftOut::Refused => "declined, failed or given up",
            LeftOut::Ended => "said to have ended",
            LeftOut::Lawful => "said to be lawful",
            LeftOut::Quoted => "words of a speaker, not the report",
        }
    }
}

/// What is reported of an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Status {
    pub(super) stage: Stage,
    /// Someone believes or suspects it.
    pub(super) is_alleged: bool,
}

/// How many verbs up the chain of governors is followed.
pub(super) const DEPTH: usize = 8;

/// What is reported of the act of a clause, or why it is left out.
pub(super) fn status(sentence: &Parsed<'_>, clause: usize) -> Result<Status, LeftOut> {
    if sentence.is_unfounded {
        return Err(LeftOut::NoProof);
    }
    // `withdrew a dispatch in which it had said that`
    let hangs = sentence.clauses.get(clause).is_some_and(|own| !matches!(own.link, Link::Main | Link::Coordinated(_)));
    if hangs && sentence.clauses.iter().any(|other| retracts_report(sentence, other)) {
        return Err(LeftOut::NoProof);
    }
    if hangs && is_of_none(sentence) {
        return Err(LeftOut::Negated);
    }
    if is_turned_down(sentence, clause) {
        return Err(LeftOut::Refused);
    }
    if is_denied_gerund(sentence, clause) || disclaims(sentence, clause) {
        return Err(LeftOut::Denied);
    }
    let mut status = own_status(sentence, clause)?;
    let mut at = clause;
    for _ in 0..DEPTH {
        let Some(current) = sentence.clauses.get(at) else { break };
        match &current.link {
            Link::Governed(governor) => {
                govern(sentence, *governor, at, &mut status)?;
                at = *governor;
            }
            Link::OfNoun(noun) => {
                let before = |sentence: &Parsed<'_>, at: usize| governor_of(sentence, *noun, at);
                let noun = sentence.noun(*noun);
                let class = noun.and_then(|noun| sentence.units.get(noun.head)).and_then(|unit| unit.class);
                if class == Some(DraftingClass::Proof) && noun.is_some_and(|noun| noun.is_negated) {
                    return Err(LeftOut::NoProof);
                }
                if class == Some(DraftingClass::Ban) {
                    return Err(LeftOut::Rule);
                }
                // `a claim that ... could not be verified`, `was rejected`
                let is_doubted = sentence.clauses.iter().skip(at + 1).any(|other| {
                    let governs = sentence.group(other.verb).map(|group| (group.governs(), group.is_negated));
                    matches!(
                        governs,
                        Some((DraftingClass::Denies, false) | (DraftingClass::Says | DraftingClass::Believes, true))
                    )
                });
                // `a statement that ... was withdrawn`, `his proposal to deliver ... was turned down`
                let is_behind = |list: &str| {
                    let behind = sentence.clauses.iter().skip(at + 1);
                    behind.into_iter().any(|other| other.is_passive && has_listed_verb(sentence, other, list))
                };
                let is_governed = |list: &str| {
                    let governor = before(sentence, at).and_then(|before| sentence.clauses.get(before));
                    governor.is_some_and(|governor| has_listed_verb(sentence, governor, list))
                };
                if class == Some(DraftingClass::Proof) && (is_doubted || is_behind("retracts") || is_governed("retracts")) {
                    return Err(LeftOut::NoProof);
                }
                if class == Some(DraftingClass::Plans) && (is_behind("declines") || is_governed("declines")) {
                    return Err(LeftOut::Refused);
                }
                // `rejected a report that`
                let governed_by = before(sentence, at).and_then(|before| sentence.clauses.get(before));
                let is_rejected = governed_by.and_then(|governor| sentence.group(governor.verb)).is_some_and(|group| {
                    matches!(group.governs(), DraftingClass::Denies | DraftingClass::Refuses) && !group.is_negated
                });
                if class == Some(DraftingClass::Proof) && is_rejected {
                    return Err(LeftOut::Denied);
                }
                // `looked into reports that`
                let is_inquiry = before(sentence, at)
                    .and_then(|before| sentence.clauses.get(before))
                    .is_some_and(|governor| governor.is_inquiry);
                if class == Some(DraftingClass::Proof) && is_inquiry {
                    return Err(LeftOut::NoProof);
                }
                status.is_alleged |= class == Some(DraftingClass::Proof);
                let is_infinitive = sentence.group(current.verb).is_some_and(|group| group.is_infinitive);
                if is_infinitive {
                    status.stage = if class == Some(DraftingClass::Tries) { Stage::Attempted } else { Stage::Planned };
                }
                let Some(governor) = before(sentence, at) else { break };
                // `found no evidence that`, `nothing supports a story that`
                let is_negated = sentence.clauses.get(governor).is_some_and(|clause| is_negated(sentence, clause));
                if is_negated && class == Some(DraftingClass::Proof) {
                    return Err(LeftOut::NoProof);
                }
                // `could not confirm that they have gone there to buy`
                if is_infinitive && class.is_none() {
                    at = governor;
                    continue;
                }
                break;
            }
            Link::Gerund(word, governor) => {
                if sentence.lexicon.is_word_of(word, "not-done") {
                    return Err(LeftOut::Negated);
                }
                if matches!(word.as_str(), "against" | "from") {
                    return Err(LeftOut::Rule);
                }
                let Some(governor) = *governor else { break };
                if word == "for" && sentence.group(current.verb).is_some_and(|group| !group.is_perfect) {
                    // `condemns A for providing`, `equipment for making`; `was jailed for selling`
                    let says = sentence.clauses.get(governor).and_then(|c| sentence.group(c.verb)).map(|g| g.governs());
                    let is_tried = sentence.clauses.get(governor).is_some_and(|own| has_listed_verb(sentence, own, "tries"));
                    if says != Some(DraftingClass::Says) && !is_tried {
                        status.stage = Stage::Planned;
                    }
                }
                govern(sentence, governor, at, &mut status)?;
                at = governor;
            }
            Link::Subordinate(word) => {
                if sentence.lexicon.is_word_of(word, "conditions") {
                    return Err(LeftOut::Conditional);
                }
                // `Where they come from Moscow does not say.`
                let is_question = matches!(word.as_str(), "where" | "when" | "who")
                    && matches!(sentence.chunks.first(), Some(Chunk::Subordinator(first)) if first == "where");
                if word == "until" || word == "before" || is_question {
                    return Err(LeftOut::Conditional);
                }
                break;
            }
            Link::Coordinated(other) => {
                // An infinitive or participle beside another shares its governor.
                let group = sentence.group(current.verb);
                // `may go further and sell`
                let shares_modal = group
                    .is_some_and(|group| group.form() == Some(VerbForm::Base) && group.modal.is_none() && !group.is_infinitive);
                if shares_modal {
                    status = own_status(sentence, *other)?;
                }
                let is_alike = shares_modal || group.is_some_and(|group| !group.is_finite && !group.is_past);
                if !is_alike {
                    break;
                }
                at = *other;
            }
            Link::Relative | Link::Main => break,
        }
    }
    said_behind(sentence, clause, &mut status)?;
    if is_hypothetical(sentence, clause) {
        return Err(LeftOut::Conditional);
    }
    Ok(status)
}

/// True if a clause takes back a report, claim or article.
pub(super) fn retracts_report(sentence: &Parsed<'_>, clause: &Clause) -> bool {
    let is_report = |noun: &usize| {
        sentence.noun(*noun).is_some_and(|noun| {
            let is_proof = sentence.units.get(noun.head).is_some_and(|head| head.class == Some(DraftingClass::Proof));
            is_proof || sentence.lexicon.is_word_of(&sentence.head(noun), "retractable")
        })
    };
    let nouns = if clause.is_passive { &clause.subject } else { &clause.objects };
    nouns.iter().any(is_report) && has_listed_verb(sentence, clause, "retracts")
}

/// True if a clause does what a verb of a list says.
pub(super) fn has_listed_verb(sentence: &Parsed<'_>, clause: &Clause, list: &str) -> bool {
    sentence
        .group(clause.verb)
        .is_some_and(|group| !is_negated(sentence, clause) && sentence.lexicon.is_listed(sentence.tokens, &group.tokens, list))
}

/// The clause before another.
fn before(sentence: &Parsed<'_>, clause: usize) -> Option<usize> {
    clause.checked_sub(1).filter(|at| *at < sentence.clauses.len())
}

/// The clause that a noun belongs to on which another clause hangs: the last one whose verb stands before it.
fn governor_of(sentence: &Parsed<'_>, noun: usize, clause: usize) -> Option<usize> {
    let own = sentence.clauses.get(..clause)?.iter().rposition(|own| own.verb < noun);
    own.or_else(|| before(sentence, clause))
}

/// What the verb group itself says.
fn own_status(sentence: &Parsed<'_>, position: usize) -> Result<Status, LeftOut> {
    let clause = sentence.clauses.get(position).ok_or(LeftOut::Negated)?;
    let last =
        sentence.range.end.checked_sub(1).map_or("", |last| sentence.tokens.get(last).map_or("", |token| token.lower.as_str()));
    if last == "?" {
        return Err(LeftOut::Conditional);
    }
    let group = sentence.group(clause.verb).ok_or(LeftOut::Negated)?;
    // `buy their charcoal in Nigeria, which is lawful`
    if sentence.clauses.iter().any(|other| other.link == Link::Relative && says_lawful(sentence, other)) {
        return Err(LeftOut::Lawful);
    }
    if is_inverted(sentence) {
        return Err(LeftOut::Conditional);
    }
    let next = sentence.clauses.get(position + 1).and_then(|next| sentence.group(next.verb)).map(|group| group.tokens.start);
    let own = group.tokens.start..next.unwrap_or(sentence.range.end).max(group.tokens.end);
    // `until then they trained the same units`, `trained them until they were withdrawn`
    let until_then = sentence.tokens.get(sentence.range.clone()).unwrap_or_default().windows(2).any(|pair| match pair {
        [until, then] => matches!(until.lower.as_str(), "until" | "till") && then.lower == "then",
        _ => false,
    });
    let until_withdrawn = sentence.clauses.iter().skip(position + 1).any(|other| {
        matches!(&other.link, Link::Subordinate(word) if matches!(word.as_str(), "until" | "till"))
            && sentence
                .group(other.verb)
                .is_some_and(|group| sentence.lexicon.is_listed(sentence.tokens, &group.tokens, "withdraws"))
    });
    // `before coal was banned, Vietnam imported it`
    let before_ban = sentence.clauses.iter().enumerate().any(|(at, other)| {
        at != position
            && matches!(&other.link, Link::Subordinate(word) if matches!(word.as_str(), "until" | "till" | "before"))
            && sentence.group(other.verb).is_some_and(|group| group.governs() == DraftingClass::Bans && group.is_passive)
    });
    if before_ban {
        return Err(LeftOut::Lawful);
    }
    if until_then && group.is_past || until_withdrawn {
        return Err(LeftOut::Ended);
    }
    // `lawfully sold`
    let own = group.tokens.start.saturating_sub(1).max(sentence.range.start)..own.end;
    if sentence.lexicon.is_listed(sentence.tokens, &own, "lawful") {
        return Err(LeftOut::Lawful);
    }
    if group.is_negated {
        return Err(LeftOut::Negated);
    }
    // `nobody shipped`, `no ship carried`, `sold nothing`
    let is_none = |noun: &usize| sentence.noun(*noun).is_some_and(|noun| noun.is_negated);
    if clause.subject.iter().any(is_none) || clause.objects.iter().any(is_none) {
        return Err(LeftOut::Negated);
    }
    let stage = match group.modal {
        Some(Tag::Norm) => return Err(LeftOut::Rule),
        // `may have sold`
        Some(Tag::Possibly) if group.is_perfect => return Ok(Status { stage: Stage::Completed, is_alleged: true }),
        Some(Tag::Will) if group.is_perfect => return Ok(Status { stage: Stage::Completed, is_alleged: true }),
        Some(Tag::Possibly | Tag::Will) => Stage::Planned,
        _ if group.is_infinitive && group.is_perfect => Stage::Completed,
        _ if group.is_infinitive => Stage::Planned,
        _ if group.is_progressive => Stage::Ongoing,
        // `put`, `cut` of one: the past.
        _ if group.form() == Some(VerbForm::Base) && is_single(sentence, &clause.subject) => Stage::Completed,
        _ if matches!(group.form(), Some(VerbForm::Present | VerbForm::Base)) && !group.is_past => Stage::Ongoing,
        _ if group.is_passive && !group.is_past && !group.is_perfect => Stage::Ongoing,
        _ if group.is_bare(&[VerbForm::Ing]) => Stage::Ongoing,
        _ => Stage::Completed,
    };
    let doubt = sentence.chunks.get(clause.verb.saturating_sub(1)..clause.verb).unwrap_or_default();
    let is_alleged = doubt.iter().any(|chunk| matches!(chunk, Chunk::Adverb(Some(DraftingClass::Doubt))))
        || sentence.units.iter().any(|unit| {
            unit.class == Some(DraftingClass::Doubt) && unit.tag == Tag::Adverb && group.tokens.contains(&unit.tokens.start)
        });
    Ok(Status { stage, is_alleged })
}

/// What a governing verb makes of what it governs.
fn govern(sentence: &Parsed<'_>, governor: usize, governed: usize, status: &mut Status) -> Result<(), LeftOut> {
    let Some(clause) = sentence.clauses.get(governor) else { return Ok(()) };
    let Some(group) = sentence.group(clause.verb) else { return Ok(()) };
    let is_infinitive = sentence.clauses.get(governed).and_then(|c| sentence.group(c.verb)).is_some_and(|g| g.is_infinitive);
    let is_perfect = sentence.clauses.get(governed).and_then(|c| sentence.group(c.verb)).is_some_and(|g| g.is_perfect);
    let is_progressive = sentence.clauses.get(governed).and_then(|c| sentence.group(c.verb)).is_some_and(|g| g.is_progressive);
    let is_negated = is_negated(sentence, clause);
    let is_clause = sentence.clauses.get(governed).is_some_and(|own| !is_infinitive && matches!(own.link, Link::Governed(_)));
    match group.governs() {
        // `no longer denied that`
        DraftingClass::Denies if is_negated => status.is_alleged = true,
        DraftingClass::Denies => return Err(LeftOut::Denied),
        DraftingClass::Bans => return Err(LeftOut::Rule),
        DraftingClass::Refuses | DraftingClass::Fails if is_infinitive => return Err(LeftOut::Refused),
        DraftingClass::Stops => return Err(LeftOut::Ended),
        DraftingClass::Believes | DraftingClass::Says if is_negated => return Err(LeftOut::NoProof),
        DraftingClass::Says if matches!(group.modal, Some(Tag::Possibly | Tag::Norm)) && is_negated => {
            return Err(LeftOut::NoProof);
        }
        // `is considering sending trainers`
        DraftingClass::Believes if is_considered(sentence, governor, governed) => status.stage = Stage::Planned,
        DraftingClass::Believes => {
            status.is_alleged = true;
            if is_infinitive && !is_perfect {
                status.stage = if sentence.lower(&group.tokens).contains("expect") {
                    Stage::Planned
                } else {
                    status.stage.max(Stage::Ongoing)
                };
            }
        }
        DraftingClass::Says if is_infinitive && is_perfect => status.is_alleged = true,
        // `was found to be carrying`
        DraftingClass::Says if is_infinitive && group.is_passive && is_progressive => {
            status.stage = Stage::Ongoing;
            status.is_alleged |= !sentence.lexicon.is_listed(sentence.tokens, &group.tokens, "discovers");
        }
        DraftingClass::Says => {}
        DraftingClass::Plans if is_infinitive => {
            if is_negated {
                return Err(LeftOut::Negated);
            }
            status.stage = Stage::Planned;
        }
        DraftingClass::Tries if is_infinitive => {
            status.stage = Stage::Attempted;
        }
        // `used to train`: no longer.
        DraftingClass::GoesOn if is_infinitive && !group.is_passive && sentence.lower(&group.tokens) == "used" => {
            return Err(LeftOut::Ended);
        }
        DraftingClass::GoesOn => {
            let own = own_status(sentence, governor)?;
            status.stage = match own.stage {
                Stage::Completed => Stage::Ongoing,
                stage => stage,
            };
        }
        _ if is_negated && is_infinitive => return Err(LeftOut::Negated),
        // `no sign exists that`, but `did not hide that`
        _ if is_negated && is_clause && !sentence.lexicon.is_listed(sentence.tokens, &group.tokens, "hides") => {
            return Err(LeftOut::NoProof);
        }
        _ if is_infinitive && !is_perfect => {
            // `was used to carry`, `came to train`: done if the other is.
            let own = own_status(sentence, governor)?;
            status.stage = own.stage;
        }
        _ => {}
    }
    if matches!(group.modal, Some(Tag::Norm)) && is_infinitive {
        return Err(LeftOut::Rule);
    }
    Ok(())
}

/// True if a clause says that nothing or nobody does what its verb says, or that somebody does not.
fn is_negated(sentence: &Parsed<'_>, clause: &Clause) -> bool {
    let is_none = |noun: &usize| sentence.noun(*noun).is_some_and(|noun| noun.is_negated);
    sentence.group(clause.verb).is_some_and(|group| group.is_negated) || clause.subject.iter().any(is_none)
}

/// True if a subject is one thing or State.
fn is_single(sentence: &Parsed<'_>, subject: &[usize]) -> bool {
    let [one] = subject else { return false };
    sentence.noun(*one).is_some_and(|noun| {
        let head = sentence.head(noun);
        !noun.is_pronoun && !head.ends_with('s') && !matches!(head.as_str(), "men" | "women" | "people")
    })
}
