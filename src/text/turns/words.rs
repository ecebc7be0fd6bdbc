//! Words that transcripts are made with: what speakers are called, what headers and events are called.
//!
//! All lists hold *stems*, with spaces between: lower case, no white space, no digits at the end (`Speaker 1` and
//! `speaker_01` are `speaker`).

use super::roles::Role;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Words for who asks: en, de, fr, es, pt, nl, it, and a few more.
const INTERVIEWERS: &str = "\
    animateur animatrice encuestador encuestadora enquêteur enquêtrice entrevistador entrevistadora facilitador \
    facilitadora facilitator facilitators facilitateur facilitatrice forscher forscherin gespreksleider host i \
    int interv interviewer interviewerin interviewerinnen interviewers intervieweur intervieweuse intervistatore \
    intervistatrice interviewleider intr intv intvr inv investigador investigadora investigator ir iv ivr iwer \
    leitung mod moderador moderadora moderation moderator moderatoren moderatorin moderators moderatrice \
    moderatore modérateur modératrice onderzoeker pesquisador pesquisadora q question questioner researcher \
    researchers chercheur chercheuse chercheure sitevisitor المحاور المحاورة интервьюер 采访者 访谈者 インタビュアー 聞き手";

/// Words for who answers.
const PARTICIPANTS: &str = "\
    a answer b befragte befragter befragteperson bp client deelnemer enquêté enquêtée entrevistada entrevistado \
    femaleparticipant femalerespondent fp geïnterviewde ie informant informante intervistata intervistato \
    interviewee interviewees interviewé interviewée interviewpartner interviewpartnerin interviewte interviewter \
    ip iwee maleparticipant malerespondent mp p par part participant participante participants partic patient pt \
    r resp respondent respondente respondents répondant répondante subject thewitness teilnehmer teilnehmerin \
    teilnehmende tn witness المشارك المشاركة респондент 受访者 参加者";

/// Words for voices that are neither, or not known.
const OTHERS: &str = "\
    all alle both dolmetscher dolmetscherin everyone group interpreter interprète intérprete multiple \
    multiplespeakers several theclerk thecourt thecourtreporter theinterpreter thereporter thevideographer tolk \
    translator unbekannt unidentified unidentifiedspeaker unknown unknownspeaker various";

/// Words that are surely labels and say nothing of the role.
const SPEAKERS: &str = "\
    e experte expertin f falante female femalespeaker femalevoice hablante locuteur locutor locutora locutrice m \
    male malespeaker malevoice orador oradora s sp speaker spreker sprecher sprecherin spk man woman observer \
    notetaker";

/// Keys of headers: facts about the text, never speakers.
const HEADER_KEYS: &str = "\
    age audio audiofile case caseid city country data date dateofinterview datum duration durée dauer duración \
    duração duur end endtime fecha file filename id interviewdate interviewid interviewnumber interviewno \
    interviewtype keywords language langue lengte length lengthofinterview lieu local location lugar media \
    mediafile mode number ort participantid place plaats practice project projekt proyecto projeto recorded \
    recordedon recording recordingdate role setting site siteid spielzeit sprache start starttime status study \
    studyid tijd time title titel titre transcribed transcribedby transcriber transcript transcription \
    transcriptionist transcriptdate type verified verifiedby version visit wave zeit";

/// Further words that begin lines and are never taken for speakers without being told.
const NO_SPEAKERS: &str = "\
    action actions agenda anmerkung appendix aside attachment attendees background bcc chapter codes comment \
    comments conclusion conclusions context doi e.g eg email example fax fazit figure from ftp hinweis http \
    https i.e important interview introduction item items kapitel legend mailto memo methods nb note notes notiz \
    objective observation observations p.s page phone ps purpose remark remarks result results section seite \
    sent source speakers summary table tel theme themes to todo topic topics url vgl warning www";

/// What happens in a room, in brackets at the start of a line: no speaker.
const EVENTS: &str = "\
    applause audiocut background beep break chuckle chuckles clearsthroat cough coughing coughs crosstalk \
    endofrecording endoftape endoftranscript endoftranscription foreign foreignlanguage inaudible interruption \
    lachen lacht laugh laughing laughs laughter longpause music musik nodding nods noise overlap overlapping \
    overtalking pause phonerings redacted recordingends recordingstarts rires risas risos shortpause sigh sighs \
    sic silence smiles sneeze sniffs stille unclear unintelligible unv whispers";

