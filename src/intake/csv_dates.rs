//! Dates of tables in the order of day and month that their user declares.

/// The order of day and month in the dates of a table, such as `03/04/2024`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// `dd/mm/yyyy`: 3 April 2024.
    DayFirst,
    /// `mm/dd/yyyy`: 4 March 2024.
    MonthFirst,
}

impl DateOrder {
    /// Both orders.
    pub const ALL: [DateOrder; 2] = [DateOrder::DayFirst, DateOrder::MonthFirst];

    /// The order as it is written on the command line and in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            DateOrder::DayFirst => "dd/mm/yyyy",
            DateOrder::MonthFirst => "mm/dd/yyyy",
        }
    }

    /// A date, or a range of two with ` - ` between them, as ISO 8601; a time of day behind a date is left out. `None` if the
    /// text is not written as three numbers, and the message of a mistake if they are no date in this order.
    pub(super) fn to_iso(self, text: &str) -> Option<Result<String, String>> {
        match text.split_once(" - ") {
            None => self.day_to_iso(text),
            Some((first, last)) => match (self.day_to_iso(first)?, self.day_to_iso(last)?) {
                (Ok(first), Ok(last)) => Some(Ok(format!("{first}/{last}"))),
                (Err(mistake), _) | (_, Err(mistake)) => Some(Err(mistake)),
            },
        }
    }

    fn day_to_iso(self, text: &str) -> Option<Result<String, String>> {
        let text = text.trim();
        let (date, time) = text.split_once(' ').unwrap_or((text, ""));
        let is_time =
            time.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | ' ' | 'A' | 'P' | 'M' | 'a' | 'p' | 'm'));
        let mark = date.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, '/' | '.' | '-'))?;
        let parts: Vec<&str> = date.split(mark).collect();
        let numbers: Vec<u32> = parts.iter().filter_map(|part| part.parse().ok()).collect();
        let ([first, second, year], [_, _, written_year], true) = (numbers.as_slice(), parts.as_slice(), is_time) else {
            return None;
        };
        if parts.first().is_some_and(|part| part.len() > 2) {
            return None;
        }
        let (day, month) = if self == DateOrder::DayFirst { (first, second) } else { (second, first) };
        Some(if written_year.len() != 4 {
            Err(format!("`{date}` has a year of {} digits", written_year.len()))
        } else if !(1..=12).contains(month) {
            Err(format!("`{date}` is no date as {}: there is no month {month}", self.as_str()))
        } else {
            Ok(format!("{year:04}-{month:02}-{day:02}"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::DateOrder::{DayFirst, MonthFirst};

    #[test]
    fn dates_are_read_in_the_declared_order() {
        for (text, day_first, month_first) in [
            ("03/04/2024", Ok("2024-04-03"), Ok("2024-03-04")),
            ("3.4.2024", Ok("2024-04-03"), Ok("2024-03-04")),
            ("03-04-2024 10:30", Ok("2024-04-03"), Ok("2024-03-04")),
            ("3/4/2024 9:05:00 PM", Ok("2024-04-03"), Ok("2024-03-04")),
            ("01/03/2024 - 02/03/2024", Ok("2024-03-01/2024-03-02"), Ok("2024-01-03/2024-02-03")),
            ("25/12/2023", Ok("2023-12-25"), Err("there is no month 25")),
            ("12/25/2023", Err("there is no month 25"), Ok("2023-12-25")),
            ("03/04/24", Err("a year of 2 digits"), Err("a year of 2 digits")),
        ] {
            for (order, expected) in [(DayFirst, day_first), (MonthFirst, month_first)] {
                match (order.to_iso(text).unwrap(), expected) {
                    (Ok(iso), Ok(expected)) => assert_eq!(iso, expected, "{text}"),
                    (Err(message), Err(part)) => assert!(message.contains(part), "{text}: {message}"),
                    (read, expected) => panic!("{text}: {read:?}, not {expected:?}"),
                }
            }
        }
    }

    #[test]
    fn what_is_written_otherwise_is_left_alone() {
        for text in ["2024-03-04", "2024/03/04", "2024", "03/2024", "March 2024", "4 March 2024", "", "1/2/3/4", "a/b/c"] {
            assert_eq!((DayFirst.to_iso(text), MonthFirst.to_iso(text)), (None, None), "{text}");
        }
    }
}
