//! Reforms (机构改革): which kinds of bodies became which, when and by what decision.

use std::collections::HashMap;

use serde::Deserialize;

use super::bodies::Bodies;
use super::functions::Functions;
use super::places::Level;
use super::table::Tables;
use crate::date::Date;
use crate::diagnostic::Message;

const FILE: &str = "reforms.csv";

/// What a reform does to the bodies that it touches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ReformKind {
    /// One body goes on under another name.
    Rename,
    /// Several bodies become one.
    Merge,
    /// One body becomes several.
    Split,
    /// A body begins.
    Found,
    /// A body ends.
    Abolish,
    /// One function passes from body to body; both go on.
    Transfer,
}

impl ReformKind {
    /// All kinds.
    pub const ALL: [Self; 6] = [Self::Rename, Self::Merge, Self::Split, Self::Found, Self::Abolish, Self::Transfer];

    /// The stable name of the kind.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rename => "rename",
            Self::Merge => "merge",
            Self::Split => "split",
            Self::Found => "found",
            Self::Abolish => "abolish",
            Self::Transfer => "transfer",
        }
    }

    /// Whether the whole work of a body passes on, not one function of it.
    pub fn is_succession(self) -> bool {
        matches!(self, Self::Rename | Self::Merge | Self::Split)
    }
}

/// One change of the organs of government at some levels.
#[derive(Clone, Debug)]
pub struct Reform {
    /// Stable key.
    pub id: String,
    /// Year of the national round that it belongs to.
    pub round: i16,
    /// Day of the decision.
    pub date: Date,
    /// Day by which the places had carried it out; the day of the decision where there is nothing to carry out.
    pub until: Date,
    /// Levels of the places that it concerns.
    pub levels: Vec<Level>,
    /// Code of the one place that it concerns; empty for all of the levels.
    pub place: String,
    /// What it does.
    pub kind: ReformKind,
    /// The bodies before: for each the keys of the forms that it may have, the usual one first.
    pub from: Vec<Vec<String>>,
    /// The bodies after, likewise.
    pub to: Vec<Vec<String>>,
    /// Key of the function that passes on.
    pub function: String,
    /// How sure the row is: certain, usual or inferred.
    pub certainty: String,
    /// The decision.
    pub source: String,
    /// Remark, in Chinese.
    pub note: String,
}

#[derive(Deserialize)]
struct ReformRow {
    id: String,
    round: i16,
    date: String,
    until: String,
    levels: String,
    place: String,
    kind: ReformKind,
    from: String,
    to: String,
    function: String,
    certainty: String,
    source: String,
    note: String,
}

/// All reforms, by the kinds of bodies that they touch.
#[derive(Debug, Default)]
pub struct Reforms {
    all: Vec<Reform>,
    by_body: HashMap<String, Vec<usize>>,
}

impl Reforms {
    pub(super) fn load(shipped: &str, bodies: &Bodies, functions: &Functions, tables: &mut Tables) -> Self {
        let mut reforms = Self::default();
        for row in tables.rows(FILE, shipped, |row: &ReformRow| row.id.clone()) {
            match row.check(bodies, functions) {
                Ok(reform) => reforms.add(reform),
                Err(what) => tables.problem(FILE, what.zh, what.en),
            }
        }
        reforms
    }

    fn add(&mut self, reform: Reform) {
        let index = self.all.len();
        for key in reform.from.iter().chain(&reform.to).flatten() {
            let known = self.by_body.entry(key.clone()).or_default();
            if known.last() != Some(&index) {
                known.push(index);
            }
        }
        self.all.push(reform);
    }

    /// All reforms, in the order of the registry.
    pub fn all(&self) -> &[Reform] {
        &self.all
    }

    /// The reforms that touch a kind of body at a place, in the order of the registry.
    ///
    /// What the registry says of one place takes the stead of what it says of all places of the level in that round.
    pub fn of<'r>(&'r self, key: &str, level: Level, code: Option<&str>) -> impl Iterator<Item = &'r Reform> + use<'r> {
        let rows = self.by_body.get(key).map(Vec::as_slice).unwrap_or_default();
        let touching: Vec<&Reform> = rows
            .iter()
            .filter_map(|&index| self.all.get(index))
            .filter(|reform| reform.levels.contains(&level))
            .filter(|reform| reform.place.is_empty() || code == Some(reform.place.as_str()))
            .collect();
        let own: Vec<i16> = touching
            .iter()
            .filter(|reform| !reform.place.is_empty() && reform.kind.is_succession())
            .map(|reform| reform.round)
            .collect();
        touching.into_iter().filter(move |reform| {
            !reform.place.is_empty() || !reform.kind.is_succession() || !own.contains(&reform.round)
        })
    }
}

