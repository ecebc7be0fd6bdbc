//! Finding what a name on the command line means.

mod things;

use super::failure::Failure;
use crate::findings::naming::{self, an_id, folded, parts};
use crate::project::id::CodeId;
use crate::project::view::View;
use std::path::Path;
pub(super) use things::{
    about, attribute, attribute_of, case, coder, cycle, each, participant, round, source, source_of, theme, wave,
};

/// The code that `name` means: a name, a path (`Parent › Child`, `Parent/Child`; its first parts may
/// be missing, unless it begins with `/`) or an id.
pub(super) fn code(view: &View<'_>, name: &str) -> Result<CodeId, Failure> {
    naming::code(view, name).map_err(Failure::Failed)
}

/// A path as people read it.
pub(super) fn shown(path: &Path) -> String {
    path.display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Project;
    use crate::project::codebook::Origin;
    use crate::project::edit::{Edit, Spot, plan};
    use crate::project::id::{CoderId, FixedMint, Mint, Stamp, Writer};
    use crate::project::put::Put;

    /// A codebook to look names up in.
    struct Desk {
        project: Project,
        mint: FixedMint,
        made: Vec<Vec<Put>>,
    }

    impl Desk {
        fn new() -> Self {
            let mint = FixedMint::new(7, jiff::Timestamp::UNIX_EPOCH);
            let mut desk = Self { project: Project::default(), mint, made: Vec::new() };
            desk.apply(&Edit::Found { title: "Trial".into() });
            desk
        }

        fn apply(&mut self, edit: &Edit) {
            let step = plan(&View::new(&self.project, CoderId::default()), edit, &mut self.mint).expect("planned");
            self.project.apply(Stamp(self.project.n() + 1, Writer::NOBODY), &step.puts);
            self.made.push(step.puts);
        }

        fn add(&mut self, name: &str, parent: Option<CodeId>) -> CodeId {
            let id = self.mint.id().into();
            let spot = Spot { parent, after: None };
            self.apply(&Edit::AddCode { id, name: name.into(), spot, origin: Origin::APriori, colour: None });
            id
        }

        fn code(&mut self, name: &str) -> CodeId {
            self.add(name, None)
        }

        fn code_under(&mut self, parent: CodeId, name: &str) -> CodeId {
            self.add(name, Some(parent))
        }

        fn view(&self) -> View<'_> {
            View::new(&self.project, CoderId::default())
        }
    }

    fn sentence(found: Result<CodeId, Failure>) -> String {
        found.expect_err("no code").sentence().unwrap_or_default().to_owned()
    }

    #[test]
    fn a_code_is_found_by_name_by_path_and_by_id() {
        let mut desk = Desk::new();
        let care = desk.code("Timely care");
        let warm = desk.code_under(care, "Warm handoff");
        let both = desk.code("PCP/BH relations");
        let view = desk.view();
        for name in
            ["warm handoff", "Timely care › Warm handoff", "timely care/warm handoff", "/Timely care/Warm handoff"]
        {
            assert_eq!(code(&view, name), Ok(warm), "{name}");
        }
        assert_eq!(code(&view, "PCP/BH relations"), Ok(both), "a name may have a slash");
        assert_eq!(code(&view, &warm.to_string()), Ok(warm));
        assert_eq!(code(&view, &warm.0.guid()), Ok(warm));
        let none = sentence(code(&view, "Warm hand-off"));
        assert_eq!(none, "there is no code “Warm hand-off” in this project; there is “Timely care › Warm handoff”");
        assert_eq!(sentence(code(&view, "x")), "there is no code “x” in this project; `emic codes` lists them");
    }

    #[test]
    fn a_name_of_several_codes_is_refused_with_their_paths() {
        let mut desk = Desk::new();
        let (a, b) = (desk.code("A"), desk.code("B"));
        let top = desk.code("Time");
        let without = desk.project.clone();
        let (one, other) = (desk.code_under(a, "Time"), desk.code_under(b, "Time"));
        let view = desk.view();
        assert_eq!(
            sentence(code(&view, "time")),
            "“time” is the name of 3 codes; say which by a path: “/Time”, “B › Time”, “A › Time”"
        );
        assert_eq!((code(&view, "a/time"), code(&view, "B > Time")), (Ok(one), Ok(other)));
        assert_eq!(code(&view, "/Time"), Ok(top));
        // Two people who did not know of each other.
        let mut other_desk =
            Desk { project: without, mint: FixedMint::new(8, jiff::Timestamp::UNIX_EPOCH), made: Vec::new() };
        let twin = other_desk.code_under(a, "Time");
        other_desk.made.iter().for_each(|puts| drop(desk.project.apply(Stamp(9, Writer::NOBODY), puts)));
        let said = sentence(code(&desk.view(), "A/Time"));
        assert!(said.contains(&one.to_string()) && said.contains(&twin.to_string()), "{said}");
    }
}
