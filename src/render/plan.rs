//! What a query asks and how it is evaluated, for people.

use std::io::{self, Write};

use crate::diagnostic::Lang;
use crate::query::{NamedQuery, Query, Step};

/// Writes what a query answers, its parameters and columns, its SPARQL as any server reads it, and the steps of its
/// evaluation with the rows that each gave.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn plan(out: &mut dyn Write, named: Option<&NamedQuery>, query: &Query, plan: &Step, lang: Lang) -> io::Result<()> {
    if let Some(named) = named {
        writeln!(out, "{}\n{}", named.title.in_lang(lang), named.about.in_lang(lang))?;
        if !named.parameters.is_empty() {
            writeln!(out, "\n{}", lang.pick("参数", "parameters"))?;
        }
        for parameter in &named.parameters {
            let need = match (parameter.optional, parameter.default) {
                (_, Some(default)) => format!("{}{default}", lang.pick("默认 ", "default ")),
                (true, None) => lang.pick("可省", "optional").to_owned(),
                (false, None) => lang.pick("必填", "required").to_owned(),
            };
            let (name, kind, about) = (parameter.name, parameter.kind.as_str(), parameter.about.in_lang(lang));
            writeln!(out, "  {name} ({kind}, {need}): {about}")?;
        }
        writeln!(out, "\n{}", lang.pick("各列", "columns"))?;
        for column in &named.columns {
            writeln!(out, "  {}: {}", column.name, column.about.in_lang(lang))?;
        }
        writeln!(out)?;
    }
    writeln!(out, "SPARQL\n  {query}\n\n{}", lang.pick("执行步骤（行数）", "evaluation (rows)"))?;
    step(out, plan, 1)
}

fn step(out: &mut dyn Write, one: &Step, depth: usize) -> io::Result<()> {
    let rows = one.rows.map(|rows| format!("  {rows}")).unwrap_or_default();
    writeln!(out, "{:indent$}{}{rows}", "", one.name, indent = depth * 2)?;
    one.children.iter().try_for_each(|child| step(out, child, depth + 1))
}
