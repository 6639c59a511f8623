//! The forgettings of a transaction: every way in which a report of the same event could say one thing less, or say it in a
//! word that the vocabulary does not have.

use chrono::Datelike;

use crate::facts::{
    Authorisation, Coded, CodedTerm, Codes, FactKind, FactPath, FactValue, Field, FieldRole, Party, PathSegment, Period, Record,
    Scheme, Terms, Transaction,
};
use crate::rulebook::{Forgetting, Vocabulary};

use super::alteration::{Alteration, AlterationKind, AlteredValue};

/// A word that no vocabulary has.
const UNLISTED: &str = "a word that no vocabulary has";

/// Every forgetting of a transaction, in the order of its facts. Unlisted words are of the kind [`Forgetting::UnlistedWord`].
pub(super) fn forgettings(transaction: &Transaction, vocabulary: &Vocabulary) -> Vec<Alteration> {
    let mut collector = Collector { vocabulary, found: Vec::new() };
    collector.record(transaction, &FactPath::root(), "");
    collector.found
}

struct Collector<'v> {
    vocabulary: &'v Vocabulary,
    found: Vec<Alteration>,
}

/// A fact whose forgettings are collected.
struct Fact<'f> {
    field: &'static Field,
    name: &'f str,
    path: &'f FactPath,
}

impl Collector<'_> {
    fn record(&mut self, record: &dyn Record, at: &FactPath, name: &str) {
        for (row, field) in record.table().fields.iter().enumerate() {
            let Some(own) = field.rule_key.filter(|_| !follows_from_another(record, field) && !has_default(record, field)) else {
                continue;
            };
            let name = if name.is_empty() { own.to_owned() } else { format!("{name}.{own}") };
            let path = at.key(field.key);
            let value = record.value(row);
            if is_reported(value) {
                let fact = Fact { field, name: &name, path: &path };
                self.push(&fact, dropping(record, field, at == &FactPath::root()), AlteredValue::Unknown);
                self.coarsen(&fact, value);
            }
            match value {
                FactValue::One(Some(Some(inner))) => self.record(inner, &path, &name),
                FactValue::Many(Some(list)) => {
                    for (index, element) in (0..list.len()).filter_map(|i| Some((i, list.record(i)?))) {
                        self.record(element, &path.then(PathSegment::Index(index)), &name);
                    }
                }
                _ => {}
            }
        }
    }

    /// Adds what leaves a part of the fact: broader terms, shorter codes, longer periods.
    fn coarsen(&mut self, fact: &Fact<'_>, value: FactValue<'_>) {
        match value {
            FactValue::Terms(terms) => self.coarsen_terms(fact, terms),
            FactValue::Hs(codes) => self.coarsen_codes(fact, codes),
            FactValue::Date(Some(period)) => {
                for (kind, longer) in longer_periods(*period) {
                    self.push(fact, kind, AlteredValue::Date(longer));
                }
            }
            _ => {}
        }
    }

    fn coarsen_terms(&mut self, fact: &Fact<'_>, terms: &Terms) {
        let Some(values) = terms.is() else { return };
        let is_open = fact.field.schemes.iter().any(|scheme| Scheme::is_open(*scheme));
        for (i, value) in values.iter().enumerate() {
            let CodedTerm::Term(term) = value else { continue };
            for broader in self.vocabulary.broader_terms(*term) {
                self.push(fact, Forgetting::BroaderTerm, AlteredValue::Terms(with_value(terms, i, CodedTerm::Term(broader))));
            }
            if is_open {
                let unlisted = CodedTerm::Unlisted(Box::new(UNLISTED.into()));
                self.push(fact, Forgetting::UnlistedWord, AlteredValue::Terms(with_value(terms, i, unlisted)));
            }
        }
    }

    fn coarsen_codes(&mut self, fact: &Fact<'_>, codes: &Codes) {
        for (i, code) in codes.is().unwrap_or_default().iter().enumerate() {
            for (kind, digits) in [(Forgetting::HsHeading, 4), (Forgetting::HsChapter, 2)] {
                let shorter = code.digits().get(..digits).filter(|_| code.length() > digits).and_then(|d| d.parse().ok());
                if let Some(shorter) = shorter {
                    self.push(fact, kind, AlteredValue::Codes(with_value(codes, i, shorter)));
                }
            }
        }
    }

    fn push(&mut self, fact: &Fact<'_>, kind: Forgetting, value: AlteredValue) {
        let kind = AlterationKind::Forgotten(kind);
        self.found.push(Alteration { kind, fact: fact.name.to_owned(), path: fact.path.clone(), value });
    }
}

