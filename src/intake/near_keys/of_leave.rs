//! Keys of a transaction by which people say that somebody permitted it, or was told of it: `approved_by: committee`, `licence: none`.

use crate::document::Node;
use crate::facts::Scheme;
use crate::rulebook::Vocabulary;

use super::super::values::yes_no;
use super::read_as::Way;

/// Keys under which people write who permitted it.
const PERMITTED_BY: [&str; 12] = [
    "approved_by",
    "authorised_by",
    "authorized_by",
    "permitted_by",
    "licensed_by",
    "licenced_by",
    "exempted_by",
    "cleared_by",
    "allowed_by",
    "waived_by",
    "consented_by",
    "agreed_by",
];

/// Keys under which people write whether it was permitted, by whom, or the number of the paper.
const PERMITTED: [&str; 22] = [
    "approved",
    "exempted",
    "exempt",
    "licensed",
    "licenced",
    "authorised",
    "authorized",
    "permitted",
    "allowed",
    "cleared",
    "exemption",
    "exemptions",
    "licence",
    "license",
    "permit",
    "approval",
    "permission",
    "authorisation",
    "authorization",
    "waiver",
    "clearance",
    "consent",
];

/// How a key for a leave or a notice is read, if its value is plain.
pub(super) fn of_leave(key: &str, value: &Node, has: &impl Fn(&str) -> bool, vocabulary: &Vocabulary) -> Option<Way> {
    const NOBODY: [&str; 5] = ["none", "no one", "nobody", "no-one", "nobody did"];
    let text = value.text()?.trim();
    let is_none = NOBODY.contains(&text.to_lowercase().as_str()) || yes_no(text) == Some(false);
    let (is_by, is_leave) = (PERMITTED_BY.contains(&key), PERMITTED.contains(&key));
    let record = |facts: Vec<(&'static str, String)>| Way::Record("authorisations", facts);
    if is_by || is_leave {
        if is_none {
            return (!has("authorisations")).then_some(Way::Said("authorisations", "none"));
        }
        if text == "unknown" {
            return None;
        }
        // Who gave it is not told, so that it excuses nothing yet.
        if yes_no(text) == Some(true) {
            return Some(record(vec![("outcome", "granted".to_owned())]));
        }
        let body = text.strip_prefix("by ").or_else(|| text.strip_prefix("from ")).unwrap_or(text);
        let body = body.strip_prefix("the ").unwrap_or(body);
        if is_by || is_body(body, vocabulary) {
            return Some(record(vec![("by", body.to_owned())]));
        }
        // A number of a paper has digits and no blank.
        let is_number = text.contains(|c: char| c.is_ascii_digit()) && !text.contains(' ');
        return is_number.then(|| record(vec![("by", "unknown".to_owned()), ("ref", text.to_owned())]));
    }
    match key {
        "notified_to" | "notified" | "reported_to" if is_body(text, vocabulary) => {
            Some(Way::Record("notifications", vec![("to", text.to_owned())]))
        }
        "notified_by" if is_body(text, vocabulary) => Some(Way::Record("notifications", vec![("by", text.to_owned())])),
        _ => None,
    }
}

/// True for the name of a State or of a body that permits.
fn is_body(text: &str, vocabulary: &Vocabulary) -> bool {
    let schemes = &[Scheme::Body, Scheme::Country];
    vocabulary.find(schemes, text).is_some() || vocabulary.meaning(&[Scheme::Body], text).is_some()
}
