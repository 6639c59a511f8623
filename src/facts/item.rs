//! The goods, technology and software of a transaction.

use super::declare::record;

record! {
    /// An item of a transaction: goods, technology or software.
    Item, "an item" {
        /// what the report calls it, in any language
        description: Text;
        /// what the papers or the parties say it is, when that is not what was found
        declared_as: Text;
        /// HS code, 2 to 10 digits
        hs: Hs;
        /// country of origin
        origin: Terms, in Country;
        /// quantity
        quantity: Quantity;
        /// value
        value: Money;
        /// value of one piece, where the value is that of several
        unit_value: Money;
        /// new, used, refurbished
        condition: Terms, in Condition;
        /// goods, technology, software
        form: Terms, in Form;
        /// manufacturer
        made_by: Text, role MadeBy;
        /// what it is a part of
        part_of: Text;
        /// name of the vessel, where the item is one
        vessel: Text;
        /// established or alleged, for this item
        evidence: Terms, in Evidence, role Evidence;
        /// ids of the sources that report this item
        sources: SourceRefs, role Sources, not asked;
    }
}
