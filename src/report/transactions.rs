//! The transactions of one incident in a report, read one by one.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::{Arc, Mutex, PoisonError};

use crate::engine::Verdict;

use super::{AlikeReport, TransactionReport};

/// Transactions in the order of their incident, in memory or in a temporary file.
#[derive(Debug, Clone, Default)]
pub struct Transactions {
    order: Vec<Kept>,
    held: Vec<TransactionReport>,
    spool: Option<Spool>,
}

/// Where the report of a transaction is kept.
#[derive(Debug, Clone)]
enum Kept {
    /// In memory, at this position.
    Held(usize),
    /// As what it has of its own beside the one in memory at this position.
    Alike(usize, AlikeReport),
    /// In the temporary file.
    Spooled(Spooled),
}

/// The place of a transaction in a [`Spool`].
#[derive(Debug, Clone, Copy)]
pub struct Spooled {
    offset: u64,
    length: u32,
    verdict: Option<Verdict>,
}

/// A temporary file of transactions that are too many for the memory. It has no name and is removed when the program ends.
#[derive(Debug, Clone)]
pub struct Spool {
    file: Arc<Mutex<File>>,
}

impl Spooled {
    /// The worst verdict of the transaction; `None` if it has no finding.
    pub fn verdict(&self) -> Option<Verdict> {
        self.verdict
    }
}

impl Transactions {
    /// Transactions that are held in memory.
    pub fn held(transactions: Vec<TransactionReport>) -> Self {
        Self { order: (0..transactions.len()).map(Kept::Held).collect(), held: transactions, spool: None }
    }

    /// Transactions that are kept in a file.
    pub fn spooled(spool: &Spool, transactions: Vec<Spooled>) -> Self {
        let order = transactions.into_iter().map(Kept::Spooled).collect();
        Self { order, held: Vec::new(), spool: Some(spool.clone()) }
    }

    /// Adds a transaction that is held in memory; returns its position there.
    pub(crate) fn hold(&mut self, transaction: TransactionReport) -> usize {
        let position = self.held.len();
        self.order.push(Kept::Held(position));
        self.held.push(transaction);
        position
    }

    /// Adds a transaction that is alike to the one at a position in memory.
    pub(crate) fn add_alike(&mut self, position: usize, own: AlikeReport) {
        self.order.push(Kept::Alike(position, own));
    }

    /// Adds a transaction that is kept in a file, which is to be [set](Self::set_spool).
    pub(crate) fn add_spooled(&mut self, spooled: Spooled) {
        self.order.push(Kept::Spooled(spooled));
    }

    /// Sets the file in which transactions are kept.
    pub(crate) fn set_spool(&mut self, spool: Option<&Spool>) {
        self.spool = spool.cloned();
    }

    /// The number of transactions.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// True if there is no transaction.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The transactions that are in memory as a whole: all of them in a report that was [built](super::build()) at once.
    pub(crate) fn in_memory(&self) -> &[TransactionReport] {
        &self.held
    }

    /// All transactions. Reading one that is on disk can fail.
    pub fn iter(&self) -> impl Iterator<Item = io::Result<Cow<'_, TransactionReport>>> {
        self.places().map(TransactionPlace::read)
    }

    /// All transactions, the worst verdict first, those of equal verdict in their order.
    pub fn worst_first(&self) -> impl Iterator<Item = io::Result<Cow<'_, TransactionReport>>> {
        self.places_worst_first().into_iter().map(TransactionPlace::read)
    }

    /// The transactions of [`worst_first`](Self::worst_first), none of them read.
    pub(crate) fn places_worst_first(&self) -> Vec<TransactionPlace<'_>> {
        let mut places: Vec<TransactionPlace<'_>> = self.places().collect();
        places.sort_by_key(|place| Reverse(place.verdict()));
        places
    }

    /// The transactions at these positions.
    pub(crate) fn at(&self, positions: &[usize]) -> impl Iterator<Item = io::Result<Cow<'_, TransactionReport>>> {
        let places: Vec<TransactionPlace<'_>> = self.places().collect();
        positions.iter().filter_map(move |at| places.get(*at).copied()).map(TransactionPlace::read)
    }

    fn places(&self) -> impl Iterator<Item = TransactionPlace<'_>> {
        self.order.iter().filter_map(|kept| {
            Some(match kept {
                Kept::Held(position) => TransactionPlace::Held(self.held.get(*position)?),
                Kept::Alike(position, own) => TransactionPlace::Alike(self.held.get(*position)?, own),
                Kept::Spooled(at) => TransactionPlace::Spooled(self.spool.as_ref()?, *at),
            })
        })
    }
}

