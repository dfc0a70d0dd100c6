//! Tasks in prose: items with responsibility clauses, and outlines that were tables.

mod broken;
mod cover;
mod duty;
mod instruction;
mod item;
mod outline;
mod place;
mod sentence;

use std::collections::HashMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::clause::{self, Frame, Statement};
use super::draft::{self, Draft};
use super::model::Role;
use super::object;
use super::party::{self, Likeness};
use crate::diagnostic::Finding;
use crate::knowledge::Knowledge;
use crate::parse::label::Style;
use crate::parse::{Document, Node};
use crate::span::{Span, Text, fold};
use outline::{Kind, Outline};
use place::Reach;
pub(super) use place::{in_cell, unread};

/// A task and the item that it was found at.
struct Found {
    node: usize,
    draft: Draft,
    /// Where its clause stands.
    stands: Stands,
}

/// Where the clause of a task stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stands {
    /// In the item's own words, or behind them.
    Within,
    /// On a line of its own behind all words of the item: it may govern the items before it too.
    OwnLine,
    /// The same, and its words say that it governs what stands above.
    Above,
}

/// Finds the tasks of the outline; `skip` are the places of rules.
pub(super) fn drafts(document: &Document, skip: &[Span], in_tables: usize, findings: &mut Vec<Finding>) -> Vec<Draft> {
    let outline = Outline::new(document);
    let mut found: Vec<Found> = Vec::new();
    let mut cells: HashMap<Option<usize>, (Span, Statement)> = HashMap::new();
    for (index, node) in document.nodes.iter().enumerate() {
        if !node.in_table {
            // what a line of names says is that of the items below it
            if !outline.is_names(index) {
                found.extend(item::tasks(&outline, index, skip, Reach::Clauses, findings));
            }
            continue;
        }
        // a cell covers the items below it up to the next cell; none runs across a heading
        let own = cell_statement(document, node, skip);
        let inherited = own.is_none();
        if outline.is_parent(index) {
            cells.extend(own.map(|cell| (Some(index), cell)));
        } else if let Some(cell) = own.or_else(|| cells.get(&node.parent).cloned()) {
            cells.insert(node.parent, cell.clone());
            let draft = row(document, node, cell, inherited, skip);
            found.extend(draft.map(|draft| Found { node: index, draft, stands: Stands::Within }));
        }
    }
    cover::fields(&outline, &mut found);
    cover::groups(&outline, &mut found);
    sentences(&outline, skip, in_tables, &mut found);
    duty::lists(&outline, &mut found);
    openings(&outline, skip, &mut found);
    drop_strays(&outline, in_tables, &mut found);
    cover::ahead(&outline, &mut found);
    cover::above(&outline, &mut found);
    cover::headings(&outline, &mut found);
    cover::among(&outline, &mut found);
    cover::below(&outline, &mut found);
    silent(&outline, &found, findings);
    // a statement without any words before it has no task; a line that names an annex is none
    let is_annex = |place: &Span| matches!(document.text.folded(*place), ['附', '件' | '表' | '录', next, ..] if *next == ':' || next.is_ascii_digit());
    let is_task = |draft: &Draft| draft.words.first().is_some_and(|first| !is_annex(first));
    found.into_iter().map(|found| found.draft).filter(is_task).collect()
}

/// How many clauses make a document one that states responsibility in clauses, so that sentences seldom do.
const MANY_CLAUSES: usize = 3;

/// Drops what stands before the title, or the first number or table of tasks, and looks like a task: the lines of a page,
/// a preamble.
fn drop_strays(outline: &Outline, in_tables: usize, found: &mut Vec<Found>) {
    if let Some(title) = place_of_title(outline) {
        found.retain(|found| found.draft.clause.first().is_none_or(|clause| clause.start >= title));
    }
    let numbered = |found: &Found| outline.node(found.node).is_some_and(|node| node.label.is_some());
    let first = found.iter().filter(|found| numbered(found)).map(|found| found.node).min();
    let first = first.or((in_tables > 0).then_some(usize::MAX));
    let is_stray = |found: &Found| !numbered(found) && first.is_some_and(|first| found.node < first);
    let strays = found.iter().filter(|found| is_stray(found)).count();
    if strays * STRAYS_PER_TASK <= found.len() - strays + in_tables {
        found.retain(|found| !is_stray(found));
    }
}

