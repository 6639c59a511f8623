//! Paragraphs as people name them: `S/RES/2371 OP8`, `res. 2371, operative paragraph 8`, `2371 (2017) para 8(a)`.

use super::Citation;

/// A resolution, and perhaps one of its paragraphs, to look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitationSearch {
    /// The number of the resolution.
    pub resolution: String,
    year: Option<String>,
    /// The number of the paragraph: `8`, `8(a)`.
    pub paragraph: Option<String>,
}

impl CitationSearch {
    /// Parses a text; `None` if it names no resolution, or has words that are no part of a citation.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.to_lowercase().replace("s/res/", " ");
        let mut search = Self { resolution: String::new(), year: None, paragraph: None };
        let mut rest = text.as_str();
        while let Some(c) = rest.chars().next() {
            let length = rest.find(|next: char| next.is_ascii_digit() != c.is_ascii_digit()).unwrap_or(rest.len());
            let (part, after) = rest.split_at_checked(length)?;
            if !c.is_ascii_digit() {
                is_filling(part).then_some(())?;
                rest = after;
                continue;
            }
            rest = after;
            if search.resolution.is_empty() {
                (3..=4).contains(&part.len()).then(|| search.resolution.push_str(part))?;
            } else if search.year.is_none()
                && search.paragraph.is_none()
                && matches!(part.as_bytes(), [b'1', b'9', _, _] | [b'2', b'0', _, _])
            {
                search.year = Some(part.to_owned());
            } else if search.paragraph.is_none() && part.len() <= 3 {
                let (letters, behind) = sub_paragraphs(after);
                search.paragraph = Some(format!("{part}{letters}"));
                rest = behind;
            } else {
                return None;
            }
        }
        (!search.resolution.is_empty()).then_some(search)
    }

    /// True if a citation is of the resolution, and of the paragraph or of a part of it.
    pub fn matches(&self, citation: &Citation) -> bool {
        self.is_of_resolution(citation)
            && self.paragraph.as_deref().is_none_or(|wanted| {
                citation.paragraph.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('('))
            })
    }

    /// True if a citation is of the resolution.
    pub fn is_of_resolution(&self, citation: &Citation) -> bool {
        let number = citation.symbol.strip_prefix("S/RES/").and_then(|rest| rest.strip_prefix(self.resolution.as_str()));
        let year = number.map(|rest| rest.trim_matches(|c: char| !c.is_ascii_digit()));
        number.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
            && self.year.as_deref().is_none_or(|wanted| year == Some(wanted))
    }
}

/// True if a text between numbers has only marks and the words that citations have.
fn is_filling(text: &str) -> bool {
    const WORDS: [&str; 24] = [
        "res",
        "resolution",
        "unscr",
        "scr",
        "un",
        "sc",
        "security",
        "council",
        "op",
        "ops",
        "para",
        "paras",
        "par",
        "paragraph",
        "paragraphs",
        "operative",
        "of",
        "the",
        "and",
        "no",
        "nr",
        "number",
        "p",
        "in",
    ];
    text.split(|c: char| !c.is_alphanumeric()).all(|word| word.is_empty() || WORDS.contains(&word))
}

/// The letters and numerals behind a paragraph's number, `(a)(i)` or `a`, also with blanks between the brackets; and the rest.
fn sub_paragraphs(text: &str) -> (String, &str) {
    let (mut letters, mut rest) = (String::new(), text);
    let mut chars = text.chars();
    if let Some(letter) = chars.next().filter(char::is_ascii_lowercase)
        && !chars.next().is_some_and(char::is_alphanumeric)
    {
        (letters, rest) = (format!("({letter})"), text.get(1..).unwrap_or_default());
    }
    while let Some((inner, after)) = rest.trim_start().strip_prefix('(').and_then(|open| open.split_once(')')) {
        let inner = inner.trim();
        if inner.is_empty() || !inner.chars().all(|c| c.is_ascii_lowercase()) {
            break;
        }
        letters.push_str(&format!("({inner})"));
        rest = after;
    }
    (letters, rest)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::{Citation, CitationSearch};

    fn citation(paragraph: &str) -> Citation {
        Citation { symbol: "S/RES/2371 (2017)".to_owned(), paragraph: paragraph.to_owned(), adopted: NaiveDate::MIN }
    }

    #[test]
    fn a_paragraph_is_found_however_it_is_written() {
        for text in [
            "S/RES/2371 OP8",
            "s/res/2371 (2017) para 8",
            "2371 (2017) para 8",
            "res. 2371, operative paragraph 8",
            "2371 OP 8",
            "UNSCR 2371, para. 8",
            "UN Security Council resolution 2371 (2017), paragraph 8",
            "paragraph of 2371: 8",
            "2371/8",
            "S/RES/2371(2017) OP8",
            "2371 para8",
            "OP of resolution 2371 (2017) 8",
            "2371 §8",
            "2371 (2017) ¶ 8",
        ] {
            let search = CitationSearch::parse(text).unwrap_or_else(|| panic!("{text} is not read"));
            assert!(search.matches(&citation("8")) && search.matches(&citation("8(a)")), "{text}");
            assert!(!search.matches(&citation("18")) && !search.matches(&citation("9")), "{text}");
        }
        let letters = CitationSearch::parse("2371 OP 8 (a) (i)").unwrap();
        assert!(letters.matches(&citation("8(a)(i)")) && !letters.matches(&citation("8(a)")));
        assert!(CitationSearch::parse("resolution 2371").unwrap().matches(&citation("26")));
        assert!(!CitationSearch::parse("237 OP8").unwrap().matches(&citation("8")));
        assert!(!CitationSearch::parse("2371 (2016) OP8").unwrap().matches(&citation("8")));
    }

    #[test]
    fn what_is_no_citation_is_not_read() {
        for text in ["", "coal", "para 8", "8", "2371 and 2375", "2371 para 8 of the annex", "2371 8 9", "12345"] {
            assert_eq!(CitationSearch::parse(text), None, "{text}");
        }
    }
}
