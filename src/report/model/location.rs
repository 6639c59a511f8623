//! Places in files, written `file:line:column`.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::document::{Position, push_decimal};

/// A place in a file. In JSON and in text it is `file:line:column`.
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
        let mut parts = text.rsplitn(3, ':');
        let (column, line, file) = (parts.next(), parts.next(), parts.next());
        let number = |text: Option<&str>| text.and_then(|t| t.parse::<usize>().ok()).filter(|n| *n > 0);
        match (file, number(line), number(column)) {
            (Some(file), Some(line), Some(column)) => Self { file: file.to_owned(), position: Some(Position { line, column }) },
            _ => Self { file: text.to_owned(), position: None },
        }
    }

    /// The position without the file, `line:column`, if this is a position in the given file.
    pub fn within(&self, file: Option<&str>) -> Option<Position> {
        self.position.filter(|_| file == Some(self.file.as_str()))
    }
}

impl fmt::Display for FileLocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        match self.position {
            Some(Position { line, column }) => write!(f, ":{line}:{column}"),
            None => Ok(()),
        }
    }
}

impl Serialize for FileLocation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut text = String::with_capacity(self.file.len() + 16);
        text.push_str(&self.file);
        for number in self.position.iter().flat_map(|p| [p.line, p.column]) {
            text.push(':');
            push_decimal(&mut text, number);
        }
        serializer.serialize_str(&text)
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
        for file in ["a.yaml", "a.yaml:0:1", "?"] {
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
