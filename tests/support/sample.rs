//! The sample study, made from `sample_data/working`: marked texts become texts and codings.

use emic::project::Project;
use emic::project::case::Wave;
use emic::project::codebook::Origin;
use emic::project::edit::{Edit, NewSource, NewWording, SpeakerIs, Spot, Words, plan};
use emic::project::id::{CaseId, CodeId, CoderId, FixedMint, Mint, SourceId, Stamp, Writer};
use emic::project::memo::{Link, MemoKind};
use emic::project::record::{Change, Rank};
use emic::project::source::{Passage, SourceKind};
use emic::project::view::View;
use emic::session::NewFile;
use emic::session::keeper::{turns_file, words_file};
use emic::text::turns::{Hints, recognise};
use emic::text::{Span, Text};
use jiff::Timestamp;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::path::Path;

#[derive(Deserialize)]
struct StudyFile {
    title: String,
    coders: Vec<CoderEntry>,
    waves: Vec<WaveEntry>,
    cases: Vec<CaseEntry>,
    sources: Vec<SourceEntry>,
}

#[derive(Deserialize)]
struct CoderEntry {
    initials: String,
    name: String,
}

#[derive(Deserialize)]
struct WaveEntry {
    name: String,
}

#[derive(Deserialize)]
struct CaseEntry {
    key: String,
    name: String,
    kind: String,
    attributes: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct SourceEntry {
    file: String,
    name: String,
    kind: SourceKind,
    case: String,
    #[serde(default)]
    wave: String,
    collected: String,
    speakers: Vec<SpeakerEntry>,
}

#[derive(Deserialize)]
struct SpeakerEntry {
    label: String,
    is: Is,
}

#[derive(Deserialize)]
enum Is {
    Interviewer,
    Participant { name: String, role: String },
    Other,
}

#[derive(Deserialize)]
struct CodebookFile {
    codes: Vec<CodeEntry>,
}

#[derive(Deserialize)]
struct CodeEntry {
    key: String,
    name: String,
    parent: Option<String>,
    colour: u8,
    origin: Origin,
    heading: bool,
    wordings: Vec<WordingEntry>,
}

#[derive(Deserialize)]
struct WordingEntry {
    definition: String,
    use_when: String,
    not_when: String,
    example: String,
    by: String,
    at: Timestamp,
    reason: String,
}

/// A mark of a working text: its number, its codes, its comment, its chars in the text without marks.
pub struct Mark {
    pub number: u32,
    pub keys: Vec<String>,
    pub comment: String,
    pub span: Span,
}

/// The text without its marks, and the marks.
pub fn strip(file: &str, marked: &str) -> (String, Vec<Mark>) {
    let mut text = String::new();
    let mut chars = 0u32;
    let mut open: HashMap<u32, (Vec<String>, String, u32)> = HashMap::new();
    let mut marks = Vec::new();
    let mut rest = marked;
    while let Some(at) = rest.find('⟦') {
        text.push_str(&rest[..at]);
        chars += rest[..at].chars().count() as u32;
        let end = rest.find('⟧').unwrap_or_else(|| panic!("{file}: a mark without ⟧"));
        let mark = &rest[at + '⟦'.len_utf8()..end];
        rest = &rest[end + '⟧'.len_utf8()..];
        if let Some(number) = mark.strip_prefix('/') {
            let number: u32 = number.trim().parse().unwrap_or_else(|_| panic!("{file}: ⟦{mark}⟧"));
            let (keys, comment, start) =
                open.remove(&number).unwrap_or_else(|| panic!("{file}: ⟦/{number}⟧ closes nothing"));
            marks.push(Mark { number, keys, comment, span: Span::new(start, chars) });
        } else {
            let (number, keys) = mark.split_once(':').unwrap_or_else(|| panic!("{file}: ⟦{mark}⟧"));
            let (keys, comment) = keys.split_once('#').unwrap_or((keys, ""));
            let keys = keys.split(',').map(|key| key.trim().to_owned()).collect();
            let number: u32 = number.trim().parse().unwrap_or_else(|_| panic!("{file}: ⟦{mark}⟧"));
            let twin = open.insert(number, (keys, comment.trim().to_owned(), chars));
            assert!(twin.is_none(), "{file}: mark {number} opens twice");
        }
    }
    text.push_str(rest);
    assert!(open.is_empty(), "{file}: marks that are not closed: {:?}", open.keys());
    marks.sort_by_key(|mark| mark.number);
    (text, marks)
}

/// The sample study as records that no line names, and the files of its texts.
pub struct Sample {
    pub project: Project,
    pub files: Vec<NewFile>,
    pub coder: CoderId,
}

struct Maker {
    project: Project,
    mint: FixedMint,
    coder: CoderId,
}

impl Maker {
    fn edit(&mut self, edit: &Edit) {
        let view = View::new(&self.project, self.coder);
        let step = plan(&view, edit, &mut self.mint).unwrap_or_else(|why| panic!("{why}: {edit:?}"));
        let stamp = Stamp(self.project.n() + 1, Writer::NOBODY);
        self.project.apply(stamp, &step.puts);
    }

