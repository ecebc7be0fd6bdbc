//! Reading an expression, char by char.

use super::{Wrong, names};
use crate::project::case::{Attribute, AttributeKind};
use crate::project::row::{Expr, Test};
use crate::project::view::View;

/// How deep expressions stand in each other at most.
const DEEPEST: usize = 24;

/// What ends a bare name.
const SPECIAL: [char; 8] = [',', '(', ')', '[', ']', '"', '“', '”'];

pub(super) fn read(view: &View<'_>, text: &str) -> Result<Expr, Wrong> {
    let mut reader = Reader { view, chars: text.chars().collect(), at: 0 };
    let expr = reader.expr(0)?;
    reader.space();
    match reader.peek() {
        None => Ok(expr),
        Some(')' | ']') => reader.wrong("a bracket is closed here that was never opened"),
        Some(',') => reader.wrong("several things need to stand in any(…), all(…), none(…) or at least 2 of (…)"),
        Some(c) => reader.wrong(format!("“{c}” was not expected here")),
    }
}

/// Whether a code's name is read as one without quotes.
pub(super) fn is_plain(name: &str) -> bool {
    let low = name.to_lowercase();
    !name.is_empty()
        && name.trim() == name
        && !name.contains(SPECIAL)
        && !name.contains(['\\', '\n', '\r'])
        && !name.ends_with("/**")
        && low != "row"
        && !low.starts_with("row ")
}

/// Whether an attribute's name is read as one without quotes.
pub(super) fn is_plain_attribute(name: &str) -> bool {
    let low = name.to_lowercase();
    !name.is_empty()
        && name.trim() == name
        && !name.contains(['=', '<', '>', '!', '≥', '≤', '≠', '[', ']', '"', '“', '”', '\\', '\n', '\r'])
        && !["known", "missing"].iter().any(|end| low == *end || low.ends_with(&format!(" {end}")))
}

/// Whether a value is read as one without quotes.
pub(super) fn is_plain_value(value: &str) -> bool {
    !value.is_empty()
        && value.trim() == value
        && !value.contains([']', '"', '“', '”', '\\', '\n', '\r'])
        && !value.starts_with(['=', '<', '>'])
}

struct Reader<'a> {
    view: &'a View<'a>,
    chars: Vec<char>,
    at: usize,
}

