//! The signature beside a report.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use ed25519_dalek::{SigningKey, VerifyingKey};

use crate::audit;
use crate::document::Code;
use crate::report::Seal;

use super::Exit;
use super::output::{self, show_error};

/// Arguments of the command that signs reports.
#[derive(Debug, Default, Args)]
pub(super) struct SigningArgs {
    /// Sign each JSON report file, and the ledger that is written, with this private Ed25519 key (PEM); the signature is written to
    /// FILE.sig beside it
    #[arg(long, value_name = "FILE")]
    pub(super) sign_key: Option<PathBuf>,
}

impl SigningArgs {
    /// The key, if one was given. It is read before anything is checked, so that a wrong one is noticed at once.
    pub(super) fn key(&self) -> Result<Option<SigningKey>, Exit> {
        let Some(file) = self.sign_key.as_deref() else { return Ok(None) };
        read_key(file, audit::signing_key).map(Some)
    }
}

/// Reads a private or public key; what is wrong with it is shown.
pub(super) fn read_key<K>(file: &Path, parse: impl FnOnce(&str) -> Result<K, audit::SignatureError>) -> Result<K, Exit> {
    let reason = match std::fs::read_to_string(file) {
        Ok(pem) => match parse(&pem) {
            Ok(key) => return Ok(key),
            Err(error) => error.to_string(),
        },
        Err(error) => error.to_string(),
    };
    show_error(Code::KeyUnusable, format!("the key `{}` cannot be used: {reason}", file.display()), None);
    Err(Exit::WrongInput)
}

/// Reports that there is no report to sign.
pub(super) fn nothing_to_sign() -> Exit {
    let help = "add `--report json=FILE`, or `--format json` and `--output FILE`";
    show_error(Code::NothingToSign, "there is no report to sign".to_owned(), Some(help));
    Exit::WrongCommandLine
}

/// Writes the signature of a report or a ledger beside it. The seal is the one computed while the report was written, so that nobody who
/// changes the file in between has the change signed.
pub(super) fn sign(report: &Path, kind: audit::Sealed, seal: &Seal, key: &SigningKey) -> anyhow::Result<()> {
    let signature = audit::sign(key, kind, seal).context("the report cannot be signed")?;
    output::write(Some(&signature_path(report)), |out| out.write_all(signature.as_bytes()))
}

/// Checks the signature beside a report or a ledger. The error says what is wrong.
pub(super) fn check_signature(file: &Path, kind: audit::Sealed, seal: &Seal, key: &VerifyingKey) -> Result<(), String> {
    let signature = signature_path(file);
    let shown = signature.display();
    let found = std::fs::metadata(&signature).map_err(|error| format!("`{shown}` cannot be read: {error}"))?;
    if !found.is_file() {
        return Err(format!("`{shown}` cannot be read: it is no file"));
    }
    let pem = std::fs::read_to_string(&signature).map_err(|error| format!("`{shown}` cannot be read: {error}"))?;
    match audit::signature_holds(key, kind, seal, &pem) {
        Ok(true) => Ok(()),
        Ok(false) => Err(format!("`{shown}` is not of this {} by this key", kind.word())),
        Err(error) => Err(format!("`{shown}`: {error}")),
    }
}

/// The path of a report's signature: that of the report with `.sig` behind it.
pub(super) fn signature_path(report: &Path) -> PathBuf {
    let mut name = report.as_os_str().to_owned();
    name.push(".sig");
    name.into()
}
