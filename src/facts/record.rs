//! Records of facts, each with its table.
//!
//! [`record!`] declares a record once: its struct, and a row of its [`Table`] for every fact. Whoever reads a file,
//! asks a condition, writes a message or a manual goes through the rows; nobody lists the facts again.

use compact_str::CompactString;

use super::table::{Ask, FactKind, Field, FieldSet, Table};
use super::{Amount, Coded, CodedTerm, HsCode, ImoNumber, Period, Range};

/// A single record inside another (a side, a contract): not known, known to be none, or known.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Known<T> {
    /// The report does not tell.
    #[default]
    Unknown,
    /// The report says that there is none.
    None,
    /// It is this.
    Is(T),
}

impl<T> Known<T> {
    /// The record, if it is known.
    pub fn get(&self) -> Option<&T> {
        match self {
            Known::Is(value) => Some(value),
            _ => None,
        }
    }
}

/// A text. Up to 24 bytes stand in the record itself.
pub type Text = Option<CompactString>;
/// Several texts.
pub type Texts = Option<Vec<CompactString>>;
/// Terms of the vocabulary.
pub type Terms = Coded<CodedTerm>;
/// HS codes.
pub type Codes = Coded<HsCode>;
/// A range with a unit of quantity.
pub type Quantity = Option<Amount>;
/// A range of numbers without a unit.
pub type Count = Option<Range>;
/// A period.
pub type Date = Option<Period>;
/// Yes or no.
pub type YesNo = Option<bool>;
/// An IMO number.
pub type Imo = Option<ImoNumber>;
/// Names of documents with their numbers.
pub type Identifiers = Option<Vec<(CompactString, CompactString)>>;
/// A single record.
pub type One<T> = Known<T>;

