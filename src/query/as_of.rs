//! A store as of a day, for any query.

use std::collections::BTreeMap;

use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNodeRef, Quad};
use petgraph::graph::NodeIndex;

use super::{Filter, QueryError, project};
use crate::date::Date;
use crate::iri;
use crate::network::{Followed, Succession};
use crate::store::Store;

/// What leads from a body to the tasks that it has a part in; back leads `organisation`.
const PARTS: [&str; 4] = ["leads", "coLeads", "isResponsibleFor", "supports"];

/// Puts the bodies that do the work on a day in the place of those that documents name, in the open store and not on
/// disk: whatever asks who has a part in a task is then told the body of that day.
///
/// Printed names, issuers and the reforms themselves stay as they are.
///
/// # Errors
///
/// [`QueryError::Evaluation`], if the store cannot be read, or lets nothing be changed in memory.
pub fn as_of(store: &Store, day: Date) -> Result<Succession, QueryError> {
    let network = project(store, &Filter::default())?;
    let ids: BTreeMap<NodeIndex, &str> = network.departments().map(|(node, body)| (node, body.id.as_str())).collect();
    let mut followed: Vec<Followed> = Vec::new();
    for heir in network.heirs(day) {
        let (Some(step), Some(from)) = (heir.followed, ids.get(&heir.node)) else { continue };
        put(store, from, &heir.body.id)?;
        followed.push(step);
    }
    Ok(Succession { day, followed })
}

fn put(store: &Store, from: &str, to: &str) -> Result<(), QueryError> {
    let failure = |error: &dyn std::fmt::Display| QueryError::Evaluation { reason: error.to_string() };
    let graphs = store.graphs();
    let (from, to) = (NamedNodeRef::new_unchecked(from), NamedNode::new_unchecked(to));
    let mut changes: Vec<(Quad, Quad)> = Vec::new();
    for part in PARTS.map(iri::term) {
        let part = NamedNodeRef::new_unchecked(&part);
        for quad in graphs.quads_for_pattern(Some(NamedOrBlankNodeRef::from(from)), Some(part), None, None) {
            let quad = quad.map_err(|error| failure(&error))?;
            changes.push((quad.clone(), Quad { subject: to.clone().into(), ..quad }));
        }
    }
    let organisation = iri::term("organisation");
    let organisation = NamedNodeRef::new_unchecked(&organisation);
    for quad in graphs.quads_for_pattern(None, Some(organisation), Some(from.into()), None) {
        let quad = quad.map_err(|error| failure(&error))?;
        changes.push((quad.clone(), Quad { object: to.clone().into(), ..quad }));
    }
    for (old, new) in changes {
        graphs.remove(&old).map_err(|error| failure(&error))?;
        graphs.insert(&new).map_err(|error| failure(&error))?;
    }
    Ok(())
}
