//! Findings in the document itself, as a page: for people who do not use a terminal.
//!
//! One file without script, fonts or pictures; light and dark; on paper as on screen. Marks are told apart by the line
//! below them as well as by colour.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::{Report, SEVERITIES, counts, word};
use crate::diagnostic::{Finding, Lang, Severity};
use crate::lint::rule_of;
use crate::span::{Span, is_blank};

/// How the page looks.
const STYLE: &str = include_str!("page.css");

/// Writes the documents with their findings as one page.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn html(out: &mut dyn Write, reports: &[Report], lang: Lang) -> io::Result<()> {
    let title = match reports {
        [one] => format!("{} · {}", name(one), lang.pick("检查结果", "findings")),
        _ => lang.pick("检查结果", "Findings").to_owned(),
    };
    writeln!(out, "<!DOCTYPE html>")?;
    writeln!(out, "<html lang=\"{}\">", lang.pick("zh-CN", "en"))?;
    writeln!(out, "<head>\n<meta charset=\"utf-8\">")?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
    writeln!(out, "<meta name=\"color-scheme\" content=\"light dark\">")?;
    writeln!(out, "<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>", escape(&title))?;
    for (index, report) in reports.iter().enumerate() {
        document(out, report, index + 1, lang)?;
    }
    writeln!(out, "</body>\n</html>")
}

/// The title of a document, else its path.
fn name(report: &Report) -> &str {
    report.checked.facts.head.title.as_deref().unwrap_or(&report.path)
}

fn document(out: &mut dyn Write, report: &Report, number: usize, lang: Lang) -> io::Result<()> {
    let numbered: Vec<(String, &Finding)> =
        report.findings().enumerate().map(|(index, finding)| (format!("{number}-{}", index + 1), finding)).collect();
    writeln!(out, "<main>\n<header>\n<h1 lang=\"zh-CN\">{}</h1>", escape(name(report)))?;
    let facts = &report.checked.facts;
    let issued = facts.head.issued.map(|date| date.to_string());
    let details: Vec<String> =
        [facts.head.number.clone(), issued, Some(report.path.clone())].into_iter().flatten().collect();
    writeln!(out, "<p class=\"details\">{}</p>", escape(&details.join(" · ")))?;
    let mut found = counts(std::slice::from_ref(report), lang);
    if report.accepted > 0 {
        let accepted = match lang {
            Lang::Zh => format!("；另有 {} 处已认可", report.accepted),
            Lang::En => format!("; {} accepted", report.accepted),
        };
        found.push_str(&accepted);
    }
    writeln!(out, "<p class=\"counts\">{found}</p>\n</header>")?;
    if !numbered.is_empty() {
        contents(out, report, &numbered, lang)?;
    }
    body(out, report, &numbered, lang)?;
    writeln!(out, "</main>")
}

/// The list of findings, the gravest first, each leading to its place.
fn contents(out: &mut dyn Write, report: &Report, numbered: &[(String, &Finding)], lang: Lang) -> io::Result<()> {
    writeln!(out, "<nav aria-label=\"{}\">", lang.pick("问题清单", "findings"))?;
    for severity in SEVERITIES {
        let mine: Vec<&(String, &Finding)> =
            numbered.iter().filter(|(_, finding)| finding.severity == severity).collect();
        if mine.is_empty() {
            continue;
        }
        writeln!(
            out,
            "<h2 class=\"{}\">{} <small>{}</small></h2>\n<ol>",
            severity.as_str(),
            word(severity, lang),
            mine.len()
        )?;
        for (id, finding) in mine {
            let message = prose(finding.message.in_lang(lang), lang);
            let number = id.split('-').next_back().unwrap_or(id);
            let code = finding.code.number();
            match finding.span {
                Some(span) => {
                    let at = place(report, span, lang);
                    writeln!(
                        out,
                        "<li value=\"{number}\"><a href=\"#m{id}\">{message}</a> <small>{at} · {code}</small></li>"
                    )?;
                }
                None => {
                    writeln!(
                        out,
                        "<li value=\"{number}\">{message} <small>{code}</small>{}</li>",
                        hint(finding, lang)
                    )?;
                }
            }
        }
        writeln!(out, "</ol>")?;
    }
    writeln!(out, "</nav>")
}

