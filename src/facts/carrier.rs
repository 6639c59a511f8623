//! Vessels, aircraft, port calls and places at sea of a transaction.

use super::declare::record;

record! {
    /// A ship in a transaction: one that carries, is served, or changes hands.
    Vessel, "a vessel" {
        /// name
        name: Text, role PlainText;
        /// other names
        aliases: Texts, role OtherNames;
        /// IMO number
        imo: Imo;
        /// flag: a country, `stateless` or `false-flag`
        flag: Terms, in Country | Flag, needs value, question "Under which flag does the ship sail?";
        /// flag that it claims
        claimed_flag: Terms, in Country | Flag, question "Under which flag does the ship sail?";
        /// flag that it flew before
        former_flag: Terms, in Country | Flag;
        /// country it belongs to
        country: Terms, in Country;
        /// who controls it
        controlled_by: Texts, role ControlledBy;
        /// who owns it
        owned_by: Texts, role OwnedBy;
        /// tonnage or deadweight; a bare number is in t
        tonnage: Quantity, not asked, unit "t";
        /// what kind of ship it is
        kind: Terms, in VesselKind, needs value;
        /// what it does in the transaction
        role: Terms, in VesselRole, needs value, bears Circumstance, question "What is the ship's part in it?";
        /// reference of a listing, or the list's name
        designated_as: Texts, role Listings, question "Is the ship on a sanctions list?";
        /// established or alleged, for this vessel
        evidence: Terms, in Evidence, role Evidence, needs value;
        /// ids of the sources that report this vessel
        sources: SourceRefs, role Sources, not asked;
    }
}

record! {
    /// An aircraft in a transaction.
    Aircraft, "an aircraft" {
        /// registration
        registration: Text, role Registration;
        /// type, such as Tu-204
        model = "type": Text, role PlainText;
        /// flag
        flag: Terms, in Country | Flag, needs value, question "Under which flag does the aircraft fly?";
        /// what kind of aircraft it is
        kind: Terms, in AircraftKind, needs value;
        /// what it does in the transaction
        role: Terms, in VesselRole, needs value, bears Circumstance, question "What is the aircraft's part in it?";
        /// reference of a listing, or the list's name
        designated_as: Texts, role Listings, question "Is the aircraft on a sanctions list?";
        /// established or alleged, for this aircraft
        evidence: Terms, in Evidence, role Evidence, needs value;
        /// ids of the sources that report this aircraft
        sources: SourceRefs, role Sources, not asked;
    }
}

record! {
    /// A port call of a transaction. Its country follows from the UN/LOCODE, where only that is reported.
    Port, "a port" {
        /// UN/LOCODE, in capitals
        code: PortCode, role PortCode | Shorthand;
        /// name
        name: Text, role PortName | PlainText;
        /// country
        country: Terms, in Country, role PortCountry, needs value;
        /// what the call is for
        call: Terms, in Call, needs value;
        /// when the ship was there, where that is not the date of the transaction
        date: Date, not asked;
        /// established or alleged, for this call
        evidence: Terms, in Evidence, role Evidence, needs value;
        /// ids of the sources that report this call
        sources: SourceRefs, role Sources, not asked;
    }
}

record! {
    /// A place at sea: where a ship was when something happened to it.
    SeaPlace, "a place at sea" {
        /// what the report calls it, such as `150 km off Derna`
        place: Text, role PlainText;
        /// part of the sea, such as the high seas or the territorial sea
        waters: Terms, in Waters, needs value;
        /// country off whose coast it is
        off: Terms, in Country, needs value;
    }
}
