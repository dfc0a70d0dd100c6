//! Jurisdictions (行政区划) by GB/T 2260 code.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::Knowledge;
use super::table::Tables;
use super::words::CharSet;

const FILE: &str = "places.csv";

/// Level of government.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The state (国家).
    State,
    /// Province, autonomous region or municipality (省).
    Province,
    /// Prefecture-level place (市).
    City,
    /// County-level place (县).
    County,
    /// Township (乡).
    Township,
}

impl Level {
    /// All levels, the highest first.
    pub const ALL: [Self; 5] = [Self::State, Self::Province, Self::City, Self::County, Self::Township];

    /// The stable name of the level.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Province => "province",
            Self::City => "city",
            Self::County => "county",
            Self::Township => "township",
        }
    }

    /// The Chinese name of the level.
    pub fn zh(self) -> &'static str {
        match self {
            Self::State => "国家",
            Self::Province => "省",
            Self::City => "市",
            Self::County => "县",
            Self::Township => "乡",
        }
    }

    /// Reads the stable name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.as_str() == text)
    }

    /// The level that a prefix of a printed name means: 市财政局.
    pub fn of_prefix(prefix: char) -> Option<Self> {
        Some(match prefix {
            '省' => Self::Province,
            '市' | '州' | '盟' => Self::City,
            '县' | '区' | '旗' => Self::County,
            '镇' | '乡' => Self::Township,
            _ => return None,
        })
    }

    /// The level that the last characters of a place's name suggest.
    pub fn of_name(name: &str) -> Option<Self> {
        let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
        if ends(&["省", "自治区", "特别行政区"]) {
            Some(Self::Province)
        } else if ends(&["市", "自治州", "地区", "盟"]) {
            Some(Self::City)
        } else if ends(&["县", "区", "旗", "林区"]) {
            Some(Self::County)
        } else if ends(&["乡", "镇", "街道"]) {
            Some(Self::Township)
        } else {
            None
        }
    }
}

/// One place of the registry.
#[derive(Clone, Debug, Deserialize)]
pub struct PlaceEntry {
    /// GB/T 2260 code, six digits.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Level of government.
    pub level: Level,
    /// The character that stands for it in document numbers.
    pub abbreviation: String,
    /// The name without its generic part.
    pub short: String,
    /// First year of the name, where known.
    pub from: Option<i16>,
    /// Last year of the name, where it ended.
    pub to: Option<i16>,
}

/// The kinds of places above townships, as their names end.
pub const PLACE_KINDS: [char; 7] = ['省', '市', '县', '区', '州', '旗', '盟'];

/// All places, by code and by name.
#[derive(Debug, Default)]
pub struct Places {
    entries: Vec<PlaceEntry>,
    by_code: FxHashMap<String, usize>,
    by_name: FxHashMap<String, Vec<usize>>,
    longest: usize,
    /// The characters that names begin with.
    firsts: CharSet,
    /// The characters that full names end with, and the last two of each.
    lasts: CharSet,
    ends: FxHashSet<[char; 2]>,
}

