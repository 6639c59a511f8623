//! Simple values: texts as facts, without messages.
//!
//! A value is simple if the reader of documents would read it without a message, and it is written in one of the usual
//! ways. For any other value the functions here return `None`, and the line is left to `Reader`.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::facts::{
    Amount, Coded, CodedTerm, FactKind, FactValue, Field, FieldRole, HsCode, Period, Range, Record, Scheme, Slot, Table, Unit,
    Words, WrittenDate, first_look_alike, fold, is_placeholder,
};
use crate::rulebook::{ReadAmount, TermLookup, Vocabulary};

use super::nothing_moved::is_nothing_on_board;
use super::{negated, record_text};

/// Sets the fact in a row of a record from a text; `None` if it is not simple.
pub fn set_text(record: &mut dyn Record, row: usize, field: &Field, text: &str, vocabulary: &Vocabulary) -> Option<()> {
    if matches!(text, "unknown" | "none") {
        return None;
    }
    let table = record.table();
    match record.slot(row)? {
        Slot::Text(_) if matches!(field.kind, FactKind::Grade(_)) => return None,
        Slot::Text(_) if field.key == "name" && !record_text::facts_in_name(table, text, vocabulary).is_empty() => return None,
        // A look-alike letter, a placeholder and a code that is none are worth a message.
        Slot::Text(_) if first_look_alike(text).is_some() || stands_for_nothing(field, text) => return None,
        Slot::Text(_) if field.key == "description" && is_nothing_on_board(text) => return None,
        Slot::Text(_) if negated::has_negation(field, text, vocabulary) => return None,
        Slot::Text(_) if field.kind == FactKind::PortCode && !is_port_code(text) => return None,
        Slot::Text(slot) => *slot = Some(text.into()),
        // A stream has no sources of its own, so naming one is a mistake.
        Slot::Texts(_) if matches!(field.kind, FactKind::SourceRefs) => return None,
        Slot::Texts(_) if stands_for_nothing(field, text) || is_unknown_listing(field, text, vocabulary) => return None,
        Slot::Texts(_) if negated::names_no_denier(field, text) => return None,
        Slot::Texts(slot) => *slot = Some(vec![text.into()]),
        Slot::Terms(slot) => *slot = Coded::one(term(text, field.schemes, vocabulary)?),
        Slot::Hs(slot) => *slot = Coded::one(hs(text)?),
        Slot::Amount(slot) => *slot = Some(amount(text, field, vocabulary)?),
        Slot::Count(slot) => match Range::parse(text) {
            Ok((range, rest)) if Range::number_with_two_readings(text).is_none() => {
                *slot = Some(range).filter(|_| rest.is_empty() || counts_people(rest, vocabulary));
                slot.as_ref()?;
            }
            _ => return None,
        },
        Slot::Date(slot) => *slot = Some(date(text).filter(|period| !is_missing_date(field, period))?),
        Slot::Imo(slot) => *slot = Some(text.parse().ok()?),
        Slot::One(slot) => set_shorthand(slot.begin()?, text, vocabulary)?,
        Slot::Many(slot) => {
            slot.begin();
            set_shorthand(slot.add()?, text, vocabulary)?;
        }
        Slot::YesNo(slot) => *slot = Some(yes_no(text)?),
        Slot::Identifiers(_) => return None,
    }
    Some(())
}

/// Sets the fact in a row of a record from a list of texts; `None` if it is not simple.
pub fn set_texts<T: AsRef<str>>(
    record: &mut dyn Record,
    row: usize,
    field: &Field,
    texts: &[T],
    vocabulary: &Vocabulary,
) -> Option<()> {
    let texts = texts.iter().map(AsRef::as_ref);
    let needs_message = |text| {
        text == "unknown"
            || stands_for_nothing(field, text)
            || is_unknown_listing(field, text, vocabulary)
            || negated::names_no_denier(field, text)
    };
    if texts.clone().any(needs_message) || (field.needs_value && texts.clone().next().is_none()) {
        return None;
    }
    match record.slot(row)? {
        Slot::Terms(slot) => {
            let terms = texts.map(|text| term(text, field.schemes, vocabulary)).collect::<Option<_>>()?;
            *slot = Coded::new(Some(terms), Vec::new());
        }
        Slot::Hs(slot) => *slot = Coded::new(Some(texts.map(hs).collect::<Option<_>>()?), Vec::new()),
        Slot::Texts(slot) if !matches!(field.kind, FactKind::SourceRefs) => *slot = Some(texts.map(Into::into).collect()),
        _ => return None,
    }
    Some(())
}

