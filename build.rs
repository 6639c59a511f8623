//! Embeds the built-in rulebook in the program: its files, their YAML trees already parsed, and their digest. The program
//! then needs no file to run, and does not parse the rulebook when it starts.

use std::path::PathBuf;
use std::{env, fs, io};

/// The modules of the program that read YAML, compiled into the build script too, so that both parse alike.
#[path = "src/document"]
#[allow(dead_code, unused_imports)]
mod document {
    mod cell_place;
    mod code;
    mod diagnostic;
    mod digits;
    mod folder;
    mod limits;
    mod node;
    mod source;
    mod suggest;
    mod tree_cache;
    mod yaml;

    pub use code::Code;
    pub use diagnostic::{Diagnostic, DiagnosticLevel, Diagnostics};
    pub use digits::hex;
    pub use folder::{FolderListing, list_files};
    pub use limits::{MAX_DEPTH, MAX_LINE, MAX_NODES};
    pub use node::{Content, Entry, Key, Node, Scalar};
    pub use source::{Position, SourceId, SourceMap, SourceText, Span};
    pub use suggest::{closest, did_you_mean, suggestion};
    pub use tree_cache::{decode, encode};
    pub use yaml::read_yaml;
}

/// The modules of the program that fold words.
#[path = "src/facts"]
#[allow(dead_code)]
mod facts {
    mod fold;
    mod look_alikes;
    mod stem;
    mod words;

    pub use words::Words;
}

#[path = "src/rulebook/digest.rs"]
mod digest;

fn main() -> io::Result<()> {
    let root = PathBuf::from(variable("CARGO_MANIFEST_DIR")?).join("rules");
    let out = PathBuf::from(variable("OUT_DIR")?);
    // Cargo watches everything below the folder.
    println!("cargo:rerun-if-changed={}", root.display());
    let listing = document::list_files(&root, |file| file.extension().is_some_and(|e| e == "yaml" || e == "yml"));
    if let Some((folder, error)) = listing.unreadable.into_iter().next() {
        return Err(io::Error::new(error.kind(), format!("{}: {error}", folder.display())));
    }
    let mut files = Vec::new();
    for path in listing.files {
        let name = path.strip_prefix(&root).map_err(io::Error::other)?.display().to_string().replace('\\', "/");
        let text = fs::read_to_string(&path)?;
        files.push((name, path, text));
    }
    let mut table = String::from("static FILES: &[BuiltIn] = &[\n");
    for (number, (name, path, text)) in files.iter().enumerate() {
        let tree = out.join(format!("{number}.tree"));
        fs::write(&tree, encoded_tree(name, text))?;
        let lexicon = match lexicon(name, text) {
            Some(compact) => {
                let file = out.join(format!("{number}.lexicon"));
                fs::write(&file, compact)?;
                format!("Some(include_str!({:?}))", file.display().to_string())
            }
            None => "None".to_owned(),
        };
        let (path, tree) = (path.display().to_string(), tree.display().to_string());
        table.push_str(&format!(
            "    BuiltIn {{ name: {name:?}, text: include_str!({path:?}), tree: include_bytes!({tree:?}), lexicon: {lexicon} }},\n"
        ));
    }
    table.push_str("];\n");
    let digest = digest::digest(files.iter().map(|(name, _, text)| (name.as_str(), text.as_str())));
    table.push_str(&format!("static DIGEST: &str = {digest:?};\n"));
    fs::write(out.join("built_in_rules.rs"), table)
}

/// The encoded YAML tree of a file; empty if the file has a mistake, which the program then reports when it parses it.
fn encoded_tree(name: &str, text: &str) -> Vec<u8> {
    let mut sources = document::SourceMap::default();
    let mut problems = document::Diagnostics::default();
    let id = sources.add(document::SourceText::new(name, text));
    let root = sources.get(id).and_then(|source| document::read_yaml(id, source, &mut problems));
    root.filter(|_| problems.is_empty()).map_or_else(Vec::new, |root| document::encode(&root, text))
}

/// The entries of a file of the lexicon in the compact form, a line for each: its codes with blanks between them, then its words, each
/// behind a tab and with its folded form behind another one; `None` of other files, and of one with a mistake.
fn lexicon(name: &str, text: &str) -> Option<String> {
    let mut sources = document::SourceMap::default();
    let mut problems = document::Diagnostics::default();
    let id = sources.add(document::SourceText::new(name, text));
    let root = document::read_yaml(id, sources.get(id)?, &mut problems)?;
    let entries = root.get("lexicon").filter(|_| problems.is_empty() && root.entries().is_some_and(|e| e.len() == 2))?;
    let mut compact = String::new();
    for entry in entries.one_or_many() {
        let codes: Vec<&str> = entry.get("hs")?.one_or_many().iter().filter_map(document::Node::text).collect();
        compact.push_str(&codes.join(" "));
        for language in ["en", "fr", "es", "ar", "ru", "ko", "zh"] {
            for word in entry.get(language).map(document::Node::one_or_many).unwrap_or_default() {
                let written = word.text()?;
                let folded = facts::Words::new(written);
                let folded = folded.without_outer_gaps();
                compact.push_str(&format!("\t{written}\t{}", if folded == written { "" } else { folded }));
            }
        }
        compact.push('\n');
    }
    Some(compact)
}

fn variable(name: &str) -> io::Result<String> {
    env::var(name).map_err(io::Error::other)
}
