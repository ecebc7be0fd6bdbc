//! Several people, several copies: whatever way lines come together, they give one project.

use super::any_edit::random_edit;
use super::folders::*;
use emic::project::Project;
use emic::project::edit::{Edit, plan};
use emic::project::id::{CoderId, Id, Mint, Stamp, Writer};
use emic::project::put::{Kind, Put};
use emic::project::record::Change;
use emic::project::step::Line;
use emic::project::view::View;
use emic::session::history::History;
use emic::session::{Heard, KeepError, Keeper, NewFile, Study};
use emic::store::{Access, Disk, FaultyDisk, OpenError, RealDisk, Who, merge, open};
use fastrand::Rng;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Two copies of one project: PB works in the one, DC in the other, both on the codebook. With `bare`, the project they
/// begin with has no journals, like the sample.
fn apart(seed: u64, bare: bool) -> (FaultyDisk, FaultyDisk) {
    let disk = new_study(seed);
    let mut first = study(&disk, "PB", seed + 1);
    let dc = Edit::AddCoder { id: CoderId(mint(seed + 77).id()), initials: "DC".into(), name: "Dana".into() };
    edit(&mut first, 25, seed + 2);
    first.apply(&dc).expect("added");
    assert_eq!(first.finish(), Ok(()));
    drop(first);
    if bare {
        disk.take(&Path::new(STUDY).join("journal"));
        disk.take(&Path::new(STUDY).join(".emic"));
    }
    let other = disk.copy();
    other.take(Path::new(STATE));
    for (disk, coder, seed) in [(&disk, "PB", seed + 3), (&other, "DC", seed + 5)] {
        let mut work = study(disk, coder, seed);
        edit(&mut work, 40, seed + 1);
        assert_eq!(work.finish(), Ok(()));
    }
    (disk, other)
}

/// Joins files as git does with `merge=union`: lines of both; the crudest way, one after the other, if `crude`.
fn union(ours: &[u8], theirs: &[u8], crude: bool) -> Vec<u8> {
    let (ours, theirs) = (text(ours), text(theirs));
    if crude {
        return (ours + &theirs).into_bytes();
    }
    let mut out: Vec<&str> = ours.lines().collect();
    let mut at = 0;
    for line in theirs.lines() {
        match out.iter().position(|own| *own == line) {
            Some(found) => at = found + 1,
            None => {
                out.insert(at, line);
                at += 1;
            }
        }
    }
    (out.join("\n") + "\n").into_bytes()
}

/// The files of `theirs` brought into a copy of `ours`, file by file.
fn joined(ours: &FaultyDisk, theirs: &FaultyDisk, crude: bool) -> FaultyDisk {
    let out = ours.copy();
    for (path, bytes) in theirs.tree(Path::new(STUDY)) {
        let own = path.strip_prefix(STUDY).expect("below").to_path_buf();
        if own.starts_with(".emic") {
            continue;
        }
        match ours.tree(&path).get(&path) {
            None => out.put(&path, &bytes),
            Some(same) if *same == bytes => {}
            Some(other) if own.starts_with("sources") => {
                // Two corrections of one text: git would ask; both are kept, as a merge does.
                let _ = other;
                out.put(&emic::store::texts::beside(&path, &bytes), &bytes);
            }
            Some(other) => out.put(&path, &union(other, &bytes, crude)),
        }
    }
    out
}

fn merged(ours: &FaultyDisk, theirs: &FaultyDisk) -> FaultyDisk {
    let out = ours.copy();
    for (path, bytes) in theirs.tree(Path::new(STUDY)) {
        out.put(&Path::new("/mail").join(path.strip_prefix(STUDY).expect("below")), &bytes);
    }
    let before = out.tree(Path::new("/mail"));
    merge(&out, Path::new(STUDY), Path::new("/mail")).expect("merged");
    assert_eq!(out.tree(Path::new("/mail")), before, "what is merged from is not changed");
    let once = out.tree(Path::new(STUDY));
    let again = merge(&out, Path::new(STUDY), Path::new("/mail")).expect("merged again");
    assert_eq!((again.lines, again.texts), (0, 0));
    assert_eq!(out.tree(Path::new(STUDY)), once, "once is enough");
    out.take(Path::new("/mail"));
    out
}

