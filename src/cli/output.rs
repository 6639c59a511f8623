//! Where a report goes.

use std::io::Write as _;
use std::path::Path;

use anyhow::Context as _;

use crate::document::{Diagnostics, Sources};
use crate::report::render_diagnostics;

/// Writes a report to a file, whole or not at all, or to standard output.
pub(super) fn write(text: &str, file: Option<&Path>) -> anyhow::Result<()> {
    let Some(file) = file else {
        let mut out = std::io::stdout().lock();
        return out
            .write_all(text.as_bytes())
            .and_then(|()| out.flush())
            .context("the report cannot be written to standard output");
    };
    let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let unfinished = file.with_file_name(format!(".{name}.unfinished"));
    let written = std::fs::write(&unfinished, text).and_then(|()| std::fs::rename(&unfinished, file));
    if written.is_err() {
        let _ = std::fs::remove_file(&unfinished);
    }
    written.with_context(|| format!("the report cannot be written to `{}`", file.display()))
}

/// Shows mistakes on standard error.
pub(super) fn show_problems(problems: &Diagnostics, sources: &Sources) {
    if !problems.is_empty() {
        anstream::eprint!("{}", render_diagnostics(problems, sources, true));
    }
}
