//! Clauses that govern more than the item at which they stand.

use rustc_hash::{FxHashMap, FxHashSet};

use super::outline::{Kind, Outline};
use super::{Found, Stands};
use crate::extract::clause::{self, Frame, Statement};
use crate::extract::confidence::Doubt;
use crate::extract::draft::{self, Draft};
use crate::extract::model::Role;
use crate::extract::party::{self, Likeness, Party};
use crate::extract::token;
use crate::knowledge::Knowledge;
use crate::parse::Node;
use crate::span::{Span, Text};

/// Gives items that are nothing but a statement, (三)责任单位:…, to the item above them with the words beside them.
pub(super) fn fields(outline: &Outline, found: &mut Vec<Found>) {
    let stated: FxHashSet<usize> =
        found.iter().filter(|found| !found.draft.words.is_empty()).map(|found| found.node).collect();
    let (fields, mut others): (Vec<Found>, Vec<Found>) = std::mem::take(found).into_iter().partition(|found| {
        let parent = outline.node(found.node).filter(|node| node.label.is_some()).and_then(|node| node.parent);
        let free =
            |parent: usize| !stated.contains(&parent) && !outline.below(parent).any(|index| stated.contains(&index));
        found.draft.words.is_empty() && parent.is_some_and(free)
    });
    let known: FxHashSet<usize> = fields.iter().map(|field| field.node).collect();
    let mut last: Option<usize> = None;
    for Found { node: field, draft, .. } in fields {
        let Some(parent) = outline.node(field).and_then(|node| node.parent) else { continue };
        if last == Some(parent)
            && let Some(Found { draft: task, .. }) = others.last_mut()
        {
            if let (Some(task), Some(field)) = (&mut task.statement, draft.statement) {
                task.labelled |= field.labelled;
                task.open |= field.open;
                task.groups.extend(field.groups);
            }
            task.clause.extend(draft.clause);
            task.due.extend(draft.due);
            continue;
        }
        last = Some(parent);
        let Some(node) = outline.node(parent) else { continue };
        let mut task = inherited(outline, node, &draft);
        task.inherited = false;
        let beside = outline.below(parent).filter(|index| !known.contains(index));
        for words in beside.filter_map(|index| outline.node(index)).flat_map(|node| &node.paragraphs) {
            let places = if token::is_due_label(outline.text(), *words) { &mut task.due } else { &mut task.words };
            places.push(*words);
        }
        others.push(Found { node: parent, draft: task, stands: Stands::Within });
    }
    *found = others;
}

/// Gives lines that name bodies above the items of each, 责任单位:甲局 and 1. 2. below it, to these items: where the first
/// such line stands above all items, and none behind the last one.
pub(super) fn groups(outline: &Outline, found: &mut Vec<Found>) {
    let numbered = |index: usize| outline.node(index).is_some_and(|node| node.label.is_some());
    let items: Vec<usize> = (0..outline.document.nodes.len())
        .filter(|index| outline.node(*index).is_some_and(|node| node.label.is_some() && !node.in_table))
        .filter(|index| !outline.is_parent(*index))
        .collect();
    let ([first, others @ ..], Some(last)) = (found.as_slice(), items.last()) else { return };
    let is_line = |found: &Found| {
        let labelled = found.draft.statement.as_ref().is_some_and(|statement| statement.labelled);
        let named = || found.draft.clause.first().is_some_and(|clause| is_headline(outline.text(), *clause));
        (labelled || named()) && (found.stands == Stands::OwnLine || !numbered(found.node))
    };
    let above = !numbered(first.node) && items.iter().all(|item| first.node < *item);
    let whole = above && !others.is_empty() && others.iter().all(|found| numbered(found.node) && found.node < *last);
    if !whole || !found.iter().all(is_line) {
        return;
    }
    let mut lines = std::mem::take(found);
    lines.sort_by_key(|line| line.draft.clause.first().map(|clause| clause.start));
    let clauses: Vec<Span> = lines.iter().filter_map(|line| line.draft.clause.first().copied()).collect();
    for (index, node) in items.into_iter().filter_map(|index| Some((index, outline.node(index)?))) {
        let before = clauses.partition_point(|clause| clause.start < node.span.start);
        let Some(line) = before.checked_sub(1).and_then(|last| lines.get(last)) else { continue };
        let mut draft = inherited(outline, node, &line.draft);
        // the next line, and what stands between it and its items
        let next = clauses.get(before).map_or(usize::MAX, |clause| clause.start);
        draft.words.retain(|words| words.end <= next);
        found.push(Found { node: index, draft, stands: Stands::Within });
    }
}

