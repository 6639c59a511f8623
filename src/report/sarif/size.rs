//! The size of a report as GitHub measures it: compressed by gzip.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::GzEncoder;

/// Writes on, and compresses beside it to see how large the report is so far.
pub(super) struct Measured<'w> {
    out: &'w mut dyn Write,
    gzip: GzEncoder<Count>,
}

/// Counts bytes and keeps none.
struct Count(usize);

impl<'w> Measured<'w> {
    pub fn new(out: &'w mut dyn Write) -> Self {
        // The fastest level compresses least: what is measured is never less than what an upload has.
        Self { out, gzip: GzEncoder::new(Count(0), Compression::fast()) }
    }

    /// The bytes that the compressed report has so far, without those that are still in the compressor's window.
    pub fn compressed(&self) -> usize {
        self.gzip.get_ref().0
    }
}

impl Write for Measured<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write_all(bytes)?;
        self.gzip.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Write for Count {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
