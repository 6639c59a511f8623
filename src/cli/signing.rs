//! The signature beside a report.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use ed25519_dalek::SigningKey;

use crate::audit;
use crate::document::{Code, Diagnostic, Diagnostics};

use super::Exit;
use super::output;

/// Options of the command that signs.
#[derive(Debug, Default, Args)]
pub(super) struct Signing {
    /// Private Ed25519 key (PEM) to sign the JSON report with; the signature is written to FILE.sig beside it
    #[arg(long, value_name = "FILE")]
    pub(super) sign_key: Option<PathBuf>,
}

impl Signing {
    /// The key, if one was given. It is read before anything is checked, so that a wrong one costs nothing.
    pub(super) fn key(&self) -> Result<Option<SigningKey>, Exit> {
        let Some(file) = self.sign_key.as_deref() else { return Ok(None) };
        read_key(file, audit::signing_key).map(Some)
    }
}

/// Reads a key of either half; what is wrong with it is shown.
pub(super) fn read_key<K>(file: &Path, parse: impl FnOnce(&str) -> Result<K, audit::SignatureError>) -> Result<K, Exit> {
    let told = match std::fs::read_to_string(file) {
        Ok(pem) => match parse(&pem) {
            Ok(key) => return Ok(key),
            Err(error) => error.to_string(),
        },
        Err(error) => error.to_string(),
    };
    complain(Code::KeyUnusable, format!("the key `{}` cannot be used: {told}", file.display()), None);
    Err(Exit::WrongInput)
}

/// Says that signing needs a report that can be signed.
pub(super) fn needs_a_report() -> Exit {
    complain(
        Code::NothingToSign,
        "there is no report to sign".to_owned(),
        Some("add `--report json=FILE`, or `--format json` and `--output FILE`"),
    );
    Exit::WrongCommandLine
}

/// Signs a report that was written. Its seal is taken from the file, so that what is signed is what is on disk.
pub(super) fn sign(report: &Path, key: &SigningKey) -> anyhow::Result<()> {
    let opened = audit::open(report).context("the report cannot be signed")?;
    let seal = audit::compute_seal(report, &opened.head).context("the report cannot be signed")?;
    let signature = audit::sign(key, &seal).context("the report cannot be signed")?;
    output::write(Some(&beside(report)), |out| out.write_all(signature.as_bytes()))
}

/// Where the signature of a report stands.
pub(super) fn beside(report: &Path) -> PathBuf {
    let mut name = report.as_os_str().to_owned();
    name.push(".sig");
    name.into()
}

/// Shows a mistake that has no place in a file.
pub(super) fn complain(code: Code, message: String, help: Option<&str>) {
    let mut problems = Diagnostics::default();
    problems.push(Diagnostic::about_file(code, message).maybe_help(help.map(str::to_owned)));
    output::show_problems(&problems, &Default::default());
}
