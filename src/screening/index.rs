//! The listed names that a name can be, found without comparing it with each.
//!
//! The filter is sound: whatever pair the comparison would score at or above the threshold, it finds. Parts of names can only be
//! the same by a rule of `relation::relate` or `relation::relate_joined`, and each rule leaves a trace that both parts have in common:
//! the skeleton of consonants but for one, a spelling family, a word of business, a Korean key, an abbreviation. For every listed
//! name with such a trace, the parts that can have a counterpart give an upper bound of the score; only names whose bound
//! reaches the threshold are compared. `tests/index.rs` compares the filter with the exhaustive scan.

use compact_str::CompactString;
use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;
use smallvec::SmallVec;

use crate::lists::EntryKind;

use super::lexicon::{Families, FamilyId, WordId};
use super::name::{PreparedName, Role, Token, initials};
use super::relation::{Joined, joined, relate, relate_joined};
use super::score::{CAP_ONE_PART, Weights, bound};

type Map<K, V> = HashMap<K, V, FxBuildHasher>;

/// The number of a name in the index.
pub(super) type NameId = u32;

/// Names of one kind, ready to be searched.
#[derive(Debug)]
pub(super) struct Index {
    kind: EntryKind,
    names: Vec<IndexedName>,
    parts: Vec<Part>,
    runs: Vec<Run>,
    parts_by_text: Map<PartKey, u32>,
    parts_by_key: Map<u64, Vec<u32>>,
    parts_by_family: Map<FamilyId, Vec<u32>>,
    parts_by_word: Map<WordId, Vec<u32>>,
    runs_by_text: Map<CompactString, u32>,
    runs_by_skeleton: Map<u64, Vec<u32>>,
    by_korean_key: Map<u64, Vec<NameId>>,
    by_abbreviation: Map<CompactString, Vec<NameId>>,
}

#[derive(Debug)]
struct IndexedName {
    name: PreparedName,
    weights: Weights,
    /// Bits of the parts that are initials.
    initials: u32,
}

/// Whatever decides how a part compares. Different names can come to the same letters where vowels are not written.
type PartKey = (CompactString, Role, bool, Families);

/// A part that occurs in listed names.
#[derive(Debug)]
struct Part {
    token: Token,
    /// The names it stands in, with the bits of its places.
    names: Vec<(NameId, u32)>,
}

/// A run of adjacent parts that occurs in listed names.
#[derive(Debug)]
struct Run {
    run: Joined,
    names: Vec<(NameId, u32)>,
}

/// Working memory of searches, to be used again. It remembers what the parts met so far can be, up to a bound.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    seen_parts: Vec<u32>,
    stamp: u32,
    left: Vec<u32>,
    right: Vec<u32>,
    touched: Vec<NameId>,
    related: Map<PartKey, Related>,
}

/// The parts and runs of an index that a part can be the same as.
#[derive(Debug, Clone, Default)]
struct Related {
    parts: Vec<u32>,
    runs: Vec<u32>,
}

/// The most parts that a [`Scratch`] remembers.
const MOST_REMEMBERED: usize = 1 << 13;

fn part_key(token: &Token) -> PartKey {
    (token.text.clone(), token.role, token.vowelless, token.families.clone())
}

impl Index {
    pub fn new(kind: EntryKind) -> Index {
        Index {
            kind,
            names: Vec::new(),
            parts: Vec::new(),
            runs: Vec::new(),
            parts_by_text: Map::default(),
            parts_by_key: Map::default(),
            parts_by_family: Map::default(),
            parts_by_word: Map::default(),
            runs_by_text: Map::default(),
            runs_by_skeleton: Map::default(),
            by_korean_key: Map::default(),
            by_abbreviation: Map::default(),
        }
    }

    /// Adds one reading of a name; its number is returned.
    pub fn add(&mut self, name: PreparedName) -> NameId {
        let id = self.names.len() as NameId;
        let mut initial_bits = 0;
        for (at, token) in name.tokens.iter().enumerate() {
            if token.role == Role::Initial {
                initial_bits |= 1 << at;
            }
            let part = self.part(token);
            if let Some(part) = self.parts.get_mut(part as usize) {
                match part.names.last_mut() {
                    Some((last, bits)) if *last == id => *bits |= 1 << at,
                    _ => part.names.push((id, 1 << at)),
                }
            }
        }
        if name.tokens.len() > 1 {
            for run in joined(&name) {
                let bits = run.mask;
                let at = self.run(run);
                if let Some(run) = self.runs.get_mut(at as usize) {
                    run.names.push((id, bits));
                }
            }
        }
        for korean in &name.korean {
            let ids = self.by_korean_key.entry(korean.key()).or_default();
            if ids.last() != Some(&id) {
                ids.push(id);
            }
        }
        if self.kind != EntryKind::Person {
            for abbreviation in abbreviations(&name) {
                let ids = self.by_abbreviation.entry(abbreviation).or_default();
                if ids.last() != Some(&id) {
                    ids.push(id);
                }
            }
        }
        let weights = Weights::new(&name);
        self.names.push(IndexedName { name, weights, initials: initial_bits });
        id
    }

