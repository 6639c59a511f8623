//! What the parts of the page share: words made harmless, and how a verdict looks.

use std::fmt::Display;

use maud::{Markup, html};
use sha2::{Digest, Sha256};

use crate::document::hex;
use crate::engine::Verdict;
use crate::report::inert::{clipped, line};
use crate::report::model::{FileLocation, TransactionReport};

use super::transaction_ref::TransactionRef;

/// The longest text that is shown whole, in characters. The JSON report has longer ones whole.
const LONGEST: usize = 4_000;
/// The longest text in a heading or a link.
const SHORT: usize = 160;

/// An untrusted text in one line: escaped, with its direction of writing isolated.
pub(super) fn isolated(text: &str) -> Markup {
    html! { bdi { (clipped(line(text), LONGEST)) } }
}

/// Like [`isolated`], with what is in back-ticks marked up as code.
pub(super) fn isolated_with_code(text: &str) -> Markup {
    let text = clipped(line(text), LONGEST);
    html! {
        bdi {
            @for (i, part) in text.split('`').enumerate() {
                @if i % 2 == 1 { code { (part) } } @else { (part) }
            }
        }
    }
}

/// A name, a condition or a digest. The stylesheet isolates its direction, which spares a large page many elements.
pub(super) fn code_text(text: &str) -> Markup {
    html! { code { (clipped(line(text), LONGEST)) } }
}

/// A place in a file; see [`code_text`].
pub(super) fn place_text(place: &FileLocation) -> Markup {
    html! { span.at { (clipped(line(&place.to_string()), LONGEST)) } }
}

/// Like [`isolated`], but shortened, for a text that is shown whole elsewhere on the page.
pub(super) fn isolated_short(text: &str) -> Markup {
    html! { bdi { (shortened(text)) } }
}

/// A day or a period. It is isolated like other words, so that it reads the same beside any of them.
pub(super) fn date(date: impl Display) -> Markup {
    html! { bdi { (date) } }
}

/// The shortened text, for places without markup.
pub(super) fn shortened(text: &str) -> String {
    clipped(line(text), SHORT)
}

/// True if [`shortened`] leaves something out.
pub(super) fn is_shortened(text: &str) -> bool {
    text.chars().nth(SHORT).is_some()
}

/// How a verdict is shown. Its mark has a shape of its own, for readers who do not see its colour.
#[derive(Debug)]
pub(super) struct VerdictStyle {
    /// The name of the verdict for people.
    pub name: &'static str,
    /// The class in the stylesheet.
    pub class: &'static str,
    /// The shape as a letter.
    pub mark: &'static str,
    /// The shape as an SVG path around 0 0.
    pub path: &'static str,
    /// The meaning of the verdict.
    pub meaning: &'static str,
}

const VIOLATION: VerdictStyle = VerdictStyle {
    name: "Violation",
    class: "violation",
    mark: "◆",
    path: "M0-7L7 0 0 7-7 0z",
    meaning: "A rule forbids what is reported, no exception is shown, and the facts are established.",
};

const POTENTIAL: VerdictStyle = VerdictStyle {
    name: "Potential violation",
    class: "potential",
    mark: "▲",
    path: "M0-6.5L7 5.5H-7z",
    meaning: "The same, but the facts are only alleged, or the rule only calls upon States.",
};

const INSUFFICIENT: VerdictStyle = VerdictStyle {
    name: "Insufficient information",
    class: "insufficient",
    mark: "◧",
    path: "M-6-6H6V6H-6zM0-4.5V4.5H4.5V-4.5z",
    meaning: "Whether a rule reaches the facts hangs on facts that the report does not give.",
};

const COMPLIANT: VerdictStyle = VerdictStyle {
    name: "Compliant",
    class: "compliant",
    mark: "●",
    path: "M-6 0A6 6 0 1 1 6 0A6 6 0 1 1-6 0z",
    meaning: "A rule reaches the facts and is satisfied; the finding says by what.",
};

const NONE: VerdictStyle = VerdictStyle {
    name: "No finding",
    class: "none",
    mark: "○",
    path: "M-6 0A6 6 0 1 1 6 0A6 6 0 1 1-6 0zM-3.8 0A3.8 3.8 0 1 0 3.8 0A3.8 3.8 0 1 0-3.8 0z",
    meaning: "No rule reaches the facts.",
};

/// The style of a verdict; `None` is no finding.
pub(super) fn verdict_style(verdict: Option<Verdict>) -> &'static VerdictStyle {
    match verdict {
        Some(Verdict::Violation) => &VIOLATION,
        Some(Verdict::PotentialViolation) => &POTENTIAL,
        Some(Verdict::InsufficientInformation) => &INSUFFICIENT,
        Some(Verdict::Compliant) => &COMPLIANT,
        None => &NONE,
    }
}

/// The verdict, its shape and its name.
pub(super) fn badge(verdict_style: &VerdictStyle) -> Markup {
    html! { span class={ "badge " (verdict_style.class) } { span.mark aria-hidden="true" { (verdict_style.mark) } " " (verdict_style.name) } }
}

/// `1 finding`, `2 findings`.
pub(super) fn count_of(number: usize, one: &str) -> String {
    let s = if number == 1 { "" } else { "s" };
    format!("{} {one}{s}", with_separators(number))
}

/// A number with separators: `12,345`.
pub(super) fn with_separators(number: usize) -> String {
    let text = number.to_string();
    let mut out = String::new();
    for (i, digit) in text.chars().enumerate() {
        if i > 0 && (text.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A name for a transaction in links, made of what names it: words of an unknown hand are no name of a place. Ids that
/// are borne twice are a mistake in the input, and yet both are shown, so the place counts as well.
pub(super) fn anchor(incident: &str, transaction: &TransactionReport) -> String {
    let mut hash = Sha256::new();
    let at = transaction.at.as_ref().map(ToString::to_string).unwrap_or_default();
    for part in [incident, &transaction.id, &at] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    let digest = hex(&hash.finalize());
    format!("t-{}", digest.get(..16).unwrap_or(&digest))
}

/// A transaction by its id: a link if it is on this page.
pub(super) fn link(of: &TransactionRef) -> Markup {
    html! {
        @match &of.anchor {
            Some(anchor) => { a href={ "#" (anchor) } { (isolated_short(&of.transaction)) } }
            None => { (isolated_short(&of.transaction)) }
        }
    }
}

/// `because` as `Because`, for a heading.
pub(super) fn capitalised(heading: &str) -> String {
    let mut chars = heading.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// `member-states` as `member states`.
pub(super) fn without_hyphens(word: &str) -> String {
    word.replace('-', " ")
}

#[cfg(test)]
mod tests {
    use super::{Verdict, isolated, verdict_style, with_separators};

    #[test]
    fn an_untrusted_text_is_escaped_and_isolated() {
        assert_eq!(isolated("<b>\u{202e}\n\"x\"").0, "<bdi>&lt;b&gt;\\u{202e} &quot;x&quot;</bdi>");
    }

    #[test]
    fn numbers_have_separators_and_no_verdict_has_a_style_too() {
        assert_eq!([with_separators(7), with_separators(1234), with_separators(1_234_567)], ["7", "1,234", "1,234,567"]);
        assert_eq!(verdict_style(Some(Verdict::Compliant)).name, "Compliant");
        assert_eq!(verdict_style(None).name, "No finding");
    }
}
