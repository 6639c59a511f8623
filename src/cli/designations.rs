//! `--designations`: the lists of designated parties that a command reads.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use sha2::{Digest as _, Sha256};

use crate::document::{Code, hex, read_text_file};
use crate::lists::{DatedCopies, List, ListError, complete, read_list};
use crate::rulebook::Rulebook;
use crate::run::DesignationLists;

use super::Exit;
use super::output::show_error;

/// The lists to screen against.
#[derive(Debug, Args)]
pub(super) struct Designations {
    /// List of designated parties: UN Consolidated List (XML), OFAC SDN list (XML or CSV) or CSV of one's own; of a folder of dated copies the newest, or with --on or --known-on
    /// the newest of that day (repeatable)
    #[arg(long, value_name = "PATH", env = "INTERDICT_DESIGNATIONS")]
    pub designations: Vec<PathBuf>,
}

/// A list with the file that it stands in.
#[derive(Debug)]
pub(super) struct ListFile {
    pub path: PathBuf,
    pub list: List,
}

/// Reads one list; what is wrong is shown.
pub(super) fn read(path: &Path) -> Result<ListFile, Exit> {
    let unreadable = |message: String| {
        show_error(
            Code::ListUnreadable,
            message,
            Some("lists are read as the UN and OFAC publish them, or as CSV with the columns name and reference"),
        );
        Exit::WrongInput
    };
    let text = read_text_file(path).map_err(|error| unreadable(format!("`{}` cannot be read: {error}", path.display())))?;
    let mut list = read_list(&text)
        .map_err(|error: ListError| unreadable(format!("`{}` cannot be read as a list: {error}", path.display())))?;
    // The digest of the file as it stands, which `verify` compares.
    list.digest = format!("sha256:{}", hex(&Sha256::digest(text.as_bytes())));
    Ok(ListFile { path: path.to_owned(), list })
}

impl Designations {
    /// Reads all lists; of each folder one copy. `on` is the day as of which a folder's copy is taken.
    pub fn read(&self, on: Option<chrono::NaiveDate>) -> Result<Vec<ListFile>, Exit> {
        let mut lists = Vec::new();
        for path in &self.designations {
            if path.is_dir() {
                lists.push(from_folder(path, on)?);
            } else {
                lists.push(read(path)?);
            }
        }
        let (paths, mut lists): (Vec<PathBuf>, Vec<List>) = lists.into_iter().map(|file| (file.path, file.list)).unzip();
        if !complete(&mut lists) {
            let message = "a file of other names or addresses is about entries that no list given has".to_owned();
            let help = "of the SDN list in CSV, give sdn.csv with alt.csv and add.csv, all of one day; sdn.xml has everything";
            show_error(Code::ListUnreadable, message, Some(help));
            return Err(Exit::WrongInput);
        }
        Ok(paths.into_iter().zip(lists).map(|(path, list)| ListFile { path, list }).collect())
    }

    /// Reads all lists for the parties of incidents; `None` if none is given. `known_on` is the day as of which the law is applied.
    pub fn of_run(&self, known_on: Option<chrono::NaiveDate>, rulebook: &Rulebook) -> Result<Option<DesignationLists>, Exit> {
        let lists = self.read(known_on)?;
        let named = lists.into_iter().map(|file| (shown(&file.path), file.list));
        Ok((!self.designations.is_empty()).then(|| DesignationLists::new(named, rulebook)))
    }
}

/// A path as reports name it: with `/` between the parts.
fn shown(path: &Path) -> String {
    path.display().to_string().replace(std::path::MAIN_SEPARATOR, "/")
}

/// The copy of a folder that is the newest, or that was on a day.
fn from_folder(folder: &Path, on: Option<chrono::NaiveDate>) -> Result<ListFile, Exit> {
    let unusable = |message: String, help: &str| {
        show_error(Code::ListUnreadable, message, Some(help));
        Exit::WrongInput
    };
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .map_err(|error| unusable(format!("`{}` cannot be read: {error}", folder.display()), "check its name and rights"))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xml")))
        .collect();
    files.sort();
    let mut copies = Vec::new();
    for file in &files {
        copies.push(read(file)?);
    }
    if let [first, others @ ..] = copies.as_slice()
        && let Some(other) = others.iter().find(|copy| copy.list.publisher != first.list.publisher)
    {
        let (one, two) = (first.path.display(), other.path.display());
        let message = format!("`{}` holds copies of different lists: `{one}` and `{two}`", folder.display());
        return Err(unusable(message, "keep the copies of each list in a folder of its own, and give each by `--designations`"));
    }
    let digests: Vec<(String, PathBuf)> = copies.iter().map(|copy| (copy.list.digest.clone(), copy.path.clone())).collect();
    let copies = DatedCopies::new(copies.into_iter().map(|copy| copy.list).collect());
    let chosen = match on {
        Some(day) => copies.known_on(day),
        None => copies.newest(),
    };
    let Some(list) = chosen else {
        let day = on.map_or(String::new(), |day| format!(" of {day} or before"));
        return Err(unusable(
            format!("`{}` has no copy of the list{day}", folder.display()),
            "put copies in XML there; each says by itself of when it is",
        ));
    };
    let path =
        digests.iter().find(|(digest, _)| *digest == list.digest).map_or_else(|| folder.to_owned(), |(_, path)| path.clone());
    Ok(ListFile { path, list: list.clone() })
}