    fn part(&mut self, token: &Token) -> u32 {
        let key = part_key(token);
        if let Some(known) = self.parts_by_text.get(&key) {
            return *known;
        }
        let id = self.parts.len() as u32;
        self.parts_by_text.insert(key, id);
        for key in token.skeleton.with_one_left_out() {
            self.parts_by_key.entry(key).or_default().push(id);
        }
        for (family, _) in &token.families {
            self.parts_by_family.entry(*family).or_default().push(id);
        }
        for key in letter_keys(token) {
            self.parts_by_key.entry(key).or_default().push(id);
        }
        if let Some(word) = token.word {
            self.parts_by_word.entry(word).or_default().push(id);
        }
        self.parts.push(Part { token: token.clone(), names: Vec::new() });
        id
    }

    fn run(&mut self, run: Joined) -> u32 {
        if let Some(known) = self.runs_by_text.get(&run.text) {
            return *known;
        }
        let id = self.runs.len() as u32;
        self.runs_by_text.insert(run.text.clone(), id);
        self.runs_by_skeleton.entry(run.skeleton.0).or_default().push(id);
        self.runs.push(Run { run, names: Vec::new() });
        id
    }

    /// A name by its number.
    pub fn name(&self, id: NameId) -> Option<&PreparedName> {
        self.names.get(id as usize).map(|name| &name.name)
    }

    /// The numbers of all names.
    pub fn ids(&self) -> impl Iterator<Item = NameId> {
        0..self.names.len() as NameId
    }

    /// Calls `found` with every name whose score with one reading of a name can reach `threshold`.
    pub fn candidates(&self, name: &PreparedName, threshold: f32, scratch: &mut Scratch, found: &mut impl FnMut(NameId)) {
        scratch.left.resize(self.names.len(), 0);
        scratch.right.resize(self.names.len(), 0);
        let weights = Weights::new(name);
        let own_initials = name
            .tokens
            .iter()
            .enumerate()
            .filter(|(_, token)| token.role == Role::Initial)
            .fold(0, |bits, (at, _)| bits | 1_u32 << at);
        for (at, token) in name.tokens.iter().enumerate() {
            // Light parts decide nothing, but a title or an abbreviation can be a name in the other.
            let is_sought = weights.light >> at & 1 == 0 || matches!(token.role, Role::Title | Role::Acronym);
            if is_sought && token.role != Role::Initial {
                self.touch_related(token, 1 << at, scratch);
            }
        }
        if name.tokens.len() > 1 {
            for run in joined(name) {
                self.touch_run(&run, scratch);
            }
        }
        let mut direct: SmallVec<[NameId; 8]> = SmallVec::new();
        for korean in &name.korean {
            direct.extend(self.by_korean_key.get(&korean.key()).into_iter().flatten().copied());
        }
        if self.kind != EntryKind::Person {
            for abbreviation in abbreviations(name) {
                direct.extend(self.by_abbreviation.get(&abbreviation).into_iter().flatten().copied());
            }
        }
        let mut touched = std::mem::take(&mut scratch.touched);
        for id in touched.drain(..) {
            let at = id as usize;
            let left = scratch.left.get_mut(at).map_or(0, std::mem::take);
            let right = scratch.right.get_mut(at).map_or(0, std::mem::take);
            let Some(listed) = self.names.get(at) else { continue };
            // Of two names of several parts one part alone is capped below any threshold, unless it is a compound.
            let is_one_part = (left & !weights.light).count_ones() <= 1 && (right & !listed.weights.light).count_ones() <= 1;
            if is_one_part
                && self.kind == EntryKind::Person
                && own_initials | listed.initials == 0
                && weights.names.max(listed.weights.names) > 1
                && threshold > CAP_ONE_PART
                && !(weights.has_compound && listed.weights.has_compound)
                && !(weights.has_light_name || listed.weights.has_light_name)
            {
                continue;
            }
            let (mut left, mut right) = (left | weights.light, right | listed.weights.light);
            if own_initials | listed.initials != 0 {
                left |= own_initials | alike_initials(name, &listed.name, listed.initials);
                right |= listed.initials | alike_initials(&listed.name, name, own_initials);
            }
            if bound(self.kind, &weights, &listed.weights, left, right) >= threshold {
                direct.push(id);
            }
        }
        scratch.touched = touched;
        direct.sort_unstable();
        direct.dedup();
        direct.into_iter().for_each(found);
    }

    /// Marks every name with a part or run that a part can be.
    fn touch_related(&self, token: &Token, bits: u32, scratch: &mut Scratch) {
        let key = part_key(token);
        if !scratch.related.contains_key(&key) {
            let related = self.related(token, scratch);
            if scratch.related.len() >= MOST_REMEMBERED {
                scratch.related.clear();
            }
            scratch.related.insert(key.clone(), related);
        }
        let Some(related) = scratch.related.get(&key) else { return };
        let parts = related.parts.iter().filter_map(|at| self.parts.get(*at as usize)).map(|part| &part.names);
        let runs = related.runs.iter().filter_map(|at| self.runs.get(*at as usize)).map(|run| &run.names);
        for (id, places) in parts.chain(runs).flatten() {
            mark(&mut scratch.left, &mut scratch.right, &mut scratch.touched, *id, bits, *places);
        }
    }

