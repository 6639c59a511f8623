//! Which files are meant: paths, folders and standard input.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::document::{Code, Diagnostic, Diagnostics, hex, list_files};

/// Endings of the files that are read in a folder.
const ENDINGS: [&str; 6] = ["yaml", "yml", "json", "ndjson", "jsonl", "csv"];

/// One input of a run.
#[derive(Debug, Clone)]
pub struct Input {
    /// As it was named.
    pub path: String,
    /// SHA-256 of its bytes.
    pub digest: String,
    /// How many transactions were read from it.
    pub transactions: usize,
}

impl Input {
    pub(super) fn new(path: &str, bytes: &[u8], transactions: usize) -> Self {
        Self { path: path.to_owned(), digest: hex(&Sha256::digest(bytes)), transactions }
    }
}

/// The files that the paths mean, sorted, each once. A folder without an incident file is an error.
pub fn expand(paths: &[PathBuf], problems: &mut Diagnostics) -> Vec<PathBuf> {
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
    let mut files: Vec<PathBuf> = files.into_iter().map(plainly).collect();
    files.sort();
    files.dedup();
    files
}

/// Without `./` before it: code hosts know their files without it, and nobody reads one twice. `-` is standard input, and
/// `./-` is none.
fn plainly(path: PathBuf) -> PathBuf {
    match path.strip_prefix(".") {
        Ok(rest) if rest.as_os_str() != "-" && !rest.as_os_str().is_empty() => rest.to_owned(),
        _ => path,
    }
}
