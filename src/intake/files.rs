//! The inputs of a run: which files the paths on the command line mean.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::document::{Code, Diagnostic, Diagnostics, hex, list_files};

/// The extensions of incident files.
const ENDINGS: [&str; 6] = ["yaml", "yml", "json", "ndjson", "jsonl", "csv"];

/// An input of a run.
#[derive(Debug, Clone)]
pub struct Input {
    /// The path as given, or `<stdin>`.
    pub path: String,
    /// SHA-256 of the bytes, in hexadecimal digits.
    pub digest: String,
    /// The number of transactions that were read from it.
    pub transactions: usize,
}

impl Input {
    pub(super) fn new(path: &str, bytes: &[u8], transactions: usize) -> Self {
        Self { path: path.to_owned(), digest: hex(&Sha256::digest(bytes)), transactions }
    }
}

/// Finds the files that paths stand for: files themselves, incident files below folders, and `-` for standard input. They
/// are sorted, each once. A folder that has no incident file or cannot be listed is a mistake.
pub fn find_inputs(paths: &[PathBuf], problems: &mut Diagnostics) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" || !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let is_incident_file = |file: &Path| file.extension().and_then(|e| e.to_str()).is_some_and(|e| ENDINGS.contains(&e));
        let mut listing = list_files(path, is_incident_file);
        if listing.files.is_empty() && listing.unreadable.is_empty() {
            let message = format!("the folder `{}` holds no incident file", path.display());
            problems.push(
                Diagnostic::about_file(Code::NothingToRead, message)
                    .help(format!("files ending in {} are read", ENDINGS.join(", "))),
            );
        }
        for (folder, error) in listing.unreadable {
            problems.push(Diagnostic::about_file(
                Code::FileUnreadable,
                format!("the folder `{}` cannot be read: {error}", folder.display()),
            ));
        }
        files.append(&mut listing.files);
    }
    let mut files: Vec<PathBuf> = files.into_iter().map(without_dot).collect();
    files.sort();
    files.dedup();
    files
}

/// A path without `./` before it: code hosts know their files without it, and no file is read twice. `./-` is kept, since `-`
/// alone is standard input.
fn without_dot(path: PathBuf) -> PathBuf {
    match path.strip_prefix(".") {
        Ok(rest) if rest.as_os_str() != "-" && !rest.as_os_str().is_empty() => rest.to_owned(),
        _ => path,
    }
}
