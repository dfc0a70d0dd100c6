//! One body for people and as JSON.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::json::{self, Number, PlaceShape};
use super::table::Table;
use crate::analysis::{Part, Profile};
use crate::diagnostic::Lang;
use crate::extract::Role;
use crate::knowledge::{Function, Knowledge, Reform, ReformKind};
use crate::resolve::{Organisation, Place};
use crate::succession::Change;

/// What bodies and documents are called.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    /// The names that documents print for a body, with how often, by its IRI.
    pub printed: &'a BTreeMap<String, Vec<(String, usize)>>,
    /// What a document is called, by its IRI.
    pub documents: &'a BTreeMap<String, String>,
}

impl Names<'_> {
    fn printed(&self, id: &str) -> &[(String, usize)] {
        self.printed.get(id).map(Vec::as_slice).unwrap_or_default()
    }

    fn document<'n>(&'n self, id: &'n str) -> &'n str {
        self.documents.get(id).map_or(id, String::as_str)
    }
}

/// Writes what is known of a body, for people.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn text(
    out: &mut dyn Write,
    profile: &Profile,
    names: Names<'_>,
    lang: Lang,
    width: Option<usize>,
) -> io::Result<()> {
    let department = &profile.department;
    writeln!(out, "{}", department.label)?;
    let mut facts: Vec<(&str, String)> = Vec::new();
    let printed: Vec<&str> = names
        .printed(&department.id)
        .iter()
        .map(|(name, _)| name.as_str())
        .filter(|name| *name != department.label)
        .collect();
    let separator = lang.pick("、", ", ");
    facts.push((lang.pick("印作", "printed"), printed.join(separator)));
    facts.push((
        lang.pick("地区", "place"),
        department.place.as_ref().map(|place| place_text(place, lang)).unwrap_or_default(),
    ));
    let function = department.function.as_deref().and_then(|key| Knowledge::shipped().functions.by_key(key));
    facts.push((
        lang.pick("职能", "function"),
        function.map(|function| function_text(function, lang).to_owned()).unwrap_or_default(),
    ));
    let source = if department.key.is_some() {
        lang.pick("名录中的机构", "a body of the registry")
    } else {
        lang.pick("由印出的名称推定，名录中没有", "formed from its printed name; not in the registry")
    };
    facts.push((lang.pick("来历", "known as"), source.to_owned()));
    facts.push((lang.pick("IRI", "IRI"), department.id.clone()));
    for (what, value) in facts.into_iter().filter(|(_, value)| !value.is_empty()) {
        writeln!(out, "  {what}{}{value}", lang.pick("：", ": "))?;
    }
    if !profile.history.is_empty() {
        writeln!(out, "\n{}", lang.pick("沿革", "history"))?;
        history(&profile.history, lang).write(out, width)?;
    }
    if !profile.line.is_empty() {
        writeln!(out, "\n{}", lang.pick("同一沿革上、库中有任务的机构", "bodies of its line with tasks in the store"))?;
        let mut table = Table::new([lang.pick("机构", "body"), lang.pick("任务", "tasks")]).right(1);
        for (body, tasks) in &profile.line {
            table.row([body.name.clone(), tasks.to_string()]);
        }
        table.write(out, width)?;
    }
    writeln!(out, "\n{}", tasks_heading(profile, lang))?;
    if !profile.parts.is_empty() {
        let header = [("文件", "document"), ("编号", "label"), ("角色", "role"), ("任务", "task")];
        let mut table = Table::new(header.map(|(zh, en)| lang.pick(zh, en)));
        for part in &profile.parts {
            let document = names.document(&part.task.document).to_owned();
            table.row([
                document,
                part.task.label.clone(),
                role_text(part.role, lang).to_owned(),
                part.task.text.clone(),
            ]);
        }
        table.write(out, width)?;
    }
    Ok(())
}

