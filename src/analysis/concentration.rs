//! How unevenly a load is spread.

/// Measures of concentration over n loads x₁ ≤ x₂ ≤ … ≤ xₙ with the sum S > 0.
///
/// - Gini coefficient: Σᵢ (2i − n − 1) xᵢ / (n S), from 0 (all equal) to (n − 1) / n (one carries all);
///   C. Gini, *Variabilità e mutabilità*, 1912, in the form of sorted values.
/// - Herfindahl-Hirschman index: Σ (xᵢ / S)², from 1 / n to 1.
/// - Share of the largest k: the sum of the k largest over S.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Concentration {
    /// Gini coefficient.
    pub gini: f64,
    /// Herfindahl-Hirschman index.
    pub hhi: f64,
    /// Share of the largest load.
    pub top1_share: f64,
    /// Share of the three largest loads.
    pub top3_share: f64,
}

impl Concentration {
    /// Measures loads in any order; none where their sum is not positive, since no share is defined then.
    ///
    /// Takes O(n log n) time.
    ///
    /// ```
    /// use zeren::analysis::Concentration;
    ///
    /// let spread = Concentration::of(&[1.0, 1.0, 2.0, 4.0]).expect("a positive sum");
    /// assert_eq!(spread.gini, 0.3125); // (-3·1 - 1·1 + 1·2 + 3·4) / (4·8)
    /// assert_eq!(spread.hhi, 0.34375); // (1 + 1 + 4 + 16) / 64
    /// assert_eq!((spread.top1_share, spread.top3_share), (0.5, 0.875));
    /// assert_eq!(Concentration::of(&[]), None);
    /// ```
    pub fn of(loads: &[f64]) -> Option<Self> {
        let mut sorted = loads.to_vec();
        sorted.sort_by(f64::total_cmp);
        let sum: f64 = sorted.iter().sum();
        if sum.is_nan() || sum <= 0.0 {
            return None;
        }
        let count = exact(sorted.len());
        let ranked: f64 =
            sorted.iter().enumerate().map(|(index, load)| (2.0 * exact(index + 1) - count - 1.0) * load).sum();
        let top = |k: usize| sorted.iter().rev().take(k).sum::<f64>() / sum;
        Some(Self {
            gini: ranked / (count * sum),
            hhi: sorted.iter().map(|load| (load / sum).powi(2)).sum(),
            top1_share: top(1),
            top3_share: top(3),
        })
    }
}

/// A count as a number; counts of departments and tasks are far below 2³².
pub(super) fn exact(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_carries_all_or_all_carry_the_same() {
        let one = Concentration::of(&[0.0, 0.0, 0.0, 5.0]).unwrap();
        assert_eq!((one.gini, one.hhi, one.top1_share, one.top3_share), (0.75, 1.0, 1.0, 1.0));
        let same = Concentration::of(&[2.0; 4]).unwrap();
        assert_eq!((same.gini, same.hhi, same.top1_share, same.top3_share), (0.0, 0.25, 0.25, 0.75));
        let single = Concentration::of(&[3.0]).unwrap();
        assert_eq!((single.gini, single.hhi, single.top3_share), (0.0, 1.0, 1.0));
    }

    #[test]
    fn no_share_without_a_load() {
        assert_eq!(Concentration::of(&[0.0, 0.0]), None);
    }
}
