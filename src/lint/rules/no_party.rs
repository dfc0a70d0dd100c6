//! Tasks without a party.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Finding};
use crate::extract::{Rule as Convention, Task};
use crate::knowledge::Knowledge;
use crate::lint::notice::Notice;
use crate::lint::rule::rule;
use crate::parse::Node;
use crate::parse::label::Style;
use crate::span::{Span, fold_str};

rule! {
    /// # 任务没有责任单位
    /// # a task names no party
    ///
    /// ## 查什么
    /// 同一级的其他任务都写明了责任单位，唯独这一项没有；表格中则是责任单位一栏为空、也不是合并单元格的行。
    /// ## What it finds
    /// An item without a responsible body among items of the same list that have one, and a row of a table
    /// whose party cells are empty without being merged with those above.
    /// ## 为什么
    /// 没有责任单位的任务没有人接，督查时也找不到人。
    /// ## Why it matters
    /// A task that is nobody's is not done, and nobody can be asked about it.
    /// ## Wrong
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进县域医共体建设，完善运行机制。（县卫生健康局负责）
    /// （二）落实政府投入责任，安排补助资金。（县财政局负责）
    /// （三）建设统一的信息平台，推动数据共享。
    /// （四）完善医保支付方式，推行按病种付费。（县医保局负责）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进县域医共体建设，完善运行机制。（县卫生健康局负责）
    /// （二）落实政府投入责任，安排补助资金。（县财政局负责）
    /// （三）建设统一的信息平台，推动数据共享。（县卫生健康局负责）
    /// （四）完善医保支付方式，推行按病种付费。（县医保局负责）
    /// 二、保障措施
    /// （一）加强组织领导，及时研究解决问题。
    /// （二）加强宣传引导，营造良好氛围。
    /// ```
    NO_PARTY: NoParty, Some(check)
}

/// The share of items that must name a party before the others are missed.
const MOST: f64 = 0.75;
/// The shortest item in characters that is a task and not a heading.
const SHORTEST: usize = 8;

fn check(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    rows(notice, findings);
    if notice.facts.conventions.iter().any(|rule| rule.rule == Convention::AlsoFallsTo) {
        return;
    }
    let nodes = &notice.document.nodes;
    let mut covered = covered(notice);
    // a node whose own words name the parties covers those below, and one below covers its heading
    for (index, node) in nodes.iter().enumerate() {
        let above = node.parent.and_then(|parent| covered.get(parent).copied());
        if above == Some(Covered::Own)
            && let Some(own) = covered.get_mut(index).filter(|own| **own == Covered::No)
        {
            *own = Covered::Own;
        }
    }
    for (index, node) in nodes.iter().enumerate().rev() {
        let has = covered.get(index).is_some_and(|own| *own != Covered::No);
        if let Some(parent) = node.parent.filter(|_| has)
            && let Some(above) = covered.get_mut(parent).filter(|above| **above == Covered::No)
        {
            *above = Covered::Below;
        }
    }
    let is_covered = |index: usize| covered.get(index).is_some_and(|own| *own != Covered::No);
    let has_children: Vec<bool> = {
        let mut flags = vec![false; nodes.len()];
        for parent in nodes.iter().filter_map(|node| node.parent) {
            if let Some(flag) = flags.get_mut(parent) {
                *flag = true;
            }
        }
        flags
    };
    // items of one style and depth, by the item above them
    let mut lists: BTreeMap<(Option<usize>, usize), Vec<usize>> = BTreeMap::new();
    let mut styles: Vec<Style> = Vec::new();
    for (index, node) in nodes.iter().enumerate().filter(|(_, node)| !node.in_table) {
        let Some(label) = &node.label else { continue };
        let style = styles.iter().position(|style| *style == label.style).unwrap_or_else(|| {
            styles.push(label.style);
            styles.len() - 1
        });
        lists.entry((node.parent, style)).or_default().push(index);
    }
    for style in 0..styles.len() {
        let groups: Vec<&Vec<usize>> = lists
            .iter()
            .filter(|((_, own), list)| *own == style && list.iter().any(|index| is_covered(*index)))
            .map(|(_, list)| list)
            .collect();
        let all: usize = groups.iter().map(|list| list.len()).sum();
        let with: usize = groups.iter().map(|list| list.iter().filter(|index| is_covered(**index)).count()).sum();
        if all < 3 || ratio(with, all) < MOST {
            continue;
        }
        for index in groups.into_iter().flatten().copied().filter(|index| !is_covered(*index)) {
            let Some(node) = nodes.get(index) else { continue };
            if has_children.get(index).copied().unwrap_or(false) || !is_task(notice, node) {
                continue;
            }
            findings.push(missing(words(node)));
        }
    }
}