/// Writes one line for each of several bodies, for people.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn list(
    out: &mut dyn Write,
    profiles: &[Profile],
    names: Names<'_>,
    lang: Lang,
    width: Option<usize>,
) -> io::Result<()> {
    let header = [("机构", "body"), ("地区", "place"), ("印作", "printed"), ("任务", "tasks")];
    let mut table = Table::new(header.map(|(zh, en)| lang.pick(zh, en))).right(3);
    for profile in profiles {
        let department = &profile.department;
        let place = department.place.as_ref().map(|place| place.name.clone()).unwrap_or_default();
        let printed: Vec<&str> = names.printed(&department.id).iter().map(|(name, _)| name.as_str()).collect();
        let tasks = profile.parts.len().to_string();
        table.row([department.label.clone(), place, printed.join(lang.pick("、", ", ")), tasks]);
    }
    table.write(out, width)
}

fn tasks_heading(profile: &Profile, lang: Lang) -> String {
    let counts = profile.by_role();
    let parts: Vec<String> = counts.iter().map(|(role, count)| format!("{} {count}", role_text(*role, lang))).collect();
    match (lang, profile.parts.len()) {
        (Lang::Zh, 0) => "库中没有它的任务".to_owned(),
        (Lang::En, 0) => "no task of it in the store".to_owned(),
        (Lang::Zh, count) => format!("任务 {count} 项：{}", parts.join("，")),
        (Lang::En, count) => format!("tasks: {count} ({})", parts.join(", ")),
    }
}

fn history(changes: &[Change], lang: Lang) -> Table {
    let header =
        [("时间", "date"), ("变动", "change"), ("由", "from"), ("至", "to"), ("职能", "function"), ("确定", "sure")];
    let mut table = Table::new(header.map(|(zh, en)| lang.pick(zh, en))).whole();
    for change in changes {
        let names = |bodies: &[Organisation]| {
            bodies.iter().map(|body| body.name.as_str()).collect::<Vec<_>>().join(lang.pick("、", ", "))
        };
        let function = function_named(&change.reform.function, lang);
        table.row([
            when(change.reform, lang),
            kind_text(change.reform.kind, lang).to_owned(),
            names(&change.before),
            names(&change.after),
            function.to_owned(),
            certainty(change, lang).to_owned(),
        ]);
    }
    table
}

/// 2018-03-17, or from when to when.
pub(super) fn when(reform: &Reform, lang: Lang) -> String {
    if reform.date == reform.until {
        return reform.date.to_string();
    }
    match lang {
        Lang::Zh => format!("{} 至 {}", reform.date, reform.until),
        Lang::En => format!("{} to {}", reform.date, reform.until),
    }
}

pub(super) fn kind_text(kind: ReformKind, lang: Lang) -> &'static str {
    match kind {
        ReformKind::Rename => lang.pick("更名", "renamed"),
        ReformKind::Merge => lang.pick("合并", "merged"),
        ReformKind::Split => lang.pick("拆分", "split"),
        ReformKind::Found => lang.pick("组建", "founded"),
        ReformKind::Abolish => lang.pick("撤销", "ended"),
        ReformKind::Transfer => lang.pick("职能划转", "function moved"),
    }
}

/// How sure the reform and the names of its bodies are.
pub(super) fn certainty(change: &Change, lang: Lang) -> &'static str {
    match change.confidence {
        sure if sure >= 0.9 => lang.pick("确定", "certain"),
        usual if usual >= 0.75 => lang.pick("通常如此", "usual"),
        _ => lang.pick("推断", "inferred"),
    }
}

fn role_text(role: Role, lang: Lang) -> &'static str {
    match role {
        Role::Lead => lang.pick("牵头", "lead"),
        Role::CoLead => lang.pick("共同牵头", "co-lead"),
        Role::Responsible => lang.pick("负责", "responsible"),
        Role::Supporting => lang.pick("配合", "supporting"),
    }
}

fn function_text(function: &Function, lang: Lang) -> &str {
    lang.pick(&function.zh, &function.en)
}

/// What a function is called, by its key; empty where it has none.
pub(super) fn function_named(key: &str, lang: Lang) -> &'static str {
    Knowledge::shipped().functions.by_key(key).map_or("", |function| function_text(function, lang))
}

