//! What is shown reads back as what it was.

use chrono::{Days, NaiveDate};
use interdict::facts::{HsCode, HsRange, ImoNumber, Period, Range};
use proptest::prelude::*;
use rust_decimal::Decimal;

fn day() -> impl Strategy<Value = NaiveDate> {
    (0..200_000u64).prop_map(|n| NaiveDate::from_ymd_opt(1900, 1, 1).unwrap() + Days::new(n))
}

fn digits(length: usize) -> impl Strategy<Value = String> {
    proptest::string::string_regex(&format!("[0-9]{{{length}}}")).unwrap()
}

fn number() -> impl Strategy<Value = String> {
    (1..100_000_000i64, 0..4u32).prop_map(|(n, scale)| Decimal::new(n, scale).to_string())
}

proptest! {
    #[test]
    fn periods(from in day(), length in 0..800u64) {
        let period = Period { from, to: from + Days::new(length) };
        prop_assert_eq!(period.to_string().parse::<Period>().unwrap(), period);
    }

    #[test]
    fn months_and_years(year in 1900..2100i32, month in 1..13u32) {
        for text in [format!("{year}"), format!("{year}-{month:02}")] {
            let period: Period = text.parse().unwrap();
            prop_assert_eq!(period.to_string(), text);
            prop_assert!(!period.is_one_day());
        }
    }

    #[test]
    fn amounts(low in number(), high in number(), form in 0..8usize) {
        let text = match form {
            0 => low,
            1 => format!("about {low}"),
            2 => format!("almost {low}"),
            3 => format!("up to {low}"),
            4 => format!("at least {low}"),
            5 => format!("over {low}"),
            6 => format!("under {low}"),
            _ if low.parse::<Decimal>().unwrap() <= high.parse::<Decimal>().unwrap() => format!("{low}-{high}"),
            _ => format!("{high} to {low}"),
        };
        let (range, unit) = Range::parse(&text).unwrap();
        prop_assert_eq!(unit, "");
        let shown = range.to_string();
        prop_assert_eq!(Range::parse(&shown).unwrap(), (range, ""), "{} was shown as {}", text, shown);
        let with_unit = format!("{text} of coal");
        prop_assert_eq!(Range::parse(&with_unit).unwrap(), (range, "coal"));
    }

    #[test]
    fn hs_codes(code in (1..=5usize).prop_flat_map(|pairs| digits(2 * pairs))) {
        let read: HsCode = code.parse().unwrap();
        prop_assert_eq!(read.digits(), &code, "every digit is kept");
        prop_assert_eq!(read.to_string().parse::<HsCode>().unwrap(), read);
    }

    #[test]
    fn hs_ranges((a, b) in (1..=3usize).prop_flat_map(|pairs| (digits(2 * pairs), digits(2 * pairs))), code in digits(6)) {
        let (low, high) = if a <= b { (a, b) } else { (b, a) };
        let range: HsRange = format!("{low}-{high}").parse().unwrap();
        prop_assert_eq!(range.to_string().parse::<HsRange>().unwrap(), range);
        // The truth of a full code is that of its digits; a coarser code never contradicts a finer one.
        let prefix = &code[..low.len()];
        let inside = low.as_str() <= prefix && prefix <= high.as_str();
        let truth = |digits: &str| range.contains(&digits.parse().unwrap());
        prop_assert_eq!(truth(&code), inside.into());
        for coarser in [&code[..2], &code[..4]] {
            let coarse = truth(coarser);
            prop_assert!(coarse == truth(&code) || coarse == interdict::facts::Truth::Unknown, "{}", coarser);
        }
    }

    #[test]
    fn imo_numbers(number in 100_000..1_000_000u32) {
        let given: Vec<String> = (0..10).map(|check| format!("{number}{check}")).collect();
        let right: Vec<&String> = given.iter().filter(|n| n.parse::<ImoNumber>().is_ok()).collect();
        prop_assert_eq!(right.len(), 1, "one check digit is right");
        prop_assert_eq!(&right[0].parse::<ImoNumber>().unwrap().to_string(), right[0]);
    }
}
