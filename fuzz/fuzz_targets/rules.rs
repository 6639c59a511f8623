//! A rule file beside the small rulebook of the tests.
#![no_main]

#[path = "../../tests/mutation/targets.rs"]
mod targets;

use libfuzzer_sys::fuzz_target;
use targets::Desk;

fuzz_target!(|bytes: &[u8]| {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let (desk, base) = (Desk::new(), targets::small_rulebook(&root));
    assert_eq!(desk.rules(&base, bytes), desk.rules(&base, bytes));
});
