//! Code saturation: the new codes that each case brought, those from before the reading and those from it apart.

use super::{File, Names};
use crate::findings::saturation::{Order, Step, saturation};
use crate::report::documents::Sheaf;
use crate::report::figures::{Curve, Frame, Line, curve};

pub(super) fn files(sheaf: &Sheaf<'_>, names: &mut Names) -> Vec<File> {
    let view = &sheaf.view;
    let found = saturation(view, &sheaf.working, Order::Study);
    if found.steps.is_empty() {
        return Vec::new();
    }
    let table = found.as_table(view, &sheaf.working, Order::Study);
    let line = |name: &str, total: fn(&Step) -> usize, new: fn(&Step) -> usize| Line {
        name: name.to_owned(),
        totals: found.steps.iter().map(total).collect(),
        new: found.steps.iter().map(new).collect(),
    };
    let steps = found.steps.iter().map(|step| view.case(step.case).map_or("", |case| case.name.as_str()).to_owned());
    let drawn = Curve {
        steps: steps.collect(),
        lines: vec![
            line("a priori", |step| step.prior_so_far, |step| step.prior.len()),
            line("emergent", |step| step.emergent_so_far, |step| step.emergent.len()),
        ],
    };
    let frame =
        Frame { title: "Code saturation".into(), notes: table.title.lines().map(|line| format!("{line}.")).collect() };
    let name = names.give("Saturation", "saturation");
    vec![
        File::md(format!("tables/{name}.md"), "new codes by case, a priori and emergent apart", &table, &[]),
        File::csv(format!("tables/{name}.csv"), "the same for spreadsheets", &table),
        File::new(format!("figures/{name}.svg"), "code saturation, a priori and emergent apart", curve(&frame, &drawn)),
    ]
}
