//! The text form of an expression over codes, for the command line and the screen.
//!
//! ```text
//! warm handoff                        a code, by its name or path (Parent/Child); large and small letters alike
//! Timely access/**                    with the codes below it; also written Timely access›*
//! *                                   all codings
//! A OR B                              those of any of them
//! A AND B                             those of A that share words with one of B
//! A AND NOT B                         those of A that share no word with one of B
//! A OVERLAPPING B, A INSIDE B, A CONTAINING B     by their words
//! A NEAR 2 B                          at most 2 turns apart
//! A FOLLOWED 1 B                      B begins after A ends, at most 1 turn later
//! A SAME TURN B                       both touch one turn
//! ```
//!
//! What stands first is what is listed. Words in capitals are the language's; a name that has one, or a parenthesis, or
//! quotes' signs in it stands in "quotes". Parentheses group; else what relates two codes binds before AND, and AND before
//! OR. Where no number is given, NEAR and FOLLOWED mean 1.

use super::codes::{Codes, Relation};
use crate::findings::naming;
use crate::project::view::View;

/// Why words are no expression: a sentence for the person who typed them.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{0}")]
pub struct Misread(String);

/// How deep parentheses may stand within each other.
const DEEPEST: usize = 50;

/// A word of the language, or a name.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Token {
    Open,
    Close,
    Or,
    And,
    Not,
    Related(Relation),
    /// The name of a code; whether those below it are meant too.
    Name(String, bool),
    Everything,
}

/// Reads an expression.
///
/// # Errors
/// What is wrong: an unknown code, with those that are near; a word that is missing.
pub fn parse(view: &View<'_>, words: &str) -> Result<Codes, Misread> {
    let mut reader = Reader { view, tokens: tokens(words)?, at: 0, depth: 0 };
    if reader.tokens.is_empty() {
        return Err(Misread("type the name of a code; * stands for all".into()));
    }
    let codes = reader.either()?;
    match reader.tokens.get(reader.at) {
        None => Ok(codes),
        Some(Token::Close) => Err(Misread("a ) closes nothing".into())),
        Some(token) => Err(Misread(format!("before {} one of AND, OR, AND NOT is missing", said(token)))),
    }
}

fn said(token: &Token) -> String {
    match token {
        Token::Open => "(".into(),
        Token::Close => ")".into(),
        Token::Or => "OR".into(),
        Token::And => "AND".into(),
        Token::Not => "NOT".into(),
        Token::Related(relation) => written_relation(*relation),
        Token::Name(name, _) => format!("“{name}”"),
        Token::Everything => "*".into(),
    }
}

/// A piece between white space, parentheses and quotes; whether it stood in quotes.
fn pieces(words: &str) -> Result<Vec<(String, bool)>, Misread> {
    let mut out: Vec<(String, bool)> = Vec::new();
    let mut chars = words.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            _ if c.is_whitespace() => {}
            '(' | ')' => out.push((c.to_string(), false)),
            '"' | '“' | '”' | '„' => {
                let mut name = String::new();
                loop {
                    match chars.next() {
                        Some('"' | '“' | '”') => break,
                        Some(c) => name.push(c),
                        None => return Err(Misread(format!("the quotes before “{name}” are not closed"))),
                    }
                }
                out.push((name, true));
            }
            _ => {
                let mut piece = String::from(c);
                while let Some(next) =
                    chars.peek().filter(|c| !c.is_whitespace() && !matches!(c, '(' | ')' | '"' | '“'))
                {
                    piece.push(*next);
                    chars.next();
                }
                out.push((piece, false));
            }
        }
    }
    Ok(out)
}

fn tokens(words: &str) -> Result<Vec<Token>, Misread> {
    let pieces = pieces(words)?;
    let mut out: Vec<Token> = Vec::new();
    let mut at = 0;
    // A name is what stands between words of the language.
    let mut name: Vec<&str> = Vec::new();
    let end = |name: &mut Vec<&str>, out: &mut Vec<Token>| {
        if !name.is_empty() {
            out.push(named(&name.join(" ")));
            name.clear();
        }
    };
    while let Some((piece, quoted)) = pieces.get(at) {
        at += 1;
        let plain = |n: usize| pieces.get(n).filter(|(_, quoted)| !quoted).map(|(piece, _)| piece.as_str());
        let number = plain(at).and_then(|piece| piece.parse::<u32>().ok());
        let token = match piece.as_str() {
            _ if *quoted => {
                end(&mut name, &mut out);
                // `"Timely access"/**`: what follows right behind the quotes is its.
                let below = plain(at).is_some_and(|next| BELOW.contains(&next));
                at += usize::from(below);
                out.push(Token::Name(piece.clone(), below));
                continue;
            }
            "(" => Token::Open,
            ")" => Token::Close,
            "OR" => Token::Or,
            "AND" => Token::And,
            "BUT" if plain(at) == Some("NOT") => Token::And,
            "NOT" => Token::Not,
            "OVERLAPPING" => Token::Related(Relation::Overlapping),
            "INSIDE" => Token::Related(Relation::Inside),
            "CONTAINING" => Token::Related(Relation::Containing),
            "SAME" if plain(at) == Some("TURN") => {
                at += 1;
                Token::Related(Relation::SameTurn)
            }
            "NEAR" => {
                at += usize::from(number.is_some());
                Token::Related(Relation::Near(number.unwrap_or(1)))
            }
            "FOLLOWED" => {
                at += usize::from(number.is_some());
                at += usize::from(plain(at) == Some("BY"));
                Token::Related(Relation::Followed(number.unwrap_or(1)))
            }
            "*" if name.is_empty() => Token::Everything,
            other => {
                name.push(other);
                continue;
            }
        };
        end(&mut name, &mut out);
        out.push(token);
    }
    end(&mut name, &mut out);
    Ok(out)
}

