//! A Code view: cases, a transcript with codings of every kind on it, the codebook, and a picker over it.

use super::In::{As, Of};
use super::Pen;
use super::R;
use ratatui::layout::Rect;
use ratatui::style::Style;

const TURNS: [(u16, &str, bool, &str, &[&str]); 6] = [
    (
        11,
        "Interviewer",
        false,
        "00:04:02",
        &[
            "Walk me through what happens when a new patient comes in. How do",
            "you find out that somebody needs more than a medical visit?",
        ],
    ),
    (
        12,
        "Clinic manager",
        true,
        "00:04:10",
        &[
            "So every new patient, doesn't matter what they're here for, gets a",
            "PHQ before the doctor comes in. Rosa does it, our MA, right after",
            "the blood pressure. If it comes back high she doesn't write a note",
            "and hope. She walks over and gets Denise, our social worker, and",
            "Denise comes into the room. That minute is, um, that's the whole",
            "thing, really.",
        ],
    ),
    (13, "Interviewer", false, "00:04:51", &["And when Denise is with someone else?"]),
    (
        14,
        "Clinic manager",
        true,
        "00:04:55",
        &[
            "Then we have her card, and the front desk, and if it can wait it",
            "waits. We tried keeping half an hour open every hour, you know,",
            "thirty minutes booked, thirty minutes free. The grant that paid for",
            "that ran out in the fall. So now it is whoever is not in a session.",
        ],
    ),
    (15, "Interviewer", false, "00:05:40", &["What did the grant pay for, exactly?"]),
    (16, "Clinic manager", true, "00:05:43", &["Denise. All of Denise."]),
];

/// Codings as (row on the screen, from, to, hues), in columns of the text.
const CODED: [(u16, u16, u16, &[u8]); 10] = [
    (8, 3, 66, &[0]),
    (9, 0, 31, &[0]),
    (9, 32, 65, &[2]),
    (10, 0, 19, &[2]),
    (20, 16, 63, &[3]),
    (21, 0, 23, &[3]),
    (21, 23, 43, &[3, 5]),
    (21, 44, 67, &[5]),
    (22, 0, 25, &[5]),
    (28, 8, 22, &[5, 6, 7]),
];

pub(super) fn code_view(pen: &mut Pen) {
    pen.frame();
    let (w, h) = (pen.buf.area.width, pen.buf.area.height);
    let g = pen.g;
    for y in 1..h.saturating_sub(2) {
        pen.put(26, y, &[(As(R::PaneBorder), g.vertical)]);
        pen.put(117, y, &[(As(R::PaneBorder), g.vertical)]);
        pen.put(116, y, &[(As(if (8..12).contains(&y) { R::ScrollThumb } else { R::ScrollTrack }), g.thumb)]);
    }
    for (y, hue) in [(5, 0), (6, 1), (7, 2), (10, 5), (14, 3), (15, 5), (20, 0), (26, 4)] {
        let stripe = pen.s.code(hue).stripe;
        pen.put(116, y, &[(Of(stripe), g.overview)]);
    }
    cases(pen);
    transcript(pen);
    codes(pen);
    if w > 60 && h > 36 {
        picker(pen);
    }
}

