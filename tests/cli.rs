//! The built program, as a script or a person at a shell runs it: an empty environment, folders of its own.

#[path = "cli/agreement.rs"]
mod agreement;
#[path = "cli/attributes.rs"]
mod attributes;
#[path = "cli/bad_input.rs"]
mod bad_input;
#[path = "cli/beginning.rs"]
mod beginning;
#[path = "cli/blind.rs"]
mod blind;
#[path = "cli/codebook.rs"]
mod codebook;
#[path = "cli/count.rs"]
mod count;
#[path = "cli/desk.rs"]
mod desk;
#[path = "cli/extracts.rs"]
mod extracts;
#[path = "cli/import_codings.rs"]
mod import_codings;
#[path = "cli/importing.rs"]
mod importing;
#[path = "cli/kills.rs"]
mod kills;
#[path = "cli/matrix.rs"]
mod matrix;
#[path = "cli/memos.rs"]
mod memos;
#[path = "cli/opening.rs"]
mod opening;
#[path = "cli/playing.rs"]
mod playing;
#[path = "cli/report_files.rs"]
mod report_files;
#[path = "cli/reports.rs"]
mod reports;
#[path = "cli/rounds.rs"]
mod rounds;
#[path = "cli/trial.rs"]
mod trial;
#[path = "cli/two_coders.rs"]
mod two_coders;
#[path = "cli/words.rs"]
mod words;
