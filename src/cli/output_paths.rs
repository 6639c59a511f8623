//! The files that a run writes: each is written once, and none is one that the run reads.

use std::path::{Path, PathBuf};

use crate::document::Code;

use super::Exit;
use super::output::show_error;

/// The files that a run reads and writes, as canonical paths.
#[derive(Debug, Default)]
pub(super) struct OutputPaths {
    read: Vec<PathBuf>,
    rules: Option<PathBuf>,
    written: Vec<PathBuf>,
}

impl OutputPaths {
    /// Adds files that are read. One that does not exist cannot be overwritten.
    pub(super) fn add_read<'f>(&mut self, files: impl IntoIterator<Item = &'f Path>) {
        self.read.extend(files.into_iter().filter_map(|file| std::fs::canonicalize(file).ok()));
    }

    /// Sets the folder of the rules, or their only file.
    pub(super) fn set_rules(&mut self, folder: Option<&Path>) {
        self.rules = folder.and_then(|folder| std::fs::canonicalize(folder).ok());
    }

    /// Adds a file that is written. If the run reads it, or writes it already, that is shown.
    pub(super) fn add_written(&mut self, file: &Path, what: &str) -> Result<(), Exit> {
        let path = canonical(file);
        if self.read.contains(&path) || self.is_rule_file(&path) {
            let help = format!("write the {what} to another file");
            show_error(Code::OutputConflict, format!("`{}` is read by this run", file.display()), Some(&help));
            return Err(Exit::WrongCommandLine);
        }
        if self.written.contains(&path) {
            let help = "give each a file of its own";
            show_error(Code::OutputConflict, format!("two things are to be written to `{}`", file.display()), Some(help));
            return Err(Exit::WrongCommandLine);
        }
        self.written.push(path);
        Ok(())
    }

    fn is_rule_file(&self, path: &Path) -> bool {
        let is_yaml = path.extension().is_some_and(|ending| ["yaml", "yml"].iter().any(|own| ending.eq_ignore_ascii_case(own)));
        self.rules.as_deref().is_some_and(|rules| path == rules || (is_yaml && path.is_file() && path.starts_with(rules)))
    }
}

/// The canonical path of a file that need not exist; its folder has to.
fn canonical(file: &Path) -> PathBuf {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let in_folder = || Some(std::fs::canonicalize(folder).ok()?.join(file.file_name()?));
    std::fs::canonicalize(file).ok().or_else(in_folder).unwrap_or_else(|| file.to_owned())
}
