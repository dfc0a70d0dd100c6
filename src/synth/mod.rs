//! A synthetic nation: provinces, cities and counties of invented names that send each other notices, with the true answers.
//!
//! Each notice is made from the seed and its number alone, so that any number of them can be made in any order, on any
//! number of threads, in bounded memory, and the same everywhere. A province makes mandates; its cities take most of them up
//! in words of their own, lose some, change leads, figures and dates of others, and add new ones; counties do the same with
//! the notices of their city. How it is written (layout, format, encoding, forms of clauses) differs by government.
//!
//! Phrases lie in `data/synth`. A layout belongs here once the program reads it: what is written must be read as meant.
//!
//! ```
//! use zeren::synth::{Nation, Plan};
//!
//! let nation = Nation::new(Plan { notices: 20, tasks: 8, ..Plan::default() })?;
//! let notice = nation.notice(3)?;
//! assert_eq!(notice.gold.lines().count() - 1, notice.tasks);
//! # Ok::<(), zeren::synth::SynthError>(())
//! ```

mod clause;
mod dice;
mod draft;
mod fate;
mod gold;
mod layout;
mod mandate;
mod place;
mod registry;
mod say;
mod style;
mod words;
mod write;

use thiserror::Error;

pub use dice::Dice;
use draft::{Draft, Ground, Issue};
use layout::Page;
use place::Places;
pub use style::{Format, Layout};
use words::Words;

/// How large the nation is, and in which years.
#[derive(Clone, Debug)]
pub struct Plan {
    /// From which everything follows.
    pub seed: u64,
    /// How many notices.
    pub notices: usize,
    /// How many tasks a notice has, about.
    pub tasks: usize,
    /// First year.
    pub from: i16,
    /// Last year.
    pub to: i16,
    /// Formats of files; sheets are written at the lowest level only.
    pub formats: Vec<Format>,
}

impl Default for Plan {
    fn default() -> Self {
        Self { seed: 1, notices: 1000, tasks: 70, from: 2014, to: 2025, formats: Format::ALL.to_vec() }
    }
}

