//! Checking a folder: everything that is not as it should be, and what can be done about it. Nothing is changed.

use super::disk::Disk;
use super::journal::{JournalFile, read_lines};
use super::load::{Loaded, load, load_from_lines};
use super::open::OpenError;
use super::records::{all_files, disputed};
use super::texts;
use crate::project::Project;
use crate::project::codebook::{Code, Wording};
use crate::project::id::{CoderId, Stamp};
use crate::project::memo::{Link, Memo};
use crate::project::source::{Source, Version};
use crate::project::study::Coder;
use crate::project::view::View;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// Something that is not as it should be.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Finding {
    /// How much it matters.
    pub weight: Weight,
    /// The file, or the record, it is about.
    pub place: String,
    /// What it is, and what can be done: a sentence.
    pub what: String,
}

/// How much a finding matters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Weight {
    /// Something is lost or cannot be used until it is repaired.
    Damage,
    /// People have to decide something.
    Question,
    /// It is of no consequence, and goes away by itself.
    Remark,
}

/// What is not as it should be with the project in `folder`, the gravest first.
///
/// # Errors
/// If the folder is no project or cannot be read at all.
pub fn check(disk: &dyn Disk, folder: &Path) -> Result<Vec<Finding>, OpenError> {
    let loaded = load_from_lines(disk, folder)?;
    let mut found = Findings(Vec::new());
    for why in &loaded.locked {
        found.add(Weight::Damage, "project", format!("{why}."));
    }
    for note in &loaded.notes {
        found.add(Weight::Remark, "journal", note.clone());
    }
    for (name, at) in &loaded.torn {
        found.add(
            Weight::Remark,
            format!("journal/{name}"),
            format!("It ends, from byte {at} on, in something that is no line; that was never saved, and is left out."),
        );
    }
    lines(&loaded, &mut found);
    words(disk, folder, &loaded.project, &mut found);
    people(&loaded.project, &mut found);
    orphans(&loaded.project, &mut found);
    record_files(&loaded, &mut found);
    if let Ok(quick) = load(disk, folder)
        && quick.project != loaded.project
    {
        let what = "It does not fit the journals; remove it, and it is made anew.";
        found.add(Weight::Damage, super::checkpoint::LOCAL, what.to_owned());
    }
    found.0.sort();
    Ok(found.0)
}

/// The project as nobody in particular may see it: what is somebody's own, or hidden by a blind round, is not named.
fn eyes(project: &Project) -> View<'_> {
    View::new(project, CoderId::default())
}

struct Findings(Vec<Finding>);

impl Findings {
    fn add(&mut self, weight: Weight, place: impl Into<String>, what: String) {
        self.0.push(Finding { weight, place: place.into(), what });
    }
}

/// Lines that should not be where they are.
fn lines(loaded: &Loaded, found: &mut Findings) {
    let initials = |coder: CoderId| {
        loaded.project.get::<Coder>(coder).map_or_else(|| coder.to_string(), |coder| coder.initials.clone())
    };
    let mut texts: HashMap<Stamp, &[u8]> = HashMap::new();
    let readings = loaded.journals.iter().map(|file: &JournalFile| (file, read_lines(file, 0)));
    for (file, reading) in readings {
        for (stamp, text, line) in reading.lines {
            let hidden = line.puts.iter().any(|put| eyes(&loaded.project).hides_put(put, file.header.coder));
            if texts.insert(stamp, text).is_some_and(|other| other != text) {
                found.add(
                    Weight::Question,
                    file.place(),
                    format!(
                        "There are two different lines {stamp}: a folder was copied while it was worked in. Both count."
                    ),
                );
            }
            let stranger =
                line.puts.iter().filter_map(crate::project::put::Put::owner).find(|owner| *owner != file.header.coder);
            if let Some(owner) = stranger {
                found.add(
                    Weight::Question,
                    file.place(),
                    format!(
                        "Line {stamp} (“{}”) changes what is {}'s, in a journal of {}'s.",
                        if hidden { "…" } else { &line.did },
                        initials(owner),
                        file.header.initials
                    ),
                );
            }
        }
    }
}

/// Texts that are missing, or not those that were coded.
fn words(disk: &dyn Disk, folder: &Path, project: &Project, found: &mut Findings) {
    for version in project.all::<Version>() {
        let Some(source) = project.slot::<Source>(version.source).map(|slot| &slot.record) else { continue };
        if let Err(err) = texts::words(disk, folder, &[], &source.folder, version.number, &version.sha256) {
            found.add(Weight::Damage, format!("“{}”", source.name), format!("{err}."));
        }
        if version.turns > 0
            && let Err(err) = texts::turns(disk, folder, &[], &source.folder, version.number, version.turns)
        {
            found.add(Weight::Damage, format!("“{}”", source.name), format!("{err}."));
        }
    }
}

