//! Several edits as one step: planned one after the other, what concerns the same record joined.

use super::{Edit, Refusal, one};
use crate::project::Project;
use crate::project::id::{Id, Mint, Stamp, Writer};
use crate::project::put::{Kind, Put};
use crate::project::record::Change;
use crate::project::step::Step;
use crate::project::view::View;
use std::collections::HashMap;

/// Plans edits one after the other against a copy (which costs nothing), then joins what concerns the same record. An
/// edit that would change nothing is passed over, unless all are such.
pub(super) fn all(view: &View<'_>, edits: &[Edit], mint: &mut dyn Mint) -> Result<Step, Refusal> {
    let mut ahead: Project = view.project().clone();
    let mut did: Vec<String> = Vec::new();
    let mut puts: Vec<Put> = Vec::new();
    let mut idle = None;
    let mut by_target: HashMap<(Kind, Id), usize> = HashMap::new();
    for edit in edits {
        let step = match one(&View::new(&ahead, view.coder()), edit, mint) {
            Ok(step) => step,
            Err(why @ Refusal::Idle(_)) => {
                idle.get_or_insert(why);
                continue;
            }
            Err(why) => return Err(why),
        };
        ahead.apply(Stamp(ahead.n() + 1, Writer::default()), &step.puts);
        if !step.did.is_empty() && did.last() != Some(&step.did) {
            did.push(step.did);
        }
        for put in step.puts {
            let Some(target) = put.target() else { continue };
            match by_target.get(&target) {
                Some(&at) => puts[at] = joined(&puts[at], &put),
                None => {
                    by_target.insert(target, puts.len());
                    puts.push(put);
                }
            }
        }
    }
    if let Some(why) = idle.filter(|_| puts.is_empty()) {
        return Err(why);
    }
    let more = did.len().saturating_sub(2);
    did.truncate(2);
    let mut did = did.join(", ");
    if more > 0 {
        did.push_str(&format!(" and {more} more"));
    }
    Ok(Step::new(did, puts))
}

/// Two puts of the same record one after the other, as one.
fn joined(first: &Put, second: &Put) -> Put {
    macro_rules! join {
        ($($kind:ident)*) => {
            match (first, second) {
                $((Put::$kind(a), Put::$kind(b)) => Put::$kind(Change { before: a.before.clone(), after: b.after.clone() }),)*
                (_, second) => second.clone(),
            }
        };
    }
    join!(Study Coder Wave Case Participant Attribute Value Source Version Speaker Code Wording Memo Pins Progress Round
        Reveal Allocation Stand Decision Check Row SavedTable TableLine Judgement Theme ThemeItem Cycle PairCheck Summary
        Quotation Reshaping Coding)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::codebook::Origin;
    use crate::project::edit::Spot;
    use crate::project::id::CodeId;
    use crate::project::testing::Desk;

    fn add(id: CodeId, name: &str) -> Edit {
        let spot = Spot { parent: None, after: None };
        Edit::AddCode { id, name: name.into(), spot, origin: Origin::InVivo, colour: None }
    }

    #[test]
    fn several_edits_are_one_step_and_later_ones_see_what_earlier_ones_did() {
        let mut desk = Desk::new();
        let text = desk.source("A", 100);
        let before = desk.project.clone();
        let code: CodeId = desk.id().into();
        let laying = |spans| desk.laying(text, spans, &[code]);
        let edits = vec![
            add(code, "Access"),
            Edit::RenameCode(code, "Getting in".into()),
            Edit::Pin(1, Some(code)),
            laying(&[(0, 10)]),
            Edit::All(vec![laying(&[(5, 15)]), laying(&[(40, 50)])]),
            Edit::Pin(2, Some(code)),
        ];
        let step = desk.apply(&Edit::All(edits));
        assert_eq!(step.puts.len(), 5, "the code and what is told of it, the pins, two codings: each record once");
        assert_eq!(step.did, "new code “Access”, rename “Access” to “Getting in” and 3 more");
        assert_eq!((desk.names(None), desk.spans(text)), (vec!["Getting in"], vec![(0, 15), (40, 50)]));
        assert_eq!(desk.view().pins()[..2], [Some(code); 2]);
        desk.undo();
        assert_eq!((desk.names(None), desk.spans(text)), (vec![], vec![]));
        assert_eq!(desk.view().pins(), View::new(&before, desk.coder).pins());
        desk.redo();
        assert_eq!((desk.names(None), desk.spans(text)), (vec!["Getting in"], vec![(0, 15), (40, 50)]));
    }

    #[test]
    fn what_one_edit_makes_and_a_later_one_takes_away_leaves_no_trace() {
        let mut desk = Desk::new();
        let (kept, passing) = (desk.code("Kept"), desk.id().into());
        let both = [add(passing, "Passing"), Edit::DeleteCodes(vec![passing]), Edit::SetColour(kept, 3)];
        assert_eq!(desk.plan(&Edit::All(both.to_vec())).map(|step| step.puts.len()), Ok(1));
        let gone_and_back = [Edit::DeleteCodes(vec![kept]), add(kept, "Kept anew")];
        let step = desk.apply(&Edit::All(gone_and_back.to_vec()));
        let [Put::Code(change), told @ ..] = &step.puts[..] else { panic!("{:?}", step.puts) };
        assert!(change.before.is_some() && change.after.is_some());
        assert!(matches!(told, [Put::Reshaping(_), Put::Reshaping(_)]), "it was renamed, and comes from elsewhere");
    }

    #[test]
    fn of_several_edits_idle_ones_are_passed_over_and_refused_ones_stop_all() {
        let mut desk = Desk::new();
        let (text, code) = (desk.source("A", 100), desk.code("Access"));
        desk.lay(text, 0, 10, code);
        let (idle, fine) = (desk.laying(text, &[(0, 10)], &[code]), desk.laying(text, &[(20, 30)], &[code]));
        let why = "these words carry “Access” already";
        assert_eq!(desk.refusal(&Edit::All(vec![idle.clone(), idle.clone()])), why);
        let refused = Edit::RenameCode(code, String::new());
        assert_eq!(desk.refusal(&Edit::All(vec![fine.clone(), refused])), "a code needs a name");
        assert_eq!(desk.spans(text), [(0, 10)]);
        desk.apply(&Edit::All(vec![idle, fine]));
        assert_eq!(desk.spans(text), [(0, 10), (20, 30)]);
    }
}
