//! Keys that people write in place of the keys of records: `goods` for `items`, `seller` for a party with a role.
//!
//! A near key is an error, since it may mean more than one thing, and the remedy is the line as it should stand.

use crate::document::{Entry, Node};
use crate::facts::{
    Aircraft, Document, EvidenceSource, FactKind, Incident, Item, Party, People, Port, SeaPlace, Side, Subject, Table,
    Transaction, Vessel,
};

/// What a near key stands for.
#[derive(Clone, Copy)]
enum Meant {
    /// The key of the record.
    Key(&'static str),
    /// The key of the record, with the value under a key inside it: `ship: X` is `vessels: [{name: X}]`.
    Inside(&'static str, &'static str),
    /// A party in a role.
    Role(&'static str),
    /// `designated_as`, of which people answer only whether it is so.
    Listing,
    /// Something that the line alone does not tell.
    Advice(&'static str),
}

/// Keys that people write, and what they stand for.
type NearKey = (&'static [&'static str], Meant);

use Meant::{Advice, Inside, Key, Listing, Role};

const OF_TRANSACTIONS: &[NearKey] = &[
    (
        &["goods", "cargo", "commodity", "commodities", "product", "products", "item", "merchandise", "material", "equipment"],
        Key("items"),
    ),
    (&["weapons", "weapon", "arms", "freight", "shipment", "load", "contents"], Key("items")),
    (&["type", "action", "act", "activities", "kind", "verb", "event", "transaction_type"], Key("activity")),
    (&["what"], Advice("write what is done under `activity`, and the goods under `items`")),
    (
        &["who"],
        Advice("write who gives and who gets under `from` and `to`, and persons and firms under `parties`, each with its `role`"),
    ),
    (&["why", "use", "end_use", "goal", "aim", "intended_use", "reason"], Key("purpose")),
    (
        &["when", "day", "time", "dates", "on", "period", "year", "month", "date_of_delivery", "delivery_date", "shipment_date"],
        Key("date"),
    ),
    (
        &["where", "place", "location", "country"],
        Advice("write the place under `from` or `to`, such as `to: {country: RU, place: Vostochny}`, and ports under `ports`"),
    ),
    (&["how", "mode", "means", "transport_mode", "means_of_transport", "transportation", "by"], Key("transport")),
    (&["how_much", "amount", "volume", "weight", "mass", "qty", "total", "size"], Key("quantity")),
    (&["price", "cost", "worth", "total_value", "sum"], Key("value")),
    (&["paid", "payment_amount"], Inside("payment", "amount")),
    (&["state", "status", "phase", "progress"], Key("stage")),
    (
        &[
            "origin",
            "source_country",
            "sender_country",
            "exporting_country",
            "export_country",
            "country_of_origin",
            "departure",
            "from_country",
            "origin_country",
        ],
        Key("from"),
    ),
    (
        &[
            "destination",
            "recipient_country",
            "importing_country",
            "import_country",
            "country_of_destination",
            "arrival",
            "to_country",
            "destination_country",
        ],
        Key("to"),
    ),
    (&["transit", "through", "route", "transit_countries"], Key("via")),
    (&["seller", "vendor", "supplier", "provider", "donor", "giver"], Role("supplier")),
    (&["buyer", "purchaser", "customer", "client"], Role("buyer")),
    (&["exporter"], Role("exporter")),
    (&["importer"], Role("importer")),
    (&["consignor", "shipper", "sender"], Role("consignor")),
    (&["consignee", "recipient", "receiver"], Role("consignee")),
    (&["end_user", "enduser", "user", "final_user"], Role("end-user")),
    (&["carrier", "transporter", "haulier"], Role("carrier")),
    (&["broker", "middleman", "intermediary", "agent"], Role("broker")),
    (&["owner"], Role("owner")),
    (&["operator"], Role("operator")),
    (&["charterer"], Role("charterer")),
    (&["insurer"], Role("insurer")),
    (&["bank"], Role("bank")),
    (&["payer"], Role("payer")),
    (&["payee", "beneficiary"], Role("payee")),
    (&["employer"], Role("employer")),
    (&["trainer", "instructor", "teacher"], Role("trainer")),
    (&["trainee", "student"], Role("trainee")),
    (&["partner", "partners"], Role("partner")),
    (&["traveller", "traveler", "visitor"], Role("traveller")),
    (&["host"], Role("host")),
    (&["authority"], Role("authority")),
    (&["contractor"], Role("contractor")),
    (
        &[
            "party",
            "actors",
            "actor",
            "persons",
            "person",
            "companies",
            "company",
            "entities",
            "entity",
            "participants",
            "involved",
        ],
        Key("parties"),
    ),
    (&["ship", "ships", "vessel", "boat", "tanker", "vessel_name", "ship_name"], Inside("vessels", "name")),
    (&["imo", "imo_number"], Inside("vessels", "imo")),
    (&["flag"], Inside("vessels", "flag")),
    (&["plane", "airplane", "planes", "helicopter", "aeroplane"], Inside("aircraft", "type")),
    (&["port", "harbour", "harbor", "port_of_call"], Inside("ports", "name")),
    (
        &["workers", "labourers", "laborers", "troops", "soldiers", "students", "passengers", "travellers"],
        Inside("people", "count"),
    ),
    (&["description", "desc", "good"], Inside("items", "description")),
    (&["hs", "hs_code", "hscode", "tariff"], Inside("items", "hs")),
    (&["source", "sourced_from", "reported_by", "references", "reference"], Key("sources")),
    (&["denied", "denies", "denial"], Key("denied_by")),
    (
        &[
            "permission",
            "permissions",
            "permit",
            "permits",
            "approval",
            "approvals",
            "authorisation",
            "authorization",
            "authorizations",
            "licence",
            "license",
            "exemption",
        ],
        Key("authorisations"),
    ),
    (&["notification", "notice", "notices", "notified"], Key("notifications")),
    (&["finding", "findings", "determination"], Key("determinations")),
    (&["enforcement", "measures", "seizure", "response"], Key("actions")),
    (&["related", "related_to", "relation", "part_of", "see"], Key("relates_to")),
    (&["comment", "comments", "note", "remark", "remarks", "details", "detail", "text", "summary"], Key("notes")),
    (&["name", "headline", "label"], Key("title")),
    (&["reference_number", "number", "ref", "key"], Key("id")),
    (&["paper", "papers", "certificate", "certificates", "document", "end_user_certificate"], Key("documents")),
    (&["sea", "waters", "offshore", "position", "coordinates"], Inside("at_sea", "place")),
    (&["containers", "crates", "packed_in"], Key("packages")),
    (
        &["withdrawn_by", "retracted_by", "withdrawn", "retracted"],
        Advice("write `retracted: true` on the source under `sources` whose author took the report back"),
    ),
    (&["industry", "sector", "subject_area", "discipline", "topic", "area"], Key("field")),
];

const OF_DOCUMENTS: &[NearKey] = &[
    (&["type", "name", "title", "document", "paper"], Key("kind")),
    (&["issued_by", "issuer", "from", "authority"], Key("by")),
    (&["genuine", "valid", "true", "authentic", "real"], Key("holds")),
    (&["number", "reference", "id", "no"], Key("ref")),
    (&["for", "end_user", "names", "about"], Key("covers")),
    (&["issued", "when", "day"], Key("date")),
];

const OF_SEA_PLACES: &[NearKey] = &[
    (&["name", "location", "position", "where", "sea", "coordinates"], Key("place")),
    (&["country", "coast", "off_coast", "near"], Key("off")),
    (&["zone", "area", "kind", "type"], Key("waters")),
];

const OF_SUBJECTS: &[NearKey] = &[
    (&["type", "category"], Key("kind")),
    (&["name", "text", "desc", "what"], Key("description")),
    (&["owner", "owned_by", "account_holder"], Key("holder")),
    (&["location", "where", "place", "held_in", "state"], Key("country")),
    (&["number", "how_many"], Key("count")),
];

const OF_INCIDENTS: &[NearKey] = &[
    (&["name", "case", "incident", "ref", "reference", "number", "key", "incident_id", "case_id"], Key("id")),
    (&["headline", "heading"], Key("title")),
    (&["description", "notes", "text", "details", "abstract", "comment", "comments", "article"], Key("summary")),
    (&["when", "day", "time", "published", "dates", "on"], Key("date")),
    (&["source", "reports", "references", "reported_by", "evidence"], Key("sources")),
    (
        &[
            "transaction",
            "events",
            "event",
            "acts",
            "act",
            "deals",
            "deal",
            "shipments",
            "facts",
            "entries",
            "activities",
            "transfers",
        ],
        Key("transactions"),
    ),
    (
        &[
            "activity",
            "from",
            "to",
            "via",
            "items",
            "goods",
            "parties",
            "vessels",
            "ships",
            "aircraft",
            "ports",
            "people",
            "stage",
            "purpose",
            "field",
            "quantity",
            "value",
            "transport",
            "subject",
            "payment",
            "cargo",
            "seller",
            "buyer",
            "action",
            "type",
            "exporter",
            "importer",
        ],
        Advice("it is a fact of a transaction: write it in an entry under `transactions:`"),
    ),
    (
        &["balances", "notices", "quota", "quotas"],
        Advice("it stands under `context:`, such as `context: {balances: [{quota: dprk-refined, ..}]}`"),
    ),
];

const OF_ITEMS: &[NearKey] = &[
    (
        &[
            "name",
            "what",
            "desc",
            "good",
            "goods",
            "product",
            "item",
            "type",
            "title",
            "label",
            "model",
            "text",
            "kind",
            "commodity",
            "cargo",
        ],
        Key("description"),
    ),
    (&["hs_code", "hscode", "code", "tariff", "tariff_code", "heading", "hs_heading", "cn", "cn_code"], Key("hs")),
    (&["amount", "qty", "weight", "volume", "mass", "number", "count", "how_much", "units", "size", "total"], Key("quantity")),
    (&["price", "cost", "worth", "total_value", "sum", "usd"], Key("value")),
    (&["unit_price", "price_per_unit", "value_each"], Key("unit_value")),
    (&["country", "country_of_origin", "made_in", "from", "origin_country"], Key("origin")),
    (&["maker", "manufacturer", "producer", "brand", "made"], Key("made_by")),
    (&["declared", "declared_goods", "declared_description", "papers"], Key("declared_as")),
    (&["state", "status", "used", "new"], Key("condition")),
    (&["ship", "vessel_name"], Key("vessel")),
    (&["caliber", "bore"], Key("calibre")),
    (&["reach", "max_range", "maximum_range"], Key("range")),
    (&["warhead", "payload_weight"], Key("payload")),
    (&["displacement", "gross_tonnage"], Key("tonnage")),
    (&["removed", "left", "removed_on", "left_on", "exported_on", "date_of_removal"], Key("left_origin")),
    (&["history", "ownership_history", "former_owner", "former_owners", "collection"], Key("provenance")),
    (&["containers", "crates", "boxes", "packed_in"], Key("packages")),
    (&["is_lethal", "nonlethal"], Key("lethal")),
    (&["is_armed", "weaponised", "weaponized"], Key("armed")),
];

const OF_PARTIES: &[NearKey] = &[
    (&["type", "category", "sort", "entity_type"], Key("kind")),
    (&["function", "as", "capacity", "acts_as", "position"], Key("role")),
    (&["company", "person", "entity", "who", "full_name", "party", "organisation", "organization"], Key("name")),
    (&["alias", "aka", "also_known_as", "other_names"], Key("aliases")),
    (&["state", "based_in", "location", "place", "residence", "country_of_residence"], Key("country")),
    (&["citizenship", "citizen", "national", "nationality_of"], Key("nationality")),
    (&["birth", "born", "dob", "birthday", "birth_date"], Key("date_of_birth")),
    (&["passport", "passport_number"], Inside("identifiers", "passport")),
    (&["swift", "bic"], Inside("identifiers", "swift")),
    (&["ids", "identifier", "id", "id_number", "numbers"], Key("identifiers")),
    (&["on_behalf_of", "agent_of", "for", "represents", "behalf_of"], Key("acts_for")),
    (&["owner", "owners", "belongs_to", "ownership"], Key("owned_by")),
    (&["controller", "controlled", "control"], Key("controlled_by")),
    (&["parent_company", "subsidiary_of", "group"], Key("parent")),
    (&["works_for", "employed_by"], Key("employer")),
    (
        &[
            "listed",
            "designated",
            "sanctioned",
            "listing",
            "sanctions",
            "list",
            "designation",
            "listed_as",
            "sanctions_list",
            "un_listed",
            "reference",
        ],
        Listing,
    ),
    (&["program", "programs", "programmes"], Key("programme")),
    (&["active_in", "area_of_operation", "area_of_operations", "theatre", "operating_in", "operates"], Key("operates_in")),
];

const OF_VESSELS: &[NearKey] = &[
    (&["ship", "vessel", "ship_name", "vessel_name", "title"], Key("name")),
    (&["imo_number", "number", "imo_no"], Key("imo")),
    (&["flag_state", "flagged", "registry", "flagged_in"], Key("flag")),
    (&["type", "ship_type", "vessel_type"], Key("kind")),
    (&["previous_flag", "old_flag", "earlier_flag", "lost_flag", "ex_flag", "former_flags"], Key("former_flag")),
    (&["function", "as"], Key("role")),
    (&["owner", "owners", "registered_owner"], Key("owned_by")),
    (&["operator", "manager", "controller"], Key("controlled_by")),
    (&["alias", "aka", "former_name", "former_names", "also_known_as"], Key("aliases")),
    (&["listed", "designated", "sanctioned", "listing", "sanctions", "designation"], Listing),
];

const OF_AIRCRAFT: &[NearKey] = &[
    (&["model", "name", "aircraft", "plane"], Key("type")),
    (&["tail_number", "tail", "number", "reg", "callsign"], Key("registration")),
    (&["function", "as"], Key("role")),
    (&["listed", "designated", "sanctioned", "listing", "designation"], Listing),
];

const OF_PORTS: &[NearKey] = &[
    (&["port", "place", "city", "location"], Key("name")),
    (&["locode", "unlocode", "un_locode"], Key("code")),
    (&["purpose", "why", "reason", "activity", "type", "action"], Key("call")),
    (&["state"], Key("country")),
];

const OF_PEOPLE: &[NearKey] = &[
    (&["number", "how_many", "amount", "quantity", "total"], Key("count")),
    (&["job", "work", "profession", "role", "description", "occupations", "type", "kind"], Key("occupation")),
    (&["country", "citizenship", "from", "origin", "nationalities"], Key("nationality")),
    (&["income", "paid", "earns_income", "wages", "earning", "salary"], Key("earning_income")),
    (&["company", "works_for", "employed_by"], Key("employer")),
];

const OF_SIDES: &[NearKey] = &[
    (&["state", "code", "country_code", "nation"], Key("country")),
    (&["city", "town", "location", "port", "address", "site"], Key("place")),
    (&["province", "area", "oblast", "district"], Key("region")),
    (&["name", "company", "person", "entity", "who", "firm"], Key("party")),
    (&["citizenship", "national"], Key("nationality")),
    (&["on_paper", "declared", "papers", "declared_country", "declared_destination"], Key("declared_as")),
    (&["one_of", "either", "or"], Advice("write `{any_of: [YE, SO]}` for one of several that the report leaves open")),
];

const OF_SOURCES: &[NearKey] = &[
    (&["type", "category", "source_type"], Key("kind")),
    (&["name", "key", "ref"], Key("id")),
    (&["headline", "text", "description", "document", "report"], Key("title")),
    (&["author", "outlet", "newspaper", "agency", "organisation", "organization", "by", "site", "newsroom"], Key("publisher")),
    (&["date", "when", "published_on", "day", "publication_date"], Key("published")),
    (&["link", "address", "web", "href", "uri"], Key("url")),
    (&["withdrawn", "taken_back", "withdrawn_by", "retraction", "retracted_by"], Key("retracted")),
    (
        &["grade", "rating", "confidence"],
        Advice("write the grade of the source under `reliability` (A to F), that of the report under `credibility` (1 to 6)"),
    ),
];

/// The remedy for a key that a record does not have but people write for one that it has: the line as it should stand. `entries`
/// are those of the record, with the near one among them.
pub(super) fn remedy(table: &Table, entry: &Entry, entries: &[Entry]) -> Option<String> {
    let meant = meaning(table, entry)?;
    let has = |key: &str| entries.iter().any(|other| other.key.text == key);
    let is_list = |key: &str| {
        let field = table.position(key).and_then(|row| table.fields.get(row));
        field.is_some_and(|field| matches!(field.kind, FactKind::Many(_)))
    };
    let value = inline(&entry.value);
    let is_text = entry.value.text().is_some();
    let record = |inner: &str| format!("{{{inner}: {}}}", value.as_deref().unwrap_or(".."));
    Some(match meant {
        Advice(advice) => advice.to_owned(),
        Listing if is_text && matches!(entry.value.text(), Some("yes" | "true" | "no" | "false")) => {
            "write `designated_as:` with the list's name or the number of the entry, such as `KPi.033`; `none` for what is on no list"
                .to_owned()
        }
        Listing => format!("write `designated_as: {}`", value.as_deref().unwrap_or("..")),
        Key(key) if has(key) => format!("it belongs to `{key}`, which stands beside it"),
        Key(key) => match &value {
            None => format!("write `{key}:`"),
            Some(value) if is_list(key) && is_text => format!("write `{key}: [{value}]`"),
            Some(value) => format!("write `{key}: {value}`"),
        },
        Inside(key, inner) if has(key) => format!("add `{inner}` to `{key}`: `{}`", record(inner)),
        Inside(key, inner) if is_list(key) && is_text => format!("write `{key}: [{}]`", record(inner)),
        Inside(key, inner) if is_list(key) => format!("write `{key}:`, a list of records such as `{{{inner}: ..}}`"),
        Inside(key, inner) => format!("write `{key}: {}`", record(inner)),
        Role(role) => {
            let facts = match &value {
                Some(name) if is_text => format!("name: {name}"),
                Some(map) if entry.value.entries().is_some() => map.trim_matches(['{', '}']).to_owned(),
                _ => "name: ..".to_owned(),
            };
            let party = format!("{{role: {role}, {facts}}}");
            let before = entries.iter().take_while(|other| other.key.span != entry.key.span);
            let is_another = has("parties") || before.clone().any(|other| matches!(meaning(table, other), Some(Role(_))));
            if is_another { format!("add `{party}` to `parties`") } else { format!("write `parties: [{party}]`") }
        }
    })
}

/// What the key of an entry stands for, if it is a near key of the record.
fn meaning(table: &Table, entry: &Entry) -> Option<Meant> {
    let written = entry.key.text.trim().to_lowercase().replace([' ', '-'], "_");
    near_keys(table).iter().find(|(keys, _)| keys.contains(&written.as_str())).map(|(_, meant)| *meant)
}

fn near_keys(table: &Table) -> &'static [NearKey] {
    let of_records: [(&Table, &'static [NearKey]); 13] = [
        (Transaction::TABLE, OF_TRANSACTIONS),
        (Incident::TABLE, OF_INCIDENTS),
        (Item::TABLE, OF_ITEMS),
        (Party::TABLE, OF_PARTIES),
        (Vessel::TABLE, OF_VESSELS),
        (Aircraft::TABLE, OF_AIRCRAFT),
        (Port::TABLE, OF_PORTS),
        (People::TABLE, OF_PEOPLE),
        (Side::TABLE, OF_SIDES),
        (EvidenceSource::TABLE, OF_SOURCES),
        (Document::TABLE, OF_DOCUMENTS),
        (SeaPlace::TABLE, OF_SEA_PLACES),
        (Subject::TABLE, OF_SUBJECTS),
    ];
    of_records.into_iter().find(|(of, _)| *of == table).map_or(&[], |(_, keys)| keys)
}

/// A short value as it stands on one line of YAML; `None` if it is long or deep.
fn inline(node: &Node) -> Option<String> {
    let text = if let Some(text) = node.text() {
        quoted(text)
    } else if let Some(elements) = node.elements() {
        format!("[{}]", elements.iter().map(inline).collect::<Option<Vec<_>>>()?.join(", "))
    } else {
        let entries = node.entries()?.iter().map(|entry| Some(format!("{}: {}", entry.key.text, inline(&entry.value)?)));
        format!("{{{}}}", entries.collect::<Option<Vec<_>>>()?.join(", "))
    };
    (text.chars().count() <= 80 && !text.is_empty()).then_some(text)
}

/// A text as a scalar inside brackets: in quotes if a mark in it means something there.
fn quoted(text: &str) -> String {
    let is_plain = text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '.' | '-' | '/' | '(' | ')' | '_' | '+'));
    if is_plain && !text.starts_with([' ', '-', '.', '+']) && !text.ends_with(' ') {
        text.to_owned()
    } else {
        format!("{text:?}")
    }
}

