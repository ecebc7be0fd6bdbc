//! Files and folders as they are typed: completion, the home folder, and what there is to import in a folder.
//!
//! With the reading of the files themselves, this is all that importing does on the disk.

use directories::BaseDirs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// Endings of files that are taken from a folder.
const TEXTS: [&str; 4] = ["txt", "md", "text", "markdown"];
/// Endings of files that are known to be no plain texts, with what they are.
const OTHERS: &[(&[&str], &str)] = &[
    (&["docx", "docm", "doc", "dot"], "a Word document"),
    (&["odt", "ott"], "an OpenDocument text"),
    (&["rtf"], "a rich-text document"),
    (&["pdf"], "a PDF"),
    (&["vtt", "srt", "sbv"], "subtitles"),
    (&["xlsx", "xls", "ods", "csv", "tsv"], "a table"),
    (&["pptx", "ppt", "odp"], "a presentation"),
    (&["mp3", "m4a", "wav", "ogg", "flac", "aac", "wma", "opus"], "a sound recording"),
    (&["mp4", "mov", "avi", "mkv", "webm"], "a film"),
    (&["jpg", "jpeg", "png", "gif", "tif", "tiff", "heic", "svg"], "a picture"),
    (&["zip", "gz", "7z", "rar", "tar"], "an archive"),
    (&["htm", "html", "xml", "json", "ron", "yaml", "yml"], "a file for programs"),
    (&["qdpx", "qdc", "qda", "nvp", "nvpx", "mx20", "mx22", "mx24", "atlproj"], "another program's project"),
];
/// The most files that are taken in at once.
pub const MOST: usize = 5_000;

/// A name in a folder.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Listed {
    /// The name.
    pub name: String,
    /// Whether it is a folder.
    pub is_folder: bool,
}

/// What Tab makes of a path that is being typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Completed {
    /// The path as far as it is certain.
    pub path: String,
    /// What can follow, if more than one name can: names, folders with a slash.
    pub offered: Vec<String>,
}

/// A file found where the analyst pointed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
    /// Where it is.
    pub path: PathBuf,
    /// As it is shown: below the folder that was asked for.
    pub shown: String,
    /// Its length in bytes, or why it is not taken: one sentence.
    pub file: Result<u64, String>,
}

/// The path that was typed, `~` made the home folder.
#[must_use]
pub fn expand(typed: &str) -> PathBuf {
    let typed = typed.trim();
    let rest = typed.strip_prefix('~').filter(|rest| rest.is_empty() || rest.starts_with(['/', '\\']));
    match (rest, BaseDirs::new()) {
        (Some(rest), Some(dirs)) => dirs.home_dir().join(rest.trim_start_matches(['/', '\\'])),
        _ => PathBuf::from(typed),
    }
}

/// The files or folders that were typed: one, or several as a shell and file managers write them (quoted, apart by
/// spaces). A path that exists as it stands is one.
#[must_use]
pub fn typed(words: &str) -> Vec<PathBuf> {
    let whole = expand(words);
    if whole.exists() {
        return vec![whole];
    }
    let unquoted = words.replace("file://", "");
    match shell_words::split(&unquoted) {
        Ok(parts) if parts.len() > 1 || parts.first().is_some_and(|part| part != words.trim()) => {
            parts.iter().map(|part| expand(part)).collect()
        }
        _ => vec![whole],
    }
}

