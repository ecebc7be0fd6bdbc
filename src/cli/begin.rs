//! `emic new`: beginning with a project of one's own.

use super::args::New;
use super::failure::Failure;
use super::{names, out};
use crate::session::SystemMint;
use crate::store::{NewProject, RealDisk, create};

pub(super) fn new(args: &New) -> Result<(), Failure> {
    let New { dir, title, coder, name } = args;
    let project = NewProject { title: title.clone(), initials: coder.clone(), name: name.clone() };
    create(&RealDisk, dir, &project, &mut SystemMint::default())?;
    let shown = names::shown(dir);
    let folder = quoted(&shown);
    out::say(&format!(
        "“{title}” is in {shown}.\nTake in transcripts with: emic import {folder} FILE…\nOpen it with: emic {folder}"
    ))
}

/// A path as a shell takes it.
pub(super) fn quoted(path: &str) -> String {
    shell_words::quote(path).into_owned()
}
