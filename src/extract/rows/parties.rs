//! The parties of a row: what its cells say of them, and the row above where it says nothing.

use super::Rows;
use crate::diagnostic::{Code, Finding};
use crate::extract::clause::{self, Frame, Group, Statement};
use crate::extract::confidence::Doubt;
use crate::extract::decide::Setting;
use crate::extract::draft::Draft;
use crate::extract::model::{Mode, Role};
use crate::extract::party::{self, Likeness, Party};
use crate::extract::prose;
use crate::parse::{Column, Matrix, PartyColumn, TaskTable, column_kind, holder_name, is_holder, label};
use crate::span::{Span, is_blank};

impl Rows<'_> {
    /// Takes the parties of a row, its own or those of a cell that covers it.
    pub(super) fn take_parties(&mut self, row: usize, numbered: bool, draft: &mut Draft) {
        let (mut statement, mut clause, mut merged) = self.cells(row);
        draft.setting = self.setting;
        if let Some(holder) = self.holder.as_ref().filter(|_| !self.has_parties()) {
            (statement, clause, merged) = (holder.0.clone(), holder.1.clone(), true);
        }
        // a ledger of numbered rows that leaves all cells of bodies empty shares those of the row above
        let blank = self.leaves_parties_empty(row);
        let may_share = !self.table.table.merges_known && self.table.matrix.is_none();
        if may_share
            && (!numbered || blank)
            && let Some((above, above_clause)) = &self.above
        {
            if numbered {
                draft.findings.push(borrowed(draft.span));
            }
            if statement.groups.is_empty() {
                statement = above.clone();
                clause.clone_from(above_clause);
                merged = true;
            } else if !statement.groups.iter().any(|group| group.role.leads())
                && matches!(self.setting, Setting::Columns { .. })
            {
                // supporting bodies of their own under a lead that covers several rows
                let leads = above.groups.iter().filter(|group| group.role.leads()).cloned();
                statement.groups.splice(0..0, leads);
            }
        }
        draft.findings.extend(statement.unread.iter().map(|place| prose::unread(*place)));
        if table_is_duty_list(self.table) {
            draft.mode = Some(Mode::DutyList);
        }
        if !statement.groups.is_empty() || statement.open {
            self.above = may_share.then(|| (statement.clone(), clause.clone()));
            draft.statement = Some(statement);
            draft.clause = clause;
            draft.inherited = merged;
            if self.table.borrowed.binary_search(&row).is_ok() {
                draft.doubts.push(Doubt::Borrowed);
                draft.findings.push(borrowed(draft.span));
            }
        } else {
            self.above = None;
        }
    }

    /// Whether columns are for bodies.
    fn has_parties(&self) -> bool {
        self.table.matrix.is_some()
            || self.table.columns_of(|column| matches!(column, Column::Party(_) | Column::Department)).next().is_some()
    }

    /// What a row that holds nothing else says of whose tasks stand below it, where no column is for bodies.
    pub(super) fn holder_in(&self, row: usize) -> Option<(Statement, Vec<Span>)> {
        if self.has_parties() {
            return None;
        }
        let mut places: Vec<Span> =
            (0..self.table.columns.len()).filter_map(|column| self.place(row, column)).collect();
        places.dedup();
        let [line] = *places.as_slice() else { return None };
        self.holding(line)
    }

    /// What a line says of whose tasks stand below it.
    pub(super) fn holding(&self, line: Span) -> Option<(Statement, Vec<Span>)> {
        if !is_holder(self.text, line, true) {
            return None;
        }
        let labelled = clause::parse(self.text, line, Frame::Clause, self.skip).filter(|said| said.labelled);
        let named = || clause::parse(self.text, holder_name(self.text, line), Frame::Cell(Role::Lead), self.skip);
        let statement = labelled.or_else(named)?;
        Some((statement, vec![line]))
    }

    /// The tasks of a row: one, or as many as its words say who is responsible for, where its cells of bodies are empty.
    pub(super) fn pieces(&self, row: usize, draft: Draft) -> Vec<Draft> {
        let [words] = *draft.words.as_slice() else { return vec![draft] };
        let may_say = self.leaves_parties_empty(row) && self.table.matrix.is_none() && !table_is_duty_list(self.table);
        let mut clauses = if may_say { prose::in_cell(self.text, words, self.skip) } else { Vec::new() };
        // 改造病房（县人民医院）beside a column for bodies says where
        let is_stated = |said: &Statement| said.labelled || said.groups.iter().any(|group| group.stated);
        if self.has_parties() && !clauses.iter().any(|(.., said)| is_stated(said)) {
            clauses.clear();
        }
        let mut pieces: Vec<Draft> = Vec::new();
        let mut start = words.start;
        for (whole, clause, statement) in clauses {
            let said = self.text.trim(Span::new(start, whole.start));
            start = whole.end;
            match pieces.last_mut() {
                // (甲牵头)(乙配合)
                Some(Draft { statement: Some(last), clause: places, due, .. }) if said.len() < SHORTEST_PIECE => {
                    last.open |= statement.open;
                    last.groups.extend(statement.groups);
                    places.push(clause);
                    due.push(clause);
                }
                _ => {
                    let length = label::read(self.text.folded(said)).map_or(0, |label| label.length);
                    let mut piece = Draft { words: vec![Span::new(said.start + length, said.end)], ..draft.clone() };
                    if !pieces.is_empty() {
                        piece.findings.clear();
                    }
                    piece.findings.retain(|finding| finding.code != Code::BorrowedParties);
                    piece.span = if pieces.is_empty() { draft.span } else { said.to(whole) };
                    piece.due.push(clause);
                    piece.clause = vec![clause];
                    piece.statement = Some(statement);
                    piece.inherited = false;
                    piece.doubts.retain(|doubt| *doubt != Doubt::Borrowed);
                    pieces.push(piece);
                }
            }
        }
        if pieces.is_empty() {
            return vec![draft];
        }
        if pieces.len() > 1 {
            // what names all of them is a heading
            for piece in &mut pieces {
                piece.path.extend(piece.title.take());
                piece.name = None;
            }
        }
        pieces
    }

    /// Whether all cells of bodies in a row are empty, not even struck out.
    pub(super) fn leaves_parties_empty(&self, row: usize) -> bool {
        let mut parties = self.table.columns_of(|column| matches!(column, Column::Party(_)));
        parties.all(|column| self.place(row, column).is_none())
    }

    /// What the party cells of a row say, their places, and whether the first of them begins in an earlier row.
    fn cells(&self, row: usize) -> (Statement, Vec<Span>, bool) {
        if let Some(matrix) = &self.table.matrix {
            let (statement, clause) = self.marked(row, matrix);
            return (statement, clause, false);
        }
        let mut whole = Statement::default();
        let mut clause: Vec<Span> = Vec::new();
        let mut merged = true;
        let mut seen: Vec<Span> = Vec::new();
        for (index, column) in self.table.columns.iter().enumerate() {
            let role = match column {
                Some(Column::Party(part)) => role(*part),
                Some(Column::Department) if table_is_duty_list(self.table) => Role::Lead,
                _ => continue,
            };
            let Some(place) = self.place(row, index).filter(|place| !seen.contains(place)) else { continue };
            seen.push(place);
            let parsed = clause::parse(self.text, place, Frame::Cell(role), self.skip);
            let Some(statement) = parsed.map(|statement| apart(self.without_persons(statement))) else {
                if !is_void(self.text.slice(place)) {
                    whole.unread.push(place);
                }
                continue;
            };
            merged &= self.is_merged(row, index);
            whole.open |= statement.open;
            whole.unread.extend(statement.unread);
            let mixed = self.mixed.contains(&index);
            for mut group in statement.groups {
                // a column for the responsible leaves it to the words who leads
                let conflict = role != Role::Responsible && group.role != role && !(role.leads() && group.role.leads());
                for party in &mut group.parties {
                    party.doubts.extend(mixed.then_some(Doubt::MixedColumn));
                    party.doubts.extend(conflict.then_some(Doubt::RoleConflict));
                }
                push_group(&mut whole.groups, group);
            }
            clause.push(place);
        }
        let any = !whole.groups.is_empty();
        (whole, clause, merged && any)
    }

    /// What the marks of a row say of the bodies that their columns are named after, and the places of these names.
    fn marked(&self, row: usize, matrix: &Matrix) -> (Statement, Vec<Span>) {
        let mut whole = Statement::default();
        let mut clause: Vec<Span> = Vec::new();
        for &(column, name) in &matrix.bodies {
            let Some(cell) = self.place(row, column) else { continue };
            let Some(part) = matrix.part(self.text.slice(cell)) else { continue };
            let Some(statement) = clause::parse(self.text, name, Frame::Cell(role(part)), self.skip) else { continue };
            for group in statement.groups {
                push_group(&mut whole.groups, group);
            }
            clause.push(name);
        }
        (whole, clause)
    }

    /// A statement without the names of persons that stand behind those of bodies: 市教育局 张三.
    fn without_persons(&self, mut statement: Statement) -> Statement {
        let is_person = |party: &Party| {
            let before = party.span.start.checked_sub(1).map(|at| self.text.slice(Span::new(at, at + 1)));
            party.likeness == Likeness::Unknown
                && party.name.chars().count() <= 4
                && before.is_some_and(|before| before.chars().all(is_blank) && before != "\n")
        };
        if statement.parties().any(|party| party.likeness != Likeness::Unknown) {
            for group in &mut statement.groups {
                group.parties.retain(|party| !is_person(party));
            }
            statement.groups.retain(|group| !group.parties.is_empty());
        }
        statement
    }
}