/// Where the title stands, if it does so on one line.
fn place_of_title(outline: &Outline) -> Option<usize> {
    let title: Vec<char> = outline.document.head.title.as_deref()?.chars().map(fold).collect();
    let text = outline.text();
    let chars = text.folded(Span::new(0, text.len().min(HEAD)));
    chars.windows(title.len().max(1)).position(|words| *words == *title)
}

/// How far into a document its title is looked for, in characters.
const HEAD: usize = 4000;

/// How many tasks make one without a number a stray.
const STRAYS_PER_TASK: usize = 3;

/// Looks for sentences that say who is responsible, in the items that have no clause.
fn sentences(outline: &Outline, skip: &[Span], in_tables: usize, found: &mut Vec<Found>) {
    let known: FxHashSet<usize> = found.iter().map(|found| found.node).collect();
    let titles = &Knowledge::shipped().vocabulary.clause.instructions;
    let reach = match found.len() {
        0 if in_tables == 0 && outline.is_titled(&titles.minutes) => Reach::Minutes,
        0 if in_tables == 0 && outline.is_titled(&titles.notices) => Reach::Notice,
        count if count < MANY_CLAUSES => Reach::Sentences,
        _ => Reach::LastSentence,
    };
    for (index, node) in outline.document.nodes.iter().enumerate() {
        if !node.in_table && !known.contains(&index) && !outline.is_safeguard(index) {
            // what a notice says outside of its items leads up to them
            let reach = if reach == Reach::Notice && node.label.is_none() { Reach::Sentences } else { reach };
            let tasks = item::tasks(outline, index, skip, reach, &mut Vec::new());
            // an item that begins with whose work it is may say so of others further on
            let again = !tasks.is_empty() && !reach.takes_openings() && opens(outline, node, skip);
            found.extend(if again { opened(outline, index, skip) } else { tasks });
        }
    }
}

/// Whether a numbered item begins with bodies and what they are responsible for; an article of a regulation always may.
fn opens(outline: &Outline, node: &Node, skip: &[Span]) -> bool {
    // 市教育局牵头的任务 is about the items below
    if node.paragraphs.first().is_some_and(|words| cover::of_heading(outline.text(), *words).is_some()) {
        return false;
    }
    let is_item = node.label.as_ref().is_some_and(|label| label.style != Style::Article);
    is_item && node.paragraphs.first().is_some_and(|words| sentence::opens(outline.text(), *words, skip))
}

fn opened(outline: &Outline, index: usize, skip: &[Span]) -> Vec<Found> {
    item::tasks(outline, index, skip, Reach::Openings, &mut Vec::new())
}

/// Adds the items, in no list of duties, that begin with bodies and what they are responsible for, 县财政局负责资金保障, and
/// those among tasks that tell a body what to do, 县审计局要加强审计.
fn openings(outline: &Outline, skip: &[Span], found: &mut Vec<Found>) {
    let mut known: FxHashSet<usize> = found.iter().map(|found| found.node).collect();
    let nodes = outline.document.nodes.len();
    // the tasks, and what stands above them
    let mut taken = known.clone();
    for index in (0..nodes).rev().filter(|index| known.contains(index)) {
        let mut above = outline.node(index).and_then(|node| node.parent);
        while let Some(parent) = above.filter(|parent| taken.insert(*parent)) {
            above = outline.node(parent).and_then(|node| node.parent);
        }
    }
    let free: Vec<usize> = (0..nodes)
        .filter(|index| outline.node(*index).is_some_and(|node| !node.in_table && node.label.is_some()))
        .filter(|index| !taken.contains(index))
        .collect();
    let (opening, others): (Vec<usize>, Vec<usize>) =
        free.into_iter().partition(|index| outline.node(*index).is_some_and(|node| opens(outline, node, skip)));
    let opening: Vec<usize> = opening.into_iter().filter(|index| !outline.is_safeguard(*index)).collect();
    found.extend(opening.iter().flat_map(|index| opened(outline, *index, skip)));
    known.extend(opening);
    let (asked, rest): (Vec<usize>, Vec<usize>) = others.into_iter().partition(|index| {
        let words = outline.node(*index).and_then(|node| node.paragraphs.first());
        words.is_some_and(|words| instruction::opens(outline.text(), *words, skip)) && !outline.is_safeguard(*index)
    });
    // how many items beside each other are tasks, ask for something, and do neither
    let mut beside: FxHashMap<Kind, [usize; 3]> = FxHashMap::default();
    let tasks: Vec<usize> = (0..nodes).filter(|index| known.contains(index)).collect();
    for (place, items) in [&tasks, &asked, &rest].into_iter().enumerate() {
        for index in items {
            if let Some(count) = beside.entry(outline.kind(*index)).or_default().get_mut(place) {
                *count += 1;
            }
        }
    }
    let among_tasks = |index: &usize| {
        beside.get(&outline.kind(*index)).is_some_and(|[tasks, asked, rest]| *tasks > 0 && tasks + asked > *rest)
    };
    let asked = asked.into_iter().filter(among_tasks);
    found.extend(asked.flat_map(|index| item::tasks(outline, index, skip, Reach::Minutes, &mut Vec::new())));
}

