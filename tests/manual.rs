//! `docs/facts.md` is generated from the fact tables.
#![allow(clippy::string_slice, clippy::unwrap_used, missing_docs)]

use std::{env, fs, path::Path};

#[test]
fn the_page_of_facts_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/facts.md");
    let made = interdict::rulebook::fact_manual();
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &made).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), made, "run the tests with UPDATE_GOLDEN=1 to write it anew");
}
