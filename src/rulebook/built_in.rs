//! The built-in rulebook: the files that the program carries, with their YAML trees and their digest, which `build.rs`
//! computes so that starting costs no more than checking a small incident.
//!
//! A precomputed tree or digest is used only for texts that equal the built-in ones, whatever folder they come from.

use std::borrow::Cow;

use crate::document::{Node, SourceId, decode};

use super::RuleFiles;
use super::digest::digest;

/// A built-in file.
struct BuiltIn {
    /// The path below the root, with `/` between its parts.
    name: &'static str,
    text: &'static str,
    /// The YAML tree of the text, [encoded](crate::document::encode).
    tree: &'static [u8],
    /// Where the file is a part of the lexicon: its entries in the compact form of [`LexiconText`](super::law::LexiconText).
    lexicon: Option<&'static str>,
}

include!(concat!(env!("OUT_DIR"), "/built_in_rules.rs"));

impl RuleFiles {
    /// The files of the built-in rulebook.
    pub fn built_in() -> Self {
        let files = FILES.iter().map(|file| (file.name.to_owned(), Cow::Borrowed(file.text))).collect();
        Self { root: "rules".to_owned(), files }
    }
}

/// The YAML tree of a built-in file, with spans in the source `id`; `None` unless name and text are those of one.
pub(super) fn tree(name: &str, text: &str, id: SourceId) -> Option<Node> {
    let file = FILES.iter().find(|file| file.name == name).filter(|file| file.text == text)?;
    decode(file.tree, id, text)
}

/// The entries of a built-in file of the lexicon; `None` if the name or the text is another. They need no check: the tests read
/// the files.
pub(super) fn lexicon(name: &str, text: &str) -> Option<&'static str> {
    FILES.iter().find(|file| file.name == name).filter(|file| file.text == text)?.lexicon
}

/// The digest of a rulebook's files, which is precomputed for the built-in ones.
pub(super) fn digest_of(files: &RuleFiles) -> String {
    let given = || files.files.iter().map(|(name, text)| (name.as_str(), &**text));
    if given().eq(FILES.iter().map(|file| (file.name, file.text))) { DIGEST.to_owned() } else { digest(given()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Diagnostics, SourceMap, SourceText, read_yaml};
    use crate::rulebook::law::LexiconText;

    #[test]
    fn every_precomputed_tree_equals_the_parsed_text() {
        assert!(FILES.len() > 50, "all files are there");
        let mut sources = SourceMap::default();
        for file in FILES {
            let id = sources.add(SourceText::new(file.name, file.text));
            let mut problems = Diagnostics::default();
            let parsed = read_yaml(id, sources.get(id).unwrap(), &mut problems);
            assert!(problems.is_empty(), "{}", file.name);
            assert!(parsed.is_some(), "{}", file.name);
            assert_eq!(tree(file.name, file.text, id), parsed, "{}", file.name);
        }
    }

    #[test]
    fn the_compact_lexicon_is_what_its_files_say() {
        let mut sources = SourceMap::default();
        let mut problems = Diagnostics::default();
        let files = FILES.iter().filter(|file| file.lexicon.is_some());
        let trees: Vec<Node> = files
            .clone()
            .map(|file| {
                let id = sources.add(SourceText::new(file.name, file.text));
                read_yaml(id, sources.get(id).unwrap(), &mut problems).unwrap()
            })
            .collect();
        let entries: Vec<&Node> = trees.iter().filter_map(|tree| tree.get("lexicon")).flat_map(Node::one_or_many).collect();
        let mut lexicon = LexiconText::default();
        lexicon.read(&entries, &mut problems);
        let messages: Vec<_> = problems.iter().map(|problem| &problem.message).collect();
        assert!(messages.is_empty(), "{messages:?}");
        assert!(entries.len() > 100);
        assert_eq!(lexicon.text(), files.filter_map(|file| file.lexicon).collect::<String>());
        let under_folder = FILES.iter().filter(|file| file.name.contains("/lexicon/"));
        assert!(under_folder.clone().count() > 5 && under_folder.into_iter().all(|file| file.lexicon.is_some()));
    }

    #[test]
    fn the_precomputed_digest_equals_that_of_the_files() {
        let mut files = RuleFiles::built_in();
        assert_eq!(digest_of(&files), digest(FILES.iter().map(|f| (f.name, f.text))));
        files.files.pop();
        assert_ne!(digest_of(&files), DIGEST);
    }

    #[test]
    fn an_altered_text_has_no_tree() {
        let file = &FILES[0];
        let mut sources = SourceMap::default();
        let id = sources.add(SourceText::new(file.name, file.text));
        assert_eq!(tree(file.name, &format!("{} ", file.text), id), None);
        assert_eq!(tree("another.yaml", file.text, id), None);
    }
}