/// Completes a path; `list` gives the names in a folder.
pub fn complete(typed: &str, list: impl Fn(&Path) -> Vec<Listed>) -> Completed {
    if typed == "~" {
        return Completed { path: "~/".to_owned(), offered: Vec::new() };
    }
    let cut = typed.rfind(['/', std::path::MAIN_SEPARATOR]).map_or(0, |at| at + 1);
    let (folder, start) = typed.split_at(cut);
    let place = if folder.is_empty() { PathBuf::from(".") } else { expand(folder) };
    let mut fits: Vec<Listed> = list(&place);
    // Hidden names only if asked for.
    fits.retain(|one| one.name.starts_with(start) && (start.starts_with('.') || !one.name.starts_with('.')));
    if fits.is_empty() {
        let small = start.to_lowercase();
        fits = list(&place);
        fits.retain(|one| one.name.to_lowercase().starts_with(&small) && !one.name.starts_with('.'));
    }
    fits.sort_by(|a, b| a.name.cmp(&b.name));
    let slash = |one: &Listed| if one.is_folder { format!("{}/", one.name) } else { one.name.clone() };
    match fits.as_slice() {
        [] => Completed { path: typed.to_owned(), offered: Vec::new() },
        [one] => Completed { path: format!("{folder}{}", slash(one)), offered: Vec::new() },
        [first, others @ ..] => {
            let agree = |n: usize, c: char| others.iter().all(|other| other.name.chars().nth(n) == Some(c));
            let common: String =
                first.name.chars().enumerate().take_while(|(n, c)| agree(*n, *c)).map(|(_, c)| c).collect();
            let certain = if common.chars().count() >= start.chars().count() { &common } else { start };
            Completed { path: format!("{folder}{certain}"), offered: fits.iter().map(slash).collect() }
        }
    }
}

/// The names in a folder; none if it cannot be read.
#[must_use]
pub fn list(folder: &Path) -> Vec<Listed> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let listed = entries.flatten().map(|entry| Listed {
        name: entry.file_name().to_string_lossy().into_owned(),
        is_folder: entry.path().is_dir(),
    });
    listed.collect()
}

/// The files at a path: itself, or those in a folder and the folders in it, hidden ones left out. Links to folders are
/// not followed. Ends early when `stop` is set.
#[must_use]
pub fn gather(path: &Path, stop: &AtomicBool) -> Vec<Found> {
    if !path.is_dir() {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        return vec![Found { path: path.to_owned(), file: length(path), shown: name }];
    }
    let mut out = Vec::new();
    walk(path, path, stop, &mut out);
    out
}

fn walk(root: &Path, folder: &Path, stop: &AtomicBool, out: &mut Vec<Found>) {
    let shown = |path: &Path| path.strip_prefix(root).unwrap_or(path).to_string_lossy().into_owned();
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(why) => {
            let file = Err(format!("the folder cannot be read: {}", plain(&why)));
            out.push(Found { path: folder.to_owned(), shown: shown(folder), file });
            return;
        }
    };
    let mut paths: Vec<(bool, PathBuf)> = entries
        .flatten()
        .filter(|entry| !entry.file_name().to_string_lossy().starts_with('.'))
        .map(|entry| (entry.file_type().is_ok_and(|kind| kind.is_dir()), entry.path()))
        .collect();
    paths.sort();
    for (is_folder, path) in paths {
        if stop.load(Ordering::Relaxed) || out.len() > MOST {
            return;
        }
        if out.len() == MOST {
            let file = Err(format!("there are more than {MOST} files here; import folder by folder"));
            out.push(Found { shown: shown(&path), path, file });
        } else if is_folder {
            walk(root, &path, stop, out);
        } else if !path.is_dir() {
            let file = if ends_in(&path, &TEXTS) { length(&path) } else { Err(not_plain(&path)) };
            out.push(Found { shown: shown(&path), path, file });
        }
    }
}

fn ends_in(path: &Path, endings: &[&str]) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| endings.contains(&ending.as_str()))
}

/// Why a file with another ending is not taken.
fn not_plain(path: &Path) -> String {
    let known = OTHERS.iter().find(|(endings, _)| ends_in(path, endings));
    match (known, path.extension()) {
        (Some((_, what)), _) => format!("not a plain text: {what}; save it as plain text (UTF-8) and import that"),
        (None, Some(ending)) => {
            format!("not a plain text by its ending .{}; import it by itself if it is one", ending.to_string_lossy())
        }
        (None, None) => "it has no ending such as .txt; import it by itself if it is a text".to_owned(),
    }
}