    fn touch_run(&self, run: &Joined, scratch: &mut Scratch) {
        for part in self.parts_by_key.get(&run.skeleton.0).into_iter().flatten().filter_map(|at| self.parts.get(*at as usize)) {
            if relate_joined(run, &part.token).is_some() {
                for (id, places) in &part.names {
                    mark(&mut scratch.left, &mut scratch.right, &mut scratch.touched, *id, run.mask, *places);
                }
            }
        }
    }

    /// The parts and runs that a part can be the same as.
    fn related(&self, token: &Token, scratch: &mut Scratch) -> Related {
        scratch.seen_parts.resize(self.parts.len(), 0);
        scratch.stamp = scratch.stamp.wrapping_add(1);
        if scratch.stamp == 0 {
            scratch.seen_parts.fill(0);
            scratch.stamp = 1;
        }
        let mut related = Related::default();
        let mut keys = token.skeleton.with_one_left_out();
        keys.extend(letter_keys(token));
        let by_key = keys.iter().filter_map(|key| self.parts_by_key.get(key));
        let by_family = token.families.iter().filter_map(|(family, _)| self.parts_by_family.get(family));
        let by_word = token.word.iter().filter_map(|word| self.parts_by_word.get(word));
        for id in by_key.chain(by_family).chain(by_word).flatten() {
            let (Some(seen), Some(part)) = (scratch.seen_parts.get_mut(*id as usize), self.parts.get(*id as usize)) else {
                continue;
            };
            if *seen != scratch.stamp {
                *seen = scratch.stamp;
                if relate(token, &part.token).is_some() {
                    related.parts.push(*id);
                }
            }
        }
        for id in self.runs_by_skeleton.get(&token.skeleton.0).into_iter().flatten() {
            if self.runs.get(*id as usize).is_some_and(|run| relate_joined(&run.run, token).is_some()) {
                related.runs.push(*id);
            }
        }
        related
    }
}

/// Keys beside the skeleton: the number that a part is or spells, the letters of a short word, the letters of a longer one but for one.
fn letter_keys(token: &Token) -> SmallVec<[u64; 12]> {
    let mut keys: SmallVec<[u64; 12]> =
        token.number.or(token.spelled).map(|number| 1 << 63 | u64::from(number)).into_iter().collect();
    if token.text.len() == 3 {
        let letters = token.text.bytes().fold(0_u64, |sum, letter| sum + (1 << (3 * (u64::from(letter) % 16))));
        keys.push(1 << 62 | letters);
    }
    if (4..=24).contains(&token.text.len()) {
        // Words that are one slip apart have a word in common that lacks a letter of each.
        let bytes = token.text.as_bytes();
        for skipped in 0..=bytes.len() {
            let letters = bytes.iter().enumerate().filter(|(at, _)| *at != skipped).map(|(_, letter)| *letter);
            let key =
                letters.fold(0xcbf2_9ce4_8422_2325_u64, |hash, letter| (hash ^ u64::from(letter)).wrapping_mul(0x0100_0000_01b3));
            keys.push(1 << 61 | key >> 4);
        }
    }
    keys
}

fn mark(left: &mut [u32], right: &mut [u32], touched: &mut Vec<NameId>, id: NameId, bits: u32, places: u32) {
    if let (Some(left), Some(right)) = (left.get_mut(id as usize), right.get_mut(id as usize)) {
        if *left == 0 {
            touched.push(id);
        }
        *left |= bits;
        *right |= places;
    }
}

/// Bits of the parts of a name that begin with one of another name's initials.
fn alike_initials(name: &PreparedName, other: &PreparedName, initials: u32) -> u32 {
    let mut bits = 0;
    for (_, initial) in other.tokens.iter().enumerate().filter(|(at, _)| initials >> at & 1 == 1) {
        for (at, token) in name.tokens.iter().enumerate() {
            if token.text.as_bytes().first() == initial.text.as_bytes().first() {
                bits |= 1 << at;
            }
        }
    }
    bits
}

/// What a body's name is abbreviated to or, if it is one word, what it may abbreviate.
fn abbreviations(name: &PreparedName) -> SmallVec<[CompactString; 4]> {
    let mut found = SmallVec::new();
    let mut add = |text: CompactString| {
        if text.len() >= 2 && !found.contains(&text) {
            found.push(text);
        }
    };
    for token in name.tokens.iter().filter(|token| token.role == Role::Acronym) {
        add(token.text.clone());
    }
    let mut telling = name.tokens.iter().filter(|token| token.weight > 0.1);
    if let (Some(only), None) = (telling.next(), telling.next()) {
        add(only.text.clone());
    }
    if name.tokens.len() >= 3 {
        add(initials(name, false));
        add(initials(name, true));
    }
    found
}
