//! Dates in words.

use chrono::{Datelike, NaiveDate};

use crate::facts::Period;

/// A date as people write it: `13 September 2023`, `September 2023`, `2023`, `1 July to 30 September 2023`.
pub(in crate::report) fn period_in_words(period: Period) -> String {
    let Period { from, to } = period;
    let is_first = |day: NaiveDate| day.day() == 1;
    let is_last = |day: NaiveDate| day.succ_opt().is_none_or(is_first);
    let same_month = (from.year(), from.month()) == (to.year(), to.month());
    let whole_months = is_first(from) && is_last(to);
    match (from == Period::EARLIEST, to == Period::LATEST) {
        (true, true) => return "at an unknown time".to_owned(),
        (true, false) => return format!("until {}", to.format("%-d %B %Y")),
        (false, true) => return format!("since {}", from.format("%-d %B %Y")),
        (false, false) => {}
    }
    match (from == to, whole_months) {
        (true, _) => from.format("%-d %B %Y").to_string(),
        (_, true) if same_month => from.format("%B %Y").to_string(),
        (_, true) if from.year() == to.year() && from.month() == 1 && to.month() == 12 => from.format("%Y").to_string(),
        (_, true) if from.year() == to.year() => format!("{} to {}", from.format("%B"), to.format("%B %Y")),
        (_, true) if from.month() == 1 && to.month() == 12 => format!("{} to {}", from.format("%Y"), to.format("%Y")),
        (_, true) => format!("{} to {}", from.format("%B %Y"), to.format("%B %Y")),
        _ if same_month => format!("{} to {}", from.format("%-d"), to.format("%-d %B %Y")),
        _ if from.year() == to.year() => format!("{} to {}", from.format("%-d %B"), to.format("%-d %B %Y")),
        _ => format!("{} to {}", from.format("%-d %B %Y"), to.format("%-d %B %Y")),
    }
}

#[cfg(test)]
mod tests {
    use super::{Period, period_in_words};

    #[test]
    fn dates_read_as_people_write_them() {
        let words = |text: &str| period_in_words(text.parse::<Period>().unwrap());
        assert_eq!(words("2023-09-13"), "13 September 2023");
        assert_eq!(words("2023-09"), "September 2023");
        assert_eq!(words("2023"), "2023");
        let range = |from: &str, to: &str| {
            let (from, to) = (from.parse::<Period>().unwrap(), to.parse::<Period>().unwrap());
            period_in_words(Period { from: from.from, to: to.to })
        };
        assert_eq!(range("2023-07", "2023-09"), "July to September 2023");
        assert_eq!(range("2023-09-01", "2023-09-10"), "1 to 10 September 2023");
        assert_eq!(range("2023-08-30", "2023-09-10"), "30 August to 10 September 2023");
        assert_eq!(range("2022-12-30", "2023-01-02"), "30 December 2022 to 2 January 2023");
        assert_eq!(range("2021", "2023"), "2021 to 2023");
        assert_eq!(words("../2019-11-30"), "until 30 November 2019");
        assert_eq!(words("2021-03-01/.."), "since 1 March 2021");
    }
}