/// Why a nation or a notice cannot be made.
#[derive(Debug, Error)]
pub enum SynthError {
    /// A table of phrases cannot be read.
    #[error("data/synth/{name}: {source}")]
    Words {
        /// Name of the table.
        name: &'static str,
        /// What is wrong with it.
        source: Box<toml::de::Error>,
    },
    /// The years end before they begin.
    #[error("the years end before they begin")]
    Years,
    /// There is no such notice.
    #[error("the nation has no notice {0}")]
    None(usize),
    /// An annotation cannot be written.
    #[error("the annotation cannot be written: {0}")]
    Gold(#[from] serde_json::Error),
    /// A workbook cannot be written.
    #[error("the workbook cannot be written: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// A Word document cannot be packed.
    #[error("the document cannot be packed: {0}")]
    Pack(#[from] zip::result::ZipError),
    /// A Word document cannot be written.
    #[error("the document cannot be written: {0}")]
    Write(#[from] std::io::Error),
}

/// A nation.
pub struct Nation {
    ground: Ground,
    plan: Plan,
    /// How many notices a government issues in a year.
    rounds: usize,
}

/// A notice with its true answers.
#[derive(Clone, Debug)]
pub struct Notice {
    /// Name without ending: code of the place, year, and the number within it from the second on.
    pub name: String,
    /// Code of the province, two digits.
    pub province: String,
    /// Layout.
    pub layout: Layout,
    /// Format.
    pub format: Format,
    /// Content of the file.
    pub bytes: Vec<u8>,
    /// How many tasks it has.
    pub tasks: usize,
    /// The annotation, as lines of JSON.
    pub gold: String,
    /// What became of each mandate of the notice above, as lines of JSON; empty where there is none.
    pub mandates: String,
}

impl Notice {
    /// The name of the file.
    pub fn file(&self) -> String {
        format!("{}.{}", self.name, self.format.as_str())
    }
}

impl Nation {
    /// Lays a nation out.
    ///
    /// # Errors
    ///
    /// [`SynthError::Years`]; [`SynthError::Words`] where a table of phrases is damaged.
    pub fn new(plan: Plan) -> Result<Self, SynthError> {
        let years = usize::try_from(i32::from(plan.to) - i32::from(plan.from) + 1).unwrap_or(0);
        if years == 0 {
            return Err(SynthError::Years);
        }
        let words = Words::load()?;
        let places = Places::new(&words, plan.seed, plan.notices.div_ceil(years));
        let rounds = plan.notices.div_ceil(years * places.limit().max(1)).max(1);
        let Plan { seed, tasks, ref formats, .. } = plan;
        let formats = formats.clone();
        Ok(Self { ground: Ground { words, places, seed, tasks: tasks.max(1), formats }, plan, rounds })
    }

    /// How many notices it has.
    pub fn len(&self) -> usize {
        self.plan.notices
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.plan.notices == 0
    }

    /// Which notice has a number: those of a government stand together, those of the governments above before them.
    fn issue(&self, index: usize) -> Issue {
        let years = usize::try_from(i32::from(self.plan.to) - i32::from(self.plan.from) + 1).unwrap_or(1);
        let (government, within) = (index / (years * self.rounds), index % (years * self.rounds));
        let year = self.plan.from + i16::try_from(within / self.rounds).unwrap_or(0);
        Issue { government, year, round: within % self.rounds }
    }

    /// Makes a notice by its number, from 0.
    ///
    /// # Errors
    ///
    /// [`SynthError::None`] beyond [`Nation::len`]; others where a library refuses to write.
    pub fn notice(&self, index: usize) -> Result<Notice, SynthError> {
        let ground = &self.ground;
        let mut draft =
            ground.draft(self.issue(index)).filter(|_| index < self.len()).ok_or(SynthError::None(index))?;
        let page = layout::page(ground, &mut draft);
        let above = draft.parent.as_mut().map(|parent| layout::page(ground, parent)).unwrap_or_default();
        let bytes = write::bytes(ground, &mut draft, &page)?;
        let fates = fate::fates(ground, &draft, &page, &above);
        Ok(Notice {
            name: draft.name.clone(),
            province: draft.government.code.chars().take(2).collect(),
            layout: draft.layout,
            format: draft.format,
            bytes,
            tasks: draft.tasks.len(),
            gold: annotation(&draft, &page)?,
            mandates: gold::lines(&fates)?,
        })
    }

    /// The tables by which the program knows the places of the nation and its reform, to be given as `--registry`: names
    /// and contents.
    pub fn registry(&self) -> Vec<(&'static str, String)> {
        let years = usize::try_from(i32::from(self.plan.to) - i32::from(self.plan.from) + 1).unwrap_or(1);
        registry::tables(&self.ground, self.plan.notices.div_ceil(years * self.rounds))
    }
}

/// The annotation of a notice: a line for the head, then one a task.
fn annotation(draft: &Draft, page: &Page) -> Result<String, SynthError> {
    let is_sheet = draft.format.is_sheet();
    let only_text = |words: String| if is_sheet { String::new() } else { words };
    let head = gold::Head {
        doc: draft.name.clone(),
        title: if is_sheet { draft.own.clone() } else { draft.title.clone() },
        number: only_text(draft.number.clone()),
        issuers: Vec::new(),
        issued: only_text(draft.issued.map(|date| date.to_string()).unwrap_or_default()),
        jurisdiction: draft.government.name.clone(),
        level: draft.government.level.as_str(),
        province: draft.province.clone(),
        based_on: draft.parent.iter().filter(|_| !is_sheet).map(|parent| parent.number.clone()).collect(),
        conventions: page.conventions.clone(),
        layout: draft.layout.as_str(),
        format: draft.format.as_str(),
    };
    let tasks = draft.tasks.iter().zip(&page.tasks).enumerate().map(|(index, (task, stand))| gold::Task {
        seq: index + 1,
        label: stand.label.clone(),
        path: stand.path.clone(),
        anchor: stand.text.chars().take(14).collect(),
        orgs: task
            .parties
            .all
            .iter()
            .map(|(name, role)| gold::Party { name: name.clone(), role: role.as_str() })
            .collect(),
        mode: task.parties.mode.clone(),
        open: task.parties.open,
        inherited: task.inherited,
        uncertain: "",
        indicators: task.said.indicators.clone(),
        deadlines: task.said.deadlines.clone(),
        refs: task.said.references.clone(),
    });
    let tasks: Vec<gold::Task> = tasks.collect();
    Ok(gold::lines(&[head])? + &gold::lines(&tasks)?)
}
