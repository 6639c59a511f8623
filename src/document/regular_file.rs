//! The reading of files that the command line or a folder names.
//!
//! Only regular files are opened: a pipe would be waited for, perhaps for ever, and a device has no end.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// The number of bytes that a file may have which is held as a whole. Streams may have more.
pub const MAX_HELD: u64 = 512 << 20;

/// Opens a file; an error if it is something else, such as a pipe, a socket, a device or a folder.
pub fn open_file(path: &Path) -> io::Result<File> {
    let kind = fs::metadata(path)?.file_type();
    if kind.is_file() {
        return File::open(path);
    }
    let what = if kind.is_dir() { "a folder" } else { kind_of_other(kind) };
    Err(io::Error::new(io::ErrorKind::InvalidInput, format!("it is {what}, and only files are read")))
}

#[cfg(unix)]
fn kind_of_other(kind: fs::FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    match kind {
        _ if kind.is_fifo() => "a pipe",
        _ if kind.is_socket() => "a socket",
        _ => "a device",
    }
}

#[cfg(not(unix))]
fn kind_of_other(_: fs::FileType) -> &'static str {
    "a device"
}

/// Reads a file whole; an error if it is none, has more than 512 MiB, or more than there is memory for.
pub fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open_file(path)?.take(MAX_HELD + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_HELD {
        let megabytes = MAX_HELD >> 20;
        let message =
            format!("it has more than the {megabytes} MiB that are held in memory at once; NDJSON and CSV may have more");
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
    }
    Ok(bytes)
}

/// Reads a file of UTF-8 like [`read_file`].
pub fn read_text_file(path: &Path) -> io::Result<String> {
    let invalid = |error: std::string::FromUtf8Error| io::Error::new(io::ErrorKind::InvalidData, error.utf8_error().to_string());
    String::from_utf8(read_file(path)?).map_err(invalid)
}
