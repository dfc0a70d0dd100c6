//! A role that a person changed on the list of a body: the body moves from one column of its task to another.

use std::collections::BTreeSet;

use super::carried::{Carried, CarriedPart, CarriedRow};
use super::tables::plain;
use super::{Column, Entry};
use crate::diagnostic::Message;
use crate::extract::Role;
use crate::parse::{self, PartyColumn, column_kind};

/// The columns that name bodies.
const NAMING: [Column; 3] = [Column::Leads, Column::Responsible, Column::Supporting];

/// What a person should know of a role, such as why it is not read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Remark {
    pub(super) what: Message,
    pub(super) hint: Message,
}

impl Carried {
    /// The body whose list has these words above it.
    pub(super) fn body_of(&self, titles: &[String]) -> Option<&str> {
        let names = || self.parts.keys().map(|(body, _)| body.as_str());
        let list = |title: &String| names().find(|body| title.strip_prefix(body) == Some(Column::LIST));
        titles.iter().find_map(list).or_else(|| names().find(|body| titles.iter().any(|title| title == body)))
    }
}

/// What to say of the list of a body that cannot be told: its roles are not read. Nothing where they are those with which the list
/// of some body was handed out whose list is not `told`. `rows` are the tasks of the list with the words of the role.
pub(super) fn nameless(carried: &Carried, told: &BTreeSet<&str>, rows: &[(&str, &str)]) -> Option<Remark> {
    let is_as_handed_out = |body: &str| {
        rows.iter().all(|(task, words)| {
            let part = carried.parts.get(&(body.to_owned(), (*task).to_owned()));
            part.is_some_and(|part| part.roles.iter().any(|role| role.zh() == *words))
        })
    };
    // ledgers that were handed out earlier do not tell
    let mut bodies = carried.parts.keys().map(|(body, _)| body.as_str()).filter(|body| !told.contains(body));
    if carried.parts.is_empty() || bodies.any(is_as_handed_out) {
        return None;
    }
    Some(Remark {
        what: Message::new(
            "看不出这是哪个单位的表，改过的承担角色未读取",
            "it cannot be told which body this list is of; roles that were changed are not read",
        ),
        hint: Message::new(
            "请恢复原来的标题或表名，或在其文件的表中改“牵头单位”“责任单位”“配合单位”",
            "put its title or the name of its sheet back, or change 牵头单位, 责任单位 and 配合单位 on the sheet of the document",
        ),
    })
}

/// What to say of a row on the list of a body that had no part in the task: the role is not read. Nothing where the columns name
/// the body in that role by now. `now` tells what a cell says.
pub(super) fn stranger(body: &str, words: &str, now: impl Fn(Column) -> String) -> Option<Remark> {
    let column = role_of(words).and_then(column_of);
    let is_known = column.is_some_and(|column| names(&now(column)).iter().any(|name| ends_in(body, name)));
    (!words.is_empty() && !is_known).then(|| Remark {
        what: Message::new(
            format!("这项任务没有写明由{body}承担，这一行的承担角色未读取"),
            format!("`{body}` has no part in this task; the role in this row is not read"),
        ),
        hint: on_the_document(),
    })
}

/// What to say where a person made a body lead alone or lead with others, and 牵头单位 holds others too, or none, by now.
pub(super) fn together(words: &str, leads: &str) -> Option<Remark> {
    let leads = names(leads);
    match (role_of(words)?, leads.len()) {
        (Role::Lead, 2..) => Some(Remark {
            what: Message::new(
                format!("承担角色改为“{words}”，而“牵头单位”一栏现有几个单位，即共同牵头：{}", leads.join("、")),
                format!(
                    "the role was changed to {words}, and 牵头单位 now holds several bodies, which lead together: {}",
                    leads.join("、")
                ),
            ),
            hint: Message::new(
                "由一个单位牵头的，请在其文件的表中改“牵头单位”",
                "if one body leads alone, change 牵头单位 on the sheet of its document",
            ),
        }),
        (Role::CoLead, 1) => Some(Remark {
            what: Message::new(
                format!("承担角色改为“{words}”，而“牵头单位”一栏只有这一个单位，即由其单独牵头"),
                format!("the role was changed to {words}, but 牵头单位 holds no other body: it leads alone"),
            ),
            hint: Message::new(
                "另有单位共同牵头的，请在其文件的表中写入“牵头单位”",
                "if others lead with it, name them in 牵头单位 on the sheet of its document",
            ),
        }),
        _ => None,
    }
}

fn on_the_document() -> Message {
    Message::new(
        "请在其文件的表中改“牵头单位”“责任单位”“配合单位”",
        "change 牵头单位, 责任单位 and 配合单位 on the sheet of its document",
    )
}

