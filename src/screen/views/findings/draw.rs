//! Drawing the Findings view: the saved tables at the left, on narrow screens above; the table in hand with its cases;
//! under it what is said of the line in hand.

use super::{FindingsView, Ready, Target, detail};
use crate::findings::count::{Became, Line as Counted};
use crate::findings::truth::Truth;
use crate::project::id::WaveId;
use crate::project::view::View;
use crate::screen::app::App;
use crate::screen::theme::Role;
use crate::screen::views::code::paint::{paragraph, put};
use crate::screen::views::halves::border;
use crate::screen::views::sheet::{self, Line, nothing, width_of};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// From this width on the list stands at the left.
const WIDE: u16 = 100;
const LIST: u16 = 26;
/// The least that a name takes.
const NAME: u16 = 18;
const GAP: u16 = 2;

pub(super) fn draw(app: &App, state: &FindingsView, area: Rect, buf: &mut Buffer) -> Option<Position> {
    let view = app.study.view();
    if view.tables().is_empty() {
        let words = "No table is saved yet. a begins one: then a adds lines to it, each a code, a parent with those below \
                     it, the value of an attribute, or an expression over these. What is saved is what is asked; the \
                     figures are counted anew whenever they are looked at.";
        nothing(app, words, area, buf);
        return None;
    }
    let list = list_lines(app, &view, area);
    let places = places(list.len(), area);
    border(app, places.list, area, buf);
    let chosen = state.table().map(Target::Table);
    let cursor = sheet::draw(app, &list, chosen.as_ref(), state.in_list(), &state.list_top, places.list, buf);
    let Some(ready) = state.ready() else {
        let words = state.trouble.clone().unwrap_or_else(|| "The figures are being counted.".to_owned());
        nothing(app, &words, places.table, buf);
        return cursor;
    };
    if ready.counted.lines.is_empty() {
        nothing(app, "This table has no line yet. a adds one.", places.table, buf);
        return cursor;
    }
    let within = table(app, state, ready, places.table, buf);
    let line = app.glyphs.horizontal.repeat(usize::from(places.detail.width));
    put(buf, places.detail.x, places.detail.y, &line, places.detail.width, app.styles.style(Role::PaneBorder));
    let below = Rect {
        x: places.detail.x + 1,
        y: places.detail.y + 1,
        width: places.detail.width.saturating_sub(2),
        height: places.detail.height.saturating_sub(1),
    };
    if let Some(line) = state.line() {
        let used = put(buf, below.x, below.y, &line.name, below.width, app.styles.style(Role::Strong));
        let words = detail::of_line(app, ready, line);
        let (first, rest) = words.split_once('\n').unwrap_or((words.as_str(), ""));
        let room = below.width.saturating_sub(used + 2);
        put(buf, below.x + used + 2, below.y, first, room, app.styles.style(Role::Text));
        let under = Rect { y: below.y + 1, height: below.height.saturating_sub(1), ..below };
        paragraph(buf, under, rest, app.styles.style(Role::Dim));
    }
    cursor.or(within)
}

/// Where everything stands.
struct Places {
    list: Rect,
    table: Rect,
    detail: Rect,
}

fn places(tables: usize, area: Rect) -> Places {
    let (list, rest) = if area.width >= WIDE {
        let list = Rect { width: LIST, ..area };
        (list, Rect { x: area.x + LIST + 1, width: area.width - LIST - 1, ..area })
    } else {
        let rows = (tables as u16).min((area.height / 3).max(3));
        let list = Rect { height: rows.min(area.height), ..area };
        (list, Rect { y: area.y + rows + 1, height: area.height.saturating_sub(rows + 1), ..area })
    };
    let below = (rest.height * 2 / 5).clamp(4.min(rest.height), 12);
    let height = rest.height - below;
    Places { list, table: Rect { height, ..rest }, detail: Rect { y: rest.y + height, height: below, ..rest } }
}

fn list_lines(app: &App, view: &View<'_>, area: Rect) -> Vec<Line<Target>> {
    let styles = &app.styles;
    let tables = view.tables();
    let room = if area.width >= WIDE { LIST - 2 } else { area.width.saturating_sub(2) };
    if area.width < WIDE && !app.findings.in_list() {
        // One line says which of how many is in hand; the list opens when it has the keys.
        let at = tables.iter().position(|table| Some(table.id) == app.findings.table()).unwrap_or(0);
        let Some(table) = tables.get(at) else { return Vec::new() };
        let of = format!("{} of {}", at + 1, tables.len());
        let wide = width_of(&of);
        let name = room.saturating_sub(wide + GAP);
        let line = Line::of(styles, 1, name, table.name.as_str(), Role::Heading);
        let at = area.width.saturating_sub(wide + 1);
        return vec![line.with(styles, at, wide, of, Role::Dim).leading_to(Target::Table(table.id))];
    }
    tables
        .iter()
        .map(|table| Line::of(styles, 1, room, table.name.as_str(), Role::Text).leading_to(Target::Table(table.id)))
        .collect()
}

