//! The keys that people write in place of those of each record, and what they stand for.

use super::Meant::{self, Advice, Inside, Key, Listing, NotRead, Role};

/// Keys that people write, and what they stand for.
pub(super) type NearKey = (&'static [&'static str], Meant);

pub(super) const OF_TRANSACTIONS: &[NearKey] = &[
    (
        &["visa", "visas", "work_visa", "work_permits", "work_permit"],
        NotRead("write `subject: {kind: permit}`, and the people under `people`"),
    ),
    (
        &["goods", "cargo", "commodity", "commodities", "product", "products", "item", "merchandise", "material", "equipment"],
        Key("items"),
    ),
    (&["weapons", "weapon", "arms", "freight", "shipment", "load", "contents"], Key("items")),
    (&["type", "action", "act", "activities", "kind", "verb", "event", "transaction_type"], Key("activity")),
    (&["what"], Advice("write what is done under `activity`, and the goods under `items`")),
    (&["number", "size"], NotRead("write how many or how much under `quantity`, in the item or in the transaction")),
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
        &["where", "location", "country"],
        NotRead("write the place under `from` or `to`, such as `to: {country: RU, place: Vostochny}`, and ports under `ports`"),
    ),
    (&["how", "mode", "means", "transport_mode", "means_of_transport", "transportation"], Key("transport")),
    (&["how_much", "amount", "volume", "weight", "mass", "qty", "total"], Key("quantity")),
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
    (&["by"], NotRead("write who does it under `parties`, each with its `role`, and how it is carried under `transport`")),
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
    (&["manufacturer", "maker", "producer"], Role("maker")),
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
    (
        &[
            "ship",
            "ships",
            "vessel",
            "boat",
            "boats",
            "tanker",
            "vessel_name",
            "ship_name",
            "dhow",
            "skiff",
            "freighter",
            "trawler",
        ],
        Inside("vessels", "name"),
    ),
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
    (&["denied", "denies", "denial", "denials"], Key("denied_by")),
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
    (&["reference_number", "ref", "key"], Key("id")),
    (&["paper", "papers", "certificate", "certificates", "document", "end_user_certificate"], Key("documents")),
    (&["sea", "waters", "offshore", "position", "coordinates"], Inside("at_sea", "place")),
    (&["containers", "crates", "packed_in"], Key("packages")),
    (
        &["withdrawn_by", "retracted_by", "withdrawn", "retracted"],
        Advice("write `retracted: true` on the source under `sources` whose author took the report back"),
    ),
    (&["industry", "sector", "subject_area", "discipline", "topic", "area"], Key("field")),
];

pub(super) const OF_DOCUMENTS: &[NearKey] = &[
    (&["type", "name", "title", "document", "paper"], Key("kind")),
    (&["issued_by", "issuer", "from", "authority"], Key("by")),
    (&["genuine", "valid", "true", "authentic", "real"], Key("holds")),
    (&["number", "reference", "id", "no"], Key("ref")),
    (&["for", "end_user", "names", "about"], Key("covers")),
    (&["issued", "when", "day"], Key("date")),
];

pub(super) const OF_SEA_PLACES: &[NearKey] = &[
    (&["name", "location", "position", "where", "sea", "coordinates"], Key("place")),
    (&["country", "coast", "off_coast", "near"], Key("off")),
    (&["zone", "area", "kind", "type"], Key("waters")),
];

pub(super) const OF_SUBJECTS: &[NearKey] = &[
    (&["type", "category"], Key("kind")),
    (&["name", "text", "desc", "what"], Key("description")),
    (&["owner", "owned_by", "account_holder"], Key("holder")),
    (&["location", "where", "place", "held_in", "state"], Key("country")),
    (&["number", "how_many"], Key("count")),
    (&["opened", "founded", "established", "exists_since"], Key("since")),
];

