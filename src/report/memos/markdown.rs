//! Memos as Markdown: as they were written, links as names, quotations as block quotes.

use super::{Document, Page, QuotePart, Segment, clean, head, in_words};

/// All memos as one text.
#[must_use]
pub fn write(document: &Document) -> String {
    let mut out = format!("# {}\n", document.title);
    for page in &document.pages {
        out.push_str(&format!("\n{}", section(page, 2)));
    }
    clean(&out)
}

/// One memo as a text of its own.
#[must_use]
pub fn alone(page: &Page) -> String {
    clean(&section(page, 1))
}

fn section(page: &Page, level: usize) -> String {
    let mut out = format!("{} {}\n\n*{}*\n", "#".repeat(level), page.title, head(page));
    for part in &page.parts {
        out.push('\n');
        match part {
            Segment::Words(words) => {
                out.push_str(deeper(&in_words(words), level).trim_matches('\n'));
                out.push('\n');
            }
            Segment::Quotation(quotation) => out.push_str(&quote(quotation)),
        }
    }
    out
}

/// Headings within a memo stand under its own; what is shown as it is stays so.
fn deeper(words: &str, level: usize) -> String {
    let mut verbatim = false;
    let mut out = String::new();
    for line in words.lines() {
        if line.trim_start().starts_with("```") {
            verbatim = !verbatim;
        }
        if line.starts_with('#') && !verbatim {
            out.push_str(&"#".repeat(level - 1));
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}

/// A quotation as a block quote with who said it.
#[must_use]
pub fn quote(quotation: &QuotePart) -> String {
    let mut out = String::new();
    for line in quotation.words.lines() {
        out.push_str(format!("> {line}").trim_end());
        out.push('\n');
    }
    if !quotation.by.is_empty() {
        out.push_str(&format!(">\n> — {}\n", quotation.by));
    }
    if !quotation.mark.is_empty() {
        out.push_str(&format!("\n*({})*\n", quotation.mark));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::memos::testing::awkward;

    #[test]
    fn quotations_are_block_quotes_with_who_said_them_and_links_are_names() {
        let text = write(&awkward());
        assert!(text.starts_with(
            "# Memos of “LEAP”\n\n## Minutes & hours\n\n*analytic memo on code “Warm handoff”, PB, 2013-05-01*\n"
        ));
        assert!(text.contains("about Warm <handoff>.\n\n### Why\n"), "{text}");
        let quote = "> She walks over.\n> That minute [2J is <it>.\n>\n> — a BH specialist, urban FQHC\n\n*(its coding was trimmed)*\n";
        assert!(text.contains(quote), "{text}");
        assert!(!text.contains('\u{1b}'));
        assert!(alone(&awkward().pages[0]).starts_with("# Minutes & hours\n"));
    }
}
