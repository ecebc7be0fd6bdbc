//! This user's folders: where settings lie, where is remembered what was done last, where the sample study goes.

use super::args::LookArgs;
use crate::screen::config::folder;
use std::path::{Path, PathBuf};

/// A variable of the environment.
pub(super) fn var(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The same with what the command line says of the folder of settings.
pub(super) fn var_with(look: &LookArgs) -> impl Fn(&str) -> Option<String> {
    let said = look.config_dir.as_ref().map(|dir| dir.to_string_lossy().into_owned());
    move |name| match (name, &said) {
        ("EMIC_CONFIG_DIR", Some(dir)) => Some(dir.clone()),
        _ => var(name),
    }
}

/// The folder where is remembered what this user did last.
pub(super) fn state() -> Option<PathBuf> {
    folder::state_folder(var)
}

/// The folder of this name for the sample study.
pub(super) fn demo(name: &str) -> Option<PathBuf> {
    Some(folder::data_folder(var)?.join(name))
}

/// The project that was opened last, if it is still there.
pub(super) fn last_opened() -> Option<PathBuf> {
    let read = std::fs::read_to_string(state()?.join(LAST)).ok()?;
    Some(PathBuf::from(read.trim_end_matches('\n'))).filter(|path| path.is_absolute())
}

/// Remembers the project that is opened. That it cannot is no reason to disturb anybody.
pub(super) fn remember_opened(project: &Path) {
    let Some(state) = state() else { return };
    if let Ok(path) = std::fs::canonicalize(project)
        && let Some(path) = path.to_str()
        && std::fs::create_dir_all(&state).is_ok()
    {
        let _remembered = std::fs::write(state.join(LAST), format!("{path}\n"));
    }
}

/// The file that names the project opened last.
const LAST: &str = "last-project";