/// The fewest characters of a piece of a cell that says what is to be done.
const SHORTEST_PIECE: usize = 3;

/// What the bodies of a column do.
fn role(column: PartyColumn) -> Role {
    match column {
        PartyColumn::Lead => Role::Lead,
        PartyColumn::CoLead => Role::CoLead,
        PartyColumn::Responsible => Role::Responsible,
        PartyColumn::Supporting => Role::Supporting,
    }
}

/// A statement with names apart that a lost line break ran together: 县人民医院县中医院.
fn apart(mut statement: Statement) -> Statement {
    for group in &mut statement.groups {
        if group.parties.iter().any(|party| joint(party).is_some()) {
            let mut parties: Vec<Party> = Vec::new();
            for mut party in std::mem::take(&mut group.parties) {
                while let Some(at) = joint(&party) {
                    let first: String = party.name.chars().take(at).collect();
                    let rest: String = party.name.chars().skip(at).collect();
                    let span = Span::new(party.span.start, party.span.start + at);
                    let likeness = party::likeness(&first);
                    let doubts = party.doubts.clone();
                    parties.push(Party { name: first, span, likeness, role: None, doubts, ..party });
                    party.span.start += at;
                    party.likeness = party::likeness(&rest);
                    party.name = rest;
                }
                parties.push(party);
            }
            group.parties = parties;
        }
    }
    statement
}