/// Which columns there is room for, and where they stand.
struct Columns {
    name: u16,
    n: u16,
    n_width: u16,
    percent: u16,
    percent_width: u16,
    class: Option<(u16, u16)>,
    waves: Option<(u16, u16)>,
    cells: Option<(u16, u16)>,
    bar: Option<(u16, u16)>,
}

fn columns(ready: &Ready, width: u16) -> Columns {
    let lines = &ready.counted.lines;
    let widest = |words: &dyn Fn(&Counted) -> String, least: u16| {
        lines.iter().map(|line| width_of(&words(line))).max().unwrap_or(0).max(least)
    };
    let n_width = widest(&|line| line.figure.words(), 7);
    let percent_width = widest(&|line| line.figure.percent().unwrap_or_default(), 5);
    let class = widest(&|line| line.rule.clone().unwrap_or_default(), 0).min(14);
    let waves = if ready.counted.beside.is_some() { widest(&waves_words, 6) } else { 0 };
    let name_wanted =
        widest(&|line| format!("{}{}", line.name, " ".repeat(usize::from(line.line.indent) * 2 + 3)), NAME);
    let numbers = GAP + n_width + GAP + percent_width;
    let with = |width: u16| if width > 0 { width + GAP } else { 0 };
    let room = width.saturating_sub(1);
    // First the name, then the class, then the cases, then the bar.
    let class = if room >= NAME + numbers + with(class) { class } else { 0 };
    let waves = if room >= NAME + numbers + with(class) + with(waves) { waves } else { 0 };
    let fixed = numbers + with(class) + with(waves);
    let units = u16::try_from(ready.counted.units.len()).unwrap_or(u16::MAX);
    let left = room.saturating_sub(fixed + name_wanted.min(44));
    let gaps = u16::try_from(ready.counted.groups.len().saturating_sub(1)).unwrap_or(u16::MAX).saturating_mul(GAP);
    let wide = |cell: u16| units.saturating_mul(cell).saturating_add(gaps);
    let cell = match left {
        left if units > 0 && left >= wide(2).saturating_add(GAP) => 2,
        left if units > 0 && left >= wide(1).saturating_add(GAP) => 1,
        _ => 0,
    };
    let cells = if cell > 0 { wide(cell) } else { 0 };
    let name = name_wanted.min(room.saturating_sub(fixed + with(cells))).max(NAME.min(room));
    let n = 1 + name + GAP;
    let percent = n + n_width + GAP;
    let mut x = percent + percent_width + GAP;
    let (class, waves) = (place(&mut x, class), place(&mut x, waves));
    let cells = place(&mut x, cells).map(|(at, _)| (at, cell));
    let bar = room.saturating_sub(x);
    let bar = place(&mut x, if bar >= 8 { bar.min(24) } else { 0 });
    Columns { name, n, n_width, percent, percent_width, class, waves, cells, bar }
}

/// The place of a column of this width from `x` on, if it has any.
fn place(x: &mut u16, width: u16) -> Option<(u16, u16)> {
    let at = *x;
    *x += if width > 0 { width + GAP } else { 0 };
    (width > 0).then_some((at, width))
}

/// How many rows the headings of the table take: what stands above the columns, and above it the values that the cases
/// stand apart by, where there is room for cases.
fn head_rows(ready: &Ready, columns: &Columns) -> u16 {
    1 + u16::from(!ready.counted.groups.is_empty() && columns.cells.is_some())
}

/// Where each unit's cell stands, from the first one on: those of one value side by side, with a gap before the next.
fn cells_at(ready: &Ready, cell: u16) -> Vec<u16> {
    let mut out = Vec::with_capacity(ready.counted.units.len());
    let mut x = 0_u16;
    let mut ends: Vec<usize> = Vec::new();
    for group in &ready.counted.groups {
        ends.push(ends.last().copied().unwrap_or(0) + group.len);
    }
    for n in 0..ready.counted.units.len() {
        if n > 0 && ends.contains(&n) {
            x = x.saturating_add(GAP);
        }
        out.push(x);
        x = x.saturating_add(cell);
    }
    out
}

