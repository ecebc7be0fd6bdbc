//! Taking a table in: which file, then a plan of what it means.

use super::PeopleAsk;
use crate::exchange::plain::{SizeVerdict, size_check};
use crate::screen::app::{App, Tone};
use crate::screen::layers::Layer;
use crate::screen::layers::plan::intake::Intake;
use crate::screen::layers::plan::{self, What};
use crate::screen::layers::prompt::{AskFor, Prompt};
use crate::screen::paths;
use crate::session::Saving;

/// What is said under the line that asks for a table.
pub const TABLE_HINT: &str = "CSV or XLSX: a row each, named in the first column, an attribute a column. Tab completes.\n\
    Nothing is taken in before you have looked at it.";

/// Asks for a file, if anything can be taken in here.
pub(super) fn ask(app: &mut App) {
    if let Saving::ReadOnly(why) = app.study.saving() {
        app.tell(Tone::Refused, format!("this project is open read-only: {why}"));
        return;
    }
    let ask = AskFor::People(PeopleAsk::Table);
    app.layers.push(Layer::Prompt(Prompt::new("Take in a table", TABLE_HINT, "", ask)));
}

/// Opens the plan of a table; the question stays where the file cannot be read.
pub(super) fn open(app: &mut App, words: &str) {
    match bytes(words) {
        Ok((file, bytes)) => {
            app.close();
            let intake = Intake::new(file, bytes, app.people.of(), app.people.wave());
            plan::open(app, What::Table(Box::new(intake)));
        }
        Err(why) => app.tell(Tone::Refused, why),
    }
}

fn bytes(words: &str) -> Result<(String, Vec<u8>), String> {
    let found = paths::typed(words);
    let [path] = found.as_slice() else { return Err("type the path of one file; Tab completes it".to_owned()) };
    let shown = path.display();
    let about = std::fs::metadata(path).map_err(|why| format!("{shown}: {}", paths::plain(&why)))?;
    if about.is_dir() {
        return Err(format!("{shown} is a folder; name the CSV or XLSX file in it"));
    }
    if size_check(about.len()) != SizeVerdict::Fine {
        return Err(format!("{shown} is over 64 MB, too large for a table of attributes"));
    }
    let bytes = std::fs::read(path).map_err(|why| format!("{shown}: {}", paths::plain(&why)))?;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    Ok((name, bytes))
}
