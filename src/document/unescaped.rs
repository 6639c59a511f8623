//! JSON in which nothing is escaped, read without a look at each byte.
//!
//! Nearly all lines of a stream are such. In them a text ends at the next quote, and is what stands between the two; most
//! of what a reader of JSON does is to look for escapes that are not there. Whether they are there is asked of the whole
//! text at once.
//!
//! What is read is the same as `serde_json` reads, which the tests hold it to. What it leaves to `serde_json` or to
//! [`read_json`](super::read_json): escapes, any space but U+0020, and numbers other than whole ones.

use std::fmt;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

/// A value in a text without escapes and control characters.
#[derive(Debug)]
pub(crate) struct Unescaped<'de> {
    text: &'de str,
    /// Up to here it was read.
    at: usize,
}

/// It is no such value, or not the one that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotRead;

impl fmt::Display for NotRead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not read")
    }
}

impl std::error::Error for NotRead {}

impl de::Error for NotRead {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl<'de> Unescaped<'de> {
    /// The value that is all of a text; none if there is a backslash or a control character in it.
    pub(crate) fn new(text: &'de str) -> Option<Self> {
        // Without a way out of the loop many bytes are looked at together.
        let escapes = text.bytes().fold(false, |found, byte| found | (byte == b'\\') | (byte < b' '));
        (!escapes).then_some(Self { text, at: 0 })
    }

    /// Fails if anything is left.
    pub(crate) fn end(mut self) -> Result<(), NotRead> {
        self.next().map_or(Ok(()), |_| Err(NotRead))
    }

    /// The next byte that is no space. It is not taken.
    #[inline(always)]
    fn next(&mut self) -> Option<u8> {
        loop {
            match self.text.as_bytes().get(self.at) {
                Some(b' ') => self.at += 1,
                other => return other.copied(),
            }
        }
    }

    /// Takes the next byte that is no space, which has to be this one.
    #[inline(always)]
    fn take(&mut self, byte: u8) -> Result<(), NotRead> {
        if self.next() != Some(byte) {
            return Err(NotRead);
        }
        self.at += 1;
        Ok(())
    }

    /// Takes the text whose opening quote is the next byte that is no space.
    #[inline(always)]
    fn quoted(&mut self) -> Result<&'de str, NotRead> {
        if self.next() != Some(b'"') {
            return Err(NotRead);
        }
        self.text_from_quote()
    }

    /// Takes the text whose opening quote stands here.
    #[inline(always)]
    fn text_from_quote(&mut self) -> Result<&'de str, NotRead> {
        let begun = self.at + 1;
        let end = quote(self.text.as_bytes(), begun).ok_or(NotRead)?;
        self.at = end + 1;
        self.text.get(begun..end).ok_or(NotRead)
    }

    /// Takes a whole number of 64 bits. What goes on behind its digits as no whole number does is no end of a value.
    fn number(&mut self) -> Result<u64, NotRead> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        self.at += digits;
        match rest.get(..digits) {
            Some(number) if digits == 1 || !number.starts_with('0') => number.parse().map_err(|_| NotRead),
            _ => Err(NotRead),
        }
    }

    fn truth(&mut self) -> Result<bool, NotRead> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let (word, answer) = if rest.starts_with("true") { ("true", true) } else { ("false", false) };
        if !rest.starts_with(word) {
            return Err(NotRead);
        }
        self.at += word.len();
        Ok(answer)
    }
}