/// Sets the fact of an empty record that a text abbreviates (`"from": "KP"`); `None` if it is not simple.
pub fn set_shorthand(record: &mut dyn Record, word: &str, vocabulary: &Vocabulary) -> Option<()> {
    let table = record.table();
    if record_text::may_say_more(table, word) || record_text::false_paper(table, word).is_some() {
        return None;
    }
    let row = shorthand_row(table, Some(word))?;
    set_text(record, row, table.fields.get(row)?, word, vocabulary)?;
    add_named_kind(record, word, vocabulary);
    add_implied_facts(record, vocabulary);
    Some(())
}

/// The field that a value in place of a record sets: a code of the record if the text has the form of one, else its name or what
/// else people call it by. `None` if a record of this type is not abbreviated so.
pub(super) fn shorthand_row(table: &Table, text: Option<&str>) -> Option<usize> {
    let short = || table.with_role(FieldRole::Shorthand);
    let Some(plain) = table.with_role(FieldRole::PlainText) else { return short() };
    let text = text?;
    let of_code = table.fields.iter().position(|field| match field.kind {
        FactKind::Hs => text.len() >= 4 && hs(text).is_some(),
        // A wrong check digit is a mistake in a number, and no name.
        FactKind::Imo => is_like_an_imo_number(text),
        FactKind::PortCode => is_port_code(text) || is_port_code_in_small_letters(text),
        _ => field.roles.contains(&FieldRole::Registration) && is_registration(text),
    });
    Some(of_code.unwrap_or(plain))
}

/// True for a text that names a place of one State and is no State's name: `from: Nampo`, `from: Nampo, DPRK`.
pub(super) fn is_place(text: &str, vocabulary: &Vocabulary) -> bool {
    if vocabulary.by_exact_id(&[Scheme::Country], text).is_some() || vocabulary.find(&[Scheme::Country], text).is_some() {
        return false;
    }
    let Some(found) = vocabulary.place_names().find(text) else { return false };
    let first = found.mentions.first().map(|place| place.countries).filter(|countries| countries.len() == 1);
    found.is_all && first.is_some() && found.mentions.iter().all(|place| Some(place.countries) == first)
}

/// True for seven digits, with or without `IMO` before them.
fn is_like_an_imo_number(text: &str) -> bool {
    let digits = text.strip_prefix("IMO").unwrap_or(text).trim_start();
    digits.len() == 7 && digits.bytes().all(|b| b.is_ascii_digit())
}

/// True for a text in the form of an aircraft's registration: `P-881`, `RA-86507`, `N123AB`. Types are written alike: `IL-62`.
pub(super) fn is_registration(text: &str) -> bool {
    let is_upper = text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-');
    let (prefix, mark) = text.split_once('-').unwrap_or((text, ""));
    let digits = mark.bytes().filter(u8::is_ascii_digit).count();
    let is_marked = (1..=2).contains(&prefix.len())
        && (2..=5).contains(&mark.len())
        && (digits == 0 || digits > 3 || (prefix == "P" && digits == 3));
    let is_american = mark.is_empty()
        && prefix
            .strip_prefix('N')
            .is_some_and(|rest| (2..=5).contains(&rest.len()) && rest.starts_with(|c| ('1'..='9').contains(&c)));
    is_upper && (is_marked || is_american)
}

/// A text of five small letters and digits is more likely a code than a name, which begins with a capital.
fn is_port_code_in_small_letters(text: &str) -> bool {
    !text.starts_with(|c: char| c.is_ascii_uppercase()) && is_port_code(&text.to_ascii_uppercase())
}

/// Adds the kind of a record that is called by its kind alone: `sources: [Panel of Experts]`.
pub(super) fn add_named_kind(record: &mut dyn Record, text: &str, vocabulary: &Vocabulary) {
    let of_kind = |field: &Field| field.kind == FactKind::Terms && field.schemes == [Scheme::SourceKind];
    if let Some(row) = record.table().fields.iter().position(of_kind)
        && let Some(CodedTerm::Term(term)) = vocabulary.find(&[Scheme::SourceKind], text)
        && let Some(Slot::Terms(slot)) = record.slot(row)
        && slot.is_unknown()
    {
        *slot = Coded::one(CodedTerm::Term(term));
    }
}

