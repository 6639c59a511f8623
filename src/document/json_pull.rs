//! JSON taken piece by piece by somebody who knows what is to come.
//!
//! It is for the lines of streams, nearly all of which are as they should be: no tree is built, no place kept and no message
//! made. What is no JSON, and what hardly any line has (null, numbers other than whole ones), is given up; who reads with care
//! ([`read_json`](super::read_json)) then tells what it is.
//!
//! In most lines nothing is escaped, and a text ends at the next quote. Whether that is so is asked of the whole line at once.

/// What is left of a JSON text.
#[derive(Debug)]
pub(crate) struct JsonPull<'t> {
    text: &'t str,
    /// Up to here it was taken.
    at: usize,
    /// There may be escapes in it, or control characters.
    escapes: bool,
}

/// What a value is, by what it begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    Text,
    Number,
    Truth,
    List,
    Map,
}

/// A key as nearly every writer of JSON puts it: quoted, and its colon right behind.
#[derive(Debug, Clone, Copy)]
pub struct WrittenKey {
    /// Its bytes, the first the least, and which bits of 16 bytes they are.
    word: u128,
    mask: u128,
    length: u8,
}

impl WrittenKey {
    /// The key, if with its quotes and the colon it is no longer than 16 bytes; else what stands nowhere.
    #[expect(clippy::indexing_slicing, reason = "evaluated by the compiler, where an index that fails is an error")]
    pub(crate) const fn of(key: &str) -> Self {
        let key = key.as_bytes();
        let length = key.len() + 3;
        if length > 16 {
            // There is no such byte in UTF-8.
            return Self { word: u128::MAX, mask: u128::MAX, length: 0 };
        }
        let mut bytes = [0; 16];
        let mut at = 0;
        while at < key.len() {
            bytes[at + 1] = key[at];
            at += 1;
        }
        (bytes[0], bytes[at + 1], bytes[at + 2]) = (b'"', b'"', b':');
        Self { word: u128::from_le_bytes(bytes), mask: u128::MAX >> (8 * (16 - length)), length: length as u8 }
    }
}

