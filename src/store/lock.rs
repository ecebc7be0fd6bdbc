//! The lock: tells other programs that somebody works here. A courtesy; correctness never depends on it.

use super::checkpoint::LOCAL;
use super::disk::{Disk, Held};
use super::journal::one_line;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// Who holds a lock.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
struct Holder {
    coder: String,
    since: Timestamp,
    host: String,
    process: u32,
}

/// What came of taking a lock.
#[derive(Default)]
pub(crate) struct Lock {
    /// The lock, if it was free.
    pub(crate) held: Option<Box<dyn Held>>,
    /// Who has it, if it was not.
    pub(crate) note: Option<String>,
}

/// Takes the lock on `initials`' work in the project `folder`; if somebody has it, says who. That it cannot be taken
/// for another reason is of no interest.
pub(crate) fn take(disk: &dyn Disk, folder: &Path, initials: &str, now: Timestamp) -> Lock {
    let local = folder.join(LOCAL);
    // The lock itself cannot be read by others on some systems, so who holds it stands beside it.
    let holder = local.join(format!("lock-{initials}.ron"));
    match disk.lock(&local.join(format!("lock-{initials}"))) {
        Ok(Some(held)) => {
            let new = Holder { coder: initials.to_owned(), since: now, host: host(), process: std::process::id() };
            // Not synced: what it says is of no use after a power cut.
            let _ = disk.remove(&holder);
            let _ = disk.create_new(&holder).and_then(|mut file| file.append((one_line(&new) + "\n").as_bytes()));
            Lock { held: Some(held), note: None }
        }
        Ok(None) => {
            let read = disk.read(&holder).ok().and_then(|bytes| ron::de::from_bytes::<Holder>(&bytes).ok());
            let who = read.map_or_else(String::new, |holder| {
                format!(" (since {} on {}, process {})", holder.since, holder.host, holder.process)
            });
            let note = format!(
                "Another program is open on {initials}'s work{who}. Both can go on: what each does is kept and joined."
            );
            Lock { held: None, note: Some(note) }
        }
        Err(_) => Lock::default(),
    }
}

fn host() -> String {
    let said = ["HOSTNAME", "COMPUTERNAME"].iter().find_map(|name| std::env::var(name).ok());
    let said = said.or_else(|| std::fs::read_to_string("/etc/hostname").ok());
    said.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).unwrap_or_else(|| "this machine".to_owned())
}