/// Whether bodies stand alone on a line, in brackets that make it a heading: 【市财政局】.
fn is_headline(text: &Text, clause: Span) -> bool {
    let at = |place: usize| text.slice(Span::new(place, (place + 1).min(text.len())));
    let before = |count: usize| clause.start.checked_sub(count).map_or("\n", at);
    matches!(before(1), "【" | "［" | "[") && before(2) == "\n" && matches!(at(clause.end + 1), "\n" | "")
}

/// Gives what a line says of the items ahead, 以下各项任务均由甲牵头, to these: to those that have no statement all of it,
/// to others who leads, unless they say so themselves.
pub(super) fn ahead(outline: &Outline, found: &mut Vec<Found>) {
    let forward = &Knowledge::shipped().vocabulary.conventions.scope.forward;
    // 后续工作 may be about what comes after these tasks
    let forward = || forward.iter().filter(|word| word.starts_with(['以', '下']));
    let begins = |words: &Span| forward().any(|word| outline.text().slice(*words).starts_with(word.as_str()));
    let (mut lines, mut others): (Vec<Found>, Vec<Found>) = std::mem::take(found).into_iter().partition(|found| {
        let node = outline.node(found.node).filter(|node| node.label.is_none() && !node.in_table);
        let clause = found.draft.clause.first().filter(|_| found.draft.statement.is_some());
        let line =
            node.zip(clause).and_then(|(node, clause)| node.paragraphs.iter().find(|words| words.contains(*clause)));
        line.is_some_and(begins)
    });
    lines.sort_by_key(|line| line.draft.clause.first().map(|clause| clause.start));
    let starts: Vec<usize> = lines.iter().filter_map(|line| Some(line.draft.clause.first()?.start)).collect();
    let line_of = |node: &Node| starts.partition_point(|start| *start < node.span.start).checked_sub(1);
    let mut known: FxHashSet<usize> = others.iter().map(|found| found.node).collect();
    for other in &mut others {
        let governed = outline.node(other.node).filter(|node| node.label.is_some() && !node.in_table);
        let said = governed.and_then(line_of).and_then(|line| lines.get(line)?.draft.statement.as_ref());
        if let (Some(said), Some(own)) = (said, &mut other.draft.statement)
            && !own.groups.iter().any(|group| group.role.leads())
        {
            own.groups.splice(0..0, said.groups.iter().filter(|group| group.role.leads()).cloned());
        }
    }
    let mut governs = vec![false; lines.len()];
    for (index, node) in outline.document.nodes.iter().enumerate() {
        let is_item = node.label.is_some() && !node.in_table && !outline.is_parent(index);
        let Some(place) = line_of(node).filter(|_| is_item) else { continue };
        let (Some(line), Some(governs)) = (lines.get(place), governs.get_mut(place)) else { continue };
        *governs = true;
        if known.insert(index) {
            let mut draft = inherited(outline, node, &line.draft);
            draft.doubts.push(Doubt::CoversItems);
            others.push(Found { node: index, draft, stands: Stands::Within });
        }
    }
    // a line that nothing follows is a task itself
    others.extend(lines.into_iter().zip(governs).filter(|(_, governs)| !governs).map(|(line, _)| line));
    *found = others;
}

