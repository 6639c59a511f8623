//! Stretches taken by workers as they get free, and what came of them taken in in their order.
//!
//! Each worker reads the stretch that it tells, so that it has it at hand: what another processor has read is far away. The
//! thread that takes in what came of the stretches is one of the workers.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::sync::mpsc::channel;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::intake::{Chunk, Chunks};

use super::worker::{ChunkOutput, Worker};

/// Takes what came of a stretch, and how many bytes had been read by then.
type Take<'t> = &'t mut dyn FnMut(ChunkOutput, u64) -> io::Result<()>;

/// Runs all stretches through workers. An input that breaks off is given back as an error beside; what was read of it
/// was taken. Fails only if `take` does.
pub(super) fn in_order<'a, R: Read + Send>(
    chunks: &mut Chunks<R>,
    jobs: usize,
    worker: impl Fn() -> Worker<'a> + Sync,
    take: Take<'_>,
) -> io::Result<Option<io::Error>> {
    // Never more stretches under way than keep the workers busy, so that a slow one does not fill the memory.
    let queue = Queue::new(chunks, jobs * 3);
    let (queue_of_all, worker) = (&queue, &worker);
    std::thread::scope(|scope| -> io::Result<()> {
        let (back, done) = channel();
        for _ in 1..jobs {
            let back = back.clone();
            scope.spawn(move || {
                let _end = EndForAll(queue_of_all);
                let (mut worker, mut memory) = (worker(), Vec::new());
                while let Some((number, chunk)) = queue_of_all.wait_for_next(memory) {
                    let mut told = worker.tell(chunk);
                    memory = std::mem::take(&mut told.memory);
                    if back.send((number, told)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(back);
        let _end = EndForAll(queue_of_all);
        let (mut worker, mut memory) = (worker(), Vec::new());
        let (mut early, mut taken) = (BTreeMap::new(), 0);
        loop {
            early.extend(done.try_iter());
            while let Some(told) = early.remove(&taken) {
                take(told, queue_of_all.bytes_read())?;
                taken += 1;
            }
            match queue_of_all.next(taken, std::mem::take(&mut memory)) {
                Next::Stretch(number, chunk) => {
                    let mut told = worker.tell(chunk);
                    memory = std::mem::take(&mut told.memory);
                    early.insert(number, told);
                }
                Next::Wait => early.extend([done.recv().map_err(io::Error::other)?]),
                Next::End => return Ok(()),
            }
        }
    })?;
    Ok(queue.broken())
}

/// The stretches to come.
struct Queue<'c, R> {
    /// How many may be under way.
    most: usize,
    state: Mutex<State<'c, R>>,
    /// There is room for another stretch, or there is none to come.
    changed: Condvar,
}

struct State<'c, R> {
    chunks: &'c mut Chunks<R>,
    /// How many were given to workers, and of these, how many came back and were taken.
    given: usize,
    taken: usize,
    /// There is no other to come.
    ended: bool,
    /// What the input broke off with.
    broken: Option<io::Error>,
}

/// What is to be done next.
enum Next {
    /// To tell a stretch, with its number.
    Stretch(usize, Chunk),
    /// To wait for what another worker tells.
    Wait,
    /// Nothing: all is taken.
    End,
}

impl<'c, R: Read> Queue<'c, R> {
    fn new(chunks: &'c mut Chunks<R>, most: usize) -> Self {
        let state = State { chunks, given: 0, taken: 0, ended: false, broken: None };
        Self { most, state: Mutex::new(state), changed: Condvar::new() }
    }

    /// The next stretch for a worker that takes nothing, as soon as there is room; none at the end. `memory` is read into again.
    fn wait_for_next(&self, memory: Vec<u8>) -> Option<(usize, Chunk)> {
        let mut state = self.state();
        state.chunks.recycle(memory);
        while !state.ended && state.given - state.taken >= self.most {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.next()
    }

    /// What the worker does next that has taken so many. It does not wait for room, since it makes it.
    fn next(&self, taken: usize, memory: Vec<u8>) -> Next {
        let mut state = self.state();
        state.chunks.recycle(memory);
        state.taken = taken;
        self.changed.notify_all();
        if state.given - taken < self.most
            && let Some((number, chunk)) = state.next()
        {
            return Next::Stretch(number, chunk);
        }
        if state.given == taken { Next::End } else { Next::Wait }
    }

    fn bytes_read(&self) -> u64 {
        self.state().chunks.bytes_read()
    }

    fn state(&self) -> MutexGuard<'_, State<'c, R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the input broke off with, if it did.
    fn broken(self) -> Option<io::Error> {
        self.state.into_inner().unwrap_or_else(PoisonError::into_inner).broken
    }
}

impl<R: Read> State<'_, R> {
    fn next(&mut self) -> Option<(usize, Chunk)> {
        if self.ended {
            return None;
        }
        let chunk = self.chunks.next().unwrap_or_else(|error| {
            self.broken = Some(error);
            None
        });
        self.ended = chunk.is_none();
        let number = self.given;
        self.given += usize::from(chunk.is_some());
        chunk.map(|chunk| (number, chunk))
    }
}

/// However a worker ends, there is nothing more to wait for, so that no other waits for ever.
struct EndForAll<'q, 'c, R: Read>(&'q Queue<'c, R>);

impl<R: Read> Drop for EndForAll<'_, '_, R> {
    fn drop(&mut self) {
        self.0.state().ended = true;
        self.0.changed.notify_all();
    }
}
