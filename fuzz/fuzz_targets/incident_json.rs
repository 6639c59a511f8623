//! Incidents as JSON: read, assessed and reported, twice alike, with one worker and with two.
#![no_main]

#[path = "../../tests/mutation/targets.rs"]
mod targets;

use libfuzzer_sys::fuzz_target;
use targets::Desk;

fuzz_target!(|bytes: &[u8]| {
    let desk = Desk::new();
    let said = desk.check("x.json", bytes, None, 1);
    assert_eq!(said, desk.check("x.json", bytes, None, 2));
});
