//! Corrections to be filled in: the address of a claim as TOML, with the verdicts to choose from.

use super::entry::{Corrections, Entry, Subject, Verdict};
use crate::diagnostic::Lang;
use crate::extract::{Deadline, Indicator, Responsibility, Task};
use crate::span::Text;

use super::claim::{deadline_words, indicator_words, party_words};

/// How many characters of a task are its anchor.
const ANCHOR: usize = 20;

/// A correction without verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stanza {
    task: String,
    anchor: String,
    subject: Subject,
    nth: Option<usize>,
    was: String,
    example: &'static str,
    /// Whether it says what was missed.
    adds: bool,
}

impl Stanza {
    /// For a task itself.
    pub fn task(task: &Task) -> Self {
        Self {
            task: task.label.clone(),
            anchor: anchor(task),
            subject: Subject::Task,
            nth: None,
            was: String::new(),
            example: "",
            adds: false,
        }
    }

    /// For the party at an index of a task.
    pub fn party(task: &Task, index: usize, party: &Responsibility) -> Self {
        let names = task.responsibilities.iter().map(|party| party.name.as_str());
        Self {
            subject: Subject::Party(party.name.clone()),
            nth: nth(names, index),
            was: party_words(party),
            example: r#"{ role = "lead" }      # lead co-lead responsible supporting; name = "…", organisation = "…""#,
            ..Self::task(task)
        }
    }

    /// For the quantity at an index of a task.
    pub fn indicator(text: &Text, task: &Task, index: usize, indicator: &Indicator) -> Self {
        let words = |indicator: &Indicator| text.slice(indicator.span).to_owned();
        let all: Vec<String> = task.indicators.iter().map(words).collect();
        Self {
            subject: Subject::Indicator(words(indicator)),
            nth: nth(all.iter().map(String::as_str), index),
            was: indicator_words(indicator),
            example: r#"{ value = 1, unit = "个", comparator = ">=" }    # = ≈ >= <= > < + - range"#,
            ..Self::task(task)
        }
    }

    /// For the deadline at an index of a task.
    pub fn deadline(task: &Task, index: usize, deadline: &Deadline) -> Self {
        let words = task.deadlines.iter().map(|deadline| deadline.text.as_str());
        Self {
            subject: Subject::Deadline(deadline.text.clone()),
            nth: nth(words, index),
            was: deadline_words(deadline),
            example: r#"{ date = "2026-12-31", relation = "before" }    # by before from during relative ongoing"#,
            ..Self::task(task)
        }
    }

    /// For a printed name wherever it stands: which body it means.
    pub fn name(name: &str) -> Self {
        Self {
            task: String::new(),
            anchor: String::new(),
            subject: Subject::Party(name.to_owned()),
            nth: None,
            was: String::new(),
            example: r#"{ organisation = "…" }    # its full name"#,
            adds: false,
        }
    }

    /// For a party that could not be read.
    pub fn missing(task: &Task) -> Self {
        Self {
            subject: Subject::Party("…".to_owned()),
            example: r#"{ role = "responsible" }    # lead co-lead responsible supporting"#,
            adds: true,
            ..Self::task(task)
        }
    }

    /// What it speaks of.
    pub fn subject(&self) -> &Subject {
        &self.subject
    }

    /// What was read: the name of a role, a figure, a date; empty where that is not told.
    pub fn was(&self) -> &str {
        &self.was
    }

    /// Whether it says what was missed.
    pub fn adds(&self) -> bool {
        self.adds
    }

    /// The fields that say which claim it is, in their order: text, or for `nth` a number.
    pub(super) fn address(&self) -> Vec<(&'static str, String)> {
        let mut fields = Vec::new();
        if !self.task.is_empty() && !self.task.starts_with('#') {
            fields.push(("task", self.task.clone()));
        }
        if !self.anchor.is_empty() {
            fields.push(("anchor", self.anchor.clone()));
        }
        match &self.subject {
            Subject::Party(words) => fields.push(("party", words.clone())),
            Subject::Indicator(words) => fields.push(("indicator", words.clone())),
            Subject::Deadline(words) => fields.push(("deadline", words.clone())),
            Subject::Mandate(words) => fields.push(("mandate", words.clone())),
            Subject::Task | Subject::Head(_) => {}
        }
        if !self.was.is_empty() {
            fields.push(("was", self.was.clone()));
        }
        fields.extend(self.nth.map(|nth| ("nth", nth.to_string())));
        fields
    }

