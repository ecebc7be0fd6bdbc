//! How long it takes to open a large project.

use super::any_edit;
use super::folders::mint;
use emic::store::Access;

/// Run with `cargo test --release --test store -- --ignored --nocapture`.
#[test]
#[ignore = "measures, and takes a minute"]
fn opening_100_000_codings() {
    use emic::project::edit::Edit;
    use emic::project::id::{CodingId, Mint};
    use emic::store::{NewProject, RealDisk, Who, create, open};
    use emic::text::Span;
    use std::sync::Arc;
    use std::time::Instant;

    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().join("study");
    let mut ids = mint(1);
    let new = NewProject { title: "A study".into(), initials: "PB".into(), name: String::new() };
    create(&RealDisk, &folder, &new, &mut ids).expect("a project");
    let scripted = |seed| Who::scripted(None, &mut mint(seed)).remembering(Some(home.path().join("state")));
    let disk: Arc<dyn emic::store::Disk> = Arc::new(RealDisk);
    let mut rng = fastrand::Rng::with_seed(1);
    let mut study = open(disk.clone(), &folder, scripted(2), Access::Write).expect("it opens").study(Box::new(mint(3)));
    for _ in 0..60 {
        let (mut edit, files) = any_edit::import(&study.view(), &mut ids, &mut rng);
        if let Edit::Import(new) = &mut edit {
            new.text.chars = 60_000;
            new.name = new.folder.clone();
        }
        study.apply_with(&edit, files).expect("imported");
    }
    for n in 0..50 {
        let spot = emic::project::edit::Spot { parent: None, after: None };
        let name = format!("Code {n}");
        let origin = emic::project::codebook::Origin::Emergent;
        study.apply(&Edit::AddCode { id: ids.id().into(), name, spot, origin, colour: None }).expect("added");
    }
    let codes = study.view().codebook().in_order();
    let sources: Vec<_> = study.view().sources().into_iter().map(|source| source.id).collect();
    let begun = Instant::now();
    for n in 0..100_000 {
        let start = rng.u32(0..59_000);
        let passages = vec![study.view().passage(sources[n % 60], Span::new(start, start + rng.u32(1..600)))];
        let code = codes[rng.usize(..50)];
        let done = study.apply(&Edit::Lay { passages, codes: vec![code], apart: true, borders: Vec::new() });
        let done = done.expect("laid");
        if n % 10 == 0 {
            let id: CodingId = done.puts[0].target().expect("a coding").1.into();
            study.apply(&Edit::Comment(id, "as she said before".into())).expect("noted");
        }
    }
    println!("100,000 codings laid, 10,000 noted: {:?}", begun.elapsed());
    let begun = Instant::now();
    study.finish().expect("written");
    println!("written: {:?}", begun.elapsed());
    drop(study);
    let size = |below: &str| {
        let mut total = 0;
        let mut next = vec![folder.join(below)];
        while let Some(path) = next.pop() {
            for entry in std::fs::read_dir(path).expect("a folder").flatten() {
                if entry.path().is_dir() {
                    next.push(entry.path());
                } else {
                    total += entry.metadata().expect("a file").len();
                }
            }
        }
        total / 1_000_000
    };
    println!("journals {} MB, codings {} MB", size("journal"), size("coders"));
    // The best of several: other work on the machine only ever adds.
    let best = |what: &str, times: usize, access: Access| {
        let measure = || {
            let begun = Instant::now();
            let opened = open(disk.clone(), &folder, scripted(4), access).expect("it opens");
            let took = begun.elapsed();
            assert_eq!((opened.project.codings().len(), opened.history.depth()), (100_000, 110_110));
            took
        };
        println!("{what}: {:?}", (0..times).map(|_| measure()).min());
    };
    best("opened to work, with the checkpoint", 8, Access::Write);
    best("opened to look, with the checkpoint", 8, Access::ReadOnly);
    std::fs::remove_file(folder.join(".emic/checkpoint.ron")).expect("removed");
    best("opened to look, from the lines", 3, Access::ReadOnly);
    let begun = Instant::now();
    let mut study = open(disk.clone(), &folder, scripted(5), Access::Write).expect("it opens").study(Box::new(mint(6)));
    println!("opened to work, from the lines: {:?}", begun.elapsed());
    let begun = Instant::now();
    study.finish().expect("written");
    println!("all record files looked through: {:?}", begun.elapsed());
}
