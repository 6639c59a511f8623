//! Matching of descriptions with lists of goods: by the lists' own terms, and by the words of the lexicon.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use smallvec::SmallVec;

use crate::facts::{HsCode, Item, Truth};
use crate::rulebook::{GoodsBasis, GoodsCatalogue, Phrase, TermKind};

use super::description::DescriptionWords;
use super::goods::{GoodsFact, GoodsMatch, Part};
use super::goods_reason::GoodsReason;
use super::naming::{Head, NamingKind};

/// A description and the parts of a list that it is matched with.
pub(super) struct Description<'d, 'a> {
    goods: &'a GoodsCatalogue,
    parts: &'d [Part<'a>],
    words: &'d DescriptionWords,
    text: &'d str,
    list: &'a str,
    basis: GoodsBasis,
    /// The places of the list's terms, in order of their starts.
    terms: OnceCell<Vec<Range<usize>>>,
}

/// What a list says of the head of a phrase.
#[derive(Default)]
struct HeadFacts {
    is_outside: OnceCell<bool>,
    decides: OnceCell<bool>,
}

/// A term of a list in a description.
#[derive(Clone, Copy)]
pub(super) struct TermMatch<'a> {
    phrase: &'a Phrase,
    pub(super) in_force: Truth,
    /// It names what the description names, and means nothing but goods of the list.
    pub(super) is_sure: bool,
    /// It names what the description names.
    pub(super) is_head: bool,
    /// It names arms, and the description calls them toys.
    pub(super) is_toy: bool,
    /// By itself it can mean other goods; what is named beside it says that it does not: `rockets and mortars`.
    pub(super) is_by_neighbours: bool,
}

impl<'a> TermMatch<'a> {
    pub(super) fn reason(&self, list: &'a str) -> GoodsReason<'a> {
        GoodsReason::Term { term: &self.phrase.written, list, surely: self.is_sure }
    }

    pub(super) fn matched(&self, list: &'a str) -> GoodsMatch<'a> {
        let truth = if self.is_sure { self.in_force } else { Truth::Unknown };
        GoodsMatch::new(truth, GoodsFact::Description, self.reason(list))
    }
}

/// What a term does in its phrase.
#[derive(Clone, Copy, PartialEq)]
enum TermPlace {
    /// It is what the phrase names, or the phrase names parts of it.
    Head,
    /// It only says more about what the phrase names, which may be goods of the list.
    Modifier,
    /// It is called a toy. Arms can be called so by whoever sends them, under the code of toys too.
    Toy,
    /// What the phrase names is something else.
    Elsewhere,
}

impl<'d, 'a> Description<'d, 'a> {
    pub(super) fn new(
        goods: &'a GoodsCatalogue,
        parts: &'d [Part<'a>],
        words: &'d DescriptionWords,
        text: &'d str,
        list: &'a str,
        basis: GoodsBasis,
    ) -> Self {
        Self { goods, parts, words, text, list, basis, terms: OnceCell::new() }
    }

    /// The most telling term of the list: a sure one that the description names, then an ambiguous one, then any that may be
    /// meant. Of equal ones the first.
    pub(super) fn by_terms(&self) -> Option<TermMatch<'a>> {
        let mut heads: Vec<HeadFacts> = Vec::new();
        let mut best: Option<TermMatch<'a>> = None;
        for kind in [TermKind::Sure, TermKind::Ambiguous] {
            for part in self.parts {
                for (phrase, place) in self.words.find(self.goods, part.id, kind) {
                    let place = self.place_of(place, &mut heads);
                    if place == TermPlace::Elsewhere {
                        continue;
                    }
                    let is_head = place == TermPlace::Head;
                    let is_sure = kind == TermKind::Sure && is_head;
                    let is_toy = place == TermPlace::Toy;
                    let in_force = part.in_force;
                    let found = TermMatch { phrase, in_force, is_sure, is_head, is_toy, is_by_neighbours: false };
                    if found.is_sure {
                        return Some(found);
                    }
                    if best.is_none_or(|best| found.is_head && !best.is_head) {
                        best = Some(found);
                    }
                }
            }
        }
        best.map(|best| match self.is_list_of_arms() {
            true if best.is_head => TermMatch { is_sure: true, is_by_neighbours: true, ..best },
            _ => best,
        })
    }

