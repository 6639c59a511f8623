//! The table of a record type: one entry per field, with its key, kind and meaning.
//!
//! Reading files, asking conditions, writing messages and generating the manual are all driven by these tables, so a field is
//! described once. Invariant: a table has fewer than 64 fields, which are numbered from 0 in the order of the record's struct.

use super::{FactPath, Grading, PathSegment, Scheme};

/// The kind of value that a field has: decides how it is read, which messages refuse it, and what a rule can ask of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactKind {
    /// A text, compared as folded words.
    Text,
    /// One or several texts.
    Texts,
    /// Ids of [sources](super::EvidenceSource) of the incident. In a stream, which has no list of sources, they are a mistake.
    SourceRefs,
    /// Terms of the vocabulary, from the schemes in [`Field::schemes`].
    Terms,
    /// HS codes.
    Hs,
    /// A sum of money; a unit other than an ISO 4217 currency is refused.
    Money,
    /// A quantity with a unit of the vocabulary; money is refused.
    Quantity,
    /// A sum of money or a quantity, whichever the report gives.
    Amount,
    /// A length of time, with its unit.
    Duration,
    /// A number, or a range of numbers, without a unit.
    Count,
    /// A day, month, year or range of days.
    Date,
    /// `true` or `false`.
    YesNo,
    /// An IMO number.
    Imo,
    /// A grade of the Admiralty system.
    Grade(Grading),
    /// A UN/LOCODE, such as `KPNAM`. Its first two letters are the country's ISO 3166-1 code.
    PortCode,
    /// A mapping of kinds of document to their numbers.
    Identifiers,
    /// A record of the given type.
    One(&'static Table),
    /// A list of records of the given type.
    Many(&'static Table),
}

impl FactKind {
    /// The table of the record or records that the field holds; `None` if it holds a value.
    pub fn record_table(self) -> Option<&'static Table> {
        match self {
            FactKind::One(table) | FactKind::Many(table) => Some(table),
            _ => None,
        }
    }

    /// True if the value is kept as a text or as several: `is` and `contains` of a rule compare its words.
    pub fn is_text(self) -> bool {
        matches!(self, FactKind::Text | FactKind::Texts | FactKind::SourceRefs | FactKind::Grade(_) | FactKind::PortCode)
    }

    /// True if a cell of a CSV file can hold several values, with semicolons between them.
    pub fn is_plural(self) -> bool {
        matches!(self, FactKind::Texts | FactKind::SourceRefs | FactKind::Terms | FactKind::Hs)
    }
}

/// What a field means to a reader or an evaluator that handles records of any type.
///
/// At most one field of a table has a given role ([`Table::with_role`] finds it), and a field may have several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldRole {
    /// Whether the record is established or alleged.
    Evidence,
    /// The sources that report the record.
    Sources,
    /// The day on which a paper, finding or act was made: the date that `before`, `from`, `until` and `after` of a condition on
    /// the record compare.
    MadeOn,
    /// How long before the event a notice was given, for a notice whose day is not known.
    Lead,
    /// The sanctions lists on which the person, vessel or aircraft is reported to be.
    Listings,
    /// The code of a port, from which its country follows.
    PortCode,
    /// The country of a port.
    PortCountry,
    /// The name of a port.
    PortName,
    /// A date that may lie long before the United Nations, such as a birth.
    LongAgo,
    /// The field that a bare value in place of the record sets: `from: KP` is the side's country.
    Shorthand,
    /// The field that a text in place of the record sets in incidents alone: `parties: [KOMID]` is the party's name. A text that
    /// is a code of the record, such as an IMO number, is that instead.
    PlainText,
    /// The part of the country of the record's [`Shorthand`](FieldRole::Shorthand).
    PartOfCountry,
    /// The town or other place of a side: a text in place of the side that names one, and no State.
    Place,
    /// The name of the party of a side: a text in place of the side that names no State and no place.
    PartyOfSide,
    /// A sum for one piece of several, which a text may say: `460,000 EUR each`.
    OfOnePiece,
    /// The number of containers, crates and the like that goods are packed in.
    Packages,
    /// What a group of people does: a text in place of the group says it, with their number and nationality.
    Occupation,
    /// Other names of the record, in which a rule looks for what it looks for in the name.
    OtherNames,
    /// The registration of an aircraft: a text in place of the record that has the form of one.
    Registration,
    /// The side that provides.
    ProvidingSide,
    /// The side that receives.
    ReceivingSide,
    /// The goods, technology and software of a transaction, to one of which a rule can be bound.
    Items,
    /// Names of parties for whom the party acts.
    ActsFor,
    /// Names of the parties that own the party or vessel.
    OwnedBy,
    /// Names of the parties that control the party or vessel.
    ControlledBy,
    /// The name of the body that the party belongs to.
    Parent,
    /// The name of the item's maker.
    MadeBy,
    /// The name of the party for whom people work.
    Employer,
}

