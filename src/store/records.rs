//! Record files: the project as it stands, to be read and compared by people, derived from the journals.
//!
//! One record a line, each saying what it is and which line changed it last:
//!
//! ```text
//! (
//!     version: 1,
//!     codes: [
//!         (record: Code(id: "…", name: "Warm handoff", …), rev: (12, "PB-7k3f")),
//!     ],
//! )
//! ```
//!
//! The same project gives the same bytes. Because every line says what it is, files that git joined by union are read
//! as well: of two lines about one record the one with the greater `rev` counts.

mod disputed;
mod kinds;
mod parse;
mod quick;
mod write;

pub use disputed::disputed;
pub use kinds::{File, Records, file_of, section_of};
pub use parse::{Bad, parse};
pub use write::{ORPHANS, files_of, stem_of, tombstones};

use super::disk::Disk;
use std::io;
use std::path::{Path, PathBuf};

/// The record files that are in the project `folder`, relative to it, in order.
///
/// # Errors
/// If a folder cannot be listed.
pub fn list(disk: &dyn Disk, folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut out: Vec<PathBuf> = Vec::new();
    let top = disk.list(folder)?;
    let known = |name: &str| File::ALL.iter().any(|file| file.at_top() == Some(name));
    out.extend(
        top.iter().filter(|found| !found.is_folder && known(&found.name)).map(|found| PathBuf::from(&found.name)),
    );
    if !top.iter().any(|found| found.is_folder && found.name == "coders") {
        return Ok(out);
    }
    for coder in disk.list(&folder.join("coders"))?.into_iter().filter(|found| found.is_folder) {
        let own = Path::new("coders").join(&coder.name);
        let known = |name: &str| File::ALL.iter().any(|file| file.of_coder() == Some(name));
        for found in disk.list(&folder.join(&own))? {
            if found.is_folder && found.name == "codings" {
                let codings = own.join("codings");
                let files = disk.list(&folder.join(&codings))?.into_iter().filter(|found| !found.is_folder);
                out.extend(files.filter(|found| found.name.ends_with(".ron")).map(|found| codings.join(found.name)));
            } else if !found.is_folder && known(&found.name) {
                out.push(own.join(&found.name));
            }
        }
    }
    out.sort();
    Ok(out)
}