/// What a stem says of its speaker.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Known {
    /// A word for a speaker, with the role it speaks for.
    Speaker(Role),
    /// A word that starts header lines.
    HeaderKey,
    /// A word that starts lines and is no speaker.
    NoSpeaker,
    /// Neither.
    Nothing,
}

/// All lists as one table.
static TABLE: LazyLock<HashMap<&'static str, Known>> = LazyLock::new(|| {
    let lists = [
        (INTERVIEWERS, Known::Speaker(Role::Interviewer)),
        (PARTICIPANTS, Known::Speaker(Role::Participant)),
        (OTHERS, Known::Speaker(Role::Other)),
        (SPEAKERS, Known::Speaker(Role::Unknown)),
        (HEADER_KEYS, Known::HeaderKey),
        (NO_SPEAKERS, Known::NoSpeaker),
    ];
    lists.into_iter().flat_map(|(list, known)| list.split_whitespace().map(move |word| (word, known))).collect()
});

/// What the lists say of `stem`; `numbered` if digits followed it.
pub(super) fn known(stem: &str, numbered: bool) -> Known {
    // `Part 2: Barriers` is a heading, `Question 3: …` an item; `Part: …` in a transcript is a participant.
    if numbered && matches!(stem, "part" | "question" | "answer") {
        return Known::NoSpeaker;
    }
    if numbered && stem == "id" {
        return Known::Nothing;
    }
    TABLE.get(stem).copied().unwrap_or(Known::Nothing)
}

/// Whether `key` (lower case, no white space), found in brackets, is an event: `[laughs]`, `[pause 3s]`.
pub(super) fn is_event(key: &str) -> bool {
    let stem = key.trim_end_matches(|c: char| c.is_ascii_digit() || c == 's' || c == '.');
    EVENTS.split_whitespace().any(|event| event == key || event == stem || (event.len() > 6 && key.starts_with(event)))
}

/// Whether `<name>` is a mark of HTML or WebVTT. Those are in lower case: `<I>` may be an interviewer.
pub(super) fn is_markup(name: &str) -> bool {
    let word = name.split([' ', '.']).next().unwrap_or(name);
    matches!(
        word,
        "a" | "b"
            | "body"
            | "br"
            | "c"
            | "del"
            | "div"
            | "em"
            | "font"
            | "head"
            | "hr"
            | "html"
            | "i"
            | "ins"
            | "lang"
            | "li"
            | "mark"
            | "ol"
            | "p"
            | "pre"
            | "q"
            | "rt"
            | "ruby"
            | "s"
            | "span"
            | "strong"
            | "sub"
            | "sup"
            | "table"
            | "td"
            | "th"
            | "tr"
            | "tt"
            | "u"
            | "ul"
            | "v"
    )
}

/// Whether a word before a full stop is a title or an initial, so that the stop ends no sentence: `Dr.`, `J.`.
pub(super) fn takes_a_stop(word: &str) -> bool {
    let mut chars = word.chars();
    let single = chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none();
    single
        || matches!(
            word.to_ascii_lowercase().as_str(),
            "dr" | "gen"
                | "gov"
                | "hon"
                | "jr"
                | "m"
                | "mme"
                | "mr"
                | "mrs"
                | "ms"
                | "prof"
                | "rep"
                | "rev"
                | "sen"
                | "sr"
                | "sra"
                | "st"
                | "no"
                | "nr"
                | "int"
                | "resp"
                | "vs"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn part_is_a_participant_and_part_2_a_heading() {
        assert_eq!(known("part", false), Known::Speaker(Role::Participant));
        assert_eq!(known("part", true), Known::NoSpeaker);
        assert_eq!(known("date", false), Known::HeaderKey);
        assert_eq!(known("dan", false), Known::Nothing);
    }

    #[test]
    fn events_in_brackets_are_no_speakers() {
        assert!(is_event("laughs") && is_event("pause3s") && is_event("inaudible") && is_event("crosstalk"));
        assert!(!is_event("id1") && !is_event("speaker_00"));
    }

    #[test]
    fn no_word_is_in_two_lists() {
        let lists = [INTERVIEWERS, PARTICIPANTS, OTHERS, SPEAKERS, HEADER_KEYS, NO_SPEAKERS];
        let all: Vec<_> = lists.into_iter().flat_map(str::split_whitespace).collect();
        let once: std::collections::HashSet<_> = all.iter().collect();
        assert_eq!(all.len(), once.len());
    }
}
