//! Web pages.

use std::fmt::Write as _;

use super::super::draft::{Draft, Ground};
use super::super::layout::{Block, Cell, Page};
use super::super::style::Encoding;
use super::super::words::fill;

/// A page with what surrounds it on the web.
pub(super) fn html(ground: &Ground, draft: &mut Draft, page: &Page) -> String {
    let chrome = &ground.words.documents.chrome;
    let charset = if draft.encoding == Encoding::Gb18030 { "gb2312" } else { "utf-8" };
    let before = draft.dice.words(&chrome.before).to_owned();
    let office = draft.government.office(&ground.words);
    let after = draft.dice.words(&chrome.after);
    let after = fill(after, &[("gov", &format!("{}人民政府", draft.government.name)), ("office", &office)]);
    let indent = if draft.dice.percent(50) { "&emsp;&emsp;" } else { "" };
    let breaks = draft.dice.percent(20);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head><meta charset=\"{charset}\"><title>{}</title></head>\n<body>\n<div class=\"nav\">{}</div>\n<div class=\"content\">\n",
        escaped(&draft.title),
        escaped(&before)
    );
    for block in &page.blocks {
        let _ = match block {
            Block::Title(words) => writeln!(out, "<h1>{}</h1>", escaped(words)),
            Block::Centre(words) => writeln!(out, "<p style=\"text-align:center\">{}</p>", escaped(words)),
            Block::Right(words) => writeln!(out, "<p style=\"text-align:right\">{}</p>", escaped(words)),
            Block::Line(words) if breaks => writeln!(out, "{indent}{}<br>", escaped(words)),
            Block::Line(words) => writeln!(out, "<p>{indent}{}</p>", escaped(words)),
            Block::Table(rows) => {
                table(&mut out, rows);
                Ok(())
            }
        };
    }
    let _ = writeln!(out, "</div>\n<div class=\"footer\">{}</div>\n</body>\n</html>", escaped(&after));
    out
}

fn table(out: &mut String, rows: &[Vec<Cell>]) {
    out.push_str("<table border=\"1\">\n");
    for row in rows {
        out.push_str("<tr>");
        for cell in row {
            let Cell::Words(words, tall, wide) = cell else { continue };
            out.push_str("<td");
            if *tall > 1 {
                let _ = write!(out, " rowspan=\"{tall}\"");
            }
            if *wide > 1 {
                let _ = write!(out, " colspan=\"{wide}\"");
            }
            let _ = write!(out, ">{}</td>", escaped(words).replace('\n', "<br>"));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</table>\n");
}

/// Text without the signs of markup.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
