//! One document beside one below it.

use std::io::{self, Write};

use super::words;
use crate::analysis::{DateChange, Fate, FigureChange, Inheritance, Link, OwnerChange, Status};
use crate::diagnostic::Lang;
use crate::notice::{Mandate, Notice};
use crate::render::csv;
use crate::render::table::Table;

/// Writes what was handed down: the figures, what to look at, then every task; with `trace` both wordings and places.
///
/// `width` is that of the terminal in cells, if it is one.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn pair(
    out: &mut dyn Write,
    inheritance: &Inheritance,
    trace: bool,
    lang: Lang,
    width: Option<usize>,
) -> io::Result<()> {
    summary(out, inheritance, lang)?;
    concerns(out, inheritance, lang, width)?;
    writeln!(out, "\n{}", lang.pick("逐项对照", "task by task"))?;
    let zh = ["上级任务", "状态", "下级任务", "相似度", "牵头", "指标", "时限"];
    let en = ["task above", "status", "task below", "likeness", "lead", "figures", "dates"];
    let mut table = Table::new(if lang == Lang::Zh { zh } else { en }).right(3);
    for (task, fate) in inheritance.parent.tasks.iter().zip(&inheritance.fates) {
        rows(&mut table, inheritance, task, fate, lang);
    }
    table.write(out, width)?;
    if !inheritance.new.is_empty() {
        writeln!(out, "\n{}", lang.pick("下级新增的任务", "new below"))?;
        for task in inheritance.new.iter().filter_map(|index| inheritance.child.tasks.get(*index)) {
            writeln!(out, "  {}", words::task(task))?;
        }
    }
    if trace {
        for (task, fate) in inheritance.parent.tasks.iter().zip(&inheritance.fates) {
            evidence(out, inheritance, task, fate, lang)?;
        }
    }
    Ok(())
}

/// The figures in two lines.
fn summary(out: &mut dyn Write, inheritance: &Inheritance, lang: Lang) -> io::Result<()> {
    let Inheritance { parent, child, addressed, taken_up, .. } = inheritance;
    writeln!(out, "{} → {}", parent.name(), child.name())?;
    let share = inheritance.coverage().map_or_else(|| "–".to_owned(), |share| format!("{:.0}%", share * 100.0));
    let counts: Vec<String> = Status::ALL
        .into_iter()
        .map(|status| format!("{} {}", words::status(status, lang), inheritance.count(status)))
        .collect();
    let counts = counts.join(lang.pick("，", ", "));
    let (all, new) = (parent.tasks.len(), inheritance.new.len());
    match lang {
        Lang::Zh => {
            writeln!(out, "覆盖率 {share}：面向本级的 {addressed} 项中已承接 {taken_up} 项")?;
            writeln!(out, "上级任务 {all} 项：{counts}；下级新增 {new} 项")
        }
        Lang::En => {
            writeln!(out, "coverage {share}: {taken_up} of the {addressed} tasks laid on this level are taken up")?;
            writeln!(out, "tasks above {all}: {counts}; new below {new}")
        }
    }
}

/// What the reader should look at: what is missing, and what became less.
fn concerns(out: &mut dyn Write, inheritance: &Inheritance, lang: Lang, width: Option<usize>) -> io::Result<()> {
    let mut table =
        Table::new(if lang == Lang::Zh { ["问题", "上级", "下级"] } else { ["concern", "above", "below"] });
    let tasks = || inheritance.parent.tasks.iter().zip(&inheritance.fates);
    let lacks = |fate: &Fate| fate.status == Status::Missing && fate.addressed.holds();
    for (task, fate) in tasks().filter(|(_, fate)| lacks(fate)) {
        let nearest = fate.nearest.as_ref().and_then(|link| Some((link, inheritance.child.tasks.get(link.below)?)));
        let nearest = nearest.filter(|(link, _)| link.similarity >= 0.15);
        let nearest = nearest.map(|(_, task)| format!("{}{}", lang.pick("最相近：", "nearest: "), words::task(task)));
        table.row([words::status(fate.status, lang).to_owned(), words::task(task), nearest.unwrap_or_default()]);
    }
    for (task, fate) in tasks() {
        for drift in &fate.figures {
            if matches!(drift.change, FigureChange::Loosened | FigureChange::Dropped) {
                let concern = format!("{}{}", lang.pick("指标", "figure "), words::figure(drift.change, lang));
                let below = drift.below.as_ref().map(|(_, figure)| words::quantity(figure)).unwrap_or_default();
                table.row([concern, format!("{} {}", task.label, words::quantity(&drift.above)), below]);
            }
        }
        for drift in &fate.dates {
            if matches!(drift.change, DateChange::Later | DateChange::Dropped) {
                let concern = format!("{}{}", lang.pick("时限", "date "), words::date(drift.change, lang));
                let below = drift.below.as_ref().map(|(_, limit)| words::limit(limit)).unwrap_or_default();
                table.row([concern, format!("{} {}", task.label, words::limit(&drift.above)), below]);
            }
        }
        if let Some(drift) = fate.owner.as_ref().filter(|drift| drift.change == OwnerChange::Moved) {
            let concern = format!("{}{}", lang.pick("牵头", "lead "), words::owner(drift.change, lang));
            let above = format!("{} {}", task.label, words::holders(&drift.above));
            table.row([concern, above, words::holders(drift.below.iter().map(|(_, holder)| holder))]);
        }
    }
    if table.is_empty() {
        return writeln!(out, "{}", lang.pick("没有遗漏，也没有放宽", "nothing is missing and nothing became less"));
    }
    writeln!(out, "\n{}", lang.pick("请先看", "to look at first"))?;
    table.write(out, width)
}