/// The names in a cell.
fn names(words: &str) -> Vec<String> {
    words.split(['、', '\n']).map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

/// Whether a body is known by the end of its name: 市财政局.
fn ends_in(body: &str, name: &str) -> bool {
    name.chars().count() > 1 && body.ends_with(name)
}

/// What a cell of a row said when it was handed out.
pub(super) fn was(row: &CarriedRow, column: Column) -> String {
    row.cells.get(&column).map(|words| plain(words)).unwrap_or_default()
}

/// What a cell of a row says with what people changed.
pub(super) fn now(entry: &Entry, row: &CarriedRow, column: Column) -> String {
    entry.becomes(column).map_or_else(|| was(row, column), str::to_owned)
}

/// The cells that change where the role of a body becomes what the words say; none where that says nothing new. `now` tells
/// what a cell says.
pub(super) fn moved(
    part: &CarriedPart,
    body: &str,
    words: &str,
    now: impl Fn(Column) -> String,
) -> Result<Vec<(Column, String)>, Remark> {
    if part.roles.is_empty() || part.roles.iter().any(|role| role.zh() == words) {
        return Ok(Vec::new());
    }
    let before = part.roles.iter().map(|role| role.zh()).collect::<Vec<_>>().join("、");
    let unread = |zh: &str, en: &str| Remark {
        what: Message::new(
            format!("承担角色由“{before}”改为“{words}”，未读取"),
            format!("the role was changed from {before} to `{words}`, which is not read"),
        ),
        hint: Message::new(zh, en),
    };
    let elsewhere = || Remark { hint: on_the_document(), ..unread("", "") };
    let Some(role) = role_of(words) else {
        return Err(match words {
            "" => elsewhere(),
            _ => unread("可用 牵头、共同牵头、负责、配合", "use one of 牵头, 共同牵头, 负责, 配合"),
        });
    };
    if part.roles.contains(&role) {
        // another word for the same
        return Ok(Vec::new());
    }
    let Some(to) = column_of(role) else { return Ok(Vec::new()) };
    let is_own = |name: &str| if part.name.is_empty() { ends_in(body, name) } else { name == part.name };
    let names = |column| names(&now(column));
    if part.roles.iter().any(|role| to.roles().contains(role)) {
        return Err(unread(
            "“牵头单位”一栏有几个单位，就是共同牵头；请在其文件的表中改",
            "several bodies in 牵头单位 lead together: change that column on the sheet of its document",
        ));
    }
    let mut own =
        NAMING.into_iter().filter_map(|column| Some((column, names(column).into_iter().find(|name| is_own(name))?)));
    match own.next() {
        // the columns were changed, too
        Some((from, _)) if from == to => Ok(Vec::new()),
        Some((from, name)) => {
            let rest: Vec<String> = names(from).into_iter().filter(|other| *other != name).collect();
            let joined: Vec<String> = names(to).into_iter().chain([name]).collect();
            Ok(vec![(from, rest.join("、")), (to, joined.join("、"))])
        }
        None => Err(elsewhere()),
    }
}

/// The role that words mean, also those by which documents head a column.
fn role_of(words: &str) -> Option<Role> {
    Role::parse(words).or_else(|| match column_kind(words).or_else(|| column_kind(&format!("{words}单位")))? {
        parse::Column::Party(PartyColumn::Lead) => Some(Role::Lead),
        parse::Column::Party(PartyColumn::CoLead) => Some(Role::CoLead),
        parse::Column::Party(PartyColumn::Responsible) => Some(Role::Responsible),
        parse::Column::Party(PartyColumn::Supporting) => Some(Role::Supporting),
        _ => None,
    })
}

/// The column of the bodies with a role.
fn column_of(role: Role) -> Option<Column> {
    NAMING.into_iter().find(|column| column.roles().contains(&role))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What becomes of a task of three bodies where the role of one, which supports, becomes what the words say.
    fn change(name: &str, words: &str) -> Result<Vec<(Column, String)>, Remark> {
        let part = CarriedPart { name: name.to_owned(), roles: vec![Role::Supporting] };
        moved(&part, "云川市财政局", words, |column| {
            match column {
                Column::Leads => "市卫生健康委",
                Column::Supporting => "市财政局、市教育局",
                _ => "",
            }
            .to_owned()
        })
    }

    #[test]
    fn a_body_moves_to_the_column_of_its_new_role() {
        let leads = (Column::Leads, "市卫生健康委、市财政局".to_owned());
        let supporting = (Column::Supporting, "市教育局".to_owned());
        for words in ["牵头", "共同牵头", "牵头单位"] {
            assert_eq!(change("市财政局", words), Ok(vec![supporting.clone(), leads.clone()]), "{words}");
        }
        let responsible = (Column::Responsible, "市财政局".to_owned());
        assert_eq!(change("市财政局", "责任"), Ok(vec![supporting.clone(), responsible.clone()]));
        assert_eq!(change("", "负责"), Ok(vec![supporting, responsible]), "known by the end of its name");
        for same in ["配合", "协办"] {
            assert_eq!(change("市财政局", same), Ok(Vec::new()), "{same}");
        }
    }

    #[test]
    fn what_cannot_be_told_is_said() {
        let hint = |name: &str, words: &str| change(name, words).unwrap_err().hint.zh;
        assert!(hint("市财政局", "").contains("请在其文件的表中改"));
        assert!(hint("市财政局", "见附件").contains("可用"));
        let leads = CarriedPart { name: "市财政局".to_owned(), roles: vec![Role::Lead] };
        let alone = moved(&leads, "云川市财政局", "共同牵头", |_| "市财政局".to_owned());
        assert!(alone.unwrap_err().hint.zh.contains("几个单位"));
        assert!(hint("财政部门", "牵头").contains("请在其文件的表中改"), "no column names it");
    }

    #[test]
    fn the_list_of_a_body_is_known_by_its_title_or_its_sheet() {
        let part = |body: &str| ((body.to_owned(), "d/task/1".to_owned()), CarriedPart::default());
        let carried =
            Carried { parts: [part("云川市财政局"), part("云川市教育局")].into(), ..Carried::default() };
        let body =
            |titles: &[&str]| carried.body_of(&titles.iter().map(|title| (*title).to_owned()).collect::<Vec<_>>());
        assert_eq!(body(&["云川市教育局任务台账", "共 3 项任务", "云川市财政局"]), Some("云川市教育局"));
        assert_eq!(body(&["云川市财政局"]), Some("云川市财政局"));
        assert_eq!(body(&["说明"]), None);
    }
}
