//! Organisations through reforms: what became of a body, and from what it came.
//!
//! The registry says which kinds of bodies a reform touches. For one body of one place that gives the bodies before and
//! after by name. Where a body may have had one of several names, the usual one is taken and the change is less sure.
//! Transfers of single functions are changes too, but never make two bodies one.

mod as_of;

pub use as_of::{AsOf, Seen, as_of};

use std::collections::HashSet;

use crate::knowledge::{Body, Knowledge, Level, Reform};
use crate::resolve::{MatchBasis, Organisation, Place, established};

/// One reform at one place, seen from one of its bodies.
#[derive(Clone, Debug)]
pub struct Change {
    /// The reform.
    pub reform: &'static Reform,
    /// The bodies before.
    pub before: Vec<Organisation>,
    /// The bodies after.
    pub after: Vec<Organisation>,
    /// How sure the names of the bodies are, from 0 to 1.
    pub confidence: f64,
}

impl Change {
    /// The place where it happened.
    pub fn place(&self) -> Option<&Place> {
        self.before.iter().chain(&self.after).find_map(|body| body.place.as_ref())
    }
}

/// The changes that touch a body itself, by date.
///
/// ```
/// use zeren::resolve::{MatchBasis, Place, established};
/// use zeren::knowledge::Knowledge;
/// use zeren::succession::changes;
///
/// let knowledge = Knowledge::shipped();
/// let place = Place::of_code("330600").unwrap();
/// let bureau = established(knowledge.bodies.by_key("health.wsj.pcx").unwrap(), &place, MatchBasis::NamedPlace);
/// let names: Vec<_> = changes(&bureau).into_iter().flat_map(|change| change.after).map(|body| body.name).collect();
/// assert_eq!(names, ["绍兴市卫生和计划生育委员会"]);
/// ```
pub fn changes(organisation: &Organisation) -> Vec<Change> {
    let (Some(key), Some(place)) = (&organisation.key, &organisation.place) else { return Vec::new() };
    let knowledge = Knowledge::shipped();
    let Some(subject) = knowledge.bodies.by_key(key) else { return Vec::new() };
    let reforms = knowledge.reforms.of(key, place.level, place.code.as_deref());
    let mut changes: Vec<Change> = reforms.filter_map(|reform| change(reform, subject, place)).collect();
    changes.sort_by(|a, b| (a.reform.date, &a.reform.id).cmp(&(b.reform.date, &b.reform.id)));
    changes
}

/// The changes of the whole line of a body, by date: those that touch it, and those that touch the bodies from which its
/// work came or to which it passed.
pub fn history(organisation: &Organisation) -> Vec<Change> {
    let mut line: Vec<Change> = Vec::new();
    for forward in [true, false] {
        let mut seen: HashSet<String> = HashSet::from([organisation.id.clone()]);
        let mut open = vec![organisation.clone()];
        while let Some(body) = open.pop() {
            for change in changes(&body) {
                let (here, there) =
                    if forward { (&change.before, &change.after) } else { (&change.after, &change.before) };
                if change.reform.kind.is_succession() && here.iter().any(|other| other.id == body.id) {
                    open.extend(there.iter().filter(|other| seen.insert(other.id.clone())).cloned());
                } else if change.reform.kind.is_succession() && body.id != organisation.id {
                    // another line that ended in the same body
                    continue;
                }
                if !line.iter().any(|known| known.reform.id == change.reform.id) {
                    line.push(change);
                }
            }
        }
    }
    line.sort_by(|a, b| (a.reform.date, &a.reform.id).cmp(&(b.reform.date, &b.reform.id)));
    line
}

/// A reform at the place of a body; none where the level lacks the bodies on either side.
fn change(reform: &'static Reform, subject: &Body, place: &Place) -> Option<Change> {
    let mut confidence: f64 = match reform.certainty.as_str() {
        "certain" => 0.95,
        "usual" => 0.8,
        _ => 0.6,
    };
    let mut side = |groups: &[Vec<String>]| -> Vec<Organisation> {
        let chosen = groups.iter().filter_map(|group| choose(group, subject, place));
        chosen
            .map(|(body, only)| {
                if !only {
                    confidence = confidence.min(0.75);
                }
                established(body, place, MatchBasis::Reform)
            })
            .collect()
    };
    let (before, after) = (side(&reform.from), side(&reform.to));
    let whole = (reform.from.is_empty() || !before.is_empty()) && (reform.to.is_empty() || !after.is_empty());
    // 林业局 that stays 林业局 where others became 林业和草原局
    let ids = |bodies: &[Organisation]| bodies.iter().map(|body| body.id.clone()).collect::<Vec<_>>();
    let stays = reform.kind.is_succession() && ids(&before) == ids(&after);
    (whole && !stays).then_some(Change { reform, before, after, confidence })
}

/// The form that one body of a reform has at a place, and whether it is the only one that it can have there.
fn choose<'k>(group: &[String], subject: &Body, place: &Place) -> Option<(&'k Body, bool)> {
    let bodies = &Knowledge::shipped().bodies;
    let forms: Vec<&Body> =
        group.iter().filter_map(|key| bodies.by_key(key)).filter(|body| body.levels.contains(&place.level)).collect();
    if let Some(body) = forms.iter().find(|body| body.key == subject.key) {
        return Some((body, true));
    }
    // departments of a municipality are 局 and 委员会
    let municipality = place.level == Level::Province && place.name.ends_with('市');
    let fitting: Vec<&Body> =
        forms.iter().copied().filter(|body| !municipality || !body.formal.ends_with('厅')).collect();
    let forms = if fitting.is_empty() { forms } else { fitting };
    let alike = forms.iter().find(|body| differ_in_form(&body.formal, &subject.formal));
    Some((alike.or_else(|| forms.first())?, alike.is_some() || forms.len() == 1))
}

/// Whether two names differ in nothing but what kind of office they are: 经济和信息化委员会, 经济和信息化厅.
fn differ_in_form(one: &str, other: &str) -> bool {
    const LONGEST_ENDING: usize = 3;
    let bare = |name: &str| name.trim_start_matches("{place}").chars().collect::<Vec<char>>();
    let (one, other) = (bare(one), bare(other));
    let same = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    same >= 2 && one.len().max(other.len()) - same <= LONGEST_ENDING
}

#[cfg(test)]
mod tests;
