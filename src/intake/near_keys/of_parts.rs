//! The keys that people write in place of those of ships, aircraft, ports, people, sides and sources.

use super::Meant::{Advice, Key, Listing, NotRead};
use super::of_records::NearKey;

/// By what keys people say that somebody or something is listed, or on which list.
pub(super) const OF_LISTINGS: &[&str] = &[
    "listed",
    "designated",
    "sanctioned",
    "listing",
    "sanctions",
    "designation",
    "listed_as",
    "sanctions_list",
    "un_list",
    "un_listed",
    "un_designated",
    "un_sanctioned",
    "is_listed",
    "is_designated",
    "is_sanctioned",
    "on_un_list",
    "sanctioned_by",
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
    (OF_LISTINGS, Listing),
];

pub(super) const OF_AIRCRAFT: &[NearKey] = &[
    (&["country", "flag_state", "registered_in"], Key("flag")),
    (&["model", "name", "aircraft", "plane"], Key("type")),
    (&["tail_number", "tail", "number", "reg", "callsign"], Key("registration")),
    (&["function", "as"], Key("role")),
    (OF_LISTINGS, Listing),
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
