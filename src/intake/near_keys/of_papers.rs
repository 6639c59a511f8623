//! The keys that people write in place of those of relations, contracts, payments, papers and quotas.

use crate::facts::{Authorisation, Notification, Table};

use super::Meant::{Key, NotRead};
use super::of_records::NearKey;

/// What a key of a paper says by its value.
pub(super) enum OfPaper {
    /// This fact, in this word.
    Fact(&'static str, &'static str),
    /// No more than that it is such a paper: `kind: exemption`.
    Nothing,
}

/// What a key of a paper says that means one thing or another by its value; `None` of any other. `yes_or_no` is the value, if it is
/// one of these.
pub(super) fn of_paper(table: &'static Table, key: &str, value: &str, yes_or_no: Option<bool>) -> Option<OfPaper> {
    const ASKED: [&str; 5] = ["application", "request", "draft", "proposal", "enquiry"];
    const REFUSED: [&str; 4] = ["refusal", "denial", "rejection", "objection"];
    const PERMITS: [&str; 14] = [
        "exemption",
        "exception",
        "authorisation",
        "authorization",
        "approval",
        "permission",
        "permit",
        "licence",
        "license",
        "waiver",
        "clearance",
        "consent",
        "letter",
        "decision",
    ];
    const NOTICES: [&str; 5] = ["notification", "notice", "letter", "note verbale", "report"];
    let value = value.trim().to_lowercase();
    let is_one_of = |words: &[&str]| words.contains(&value.as_str());
    match key {
        "granted" | "given" | "issued" | "approved" | "permitted" | "allowed" if table == Authorisation::TABLE => {
            Some(OfPaper::Fact("outcome", if yes_or_no? { "granted" } else { "refused" }))
        }
        "kind" | "type" if table == Authorisation::TABLE => match () {
            () if is_one_of(&ASKED) => Some(OfPaper::Fact("outcome", "asked")),
            () if is_one_of(&REFUSED) => Some(OfPaper::Fact("outcome", "refused")),
            () if is_one_of(&PERMITS) => Some(OfPaper::Nothing),
            () => None,
        },
        "kind" | "type" if table == Notification::TABLE && is_one_of(&NOTICES) => Some(OfPaper::Nothing),
        _ => None,
    }
}

pub(super) const OF_RELATIONS: &[NearKey] = &[
    (&["to", "id", "of", "with", "act", "name", "related_to", "other"], Key("transaction")),
    (&["kind", "type", "relation", "role", "how", "is"], Key("as")),
];

pub(super) const OF_CONTRACTS: &[NearKey] = &[
    (&["signed", "signed_on", "concluded", "concluded_on", "when", "day", "dated"], Key("date")),
    (&["number", "id", "reference", "no", "name"], Key("ref")),
    (
        &["value", "amount", "price", "sum"],
        NotRead("what the goods are worth stands under `value` of the transaction or of an item"),
    ),
];

pub(super) const OF_PAYMENTS: &[NearKey] = &[
    (
        &["reference", "ref", "number", "id", "per", "currency", "details"],
        NotRead("a payment has its amount with the currency, its method and its bank; what else is known stands under `notes`"),
    ),
    (&["value", "sum", "total", "price", "quantity", "paid"], Key("amount")),
    (&["means", "how", "mode", "kind", "type", "in", "transport"], Key("method")),
    (&["through", "via", "by", "institution"], Key("bank")),
    (&["monthly", "per_month", "value_per_month", "quantity_per_month"], Key("amount_per_month")),
    (
        &["date", "when", "paid_on"],
        NotRead(
            "a payment inside of a transaction has no date of its own: write it as a transaction with a `date`, and `relates_to` the one that it pays",
        ),
    ),
];

