//! Slips: prefixes that a list elides are restored, and names that lost their last character are completed by the
//! names that the same document prints in full.

use std::collections::HashMap;

use super::draft::Draft;
use super::party::{self, Likeness};
use crate::diagnostic::{Code, Finding};
use crate::knowledge::Knowledge;

/// Repairs the names in all statements of a document.
pub(super) fn statements(drafts: &mut [Draft]) {
    for draft in drafts.iter_mut() {
        let Some(statement) = &mut draft.statement else { continue };
        let mut parties: Vec<party::Party> = statement.parties().cloned().collect();
        party::restore_prefixes(&mut parties);
        let names = parties.into_iter().map(|party| party.name);
        for (party, name) in statement.groups.iter_mut().flat_map(|group| &mut group.parties).zip(names) {
            party.name = name;
        }
    }
    let mut counts: HashMap<String, usize> = HashMap::new();
    for party in drafts.iter().filter_map(|draft| draft.statement.as_ref()).flat_map(|statement| statement.parties()) {
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
