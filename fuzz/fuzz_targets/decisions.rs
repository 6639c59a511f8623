//! A baseline of decisions.
#![no_main]

#[path = "../../tests/mutation/targets.rs"]
mod targets;

use libfuzzer_sys::fuzz_target;
use targets::Desk;

fuzz_target!(|bytes: &[u8]| {
    let desk = Desk::new();
    assert_eq!(desk.decisions(bytes), desk.decisions(bytes));
});
