//! How the words for drafting are written: from YAML to [`DraftingWords`].

use crate::document::{Code, Diagnostics, Mapping, Node};
use crate::facts::{Scheme, Term};
use crate::rulebook::drafting::{DraftingClass, DraftingEntry, DraftingWords, Frame};
use crate::rulebook::{TermLookup, Vocabulary};

use super::unknown_name;

impl DraftingWords {
    /// Reads one entry of `drafting:`.
    pub(in crate::rulebook) fn read(&mut self, node: &Node, vocabulary: &Vocabulary, problems: &mut Diagnostics) {
        const KEYS: &[&str] = &["class", "words", "verbs", "nouns", "activity", "frame", "country", "kind", "label"];
        let Some(map) = Mapping::read(node, "an entry of `drafting`", KEYS, problems) else { return };
        if map.require("class", problems).is_none() {
            return;
        }
        let class = map.one_of("class", &DraftingClass::KEYS.map(|(key, _)| key), problems);
        let Some((_, class)) = class.and_then(|position| DraftingClass::KEYS.get(position)) else { return };
        let frame = map.one_of("frame", &Frame::KEYS.map(|(key, _)| key), problems);
        let kinds: &[Scheme] = if *class == DraftingClass::Source { &[Scheme::SourceKind] } else { &[Scheme::PartyKind] };
        let entry = DraftingEntry {
            class: *class,
            words: texts(&map, "words", problems),
            verbs: texts(&map, "verbs", problems),
            nouns: texts(&map, "nouns", problems),
            activity: term(&map, "activity", &[Scheme::Activity], vocabulary, problems),
            frame: frame.and_then(|position| Frame::KEYS.get(position)).map(|(_, frame)| *frame),
            country: term(&map, "country", &[Scheme::Country], vocabulary, problems),
            kind: term(&map, "kind", kinds, vocabulary, problems),
            label: map.text("label", problems).map(str::to_owned),
        };
        // What a class says nothing without.
        let needed = match class {
            DraftingClass::Act | DraftingClass::Gist if entry.frame.is_none() => Some("frame"),
            DraftingClass::Act | DraftingClass::Gist | DraftingClass::Theme | DraftingClass::Fired | DraftingClass::Made
                if entry.activity.is_none() =>
            {
                Some("activity")
            }
            DraftingClass::State | DraftingClass::Group | DraftingClass::Town if entry.country.is_none() => Some("country"),
            DraftingClass::Source if entry.kind.is_none() => Some("kind"),
            DraftingClass::Genre | DraftingClass::List if entry.label.is_none() => Some("label"),
            _ => None,
        };
        if needed.is_none_or(|key| map.get(key).is_some() || map.require(key, problems).is_some()) {
            self.entries.push(entry);
        }
    }
}

fn texts(map: &Mapping<'_>, key: &str, problems: &mut Diagnostics) -> Vec<String> {
    map.texts(key, problems).into_iter().map(|(_, text)| text.to_owned()).collect()
}

/// The term under a key, which must have that id.
fn term(map: &Mapping<'_>, key: &str, schemes: &[Scheme], vocabulary: &Vocabulary, problems: &mut Diagnostics) -> Option<Term> {
    let (node, id) = (map.get(key)?, map.text(key, problems)?);
    let term = schemes.iter().find_map(|scheme| vocabulary.term(*scheme, id));
    if term.is_none() {
        let near = match vocabulary.lookup(schemes, id) {
            TermLookup::Missing(near) => near,
            TermLookup::Found(_) => None,
        };
        unknown_name(Code::UnknownWord, node, id, key, near.as_deref(), problems);
    }
    term
}
