//! Reading and looking at files beside the screen: one thread, stopped when nobody waits for it any more.

use crate::exchange::import::{Choices, Entry, Prepared, State};
use crate::exchange::plain::{SizeVerdict, size_check};
use crate::screen::paths::{self, Found};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};

/// Files of more bytes than this, and more than one file, are read beside the screen.
pub const AT_ONCE: u64 = 1 << 20;
/// How much is read of a file before it is asked whether anybody still waits.
const CHUNK: usize = 4 << 20;

/// What the thread has to tell.
pub enum News {
    /// How many files there are.
    Total(usize),
    /// Which file is being read.
    Reading(String),
    /// A file has been read and looked at, or could not be: a new one, or in the place of one that is there.
    Entry(Option<usize>, PathBuf, Box<Entry>),
}

/// Work beside the screen. Letting go of it stops it.
pub struct Reader {
    news: Receiver<News>,
    stop: Arc<AtomicBool>,
    /// How many files are done.
    pub done: usize,
    /// How many there are, as far as is known.
    pub total: usize,
    /// The file that is being read.
    pub current: String,
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

/// Whom the work tells, and whether anybody still waits.
pub struct Desk {
    to: Sender<News>,
    stop: Arc<AtomicBool>,
}

impl Desk {
    fn tell(&self, news: News) {
        // Nobody waits any more: the work ends at its next look.
        let _nobody_waits = self.to.send(news);
    }

    /// Whether nobody waits any more.
    #[must_use]
    pub fn is_left(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

impl Reader {
    /// Does `work`: on a thread of its own if `beside`, else now.
    #[must_use]
    pub fn start(beside: bool, work: impl FnOnce(&Desk) + Send + 'static) -> Self {
        let (to, news) = channel();
        let stop = Arc::new(AtomicBool::new(false));
        let desk = Desk { to, stop: stop.clone() };
        if beside {
            // If no thread can be had, the work is gone and the channel closed: that is heard as its end.
            let _thread = std::thread::Builder::new().name("import".into()).spawn(move || work(&desk));
        } else {
            work(&desk);
        }
        Self { news, stop, done: 0, total: 0, current: String::new() }
    }

    /// What there is to hear; `None` when the work is done and all was heard.
    pub fn hear(&mut self) -> Option<Vec<News>> {
        let mut out = Vec::new();
        loop {
            match self.news.try_recv() {
                Ok(news) => {
                    match &news {
                        News::Total(total) => self.total = *total,
                        News::Reading(name) => self.current.clone_from(name),
                        News::Entry(..) => self.done += 1,
                    }
                    out.push(news);
                }
                Err(TryRecvError::Empty) => return Some(out),
                Err(TryRecvError::Disconnected) if out.is_empty() => return None,
                Err(TryRecvError::Disconnected) => return Some(out),
            }
        }
    }
}

/// Whether what is at these paths is read beside the screen.
#[must_use]
pub fn is_long(paths: &[PathBuf]) -> bool {
    let short = |path: &PathBuf| std::fs::metadata(path).is_ok_and(|data| data.is_file() && data.len() <= AT_ONCE);
    !matches!(paths, [one] if short(one) || !one.exists())
}

/// Reads and looks at all files at `paths`.
pub fn read_all(paths: &[PathBuf], desk: &Desk) {
    let mut all: Vec<Found> = paths.iter().flat_map(|path| paths::gather(path, &desk.stop)).collect();
    let mut seen = std::collections::HashSet::new();
    all.retain(|found| seen.insert(found.path.clone()));
    desk.tell(News::Total(all.len()));
    for found in all {
        if desk.is_left() {
            return;
        }
        desk.tell(News::Reading(found.shown.clone()));
        let state = match found.file {
            Err(why) => State::Cannot(why),
            Ok(len) => match size_check(len) {
                SizeVerdict::Fine => read(&found.path, &Choices::default(), desk),
                SizeVerdict::Ask => State::Asks(len),
                SizeVerdict::Refused => State::Cannot(format!(
                    "it is too large to be a transcript ({} MB); cut it into parts of less than 1 GB",
                    len >> 20
                )),
            },
        };
        desk.tell(News::Entry(None, found.path, Box::new(Entry::new(found.shown, state))));
    }
}

/// Reads and looks at one file, in the place of entry `at`.
pub fn read_again(at: usize, shown: &str, path: &Path, choices: &Choices, desk: &Desk) {
    desk.tell(News::Total(1));
    desk.tell(News::Reading(shown.to_owned()));
    let state = read(path, choices, desk);
    desk.tell(News::Entry(Some(at), path.to_owned(), Box::new(Entry::new(shown, state))));
}

/// Changes a text that is read already, in the place of entry `at`.
pub fn change(at: usize, path: &Path, mut entry: Entry, with: impl FnOnce(&mut Prepared), desk: &Desk) {
    desk.tell(News::Total(1));
    desk.tell(News::Reading(entry.file.clone()));
    if let Some(prepared) = entry.prepared_mut() {
        with(prepared);
    }
    desk.tell(News::Entry(Some(at), path.to_owned(), Box::new(entry)));
}

/// Looks at a text that is in the project already.
pub fn look(shown: &str, make: impl FnOnce() -> Prepared, desk: &Desk) {
    desk.tell(News::Total(1));
    desk.tell(News::Reading(shown.to_owned()));
    let state = State::Ready(Box::new(make()));
    desk.tell(News::Entry(None, PathBuf::new(), Box::new(Entry::new(shown, state))));
}

fn read(path: &Path, choices: &Choices, desk: &Desk) -> State {
    let bytes = match bytes_of(path, desk) {
        Ok(bytes) => bytes,
        Err(why) => return State::Cannot(paths::plain(&why)),
    };
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    match Prepared::new(&name, &bytes, choices) {
        Ok(prepared) => State::Ready(Box::new(prepared)),
        Err(why) => State::Cannot(why.to_string()),
    }
}

fn bytes_of(path: &Path, desk: &Desk) -> std::io::Result<Vec<u8>> {
    let mut file = std::fs::File::open(path)?;
    let mut bytes = Vec::new();
    loop {
        let more = Read::by_ref(&mut file).take(CHUNK as u64).read_to_end(&mut bytes)?;
        // A file that grows while it is read would never end.
        let too_large = size_check(bytes.len() as u64) == SizeVerdict::Refused;
        if more == 0 || desk.is_left() || too_large {
            return Ok(bytes);
        }
    }
}
