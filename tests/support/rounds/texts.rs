//! The texts of the small study, with who coded what in them.
//!
//! A source is (case, name, text). A mark of a coder is (words, code); the words stand once in all texts.

/// The cases with an attribute: where the practice lies.
pub const CASES: [(&str, &str); 8] = [
    ("Practice 01", "rural"),
    ("Practice 02", "urban"),
    ("Practice 03", "rural"),
    ("Practice 04", "urban"),
    ("Practice 05", "suburban"),
    ("Practice 06", "rural"),
    ("Practice 07", "urban"),
    ("Practice 08", "suburban"),
];

/// The codes with what they stand under: name, parent, heading only, definition.
pub const CODES: [(&str, &str, bool, &str); 11] = [
    ("BH integration", "", false, "How behavioral health and primary care work together in the practice."),
    ("Meeting the patient", "BH integration", true, ""),
    ("Warm handoff", "Meeting the patient", false, "In-person introduction of a patient to an onsite specialist."),
    ("Stepped care", "Meeting the patient", false, "Care that begins light and is stepped up when it does not help."),
    ("Referral", "Stepped care", false, "A patient is sent to a specialist outside the practice."),
    ("Universal screening", "Meeting the patient", false, "Every patient is screened, whatever they come for."),
    ("Means", "BH integration", true, ""),
    ("Funding", "Means", false, "Where the money for integrated care comes from."),
    ("Reimbursement", "Means", false, "What insurers pay for, and what they do not."),
    ("EHR notes", "Means", false, "What stands in the shared record, and who may read it."),
    ("Registry", "Means", false, "A list of patients that is kept and worked through."),
];

/// The sources.
pub const SOURCES: [(&str, &str, &str); 10] = [
    (
        "Practice 01",
        "Clinic manager",
        "Interviewer: What happens when a new patient comes in?

Clinic manager: Every new patient gets a PHQ before the doctor comes in. Rosa does it, right after the blood pressure. If it comes back high she walks over and gets Denise, and Denise comes into the room.

Interviewer: And when Denise is with someone else?

Clinic manager: Then we have her card, and the front desk, and if it can wait it waits. The doctor sees them again in two weeks, and if that is no help Denise takes over.

Interviewer: Who pays for her?

Clinic manager: The grant that paid for her ran out in the fall. Now it comes out of what the clinic earns.

Interviewer: And what does she write down?

Clinic manager: She types it into the chart, and all of us can read it but the therapy itself.
",
    ),
    (
        "Practice 02",
        "BH specialist",
        "Interviewer: How do patients reach you?

BH specialist: The doctor will say, have you met our counselor? And they will sort of wave me in if my door is open. If it is not, she takes my card to the patient and I call them that afternoon.

Interviewer: How often is it the walk, would you say?

BH specialist: Half? On a Monday, less.

Interviewer: And the money?

BH specialist: Medicaid pays for the first visit and not for the second on the same day, so we eat that. The county gives us something every year for the rest.

Interviewer: Do you screen?

BH specialist: Only the ones who look like they need it, to be honest. The assistants are supposed to do everybody.
",
    ),
    (
        "Practice 03",
        "Psychologist",
        "Interviewer: Walk me through a morning.

Psychologist: We huddle at eight and go down the list. At nine the first of them is screened at the desk, everybody is. I meet most people standing up, in the hall, with the doctor beside me.

Interviewer: And what comes of that?

Psychologist: Some come back once, most never need to. We start with the workbook and only go to weekly sessions when it does not move.

Interviewer: Is that paid?

Psychologist: The ten minutes in the hall are free, nobody has a code for them. The foundation covers my Tuesdays.
",
    ),
    (
        "Practice 04",
        "Physician",
        "Interviewer: Where do you send people?

Physician: If the pills and the check-ins do not do it, they go to the hospital clinic across town. We lose about half of them on the way.

Interviewer: Do you have somebody here?

Physician: On Thursdays. Then I take them down the corridor myself and we sit down, the three of us.

Interviewer: And the notes?

Physician: Hers are behind a wall, I see that there was a visit and that is all.
",
    ),
    (
        "Practice 04",
        "Field note",
        "The waiting room is full at ten. A form on a clipboard goes to everybody who signs in, old and young.

The therapist's room lies at the end of the corridor, next to the storage. Her door was closed all morning.
",
    ),
    (
        "Practice 05",
        "Nurse",
        "Interviewer: How do you know who needs help?

Nurse: I ask all of them the two questions. When somebody says yes I ask the other seven. Then I knock on the wall, literally, and Sam comes round. He says hello and stays if they want him to.

Interviewer: Who keeps track of them?

Nurse: There is a sheet on the fridge. Sam calls the ones who have not been back.

Interviewer: And who pays Sam?

Nurse: The network pays half of him, and the other half is a line in our own budget that nobody looks at.
",
    ),
    (
        "Practice 06",
        "Clinic manager",
        "Interviewer: Who is here?

Clinic manager: A counselor, two days, and she is booked out to March. People like her, so we try for a third day.
",
    ),
    (
        "Practice 07",
        "Clinic manager",
        "Interviewer: Who is here?

Clinic manager: Nobody at the moment, the post is vacant. We send people to the county and hope, and I call after a month to hear whether anybody went.
",
    ),
    (
        "Practice 07",
        "Field note",
        "A whiteboard in the hall lists open slots. Two of them are crossed out.
",
    ),
    (
        "Practice 08",
        "BH specialist",
        "Interviewer: Who is here?

BH specialist: Me, and an intern. We do everybody on the day they come, that was the deal when they hired me, and so far it holds.
",
    ),
];