impl Reader<'_> {
    fn wrong<T>(&self, why: impl Into<String>) -> Result<T, Wrong> {
        self.wrong_at(self.at, why)
    }

    /// Something wrong with how it is written, with what stands before the place.
    fn wrong_at<T>(&self, at: usize, why: impl Into<String>) -> Result<T, Wrong> {
        let before: String = self.chars[at.saturating_sub(16)..at.min(self.chars.len())].iter().collect();
        let before = before.trim();
        let place = if before.is_empty() { String::new() } else { format!(" (after “{before}”)") };
        self.unknown(at, format!("{}{place}", why.into()))
    }

    /// Something that is not there.
    fn unknown<T>(&self, at: usize, why: String) -> Result<T, Wrong> {
        Err(Wrong { at: u32::try_from(at).unwrap_or(u32::MAX), why, no_row: None })
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn space(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    fn takes(&mut self, wanted: &str) -> bool {
        let long = wanted.chars().count();
        let here = self.chars.get(self.at..self.at + long).is_some_and(|here| here.iter().copied().eq(wanted.chars()));
        if here {
            self.at += long;
        }
        here
    }

    fn expr(&mut self, depth: usize) -> Result<Expr, Wrong> {
        if depth > DEEPEST {
            return self.wrong("this stands too deep in brackets; make a row of a part of it");
        }
        self.space();
        let start = self.at;
        match self.peek() {
            None => self.wrong("something is missing here: a code, row “…”, […] or any(…)"),
            Some('[') => self.attribute(),
            Some('"' | '“') => {
                let name = self.quoted()?;
                self.code(&name, start)
            }
            Some(_) => {
                let word = self.bare(&SPECIAL);
                match self.peek() {
                    Some('(') => self.group(&word, start, depth),
                    Some('"' | '“') if word.eq_ignore_ascii_case("row") => {
                        let name = self.quoted()?;
                        self.row(&name, start)
                    }
                    Some('"' | '“' | '”' | '[') => {
                        self.wrong("a name with quotes or brackets in it stands in quotes")
                    }
                    _ if word.is_empty() => self.wrong("something is missing here: a code, row “…”, […] or any(…)"),
                    _ => match word.split_once(char::is_whitespace) {
                        Some((first, name)) if first.eq_ignore_ascii_case("row") => self.row(name.trim(), start),
                        _ => match word.strip_suffix("/**") {
                            Some(name) => self.branch(name.trim(), start),
                            None => self.code(&word, start),
                        },
                    },
                }
            }
        }
    }

    /// Up to any of `ends`, without space around it.
    fn bare(&mut self, ends: &[char]) -> String {
        let from = self.at;
        while self.peek().is_some_and(|c| !ends.contains(&c)) {
            self.at += 1;
        }
        self.chars[from..self.at].iter().collect::<String>().trim().to_owned()
    }

    /// What stands in quotes.
    fn quoted(&mut self) -> Result<String, Wrong> {
        let from = self.at;
        let end = if self.peek() == Some('“') { '”' } else { '"' };
        self.at += 1;
        let mut out = String::new();
        while let Some(c) = self.peek() {
            self.at += 1;
            match c {
                '\\' => {
                    out.extend(self.peek());
                    self.at += 1;
                }
                c if c == end => return Ok(out),
                c => out.push(c),
            }
        }
        self.at = self.chars.len();
        self.wrong_at(from, "a quote is opened here and never closed")
    }

    fn group(&mut self, word: &str, start: usize, depth: usize) -> Result<Expr, Wrong> {
        let low = word.to_lowercase();
        let how = low.strip_suffix(" of").unwrap_or(&low).trim();
        let least = how.strip_prefix("at least ").map(|k| k.trim().parse::<u32>());
        if !matches!(how, "any" | "all" | "none") && !matches!(least, Some(Ok(_))) {
            let why = match least {
                Some(_) => "“at least” needs a number: at least 2 of (…)".into(),
                None if word.is_empty() => {
                    "say what has to hold of these: any(…), all(…), none(…), at least 2 of (…)".into()
                }
                None => format!("“{word}(” is not known; a name with brackets in it stands in quotes"),
            };
            return self.wrong_at(start, why);
        }
        let opened = self.at;
        self.at += 1;
        let mut parts = Vec::new();
        self.space();
        if self.peek() == Some(')') {
            return self.wrong("there is nothing in these brackets");
        }
        loop {
            parts.push(self.expr(depth + 1)?);
            self.space();
            match self.peek() {
                Some(',') => self.at += 1,
                Some(')') => break,
                Some(c) => return self.wrong(format!("a comma or “)” was expected here, not “{c}”")),
                None => return self.wrong_at(opened, "a bracket is opened here and never closed"),
            }
        }
        self.at += 1;
        match (how, least) {
            ("any", _) => Ok(Expr::Any(parts)),
            ("all", _) => Ok(Expr::All(parts)),
            ("none", _) => Ok(Expr::None(parts)),
            (_, Some(Ok(0))) => self.wrong_at(start, "“at least 0” always holds"),
            (_, Some(Ok(k))) if k as usize > parts.len() => {
                self.wrong_at(start, format!("“at least {k}” of {} can never hold", parts.len()))
            }
            (_, Some(Ok(k))) => Ok(Expr::AtLeast(k, parts)),
            _ => self.wrong_at(start, "that is not known"),
        }
    }

    /// A code by its name, which was read already; `/**` may follow what stood in quotes.
    fn code(&mut self, name: &str, start: usize) -> Result<Expr, Wrong> {
        if self.takes("/**") {
            return self.branch(name, start);
        }
        let code = match names::code(self.view, name) {
            Ok(code) => code,
            Err(why) => return self.unknown(start, why),
        };
        if self.view.code(code).is_some_and(|node| node.code.heading) {
            let why = format!("“{name}” is a heading and never on a text; {name}/** are those below it");
            return self.unknown(start, why);
        }
        Ok(Expr::Code { code, below: false })
    }

    fn branch(&self, name: &str, start: usize) -> Result<Expr, Wrong> {
        match names::code(self.view, name) {
            Ok(code) => Ok(Expr::Code { code, below: true }),
            Err(why) => self.unknown(start, why),
        }
    }

    fn row(&self, name: &str, start: usize) -> Result<Expr, Wrong> {
        match names::row(self.view, name) {
            Ok(row) => Ok(Expr::Row(row)),
            Err(why) => {
                let at = u32::try_from(start).unwrap_or(u32::MAX);
                Err(Wrong { at, why, no_row: Some(name.trim().to_lowercase()) })
            }
        }
    }

    /// `[Setting = Rural]`
    fn attribute(&mut self) -> Result<Expr, Wrong> {
        let opened = self.at;
        self.at += 1;
        self.space();
        let start = self.at;
        let mut word = None;
        let name = match self.peek() {
            Some('"' | '“') => self.quoted()?,
            _ => {
                let name = self.bare(&['=', '<', '>', '!', '≥', '≤', '≠', ']']);
                // The last word may be what is asked.
                let asked = ["known", "missing"]
                    .into_iter()
                    .find(|asked| self.peek() == Some(']') && name.to_lowercase().ends_with(&format!(" {asked}")));
                word = asked;
                asked.map_or(name.as_str(), |asked| name[..name.len() - asked.len()].trim_end()).to_owned()
            }
        };
        self.space();
        if word.is_none() && !self.peek().is_some_and(|c| "=<>!≥≤≠".contains(c)) {
            let rest = self.bare(&[']']).to_lowercase();
            word = ["known", "missing"].into_iter().find(|asked| *asked == rest);
            if word.is_none() {
                let why = "what is asked of the attribute? [… = …], [… >= …], [… known], [… missing]";
                return self.wrong_at(opened, why);
            }
        }
        let attribute = match names::attribute(self.view, &name) {
            Ok(attribute) => attribute,
            Err(why) => return self.unknown(start, why),
        };
        let id = attribute.id;
        let expr = match word {
            Some("known") => Expr::Attribute(id, Test::Known),
            Some(_) => Expr::None(vec![Expr::Attribute(id, Test::Known)]),
            None => {
                let signs = [">=", "<=", "!=", "≥", "≤", "≠", "=", "<", ">"];
                let Some(sign) = signs.into_iter().find(|sign| self.takes(sign)) else {
                    return self.wrong("only =, !=, <, <=, > and >= are known");
                };
                self.takes("=");
                self.space();
                let value = match self.peek() {
                    Some('"' | '“') => self.quoted()?,
                    _ => self.bare(&[']', '"', '“', '”']),
                };
                if let Err(why) = fits(attribute, sign, &value) {
                    return self.unknown(start, why);
                }
                let is = |test| Expr::Attribute(id, test);
                match sign {
                    "=" => is(Test::Is(value)),
                    "!=" | "≠" => Expr::None(vec![is(Test::Is(value))]),
                    ">=" | "≥" => is(Test::AtLeast(value)),
                    "<=" | "≤" => is(Test::AtMost(value)),
                    ">" => Expr::None(vec![is(Test::AtMost(value))]),
                    _ => Expr::None(vec![is(Test::AtLeast(value))]),
                }
            }
        };
        self.space();
        match self.peek() {
            Some(']') => self.at += 1,
            Some(c) => {
                return self
                    .wrong(format!("“]” was expected here, not “{c}”; a value with quotes in it stands in quotes"));
            }
            None => return self.wrong_at(opened, "a bracket is opened here and never closed"),
        }
        Ok(expr)
    }
}

/// Whether an attribute can have a value, so that a slip of the pen does not count nothing in silence.
fn fits(attribute: &Attribute, sign: &str, value: &str) -> Result<(), String> {
    let name = &attribute.name;
    let kind = if attribute.follows.is_some() { AttributeKind::YesNo } else { attribute.kind };
    let compares = !matches!(sign, "=" | "!=" | "≠");
    match kind {
        AttributeKind::Number if value.trim().parse::<f64>().is_ok_and(f64::is_finite) => Ok(()),
        AttributeKind::Number => Err(format!("“{name}” is a number; “{value}” is none")),
        AttributeKind::Date if value.trim().parse::<jiff::civil::Date>().is_ok() => Ok(()),
        AttributeKind::Date => Err(format!("“{name}” is a day, written 2013-05-01; “{value}” is none")),
        _ if compares => Err(format!("“{name}” is neither number nor day; it can be asked with = and != only")),
        AttributeKind::YesNo if ["yes", "no"].contains(&value.trim().to_lowercase().as_str()) => Ok(()),
        AttributeKind::YesNo => Err(format!("“{name}” is yes or no; “{value}” is neither")),
        AttributeKind::Choice | AttributeKind::Choices if !attribute.choices.is_empty() => {
            let wanted = value.trim().to_lowercase();
            if attribute.choices.iter().any(|choice| choice.to_lowercase() == wanted) {
                return Ok(());
            }
            let choices: Vec<String> = attribute.choices.iter().map(|choice| format!("“{choice}”")).collect();
            Err(format!("“{name}” is never “{value}”; it is one of {}", choices.join(", ")))
        }
        _ => Ok(()),
    }
}
