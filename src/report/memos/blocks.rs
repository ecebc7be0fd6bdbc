//! The blocks of a memo, read from its Markdown.

use super::{Block, Inline, Page, Segment};
use crate::project::memo_links::Linked;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// The blocks of a page, in order.
#[must_use]
pub fn blocks(page: &Page) -> Vec<Block> {
    let mut out = Vec::new();
    for part in &page.parts {
        match part {
            Segment::Words(words) => parse(words, &mut out),
            Segment::Quotation(quotation) => out.push(Block::Quotation(quotation.clone())),
        }
    }
    out
}

/// How what is being read is set.
#[derive(Default)]
struct State {
    line: Vec<Inline>,
    strong: usize,
    emphasis: usize,
    aside: usize,
    /// The lists that are open: their next number, if they are numbered.
    lists: Vec<Option<u64>>,
    /// The number of the point that is being read.
    item: Option<Option<u64>>,
    link: Option<Linked>,
    web: Option<String>,
    heading: Option<u8>,
    verbatim: Option<String>,
}

impl State {
    fn say(&mut self, text: &str, code: bool) {
        if let Some(verbatim) = &mut self.verbatim {
            verbatim.push_str(text);
            return;
        }
        let new = Inline {
            text: text.to_owned(),
            strong: self.strong > 0,
            emphasis: self.emphasis > 0,
            code,
            link: self.link,
            web: self.web.clone(),
        };
        // The reader cuts text at every sign that might mean something.
        match self.line.last_mut() {
            Some(last) if Inline { text: new.text.clone(), ..last.clone() } == new => last.text.push_str(text),
            _ => self.line.push(new),
        }
    }

    fn end(&mut self, out: &mut Vec<Block>) {
        let line = std::mem::take(&mut self.line);
        if line.iter().all(|part| part.text.trim().is_empty()) {
            return;
        }
        out.push(match (self.heading, self.item) {
            (Some(level), _) => Block::Heading(level, line),
            (_, Some(number)) => Block::Item(self.lists.len().saturating_sub(1), number, line),
            _ if self.aside > 0 => Block::Aside(line),
            _ => Block::Paragraph(line),
        });
    }
}

fn parse(words: &str, out: &mut Vec<Block>) {
    let mut state = State::default();
    for event in Parser::new_ext(words, Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Start(tag) => start(tag, &mut state, out),
            Event::End(tag) => finish(tag, &mut state, out),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => state.say(&text, false),
            Event::Code(text) => state.say(&text, true),
            Event::SoftBreak => state.say(" ", false),
            Event::HardBreak => state.say("\n", false),
            Event::Rule => out.push(Block::Rule),
            _ => {}
        }
    }
    state.end(out);
}

fn start(tag: Tag<'_>, state: &mut State, out: &mut Vec<Block>) {
    match tag {
        Tag::Heading { level, .. } => {
            state.heading = Some(match level {
                HeadingLevel::H1 => 1,
                HeadingLevel::H2 => 2,
                HeadingLevel::H3 => 3,
                _ => 4,
            });
        }
        Tag::BlockQuote(_) => {
            state.end(out);
            state.aside += 1;
        }
        Tag::CodeBlock(_) => {
            state.end(out);
            state.verbatim = Some(String::new());
        }
        Tag::List(first) => {
            // The point that the list stands under ends before it.
            state.end(out);
            state.lists.push(first);
        }
        Tag::Item => {
            let number = state.lists.last_mut().and_then(Option::as_mut).map(|next| {
                *next += 1;
                *next - 1
            });
            state.item = Some(number);
        }
        Tag::Emphasis => state.emphasis += 1,
        Tag::Strong => state.strong += 1,
        Tag::Link { dest_url, .. } => match Linked::parse(&dest_url) {
            Some(what) => state.link = Some(what),
            None => {
                let safe = ["http://", "https://", "mailto:"].iter().any(|start| dest_url.starts_with(start));
                state.web = safe.then(|| dest_url.to_string());
            }
        },
        _ => {}
    }
}

fn finish(tag: TagEnd, state: &mut State, out: &mut Vec<Block>) {
    match tag {
        TagEnd::Paragraph | TagEnd::HtmlBlock => state.end(out),
        TagEnd::Heading(_) => {
            state.end(out);
            state.heading = None;
        }
        TagEnd::BlockQuote(_) => {
            state.end(out);
            state.aside = state.aside.saturating_sub(1);
        }
        TagEnd::CodeBlock => {
            let text = state.verbatim.take().unwrap_or_default();
            out.push(Block::Verbatim(text.trim_end_matches('\n').to_owned()));
        }
        TagEnd::List(_) => {
            state.lists.pop();
        }
        TagEnd::Item => {
            state.end(out);
            state.item = None;
        }
        TagEnd::Emphasis => state.emphasis = state.emphasis.saturating_sub(1),
        TagEnd::Strong => state.strong = state.strong.saturating_sub(1),
        TagEnd::Link => {
            state.link = None;
            state.web = None;
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::memos::testing::awkward;

    #[test]
    fn a_page_is_read_into_blocks() {
        let blocks = blocks(&awkward().pages[0]);
        let told: Vec<String> = blocks
            .iter()
            .map(|block| {
                let words = |line: &[Inline]| line.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join("|");
                match block {
                    Block::Heading(level, line) => format!("h{level} {}", words(line)),
                    Block::Paragraph(line) => format!("p {}", words(line)),
                    Block::Item(depth, number, line) => format!("li{depth} {number:?} {}", words(line)),
                    Block::Aside(line) => format!("aside {}", words(line)),
                    Block::Verbatim(text) => format!("pre {text}"),
                    Block::Rule => "rule".into(),
                    Block::Quotation(quotation) => format!("quote {}", quotation.by),
                }
            })
            .collect();
        let wanted = [
            "p First |thought| & |second| |x<y| about |Warm <handoff>|.",
            "h2 Why",
            "li0 None one",
            "li1 None deeper",
            "li0 Some(1) first",
            "li0 Some(2) second",
            "aside aside",
            "p <script>alert(1)</script>\n",
            "pre a < b",
            "rule",
            "p site| bad",
            "quote a BH specialist, urban FQHC",
        ];
        assert_eq!(told, wanted);
        let Block::Paragraph(first) = &blocks[0] else { panic!("a paragraph") };
        assert!(first[1].emphasis && first[3].strong && first[5].code && first[7].link.is_some());
        let Block::Paragraph(last) = &blocks[10] else { panic!("a paragraph") };
        assert!(last[0].web.is_some() && last[1].web.is_none(), "scripts lead nowhere");
    }
}
