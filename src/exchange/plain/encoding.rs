//! From bytes to characters: byte order marks, UTF-16 and UTF-32 without them, UTF-8, and a guess for the rest.

use super::PlainError;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GBK, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How much of a file is looked at to guess its encoding, in bytes.
const GUESSED: usize = 1 << 20;
/// How much of a file is looked at for NULs, in bytes.
const SAMPLED: usize = 1 << 16;

/// A text as decoded, its line ends still as they were.
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) name: String,
    pub(super) bom: bool,
    pub(super) replaced: usize,
    pub(super) notes: Vec<String>,
}

/// An encoding, of which one set is not of the web's.
#[derive(Clone, Copy)]
enum How {
    Web(&'static Encoding),
    Utf32 { big: bool },
}

/// Decodes bytes in the encoding that they seem to have.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, PlainError> {
    if let Some((how, mark)) = byte_order_mark(bytes) {
        return Ok(how.decode(&bytes[mark..], true));
    }
    if memchr::memchr(0, bytes).is_some() {
        let wide = wide(bytes).ok_or_else(|| {
            let at = memchr::memchr(0, bytes).unwrap_or_default();
            PlainError::Binary { what: format!("byte {} is NUL, which texts do not have", at + 1) }
        })?;
        let mut decoded = wide.decode(bytes, false);
        decoded.notes.push(format!("The file has no byte order mark; it was taken for {}.", decoded.name));
        return Ok(decoded);
    }
    if is_utf8(bytes) {
        return Ok(How::Web(UTF_8).decode(bytes, false));
    }
    let guess = guess(bytes);
    let mut decoded = How::Web(guess).decode(bytes, false);
    decoded.notes.push(format!(
        "The file does not say how its characters are written; {} was guessed. Check a few letters with accents.",
        decoded.name
    ));
    Ok(decoded)
}

/// Decodes bytes in the encoding `label`, or in that of their byte order mark.
pub(super) fn decode_as(bytes: &[u8], label: &str) -> Result<Decoded, PlainError> {
    let flat = label.trim().to_ascii_lowercase().replace(['-', '_', ' '], "");
    let how = match flat.as_str() {
        "utf32" | "utf32le" => How::Utf32 { big: false },
        "utf32be" => How::Utf32 { big: true },
        _ => Encoding::for_label(label.trim().as_bytes())
            .or_else(|| Encoding::for_label(flat.as_bytes()))
            .map(How::Web)
            .ok_or_else(|| PlainError::NoSuchEncoding(label.to_owned()))?,
    };
    let (how, mark) = byte_order_mark(bytes).unwrap_or((how, 0));
    Ok(how.decode(&bytes[mark..], mark > 0))
}

/// The encoding that a byte order mark names, and the length of the mark.
fn byte_order_mark(bytes: &[u8]) -> Option<(How, usize)> {
    match bytes {
        // Before UTF-16, whose mark is the first half of this one.
        [0xFF, 0xFE, 0, 0, ..] if bytes.len().is_multiple_of(4) => Some((How::Utf32 { big: false }, 4)),
        [0, 0, 0xFE, 0xFF, ..] => Some((How::Utf32 { big: true }, 4)),
        [0xFF, 0xFE, ..] => Some((How::Web(UTF_16LE), 2)),
        [0xFE, 0xFF, ..] => Some((How::Web(UTF_16BE), 2)),
        [0xEF, 0xBB, 0xBF, ..] => Some((How::Web(UTF_8), 3)),
        _ => None,
    }
}

/// UTF-16 or UTF-32 without a byte order mark, told by where the NULs are: letters of many scripts leave every second
/// byte NUL, and always the same one.
fn wide(bytes: &[u8]) -> Option<How> {
    let sample = &bytes[..bytes.len().min(SAMPLED) / 4 * 4];
    let nulls = |rest: usize| sample.iter().skip(rest).step_by(4).filter(|&&b| b == 0).count();
    let at = [nulls(0), nulls(1), nulls(2), nulls(3)];
    let fours = sample.len() / 4;
    if bytes.len().is_multiple_of(4) && fours > 0 {
        for (big, high, next) in [(false, at[3], at[2]), (true, at[0], at[1])] {
            let how = How::Utf32 { big };
            if high == fours && next * 10 >= fours * 9 && how.decode(sample, false).replaced == 0 {
                return Some(how);
            }
        }
    }
    [How::Web(UTF_16LE), How::Web(UTF_16BE)].into_iter().find(|&how| is_utf16(bytes, how))
}

/// Whether bytes without a byte order mark are UTF-16 in this order.
fn is_utf16(bytes: &[u8], how: How) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLED) / 2 * 2];
    let pairs = sample.len() / 2;
    let first_is_high = matches!(how, How::Web(encoding) if encoding == UTF_16BE);
    let (high, low) = if first_is_high { (0, 1) } else { (1, 0) };
    let mut highs = [0_usize; 256];
    for &byte in sample.iter().skip(high).step_by(2) {
        highs[usize::from(byte)] += 1;
    }
    let low_nulls = sample.iter().skip(low).step_by(2).filter(|&&b| b == 0).count();
    if highs[0] == 0 || low_nulls * 20 > highs[0] {
        return false;
    }
    // Latin letters have NUL above them, other alphabets one and the same byte; Chinese has many, and bytes beyond
    // ASCII. A stray NUL in an ordinary text has none of this.
    let commonest = highs[1..].iter().max().copied().unwrap_or(0);
    let beyond_ascii = sample.iter().filter(|&&b| b >= 0x80).count();
    let likely =
        highs[0] * 10 >= pairs * 3 || (highs[0] + commonest) * 10 >= pairs * 8 || beyond_ascii * 10 >= sample.len();
    likely && how.decode(sample, false).replaced <= 1
}