/// Adds the facts of a record that follow from others: a port's country from its UN/LOCODE, where none is reported. A code that
/// is none is the port's name.
pub fn add_implied_facts(record: &mut dyn Record, vocabulary: &Vocabulary) {
    let table = record.table();
    let (Some(code), Some(country)) = (table.with_role(FieldRole::PortCode), table.with_role(FieldRole::PortCountry)) else {
        return;
    };
    if let Some(Slot::Text(slot)) = record.slot(code)
        && slot.as_deref().is_some_and(|text| !is_port_code(text))
        && let Some(text) = slot.take()
        && let Some(Slot::Text(name @ None)) = table.with_role(FieldRole::PortName).and_then(|name| record.slot(name))
    {
        *name = Some(text);
    }
    let country_of_code = match record.value(code) {
        FactValue::Text(Some(code)) => country_of_port(code, vocabulary),
        _ => None,
    };
    if let (Some(country_of_code), Some(Slot::Terms(slot))) = (country_of_code, record.slot(country))
        && slot.is_unknown()
    {
        *slot = country_of_code;
    }
}

/// True if the text of a fact that rules ask about stands for a missing one.
pub(super) fn stands_for_nothing(field: &Field, text: &str) -> bool {
    matches!(field.kind, FactKind::Text | FactKind::Texts) && field.rule_key.is_some() && is_placeholder(text)
}

/// True if the text of a listing names no list that the rulebook knows.
fn is_unknown_listing(field: &Field, text: &str, vocabulary: &Vocabulary) -> bool {
    field.roles.contains(&FieldRole::Listings) && !vocabulary.names_a_listing(text)
}

/// True if a date stands for a missing one: no act that a measure of the Council reaches is older than the Charter.
pub(super) fn is_missing_date(field: &Field, period: &Period) -> bool {
    let before_charter = || NaiveDate::from_ymd_opt(1945, 10, 24).is_some_and(|charter| period.to < charter);
    period.is_placeholder() || (!field.roles.contains(&FieldRole::LongAgo) && before_charter())
}

/// True for a text in the form of a UN/LOCODE: two capitals for the country, and three capitals or digits.
pub(super) fn is_port_code(text: &str) -> bool {
    let (country, place) = text.as_bytes().split_at_checked(2).unwrap_or_default();
    let place = place.strip_prefix(b" ").unwrap_or(place);
    country.iter().all(u8::is_ascii_uppercase)
        && place.len() == 3
        && place.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

/// The country whose ISO 3166-1 code begins a UN/LOCODE.
fn country_of_port(code: &str, vocabulary: &Vocabulary) -> Option<Coded<CodedTerm>> {
    match vocabulary.lookup(&[Scheme::Country], code.get(..2)?) {
        TermLookup::Found(CodedTerm::Term(term)) => Some(Coded::one(CodedTerm::Term(term))),
        _ => None,
    }
}

/// True for words in place of a State that name none: `abroad`, `several countries`.
pub(super) fn names_no_state(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "abroad",
        "overseas",
        "foreign",
        "elsewhere",
        "worldwide",
        "international",
        "multiple",
        "various",
        "third country",
        "third countries",
        "other countries",
        "several countries",
        "many countries",
        "various countries",
        "multiple countries",
        "foreign countries",
        "several states",
        "a third country",
        "another country",
        "a neighbouring country",
        "international waters",
        "high seas",
        "the high seas",
        "at sea",
        "за рубежом",
        "за рубеж",
        "за границей",
        "国外",
        "境外",
        "해외",
        "외국",
    ];
    // `not North Korea` says where it was not.
    const NOT: &[&str] = &["not ", "outside ", "anywhere but ", "other than ", "except ", "beyond ", "no ", "non ", "away from "];
    let folded = fold(text);
    text.len() <= 48 && (WORDS.contains(&folded.as_str()) || NOT.iter().any(|word| folded.starts_with(word)))
}

/// True for a text about an amount that has neither a digit nor a word for a number: `lots`, `a large quantity`.
pub(super) fn says_no_number(text: &str) -> bool {
    const AMOUNT: &[&str] =
        &["quantity", "quantities", "amount", "amounts", "number", "numbers", "sum", "sums", "volume", "volumes"];
    let is_number = |word: &str| Range::parse(word).is_ok();
    let names_an_amount = || text.split_whitespace().any(|word| AMOUNT.contains(&word.to_lowercase().as_str()));
    !text.chars().any(char::is_numeric) && (!text.split_whitespace().any(is_number) || names_an_amount())
}

/// True for what stands behind a number of people: `20 workers`.
pub(super) fn counts_people(unit: &str, vocabulary: &Vocabulary) -> bool {
    matches!(vocabulary.find(&[Scheme::Unit], unit), Some(CodedTerm::Term(term)) if vocabulary.id(term) == "persons")
}

