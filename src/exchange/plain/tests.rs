//! Tests of the module beside this file.

use super::*;
use encoding_rs::{BIG5, EUC_KR, GBK, SHIFT_JIS, WINDOWS_1251, WINDOWS_1252};
use proptest::prelude::*;

fn read(bytes: &[u8]) -> Plain {
    decode(bytes).expect("a text")
}

fn refused(bytes: &[u8]) -> String {
    decode(bytes).expect_err("no text").to_string()
}

fn utf16(text: &str, big: bool) -> Vec<u8> {
    text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
}

fn utf32(text: &str, big: bool) -> Vec<u8> {
    text.chars().flat_map(|c| if big { u32::from(c).to_be_bytes() } else { u32::from(c).to_le_bytes() }).collect()
}

const TALK: &str = "I: Wie geht’s?\nP: Gut, danke. Größe 😀\n";

#[test]
fn utf_8_is_read_with_and_without_a_mark() {
    let plain = read(TALK.as_bytes());
    assert_eq!((plain.text.as_str(), plain.encoding.as_str(), plain.bom, plain.crlf), (TALK, "UTF-8", false, false));
    assert!(plain.notes.is_empty() && plain.replaced == 0);
    let marked = read(format!("\u{FEFF}{TALK}").as_bytes());
    assert_eq!((marked.text.as_str(), marked.bom), (TALK, true));
}

#[test]
fn a_mark_in_the_middle_stays_and_is_told() {
    let plain = read("\u{FEFF}a\u{FEFF}b".as_bytes());
    assert_eq!(plain.text, "a\u{FEFF}b");
    assert_eq!(plain.notes, ["1 byte order mark within the text stayed where it is."]);
}

#[test]
fn utf_16_and_utf_32_are_read_with_and_without_a_mark() {
    for (big, sixteen, thirty_two) in [(false, "UTF-16 LE", "UTF-32 LE"), (true, "UTF-16 BE", "UTF-32 BE")] {
        for (bytes, marked, name) in [
            (utf16(TALK, big), utf16(&format!("\u{FEFF}{TALK}"), big), sixteen),
            (utf32(TALK, big), utf32(&format!("\u{FEFF}{TALK}"), big), thirty_two),
        ] {
            let plain = read(&marked);
            assert_eq!((plain.text.as_str(), plain.encoding.as_str(), plain.bom), (TALK, name, true));
            assert!(plain.notes.is_empty());
            let bare = read(&bytes);
            assert_eq!((bare.text.as_str(), bare.encoding.as_str(), bare.bom), (TALK, name, false));
            assert_eq!(bare.notes, [format!("The file has no byte order mark; it was taken for {name}.")]);
        }
    }
    let russian = "Интервьюер: Как дела?\nРеспондент: Хорошо.\n";
    assert_eq!(read(&utf16(russian, false)).text, russian);
}

#[test]
fn damaged_utf_16_and_utf_32_are_counted() {
    let mut bytes = utf16("\u{FEFF}one \u{FFFD} two", false);
    bytes.extend([0x00, 0xD8, b'x', 0, 7]);
    let plain = read(&bytes);
    assert_eq!(plain.replaced, 2, "half a pair and half a unit; the text's own U+FFFD is not counted");
    let mut bytes = utf32("\u{FEFF}one", true);
    bytes.extend([0, 0xFF, 0xFF, 0xFF, 0]);
    assert_eq!(read(&bytes).replaced, 2);
}

#[test]
fn other_encodings_are_guessed_and_the_guess_is_told() {
    let french = "Enquêtrice : Où étiez-vous cet été-là, à l’hôpital ? “Peut-être” déjà là-bas.\n".repeat(3);
    let russian = "Интервьюер: Как вы начинали работать в этой больнице?\nРеспондент: Очень просто.\n".repeat(3);
    let chinese = "采访者：你是什么时候开始在这家医院工作的？\n受访者：我从二零一一年开始在这里工作。\n".repeat(3);
    let japanese =
        "聞き手：この病院で働き始めたのはいつですか。\n参加者：二千十一年からです。カタカナもあります。\n".repeat(3);
    let taiwan = "訪談者：您是什麼時候開始在這家醫院工作的？\n受訪者：我從二零一一年開始在這裡工作。\n".repeat(3);
    let korean = "면담자: 이 병원에서 언제부터 일하셨습니까?\n참여자: 이천십일년부터 일했습니다.\n".repeat(3);
    for (text, encoding, name) in [
        (&french, WINDOWS_1252, "Windows-1252 (Western Europe)"),
        (&russian, WINDOWS_1251, "Windows-1251 (Cyrillic)"),
        (&chinese, GBK, "GBK (Chinese, simplified)"),
        (&japanese, SHIFT_JIS, "Shift_JIS (Japanese)"),
        (&taiwan, BIG5, "Big5 (Chinese, traditional)"),
        (&korean, EUC_KR, "EUC-KR (Korean)"),
    ] {
        let (bytes, _, lost) = encoding.encode(text);
        assert!(!lost);
        let plain = read(&bytes);
        assert_eq!((&plain.text, plain.encoding.as_str(), plain.replaced), (text, name, 0));
        assert!(plain.notes[0].contains("was guessed"), "{:?}", plain.notes);
    }
}

