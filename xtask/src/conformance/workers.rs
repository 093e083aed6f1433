//! Work for as many threads as there are cores, each with a folder of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::{Error, Result, project};

/// A folder that one worker alone uses; it goes when the work is done.
pub(super) struct Scratch(PathBuf);

impl Scratch {
    fn new(number: usize) -> Result<Self> {
        let name = format!("conformance-{}-{number}", std::process::id());
        let folder = project::target().join(name);
        fs::create_dir_all(&folder).map_err(Error::file(&folder))?;
        Ok(Self(folder))
    }

    pub(super) fn folder(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What stays behind lies among the other build products.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Does the work for each item, and returns what it came to in the same order; the first error
/// stops it. Tells every ten seconds how far it is.
pub(super) fn each<T: Sync, R: Send>(
    items: &[T],
    work: impl Fn(&Scratch, &T) -> Result<R> + Sync,
) -> Result<Vec<R>> {
    let next = AtomicUsize::new(0);
    let stop = AtomicUsize::new(usize::MAX);
    let told = Mutex::new(Instant::now());
    let threads = thread::available_parallelism().map_or(1, usize::from).min(items.len());
    let one = |number: usize| -> Result<Vec<(usize, R)>> {
        let scratch = Scratch::new(number)?;
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= items.len().min(stop.load(Ordering::Relaxed)) {
                return Ok(done);
            }
            let result = work(&scratch, &items[at]);
            if result.is_err() {
                stop.store(0, Ordering::Relaxed);
            }
            done.push((at, result?));
            tell(&told, at + 1, items.len());
        }
    };
    let results: Vec<Result<Vec<(usize, R)>>> = thread::scope(|scope| {
        let one = &one;
        let threads: Vec<_> = (0..threads).map(|number| scope.spawn(move || one(number))).collect();
        let join = |it: thread::ScopedJoinHandle<'_, _>| {
            it.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        threads.into_iter().map(join).collect()
    });
    let mut all = Vec::with_capacity(items.len());
    for result in results {
        all.extend(result?);
    }
    all.sort_by_key(|it| it.0);
    Ok(all.into_iter().map(|it| it.1).collect())
}

fn tell(told: &Mutex<Instant>, done: usize, all: usize) {
    const EVERY: Duration = Duration::from_secs(10);
    if let Ok(mut told) = told.lock()
        && told.elapsed() >= EVERY
    {
        *told = Instant::now();
        println!("  {done} of {all}");
    }
}
