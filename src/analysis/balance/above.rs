//! Leads that a document above has settled.

use std::collections::BTreeMap;

use super::Reason;
use crate::analysis::{Inheritance, OwnerChange};

/// The tasks whose lead is settled by the documents above: the function that leads the task there leads it here too.
pub fn fixed_by(inheritances: &[Inheritance]) -> BTreeMap<String, Reason> {
    let mut fixed = BTreeMap::new();
    for pair in inheritances {
        for (task, fate) in pair.parent.tasks.iter().zip(&pair.fates) {
            let Some(owner) = fate.owner.as_ref().filter(|owner| owner.change == OwnerChange::Same) else { continue };
            let leads = owner.above.iter().filter(|holder| holder.role.leads());
            let functions = leads.filter_map(|holder| holder.body.function.clone()).collect();
            let name = format!("{} {}", pair.parent.name(), task.label);
            let why = Reason::Parent { name, task: task.id.clone(), functions };
            for below in fate.children.iter().filter_map(|link| pair.child.tasks.get(link.below)) {
                fixed.entry(below.id.clone()).or_insert_with(|| why.clone());
            }
        }
    }
    fixed
}