#[test]
fn curly_quotes_of_windows_are_read() {
    let plain = read(b"P: \x93I don\x92t know\x94 \x96 she said\x85\n");
    assert_eq!(plain.text, "P: “I don’t know” – she said…\n");
    assert_eq!(plain.encoding, "Windows-1252 (Western Europe)");
}

#[test]
fn an_encoding_can_be_named() {
    let plain = decode_as("Größe".as_bytes(), "latin1").expect("a text");
    assert_eq!(plain.text, "GrÃ¶ÃŸe");
    assert_eq!(decode_as(&utf16("Größe", false), "UTF-16LE").expect("a text").text, "Größe");
    assert_eq!(decode_as(&utf32("Größe", true), "utf-32be").expect("a text").text, "Größe");
    assert_eq!(decode_as("\u{FEFF}é".as_bytes(), "latin1").expect("a text").text, "é", "a mark is believed");
    let error = decode_as(b"a", "klingon").expect_err("no such").to_string();
    assert!(error.starts_with("there is no encoding “klingon”"), "{error}");
}

#[test]
fn utf_8_with_a_few_damaged_bytes_stays_utf_8() {
    let mut bytes = "Größe für alle Übungen, ähnlich öfter, süß\n".repeat(4).into_bytes();
    bytes.extend(b"and \xFF here\n");
    let plain = read(&bytes);
    assert_eq!((plain.encoding.as_str(), plain.replaced), ("UTF-8", 1));
    assert_eq!(
        plain.notes,
        ["1 character could not be read as UTF-8 and was replaced by “\u{FFFD}”; the first is in line 5."]
    );
    let cut = &"Größe".as_bytes()[..4];
    assert_eq!(read(&[b"so ", "ü ".as_bytes(), cut].concat()).encoding, "UTF-8");
}

#[test]
fn line_ends_become_line_feeds() {
    let plain = read(b"a\r\nb\r\n");
    assert_eq!((plain.text.as_str(), plain.crlf, plain.notes.len()), ("a\nb\n", true, 0));
    let old = read(b"a\rb\r");
    assert_eq!((old.text.as_str(), old.crlf), ("a\nb\n", true));
    let mixed = read(b"a\r\nb\nc\rd");
    assert_eq!(mixed.text, "a\nb\nc\nd");
    assert_eq!(mixed.notes, ["Lines end in different ways (CR, LF, CRLF); all became line feeds."]);
}

#[test]
fn nothing_and_only_white_space_are_refused() {
    assert_eq!(refused(b""), "the file is empty; there is nothing to import");
    assert_eq!(refused(b"\xEF\xBB\xBF"), "the file is empty; there is nothing to import");
    for blank in [" \n\t\r\n", "\u{FEFF}\n", "\u{A0}\u{200B}\u{FEFF}"] {
        assert_eq!(refused(blank.as_bytes()), "the file holds only white space; there is nothing to import");
    }
}