/// True of a port's country where its code is reported: the country follows from the code, and cannot be forgotten alone.
fn follows_from_another(record: &dyn Record, field: &Field) -> bool {
    field.roles.contains(&FieldRole::PortCountry)
        && matches!(record.value_of(FieldRole::PortCode), Some(FactValue::Text(Some(_))))
}

/// True of what became of a request for a permission: a report that leaves it out says that the permission was granted.
fn has_default(record: &dyn Record, field: &Field) -> bool {
    record.table() == Authorisation::TABLE && field.key == "outcome"
}

pub(super) fn is_reported(value: FactValue<'_>) -> bool {
    match value {
        FactValue::Text(value) => value.is_some(),
        FactValue::Texts(value) => value.is_some(),
        FactValue::Terms(terms) => !terms.is_unknown(),
        FactValue::Hs(codes) => !codes.is_unknown(),
        FactValue::Amount(value) => value.is_some(),
        FactValue::Count(value) => value.is_some(),
        FactValue::Date(value) => value.is_some(),
        FactValue::YesNo(value) => value.is_some(),
        FactValue::Imo(value) => value.is_some(),
        FactValue::Identifiers(value) => value.is_some(),
        FactValue::One(value) => value.is_some(),
        FactValue::Many(value) => value.is_some(),
    }
}

/// The kind of a forgetting by which a field is dropped whole.
fn dropping(record: &dyn Record, field: &Field, in_transaction: bool) -> Forgetting {
    match (field.kind, field.key) {
        (FactKind::Many(_), _) => Forgetting::DroppedList,
        (FactKind::Money | FactKind::Quantity | FactKind::Amount | FactKind::Duration | FactKind::Count, _) => {
            Forgetting::DroppedAmount
        }
        (_, "role") if record.table() == Party::TABLE => Forgetting::DroppedPartyRole,
        (_, "country") if record.table() == Party::TABLE => Forgetting::DroppedPartyCountry,
        (_, "nationality") if record.table() == Party::TABLE => Forgetting::DroppedPartyNationality,
        _ if in_transaction => Forgetting::DroppedFact,
        _ => Forgetting::DroppedField,
    }
}

/// The same knowledge with another value at one position.
fn with_value<T: Clone>(coded: &Coded<T>, position: usize, value: T) -> Coded<T> {
    let mut values = coded.is().unwrap_or_default().to_vec();
    if let Some(slot) = values.get_mut(position) {
        *slot = value;
    }
    Coded::new(Some(values), coded.not().to_vec())
}

/// The month and the year in which a period lies, as far as they are longer than it.
fn longer_periods(period: Period) -> Vec<(Forgetting, Period)> {
    let (from, to) = (period.from, period.to);
    let month = format!("{:04}-{:02}", from.year(), from.month()).parse();
    let year = format!("{:04}", from.year()).parse();
    let longer = [(Forgetting::Month, month), (Forgetting::Year, year)].into_iter();
    let longer = longer.filter_map(|(kind, longer): (_, Result<Period, _>)| Some((kind, longer.ok()?)));
    longer.filter(|(_, longer)| *longer != period && longer.from <= from && to <= longer.to).collect()
}

#[cfg(test)]
mod tests {
    use super::{Forgetting, longer_periods};

    #[test]
    fn a_day_has_a_month_and_a_year_and_a_month_has_a_year() {
        let longer = |text: &str| -> Vec<(Forgetting, String)> {
            longer_periods(text.parse().unwrap()).into_iter().map(|(kind, period)| (kind, period.to_string())).collect()
        };
        assert_eq!(longer("2023-09-13"), [(Forgetting::Month, "2023-09".to_owned()), (Forgetting::Year, "2023".to_owned())]);
        assert_eq!(longer("2023-09"), [(Forgetting::Year, "2023".to_owned())]);
        assert_eq!(longer("2023-09-30/2023-10-01"), [(Forgetting::Year, "2023".to_owned())]);
        assert_eq!(longer("2023"), []);
        assert_eq!(longer("2023-12-31/2024-01-01"), []);
    }
}