fn table(app: &App, state: &FindingsView, ready: &Ready, area: Rect, buf: &mut Buffer) -> Option<Position> {
    let columns = columns(ready, area.width);
    let dim = app.styles.style(Role::Dim);
    let above = head_rows(ready, &columns);
    let titles = area.y + above - 1;
    let right = |words: &str, at: u16, width: u16| at + width.saturating_sub(width_of(words));
    let head = |words: &str, at: u16, width: u16, buf: &mut Buffer| {
        put(buf, area.x + right(words, at, width), titles, words, width, dim);
    };
    let of = format!("of {}", ready.counted.units.len());
    head(&of, columns.n, columns.n_width, buf);
    head("%", columns.percent, columns.percent_width, buf);
    let view = app.study.view();
    let kind = match ready.counted.table.kind.as_str() {
        "" => ready.counted.table.counts.name().to_owned(),
        kind => kind.to_owned(),
    };
    let name_of = |id: Option<WaveId>| id.and_then(|id| view.wave(id)).map(|wave| wave.name.as_str());
    let wave = name_of(ready.counted.table.wave).map(|name| format!(" {} {name}", app.glyphs.dot)).unwrap_or_default();
    if let (Some((at, width)), Some(beside)) = (columns.waves, name_of(ready.counted.table.beside)) {
        put(buf, area.x + at, titles, beside, width, dim);
    }
    let only = match &ready.counted.table.only {
        Some(only) => format!(" {} {}", app.glyphs.dot, crate::findings::expression::print(&view, only)),
        None => String::new(),
    };
    put(buf, area.x + 1, titles, &format!("{kind}{wave}{only}"), columns.name, dim);
    let places = columns.cells.map_or_else(Vec::new, |(_, cell)| cells_at(ready, cell));
    if let Some((at, cell)) = columns.cells {
        let mut first = 0;
        for (n, group) in ready.counted.groups.iter().enumerate() {
            let x = places.get(first).copied().unwrap_or(0);
            // As wide as its cells, with the gap before the next; the last may run on.
            let room = if n + 1 == ready.counted.groups.len() { u16::MAX } else { group.len as u16 * cell + GAP - 1 };
            let (x, end) = (area.x + at + x, area.right());
            put(buf, x, area.y, &group.name, room.min(end.saturating_sub(x)), app.styles.style(Role::Subheading));
            first += group.len;
        }
        for (n, name) in ready.short.iter().enumerate() {
            let digits: String = name.chars().rev().take_while(char::is_ascii_digit).collect();
            let label: String = match digits.is_empty() {
                true => name.chars().take(usize::from(cell)).collect(),
                false => digits.chars().take(usize::from(cell)).collect::<Vec<_>>().into_iter().rev().collect(),
            };
            let role = if n % 2 == 0 { Role::Dim } else { Role::Faint };
            let x = area.x + at + places.get(n).copied().unwrap_or(0);
            put(buf, x, titles, &label, cell, app.styles.style(role));
        }
    }
    let lines = lines(app, ready, &columns);
    let chosen = state.target().filter(|_| !state.in_list()).or_else(|| state.line().map(|l| Target::Line(l.line.id)));
    let rows = Rect { y: area.y + above, height: area.height.saturating_sub(above), ..area };
    let cursor = sheet::draw(app, &lines, chosen.as_ref(), !state.in_list(), &state.top, rows, buf);
    let (Some(cursor), Some(unit), Some((at, cell))) = (cursor, state.unit, columns.cells) else { return cursor };
    let x = area.x + at + places.get(unit).copied().unwrap_or(0);
    if x + cell <= area.right() {
        buf.set_style(Rect::new(x, cursor.y, cell, 1), app.styles.style(Role::CellCursor));
    }
    Some(Position::new(x.min(area.right().saturating_sub(1)), cursor.y))
}

fn waves_words(line: &Counted) -> String {
    let Some(waves) = &line.waves else { return String::new() };
    let missing = if waves.in_one.is_empty() { String::new() } else { format!(" ?{}", waves.in_one.len()) };
    format!("{} +{} −{}{missing}", waves.figure.words(), waves.gained.len(), waves.lost.len())
}

fn lines(app: &App, ready: &Ready, columns: &Columns) -> Vec<Line<Target>> {
    let styles = &app.styles;
    let mut out: Vec<Line<Target>> = Vec::new();
    let mut group: Option<&str> = None;
    for line in &ready.counted.lines {
        let this = line.group.as_str();
        if group != Some(this) {
            if group.is_some() {
                out.push(Line::gap());
            }
            if !this.is_empty() {
                out.push(Line::of(styles, 1, columns.name + columns.n_width + GAP, this, Role::Subheading));
            }
            group = Some(this);
        }
        out.push(one(app, ready, columns, line));
    }
    out
}