/// Where a transaction is; it may have to be read.
#[derive(Debug, Clone, Copy)]
pub(crate) enum TransactionPlace<'t> {
    Held(&'t TransactionReport),
    /// One that is alike, and what the transaction has of its own.
    Alike(&'t TransactionReport, &'t AlikeReport),
    Spooled(&'t Spool, Spooled),
}

impl<'t> TransactionPlace<'t> {
    /// The worst verdict of the transaction; `None` if it has no finding.
    pub(crate) fn verdict(self) -> Option<Verdict> {
        match self {
            TransactionPlace::Held(transaction) | TransactionPlace::Alike(transaction, _) => transaction.verdict,
            TransactionPlace::Spooled(_, at) => at.verdict(),
        }
    }

    /// The transaction. Reading one that is on disk can fail.
    pub(crate) fn read(self) -> io::Result<Cow<'t, TransactionReport>> {
        match self {
            TransactionPlace::Held(transaction) => Ok(Cow::Borrowed(transaction)),
            TransactionPlace::Alike(other, own) => Ok(Cow::Owned(own.complete(other))),
            TransactionPlace::Spooled(spool, at) => spool.read(at).map(Cow::Owned),
        }
    }
}

impl Spool {
    /// An empty spool in the folder for temporary files.
    pub fn new() -> io::Result<Self> {
        Ok(Self { file: Arc::new(Mutex::new(tempfile::tempfile().map_err(|e| unusable(&e))?)) })
    }

    fn read(&self, at: Spooled) -> io::Result<TransactionReport> {
        self.read_at(at).map_err(|e| unusable(&e))
    }

    fn read_at(&self, at: Spooled) -> io::Result<TransactionReport> {
        let mut bytes = vec![0; at.length as usize];
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(at.offset))?;
        file.read_exact(&mut bytes)?;
        Ok(serde_json::from_slice(&bytes)?)
    }
}

/// Names the temporary file in the error, which would otherwise be taken for one about the report's file.
fn unusable(error: &io::Error) -> io::Error {
    let message = format!("findings cannot be set aside in the folder for temporary files: {error}");
    io::Error::new(error.kind(), message)
}

/// Writes transactions to a [`Spool`].
#[derive(Debug)]
pub struct SpoolWriter {
    spool: Spool,
    buffer: Vec<u8>,
    written: u64,
}

/// The number of bytes that are collected before they are written.
const BUFFER: usize = 256 * 1024;

impl SpoolWriter {
    /// A writer to an empty spool.
    pub fn new() -> io::Result<Self> {
        Ok(Self { spool: Spool::new()?, buffer: Vec::new(), written: 0 })
    }

    /// Adds a transaction, written as JSON, and its worst verdict.
    pub fn add(&mut self, json: &[u8], verdict: Option<Verdict>) -> io::Result<Spooled> {
        let length = u32::try_from(json.len()).map_err(io::Error::other)?;
        let offset = self.written + self.buffer.len() as u64;
        self.buffer.extend(json);
        if self.buffer.len() >= BUFFER {
            self.flush()?;
        }
        Ok(Spooled { offset, length, verdict })
    }

    /// Writes what is left, and returns the spool.
    pub fn finish(mut self) -> io::Result<Spool> {
        self.flush()?;
        Ok(self.spool)
    }

    fn flush(&mut self) -> io::Result<()> {
        let mut file = self.spool.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.write_all(&self.buffer).map_err(|e| unusable(&e))?;
        self.written += self.buffer.len() as u64;
        self.buffer.clear();
        Ok(())
    }
}