/// Where a place is: its cell in a workbook, else its line.
fn place(report: &Report, span: Span, lang: Lang) -> String {
    let line = report.checked.text.position(span.start).line;
    match (report.checked.cell(span), lang) {
        (Some(cell), _) => escape(cell),
        (None, Lang::Zh) => format!("第 {line} 行"),
        (None, Lang::En) => format!("line {line}"),
    }
}

fn hint(finding: &Finding, lang: Lang) -> String {
    finding
        .hint
        .as_ref()
        .map(|hint| format!("<br><span class=\"hint\">{}</span>", prose(hint.in_lang(lang), lang)))
        .unwrap_or_default()
}

/// The text, line by line, with notes beside the lines that have findings.
fn body(out: &mut dyn Write, report: &Report, numbered: &[(String, &Finding)], lang: Lang) -> io::Result<()> {
    let text = &report.checked.text;
    let placed: Vec<(Span, &str, &Finding)> =
        numbered.iter().filter_map(|(id, finding)| Some((finding.span?, id.as_str(), *finding))).collect();
    let mut notes: BTreeMap<usize, Vec<(&str, &Finding)>> = BTreeMap::new();
    for (span, id, finding) in &placed {
        notes.entry(text.position(span.start).line).or_default().push((id, finding));
    }
    writeln!(out, "<article lang=\"zh-CN\">")?;
    let mut next = 0;
    let mut open: Vec<(Span, &str, &Finding)> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        while let Some(mark) = placed.get(next).filter(|(span, _, _)| span.start <= line.end) {
            open.push(*mark);
            next += 1;
        }
        open.retain(|(span, _, _)| span.end > line.start || span.is_empty() && span.start >= line.start);
        if text.slice(line).chars().all(is_blank) && !notes.contains_key(&(index + 1)) {
            continue;
        }
        let beside = notes.get(&(index + 1));
        writeln!(
            out,
            "<div class=\"line{}\"><span class=\"no\">{}</span><p>{}</p>",
            if beside.is_some() { " noted" } else { "" },
            index + 1,
            marked(report, line, &open)
        )?;
        if let Some(beside) = beside {
            writeln!(out, "<aside lang=\"{}\">", lang.pick("zh-CN", "en"))?;
            for (id, finding) in beside {
                note(out, report, id, finding, lang)?;
            }
            writeln!(out, "</aside>")?;
        }
        writeln!(out, "</div>")?;
    }
    writeln!(out, "</article>")
}

/// The words of a line with the marks on it.
fn marked(report: &Report, line: Span, marks: &[(Span, &str, &Finding)]) -> String {
    let text = &report.checked.text;
    let inside = |offset: usize| offset.clamp(line.start, line.end);
    let mut cuts: Vec<usize> = marks.iter().flat_map(|(span, _, _)| [inside(span.start), inside(span.end)]).collect();
    cuts.extend([line.start, line.end]);
    cuts.sort_unstable();
    cuts.dedup();
    let mut out = String::new();
    for pair in cuts.windows(2) {
        let [start, end] = pair else { continue };
        let piece = Span::new(*start, *end);
        let words = escape(text.slice(piece));
        let over: Vec<&(Span, &str, &Finding)> = marks.iter().filter(|(span, _, _)| span.contains(piece)).collect();
        match over.iter().map(|(_, _, finding)| finding.severity).max() {
            Some(severity) => out.extend(["<mark class=\"", severity.as_str(), "\">", &words, "</mark>"]),
            None => out += &words,
        }
        // the number stands behind the last words of its mark on this line
        for (_, id, finding) in over.iter().filter(|(span, _, _)| inside(span.end) == *end) {
            let first = finding.span.is_some_and(|span| span.start >= line.start);
            if first {
                out += &reference(id, finding.severity);
            }
        }
    }
    // marks without words
    for (_, id, finding) in
        marks.iter().filter(|(span, _, _)| span.is_empty() && line.start <= span.start && span.start <= line.end)
    {
        out += &reference(id, finding.severity);
    }
    out
}

fn reference(id: &str, severity: Severity) -> String {
    let number = id.split('-').next_back().unwrap_or(id);
    format!("<a class=\"ref {}\" id=\"m{id}\" href=\"#n{id}\">{number}</a>", severity.as_str())
}

