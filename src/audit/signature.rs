//! Detached signatures of reports: Ed25519, with keys as `openssl genpkey -algorithm ed25519` writes them.
//!
//! What is signed is one line of text with the seal, so that a report of any length can be signed and checked without
//! holding it in memory; by the seal the signature covers the content and not its indentation.

use ed25519_dalek::pkcs8::spki::der::pem::{LineEnding, decode_vec, encode_string};
use ed25519_dalek::pkcs8::{DecodePrivateKey as _, DecodePublicKey as _};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};

use crate::report::Seal;

const LABEL: &str = "INTERDICT SIGNATURE";

/// Why a key or a signature cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum SignatureError {
    /// Not the private half of a key in the form that is read.
    #[error("it is no private Ed25519 key in PEM (`openssl genpkey -algorithm ed25519` makes one)")]
    NoSigningKey,
    /// Not the public half.
    #[error("it is no public Ed25519 key in PEM (`openssl pkey -in KEY -pubout` writes it)")]
    NoPublicKey,
    /// Not a signature.
    #[error("it is no signature of a report")]
    NoSignature,
}

/// A private key in PKCS#8 PEM.
pub fn signing_key(pem: &str) -> Result<SigningKey, SignatureError> {
    SigningKey::from_pkcs8_pem(pem).map_err(|_| SignatureError::NoSigningKey)
}

/// A public key in SPKI PEM.
pub fn public_key(pem: &str) -> Result<VerifyingKey, SignatureError> {
    VerifyingKey::from_public_key_pem(pem).map_err(|_| SignatureError::NoPublicKey)
}

/// The signature of a seal, in PEM.
pub fn sign(key: &SigningKey, seal: &Seal) -> Result<String, SignatureError> {
    let signature = key.sign(signed_text(seal).as_bytes());
    encode_string(LABEL, LineEnding::LF, &signature.to_bytes()).map_err(|_| SignatureError::NoSignature)
}

/// Whether a signature in PEM is that of a seal by a key. Signatures that hold for several texts are refused.
pub fn signature_holds(key: &VerifyingKey, seal: &Seal, pem: &str) -> Result<bool, SignatureError> {
    let (label, bytes) = decode_vec(pem.as_bytes()).map_err(|_| SignatureError::NoSignature)?;
    let signature = Signature::from_slice(&bytes).ok().filter(|_| label == LABEL).ok_or(SignatureError::NoSignature)?;
    Ok(key.verify_strict(signed_text(seal).as_bytes(), &signature).is_ok())
}

/// The line that is signed. It names the program, so that no signature made for another purpose fits.
fn signed_text(seal: &Seal) -> String {
    format!("interdict report {}:{}\n", seal.algorithm, seal.value)
}
