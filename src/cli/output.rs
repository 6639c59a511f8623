//! What the program writes: reports to files or standard output, messages to standard error.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::document::{Code, Diagnostic, Diagnostics, SourceMap};
use crate::report::{LogWriter, for_log, line, render_diagnostics};

/// The message when standard output cannot be written.
pub(super) const NO_OUTPUT: &str = "the report cannot be written to standard output";

/// Writes to a file, whole or not at all, or to standard output.
pub(super) fn write(file: Option<&Path>, content: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> anyhow::Result<()> {
    match file {
        Some(file) => PendingFile::write(file, content)?.finish(),
        None => {
            let mut out = BufWriter::new(io::stdout().lock());
            content(&mut out).and_then(|()| out.flush()).context(NO_OUTPUT)
        }
    }
}

/// A file that is written under a temporary name beside its own, so that nobody ever finds half of it. It is removed unless
/// it is finished.
pub(super) struct PendingFile {
    file: PathBuf,
    /// Its temporary path; `None` once it has its own name, or for a device, which is written directly.
    temporary: Option<PathBuf>,
}

impl PendingFile {
    /// Writes all of the content. A device or pipe is written directly.
    pub(super) fn write(file: &Path, content: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> anyhow::Result<Self> {
        let unwritten = || format!("the report cannot be written to `{}`", file.display());
        // A link stays a link: the file that it points to is replaced.
        let target = std::fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
        let kind = std::fs::metadata(&target).map(|m| m.file_type());
        if kind.as_ref().is_ok_and(|kind| kind.is_dir()) {
            return Err(io::Error::from(io::ErrorKind::IsADirectory)).with_context(unwritten);
        }
        if kind.is_ok_and(|kind| !kind.is_file()) {
            File::options().write(true).open(&target).and_then(|out| fill(out, content)).with_context(unwritten)?;
            return Ok(Self { file: target, temporary: None });
        }
        let (temporary, out) = temporary_beside(&target).with_context(unwritten)?;
        // The permissions of a file that is replaced are kept; where that fails, the content matters more.
        let _ = std::fs::metadata(&target).and_then(|old| out.set_permissions(old.permissions()));
        let pending = Self { file: target, temporary: Some(temporary) };
        fill(out, content).and_then(|out| out.sync_all()).with_context(unwritten)?;
        Ok(pending)
    }

    /// Gives the file its own name.
    pub(super) fn finish(mut self) -> anyhow::Result<()> {
        if let Some(temporary) = &self.temporary {
            let unnamed = || format!("the report cannot be written to `{}`", self.file.display());
            std::fs::rename(temporary, &self.file).with_context(unnamed)?;
            self.temporary = None;
        }
        Ok(())
    }
}

impl Drop for PendingFile {
    fn drop(&mut self) {
        if let Some(temporary) = &self.temporary {
            let _ = std::fs::remove_file(temporary);
        }
    }
}

/// Creates a file in the folder of another. It never opens a file that exists: an older one, the target of a link, or that
/// of another run.
fn temporary_beside(target: &Path) -> io::Result<(PathBuf, File)> {
    let own = std::process::id();
    let mut number = 0_u32;
    loop {
        let temporary = target.with_file_name(format!(".interdict-{own}-{number}.unfinished"));
        match File::options().write(true).create_new(true).open(&temporary) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
            opened => return Ok((temporary, opened?)),
        }
    }
}

fn fill(file: File, content: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<File> {
    let mut out = BufWriter::new(file);
    content(&mut out)?;
    out.into_inner().map_err(io::IntoInnerError::into_error)
}

/// Writes a text to standard output.
pub(super) fn print(text: &str) -> anyhow::Result<()> {
    write(None, |out| out.write_all(text.as_bytes()))
}

/// Writes a text that quotes what the program was given to standard output.
pub(super) fn print_quoting(text: &str) -> anyhow::Result<()> {
    write(None, |out| quoting(out, |out| out.write_all(text.as_bytes())))
}

/// Lets something write lines of text that quote what the program was given: none of them steers a terminal or a log.
pub(super) fn quoting(out: &mut dyn Write, content: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut log = LogWriter::new(out);
    content(&mut log)?;
    log.finish()
}

/// Shows diagnostics on standard error.
pub(super) fn show_problems(problems: &Diagnostics, sources: &SourceMap) {
    if !problems.is_empty() {
        write_stderr(&render_diagnostics(problems, sources, true));
    }
}

/// Shows a mistake that has no place in a file.
pub(super) fn show_error(code: Code, message: String, help: Option<&str>) {
    let mut problems = Diagnostics::default();
    problems.push(Diagnostic::about_file(code, message).maybe_help(help.map(str::to_owned)));
    show_problems(&problems, &SourceMap::default());
}

/// True if the program could not finish because whoever reads its output has closed the pipe.
pub(super) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().filter_map(|cause| cause.downcast_ref::<io::Error>()).any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

/// Shows why the program could not finish.
pub(super) fn show_failure(error: &anyhow::Error) {
    write_stderr(&format!("error: {}\n", line(&format!("{error:#}"))));
}

/// Shows what is wrong with the command line, without colours if a word of it could steer a terminal or a log.
pub(super) fn show_command_line_error(error: &clap::Error) {
    let plain = error.to_string();
    let mut shown = Vec::new();
    let _ = quoting(&mut shown, |out| out.write_all(plain.as_bytes()));
    let _ = if shown == plain.as_bytes() { error.print() } else { anstream::stderr().write_all(&shown) };
}

/// Writes to standard error. Where that fails, there is still the exit code.
fn write_stderr(text: &str) {
    let _ = anstream::stderr().write_all(for_log(text).as_bytes());
}
