//! Keys under which systems number their records: `employeeId`, `customerNo`, `_index`. They bear on no rule. What numbers a thing for
//! everybody is none: a passport, a registration, a part.

/// The last words of such keys.
const LAST: [&str; 10] = ["id", "ids", "uuid", "guid", "no", "nr", "num", "number", "key", "index"];

/// What systems number for themselves.
const NUMBERED: [&str; 28] = [
    "employee", "customer", "client", "supplier", "vendor", "contact", "person", "user", "party", "entity", "internal", "line",
    "row", "item", "position", "order", "record", "system", "erp", "sap", "crm", "source", "db", "external", "object", "node",
    "staff", "material",
];

/// Whole keys of the kind.
const WHOLE: [&str; 12] =
    ["id", "uuid", "guid", "ssvid", "mmsi", "callsign", "call_sign", "_id", "_index", "_score", "_type", "__typename"];

/// True for a key that numbers a record of the system from which it comes. Whether it is a fact is asked before.
pub(super) fn is_number_of_system(key: &str) -> bool {
    let is_numbered = |(first, last): (&str, &str)| LAST.contains(&last) && NUMBERED.contains(&first);
    WHOLE.contains(&key) || key.rsplit_once('_').is_some_and(is_numbered)
}

/// True for a code by which a system knows a party: `code: DE01`. The code of a bank is none.
pub(super) fn is_code_of_party(key: &str, code: &str) -> bool {
    let is_of_bank = matches!(code.len(), 8 | 11) && code.bytes().take(6).all(|c| c.is_ascii_alphabetic());
    matches!(key, "code" | "short_code" | "party_code" | "customer_code" | "vendor_code" | "company_code") && !is_of_bank
}
