//! The form of what a command writes: asked for, or that which the name of the output file ends with.

use std::io::{self, IsTerminal};
use std::path::Path;

use zeren::diagnostic::Message;

use super::failure::Failure;
use super::output;

/// The forms of one kind of result.
pub(super) struct Forms<F: 'static> {
    /// What is written, as messages call it.
    pub(super) thing: (&'static str, &'static str),
    /// The endings of files by which forms are known; those that hints name first.
    pub(super) endings: &'static [(&'static str, F)],
    /// How many of the endings hints name.
    pub(super) named: usize,
    /// The form where no name tells one.
    pub(super) usual: F,
}

impl<F: Copy> Forms<F> {
    /// The form asked for, or that of the name of the output file.
    ///
    /// # Errors
    ///
    /// A usage error for a name that ends like another kind of file.
    pub(super) fn of(&self, given: Option<F>, output: Option<&Path>) -> Result<F, Failure> {
        if let Some(given) = given {
            return Ok(given);
        }
        let Some(ending) = output.and_then(output::ending) else { return Ok(self.usual) };
        if let Some((_, form)) = self.endings.iter().find(|(known, _)| *known == ending) {
            return Ok(*form);
        }
        let endings: Vec<String> =
            self.endings.iter().take(self.named).map(|(ending, _)| format!(".{ending}")).collect();
        let (last, rest) = endings.split_last().map_or(("", Vec::new()), |(last, rest)| (last.as_str(), rest.to_vec()));
        let (zh, en) = self.thing;
        Err(Failure::Usage {
            place: "-o".to_owned(),
            what: Message::new(format!("{zh}不能写成 `.{ending}`"), format!("{en} are not written as `.{ending}`")),
            hint: Some(Message::new(
                format!("用 {} 或 {last}，或用 `--format` 指定格式", rest.join("、")),
                format!("use {} or {last}, or name the format with `--format`", rest.join(", ")),
            )),
        })
    }
}

/// Refuses to write to a terminal what is no text; `what` says so.
pub(super) fn not_on_a_terminal(output: Option<&Path>, what: (&str, &str)) -> Result<(), Failure> {
    let to_stdout = output.is_none_or(|path| path.as_os_str() == "-");
    if to_stdout && io::stdout().is_terminal() {
        return Err(Failure::Usage {
            place: "--format".to_owned(),
            what: Message::new(
                format!("{}不能显示在终端里", what.0),
                format!("{} cannot be shown in a terminal", what.1),
            ),
            hint: Some(Message::new("用 `-o 文件` 指定输出文件", "name a file with `-o FILE`")),
        });
    }
    Ok(())
}
