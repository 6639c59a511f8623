//! How the lexicon of ordinary goods is written: from YAML to its compact form.

use std::collections::HashSet;

use crate::document::{Code, Diagnostic, Diagnostics, Mapping, Node};
use crate::facts::{HsCode, Words};
use crate::rulebook::law::{LexiconText, lexicon_columns};

/// The languages of the lexicon.
const LANGUAGES: [&str; 7] = ["en", "fr", "es", "ar", "ru", "ko", "zh"];

impl LexiconText {
    /// Reads entries such as `{hs: ["7323", "7615"], en: [pot, pan], zh: [锅]}`.
    pub(in crate::rulebook) fn read(&mut self, nodes: &[&Node], problems: &mut Diagnostics) {
        let mut text = String::new();
        let mut seen: HashSet<(&str, String)> = HashSet::new();
        for node in nodes {
            let Some(map) =
                Mapping::read(node, "an entry of the lexicon", &["hs", "en", "fr", "es", "ar", "ru", "ko", "zh"], problems)
            else {
                continue;
            };
            if map.get("hs").is_none() {
                problems.push(Diagnostic::new(Code::MissingKey, node.span, "an entry of the lexicon needs `hs`"));
            }
            let mut codes = Vec::new();
            for (node, code) in map.texts("hs", problems) {
                match code.parse::<HsCode>().ok().filter(HsCode::names_goods) {
                    Some(code) => codes.push(code.to_string()),
                    None => problems.push(
                        Diagnostic::new(Code::HsPrefix, node.span, format!("`{code}` is no HS code of goods"))
                            .help("2, 4, 6, 8 or 10 digits: \"8471\", \"8517.13\""),
                    ),
                }
            }
            text.push_str(&codes.join(" "));
            for language in LANGUAGES {
                for (node, word) in map.texts(language, problems) {
                    if Words::new(word).is_empty() {
                        problems.push(Diagnostic::new(Code::NoWords, node.span, "a word needs a letter or a digit"));
                    } else if !seen.insert((language, word.to_owned())) {
                        let message = format!("`{word}` stands twice in the lexicon for `{language}`");
                        let help = "an entry can have several codes: `hs: [\"7323\", \"7615\"]`";
                        problems.push(Diagnostic::new(Code::DuplicateId, node.span, message).help(help));
                    } else {
                        text.push_str(&lexicon_columns(word));
                    }
                }
            }
            text.push('\n');
        }
        if !text.is_empty() {
            self.add(text.into());
        }
    }
}
