//! Codings of the cases that were coded once which their coders looked at again, later on, and put right: laid otherwise
//! first, then resized or recoded. What quotes them or was written from them in between is marked since.

use super::blind::Laid;
use super::maker::{Maker, Timeline};
use super::working::{First, SecondLook, Working};
use emic::project::edit::Edit;
use emic::project::view::Whose;
use jiff::Timestamp;
use std::rc::Rc;

pub fn plan(timeline: &mut Timeline, working: &Rc<Working>) {
    for (n, look) in working.second_looks.iter().enumerate() {
        timeline.at(look.when, "", move |maker| look_again(maker, n));
    }
}

/// What the truth will have of a coding.
fn in_the_end(working: &Working, look: &SecondLook) -> Laid {
    let (file, number, key) = &look.at;
    let mark = working.mark(file, *number);
    assert!(mark.keys.contains(key), "{file}: mark {number} is not {key}");
    Laid { span: mark.span, key: key.clone(), comment: mark.comment.clone() }
}

/// How something was laid that is `laid` in the end.
pub fn at_first(working: &Working, file: &str, laid: Laid) -> Laid {
    let is = |look: &&SecondLook| look.at.0 == file && in_the_end(working, look) == laid;
    match working.second_looks.iter().find(is).map(|look| &look.first) {
        Some(First::Words(words)) => Laid { span: working.find(file, words), comment: String::new(), ..laid },
        Some(First::Code(key)) => Laid { key: key.clone(), comment: String::new(), ..laid },
        None => laid,
    }
}

/// How a mark and code is laid at a time.
pub fn by(working: &Working, file: &str, number: u32, key: &str, time: Timestamp) -> Laid {
    let mark = working.mark(file, number);
    assert!(mark.keys.iter().any(|own| own == key), "{file}: mark {number} is not {key}");
    let laid = Laid { span: mark.span, key: key.to_owned(), comment: mark.comment.clone() };
    let to_come = |look: &SecondLook| look.at.0 == file && look.when > time && in_the_end(working, look) == laid;
    if working.second_looks.iter().any(to_come) { at_first(working, file, laid) } else { laid }
}

fn look_again(maker: &mut Maker, n: usize) {
    let working = Rc::clone(&maker.working);
    let look = &working.second_looks[n];
    let (file, laid) = (&look.at.0, in_the_end(&working, look));
    let first = at_first(&working, file, laid.clone());
    let coding = maker.coding(file, first.span, &first.key, &maker.counted());
    // Whoever coded it looks at it again.
    let view = maker.view().showing(Whose::Everybody);
    let coder = view.coding(coding).map(|seen| seen.coding.coder).expect("it was just found");
    maker.coder = coder;
    let edit = match look.first {
        First::Words(_) => Edit::Resize(coding, maker.passage(file, laid.span)),
        First::Code(_) => Edit::Recode(vec![coding], maker.code(&laid.key)),
    };
    maker.edit(&edit);
    if !laid.comment.is_empty() {
        maker.edit(&Edit::Comment(coding, laid.comment));
    }
    // It is there as the truth has it, or this finds nothing.
    maker.coding(file, laid.span, &laid.key, &maker.counted());
}
