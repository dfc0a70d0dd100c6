//! The columns of a ledger.

use crate::extract::Role;

/// A column of a ledger. Ledgers are kept by Chinese offices: the headings are Chinese whatever the language of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// The printed number of the task.
    Label,
    /// On the sheet of a body: the document.
    Document,
    /// The outermost heading above.
    Heading,
    /// The headings below that one.
    Subheading,
    /// The task's own words.
    Task,
    /// On the sheet of a body: its part.
    Role,
    /// Who leads, also together.
    Leads,
    /// Who is responsible beside or instead of leads.
    Responsible,
    /// Who supports.
    Supporting,
    /// Quantities to be reached.
    Figures,
    /// Deadlines as printed.
    Deadline,
    /// The last day of the last of them that tells one.
    Due,
    /// Days left or past, by the clock of the reader.
    Alert,
    /// How far the task has come.
    Status,
    /// What was done, in words.
    Progress,
    /// When that was written.
    Updated,
    /// Who wrote it.
    By,
    /// Documents cited.
    Basis,
    /// What people changed of what was printed.
    Changes,
    /// The IRI of the task; not shown.
    Id,
    /// In separated values: what tells whether a cell was changed since they were handed out.
    Trace,
}

impl Column {
    /// The columns of the sheet of a document.
    pub const OF_DOCUMENT: [Self; 18] = [
        Self::Label,
        Self::Heading,
        Self::Subheading,
        Self::Task,
        Self::Leads,
        Self::Responsible,
        Self::Supporting,
        Self::Figures,
        Self::Deadline,
        Self::Due,
        Self::Alert,
        Self::Status,
        Self::Progress,
        Self::Updated,
        Self::By,
        Self::Basis,
        Self::Changes,
        Self::Id,
    ];

    /// What stands behind the name of a body in the title of its sheet.
    pub const LIST: &str = "任务台账";

    /// The columns of the sheet of a body.
    pub const OF_BODY: [Self; 15] = [
        Self::Label,
        Self::Document,
        Self::Task,
        Self::Role,
        Self::Leads,
        Self::Responsible,
        Self::Supporting,
        Self::Deadline,
        Self::Due,
        Self::Alert,
        Self::Status,
        Self::Progress,
        Self::Updated,
        Self::By,
        Self::Id,
    ];

    /// What a document prints and a person may change.
    pub const PRINTED: [Self; 11] = [
        Self::Label,
        Self::Heading,
        Self::Subheading,
        Self::Task,
        Self::Leads,
        Self::Responsible,
        Self::Supporting,
        Self::Figures,
        Self::Deadline,
        Self::Due,
        Self::Basis,
    ];

    /// What only people write.
    pub const WRITTEN: [Self; 4] = [Self::Status, Self::Progress, Self::Updated, Self::By];

    /// The heading.
    pub fn zh(self) -> &'static str {
        match self {
            Self::Label => "序号",
            Self::Document => "文件",
            Self::Heading => "重点领域",
            Self::Subheading => "工作事项",
            Self::Task => "任务内容",
            Self::Role => "承担角色",
            Self::Leads => "牵头单位",
            Self::Responsible => "责任单位",
            Self::Supporting => "配合单位",
            Self::Figures => "目标指标",
            Self::Deadline => "完成时限",
            Self::Due => "到期日",
            Self::Alert => "期限提示",
            Self::Status => "完成状态",
            Self::Progress => "进展情况",
            Self::Updated => "更新日期",
            Self::By => "填报人",
            Self::Basis => "依据文件",
            Self::Changes => "变更记录",
            Self::Id => "任务标识",
            Self::Trace => "写出校验",
        }
    }

    /// The column of a heading, whatever blanks stand in it.
    pub fn parse(heading: &str) -> Option<Self> {
        let heading: String = heading.chars().filter(|char| !char.is_whitespace()).collect();
        let all = Self::OF_DOCUMENT.into_iter().chain(Self::OF_BODY).chain([Self::Trace]);
        all.into_iter().find(|column| column.zh() == heading)
    }

    /// The roles of the bodies in a column; none of columns without bodies.
    pub fn roles(self) -> &'static [Role] {
        match self {
            Self::Leads => &[Role::Lead, Role::CoLead],
            Self::Responsible => &[Role::Responsible],
            Self::Supporting => &[Role::Supporting],
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_name_one_column_each() {
        let all: std::collections::BTreeSet<Column> = Column::OF_DOCUMENT.into_iter().chain(Column::OF_BODY).collect();
        for column in all {
            assert_eq!(Column::parse(column.zh()), Some(column));
        }
        assert_eq!(Column::parse("牵头\n单位"), Some(Column::Leads));
        assert_eq!(Column::parse("备注"), None);
    }
}