impl ReformRow {
    fn check(self, bodies: &Bodies, functions: &Functions) -> Result<Reform, Message> {
        let id = self.id.as_str();
        let wrong = |zh: String, en: String| Message::new(format!("`{id}` {zh}"), format!("`{id}` {en}"));
        let date = |text: &str| {
            Date::parse_iso(text).ok_or_else(|| wrong(format!("的日期不对：`{text}`"), format!("has no date `{text}`")))
        };
        let levels: Option<Vec<Level>> = self.levels.split('|').map(Level::parse).collect();
        let levels = levels.ok_or_else(|| {
            wrong(format!("的层级不对：`{}`", self.levels), format!("names an unknown level: `{}`", self.levels))
        })?;
        let groups = |cell: &str| -> Result<Vec<Vec<String>>, Message> {
            let group = |text: &str| -> Result<Vec<String>, Message> {
                let keys: Vec<String> = text.split('/').map(str::to_owned).collect();
                match keys.iter().find(|key| bodies.by_key(key).is_none()) {
                    Some(key) => Err(wrong(format!("提到未知机构 `{key}`"), format!("names an unknown body: `{key}`"))),
                    None => Ok(keys),
                }
            };
            cell.split('|').filter(|text| !text.is_empty()).map(group).collect()
        };
        let (from, to) = (groups(&self.from)?, groups(&self.to)?);
        let fits = match self.kind {
            ReformKind::Rename => from.len() == 1 && to.len() == 1,
            ReformKind::Merge => !from.is_empty() && to.len() == 1,
            ReformKind::Split => from.len() == 1 && to.len() > 1,
            ReformKind::Found => from.is_empty() && to.len() == 1,
            ReformKind::Abolish => from.len() == 1 && to.is_empty(),
            ReformKind::Transfer => !from.is_empty() && !to.is_empty(),
        };
        if !fits {
            let (kind, before, after) = (self.kind.as_str(), from.len(), to.len());
            return Err(wrong(
                format!("为 {kind}，却由 {before} 个机构变为 {after} 个"),
                format!("is a {kind} of {before} bodies that gives {after}"),
            ));
        }
        if functions.by_key(&self.function).is_none() {
            let function = &self.function;
            return Err(wrong(
                format!("提到未知职能 `{function}`"),
                format!("names an unknown function: `{function}`"),
            ));
        }
        let day = date(&self.date)?;
        Ok(Reform {
            round: self.round,
            date: day,
            until: if self.until.is_empty() { day } else { date(&self.until)? },
            levels,
            place: self.place,
            kind: self.kind,
            from,
            to,
            function: self.function,
            certainty: self.certainty,
            source: self.source,
            note: self.note,
            id: self.id,
        })
    }
}

impl Reform {
    /// The day from which the bodies after it are taken to stand: the middle between the decision and the day by which
    /// it had been carried out everywhere.
    pub fn turning_day(&self) -> Date {
        let day = |date: Date| {
            let date = date.last_day();
            jiff::civil::Date::new(date.year, date.month?, date.day?).ok()
        };
        let middle = day(self.date).zip(day(self.until)).and_then(|(from, until)| {
            let days = from.until(until).ok()?.get_days();
            let middle = from.checked_add(jiff::Span::new().days(i64::from(days / 2))).ok()?;
            Date::day(middle.year(), middle.month(), middle.day())
        });
        middle.unwrap_or(self.until)
    }
}

#[cfg(test)]
mod tests {
    use crate::knowledge::{Knowledge, Level, Reform};

    #[test]
    fn a_reform_turns_half_way_between_decision_and_completion() {
        let reforms = &Knowledge::shipped().reforms;
        let of = |id: &str| reforms.all().iter().find(|reform| reform.id == id).map(Reform::turning_day);
        assert_eq!(of("2018-health.s").unwrap().to_string(), "2018-03-17");
        assert_eq!(of("2018-health").unwrap().to_string(), "2018-11-07");
    }

    #[test]
    fn reforms_are_found_by_the_bodies_that_they_touch() {
        let reforms = &Knowledge::shipped().reforms;
        let ids: Vec<&str> = reforms.of("health.wsj.pcx", Level::City, None).map(|reform| reform.id.as_str()).collect();
        assert_eq!(ids, ["2013-health"]);
        assert_eq!(reforms.of("health.wsb.s", Level::City, None).count(), 0);
    }
}