pub(super) const OF_INCIDENTS: &[NearKey] = &[
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

pub(super) const OF_ITEMS: &[NearKey] = &[
    (
        &["genuine", "authentic", "forged", "fake"],
        Advice("whether a paper is genuine stands under `documents`, such as `{kind: provenance, holds: no}`"),
    ),
    (
        &["age", "period", "era", "dated", "date"],
        NotRead("write the age in the `description`; when it left its country of origin stands under `left_origin`"),
    ),
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

pub(super) const OF_PARTIES: &[NearKey] = &[
    (&["front_for", "acting_for", "proxy_of", "nominee_of"], Key("acts_for")),
    (&["type", "category", "sort", "entity_type"], Key("kind")),
    (&["function", "as", "capacity", "acts_as"], Key("role")),
    (&["company", "person", "entity", "who", "full_name", "party", "organisation", "organization"], Key("name")),
    (&["alias", "aka", "also_known_as", "other_names"], Key("aliases")),
    (&["state", "based_in", "location", "place", "residence", "country_of_residence"], Key("country")),
    (&["citizenship", "citizen", "national", "nationality_of"], Key("nationality")),
    (
        &["occupation", "job", "profession", "rank", "position", "title", "post", "office_held"],
        NotRead(
            "a party has no occupation or rank; what it is for a rule stands under `kind` and `status`, whom it works for under `employer`",
        ),
    ),
    (&["aged", "years_old"], Key("age")),
    (&["addresses", "street", "registered_address", "office"], Key("address")),
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

pub(super) const OF_VESSELS: &[NearKey] = &[
    (
        &["dwt", "deadweight", "deadweight_tonnage", "gross_tonnage", "grt", "gt", "displacement", "size", "weight"],
        Key("tonnage"),
    ),
    (&["ship", "vessel", "ship_name", "vessel_name", "title"], Key("name")),
    (&["imo_number", "number", "imo_no"], Key("imo")),
    (&["how_many"], NotRead("each ship is an entry of its own; write how many there were under `quantity` of the transaction")),
    (&["flag_state", "flagged", "registry", "flagged_in"], Key("flag")),
    (&["type", "ship_type", "vessel_type"], Key("kind")),
    (&["previous_flag", "old_flag", "earlier_flag", "lost_flag", "ex_flag", "former_flags"], Key("former_flag")),
    (&["function", "as"], Key("role")),
    (&["owner", "owners", "registered_owner"], Key("owned_by")),
    (&["operator", "manager", "controller"], Key("controlled_by")),
    (&["alias", "aka", "former_name", "former_names", "also_known_as"], Key("aliases")),
    (&["listed", "designated", "sanctioned", "listing", "sanctions", "designation"], Listing),
];

pub(super) const OF_AIRCRAFT: &[NearKey] = &[
    (&["country", "flag_state", "registered_in"], Key("flag")),
    (&["model", "name", "aircraft", "plane"], Key("type")),
    (&["tail_number", "tail", "number", "reg", "callsign"], Key("registration")),
    (&["function", "as"], Key("role")),
    (&["listed", "designated", "sanctioned", "listing", "designation"], Listing),
];

pub(super) const OF_PORTS: &[NearKey] = &[
    (&["port", "place", "city", "location", "harbour", "harbor", "terminal"], Key("name")),
    (&["locode", "unlocode", "un_locode"], Key("code")),
    (&["purpose", "why", "reason", "activity", "type", "action", "kind", "role", "for", "operation"], Key("call")),
    (&["state", "nation", "flag"], Key("country")),
    (
        &[
            "when",
            "day",
            "arrival",
            "arrived",
            "arrival_date",
            "called_on",
            "visited",
            "berthed",
            "docked",
            "departure",
            "departed",
            "departure_date",
        ],
        Key("date"),
    ),
];

pub(super) const OF_PEOPLE: &[NearKey] = &[
    (&["name", "names", "full_name"], Advice("people are groups without names: write `parties: [{role: traveller, name: ..}]`")),
    (&["number", "how_many", "amount", "quantity", "total"], Key("count")),
    (&["job", "work", "profession", "role", "description", "occupations", "type", "kind"], Key("occupation")),
    (&["country", "citizenship", "from", "origin", "nationalities"], Key("nationality")),
    (&["income", "paid", "earns_income", "wages", "earning", "salary"], Key("earning_income")),
    (&["company", "works_for", "employed_by", "employed_at"], Key("employer")),
    (&["arrived", "there_since", "sent", "start", "started"], Key("since")),
    (&["standing", "residence", "visa"], Key("status")),
];

pub(super) const OF_SIDES: &[NearKey] = &[
    (&["state", "code", "country_code", "nation"], Key("country")),
    (&["city", "town", "location", "port", "address", "site"], Key("place")),
    (&["province", "area", "oblast", "district"], Key("region")),
    (
        &[
            "name",
            "company",
            "person",
            "entity",
            "who",
            "firm",
            "group",
            "faction",
            "force",
            "organisation",
            "organization",
            "armed_group",
            "ministry",
            "government",
        ],
        Key("party"),
    ),
    (&["citizenship", "national"], Key("nationality")),
    (&["on_paper", "declared", "papers", "declared_country", "declared_destination"], Key("declared_as")),
    (&["one_of", "either", "or"], Advice("write `{any_of: [YE, SO]}` for one of several that the report leaves open")),
];

pub(super) const OF_SOURCES: &[NearKey] = &[
    (&["type", "category", "source_type"], Key("kind")),
    (&["key", "ref"], Key("id")),
    (&["headline", "text", "description", "document", "report"], Key("title")),
    (
        &["name", "author", "outlet", "newspaper", "agency", "organisation", "organization", "by", "site", "newsroom"],
        Key("publisher"),
    ),
    (&["date", "when", "published_on", "day", "publication_date"], Key("published")),
    (&["link", "address", "web", "href", "uri"], Key("url")),
    (&["withdrawn", "taken_back", "withdrawn_by", "retraction", "retracted_by"], Key("retracted")),
    (&["country", "state", "nationality", "from"], Key("publisher")),
    (
        &["grade", "rating", "confidence"],
        Advice("write the grade of the source under `reliability` (A to F), that of the report under `credibility` (1 to 6)"),
    ),
];

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
    (&["granted", "given", "issued", "granted_on", "issued_on", "when", "day", "dated"], Key("date")),
    (&["number", "id", "reference", "no", "title"], Key("ref")),
    (&["for", "what", "about", "description", "items", "goods", "scope", "kind", "type"], Key("covers")),
    (&["until", "expires", "expiry", "valid_to", "to"], Key("valid_until")),
    (&["status", "result", "decision", "finding"], Key("outcome")),
    (&["amount", "volume", "limit", "maximum", "how_much"], Key("quantity")),
];

pub(super) const OF_NOTIFICATIONS: &[NearKey] = &[
    (&["recipient", "addressee", "body", "committee", "whom", "sent_to", "authority"], Key("to")),
    (&["from", "notifier", "notified_by", "sender", "who", "state", "country"], Key("by")),
    (&["when", "day", "given", "sent", "notified_on", "dated"], Key("date")),
    (&["days", "days_before", "in_advance", "ahead", "notice_period", "before"], Key("lead")),
    (&["number", "id", "reference", "no", "title"], Key("ref")),
    (&["for", "what", "about", "description", "items", "goods", "quota", "kind", "type"], Key("covers")),
    (&["amount", "volume", "how_much"], Key("quantity")),
];

pub(super) const OF_DETERMINATIONS: &[NearKey] = &[
    (&["from", "authority", "body", "who", "committee", "state", "country", "found_by"], Key("by")),
    (&["kind", "type", "what", "found", "determination", "result", "action", "covers"], Key("finding")),
    (&["when", "day", "found_on", "dated"], Key("date")),
    (&["valid", "true", "in_force", "stands", "outcome"], Key("holds")),
];

pub(super) const OF_ACTIONS: &[NearKey] = &[
    (
        &["where", "place", "location", "port", "at", "in"],
        NotRead("what an authority did has no place of its own; a port on the way stands under `ports`"),
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
