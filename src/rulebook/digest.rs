//! The digest by which a report names its rulebook. `build.rs` takes it over the built-in files with this same code.

use sha2::{Digest as _, Sha256};

use crate::document::hex;

/// SHA-256 over names and texts of all files, each preceded by its length.
pub fn digest<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut hash = Sha256::new();
    for (name, text) in files {
        for part in [name, text] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
    }
    hex(&hash.finalize())
}
