//! What printed units mean, from `data/vocabulary/units.toml`.

use std::collections::{BTreeMap, HashSet};

use serde::Deserialize;

use super::table::Tables;

/// What units mean: `units.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitMeanings {
    /// Printed unit to the local name of a unit of QUDT.
    known: BTreeMap<String, String>,
    /// Printed unit to so many of a unit of QUDT.
    derived: BTreeMap<String, Derived>,
    /// What multiplies a unit: 万 …
    scales: BTreeMap<String, f64>,
    /// Things counted: 个 …
    #[serde(skip)]
    counted: HashSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Derived {
    times: f64,
    of: String,
}

/// What one printed unit means: so many of a unit of QUDT.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitMeaning {
    /// Local name of the unit of QUDT.
    pub of: String,
    /// How many of it; none where the printed unit is that unit.
    pub times: Option<f64>,
}

impl UnitMeanings {
    pub(super) fn load(table: &str, counted: &[String], tables: &mut Tables) -> Self {
        let mut meanings: Self = tables.vocabulary("units.toml", table);
        meanings.counted = counted.iter().cloned().collect();
        meanings
    }

    /// What a unit means, where that is known.
    ///
    /// ```
    /// use zeren::knowledge::Knowledge;
    ///
    /// let units = &Knowledge::shipped().units;
    /// assert_eq!(units.meaning("公顷").unwrap().of, "HA");
    /// let money = units.meaning("万元").unwrap();
    /// assert_eq!((money.of.as_str(), money.times), ("CCY_CNY", Some(10000.0)));
    /// assert_eq!(units.meaning("倍"), None);
    /// ```
    pub fn meaning(&self, printed: &str) -> Option<UnitMeaning> {
        self.plain(printed).or_else(|| {
            // the longest scale that leaves a unit: 万亿元 is no 亿元 by ten thousand
            let scaled = self.scales.iter().filter_map(|(scale, factor)| {
                let rest = printed.strip_prefix(scale.as_str())?;
                let inner =
                    if rest.is_empty() { UnitMeaning { of: "NUM".to_owned(), times: None } } else { self.plain(rest)? };
                Some((scale.len(), UnitMeaning { times: Some(factor * inner.times.unwrap_or(1.0)), ..inner }))
            });
            scaled.max_by_key(|(length, _)| *length).map(|(_, meaning)| meaning)
        })
    }

    fn plain(&self, printed: &str) -> Option<UnitMeaning> {
        if let Some(of) = self.known.get(printed) {
            return Some(UnitMeaning { of: of.clone(), times: None });
        }
        if let Some(derived) = self.derived.get(printed) {
            return Some(UnitMeaning { of: derived.of.clone(), times: Some(derived.times) });
        }
        self.counted.contains(printed).then(|| UnitMeaning { of: "NUM".to_owned(), times: None })
    }
}

#[cfg(test)]
mod tests {
    use crate::knowledge::Knowledge;

    #[test]
    fn scales_multiply_what_they_stand_before() {
        let units = &Knowledge::shipped().units;
        let of = |printed: &str| units.meaning(printed).map(|meaning| (meaning.of, meaning.times));
        let is = |of: &str, times: Option<f64>| Some((of.to_owned(), times));
        assert_eq!(of("名"), is("NUM", None));
        assert_eq!(of("千瓦"), is("KiloW", None));
        assert_eq!(of("万千瓦时"), is("KiloW-HR", Some(1e4)));
        assert_eq!(of("万亿元"), is("CCY_CNY", Some(1e12)));
        assert_eq!(of("万亩"), is("M2", Some(6_666_667.0)));
        assert_eq!(of("亿"), is("NUM", Some(1e8)));
        assert_eq!(of("百分点"), is("PERCENT", Some(1.0)));
        assert_eq!(of(""), None);
    }
}