/// Whether a phrase of a paragraph begins with bodies that the registry knows and what they do: 县财政局负责….
fn names_part(text: &Text, paragraph: Span) -> bool {
    let mut start = paragraph.start;
    text.folded(paragraph).split(|char| matches!(char, ',' | '。' | ';' | '、' | ':' | '由')).any(|phrase| {
        let place = text.trim(Span::new(start, start + phrase.len()));
        start += phrase.len() + 1;
        let body = object::verb_within(text, place).map(|(length, _)| Span::new(place.start, place.start + length));
        body.is_some_and(|body| party::likeness(text.slice(body)) == Likeness::Known)
    })
}

/// Names the items among tasks that say what a body does, and of which nothing was read.
fn silent(outline: &Outline, found: &[Found], findings: &mut Vec<Finding>) {
    let known: FxHashSet<usize> = found.iter().map(|found| found.node).collect();
    let mut beside: FxHashMap<Option<usize>, (usize, usize)> = FxHashMap::default();
    let items = || {
        let nodes = outline.document.nodes.iter().enumerate();
        nodes.filter(|(index, node)| node.label.is_some() && !node.in_table && !outline.is_parent(*index))
    };
    for (index, node) in items() {
        let (tasks, others) = beside.entry(node.parent).or_default();
        *(if known.contains(&index) { tasks } else { others }) += 1;
    }
    let mut told: Vec<Span> = findings.iter().filter_map(|finding| finding.span).collect();
    told.sort_unstable_by_key(|span| span.start);
    for (index, node) in items() {
        let among_tasks = beside.get(&node.parent).is_some_and(|(tasks, others)| tasks >= others);
        let is_silent = among_tasks && !known.contains(&index) && !outline.is_safeguard(index);
        let said = |words: &&Span| names_part(outline.text(), **words);
        let last = node.paragraphs.iter().filter(|_| is_silent).rfind(said);
        let is_told = |words: &Span| {
            let next = told.partition_point(|span| span.start < words.end);
            next.checked_sub(1).and_then(|last| told.get(last)).is_some_and(|span| span.overlaps(*words))
        };
        if let Some(words) = last.filter(|words| !is_told(words)) {
            findings.push(unread(*words));
        }
    }
}

/// A row of an outline that was a table.
fn row(document: &Document, node: &Node, cell: (Span, Statement), inherited: bool, skip: &[Span]) -> Option<Draft> {
    let label = node.label.as_ref()?;
    let text = &document.text;
    let (cell, statement) = cell;
    let above = draft::ancestors(document, node);
    let (path, labels) = draft::path(document, &above);
    let mut draft = Draft::new(node.span);
    draft.printed.clone_from(&label.text);
    draft.above = labels;
    draft.path = path;
    draft.words.clone_from(&node.paragraphs);
    let is_rule = |words: Span| skip.iter().any(|rule| rule.overlaps(words));
    draft.words.extend(node.cells.iter().filter(|other| (inherited || **other != cell) && !is_rule(**other)));
    draft.title = node.paragraphs.first().and_then(|words| item::title(text.slice(*words)));
    draft.clause.push(cell);
    draft.statement = Some(statement);
    draft.inherited = inherited;
    Some(draft)
}

fn cell_statement(document: &Document, node: &Node, skip: &[Span]) -> Option<(Span, Statement)> {
    node.cells.iter().rev().find_map(|cell| {
        clause::parse(&document.text, *cell, Frame::Cell(Role::Responsible), skip).map(|statement| (*cell, statement))
    })
}
