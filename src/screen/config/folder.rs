//! The folders of this user: where settings lie, where it is remembered how studies were left; and reading the settings.

use super::{Config, Setup, Wishes, setup};
use crate::screen::terminal::{TerminalOptions, ask_ground};
use crate::screen::theme::Fault;
use directories::ProjectDirs;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The user's files as text.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Files {
    /// `config.ron`, if there is one.
    pub config: Option<String>,
    /// `keys.ron`, if there is one.
    pub keys: Option<String>,
    /// `themes/*.ron` as (name, text), in the order of their names.
    pub themes: Vec<(String, String)>,
    /// One sentence for each that could not be read.
    pub faults: Vec<String>,
}

impl Files {
    /// The files of a folder. What is not there is no fault.
    #[must_use]
    pub fn read(folder: &Path) -> Self {
        let mut files = Self::default();
        files.config = files.text(folder, "config.ron");
        files.keys = files.text(folder, "keys.ron");
        let mut names: Vec<String> = match fs::read_dir(folder.join("themes")) {
            Ok(entries) => {
                let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
                names.filter(|name| name.ends_with(".ron") && !name.starts_with('.')).collect()
            }
            Err(why) => {
                files.fault("themes", &why);
                Vec::new()
            }
        };
        names.sort_unstable();
        for name in names {
            if let Some(text) = files.text(folder, &format!("themes/{name}")) {
                files.themes.push((name, text));
            }
        }
        files
    }

    /// The settings, with what was not understood.
    #[must_use]
    pub fn config(&self) -> (Config, Vec<Fault>) {
        self.config.as_deref().map_or_else(Default::default, Config::parse)
    }

    fn text(&mut self, folder: &Path, name: &str) -> Option<String> {
        match fs::read_to_string(folder.join(name)) {
            Ok(text) => Some(text),
            Err(why) => {
                self.fault(name, &why);
                None
            }
        }
    }

    fn fault(&mut self, name: &str, why: &io::Error) {
        if why.kind() != io::ErrorKind::NotFound {
            self.faults.push(format!("{name} could not be read: {why}"));
        }
    }
}

/// The folder of this user's settings: `EMIC_CONFIG_DIR`, else what the system has for them.
#[must_use]
pub fn config_folder(var: impl Fn(&str) -> Option<String>) -> Option<PathBuf> {
    set(&var, "EMIC_CONFIG_DIR").or_else(|| Some(dirs()?.config_dir().to_owned()))
}

/// The folder where it is remembered how studies were left: `EMIC_STATE_DIR`, else what the system has for such.
#[must_use]
pub fn state_folder(var: impl Fn(&str) -> Option<String>) -> Option<PathBuf> {
    let of_system = |dirs: ProjectDirs| dirs.state_dir().unwrap_or_else(|| dirs.data_local_dir()).to_owned();
    set(&var, "EMIC_STATE_DIR").or_else(|| dirs().map(of_system))
}

/// The folder of this user's data, where the sample study is written: `EMIC_DATA_DIR`, else what the system has for it.
#[must_use]
pub fn data_folder(var: impl Fn(&str) -> Option<String>) -> Option<PathBuf> {
    set(&var, "EMIC_DATA_DIR").or_else(|| Some(dirs()?.data_dir().to_owned()))
}

fn dirs() -> Option<ProjectDirs> {
    ProjectDirs::from("", "", "emic")
}

fn set(var: &impl Fn(&str) -> Option<String>, name: &str) -> Option<PathBuf> {
    var(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// All that the program on a terminal is started with.
pub struct Start {
    /// What the program is set up with.
    pub setup: Setup,
    /// Whether the mouse is the program's: for [`App::mouse_on`](crate::screen::app::App::mouse_on).
    pub mouse: bool,
    /// How the terminal is used.
    pub terminal: TerminalOptions,
    /// One sentence for each thing that could not be used: for [`tell_faults`](super::tell_faults).
    pub faults: Vec<String>,
}

/// Reads this user's files and asks the terminal for its ground, if it may be asked. To be called before anything reads
/// from the terminal; `var` looks an environment variable up.
#[must_use]
pub fn start(wishes: &Wishes, var: impl Fn(&str) -> Option<String>) -> Start {
    let files = config_folder(&var).map_or_else(Files::default, |folder| Files::read(&folder));
    let config = files.config().0.with(wishes);
    let ground = if config.probe { ask_ground(&var) } else { Default::default() };
    let (setup, faults) = setup(&files, wishes, ground.mode, &var);
    let mut terminal = TerminalOptions::from_env(&var);
    terminal.answers = ground.answered();
    terminal.state = state_folder(&var);
    Start { setup, mouse: config.mouse, terminal, faults }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_read_where_they_are_and_missed_by_nobody_where_not() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(Files::read(folder.path()), Files::default());
        assert_eq!(Files::read(&folder.path().join("nowhere")), Files::default());
        fs::create_dir(folder.path().join("themes")).expect("made");
        fs::write(folder.path().join("config.ron"), "()").expect("written");
        fs::write(folder.path().join("keys.ron"), [0xff]).expect("written");
        for name in ["b.ron", "a.ron", "notes.txt", ".c.ron"] {
            fs::write(folder.path().join("themes").join(name), "(…)").expect("written");
        }
        let files = Files::read(folder.path());
        assert_eq!((files.config.as_deref(), files.keys), (Some("()"), None));
        let names: Vec<&str> = files.themes.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["a.ron", "b.ron"]);
        assert_eq!(files.faults.len(), 1);
        assert!(files.faults[0].starts_with("keys.ron could not be read: "));
    }

    #[test]
    fn the_environment_names_the_folders() {
        let var = |name: &str| name.starts_with("EMIC_").then(|| format!("/x/{name}"));
        assert_eq!(config_folder(var), Some(PathBuf::from("/x/EMIC_CONFIG_DIR")));
        assert_eq!(state_folder(var), Some(PathBuf::from("/x/EMIC_STATE_DIR")));
        assert_eq!(data_folder(var), Some(PathBuf::from("/x/EMIC_DATA_DIR")));
    }
}
