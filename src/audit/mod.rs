//! Whether somebody else can check a report later: its seal, its signature, and the same findings once more.

mod compare;
mod signature;
mod strict;
mod walk;

pub use compare::{Difference, compare};
pub use signature::{SignatureError, public_key, sign, signature_holds, signing_key};
pub use walk::{Opened, Unreadable, open, seal_of};
