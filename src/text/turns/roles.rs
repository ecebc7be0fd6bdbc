//! Who a speaker may be: a guess from the words of the label, then from who asks the questions.

use super::labels;
use super::words::Known;
use serde::{Deserialize, Serialize};

/// What a speaker is in an interview. Only ever a guess here; the analyst decides.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug, Serialize, Deserialize)]
pub enum Role {
    /// Asks: interviewer, moderator, facilitator, researcher.
    Interviewer,
    /// Answers: participant, respondent, member of a focus group.
    Participant,
    /// Neither: an interpreter, a court reporter, several at once.
    Other,
    /// Nothing speaks for one or the other.
    #[default]
    Unknown,
}

impl Role {
    /// As it is shown.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Interviewer => "interviewer",
            Self::Participant => "participant",
            Self::Other => "other",
            Self::Unknown => "not known",
        }
    }
}

/// What is known of a speaker before its role is guessed.
pub(super) struct Voice<'a> {
    pub(super) label: &'a str,
    /// How many turns it has.
    pub(super) turns: u32,
    /// How many of them ask something.
    pub(super) questions: u32,
}

/// A role for each voice.
pub(super) fn guess(voices: &[Voice<'_>]) -> Vec<Role> {
    let mut roles: Vec<Role> = voices.iter().map(|voice| by_word(voice.label)).collect();
    let asks = |voice: &Voice<'_>| f64::from(voice.questions) / f64::from(voice.turns.max(1));
    if !roles.contains(&Role::Interviewer) {
        // `R` may be a researcher, `P` a physician: where all words mean participants, questions decide.
        let open = |role: Role| role == Role::Unknown || (role == Role::Participant && roles.len() > 1);
        let most = (0..voices.len()).filter(|&i| open(roles[i]) && voices[i].turns > 1).max_by(|&a, &b| {
            let unknown = |i: usize| roles[i] == Role::Unknown || labels::key(voices[i].label) == "r";
            (asks(&voices[a]), unknown(a))
                .partial_cmp(&(asks(&voices[b]), unknown(b)))
                .unwrap_or(std::cmp::Ordering::Equal)
        });
        if let Some(most) = most {
            let mut others = (0..voices.len()).filter(|&i| i != most && voices[i].turns > 1);
            let share = asks(&voices[most]);
            let all: u32 = voices.iter().map(|voice| voice.turns).sum();
            let speaks = voices[most].turns * 10 >= all && voices[most].questions > 1;
            if speaks && share >= 0.3 && others.clone().count() > 0 && others.all(|i| asks(&voices[i]) * 2.0 <= share) {
                roles[most] = Role::Interviewer;
            }
        }
    }
    // Where somebody asks, those of whom nothing else is known answer.
    if roles.contains(&Role::Interviewer) {
        for role in &mut roles {
            if *role == Role::Unknown {
                *role = Role::Participant;
            }
        }
    }
    roles
}

/// What the words of a label say.
fn by_word(label: &str) -> Role {
    match labels::known(&labels::key(label)) {
        Known::Speaker(role) => role,
        _ => Role::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(voices: &[(&str, u32, u32)]) -> Vec<Role> {
        let voices: Vec<_> =
            voices.iter().map(|&(label, turns, questions)| Voice { label, turns, questions }).collect();
        guess(&voices)
    }

    #[test]
    fn words_for_speakers_tell_their_role_in_several_languages() {
        use Role::{Interviewer, Other, Participant, Unknown};
        let words = [
            ("I", Interviewer),
            ("INT 2", Interviewer),
            ("Moderatorin", Interviewer),
            ("Enquêtrice", Interviewer),
            ("Entrevistadora", Interviewer),
            ("Entrevistada", Participant),
            ("Pesquisador", Interviewer),
            ("Onderzoeker", Interviewer),
            ("Q", Interviewer),
            ("A", Participant),
            ("R", Participant),
            ("P03", Participant),
            ("Resp 2", Participant),
            ("Befragte", Participant),
            ("Geïnterviewde", Participant),
            ("P 3 (f, 45)", Participant),
            ("THE COURT", Other),
            ("Speaker 1", Unknown),
            ("Dan", Unknown),
        ];
        for (label, role) in words {
            assert_eq!(by_word(label), role, "{label}");
        }
    }

    #[test]
    fn of_two_unknown_speakers_the_one_who_asks_is_the_interviewer() {
        assert_eq!(guessed(&[("Dan", 20, 14), ("Mary", 20, 1)]), [Role::Interviewer, Role::Participant]);
        assert_eq!(guessed(&[("Dan", 20, 5), ("Mary", 20, 4)]), [Role::Unknown, Role::Unknown]);
        assert_eq!(guessed(&[("R", 10, 8), ("P", 10, 0)]), [Role::Interviewer, Role::Participant]);
        assert_eq!(guessed(&[("Interviewer", 10, 0), ("Dan", 10, 9)]), [Role::Interviewer, Role::Participant]);
        assert_eq!(guessed(&[("Dan", 9, 9)]), [Role::Unknown]);
        assert_eq!(guessed(&[("Dan", 2, 2), ("Mary", 60, 0)]), [Role::Unknown, Role::Unknown], "a passer-by asks too");
    }
}
