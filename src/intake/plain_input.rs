//! Files that hold something else than incidents, such as names to screen: their text, whatever the form they are saved in.

use crate::document::{Diagnostics, SourceId, SourceMap, SourceText, WORKBOOK_ENDINGS};

use super::headings::Headings;
use super::input_text::{decode, is_utf16};
use super::workbook::Sheets;

/// A text among the sources of a run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PlainInput {
    pub(crate) id: SourceId,
    /// True if it was made of a sheet of a workbook: a table with tabs between the cells.
    pub(crate) is_sheet: bool,
}

impl PlainInput {
    /// Adds the text of a file to the sources, and what is wrong with its bytes to the problems. `None` if nothing of it can be
    /// read.
    pub(crate) fn read(name: &str, bytes: &[u8], sources: &mut SourceMap, problems: &mut Diagnostics) -> Option<Self> {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        if WORKBOOK_ENDINGS.iter().any(|own| ending.eq_ignore_ascii_case(own)) || bytes.starts_with(b"PK\x03\x04") {
            return match Sheets::read_first(name, bytes) {
                Ok(sheets) => {
                    problems.extend(sheets.others);
                    let text = sheets.read.into_iter().next().map(|sheet| sheet.text).unwrap_or_default();
                    Some(Self { id: sources.add(SourceText::new(name, text)), is_sheet: true })
                }
                Err(problem) => {
                    problems.push(problem);
                    None
                }
            };
        }
        let (text, problem) = decode(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
        let id = sources.add(SourceText::new(name, text));
        problems.extend(problem.map(|problem| problem.in_source(id)));
        (!is_utf16(bytes)).then_some(Self { id, is_sheet: false })
    }
}

/// True for a heading of a table of goods, payments or ships that holds the name of a party or ship: `Consignee`, `Грузополучатель`.
pub(crate) fn is_name_of_party(heading: &str) -> bool {
    let is_name = |fact: &String| {
        fact.ends_with(".party") || fact.ends_with(").name") && fact.starts_with("party") || fact == "vessel.name"
    };
    Headings::known().find(heading, &[]).is_some_and(|(_, entry)| entry.fact.first().is_some_and(is_name))
}