/// A fact's value, borrowed from its record.
#[derive(Clone, Copy)]
pub enum Value<'a> {
    /// A text.
    Text(Option<&'a str>),
    /// Several texts.
    Texts(Option<&'a [CompactString]>),
    /// Terms.
    Terms(&'a Coded<CodedTerm>),
    /// HS codes.
    Hs(&'a Coded<HsCode>),
    /// An amount.
    Amount(Option<&'a Amount>),
    /// A number.
    Count(Option<&'a Range>),
    /// A period.
    Date(Option<&'a Period>),
    /// Yes or no.
    YesNo(Option<bool>),
    /// An IMO number.
    Imo(Option<ImoNumber>),
    /// Documents.
    Identifiers(Option<&'a [(CompactString, CompactString)]>),
    /// A record: not known, none, or this.
    One(Option<Option<&'a dyn Record>>),
    /// A list of records.
    Many(Option<&'a dyn Records>),
}

/// The place where a fact is to be put.
pub enum Slot<'a> {
    /// A text.
    Text(&'a mut Text),
    /// Several texts.
    Texts(&'a mut Texts),
    /// Terms.
    Terms(&'a mut Terms),
    /// HS codes.
    Hs(&'a mut Codes),
    /// An amount.
    Amount(&'a mut Quantity),
    /// A number.
    Count(&'a mut Count),
    /// A period.
    Date(&'a mut Date),
    /// Yes or no.
    YesNo(&'a mut YesNo),
    /// An IMO number.
    Imo(&'a mut Imo),
    /// Documents.
    Identifiers(&'a mut Identifiers),
    /// A record.
    One(&'a mut dyn OneSlot),
    /// A list of records.
    Many(&'a mut dyn ManySlot),
}

/// A record of facts, whatever it is of.
pub trait Record {
    /// Its rows.
    fn table(&self) -> &'static Table;
    /// The value in a row. A row that does not exist is an unknown text.
    fn value(&self, row: usize) -> Value<'_>;
    /// Tells every fact in some rows of which something is known, in the order of the rows. The others are not looked at: a
    /// record is larger than what of it is asked for.
    fn visit(&self, rows: FieldSet, visitor: &mut dyn FactVisitor);
    /// The place of a row's value.
    fn slot(&mut self, row: usize) -> Option<Slot<'_>>;
    /// Forgets everything that is told, so that another record can be read into the same place.
    fn clear(&mut self);
}

/// Who is told the facts of a record, each with its row. A call for each kind of fact: to look at a value of any kind takes
/// longer than what is done with it.
pub trait FactVisitor {
    /// Terms.
    fn terms(&mut self, row: usize, terms: &Terms);
    /// HS codes.
    fn codes(&mut self, row: usize, codes: &Codes);
    /// A record, or that there is none.
    fn one(&mut self, row: usize, record: Option<&dyn Record>);
    /// A list of records.
    fn many(&mut self, row: usize, records: &dyn Records);
    /// Yes or no.
    fn yes_no(&mut self, row: usize, answer: bool);
    /// A fact of another kind.
    fn other(&mut self, row: usize);
}

static NO_TERMS: Coded<CodedTerm> = Coded::UNKNOWN;
static NO_CODES: Coded<HsCode> = Coded::UNKNOWN;

/// A table is a record of which nothing is told.
impl Record for &'static Table {
    fn table(&self) -> &'static Table {
        self
    }
    fn value(&self, row: usize) -> Value<'_> {
        match self.fields.get(row).map(|f| f.kind) {
            Some(FactKind::Terms) => Value::Terms(&NO_TERMS),
            Some(FactKind::Hs) => Value::Hs(&NO_CODES),
            Some(FactKind::Texts) => Value::Texts(None),
            Some(FactKind::Amount) => Value::Amount(None),
            Some(FactKind::Count) => Value::Count(None),
            Some(FactKind::Date) => Value::Date(None),
            Some(FactKind::YesNo) => Value::YesNo(None),
            Some(FactKind::Imo) => Value::Imo(None),
            Some(FactKind::Identifiers) => Value::Identifiers(None),
            Some(FactKind::One(_)) => Value::One(None),
            Some(FactKind::Many(_)) => Value::Many(None),
            Some(FactKind::Text) | None => Value::Text(None),
        }
    }
    fn visit(&self, _: FieldSet, _: &mut dyn FactVisitor) {}
    fn slot(&mut self, _: usize) -> Option<Slot<'_>> {
        None
    }
    fn clear(&mut self) {}
}

/// A list of records, whatever they are of.
pub trait Records {
    /// How many.
    fn len(&self) -> usize;
    /// True if it is known that there is none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// One of them.
    fn record(&self, index: usize) -> Option<&dyn Record>;
}

/// Where a single record goes.
pub trait OneSlot {
    /// Says that there is none.
    fn set_none(&mut self);
    /// Starts the record.
    fn begin(&mut self) -> Option<&mut dyn Record>;
}

/// Where a list of records goes.
pub trait ManySlot {
    /// Starts the list, empty.
    fn begin(&mut self);
    /// Starts its next record.
    fn add(&mut self) -> Option<&mut dyn Record>;
}

impl<T: Record + Default> OneSlot for Known<T> {
    fn set_none(&mut self) {
        *self = Known::None;
    }
    fn begin(&mut self) -> Option<&mut dyn Record> {
        *self = Known::Is(T::default());
        match self {
            Known::Is(record) => Some(record),
            Known::Unknown | Known::None => None,
        }
    }
}

/// What every kind of value can do for the table.
pub(crate) trait Fact {
    const KIND: FactKind;
    fn value(&self) -> Value<'_>;
    fn is_reported(&self) -> bool;
    /// Tells what is told.
    fn visit(&self, row: usize, visitor: &mut dyn FactVisitor) {
        visitor.other(row);
    }
    fn slot(&mut self) -> Slot<'_>;
    /// Forgets what is told.
    fn clear(&mut self);
}

macro_rules! facts {
    ($($ty:ty => $kind:ident, |$v:ident| $read:expr, $told:expr $(, $visit:expr)?;)*) => {$(
        impl Fact for $ty {
            const KIND: FactKind = FactKind::$kind;
            fn value(&self) -> Value<'_> { let $v = self; Value::$kind($read) }
            fn is_reported(&self) -> bool { let $v = self; $told }
            $(fn visit(&self, row: usize, visitor: &mut dyn FactVisitor) { $visit(self, row, visitor) })?
            fn slot(&mut self) -> Slot<'_> { Slot::$kind(self) }
            fn clear(&mut self) {
                if self.is_reported() { *self = Self::default() }
            }
        }
    )*};
}

facts! {
    Text => Text, |v| v.as_deref(), v.is_some();
    Texts => Texts, |v| v.as_deref(), v.is_some();
    Terms => Terms, |v| v, !v.is_unknown(), |v, row, visitor: &mut dyn FactVisitor| visitor.terms(row, v);
    Codes => Hs, |v| v, !v.is_unknown(), |v, row, visitor: &mut dyn FactVisitor| visitor.codes(row, v);
    Quantity => Amount, |v| v.as_ref(), v.is_some();
    Count => Count, |v| v.as_ref(), v.is_some();
    Date => Date, |v| v.as_ref(), v.is_some();
    YesNo => YesNo, |v| *v, v.is_some(), |v: &YesNo, row, visitor: &mut dyn FactVisitor| visitor.yes_no(row, *v == Some(true));
    Imo => Imo, |v| *v, v.is_some();
    Identifiers => Identifiers, |v| v.as_deref(), v.is_some();
}

/// A record type with its table, so that other records can hold it.
pub(crate) trait RecordType: Record + Default + 'static {
    const FIELDS: &'static [Field];
    const TABLE: &'static Table;
}

impl<T: RecordType> Fact for Known<T> {
    const KIND: FactKind = FactKind::One(T::TABLE);
    fn value(&self) -> Value<'_> {
        Value::One(match self {
            Known::Unknown => None,
            Known::None => Some(None),
            Known::Is(record) => Some(Some(record)),
        })
    }
    fn is_reported(&self) -> bool {
        !matches!(self, Known::Unknown)
    }
    fn visit(&self, row: usize, visitor: &mut dyn FactVisitor) {
        visitor.one(row, self.get().map(|record| record as &dyn Record));
    }
    fn slot(&mut self) -> Slot<'_> {
        Slot::One(self)
    }
    fn clear(&mut self) {
        if self.is_reported() {
            *self = Known::Unknown;
        }
    }
}

/// Declares a record and the table of its facts.
///
/// A row is `key: Type [schemes] (how asked);`, its doc comment the fact's meaning. `as "item"` gives the word by which
/// a rule asks, `untold` says that no rule can ask, `= "type"` gives a key that is no Rust name.
macro_rules! record {
    (
        $(#[doc = $doc:literal])+
        $name:ident, $noun:literal $(, short for $short:literal)? {
            $(
                $(#[doc = $meaning:literal])+
                $field:ident $(= $key:literal)? : $ty:ty $(, in $($space:ident)|+)? $(, as $word:literal)? $(, not $untold:ident)? ;
            )+
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Default, PartialEq)]
        pub struct $name {
            $($(#[doc = $meaning])+ pub $field: $ty,)+
        }

        impl $crate::facts::record::RecordType for $name {
            const FIELDS: &'static [$crate::facts::Field] = &[$($crate::facts::Field {
                key: $crate::facts::record::key_of(stringify!($field), &[$($key)?]),
                written: $crate::document::WrittenKey::of($crate::facts::record::key_of(stringify!($field), &[$($key)?])),
                kind: <$ty as $crate::facts::record::Fact>::KIND,
                schemes: &[$($($crate::facts::Scheme::$space),+)?],
                ask: $crate::facts::record::ask_of(&[$($word)?], &[$(stringify!($untold))?]),
                meaning: concat!($($meaning),+),
            }),+];
            const TABLE: &'static $crate::facts::Table = &$crate::facts::Table {
                noun: $noun,
                shorthand: $crate::facts::record::first(&[$($short)?]),
                fields: Self::FIELDS,
                index: $crate::facts::KeyIndex::new(Self::FIELDS),
                plural: $crate::facts::FieldSet::plural(Self::FIELDS),
            };
        }

        impl $name {
            /// The table of its facts.
            pub const TABLE: &'static $crate::facts::Table = <$name as $crate::facts::record::RecordType>::TABLE;
        }

        impl $crate::facts::Record for $name {
            fn table(&self) -> &'static $crate::facts::Table {
                Self::TABLE
            }
            fn value(&self, row: usize) -> $crate::facts::Value<'_> {
                use $crate::facts::record::Fact;
                let mut at = 0..;
                $(if at.next() == Some(row) { return self.$field.value(); })+
                $crate::facts::Value::Text(None)
            }
            fn visit(&self, rows: $crate::facts::FieldSet, visitor: &mut dyn $crate::facts::FactVisitor) {
                use $crate::facts::record::Fact;
                let mut at = 0_usize..;
                $(if let Some(row) = at.next() && rows.contains(row) && self.$field.is_reported() {
                    self.$field.visit(row, visitor);
                })+
            }
            fn slot(&mut self, row: usize) -> Option<$crate::facts::Slot<'_>> {
                use $crate::facts::record::Fact;
                let mut at = 0..;
                $(if at.next() == Some(row) { return Some(self.$field.slot()); })+
                None
            }
            fn clear(&mut self) {
                $($crate::facts::record::Fact::clear(&mut self.$field);)+
            }
        }
    };
}
pub(crate) use record;

/// The only element of a list of at most one.
pub(crate) const fn first(words: &'static [&'static str]) -> Option<&'static str> {
    words.first().copied()
}

/// A row's key: the one given, else the field's name.
pub(crate) const fn key_of(field: &'static str, given: &'static [&'static str]) -> &'static str {
    match given.first() {
        Some(key) => key,
        None => field,
    }
}

/// How a row is asked.
pub(crate) const fn ask_of(word: &'static [&'static str], untold: &'static [&'static str]) -> Ask {
    match (word.first(), untold.first()) {
        (_, Some(_)) => Ask::Never,
        (Some(word), None) => Ask::As(word),
        (None, None) => Ask::Key,
    }
}
