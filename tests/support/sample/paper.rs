//! What the paper's Table 3 has: who does what.

use std::collections::BTreeMap;

/// Who does what in two practices or more (the X of the table), and the blank cells in which exactly one does; by the keys
/// of the working files.
const CELLS: [(&str, &str, &str); 11] = [
    ("pcp", "elicit connect plan prescribe groups", "followup"),
    ("bh", "elicit assess connect plan prescribe followup groups", ""),
    ("layperson", "elicit assess connect plan", ""),
    ("rn", "elicit screen connect plan followup", "assess"),
    ("ma", "elicit screen connect plan", "followup"),
    ("ma_coordinator", "connect plan followup", ""),
    ("front_desk", "", "connect"),
    ("health_coach", "connect followup groups", "elicit"),
    ("ot", "groups", ""),
    ("pt", "groups", ""),
    ("nutritionist", "groups", "elicit"),
];

/// The cells with something in them, role and task: whether two practices or more do so.
pub fn roles_by_tasks() -> BTreeMap<(String, String), bool> {
    let cells = CELLS.iter().flat_map(|(role, many, once)| {
        let many = many.split_whitespace().map(move |task| ((*role, task), true));
        many.chain(once.split_whitespace().map(move |task| ((*role, task), false)))
    });
    cells.map(|((role, task), many)| ((role.to_owned(), task.to_owned()), many)).collect()
}