/// Where in a name that nobody knows a known one of the same level ends and another begins, in characters.
fn joint(party: &Party) -> Option<usize> {
    let length = party.name.chars().count();
    if party.likeness == Likeness::Known || length < 6 || length != party.span.len() {
        return None;
    }
    let level = party.name.chars().next().filter(|char| matches!(char, '省' | '市' | '县' | '区' | '州' | '镇'))?;
    let places = party.name.char_indices().enumerate().skip(3).filter(|(_, (_, char))| *char == level);
    places.map(|(at, (byte, _))| (at, byte)).find_map(|(at, byte)| {
        let (first, rest) = party.name.split_at_checked(byte)?;
        let known = party::likeness(first) == Likeness::Known && party::likeness(rest) != Likeness::Unknown;
        known.then_some(at)
    })
}

fn borrowed(row: Span) -> Finding {
    Finding::new(
        Code::BorrowedParties,
        row,
        "这一行没有责任单位，按合并单元格沿用了上一行的",
        "this row names no body; it is taken to share the cell of the row above",
    )
    .with_hint(
        "请核对：这一格确与上一行合并的不用改，漏填的请补上责任单位",
        "if the cell is merged with the one above, all is well; if it was left empty, name the body",
    )
}

/// Whether a column of parties is named after two roles: 责任主体与协同单位.
pub(super) fn is_mixed(name: &str) -> bool {
    // what stands in brackets explains the name
    let bare = name.split(['(', '（']).next().unwrap_or_default();
    let parts = bare.split(['与', '和', '及', '、', '/', ' ', '\t', '\n', '\u{3000}']).filter(|part| !part.is_empty());
    let roles: Vec<Option<Column>> = parts.map(column_kind).collect();
    roles.iter().all(|column| matches!(column, Some(Column::Party(_))))
        && roles.windows(2).any(|pair| pair.first() != pair.last())
}

