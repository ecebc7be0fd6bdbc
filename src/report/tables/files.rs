//! Tables as files: JSON, CSV, Markdown. Control characters do not come through as they are in any of them.

use crate::table::{Cell, Table, Value, percent};
use crate::text::wrap::shown;
use serde_json::{Map, Number, Value as Json};
use unicode_segmentation::UnicodeSegmentation;

/// An array of objects, one a row, keys as the columns have them. Where cells were counted, the object's `codings` says
/// from which, by column. Text is whole: characters that a terminal would obey are escaped.
pub(super) fn json(table: &Table) -> String {
    if table.rows.is_empty() {
        return "[]\n".to_owned();
    }
    let rows: Vec<String> = table.rows.iter().map(|row| object(table, row)).collect();
    format!("[\n{}\n]\n", rows.join(",\n"))
}

fn object(table: &Table, row: &[Cell]) -> String {
    let mut fields: Vec<(&str, Json)> = Vec::with_capacity(row.len() + 1);
    let mut codings = Map::new();
    for (column, cell) in table.columns.iter().zip(row) {
        let number = |x: f64| Number::from_f64(x).map_or(Json::Null, Json::Number);
        let value = match &cell.value {
            Value::Nothing => Json::Null,
            Value::Text(text) => Json::String(text.clone()),
            Value::Count(n) => Json::from(*n),
            Value::Decimal(x, _) => number(*x),
            Value::Percent(x, _) => number(x * 100.0),
            // As printed, so that a file says what the screen says.
            Value::Share(n, of) => percent(*n, *of).and_then(|p| p.parse().ok()).map_or(Json::Null, number),
            Value::YesNo(yes) => Json::Bool(*yes),
        };
        fields.push((column.name(), value));
        if !cell.from.is_empty() {
            codings.insert(column.name().to_owned(), Json::from(cell.from.clone()));
        }
    }
    if !codings.is_empty() {
        fields.push(("codings", Json::Object(codings)));
    }
    // In the order of the columns, which a map would not keep.
    let fields: Vec<String> =
        fields.iter().map(|(key, value)| escaped(&format!("{}:{value}", Json::from(*key)))).collect();
    format!("  {{{}}}", fields.join(","))
}

/// JSON with the characters escaped that it allows and a terminal or an editor would obey.
fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if is_unsafe(c) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// Control characters, and those that turn the direction of writing.
fn is_unsafe(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// CSV with a row of headings. A cell that a spreadsheet would take for a formula gets a `'` before it.
pub(super) fn csv(table: &Table) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let headings = table.columns.iter().map(|column| spreadsheet(&Cell::from(column.name())));
    // Writing into memory does not fail, and every row has as many cells.
    let _written = writer.write_record(headings);
    for row in &table.rows {
        let _written = writer.write_record(row.iter().map(spreadsheet));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

fn spreadsheet(cell: &Cell) -> String {
    match &cell.value {
        Value::Text(text) => {
            let plain = visible(text);
            if plain.starts_with(['=', '+', '-', '@', '\t']) { format!("'{plain}") } else { plain }
        }
        Value::Count(n) => n.to_string(),
        Value::Decimal(x, _) => x.to_string(),
        Value::Percent(x, _) => (x * 100.0).to_string(),
        Value::Share(n, of) => percent(*n, *of).unwrap_or_default(),
        Value::Nothing | Value::YesNo(_) => cell.words(),
    }
}

/// The text with pictures for control characters; line feeds and tabs stay.
pub(in crate::report) fn visible(text: &str) -> String {
    text.graphemes(true)
        .map(|part| match part {
            "\n" | "\r\n" => "\n".into(),
            "\t" => "\t".into(),
            part if part.chars().any(is_unsafe) => shown(part).into_owned(),
            part => part.to_owned(),
        })
        .collect()
}

/// A Markdown table with its title above; without the columns that are for files only.
pub(super) fn md(table: &Table) -> String {
    let shown: Vec<usize> = (0..table.columns.len()).filter(|n| !table.columns[*n].in_files_only).collect();
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut out = String::new();
    if !table.title.is_empty() {
        out.push_str(&format!("**{}**\n\n", inline(&table.title)));
    }
    out.push_str(&line(shown.iter().map(|&n| inline(&table.columns[n].title)).collect()));
    let number = |n: usize| table.rows.iter().any(|row| row[n].is_number());
    out.push_str(&line(shown.iter().map(|&n| if number(n) { "---:" } else { "---" }.to_owned()).collect()));
    for row in &table.rows {
        out.push_str(&line(shown.iter().map(|&n| inline(&row[n].words())).collect()));
    }
    out
}

/// Words as they can stand in a cell of a Markdown table.
fn inline(text: &str) -> String {
    let text = visible(text).replace('\\', "\\\\").replace('|', "\\|").replace('<', "&lt;").replace('\t', " ");
    text.trim_end().replace('\n', "<br>")
}

#[cfg(test)]
mod tests {
    use super::super::tests::awkward;
    use super::*;

    #[test]
    fn csv_reads_back_and_holds_no_formula() {
        let csv = csv(&awkward());
        assert!(!csv.contains('\u{1b}'), "{csv}");
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
        assert_eq!(&rows[0][0], "'=SUM(A1)");
        assert_eq!(&rows[0][2], "one | two\nthree ␛[2J 語");
        assert_eq!(&rows[1][1], "1234");
        assert_eq!(reader.headers().expect("headings"), vec!["code", "passages", "text", "id"]);
    }

    #[test]
    fn json_reads_back_whole_with_what_was_counted() {
        let json = json(&awkward());
        assert!(!json.contains('\u{1b}') && !json.contains('\u{9b}'), "{json}");
        let read: Json = serde_json::from_str(&json).expect("JSON");
        assert_eq!(read[0]["text"], "one | two\nthree \u{1b}[2J 語");
        assert_eq!(read[0]["passages"], 2);
        assert_eq!(read[0]["codings"]["passages"][1], "b-2");
        assert_eq!(read[1]["text"], Json::Null);
        assert_eq!(super::json(&Table::default()), "[]\n");
        let csi = "\u{9b}2J \u{202e}x";
        let mut table = Table::new("", [("text", "Text")]);
        table.push(vec![csi.into()]);
        let written = super::json(&table);
        assert!(written.is_ascii(), "{written}");
        assert_eq!(serde_json::from_str::<Json>(&written).expect("JSON")[0]["text"], csi);
    }

    #[test]
    fn markdown_keeps_its_cells_apart() {
        let md = md(&awkward());
        let lines: Vec<&str> = md.lines().collect();
        assert_eq!(lines[0], "**Two \\| rows**");
        assert_eq!(lines[2], "| Code | Passages | Text |");
        assert_eq!(lines[3], "| --- | ---: | --- |");
        assert_eq!(lines[4], "| =SUM(A1) | 2 | one \\| two<br>three ␛[2J 語 |");
    }
}