/// A number of goods that are counted by a word of their description, as pieces; `None` if the word is a unit or a currency.
pub(super) fn number_of_pieces(text: &str, description: &str, vocabulary: &Vocabulary) -> Option<Amount> {
    if vocabulary.read_amount(text).is_ok() || Range::number_with_two_readings(text).is_some() {
        return None;
    }
    let (range, noun) = Range::parse(text).ok()?;
    let (noun, description) = (Words::new(noun), Words::new(description));
    let is_named = !noun.is_empty() && description.find(&noun).next().is_some();
    let pieces = vocabulary.term(Scheme::Unit, "pieces").filter(|_| is_named && !range.is_zero())?;
    Some(Amount { range, unit: Unit::Quantity(pieces) })
}

/// True for what a payment comes to, which is money.
pub(super) fn is_of_payment(field: &Field) -> bool {
    field.kind == FactKind::Amount && (field.roles.contains(&FieldRole::PlainText) || field.key == "amount_per_month")
}

/// True for an amount in pounds, which are a weight and the money of several States.
pub(super) fn says_pounds(text: &str) -> bool {
    let text = text.to_lowercase();
    ["pound", "фунт", "파운드"].iter().any(|word| text.contains(word))
}

/// A code that names goods.
fn hs(text: &str) -> Option<HsCode> {
    text.parse().ok().map(|code: HsCode| code.without_filling()).filter(HsCode::is_in_an_edition)
}

/// A date with one reading.
fn date(text: &str) -> Option<Period> {
    // Nearly all dates of a stream have the form that is parsed at once.
    text.parse().ok().or_else(|| WrittenDate::read(text).ok().filter(|date| date.readings.len() == 1).map(|date| date.period))
}

/// What a word says where a yes or no is asked for.
pub(super) fn yes_no(word: &str) -> Option<bool> {
    const YES: [&str; 11] = ["true", "yes", "y", "да", "예", "네", "是", "oui", "si", "ja", "sim"];
    const NO: [&str; 10] = ["false", "no", "n", "нет", "아니오", "아니요", "否", "non", "nein", "nao"];
    match word {
        "true" => Some(true),
        "false" => Some(false),
        _ => {
            let word = fold(word).replace(' ', "");
            let is_in = |words: &[&str]| words.contains(&word.as_str());
            if is_in(&YES) { Some(true) } else { is_in(&NO).then_some(false) }
        }
    }
}

/// Whether a paper is genuine, in other words than yes and no: `holds: forged`.
pub(super) fn is_genuine(field: &Field, word: &str) -> Option<bool> {
    const NO: [&str; 10] =
        ["forged", "fake", "faked", "false", "falsified", "counterfeit", "fraudulent", "not genuine", "invalid", "not valid"];
    const YES: [&str; 4] = ["genuine", "valid", "authentic", "real"];
    let word = fold(word);
    let is_in = |words: &[&str]| words.contains(&word.as_str());
    let answer = if is_in(&NO) { Some(false) } else { is_in(&YES).then_some(true) };
    answer.filter(|_| field.key == "holds")
}

fn term(word: &str, schemes: &[Scheme], vocabulary: &Vocabulary) -> Option<CodedTerm> {
    if let Some(term) = vocabulary.by_exact_id(schemes, word) {
        return Some(CodedTerm::Term(term));
    }
    vocabulary.find(schemes, word).filter(|found| matches!(found, CodedTerm::Term(_)))
}

/// The unit of a number that is written without one, where the field has one: millimetres, or inches for a fraction of them
/// (`calibre: .50`).
pub(super) fn bare_unit(field: &Field, range: &Range, vocabulary: &Vocabulary) -> Option<Unit> {
    let unit = field.unit?;
    let is_fraction = unit == "mm" && range.high.is_some_and(|high| high < 1.into());
    vocabulary.term(Scheme::Unit, if is_fraction { "inches" } else { unit }).map(Unit::Quantity)
}

/// The text of an amount with a digit before its point: `.50` of a calibre.
pub(super) fn with_leading_digit<'t>(field: &Field, text: &'t str) -> Cow<'t, str> {
    match field.unit {
        Some(_) if text.starts_with('.') => Cow::Owned(format!("0{text}")),
        _ => Cow::Borrowed(text),
    }
}

fn amount(text: &str, field: &Field, vocabulary: &Vocabulary) -> Option<Amount> {
    let ReadAmount { range, unit, readings: None } = vocabulary.read_amount(&with_leading_digit(field, text)).ok()? else {
        return None;
    };
    match (field.kind, unit.or_else(|| bare_unit(field, &range, vocabulary))?) {
        (FactKind::Money, Unit::Quantity(_)) | (FactKind::Quantity, Unit::Money(_)) => None,
        (FactKind::Money | FactKind::Quantity, _) if range.is_zero() => None,
        (_, Unit::Quantity(_)) if is_of_payment(field) => None,
        (_, unit) => Some(Amount { range, unit }),
    }
}