fn cases(pen: &mut Pen) {
    let g = pen.g;
    pen.put(1, 1, &[(As(R::Heading), "CASES")]);
    pen.put_right(24, 1, &[(As(R::Dim), "12/30")]);
    let rows: [(u16, &str, &str, &str, R); 9] = [
        (1, g.closed, "Practice 05", g.done, R::Ok),
        (1, g.closed, "Practice 06", g.done, R::Ok),
        (1, g.open, "Practice 07", "2/3", R::Text),
        (3, g.part_read, "Clinic manager", "34%", R::Key),
        (3, g.read, "BH specialist", "100%", R::Dim),
        (3, g.unread, "Field note", "", R::Dim),
        (1, g.closed, "Practice 08", "0/2", R::Dim),
        (1, g.closed, "Practice 09", "0/4", R::Dim),
        (1, g.closed, "Practice 10", "0/1", R::Dim),
    ];
    for ((x, sign, name, count, role), y) in rows.into_iter().zip(3..) {
        let chosen = name == "Clinic manager";
        if chosen {
            pen.ground(Rect::new(0, y, 26, 1), R::ListSelectedInactive);
        }
        let sign_role = if chosen { R::Strong } else { R::Dim };
        let name_role = if chosen { R::Strong } else { R::Text };
        pen.put(x, y, &[(As(sign_role), sign), (As(R::Text), " "), (As(name_role), name)]);
        let style = pen.s.style(role);
        pen.put_right(25, y, &[(Of(style), count)]);
    }
    pen.put(1, 14, &[(As(R::Heading), "PRACTICE 07")]);
    for ((name, value), y) in
        [("type", "FQHC"), ("setting", "rural"), ("sites", "6 to 10"), ("BH staff", "2")].iter().zip(15..)
    {
        pen.put(1, y, &[(As(R::Dim), name)]);
        pen.put(11, y, &[(As(R::Text), value)]);
    }
    pen.put(1, 21, &[(As(R::Heading), "ON THIS PASSAGE")]);
    for (hue, name, y) in [(0, "Universal screening", 22), (2, "MA or RN screens", 23)] {
        let swatch = pen.s.code(hue).swatch;
        pen.put(1, y, &[(Of(swatch), g.swatch), (As(R::Text), " "), (As(R::Text), name)]);
    }
    pen.put(1, 25, &[(As(R::MemoMark), g.memo), (As(R::MemoMark), " memo: “everybody,")]);
    pen.put(3, 26, &[(As(R::MemoMark), "not just the sad”")]);
    pen.put(1, 28, &[(As(R::ListMarked), "* Practice 11"), (As(R::Dim), "  "), (As(R::Badge), " to be defined ")]);
}

fn transcript(pen: &mut Pen) {
    let g = pen.g;
    pen.put(28, 1, &[(As(R::HeadingFocused), "Clinic manager"), (As(R::Dim), "  interview · 12 Mar · 1,240 words")]);
    pen.put_right(100, 1, &[(As(R::Dim), "turn 12 of 88")]);
    let mut y = 3;
    for (number, speaker, participant, time, rows) in TURNS {
        let role = if participant { R::SpeakerParticipant } else { R::SpeakerInterviewer };
        pen.put_right(31, y, &[(As(R::TurnNumber), &number.to_string())]);
        pen.put(33, y, &[(As(role), speaker)]);
        pen.put_right(100, y, &[(As(R::TimeStamp), time)]);
        for (row, y) in rows.iter().zip(y + 1..) {
            if y == 13 {
                pen.ground(Rect::new(27, y, 89, 1), R::CursorLine);
            }
            let scope = if number == 15 { R::OutOfScope } else { R::Text };
            let style = pen.s.style(scope);
            pen.put(33, y, &[(Of(style), row)]);
        }
        y += rows.len() as u16 + 2;
    }
    let area = pen.buf.area;
    let mut lay = |y: u16, from: u16, to: u16, style: Style| {
        pen.buf.set_style(Rect::new(33 + from, y, to - from, 1).intersection(area), style);
    };
    for (y, from, to, hues) in CODED {
        lay(y, from, to, pen.s.tint_of(hues));
    }
    lay(9, 32, 65, pen.s.code(2).current);
    lay(10, 0, 19, pen.s.code(2).current);
    lay(4, 33, 44, pen.s.style(R::SearchHit));
    lay(19, 13, 16, pen.s.style(R::SearchHitCurrent));
    lay(10, 20, 66, pen.s.style(R::Selection));
    lay(11, 0, 64, pen.s.style(R::Selection));
    lay(12, 0, 27, pen.s.style(R::Selection));
    lay(12, 26, 27, pen.s.style(R::CursorCell));
    lay(16, 9, 15, pen.s.style(R::SelectionInactive));
    for (x, from, to, hue, name, at) in [
        (101, 8, 9, 0, "Screening", 8),
        (102, 9, 10, 2, "MA or RN", 9),
        (101, 20, 21, 3, "Open-access", 20),
        (102, 21, 22, 5, "Funding", 21),
    ] {
        let (stripe, name_style) = (pen.s.code(hue).stripe, pen.s.code(hue).name);
        pen.put(x, from, &[(Of(stripe), g.stripe_start)]);
        pen.put(x, to, &[(Of(stripe), g.stripe_end)]);
        pen.put(105, at, &[(Of(name_style), name)]);
    }
}

