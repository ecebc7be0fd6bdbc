//! Checklists for authors, answered as far as records go: what the project can say of an item, where that comes from, and
//! what is left for whoever writes. What an item can be answered with stands in its list; how, in `answers`.

mod answers;

use super::{Sheaf, line};
use answers::Known;
use serde::Deserialize;
use std::sync::LazyLock;

/// A checklist.
#[derive(Deserialize, Debug)]
pub struct Checklist {
    /// What it is called.
    pub name: String,
    /// In full.
    pub title: String,
    /// Where it was published.
    pub cite: String,
    /// Its items.
    pub items: Vec<Item>,
}

/// An item of a checklist.
#[derive(Deserialize, Debug)]
pub struct Item {
    /// Its number.
    pub n: String,
    /// The part of the list it stands in.
    pub part: String,
    /// What it is called.
    pub title: String,
    /// What it asks that no record answers; may be empty.
    pub asks: String,
    /// What the project knows of it.
    #[serde(default)]
    known: Vec<Known>,
}

impl Checklist {
    /// The name of its file in a report.
    #[must_use]
    pub fn file(&self) -> String {
        format!("checklist-{}.md", self.name.to_lowercase())
    }
}

/// The lists that come with the program. One that could not be read would be missing: a test reads them all.
#[must_use]
pub fn all() -> &'static [Checklist] {
    static ALL: LazyLock<Vec<Checklist>> = LazyLock::new(|| {
        let texts = [include_str!("../checklists/coreq.ron"), include_str!("../checklists/srqr.ron")];
        texts.iter().filter_map(|text| ron_list(text)).collect()
    });
    &ALL
}

fn ron_list(text: &str) -> Option<Checklist> {
    ron::from_str(text).ok()
}

/// A checklist as a Markdown document.
#[must_use]
pub fn document(sheaf: &Sheaf<'_>, list: &Checklist) -> String {
    let answers = answers::Answers::new(sheaf);
    let answered = |item: &&Item| item.known.iter().any(|known| answers.to(*known).is_some());
    let mut out = format!(
        "# {}: {}\n\n{}. {}\n\nOf {} items the project answers {} or a part of them; the others are for you to answer.\n",
        line(&list.name),
        sheaf.title(),
        line(&list.title),
        line(&list.cite),
        list.items.len(),
        list.items.iter().filter(answered).count(),
    );
    let mut part = "";
    for item in &list.items {
        if item.part != part {
            part = &item.part;
            out.push_str(&format!("\n## {}\n", line(part)));
        }
        out.push_str(&format!("\n**{}. {}**\n\n", item.n, line(&item.title)));
        let known: Vec<_> = item.known.iter().filter_map(|known| answers.to(*known)).collect();
        for answer in &known {
            out.push_str(&format!("- {} *({})*\n", line(&answer.words), line(&answer.from)));
        }
        if known.is_empty() && item.asks.is_empty() {
            out.push_str("- For you to answer.\n");
        } else if !item.asks.is_empty() {
            out.push_str(&format!("- For you to answer: {}.\n", line(&item.asks)));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_lists_are_whole_and_numbered() {
        for (text, name, items) in [
            (include_str!("../checklists/coreq.ron"), "COREQ", 32),
            (include_str!("../checklists/srqr.ron"), "SRQR", 21),
        ] {
            let list: Checklist = ron::from_str(text).expect("a list");
            assert_eq!((list.name.as_str(), list.items.len()), (name, items));
            for (n, item) in list.items.iter().enumerate() {
                assert_eq!(item.n, (n + 1).to_string());
                assert!(!item.title.is_empty(), "{}", item.n);
                assert!(!item.asks.is_empty() || !item.known.is_empty(), "{}", item.n);
            }
        }
        assert_eq!(all().len(), 2);
    }
}