/// What says that the codes below are meant too.
const BELOW: [&str; 5] = ["/**", "/*", "›*", "›**", ">*"];

fn named(words: &str) -> Token {
    let plain = words.replace("› *", "›*").replace("/ *", "/*");
    for sign in BELOW {
        if let Some(name) = plain.strip_suffix(sign) {
            return Token::Name(name.trim().trim_end_matches('/').to_owned(), true);
        }
    }
    Token::Name(words.to_owned(), false)
}

struct Reader<'a> {
    view: &'a View<'a>,
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
}

impl Reader<'_> {
    fn next_is(&mut self, wanted: &Token) -> bool {
        let is = self.tokens.get(self.at) == Some(wanted);
        self.at += usize::from(is);
        is
    }

    fn either(&mut self) -> Result<Codes, Misread> {
        let mut parts = vec![self.both()?];
        while self.next_is(&Token::Or) {
            parts.push(self.both()?);
        }
        Ok(if parts.len() == 1 { parts.swap_remove(0) } else { Codes::Any(parts) })
    }

    fn both(&mut self) -> Result<Codes, Misread> {
        let mut first = self.pair()?;
        while self.next_is(&Token::And) {
            if self.next_is(&Token::Not) {
                first = Codes::Without(Box::new(first), Box::new(self.pair()?));
                continue;
            }
            let other = self.pair()?;
            first = match first {
                Codes::All(mut parts) => {
                    parts.push(other);
                    Codes::All(parts)
                }
                first => Codes::All(vec![first, other]),
            };
        }
        Ok(first)
    }

    fn pair(&mut self) -> Result<Codes, Misread> {
        let mut first = self.one()?;
        while let Some(Token::Related(relation)) = self.tokens.get(self.at) {
            let relation = *relation;
            self.at += 1;
            first = Codes::Related(Box::new(first), relation, Box::new(self.one()?));
        }
        Ok(first)
    }

    fn one(&mut self) -> Result<Codes, Misread> {
        let token = self.tokens.get(self.at).cloned();
        self.at += 1;
        match token {
            Some(Token::Everything) => Ok(Codes::Everything),
            Some(Token::Name(name, below)) => {
                // A name that ends with a star of its own is looked for as it is.
                let code = naming::code(self.view, &name).map_err(Misread)?;
                Ok(Codes::Code { code, below })
            }
            Some(Token::Open) => {
                self.depth += 1;
                if self.depth > DEEPEST {
                    return Err(Misread("there are too many ( within each other".into()));
                }
                let codes = self.either()?;
                self.depth -= 1;
                if self.next_is(&Token::Close) { Ok(codes) } else { Err(Misread("a ( is not closed".into())) }
            }
            Some(Token::Not) => {
                Err(Misread("say of which passages: A AND NOT B; * AND NOT B for all that have no B".into()))
            }
            Some(token) => Err(Misread(format!("before {} the name of a code is missing", said(&token)))),
            None => Err(Misread("at the end the name of a code is missing".into())),
        }
    }
}

fn written_relation(relation: Relation) -> String {
    match relation {
        Relation::Overlapping => "OVERLAPPING".into(),
        Relation::Inside => "INSIDE".into(),
        Relation::Containing => "CONTAINING".into(),
        Relation::Near(n) => format!("NEAR {n}"),
        Relation::Followed(n) => format!("FOLLOWED {n}"),
        Relation::SameTurn => "SAME TURN".into(),
    }
}

/// An expression as it can be typed: [`parse`] reads it back.
#[must_use]
pub fn written(view: &View<'_>, codes: &Codes) -> String {
    let grouped = |part: &Codes| match part {
        Codes::Everything | Codes::Code { .. } => written(view, part),
        part => format!("({})", written(view, part)),
    };
    let joined = |parts: &[Codes], with: &str| parts.iter().map(grouped).collect::<Vec<_>>().join(with);
    match codes {
        Codes::Everything => "*".into(),
        Codes::Code { code, below } => {
            let name = name_of(view, *code);
            if *below { format!("{name}/**") } else { name }
        }
        Codes::Any(parts) => joined(parts, " OR "),
        Codes::All(parts) => joined(parts, " AND "),
        Codes::Without(first, not) => format!("{} AND NOT {}", grouped(first), grouped(not)),
        Codes::Related(first, relation, other) => {
            format!("{} {} {}", grouped(first), written_relation(*relation), grouped(other))
        }
    }
}