/// Whether bytes are UTF-8, or were and were damaged in a few places.
fn is_utf8(bytes: &[u8]) -> bool {
    if std::str::from_utf8(bytes).is_ok() {
        // Japanese mail is ASCII with escapes.
        return !(memchr::memchr(0x1B, bytes).is_some() && bytes.is_ascii() && guess(bytes) != UTF_8);
    }
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    let cut_short = bad == 1 && good > 0 && bytes.utf8_chunks().last().is_some_and(|last| !last.invalid().is_empty());
    cut_short || (good >= 5 && bad * 10 <= good)
}

/// The encoding that the letters suggest.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    // The letters that tell may come late; what is before them is ASCII and tells nothing.
    let plain = Encoding::ascii_valid_up_to(bytes).min(memchr::memchr(0x1B, bytes).unwrap_or(bytes.len()));
    let from = plain.saturating_sub(16);
    let to = bytes.len().min(from + GUESSED);
    detector.feed(&bytes[from..to], to == bytes.len());
    let guess = detector.guess(None, Utf8Detection::Deny);
    if bytes.is_ascii() && guess == WINDOWS_1252 { UTF_8 } else { guess }
}

impl How {
    fn decode(self, bytes: &[u8], bom: bool) -> Decoded {
        let (text, replaced) = match self {
            Self::Utf32 { big } => utf32(bytes, big),
            Self::Web(encoding) => web(encoding, bytes),
        };
        Decoded { text, name: self.name(), bom, replaced, notes: Vec::new() }
    }

    /// As the analyst is told.
    fn name(self) -> String {
        let encoding = match self {
            Self::Utf32 { big: false } => return "UTF-32 LE".to_owned(),
            Self::Utf32 { big: true } => return "UTF-32 BE".to_owned(),
            Self::Web(encoding) => encoding,
        };
        let name = encoding.name();
        let region = match name {
            "UTF-16LE" => return "UTF-16 LE".to_owned(),
            "UTF-16BE" => return "UTF-16 BE".to_owned(),
            "windows-1250" | "ISO-8859-2" => "Central Europe",
            "windows-1251" | "ISO-8859-5" | "KOI8-U" | "KOI8-R" | "IBM866" => "Cyrillic",
            "windows-1252" => "Western Europe",
            "windows-1253" | "ISO-8859-7" => "Greek",
            "windows-1254" => "Turkish",
            "windows-1255" | "ISO-8859-8" => "Hebrew",
            "windows-1256" | "ISO-8859-6" => "Arabic",
            "windows-1257" | "ISO-8859-4" | "ISO-8859-13" => "Baltic",
            "windows-1258" => "Vietnamese",
            "windows-874" => "Thai",
            "GBK" | "gb18030" => "Chinese, simplified",
            "Big5" => "Chinese, traditional",
            "EUC-KR" => "Korean",
            "Shift_JIS" | "EUC-JP" | "ISO-2022-JP" => "Japanese",
            _ => return name.to_owned(),
        };
        let name = name.strip_prefix("windows").map_or(name.to_owned(), |rest| format!("Windows{rest}"));
        format!("{name} ({region})")
    }
}

/// Decodes, and counts what stood for no character.
fn web(encoding: &'static Encoding, bytes: &[u8]) -> (String, usize) {
    // GB 18030 reads all that GBK reads, and more.
    let encoding = if encoding == GBK { encoding_rs::GB18030 } else { encoding };
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let text = text.into_owned();
    if !had_errors {
        return (text, 0);
    }
    let put = text.matches('\u{FFFD}').count();
    let own = if encoding == UTF_8 {
        memchr::memmem::find_iter(bytes, "\u{FFFD}".as_bytes()).count()
    } else if encoding == UTF_16LE || encoding == UTF_16BE {
        let unit = if encoding == UTF_16LE { [0xFD, 0xFF] } else { [0xFF, 0xFD] };
        bytes.chunks_exact(2).filter(|pair| *pair == unit).count()
    } else {
        0
    };
    (text, put.saturating_sub(own).max(1))
}

/// Decodes UTF-32.
fn utf32(bytes: &[u8], big: bool) -> (String, usize) {
    let mut text = String::with_capacity(bytes.len() / 2);
    let mut replaced = 0;
    for four in bytes.chunks(4) {
        let number =
            <[u8; 4]>::try_from(four).ok().map(|f| if big { u32::from_be_bytes(f) } else { u32::from_le_bytes(f) });
        let c = number.and_then(char::from_u32);
        replaced += usize::from(c.is_none());
        text.push(c.unwrap_or('\u{FFFD}'));
    }
    (text, replaced)
}
