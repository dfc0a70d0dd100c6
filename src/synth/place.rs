//! The governments of the synthetic nation: names, codes, who stands above whom.

use std::collections::BTreeSet;

use super::Dice;
use super::words::Words;
use crate::knowledge::{Knowledge, Level};

/// Cities of a province.
const CITIES: usize = 11;
/// Counties of a city.
const COUNTIES: usize = 8;
/// Governments of a province with all below it.
const PROVINCE: usize = 1 + CITIES * (1 + COUNTIES);

/// One government.
#[derive(Clone, Debug)]
pub(super) struct Government {
    /// Its number in the nation: a province, then each of its cities with the counties of it.
    pub(super) index: usize,
    pub(super) level: Level,
    /// Full name of the place: 霖禾市.
    pub(super) name: String,
    /// The name without its kind.
    pub(super) short: String,
    /// What the names of its bodies begin with: 市.
    pub(super) prefix: String,
    /// Six digits that no place of the registry has.
    pub(super) code: String,
    /// What the numbers of its documents begin with.
    pub(super) abbreviation: String,
    /// The government above it.
    pub(super) parent: Option<usize>,
}

impl Government {
    /// Its place among the levels: 0 for a province, 1 for a city, 2 for a county.
    pub(super) fn depth(&self) -> usize {
        match self.level {
            Level::Province => 0,
            Level::City => 1,
            _ => 2,
        }
    }

    /// The one of three that is meant for its level.
    pub(super) fn of_level<T>(&self, [province, city, county]: [T; 3]) -> T {
        match self.depth() {
            0 => province,
            1 => city,
            _ => county,
        }
    }

    /// Full name of its office: 霖禾市人民政府办公室.
    pub(super) fn office(&self, words: &Words) -> String {
        let [province, others] = &words.documents.head.offices;
        let office = if self.level == Level::Province { province } else { others };
        format!("{}人民政府{office}", self.name)
    }
}

/// All names and codes that the nation may use.
#[derive(Debug)]
pub(super) struct Places {
    /// Names without kind, each once.
    names: Vec<String>,
    /// The first two digits of codes that no province has.
    codes: Vec<u8>,
    /// The abbreviations of the provinces.
    provinces: Vec<String>,
}

impl Places {
    /// Makes names for so many governments; fewer where there are not so many.
    pub(super) fn new(words: &Words, seed: u64, governments: usize) -> Self {
        let known = &Knowledge::shipped().places;
        let is_free = |short: &str| {
            ["", "省", "市", "县", "区"].iter().all(|kind| known.by_name(&format!("{short}{kind}")).next().is_none())
        };
        let mut names = Vec::new();
        let parts = &words.places;
        for between in std::iter::once("").chain(parts.between.iter().map(String::as_str)) {
            if names.len() >= governments {
                break;
            }
            let start = names.len();
            for first in &parts.first {
                let each = parts.second.iter().filter(|second| *second != first && between != **second);
                names.extend(each.map(|second| format!("{first}{between}{second}")).filter(|name| is_free(name)));
            }
            let mut dice = Dice::of(seed, &[u64::try_from(start).unwrap_or(0), 1]);
            dice.shuffle(names.get_mut(start..).unwrap_or_default());
        }
        let codes: Vec<u8> = (10..100).filter(|code| known.by_code(&format!("{code}0000")).is_none()).collect();
        let mut taken = BTreeSet::new();
        let provinces = names.iter().step_by(PROVINCE).map(|name| {
            let sign: String = name.chars().take(1).collect();
            let is_new = known.abbreviated(&sign).next().is_none() && taken.insert(sign.clone());
            if is_new { sign } else { name.clone() }
        });
        let provinces = provinces.collect();
        Self { names, codes, provinces }
    }

    /// How many governments there may be.
    pub(super) fn limit(&self) -> usize {
        self.names.len().min(self.codes.len() * PROVINCE)
    }

    /// One government; none beyond the limit.
    pub(super) fn government(&self, words: &Words, seed: u64, index: usize) -> Option<Government> {
        let short = self.names.get(index)?.clone();
        let (province, within) = (index / PROVINCE, index % PROVINCE);
        let two = self.codes.get(province)?;
        let number = |value: usize| u64::try_from(value).unwrap_or(0);
        if within == 0 {
            return Some(Government {
                index,
                level: Level::Province,
                name: format!("{short}省"),
                prefix: "省".to_owned(),
                code: format!("{two}0000"),
                abbreviation: self.provinces.get(province)?.clone(),
                parent: None,
                short,
            });
        }
        let (city, county) = ((within - 1) / (1 + COUNTIES), (within - 1) % (1 + COUNTIES));
        let (level, kind, prefix, parent) = if county == 0 {
            (Level::City, "市", "市", province * PROVINCE)
        } else {
            let mut dice = Dice::of(seed, &[number(index), 2]);
            let [kind, prefix] = dice.pick(&words.places.county_kinds)?;
            (Level::County, kind.as_str(), prefix.as_str(), index - county)
        };
        Some(Government {
            index,
            level,
            name: format!("{short}{kind}"),
            prefix: prefix.to_owned(),
            code: format!("{two}{:02}{county:02}", city + 1),
            abbreviation: short.clone(),
            parent: Some(parent),
            short,
        })
    }
}

/// A body by its number in the list of bodies, as a government calls it in a year: the name with the prefix of the level,
/// and whether the prefix may be left out behind another name.
pub(super) fn body_name(words: &Words, seed: u64, body: usize, government: &Government, year: i16) -> (String, bool) {
    let Some(entry) = words.bodies.get(body) else { return (String::new(), false) };
    let number = |value: usize| u64::try_from(value).unwrap_or(0);
    let mut dice = Dice::of(seed, &[number(government.index), number(body), 3]);
    // places follow a reform at once or a year later
    let delay = i16::from(dice.percent(50) && !entry.reform);
    let turn = dice.below(12);
    let form = entry.form.iter().find(|form| form.until.is_none_or(|until| year < until + delay));
    let Some(form) = form else { return (String::new(), false) };
    let names = government.of_level([&form.province, &form.city, &form.county]);
    let name = names.get(turn % names.len().max(1)).map_or("", String::as_str);
    if name.contains("{p}") {
        return (name.replace("{p}", &government.prefix), false);
    }
    // nobody can tell that a name is one of a body that only this nation has, without what stands before it
    (format!("{}{name}", government.prefix), !name.starts_with('委') && !entry.reform)
}

/// The governments below, as a government names them all at once.
pub(super) fn all_below(words: &Words, seed: u64, government: &Government) -> String {
    let names = government.of_level(["province", "city", "county"]);
    let names = words.places.below.get(names).map(Vec::as_slice).unwrap_or_default();
    Dice::of(seed, &[u64::try_from(government.index).unwrap_or(0), 4]).words(names).to_owned()
}
