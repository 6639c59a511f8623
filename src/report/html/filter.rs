//! The filter over the findings. Without the script it would do nothing, so only the script shows it.

use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::engine::Verdict;

use super::parts::{verdict_style, with_separators};

/// Boxes for the verdicts, a field for words, and a line that says how many are shown.
pub(super) fn filter(listed: &BTreeMap<Verdict, usize>) -> Markup {
    html! {
        form #filter role="search" aria-label="Filter the findings" hidden="hidden" {
            div.search {
                label for="words" { "Search" }
                input #words type="search" autocomplete="off" spellcheck="false" placeholder="rule, paragraph, fact, place …";
            }
            fieldset {
                legend { "Verdicts" }
                @for (verdict_style, count) in listed.iter().rev().map(|(verdict, count)| (verdict_style(Some(*verdict)), count)).filter(|(_, count)| **count > 0) {
                    label.choice {
                        input type="checkbox" name="verdict" value=(verdict_style.class) checked="checked";
                        span class={ "mark " (verdict_style.class) } aria-hidden="true" { (verdict_style.mark) }
                        " " (verdict_style.name) " " span.of { (with_separators(*count)) }
                    }
                }
            }
            div.tools {
                output #shown aria-live="polite" for="words" {}
                button #unfold type="button" { "Unfold all" }
                button #fold type="button" { "Fold all" }
            }
        }
    }
}
