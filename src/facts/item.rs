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
