//! Detached signatures of reports and ledgers: Ed25519, with keys as `openssl genpkey -algorithm ed25519` writes them.
//!
//! The signed text is one line with the seal of the report. So a report of any length can be signed without holding it in
//! memory, and the signature covers the content but not the indentation.

use ed25519_dalek::pkcs8::spki::der::pem::{LineEnding, decode_vec, encode_string};
use ed25519_dalek::pkcs8::{DecodePrivateKey as _, DecodePublicKey as _};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};

use crate::report::Seal;

const LABEL: &str = "INTERDICT SIGNATURE";

/// The kind of a file that has a seal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sealed {
    /// A JSON report.
    Report,
    /// A ledger that a run has written.
    Ledger,
}

impl Sealed {
    /// The word for it in the line that is signed.
    pub fn word(self) -> &'static str {
        match self {
            Sealed::Report => "report",
            Sealed::Ledger => "ledger",
        }
    }
}

/// Why a key or a signature cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum SignatureError {
    /// The text is not a private key in PKCS#8 PEM.
    #[error("it is no private Ed25519 key in PEM (`openssl genpkey -algorithm ed25519` makes one)")]
    SigningKey,
    /// The text is not a public key in SPKI PEM.
    #[error("it is no public Ed25519 key in PEM (`openssl pkey -in KEY -pubout` writes it)")]
    PublicKey,
    /// The text is not a signature in PEM, or not one of a report.
    #[error("it is no signature of a report")]
    Signature,
}

/// Reads a private key in PKCS#8 PEM.
pub fn signing_key(pem: &str) -> Result<SigningKey, SignatureError> {
    SigningKey::from_pkcs8_pem(pem).map_err(|_| SignatureError::SigningKey)
}

/// Reads a public key in SPKI PEM.
pub fn public_key(pem: &str) -> Result<VerifyingKey, SignatureError> {
    VerifyingKey::from_public_key_pem(pem).map_err(|_| SignatureError::PublicKey)
}

/// Signs the seal of a report or a ledger; returns the signature in PEM.
pub fn sign(key: &SigningKey, kind: Sealed, seal: &Seal) -> Result<String, SignatureError> {
    let signature = key.sign(signed_text(kind, seal).as_bytes());
    encode_string(LABEL, LineEnding::LF, &signature.to_bytes()).map_err(|_| SignatureError::Signature)
}

/// True if a signature in PEM is that of a seal by a key. Signatures that are valid for several texts are refused (strict
/// verification of RFC 8032).
pub fn signature_holds(key: &VerifyingKey, kind: Sealed, seal: &Seal, pem: &str) -> Result<bool, SignatureError> {
    let (label, bytes) = decode_vec(pem.as_bytes()).map_err(|_| SignatureError::Signature)?;
    let signature = Signature::from_slice(&bytes).ok().filter(|_| label == LABEL).ok_or(SignatureError::Signature)?;
    Ok(key.verify_strict(signed_text(kind, seal).as_bytes(), &signature).is_ok())
}

/// The line that is signed. It names the program and the kind of file, so that no signature made for another purpose is valid.
fn signed_text(kind: Sealed, seal: &Seal) -> String {
    format!("interdict {} {}:{}\n", kind.word(), seal.algorithm, seal.value)
}