    fn at(&mut self, time: &str) {
        self.mint.set(time.parse().expect("a time"));
    }
}

/// Makes the sample study from the working files.
pub fn make() -> Sample {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data/working");
    let read = |path: &str| {
        let path = root.join(path);
        std::fs::read_to_string(&path).unwrap_or_else(|err| panic!("{}: {err}", path.display()))
    };
    let study: StudyFile = ron::from_str(&read("study.ron")).unwrap_or_else(|err| panic!("study.ron: {err}"));
    let book: CodebookFile = ron::from_str(&read("codebook.ron")).unwrap_or_else(|err| panic!("codebook.ron: {err}"));
    let mint = FixedMint::new(2018, "2013-02-01T08:00:00Z".parse().expect("a time"));
    let mut maker = Maker { project: Project::default(), mint, coder: CoderId::default() };

    let mut coders = HashMap::new();
    maker.edit(&Edit::Found { title: study.title });
    for coder in &study.coders {
        let id: CoderId = maker.mint.id().into();
        maker.edit(&Edit::AddCoder { id, initials: coder.initials.clone(), name: coder.name.clone() });
        coders.insert(coder.initials.clone(), id);
    }
    let first = coders[&study.coders[0].initials];
    maker.coder = first;
    let mut waves = HashMap::new();
    for (wave, rank) in study.waves.iter().zip(Rank::row(None, study.waves.len())) {
        let id = maker.mint.id().into();
        let put = Change::create(Wave { id, name: wave.name.clone(), rank }).into();
        let stamp = Stamp(maker.project.n() + 1, Writer::NOBODY);
        maker.project.apply(stamp, &[put]);
        waves.insert(wave.name.clone(), id);
    }
    let mut cases: HashMap<String, CaseId> = HashMap::new();
    for case in &study.cases {
        let id: CaseId = maker.mint.id().into();
        maker.edit(&Edit::AddCase { id, name: case.name.clone(), kind: case.kind.clone() });
        for (attribute, value) in &case.attributes {
            maker.edit(&Edit::Describe { case: id, attribute: attribute.clone(), value: value.clone() });
        }
        cases.insert(case.key.clone(), id);
    }
    let codes = codebook(&mut maker, &book, &coders);
    maker.coder = first;

    let mut files = Vec::new();
    let mut marks: HashMap<(String, u32), (SourceId, Span)> = HashMap::new();
    let mut sources: HashMap<String, SourceId> = HashMap::new();
    for entry in &study.sources {
        maker.at(&format!("{}T17:00:00Z", entry.collected));
        let (words, found) = strip(&entry.file, &read(&format!("texts/{}", entry.file)));
        let id: SourceId = maker.mint.id().into();
        let slug = entry.file.trim_end_matches(".txt").to_lowercase();
        let folder = format!("{slug}-{}", id.0.tail());
        let text = Text::new(&words);
        let turns = recognise(&text, &Hints::default()).turns;
        let speakers: Vec<(String, SpeakerIs)> = entry
            .speakers
            .iter()
            .map(|speaker| {
                let is = match &speaker.is {
                    Is::Interviewer => SpeakerIs::Interviewer,
                    Is::Other => SpeakerIs::Other,
                    Is::Participant { name, role } => {
                        SpeakerIs::Person { id: maker.mint.id().into(), role: role.clone(), pseudonym: name.clone() }
                    }
                };
                (speaker.label.clone(), is)
            })
            .collect();
        let labels: Vec<&str> = speakers.iter().map(|(label, _)| label.as_str()).collect();
        assert_eq!(turns.labels.len(), labels.len(), "{}: {:?} against {labels:?}", entry.file, turns.labels);
        assert!(
            turns.labels.iter().all(|label| labels.contains(&label.as_str())),
            "{}: {:?}",
            entry.file,
            turns.labels
        );
        files.push(NewFile { path: words_file(&folder, 1), bytes: words.clone().into_bytes() });
        let has_turns = !turns.turns.is_empty();
        if has_turns {
            files.push(NewFile { path: turns_file(&folder, 1, 1), bytes: turns.to_ron().into_bytes() });
        }
        maker.edit(&Edit::Import(Box::new(NewSource {
            id,
            name: entry.name.clone(),
            kind: entry.kind,
            case: Some(cases[&entry.case]),
            wave: waves.get(&entry.wave).copied(),
            collected: Some(entry.collected.parse().expect("a day")),
            folder,
            file: entry.file.clone(),
            text: Words {
                sha256: Sha256::digest(words.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect(),
                chars: text.chars(),
                words: words.split_whitespace().count() as u32,
                encoding: "UTF-8".into(),
            },
            turns: has_turns,
            speakers,
        })));
        sources.insert(entry.file.clone(), id);
        for mark in found {
            let passage = Passage { source: id, version: 1, span: mark.span };
            for key in &mark.keys {
                let code = *codes.get(key).unwrap_or_else(|| panic!("{}: there is no code {key}", entry.file));
                maker.edit(&Edit::Lay {
                    passages: vec![passage],
                    codes: vec![code],
                    apart: false,
                    borders: Vec::new(),
                });
                if !mark.comment.is_empty() {
                    let coding = coding_at(&maker, passage, code);
                    maker.edit(&Edit::Comment(coding, mark.comment.clone()));
                }
            }
            marks.insert((entry.file.clone(), mark.number), (id, mark.span));
        }
    }
    memos(&mut maker, &root, &coders, &cases, &codes, &sources, &marks);
    maker.coder = first;
    for (digit, key) in
        ["warm_handoff", "screen_universal", "stepped_care_short_term", "culture_trust", "ch_reimbursement"]
            .iter()
            .enumerate()
    {
        maker.edit(&Edit::Pin(digit as u8 + 1, Some(codes[*key])));
    }
    Sample { project: maker.project.without_lines(), files, coder: first }
}

fn coding_at(maker: &Maker, passage: Passage, code: CodeId) -> emic::project::id::CodingId {
    let view = View::new(&maker.project, maker.coder);
    let mut found = None;
    view.codings_within(passage.source, passage.span, |seen| {
        if seen.code == code && seen.span.covers(passage.span) {
            found = Some(seen.coding.id);
        }
    });
    found.expect("the coding was just laid")
}

fn codebook(maker: &mut Maker, book: &CodebookFile, coders: &HashMap<String, CoderId>) -> HashMap<String, CodeId> {
    let mut codes: HashMap<String, CodeId> = HashMap::new();
    for entry in &book.codes {
        let parent = entry.parent.as_ref().map(|key| codes[key]);
        if let Some(first) = entry.wordings.first() {
            maker.mint.set(first.at);
            maker.coder = coders[&first.by];
        }
        let id: CodeId = maker.mint.id().into();
        let after = maker.project.codebook().children(parent).last().copied();
        let spot = Spot { parent, after };
        maker.edit(&Edit::AddCode {
            id,
            name: entry.name.clone(),
            spot,
            origin: entry.origin,
            colour: Some(entry.colour),
        });
        if entry.heading {
            maker.edit(&Edit::SetHeading(id, true));
        }
        for wording in &entry.wordings {
            maker.mint.set(wording.at);
            maker.coder = coders[&wording.by];
            // The form shows quotation marks of its own.
            let example = wording.example.trim_matches(['“', '”']).to_owned();
            maker.edit(&Edit::Reword(
                id,
                NewWording {
                    definition: wording.definition.clone(),
                    use_when: wording.use_when.clone(),
                    not_when: wording.not_when.clone(),
                    example,
                    example_from: None,
                    reason: wording.reason.clone(),
                    ..NewWording::default()
                },
            ));
        }
        codes.insert(entry.key.clone(), id);
    }
    codes
}

fn memos(
    maker: &mut Maker,
    root: &Path,
    coders: &HashMap<String, CoderId>,
    cases: &HashMap<String, CaseId>,
    codes: &HashMap<String, CodeId>,
    sources: &HashMap<String, SourceId>,
    marks: &HashMap<(String, u32), (SourceId, Span)>,
) {
    let mut paths: Vec<_> = std::fs::read_dir(root.join("memos"))
        .expect("memos")
        .map(|entry| entry.expect("a memo").path())
        .filter(|path| path.extension().is_some_and(|ext| ext == "md"))
        .collect();
    paths.sort();
    for path in paths {
        let name = path.display().to_string();
        let whole = std::fs::read_to_string(&path).expect("a memo");
        let (head, body) = whole.split_once("\n\n").unwrap_or_else(|| panic!("{name}: no empty line after the header"));
        let fields: HashMap<&str, &str> = head
            .lines()
            .filter_map(|line| line.split_once(':'))
            .map(|(key, value)| (key.trim(), value.trim()))
            .collect();
        let kind = match fields["kind"] {
            "analytic" => MemoKind::Analytic,
            "methodological" => MemoKind::Methodological,
            "theoretical" => MemoKind::Theoretical,
            "reflexive" => MemoKind::Reflexive,
            "definition" => MemoKind::Definition,
            "discuss" => MemoKind::Discuss,
            other => panic!("{name}: kind {other}"),
        };
        let words: Vec<&str> = fields["on"].split_whitespace().collect();
        let on = match words.as_slice() {
            ["project"] => Link::Study,
            ["case", key] => Link::Case(cases[*key]),
            ["source", file] => Link::Source(sources[*file]),
            ["code", key] => Link::Code(codes[*key]),
            ["mark", file, number] => {
                let number: u32 = number.parse().unwrap_or_else(|_| panic!("{name}: mark {number}"));
                let (source, span) = *marks
                    .get(&((*file).to_owned(), number))
                    .unwrap_or_else(|| panic!("{name}: no mark {number} in {file}"));
                Link::Passage(Passage { source, version: 1, span })
            }
            other => panic!("{name}: on {other:?}"),
        };
        maker.at(fields["at"]);
        maker.coder = coders[fields["by"]];
        let id = maker.mint.id().into();
        let text = body.trim().trim_start_matches("# ").to_owned();
        maker.edit(&Edit::WriteMemo { id, on, kind, shared: kind != MemoKind::Reflexive, text });
    }
}
