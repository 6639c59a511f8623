//! Where a report goes.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::document::{Diagnostics, SourceMap};
use crate::report::render_diagnostics;

/// What is said when standard output takes nothing.
pub(super) const NO_OUTPUT: &str = "the report cannot be written to standard output";

/// Writes a report to a file, whole or not at all, or to standard output.
pub(super) fn write(file: Option<&Path>, tell: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> anyhow::Result<()> {
    match file {
        Some(file) => Unfinished::write(file, tell)?.finish(),
        None => {
            let mut out = BufWriter::new(io::stdout().lock());
            tell(&mut out).and_then(|()| out.flush()).context(NO_OUTPUT)
        }
    }
}

/// A file that is written, and does not yet bear its name: nobody ever finds half of it. What is not finished is removed.
pub(super) struct Unfinished {
    file: PathBuf,
    /// Where it stands for now; `None` once it bears its name.
    beside: Option<PathBuf>,
}

impl Unfinished {
    /// Writes all of it. What is there and no file (a device, a pipe) takes it as it comes.
    pub(super) fn write(file: &Path, tell: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> anyhow::Result<Self> {
        let unwritten = || format!("the report cannot be written to `{}`", file.display());
        // A link goes on pointing to what is written.
        let whole = std::fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
        let kind = std::fs::metadata(&whole).map(|m| m.file_type());
        if kind.as_ref().is_ok_and(|kind| kind.is_dir()) {
            return Err(io::Error::from(io::ErrorKind::IsADirectory)).with_context(unwritten);
        }
        if kind.is_ok_and(|kind| !kind.is_file()) {
            File::options().write(true).open(&whole).and_then(|out| fill(out, tell)).with_context(unwritten)?;
            return Ok(Self { file: whole, beside: None });
        }
        let (beside, out) = unnamed_beside(&whole).with_context(unwritten)?;
        // What was readable by few stays so. Where that cannot be, the report is what matters.
        let _ = std::fs::metadata(&whole).and_then(|old| out.set_permissions(old.permissions()));
        let unfinished = Self { file: whole, beside: Some(beside) };
        fill(out, tell).and_then(|out| out.sync_all()).with_context(unwritten)?;
        Ok(unfinished)
    }

    /// Gives it its name.
    pub(super) fn finish(mut self) -> anyhow::Result<()> {
        if let Some(beside) = &self.beside {
            let unnamed = || format!("the report cannot be written to `{}`", self.file.display());
            std::fs::rename(beside, &self.file).with_context(unnamed)?;
            self.beside = None;
        }
        Ok(())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if let Some(beside) = &self.beside {
            let _ = std::fs::remove_file(beside);
        }
    }
}

/// A new file in the folder of another. It is nobody else's: neither an older file, nor what a link points to, nor that of
/// a run at the same time.
fn unnamed_beside(whole: &Path) -> io::Result<(PathBuf, File)> {
    let own = std::process::id();
    let mut number = 0_u32;
    loop {
        let beside = whole.with_file_name(format!(".interdict-{own}-{number}.unfinished"));
        match File::options().write(true).create_new(true).open(&beside) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
            opened => return Ok((beside, opened?)),
        }
    }
}

fn fill(file: File, tell: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<File> {
    let mut out = BufWriter::new(file);
    tell(&mut out)?;
    out.into_inner().map_err(io::IntoInnerError::into_error)
}

/// Writes a text to standard output.
pub(super) fn print(text: &str) -> anyhow::Result<()> {
    write(None, |out| out.write_all(text.as_bytes()))
}

/// Shows mistakes on standard error.
pub(super) fn show_problems(problems: &Diagnostics, sources: &SourceMap) {
    if !problems.is_empty() {
        say(&render_diagnostics(problems, sources, true));
    }
}

/// Says why the program could not finish.
pub(super) fn complain_of(error: &anyhow::Error) {
    say(&format!("error: {error:#}\n"));
}

/// Says something on standard error. Where that takes nothing the exit code still tells.
fn say(text: &str) {
    let _ = anstream::stderr().write_all(text.as_bytes());
}
