//! The signs and names of currencies, as people write them before or behind a sum: `US$`, `euros`, `юаней`.

use std::borrow::Cow;

use iso_currency::Currency;

use Currency::{
    AED, AUD, BDT, CAD, CHF, CNY, EUR, GBP, HKD, INR, JPY, KPW, KRW, MYR, NGN, NZD, RUB, SGD, THB, TRY, TWD, UAH, USD, VND, XAF,
    XOF, ZAR,
};

/// Signs, each with the currencies that it can mean. The dollar without a country is that of the United States, as in the press.
const SIGNS: &[(&[&str], &[Currency])] = &[
    (&["US$", "USD$", "U.S.$", "US $", "$"], &[USD]),
    (&["A$", "AU$", "AUD$"], &[AUD]),
    (&["C$", "CA$", "CAD$"], &[CAD]),
    (&["HK$"], &[HKD]),
    (&["NZ$"], &[NZD]),
    (&["S$", "SG$"], &[SGD]),
    (&["NT$"], &[TWD]),
    (&["€"], &[EUR]),
    (&["£"], &[GBP]),
    (&["₽"], &[RUB]),
    (&["₹"], &[INR]),
    (&["₺"], &[TRY]),
    (&["₴"], &[UAH]),
    (&["₫"], &[VND]),
    (&["¥", "￥"], &[JPY, CNY]),
    (&["₩"], &[KPW, KRW]),
];

/// Names in any case, each with the currencies that it can mean.
const NAMES: &[(&[&str], &[Currency])] = &[
    (
        &[
            "usd",
            "dollar",
            "dollars",
            "us dollar",
            "us dollars",
            "u.s. dollar",
            "u.s. dollars",
            "american dollars",
            "доллар",
            "доллара",
            "долларов",
            "долларов сша",
            "долл",
            "долл.",
            "dólar",
            "dólares",
            "dólares americanos",
            "dollars us",
            "dollars américains",
            "долл. сша",
            "달러",
            "미국 달러",
            "美元",
        ],
        &[USD],
    ),
    (&["eur", "euro", "euros", "евро", "유로", "欧元"], &[EUR]),
    (&["gbp", "pound sterling", "pounds sterling", "sterling", "british pounds", "英镑"], &[GBP]),
    (&["jpy", "yen", "japanese yen", "иен", "엔", "日元"], &[JPY]),
    (&["cny", "rmb", "yuan", "yuan renminbi", "renminbi", "chinese yuan", "юань", "юаня", "юаней", "위안", "人民币"], &[CNY]),
    (
        &[
            "rub",
            "rouble",
            "roubles",
            "ruble",
            "rubles",
            "russian roubles",
            "russian rubles",
            "рубль",
            "рубля",
            "рублей",
            "руб.",
            "руб",
            "루블",
            "卢布",
        ],
        &[RUB],
    ),
    (&["chf", "swiss franc", "swiss francs"], &[CHF]),
    (&["krw", "south korean won"], &[KRW]),
    (&["kpw", "north korean won"], &[KPW]),
    (&["cfa", "cfa franc", "cfa francs", "fcfa", "francs cfa", "franc cfa"], &[XOF, XAF]),
    (&["dirham", "dirhams", "uae dirhams"], &[AED]),
    (&["ringgit", "malaysian ringgit"], &[MYR]),
    (&["baht", "thai baht"], &[THB]),
    (&["dong", "vietnamese dong"], &[VND]),
    (&["taka"], &[BDT]),
    (&["naira"], &[NGN]),
    (&["rand", "south african rand"], &[ZAR]),
    (&["hryvnia", "hryvnias", "гривен", "гривна"], &[UAH]),
    (&["won", "korean won", "вон", "원"], &[KPW, KRW]),
];

/// The factors of letters behind a sum of money: `9m`, `1.5bn`.
const MONEY_LETTERS: &[(&[&str], u64)] = &[(&["k"], 1_000), (&["m", "mm", "mn"], 1_000_000), (&["b", "bn"], 1_000_000_000)];

/// The factors of letters between a number and a unit: `1.2m barrels`.
const UNIT_LETTERS: &[(&[&str], u64)] = &[(&["k"], 1_000), (&["m", "mn"], 1_000_000), (&["bn"], 1_000_000_000)];

