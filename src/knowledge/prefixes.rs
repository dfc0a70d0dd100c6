//! Prefixes of document numbers and the bodies that use them, from `data/registry/prefixes.csv`.

use rustc_hash::FxHashMap;
use serde::Deserialize;

/// A prefix of document numbers and the body that uses it.
#[derive(Clone, Debug, Deserialize)]
pub struct NumberPrefix {
    /// The characters before the year, `{abbr}` standing for the place's abbreviation, `*` at the end for further signs.
    pub prefix: String,
    /// The body: its full name, `{place}` standing for the place; or printed forms without the place, of which the
    /// first counts that the place has in the year.
    pub issuer: String,
    /// How sure the row is: certain, usual or inferred.
    pub certainty: String,
}

/// A prefix of a number that the table explains.
#[derive(Clone, Copy, Debug)]
pub struct PrefixMatch<'k, 'n> {
    /// The row.
    pub row: &'k NumberPrefix,
    /// The characters that stand for the place; empty for a body of the state.
    pub abbreviation: &'n str,
    /// How many characters the row explains.
    pub literal: usize,
}

/// The longest abbreviation of a place in characters: 阜蒙.
const LONGEST_ABBREVIATION: usize = 4;

/// How many further signs may stand behind an open row.
const LONGEST_REST: usize = 4;

/// All prefixes, by their characters.
#[derive(Debug, Default)]
pub struct Prefixes {
    rows: Vec<NumberPrefix>,
    /// By the characters without `{abbr}` and `*`: whether it is of a place, whether it is open, and the row.
    by_sign: FxHashMap<String, Vec<(bool, bool, usize)>>,
    longest: usize,
}

impl Prefixes {
    pub(super) fn new(rows: Vec<NumberPrefix>) -> Self {
        let mut table = Self::default();
        for (index, row) in rows.iter().enumerate() {
            let local = row.prefix.strip_prefix("{abbr}");
            let sign = local.unwrap_or(&row.prefix);
            let open = sign.strip_suffix('*');
            let sign = open.unwrap_or(sign);
            table.longest = table.longest.max(sign.chars().count());
            table.by_sign.entry(sign.to_owned()).or_default().push((local.is_some(), open.is_some(), index));
        }
        table.rows = rows;
        table
    }

    /// All rows.
    pub fn rows(&self) -> &[NumberPrefix] {
        &self.rows
    }

    /// The row that explains most of a prefix: of the state first, then of a place.
    pub fn find<'n>(&self, prefix: &'n str) -> Option<PrefixMatch<'_, 'n>> {
        let cuts: Vec<usize> = prefix.char_indices().map(|(byte, _)| byte).chain([prefix.len()]).collect();
        let mut best: Option<PrefixMatch> = None;
        for skipped in 0..=LONGEST_ABBREVIATION.min(cuts.len().saturating_sub(2)) {
            let Some((abbreviation, rest)) = cuts.get(skipped).and_then(|&cut| prefix.split_at_checked(cut)) else {
                break;
            };
            if let Some((row, literal)) = self.explain(rest, skipped > 0)
                && best.is_none_or(|known| literal > known.literal)
            {
                best = Some(PrefixMatch { row, abbreviation, literal });
            }
        }
        best
    }

    /// The longest row that a sign begins with; a closed one must be the whole.
    fn explain(&self, sign: &str, local: bool) -> Option<(&NumberPrefix, usize)> {
        let mut ends: Vec<usize> = sign.char_indices().map(|(byte, _)| byte).skip(1).chain([sign.len()]).collect();
        ends.truncate(self.longest);
        for (length, &end) in ends.iter().enumerate().rev() {
            let rest = sign.get(end..).map_or(0, |rest| rest.chars().count());
            let whole = rest == 0;
            let rows = sign.get(..end).and_then(|start| self.by_sign.get(start)).into_iter().flatten();
            let mut fitting: Vec<&(bool, bool, usize)> = rows
                .filter(|(of_place, open, _)| *of_place == local && (whole || *open && rest <= LONGEST_REST))
                .collect();
            fitting.sort_by_key(|(_, open, _)| *open);
            if let Some(row) = fitting.first().and_then(|(.., index)| self.rows.get(*index)) {
                return Some((row, length + 1));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use crate::knowledge::Knowledge;

    #[test]
    fn prefixes_are_told_into_place_and_body() {
        let prefixes = Knowledge::shipped().bodies.prefixes();
        for (prefix, abbreviation, row) in [
            ("国办发", "", "国办发"),
            ("黑政办发", "黑", "{abbr}政办发"),
            ("鞍立政发", "鞍立", "{abbr}政发"),
            ("浙财农", "浙", "{abbr}财*"),
            ("工信部联节", "", "工信部*"),
            ("湖卫健发", "湖", "{abbr}卫健*"),
        ] {
            let found = prefixes.find(prefix).unwrap();
            assert_eq!((found.abbreviation, found.row.prefix.as_str()), (abbreviation, row), "{prefix}");
        }
        assert!(prefixes.find("甲乙丙丁戊己").is_none());
    }
}
