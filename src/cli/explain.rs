//! `zeren explain`: what a code of `zeren lint` means.

use clap::Args;
use zeren::diagnostic::{Code, Lang, Message};
use zeren::lint::RULES;
use zeren::render::explanation;

use super::failure::Failure;
use super::{Done, output};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Codes to explain: number, name, or group such as ZR2; without any, all are listed
    #[arg(value_name = "CODE")]
    codes: Vec<String>,
}

pub(super) fn run(arguments: &Arguments, lang: Lang) -> Result<Done, Failure> {
    let mut wanted: Vec<Code> = Vec::new();
    for word in &arguments.codes {
        let codes = Code::matching(word);
        if codes.is_empty() {
            return Err(unknown(word));
        }
        wanted.extend(codes);
    }
    output::stdout(|out| {
        if wanted.is_empty() {
            return explanation::list(out, lang, output::width());
        }
        let rules = RULES.iter().filter(|rule| wanted.contains(&rule.code));
        rules.enumerate().try_for_each(|(index, rule)| {
            if index > 0 {
                writeln!(out)?;
            }
            explanation::one(out, rule, lang, output::width())
        })
    })?;
    Ok(Done::Well)
}

/// A code that the program does not have, met with near ones.
pub(super) fn unknown(word: &str) -> Failure {
    let near = Code::ALL
        .iter()
        .map(|code| (strsim::jaro_winkler(code.as_str(), word), code))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    let hint = match near {
        Some((_, code)) => {
            Message::new(format!("是不是 `{}`？", code.as_str()), format!("did you mean `{}`?", code.as_str()))
        }
        None => Message::new("用 `zeren explain` 列出全部代码", "`zeren explain` lists all codes"),
    };
    Failure::Usage {
        place: String::new(),
        what: Message::new(format!("没有代码 `{word}`"), format!("no code is `{word}`")),
        hint: Some(hint),
    }
}