/// Gives a statement that stands behind the last of several items to those before it that have none.
pub(super) fn above(outline: &Outline, found: &mut Vec<Found>) {
    let mut known: FxHashSet<usize> = found.iter().map(|found| found.node).collect();
    let mut more: Vec<Found> = Vec::new();
    for last in found.iter_mut() {
        let covered = match last.stands {
            Stands::Within => continue,
            Stands::OwnLine => siblings(outline, last.node, &known),
            Stands::Above => section(outline, last.node, &known),
        };
        // a line behind the last of several items may govern that one only
        if !covered.is_empty() && last.stands != Stands::Above {
            last.draft.doubts.push(Doubt::CoversItems);
        }
        for index in covered {
            let Some(node) = outline.node(index) else { continue };
            known.insert(index);
            let draft = inherited(outline, node, &last.draft);
            more.push(Found { node: index, draft, stands: Stands::Within });
        }
    }
    found.append(&mut more);
}

/// Gives what a heading such as 市教育局牵头的任务 says to the items below it that have no statement, and who leads to
/// those that name only who supports; what else a heading names, only where none of them has a statement.
pub(super) fn headings(outline: &Outline, found: &mut Vec<Found>) {
    let known: FxHashSet<usize> = found.iter().map(|found| found.node).collect();
    let bodies = bodies(outline);
    let mut leading: FxHashMap<usize, Vec<clause::Group>> = FxHashMap::default();
    let mut more: Vec<Found> = Vec::new();
    for (index, node) in outline.document.nodes.iter().enumerate() {
        let ([heading], true) = (node.paragraphs.as_slice(), outline.is_parent(index)) else { continue };
        if node.in_table || known.contains(&index) {
            continue;
        }
        let is_free = !outline.below(index).any(|index| known.contains(&index));
        let names = || match () {
            () if !is_free => None,
            () if bodies.contains(&index) => named(outline.text(), *heading),
            () if outline.is_names(index) => labelled(outline.text(), *heading),
            () => None,
        };
        let said = of_heading(outline.text(), *heading).or_else(names);
        let Some((words, statement)) = said else { continue };
        let mut from = Draft::new(node.span);
        from.clause.push(words);
        from.statement = Some(statement);
        from.doubts.push(Doubt::CoversItems);
        for leaf in leaves(outline, &[index]).into_iter().filter(|leaf| !known.contains(leaf)) {
            let Some(node) = outline.node(leaf).filter(|node| node.label.is_some()) else { continue };
            more.push(Found { node: leaf, draft: inherited(outline, node, &from), stands: Stands::Within });
        }
        if !is_free && let Some(statement) = from.statement {
            leading.insert(index, statement.groups);
        }
    }
    for Found { node, draft, .. } in found.iter_mut() {
        let Some(statement) = draft.statement.as_mut() else { continue };
        if statement.groups.iter().any(|group| group.role != Role::Supporting) {
            continue;
        }
        let above = outline.node(*node).map(|node| draft::ancestors(outline.document, node)).unwrap_or_default();
        if let Some(groups) = above.iter().rev().find_map(|index| leading.get(index)) {
            statement.groups.splice(0..0, groups.iter().cloned());
        }
    }
    found.append(&mut more);
}

/// Gives what an item says to those right below it that say nothing, where others beside them do, and who leads to those
/// that name only who supports.
pub(super) fn among(outline: &Outline, found: &mut Vec<Found>) {
    let of_item = |found: &Found| {
        let groups = &found.draft.statement.as_ref()?.groups;
        let leading: Vec<clause::Group> = groups.iter().filter(|group| group.role.leads()).cloned().collect();
        (found.draft.part == 0 && !leading.is_empty()).then_some((found.node, leading))
    };
    let leading: FxHashMap<usize, Vec<clause::Group>> = found.iter().filter_map(of_item).collect();
    for Found { node, draft, .. } in found.iter_mut() {
        let parent = outline.node(*node).and_then(|node| node.parent);
        if let (Some(statement), Some(groups)) = (&mut draft.statement, parent.and_then(|parent| leading.get(&parent)))
            && statement.groups.iter().all(|group| group.role == Role::Supporting)
        {
            statement.groups.splice(0..0, groups.iter().cloned());
        }
    }
    let known: FxHashSet<usize> = found.iter().map(|found| found.node).collect();
    let parents: FxHashSet<usize> =
        known.iter().filter_map(|index| outline.node(*index)).filter_map(|node| node.parent).collect();
    let mut more: Vec<Found> = Vec::new();
    for Found { node: above, draft, .. } in found.iter().filter(|found| found.draft.part == 0) {
        if !parents.contains(above) {
            continue;
        }
        let silent = |index: &&usize| !known.contains(index) && !outline.is_parent(**index);
        for &index in outline.children(*above).iter().filter(silent) {
            let Some(node) = outline.node(index).filter(|node| node.label.is_some()) else { continue };
            let mut draft = inherited(outline, node, draft);
            draft.doubts.push(Doubt::CoversItems);
            more.push(Found { node: index, draft, stands: Stands::Within });
        }
    }
    found.append(&mut more);
}

