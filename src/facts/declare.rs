//! The declaration of record types: [`record!`] makes the struct and its [`Table`](super::Table) from one list of fields.
//!
//! A kind of value is declared here in three places: which type holds it ([`stored!`]), its [`FactKind`](super::FactKind)
//! ([`kind!`]), and, for a new type, what that type can do ([`Stored`]).

use compact_str::CompactString;

use super::{Amount, Codes, FactValue, FactVisitor, ImoNumber, Known, Many, Period, Range, Record, Slot, Terms};

/// Declares a record type: its struct, with a public field for each fact, and its [`Table`](super::Table).
///
/// ```text
/// record! {
///     /// A ship that carries, is served, or changes hands.
///     Vessel, "a vessel" {
///         /// IMO number
///         imo: Imo;
///         /// flag: a country, `stateless` or `false-flag`
///         flag: Terms, in Country | Flag;
///         /// ids of the sources that report this vessel
///         sources: SourceRefs, role Sources, not asked;
///     }
/// }
/// ```
///
/// To add a fact, add a field. Reading it from files, asking for it in rules, messages and the manual follow from the
/// declaration, which has these parts in this order:
///
/// | part | meaning |
/// |---|---|
/// | the doc comment | what the fact means, as the manual says it |
/// | `key` or `name = "key"` | its key in incident files, and the name of the struct's field where the key is no Rust name |
/// | `: Kind` | the kind of value: a name in [`kind!`] |
/// | `, in Country \| Flag` | for [`FactKind::Terms`](super::FactKind::Terms): the schemes of the vocabulary |
/// | `, role Sources \| ..` | its [roles](super::FieldRole), for a field that the engine has to find |
/// | `, as "item"` | the key by which a rule asks for it, where that is another |
/// | `, needs value` | every such record has a value, so that `none` is no answer |
/// | `, not asked` | no rule can ask for it |
/// | `, bears Subject` | its [bearing](super::Bearing) on the acts that rules are about, where not that of the record |
/// | `, question "Where?"` | what a person is asked who has not reported it; fields without one share that of the record |
/// | `, unit "mm"` | the unit of a number that is written without one |
macro_rules! record {
    (
        $(#[doc = $doc:literal])+
        $name:ident, $noun:literal {
            $(
                $(#[doc = $meaning:literal])+
                $field:ident $(= $key:literal)? : $kind:ident $(<$inner:ident>)?
                $(, in $($scheme:ident)|+)? $(, role $($role:ident)|+)? $(, as $rule_key:literal)? $(, needs $value:ident)? $(, not $asked:ident)?
                $(, bears $bearing:ident)? $(, question $question:literal)? $(, unit $unit:literal)? ;
            )+
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
        pub struct $name {
            $($(#[doc = $meaning])+ pub $field: $crate::facts::declare::stored!($kind $(<$inner>)?),)+
        }

        impl $name {
            /// The table of its fields.
            pub const TABLE: &'static $crate::facts::Table = {
                static TABLE: $crate::facts::Table = $crate::facts::Table::new($noun, &[$($crate::facts::Field {
                    key: $crate::facts::declare::or(&[$($key)?], stringify!($field)),
                    kind: $crate::facts::declare::kind!($kind $(<$inner>)?),
                    schemes: &[$($($crate::facts::Scheme::$scheme),+)?],
                    rule_key: $crate::facts::declare::rule_key(
                        $crate::facts::declare::or(&[$($rule_key,)? $($key)?], stringify!($field)),
                        &[$(stringify!($asked))?],
                    ),
                    roles: &[$($($crate::facts::FieldRole::$role),+)?],
                    needs_value: $crate::facts::declare::is_given(&[$(stringify!($value))?]),
                    bearing: $crate::facts::declare::first(&[$($crate::facts::Bearing::$bearing)?]),
                    question: $crate::facts::declare::first(&[$($question)?]),
                    unit: $crate::facts::declare::first(&[$($unit)?]),
                    meaning: concat!($($meaning),+),
                }),+]);
                &TABLE
            };
        }

        impl $crate::facts::Record for $name {
            fn table(&self) -> &'static $crate::facts::Table {
                Self::TABLE
            }
            fn value(&self, index: usize) -> $crate::facts::FactValue<'_> {
                use $crate::facts::declare::Stored;
                let mut next = 0..;
                $(if next.next() == Some(index) { return self.$field.value(); })+
                $crate::facts::FactValue::Text(None)
            }
            fn visit(&self, fields: $crate::facts::FieldSet, visitor: &mut dyn $crate::facts::FactVisitor) {
                use $crate::facts::declare::Stored;
                let mut next = 0_usize..;
                $(if let Some(index) = next.next() && fields.contains(index) && self.$field.is_reported() {
                    self.$field.visit(index, visitor);
                })+
            }
            fn slot(&mut self, index: usize) -> Option<$crate::facts::Slot<'_>> {
                use $crate::facts::declare::Stored;
                let mut next = 0..;
                $(if next.next() == Some(index) { return Some(self.$field.slot()); })+
                None
            }
            fn clear(&mut self) {
                $($crate::facts::declare::Stored::clear(&mut self.$field);)+
            }
        }
    };
}

/// The type that holds a value of a kind. Texts of up to 24 bytes are stored in the record itself.
macro_rules! stored {
    (Text) => { Option<compact_str::CompactString> };
    (Texts) => { Option<Vec<compact_str::CompactString>> };
    (SourceRefs) => { Option<Vec<compact_str::CompactString>> };
    (Terms) => { $crate::facts::Terms };
    (Hs) => { $crate::facts::Codes };
    (Money) => { Option<$crate::facts::Amount> };
    (Quantity) => { Option<$crate::facts::Amount> };
    (Amount) => { Option<$crate::facts::Amount> };
    (Duration) => { Option<$crate::facts::Amount> };
    (Count) => { Option<$crate::facts::Range> };
    (Date) => { Option<$crate::facts::Period> };
    (YesNo) => { Option<bool> };
    (Imo) => { Option<$crate::facts::ImoNumber> };
    (Reliability) => { Option<compact_str::CompactString> };
    (Credibility) => { Option<compact_str::CompactString> };
    (PortCode) => { Option<compact_str::CompactString> };
    (Identifiers) => { Option<Vec<(compact_str::CompactString, compact_str::CompactString)>> };
    (One<$record:ident>) => { $crate::facts::Known<$record> };
    (Many<$record:ident>) => { $crate::facts::Many<$record> };
}

/// The [`FactKind`](super::FactKind) of a kind as it is written in a declaration.
macro_rules! kind {
    (Reliability) => {
        $crate::facts::FactKind::Grade($crate::facts::Grading::Reliability)
    };
    (Credibility) => {
        $crate::facts::FactKind::Grade($crate::facts::Grading::Credibility)
    };
    (One<$record:ident>) => {
        $crate::facts::FactKind::One($record::TABLE)
    };
    (Many<$record:ident>) => {
        $crate::facts::FactKind::Many($record::TABLE)
    };
    ($kind:ident) => {
        $crate::facts::FactKind::$kind
    };
}

pub(crate) use {kind, record, stored};

/// The first of some texts; `otherwise` if there are none.
pub(crate) const fn or(first: &[&'static str], otherwise: &'static str) -> &'static str {
    match first.first() {
        Some(text) => text,
        None => otherwise,
    }
}

/// The first of some values, if there is one.
pub(crate) const fn first<T: Copy>(values: &[T]) -> Option<T> {
    match values.first() {
        Some(value) => Some(*value),
        None => None,
    }
}

/// The key by which a rule asks for a field; `None` if the field is declared `not asked`.
pub(crate) const fn rule_key(key: &'static str, not_asked: &[&str]) -> Option<&'static str> {
    if not_asked.is_empty() { Some(key) } else { None }
}

/// True if a part of a field's declaration is there.
pub(crate) const fn is_given(part: &[&str]) -> bool {
    !part.is_empty()
}

/// What the type of any struct field can do, so that [`record!`] handles all alike.
pub(crate) trait Stored {
    fn value(&self) -> FactValue<'_>;
    /// True if anything is known: a value, or that there is none.
    fn is_reported(&self) -> bool;
    /// Passes the value, which must be reported, to the visitor's method for its kind.
    fn visit(&self, index: usize, visitor: &mut dyn FactVisitor) {
        visitor.other(index);
    }
    fn slot(&mut self) -> Slot<'_>;
    /// Makes the fact unknown.
    fn clear(&mut self);
}

macro_rules! stored_as {
    ($($type:ty => $variant:ident, |$v:ident| $value:expr, $is_reported:expr $(, $visit:expr)?;)*) => {$(
        impl Stored for $type {
            fn value(&self) -> FactValue<'_> { let $v = self; FactValue::$variant($value) }
            fn is_reported(&self) -> bool { let $v = self; $is_reported }
            $(fn visit(&self, index: usize, visitor: &mut dyn FactVisitor) { $visit(self, index, visitor) })?
            fn slot(&mut self) -> Slot<'_> { Slot::$variant(self) }
            fn clear(&mut self) {
                if self.is_reported() { *self = Self::default() }
            }
        }
    )*};
}

stored_as! {
    Option<CompactString> => Text, |v| v.as_deref(), v.is_some();
    Option<Vec<CompactString>> => Texts, |v| v.as_deref(), v.is_some();
    Terms => Terms, |v| v, !v.is_unknown(), |v, index, visitor: &mut dyn FactVisitor| visitor.terms(index, v);
    Codes => Hs, |v| v, !v.is_unknown(), |v, index, visitor: &mut dyn FactVisitor| visitor.codes(index, v);
    Option<Amount> => Amount, |v| v.as_ref(), v.is_some();
    Option<Range> => Count, |v| v.as_ref(), v.is_some();
    Option<Period> => Date, |v| v.as_ref(), v.is_some();
    Option<bool> => YesNo, |v| *v, v.is_some(), |v: &Self, index, visitor: &mut dyn FactVisitor| visitor.yes_no(index, *v == Some(true));
    Option<ImoNumber> => Imo, |v| *v, v.is_some();
    Option<Vec<(CompactString, CompactString)>> => Identifiers, |v| v.as_deref(), v.is_some();
}

impl<T: Record + Default> Stored for Known<T> {
    fn value(&self) -> FactValue<'_> {
        FactValue::One(self.is_reported().then(|| self.get().map(|record| record as &dyn Record)))
    }
    fn is_reported(&self) -> bool {
        Known::is_reported(self)
    }
    fn visit(&self, index: usize, visitor: &mut dyn FactVisitor) {
        visitor.one(index, self.get().map(|record| record as &dyn Record));
    }
    fn slot(&mut self) -> Slot<'_> {
        Slot::One(self)
    }
    fn clear(&mut self) {
        Known::clear(self);
    }
}

impl<T: Record + Default> Stored for Many<T> {
    fn value(&self) -> FactValue<'_> {
        FactValue::Many(self.is_reported().then_some(self))
    }
    fn is_reported(&self) -> bool {
        Many::is_reported(self)
    }
    fn visit(&self, index: usize, visitor: &mut dyn FactVisitor) {
        visitor.many(index, self);
    }
    fn slot(&mut self) -> Slot<'_> {
        Slot::Many(self)
    }
    fn clear(&mut self) {
        Many::clear(self);
    }
}
