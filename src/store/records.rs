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
mod write;

pub use disputed::disputed;
pub use kinds::{File, Records, file_of, section_of};
pub use parse::{Bad, parse};
pub use write::{ORPHANS, all_files, files_of, stem_of, tombstones};

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Project;
    use crate::project::codebook::{Code, Origin};
    use crate::project::coding::Coding;
    use crate::project::id::{CodeId, CoderId, CodingId, Id, SourceId, Stamp, WordingId, Writer};
    use crate::project::put::Kind;
    use crate::project::record::{Dispute, Rank, Slot};
    use crate::project::source::{Passage, Source, SourceKind};
    use crate::text::Span;
    use proptest::prelude::*;
    use std::collections::HashSet;
    use std::sync::Arc;

    fn id(n: u8) -> Id {
        Id::at(u64::from(n), [n; 10])
    }

    fn stamp(n: u64) -> Stamp {
        if n == 0 { Stamp::default() } else { Stamp(n, Writer::new("PB-7k3f").unwrap_or_default()) }
    }

    fn slot<T>(record: T, n: u64) -> Slot<T> {
        Slot { record: Arc::new(record), gone: false, rev: stamp(n), disputes: Vec::new() }
    }

    fn coding(n: u8, source: u8, comment: &str, wording: bool, rev: u64) -> Slot<Coding> {
        let at = Passage { source: SourceId(id(source)), version: 1, span: Span::new(3, u32::from(n) + 4) };
        let coding = Coding {
            id: CodingId(id(n)),
            coder: CoderId(id(1)),
            code: CodeId(id(2)),
            at,
            wording: wording.then(|| WordingId(id(3))),
            comment: comment.into(),
            round: None,
        };
        slot(coding, rev)
    }

    fn code(n: u8, name: &str, rev: u64) -> Slot<Code> {
        let rank = Rank::between(None, None);
        let origin = Origin::Emergent;
        let id = CodeId(id(n));
        let name = name.into();
        slot(
            Code {
                id,
                name,
                parent: None,
                rank,
                colour: 1,
                origin,
                heading: false,
                wording: None,
                merged: None,
                proposed: None,
            },
            rev,
        )
    }

    fn project(codes: Vec<Slot<Code>>, codings: Vec<Slot<Coding>>) -> Project {
        let mut records = Records::default();
        records.tables.codes = codes.into_iter().map(|slot| (slot.record.id, slot)).collect();
        let source = Source {
            id: SourceId(id(9)),
            name: "Nurse".into(),
            kind: SourceKind::Interview,
            case: None,
            wave: None,
            collected: None,
            folder: "nurse-abcdef".into(),
            file: String::new(),
            rank: Rank::between(None, None),
            version: 1,
        };
        records.tables.sources = [(source.id, slot(source, 1))].into_iter().collect();
        Project::new(records.tables, codings.into_iter())
    }

    fn read(files: impl IntoIterator<Item = (PathBuf, Vec<u8>)>) -> Project {
        let mut records = Records::default();
        for (path, bytes) in files {
            let (more, bad) = parse(&path, &bytes);
            assert_eq!(bad, [], "{}", String::from_utf8_lossy(&bytes));
            records.join(more);
        }
        records.without(&HashSet::new());
        Project::new(records.tables, records.codings.into_iter())
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(
            comments in proptest::collection::vec(
                ("[a-z \"\\\\\\n“ü{}]{0,12}", any::<bool>(), 0u64..3, any::<bool>()),
                0..20,
            ),
        ) {
            let codings = comments.iter().enumerate().map(|(n, (comment, wording, rev, disputed))| {
                let n = u8::try_from(n).unwrap_or(0) + 10;
                let mut slot = coding(n, if n % 3 == 0 { 7 } else { 9 }, comment, *wording, *rev);
                if *disputed {
                    slot.disputes.push(Dispute { by: stamp(9), field: "comment".into(), lost: comment.clone() });
                }
                slot
            });
            let before = project(vec![code(2, "A \"b\"", 4)], codings.collect());
            let files = all_files(&before);
            let after = read(files.clone());
            prop_assert_eq!(&after, &before);
            prop_assert_eq!(all_files(&after), files);
        }
    }

    #[test]
    fn files_are_named_by_coder_and_source_and_those_without_a_source_are_orphans() {
        let project = project(Vec::new(), vec![coding(20, 9, "", true, 1), coding(21, 8, "", true, 1)]);
        let coder = CoderId(id(1));
        let names: Vec<String> = all_files(&project).keys().map(|path| path.display().to_string()).collect();
        let codings = |stem: &str| format!("coders/{coder}/codings/{stem}.ron");
        assert_eq!(
            names,
            [
                "codebook.ron".into(),
                codings("nurse-abcdef"),
                codings("orphans"),
                "project.ron".into(),
                "rounds.ron".to_owned(),
                "tables.ron".to_owned(),
                "themes.ron".to_owned(),
            ]
        );
    }

    #[test]
    fn files_joined_line_by_line_keep_the_later_of_two_records_wherever_the_line_lies() {
        let ours = String::from_utf8(
            all_files(&project(vec![code(2, "ours", 4), code(3, "three", 1)], vec![]))[Path::new("codebook.ron")]
                .clone(),
        );
        let theirs = String::from_utf8(
            all_files(&project(vec![code(2, "theirs", 5), code(4, "four", 1)], vec![]))[Path::new("codebook.ron")]
                .clone(),
        );
        let (ours, theirs) = (ours.expect("text"), theirs.expect("text"));
        let wrong_list = ours.replace("codes: [", "wordings: [");
        for joined in [
            format!("{ours}{theirs}"),
            format!("{theirs}{ours}"),
            format!("{wrong_list}<<<<<<< HEAD\n=======\n{theirs}"),
        ] {
            let project = read([("codebook.ron".into(), joined.into_bytes())]);
            let names: Vec<&str> = project.all::<Code>().map(|code| code.name.as_str()).collect();
            assert_eq!(names, ["theirs", "three", "four"]);
        }
    }

    #[test]
    fn a_file_in_another_layout_is_read_and_a_damaged_one_is_placed() {
        let file =
            all_files(&project(vec![code(2, "one", 4)], vec![])).remove(Path::new("codebook.ron")).unwrap_or_default();
        let text = String::from_utf8(file).unwrap_or_default();
        let by_hand = text
            .replace("(record: Code(", "(\n  record: (")
            .replace(", parent", ",\n parent")
            .replace(", rank", ",\n rank");
        assert_eq!(read([("codebook.ron".into(), by_hand.into_bytes())]).all::<Code>().count(), 1);
        let text_with_red = text.replace("colour: 1", "colour: red");
        let column = text_with_red.lines().nth(3).and_then(|line| line.find(" red")).map_or(0, |at| at + 1);
        let (records, bad) = parse(Path::new("codebook.ron"), text_with_red.as_bytes());
        assert_eq!((records.tables.codes.len(), bad.len(), bad[0].id), (0, 1, Some(id(2))));
        assert_eq!(bad[0].what, format!("codebook.ron, line 4, column {column}: Expected integer"));
        let (_, bad) = parse(Path::new("codebook.ron"), text.replace("version: 1", "version: 9").as_bytes());
        assert!(bad[0].newer);
    }

    #[test]
    fn every_kind_has_a_list_of_its_own() {
        let lists: HashSet<&str> = [Kind::Code, Kind::Coding, Kind::Memo, Kind::Pins].map(section_of).into();
        assert_eq!(lists.len(), 4);
    }
}
