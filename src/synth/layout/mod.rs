//! A draft as a page: paragraphs and tables in their order, and where each task stands on it.

mod body;
mod table;
mod text;

use super::draft::{Draft, Ground};
use super::place;
use super::style::Layout;
use super::words::fill;

/// A part of a page.
#[derive(Clone, Debug)]
pub(super) enum Block {
    /// The title of a notice.
    Title(String),
    /// A paragraph.
    Line(String),
    /// A line at the right: who signs, and when.
    Right(String),
    /// A line that begins a new sheet: the title of an appendix.
    Centre(String),
    /// A table.
    Table(Vec<Vec<Cell>>),
}

/// A cell of a table.
#[derive(Clone, Debug)]
pub(super) enum Cell {
    /// Words, and how many rows and columns they take.
    Words(String, usize, usize),
    /// Covered by another cell.
    Covered,
}

impl Cell {
    /// A cell of one row and column.
    pub(super) fn one(words: impl Into<String>) -> Self {
        Self::Words(words.into(), 1, 1)
    }
}

/// Where a task stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Stand {
    /// Its printed number.
    pub(super) label: String,
    /// The headings above it.
    pub(super) path: Vec<String>,
    /// Its words as they are printed, without number and clause.
    pub(super) text: String,
}

/// A page and its tasks.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    pub(super) blocks: Vec<Block>,
    /// One a task of the draft, in order.
    pub(super) tasks: Vec<Stand>,
    /// Rules that the page states.
    pub(super) conventions: Vec<String>,
}

impl Page {
    fn line(&mut self, words: impl Into<String>) {
        self.blocks.push(Block::Line(words.into()));
    }
}

/// Lays a draft out.
pub(super) fn page(ground: &Ground, draft: &mut Draft) -> Page {
    let mut page = Page::default();
    if draft.format.is_sheet() {
        page.blocks.push(Block::Title(draft.own.clone()));
        tasks(ground, draft, &mut page);
        return page;
    }
    let (letter, layout) = (draft.style.letter, draft.layout);
    page.blocks.push(Block::Title(draft.title.clone()));
    page.blocks.push(Block::Centre(draft.number.clone()));
    let heads = &ground.words.documents.head;
    let addressed = draft.government.of_level(heads.addressed.each_ref());
    let p = draft.government.prefix.clone();
    let addressed = fill(draft.dice.words(addressed), &[("p", &p)]);
    page.line(addressed);
    let (own, plan, year) = (draft.own.clone(), draft.plan.clone(), draft.year.to_string());
    let parent = draft.parent.as_ref().map(|parent| format!("《{}》（{}）", parent.title, parent.number));
    let values = [
        ("p", p.as_str()),
        ("own", &own),
        ("plan", &plan),
        ("year", &year),
        ("parent", parent.as_deref().unwrap_or_default()),
    ];
    let grounds = if parent.is_some() { &heads.grounds } else { &heads.groundless };
    let grounds = fill(draft.dice.words(grounds), &values);
    if letter {
        let letter = fill(draft.dice.words(&heads.letters), &values);
        page.line(letter);
        sign(ground, draft, &mut page);
        page.blocks.push(Block::Centre(own));
    }
    page.line(grounds);
    tasks(ground, draft, &mut page);
    if draft.dice.percent(60) && !matches!(layout, Layout::Marked | Layout::DutyLines | Layout::Duties) {
        text::safeguards(ground, draft, &mut page);
    }
    if !letter {
        sign(ground, draft, &mut page);
    }
    page
}

fn sign(ground: &Ground, draft: &Draft, page: &mut Page) {
    page.blocks.push(Block::Right(draft.government.office(&ground.words)));
    if let Some((year, month, day)) = draft.issued.and_then(|date| Some((date.year, date.month?, date.day?))) {
        page.blocks.push(Block::Right(format!("{year}年{month}月{day}日")));
    }
}

fn tasks(ground: &Ground, draft: &mut Draft, page: &mut Page) {
    match draft.layout {
        Layout::Table => table::tasks(ground, draft, page),
        Layout::Duties => body::table(ground, draft, page),
        Layout::DutyLines => body::lines(draft, page),
        Layout::Division => text::division(ground, draft, page),
        _ => {
            before(ground, draft, page);
            text::sections(ground, draft, page);
            if draft.layout == Layout::Marked {
                behind(ground, draft, page);
            }
        }
    }
}

/// Rules that stand before the tasks.
fn before(ground: &Ground, draft: &mut Draft, page: &mut Page) {
    let rules = &ground.words.documents.rules;
    let list = match draft.layout {
        Layout::FirstListed => &rules.first_listed,
        Layout::OnlyLeads => &rules.only_leads,
        Layout::Also => &rules.also,
        _ => return,
    };
    let below = place::all_below(&ground.words, ground.seed, &draft.government);
    let rule = fill(draft.dice.words(list), &[("below", &below)]);
    page.conventions.push(rule.clone());
    page.line(if draft.layout == Layout::Also { format!("{rule}。") } else { rule });
}

/// Rules that stand behind all of them, or behind the first section, for which they hold.
fn behind(ground: &Ground, draft: &Draft, page: &mut Page) {
    let rules = &ground.words.documents.rules;
    let list = match draft.layout {
        Layout::OnlyLeadsAfter => &rules.only_leads_after,
        Layout::Marked => &rules.marked,
        _ => return,
    };
    let rule = fill(draft.dice.clone().words(list), &[("mark", &draft.style.mark)]);
    page.conventions.push(rule.clone());
    page.line(rule);
}
