//! The program killed at random moments: whatever it had acknowledged is there.

use super::desk::{Desk, INTERVIEW};
use emic::store::{Access, RealDisk, Who, log, open};
use std::collections::HashMap;
use std::fs;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

/// How often it is killed: 10 times, or as `EMIC_KILLS` says.
fn kills() -> u32 {
    std::env::var("EMIC_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(10)
}

/// Codes, recodes, writes memos, takes back, does again, for longer than anybody waits.
fn script(n: u32) -> String {
    let mut keys = String::new();
    for round in 0..400 {
        keys.push_str(&format!(
            "scCode {n}.{round}<Enter>jjscCode {n}.{round}<Enter>mThought {n}.{round}<Esc>u<C-r>jjuukk"
        ));
    }
    keys
}

#[test]
fn whatever_was_acknowledged_before_a_kill_reopens() {
    let mut rng = fastrand::Rng::new();
    let seed = rng.get_seed();
    let mut desk = Desk::new();
    let mut acknowledged = 0;
    for n in 0..kills() {
        // A project that is killed again and again, and now and then another, so that it does not only grow.
        if n % 10 == 0 {
            desk = Desk::new();
            desk.project("study");
            desk.file("a.txt", INTERVIEW.repeat(20));
            desk.run(["import", "study", "a.txt"]);
        }
        let study = desk.path("study");
        let mut child = Command::new(env!("CARGO_BIN_EXE_emic"))
            .args(["screen", "study", "--write", "--acks", "acks", "--size", "80x24", "--keys", &script(n)])
            .env_clear()
            .current_dir(desk.path(""))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("started");
        std::thread::sleep(Duration::from_millis(rng.u64(50..1500)));
        child.kill().expect("killed");
        child.wait().expect("gone");

        let acks = fs::read_to_string(desk.path("acks")).unwrap_or_default();
        // The last line may be cut off: then it was not acknowledged.
        let whole = acks.rfind('\n').map_or("", |end| &acks[..end]);
        let there: HashMap<String, String> = log(&RealDisk, &study)
            .expect("the log")
            .map(|entry| (format!("{} {}", entry.stamp.0, entry.stamp.1), entry.line.did))
            .collect();
        for ack in whole.lines().filter(|line| !line.is_empty()) {
            let mut parts = ack.splitn(3, ' ');
            let stamp = format!("{} {}", parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
            let did = there.get(&stamp).map(|did| did.split_whitespace().collect::<Vec<_>>().join(" "));
            assert_eq!(did.as_deref(), parts.next(), "kill {n} (seed {seed}) lost “{ack}”");
        }
        acknowledged = acknowledged.max(whole.lines().count());
        // It opens, by way of the checkpoint and from the lines alone, and is the same.
        let mut mint = emic::session::SystemMint::default();
        let mut look = || {
            let who = Who::scripted(Some("PB"), &mut mint);
            open(Arc::new(RealDisk), &study, who, Access::ReadOnly).expect("it opens").project
        };
        let quick = look();
        let _absent = fs::remove_dir_all(study.join(".emic"));
        assert!(quick == look(), "kill {n} (seed {seed}): the checkpoint tells another project");
        // What a killed program leaves can be worked in.
        if n % 5 == 4 {
            desk.run(["screen", "study", "--write", "--keys", "jjscAfter the kill<Enter>"]);
        }
    }
    assert!(acknowledged > 0, "no run came far enough to acknowledge anything");
    println!("{} kills, up to {acknowledged} steps acknowledged in one project", kills());
}