fn codes(pen: &mut Pen) {
    let g = pen.g;
    pen.put(119, 1, &[(As(R::Heading), "CODES")]);
    pen.put_right(149, 1, &[(As(R::Dim), "PB  all")]);
    let names = [
        (0, "Timely care", 41, 0, " "),
        (2, "Universal screening", 22, 0, "1"),
        (2, "Warm handoff", 12, 1, "2"),
        (2, "Open-access time", 4, 3, "3"),
        (2, "Stepped care", 20, 4, " "),
        (0, "Sharing the work", 18, 2, " "),
        (2, "MA or RN screens", 11, 2, "4"),
        (2, "Colocation", 7, 8, " "),
        (0, "Full spectrum", 9, 6, " "),
        (2, "Chronic pain", 5, 9, " "),
        (0, "Challenges", 15, 5, " "),
        (2, "Funding", 6, 5, "5"),
        (2, "EHR notes", 3, 7, " "),
    ];
    for ((indent, name, count, hue, key), y) in names.into_iter().zip(3..) {
        if name == "Warm handoff" {
            pen.ground(Rect::new(118, y, 33, 1), R::ListSelected);
        }
        let swatch = pen.s.code(hue).swatch;
        let role = if indent == 0 || name == "Warm handoff" { R::Strong } else { R::Text };
        let name_style = pen.s.style(role);
        pen.put(119, y, &[(As(R::Dim), if indent == 0 { g.open } else { " " })]);
        pen.put(121 + indent, y, &[(Of(swatch), g.swatch), (As(R::Dim), " "), (Of(name_style), name)]);
        pen.put_right(148, y, &[(As(R::Dim), &count.to_string()), (As(R::Key), " "), (As(R::Key), key)]);
    }
    pen.put(119, 18, &[(As(R::Strong), "Warm handoff"), (As(R::Dim), "          a priori")]);
    pen.put(119, 19, &[(As(R::Text), "In-person introduction of a")]);
    pen.put(119, 20, &[(As(R::Text), "patient to an onsite specialist")]);
    pen.put(119, 22, &[(As(R::Use), "use  "), (As(R::Text), "someone walks or fetches")]);
    pen.put(119, 23, &[(As(R::Not), "not  "), (As(R::Text), "phone referral "), (As(R::Link), "→ Stepped care")]);
    pen.put(119, 25, &[(As(R::Quote), "“Here is Denise, she can")]);
    pen.put(119, 26, &[(As(R::Quote), " talk now.”  Practice 03")]);
}

fn picker(pen: &mut Pen) {
    let g = pen.g;
    let area = Rect::new(40, 27, 50, 9);
    for y in area.top()..area.bottom() {
        for x in area.left()..area.right() {
            if let Some(cell) = pen.buf.cell_mut((x, y)) {
                cell.reset();
                cell.set_style(pen.s.style(R::Popup));
            }
        }
    }
    let line = g.horizontal.repeat(48);
    pen.put(
        area.x,
        27,
        &[
            (As(R::PopupBorder), g.corner_top_left),
            (As(R::PopupBorder), &line),
            (As(R::PopupBorder), g.corner_top_right),
        ],
    );
    pen.put(
        area.x,
        35,
        &[
            (As(R::PopupBorder), g.corner_bottom_left),
            (As(R::PopupBorder), &line),
            (As(R::PopupBorder), g.corner_bottom_right),
        ],
    );
    for y in 28..35 {
        pen.put(area.x, y, &[(As(R::PopupBorder), g.vertical)]);
        pen.put(area.right() - 1, y, &[(As(R::PopupBorder), g.vertical)]);
    }
    pen.put(42, 27, &[(As(R::PopupTitle), " Code the passage ")]);
    pen.put(42, 28, &[(As(R::Key), "> "), (As(R::Input), "hand"), (As(R::InputHint), "   Space marks several")]);
    pen.ground(Rect::new(41, 29, 48, 1), R::ListSelected);
    for (hue, y, words) in [
        (1, 29, ["Warm ", "hand", "off"]),
        (8, 30, ["", "Hand", "s-on training"]),
        (4, 31, ["Second-", "hand", " accounts"]),
    ] {
        let swatch = pen.s.code(hue).swatch;
        let text = pen.s.style(R::Text);
        pen.put(
            43,
            y,
            &[
                (Of(swatch), g.swatch),
                (Of(text), " "),
                (Of(text), words[0]),
                (As(R::Match), words[1]),
                (Of(text), words[2]),
            ],
        );
        pen.put_right(87, y, &[(As(R::Dim), "12 passages")]);
    }
    pen.put(43, 32, &[(As(R::Ok), "+ New code "), (As(R::Input), "“hand”")]);
    pen.put(
        43,
        34,
        &[(As(R::Warning), "! not in this round"), (As(R::Dim), "  "), (As(R::Error), "NOT SAVED: disk full")],
    );
}
