//! How much may still be tried, counted in steps and not in time, so that the same network gives the same plan.

/// One unit is worth about a tenth of a microsecond.
#[derive(Clone, Copy, Debug)]
pub(super) struct Work {
    left: u64,
}

impl Work {
    /// So much for a whole question.
    pub(super) const WHOLE: u64 = 40_000_000;

    pub(super) fn of(units: u64) -> Self {
        Self { left: units }
    }

    /// What is left.
    pub(super) fn left(self) -> u64 {
        self.left
    }

    /// What is left above what is kept for later.
    pub(super) fn above(self, kept: u64) -> u64 {
        self.left.saturating_sub(kept)
    }

    pub(super) fn spend(&mut self, units: u64) {
        self.left = self.left.saturating_sub(units);
    }
}