pub(super) const OF_AUTHORISATIONS: &[NearKey] = &[
    (&["duration", "term", "validity", "valid", "period", "valid_period", "validity_period"], Key("valid_for")),
    (&["since", "starts", "start", "effective_from", "in_force_from"], Key("valid_from")),
    (
        &["from", "issuer", "issued_by", "granted_by", "given_by", "authority", "body", "who", "committee", "state", "country"],
        Key("by"),
    ),
    (
        &[
            "granted",
            "given",
            "issued",
            "granted_on",
            "issued_on",
            "issue_date",
            "date_of_issue",
            "approved_on",
            "when",
            "on",
            "day",
            "dated",
        ],
        Key("date"),
    ),
    (&["number", "id", "reference", "no", "title"], Key("ref")),
    (&["for", "what", "about", "description", "items", "goods", "scope", "kind", "type"], Key("covers")),
    (
        &[
            "until",
            "till",
            "expires",
            "expires_on",
            "expiry",
            "expiry_date",
            "expiration",
            "expiration_date",
            "valid_to",
            "valid_till",
            "valid_through",
            "end_date",
        ],
        Key("valid_until"),
    ),
    (
        &[
            "to",
            "person",
            "persons",
            "holder",
            "applicant",
            "beneficiary",
            "grantee",
            "granted_to",
            "given_to",
            "issued_to",
            "whom",
        ],
        NotRead("whom and what a permission is for stands under `covers`, in one text: `covers: rifles for the coast guard`"),
    ),
    (&["status", "result", "decision", "finding"], Key("outcome")),
    (&["amount", "volume", "limit", "maximum", "how_much"], Key("quantity")),
];

pub(super) const OF_NOTIFICATIONS: &[NearKey] = &[
    (&["recipient", "addressee", "body", "committee", "whom", "sent_to", "authority"], Key("to")),
    (&["from", "notifier", "notified_by", "sender", "who", "state", "country"], Key("by")),
    (&["when", "on", "day", "given", "sent", "notified_on", "dated"], Key("date")),
    (&["days", "days_before", "in_advance", "ahead", "notice_period", "before"], Key("lead")),
    (&["number", "id", "reference", "no", "title"], Key("ref")),
    (&["for", "what", "about", "description", "items", "goods", "quota", "kind", "type"], Key("covers")),
    (&["amount", "volume", "how_much"], Key("quantity")),
];

pub(super) const OF_DETERMINATIONS: &[NearKey] = &[
    (&["from", "authority", "body", "who", "committee", "state", "country", "found_by"], Key("by")),
    (&["kind", "type", "what", "found", "determination", "result", "action", "covers"], Key("finding")),
    (&["when", "on", "day", "found_on", "dated"], Key("date")),
    (&["valid", "true", "in_force", "stands", "outcome"], Key("holds")),
];

pub(super) const OF_ACTIONS: &[NearKey] = &[
    (
        &["where", "place", "location", "port", "at", "in"],
        NotRead("what an authority did has no place of its own; a port on the way stands under `ports`"),
    ),
    (
        &["to", "against", "of", "whom", "person"],
        NotRead(
            "to whom it was done stands under `parties` of the transaction, and its goods and ships under `items` and `vessels`",
        ),
    ),
    (&["kind", "type", "what", "activity", "act", "measure", "description", "name"], Key("action")),
    (&["who", "authority", "body", "country", "state", "from", "committee"], Key("by")),
    (&["when", "day", "on", "dated"], Key("date")),
    (&["result", "status", "finding", "until", "end", "ended"], Key("outcome")),
];

pub(super) const OF_CONTEXTS: &[NearKey] = &[
    (&["balance", "quota", "quotas", "totals", "total"], Key("balances")),
    (&["notice", "notifications", "warnings"], Key("notices")),
];

pub(super) const OF_BALANCES: &[NearKey] = &[
    (&["id", "of", "limit", "name", "title"], Key("quota")),
    (&["total", "value", "quantity", "sum", "count"], Key("amount")),
    (&["date", "until", "up_to", "on", "day"], Key("as_of")),
    (&["year", "from", "for"], Key("period")),
];

pub(super) const OF_NOTICES: &[NearKey] = &[
    (&["id", "of", "limit", "name", "title"], Key("quota")),
    (&["share", "per_cent", "percentage", "level", "amount", "reached"], Key("percent")),
    (&["when", "day", "on", "as_of"], Key("date")),
];
