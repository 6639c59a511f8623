//! The files of a run: each is written once, and none that the run reads.

use std::path::{Path, PathBuf};

use crate::document::Code;

use super::Exit;
use super::signing::complain;

/// What a run reads and writes, by the real names.
#[derive(Debug, Default)]
pub(super) struct OutputPaths {
    read: Vec<PathBuf>,
    rules: Option<PathBuf>,
    written: Vec<PathBuf>,
}

impl OutputPaths {
    /// Notes what is read. What is not there cannot be written over.
    pub(super) fn reads<'f>(&mut self, files: impl IntoIterator<Item = &'f Path>) {
        self.read.extend(files.into_iter().filter_map(|file| std::fs::canonicalize(file).ok()));
    }

    /// Notes the folder of the rules, or their only file.
    pub(super) fn reads_rules(&mut self, folder: Option<&Path>) {
        self.rules = folder.and_then(|folder| std::fs::canonicalize(folder).ok());
    }

    /// Notes what is written; fails, and says so, if that is read or written already.
    pub(super) fn writes(&mut self, file: &Path, what: &str) -> Result<(), Exit> {
        let whole = placed(file);
        if self.read.contains(&whole) || self.is_rule_file(&whole) {
            let help = format!("write the {what} to another file");
            complain(Code::OutputConflict, format!("`{}` is read by this run", file.display()), Some(&help));
            return Err(Exit::WrongCommandLine);
        }
        if self.written.contains(&whole) {
            let help = "give each a file of its own";
            complain(Code::OutputConflict, format!("two things are to be written to `{}`", file.display()), Some(help));
            return Err(Exit::WrongCommandLine);
        }
        self.written.push(whole);
        Ok(())
    }

    fn is_rule_file(&self, whole: &Path) -> bool {
        let named = whole.extension().is_some_and(|ending| ending == "yaml" || ending == "yml");
        self.rules.as_deref().is_some_and(|rules| whole == rules || (named && whole.is_file() && whole.starts_with(rules)))
    }
}

/// The file by its folder's real name, whether it is there or not.
fn placed(file: &Path) -> PathBuf {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let in_folder = || Some(std::fs::canonicalize(folder).ok()?.join(file.file_name()?));
    std::fs::canonicalize(file).ok().or_else(in_folder).unwrap_or_else(|| file.to_owned())
}