/// One row for every task below, one for a task that is missing.
fn rows(table: &mut Table, inheritance: &Inheritance, task: &Mandate, fate: &Fate, lang: Lang) {
    let mut status = words::status(fate.status, lang).to_owned();
    if fate.status == Status::Missing && !fate.addressed.holds() {
        status = format!("{status}{}", bracketed(words::addressed(fate.addressed, lang), lang));
    }
    let owner = fate.owner.as_ref().map(|drift| words::owner(drift.change, lang).to_owned()).unwrap_or_default();
    let figures = counted(fate.figures.iter().map(|drift| words::figure(drift.change, lang)));
    let dates = counted(fate.dates.iter().map(|drift| words::date(drift.change, lang)));
    let mut first = [words::task(task), status, owner, figures, dates];
    if fate.children.is_empty() {
        let [above, status, owner, figures, dates] = first;
        table.row([above, status, String::new(), String::new(), owner, figures, dates]);
        return;
    }
    for link in &fate.children {
        let below = inheritance.child.tasks.get(link.below).map(words::task).unwrap_or_default();
        let [above, status, owner, figures, dates] = std::mem::take(&mut first);
        table.row([above, status, below, likeness(link, lang), owner, figures, dates]);
    }
}

fn likeness(link: &Link, lang: Lang) -> String {
    match &link.confirmed {
        Some(_) => lang.pick("人工确认", "by a person").to_owned(),
        None => format!("{:.2}", link.similarity),
    }
}

fn bracketed(words: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("（{words}）"),
        Lang::En => format!(" ({words})"),
    }
}

/// 一致 2、未提 1: each with how often it stands there.
fn counted(all: impl Iterator<Item = &'static str>) -> String {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for word in all {
        match counts.iter_mut().find(|(known, _)| *known == word) {
            Some((_, count)) => *count += 1,
            None => counts.push((word, 1)),
        }
    }
    let shown =
        counts.into_iter().map(|(word, count)| if count > 1 { format!("{word}×{count}") } else { word.to_owned() });
    shown.collect::<Vec<_>>().join(" ")
}

/// Both wordings of a task with their places, and what speaks for the link.
fn evidence(out: &mut dyn Write, inheritance: &Inheritance, task: &Mandate, fate: &Fate, lang: Lang) -> io::Result<()> {
    let Inheritance { parent, child, .. } = inheritance;
    let stated = |notice: &Notice, task: &Mandate| {
        format!("{} {} [{}]", task.label, task.text.replace('\n', " "), words::place(&notice.source, task.span))
    };
    writeln!(out, "\n{}", stated(parent, task))?;
    let (status, laid) = (words::status(fate.status, lang), words::addressed(fate.addressed, lang));
    writeln!(out, "  {status}{}", bracketed(laid, lang))?;
    for link in &fate.children {
        let Some(below) = child.tasks.get(link.below) else { continue };
        writeln!(out, "  → {}", stated(child, below))?;
        let parts = link.parts;
        let parties = parts.parties.map_or_else(|| "–".to_owned(), |parties| format!("{parties:.2}"));
        let shown = [
            (lang.pick("用词", "words"), format!("{:.2}", parts.words)),
            (lang.pick("标题", "title"), format!("{:.2}", parts.title)),
            (lang.pick("提及", "mention"), format!("{:.2}", parts.mention)),
            (lang.pick("上级标题", "headings"), format!("{:.2}", parts.heading)),
            (lang.pick("包含", "contained"), format!("{:.2}", parts.contained)),
            (lang.pick("最近分句", "clause"), format!("{:.2}", parts.clause)),
            (lang.pick("共同用词", "shared"), format!("{:.2}", parts.shared)),
            (lang.pick("指标", "indicators"), format!("{:.2}", parts.indicators)),
            (lang.pick("引文", "citations"), format!("{:.2}", parts.citations)),
            (lang.pick("部门", "parties"), parties),
        ];
        let shown: Vec<String> = shown.into_iter().map(|(name, part)| format!("{name} {part}")).collect();
        writeln!(out, "    {} = {}", likeness(link, lang), shown.join("  "))?;
        if let Some(verdict) = &link.confirmed {
            writeln!(out, "    {}{}{}", verdict.by, lang.pick("：", ": "), verdict.why)?;
        }
    }
    let colon = lang.pick("：", ": ");
    let line = |out: &mut dyn Write, kind: &str, change: &str, above: String, below: Option<String>| {
        writeln!(out, "  {kind} {change}{colon}{above} → {}", below.as_deref().unwrap_or("–"))
    };
    if let Some(drift) = &fate.owner {
        let named = |notice: &Notice, holder: &crate::notice::Holder| {
            format!("{} [{}]", holder.printed, words::place(&notice.source, holder.span))
        };
        let above: Vec<String> = drift.above.iter().map(|holder| named(parent, holder)).collect();
        let below: Vec<String> = drift.below.iter().map(|(_, holder)| named(child, holder)).collect();
        let change = words::owner(drift.change, lang);
        line(out, lang.pick("牵头", "lead"), change, above.join("、"), Some(below.join("、")))?;
    }
    for drift in &fate.figures {
        let quoted = |notice: &Notice, figure: &crate::notice::Quantity| {
            let printed = if figure.words.is_empty() { String::new() } else { format!("“{}”", figure.words) };
            format!("{}{printed} [{}]", words::quantity(figure), words::place(&notice.source, figure.span))
        };
        let below = drift.below.as_ref().map(|(_, figure)| quoted(child, figure));
        let change = words::figure(drift.change, lang);
        line(out, lang.pick("指标", "figure"), change, quoted(parent, &drift.above), below)?;
    }
    for drift in &fate.dates {
        let quoted = |notice: &Notice, limit: &crate::notice::Limit| {
            format!("{}“{}” [{}]", words::limit(limit), limit.words, words::place(&notice.source, limit.span))
        };
        let below = drift.below.as_ref().map(|(_, limit)| quoted(child, limit));
        let change = words::date(drift.change, lang);
        line(out, lang.pick("时限", "date"), change, quoted(parent, &drift.above), below)?;
    }
    Ok(())
}

