//! Memos as a DOCX document, with styles that a word processor knows: headings, quotations.

use super::{Block, Document, Inline, blocks, clean, head};
use docx_rs::{
    BreakType, Docx, Hyperlink, HyperlinkType, LineSpacing, Paragraph, Run, RunFonts, SpecialIndentType, Style,
    StyleType,
};
use std::io::Cursor;

/// How far quotations and points of lists are set in, in twentieths of a point.
const INDENT: i32 = 720;

/// All memos as one document.
///
/// # Errors
/// A sentence, should the document not come about.
pub fn write(document: &Document) -> Result<Vec<u8>, String> {
    let mut docx = styled(Docx::new()).add_paragraph(in_style("Title", &document.title));
    for page in &document.pages {
        docx = docx.add_paragraph(in_style("Heading1", &page.title)).add_paragraph(in_style("Head", &head(page)));
        for block in blocks(page) {
            for paragraph in paragraphs(&block) {
                docx = docx.add_paragraph(paragraph);
            }
        }
    }
    let mut bytes = Cursor::new(Vec::new());
    docx.build().pack(&mut bytes).map_err(|why| format!("the document could not be made: {why}"))?;
    Ok(bytes.into_inner())
}

fn styled(docx: Docx) -> Docx {
    let style = |id: &str, name: &str| Style::new(id, StyleType::Paragraph).name(name).based_on("Normal");
    let spaced =
        |style: Style, before: u32, after: u32| style.line_spacing(LineSpacing::new().before(before).after(after));
    let heading = |n: usize, size: usize| {
        let style = style(&format!("Heading{n}"), &format!("heading {n}")).size(size).bold();
        spaced(style, 240, 80)
    };
    docx.default_fonts(RunFonts::new().ascii("Georgia").hi_ansi("Georgia").cs("Georgia"))
        .default_size(22)
        .add_style(spaced(Style::new("Normal", StyleType::Paragraph).name("Normal"), 0, 120))
        .add_style(spaced(style("Title", "Title").size(36).bold(), 0, 240))
        .add_style(heading(1, 30))
        .add_style(heading(2, 26))
        .add_style(heading(3, 24))
        .add_style(heading(4, 22))
        .add_style(style("Head", "Memo head").italic().color("666666"))
        .add_style(style("Quote", "Quote").indent(Some(INDENT), None, None, None))
        .add_style(style("QuoteBy", "Quote attribution").indent(Some(INDENT), None, None, None).color("555555"))
        .add_style(style("Mark", "Memo mark").italic().color("8A4B00"))
}

fn in_style(style: &str, words: &str) -> Paragraph {
    Paragraph::new().style(style).add_run(run(words))
}

/// A run with the lines of `words`.
fn run(words: &str) -> Run {
    let mut out = Run::new();
    for (n, line) in clean(words).trim_end_matches('\n').split('\n').enumerate() {
        if n > 0 {
            out = out.add_break(BreakType::TextWrapping);
        }
        out = out.add_text(line);
    }
    out
}

fn line_of(line: &[Inline], mut paragraph: Paragraph) -> Paragraph {
    for part in line {
        let mut run = run(&part.text);
        if part.strong {
            run = run.bold();
        }
        if part.emphasis || part.link.is_some() {
            run = run.italic();
        }
        if part.code {
            run = run.fonts(RunFonts::new().ascii("Courier New").hi_ansi("Courier New"));
        }
        paragraph = match &part.web {
            Some(address) => {
                paragraph.add_hyperlink(Hyperlink::new(clean(address), HyperlinkType::External).add_run(run))
            }
            None => paragraph.add_run(run),
        };
    }
    paragraph
}

fn paragraphs(block: &Block) -> Vec<Paragraph> {
    let plain = |style: &str, line: &[Inline]| line_of(line, Paragraph::new().style(style));
    match block {
        Block::Heading(level, line) => vec![plain(&format!("Heading{}", (level + 1).min(4)), line)],
        Block::Paragraph(line) => vec![plain("Normal", line)],
        Block::Aside(line) => vec![plain("Quote", line)],
        Block::Item(depth, number, line) => {
            let sign = number.map_or_else(|| "•".to_owned(), |number| format!("{number}."));
            let left = INDENT / 2 * i32::try_from(depth + 1).unwrap_or(i32::MAX / INDENT);
            let hanging = Some(SpecialIndentType::Hanging(INDENT / 2));
            let point = Paragraph::new().indent(Some(left), hanging, None, None);
            vec![line_of(line, point.add_run(Run::new().add_text(sign).add_tab()))]
        }
        Block::Verbatim(text) => {
            let fonts = RunFonts::new().ascii("Courier New").hi_ansi("Courier New");
            vec![Paragraph::new().add_run(run(text).fonts(fonts))]
        }
        Block::Rule => vec![in_style("Normal", "* * *")],
        Block::Quotation(quotation) => {
            let mut out = vec![in_style("Quote", &quotation.words)];
            if !quotation.by.is_empty() {
                out.push(in_style("QuoteBy", &format!("— {}", quotation.by)));
            }
            if !quotation.mark.is_empty() {
                out.push(in_style("Mark", &format!("({})", quotation.mark)));
            }
            out
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::memos::testing::awkward;
    use std::io::Read;

    #[test]
    fn the_document_is_a_zip_whose_xml_has_the_words_the_quotation_and_its_style() {
        let bytes = write(&awkward()).expect("a document");
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
        let mut part = |name: &str| {
            let mut text = String::new();
            zip.by_name(name).expect(name).read_to_string(&mut text).expect("text");
            text
        };
        let body = part("word/document.xml");
        for words in [
            "Minutes &amp; hours",
            "<w:pStyle w:val=\"Quote\" />",
            "She walks over.",
            "is &lt;it&gt;.",
            "— a BH specialist, urban FQHC",
            "(its coding was trimmed)",
            "Warm &lt;handoff&gt;",
            "&lt;script&gt;",
            "<w:pStyle w:val=\"Heading1\" />",
        ] {
            assert!(body.contains(words), "{words}: {body}");
        }
        assert!(!body.contains('\u{1b}'));
        assert!(part("word/styles.xml").contains("w:styleId=\"Quote\""));
        assert!(part("[Content_Types].xml").contains("wordprocessingml"));
    }
}
