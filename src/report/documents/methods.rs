//! The methods paragraph of every round that was revealed, oldest first.

use super::{Sheaf, line};
use crate::findings::methods::methods;

/// The paragraphs as a Markdown document.
#[must_use]
pub fn document(sheaf: &Sheaf<'_>) -> String {
    let view = &sheaf.view;
    let mut out = format!("# Methods: {}\n\nWhat the project does not know stands as a gap ⟨…⟩.\n", sheaf.title());
    let mut none = true;
    for round in view.rounds() {
        if view.reveal(round.id).is_none() {
            continue;
        }
        none = false;
        let said = match methods(view, round.id, sheaf.texts, sheaf.version) {
            Ok(paragraph) => paragraph,
            Err(why) => format!("⟨{why}⟩"),
        };
        out.push_str(&format!("\n## {}\n\n{}\n", line(&round.name), line(&said)));
    }
    if none {
        out.push_str("\nNo round was revealed.\n");
    }
    out
}
