//! Decisions written into a file of corrections, of which everything else stays as a person wrote it.

use toml_edit::{ArrayOfTables, DocumentMut, InlineTable, Item, Table, Value};

use super::entry::{Change, Corrections, Verdict};
use super::error::CorrectionsError;
use super::file::read;
use super::stanza::Stanza;
use crate::date::Date;
use crate::diagnostic::Message;

/// What a person decided about a claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// Which claim it is.
    pub stanza: Stanza,
    /// What was decided.
    pub verdict: Verdict,
    /// Why.
    pub why: String,
    /// Who decided.
    pub by: String,
    /// When.
    pub on: Date,
}

impl Decision {
    /// The text of a file of corrections with the decision in it, and what it says then.
    ///
    /// An entry about the same claim gets the verdict, else the decision is added at the end. Comments, order and
    /// blanks of all others stay.
    ///
    /// # Errors
    ///
    /// When the file cannot be understood, or its corrections are written in a form that cannot be added to.
    pub fn record(&self, name: &str, text: &str) -> Result<(String, Corrections), CorrectionsError> {
        edited(name, text, |known, tables, is_first| {
            let place = known.entries.iter().position(|entry| self.stanza.is_of(entry));
            if let Some(table) = place.and_then(|place| tables.get_mut(place)) {
                self.decide(table);
                return;
            }
            let mut table = Table::new();
            for (name, value) in self.stanza.address() {
                let number = value.parse::<i64>().ok().filter(|_| name == "nth");
                table.insert(name, number.map_or_else(|| toml_edit::value(value), toml_edit::value));
            }
            self.decide(&mut table);
            // one blank line before it, unless it is the first of all
            table.decor_mut().set_prefix(if is_first { "" } else { "\n" });
            tables.push(table);
        })
    }

    /// Writes the verdict, in place of a former one.
    fn decide(&self, table: &mut Table) {
        for name in ["change", "add", "remove", "confirm"] {
            table.remove(name);
        }
        let (name, value) = match &self.verdict {
            Verdict::Undecided => return,
            Verdict::Confirm => ("confirm", Value::from(true)),
            Verdict::Remove => ("remove", Value::from(true)),
            Verdict::Change(change) => ("change", stated(change)),
            Verdict::Add(change) => ("add", stated(change)),
        };
        let day = self.on.to_string();
        let day = day.parse::<toml_edit::Datetime>().map_or_else(|_| Value::from(day.as_str()), Value::from);
        let was = self.stanza.was();
        let was = (!was.is_empty()).then(|| ("was", Value::from(was)));
        let rest = [
            (name, value),
            ("why", Value::from(self.why.as_str())),
            ("by", Value::from(self.by.as_str())),
            ("on", day),
        ];
        for (name, mut value) in was.into_iter().chain(rest) {
            // a remark behind the former value stays
            if let Some(former) = table.get(name).and_then(Item::as_value) {
                *value.decor_mut() = former.decor().clone();
            }
            table.insert(name, Item::Value(value));
        }
    }
}

/// The text of a file of corrections after an edit of its entries, and what it says then. The edit is told what the file says
/// and whether nothing stands in it.
pub(super) fn edited(
    name: &str,
    text: &str,
    edit: impl FnOnce(&Corrections, &mut ArrayOfTables, bool),
) -> Result<(String, Corrections), CorrectionsError> {
    let known = read(name, text)?;
    let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mark = if bare.len() < text.len() { "\u{feff}" } else { "" };
    let unfit = || CorrectionsError::Broken {
        line: 1,
        column: 1,
        what: Message::new("更正须写作 [[correction]]", "corrections are written as [[correction]]"),
        hint: Some(Message::new("请改写后再试", "rewrite them and try again")),
    };
    // lines end as they did
    let windows = bare.contains("\r\n");
    let mut document: DocumentMut = bare.replace("\r\n", "\n").parse().map_err(|_| unfit())?;
    let list = document.entry("correction").or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
    edit(&known, list.as_array_of_tables_mut().ok_or_else(unfit)?, bare.trim().is_empty());
    let written = document.to_string();
    let written = if windows { written.replace('\n', "\r\n") } else { written };
    let written = format!("{mark}{written}");
    let corrections = read(name, &written)?;
    Ok((written, corrections))
}

