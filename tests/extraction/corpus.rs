//! Corpora of cases in Markdown: a heading, the words behind `>`, and what they say behind `-`.

use std::collections::BTreeSet;

/// One case of a corpus.
#[derive(Debug, Default)]
pub(super) struct Case {
    pub(super) line: usize,
    pub(super) heading: String,
    /// The words, `\\n` standing for a new line.
    pub(super) words: String,
    pub(super) expected: BTreeSet<String>,
}

/// The cases of a corpus, in order.
pub(super) fn cases(corpus: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut heading = String::new();
    for (index, line) in corpus.lines().enumerate() {
        if let Some(title) = line.strip_prefix("## ") {
            title.clone_into(&mut heading);
        } else if let Some(words) = line.strip_prefix("> ") {
            let words = words.replace("\\n", "\n");
            cases.push(Case { line: index + 1, heading: heading.clone(), words, ..Case::default() });
        } else if let Some(fact) = line.strip_prefix("- ") {
            cases.last_mut().expect("words before what they say").expected.insert(fact.to_owned());
        }
    }
    cases
}

/// Holds what is read of every case, of which there are at least so many, against what its corpus says.
pub(super) fn hold(file: &str, cases: &[Case], least: usize, said: impl Fn(&Case) -> BTreeSet<String>) {
    assert!(cases.len() >= least, "{file} was not read: {} cases", cases.len());
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|case| {
            let said = said(case);
            (said != case.expected).then(|| {
                format!("{file}:{}: {}\n  expected {:?}\n  said     {said:?}", case.line, case.words, case.expected)
            })
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}
