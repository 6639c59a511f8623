//! Where a report goes.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use anyhow::Context as _;

use crate::document::{Diagnostics, Sources};
use crate::report::render_diagnostics;

/// Writes a report to a file, whole or not at all, or to standard output.
pub(super) fn write(file: Option<&Path>, tell: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> anyhow::Result<()> {
    let Some(file) = file else {
        let mut out = BufWriter::new(io::stdout().lock());
        return tell(&mut out).and_then(|()| out.flush()).context("the report cannot be written to standard output");
    };
    let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let unfinished = file.with_file_name(format!(".{name}.unfinished"));
    let whole = |path: &Path| {
        let mut out = BufWriter::new(File::create(path)?);
        tell(&mut out)?;
        out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
    };
    let written = whole(&unfinished).and_then(|()| std::fs::rename(&unfinished, file));
    if written.is_err() {
        let _ = std::fs::remove_file(&unfinished);
    }
    written.with_context(|| format!("the report cannot be written to `{}`", file.display()))
}

/// Writes a text to standard output.
pub(super) fn print(text: &str) -> anyhow::Result<()> {
    write(None, |out| out.write_all(text.as_bytes()))
}

/// Shows mistakes on standard error.
pub(super) fn show_problems(problems: &Diagnostics, sources: &Sources) {
    if !problems.is_empty() {
        anstream::eprint!("{}", render_diagnostics(problems, sources, true));
    }
}
