//! `emic merge`: taking what another copy of a project has into this one.

use super::args::Merge;
use super::failure::{Failure, failed};
use super::{names, out};
use crate::store::{Disk, RealDisk, merge};

pub(super) fn run(args: &Merge) -> Result<(), Failure> {
    if RealDisk.canonical(&args.into) == RealDisk.canonical(&args.from) {
        return failed(format!("{} and {} are the same folder", names::shown(&args.into), names::shown(&args.from)));
    }
    let merged = merge(&RealDisk, &args.into, &args.from)?;
    for note in &merged.notes {
        out::note(note);
    }
    let (into, from) = (names::shown(&args.into), names::shown(&args.from));
    if merged.lines == 0 && merged.texts == 0 {
        return out::say(&format!("{into} has everything that {from} has; nothing was changed"));
    }
    let steps = out::counted(merged.lines, "step", "steps");
    let files = out::counted(merged.texts, "file", "files");
    out::say(&format!("{steps} and {files} of sources were taken from {from} into {into}"))
}
