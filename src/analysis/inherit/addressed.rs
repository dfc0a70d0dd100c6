//! Which tasks of a document above are laid on the governments below.

use crate::knowledge::Knowledge;
use crate::network::Department;
use crate::notice::{Mandate, Notice};
use crate::span::fold_str;

/// How many of a hundred tasks name governments below at least, where one that names none is for the level above.
const TOLD_APART: usize = 40;

/// Why a task above is laid on the level below, or is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Addressed {
    /// Governments below are among its parties.
    Party,
    /// Its words speak of them.
    Wording,
    /// The document makes no difference: few of its tasks name governments below.
    Document,
    /// It is for the bodies of the level above, as others of the document are not.
    Above,
    /// It is for another place.
    Elsewhere,
}

impl Addressed {
    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Party => "party",
            Self::Wording => "wording",
            Self::Document => "document",
            Self::Above => "above",
            Self::Elsewhere => "elsewhere",
        }
    }

    /// Whether it is.
    pub fn holds(self) -> bool {
        matches!(self, Self::Party | Self::Wording | Self::Document)
    }
}

/// Whether each task of the document above is laid on the place of the one below.
pub(super) fn of_notice(parent: &Notice, child: &Notice) -> Vec<Addressed> {
    let deeper = match (&parent.place, &child.place) {
        (Some(above), Some(below)) => below.level > above.level,
        _ => false,
    };
    if !deeper {
        return vec![Addressed::Document; parent.tasks.len()];
    }
    let laid_below = |task: &Mandate| task.parties.iter().any(|party| is_below(&party.body, parent));
    let named = parent.tasks.iter().filter(|task| laid_below(task)).count();
    let told_apart = named * 100 >= parent.tasks.len() * TOLD_APART;
    parent.tasks.iter().map(|task| of_task(task, parent, child, named > 0 && told_apart)).collect()
}

fn of_task(task: &Mandate, parent: &Notice, child: &Notice, told_apart: bool) -> Addressed {
    let below: Vec<&Department> =
        task.parties.iter().map(|party| &*party.body).filter(|body| is_below(body, parent)).collect();
    let seat = child.place.as_ref();
    let on_the_way = |body: &Department| {
        body.collective
            || seat.zip(body.place.as_ref()).is_some_and(|(seat, place)| {
                seat.id == place.id
                    || seat
                        .within
                        .iter()
                        .chain(&place.within)
                        .any(|around| around.id == place.id || around.id == seat.id)
            })
    };
    if below.iter().any(|body| on_the_way(body)) {
        return Addressed::Party;
    }
    if !below.is_empty() && below.len() == task.parties.len() {
        return Addressed::Elsewhere;
    }
    let text = fold_str(&task.text).into_owned();
    let words = &Knowledge::shipped().vocabulary.alignment.below;
    if words.iter().any(|word| text.contains(word.as_str())) {
        return Addressed::Wording;
    }
    match (below.is_empty(), told_apart) {
        (false, _) => Addressed::Elsewhere,
        (true, true) => Addressed::Above,
        (true, false) => Addressed::Document,
    }
}

/// Whether a party is one or several governments below the level of the document.
fn is_below(body: &Department, parent: &Notice) -> bool {
    let vocabulary = &Knowledge::shipped().vocabulary.alignment;
    let label = fold_str(&body.label).into_owned();
    let government = vocabulary.governments.iter().any(|word| label.ends_with(word.as_str()));
    if body.collective {
        return government || vocabulary.below.iter().any(|word| label.contains(word.as_str()));
    }
    let level = |place: &Option<crate::resolve::Place>| place.as_ref().map(|place| place.level);
    government && level(&body.place).zip(level(&parent.place)).is_some_and(|(own, above)| own > above)
}
