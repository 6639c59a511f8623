//! The words and numbers of a written date, in English, Russian, Korean, Chinese and the larger languages of Western Europe.

use chrono::{NaiveDate, Weekday};

use super::fold::fold_any;

/// A part of a written date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    /// A number of one to three digits, or of more than four.
    Number { value: u32, digits: u32 },
    /// A number of four digits.
    Year(i32),
    /// A month, by its name or as a number that is marked as one.
    Month(u32),
    /// Year, month and day, written as eight digits.
    Day(i32, u32, u32),
    /// A time of day with its zone, if there is one. It changes no day.
    TimeOfDay,
    /// A mark between numbers: `-`, `–`, `/`, `.`, `~`.
    Mark(char),
    /// A word that means something in a date.
    Word(DateWord),
}

/// What a word means in a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateWord {
    /// Nothing: `of`, `the`, `year`.
    Filler,
    /// The name of a month.
    Month(u32),
    /// `年`: the number before it is a year.
    YearMark,
    /// `月`: the number before it is a month.
    MonthMark,
    /// `early`, `mid`, `late`, from 0.
    Third(u32),
    /// `Q1`, `first quarter`.
    Quarter,
    /// `H1`, `first half`.
    Half,
    /// `上半年`, `下半年`, from 0.
    HalfYear(u32),
    /// `first`, `second`, from 1.
    Ordinal(u32),
    /// Spring, summer, autumn, winter, from 0.
    Season(u32),
    /// The `s` of `1990s`.
    Decade,
    Week,
    Weekday(Weekday),
    About,
    Since,
    /// `from`: the beginning of a range, or of an open one.
    From,
    After,
    Before,
    Until,
    Between,
    And,
    To,
    Present,
}

/// The most bytes of a text that is read as a date.
const MOST_BYTES: usize = 96;

