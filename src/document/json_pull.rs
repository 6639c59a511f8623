//! The JSON lexer: a pull parser whose caller asks for each token by its kind.
//!
//! Both readers of JSON are built on it: that of trees ([`read_json`](super::read_json)) and the fast one of streams, which
//! builds no tree. It allocates nothing and makes no messages: a method that returns `None` leaves the
//! [position](JsonPull::position) at the first wrong byte, or at the end of a text that ends too early.
//!
//! In most lines of streams nothing is escaped, and a string ends at the next quote. Whether that is so is found out once for
//! the whole line.

use super::quoted_text::QuotedText;

/// A JSON text and the position up to which it has been read.
#[derive(Debug)]
pub(crate) struct JsonPull<'t> {
    text: &'t str,
    /// The offset of the next byte to be read.
    at: usize,
    /// True if there are escapes or control characters in the text.
    escapes: bool,
}

/// The kind of a value, by its first byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    Text,
    Number,
    /// `true`, `false` or `null`.
    Word,
    List,
    Map,
}

/// A key as nearly every writer of JSON writes it: in quotes, the colon directly after it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WrittenKey {
    /// The key's bytes, little-endian, and the mask of the bits that they fill.
    word: u128,
    mask: u128,
    length: u8,
}

impl WrittenKey {
    /// The pattern of a key. One that is longer than 16 bytes with its quotes and colon matches nothing.
    pub(crate) fn new(key: &str) -> Self {
        let written = format!("\"{key}\":");
        let mut bytes = [0; 16];
        let Some(place) = bytes.get_mut(..written.len()) else {
            // No byte of UTF-8 has all bits set.
            return Self { word: u128::MAX, mask: u128::MAX, length: 0 };
        };
        place.copy_from_slice(written.as_bytes());
        let mask = u128::MAX >> (8 * (16 - written.len()));
        Self { word: u128::from_le_bytes(bytes), mask, length: written.len() as u8 }
    }
}

impl<'t> JsonPull<'t> {
    /// A lexer at the start of a text.
    pub(crate) fn new(text: &'t str) -> Self {
        // A loop without an early exit is vectorised.
        let escapes = text.bytes().fold(false, |found, byte| found | (byte == b'\\') | (byte < b' '));
        Self { text, at: 0, escapes }
    }

    /// The offset of the next byte to be read.
    pub(crate) fn position(&self) -> usize {
        self.at
    }

    /// True if only white space is left.
    pub(crate) fn has_ended(&mut self) -> bool {
        self.peek().is_none()
    }

    /// The kind of the next value. The opening bracket of a list or mapping is consumed; the other kinds are then read by
    /// [`text`](Self::text), [`number`](Self::number) or [`word`](Self::word).
    #[inline(always)]
    pub(crate) fn kind(&mut self) -> Option<TokenKind> {
        Some(match self.peek()? {
            b'"' => TokenKind::Text,
            b'{' => {
                self.at += 1;
                TokenKind::Map
            }
            b'[' => {
                self.at += 1;
                TokenKind::List
            }
            b'0'..=b'9' | b'-' => TokenKind::Number,
            b't' | b'f' | b'n' => TokenKind::Word,
            _ => return None,
        })
    }

    /// After an opening bracket: consumes the closing bracket if it comes next, and returns true if it did.
    #[inline(always)]
    pub(crate) fn take_closing(&mut self, closing: u8) -> bool {
        self.take(closing)
    }

    /// After an element: consumes a comma (true: another element follows) or the closing bracket (false: that was the last).
    #[inline(always)]
    pub(crate) fn more(&mut self, closing: u8) -> Option<bool> {
        let byte = self.peek()?;
        if byte != b',' && byte != closing {
            return None;
        }
        self.at += 1;
        Some(byte == b',')
    }

    /// Consumes this key and its colon if they come next and are written as expected, and returns true if it did.
    #[inline(always)]
    pub(crate) fn take_key(&mut self, key: &WrittenKey) -> bool {
        self.peek();
        let here = self.text.as_bytes().get(self.at..).and_then(<[u8]>::first_chunk);
        let is_it = here.is_some_and(|here| (u128::from_le_bytes(*here) ^ key.word) & key.mask == 0);
        if is_it {
            self.at += usize::from(key.length);
        }
        is_it
    }