/// Whether the words of an item name parties.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Covered {
    No,
    /// An item below does.
    Below,
    /// Its own words do.
    Own,
}

fn covered(notice: &Notice<'_>) -> Vec<Covered> {
    let mut places: Vec<Span> =
        notice.tasks().filter(|task| task.clause_span.is_some()).map(|task| task.span).collect();
    places.sort_unstable();
    notice
        .document
        .nodes
        .iter()
        .map(|node| {
            let behind = places.partition_point(|place| place.start < node.span.end);
            let near = places.get(..behind).unwrap_or_default().iter().rev().take(4);
            let own = near.into_iter().any(|place| place.overlaps(node.span));
            if own { Covered::Own } else { Covered::No }
        })
        .collect()
}

/// Whether an item without a clause reads like a task: words of its own, no responsibility told in prose, and no
/// heading of safeguards above it.
fn is_task(notice: &Notice<'_>, node: &Node) -> bool {
    let place = words(node);
    let folded = fold_str(notice.text.slice(place));
    let prose = ["负责", "牵头", "责任单位", "责任部门", "承办"];
    let sections = &Notice::words().sections.without_parties;
    let mut above = Some(node);
    while let Some(item) = above {
        let heading: String =
            item.paragraphs.first().map(|span| notice.text.slice(*span).chars().take(20).collect()).unwrap_or_default();
        if sections.iter().any(|section| heading.contains(section.as_str())) {
            return false;
        }
        above = item.parent.and_then(|parent| notice.document.nodes.get(parent));
    }
    let suffixes = &Knowledge::shipped().vocabulary.parties.suffixes;
    let inner = folded.trim_end_matches(['。', ';', ' ']).strip_suffix(')').unwrap_or_default();
    if suffixes.iter().any(|suffix| inner.ends_with(suffix.as_str())) {
        return false;
    }
    // a line that ends with a colon only leads in what follows
    place.len() >= SHORTEST && !folded.ends_with(':') && !prose.iter().any(|word| folded.contains(word))
}

fn words(node: &Node) -> Span {
    let first = node.paragraphs.first().copied().unwrap_or(node.span);
    let last = node.paragraphs.last().copied().unwrap_or(first);
    if node.paragraphs.len() > 1 { first } else { first.to(last) }
}

/// Rows of tables whose party cells are empty.
fn rows(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    for table in &notice.document.tables {
        let inside: Vec<_> = notice.tasks().filter(|task| table.span.contains(task.span)).collect();
        let empty: Vec<_> = inside
            .iter()
            .filter(|task| task.responsibilities.is_empty() && !task.open && task.clause.is_none())
            .collect();
        if empty.is_empty() || inside.len() < 3 || ratio(inside.len() - empty.len(), inside.len()) < MOST {
            continue;
        }
        let totals = &Notice::words().sections.totals;
        let is_total =
            |task: &&&Task| totals.iter().any(|word| task.text.starts_with(word.as_str()) || task.label == *word);
        findings.extend(empty.into_iter().filter(|task| !is_total(task)).map(|task| missing(task.span)));
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of items are small")]
fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

fn missing(place: Span) -> Finding {
    Finding::new(Code::NoParty, place, "这项任务没有写明责任单位", "this task names no responsible body")
        .with_hint("请写明由谁负责，如“（市财政局负责）”", "say who is responsible, as in （市财政局负责）")
}
