//! Slips: prefixes that a list elides are restored, and names that lost their last character are completed by the
//! names that the same document prints in full.

use std::collections::HashMap;

use super::clause::Statement;
use super::decide::Setting;
use super::draft::Draft;
use super::party::{self, Likeness};
use super::prefix;
use crate::diagnostic::{Code, Finding};
use crate::knowledge::Knowledge;

/// Repairs the names in all statements of a document.
pub(super) fn statements(drafts: &mut [Draft]) {
    for draft in drafts.iter_mut() {
        let Some(statement) = &mut draft.statement else { continue };
        // a prefix holds on within a clause; bodies that columns list stand each for itself
        if matches!(draft.setting, Setting::Columns { .. }) {
            continue;
        }
        let mut in_force = None;
        for group in &mut statement.groups {
            in_force = prefix::restore_prefixes(&mut group.parties, in_force);
        }
    }
    let mut counts: HashMap<String, usize> = HashMap::new();
    for party in drafts.iter().filter_map(|draft| draft.statement.as_ref()).flat_map(Statement::parties) {
        *counts.entry(party.name.clone()).or_default() += 1;
    }
    let endings = &Knowledge::shipped().vocabulary.parties.slips.endings;
    for draft in drafts.iter_mut() {
        let Some(statement) = &mut draft.statement else { continue };
        for party in statement.groups.iter_mut().flat_map(|group| &mut group.parties) {
            if party::ends_as_body(&party.name) || party.likeness == Likeness::Collective {
                continue;
            }
            let whole = endings
                .iter()
                .map(|ending| format!("{}{ending}", party.name))
                .filter_map(|whole| counts.get(&whole).map(|count| (*count, whole)))
                .max();
            let Some((_, whole)) = whole else { continue };
            if !draft.inherited {
                draft.findings.push(
                    Finding::new(
                        Code::RepairedName,
                        party.span,
                        format!("`{}` 应为 `{whole}`", party.name),
                        format!("`{}` should be `{whole}`", party.name),
                    )
                    .with_hint("文中别处写的是全称", "the document prints the whole name elsewhere"),
                );
            }
            party.likeness = party::likeness(&whole);
            party.name = whole;
        }
    }
}