#[test]
fn copies_that_went_apart_are_one_project_however_they_are_joined() {
    for (seed, bare) in [(100, false), (200, false), (300, false), (400, true), (500, true)] {
        let (a, b) = apart(seed, bare);
        let mut seen: Vec<(Project, BTreeMap<PathBuf, Vec<u8>>)> = Vec::new();
        let ways = [
            joined(&a, &b, false),
            joined(&b, &a, false),
            joined(&a, &b, true),
            joined(&b, &a, true),
            merged(&a, &b),
            merged(&b, &a),
        ];
        for (way, disk) in ways.iter().enumerate() {
            let opened = opened(disk, "PB", seed + 9);
            assert_eq!(opened.read_only, None, "seed {seed}, way {way}");
            let mut study = opened.study(Box::new(mint(1)));
            assert_eq!(study.finish(), Ok(()));
            let project = study.snapshot();
            drop(study);
            same(&on_disk(disk, STUDY), &project, &format!("seed {seed}, way {way}, after deriving"));
            seen.push((project, record_files(disk, STUDY)));
        }
        for (way, (project, files)) in seen.iter().enumerate().skip(1) {
            same(project, &seen[0].0, &format!("seed {seed}, way {way}"));
            assert_eq!(*files, seen[0].1, "seed {seed}, way {way}: the same record files");
        }
        assert!(emic::store::check(&ways[0], Path::new(STUDY)).is_ok());
    }
}

#[test]
fn different_projects_are_not_merged() {
    let (a, b) = (new_study(1), new_study(2));
    for (path, bytes) in b.tree(Path::new(STUDY)) {
        a.put(&Path::new("/other").join(path.strip_prefix(STUDY).expect("below")), &bytes);
    }
    let before = a.tree(Path::new("/"));
    let err = merge(&a, Path::new(STUDY), Path::new("/other")).expect_err("refused");
    assert!(err.to_string().contains("are different projects (“A study” and “A study”)"), "{err}");
    assert_eq!(a.tree(Path::new("/")), before);
    assert_eq!(merge(&a, Path::new(STUDY), Path::new("/no")), Err(OpenError::Missing("/no".into())));
}

#[test]
fn two_programs_that_took_themselves_for_one_writer_both_count() {
    // The folder was copied with all that the program remembers: a restored machine.
    let disk = new_study(40);
    let mut first = study(&disk, "PB", 41);
    edit(&mut first, 20, 42);
    assert_eq!(first.finish(), Ok(()));
    drop(first);
    let twin = disk.copy();
    for (disk, seed) in [(&disk, 43), (&twin, 44)] {
        let mut work = study(disk, "PB", seed);
        edit(&mut work, 10, seed);
        assert_eq!(work.finish(), Ok(()));
    }
    let (one, two) = (merged(&disk, &twin), merged(&twin, &disk));
    let git = joined(&disk, &twin, false);
    same(&on_disk(&one, STUDY), &on_disk(&two, STUDY), "merged either way");
    same(&on_disk(&one, STUDY), &on_disk(&git, STUDY), "merged, or joined by git");
    let found = emic::store::check(&one, Path::new(STUDY)).expect("checked");
    assert!(found.iter().any(|finding| finding.what.contains("two different lines")), "{found:?}");
}

#[test]
fn a_line_that_is_seen_twice_is_folded_anew_and_not_twice() {
    // A delete that does not count is put aside once, however often its line arrives.
    let study = |title: &str| {
        let made = "2026-11-22T10:04:10Z".parse().expect("a time");
        emic::project::study::Study {
            id: Default::default(),
            title: title.into(),
            made,
            signature: Vec::new(),
            fewest: 0,
        }
    };
    let (pb, dc) = (Writer::new("PB-0000").expect("a writer"), Writer::new("DC-0000").expect("a writer"));
    let (first, second) = (Arc::new(study("one")), Arc::new(study("two")));
    let puts: Vec<(Stamp, Put)> = vec![
        (Stamp(1, pb), Put::Study(Change { before: None, after: Some(first.clone()) })),
        (Stamp(2, pb), Put::Study(Change { before: Some(first.clone()), after: Some(second) })),
        (Stamp(3, dc), Put::Study(Change { before: Some(first), after: None })),
    ];
    let mut once = Project::default();
    for (stamp, put) in &puts {
        assert_eq!(once.apply(*stamp, std::slice::from_ref(put)).late, []);
    }
    let disputes = |project: &Project| project.tables().studies.values().map(|slot| slot.disputes.len()).sum::<usize>();
    assert_eq!(disputes(&once), 1);
    let mut twice = once.clone();
    let (stamp, put) = &puts[2];
    let late = twice.apply(*stamp, std::slice::from_ref(put)).late;
    assert_eq!(late, [], "a line that was applied before changes nothing");
    assert_eq!(disputes(&twice), 1);
    twice.refold(puts.clone());
    assert_eq!(disputes(&twice), 1);
    same(&twice, &once, "seen twice");
}