/// The name of a code, or its path where others have the name; in quotes where it would be read otherwise.
fn name_of(view: &View<'_>, code: crate::project::id::CodeId) -> String {
    let book = view.codebook();
    let name = view.code_name(code).to_owned();
    let is_it = |name: &str| naming::code(view, name).ok() == book.resolve(code);
    let path = book.path(code);
    let called = [name, path.clone(), format!("/{path}")].into_iter().find(|name| is_it(name));
    let called = called.unwrap_or_else(|| code.to_string());
    let plain = matches!(tokens(&called).as_deref(), Ok([Token::Name(read, false)]) if *read == called);
    if plain { called } else { format!("\"{called}\"") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::edit::Edit;
    use crate::project::testing::Desk;

    fn desk() -> Desk {
        let mut desk = Desk::new();
        let access = desk.code("Timely access");
        desk.code_under(access, "Warm handoff");
        desk.code_under(access, "Open-access time");
        let other = desk.code("Other (not named)");
        desk.code_under(other, "Time");
        desk.code("Stepped care");
        desk.code_under(access, "Time");
        desk.code("Search AND rescue");
        desk
    }

    fn again(desk: &Desk, words: &str) -> String {
        let view = desk.view();
        let codes = parse(&view, words).unwrap_or_else(|why| panic!("{words}: {why}"));
        let written = written(&view, &codes);
        assert_eq!(parse(&view, &written), Ok(codes), "{words} → {written}");
        written
    }

    #[test]
    fn what_is_read_is_written_so_that_it_is_read_again() {
        let desk = desk();
        for (typed, written) in [
            ("warm handoff", "Warm handoff"),
            ("  WARM   handoff ", "Warm handoff"),
            ("Timely access/**", "Timely access/**"),
            ("Timely access › *", "Timely access/**"),
            ("\"Timely access\"/**", "Timely access/**"),
            ("timely access/warm handoff", "Warm handoff"),
            ("Timely access›Time", "Timely access › Time"),
            ("“Search AND rescue” OR *", "\"Search AND rescue\" OR *"),
            ("\"Other (not named)\"/**", "\"Other (not named)\"/**"),
            ("warm handoff AND NOT stepped care", "Warm handoff AND NOT Stepped care"),
            ("warm handoff BUT NOT stepped care", "Warm handoff AND NOT Stepped care"),
            ("warm handoff NEAR stepped care", "Warm handoff NEAR 1 Stepped care"),
            ("warm handoff FOLLOWED 2 BY stepped care", "Warm handoff FOLLOWED 2 Stepped care"),
            ("warm handoff SAME TURN stepped care", "Warm handoff SAME TURN Stepped care"),
            (
                "warm handoff INSIDE timely access/** OR stepped care AND warm handoff AND stepped care",
                "(Warm handoff INSIDE Timely access/**) OR (Stepped care AND Warm handoff AND Stepped care)",
            ),
            (
                "(warm handoff OR stepped care) CONTAINING (* AND NOT warm handoff)",
                "(Warm handoff OR Stepped care) CONTAINING (* AND NOT Warm handoff)",
            ),
        ] {
            assert_eq!(again(&desk, typed), written, "{typed}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let desk = desk();
        let view = desk.view();
        for (typed, why) in [
            ("", "type the name of a code; * stands for all"),
            ("warm hand", "there is no code “warm hand” in this project; there is “Timely access › Warm handoff”"),
            ("NOT warm handoff", "say of which passages: A AND NOT B; * AND NOT B for all that have no B"),
            ("warm handoff AND", "at the end the name of a code is missing"),
            ("OR warm handoff", "before OR the name of a code is missing"),
            ("(warm handoff", "a ( is not closed"),
            ("warm handoff)", "a ) closes nothing"),
            ("warm handoff (stepped care)", "before ( one of AND, OR, AND NOT is missing"),
            ("\"warm handoff", "the quotes before “warm handoff” are not closed"),
        ] {
            assert_eq!(parse(&view, typed).expect_err(typed).to_string(), why);
        }
        let several = parse(&view, "time AND warm handoff").expect_err("two codes").to_string();
        assert!(several.contains("is the name of 2 codes; say which by a path"), "{several}");
        let deep = format!("{}*{}", "(".repeat(500), ")".repeat(500));
        assert!(parse(&view, &deep).is_err());
    }

    #[test]
    fn a_code_is_stored_by_what_it_is_and_written_by_its_present_name() {
        let mut desk = desk();
        let codes = parse(&desk.view(), "stepped care/**").expect("an expression");
        let code = desk.view().codebook().named("Stepped care")[0];
        desk.apply(&Edit::RenameCode(code, "Care in steps".into()));
        assert_eq!(written(&desk.view(), &codes), "Care in steps/**");
    }
}