    /// True if the description is a list of different nouns, each of which can mean arms of the list: `rockets and mortars`. What
    /// else one of them can mean is not what its neighbour can.
    fn is_list_of_arms(&self) -> bool {
        let arms = || self.parts.iter().filter(|part| part.list.has_only_codes_of(93) && part.in_force == Truth::True);
        let phrases = &self.words.naming(self.goods, self.text).phrases;
        if phrases.len() < 2 {
            return false;
        }
        let mut nouns: Vec<&Range<usize>> = Vec::new();
        for phrase in phrases {
            let Some(head) = &phrase.head else {
                if self.words.is_vague(self.goods, &phrase.place) {
                    continue;
                }
                return false;
            };
            let is_alone = !head.is_toy
                && !head.is_distant
                && !head.of_parts
                && !head.is_loose
                && self.words.is_plain(self.goods, &phrase.place, &head.place);
            let is_arms = |part: &&Part<'_>| {
                self.words.find(self.goods, part.id, TermKind::Ambiguous).any(|(_, place)| *place == head.place)
            };
            // Guns are tools of too many trades.
            if self.words.is_word(self.goods, &head.place, "gun")
                || head.place.len() != 1
                || !is_alone
                || !arms().any(|part| is_arms(&part))
            {
                return false;
            }
            nouns.push(&head.place);
        }
        nouns.first().is_some_and(|first| nouns.iter().any(|noun| self.words.words_differ(self.goods, first, noun)))
    }

    /// True if all that the description names is expressly what the list does not mean: `nail gun cartridges`.
    pub(super) fn is_denied(&self) -> bool {
        let phrases = &self.words.naming(self.goods, self.text).phrases;
        let mut heads = phrases.iter().filter_map(|phrase| phrase.head.as_ref()).peekable();
        let is_hidden = |head: &Head| self.parts.iter().any(|part| self.words.is_hidden(self.goods, part.id, &head.place));
        heads.peek().is_some() && heads.all(is_hidden)
    }

    /// True if a code of the item is one of what the description names, by the lexicon.
    pub(super) fn has_code_of(&self, item: &Item) -> bool {
        let phrases = &self.words.naming(self.goods, self.text).phrases;
        let words =
            phrases.iter().filter_map(|phrase| phrase.head.as_ref()).filter(|head| !head.is_toy).filter_map(|head| head.word);
        let mut codes = words.filter_map(|word| self.goods.named_goods(word)).flat_map(|named| named.codes);
        let told = item.hs.is().unwrap_or_default();
        codes.any(|code| told.iter().any(|told| told.digits().starts_with(code.digits())))
    }

    /// What a term does in its phrase. `heads` has what is known already of the head of each phrase.
    fn place_of(&self, term: &Range<usize>, heads: &mut Vec<HeadFacts>) -> TermPlace {
        let naming = self.words.naming(self.goods, self.text);
        let Some(position) = naming.phrase_at(term) else { return TermPlace::Modifier };
        let Some(head) = naming.phrases.get(position).and_then(|phrase| phrase.head.as_ref()) else {
            return TermPlace::Modifier;
        };
        if self.words.is_likeness(self.goods, term) || head.carrier.contains(&term.start) {
            return TermPlace::Elsewhere;
        }
        heads.resize_with(heads.len().max(position + 1), HeadFacts::default);
        let Some(facts) = heads.get(position) else { return TermPlace::Modifier };
        if head.is_toy && self.parts.iter().any(|part| part.list.has_codes_of(93..=93)) {
            return TermPlace::Toy;
        }
        let codes = head.word.and_then(|id| self.goods.named_goods(id)).map(|named| named.codes).unwrap_or_default();
        let codes = codes_of_goods(head, codes);
        let is_outside = || {
            let compared = || !codes.is_empty() && self.compare(&codes, false) == (Truth::False, false);
            *facts.is_outside.get_or_init(compared)
        };
        if head.is_at(term) && head.is_distant {
            return TermPlace::Modifier;
        }
        if head.is_at(term) {
            // A longer word says more closely what it is: `water tank`.
            let is_longer = head.is_word && head.place != *term && head.place.start <= term.start && term.end <= head.place.end;
            return if (is_longer || head.is_prepared) && self.basis == GoodsBasis::Hs && is_outside() {
                TermPlace::Elsewhere
            } else {
                TermPlace::Head
            };
        }
        if head.governs_as_parts(term) {
            return TermPlace::Head;
        }
        // `Armani suits`: what somebody makes may be of any heading; what is printed about him is not.
        if !codes.iter().any(|code| code.chapter() == 49) && self.words.is_brand(self.goods, term) {
            return TermPlace::Modifier;
        }
        let (mut has_codes, mut of_devices) = (false, false);
        for part in self.parts.iter().filter(|part| part.list.has_codes()) {
            has_codes = true;
            of_devices |= part.list.has_codes_of(84..=93);
        }
        match &*codes {
            [] if head.is_beside(term) && *facts.decides.get_or_init(|| self.decides(head)) => TermPlace::Head,
            // Another list says surely what it is.
            [] if head.is_sure && self.basis == GoodsBasis::Hs => TermPlace::Elsewhere,
            // Propellant for Scud missiles: what a list names is made for what another names.
            [] if head.is_term && of_devices && !head.is_beside(term) => TermPlace::Head,
            [] => TermPlace::Modifier,
            // What is eaten or drunk from it or with it: `caviar spoons`.
            _ if head.is_beside(term) && self.words.is_consumed(self.goods, term) && codes.iter().any(may_be_component) => {
                TermPlace::Elsewhere
            }
            // A type of the goods: `Scud missiles`, `P-750 aircraft`.
            _ if head.is_beside(term) && (!is_outside() || (!has_codes && codes.iter().any(may_be_component))) => TermPlace::Head,
            _ if !is_outside() => TermPlace::Modifier,
            _ if self.basis == GoodsBasis::Description && (of_devices || !has_codes) && codes.iter().any(may_be_component) => {
                TermPlace::Head
            }
            // What it contains may be meant.
            _ if head.is_measure && head.is_beside(term) => TermPlace::Modifier,
            _ => TermPlace::Elsewhere,
        }
    }

    /// True if a term of the list is the head of a phrase, so that the list's own words decide it.
    fn decides(&self, head: &Head) -> bool {
        let terms = self.terms.get_or_init(|| {
            let of_kind = |kind| self.parts.iter().flat_map(move |part| self.words.find(self.goods, part.id, kind));
            let places = of_kind(TermKind::Sure).chain(of_kind(TermKind::Ambiguous)).map(|(_, place)| place.clone());
            let mut places: Vec<_> = places.collect();
            places.sort_unstable_by_key(|place| place.start);
            places
        });
        let first = terms.partition_point(|place| place.start < head.core.start);
        let beside = terms.iter().skip(first).take_while(|place| place.start < head.core.end);
        !head.is_distant && beside.into_iter().any(|place| head.is_at(place))
    }

    /// What the words of the lexicon say of the list, or that the description says nothing.
    pub(super) fn by_lexicon(&self) -> GoodsMatch<'a> {
        let by = |truth, why| GoodsMatch::new(truth, GoodsFact::Description, why);
        let list = self.list;
        let naming = self.words.naming(self.goods, self.text);
        match naming.kind {
            NamingKind::Vague => return by(Truth::Unknown, GoodsReason::Vague { list }),
            NamingKind::Unrecognised => return by(Truth::Unknown, GoodsReason::Unrecognised { list }),
            NamingKind::Named => {}
        }
        let mut best = by(Truth::False, GoodsReason::SomethingElse { list });
        for head in naming.phrases.iter().filter_map(|phrase| phrase.head.as_ref()) {
            let Some(word) = head.word.and_then(|id| self.goods.named_goods(id)) else { continue };
            if self.decides(head) || self.parts.iter().any(|part| self.words.is_hidden(self.goods, part.id, &head.place)) {
                continue;
            }
            let (truth, touches) = self.compare(&codes_of_goods(head, word.codes), head.is_term);
            let truth = match truth {
                Truth::True if !head.is_loose => Truth::True,
                Truth::False if !touches => continue,
                _ => Truth::Unknown,
            };
            if truth > best.truth {
                best = by(truth, GoodsReason::Named { word, surely: truth == Truth::True, list });
            }
        }
        best
    }

    /// Whether goods of all codes are in the list, and whether those of some may be. What a term of another list
    /// names is not among the goods that this one takes from the same heading: diesel is no aviation fuel.
    fn compare(&self, codes: &[HsCode], is_named_elsewhere: bool) -> (Truth, bool) {
        let mut all = Truth::True;
        let (mut some_inside, mut some_may_be, mut all_may_be) = (false, false, !codes.is_empty());
        for code in codes {
            let (mut inside, mut within_some, mut may_be) = (Truth::False, false, false);
            for part in self.parts.iter().filter(|part| part.list.has_chapter_of(code)) {
                let within = Truth::any(part.list.hs.iter().map(|r| r.contains(code)));
                let partly = Truth::any(part.list.hs_partly.iter().map(|r| r.contains(code)));
                within_some |= within == Truth::True || (within == Truth::Unknown && !is_named_elsewhere);
                may_be |= within == Truth::True || ((within, partly) != (Truth::False, Truth::False) && !is_named_elsewhere);
                inside = Truth::any([inside, Truth::all([within, part.in_force])]);
            }
            some_inside |= within_some;
            all_may_be &= may_be;
            some_may_be |= may_be;
            all = Truth::all([all, inside]);
        }
        // Where the list rests on words, a word for many goods of which few may be in it says nothing of it.
        let touches = match self.basis {
            GoodsBasis::Hs => some_may_be,
            GoodsBasis::Description => some_inside || all_may_be,
        };
        (all, touches)
    }
}

