//! Why a file of corrections cannot be used.

use std::io;

use thiserror::Error;

use crate::diagnostic::{Lang, Message, io_words};

/// Why a file of corrections cannot be used.
#[derive(Debug, Error)]
pub enum CorrectionsError {
    /// The system cannot read the file.
    #[error("cannot read the file: {0}")]
    Io(io::Error),
    /// It is not UTF-8.
    #[error("is not UTF-8 text")]
    Encoding,
    /// It is no TOML, or says what cannot be understood.
    #[error("line {line}, column {column}: {}", .what.en)]
    Broken {
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
        /// What is wrong.
        what: Message,
        /// What to do about it.
        hint: Option<Message>,
    },
}

impl CorrectionsError {
    /// What is the case, in one language.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Io(error) => {
                let words = io_words(error, lang);
                lang.pick(&format!("无法读取文件：{words}"), &format!("cannot read the file: {words}")).to_owned()
            }
            Self::Encoding => lang.pick("不是 UTF-8 文本", "is not UTF-8 text").to_owned(),
            Self::Broken { line, column, what, .. } => match lang {
                Lang::Zh => format!("第 {line} 行第 {column} 列：{}", what.zh),
                Lang::En => format!("line {line}, column {column}: {}", what.en),
            },
        }
    }

    /// What to do about it, in one language.
    pub fn hint(&self, lang: Lang) -> Option<String> {
        let hint = match self {
            Self::Encoding => {
                return Some(lang.pick("请用 UTF-8 重新保存", "save it again as UTF-8").to_owned());
            }
            Self::Broken { hint: Some(hint), .. } => hint.in_lang(lang),
            _ => lang.pick(
                "更正文件有误时不读取文件，以免丢失更正；`zeren extract --no-corrections` 可不用更正",
                "with broken corrections the document is not read, lest they be lost; `zeren extract --no-corrections` leaves them out",
            ),
        };
        Some(hint.to_owned())
    }
}
