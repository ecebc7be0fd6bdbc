//! Memos as one HTML page that needs nothing else. Everything a memo says is escaped.

use super::{Block, Document, Inline, blocks, clean, head};

const STYLE: &str = "body{max-width:42em;margin:3em auto;padding:0 1em;font:17px/1.5 Georgia,serif;color:#222}\
h1,h2,h3,h4{line-height:1.2}.head{color:#666;font-style:italic}blockquote{margin:1em 0;padding-left:1em;border-left:3px solid #bbb}\
blockquote footer{color:#555}.mark{color:#8a4b00;font-size:.9em}pre{white-space:pre-wrap}article{margin-top:3em}";

/// All memos as one page.
#[must_use]
pub fn write(document: &Document) -> String {
    let title = escaped(&document.title);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
    );
    for page in &document.pages {
        out.push_str(&format!(
            "<article>\n<h2>{}</h2>\n<p class=\"head\">{}</p>\n",
            escaped(&page.title),
            escaped(&head(page))
        ));
        body(&blocks(page), &mut out);
        out.push_str("</article>\n");
    }
    out.push_str("</body>\n</html>\n");
    out
}

fn body(blocks: &[Block], out: &mut String) {
    // The lists that are open: whether each is numbered. Within each a point is open.
    let mut lists: Vec<bool> = Vec::new();
    for block in blocks {
        if let Block::Item(depth, number, line) = block {
            let numbered = number.is_some();
            close(&mut lists, depth + 1, out);
            if lists.len() == depth + 1 && lists.last() != Some(&numbered) {
                close(&mut lists, *depth, out);
            }
            match lists.len() == depth + 1 {
                true => out.push_str("</li>\n"),
                false => {
                    while lists.len() <= *depth {
                        lists.push(numbered);
                        out.push_str(if numbered { "<ol>\n" } else { "<ul>\n" });
                        if lists.len() <= *depth {
                            out.push_str("<li>");
                        }
                    }
                }
            }
            out.push_str(&format!("<li>{}", line_of(line)));
            continue;
        }
        close(&mut lists, 0, out);
        match block {
            Block::Heading(level, line) => {
                let level = (level + 2).min(6);
                out.push_str(&format!("<h{level}>{}</h{level}>\n", line_of(line)));
            }
            Block::Paragraph(line) => out.push_str(&format!("<p>{}</p>\n", line_of(line))),
            Block::Aside(line) => out.push_str(&format!("<blockquote><p>{}</p></blockquote>\n", line_of(line))),
            Block::Verbatim(text) => out.push_str(&format!("<pre>{}</pre>\n", escaped(text))),
            Block::Rule => out.push_str("<hr>\n"),
            Block::Quotation(quotation) => {
                let words = escaped(&quotation.words).replace('\n', "<br>\n");
                out.push_str(&format!("<blockquote><p>{words}</p>"));
                if !quotation.by.is_empty() {
                    out.push_str(&format!("<footer>— {}</footer>", escaped(&quotation.by)));
                }
                out.push_str("</blockquote>\n");
                if !quotation.mark.is_empty() {
                    out.push_str(&format!("<p class=\"mark\">({})</p>\n", escaped(&quotation.mark)));
                }
            }
            Block::Item(..) => {}
        }
    }
    close(&mut lists, 0, out);
}

fn close(lists: &mut Vec<bool>, to: usize, out: &mut String) {
    while lists.len() > to {
        let numbered = lists.pop().unwrap_or_default();
        out.push_str(if numbered { "</li>\n</ol>\n" } else { "</li>\n</ul>\n" });
    }
}

fn line_of(line: &[Inline]) -> String {
    let mut out = String::new();
    for part in line {
        let mut text = escaped(part.text.trim_end_matches('\n')).replace('\n', "<br>\n");
        if part.code {
            text = format!("<code>{text}</code>");
        }
        if part.emphasis || part.link.is_some() {
            text = format!("<em>{text}</em>");
        }
        if part.strong {
            text = format!("<strong>{text}</strong>");
        }
        if let Some(address) = &part.web {
            text = format!("<a href=\"{}\">{text}</a>", escaped(address));
        }
        out.push_str(&text);
    }
    out
}

fn escaped(text: &str) -> String {
    clean(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::memos::testing::awkward;

    #[test]
    fn nothing_that_a_memo_says_is_markup() {
        let text = write(&awkward());
        assert!(!text.contains("<script>") && text.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{text}");
        assert!(
            text.contains("<em>Warm &lt;handoff&gt;</em>") && text.contains("<a href=\"https://a.b/?c=%22d%22\">")
                || text.contains("<a href=\"https://a.b/?c=&quot;d&quot;\">"),
            "{text}"
        );
        assert!(!text.contains("javascript:"), "{text}");
        let quote = "<blockquote><p>She walks over.<br>\nThat minute [2J is &lt;it&gt;.</p><footer>— a BH specialist, urban FQHC</footer></blockquote>\n<p class=\"mark\">(its coding was trimmed)</p>";
        assert!(text.contains(quote), "{text}");
        let lists =
            "<ul>\n<li>one<ul>\n<li>deeper</li>\n</ul>\n</li>\n</ul>\n<ol>\n<li>first</li>\n<li>second</li>\n</ol>\n";
        assert!(text.contains(lists), "{text}");
    }
}
