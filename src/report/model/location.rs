//! Places in files, written `file:line:column`, in workbooks `file:B7`.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::document::{Position, cell_name, is_workbook, parse_cell, push_place};

/// A place in a file. In JSON and in text it is `file:line:column`, in a workbook `file:B7`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileLocation {
    /// The file, as it was named on the command line or in the rulebook.
    pub file: String,
    /// Line and column; `None` for the file as a whole.
    pub position: Option<Position>,
}

impl FileLocation {
    /// Parses `file:line:column`. What does not end in two numbers is taken as the name of a file, which may hold colons.
    pub fn parse(text: &str) -> Self {
        if let Some((file, cell)) = text.rsplit_once(':')
            && let Some(position) = parse_cell(cell).filter(|_| is_workbook(file))
        {
            return Self { file: file.to_owned(), position: Some(position) };
        }
        let mut parts = text.rsplitn(3, ':');
        let (column, line, file) = (parts.next(), parts.next(), parts.next());
        let number = |text: Option<&str>| text.and_then(|t| t.parse::<usize>().ok()).filter(|n| *n > 0);
        match (file, number(line), number(column)) {
            (Some(file), Some(line), Some(column)) => Self { file: file.to_owned(), position: Some(Position { line, column }) },
            _ => Self { file: text.to_owned(), position: None },
        }
    }

    fn in_words(&self) -> String {
        let mut text = String::with_capacity(self.file.len() + 16);
        match self.position {
            Some(position) => push_place(&mut text, &self.file, position),
            None => text.push_str(&self.file),
        }
        text
    }

    /// The position without the file, `line:column` or `B7`, if this is a position in the given file.
    pub fn within(&self, file: Option<&str>) -> Option<String> {
        let position = self.position.filter(|_| file == Some(self.file.as_str()))?;
        Some(if is_workbook(&self.file) { cell_name(position) } else { format!("{}:{}", position.line, position.column) })
    }
}

impl fmt::Display for FileLocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_words())
    }
}

impl Serialize for FileLocation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.in_words())
    }
}

impl<'de> Deserialize<'de> for FileLocation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;

        impl Visitor<'_> for Text {
            type Value = FileLocation;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a place `file:line:column`")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<FileLocation, E> {
                Ok(FileLocation::parse(text))
            }
        }

        deserializer.deserialize_str(Text)
    }
}

#[cfg(test)]
mod tests {
    use super::{FileLocation, Position};

    #[test]
    fn a_location_is_parsed_from_its_end_since_file_names_may_hold_colons() {
        let location = FileLocation { file: "a:b.yaml".to_owned(), position: Some(Position { line: 3, column: 4 }) };
        assert_eq!(FileLocation::parse("a:b.yaml:3:4"), location);
        assert_eq!(location.to_string(), "a:b.yaml:3:4");
        let cell = FileLocation { file: "a.xlsx".to_owned(), position: Some(Position { line: 7, column: 2 }) };
        assert_eq!((FileLocation::parse("a.xlsx:B7"), cell.to_string()), (cell.clone(), "a.xlsx:B7".to_owned()));
        for file in ["a.yaml", "a.yaml:0:1", "a.csv:B7", "?"] {
            assert_eq!(FileLocation::parse(file), FileLocation { file: file.to_owned(), position: None });
        }
    }

    #[test]
    fn json_has_a_location_as_one_string() {
        let json = "\"ä\\\"b:3:4\"";
        let location: FileLocation = serde_json::from_str(json).unwrap();
        assert_eq!(location.file, "ä\"b");
        assert_eq!(serde_json::to_string(&location).unwrap(), json);
    }
}
