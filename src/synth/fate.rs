//! What truly became of the mandates above.

use super::draft::{Draft, Ground};
use super::gold::{Fate, FigureFate};
use super::layout::{Page, Stand};
use super::mandate::{Due, Mandate};
use super::say;
use super::words::fill;

/// What became of every mandate of the notice above, in its order; nothing where there is none.
pub(super) fn fates(ground: &Ground, draft: &Draft, page: &Page, above: &Page) -> Vec<Fate> {
    let Some(parent) = &draft.parent else { return Vec::new() };
    let label = |page: &Page, index: usize| page.tasks.get(index).map(|Stand { label, .. }| label.clone());
    let fates = parent.mandates.iter().enumerate().map(|(index, mandate)| {
        let child = draft.mandates.iter().position(|mandate| mandate.origin == Some(index));
        let below = child.and_then(|child| draft.mandates.get(child));
        Fate {
            parent: parent.name.clone(),
            number: parent.number.clone(),
            parent_task: index + 1,
            parent_label: label(above, index).unwrap_or_default(),
            child: draft.name.clone(),
            child_task: child.map(|child| child + 1),
            child_label: child.and_then(|child| label(page, child)),
            owner: child.and_then(|child| owner(ground, draft, parent, index, child)),
            figures: below.map_or_else(Vec::new, |below| figures(ground, mandate, below)),
            date: below.and_then(|below| date(mandate.due, below.due)),
        }
    });
    fates.collect()
}

/// Whether who leads below is who leads above, as it is called there.
fn owner(ground: &Ground, draft: &Draft, parent: &Draft, above: usize, below: usize) -> Option<&'static str> {
    let task = parent.tasks.get(above)?;
    let bodies = &parent.mandates.get(above)?.bodies;
    let leads: Vec<&str> = task.parties.leads().collect();
    // the bodies whose names lead above, under the names that they have below
    let same: Vec<String> = (0..ground.words.bodies.len())
        .filter(|&body| bodies.contains(&body) || task.inherited || parent.layout == super::style::Layout::Above)
        .filter(|&body| leads.contains(&ground.name_of(parent, body).as_str()))
        .map(|body| ground.name_of(draft, body))
        .collect();
    let now: Vec<&str> = draft.tasks.get(below)?.parties.leads().collect();
    if same.is_empty() || now.is_empty() {
        return None;
    }
    Some(if now.iter().any(|name| same.iter().any(|same| same == name)) { "same" } else { "moved" })
}

fn figures(ground: &Ground, above: &Mandate, below: &Mandate) -> Vec<FigureFate> {
    let work = ground.words.works.get(above.work);
    let thing = work.and_then(|work| work.things.get(above.thing)).map_or("", String::as_str);
    let fates = above.figures.iter().map(|figure| {
        let measure = work.and_then(|work| work.figures.get(figure.measure));
        let now = below.figures.iter().find(|now| now.measure == figure.measure);
        let change = match now.map(|now| now.value.cmp(&figure.value)) {
            None => "dropped",
            Some(std::cmp::Ordering::Less) => "lowered",
            Some(std::cmp::Ordering::Equal) => "same",
            Some(std::cmp::Ordering::Greater) => "raised",
        };
        let name = measure.map_or_else(String::new, |measure| fill(&measure.name, &[("o", thing)]));
        FigureFate { name, change, above: say::value(figure), below: now.map(say::value) }
    });
    fates.collect()
}

fn date(above: Option<Due>, below: Option<Due>) -> Option<&'static str> {
    Some(match (above?, below) {
        (_, None) => "dropped",
        (above, Some(below)) if above == below => "same",
        (Due::MonthEnd(_, above), Some(Due::MonthEnd(_, below)))
        | (Due::Day(_, above, _), Some(Due::Day(_, below, _))) => {
            if below < above {
                "earlier"
            } else {
                "later"
            }
        }
        _ => "changed",
    })
}
