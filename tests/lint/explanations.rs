//! Every code is explained in both languages, and its examples are run.

use zeren::diagnostic::{Code, Finding, Lang, Severity};
use zeren::lint::{Acceptances, Example, RULES};
use zeren::span::Text;
use zeren::{correct, pipeline, read};

/// What is found in an example.
fn found(example: &Example<'_>) -> Vec<Finding> {
    match example.form {
        "toml" => {
            let mut findings = Vec::new();
            Acceptances::read(&example.text).unwrap().apply(&Text::default(), &mut findings);
            findings
        }
        "corrections" => {
            let (notice, corrections) = example.text.split_once("---\n").unwrap();
            let corrections = correct::read("example.zeren.toml", corrections).unwrap();
            let source = read::read_bytes("example.txt", notice.as_bytes()).unwrap();
            pipeline::corrected(source, &corrections).0.findings
        }
        "bytes" => super::findings("example.txt", &bytes(&example.text)).0,
        form => super::findings(&format!("example.{form}"), example.text.as_bytes()).0,
    }
}

/// Text in which `\xff` stands for a byte.
fn bytes(text: &str) -> Vec<u8> {
    let mut parts = text.split("\\x");
    let mut out = parts.next().unwrap().as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at(2);
        out.push(u8::from_str_radix(digits, 16).unwrap());
        out.extend(rest.as_bytes());
    }
    out
}

fn is_chinese(text: &str) -> bool {
    text.chars().any(|char| ('一'..='龥').contains(&char))
}

#[test]
fn every_code_is_explained_in_both_languages() {
    for rule in RULES {
        let explanation = rule.explanation();
        let number = rule.code.number();
        for words in [explanation.title(Lang::Zh), &explanation.what(Lang::Zh), &explanation.why(Lang::Zh)] {
            assert!(is_chinese(words), "{number}: `{words}`");
        }
        for words in [explanation.title(Lang::En), &explanation.what(Lang::En), &explanation.why(Lang::En)] {
            assert!(words.chars().filter(char::is_ascii_alphabetic).count() > 10, "{number}: `{words}`");
        }
        assert!(
            !explanation.title(Lang::En).ends_with('.') && !explanation.title(Lang::Zh).ends_with('。'),
            "{number}"
        );
    }
}

#[test]
fn every_code_fires_on_its_example_and_is_silent_on_the_other() {
    let mut wrong = Vec::new();
    for rule in RULES {
        let explanation = rule.explanation();
        let fired = found(&explanation.wrong);
        if !fired.iter().any(|finding| finding.code == rule.code) {
            wrong.push(format!("{} does not fire: {:?}", rule.code.number(), names(&fired)));
        }
        let silent: Vec<Finding> = found(&explanation.right)
            .into_iter()
            .filter(|finding| finding.code == rule.code || finding.severity > Severity::Note)
            .collect();
        if !silent.is_empty() {
            wrong.push(format!("{} is not silent: {:?}", rule.code.number(), names(&silent)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn names(findings: &[Finding]) -> Vec<(&'static str, &str)> {
    findings.iter().map(|finding| (finding.code.as_str(), finding.message.en.as_str())).collect()
}

#[test]
fn every_code_has_a_rule() {
    assert_eq!(RULES.iter().map(|rule| rule.code).collect::<Vec<Code>>(), Code::ALL);
}
