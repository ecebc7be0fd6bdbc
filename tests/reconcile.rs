//! The Reconcile view, played with real keys: what each key records, what is seen and what is not.

mod support;

#[path = "reconcile/again.rs"]
mod again;
#[path = "reconcile/deciding.rs"]
mod deciding;
#[path = "reconcile/names.rs"]
mod names;
#[path = "reconcile/queue.rs"]
mod queue;

use emic::findings::queue::Item;
use emic::project::decision::Decision;
use emic::screen::play::Player;
use std::sync::Arc;
use support::rounds::Rounds;

fn reconciling(made: &Rounds) -> Player {
    let mut player = made.player(made.pb, 120, 40);
    player.keys("gD").expect("keys");
    player
}

fn begun() -> (Rounds, Player) {
    let made = Rounds::revealed();
    let player = reconciling(&made);
    (made, player)
}

fn decisions(made: &Rounds, player: &Player) -> Vec<Arc<Decision>> {
    player.app.study.view().decisions(made.round).into_iter().cloned().collect()
}

/// The words and codes that a decision gives.
fn result(player: &mut Player, decision: &Decision) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for settled in &decision.result {
        let text = player.app.study.read(settled.at.source).expect("a text").text.clone();
        let view = player.app.study.view();
        out.push((view.code_name(settled.code).to_owned(), text.slice(view.place(settled.at)).to_owned()));
    }
    out
}

fn chosen(player: &Player) -> Item {
    player.app.reconcile.item().expect("an item").clone()
}

/// Goes down to the first item whose row has these words.
fn to(player: &mut Player, code: &str, gist: &str) {
    player.keys("gg").expect("keys");
    for _ in 0..40 {
        let queue = player.app.reconcile.queue().expect("a queue").clone();
        let view = player.app.study.view();
        let item = chosen(player);
        let name = emic::screen::views::reconcile::words::codes(&view, &item);
        if name == code && emic::screen::views::reconcile::words::gist(&queue, &item) == gist {
            return;
        }
        player.keys("j").expect("down");
    }
    panic!("no {code} with {gist}:\n{}", player.text());
}

/// The one decision there is.
fn only(made: &Rounds, player: &Player) -> Decision {
    let all = decisions(made, player);
    assert_eq!(all.len(), 1, "{all:?}");
    Decision::clone(&all[0])
}

const ONLY: (&str, &str) = ("Warm handoff", "only A");
const EXTENT: (&str, &str) = ("Warm handoff", "B wider by 49");
const PAIR: (&str, &str) = ("Funding / Reimbursement", "siblings");
const WAVE: &str = "And they will sort of wave me in if my door is open.";
const MET: &str =
    "The doctor will say, have you met our counselor? And they will sort of wave me in if my door is open.";
const COUNTY: &str = "The county gives us something every year for the rest.";
