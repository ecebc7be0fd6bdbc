//! The terminal's clipboard, by the sequence OSC 52: it also works over ssh, and in tmux with `set-clipboard on`.

use crossterm::clipboard::CopyToClipboard;
use crossterm::queue;

/// The most that terminals take in one sequence, in bytes as they are sent: base-64, four for three.
const LIMIT: usize = 100_000;

/// The bytes that put `text` on the clipboard.
///
/// # Errors
/// A sentence if that is more than terminals take.
pub(super) fn copy(text: &str) -> Result<Vec<u8>, String> {
    if text.len().div_ceil(3) * 4 > LIMIT {
        let (has, most) = (text.len().div_ceil(1000), LIMIT / 4 * 3 / 1000);
        return Err(format!("nothing was copied: these are {has} kB, and terminals take {most} kB at once"));
    }
    let mut out = Vec::new();
    queue!(out, CopyToClipboard::to_clipboard_from(text)).map_err(|why| format!("nothing was copied: {why}"))?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_sent_in_base_64_and_too_many_are_refused() {
        assert_eq!(copy("“warm”").as_deref(), Ok(&b"\x1b]52;c;4oCcd2FybeKAnQ==\x1b\\"[..]));
        assert!(copy(&"x".repeat(75_000)).is_ok());
        assert_eq!(
            copy(&"x".repeat(75_001)).expect_err("too much"),
            "nothing was copied: these are 76 kB, and terminals take 75 kB at once"
        );
    }
}