/// The headings that are nothing but bodies, where most beside them are too: 一、县财政局 and the items below it.
fn bodies(outline: &Outline) -> FxHashSet<usize> {
    let nodes = &outline.document.nodes;
    let mut groups: FxHashMap<Kind, (usize, Vec<usize>, Vec<usize>)> = FxHashMap::default();
    for (index, node) in nodes.iter().enumerate() {
        if node.in_table || node.label.is_none() && !outline.is_names(index) {
            continue;
        }
        let (all, bodies, likely) = groups.entry(outline.kind(index)).or_default();
        *all += 1;
        let ([heading], true) = (node.paragraphs.as_slice(), outline.is_parent(index)) else { continue };
        match named(outline.text(), *heading) {
            Some((_, statement)) if statement.parties().all(Party::is_known) => bodies.push(index),
            Some(_) => likely.push(index),
            None => {}
        }
    }
    let lists = groups.into_values().filter(|(all, bodies, _)| bodies.len() > 1 && bodies.len() * 2 > *all);
    // among headings that are bodies, one that the registry lacks and that ends as they do is one too
    lists.flat_map(|(_, bodies, likely)| bodies.into_iter().chain(likely)).collect()
}

/// The bodies that a heading is nothing but: such that the registry knows, or whose names say whose they are.
fn named(text: &Text, heading: Span) -> Option<(Span, Statement)> {
    if heading.len() > LONGEST_HEADING {
        return None;
    }
    let statement = clause::parse(text, heading, Frame::Cell(Role::Lead), &[])?;
    let likely =
        |party: &Party| party.is_known() || party.likeness == Likeness::Ending && party::is_of_place(&party.name);
    let certain = statement.unread.is_empty() && !statement.labelled && statement.parties().all(likely);
    (certain && statement.parties().next().is_some()).then_some((heading, statement))
}

/// The bodies that a label in a line above items names: （责任单位）甲局、乙局：.
fn labelled(text: &Text, names: Span) -> Option<(Span, Statement)> {
    let statement = clause::parse(text, names, Frame::Clause, &[])?;
    let certain = statement.labelled
        && statement.unread.is_empty()
        && statement.parties().all(|party| party.likeness != Likeness::Unknown);
    certain.then_some((names, statement))
}

/// The longest heading in characters that names bodies.
const LONGEST_HEADING: usize = 40;

/// Who leads by a heading: 市教育局牵头的任务(共5项).
pub(super) fn of_heading(text: &Text, heading: Span) -> Option<(Span, Statement)> {
    let sections = &Knowledge::shipped().vocabulary.clause.sections;
    let chars = text.folded(heading);
    let end = chars.iter().position(|char| matches!(char, '(' | '。' | ':')).unwrap_or(chars.len());
    let words: String = chars.get(..end).unwrap_or_default().iter().collect();
    let mut rest = words.trim();
    while let Some(shorter) = sections.tasks.iter().find_map(|word| rest.strip_suffix(word.as_str())) {
        rest = shorter;
    }
    if chars.len() > LONGEST_HEADING || rest == words.trim() {
        return None;
    }
    let place = text.trim(Span::new(heading.start, heading.start + rest.chars().count()));
    let statement = clause::parse(text, place, Frame::Clause, &[])?;
    let certain = statement.unread.is_empty()
        && !statement.labelled
        && statement.groups.iter().all(|group| group.stated && !group.parties.is_empty())
        && statement.parties().all(|party| party.likeness != Likeness::Unknown);
    certain.then_some((place, statement))
}

