//! The user's own editor: a text goes out to a file of nobody else's, and comes back.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, ExitStatus};

/// The words of the command that the environment names as the editor: `$VISUAL`, else `$EDITOR`.
///
/// # Errors
/// A sentence if neither is set, or if what is set cannot be read as words.
pub(super) fn command(var: impl Fn(&str) -> Option<String>) -> Result<Vec<String>, String> {
    let set = ["VISUAL", "EDITOR"].into_iter().find_map(|name| {
        let value = var(name).filter(|value| !value.trim().is_empty())?;
        Some((name, value))
    });
    let Some((name, value)) = set else {
        return Err("no editor is set; put its command into $VISUAL or $EDITOR".into());
    };
    let words = shell_words::split(&value).map_err(|why| format!("${name} cannot be read: {why}"))?;
    if words.is_empty() { Err(format!("${name} names no program")) } else { Ok(words) }
}

/// Has `text` edited by the program that `words` name, which `run` runs and waits for. The file lies in a folder that only
/// this user can enter, and both are gone when this returns, whatever happened.
///
/// # Errors
/// A sentence; the text is then as it was.
pub(super) fn edit(
    text: &str,
    words: &[String],
    run: impl FnOnce(&mut Command) -> io::Result<ExitStatus>,
) -> Result<String, String> {
    let unchanged = |what: String| format!("{what}; the memo is unchanged");
    let [program, arguments @ ..] = words else { return Err(unchanged("no editor is set".into())) };
    let folder =
        private_folder().map_err(|why| unchanged(format!("there is no place for the editor's file: {why}")))?;
    let path = folder.path().join("memo.md");
    write_private(&path, text).map_err(|why| unchanged(format!("the editor's file cannot be written: {why}")))?;
    let status = run(Command::new(program).args(arguments).arg(&path)).map_err(|why| match why.kind() {
        io::ErrorKind::NotFound => unchanged(format!("the editor “{program}” is not found")),
        _ => unchanged(format!("the editor “{program}” cannot be started: {why}")),
    })?;
    if !status.success() {
        return Err(unchanged(format!("the editor “{program}” gave up ({status})")));
    }
    fs::read_to_string(&path).map_err(|why| unchanged(format!("what the editor wrote cannot be read: {why}")))
}

fn private_folder() -> io::Result<tempfile::TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix("emic-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder.tempdir()
}

fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    if !text.is_empty() && !text.ends_with('\n') {
        file.write_all(b"\n")?;
    }
    file.flush()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::cell::RefCell;
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::ExitStatusExt;
    use std::path::PathBuf;

    fn words(command: &str) -> Vec<String> {
        shell_words::split(command).expect("words")
    }

    #[test]
    fn visual_goes_before_editor_and_is_split_as_a_shell_does() {
        let var = |pairs: &'static [(&str, &str)]| {
            move |name: &str| pairs.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned())
        };
        assert_eq!(command(var(&[("VISUAL", "code --wait 'a b'"), ("EDITOR", "vi")])), Ok(words("code --wait 'a b'")));
        assert_eq!(command(var(&[("VISUAL", " "), ("EDITOR", "vi")])), Ok(words("vi")));
        assert!(command(var(&[])).expect_err("none").contains("$VISUAL or $EDITOR"));
        assert!(command(var(&[("EDITOR", "vi 'x")])).expect_err("torn").contains("$EDITOR"));
    }

    #[test]
    fn the_file_is_private_and_gone_afterwards_and_its_text_comes_back() {
        let seen: RefCell<Option<PathBuf>> = RefCell::default();
        let back = edit("Title\n\nbödy", &words("ed -s"), |command| {
            let arguments: Vec<_> = command.get_args().map(|word| word.to_owned()).collect();
            assert_eq!(arguments[0], "-s");
            let path = PathBuf::from(&arguments[1]);
            assert_eq!(fs::metadata(&path)?.permissions().mode() & 0o777, 0o600);
            assert_eq!(fs::metadata(path.parent().expect("a folder"))?.permissions().mode() & 0o777, 0o700);
            assert_eq!(path.extension().and_then(|e| e.to_str()), Some("md"));
            assert_eq!(fs::read_to_string(&path)?, "Title\n\nbödy\n");
            fs::write(path.with_extension("md~"), "a backup")?;
            fs::write(&path, "Title\n\nother\n")?;
            *seen.borrow_mut() = Some(path);
            Ok(ExitStatus::from_raw(0))
        });
        assert_eq!(back.as_deref(), Ok("Title\n\nother\n"));
        let path = seen.take().expect("run");
        assert!(!path.exists() && !path.parent().expect("a folder").exists());
    }

    #[test]
    fn an_editor_that_is_not_found_or_gives_up_leaves_no_file_and_says_so() {
        let seen: RefCell<Option<PathBuf>> = RefCell::default();
        let gave_up = edit("x", &words("vi"), |command| {
            *seen.borrow_mut() = command.get_args().next().map(PathBuf::from);
            Ok(ExitStatus::from_raw(256))
        });
        assert!(gave_up.expect_err("gave up").ends_with("the memo is unchanged"));
        assert!(!seen.take().expect("run").exists());
        let missing = edit("x", &words("no-such-editor"), Command::status);
        assert_eq!(missing.expect_err("missing"), "the editor “no-such-editor” is not found; the memo is unchanged");
        let torn = edit("x", &words("vi"), |command| {
            let path = command.get_args().next().map(PathBuf::from).expect("a file");
            fs::write(path, [0xff, 0xfe])?;
            Ok(ExitStatus::from_raw(0))
        });
        assert!(torn.is_err(), "what is no text is not taken");
    }
}
