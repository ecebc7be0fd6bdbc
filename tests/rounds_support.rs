//! The small study with a round is what it says.

mod support;

use support::rounds::Rounds;

#[test]
fn the_stages_of_the_small_study_are_what_they_say() {
    let open = Rounds::open();
    assert_eq!(open.view(open.pb).open_rounds().len(), 1);
    assert!(open.view(open.dc).reveal(open.round).is_none());
    let revealed = Rounds::revealed();
    let reveal = revealed.view(revealed.dc).reveal(revealed.round).expect("revealed").clone();
    assert_eq!(reveal.grounds.len(), 6);
    assert!(reveal.codings.len() > 40);
    let reconciling = Rounds::reconciling();
    assert_eq!(reconciling.view(reconciling.pb).decisions(reconciling.round).len(), 3);
}