#[cfg(test)]
mod tests {
    use super::{Advice, Inside, Key, Listing, Role, near_keys};
    use crate::facts::{
        Aircraft, Document, EvidenceSource, Incident, Item, Party, People, Port, SeaPlace, Side, Subject, Transaction, Vessel,
    };

    #[test]
    fn near_keys_are_no_keys_stand_once_and_lead_to_keys_of_the_record() {
        for table in [
            Transaction::TABLE,
            Incident::TABLE,
            Item::TABLE,
            Party::TABLE,
            Vessel::TABLE,
            Aircraft::TABLE,
            Port::TABLE,
            People::TABLE,
            Side::TABLE,
            EvidenceSource::TABLE,
            Document::TABLE,
            SeaPlace::TABLE,
            Subject::TABLE,
        ] {
            let mut seen = std::collections::HashSet::new();
            assert!(!near_keys(table).is_empty(), "{}", table.noun);
            for (keys, meant) in near_keys(table) {
                for key in *keys {
                    assert!(table.position(key).is_none(), "{key} is a key of {}", table.noun);
                    assert!(seen.insert(*key), "{key} stands twice for {}", table.noun);
                }
                match meant {
                    Key(key) | Inside(key, _) => assert!(table.position(key).is_some(), "{key} is no key of {}", table.noun),
                    Listing => assert!(table.position("designated_as").is_some()),
                    Role(_) => assert!(table.position("parties").is_some()),
                    Advice(_) => {}
                }
            }
        }
    }
}
