//! Every role by its name, every colour of codes in all its uses, and what figures are drawn with.

use super::In::{As, Of};
use super::Pen;
use super::R;

pub(super) fn sheet(pen: &mut Pen) {
    pen.frame();
    let h = pen.buf.area.height;
    let room = h.saturating_sub(5).max(1);
    for (at, role) in (0u16..).zip(R::ALL) {
        let style = pen.s.style(*role);
        pen.put(1 + 25 * (at / room), 2 + at % room, &[(Of(style), role.name())]);
    }
    for hue in 0..pen.s.hues() as u8 {
        let (code, y) = (pen.s.code(hue), 2 + 2 * u16::from(hue));
        let name = pen.s.hue_name(hue).to_owned();
        let g = pen.g;
        let x = pen.put(54, y, &[(Of(code.swatch), g.swatch), (Of(code.name), " "), (Of(code.name), &name)]).max(69);
        let x = pen.put(
            x,
            y,
            &[(Of(code.tint), "gets a PHQ first"), (As(R::Text), " "), (Of(code.current), "in the room")],
        );
        let next = pen.s.tint_of(&[hue, hue + 1]);
        let third = pen.s.tint_of(&[hue, hue + 1, hue + 2]);
        let same = pen.s.tint_of(&[hue, hue]);
        pen.put(
            x + 1,
            y,
            &[
                (Of(next), "two codes"),
                (As(R::Text), " "),
                (Of(third), "three codes"),
                (As(R::Text), " "),
                (Of(same), "twice it"),
                (As(R::Text), " "),
                (Of(code.stripe), g.bar),
                (Of(code.stripe), g.bar_half),
                (Of(code.stripe), g.stripe_end),
            ],
        );
    }
    let g = pen.g;
    let y = 26;
    for (row, (name, n)) in
        (y..).zip([("Stepped care", 20u16), ("Registries", 5), ("Open access", 4), ("Colocation", 8)])
    {
        pen.put(54, row, &[(As(R::Text), name)]);
        pen.put_right(72, row, &[(As(R::Strong), &n.to_string())]);
        for case in 0..12 {
            let (role, sign) = match (case * 7 + n * 3) % 9 {
                0..4 => (R::CellPresent, g.read),
                4 => (R::CellNot, g.wrong),
                5 => (R::CellUnclear, g.unclear),
                _ => (R::CellAbsent, g.dot),
            };
            let role = if (row, case) == (y + 2, 5) { R::CellCursor } else { role };
            pen.put(75 + 2 * case, row, &[(As(role), sign), (As(role), " ")]);
        }
        let class = if n > 6 { (R::ChartFirst, R::Ok, "common") } else { (R::ChartSecond, R::Warning, "pioneering") };
        pen.put(101, row, &[(As(class.1), class.2)]);
        let bar = g.bar.repeat(usize::from(n));
        pen.put(113, row, &[(As(class.0), &bar), (As(R::ChartTrack), &g.bar_rest.repeat(22 - usize::from(n)))]);
        pen.put(
            138,
            row,
            &[
                (As(R::ChartLine), g.interval_start),
                (As(R::ChartLine), &g.horizontal.repeat(4)),
                (As(R::ChartPoint), g.read),
                (As(R::ChartLine), g.horizontal),
                (As(R::ChartLine), g.interval_end),
            ],
        );
    }
    pen.put(
        54,
        y + 6,
        &[
            (As(R::Dim), "decided  "),
            (As(R::MeterFull), &g.meter.repeat(12)),
            (As(R::MeterEmpty), &g.meter_rest.repeat(30)),
        ],
    );
    pen.put(
        54,
        y + 7,
        &[
            (As(R::CoderA), "A"),
            (As(R::Text), " coded "),
            (As(R::CoderA), "Warm handoff"),
            (As(R::Dim), "   "),
            (As(R::CoderB), "B"),
            (As(R::Dim), " coded nothing here"),
        ],
    );
}