/// The currencies that a sign or name can mean, as a whole text; empty for any other text.
pub(super) fn currencies(name: &str) -> &'static [Currency] {
    let name = name.trim();
    let sign = SIGNS.iter().find(|(signs, _)| signs.contains(&name));
    let named = || {
        let lower = name.to_lowercase();
        NAMES.iter().find(|(names, _)| names.contains(&lower.as_str()))
    };
    sign.or_else(named).map_or(&[], |(_, currencies)| currencies)
}

/// The currencies of the code, sign or name that stands before the first number of a text, and the text without it:
/// `about $9m` is `about 9m`. `None` if there is no such.
pub(super) fn before_number(text: &str) -> Option<(Vec<Currency>, Cow<'_, str>)> {
    let first_digit = text.find(|c: char| c.is_ascii_digit()).filter(|at| *at > 0)?;
    let (before, number) = text.split_at_checked(first_digit)?;
    let before = before.trim_end();
    let found = currencies_or_code(before);
    if !found.is_empty() {
        return Some((found, Cow::Borrowed(number)));
    }
    // A code with words behind it: `USD about 9 million`.
    if let Some((code, rest)) = text.split_once(' ').filter(|(code, _)| Currency::from_code(code).is_some()) {
        return Some((currencies_or_code(code), Cow::Borrowed(rest)));
    }
    let signs = SIGNS.iter().flat_map(|(signs, _)| signs.iter().copied());
    let sign = signs.filter(|sign| before.ends_with(sign)).max_by_key(|sign| sign.len());
    // Nor does a name stand in the middle of a word.
    let last_word = before.rsplit(' ').next().filter(|word| !currencies_or_code(word).is_empty());
    let name = sign.or(last_word)?;
    Some((currencies_or_code(name), Cow::Owned(text.replace(name, " "))))
}

/// The only currency that a code, sign or name means.
pub(crate) fn currency_named(name: &str) -> Option<Currency> {
    match currencies_or_code(&name.trim().to_uppercase()).as_slice() {
        [only] => Some(*only),
        _ => match currencies(name) {
            [only] => Some(*only),
            _ => None,
        },
    }
}

fn currencies_or_code(name: &str) -> Vec<Currency> {
    match Currency::from_code(name.trim()) {
        Some(currency) => vec![currency],
        None => currencies(name).to_vec(),
    }
}

/// The factor of a letter that multiplies a sum of money, which a text begins with, and the rest of the text.
pub(super) fn money_letter(text: &str) -> Option<(u64, &str)> {
    letter(text, MONEY_LETTERS)
}

/// The factor of a letter between a number and its unit, and the unit.
pub(super) fn unit_letter(text: &str) -> Option<(u64, &str)> {
    letter(text, UNIT_LETTERS).filter(|(_, unit)| !unit.is_empty())
}

fn letter<'t>(text: &'t str, letters: &[(&[&str], u64)]) -> Option<(u64, &'t str)> {
    let (word, rest) = text.split_at_checked(text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len()))?;
    let factor = letters.iter().find(|(words, _)| words.iter().any(|known| known.eq_ignore_ascii_case(word)))?.1;
    Some((factor, rest.trim_start()))
}

#[cfg(test)]
mod tests {
    use iso_currency::Currency;

    use super::{before_number, currencies};

    #[test]
    fn signs_and_names_are_those_of_one_currency_or_are_open() {
        for (name, found) in [
            ("$", &[Currency::USD][..]),
            ("US$", &[Currency::USD]),
            ("Euros", &[Currency::EUR]),
            ("ДОЛЛАРОВ", &[Currency::USD]),
            ("won", &[Currency::KPW, Currency::KRW]),
            ("¥", &[Currency::JPY, Currency::CNY]),
            ("pounds", &[]),
            ("t", &[]),
            ("", &[]),
        ] {
            assert_eq!(currencies(name), found, "{name}");
        }
    }

    #[test]
    fn a_currency_is_found_before_a_number_alone() {
        for (text, rest) in [
            ("USD 9m", "9m"),
            ("US$1.5bn", "1.5bn"),
            ("$ 2 million", "2 million"),
            ("USD about 9 million", "about 9 million"),
            ("EUR9", "9"),
            ("about $9m", "about  9m"),
            ("between $5 and $9 million", "between  5 and  9 million"),
        ] {
            assert_eq!(before_number(text).map(|(_, rest)| rest).as_deref(), Some(rest), "{text}");
        }
        for text in ["600 t", "about 9 USD", "t 9", "", "USD"] {
            assert_eq!(before_number(text), None, "{text}");
        }
    }
}