impl Places {
    pub(super) fn load(shipped: &str, tables: &mut Tables) -> Self {
        let mut places = Self::default();
        let key = |row: &PlaceEntry| format!("{} {} {:?}", row.code, row.name, row.from);
        for entry in tables.rows(FILE, shipped, key) {
            let index = places.entries.len();
            // a code goes to the place that bears it now
            let bearer = places.by_code.get(&entry.code).and_then(|&index| places.entries.get(index));
            match bearer {
                Some(bearer) if bearer.to.is_none() && entry.to.is_none() => {
                    let code = &entry.code;
                    tables.problem(FILE, format!("代码 `{code}` 出现两次"), format!("code `{code}` stands twice"));
                }
                Some(bearer) if bearer.to.is_none() => {}
                _ => {
                    places.by_code.insert(entry.code.clone(), index);
                }
            }
            places.longest = places.longest.max(entry.name.chars().count());
            places.firsts.extend(entry.name.chars().next().into_iter().chain(entry.short.chars().next()));
            let mut back = entry.name.chars().rev();
            if let (Some(last), Some(before)) = (back.next(), back.next()) {
                places.lasts.extend([last]);
                places.ends.insert([before, last]);
            }
            places.by_name.entry(entry.name.clone()).or_default().push(index);
            if entry.level != Level::County && !entry.short.is_empty() && entry.short != entry.name {
                places.by_name.entry(entry.short.clone()).or_default().push(index);
            }
            // 湘西土家族苗族自治州 is also printed 湘西自治州 and 湘西州
            let kind = ["自治州", "自治县", "自治旗"].into_iter().find(|kind| entry.name.ends_with(kind));
            if let Some(kind) = kind.filter(|_| !entry.short.is_empty()) {
                let bare = kind.trim_start_matches("自治");
                for alias in [format!("{}{kind}", entry.short), format!("{}{bare}", entry.short)] {
                    if alias != entry.name {
                        places.by_name.entry(alias).or_default().push(index);
                    }
                }
            }
            places.entries.push(entry);
        }
        places
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The place of a code.
    pub fn by_code(&self, code: &str) -> Option<&PlaceEntry> {
        self.by_code.get(code).and_then(|&index| self.entries.get(index))
    }

    /// The places of a full or short name.
    pub fn by_name(&self, name: &str) -> impl Iterator<Item = &PlaceEntry> {
        self.by_name.get(name).into_iter().flatten().filter_map(|&index| self.entries.get(index))
    }

    /// The places around a place, the nearest first, without the state.
    pub fn around<'a>(&'a self, place: &'a PlaceEntry) -> impl Iterator<Item = &'a PlaceEntry> {
        let ends: &[usize] = match place.level {
            Level::State | Level::Province => &[],
            Level::City => &[2],
            Level::County | Level::Township => &[4, 2],
        };
        ends.iter().filter_map(move |&end| {
            let code = format!("{:0<6}", place.code.get(..end)?);
            self.by_code(&code).filter(|around| around.code != place.code)
        })
    }

    /// Whether `inner` lies within `outer`.
    pub fn is_within(&self, inner: &PlaceEntry, outer: &PlaceEntry) -> bool {
        outer.level == Level::State || self.around(inner).any(|around| around.code == outer.code)
    }

    /// Reads a chain of places at the beginning of a text: 浙江省绍兴市人民政府 gives 绍兴市 and the rest 人民政府.
    ///
    /// A name that several places bear is decided by the place before it, else by `context`.
    pub fn strip_prefix<'a, 't>(
        &'a self,
        text: &'t str,
        context: Option<&'a PlaceEntry>,
    ) -> Option<(&'a PlaceEntry, &'t str)> {
        let mut found: Option<&PlaceEntry> = None;
        let mut rest = text;
        while let Some((place, after)) = self.strip_one(rest, found.or(context)) {
            if found.is_some_and(|outer| !self.is_within(place, outer)) {
                break;
            }
            found = Some(place);
            rest = after;
        }
        found.map(|place| (place, rest))
    }

    fn strip_one<'a, 't>(
        &'a self,
        text: &'t str,
        context: Option<&'a PlaceEntry>,
    ) -> Option<(&'a PlaceEntry, &'t str)> {
        if !text.starts_with(|first| self.firsts.contains(first)) {
            return None;
        }
        let mut best = None;
        for (length, (byte, char)) in text.char_indices().enumerate().take(self.longest) {
            let end = byte + char.len_utf8();
            let Some((name, rest)) = text.split_at_checked(end) else { break };
            if length == 0 {
                continue;
            }
            if let Some(place) = self.choose(name, context) {
                best = Some((place, rest));
            }
        }
        best
    }

    /// The one place that a name means, given the place that is spoken of; none where that stays open.
    pub fn choose<'a>(&'a self, name: &str, context: Option<&'a PlaceEntry>) -> Option<&'a PlaceEntry> {
        let mut candidates: Vec<&PlaceEntry> = self.by_name(name).collect();
        if let Some(context) = context {
            let near: Vec<&PlaceEntry> = candidates
                .iter()
                .copied()
                .filter(|place| {
                    place.code == context.code
                        || self.is_within(place, context) && context.level != Level::State
                        || self.is_within(context, place)
                })
                .collect();
            if !near.is_empty() {
                candidates = near;
            }
        }
        // 吉林 is a province and a city: the higher level first
        candidates.sort_by_key(|place| (place.name != name, place.to.is_some(), place.level));
        let first = *candidates.first()?;
        let ambiguous = candidates.iter().skip(1).any(|other| {
            other.level == first.level
                && (other.name == name) == (first.name == name)
                && other.to.is_some() == first.to.is_some()
        });
        (!ambiguous).then_some(first)
    }

    /// Whether another place bears the same name.
    pub fn is_shared_name(&self, place: &PlaceEntry) -> bool {
        self.by_name(&place.name).filter(|other| other.name == place.name && other.code != place.code).count() > 0
    }

    /// The full names of places in a text of characters, from left to right, of those that end at one place the longest.
    /// One of two characters is none within other words: 召开县政府会议, 完成县委交办的事项, 代县长.
    pub fn named<'a>(&'a self, text: &'a [char]) -> impl Iterator<Item = &'a str> {
        let together = &Knowledge::shipped().vocabulary.clause.verbs.together;
        text.windows(2).enumerate().filter_map(move |(at, pair)| {
            let [before, last] = pair else { return None };
            if !self.lasts.contains(*last) || !self.ends.contains(&[*before, *last]) {
                return None;
            }
            let end = at + pair.len();
            let is_within = |length: usize| {
                let before = (end - length).checked_sub(1).and_then(|at| text.get(at));
                before.is_some_and(|char| char.is_alphabetic() && !"省市州盟".contains(*char))
            };
            // 会同县级主管部门
            if text.get(end) == Some(&'级') {
                return None;
            }
            let is_part = is_within(pair.len()) || text.get(end) == Some(&'长');
            let shortest = pair.len() + usize::from(is_part);
            (shortest..=self.longest.min(end)).rev().find_map(|length| {
                let name: String = text.get(end - length..end)?.iter().collect();
                // 县民政局会同县卫健局
                let joins = is_within(length) && together.iter().any(|word| name.starts_with(word.as_str()));
                self.by_name(&name).map(|place| place.name.as_str()).find(|full| *full == name && !joins)
            })
        })
    }

    /// The places of an abbreviation: 黑, 甬.
    pub fn abbreviated<'a>(&'a self, abbreviation: &'a str) -> impl Iterator<Item = &'a PlaceEntry> {
        self.entries.iter().filter(move |place| place.abbreviation == abbreviation && place.to.is_none())
    }
}

#[cfg(test)]
mod tests {
    use crate::knowledge::Knowledge;

    #[test]
    fn a_short_name_within_other_words_is_no_place() {
        let named = |text: &str| -> Vec<String> {
            let text: Vec<char> = text.chars().collect();
            Knowledge::shipped().places.named(&text).map(str::to_owned).collect()
        };
        assert_eq!(named("代县长主持召开县政府会议,完成县委交办的事项"), [""; 0]);
        assert_eq!(named("成县、甘肃省成县和陇南市成县,开县"), ["成县", "甘肃省", "成县", "陇南市", "成县", "开县"]);
        assert_eq!(named("由县民政局会同县卫健局制定"), [""; 0]);
        assert_eq!(named("会同县级主管部门"), [""; 0]);
        assert_eq!(named("湖南省会同县"), ["湖南省", "会同县"]);
        assert_eq!(named("在哈尔滨市召开"), ["哈尔滨市"]);
    }
}
