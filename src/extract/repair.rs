//! Slips: prefixes that a list elides are restored, and names that lost their last character are completed by the
//! names that the same document prints in full.

use rustc_hash::FxHashMap;

use super::clause::Statement;
use super::decide::Setting;
use super::draft::Draft;
use super::party::{self, Likeness, Party};
use super::prefix;
use crate::diagnostic::{Code, Finding};
use crate::knowledge::Knowledge;

/// Whether a name does not end as names of bodies do.
fn lacks_ending(party: &Party) -> bool {
    !party::ends_as_body(&party.name) && party.likeness != Likeness::Collective
}

/// What a name may have been before it lost its end.
fn completed(party: &Party) -> impl Iterator<Item = String> {
    Knowledge::shipped().vocabulary.parties.slips.endings.iter().map(|ending| format!("{}{ending}", party.name))
}

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
    let parties = || drafts.iter().filter_map(|draft| draft.statement.as_ref()).flat_map(Statement::parties);
    let mut counts: FxHashMap<String, usize> =
        parties().filter(|party| lacks_ending(party)).flat_map(completed).map(|whole| (whole, 0)).collect();
    for party in parties() {
        if let Some(count) = counts.get_mut(&party.name) {
            *count += 1;
        }
    }
    for draft in drafts.iter_mut() {
        let Some(statement) = &mut draft.statement else { continue };
        let parties = statement.groups.iter_mut().flat_map(|group| &mut group.parties);
        for party in parties.filter(|party| lacks_ending(party)) {
            let printed = |whole: &String| counts.get(whole).copied().filter(|count| *count > 0);
            let whole = completed(party).filter_map(|whole| Some((printed(&whole)?, whole))).max();
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