/// Phrases of one word or several, each word folded; longer ones stand before those that they begin with.
const PHRASES: &[(&[&str], DateWord)] = &[
    (
        &["january", "jan", "январь", "января", "январе", "янв", "janvier", "enero", "ene", "januar", "janeiro", "gennaio"],
        DateWord::Month(1),
    ),
    (
        &[
            "february",
            "feb",
            "февраль",
            "февраля",
            "феврале",
            "фев",
            "февр",
            "fevrier",
            "fevr",
            "febrero",
            "februar",
            "fevereiro",
            "febbraio",
        ],
        DateWord::Month(2),
    ),
    (&["march", "mar", "март", "марта", "марте", "мар", "mars", "marzo", "marz", "marco"], DateWord::Month(3)),
    (&["april", "apr", "апрель", "апреля", "апреле", "апр", "avril", "avr", "abril", "abr", "aprile"], DateWord::Month(4)),
    (&["may", "май", "мая", "мае", "mai", "mayo", "maio", "maggio"], DateWord::Month(5)),
    (&["june", "jun", "июнь", "июня", "июне", "июн", "juin", "junio", "juni", "junho", "giugno"], DateWord::Month(6)),
    (&["july", "jul", "июль", "июля", "июле", "июл", "juillet", "julio", "juli", "julho", "luglio"], DateWord::Month(7)),
    (&["august", "aug", "август", "августа", "августе", "авг", "aout", "agosto"], DateWord::Month(8)),
    (
        &[
            "september",
            "sept",
            "sep",
            "сентябрь",
            "сентября",
            "сентябре",
            "сент",
            "сен",
            "septembre",
            "septiembre",
            "setiembre",
            "setembro",
            "settembre",
        ],
        DateWord::Month(9),
    ),
    (
        &["october", "oct", "октябрь", "октября", "октябре", "окт", "octobre", "octubre", "oktober", "okt", "outubro", "ottobre"],
        DateWord::Month(10),
    ),
    (&["november", "nov", "ноябрь", "ноября", "ноябре", "ноя", "нояб", "novembre", "noviembre", "novembro"], DateWord::Month(11)),
    (
        &[
            "december",
            "dec",
            "декабрь",
            "декабря",
            "декабре",
            "дек",
            "decembre",
            "diciembre",
            "dic",
            "dezember",
            "dez",
            "dezembro",
            "dicembre",
        ],
        DateWord::Month(12),
    ),
    (&["monday", "mon", "понедельник"], DateWord::Weekday(Weekday::Mon)),
    (&["tuesday", "tues", "tue", "вторник"], DateWord::Weekday(Weekday::Tue)),
    (&["wednesday", "wed", "среда", "среду"], DateWord::Weekday(Weekday::Wed)),
    (&["thursday", "thurs", "thu", "четверг"], DateWord::Weekday(Weekday::Thu)),
    (&["friday", "fri", "пятница", "пятницу"], DateWord::Weekday(Weekday::Fri)),
    (&["saturday", "sat", "суббота", "субботу"], DateWord::Weekday(Weekday::Sat)),
    (&["sunday", "sun", "воскресенье"], DateWord::Weekday(Weekday::Sun)),
    (&["early", "beginning", "start", "начало", "начале", "debut", "anfang", "초", "上 旬", "初"], DateWord::Third(0)),
    (&["mid", "middle", "середина", "середине", "mitte", "중 순", "中 旬"], DateWord::Third(1)),
    (&["late", "end", "конец", "конце", "fin", "ende", "말", "하 순", "下 旬", "底"], DateWord::Third(2)),
    (&["상 반 기", "上 半 年"], DateWord::HalfYear(0)),
    (&["하 반 기", "下 半 年"], DateWord::HalfYear(1)),
    (&["quarter", "q", "квартал", "квартале", "кв", "분 기", "季 度"], DateWord::Quarter),
    (&["half", "h", "полугодие", "полугодии"], DateWord::Half),
    (&["first", "i", "первый", "первом", "первое", "第 一"], DateWord::Ordinal(1)),
    (&["second", "ii", "второй", "втором", "второе", "第 二"], DateWord::Ordinal(2)),
    (&["third", "iii", "третий", "третьем", "第 三"], DateWord::Ordinal(3)),
    (&["fourth", "iv", "четвертый", "четвертом", "第 四"], DateWord::Ordinal(4)),
    (&["spring", "весна", "весной", "весны", "printemps", "primavera", "봄", "春"], DateWord::Season(0)),
    (&["summer", "лето", "летом", "лета", "ete", "verano", "여 름", "夏"], DateWord::Season(1)),
    (&["autumn", "fall", "осень", "осенью", "осени", "automne", "otono", "가 을", "秋"], DateWord::Season(2)),
    (&["winter", "зима", "зимой", "зимы", "hiver", "invierno", "겨 울", "冬"], DateWord::Season(3)),
    (&["s", "х"], DateWord::Decade),
    (&["the week", "week"], DateWord::Week),
    (&["年", "년", "г", "год", "года", "году", "year"], DateWord::YearMark),
    (&["月", "월"], DateWord::MonthMark),
    (
        &[
            "on or about",
            "on or around",
            "about",
            "around",
            "approximately",
            "approx",
            "circa",
            "ca",
            "c",
            "roughly",
            "около",
            "примерно",
            "env",
            "vers",
            "약",
            "约",
        ],
        DateWord::About,
    ),
    (
        &[
            "no earlier than",
            "not earlier than",
            "not before",
            "since",
            "starting",
            "beginning in",
            "onwards",
            "onward",
            "or later",
            "начиная с",
            "depuis",
            "seit",
            "부 터",
            "이 후",
            "이 래",
            "以 来",
            "以 后",
            "起",
        ],
        DateWord::Since,
    ),
    (&["from", "с", "со"], DateWord::From),
    (&["later than", "after", "после"], DateWord::After),
    (&["prior to", "earlier than", "before", "ранее"], DateWord::Before),
    (
        &[
            "no later than",
            "not later than",
            "not after",
            "up to",
            "until",
            "till",
            "by",
            "or earlier",
            "до",
            "по",
            "까 지",
            "以 前",
            "이 전",
        ],
        DateWord::Until,
    ),
    (&["between", "между"], DateWord::Between),
    (&["and", "or", "и", "или"], DateWord::And),
    (&["to", "through", "thru", "bis", "至", "到"], DateWord::To),
    (&["the present", "present", "date", "now", "today", "настоящее время"], DateWord::Present),
    (
        &[
            "of",
            "the",
            "in",
            "on",
            "at",
            "during",
            "day",
            "month",
            "months",
            "night",
            "overnight",
            "st",
            "nd",
            "rd",
            "th",
            "de",
            "du",
            "del",
            "en",
            "le",
            "la",
            "el",
            "im",
            "am",
            "der",
            "den",
            "в",
            "во",
            "ad",
            "ce",
            "日",
            "일",
            "시",
            "local time",
            "hours",
            "hrs",
        ],
        DateWord::Filler,
    ),
];

