//! What an index holds, beside what its store does.

use std::path::Path;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::documents::{Covered, Stamp};
use super::folder::Folder;
use super::overlay::Overlay;
use super::stack::{Layer, Opened, Stack};
use super::{Index, named};
use crate::parallel::in_parallel;
use crate::store::{Entry, StoreError};

/// Which documents an index holds as they are.
pub(in crate::store) struct Coverage<'a> {
    pub(super) stack: Stack,
    /// Documents that the index has not, or not as they are.
    pub(in crate::store) uncovered: Vec<&'a Entry>,
    /// Documents that it has, and how their files were then.
    pub(super) covered: Vec<(&'a Entry, u32, Option<Stamp>)>,
    /// Graphs of the index that the store has no more, or not so.
    pub(super) obsolete: Vec<u32>,
}

impl<'a> Coverage<'a> {
    /// Compares the index in a store's folder with what its manifest lists. An index that cannot be read covers nothing.
    pub(in crate::store) fn of(
        dir: &Path,
        documents: impl ExactSizeIterator<Item = &'a Entry>,
        opened: &Opened,
    ) -> Result<Self, StoreError> {
        let stack = Folder::of(dir).open(opened)?;
        let held: Vec<&Covered> = stack.layers.iter().flat_map(Layer::shown).collect();
        let places: FxHashMap<&str, usize> = held.iter().map(|held| held.document.as_str()).zip(0..).collect();
        let mut valid = vec![false; held.len()];
        let (mut uncovered, mut covered) = (Vec::new(), Vec::with_capacity(documents.len()));
        let documents: Vec<&Entry> = documents.collect();
        let found = in_parallel(&documents, |entry| {
            let place = *places.get(entry.document.as_str())?;
            let known = held.get(place)?;
            (known.digest == entry.digest && known.quads == entry.quads).then_some((place, known.graph, known.stamp))
        });
        for (entry, found) in documents.into_iter().zip(found) {
            let Some((place, graph, stamp)) = found else {
                uncovered.push(entry);
                continue;
            };
            covered.push((entry, graph, stamp));
            if let Some(valid) = valid.get_mut(place) {
                *valid = true;
            }
        }
        let lost = held.iter().zip(valid).filter(|(_, valid)| !valid);
        let obsolete = lost.map(|(held, _)| held.graph).collect();
        Ok(Self { stack, uncovered, covered, obsolete })
    }

    /// Documents that the index has as they are, but whose files were touched since it was written.
    pub(in crate::store) fn touched(&self, dir: &Path) -> Vec<&'a Entry> {
        let touched = in_parallel(&self.covered, |(entry, _, known)| {
            let stamp = entry.file().and_then(|file| Stamp::of(&dir.join(file)));
            stamp.is_none() || stamp != *known
        });
        self.covered.iter().zip(touched).filter(|(_, touched)| *touched).map(|((entry, ..), _)| *entry).collect()
    }

    /// Takes documents' graphs for some that the store has no more.
    pub(in crate::store) fn leave_out(&mut self, documents: &FxHashSet<&str>) {
        let obsolete = &mut self.obsolete;
        self.covered.retain(|(entry, graph, _)| {
            let stays = !documents.contains(entry.document.as_str());
            if !stays {
                obsolete.push(*graph);
            }
            stays
        });
    }

    /// How many statements there are beside the index.
    pub(in crate::store) fn beside(&self) -> usize {
        self.uncovered.iter().map(|entry| entry.quads).sum()
    }

    /// How many statements the index holds that the store has too.
    pub(super) fn held(&self) -> usize {
        self.covered.iter().map(|(entry, ..)| entry.quads).sum()
    }

    /// The graphs, with the texts of the documents that the index has not.
    pub(in crate::store) fn open(self, texts: &[String]) -> Result<Index, StoreError> {
        let mut stack = self.stack;
        for layer in &mut stack.layers {
            // they have told what they hold
            layer.documents = Arc::default();
        }
        let mut overlay = Overlay::new(&stack, texts)?;
        overlay.graphs.extend(self.obsolete);
        let covered = self.covered.iter().filter(|(entry, ..)| entry.quads > 0);
        let mut graphs: Vec<u32> = covered.map(|(_, graph, _)| *graph).collect();
        for entry in self.uncovered.iter().filter(|entry| entry.quads > 0) {
            // without a number where its text was not given
            graphs.extend(overlay.number(&stack, &named(&entry.document))?);
        }
        graphs.sort_unstable();
        graphs.dedup();
        Ok(Index::new(stack, overlay, graphs))
    }
}
