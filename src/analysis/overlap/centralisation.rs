//! How far one department stands out.

/// Freeman centralisation: Σ (max − xᵢ) over its largest possible value.
///
/// L. C. Freeman, *Centrality in social networks: conceptual clarification*, Social Networks 1, 1979. A star has 1, a ring 0; so
/// has a graph of fewer than three nodes.
pub fn centralisation(values: &[f64], largest: f64) -> f64 {
    let top = values.iter().copied().fold(0.0, f64::max);
    let sum: f64 = values.iter().map(|value| top - value).sum();
    if largest > 0.0 { sum / largest } else { 0.0 }
}