    /// Reads any key and its colon. Escapes are resolved in `buffer`.
    pub(crate) fn key<'r>(&mut self, buffer: &'r mut String) -> Option<&'r str>
    where
        't: 'r,
    {
        if self.peek()? != b'"' {
            return None;
        }
        let key = self.text()?;
        if !self.colon() {
            return None;
        }
        key.resolve(buffer)
    }

    /// Consumes a colon if it comes next, and returns true if it did.
    pub(crate) fn colon(&mut self) -> bool {
        self.take(b':')
    }

    /// Reads a string, from its opening quote.
    #[inline(always)]
    pub(crate) fn text(&mut self) -> Option<QuotedText<'t>> {
        if self.escapes {
            return self.escaped_text();
        }
        let start = self.at + 1;
        let Some(end) = quote(self.text.as_bytes(), start) else {
            self.at = self.text.len();
            return None;
        };
        self.at = end + 1;
        Some(QuotedText { quoted: self.text.get(start..end)?, escaped: false })
    }

    /// Reads a number and returns it as written.
    pub(crate) fn number(&mut self) -> Option<&'t str> {
        let start = self.at;
        self.at += usize::from(self.byte() == Some(b'-'));
        let leading_zero = self.byte() == Some(b'0');
        let digits = self.digits();
        if digits == 0 || (leading_zero && digits > 1) {
            // What may not follow a zero is the second digit.
            self.at -= digits.saturating_sub(1);
            return None;
        }
        if self.byte() == Some(b'.') {
            self.at += 1;
            if self.digits() == 0 {
                return None;
            }
        }
        if let Some(b'e' | b'E') = self.byte() {
            self.at += 1;
            self.at += usize::from(matches!(self.byte(), Some(b'+' | b'-')));
            if self.digits() == 0 {
                return None;
            }
        }
        self.text.get(start..self.at)
    }

    /// Reads `true`, `false` or `null`.
    pub(crate) fn word(&mut self) -> Option<&'static str> {
        let rest = self.text.as_bytes().get(self.at..)?;
        let word = ["true", "false", "null"].into_iter().find(|word| word.as_bytes().first() == rest.first())?;
        self.at += word.bytes().zip(rest).take_while(|(expected, byte)| expected == *byte).count();
        rest.starts_with(word.as_bytes()).then_some(word)
    }

    /// Skips the next value without checking its syntax: the text must be known to be JSON.
    pub(crate) fn skip_value(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            match self.peek()? {
                b'"' => {
                    self.text()?;
                }
                byte => {
                    self.at += 1;
                    match byte {
                        b'{' | b'[' => depth += 1,
                        b'}' | b']' => depth = depth.checked_sub(1)?,
                        b',' | b':' => {}
                        _ => {
                            while !matches!(self.byte(), None | Some(b',' | b'}' | b']' | b' ' | b'\t' | b'\n' | b'\r')) {
                                self.at += 1;
                            }
                        }
                    }
                }
            }
            if depth == 0 {
                return Some(());
            }
        }
    }

    /// The next byte that is not a space. It is not consumed.
    #[inline(always)]
    pub(crate) fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        match bytes.get(self.at) {
            Some(byte) if *byte <= b' ' => {
                self.at = past_spaces(bytes, self.at);
                bytes.get(self.at).copied()
            }
            other => other.copied(),
        }
    }

    /// The next byte, which may be a space. It is not consumed.
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Skips spaces and consumes the byte after them if it is this one; returns true if it did.
    #[inline(always)]
    fn take(&mut self, byte: u8) -> bool {
        let take = self.peek() == Some(byte);
        self.at += usize::from(take);
        take
    }

    /// Consumes digits, and returns their number.
    fn digits(&mut self) -> usize {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.at += digits;
        digits
    }

    /// Reads a string that may have escapes, from its opening quote.
    fn escaped_text(&mut self) -> Option<QuotedText<'t>> {
        let start = self.at + 1;
        let mut escaped = false;
        self.at = start;
        loop {
            match self.byte()? {
                b'"' => break,
                b'\\' => {
                    escaped = true;
                    self.at += 1;
                    self.escape()?;
                }
                byte if byte < b' ' => return None,
                _ => self.at += 1,
            }
        }
        self.at += 1;
        Some(QuotedText { quoted: self.text.get(start..self.at - 1)?, escaped })
    }

    /// Consumes an escape after its backslash.
    fn escape(&mut self) -> Option<()> {
        let digits = match self.byte()? {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => 0,
            b'u' => 4,
            _ => return None,
        };
        self.at += 1;
        for _ in 0..digits {
            self.byte().filter(u8::is_ascii_hexdigit)?;
            self.at += 1;
        }
        Some(())
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
        let mut buffer = String::new();
        Some(match pull.kind()? {
            TokenKind::Text => pull.text()?.resolve(&mut buffer)?.into(),
            TokenKind::Number | TokenKind::Word => {
                let start = pull.position();
                let text = if pull.peek()?.is_ascii_lowercase() { pull.word()? } else { pull.number()? };
                assert_eq!(pull.text.get(start..pull.at), Some(text));
                serde_json::from_str(text).ok()?
            }
            TokenKind::List => {
                let mut list = Vec::new();
                let mut more = !pull.take_closing(b']');
                while more {
                    list.push(value(pull)?);
                    more = pull.more(b']')?;
                }
                list.into()
            }
            TokenKind::Map => {
                let mut map = Map::new();
                let mut more = !pull.take_closing(b'}');
                while more {
                    // Some keys are expected.
                    let expected = ["id", "a", "items"].into_iter().find(|key| pull.take_key(&WrittenKey::new(key)));
                    let key = match expected {
                        Some(key) => key.to_owned(),
                        None => pull.key(&mut buffer)?.to_owned(),
                    };
                    map.insert(key, value(pull)?);
                    more = pull.more(b'}')?;
                }
                map.into()
            }
        })
    }

    const TEXTS: [&str; 9] = [
        r#"{"id":"T1","from":{"country":"KP"},"items":[{"hs":"2701","n":10},[],{},true,false],"e":""}"#,
        r#" { "a" : [ 1 , 2 ] , "b" : "x y" } "#,
        r#"{"a":18446744073709551615,"b":0,"c":[[["д"]]],"c":7}"#,
        r#"["","a","ab","1234567","12345678","123456789","炮弹炮弹炮弹"]"#,
        r#"{"\u0069d":"\u70ae\u5f39","items":["\ud83d\ude00","\\\"","a\n"],"x":"\u00e9"}"#,
        "{\"id\":\t\"T1\",\r\n\"a\":[\t]}",
        r#""text""#,
        r#"[20,-0.5e-3,null,true,1E+2,-1]"#,
        "20",
    ];

    #[test]
    fn accepts_what_serde_json_reads() {
        for text in TEXTS {
            assert_eq!(pulled(text).unwrap(), serde_json::from_str::<Value>(text).unwrap(), "{text}");
        }
    }

    /// Every text with a character left out, doubled or in place of another.
    #[test]
    fn accepts_nothing_that_serde_json_refuses() {
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
                        let by_serde = serde_json::from_str::<Value>(&changed).ok();
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
            let written = WrittenKey::new(key);
            let short = key.len() <= 13;
            let text = format!("\"{key}\":\"and something behind it\"");
            assert_eq!(JsonPull::new(&text).take_key(&written), short, "{key}");
            for (at, _) in text.char_indices().take(key.len() + 3) {
                let mut changed = text.clone();
                changed.replace_range(at..=at, "#");
                assert!(!JsonPull::new(&changed).take_key(&written), "{changed}");
            }
            assert!(!JsonPull::new("").take_key(&written) && !JsonPull::new("\"").take_key(&written));
            assert!(!JsonPull::new(&"\0".repeat(32)).take_key(&written));
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