/// What should hold, as a table within a line.
fn stated(change: &Change) -> Value {
    let words = |words: &Option<String>| words.as_deref().map(Value::from);
    let number = |number: Option<f64>| {
        // a whole number is written as one
        let whole = number.and_then(|number| format!("{number}").parse::<i64>().ok());
        whole.map(Value::from).or(number.map(Value::from))
    };
    let date = |date: Option<Date>| date.map(|date| Value::from(date.to_string()));
    let fields = [
        ("role", change.role.map(|role| Value::from(role.as_str()))),
        ("name", words(&change.name)),
        ("organisation", words(&change.organisation)),
        ("text", words(&change.text)),
        ("label", words(&change.label)),
        ("value", number(change.value)),
        ("value_max", number(change.value_max)),
        ("unit", words(&change.unit)),
        ("comparator", change.comparator.map(|comparator| Value::from(comparator.as_str()))),
        ("by", date(change.by)),
        ("date", date(change.date)),
        ("relation", change.relation.map(|relation| Value::from(relation.as_str()))),
        ("duration", words(&change.duration)),
        ("after", words(&change.after)),
    ];
    let mut table = InlineTable::new();
    for (name, value) in fields {
        if let Some(value) = value {
            table.insert(name, value);
        }
    }
    Value::InlineTable(table)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::correct::Subject;
    use crate::extract::{Role, extract};
    use crate::parse::parse;
    use crate::read::read_bytes;

    const BY_HAND: &str = "# 卫健科的更正\r\nby = \"李明\"   # 处长\r\non = 2023-04-01\r\n\r\n\
        # 第一条\r\n[[correction]]\r\ntask = \"(二)\"\r\nanchor = \"健全机制\"\r\nparty = \"省民政厅\"\r\nremove = true  # 误列\r\n\
        why = \"误列\"\r\n\r\n[[add]]\r\ntext = \"开展培训\"\r\nclause = \"省教育厅负责\"\r\nwhy = \"漏读\"\r\n# 完\r\n";

    fn decision(verdict: Verdict) -> Decision {
        let source = "云川省重点任务\n一、改革\n(一)完善制度，培训3名骨干。(省财政厅、省教育厅负责)\n";
        let document = parse(read_bytes("a.txt", source.as_bytes()).unwrap());
        let task = &extract(&document).tasks[0];
        Decision {
            stanza: Stanza::party(task, 1, &task.responsibilities[1]),
            verdict,
            why: "会议纪要".to_owned(),
            by: "王\"芳\"".to_owned(),
            on: Date::parse_iso("2026-11-22").unwrap(),
        }
    }

    #[test]
    fn a_decision_is_added_and_the_rest_stays() {
        let change =
            Change { role: Some(Role::Lead), organisation: Some("云川省教育厅".to_owned()), ..Change::default() };
        let decision = decision(Verdict::Change(change.clone()));
        for mark in ["", "\u{feff}"] {
            let (written, corrections) = decision.record("a.zeren.toml", &format!("{mark}{BY_HAND}")).unwrap();
            let lines: Vec<&str> = written.split("\r\n").collect();
            assert!(!written.replace("\r\n", "").contains('\n'), "{written:?}");
            for line in format!("{mark}{BY_HAND}").split("\r\n").filter(|line| !line.is_empty()) {
                assert!(lines.contains(&line), "{line}: {written}");
            }
            assert_eq!((corrections.entries.len(), corrections.additions.len()), (2, 1));
            let entry = &corrections.entries[1];
            assert_eq!(entry.subject, Subject::Party("省教育厅".to_owned()));
            assert_eq!(entry.verdict, Verdict::Change(change.clone()));
            assert_eq!((entry.by.as_str(), entry.why.as_str()), ("王\"芳\"", "会议纪要"));
            assert_eq!((entry.was.as_deref(), entry.on), (Some("responsible"), Some(decision.on)));
        }
    }

    #[test]
    fn what_was_undecided_gets_its_verdict_in_place() {
        let undecided = decision(Verdict::Undecided);
        let skeleton = format!("by = \"\"\n\n# 0.80 省教育厅\n{}\n# 完\n", undecided.stanza.to_toml());
        let (written, corrections) = decision(Verdict::Confirm).record("a.zeren.toml", &skeleton).unwrap();
        assert_eq!(corrections.entries.len(), 1, "{written}");
        assert_eq!(corrections.entries[0].verdict, Verdict::Confirm);
        assert!(written.contains("# 0.80 省教育厅\n[[correction]]\n") && written.ends_with("# 完\n"), "{written}");
        let (again, corrections) = decision(Verdict::Remove).record("a.zeren.toml", &written).unwrap();
        assert_eq!((corrections.entries.len(), &corrections.entries[0].verdict), (1, &Verdict::Remove), "{again}");
    }

    #[test]
    fn a_file_is_begun_and_figures_are_kept() {
        let change =
            Change { value: Some(30.0), value_max: Some(32.5), by: Date::parse_iso("2025-12"), ..Change::default() };
        let mut decision = decision(Verdict::Change(change.clone()));
        let source = "云川省重点任务\n一、改革\n(一)完善制度，培训3名骨干。(省财政厅、省教育厅负责)\n";
        let document = parse(read_bytes("a.txt", source.as_bytes()).unwrap());
        let task = &extract(&document).tasks[0];
        decision.stanza = Stanza::indicator(&document.text, task, 0, &task.indicators[0]);
        let (written, corrections) = decision.record("a.zeren.toml", "").unwrap();
        assert!(
            written.starts_with("[[correction]]\n") && written.contains("{ value = 30, value_max = 32.5"),
            "{written}"
        );
        assert_eq!(corrections.entries[0].verdict, Verdict::Change(change));
        let broken = decision.record("a.zeren.toml", "[[correction]]\npatry = 1\n").unwrap_err();
        assert!(matches!(broken, CorrectionsError::Broken { line: 2, .. }), "{broken}");
    }
}
