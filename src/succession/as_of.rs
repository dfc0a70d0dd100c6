//! Which body does the work of another on a day.

use super::{Change, changes};
use crate::date::Date;
use crate::knowledge::ReformKind;
use crate::resolve::Organisation;

/// The first and the last day on which documents name a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
}

/// The body that does the work of another on a day, and how that is known.
#[derive(Clone, Debug)]
pub struct AsOf {
    /// The body.
    pub organisation: Organisation,
    /// The changes that lie between, in the order in which they are followed.
    pub changes: Vec<Change>,
    /// How sure it is, from 0 to 1.
    pub confidence: f64,
}

/// No body went through more reforms.
const MOST_STEPS: usize = 8;

/// The body that does the work of an organisation on a day.
///
/// Renamings, mergers and divisions are followed, forwards and backwards; of a division, the part of the same function;
/// back through a merger, the one part of the same function, if there is one. Transfers of single functions are not
/// followed. A reform turns on the middle of the time in which places carried it out; a document that names the body
/// shows that it stood on that day, and outweighs this.
pub fn as_of(organisation: &Organisation, day: Date, seen: Option<Seen>) -> AsOf {
    let day = day.last_day();
    let mut found = AsOf { organisation: organisation.clone(), changes: Vec::new(), confidence: 1.0 };
    for forward in [true, false] {
        while found.changes.len() < MOST_STEPS {
            let known = if found.changes.is_empty() { seen } else { None };
            let Some((change, next)) = step(&found.organisation, day, known, forward) else { break };
            // what leads back to where it came from leads nowhere
            if next.id == organisation.id || found.changes.iter().any(|known| known.reform.id == change.reform.id) {
                break;
            }
            found.confidence = found.confidence.min(change.confidence);
            found.changes.push(change);
            found.organisation = next;
        }
        if !found.changes.is_empty() {
            break;
        }
    }
    found
}

/// The next body of the line, if a reform lies between the body's time and the day.
fn step(body: &Organisation, day: Date, seen: Option<Seen>, forward: bool) -> Option<(Change, Organisation)> {
    let succession = changes(body).into_iter().filter(|change| change.reform.kind.is_succession());
    let mut passed: Vec<Change> = succession
        .filter(|change| {
            let turning = change.reform.turning_day();
            if forward {
                change.before.iter().any(|before| before.id == body.id)
                    && turning <= day
                    && seen.is_none_or(|seen| seen.last.last_day() < day)
            } else {
                change.after.iter().any(|after| after.id == body.id)
                    && day < turning
                    && seen.is_none_or(|seen| day < seen.first)
            }
        })
        .collect();
    // the nearest in time comes first
    passed.sort_by_key(|change| change.reform.turning_day());
    let change = if forward { passed.into_iter().next() } else { passed.into_iter().next_back() }?;
    let next = if forward { heir(&change, body) } else { origin(&change, body) }?;
    Some((change, next))
}

fn heir(change: &Change, body: &Organisation) -> Option<Organisation> {
    let same = change.after.iter().find(|after| after.function == body.function);
    same.or_else(|| change.after.first()).cloned()
}

fn origin(change: &Change, body: &Organisation) -> Option<Organisation> {
    if change.reform.kind != ReformKind::Merge {
        return change.before.first().cloned();
    }
    let mut same = change.before.iter().filter(|before| before.function == body.function);
    same.next().filter(|_| same.next().is_none()).cloned()
}
