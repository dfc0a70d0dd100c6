//! Columns beside each other, in the order that is asked for.
//!
//! `dot` sorts clusters so that few lines cross, and heeds no order that is asked of nodes in different clusters. So the
//! lines that are seen have no say (`constraint=false`), and invisible ones that do not cross when all is in order decide:
//! one to each task from a point in the left column, where a chain holds points and what stands there.

use std::collections::BTreeMap;

use graphviz_rust::dot_structures::Stmt;

use super::dot::{attribute, chain, invisible, node, subgraph};

/// A thing that stands beside a task.
#[derive(Debug)]
pub(super) struct Beside {
    /// The place of the task in the order of tasks, from 0.
    pub(super) place: usize,
    /// Its name in DOT.
    pub(super) id: String,
    /// The thing.
    pub(super) stmt: Stmt,
}

/// The column left of tasks that are named in their order: things between a point for each task.
pub(super) fn left(tasks: &[String], things: Vec<Beside>) -> Vec<Stmt> {
    let mut column: Vec<(Beside, &str)> = Vec::new();
    for (place, task) in tasks.iter().enumerate() {
        let id = format!("p{task}");
        column.push((Beside { place, stmt: point(&id), id }, "0"));
    }
    column.extend(things.into_iter().map(|thing| (thing, "1")));
    column.sort_by_key(|(thing, _)| thing.place);
    let chain = chain(column.iter().map(|(thing, _)| thing.id.as_str()));
    let thread = |(thing, weight): &(Beside, &str)| Some(invisible(&thing.id, tasks.get(thing.place)?, weight));
    let threads: Vec<Stmt> = column.iter().filter_map(thread).collect();
    rank("left", column.into_iter().map(|(thing, _)| thing.stmt).chain(chain)).chain(threads).collect()
}

/// The column right of tasks that are named in their order.
pub(super) fn right(tasks: &[String], mut things: Vec<Beside>) -> Vec<Stmt> {
    things.sort_by_key(|thing| thing.place);
    let chain = chain(things.iter().map(|thing| thing.id.as_str()));
    let thread = |thing: &Beside| Some(invisible(tasks.get(thing.place)?, &thing.id, "1"));
    let threads: Vec<Stmt> = things.iter().filter_map(thread).collect();
    rank("right", things.into_iter().map(|thing| thing.stmt).chain(chain)).chain(threads).collect()
}

/// Things beneath each other.
pub(super) fn rank(id: &str, stmts: impl IntoIterator<Item = Stmt>) -> impl Iterator<Item = Stmt> {
    let same = [attribute("rank", "same").into()];
    [subgraph(id, same.into_iter().chain(stmts))].into_iter()
}

/// A place that shows nothing.
fn point(id: &str) -> Stmt {
    let size = [("label", ""), ("shape", "point"), ("style", "invis"), ("width", "0.01"), ("height", "0.01")];
    node(id, size.map(|(key, value)| attribute(key, value)))
}

/// The place of each thing beside tasks that fall into groups: by the mean place of the tasks that it is tied to, which
/// keeps lines short and crossings few, and spread evenly over the group that the mean lies in.
pub(super) fn spread<T: Ord>(things: Vec<(Vec<usize>, T)>, groups: &[&str]) -> Vec<(usize, T)> {
    let mut ordered: Vec<(usize, T)> = things
        .into_iter()
        // in thousandths of a task, so that the order does not hang on rounding
        .map(|(own, thing)| (own.iter().sum::<usize>() * 1000 / own.len().max(1), thing))
        .collect();
    ordered.sort();
    // of each group the place where it begins, its length, the things in it, and how many of these were placed
    let mut known: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    for (place, group) in groups.iter().enumerate() {
        known.entry(group).or_insert([place, 0, 0, 0])[1] += 1;
    }
    let group = |mean: usize| groups.get(mean / 1000).copied().unwrap_or_default();
    for (mean, _) in &ordered {
        known.entry(group(*mean)).or_default()[2] += 1;
    }
    let mut placed = Vec::with_capacity(ordered.len());
    for (mean, thing) in ordered {
        let [start, length, all, before] = known.entry(group(mean)).or_default();
        placed.push((*start + (2 * *before + 1) * *length / (2 * (*all).max(1)), thing));
        *before += 1;
    }
    placed
}
