//! Dates, yes or no, HS codes, IMO numbers.

use crate::document::{Code, Diagnostic, Node};
use crate::facts::{Field, HsCode, HsError, ImoNumber, Period, PeriodError, WrittenDate};

use super::super::values;

use super::Reader;

impl Reader<'_> {
    pub(super) fn date(&mut self, node: &Node, field: &Field) -> Option<Period> {
        let text = self.scalar(node, field.key, "a date")?;
        match WrittenDate::read(text) {
            Ok(date) if values::is_missing_date(field, &date.period) => {
                let message = format!("`{text}` stands for no date, and is read as unknown");
                let help = "leave the key out, or write the year, month or day that is known";
                self.problems.push(Diagnostic::new(Code::PlaceholderDate, node.span, message).help(help));
                None
            }
            Ok(date) => {
                if let Some(zone) = zone(text) {
                    let message = format!("read a time in the zone `{zone}` as the day that is written");
                    self.problems.push(Diagnostic::new(Code::DayOfZone, node.span, message));
                }
                if date.readings.len() > 1 {
                    let readings: Vec<String> = date.readings.iter().map(Period::to_string).collect();
                    let message = format!("`{text}` could be {}; it is read as either", readings.join(" or "));
                    let help =
                        format!("write the one that is meant: {}; of tables, `--csv-dates` says it", readings.join(" or "));
                    self.problems.push(Diagnostic::new(Code::DateReadings, node.span, message).help(help));
                }
                Some(date.period)
            }
            Err(error) => {
                let help = match error {
                    PeriodError::TwoDigitYear => "write the year with four digits: 13 Sept 2023 or 2023-09-13",
                    PeriodError::NoYear => "write the year too: September 2023 or 2023-09",
                    PeriodError::Weekday => "check the day against the report",
                    PeriodError::Shape | PeriodError::NoSuchDay | PeriodError::Backwards => {
                        "write 2023-09-13, 13 Sept 2023, 2023-09, September 2023, Q3 2023, 2023, since 2023, or a range 2023-09-01/2023-09-13"
                    }
                };
                self.problems.push(
                    Diagnostic::new(Code::FactDate, node.span, format!("`{text}` is no date for `{}`: {error}", field.key))
                        .help(help),
                );
                None
            }
        }
    }

    pub(super) fn yes_no(&mut self, node: &Node, field: &Field) -> Option<bool> {
        let of_paper = |text| values::is_genuine(field, text);
        let answer = node.text().and_then(|text| values::yes_no(text).or_else(|| of_paper(text)));
        if answer.is_none() {
            let message = format!("`{}` is `yes` or `no`, not `{}`", field.key, node.text().unwrap_or(node.shape()));
            let help = "write `yes` or `no` (`true` or `false`), or `unknown` if the report does not say";
            self.problems.push(Diagnostic::new(Code::YesNo, node.span, message).help(help));
        }
        answer
    }

    pub(super) fn hs(&mut self, node: &Node) -> Option<HsCode> {
        let text = self.scalar(node, "hs", "a code, a list of codes or `{not: code}`")?;
        let (code, help) = match text.parse().map(|code: HsCode| code.without_filling()) {
            Ok(code) if code.is_in_an_edition() => return Some(code),
            Ok(_) => (Code::HsSaysNothing, "it is read as unknown; write the code of the goods, or describe them".to_owned()),
            Err(HsError::Odd) => {
                let digits: String = text.chars().filter(char::is_ascii_digit).collect();
                let remedy = if text.contains('.') {
                    format!("a zero lost at the end? `{text}0`")
                } else if digits.starts_with('0') {
                    "a digit too many or too few?".to_owned()
                } else {
                    format!("a leading zero lost? `0{digits}`")
                };
                (Code::HsNumber, format!("a code has an even number of digits; {remedy}"))
            }
            Err(_) => (Code::HsNumber, "2 to 10 digits, dots allowed, such as \"9306.90\"".to_owned()),
        };
        let message = match code {
            Code::HsSaysNothing => format!("`{text}` is the HS code of no goods in any edition"),
            _ => format!("`{text}` is no HS code"),
        };
        self.problems.push(Diagnostic::new(code, node.span, message).help(help));
        None
    }

    pub(super) fn imo(&mut self, node: &Node) -> Option<ImoNumber> {
        let text = self.scalar(node, "imo", "a number of seven digits")?;
        match text.parse() {
            Ok(imo) => Some(imo),
            Err(error) => {
                let help = "check the number against the report; leave it out if it cannot be told";
                self.problems
                    .push(Diagnostic::new(Code::ImoNumber, node.span, format!("`{text}` is no IMO number: {error}")).help(help));
                None
            }
        }
    }
}

/// The zone that a date with a time of day names: `Z` of `2023-09-13T05:00Z`.
fn zone(date: &str) -> Option<&str> {
    let (_, minutes) = date.split_once(':')?;
    let clock = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.');
    let zone = minutes.trim_start_matches(clock).trim();
    let is_part_of_day = ["am", "pm", "a.m.", "p.m."].iter().any(|part| zone.eq_ignore_ascii_case(part));
    (!zone.is_empty() && !is_part_of_day).then_some(zone)
}