#[test]
fn a_journal_that_is_there_twice_counts_once() {
    // Dropbox leaves a "conflicted copy" beside the file.
    let disk = new_study(60);
    let mut work = study(&disk, "PB", 61);
    edit(&mut work, 40, 62);
    assert_eq!(work.finish(), Ok(()));
    let before = work.snapshot();
    drop(work);
    for (path, bytes) in disk.tree(&Path::new(STUDY).join("journal")) {
        let name = format!("{} (conflicted copy).ron", path.file_stem().expect("a name").to_string_lossy());
        disk.put(&path.with_file_name(name), &bytes);
    }
    let opened = opened(&disk, "PB", 63);
    same(&opened.project, &before, "opened");
    let codes: Vec<(Kind, Id)> = before.tables().codes.keys().map(|id| (Kind::Code, id.0)).collect();
    let puts = opened.keeper.puts_of(&codes).expect("read");
    assert!(puts.len() > codes.len(), "codes were made and changed");
    for (at, put) in puts.iter().enumerate() {
        assert!(!puts[..at].contains(put), "{put:?} is given twice");
    }
    assert_eq!(opened.history.depth(), {
        disk.tree(&Path::new(STUDY).join("journal"))
            .keys()
            .filter(|path| path.to_string_lossy().contains("conflicted"))
            .for_each(|path| disk.take(path));
        try_open(&disk, STUDY, who(Some("PB"), 64), Access::ReadOnly).expect("it opens").history.depth()
    });
}

/// A program in the making: its project, what it has written, what it has seen.
struct Replica {
    coder: CoderId,
    writer: Writer,
    project: Project,
    seen: Vec<(Stamp, Arc<Line>)>,
    own: Vec<(Stamp, Arc<Line>)>,
    received: [usize; 3],
}

impl Replica {
    fn take(&mut self, stamp: Stamp, line: &Arc<Line>) {
        self.seen.push((stamp, line.clone()));
        for target in self.project.apply(stamp, &line.puts).late {
            self.project.refold(puts_of(&self.seen, &[target]));
        }
    }

    fn edit(&mut self, mint: &mut dyn Mint, rng: &mut Rng) {
        let view = View::new(&self.project, self.coder);
        let (edit, _) = random_edit(&view, mint, rng);
        let Ok(step) = plan(&view, &edit, mint) else { return };
        let stamp = Stamp(self.project.n() + 1, self.writer);
        let line = Arc::new(step.line(stamp.0, self.writer, mint));
        self.take(stamp, &line);
        self.own.push((stamp, line));
    }
}

fn puts_of(lines: &[(Stamp, Arc<Line>)], targets: &[(Kind, Id)]) -> Vec<(Stamp, Put)> {
    let puts = lines.iter().flat_map(|(stamp, line)| line.puts.iter().map(move |put| (*stamp, put.clone())));
    puts.filter(|(_, put)| put.target().is_some_and(|target| targets.contains(&target))).collect()
}

/// Three people edit at random and hear of each other late, each journal in its own order.
fn three(seed: u64, steps: usize) -> Vec<Replica> {
    let mut rng = Rng::with_seed(seed);
    let mut ids = mint(seed);
    let mut all: Vec<Replica> = ["PB-0000", "DC-0000", "MK-0000"]
        .into_iter()
        .map(|writer| Replica {
            coder: CoderId(ids.id()),
            writer: Writer::new(writer).expect("a writer"),
            project: Project::default(),
            seen: Vec::new(),
            own: Vec::new(),
            received: [0; 3],
        })
        .collect();
    for _ in 0..steps {
        let who = rng.usize(..3);
        let other = rng.usize(..3);
        if rng.u8(..5) < 3 || other == who {
            all[who].edit(&mut ids, &mut rng);
        } else {
            receive(&mut all, who, other, 1);
        }
    }
    all
}

fn receive(all: &mut [Replica], who: usize, other: usize, count: usize) {
    let from = all[who].received[other];
    let lines: Vec<_> = all[other].own.iter().skip(from).take(count).cloned().collect();
    all[who].received[other] += lines.len();
    lines.iter().for_each(|(stamp, line)| all[who].take(*stamp, line));
}

/// A keeper that only tells: lines as a test pushes them.
#[derive(Clone, Default)]
struct Pipe(Arc<Mutex<Piped>>);

#[derive(Default)]
struct Piped {
    heard: Vec<Heard>,
    lines: Vec<(Stamp, Arc<Line>)>,
}

