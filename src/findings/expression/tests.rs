//! Expressions read and written: what is meant, what is refused, and that both ways agree.

use super::*;
use crate::project::case::{AttributeKind, Bearer};
use crate::project::edit::{AttributeEdit, Edit, NewAttribute, RowEdit};
use crate::project::id::{CodeId, RowId};
use crate::project::testing::Desk;
use proptest::prelude::*;

/// A study with awkward names.
struct Names {
    desk: Desk,
    codes: Vec<CodeId>,
    rows: Vec<RowId>,
    attributes: Vec<AttributeId>,
}

impl Names {
    fn new() -> Self {
        let mut desk = Desk::new();
        let mut codes: Vec<CodeId> = [
            "Screening",
            "CBT, DBT (and ACT)",
            "PCP/BH relations",
            "row houses",
            "any",
            "at least 2 of",
            "all \"open\" hours",
            "[x = 1]",
            "Access/**",
            "é “ü” \\ n",
        ]
        .into_iter()
        .map(|name| desk.code(name))
        .collect();
        let first = codes[0];
        for (parent, name) in [(first, "Depression"), (first, "any"), (codes[2], "Screening"), (first, "Time")] {
            codes.push(desk.code_under(parent, name));
        }
        let attributes = [
            ("Setting", AttributeKind::Choice, &["Rural", "Urban", "a ] b", "= c"][..]),
            ("BH specialists", AttributeKind::Number, &[]),
            ("Seen on", AttributeKind::Date, &[]),
            ("Said = known", AttributeKind::Text, &[]),
            ("well known", AttributeKind::YesNo, &[]),
        ]
        .into_iter()
        .map(|(name, kind, choices)| {
            let id = AttributeId(desk.id());
            let choices = choices.iter().map(|choice| (*choice).to_owned()).collect();
            let new =
                NewAttribute { name: name.into(), of: Bearer::Case, kind, choices, by_wave: false, follows: None };
            desk.apply(&Edit::Attributes(AttributeEdit::Set(id, new)));
            id
        })
        .collect();
        let mut rows = Vec::new();
        for (name, code) in [("Any screening", 0), ("A \"quoted\" one, with (all)", 1)] {
            let id = RowId(desk.id());
            let holds = Expr::Code { code: codes[code], below: true };
            desk.apply(&Edit::Rows(RowEdit::Set { id, name: name.into(), holds }));
            rows.push(id);
        }
        Self { desk, codes, rows, attributes }
    }

    fn parse(&self, text: &str) -> Result<Expr, String> {
        parse(&self.desk.view(), text).map_err(|wrong| wrong.to_string())
    }
}

#[test]
fn an_expression_is_read_as_people_write_it() {
    let names = Names::new();
    let code = |n: usize, below| Expr::Code { code: names.codes[n], below };
    let is = |n: usize, test| Expr::Attribute(names.attributes[n], test);
    for (text, expr) in [
        ("Depression", code(10, false)),
        ("screening / depression", code(10, false)),
        ("Screening › Depression", code(10, false)),
        ("/Screening/**", code(0, true)),
        ("\"CBT, DBT (and ACT)\"", code(1, false)),
        ("\"Access/**\"/**", code(8, true)),
        ("PCP/BH relations", code(2, false)),
        ("row \"any screening\"", Expr::Row(names.rows[0])),
        ("row Any screening", Expr::Row(names.rows[0])),
        ("row “Any screening”", Expr::Row(names.rows[0])),
        ("Any( Depression,\n  Time )", Expr::Any(vec![code(10, false), code(13, false)])),
        ("none of (Time)", Expr::None(vec![code(13, false)])),
        ("at least 2 of (Depression, Time)", Expr::AtLeast(2, vec![code(10, false), code(13, false)])),
        ("[setting=rural]", is(0, Test::Is("rural".into()))),
        ("[BH specialists >= 1]", is(1, Test::AtLeast("1".into()))),
        ("[BH specialists ≤ 1]", is(1, Test::AtMost("1".into()))),
        ("[BH specialists > 1]", Expr::None(vec![is(1, Test::AtMost("1".into()))])),
        ("[Setting != Urban]", Expr::None(vec![is(0, Test::Is("Urban".into()))])),
        ("[Setting known]", is(0, Test::Known)),
        ("[Setting missing]", Expr::None(vec![is(0, Test::Known)])),
        ("[\"well known\" known]", is(4, Test::Known)),
        ("[Setting = \"a ] b\"]", is(0, Test::Is("a ] b".into()))),
        ("[Seen on <= 2016-05-01]", is(2, Test::AtMost("2016-05-01".into()))),
    ] {
        assert_eq!(names.parse(text), Ok(expr), "{text}");
    }
}

