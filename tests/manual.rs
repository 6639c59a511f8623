//! The manual of facts is made from the fact tables, and stays so.
#![allow(clippy::string_slice, clippy::unwrap_used, missing_docs)]

use std::{env, fs, path::Path};

#[test]
fn the_manual_of_facts_is_that_of_the_tables() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/facts.md");
    let made = interdict::rulebook::fact_manual();
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &made).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), made, "run the tests with UPDATE_GOLDEN=1 to write it anew");
}
