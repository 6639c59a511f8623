//! The files of a rulebook, before they are parsed.

use std::borrow::Cow;
use std::path::Path;

use crate::document::{Code, Diagnostic, Diagnostics, SourceMap, list_files, read_file};

use super::InvalidRulebook;

/// True for a file whose name says YAML and that ends otherwise. Hidden files are those of editors.
fn was_meant_as_rules(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    !name.starts_with('.') && [".yaml", ".yml"].iter().any(|ending| name.contains(ending))
}

/// The names and texts of a rulebook's files, sorted by name. [`Rulebook::load`](super::Rulebook::load) takes them.
#[derive(Debug, Clone, Default)]
pub struct RuleFiles {
    /// The folder's name, which messages show before the name of a file; empty to show none.
    pub root: String,
    /// The path of each file below the root, with `/` between its parts, and its text.
    pub files: Vec<(String, Cow<'static, str>)>,
}

impl RuleFiles {
    /// Reads every `.yaml` and `.yml` file in a folder and the folders below it.
    ///
    /// # Errors
    ///
    /// If the folder or one of the files cannot be read or is not UTF-8, with one diagnostic for each, or if the folder
    /// has no such file.
    pub fn from_folder(root: &Path) -> Result<Self, InvalidRulebook> {
        let mut problems = Diagnostics::default();
        let is_rule_file = |file: &Path| {
            file.extension().is_some_and(|ending| ["yaml", "yml"].iter().any(|own| ending.eq_ignore_ascii_case(own)))
        };
        let listing = list_files(root, is_rule_file);
        for path in list_files(root, |file| !is_rule_file(file) && was_meant_as_rules(file)).files {
            let message = format!("the file `{}` beside the rules is not read", path.display());
            problems.push(
                Diagnostic::about_file(Code::RuleFileNotRead, message)
                    .help("files of rules end in `.yaml`; rename it, or move it out of the folder"),
            );
        }
        for (folder, error) in listing.unreadable {
            problems.push(Diagnostic::about_file(
                Code::FileUnreadable,
                format!("the rulebook `{}` cannot be read: {error}", folder.display()),
            ));
        }
        let mut files = Vec::new();
        for path in listing.files {
            let name = path.strip_prefix(root).unwrap_or(&path).display().to_string().replace(std::path::MAIN_SEPARATOR, "/");
            match read_file(&path).map(String::from_utf8) {
                Ok(Ok(text)) => files.push((name, text.into())),
                Ok(Err(_)) => problems
                    .push(Diagnostic::about_file(Code::NotUtf8, format!("the rule file `{}` is not UTF-8", path.display()))),
                Err(error) => problems.push(Diagnostic::about_file(
                    Code::FileUnreadable,
                    format!("the rule file `{}` cannot be read: {error}", path.display()),
                )),
            }
        }
        if files.is_empty() && !problems.has_errors() {
            problems.push(Diagnostic::about_file(
                Code::NothingToRead,
                format!("the rulebook `{}` holds no `.yaml` file", root.display()),
            ));
        }
        if problems.has_errors() {
            return Err(InvalidRulebook::new(SourceMap::default(), problems));
        }
        Ok(Self { root: root.display().to_string(), files })
    }
}