impl FieldRole {
    const COUNT: usize = FieldRole::Employer as usize + 1;

    /// The roles of fields that name parties to which the record is linked.
    pub const LINKS: [FieldRole; 6] = [
        FieldRole::ActsFor,
        FieldRole::OwnedBy,
        FieldRole::ControlledBy,
        FieldRole::Parent,
        FieldRole::MadeBy,
        FieldRole::Employer,
    ];
}

/// What a fact is to the acts that rules are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bearing {
    /// What an act is about: goods, listed persons, ships, people, fields of study.
    Subject,
    /// Which way it goes: the territories and nationalities of the two sides.
    Direction,
    /// How it happens: what is done, by whom in which role, where. A report may give it in other words.
    Circumstance,
    /// Nothing by which an act is recognised: how much, what it is worth, who permitted it.
    Beside,
}

/// One field of a record type.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// The key in incident files.
    pub key: &'static str,
    /// The kind of its value.
    pub kind: FactKind,
    /// The schemes of the vocabulary that its terms come from; empty unless the kind is [`FactKind::Terms`].
    pub schemes: &'static [Scheme],
    /// The key by which a rule asks for the field: `item` for the list `items`, mostly the same as `key`. `None` if no rule can
    /// ask for it, since it is for people or only names something.
    pub rule_key: Option<&'static str>,
    /// Its roles, mostly none.
    pub roles: &'static [FieldRole],
    /// True if every such record has a value, known or not: `none` is then read as unknown, with a warning.
    pub needs_value: bool,
    /// What it is to the acts that rules are about; `None` if the same as the record that it is in.
    pub bearing: Option<Bearing>,
    /// What a person is asked who has not reported it; `None` if that is asked of the record as a whole.
    pub question: Option<&'static str>,
    /// The unit of a number that is written without one; `None` if that is a mistake.
    pub unit: Option<&'static str>,
    /// What it means, as the manual says it.
    pub meaning: &'static str,
}

/// The fields of one record type, in the order of its struct.
#[derive(Debug)]
pub struct Table {
    /// What one such record is called in messages, with its article: `a vessel`.
    pub noun: &'static str,
    /// The fields. A field's index here is the number by which [`Record`](super::Record) knows it.
    pub fields: &'static [Field],
    /// The index of the field with each role.
    with_role: [Option<u8>; FieldRole::COUNT],
}

impl Table {
    /// A table of fields. For constants only: more than 255 fields do not compile there.
    #[expect(clippy::indexing_slicing, reason = "evaluated by the compiler, where an index that fails is an error")]
    pub(crate) const fn new(noun: &'static str, fields: &'static [Field]) -> Self {
        let mut with_role = [None; FieldRole::COUNT];
        let mut index = 0;
        while index < fields.len() {
            let roles = fields[index].roles;
            let mut next = 0;
            while next < roles.len() {
                with_role[roles[next] as usize] = Some(index as u8);
                next += 1;
            }
            index += 1;
        }
        Self { noun, fields, with_role }
    }