impl<'t> JsonPull<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        // Without a way out of the loop many bytes are looked at together.
        let escapes = text.bytes().fold(false, |found, byte| found | (byte == b'\\') | (byte < b' '));
        Self { text, at: 0, escapes }
    }

    /// True if nothing is left but space.
    pub(crate) fn has_ended(&mut self) -> bool {
        self.next().is_none()
    }

    /// What the next value is. Of a list or mapping the opening bracket is taken; the others are taken by [`text`](Self::text),
    /// [`number`](Self::number) and [`truth`](Self::truth).
    #[inline(always)]
    pub(crate) fn kind(&mut self) -> Option<TokenKind> {
        Some(match self.next()? {
            b'"' => TokenKind::Text,
            b'{' => {
                self.at += 1;
                TokenKind::Map
            }
            b'[' => {
                self.at += 1;
                TokenKind::List
            }
            b'0'..=b'9' => TokenKind::Number,
            b't' | b'f' => TokenKind::Truth,
            _ => return None,
        })
    }

    /// Behind an opening bracket: takes the closing one if nothing stands between them, and says whether it did.
    #[inline(always)]
    pub(crate) fn closes(&mut self, closing: u8) -> bool {
        let closes = self.next() == Some(closing);
        self.at += usize::from(closes);
        closes
    }

    /// Behind an element: takes the comma before the next, and is true, or the closing bracket behind the last.
    #[inline(always)]
    pub(crate) fn goes_on(&mut self, closing: u8) -> Option<bool> {
        let byte = self.next()?;
        if byte != b',' && byte != closing {
            return None;
        }
        self.at += 1;
        Some(byte == b',')
    }

    /// Takes this key and its colon, if it stands here as it is nearly always written, and says whether it did.
    #[inline(always)]
    pub(crate) fn takes_key(&mut self, key: &WrittenKey) -> bool {
        self.next();
        let here = self.text.as_bytes().get(self.at..).and_then(<[u8]>::first_chunk);
        let is_it = here.is_some_and(|here| (u128::from_le_bytes(*here) ^ key.word) & key.mask == 0);
        if is_it {
            self.at += usize::from(key.length);
        }
        is_it
    }

    /// Takes a key, whichever it is, and its colon. `room` is for what has to be put together.
    pub(crate) fn key<'r>(&mut self, room: &'r mut String) -> Option<&'r str>
    where
        't: 'r,
    {
        if self.next()? != b'"' {
            return None;
        }
        let key = self.text(room)?;
        if self.next()? != b':' {
            return None;
        }
        self.at += 1;
        Some(key)
    }

    /// Takes the text whose opening quote stands here. `room` is for what has to be put together.
    #[inline(always)]
    pub(crate) fn text<'r>(&mut self, room: &'r mut String) -> Option<&'r str>
    where
        't: 'r,
    {
        if self.escapes {
            return self.escaped(room);
        }
        let begun = self.at + 1;
        let end = quote(self.text.as_bytes(), begun)?;
        self.at = end + 1;
        self.text.get(begun..end)
    }

    /// Takes the whole number of 64 bits that stands here. What goes on behind its digits as no whole number does is no end of a
    /// value.
    pub(crate) fn number(&mut self) -> Option<u64> {
        let rest = self.text.get(self.at..)?;
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        self.at += digits;
        let number = rest.get(..digits).filter(|number| digits == 1 || !number.starts_with('0'))?;
        number.parse().ok()
    }

    /// Takes the answer that stands here.
    pub(crate) fn truth(&mut self) -> Option<bool> {
        let rest = self.text.get(self.at..)?;
        let answer = rest.starts_with("true");
        let word = if answer { "true" } else { "false" };
        self.at += word.len();
        rest.starts_with(word).then_some(answer)
    }

    /// The next byte that is no space. It is not taken.
    #[inline(always)]
    fn next(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        match bytes.get(self.at) {
            Some(byte) if *byte <= b' ' => {
                self.at = past_spaces(bytes, self.at);
                bytes.get(self.at).copied()
            }
            other => other.copied(),
        }
    }

    /// Takes the text whose opening quote stands here, in which there may be escapes.
    fn escaped<'r>(&mut self, room: &'r mut String) -> Option<&'r str>
    where
        't: 'r,
    {
        let (begun, mut end, mut escapes) = (self.at, self.at + 1, false);
        loop {
            match self.text.as_bytes().get(end)? {
                b'"' => break,
                // What follows a backslash ends nothing.
                b'\\' => (end, escapes) = (end + 2, true),
                byte if *byte < b' ' => return None,
                _ => end += 1,
            }
        }
        self.at = end + 1;
        if !escapes {
            return self.text.get(begun + 1..end);
        }
        *room = serde_json::from_str(self.text.get(begun..=end)?).ok()?;
        Some(room)
    }
}

/// The place behind the spaces from a place on. It is called and not inlined: most lines have no spaces between values, and a
/// loop wherever a byte is looked at would slow them down.
#[inline(never)]
fn past_spaces(bytes: &[u8], at: usize) -> usize {
    let spaces = bytes.get(at..).unwrap_or_default().iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
    at + spaces.count()
}