fn one(app: &App, ready: &Ready, columns: &Columns, line: &Counted) -> Line<Target> {
    let styles = &app.styles;
    let figure = &line.figure;
    let set_in = u16::from(!line.group.is_empty()) * 2 + u16::from(line.line.indent) * 2;
    let room = columns.name.saturating_sub(set_in);
    let mark = if line.line.important { "*" } else { "" };
    let mut name = line.name.clone();
    while width_of(&name) + width_of(mark) > room && !name.is_empty() {
        name.pop();
    }
    if name.len() < line.name.len() {
        name.pop();
        name.push_str(app.glyphs.ellipsis);
    }
    let (n, percent) = (figure.words(), figure.percent().unwrap_or_default());
    let right = |words: &str, at: u16, width: u16| at + width.saturating_sub(width_of(words));
    let open = !figure.disputed.is_empty();
    let mut out = Line::of(styles, 1 + set_in, room, format!("{name}{mark}"), Role::Text)
        .with(
            styles,
            right(&n, columns.n, columns.n_width),
            columns.n_width,
            n.clone(),
            if open { Role::Warning } else { Role::Strong },
        )
        .with(
            styles,
            right(&percent, columns.percent, columns.percent_width),
            columns.percent_width,
            percent,
            Role::Dim,
        );
    if let (Some((at, width)), Some(rule)) = (columns.class, &line.rule) {
        out = out.with(styles, at, width, rule.as_str(), class_role(ready, rule));
    }
    if let Some((at, width)) = columns.waves {
        out = out.with(styles, at, width, waves_words(line), Role::Dim);
    }
    if let (Some((at, cell)), Some(answers)) = (columns.cells, ready.answers.get(&line.line.id)) {
        let became = ready.became.get(&line.line.id);
        for ((n, truth), x) in answers.iter().enumerate().zip(cells_at(ready, cell)) {
            let (sign, role) = match truth {
                _ if became.and_then(|became| became[n]) == Some(Became::Gained) => ("+", Role::CellPresent),
                _ if became.and_then(|became| became[n]) == Some(Became::Lost) => ("-", Role::CellUnclear),
                _ if became.and_then(|became| became[n]) == Some(Became::InOne) => {
                    (app.glyphs.unclear, Role::CellUnclear)
                }
                Some(Truth::Yes) => (app.glyphs.read, Role::CellPresent),
                Some(Truth::No) => (app.glyphs.dot, Role::CellAbsent),
                Some(Truth::Missing) => (app.glyphs.dash, Role::CellUnclear),
                Some(Truth::Disputed) => (app.glyphs.unclear, Role::CellUnclear),
                None | Some(Truth::NotYet) => (" ", Role::CellAbsent),
            };
            let words = if cell > 1 { format!("{sign} ") } else { sign.to_owned() };
            out = out.with(styles, at + x, cell, words, role);
        }
    }
    if let Some((at, width)) = columns.bar {
        let full = |n: usize| (n * usize::from(width)).checked_div(figure.of()).unwrap_or(0);
        let (sure, possible) = (full(figure.low()), full(figure.high()));
        let role = line.rule.as_deref().map_or(Role::ChartFirst, |rule| bar_role(ready, rule));
        let rest = usize::from(width) - possible.min(usize::from(width));
        out = out
            .with(styles, at, width, app.glyphs.bar.repeat(sure), role)
            .with(styles, at + sure as u16, width, app.glyphs.bar_half.repeat(possible - sure), role)
            .with(styles, at + possible as u16, width, app.glyphs.bar_rest.repeat(rest), Role::ChartTrack);
    }
    out.leading_to(Target::Line(line.line.id))
}

fn nth_rule(ready: &Ready, name: &str) -> usize {
    ready.counted.table.rules.iter().position(|rule| rule.name == name).unwrap_or(0)
}

fn class_role(ready: &Ready, name: &str) -> Role {
    if nth_rule(ready, name) == 0 { Role::Ok } else { Role::Warning }
}

fn bar_role(ready: &Ready, name: &str) -> Role {
    if nth_rule(ready, name) == 0 { Role::ChartFirst } else { Role::ChartSecond }
}

/// What can be chosen at a cell.
pub(super) fn target_at(app: &App, area: Rect, at: Position) -> Option<Target> {
    let (view, state) = (app.study.view(), &app.findings);
    let list = list_lines(app, &view, area);
    let places = places(list.len(), area);
    let target = |lines: &[Line<Target>], top: usize, area: Rect| {
        let line = lines.get(top + usize::from(at.y.checked_sub(area.y)?))?;
        line.target
    };
    if places.list.contains(at) {
        return target(&list, state.list_top.get(), places.list);
    }
    let ready = state.ready().filter(|_| places.table.contains(at))?;
    let columns = columns(ready, places.table.width);
    let above = head_rows(ready, &columns);
    let rows = Rect { y: places.table.y + above, height: places.table.height.saturating_sub(above), ..places.table };
    target(&lines(app, ready, &columns), state.top.get(), rows)
}