    /// The same for a party that was missed, by its name.
    #[must_use]
    pub fn named(mut self, name: &str) -> Self {
        self.subject = Subject::Party(name.to_owned());
        self
    }

    /// Whether an entry speaks of the same claim.
    pub(super) fn is_of(&self, entry: &Entry) -> bool {
        let task = entry.task.as_deref().unwrap_or_default();
        entry.subject == self.subject
            && entry.nth == self.nth
            && (task == self.task || task.is_empty() && self.task.starts_with('#'))
            && entry.anchor.as_deref().unwrap_or_default() == self.anchor.trim()
    }

    /// Whether it stands among corrections already, undecided.
    pub fn is_in(&self, corrections: &Corrections) -> bool {
        corrections.entries.iter().any(|entry| entry.verdict == Verdict::Undecided && self.is_of(entry))
    }

    /// The stanza as TOML. It is undecided: the verdicts are comments, of which one is to be kept.
    pub fn to_toml(&self) -> String {
        let mut lines = vec!["[[correction]]".to_owned()];
        for (name, value) in self.address() {
            lines.push(format!("{name} = {}", if name == "nth" { value } else { quoted(&value) }));
        }
        if self.adds {
            lines.push(format!("#add = {}", self.example));
        } else {
            lines.push("#confirm = true".to_owned());
            lines.push("#remove = true".to_owned());
            lines.extend((!self.example.is_empty()).then(|| format!("#change = {}", self.example)));
        }
        lines.push("why = \"\"\n".to_owned());
        lines.join("\n")
    }
}

/// The first words of a task, on one line.
fn anchor(task: &Task) -> String {
    task.text.chars().take(ANCHOR).map(|char| if char.is_control() { ' ' } else { char }).collect()
}

/// Which of several alike the one at an index is; nothing where it is the only one.
fn nth<'n>(names: impl Iterator<Item = &'n str>, index: usize) -> Option<usize> {
    let names: Vec<&str> = names.collect();
    let own = names.get(index)?;
    let alike = |end: usize| names.iter().take(end).filter(|name| *name == own).count();
    (alike(names.len()) > 1).then(|| alike(index + 1))
}

/// Corrections to be filled in: a file, or without `head` what is added to one.
pub fn skeleton<'s>(
    document: Option<&str>,
    stanzas: impl IntoIterator<Item = (String, &'s Stanza)>,
    head: bool,
    lang: Lang,
) -> String {
    let mut out = String::new();
    if head {
        out.push_str(lang.pick(
            "# 更正：每条保留 confirm、remove、change 之一（去掉行首的 #），并写明 why；不决定的留着或删去。\n",
            "# Corrections: keep one of confirm, remove and change in each (drop the #), and say why; leave the others.\n",
        ));
        if let Some(document) = document {
            out.extend(["document = ", &quoted(document), "\n"]);
        }
        out.push_str(lang.pick(
            "by = \"\"     # 更正人\non = \"\"     # 日期，如 2026-11-22\n",
            "by = \"\"     # who decides\non = \"\"     # when, as in 2026-11-22\n",
        ));
        out.push_str(lang.pick(MISSED_ZH, MISSED_EN));
    }
    for (reason, stanza) in stanzas {
        out.push('\n');
        for line in reason.lines() {
            out.extend(["# ", line, "\n"]);
        }
        out.push_str(&stanza.to_toml());
    }
    out
}

/// How a task that was missed is added.
const MISSED_ZH: &str = "\n# 漏读的任务这样补充：
# [[add]]
# task = \"(八)\"      # 编号
# text = \"…\"        # 任务的文字
# clause = \"县财政局牵头，县民政局配合\"
# after = \"(七)\"     # 在哪一项之后
# why = \"…\"
";
const MISSED_EN: &str = "\n# a task that was missed is added so:
# [[add]]
# task = \"(八)\"      # its number
# text = \"…\"        # its words
# clause = \"县财政局牵头，县民政局配合\"
# after = \"(七)\"     # behind which task it stands
# why = \"…\"
";

/// A basic string of TOML.
fn quoted(words: &str) -> String {
    let mut out = String::from('"');
    for char in words.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            char if char.is_control() => out.extend(format!("\\u{:04X}", u32::from(char)).chars()),
            char => out.push(char),
        }
    }
    out.push('"');
    out
}
