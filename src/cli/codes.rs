//! `emic codes`: the codebook with its counts; new codes by case; where in the texts each code lies.

mod beyond;

use super::args::{Codes, LookArgs};
use super::failure::Failure;
use super::opening::Desk;
use super::out;
use crate::project::id::CodeId;
use crate::project::view::View;
use crate::report::tables::Format;
use crate::table::{Cell, Table};
use std::collections::HashMap;

pub(super) fn run(args: &Codes, look: &LookArgs) -> Result<(), Failure> {
    let desk = Desk::open(&args.project, args.whose.coder.as_deref())?;
    desk.notes.iter().for_each(|note| out::note(note));
    let format = args.format.format;
    if args.beyond.saturation {
        return out::print_table(&beyond::new_codes(&desk.view(), &args.beyond), format, look);
    }
    if args.beyond.where_in_text {
        return out::print_table(&beyond::in_texts(&desk.view(), &args.beyond, format)?, format, look);
    }
    let title = format!("Codes of “{}”, {}", desk.title(), desk.whose());
    out::print_table(&table(&desk.view(), title, format), format, look)
}

fn table(view: &View<'_>, title: String, format: Format) -> Table {
    let codebook = view.codebook();
    let mut by_code: HashMap<CodeId, Vec<String>> = HashMap::new();
    for seen in view.codings() {
        by_code.entry(seen.code).or_default().push(seen.coding.id.0.guid());
    }
    let of = |code: &CodeId| by_code.get(code).cloned().unwrap_or_default();
    let columns = [
        ("code", "Code"),
        ("passages", "Passages"),
        ("with_below", "With those below"),
        ("origin", "Origin"),
        ("heading_only", "Heading only"),
        ("definition", "Definition"),
    ];
    let files = ["path", "when_to_use", "when_not", "example", "colour", "parent_id", "id"];
    let mut table = Table::new(title, columns).in_files(files);
    for id in codebook.in_order() {
        let Some(node) = codebook.get(id) else { continue };
        let code = &node.code;
        // For people the tree is shown by indenting; files have the path.
        let indent = if format == Format::Table { usize::from(node.depth) * 2 } else { 0 };
        let branch: Vec<String> = codebook.branch(id).iter().flat_map(of).collect();
        let wording = node.wording.as_deref();
        let words = |part: fn(&crate::project::codebook::Wording) -> &String| -> Cell {
            wording.map(|wording| part(wording).as_str()).into()
        };
        let definition = words(|wording| &wording.definition);
        let undefined = definition == Cell::default() && !code.heading && format == Format::Table;
        table.push(vec![
            format!("{}{}", " ".repeat(indent), code.name).into(),
            if code.heading { Cell::default() } else { Cell::counted(of(&id)) },
            if node.children.is_empty() { Cell::default() } else { Cell::counted(branch) },
            code.origin.name().into(),
            if code.heading {
                true.into()
            } else if format == Format::Table {
                Cell::default()
            } else {
                false.into()
            },
            if undefined { "to be defined".into() } else { definition },
            codebook.path(id).into(),
            words(|wording| &wording.use_when),
            words(|wording| &wording.not_when),
            words(|wording| &wording.example),
            u32::from(code.colour).into(),
            Cell::from(node.parent.map(|parent| parent.0.guid())),
            id.0.guid().into(),
        ]);
    }
    table
}