/// Zones behind a time of day.
const ZONES: &[&str] =
    &["z", "utc", "gmt", "kst", "pyt", "cst", "msk", "jst", "cet", "cest", "est", "edt", "local time", "local"];

/// The tokens of a written date; `None` if a part of it is not of any date.
pub(super) fn tokens(text: &str) -> Option<Vec<Token>> {
    if text.len() > MOST_BYTES {
        return None;
    }
    let folded = fold_any(text);
    let pieces = pieces(&folded)?;
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(piece) = pieces.get(at) {
        let token = match piece {
            Piece::Token(token) => {
                at += 1;
                *token
            }
            Piece::Word(_) => {
                let (word, length) = word(pieces.get(at..)?)?;
                at += length;
                match word {
                    DateWord::Filler => continue,
                    DateWord::YearMark => match tokens.last() {
                        Some(Token::Year(_)) | None => continue,
                        // `the end of the year 2021`
                        Some(_) if matches!(pieces.get(at), Some(Piece::Token(Token::Year(_)))) => continue,
                        Some(_) => return None,
                    },
                    DateWord::MonthMark => {
                        let Some(Token::Number { value, digits: 1 | 2 }) = tokens.pop() else { return None };
                        Token::Month(value)
                    }
                    DateWord::Month(month) => Token::Month(month),
                    word => Token::Word(word),
                }
            }
        };
        // A point ends an abbreviation or an ordinal number: `13. Sept. 2023`.
        if matches!(token, Token::Month(_) | Token::Word(_)) && matches!(tokens.last(), Some(Token::Mark('.'))) {
            tokens.pop();
        }
        if token == Token::Mark('.') && !matches!(tokens.last(), Some(Token::Number { .. } | Token::Year(_))) {
            continue;
        }
        tokens.push(token);
    }
    (!tokens.is_empty()).then_some(tokens)
}

/// A part of a text before its words are looked up.
#[derive(Debug)]
enum Piece<'t> {
    Token(Token),
    Word(&'t str),
}