impl Pipe {
    fn push(&self, lines: Vec<(Stamp, Arc<Line>)>) {
        let mut inner = self.0.lock().expect("no panic");
        for line in &lines {
            // Also within one portion: a keeper gives each line once.
            if !inner.lines.contains(line) {
                inner.lines.push(line.clone());
            }
        }
        inner.heard.push(Heard::Lines(lines));
    }
}

impl Keeper for Pipe {
    fn writer(&self) -> Writer {
        Writer::default()
    }
    fn read_only(&self) -> Option<String> {
        Some("it only listens".into())
    }
    fn keep(&mut self, _: Stamp, _: Arc<Line>, _: Vec<NewFile>) {}
    fn heard(&mut self) -> Vec<Heard> {
        std::mem::take(&mut self.0.lock().expect("no panic").heard)
    }
    fn shelf(&self) -> Arc<dyn emic::store::keep::Shelf> {
        emic::store::MemoryKeeper::default().shelf()
    }
    fn line(&self, _: Stamp) -> Result<Arc<Line>, KeepError> {
        Err(KeepError(String::new()))
    }
    fn puts_of(&self, targets: &[(Kind, Id)]) -> Result<Vec<(Stamp, Put)>, KeepError> {
        Ok(puts_of(&self.0.lock().expect("no panic").lines, targets))
    }
    fn finish(&mut self) -> Result<(), KeepError> {
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn three_writers_lines_give_one_project_in_any_order_of_arrival(seed in any::<u64>(), steps in 20usize..90) {
        let mut all = three(seed, steps);
        let mut rng = Rng::with_seed(seed ^ 1);
        let mut lines: Vec<(Stamp, Arc<Line>)> = all.iter().flat_map(|replica| replica.own.clone()).collect();
        lines.sort_by_key(|(stamp, _)| *stamp);
        let mut want = Project::default();
        let late = want.apply_all(lines.iter().map(|(stamp, line)| (*stamp, &*line.puts))).late;
        prop_assert_eq!(late, vec![]);
        // Each hears what it has not heard yet.
        for who in 0..3 {
            let mut others = [0, 1, 2];
            rng.shuffle(&mut others);
            for other in others.into_iter().filter(|other| *other != who) {
                receive(&mut all, who, other, usize::MAX);
            }
            same(&all[who].project, &want, "a replica");
        }
        // A study that hears the lines in random portions, some of them twice.
        let pipe = Pipe::default();
        let coder = all[0].coder;
        let mut study =
            Study::new(Project::default(), coder, Box::new(pipe.clone()), Box::new(mint(1)), History::default());
        let mut shuffled = lines.clone();
        rng.shuffle(&mut shuffled);
        while !shuffled.is_empty() {
            let mut portion = shuffled.split_off(shuffled.len() - (1 + rng.usize(..6)).min(shuffled.len()));
            if rng.u8(..4) == 0 {
                portion.push(lines[rng.usize(..lines.len())].clone());
            }
            portion.sort_by_key(|(stamp, _)| *stamp);
            pipe.push(portion);
            study.listen();
        }
        same(&study.snapshot(), &want, "a study that listened");
    }
}

#[test]
fn what_others_write_is_seen_while_one_works() {
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().join("study");
    let new = emic::store::NewProject { title: "A study".into(), initials: "PB".into(), name: String::new() };
    emic::store::create(&RealDisk, &folder, &new, &mut mint(1)).expect("a project");
    let disk: Arc<dyn Disk> = Arc::new(RealDisk);
    let live = |coder: &str, seed| Who { live: true, rest: Some(Duration::from_millis(50)), ..who(Some(coder), seed) };
    let live = |coder: &str, seed| live(coder, seed).remembering(None);
    let begin = |coder, seed| open(disk.clone(), &folder, live(coder, seed), Access::Write).expect("it opens");
    let mut pat = begin("PB", 2).study(Box::new(mint(3)));
    pat.apply(&Edit::AddCoder { id: CoderId(mint(4).id()), initials: "DC".into(), name: String::new() })
        .expect("added");
    settle(&mut pat);
    let mut dana = begin("DC", 5).study(Box::new(mint(6)));
    edit(&mut dana, 15, 7);
    edit(&mut pat, 15, 8);
    let until = Instant::now() + Duration::from_secs(20);
    while pat.snapshot() != dana.snapshot() && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(20));
        pat.listen();
        dana.listen();
    }
    same(&pat.snapshot(), &dana.snapshot(), "what both see");
    assert_eq!((pat.finish(), dana.finish()), (Ok(()), Ok(())));
    let last = pat.snapshot();
    drop((pat, dana));
    let look = open(disk, &folder, live("PB", 9), Access::ReadOnly).expect("it opens");
    same(&look.project, &last, "what is on disk");
}
