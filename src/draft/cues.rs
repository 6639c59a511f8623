//! What the words beside a State make of it: from where, to where, where, by whom.

use crate::rulebook::DraftingClass;

use super::phrases::{Chunk, VerbGroup};
use super::sentence::Parsed;

/// What the words beside a State make of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    /// `from the port of Rajin`
    From,
    /// `to Russia`
    To,
    /// `in Dubai`
    At,
    /// `by Iran`, `Iran supplied`
    Actor,
    /// `Iranian weapons`
    Origin,
    /// `the North Korean freighter`
    Carrier,
    /// `Syrian`, `Iran's`
    Owner,
    /// `Uganda.`: what the paragraph is about
    Topic,
    /// `Japan said`
    Speaker,
    /// `the Russian embassy wrote`
    Mission,
    Other,
}

/// True for a verb whose object only listens: `told Japan that`.
fn is_addressing(sentence: &Parsed<'_>, group: &VerbGroup) -> bool {
    let words = sentence.lower(&group.tokens);
    ["tell", "told", "inform", "notif", "assur", "remind", "warn", "ask"].iter().any(|verb| words.contains(verb))
}

/// What the words beside a noun phrase make of the States that it names; `None` where the text says that it is not so.
pub(super) fn cue(sentence: &Parsed<'_>, chunk: usize) -> Option<Cue> {
    // `the army of Myanmar`, `officials in Washington`
    let mut root = chunk;
    let mut word = None;
    for _ in 0..4 {
        let Some(Chunk::Preposition(preposition)) = root.checked_sub(1).and_then(|at| sentence.chunks.get(at)) else { break };
        if word.is_none() || word == Some("of") {
            word = Some(preposition.as_str());
        }
        let Some(before) = root.checked_sub(2).filter(|at| sentence.noun(*at).is_some()) else { break };
        if !matches!(preposition.as_str(), "of" | "in" | "at" | "for" | "from" | "near" | "on") {
            break;
        }
        root = before;
    }
    if matches!(sentence.chunks.get(root.wrapping_sub(1)), Some(Chunk::Preposition(word)) if word == "according to") {
        return Some(Cue::Speaker);
    }
    if is_seat_of_speaker(sentence, chunk) {
        return Some(Cue::Speaker);
    }
    if is_pretended(sentence, chunk) {
        return None;
    }
    let holds = |nouns: &[usize]| nouns.contains(&chunk) || nouns.contains(&root);
    // `Marines from an American ship`, `customs officers in Haiti`: who looks into an act has no side in it.
    let is_authority = |at: usize| {
        sentence.noun(at).is_some_and(|noun| sentence.lexicon.is_listed(sentence.tokens, &noun.tokens, "authorities"))
    };
    if is_authority(root) || is_authority(chunk) {
        return Some(Cue::Speaker);
    }
    for clause in &sentence.clauses {
        let Some(group) = sentence.group(clause.verb) else { continue };
        let is_subject = holds(&clause.subject);
        let is_part = is_subject || holds(&clause.objects) || clause.places.iter().any(|(_, nouns)| holds(nouns));
        if !is_part {
            continue;
        }
        // `a warrant was issued in New York`
        let is_of_court = match word {
            Some(word) => matches!(word, "in" | "by" | "before"),
            None => is_subject && !clause.is_passive,
        };
        if is_of_court && sentence.lexicon.is_listed(sentence.tokens, &group.tokens, "tries") && group.act().is_none() {
            return Some(Cue::Speaker);
        }
        let speaks = matches!(group.governs(), DraftingClass::Says | DraftingClass::Believes | DraftingClass::Denies);
        // `told Japan that`, but not `investigators see the hand of North Korea`
        let is_addressed = !is_subject && is_addressing(sentence, group);
        if speaks && group.act().is_none() && (is_subject && !clause.is_passive || is_addressed) {
            // `A gift of wheat arrived in Nampo, the Russian embassy wrote.`
            let is_mission =
                sentence.noun(chunk).is_some_and(|noun| sentence.lexicon.is_word_of(&sentence.head(noun), "missions"));
            if is_mission && !group.is_negated && group.governs() == DraftingClass::Says {
                return Some(Cue::Mission);
            }
            return Some(Cue::Speaker);
        }
        if group.is_negated {
            return None;
        }
        // `photographs which Japan has sent to us`: who only tells of it.
        let is_we = |noun: &usize| sentence.noun(*noun).is_some_and(|noun| matches!(sentence.head(noun).as_str(), "us" | "me"));
        let is_proof = |noun: &usize| {
            sentence.noun(*noun).is_some_and(|noun| sentence.lexicon.is_word_of(&sentence.head(noun), "pieces-of-evidence"))
        };
        let informs = clause.places.iter().any(|(word, nouns)| word == "to" && nouns.iter().any(is_we))
            || clause.recipient.iter().any(is_we)
            || clause.objects.iter().any(is_proof);
        if is_subject && !clause.is_passive && informs {
            return Some(Cue::Speaker);
        }
        if is_subject && word.is_none() {
            return Some(Cue::Actor);
        }
    }
    Some(match word {
        Some("from" | "out of") => Cue::From,
        Some("to" | "into" | "towards" | "toward" | "for" | "onto") => Cue::To,
        // `after seven months in quarantine at Dalian`
        Some("in" | "at") if is_halt(sentence, root) => Cue::Other,
        // `a firm with an address in Kuala Lumpur`
        Some("in" | "at" | "on") if is_seat(sentence, root) => return None,
        Some("in" | "at" | "near" | "inside" | "on" | "outside") => Cue::At,
        Some("by") => Cue::Actor,
        Some("between") => Cue::From,
        Some(_) => Cue::Other,
        // `between Sweihan, an air base in the Emirates, and Al Khadim`
        None if matches!(sentence.chunks.get(chunk.wrapping_sub(1)), Some(Chunk::Conjunction(_)))
            && sentence
                .chunks
                .get(chunk.saturating_sub(9)..chunk)
                .unwrap_or_default()
                .iter()
                .any(|chunk| matches!(chunk, Chunk::Preposition(word) if word == "between")) =>
        {
            Cue::To
        }
        None => Cue::Other,
    })
}

