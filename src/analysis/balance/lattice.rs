//! The values that a peak can have.

use std::collections::BTreeSet;

use super::model::Model;

/// Loads before any move, and all that plans can make of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lattice {
    /// The greatest step that all that passes is a multiple of.
    pub(super) step: i64,
    /// What remains of the loads by it, smallest first.
    rests: Vec<i64>,
}

/// The greatest common divisor; of 0 and 0 it is 0.
pub(super) fn divisor(a: i64, b: i64) -> i64 {
    if b == 0 { a.abs() } else { divisor(b, a % b) }
}

impl Lattice {
    pub(super) fn of(model: &Model) -> Self {
        let step = model.exchanges.iter().fold(0, |step, exchange| divisor(step, exchange.gain)).max(1);
        let rests: BTreeSet<i64> = model.loads.iter().map(|load| load.rem_euclid(step)).collect();
        Self { step, rests: rests.into_iter().collect() }
    }

    /// The largest value of at most so much.
    pub(super) fn at_most(&self, peak: i64) -> i64 {
        let base = peak.div_euclid(self.step) * self.step;
        match self.rests.iter().rev().find(|&&known| known <= peak - base) {
            Some(known) => base + known,
            None => base - self.step + self.rests.last().copied().unwrap_or(self.step),
        }
    }

    /// The smallest value of at least so much.
    pub(super) fn at_least(&self, peak: i64) -> i64 {
        let base = peak.div_euclid(self.step) * self.step;
        match self.rests.iter().find(|&&known| known >= peak - base) {
            Some(known) => base + known,
            None => base + self.step + self.rests.first().copied().unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_loads_and_whole_steps() {
        let lattice = Lattice { step: 3, rests: vec![1, 2] };
        let values: Vec<(i64, i64)> = (3..8).map(|peak| (lattice.at_most(peak), lattice.at_least(peak))).collect();
        assert_eq!(values, [(2, 4), (4, 4), (5, 5), (5, 7), (7, 7)]);
        assert_eq!(divisor(divisor(0, -4), 6), 2);
    }
}
