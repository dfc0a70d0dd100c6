//! What changed between two documents, marked up as a page: one file without script, fonts or pictures.

use std::io::{self, Write};

use super::table::{Row, counts, kind, rows};
use crate::analysis::{Diff, Edit, Pair};
use crate::diagnostic::Lang;
use crate::notice::{Mandate, Notice};
use crate::render::escape;
use crate::render::inherit::words;

/// How the page looks.
const STYLE: &str = include_str!("page.css");

/// Writes the page.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn html(out: &mut dyn Write, diff: &Diff, lang: Lang) -> io::Result<()> {
    let title = format!("{} → {}", diff.before.name(), diff.after.name());
    writeln!(out, "<!DOCTYPE html>")?;
    writeln!(out, "<html lang=\"{}\">", lang.pick("zh-CN", "en"))?;
    writeln!(out, "<head>\n<meta charset=\"utf-8\">")?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
    writeln!(out, "<meta name=\"color-scheme\" content=\"light dark\">")?;
    writeln!(out, "<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>", escape(&title))?;
    writeln!(out, "<header>\n<h1 lang=\"zh-CN\">{}</h1>", escape(&diff.after.title))?;
    for (word, notice) in [(lang.pick("前", "before"), &diff.before), (lang.pick("后", "after"), &diff.after)] {
        writeln!(out, "<p class=\"details\">{word} · {}</p>", escape(&details(notice)))?;
    }
    writeln!(out, "<p class=\"counts\">{}</p>\n</header>", escape(&counts(diff, lang)))?;
    changes(out, diff, lang)?;
    writeln!(out, "<article lang=\"zh-CN\">")?;
    body(out, diff, lang)?;
    writeln!(out, "</article>\n</main>\n</body>\n</html>")
}

fn details(notice: &Notice) -> String {
    let parts = [&notice.number, &notice.title, &notice.source];
    parts.into_iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" · ")
}

/// The changes of substance: tasks, leads, figures and dates; the wording is marked below.
fn changes(out: &mut dyn Write, diff: &Diff, lang: Lang) -> io::Result<()> {
    let listed: Vec<Row> = rows(diff).into_iter().filter(|row| row.kind != "reworded").collect();
    if listed.is_empty() {
        return Ok(());
    }
    writeln!(out, "<table>\n<thead><tr>")?;
    let header =
        if lang == Lang::Zh { ["变化", "任务", "前", "后"] } else { ["change", "task", "before", "after"] };
    for name in header {
        write!(out, "<th scope=\"col\">{name}</th>")?;
    }
    writeln!(out, "</tr></thead>\n<tbody>")?;
    for row in listed {
        let [label, before, after] = [&row.label, &row.before, &row.after].map(|words| escape(words));
        writeln!(
            out,
            "<tr><th scope=\"row\">{}</th><td>{label}</td><td>{before}</td><td>{after}</td></tr>",
            kind(row.kind, lang)
        )?;
    }
    writeln!(out, "</tbody>\n</table>")
}

/// The tasks of the document after, with those gone where they stood.
fn body(out: &mut dyn Write, diff: &Diff, lang: Lang) -> io::Result<()> {
    let mut gone: Vec<usize> = diff.dropped.iter().map(|(old, _)| *old).collect();
    let mut heading: Vec<String> = Vec::new();
    for (index, task) in diff.after.tasks.iter().enumerate() {
        let pair = diff.pairs.iter().find(|pair| pair.after == index);
        if let Some(pair) = pair {
            while let Some(old) = gone.first().copied().filter(|old| *old < pair.before) {
                gone.remove(0);
                whole(out, diff.before.tasks.get(old), Edit::Dropped, lang)?;
            }
        }
        if task.path != heading {
            heading.clone_from(&task.path);
            if let Some(line) = heading.last().filter(|line| **line != task.title) {
                writeln!(out, "<h2>{}</h2>", escape(line))?;
            }
        }
        match pair {
            Some(pair) => both(out, diff, pair, task, lang)?,
            None => whole(out, Some(task), Edit::Added, lang)?,
        }
    }
    gone.into_iter().try_for_each(|old| whole(out, diff.before.tasks.get(old), Edit::Dropped, lang))
}

/// A task that is new or gone.
fn whole(out: &mut dyn Write, task: Option<&Mandate>, edit: Edit, lang: Lang) -> io::Result<()> {
    let Some(task) = task else { return Ok(()) };
    let (element, word) = match edit {
        Edit::Dropped => ("del", lang.pick("取消", "dropped")),
        _ => ("ins", lang.pick("新增", "added")),
    };
    writeln!(out, "<section class=\"{}\">\n<p class=\"tag\">{word}</p>", edit.as_str())?;
    writeln!(out, "<p><b>{}</b> <{element}>{}</{element}></p>", escape(&task.label), lines(&task.text))?;
    writeln!(out, "<p class=\"parties\">{}</p>\n</section>", escape(&words::holders(&task.parties)))
}

/// A task that stands in both, its changes marked.
fn both(out: &mut dyn Write, diff: &Diff, pair: &Pair, task: &Mandate, lang: Lang) -> io::Result<()> {
    let class = if pair.is_changed() { "changed" } else { "kept" };
    writeln!(out, "<section class=\"{class}\">")?;
    if pair.is_changed() {
        writeln!(out, "<p class=\"tag\">{}</p>", lang.pick("修改", "changed"))?;
    }
    let old = diff.before.tasks.get(pair.before);
    let label = match old.filter(|old| old.label != task.label) {
        Some(old) => format!("<del>{}</del> <ins>{}</ins>", escape(&old.label), escape(&task.label)),
        None => escape(&task.label),
    };
    write!(out, "<p><b>{label}</b> ")?;
    if pair.wording.is_empty() {
        write!(out, "{}", lines(&task.text))?;
    }
    for (edit, text) in &pair.wording {
        match edit {
            Edit::Kept => write!(out, "{}", lines(text))?,
            Edit::Dropped => write!(out, "<del>{}</del>", lines(text))?,
            Edit::Added => write!(out, "<ins>{}</ins>", lines(text))?,
        }
    }
    writeln!(out, "</p>")?;
    let joined: Vec<&str> = pair.joined.iter().map(|holder| holder.body.id.as_str()).collect();
    let now = task.parties.iter().map(|holder| {
        let before = old.and_then(|old| old.parties.iter().find(|other| other.body.id == holder.body.id));
        let now = role(holder.role, lang);
        let shown = match before.filter(|before| before.role != holder.role) {
            Some(before) => format!("<del>{}</del> <ins>{now}</ins>", role(before.role, lang)),
            None => now.to_owned(),
        };
        let name = format!("{} <small>{shown}</small>", escape(&holder.printed));
        if joined.contains(&holder.body.id.as_str()) { format!("<ins>{name}</ins>") } else { name }
    });
    let left = pair
        .left
        .iter()
        .map(|holder| format!("<del>{} <small>{}</small></del>", escape(&holder.printed), role(holder.role, lang)));
    let parties: Vec<String> = now.chain(left).collect();
    writeln!(out, "<p class=\"parties\">{}</p>", parties.join(lang.pick("、", ", ")))?;
    writeln!(out, "</section>")
}

fn role(role: crate::extract::Role, lang: Lang) -> &'static str {
    lang.pick(role.zh(), role.as_str())
}

/// Text with its line breaks.
fn lines(text: &str) -> String {
    escape(text).replace('\n', "<br>")
}