/// True for what somebody only pretends to be: `posing as Ukrainians, Serbs and Koreans`.
fn is_pretended(sentence: &Parsed<'_>, chunk: usize) -> bool {
    let verb = (0..chunk).rev().find(|at| sentence.group(*at).is_some());
    verb.and_then(|verb| sentence.group(verb)).is_some_and(|group| {
        let end = (group.tokens.end + 1).min(sentence.range.end);
        sentence.lexicon.is_listed(sentence.tokens, &(group.tokens.start..end), "poses")
    })
}

/// True for where somebody who only speaks has his seat: `Lima-based analysts say that`.
fn is_seat_of_speaker(sentence: &Parsed<'_>, chunk: usize) -> bool {
    let Some(end) = sentence.noun(chunk).map(|noun| noun.tokens.end) else { return false };
    let is_based = sentence.tokens.get(end..end + 2).unwrap_or_default().iter().any(|token| token.lower.ends_with("based"));
    let behind = (chunk + 1..sentence.chunks.len()).find(|at| sentence.noun(*at).is_some());
    is_based
        && sentence.clauses.iter().any(|clause| {
            let speaks = sentence.group(clause.verb).is_some_and(|group| {
                matches!(group.governs(), DraftingClass::Says | DraftingClass::Believes | DraftingClass::Denies)
            });
            speaks && behind.is_some_and(|behind| clause.subject.contains(&behind))
        })
}

/// True for a phrase that says where a party has its seat.
fn is_seat(sentence: &Parsed<'_>, root: usize) -> bool {
    let is_behind_with =
        matches!(root.checked_sub(1).and_then(|at| sentence.chunks.get(at)), Some(Chunk::Preposition(word)) if word == "with");
    is_behind_with && sentence.noun(root).is_some_and(|noun| sentence.lexicon.is_word_of(&sentence.head(noun), "seats"))
}

/// True for a phrase of a stop on the way: `in quarantine at Dalian`.
fn is_halt(sentence: &Parsed<'_>, root: usize) -> bool {
    sentence
        .noun(root)
        .is_some_and(|noun| matches!(sentence.head(noun).as_str(), "quarantine" | "transit" | "storage" | "stopover"))
}