/// The length of a file, or why it cannot be read as a plain text.
fn length(path: &Path) -> Result<u64, String> {
    let known = OTHERS.iter().take(4).find(|(endings, _)| ends_in(path, endings));
    match std::fs::metadata(path) {
        Ok(data) if data.is_file() => match known {
            Some(_) => Err(not_plain(path)),
            None => Ok(data.len()),
        },
        Ok(_) => Err("it is no file".to_owned()),
        Err(why) => Err(plain(&why)),
    }
}

/// Why a file cannot be read, in words.
#[must_use]
pub fn plain(why: &std::io::Error) -> String {
    match why.kind() {
        std::io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        std::io::ErrorKind::PermissionDenied => "you may not read it; ask whoever owns it for permission".to_owned(),
        _ => format!("it cannot be read: {why}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some(folder: &Path) -> Vec<Listed> {
        let names: &[&str] = match folder.to_str() {
            Some("data/") => &["P07-nurse.txt", "P07-note.txt", "Other", ".hidden"],
            Some(".") => &["data/"],
            _ => &[],
        };
        let listed = |name: &&str| Listed { name: name.trim_end_matches('/').into(), is_folder: !name.contains('.') };
        names.iter().map(listed).collect()
    }

    #[test]
    fn tab_completes_as_far_as_it_is_certain_and_offers_the_rest() {
        let done = |typed| complete(typed, some);
        assert_eq!(done("da").path, "data/");
        let two = done("data/P");
        assert_eq!((two.path.as_str(), two.offered.len()), ("data/P07-n", 2));
        assert_eq!(done("data/P07-nu").path, "data/P07-nurse.txt");
        assert_eq!(done("data/ot").path, "data/Other/", "capitals do not matter where nothing else fits");
        assert_eq!(done("data/x").path, "data/x");
        assert_eq!(done("data/").offered.len(), 3, "hidden names are left out");
        assert_eq!(done("~").path, "~/");
    }

    #[test]
    fn a_folder_gives_its_texts_and_says_what_else_is_there() {
        let root = tempfile::tempdir().expect("a folder");
        std::fs::create_dir_all(root.path().join("a/.git")).expect("folders");
        for name in ["a/one.txt", "two.MD", "three.docx", ".hidden.txt", "a/.git/x.txt", "README"] {
            std::fs::write(root.path().join(name), "x").expect("a file");
        }
        let found = gather(root.path(), &AtomicBool::new(false));
        let said: Vec<(String, bool)> =
            found.iter().map(|one| (one.shown.replace('\\', "/"), one.file.is_ok())).collect();
        let expected = [("README", false), ("three.docx", false), ("two.MD", true), ("a/one.txt", true)];
        assert_eq!(said.len(), expected.len());
        for (name, is_text) in expected {
            assert!(said.contains(&(name.to_owned(), is_text)), "{name}: {said:?}");
        }
        let alone = gather(&root.path().join("README"), &AtomicBool::new(false));
        assert_eq!(alone[0].file, Ok(1), "by itself, any file is tried");
        let docx = gather(&root.path().join("three.docx"), &AtomicBool::new(false));
        assert!(docx[0].file.as_ref().is_err_and(|why| why.contains("a Word document")));
        let none = gather(&root.path().join("none.txt"), &AtomicBool::new(false));
        assert_eq!(none[0].file, Err("there is no such file or folder".to_owned()));
    }

    #[test]
    fn paths_as_a_file_manager_drops_them_are_taken_apart() {
        let paths = typed("'/tmp/no such/one.txt' /tmp/two.txt");
        assert_eq!(paths, [PathBuf::from("/tmp/no such/one.txt"), PathBuf::from("/tmp/two.txt")]);
        assert_eq!(typed("/no/such file.txt").len(), 2);
        assert_eq!(typed("/no/such.txt"), [PathBuf::from("/no/such.txt")]);
    }
}