/// Whether a cell says that there is nobody: —, /, 无.
fn is_void(words: &str) -> bool {
    words.chars().all(|char| !char.is_alphanumeric()) || words == "无"
}

fn push_group(groups: &mut Vec<Group>, group: Group) {
    match groups.last_mut() {
        Some(last) if last.role == group.role && last.manner == group.manner => last.parties.extend(group.parties),
        _ => groups.push(group),
    }
}

/// Whether a table says what each body does: it has departments and duties and no party columns.
fn table_is_duty_list(table: &TaskTable) -> bool {
    let has = |test: fn(Column) -> bool| table.columns_of(test).next().is_some();
    has(|column| column == Column::Department)
        && has(|column| column == Column::Duty)
        && !has(|column| matches!(column, Column::Party(_)))
}

#[cfg(test)]
mod tests {
    use crate::extract::extract;
    use crate::parse::parse;
    use crate::read::read_bytes;

    fn tasks(words: &str) -> Vec<String> {
        let found = extract(&parse(read_bytes("a.csv", words.as_bytes()).unwrap())).tasks;
        let parties = |task: &crate::extract::Task| {
            let part = |party: &crate::extract::Responsibility| format!("{} {}", party.role.as_str(), party.name);
            format!("{}: {}", task.text, task.responsibilities.iter().map(part).collect::<Vec<_>>().join(", "))
        };
        found.iter().map(parties).collect()
    }

    const ROWS: &str =
        "序号,工作任务,市教育局,市财政局,市住建局\n1,推进校园建设,▲,△,\n2,推进小区改造,,△,▲\n3,落实资金,,▲,\n";

    #[test]
    fn a_legend_says_what_marks_mean() {
        let found = tasks(&format!("{ROWS}注：▲牵头 △配合,,,,\n"));
        let expected = [
            "推进校园建设: lead 市教育局, supporting 市财政局",
            "推进小区改造: supporting 市财政局, lead 市住建局",
            "落实资金: lead 市财政局",
        ];
        assert_eq!(found.get(..3), Some(expected.map(str::to_owned).as_slice()));
    }

    #[test]
    fn words_in_cells_and_a_name_above_the_bodies_say_it_too() {
        let words = "任务,市教育局,市财政局\n推进校园建设,牵头,配合\n落实资金,,主办\n";
        assert_eq!(tasks(words)[0], "推进校园建设: lead 市教育局, supporting 市财政局");
        let ticks = "任务,责任单位,责任单位\n,市教育局,市财政局\n推进校园建设,✓,✓\n落实专项资金,,✓\n";
        assert_eq!(
            tasks(ticks),
            ["推进校园建设: responsible 市教育局, responsible 市财政局", "落实专项资金: lead 市财政局"]
        );
    }

    #[test]
    fn marks_that_nothing_explains_are_not_read() {
        assert_eq!(tasks(ROWS), Vec::<String>::new());
    }
}
