//! Drafts with planted mistakes: every finding at its words, and none besides.

use zeren::diagnostic::{Code, Finding};
use zeren::lint::Selection;
use zeren::span::Text;

const CASES: &str = include_str!("cases.md");

/// A draft and the findings that stand beside its lines.
struct Case {
    name: String,
    form: String,
    draft: String,
    expected: Vec<String>,
}

fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut name = String::new();
    let mut fenced = false;
    for line in CASES.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            name = heading.to_owned();
        } else if let Some(form) = line.strip_prefix("```") {
            fenced = !fenced;
            if fenced {
                let (name, form) = (name.clone(), form.to_owned());
                cases.push(Case { name, form, draft: String::new(), expected: Vec::new() });
            }
        } else if fenced && let Some(case) = cases.last_mut() {
            let above = case.draft.lines().last().unwrap_or_default();
            match line.split_once(' ') {
                Some(("^", finding)) => case.expected.push(format!("{} <{}>", finding, visible(above))),
                Some(("!", finding)) => case.expected.push(format!("{finding} <>")),
                _ => case.draft.extend([line, "\n"]),
            }
        }
    }
    cases
}

/// The words of a line without markup and blanks, by which a line of the source and one of the text are compared.
fn visible(line: &str) -> String {
    let mut depth = 0;
    line.chars()
        .filter(|char| {
            match char {
                '<' => depth += 1,
                '>' => {
                    depth -= 1;
                    return false;
                }
                _ => {}
            }
            depth == 0 && !char.is_whitespace()
        })
        .collect()
}

/// A finding as the cases write it.
fn written(finding: &Finding, text: &Text, expected: &[String]) -> String {
    let code = finding.code.as_str();
    let Some(span) = finding.span else { return format!("{code} <>") };
    let line = text.lines().nth(text.position(span.start).line - 1).unwrap();
    let (line_words, words) = (text.slice(line), text.slice(span));
    let place = visible(line_words);
    let times = line_words.matches(words).count();
    let before = text.slice(zeren::span::Span::new(line.start, span.start)).matches(words).count() + 1;
    let mark = if times > 1 && before > 1 { format!(" #{before}") } else { String::new() };
    let whole = format!("{code} {words}{mark} <{place}>");
    // words left out
    let same = expected.iter().find(|known| {
        let Some((first, last)) = known.split_once('…') else { return false };
        let last = last.split(" <").next().unwrap();
        whole.starts_with(first) && words.ends_with(last) && known.ends_with(&format!("<{place}>"))
    });
    same.cloned().unwrap_or(whole)
}

#[test]
fn planted_mistakes_are_found_where_they_are_and_nothing_else() {
    let mut wrong = Vec::new();
    let cases = cases();
    assert!(cases.len() >= 17, "{}", cases.len());
    for case in cases {
        let (findings, text) = super::findings(&format!("draft.{}", case.form), case.draft.as_bytes());
        let wanted = |finding: &&Finding| Selection::default().takes(finding) && finding.code != Code::NoDate;
        let mut found: Vec<String> =
            findings.iter().filter(wanted).map(|finding| written(finding, &text, &case.expected)).collect();
        let mut expected = case.expected;
        found.sort();
        expected.sort();
        for missing in expected.iter().filter(|known| !found.contains(known)) {
            wrong.push(format!("{}: missing: {missing}", case.name));
        }
        for more in found.iter().filter(|known| !expected.contains(known)) {
            wrong.push(format!("{}: not expected: {more}", case.name));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_check_has_a_planted_mistake() {
    let cases = cases();
    // what reading meets has its own examples
    let checked = Code::ALL.iter().filter(|code| code.number() > "ZR1");
    let by_reading = [Code::UnreadClause, Code::DoubtfulParty, Code::MintedBody];
    for code in checked.filter(|code| !by_reading.contains(code)) {
        let named = |finding: &String| finding.split(' ').next() == Some(code.as_str());
        assert!(cases.iter().any(|case| case.expected.iter().any(named)), "{}", code.as_str());
    }
}