/// The first quote from a place on. Texts are short, so eight bytes at a time are quicker than a call.
#[inline(always)]
fn quote(bytes: &[u8], mut at: usize) -> Option<usize> {
    const EACH: u64 = 0x0101_0101_0101_0101;
    while let Some(eight) = bytes.get(at..)?.first_chunk::<8>() {
        // A byte that is a quote is 0 in the difference, and a 0 alone borrows from its top bit: the first such is the quote.
        let differs = u64::from_le_bytes(*eight) ^ (EACH * b'"' as u64);
        let found = differs.wrapping_sub(EACH) & !differs & (EACH << 7);
        if found != 0 {
            return Some(at + (found.trailing_zeros() / 8) as usize);
        }
        at += 8;
    }
    bytes.get(at..)?.iter().position(|byte| *byte == b'"').map(|further| at + further)
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value};

    use super::{JsonPull, TokenKind, WrittenKey, quote};

    /// The value that is all of a text.
    fn pulled(text: &str) -> Option<Value> {
        let mut pull = JsonPull::new(text);
        let value = value(&mut pull)?;
        pull.has_ended().then_some(value)
    }

    fn value(pull: &mut JsonPull<'_>) -> Option<Value> {
        let mut room = String::new();
        Some(match pull.kind()? {
            TokenKind::Text => pull.text(&mut room)?.into(),
            TokenKind::Number => pull.number()?.into(),
            TokenKind::Truth => pull.truth()?.into(),
            TokenKind::List => {
                let mut list = Vec::new();
                let mut goes_on = !pull.closes(b']');
                while goes_on {
                    list.push(value(pull)?);
                    goes_on = pull.goes_on(b']')?;
                }
                list.into()
            }
            TokenKind::Map => {
                let mut map = Map::new();
                let mut goes_on = !pull.closes(b'}');
                while goes_on {
                    // Some keys are expected.
                    let expected = ["id", "a", "items"].into_iter().find(|key| pull.takes_key(&WrittenKey::of(key)));
                    let key = match expected {
                        Some(key) => key.to_owned(),
                        None => pull.key(&mut room)?.to_owned(),
                    };
                    map.insert(key, value(pull)?);
                    goes_on = pull.goes_on(b'}')?;
                }
                map.into()
            }
        })
    }

    /// True of what is left to others: null, and numbers other than whole ones of 64 bits.
    fn has_other(value: &Value) -> bool {
        match value {
            Value::Null => true,
            Value::Number(number) => !number.is_u64(),
            Value::Array(list) => list.iter().any(has_other),
            Value::Object(map) => map.values().any(has_other),
            Value::Bool(_) | Value::String(_) => false,
        }
    }

    const TEXTS: [&str; 8] = [
        r#"{"id":"T1","from":{"country":"KP"},"items":[{"hs":"2701","n":10},[],{},true,false],"e":""}"#,
        r#" { "a" : [ 1 , 2 ] , "b" : "x y" } "#,
        r#"{"a":18446744073709551615,"b":0,"c":[[["д"]]],"c":7}"#,
        r#"["","a","ab","1234567","12345678","123456789","炮弹炮弹炮弹"]"#,
        r#"{"\u0069d":"\u70ae\u5f39","items":["\ud83d\ude00","\\\"","a\n"],"x":"\u00e9"}"#,
        "{\"id\":\t\"T1\",\r\n\"a\":[\t]}",
        r#""text""#,
        "20",
    ];

    #[test]
    fn takes_what_serde_json_reads() {
        for text in TEXTS {
            assert_eq!(pulled(text).unwrap(), serde_json::from_str::<Value>(text).unwrap(), "{text}");
        }
    }

    /// Every text with a character left out, doubled or in place of another.
    #[test]
    fn takes_nothing_that_serde_json_does_not_read() {
        let mut read = 0;
        for text in TEXTS {
            for (at, old) in text.char_indices() {
                let (before, rest) = text.split_at(at);
                let after = rest.strip_prefix(old).unwrap();
                for put in [
                    "", "\"", "{", "}", "[", "]", ",", ":", " ", "0", "1", "t", "-", ".", "e", "\\", "\t", "\0", "null", "true",
                    "u",
                ] {
                    for changed in [format!("{before}{put}{after}"), format!("{before}{put}{old}{after}")] {
                        let by_serde = serde_json::from_str::<Value>(&changed).ok().filter(|v| !has_other(v));
                        read += usize::from(by_serde.is_some());
                        assert_eq!(pulled(&changed), by_serde, "{changed}");
                    }
                }
            }
        }
        assert!(read > 1000, "{read}");
    }

    #[test]
    fn a_key_is_only_what_it_is() {
        for key in ["", "a", "country", "notifications", "authorisations", "links_to_revenue"] {
            let written = WrittenKey::of(key);
            let short = key.len() <= 13;
            let text = format!("\"{key}\":\"and something behind it\"");
            assert_eq!(JsonPull::new(&text).takes_key(&written), short, "{key}");
            for (at, _) in text.char_indices().take(key.len() + 3) {
                let mut changed = text.clone();
                changed.replace_range(at..=at, "#");
                assert!(!JsonPull::new(&changed).takes_key(&written), "{changed}");
            }
            assert!(!JsonPull::new("").takes_key(&written) && !JsonPull::new("\"").takes_key(&written));
            assert!(!JsonPull::new(&"\0".repeat(32)).takes_key(&written));
        }
    }

    #[test]
    fn the_first_quote_is_found() {
        // Bytes that differ from a quote in one bit, and the byte behind it in the code.
        for filler in ['#', '!', '\u{a2}', ' ', '\u{7f}'] {
            for (length, further) in (0..20).flat_map(|l| (0..20).map(move |f| (l, f))) {
                let before = filler.to_string().repeat(length);
                let text = format!("{before}\"{}\"", filler.to_string().repeat(further));
                assert_eq!(quote(text.as_bytes(), 0), Some(before.len()), "{text}");
                assert_eq!(quote(before.as_bytes(), 0), None);
            }
        }
        assert_eq!(quote(b"", 1), None);
    }
}
