//! `zeren inherit`: how the mandates of documents above are carried out below.

use std::collections::{BTreeMap, BTreeSet};

use clap::Args;
use zeren::analysis::{Inheritance, Lineage, LineageLine, inherit, inherit_all};
use zeren::diagnostic::{Lang, Message};
use zeren::notice::Notice;
use zeren::query::{self, Source, StoredDocument};
use zeren::render::inherit as render;

use super::analysis::AnalysisArguments;
use super::failure::Failure;
use super::pair::{self, Pair, Wanted};
use super::scope::Format;
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
    #[command(flatten)]
    common: AnalysisArguments<Format>,
}

pub(super) fn run(arguments: &Arguments, lang: Lang) -> Result<Done, Failure> {
    let common = &arguments.common;
    let above = |name| Wanted { name, place: "PARENT", filtered: false };
    if let (Some(parent), Some(child)) = (&arguments.parent, &arguments.child) {
        let child = Wanted { name: child, place: "CHILD", filtered: true };
        let pair = Pair::open(&common.source, &common.filter, [above(parent), child], lang)?;
        return one(common, &pair, lang);
    }
    let source = common.source.open()?;
    let stored = query::documents(&*source)?;
    let parent = arguments.parent.as_deref().map(|name| pair::named(&stored, &[], name, &above(name))).transpose()?;
    several(common, &*source, &stored, parent, lang)
}

/// One pair of documents.
fn one(common: &AnalysisArguments<Format>, pair: &Pair, lang: Lang) -> Result<Done, Failure> {
    let [parent, child] = &pair.notices;
    let verdicts = query::verdicts(&*pair.source, std::slice::from_ref(&child.id))?;
    let references = query::references(&*pair.source, &[])?;
    if references.edges.iter().any(|edge| edge.from == parent.id && edge.to == child.id) {
        let what = Message::new(
            format!("`{}` 引用 `{}`，后者才是上级文件", parent.name(), child.name()),
            format!("`{}` cites `{}`, not the other way round", parent.name(), child.name()),
        );
        let hint = lang.pick("上级文件写在前面", "the document above comes first");
        output::warn("", what.in_lang(lang), Some(hint), lang);
    }
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
    common.write(|out| match common.format {
        Format::Table => render::pair(out, &result, common.trace, lang, common.width()),
        Format::Json => render::json(out, &result, pair.succession.as_ref()),
        Format::Csv => render::csv(out, std::slice::from_ref(&result)),
    })?;
    Ok(Done::Well)
}

/// All pairs below a document, or all of the store.
fn several(
    common: &AnalysisArguments<Format>,
    source: &dyn Source,
    stored: &[StoredDocument],
    parent: Option<&StoredDocument>,
    lang: Lang,
) -> Result<Done, Failure> {
    let outlines = query::outlines(source, stored)?;
    let lineage = Lineage::of(&outlines, &query::references(source, stored)?);
    let passing = common.filter.documents.passing(stored, lang)?;
    let lines: Vec<(usize, &LineageLine)> = match parent {
        Some(parent) => lineage.below(&parent.id),
        None => lineage.lines.iter().map(|line| (1, line)).collect(),
    };
    let lines: Vec<_> = lines.into_iter().filter(|(_, line)| passing.contains(&line.child)).collect();
    let only: Vec<&LineageLine> = lines.iter().map(|(_, line)| *line).collect();
    let mut notices = held(source, stored, &only)?;
    let succession = common.filter.followed(&mut notices, lang);
    let pairs = compared(source, &notices, &only)?;
    let nothing = lines.is_empty();
    let all = render::Several {
        outlines: &outlines,
        lineage: &lineage,
        lines,
        pairs,
        root: parent.map(StoredDocument::name),
        succession,
    };
    common.write(|out| match common.format {
        Format::Table => {
            render::several(out, &all, common.trace, lang, common.width())?;
            if common.trace {
                all.pairs.iter().try_for_each(|pair| {
                    writeln!(out)?;
                    render::pair(out, pair, true, lang, common.width())
                })?;
            }
            Ok(())
        }
        Format::Json => render::json_several(out, &all),
        Format::Csv => render::csv(out, &all.pairs),
    })?;
    Ok(if nothing { Done::Partly } else { Done::Well })
}

/// The documents of some lines of descent, as far as both are stored.
pub(super) fn held(
    source: &dyn Source,
    stored: &[StoredDocument],
    lines: &[&LineageLine],
) -> Result<Vec<Notice>, Failure> {
    let held = |line: &&&LineageLine| stored.iter().any(|document| document.id == line.parent);
    let wanted: BTreeSet<String> =
        lines.iter().filter(held).flat_map(|line| [line.parent.clone(), line.child.clone()]).collect();
    let wanted: Vec<String> = wanted.into_iter().collect();
    Ok(query::notices(source, stored, &wanted)?)
}

/// The documents of some lines of descent compared task by task, as far as both are among the notices.
pub(super) fn compared<'a>(
    source: &dyn Source,
    notices: &'a [Notice],
    lines: &[&LineageLine],
) -> Result<Vec<Inheritance<'a>>, Failure> {
    let wanted: Vec<String> = notices.iter().map(|notice| notice.id.clone()).collect();
    let verdicts = query::verdicts(source, &wanted)?;
    let by_id: BTreeMap<&str, &Notice> = notices.iter().map(|notice| (notice.id.as_str(), notice)).collect();
    let pair = |line: &&LineageLine| Some([*by_id.get(line.parent.as_str())?, *by_id.get(line.child.as_str())?]);
    let pairs: Vec<[&Notice; 2]> = lines.iter().filter_map(pair).collect();
    Ok(inherit_all(&pairs, &verdicts))
}