    /// The index of the field that has a key in incident files.
    pub fn position(&self, key: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.key == key)
    }

    /// The field, with its index, that a rule asks for by a key.
    pub fn by_rule_key(&self, key: &str) -> Option<(usize, &'static Field)> {
        self.fields.iter().enumerate().find(|(_, field)| field.rule_key == Some(key))
    }

    /// The index of the field that has a role; `None` if records of this type have no such field.
    pub fn with_role(&self, role: FieldRole) -> Option<usize> {
        self.with_role.get(role as usize).copied().flatten().map(usize::from)
    }

    /// The role by which a field names parties to which the record is linked; `None` if it names none.
    pub fn link(&self, index: usize) -> Option<FieldRole> {
        let field = self.fields.get(index)?;
        FieldRole::LINKS.into_iter().find(|link| field.roles.contains(link))
    }

    /// The question that asks a person for the fact at a path from such a record: that of the last field on the way that has
    /// one. Facts with the same question are asked for together.
    pub fn question(&'static self, path: &FactPath) -> Option<&'static str> {
        self.on_the_way(path).filter_map(|field| field.question).last()
    }

    /// What the fact at a path from such a record is to the acts that rules are about; `None` if it has no bearing on them.
    pub fn bearing(&'static self, path: &FactPath) -> Option<Bearing> {
        self.on_the_way(path).filter_map(|field| field.bearing).last()
    }

    /// The same of the fact at the end of some rows, each of which leads into the record, or the records, of the next.
    pub fn bearing_at(&'static self, rows: &[usize]) -> Option<Bearing> {
        let mut table = self;
        let fields = rows.iter().map_while(|row| {
            let field = table.fields.get(*row)?;
            table = field.kind.record_table().unwrap_or(table);
            Some(field)
        });
        fields.filter_map(|field| field.bearing).last()
    }

    /// The fields on the way along a path.
    fn on_the_way(&'static self, path: &FactPath) -> impl Iterator<Item = &'static Field> {
        let mut table = self;
        path.segments().iter().filter_map(move |segment| {
            let PathSegment::Key(key) = segment else { return None };
            let field = table.fields.get(table.position(key)?)?;
            table = field.kind.record_table().unwrap_or(table);
            Some(field)
        })
    }

    /// The key of a field in incident files; `?` if there is no such field.
    pub fn key(&self, index: usize) -> &'static str {
        self.fields.get(index).map_or("?", |field| field.key)
    }

    /// The table of the record or records in a field; `None` if it holds a value.
    pub fn record_table(&self, index: usize) -> Option<&'static Table> {
        self.fields.get(index)?.kind.record_table()
    }
}

impl Eq for Table {}

impl PartialEq for Table {
    /// Tables are equal if they are the same: each record type has one, in one place.
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl std::hash::Hash for Table {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.noun.hash(state);
    }
}

/// A set of fields of one table, by their indices: a bit for each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct FieldSet(u64);

impl FieldSet {
    /// One field.
    pub(crate) fn only(index: usize) -> Self {
        Self(u32::try_from(index).ok().and_then(|index| 1_u64.checked_shl(index)).unwrap_or(0))
    }

    /// The fields of both sets.
    pub(crate) fn and(self, others: FieldSet) -> Self {
        Self(self.0 | others.0)
    }

    /// The fields of this set that are not in the other.
    pub(crate) fn without(self, others: FieldSet) -> Self {
        Self(self.0 & !others.0)
    }

    /// True if no field is in the set.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// True if a field is in the set.
    #[inline(always)]
    pub(crate) fn contains(self, index: usize) -> bool {
        index < u64::BITS as usize && self.0 >> index & 1 == 1
    }

    /// The indices of the fields, from the least.
    pub fn iter(self) -> impl Iterator<Item = usize> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let index = left.trailing_zeros();
            left &= left.wrapping_sub(1);
            (index < u64::BITS).then_some(index as usize)
        })
    }
}