impl<'de> Deserializer<'de> for &mut Unescaped<'de> {
    type Error = NotRead;

    #[inline(always)]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotRead> {
        match self.next() {
            Some(b'"') => visitor.visit_borrowed_str(self.text_from_quote()?),
            Some(b'{') => {
                self.at += 1;
                let value = visitor.visit_map(Parts { of: &mut *self, begun: false })?;
                self.take(b'}')?;
                Ok(value)
            }
            Some(b'[') => {
                self.at += 1;
                let value = visitor.visit_seq(Parts { of: &mut *self, begun: false })?;
                self.take(b']')?;
                Ok(value)
            }
            Some(b'0'..=b'9') => visitor.visit_u64(self.number()?),
            Some(b't' | b'f') => visitor.visit_bool(self.truth()?),
            _ => Err(NotRead),
        }
    }

    #[inline(always)]
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotRead> {
        visitor.visit_borrowed_str(self.quoted()?)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// What stands between brackets.
struct Parts<'u, 'de> {
    of: &'u mut Unescaped<'de>,
    /// The first was read, so that a comma stands before each other.
    begun: bool,
}

impl Parts<'_, '_> {
    /// Whether there is another before the closing bracket.
    #[inline(always)]
    fn goes_on(&mut self, closing: u8) -> Result<bool, NotRead> {
        match self.of.next() {
            Some(byte) if byte == closing => return Ok(false),
            Some(b',') if self.begun => self.of.at += 1,
            _ if self.begun => return Err(NotRead),
            _ => self.begun = true,
        }
        Ok(true)
    }
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

impl<'de> MapAccess<'de> for Parts<'_, 'de> {
    type Error = NotRead;

    #[inline(always)]
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, NotRead> {
        if !self.goes_on(b'}')? {
            return Ok(None);
        }
        let key = self.of.quoted()?;
        self.of.take(b':')?;
        seed.deserialize(BorrowedStrDeserializer::new(key)).map(Some)
    }

    #[inline(always)]
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, NotRead> {
        seed.deserialize(&mut *self.of)
    }
}

impl<'de> SeqAccess<'de> for Parts<'_, 'de> {
    type Error = NotRead;

    #[inline(always)]
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, NotRead> {
        if self.goes_on(b']')? { seed.deserialize(&mut *self.of).map(Some) } else { Ok(None) }
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::Value;

    use super::{Unescaped, quote};

    fn unescaped(text: &str) -> Option<Value> {
        let mut unescaped = Unescaped::new(text)?;
        let value = Value::deserialize(&mut unescaped).ok()?;
        unescaped.end().ok()?;
        Some(value)
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

    const TEXTS: [&str; 6] = [
        r#"{"id":"T1","from":{"country":"KP"},"items":[{"hs":"2701","n":10},[],{},true,false],"e":""}"#,
        r#" { "a" : [ 1 , 2 ] , "b" : "x y" } "#,
        r#"{"a":18446744073709551615,"b":0,"c":[[["д"]]],"c":7}"#,
        r#"["","a","ab","1234567","12345678","123456789","炮弹炮弹炮弹"]"#,
        r#""text""#,
        "20",
    ];

    #[test]
    fn reads_what_serde_json_reads() {
        for text in TEXTS {
            assert_eq!(unescaped(text).unwrap(), serde_json::from_str::<Value>(text).unwrap(), "{text}");
        }
    }

    /// Every text with a character left out, doubled or in place of another.
    #[test]
    fn reads_nothing_that_serde_json_does_not_read() {
        let mut read = 0;
        for text in TEXTS {
            for (at, old) in text.char_indices() {
                let (before, rest) = text.split_at(at);
                let after = rest.strip_prefix(old).unwrap();
                for put in ["", "\"", "{", "}", "[", "]", ",", ":", " ", "0", "1", "t", "-", ".", "e", "\\", "\t", "null", "true"]
                {
                    for changed in [format!("{before}{put}{after}"), format!("{before}{put}{old}{after}")] {
                        let by_serde = serde_json::from_str::<Value>(&changed).ok();
                        let kept = by_serde.filter(|v| !has_other(v) && !changed.contains(['\\', '\t']));
                        read += usize::from(kept.is_some());
                        assert_eq!(unescaped(&changed), kept, "{changed}");
                    }
                }
            }
        }
        assert!(read > 1000, "{read}");
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