/// Passages of the broad code, coded by PB before any round.
pub const BROAD: [&str; 9] = [
    "Every new patient gets a PHQ before the doctor comes in. Rosa does it, right after the blood pressure. If it comes back high she walks over and gets Denise, and Denise comes into the room.",
    "Then we have her card, and the front desk, and if it can wait it waits. The doctor sees them again in two weeks, and if that is no help Denise takes over.",
    "The grant that paid for her ran out in the fall.",
    "The doctor will say, have you met our counselor? And they will sort of wave me in if my door is open. If it is not, she takes my card to the patient and I call them that afternoon.",
    "I meet most people standing up, in the hall, with the doctor beside me.",
    "If the pills and the check-ins do not do it, they go to the hospital clinic across town. We lose about half of them on the way.",
    "I ask all of them the two questions. When somebody says yes I ask the other seven. Then I knock on the wall, literally, and Sam comes round.",
    "A counselor, two days, and she is booked out to March.",
    "We send people to the county and hope",
];

/// A mark: words, code, comment.
pub type Mark = (&'static str, &'static str, &'static str);

/// What PB coded in the round.
pub const PB: &[Mark] = &[
    // Both: the same.
    ("Every new patient gets a PHQ before the doctor comes in.", "Universal screening", ""),
    // Only PB; decides whether the case has the code.
    ("she walks over and gets Denise, and Denise comes into the room", "Warm handoff", "in the same visit, in person"),
    // Both: other extents.
    ("The doctor sees them again in two weeks, and if that is no help Denise takes over.", "Stepped care", ""),
    // An edge: DC has the full stop, PB has not.
    ("The grant that paid for her ran out in the fall", "Funding", ""),
    // Both: the same.
    ("She types it into the chart, and all of us can read it but the therapy itself.", "EHR notes", ""),
    // Both: extents differ by a sentence.
    ("And they will sort of wave me in if my door is open.", "Warm handoff", "a wave is an introduction"),
    // Siblings: DC says Reimbursement.
    ("The county gives us something every year for the rest.", "Funding", "not an insurer, so not Reimbursement"),
    // Both: the same.
    ("Medicaid pays for the first visit and not for the second on the same day, so we eat that.", "Reimbursement", ""),
    // Only PB, a coding of the same code elsewhere in the case by DC.
    ("The assistants are supposed to do everybody.", "Universal screening", ""),
    // Three coders: PB and DC the same, EW nothing.
    ("At nine the first of them is screened at the desk, everybody is.", "Universal screening", ""),
    // All three the same.
    ("I meet most people standing up, in the hall, with the doctor beside me.", "Warm handoff", ""),
    ("We start with the workbook and only go to weekly sessions when it does not move.", "Stepped care", ""),
    ("The foundation covers my Tuesdays.", "Funding", ""),
    // Parent and child: DC says Referral.
    ("If the pills and the check-ins do not do it, they go to the hospital clinic across town.", "Stepped care", ""),
    ("Then I take them down the corridor myself and we sit down, the three of us.", "Warm handoff", ""),
    // Another code, elsewhere in the tree: DC says EHR notes.
    ("A form on a clipboard goes to everybody who signs in, old and young.", "Universal screening", "a field note"),
    // Split: PB one piece, DC two.
    ("I ask all of them the two questions. When somebody says yes I ask the other seven.", "Universal screening", ""),
    ("Then I knock on the wall, literally, and Sam comes round.", "Warm handoff", ""),
    (
        "The network pays half of him, and the other half is a line in our own budget that nobody looks at.",
        "Funding",
        "",
    ),
];

/// What DC coded in the round.
pub const DC: &[Mark] = &[
    ("Every new patient gets a PHQ before the doctor comes in.", "Universal screening", ""),
    ("if that is no help Denise takes over.", "Stepped care", "the step is the second half"),
    ("The grant that paid for her ran out in the fall.", "Funding", ""),
    ("She types it into the chart, and all of us can read it but the therapy itself.", "EHR notes", ""),
    (
        "The doctor will say, have you met our counselor? And they will sort of wave me in if my door is open.",
        "Warm handoff",
        "",
    ),
    ("The county gives us something every year for the rest.", "Reimbursement", "a yearly payment is a payment"),
    ("Medicaid pays for the first visit and not for the second on the same day, so we eat that.", "Reimbursement", ""),
    ("Only the ones who look like they need it, to be honest.", "Universal screening", ""),
    ("At nine the first of them is screened at the desk, everybody is.", "Universal screening", ""),
    ("I meet most people standing up, in the hall, with the doctor beside me.", "Warm handoff", ""),
    ("We start with the workbook and only go to weekly sessions when it does not move.", "Stepped care", ""),
    ("The foundation covers my Tuesdays.", "Funding", ""),
    ("they go to the hospital clinic across town.", "Referral", ""),
    ("Then I take them down the corridor myself and we sit down, the three of us.", "Warm handoff", ""),
    ("Hers are behind a wall, I see that there was a visit and that is all.", "EHR notes", ""),
    ("A form on a clipboard goes to everybody who signs in, old and young.", "EHR notes", ""),
    ("I ask all of them the two questions.", "Universal screening", ""),
    ("When somebody says yes I ask the other seven.", "Universal screening", ""),
    ("Then I knock on the wall, literally, and Sam comes round.", "Warm handoff", ""),
    ("He says hello and stays if they want him to.", "Warm handoff", "still the handoff"),
    (
        "The network pays half of him, and the other half is a line in our own budget that nobody looks at.",
        "Funding",
        "",
    ),
];

/// What EW coded in the round: one case.
pub const EW: &[Mark] = &[
    ("I meet most people standing up, in the hall, with the doctor beside me.", "Warm handoff", ""),
    ("We start with the workbook and only go to weekly sessions when it does not move.", "Stepped care", ""),
    ("The foundation covers my Tuesdays.", "Funding", ""),
    ("The ten minutes in the hall are free, nobody has a code for them.", "Reimbursement", "says what is not paid"),
];