/// The items beside an item and before it, where none of them has a statement.
fn siblings(outline: &Outline, last: usize, known: &FxHashSet<usize>) -> Vec<usize> {
    let Some(parent) = outline.node(last).and_then(|node| node.parent) else { return Vec::new() };
    let before: Vec<usize> = outline.children(parent).iter().copied().filter(|index| *index < last).collect();
    let free = |index: &usize| {
        let numbered = outline.node(*index).is_some_and(|node| node.label.is_some());
        numbered && !known.contains(index) && !outline.below(*index).any(|index| known.contains(&index))
    };
    let all = !known.contains(&parent) && before.iter().all(free);
    if all { leaves(outline, &before) } else { Vec::new() }
}

/// The items before an item in its section, back to the last one that has a statement.
fn section(outline: &Outline, last: usize, known: &FxHashSet<usize>) -> Vec<usize> {
    let above = outline.node(last).map(|node| draft::ancestors(outline.document, node)).unwrap_or_default();
    let first = above.first().copied().unwrap_or(0);
    let free: Vec<usize> = (first..last).rev().take_while(|index| !known.contains(index)).collect();
    let numbered = |index: &usize| outline.node(*index).is_some_and(|node| node.label.is_some() && !node.in_table);
    let mut leaves = leaves(outline, &free);
    leaves.retain(|index| *index < last && !known.contains(index) && numbered(index));
    leaves
}

/// Those items that have none below them, and the like ones below the others.
fn leaves(outline: &Outline, items: &[usize]) -> Vec<usize> {
    let mut leaves: Vec<usize> = Vec::new();
    for &item in items {
        let below = outline.below(item).filter(|index| !outline.is_parent(*index));
        if outline.is_parent(item) {
            leaves.extend(below);
        } else {
            leaves.push(item);
        }
    }
    leaves.sort_unstable();
    leaves.dedup();
    leaves
}

/// A task that has its statement from another.
fn inherited(outline: &Outline, node: &Node, from: &Draft) -> Draft {
    let (path, labels) = outline.path(node);
    let mut draft = Draft::new(node.span);
    draft.printed = node.label.as_ref().map(|label| label.text.clone()).unwrap_or_default();
    draft.path = path;
    draft.above = labels;
    draft.words.clone_from(&node.paragraphs);
    draft.title = node.paragraphs.first().and_then(|words| super::item::title(outline.text().slice(*words)));
    draft.clause.clone_from(&from.clause);
    draft.due.clone_from(&from.due);
    draft.statement.clone_from(&from.statement);
    draft.doubts.clone_from(&from.doubts);
    draft.inherited = true;
    draft
}

/// Gives the items without a statement below one that has one: what it says, where it is nothing but a heading, else
/// their words to it.
pub(super) fn below(outline: &Outline, found: &mut Vec<Found>) {
    let known: FxHashSet<usize> = found.iter().map(|found| found.node).collect();
    let is_free = |found: &Found| {
        let mut below = outline.below(found.node);
        found.draft.part == 0 && !below.is_empty() && !below.any(|index| known.contains(&index))
    };
    let is_heading = |found: &Found| {
        let [words] = *found.draft.words.as_slice() else { return false };
        is_free(found) && super::item::is_heading(outline.text(), words)
    };
    let (headings, others): (Vec<Found>, Vec<Found>) = std::mem::take(found).into_iter().partition(is_heading);
    *found = others;
    for Found { node: heading, draft, .. } in headings {
        for leaf in leaves(outline, &[heading]) {
            let Some(node) = outline.node(leaf).filter(|node| node.label.is_some()) else { continue };
            let mut draft = inherited(outline, node, &draft);
            draft.doubts.push(Doubt::CoversItems);
            found.push(Found { node: leaf, draft, stands: Stands::Within });
        }
    }
    for Found { node, draft, .. } in found.iter_mut() {
        let below = outline.below(*node);
        if draft.part > 0 || below.is_empty() || below.clone().any(|index| known.contains(&index)) {
            continue;
        }
        let nodes = below.filter_map(|index| outline.node(index)).filter(|node| node.label.is_some());
        draft.words.extend(nodes.flat_map(|node| node.paragraphs.iter().copied()));
    }
}
