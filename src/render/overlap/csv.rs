//! The network as CSV: one table, the one that was asked for.

use std::io::{self, Write};

use super::{Rows, View};
use crate::render::claims;
use crate::render::csv::line;
use crate::render::json::precise;

/// Writes one line for every department, pair or arc; for the tasks of one body, whom it must call.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn csv(out: &mut dyn Write, view: &View<'_>) -> io::Result<()> {
    match view.rows {
        _ if view.claims.is_some() => claims::csv(out, view.traced(usize::MAX)),
        Rows::Summary if view.bodies.is_some() => contacts(out, view),
        Rows::Summary | Rows::Departments => departments(out, view),
        Rows::Pairs => pairs(out, view),
        Rows::Leads => leads(out, view),
    }
}

fn departments(out: &mut dyn Write, view: &View<'_>) -> io::Result<()> {
    let header = [
        "rank",
        "organisation",
        "label",
        "tasks",
        "degree",
        "weighted_degree",
        "betweenness",
        "closeness",
        "eigenvector",
        "core",
        "community",
        "central",
        "leads",
        "led_by",
    ];
    line(out, header)?;
    for (rank, one) in view.departments(usize::MAX) {
        let names = [rank.to_string(), one.organisation.clone(), one.label.clone()];
        let counts = [one.tasks.to_string(), one.degree.to_string(), one.weighted_degree.to_string()];
        let measures = [one.betweenness, one.closeness, one.eigenvector].map(|value| precise(value).to_string());
        let groups = [one.core, one.community].map(|value| value.to_string());
        let rest = [one.central.to_string(), one.leads.to_string(), one.led_by.to_string()];
        line(out, names.into_iter().chain(counts).chain(measures).chain(groups).chain(rest))?;
    }
    Ok(())
}

fn pairs(out: &mut dyn Write, view: &View<'_>) -> io::Result<()> {
    line(out, ["a", "a_label", "b", "b_label", "tasks", "a_leads_b", "b_leads_a", "co_lead", "jaccard", "behind"])?;
    for pair in view.pairs(usize::MAX) {
        let names = [&pair.a.0, &pair.a.1, &pair.b.0, &pair.b.1].map(Clone::clone);
        let tie = [pair.tie.tasks, pair.tie.a_leads, pair.tie.b_leads, pair.tie.co_lead].map(|count| count.to_string());
        let behind: Vec<&str> = view.behind(pair).into_iter().map(|task| task.id.as_str()).collect();
        let rest = [precise(pair.jaccard).to_string(), behind.join(" ")];
        line(out, names.into_iter().chain(tie).chain(rest))?;
    }
    Ok(())
}

fn leads(out: &mut dyn Write, view: &View<'_>) -> io::Result<()> {
    line(out, ["from", "from_label", "to", "to_label", "tasks"])?;
    for (from, to, tasks) in view.leads() {
        line(out, [&from.0, &from.1, &to.0, &to.1, &tasks.to_string()])?;
    }
    Ok(())
}

fn contacts(out: &mut dyn Write, view: &View<'_>) -> io::Result<()> {
    line(out, ["body", "task", "label", "text", "role", "call", "call_label", "call_role"])?;
    for contact in &view.contacts {
        for (other, role) in &contact.others {
            let task =
                [&contact.body.label, &contact.task.id, &contact.task.label, &contact.task.text].map(Clone::clone);
            let call = [contact.role.as_str(), &other.id, &other.label, role.as_str()].map(str::to_owned);
            line(out, task.into_iter().chain(call))?;
        }
    }
    Ok(())
}
