//! What fits a page: A3, with type that can still be read.

use std::ops::Range;

use crate::diagnostic::{Lang, Message};

/// Points to an inch.
pub(super) const INCH: f64 = 72.0;

/// Size of the type of most labels, and the smallest that a picture may come to on paper, in points.
const TYPE: f64 = 11.0;
const SMALLEST: f64 = 7.0;

/// Sides of A3 without its margins, in inches.
const SHORT: f64 = 11.0;
const LONG: f64 = 15.8;

/// Height that the heading and the legend take, in points.
const HEADING: f64 = 190.0;

/// Height of a line and what a box adds to its lines, with the distance to the next, in points.
const LINE: f64 = 13.4;
const AROUND: f64 = 15.0;

/// Height that the label and the margin of a cluster add, in points.
pub(super) const CLUSTER: f64 = 42.0;

/// How a page lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paper {
    /// Upright: for long columns.
    Portrait,
    /// Across.
    Landscape,
}

impl Paper {
    /// The size that Graphviz shrinks a picture to, in inches.
    pub(super) fn size(self) -> String {
        match self {
            Self::Portrait => format!("{SHORT},{LONG}"),
            Self::Landscape => format!("{LONG},{SHORT}"),
        }
    }

    /// The height that things may take before the picture is shrunk, in points.
    pub(super) fn height(self) -> f64 {
        let side = if self == Self::Portrait { LONG } else { SHORT };
        side * INCH * TYPE / SMALLEST - HEADING
    }
}

/// The height of a box with a label and of the distance to the next, in points.
pub(super) fn height(label: &str) -> f64 {
    exact(label.split('\n').count()) * LINE + AROUND
}

/// A count as a length.
pub(super) fn exact(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Which part of what is to be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// One page of A3, from 1.
    Page(usize),
    /// All on one sheet, however large.
    Whole,
}

/// A page was asked for that the picture does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the picture has {pages} pages")]
pub struct NoPage {
    /// How many it has.
    pub pages: usize,
}

/// What a picture counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Tasks.
    Tasks,
    /// Departments.
    Departments,
    /// Documents.
    Documents,
    /// Parties, figures and dates of one task.
    Parts,
    /// Changes of bodies.
    Changes,
}

impl Unit {
    fn zh(self) -> (&'static str, &'static str) {
        match self {
            Self::Tasks => ("项", "任务"),
            Self::Departments => ("个", "部门"),
            Self::Documents => ("份", "文件"),
            Self::Parts => ("个", "要素"),
            Self::Changes => ("次", "变动"),
        }
    }

    fn en(self) -> &'static str {
        match self {
            Self::Tasks => "tasks",
            Self::Departments => "departments",
            Self::Documents => "documents",
            Self::Parts => "parts",
            Self::Changes => "changes",
        }
    }
}

/// Which part of its things a picture shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The page, from 1.
    pub page: usize,
    /// How many pages there are.
    pub pages: usize,
    /// The things on it, in their order, from 0.
    pub shown: Range<usize>,
    /// How many things there are.
    pub all: usize,
    /// What they are.
    pub unit: Unit,
}

impl Cut {
    /// Takes the part asked for of things that are parted by `pages`.
    pub(super) fn of(pages: &[Range<usize>], all: usize, sheet: Sheet, unit: Unit) -> Result<Self, NoPage> {
        let whole = Self { page: 1, pages: 1, shown: 0..all, all, unit };
        match sheet {
            Sheet::Page(1) if pages.is_empty() => Ok(whole),
            Sheet::Whole => Ok(whole),
            Sheet::Page(page) => {
                let shown = page.checked_sub(1).and_then(|index| pages.get(index)).cloned();
                let shown = shown.ok_or(NoPage { pages: pages.len().max(1) })?;
                Ok(Self { page, pages: pages.len(), shown, all, unit })
            }
        }
    }

    /// How the picture is cut, and how to see the rest; none where it is whole.
    pub fn words(&self) -> Option<Message> {
        if self.pages < 2 {
            return None;
        }
        let Self { page, pages, all, unit, .. } = self;
        let (first, last) = (self.shown.start + 1, self.shown.end);
        let next = if page < pages { page + 1 } else { 1 };
        let (counter, zh) = unit.zh();
        Some(Message::new(
            format!(
                "第 {page} 页，共 {pages} 页：{zh}共 {all} {counter}，此为第 {first}–{last} {counter}。其余见 `--page {next}`；`--whole` 全部画在一张图上"
            ),
            format!(
                "page {page} of {pages}: {} {first}–{last} of {all}; see `--page {next}`, or `--whole` for all on one sheet",
                unit.en()
            ),
        ))
    }

    /// The words in one language; empty where the picture is whole.
    pub(super) fn note(&self, lang: Lang) -> String {
        self.words().map(|words| words.in_lang(lang).to_owned()).unwrap_or_default()
    }
}

/// Parts things in their order so that those of each page, at least one, take no more than the height. `add` puts a thing on a
/// page, which is empty at first, and tells the height that all on it take: it is asked once or twice for each thing.
pub(super) fn pages<T, P: Default>(
    things: &[T],
    most: f64,
    mut add: impl FnMut(&mut P, &T) -> f64,
) -> Vec<Range<usize>> {
    let mut pages = Vec::new();
    let (mut start, mut page) = (0, P::default());
    for (at, thing) in things.iter().enumerate() {
        if add(&mut page, thing) > most && at > start {
            pages.push(start..at);
            (start, page) = (at, P::default());
            add(&mut page, thing);
        }
    }
    if start < things.len() {
        pages.push(start..things.len());
    }
    pages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_are_parted_by_what_fits() {
        let mut asked = 0;
        let mut sum = |page: &mut f64, thing: &f64| {
            asked += 1;
            *page += thing;
            *page
        };
        assert_eq!(pages(&[2.0, 2.0, 3.0, 9.0, 1.0], 5.0, &mut sum), [0..2, 2..3, 3..4, 4..5]);
        assert_eq!(pages(&[9.0], 5.0, &mut sum), std::iter::once(0..1).collect::<Vec<_>>());
        assert!(pages(&[], 5.0, &mut sum).is_empty());
        assert!(asked <= 2 * 6, "{asked}");
    }

    #[test]
    fn a_cut_says_what_is_shown_and_how_to_see_the_rest() {
        let parts = [0..3, 3..5];
        let first = Cut::of(&parts, 5, Sheet::Page(1), Unit::Tasks).unwrap();
        let words = first.words().unwrap();
        assert_eq!(words.en, "page 1 of 2: tasks 1–3 of 5; see `--page 2`, or `--whole` for all on one sheet");
        assert!(words.zh.starts_with("第 1 页，共 2 页：任务共 5 项，此为第 1–3 项"));
        assert_eq!(Cut::of(&parts, 5, Sheet::Page(3), Unit::Tasks), Err(NoPage { pages: 2 }));
        assert_eq!(Cut::of(&parts, 5, Sheet::Page(0), Unit::Tasks), Err(NoPage { pages: 2 }));
        assert_eq!(Cut::of(&parts, 5, Sheet::Whole, Unit::Tasks).unwrap().words(), None);
    }
}
