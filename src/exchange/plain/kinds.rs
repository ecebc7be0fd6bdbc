//! Files that are something else, known by their first bytes.

/// Marks at the start of a file: what it is, and what to do with it.
const MARKS: &[(&[u8], &str, &str)] = &[
    (b"%PDF-", "a PDF", "give its name the ending .pdf and import it again"),
    (b"{\\rtf", "a rich-text document (RTF)", "give its name the ending .rtf and import it again"),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old Word, Excel or PowerPoint file", "save it as .docx and import that"),
    (b"SQLite format 3\0", "a database (SQLite)", "import it as a QualCoder or Taguette project"),
    (b"\x89PNG\r\n\x1a\n", "a picture (PNG)", PICTURE),
    (b"\xFF\xD8\xFF", "a picture (JPEG)", PICTURE),
    (b"GIF8", "a picture (GIF)", PICTURE),
    (b"ID3", "a sound recording (MP3)", RECORDING),
    (b"OggS", "a recording (Ogg)", RECORDING),
    (b"fLaC", "a sound recording (FLAC)", RECORDING),
    (b"RIFF", "a recording (WAV or AVI)", RECORDING),
    (b"\x1A\x45\xDF\xA3", "a recording (Matroska or WebM)", RECORDING),
    (b"\x1F\x8B", "a compressed file (gzip)", ARCHIVE),
    (b"BZh", "a compressed file (bzip2)", ARCHIVE),
    (b"7z\xBC\xAF\x27\x1C", "an archive (7z)", ARCHIVE),
    (b"Rar!\x1A\x07", "an archive (RAR)", ARCHIVE),
    (b"\x7FELF", "a program", "choose the transcript instead"),
    (b"bplist00", "a settings file (binary plist)", "choose the transcript instead"),
];

const PICTURE: &str = "import the text that it shows";
const RECORDING: &str = "import its transcript";
const ARCHIVE: &str = "unpack it and import the files in it";

/// What is in a ZIP, told by the names of the files in it.
const ZIPPED: &[(&[u8], &str, &str)] = &[
    (b"word/", "a Word document", "give its name the ending .docx and import it again"),
    (b"xl/", "an Excel workbook", "save the sheet as CSV and import that"),
    (b"ppt/", "a PowerPoint presentation", "export its text and import that"),
    (b"project.qde", "a project exchange file (REFI-QDA)", "give its name the ending .qdpx and import it as a project"),
    (
        b"application/vnd.oasis.opendocument",
        "an OpenDocument file",
        "give its name the ending .odt and import it again, if it is a text",
    ),
    (b"META-INF/container.xml", "an e-book (EPUB)", "export its text and import that"),
];

/// How far a ZIP is searched from either end, in bytes.
const REACH: usize = 64 * 1024;

/// What the file is, if it is something else than text: what, with its article, and what to do.
pub(super) fn kind(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        let ends = [&bytes[..bytes.len().min(REACH)], &bytes[bytes.len().saturating_sub(REACH)..]];
        let holds = |name: &[u8]| ends.iter().any(|end| memchr::memmem::find(end, name).is_some());
        let known = ZIPPED.iter().find(|(name, ..)| holds(name));
        return Some(known.map_or(("an archive (ZIP)", ARCHIVE), |&(_, what, advice)| (what, advice)));
    }
    // `BZh`, `ID3`, `GIF8` and `RIFF` are letters: a text may begin with them, and has no such bytes after them.
    let letters = |mark: &[u8]| mark.iter().all(u8::is_ascii_alphanumeric);
    let odd = || bytes.iter().take(64).any(|&b| b < 9 || (14..32).contains(&b) && b != 27);
    let found = MARKS.iter().find(|(mark, ..)| bytes.starts_with(mark) && (!letters(mark) || odd()));
    if let Some(&(_, what, advice)) = found {
        return Some((what, advice));
    }
    let is_film = bytes.get(4..8) == Some(b"ftyp") && bytes.starts_with(b"\0");
    is_film.then_some(("a recording (MP4, M4A or MOV)", RECORDING))
}