#[test]
fn what_is_wrong_is_named_with_what_is_called_alike() {
    let names = Names::new();
    for (text, why) in [
        ("Depresion", "there is no code “Depresion” in this study; there is “Screening › Depression”"),
        (
            "Any screening",
            "there is no code “Any screening” in this study; there is a row of that name: row “Any screening”",
        ),
        ("row Any screning", "there is no row “Any screning” in this study; there is “Any screening”"),
        ("[Seting = Rural]", "there is no attribute “Seting” in this study; there is “Setting”"),
        ("[Setting = Rurl]", "“Setting” is never “Rurl”; it is one of “Rural”, “Urban”, “a ] b”, “= c”"),
        ("[BH specialists >= many]", "“BH specialists” is a number; “many” is none"),
        ("[Setting >= Rural]", "“Setting” is neither number nor day; it can be asked with = and != only"),
        ("[Seen on = May]", "“Seen on” is a day, written 2013-05-01; “May” is none"),
        (
            "Screening",
            "“Screening” is the name of 2 codes; say which by a path: “/Screening”, “/PCP/BH relations/Screening”",
        ),
        ("", "something is missing here: a code, row “…”, […] or any(…)"),
        ("any(Time", "a bracket is opened here and never closed (after “any”)"),
        ("any()", "there is nothing in these brackets (after “any(”)"),
        ("any(Time,)", "something is missing here: a code, row “…”, […] or any(…) (after “any(Time,”)"),
        (
            "Time, Depression",
            "several things need to stand in any(…), all(…), none(…) or at least 2 of (…) (after “Time”)",
        ),
        ("some(Time)", "“some(” is not known; a name with brackets in it stands in quotes"),
        ("at least two of (Time)", "“at least” needs a number: at least 2 of (…)"),
        ("at least 3 of (Time, Depression)", "“at least 3” of 2 can never hold"),
        ("Time)", "a bracket is closed here that was never opened (after “Time”)"),
        ("\"Time", "a quote is opened here and never closed"),
        ("[Setting]", "what is asked of the attribute? [… = …], [… >= …], [… known], [… missing]"),
        ("[Setting = Rural", "a bracket is opened here and never closed"),
    ] {
        assert_eq!(names.parse(text), Err(why.to_owned()), "{text}");
    }
    let deep = "any(".repeat(100_000);
    assert!(names.parse(&deep).is_err_and(|why| why.contains("too deep")), "no stack is that deep");
}

#[test]
fn a_heading_is_counted_with_those_below_it() {
    let mut names = Names::new();
    let code = names.codes[3];
    names.desk.apply(&Edit::SetHeading(code, true));
    assert_eq!(
        names.parse("\"row houses\""),
        Err("“row houses” is a heading and never on a text; row houses/** are those below it".into())
    );
    assert_eq!(names.parse("\"row houses\"/**"), Ok(Expr::Code { code, below: true }));
}

/// Expressions over so many codes, rows and attributes by number, for [`at`].
fn drawn() -> impl Strategy<Value = Vec<(u8, usize, u8)>> {
    proptest::collection::vec((0..12_u8, 0..14_usize, 0..4_u8), 1..24)
}

/// The expression that drawn numbers stand for.
fn at(names: &Names, drawn: &mut std::slice::Iter<'_, (u8, usize, u8)>, depth: u32) -> Option<Expr> {
    let &(kind, n, few) = drawn.next()?;
    let mut parts = |least: usize| -> Vec<Expr> {
        let mut out: Vec<Expr> = (0..=usize::from(few)).filter_map(|_| at(names, drawn, depth + 1)).collect();
        while out.len() < least.max(1) {
            out.push(Expr::Code { code: names.codes[n], below: false });
        }
        out
    };
    Some(match kind {
        0 if depth < 5 => Expr::Any(parts(1)),
        1 if depth < 5 => Expr::All(parts(1)),
        2 if depth < 5 => Expr::None(parts(1)),
        3 if depth < 5 => Expr::AtLeast(1 + u32::from(few), parts(1 + usize::from(few))),
        4 => Expr::Row(names.rows[n % names.rows.len()]),
        5 => Expr::Attribute(names.attributes[n % names.attributes.len()], Test::Known),
        6 => Expr::Attribute(names.attributes[0], Test::Is(["Rural", "Urban", "a ] b", "= c"][n % 4].into())),
        7 => Expr::Attribute(names.attributes[1], Test::AtLeast(n.to_string())),
        8 => Expr::Attribute(names.attributes[2], Test::AtMost("2013-05-01".into())),
        9 => Expr::Attribute(names.attributes[3], Test::Is(["", "] \" \\", " x ", "“a”, b\nc"][n % 4].into())),
        _ => Expr::Code { code: names.codes[n % names.codes.len()], below: kind == 10 },
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn what_is_written_is_read_again_as_the_same(drawn in drawn()) {
        let names = Names::new();
        let expr = at(&names, &mut drawn.iter(), 0).expect("an expression");
        let text = print(&names.desk.view(), &expr);
        prop_assert_eq!(names.parse(&text), Ok(expr), "{}", text);
    }

    #[test]
    fn nothing_that_is_typed_makes_it_fall_over(text in "[a-zA-Z \"“”\\\\()\\[\\],/*=<>!≥é0-9]{0,60}") {
        let names = Names::new();
        if let Ok(expr) = names.parse(&text) {
            let again = print(&names.desk.view(), &expr);
            prop_assert_eq!(names.parse(&again), Ok(expr), "{}", again);
        }
    }
}