/// What people did at once.
fn people(project: &Project, found: &mut Findings) {
    for (kind, id, disputes) in disputed(project) {
        let hidden = eyes(project).hides(kind, id);
        for dispute in disputes {
            let what = if dispute.lost.is_empty() {
                format!("Line {} deleted it while somebody else changed it; it stands.", dispute.by)
            } else if hidden {
                format!(
                    "Two people set its {} at once; line {} stands. What it is is its maker's.",
                    dispute.field, dispute.by
                )
            } else {
                format!(
                    "Two people set its {} at once; line {} stands, the other value was {}.",
                    dispute.field, dispute.by, dispute.lost
                )
            };
            found.add(Weight::Question, format!("{kind:?} {id}"), what);
        }
    }
    for ring in project.codebook().rings() {
        let name = match eyes(project).code(*ring) {
            Some(node) => format!("“{}”", node.code.name),
            None => ring.to_string(),
        };
        let what = "It was moved or merged into a code that was moved or merged into it; the newer change is left out.";
        found.add(Weight::Question, name, what.to_owned());
    }
    let mut by_initials: BTreeMap<String, usize> = BTreeMap::new();
    project.all::<Coder>().for_each(|coder| *by_initials.entry(coder.initials.to_lowercase()).or_default() += 1);
    for (initials, count) in by_initials.into_iter().filter(|(_, count)| *count > 1) {
        found.add(Weight::Question, "coders", format!("{count} coders have the initials {}.", initials.to_uppercase()));
    }
}

/// Records that are about something that is not there.
fn orphans(project: &Project, found: &mut Findings) {
    let known_source = |id| project.slot::<Source>(id).is_some();
    let mut by_source: BTreeMap<String, usize> = BTreeMap::new();
    let mut codeless = 0;
    for (source, index) in project.codings().sources() {
        if !known_source(source) {
            *by_source.entry(source.to_string()).or_default() += index.len();
        }
        codeless += index.iter().filter(|entry| project.slot::<Code>(entry.slot.record.code).is_none()).count();
    }
    let late = "What they belong to may still be on its way";
    for (source, count) in by_source {
        found.add(
            Weight::Question,
            format!("source {source}"),
            format!("{count} codings lie in a source that is not here. {late}."),
        );
    }
    if codeless > 0 {
        found.add(Weight::Question, "codings", format!("{codeless} codings carry codes that are not here. {late}."));
    }
    let lost = |memo: &Memo| match memo.on {
        Link::Source(id) => !known_source(id),
        Link::Passage(passage) => !known_source(passage.source),
        Link::Code(id) => project.slot::<Code>(id).is_none(),
        Link::Coding(id) => project.codings().slot(id).is_none(),
        Link::Case(id) => project.slot::<crate::project::case::Case>(id).is_none(),
        Link::Theme(id) => project.slot::<crate::project::theme::Theme>(id).is_none(),
        Link::Table(id) => project.slot::<crate::project::saved::SavedTable>(id).is_none(),
        Link::Study => false,
    };
    for memo in project.all::<Memo>().filter(|memo| lost(memo)) {
        found.add(
            Weight::Question,
            match eyes(project).hides(crate::project::put::Kind::Memo, memo.id.0) {
                true => format!("memo {}", memo.id),
                false => format!("memo “{}”", memo.title()),
            },
            "It is about something that is not here.".into(),
        );
    }
    let wordless = project.all::<Wording>().filter(|wording| project.slot::<Code>(wording.code).is_none()).count();
    if wordless > 0 {
        found.add(Weight::Question, "codebook", format!("{wordless} wordings are of codes that are not here. {late}."));
    }
    for source in project.all::<Source>() {
        let there =
            project.all::<Version>().any(|version| (version.source, version.number) == (source.id, source.version));
        if !there {
            found.add(
                Weight::Damage,
                format!("“{}”", source.name),
                format!("Version {} of its text is not recorded.", source.version),
            );
        }
    }
}

/// Record files that do not say what the journals say.
fn record_files(loaded: &Loaded, found: &mut Findings) {
    let wanted = all_files(&loaded.project);
    for (path, bytes) in &wanted {
        let what = match loaded.files.get(path) {
            None => "It is missing; it is written when the project is next worked in.",
            Some(mark) if *mark != super::checkpoint::Seen::of(bytes).mark() => {
                "It is not as the journals have it; it is written anew when the project is next worked in."
            }
            Some(_) => continue,
        };
        found.add(Weight::Remark, path.display().to_string(), what.to_owned());
    }
    for path in loaded.files.keys().filter(|path| !wanted.contains_key(*path)) {
        found.add(Weight::Remark, path.display().to_string(), "It holds nothing that counts any more.".to_owned());
    }
}