/// The codes of the goods that a head names whose own codes are `codes`: of parts the chapters of parts, of prepared food those of
/// preparations.
pub(super) fn codes_of_goods<'c>(head: &Head, codes: &'c [HsCode]) -> Cow<'c, [HsCode]> {
    if head.of_parts {
        return Cow::Owned(chapters_of_parts(codes).to_vec());
    }
    if !head.is_prepared {
        return Cow::Borrowed(codes);
    }
    let prepared = |code: &HsCode| match code.chapter() {
        2 => ["1602"].as_slice(),
        3 => &["1604", "1605"],
        7 | 8 | 12 => &["20"],
        _ => &[],
    };
    let mut all: Vec<HsCode> = Vec::new();
    for code in codes {
        let others = prepared(code);
        all.extend(others.iter().filter_map(|code| code.parse::<HsCode>().ok()));
        all.extend(others.is_empty().then_some(*code));
    }
    all.dedup();
    Cow::Owned(all)
}

/// The chapters in which parts of goods are: their own; of machines, vehicles and instruments those of machines too, for motors and
/// electrical equipment.
fn chapters_of_parts(codes: &[HsCode]) -> SmallVec<[HsCode; 4]> {
    let chapter = |code: &HsCode| code.digits().get(..2)?.parse().ok();
    let mut chapters: SmallVec<[HsCode; 4]> = codes.iter().filter_map(chapter).collect();
    if codes.iter().any(|code| matches!(code.chapter(), 84..=90)) {
        chapters.extend(["84", "85"].iter().filter_map(|chapter| chapter.parse().ok()));
    }
    chapters.sort_unstable();
    chapters.dedup();
    chapters
}

/// True for codes of chapters whose goods can be made for something else: minerals, chemicals, plastics, metals, machinery,
/// vehicles, instruments, arms.
fn may_be_component(code: &HsCode) -> bool {
    matches!(code.chapter(), 25..=29 | 36 | 38..=40 | 68..=76 | 78..=93)
}
