//! Findings that a person looked at and accepts, kept beside the document.
//!
//! A draft carries no comments for programs, so what is accepted stands in a file of its own,
//! `draft.lint.toml` beside `draft.docx`. An entry names code and marked words, not a line, so that it holds when
//! the draft is edited, and says why; one that matches nothing any more is itself a finding.
//!
//! ```toml
//! [[accept]]
//! code = "unknown-body"
//! words = "市供热办"
//! why = "临时机构，市政府2023年设立"
//! ```

use std::path::{Path, PathBuf};

use serde::Deserialize;
use thiserror::Error;

use crate::diagnostic::{Code, Finding, Lang};
use crate::span::Text;

/// One finding that is accepted.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Acceptance {
    /// Number or name of the code.
    pub code: String,
    /// The words that it marks; without them, all findings of the code.
    pub words: Option<String>,
    /// Why it is accepted.
    pub why: String,
    /// Who accepts it.
    pub by: Option<String>,
    /// When.
    pub on: Option<String>,
}

/// The findings of one document that are accepted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Acceptances {
    #[serde(default)]
    accept: Vec<Acceptance>,
}

/// Why a file of acceptances cannot be read.
#[derive(Debug, Error)]
pub enum AcceptanceError {
    /// It is no TOML of the right shape.
    #[error("{0}")]
    Shape(#[from] toml::de::Error),
    /// It names a code that does not exist.
    #[error("no code is `{0}`")]
    Code(String),
}

impl AcceptanceError {
    /// What is wrong, in one language.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Shape(error) => {
                let message = error.message();
                lang.pick("写法不对：", "is not written as it should be: ").to_owned() + message
            }
            Self::Code(code) => match lang {
                Lang::Zh => format!("没有代码 `{code}`"),
                Lang::En => self.to_string(),
            },
        }
    }
}

impl Acceptances {
    /// Where the acceptances of a document stand.
    ///
    /// ```
    /// use std::path::Path;
    ///
    /// assert_eq!(zeren::lint::Acceptances::path(Path::new("a/通知.docx")), Path::new("a/通知.lint.toml"));
    /// ```
    pub fn path(document: &Path) -> PathBuf {
        let stem = document.file_stem().unwrap_or_default().to_string_lossy();
        document.with_file_name(format!("{stem}.lint.toml"))
    }

    /// Reads a file of acceptances.
    ///
    /// # Errors
    ///
    /// Where it has another shape or names unknown codes.
    pub fn read(toml: &str) -> Result<Self, AcceptanceError> {
        let read: Self = toml::from_str(toml)?;
        match read.accept.iter().find(|accepted| Code::matching(&accepted.code).is_empty()) {
            Some(unknown) => Err(AcceptanceError::Code(unknown.code.clone())),
            None => Ok(read),
        }
    }

    /// Takes accepted findings away, and adds one for every acceptance that took none. Gives the number taken.
    pub fn apply(&self, text: &Text, findings: &mut Vec<Finding>) -> usize {
        let before = findings.len();
        let mut unused = Vec::new();
        for accepted in &self.accept {
            let codes = Code::matching(&accepted.code);
            let known = findings.len();
            findings.retain(|finding| {
                let marked = finding.span.map_or("", |span| text.slice(span));
                let same = accepted.words.as_ref().is_none_or(|words| words == marked);
                !(codes.contains(&finding.code) && same)
            });
            if findings.len() == known {
                unused.push(accepted);
            }
        }
        let taken = before - findings.len();
        findings.extend(unused.into_iter().map(|accepted| {
            let words = accepted.words.as_ref().map(|words| format!(" `{words}`")).unwrap_or_default();
            let code = &accepted.code;
            let finding = Finding::new(
                Code::UnusedAcceptance,
                None,
                format!("已认可的 {code}{words} 文中不再出现"),
                format!("{code}{words} is accepted and no longer found"),
            );
            finding.with_hint("请从认可文件中删去这一条", "take the entry out of the file of acceptances")
        }));
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;

    #[test]
    fn accepted_findings_go_and_stale_acceptances_show() {
        let accepted = Acceptances::read(
            "[[accept]]\ncode = \"ZR203\"\nwords = \"供热办\"\nwhy = \"新设\"\n[[accept]]\ncode = \"no-lead\"\nwhy = \"惯例\"\n",
        );
        let text = Text::new("市供热办、市民证局");
        let at = |start, end| Finding::new(Code::UnknownBody, Span::new(start, end), "", "");
        let mut findings = vec![at(1, 4), at(5, 9)];
        assert_eq!(accepted.unwrap().apply(&text, &mut findings), 1);
        let left: Vec<Code> = findings.iter().map(|finding| finding.code).collect();
        assert_eq!(left, [Code::UnknownBody, Code::UnusedAcceptance]);
    }

    #[test]
    fn acceptances_say_why() {
        assert!(matches!(Acceptances::read("[[accept]]\ncode = \"ZR203\"\n"), Err(AcceptanceError::Shape(_))));
        let unknown = Acceptances::read("[[accept]]\ncode = \"ZR999\"\nwhy = \"x\"\n");
        assert!(matches!(unknown, Err(AcceptanceError::Code(code)) if code == "ZR999"));
    }
}
