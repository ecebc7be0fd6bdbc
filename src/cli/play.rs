//! `emic screen`: playing keys into the real program without a terminal, for documents, bug reports and tests.

use super::args::{LookArgs, Screen, ScreenFormat};
use super::failure::{Failure, failed};
use super::opening::{Desk, Work, Working, work};
use super::{names, out};
use crate::project::id::{Id, Mint, Stamp, fresh_id};
use crate::project::step::Line;
use crate::screen::ansi::ansi;
use crate::screen::app::{App, Setup, Tone};
use crate::screen::config::folder::Files;
use crate::screen::config::setup;
use crate::screen::play::Player;
use crate::screen::theme::AUTO;
use crate::session::{OnSaved, SystemMint};
use jiff::Timestamp;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tempfile::TempDir;

pub(super) fn run(args: &Screen, look: &LookArgs) -> Result<(), Failure> {
    let setup = built_in(look)?;
    // Looked at first: what is wrong with it is said of the project itself, not of a copy.
    let nobody = Working { who: &args.who, state: None, live: false, mint: Box::new(SystemMint::default()) };
    let n = Desk::before_working(&args.project, &nobody)?.n();
    let acks = args.acks.as_deref().map(Acks::open).transpose()?;
    let place = if args.write { Place::Itself(args.project.clone()) } else { Place::Copy(copy(&args.project)?) };

    let working = Working { who: &args.who, state: None, live: false, mint: Box::new(ScriptMint::new(args, n)) };
    let Work { mut study, notes, read_only } = work(place.folder(), working)?;
    if let Some(acks) = &acks {
        study.set_on_saved(acks.taker());
    }
    let mut app = App::new(study, setup);
    let told: Vec<String> =
        read_only.iter().map(|why| format!("open read-only: {why}")).chain(notes.iter().cloned()).collect();
    if !told.is_empty() {
        app.tell(Tone::Plain, told.join(" "));
    }
    let mut player = Player::new(app, args.size.width, args.size.height);
    for key in &args.keys.0 {
        player.press(*key);
    }
    let screen = match args.format {
        ScreenFormat::Text => player.text(),
        ScreenFormat::Ansi => ansi(player.screen()),
    };
    let left = player.leave();
    let printed = out::print(&screen);
    left?;
    if let Some(why) = acks.and_then(|acks| acks.trouble()) {
        return failed(why);
    }
    printed?;
    match read_only {
        Some(why) if args.write => failed(format!("nothing could be written: {why}")),
        _ => Ok(()),
    }
}

/// The settings that are built in, with what the command line says.
fn built_in(look: &LookArgs) -> Result<Setup, Failure> {
    // A terminal that can show everything; no user's variables.
    let var = |name: &str| match name {
        "TERM" => Some("xterm-256color".to_owned()),
        "COLORTERM" => Some("truecolor".to_owned()),
        "LANG" => Some("C.UTF-8".to_owned()),
        _ => None,
    };
    let (setup, _) = setup(&Files::default(), &look.wishes(), None, var);
    match &look.theme {
        Some(theme) if theme != AUTO && setup.library.get(theme).is_none() => {
            let known: Vec<&str> = setup.library.all().map(|theme| theme.id()).collect();
            let known = known.join(", ");
            Err(Failure::Usage(format!("there is no theme {theme} among those built in; they are {known}")))
        }
        _ => Ok(Setup { zone: jiff::tz::TimeZone::UTC, ..setup }),
    }
}

/// Where the program works.
enum Place {
    Itself(PathBuf),
    /// Gone when this goes.
    Copy(TempDir),
}

impl Place {
    fn folder(&self) -> &Path {
        match self {
            Self::Itself(folder) => folder,
            Self::Copy(folder) => folder.path(),
        }
    }
}

fn copy(project: &Path) -> Result<TempDir, Failure> {
    let copied = || -> io::Result<TempDir> {
        let folder = tempfile::Builder::new().prefix("emic-").tempdir()?;
        copy_into(project, folder.path())?;
        Ok(folder)
    };
    copied().map_err(|why| Failure::Failed(format!("{} could not be copied: {why}", names::shown(project))))
}

fn copy_into(from: &Path, to: &Path) -> io::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        let kind = entry.file_type()?;
        // What git keeps is no part of the project, and may be large.
        if kind.is_dir() && name != ".git" {
            fs::create_dir(to.join(&name))?;
            copy_into(&entry.path(), &to.join(&name))?;
        } else if entry.path().is_file() {
            // Written anew, so that the copy can be written where the original may not be.
            fs::write(to.join(&name), fs::read(entry.path())?)?;
        }
    }
    Ok(())
}

/// The file to which each step is added that is safe on disk.
struct Acks {
    path: PathBuf,
    file: Arc<File>,
    trouble: Arc<Mutex<Option<String>>>,
}

impl Acks {
    fn open(path: &Path) -> Result<Self, Failure> {
        let file = OpenOptions::new().create(true).append(true).open(path);
        let file = file.map_err(|why| Failure::Failed(format!("{} cannot be written: {why}", names::shown(path))))?;
        Ok(Self { path: path.to_owned(), file: Arc::new(file), trouble: Arc::default() })
    }

    /// Adds a line a step, in one piece, and waits until it is on disk: `4711 PB-7k3f code “Warm handoff”`.
    fn taker(&self) -> OnSaved {
        let (file, trouble, path) = (self.file.clone(), self.trouble.clone(), self.path.clone());
        Box::new(move |stamp: Stamp, line: &Line| {
            let did = line.did.split_whitespace().collect::<Vec<_>>().join(" ");
            let line = format!("{} {} {did}\n", stamp.0, stamp.1);
            if let Err(why) = (&*file).write_all(line.as_bytes()).and_then(|()| file.sync_data()) {
                let why = format!("{} could not be written: {why}", names::shown(&path));
                trouble.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(why);
            }
        })
    }

    fn trouble(&self) -> Option<String> {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Ids, time and random numbers of a script: fixed as far as it says.
struct ScriptMint {
    at: Option<Timestamp>,
    rng: fastrand::Rng,
    last: Id,
}

impl ScriptMint {
    fn new(args: &Screen, n: u64) -> Self {
        let seed = match args.seed {
            // With how much was done before: the same script played twice into a project must not mint the same ids.
            Some(seed) => seed ^ n.wrapping_mul(0x9E37_79B9_7F4A_7C15),
            None if args.write => SystemMint::default().random(),
            None => 0,
        };
        Self { at: args.at, rng: fastrand::Rng::with_seed(seed), last: Id::default() }
    }
}

impl Mint for ScriptMint {
    fn id(&mut self) -> Id {
        fresh_id(self.at.unwrap_or_else(Timestamp::now), &mut self.rng, &mut self.last)
    }

    fn now(&mut self) -> Timestamp {
        self.at.unwrap_or_else(|| SystemMint::default().now())
    }

    fn random(&mut self) -> u64 {
        self.rng.u64(..)
    }
}
