//! A JSON report as `verify` opens it.
#![no_main]

#[path = "../../tests/mutation/targets.rs"]
mod targets;

use libfuzzer_sys::fuzz_target;
use targets::Desk;

fuzz_target!(|bytes: &[u8]| {
    let desk = Desk::new();
    assert_eq!(desk.report(bytes), desk.report(bytes));
});