/// The longest phrase that some pieces begin with, and how many of them it takes.
fn word(pieces: &[Piece<'_>]) -> Option<(DateWord, usize)> {
    let length_of = |phrase: &str| {
        let mut length = 0;
        phrase
            .split(' ')
            .all(|word| {
                length += 1;
                matches!(pieces.get(length - 1), Some(Piece::Word(actual)) if *actual == word)
            })
            .then_some(length)
    };
    let found =
        PHRASES.iter().flat_map(|(phrases, word)| phrases.iter().filter_map(move |phrase| Some((*word, length_of(phrase)?))));
    // Of equally long ones the first.
    found.fold(None, |best: Option<(DateWord, usize)>, found| best.filter(|best| best.1 >= found.1).or(Some(found)))
}

/// Splits a folded text into numbers, marks and words. Han and Hangul syllables are words of their own.
fn pieces(text: &str) -> Option<Vec<Piece<'_>>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length_of = |is_part: fn(char) -> bool| rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let length = if c.is_ascii_digit() {
            if let Some(length) = length_of_time(rest) {
                pieces.push(Piece::Token(Token::TimeOfDay));
                length
            } else {
                let length = length_of(|c| c.is_ascii_digit());
                pieces.push(Piece::Token(number(rest.get(..length)?)?));
                length
            }
        } else if is_syllable(c) {
            pieces.push(Piece::Word(rest.get(..c.len_utf8())?));
            c.len_utf8()
        } else if c.is_alphabetic() {
            let length = length_of(|c| c.is_alphabetic() && !is_syllable(c));
            let word = rest.get(..length)?;
            let is_before_time = word == "t" && length_of_time(rest.get(length..)?).is_some();
            if !is_before_time {
                pieces.push(Piece::Word(word));
            }
            length
        } else if let Some(after) = rest.strip_prefix("..") {
            pieces.push(Piece::Word("present"));
            rest.len() - after.len()
        } else {
            match c {
                '-' | '\u{2010}' | '\u{2011}' => pieces.push(Piece::Token(Token::Mark('-'))),
                '\u{2012}' | '–' | '—' | '\u{2212}' => pieces.push(Piece::Token(Token::Mark('–'))),
                '~' if pieces.is_empty() => pieces.push(Piece::Word("about")),
                '/' | '.' | '~' => pieces.push(Piece::Token(Token::Mark(c))),
                ',' => {}
                c if c.is_whitespace() => {}
                _ => return None,
            }
            c.len_utf8()
        };
        rest = rest.get(length..)?;
    }
    Some(pieces)
}

/// True for a character of a script that is written without blanks between words, or with particles behind them.
fn is_syllable(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// A number: a year by its four digits, a day by its eight.
fn number(digits: &str) -> Option<Token> {
    let value: u32 = digits.parse().ok()?;
    Some(match digits.len() {
        4 => Token::Year(i32::try_from(value).ok()?),
        8 => {
            let (year, month, day) = (i32::try_from(value / 10_000).ok()?, value / 100 % 100, value % 100);
            NaiveDate::from_ymd_opt(year, month, day).filter(|_| (1900..=2100).contains(&year))?;
            Token::Day(year, month, day)
        }
        length => Token::Number { value, digits: u32::try_from(length).ok()? },
    })
}

/// The length of a time of day that a text begins with, its zone included: `05:00Z`, `10:30 pm`, `23:59:59.5+09:00`.
fn length_of_time(text: &str) -> Option<usize> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let hour = digits(text);
    let after_hour = text.get(hour..)?.strip_prefix(':')?;
    let in_range = |digits: &str, most: u32| digits.parse::<u32>().is_ok_and(|number| number <= most);
    if !(1..=2).contains(&hour)
        || digits(after_hour) != 2
        || !in_range(text.get(..hour)?, 24)
        || !in_range(after_hour.get(..2)?, 59)
    {
        return None;
    }
    let mut rest = after_hour.get(2..)?;
    if let Some(seconds) = rest.strip_prefix(':') {
        if digits(seconds) != 2 || !in_range(seconds.get(..2)?, 60) {
            return None;
        }
        rest = seconds.get(2..)?;
        if let Some(fraction) = rest.strip_prefix('.').filter(|fraction| digits(fraction) > 0) {
            rest = fraction.get(digits(fraction)..)?;
        }
    }
    for words in [&["am", "pm", "a.m.", "p.m.", "hours", "hrs", "h"][..], ZONES] {
        let behind = rest.trim_start();
        let word =
            words.iter().find(|word| behind.strip_prefix(**word).is_some_and(|after| !after.starts_with(char::is_alphanumeric)));
        rest = word.and_then(|word| behind.get(word.len()..)).unwrap_or(rest);
    }
    if let Some(offset) = rest.strip_prefix(['+', '-', '\u{2212}']) {
        let length = offset.bytes().take_while(|b| b.is_ascii_digit() || *b == b':').count();
        let count = offset.get(..length)?.bytes().filter(u8::is_ascii_digit).count();
        if matches!(count, 1 | 2 | 4) && length <= 5 {
            rest = offset.get(length..)?;
        }
    }
    Some(text.len() - rest.len())
}
