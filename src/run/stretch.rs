//! Stretches given to workers, and what came of them taken back in their order.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::sync::mpsc::{Receiver, channel, sync_channel};
use std::sync::{Mutex, PoisonError};

use crate::intake::{Chunk, Chunks};

use super::worker::{Told, Worker};

/// Takes what came of a stretch, and how many bytes had been read by then.
type Take<'t> = &'t mut dyn FnMut(Told, u64) -> io::Result<()>;

/// Runs all stretches through workers. An input that breaks off is given back as an error beside; what was read of it
/// was taken. Fails only if `take` does.
pub(super) fn in_order<'a, R: Read>(
    chunks: &mut Chunks<R>,
    jobs: usize,
    worker: impl Fn() -> Worker<'a> + Sync,
    take: Take<'_>,
) -> io::Result<Option<io::Error>> {
    if jobs == 1 {
        let mut worker = worker();
        loop {
            match chunks.next() {
                Ok(Some(chunk)) => {
                    let mut told = worker.tell(chunk);
                    chunks.take_back(std::mem::take(&mut told.memory));
                    take(told, chunks.bytes_read())?;
                }
                Ok(None) => return Ok(None),
                Err(error) => return Ok(Some(error)),
            }
        }
    }
    let (give, work) = sync_channel::<(usize, Chunk)>(jobs);
    let work = Mutex::new(work);
    let (work, worker) = (&work, &worker);
    std::thread::scope(|scope| {
        // Both ends are dropped however this ends, so that no worker waits for ever.
        let give = give;
        let (back, done) = channel();
        for _ in 0..jobs {
            let back = back.clone();
            scope.spawn(move || {
                let mut worker = worker();
                while let Some((number, chunk)) = next(work) {
                    if back.send((number, worker.tell(chunk))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(back);
        // Never more stretches under way than keep the workers busy, so that a slow one does not fill the memory.
        let most = jobs * 3;
        let mut order = Order { waiting: BTreeMap::new(), next: 0, given: 0 };
        let mut broken = None;
        loop {
            match chunks.next() {
                Ok(Some(chunk)) => {
                    if give.send((order.given, chunk)).is_err() {
                        break;
                    }
                    order.given += 1;
                }
                Ok(None) => break,
                Err(error) => {
                    broken = Some(error);
                    break;
                }
            }
            while order.given - order.next >= most {
                order.receive(&done, chunks, take)?;
            }
        }
        drop(give);
        while order.next < order.given {
            order.receive(&done, chunks, take)?;
        }
        Ok(broken)
    })
}

/// What came back too early.
struct Order {
    waiting: BTreeMap<usize, Told>,
    next: usize,
    given: usize,
}

impl Order {
    fn receive<R: Read>(&mut self, done: &Receiver<(usize, Told)>, chunks: &mut Chunks<R>, take: Take<'_>) -> io::Result<()> {
        let (number, mut told) = done.recv().map_err(io::Error::other)?;
        chunks.take_back(std::mem::take(&mut told.memory));
        self.waiting.insert(number, told);
        while let Some(told) = self.waiting.remove(&self.next) {
            self.next += 1;
            take(told, chunks.bytes_read())?;
        }
        Ok(())
    }
}

fn next(work: &Mutex<Receiver<(usize, Chunk)>>) -> Option<(usize, Chunk)> {
    work.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}
