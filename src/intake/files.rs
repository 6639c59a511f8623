//! The inputs of a run: which files the paths on the command line mean.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::document::{Code, Diagnostic, Diagnostics, hex, list_files};

use super::own_reports::is_own_report;

/// The extensions of incident files.
const ENDINGS: [&str; 9] = ["yaml", "yml", "json", "ndjson", "jsonl", "csv", "tsv", "xlsx", "xlsm"];

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
/// are sorted, each once. Reports of this program are left out and named in a warning, so that a folder of incidents can hold them.
/// A folder that has no incident file or cannot be listed is a mistake.
pub fn find_inputs(paths: &[PathBuf], problems: &mut Diagnostics) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" || !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let mut listing = list_files(path, |file| !is_beside_the_point(file));
        let others = listing.files.extract_if(.., |file| !is_incident_file(file)).collect();
        problems.extend(not_read(path, others));
        problems.extend(own_reports(listing.files.extract_if(.., |file| is_own_report(file)).collect()));
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
    // Named one by one, as a shell names the files of a folder, they are left out beside others.
    if !files.iter().all(|file| is_own_report(file)) {
        problems.extend(own_reports(files.extract_if(.., |file| is_own_report(file)).collect()));
    }
    let mut files: Vec<PathBuf> = files.into_iter().map(without_dot).collect();
    files.sort();
    files.dedup();
    files
}

fn is_incident_file(file: &Path) -> bool {
    let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    ENDINGS.iter().any(|own| ending.eq_ignore_ascii_case(own))
}

/// True for hidden files and for notes about a folder, which nobody takes for incidents.
fn is_beside_the_point(file: &Path) -> bool {
    let is_note = file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("md"));
    is_note || file.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

/// The warning that names files of a folder which are of no form that is read; `None` if there are none.
fn not_read(folder: &Path, files: Vec<PathBuf>) -> Option<Diagnostic> {
    let (verb, noun) = if files.len() == 1 { ("is", "file") } else { ("are", "files") };
    let message = format!("{} {noun} of `{}` {verb} not read: {}", files.len(), folder.display(), shown(&files));
    let help = format!("files ending in {} are read; unpack or convert the others, or move them away", ENDINGS.join(", "));
    (!files.is_empty()).then(|| Diagnostic::about_file(Code::FilesNotRead, message).help(help))
}

/// The warning that names reports of this program among the inputs; `None` if there are none.
fn own_reports(files: Vec<PathBuf>) -> Option<Diagnostic> {
    let help = "write reports to another folder than that of the incidents";
    let message = match files.as_slice() {
        [] => return None,
        [file] => format!("`{}` is a report of this program, and was not read", file.display()),
        _ => format!("{} are reports of this program, and were not read", shown(&files)),
    };
    Some(Diagnostic::about_file(Code::FilesNotRead, message).help(help))
}

/// The first of some files by their names, and the number of the others.
fn shown(files: &[PathBuf]) -> String {
    const SHOWN: usize = 5;
    let mut names: Vec<String> = files.iter().take(SHOWN).map(|file| format!("`{}`", file.display())).collect();
    if files.len() > SHOWN {
        names.push(format!("{} more", files.len() - SHOWN));
    }
    names.join(", ")
}

/// A path without `./` before it: code hosts know their files without it, and no file is read twice. `./-` is kept, since `-`
/// alone is standard input.
fn without_dot(path: PathBuf) -> PathBuf {
    match path.strip_prefix(".") {
        Ok(rest) if rest.as_os_str() != "-" && !rest.as_os_str().is_empty() => rest.to_owned(),
        _ => path,
    }
}
