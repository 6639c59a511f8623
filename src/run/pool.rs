//! A pool of workers that take chunks of streams as they get free; their outputs are merged in the order of the chunks.
//!
//! A worker reads the text of the chunk that it assesses, so that the text is in its processor's cache. The thread that
//! merges the outputs is one of the workers.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::sync::mpsc::channel;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::vec;

use crate::intake::{Chunk, Chunks};

use super::worker::{ChunkOutput, Worker};

/// The most unfinished chunks for each worker, so that outputs that wait for a slow chunk do not fill the memory.
const UNDER_WAY_PER_JOB: usize = 3;

/// Chunks that are made or read one after another.
pub(super) trait ChunkSource: Send {
    /// The next chunk; `None` at the end.
    ///
    /// # Errors
    ///
    /// If reading it fails.
    fn next(&mut self) -> io::Result<Option<Chunk>>;

    /// Takes back the buffer of a finished chunk, to read another into it.
    fn recycle(&mut self, _buffer: Vec<u8>) {}

    /// The number of bytes read so far.
    fn bytes_read(&self) -> u64 {
        0
    }
}

impl<R: Read + Send> ChunkSource for Chunks<R> {
    fn next(&mut self) -> io::Result<Option<Chunk>> {
        Self::next(self)
    }

    fn recycle(&mut self, buffer: Vec<u8>) {
        Self::recycle(self, buffer);
    }

    fn bytes_read(&self) -> u64 {
        Self::bytes_read(self)
    }
}

/// Chunks that are in memory.
impl ChunkSource for vec::IntoIter<Chunk> {
    fn next(&mut self) -> io::Result<Option<Chunk>> {
        Ok(Iterator::next(self))
    }
}

/// Receives the output of a chunk, and the number of bytes read until then.
type Merge<'m> = &'m mut dyn FnMut(ChunkOutput, u64) -> io::Result<()>;

/// Runs all chunks through `jobs` workers and merges their outputs in the order of the chunks.
///
/// Returns the error with which reading broke off, if it did; what was read until then was merged.
///
/// # Errors
///
/// Only if `merge` fails.
pub(super) fn in_order<'a>(
    chunks: &mut dyn ChunkSource,
    jobs: usize,
    new_worker: impl Fn() -> Worker<'a> + Sync,
    merge: Merge<'_>,
) -> io::Result<Option<io::Error>> {
    let queue = ChunkQueue::new(chunks, jobs * UNDER_WAY_PER_JOB);
    let (shared, new_worker) = (&queue, &new_worker);
    std::thread::scope(|scope| -> io::Result<()> {
        let (sender, receiver) = channel();
        for _ in 1..jobs {
            let sender = sender.clone();
            let work = move || {
                let _close = CloseOnDrop(shared);
                let (mut worker, mut buffer) = (new_worker(), Vec::new());
                while let Some((number, chunk)) = shared.wait_for_chunk(buffer) {
                    let mut output = worker.run(chunk);
                    buffer = std::mem::take(&mut output.buffer);
                    if sender.send((number, output)).is_err() {
                        break;
                    }
                }
            };
            // A thread that cannot be had is one worker fewer; this thread works in any case.
            if std::thread::Builder::new().spawn_scoped(scope, work).is_err() {
                break;
            }
        }
        drop(sender);
        let _close = CloseOnDrop(shared);
        let (mut worker, mut buffer) = (new_worker(), Vec::new());
        let (mut early, mut merged) = (BTreeMap::new(), 0);
        loop {
            early.extend(receiver.try_iter());
            while let Some(output) = early.remove(&merged) {
                merge(output, shared.bytes_read())?;
                merged += 1;
            }
            match shared.next_step(merged, std::mem::take(&mut buffer)) {
                MergerStep::Assess(number, chunk) => {
                    let mut output = worker.run(chunk);
                    buffer = std::mem::take(&mut output.buffer);
                    early.insert(number, output);
                }
                MergerStep::Wait => early.extend([receiver.recv().map_err(io::Error::other)?]),
                MergerStep::Finish => return Ok(()),
            }
        }
    })?;
    Ok(queue.into_error())
}

/// The chunks to come, shared by all workers.
struct ChunkQueue<'c> {
    /// The most chunks that may be handed out and not yet merged.
    limit: usize,
    state: Mutex<QueueState<'c>>,
    /// Notified when another chunk may be handed out, or none is left.
    changed: Condvar,
}

struct QueueState<'c> {
    chunks: &'c mut dyn ChunkSource,
    handed_out: usize,
    merged: usize,
    /// True if no chunk is left.
    closed: bool,
    /// The error with which reading broke off.
    error: Option<io::Error>,
}

/// What the worker that merges does next.
enum MergerStep {
    /// Assess the chunk with this number.
    Assess(usize, Chunk),
    /// Wait for the output of another worker.
    Wait,
    /// Nothing: everything is merged.
    Finish,
}

impl<'c> ChunkQueue<'c> {
    fn new(chunks: &'c mut dyn ChunkSource, limit: usize) -> Self {
        let state = QueueState { chunks, handed_out: 0, merged: 0, closed: false, error: None };
        Self { limit, state: Mutex::new(state), changed: Condvar::new() }
    }

    /// Waits until another chunk may be handed out, and reads it into `buffer`; returns it with its number, `None` at the end.
    fn wait_for_chunk(&self, buffer: Vec<u8>) -> Option<(usize, Chunk)> {
        let mut state = self.lock();
        state.chunks.recycle(buffer);
        while !state.closed && state.handed_out - state.merged >= self.limit {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.next_chunk()
    }

    /// The next step of the merging worker, which has merged this many outputs. It never waits for the limit: only it merges.
    fn next_step(&self, merged: usize, buffer: Vec<u8>) -> MergerStep {
        let mut state = self.lock();
        state.chunks.recycle(buffer);
        state.merged = merged;
        self.changed.notify_all();
        if state.handed_out - merged < self.limit
            && let Some((number, chunk)) = state.next_chunk()
        {
            return MergerStep::Assess(number, chunk);
        }
        if state.handed_out == merged { MergerStep::Finish } else { MergerStep::Wait }
    }

    fn bytes_read(&self) -> u64 {
        self.lock().chunks.bytes_read()
    }

    fn lock(&self) -> MutexGuard<'_, QueueState<'c>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn into_error(self) -> Option<io::Error> {
        self.state.into_inner().unwrap_or_else(PoisonError::into_inner).error
    }
}

impl QueueState<'_> {
    fn next_chunk(&mut self) -> Option<(usize, Chunk)> {
        if self.closed {
            return None;
        }
        let chunk = self.chunks.next().unwrap_or_else(|error| {
            self.error = Some(error);
            None
        });
        self.closed = chunk.is_none();
        let number = self.handed_out;
        self.handed_out += usize::from(chunk.is_some());
        chunk.map(|chunk| (number, chunk))
    }
}

/// Closes the queue when a worker ends, even by a panic, so that no other worker waits for ever.
struct CloseOnDrop<'q, 'c>(&'q ChunkQueue<'c>);

impl Drop for CloseOnDrop<'_, '_> {
    fn drop(&mut self) {
        self.0.lock().closed = true;
        self.0.changed.notify_all();
    }
}