fn place_text(place: &Place, lang: Lang) -> String {
    let around: Vec<&str> = place.within.iter().map(|place| place.name.as_str()).collect();
    let code = place.code.as_deref().unwrap_or_default();
    let open = lang.pick("（", " (");
    let close = lang.pick("）", ")");
    let inner: Vec<&str> = around.into_iter().chain((!code.is_empty()).then_some(code)).collect();
    if inner.is_empty() {
        return place.name.clone();
    }
    format!("{}{open}{}{close}", place.name, inner.join(lang.pick("，", ", ")))
}

/// Writes one object on one line.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn json(out: &mut dyn Write, profile: &Profile, names: Names<'_>, lang: Lang) -> io::Result<()> {
    let department = &profile.department;
    let function = department.function.as_deref();
    let shape = OrganisationShape {
        organisation: &department.id,
        label: &department.label,
        collective: department.collective,
        registered: department.key.is_some(),
        kind: department.key.as_deref(),
        function: function.map(|key| FunctionShape {
            key,
            label: Knowledge::shipped().functions.by_key(key).map_or(key, |function| function_text(function, lang)),
        }),
        place: department.place.as_ref().map(PlaceShape::of),
        printed: names
            .printed(&department.id)
            .iter()
            .map(|(name, times)| PrintedShape { name, times: *times })
            .collect(),
        history: profile.history.iter().map(ChangeShape::of).collect(),
        line: profile
            .line
            .iter()
            .map(|(body, tasks)| LineShape { organisation: &body.id, label: &body.name, tasks: *tasks })
            .collect(),
        tasks: profile.parts.iter().map(|part| PartShape::of(part, names)).collect(),
    };
    json::line(out, &shape)
}

#[derive(Serialize)]
struct OrganisationShape<'a> {
    organisation: &'a str,
    label: &'a str,
    collective: bool,
    registered: bool,
    kind: Option<&'a str>,
    function: Option<FunctionShape<'a>>,
    place: Option<PlaceShape<'a>>,
    printed: Vec<PrintedShape<'a>>,
    history: Vec<ChangeShape<'a>>,
    line: Vec<LineShape<'a>>,
    tasks: Vec<PartShape<'a>>,
}

#[derive(Serialize)]
struct FunctionShape<'a> {
    key: &'a str,
    label: &'a str,
}

#[derive(Serialize)]
struct PrintedShape<'a> {
    name: &'a str,
    times: usize,
}

#[derive(Serialize)]
struct ChangeShape<'a> {
    reform: &'a str,
    kind: &'static str,
    round: i16,
    decided: String,
    completed: String,
    from: Vec<BodyShape<'a>>,
    to: Vec<BodyShape<'a>>,
    function: &'a str,
    confidence: Number,
    source: Option<&'a str>,
}

#[derive(Serialize)]
struct BodyShape<'a> {
    organisation: &'a str,
    label: &'a str,
}

impl<'a> ChangeShape<'a> {
    fn of(change: &'a Change) -> Self {
        let bodies = |bodies: &'a [Organisation]| {
            bodies.iter().map(|body| BodyShape { organisation: &body.id, label: &body.name }).collect()
        };
        let reform = change.reform;
        Self {
            reform: &reform.id,
            kind: reform.kind.as_str(),
            round: reform.round,
            decided: reform.date.to_string(),
            completed: reform.until.to_string(),
            from: bodies(&change.before),
            to: bodies(&change.after),
            function: &reform.function,
            confidence: Number(change.confidence),
            source: (!reform.source.is_empty()).then_some(reform.source.as_str()),
        }
    }
}

#[derive(Serialize)]
struct LineShape<'a> {
    organisation: &'a str,
    label: &'a str,
    tasks: usize,
}

#[derive(Serialize)]
struct PartShape<'a> {
    task: &'a str,
    document: &'a str,
    name: &'a str,
    label: &'a str,
    role: &'static str,
    text: &'a str,
}

impl<'a> PartShape<'a> {
    fn of(part: &'a Part, names: Names<'a>) -> Self {
        Self {
            task: &part.task.id,
            document: &part.task.document,
            name: names.documents.get(&part.task.document).map_or(part.task.document.as_str(), String::as_str),
            label: &part.task.label,
            role: part.role.as_str(),
            text: &part.task.text,
        }
    }
}
