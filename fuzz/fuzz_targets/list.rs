//! A list of designated persons, in XML or CSV.
#![no_main]

#[path = "../../tests/mutation/targets.rs"]
mod targets;

use libfuzzer_sys::fuzz_target;
use targets::Desk;

fuzz_target!(|bytes: &[u8]| {
    let desk = Desk::new();
    assert_eq!(desk.list(bytes), desk.list(bytes));
});
