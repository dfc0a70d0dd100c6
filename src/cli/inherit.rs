//! `zeren inherit`: how the mandates of documents above are carried out below.

use std::collections::{BTreeMap, BTreeSet};

use clap::Args;
use zeren::analysis::{Inheritance, Lineage, LineageLine, inherit, inherit_all};
use zeren::diagnostic::{Lang, Message};
use zeren::notice::Notice;
use zeren::query::{self, Source, StoredDocument};
use zeren::render::inherit as render;

use super::failure::Failure;
use super::pair::Pair;
use super::scope::{self, FilterArguments, Format, SourceArguments};
use super::{Done, output};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The document above: IRI or a part of its number, title or file name; none for all documents of the store.
    /// Where both are files they are read, and no store is asked
    #[arg(value_name = "PARENT")]
    parent: Option<String>,
    /// The document below; none for all that descend from it, level by level
    #[arg(value_name = "CHILD")]
    child: Option<String>,
    /// Shows the words behind every row, above and below, with their places
    #[arg(long)]
    trace: bool,
    /// Format of the result
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    csv: output::CsvArguments,
    #[command(flatten)]
    filter: FilterArguments,
    #[command(flatten)]
    source: SourceArguments,
}

pub(super) fn run(arguments: &Arguments, lang: Lang) -> Result<Done, Failure> {
    if let (Some(parent), Some(child)) = (&arguments.parent, &arguments.child) {
        let pair = Pair::open(&arguments.source, [(parent, "PARENT"), (child, "CHILD")])?;
        return one(arguments, &pair, lang);
    }
    let source = arguments.source.open()?;
    let stored = query::documents(&*source)?;
    let parent = arguments.parent.as_deref().map(|name| named(&stored, name, "PARENT")).transpose()?;
    several(arguments, &*source, &stored, parent, lang)
}

/// One pair of documents.
fn one(arguments: &Arguments, pair: &Pair, lang: Lang) -> Result<Done, Failure> {
    let [Some(parent), Some(child)] = &pair.notices else { return Ok(Done::Partly) };
    let verdicts = query::verdicts(&*pair.source, std::slice::from_ref(&child.id))?;
    for notice in [parent, child] {
        if notice.tasks.is_empty() {
            let what = Message::new(
                format!("`{}` 没有读出任务", notice.name()),
                format!("no task was read in `{}`", notice.name()),
            );
            output::warn("", what.in_lang(lang), None, lang);
        }
    }
    let result = inherit(parent, child, &verdicts);
    output::stdout(|out| match arguments.format {
        Format::Table => render::pair(out, &result, arguments.trace, lang, output::width()),
        Format::Json => render::json(out, &result),
        Format::Csv => {
            arguments.csv.begin(out, true)?;
            render::csv(out, std::slice::from_ref(&result))
        }
    })?;
    Ok(Done::Well)
}

/// All pairs below a document, or all of the store.
fn several(
    arguments: &Arguments,
    source: &dyn Source,
    stored: &[StoredDocument],
    parent: Option<&StoredDocument>,
    lang: Lang,
) -> Result<Done, Failure> {
    let outlines = query::outlines(source, stored)?;
    let lineage = Lineage::of(&outlines, &query::references(source, stored)?);
    let passing = arguments.filter.passing(stored)?;
    let lines: Vec<(usize, &LineageLine)> = match parent {
        Some(parent) => lineage.below(&parent.id),
        None => lineage.lines.iter().map(|line| (1, line)).collect(),
    };
    let lines: Vec<_> = lines.into_iter().filter(|(_, line)| passing.contains(&line.child)).collect();
    let only: Vec<&LineageLine> = lines.iter().map(|(_, line)| *line).collect();
    let pairs = compared(source, stored, &only)?;
    let nothing = lines.is_empty();
    let all = render::Several { outlines: &outlines, lineage: &lineage, lines, pairs };
    output::stdout(|out| match arguments.format {
        Format::Table => {
            render::several(out, &all, lang, output::width())?;
            if arguments.trace {
                all.pairs.iter().try_for_each(|pair| {
                    writeln!(out)?;
                    render::pair(out, pair, true, lang, output::width())
                })?;
            }
            Ok(())
        }
        Format::Json => render::json_several(out, &all),
        Format::Csv => {
            arguments.csv.begin(out, true)?;
            render::csv(out, &all.pairs)
        }
    })?;
    Ok(if nothing { Done::Partly } else { Done::Well })
}

/// The documents of some lines of descent, as far as both are stored, compared task by task.
pub(super) fn compared(
    source: &dyn Source,
    stored: &[StoredDocument],
    lines: &[&LineageLine],
) -> Result<Vec<Inheritance>, Failure> {
    let held = |line: &&&LineageLine| stored.iter().any(|document| document.id == line.parent);
    let wanted: BTreeSet<String> =
        lines.iter().filter(held).flat_map(|line| [line.parent.clone(), line.child.clone()]).collect();
    let wanted: Vec<String> = wanted.into_iter().collect();
    let notices = query::notices(source, stored, &wanted)?;
    let verdicts = query::verdicts(source, &wanted)?;
    let by_id: BTreeMap<&str, &Notice> = notices.iter().map(|notice| (notice.id.as_str(), notice)).collect();
    let pair = |line: &&LineageLine| Some([*by_id.get(line.parent.as_str())?, *by_id.get(line.child.as_str())?]);
    let pairs: Vec<[&Notice; 2]> = lines.iter().filter_map(pair).collect();
    Ok(inherit_all(&pairs, &verdicts))
}

/// The one document that a name means.
pub(super) fn named<'a>(stored: &'a [StoredDocument], name: &str, place: &str) -> Result<&'a StoredDocument, Failure> {
    let found: Vec<&StoredDocument> = stored.iter().filter(|document| document.is_named(name)).collect();
    let exact =
        |document: &&&StoredDocument| [&document.number, &document.title, &document.source].contains(&&name.to_owned());
    match (found.as_slice(), found.iter().find(exact)) {
        ([only], _) => Ok(only),
        ([_, ..], Some(exact)) => Ok(exact),
        ([], _) => Err(Failure::Usage {
            place: place.to_owned(),
            what: Message::new(format!("库中没有文件 `{name}`"), format!("no stored document is called `{name}`")),
            hint: scope::suggest(name, scope::names(stored)).or_else(|| {
                Some(Message::new(
                    "用 `zeren query documents` 查看库中文件",
                    "see what is stored with `zeren query documents`",
                ))
            }),
        }),
        (several, _) => {
            let names: Vec<String> = several
                .iter()
                .map(|document| [&document.number, &document.source].into_iter().find(|name| !name.is_empty()))
                .map(|name| format!("`{}`", name.map_or("", |name| name)))
                .collect();
            Err(Failure::Usage {
                place: place.to_owned(),
                what: Message::new(
                    format!("`{name}` 可以指 {} 份文件", several.len()),
                    format!("`{name}` may mean {} documents", several.len()),
                ),
                hint: Some(Message::new(
                    format!("是 {} 中的哪一份？", names.join("、")),
                    format!("which of {}?", names.join(", ")),
                )),
            })
        }
    }
}