/// Writes one line for every task above and task below that carries it out, and for every new one; with a header.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn csv<'a>(
    out: &mut dyn Write,
    pairs: impl IntoIterator<Item = impl std::borrow::Borrow<Inheritance<'a>>>,
) -> io::Result<()> {
    let header = [
        "parent",
        "child",
        "label",
        "text",
        "status",
        "addressed",
        "child_label",
        "child_text",
        "similarity",
        "lead",
        "lead_above",
        "lead_below",
        "figures",
        "dates",
        "task",
        "child_task",
    ];
    csv::line(out, header)?;
    for pair in pairs {
        let pair = pair.borrow();
        let names = [pair.parent.name(), pair.child.name()];
        for (task, fate) in pair.parent.tasks.iter().zip(&pair.fates) {
            let owner = fate.owner.as_ref();
            let figures = fate.figures.iter().map(|drift| {
                let below = drift.below.as_ref().map(|(_, figure)| words::value(figure)).unwrap_or_default();
                format!("{}: {} → {below}", drift.change.as_str(), words::quantity(&drift.above))
            });
            let dates = fate.dates.iter().map(|drift| {
                let below = drift.below.as_ref().map(|(_, limit)| words::limit(limit)).unwrap_or_default();
                format!("{}: {} → {below}", drift.change.as_str(), words::limit(&drift.above))
            });
            let (figures, dates) = (figures.collect::<Vec<_>>().join("; "), dates.collect::<Vec<_>>().join("; "));
            let mut links: Vec<Option<&Link>> = fate.children.iter().map(Some).collect();
            if links.is_empty() {
                links.push(None);
            }
            for link in links {
                let below = link.and_then(|link| pair.child.tasks.get(link.below));
                csv::line(
                    out,
                    [
                        names[0],
                        names[1],
                        &task.label,
                        &task.text,
                        fate.status.as_str(),
                        fate.addressed.as_str(),
                        below.map_or("", |task| &task.label),
                        below.map_or("", |task| &task.text),
                        &link.map(|link| format!("{:.3}", link.similarity)).unwrap_or_default(),
                        owner.map_or("", |drift| drift.change.as_str()),
                        &owner.map(|drift| words::holders(&drift.above)).unwrap_or_default(),
                        &owner
                            .map(|drift| words::holders(drift.below.iter().map(|(_, holder)| holder)))
                            .unwrap_or_default(),
                        &figures,
                        &dates,
                        &task.id,
                        below.map_or("", |task| &task.id),
                    ],
                )?;
            }
        }
        for task in pair.new.iter().filter_map(|index| pair.child.tasks.get(*index)) {
            let mut cells = [""; 16];
            (cells[0], cells[1], cells[4], cells[6], cells[7]) = (names[0], names[1], "new", &task.label, &task.text);
            cells[15] = &task.id;
            csv::line(out, cells)?;
        }
    }
    Ok(())
}
