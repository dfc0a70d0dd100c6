//! Kinds of bodies: how they are named, printed and when.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::places::Level;
use super::prefixes::{NumberPrefix, PrefixMatch, Prefixes};
use super::table::Tables;
use super::words::shortened;

const FILE: &str = "bodies.csv";
/// The fewest characters that name a field.
const SHORTEST_FIELD: usize = 2;

/// One kind of body at some levels in some years.
#[derive(Clone, Debug)]
pub struct Body {
    /// Stable key of the row.
    pub key: String,
    /// The function by which bodies of different levels and years correspond.
    pub function: String,
    /// Full name, `{place}` standing for the place.
    pub formal: String,
    /// The levels that have it.
    pub levels: Vec<Level>,
    /// The printed forms without place and level prefix.
    pub stems: Vec<String>,
    /// First year, where known.
    pub from: Option<i16>,
    /// The year in which it ended; the body is no more in that year.
    pub to: Option<i16>,
    /// How sure the row is: certain, usual or inferred.
    pub certainty: String,
    /// What became of it, and other remarks, in Chinese.
    pub note: String,
}

#[derive(Deserialize)]
struct BodyRow {
    key: String,
    function: String,
    formal: String,
    levels: String,
    stems: String,
    from: Option<i16>,
    to: Option<i16>,
    certainty: String,
    note: String,
}

/// All kinds of bodies, by printed form.
#[derive(Debug, Default)]
pub struct Bodies {
    all: Vec<Body>,
    by_stem: FxHashMap<String, Vec<usize>>,
    /// By printed forms without the kind of body at their end: 财政, 卫健.
    by_field: FxHashMap<String, Vec<usize>>,
    by_key: FxHashMap<String, usize>,
    /// The printed forms with one character left out.
    shortened: FxHashSet<String>,
    prefixes: Prefixes,
}

impl Bodies {
    pub(super) fn load(bodies: &str, prefixes: &str, tables: &mut Tables) -> Self {
        let prefixes = tables.rows("prefixes.csv", prefixes, |row: &NumberPrefix| row.prefix.clone());
        let mut table = Self { prefixes: Prefixes::new(prefixes), ..Self::default() };
        for row in tables.rows(FILE, bodies, |row: &BodyRow| row.key.clone()) {
            let levels: Vec<Level> = row.levels.split('|').filter_map(Level::parse).collect();
            if levels.len() != row.levels.split('|').count() {
                let (key, levels) = (&row.key, &row.levels);
                let zh = format!("`{key}` 的层级不对：`{levels}`");
                tables.problem(FILE, zh, format!("`{key}` names an unknown level: `{levels}`"));
            }
            let index = table.all.len();
            let stems: Vec<String> = row.stems.split('|').filter(|stem| !stem.is_empty()).map(str::to_owned).collect();
            for stem in &stems {
                table.by_stem.entry(stem.clone()).or_default().push(index);
            }
            // 中共{place}委…, 国家税务总局{place}税务局: the full name is printed too
            let inside = row.formal.find('{').is_some_and(|at| at > 0) && !stems.contains(&row.formal);
            if inside {
                table.by_stem.entry(row.formal.clone()).or_default().push(index);
            }
            if table.by_key.insert(row.key.clone(), index).is_some() {
                let key = &row.key;
                tables.problem(FILE, format!("代号 `{key}` 出现两次"), format!("key `{key}` stands twice"));
            }
            table.all.push(Body {
                key: row.key,
                function: row.function,
                formal: row.formal,
                levels,
                stems,
                from: row.from,
                to: row.to,
                certainty: row.certainty,
                note: row.note,
            });
        }
        // shorter forms are too much alike
        let long = table.by_stem.keys().filter(|stem| stem.chars().count() >= 3);
        table.shortened = long.flat_map(|stem| slips(stem)).collect();
        table
    }

    /// Notes what the printed forms are without the kind of body, one of some words, at their end.
    pub(super) fn note_fields(&mut self, kinds: &[String]) {
        for (index, body) in self.all.iter().enumerate() {
            for stem in &body.stems {
                let field = kinds.iter().find_map(|kind| stem.strip_suffix(kind.as_str()));
                if let Some(field) = field.filter(|field| field.chars().count() >= SHORTEST_FIELD) {
                    self.by_field.entry(field.to_owned()).or_default().push(index);
                }
            }
        }
    }

    /// Whether some body's name is so without its kind: 财政.
    pub fn knows_field(&self, field: &str) -> bool {
        self.by_field.contains_key(field)
    }

    /// The body of a field at a level in a year; none where bodies of several functions may be meant.
    pub fn choose_field(&self, field: &str, level: Level, year: Option<i16>) -> Option<&Body> {
        let bodies = || self.by_field.get(field).into_iter().flatten().filter_map(|&index| self.all.get(index));
        let at_level = || bodies().filter(|body| body.levels.contains(&level));
        let found = at_level().min_by_key(|body| body.distance(year))?;
        let mut rivals = at_level().filter(|body| body.distance(year) == found.distance(year));
        rivals.all(|body| body.function == found.function).then_some(found)
    }

    /// Whether a form differs in one character from one that some body is printed in.
    pub fn is_near(&self, stem: &str) -> bool {
        !self.knows(stem) && slips(stem).any(|form| self.shortened.contains(&form))
    }

    /// Whether some body is printed so, at any level.
    pub fn knows(&self, stem: &str) -> bool {
        self.by_stem.contains_key(stem)
    }

    /// All kinds of bodies, in the order of the registry.
    pub fn all(&self) -> &[Body] {
        &self.all
    }

    /// The kind of body of a key.
    pub fn by_key(&self, key: &str) -> Option<&Body> {
        self.by_key.get(key).and_then(|&index| self.all.get(index))
    }

    /// The bodies of a printed form.
    pub fn by_stem(&self, stem: &str) -> impl Iterator<Item = &Body> {
        self.by_stem.get(stem).into_iter().flatten().filter_map(|&index| self.all.get(index))
    }

    /// The body that a printed form means at a level in a year: one that existed then, else the nearest in time.
    pub fn choose(&self, stem: &str, level: Level, year: Option<i16>) -> Option<&Body> {
        self.by_stem(stem).filter(|body| body.levels.contains(&level)).min_by_key(|body| body.distance(year))
    }

    /// The prefixes of document numbers.
    pub fn prefixes(&self) -> &Prefixes {
        &self.prefixes
    }

    /// The row of the table that explains a prefix of a document number.
    pub fn number_prefix<'n>(&self, prefix: &'n str) -> Option<PrefixMatch<'_, 'n>> {
        self.prefixes.find(prefix)
    }
}

/// The forms of a name that a slip in one character keeps; another last character is mostly another body.
fn slips(stem: &str) -> impl Iterator<Item = String> {
    shortened(stem).take(stem.chars().count().saturating_sub(1))
}

impl Body {
    /// How many years the body's time is away from a year; 0 within, or where either is unknown.
    pub fn distance(&self, year: Option<i16>) -> i16 {
        let Some(year) = year else { return 0 };
        let before = self.from.map_or(0, |from| from - year);
        let after = self.to.map_or(0, |to| year - to + 1);
        before.max(after).max(0)
    }
}
