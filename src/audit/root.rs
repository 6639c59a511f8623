//! The folder below which the files that a report names are opened.
//!
//! A report names paths, and whoever made it chose them. So that nobody is made to read a file of his own for somebody else, or
//! to wait for a pipe, a path is followed to its end before anything is opened.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A folder; what is outside of it is not opened.
#[derive(Debug, Clone)]
pub struct Root {
    /// The folder as named, for messages.
    name: PathBuf,
    /// The folder without links.
    real: PathBuf,
}

/// Why a path is not opened.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The path leads out of the root: itself, by `..` or by a link.
    #[error("it is outside of `{0}`, and is not opened; `--root` names another folder")]
    Outside(PathBuf),
    /// The path is a device, a pipe or a socket.
    #[error("it is no file, and is not opened")]
    NoFile,
    /// The path leads nowhere.
    #[error("it is not there")]
    Missing,
    /// The path cannot be followed.
    #[error("it cannot be read: {0}")]
    Unreadable(io::Error),
}

impl Root {
    /// The root at a folder.
    ///
    /// # Errors
    ///
    /// If there is no such folder.
    pub fn new(folder: &Path) -> io::Result<Self> {
        let real = fs::canonicalize(folder)?;
        if !real.is_dir() {
            return Err(io::ErrorKind::NotADirectory.into());
        }
        Ok(Self { name: folder.to_owned(), real })
    }

    /// Checks that a path is a file or a folder below the root. Nothing is opened.
    ///
    /// # Errors
    ///
    /// If it is not, or is not there.
    pub fn admit(&self, path: &Path) -> Result<(), Refusal> {
        let real = fs::canonicalize(path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Refusal::Missing,
            _ => Refusal::Unreadable(error),
        })?;
        if !real.starts_with(&self.real) {
            return Err(Refusal::Outside(self.name.clone()));
        }
        let kind = fs::metadata(&real).map_err(Refusal::Unreadable)?;
        if kind.is_file() || kind.is_dir() { Ok(()) } else { Err(Refusal::NoFile) }
    }

    /// The bytes of a file below the root.
    ///
    /// # Errors
    ///
    /// If it is not there, or not admitted.
    pub fn read(&self, file: &Path) -> Result<Vec<u8>, Refusal> {
        self.admit(file)?;
        fs::read(file).map_err(Refusal::Unreadable)
    }
}
