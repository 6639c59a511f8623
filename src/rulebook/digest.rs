//! The digest by which a report identifies its rulebook. `build.rs` compiles this same file to compute it for the built-in
//! one.

use sha2::{Digest as _, Sha256};

use crate::document::hex;

/// SHA-256, in hexadecimal digits, over the names and texts of all files, each preceded by its length in eight bytes.
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