/// What is said of one finding.
fn note(out: &mut dyn Write, report: &Report, id: &str, finding: &Finding, lang: Lang) -> io::Result<()> {
    let number = id.split('-').next_back().unwrap_or(id);
    let severity = finding.severity;
    writeln!(
        out,
        "<div class=\"remark {}\" id=\"n{id}\"><a class=\"ref {}\" href=\"#m{id}\">{number}</a> <b>{}</b> {}{}",
        severity.as_str(),
        severity.as_str(),
        word(severity, lang),
        prose(finding.message.in_lang(lang), lang),
        hint(finding, lang)
    )?;
    for (span, message) in &finding.related {
        let words = escape(&shown(report.checked.text.slice(*span)));
        let at = place(report, *span, lang);
        writeln!(
            out,
            "<br><span class=\"hint\">{}{}{at} <q lang=\"zh-CN\">{words}</q></span>",
            prose(message.in_lang(lang), lang),
            lang.pick("：", ": ")
        )?;
    }
    if let Some(rule) = rule_of(finding.code) {
        let explanation = rule.explanation();
        writeln!(
            out,
            "<details><summary>{} · {}</summary>{}</details>",
            finding.code.number(),
            escape(explanation.title(lang)),
            escape(&explanation.why(lang))
        )?;
    }
    writeln!(out, "</div>")
}

/// Words short enough to quote.
fn shown(words: &str) -> String {
    const LONGEST: usize = 24;
    let line: String = words.chars().map(|char| if char == '\n' { ' ' } else { char }).collect();
    if line.chars().count() <= LONGEST { line } else { line.chars().take(LONGEST).chain(['…']).collect() }
}

/// A message as HTML, words between backticks as they stand in the document.
fn prose(message: &str, lang: Lang) -> String {
    let mut out = String::new();
    for (index, part) in message.split('`').enumerate() {
        // Chinese quotation marks keep their own distance
        let part = escape(if lang == Lang::Zh { part.trim_matches(' ') } else { part });
        if index % 2 == 1 {
            out.extend(["<q lang=\"zh-CN\">", &part, "</q>"]);
        } else {
            out.push_str(&part);
        }
    }
    out
}

/// Text as HTML shows it, without control characters.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\t' => out.push('\u{2003}'),
            _ if char.is_control() => out.push(' '),
            _ => out.push(char),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::Selection;
    use crate::pipeline;
    use crate::read::read_bytes;

    fn page(words: &str, lang: Lang) -> String {
        let mut checked = pipeline::check(read_bytes("draft.txt", words.as_bytes()).unwrap(), None);
        checked.findings.retain(|finding| Selection::default().takes(finding));
        let mut out = Vec::new();
        html(&mut out, &[Report { path: "draft.txt".into(), checked, accepted: 0 }], lang).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn marks_lead_to_notes_and_back() {
        let draft = "林河县2023年重点任务\n一、<制度>\n(一)健全制度。(县财证局、县民政局、县民政局按职责分工负责)\n(二)安排资金。(县财政局负责)\n";
        let page = page(draft, Lang::Zh);
        assert!(page.contains("&lt;制度&gt;") && !page.contains("<制度>"));
        assert!(page.contains("<mark class=\"warning\">县财证局</mark>"), "{page}");
        // the first has no place: the draft is not dated
        for number in 2..=3 {
            assert!(page.contains(&format!("id=\"m1-{number}\"")) && page.contains(&format!("href=\"#n1-{number}\"")));
            assert!(page.contains(&format!("id=\"n1-{number}\"")) && page.contains(&format!("href=\"#m1-{number}\"")));
        }
        assert!(!page.contains("<script"));
    }

    #[test]
    fn every_character_of_the_text_is_on_the_page() {
        let draft =
            "林河县2023年重点任务\n一、制度\n(一)健全制度,、落实到位。(县财证局负责\n(二)安排资金。(县财政局负责)\n";
        let page = page(draft, Lang::En);
        let page = scraper::Html::parse_document(&page);
        let paragraphs = scraper::Selector::parse("article p").unwrap();
        let shown: Vec<String> = page
            .select(&paragraphs)
            .map(|paragraph| {
                let texts = paragraph.descendants().filter_map(|node| Some((node.parent()?, node.value().as_text()?)));
                // the numbers of notes are links
                let own = texts.filter(|(parent, _)| parent.value().as_element().is_none_or(|over| over.name() != "a"));
                own.map(|(_, text)| text.to_string()).collect()
            })
            .collect();
        assert_eq!(shown, draft.lines().collect::<Vec<_>>());
    }
}
