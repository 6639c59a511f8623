//! The goods, technology and software of a transaction.

use super::declare::record;

record! {
    /// An item of a transaction: goods, technology or software.
    Item, "an item" {
        /// what the report calls it, in any language
        description: Text, role PlainText;
        /// what the papers or the parties say it is, when that is not what was found
        declared_as: Text;
        /// HS code, 2 to 10 digits
        hs: Hs, needs value;
        /// country of origin
        origin: Terms, in Country, needs value, bears Circumstance, question "Where were the goods made?";
        /// quantity
        quantity: Quantity, bears Beside, question "How much is it?";
        /// value
        value: Money, bears Beside, question "What is it worth?";
        /// value of one piece, where the value is that of several
        unit_value: Money, role OfOnePiece, bears Beside;
        /// new, used, refurbished
        condition: Terms, in Condition, needs value, bears Beside, question "Are the goods new or used?";
        /// goods, technology, software
        form: Terms, in Form, needs value;
        /// how many containers, crates or shipments it is packed in, beside its quantity
        packages: Quantity, role Packages, bears Beside;
        /// quantity each month, where the report gives that instead
        quantity_per_month: Quantity, bears Beside;
        /// whether it is meant or fit to kill: arms and ammunition are, helmets are not
        lethal: YesNo, bears Circumstance, question "Is it lethal?";
        /// whether it carries weapons or is fitted for them
        armed: YesNo, bears Circumstance, question "Is it armed?";
        /// calibre; a bare number is in mm
        calibre: Quantity, bears Circumstance, question "Of which calibre, range and weight is it?", unit "mm";
        /// range; a bare number is in km
        range: Quantity, bears Circumstance, question "Of which calibre, range and weight is it?", unit "km";
        /// payload or weight of the warhead; a bare number is in kg
        payload: Quantity, bears Circumstance, question "Of which calibre, range and weight is it?", unit "kg";
        /// displacement of a ship; a bare number is in t
        tonnage: Quantity, bears Circumstance, question "Of which calibre, range and weight is it?", unit "t";
        /// when it left its country of origin
        left_origin: Date, role LongAgo, bears Circumstance, question "When and how did it leave its country of origin?";
        /// where it is said to come from: former owners, collections, finds
        provenance: Text, bears Circumstance, question "When and how did it leave its country of origin?";
        /// manufacturer
        made_by: Text, role MadeBy, bears Circumstance;
        /// what it is a part of
        part_of: Text;
        /// name of the vessel, where the item is one
        vessel: Text;
        /// established or alleged, for this item
        evidence: Terms, in Evidence, role Evidence, needs value;
        /// ids of the sources that report this item
        sources: SourceRefs, role Sources, not asked;
    }
}