#[test]
fn what_is_something_else_is_said_to_be_so() {
    let docx = b"PK\x03\x04\x14\0\0\0\x08\0\0\0!\0\0\0\0\0[Content_Types].xml\0\0word/document.xml";
    assert_eq!(
        refused(docx),
        "this is a Word document, not plain text; give its name the ending .docx and import it again"
    );
    for (bytes, what) in [
        (&b"PK\x03\x04\0\0notes.txt"[..], "an archive (ZIP)"),
        (b"PK\x03\x04\0\0mimetypeapplication/vnd.oasis.opendocument.text", "an OpenDocument file"),
        (b"PK\x03\x04\0\0project.qde", "REFI-QDA"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"{\\rtf1\\ansi Hello}", "(RTF)"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0", "an old Word"),
        (b"SQLite format 3\0", "a database"),
        (b"ID3\x03\0\0\0", "(MP3)"),
        (b"\0\0\0\x20ftypM4A ", "M4A"),
        (b"RIFF\x24\0\0\0WAVE", "WAV"),
    ] {
        let said = refused(bytes);
        assert!(said.contains(what) && said.contains("not plain text; "), "{said}");
    }
    assert_eq!(read(b"ID3 was the third participant.").text, "ID3 was the third participant.");
}

#[test]
fn nul_bytes_and_control_characters_are_refused() {
    assert_eq!(
        refused(b"Hello\0there, this is text"),
        "this is no plain text: byte 6 is NUL, which texts do not have; export it as text (UTF-8) from the program that \
         made it"
    );
    assert!(refused(&[1, 2, 3, 4, 5, 6, b'a', b'b']).contains("6 of its 8 characters are control characters"));
    let scrambled: Vec<u8> = (0..4096_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    assert!(decode(&scrambled).is_err());
    assert_eq!(read(b"form\x0Cfeed and \x1B[1m").text, "form\u{C}feed and \u{1B}[1m");
}

#[test]
fn sizes_are_asked_about_and_refused() {
    use SizeVerdict::{Ask, Fine, Refused};
    let sizes = [0, ASK_FROM - 1, ASK_FROM, REFUSE_FROM - 1, REFUSE_FROM, u64::MAX];
    assert_eq!(sizes.map(size_check), [Fine, Fine, Ask, Ask, Refused, Refused]);
}

#[test]
fn real_files_of_every_encoding_are_read() {
    let beside = std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let folder = std::env::var_os("EMIC_CORPUS").map_or(beside, std::path::PathBuf::from);
    let files = [
        ("subtitles/pysrt_bom-utf-16-le.srt", "UTF-16 LE", true),
        ("subtitles/pysrt_bom-utf-8.srt", "UTF-8", true),
        ("subtitles/srt_ascii.srt", "UTF-8", false),
        ("transcripts/serdif_P1_notes.txt", "UTF-8", false),
        ("transcripts/zoom_meeting_chat.txt", "UTF-8", false),
        ("longtext/nasa_a13_TEC.txt", "UTF-8", false),
    ];
    for (name, encoding, bom) in files {
        let Ok(bytes) = std::fs::read(folder.join(name)) else {
            println!("skipped: {name} is not in {}", folder.display());
            continue;
        };
        let plain = read(&bytes);
        assert_eq!((plain.encoding.as_str(), plain.bom, plain.replaced), (encoding, bom, 0), "{name}");
        assert!(!plain.text.contains('\r') && !plain.text.starts_with('\u{FEFF}'));
        assert_eq!(plain.crlf, bytes.windows(2).any(|pair| pair == b"\r\n"), "{name}");
    }
    for name in ["transcripts/pdpilot_P1.pdf", "transcripts/serdif_P1_GMT20211118.odt", "qualcoder_examples/ID1.docx"] {
        if let Ok(bytes) = std::fs::read(folder.join(name)) {
            println!("{name}: {}", refused(&bytes));
        }
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300), mark in 0_usize..7) {
        let marks: [&[u8]; 7] =
            [b"", b"\xFF\xFE", b"\xFE\xFF", b"\xEF\xBB\xBF", b"\xFF\xFE\0\0", b"\0\0\xFE\xFF", b"PK\x03\x04"];
        let all = [marks[mark], &bytes].concat();
        for plain in [decode(&all), decode_as(&all, "windows-1252")].into_iter().flatten() {
            prop_assert!(!plain.text.contains(['\r', '\0']) && !plain.text.trim().is_empty());
        }
    }

    #[test]
    fn any_text_comes_back_from_utf_8_and_utf_16(text in "[^\\r\0]{0,200}") {
        let (eight, sixteen) = (decode(text.as_bytes()), decode(&utf16(&format!("\u{FEFF}{text}"), false)));
        match (eight, sixteen) {
            (Ok(eight), Ok(sixteen)) => {
                let expected = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
                prop_assert_eq!((eight.text.as_str(), sixteen.text.as_str()), (expected, text.as_str()));
            }
            (eight, sixteen) => prop_assert!(eight.is_err() || sixteen.is_err()),
        }
    }
}
