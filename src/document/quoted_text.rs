//! The text of a JSON string, whose escapes are resolved only where it is asked for.

use std::borrow::Cow;

/// A string as written between its quotes, escapes not resolved.
#[derive(Debug, Clone, Copy)]
pub(crate) struct QuotedText<'t> {
    pub(super) quoted: &'t str,
    pub(super) escaped: bool,
}

impl<'t> QuotedText<'t> {
    /// The text with its escapes resolved; empty if one of them is half a surrogate pair.
    pub(crate) fn to_cow(self) -> Cow<'t, str> {
        let mut buffer = String::new();
        if self.escaped {
            unescape(self.quoted, &mut buffer).map(|()| buffer).unwrap_or_default().into()
        } else {
            self.quoted.into()
        }
    }

    /// The text with its escapes resolved, if need be in `buffer`; `None` if one of them is half a surrogate pair.
    #[inline(always)]
    pub(crate) fn resolve<'r>(self, buffer: &'r mut String) -> Option<&'r str>
    where
        't: 'r,
    {
        if self.escaped { unescape(self.quoted, buffer).map(|()| &**buffer) } else { Some(self.quoted) }
    }
}

/// Writes a text into `buffer` with its escapes resolved.
fn unescape(quoted: &str, buffer: &mut String) -> Option<()> {
    buffer.clear();
    let mut rest = quoted;
    while let Some((before, escape)) = rest.split_once('\\') {
        buffer.push_str(before);
        let mut after = escape.chars();
        buffer.push(match after.next()? {
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                let first = code_unit(&mut after)?;
                match char::from_u32(first) {
                    Some(character) => character,
                    None => {
                        let second = after.as_str().strip_prefix("\\u")?;
                        after = second.chars();
                        let pair = [first, code_unit(&mut after)?].map(|unit| unit as u16);
                        char::decode_utf16(pair).next()?.ok()?
                    }
                }
            }
            itself => itself,
        });
        rest = after.as_str();
    }
    buffer.push_str(rest);
    Some(())
}

/// The code unit that four hexadecimal digits stand for.
fn code_unit(digits: &mut std::str::Chars<'_>) -> Option<u32> {
    (0..4).try_fold(0, |unit, _| Some(unit * 16 + digits.next()?.to_digit(16)?))
}
