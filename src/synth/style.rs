//! How a notice looks: its layout and format, and the habits of the government that writes it.

use super::Dice;
use super::clause::Lists;
use super::place::Government;
use super::words::Words;

/// How the tasks of a notice are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layout {
    /// Numbered items with responsibilities in brackets.
    Items,
    /// Labels on lines of their own below each item.
    Lines,
    /// A rule before the tasks that the first listed leads.
    FirstListed,
    /// The same rule within a clause, from there on.
    FirstInside,
    /// A rule before the tasks that only those are listed who lead.
    OnlyLeads,
    /// The same rule behind the tasks.
    OnlyLeadsAfter,
    /// A mark tells who leads, a legend behind the tasks what it means.
    Marked,
    /// Headings name who leads what follows.
    Headings,
    /// A sentence behind each section tells who does what stands in it.
    Above,
    /// A plan in prose, and behind it an appendix that divides the work.
    Division,
    /// Three levels of numbers.
    Levels,
    /// Items of several paragraphs with clauses of their own.
    Paragraphs,
    /// All governments below take part in every task, which is said once.
    Also,
    /// A table, with merged cells where the format has them.
    Table,
    /// A table of what each body does.
    Duties,
    /// Lines of what each body does.
    DutyLines,
}

impl Layout {
    /// All layouts.
    pub const ALL: [Self; 16] = [
        Self::Items,
        Self::Lines,
        Self::FirstListed,
        Self::FirstInside,
        Self::OnlyLeads,
        Self::OnlyLeadsAfter,
        Self::Marked,
        Self::Headings,
        Self::Above,
        Self::Division,
        Self::Levels,
        Self::Paragraphs,
        Self::Also,
        Self::Table,
        Self::Duties,
        Self::DutyLines,
    ];

    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Items => "items",
            Self::Lines => "lines",
            Self::FirstListed => "first-listed",
            Self::FirstInside => "first-inside",
            Self::OnlyLeads => "only-leads",
            Self::OnlyLeadsAfter => "only-leads-after",
            Self::Marked => "marked",
            Self::Headings => "headings",
            Self::Above => "above",
            Self::Division => "division",
            Self::Levels => "levels",
            Self::Paragraphs => "paragraphs",
            Self::Also => "also",
            Self::Table => "table",
            Self::Duties => "duties",
            Self::DutyLines => "duty-lines",
        }
    }

    /// How often of a hundred notices or so.
    fn weight(self) -> usize {
        match self {
            Self::Items => 18,
            Self::Table => 22,
            Self::Lines => 12,
            Self::FirstListed | Self::Levels => 6,
            _ => 4,
        }
    }

    /// Whether tasks stand in a table.
    pub(super) fn is_table(self) -> bool {
        matches!(self, Self::Table | Self::Duties)
    }

    /// Whether the notice only tells what each body does, one task a body.
    pub(super) fn is_by_body(self) -> bool {
        matches!(self, Self::Duties | Self::DutyLines)
    }
}

/// The format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Plain text.
    Txt,
    /// A web page.
    Html,
    /// A Word document.
    Docx,
    /// An Excel workbook.
    Xlsx,
    /// Values between commas.
    Csv,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 5] = [Self::Txt, Self::Html, Self::Docx, Self::Xlsx, Self::Csv];

    /// The ending of file names.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Txt => "txt",
            Self::Html => "html",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
        }
    }

    /// Whether it holds nothing but a table.
    pub fn is_sheet(self) -> bool {
        matches!(self, Self::Xlsx | Self::Csv)
    }

    /// Whether notices of a layout are written so: sheets hold tables, and what has no number of its own stands at the lowest
    /// level, since nothing cites it.
    pub fn holds(self, layout: Layout) -> bool {
        !self.is_sheet() || layout.is_table()
    }
}

/// How text becomes bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    Utf8Mark,
    Gb18030,
    Utf16,
}

/// How sections and items are numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Numbers {
    /// 一、 and （一） through the whole notice.
    HanThrough,
    /// 一、 and （一） anew in each section.
    HanAnew,
    /// 一、 and 1. through the whole notice.
    Arabic,
    /// （一） and 1. through the whole notice.
    Brackets,
    /// 一、 and 1、 anew in each section.
    ArabicAnew,
}

/// The habits of a government.
#[derive(Clone, Debug)]
pub(super) struct Style {
    pub(super) lists: Lists,
    pub(super) brackets: [&'static str; 2],
    pub(super) numbers: Numbers,
    /// The names of the forms that it keeps to.
    pub(super) forms: Vec<String>,
    /// The pattern of the numbers of its documents.
    pub(super) number: String,
    pub(super) mark: String,
    /// Whether a letter stands before what is sent round.
    pub(super) letter: bool,
    /// Whether a full stop stands before the clause.
    pub(super) stop: bool,
}

impl Style {
    /// The habits of a government.
    pub(super) fn of(words: &Words, seed: u64, government: &Government) -> Self {
        let mut dice = Dice::of(seed, &[u64::try_from(government.index).unwrap_or(0), 10]);
        let half = dice.percent(20);
        let brackets: &[[&str; 2]] = if half {
            &[["(", ")"], ["[", "]"]]
        } else {
            &[["（", "）"], ["（", "）"], ["（", "）"], ["〔", "〕"], ["【", "】"]]
        };
        let numbers = [
            Numbers::HanThrough,
            Numbers::HanThrough,
            Numbers::HanAnew,
            Numbers::Arabic,
            Numbers::Brackets,
            Numbers::ArabicAnew,
        ];
        Self {
            lists: Lists { elides: dice.percent(30), comma: dice.percent(50), half },
            brackets: dice.pick(brackets).copied().unwrap_or(["（", "）"]),
            numbers: dice.pick(&numbers).copied().unwrap_or(Numbers::HanThrough),
            forms: dice.pick(&words.clauses.habit).map(|habit| habit.forms.clone()).unwrap_or_default(),
            number: dice.words(&words.documents.head.numbers).to_owned(),
            mark: dice.words(&words.documents.rules.marks).to_owned(),
            letter: dice.percent(60),
            stop: dice.percent(80),
        }
    }
}

/// The layout and the format of a notice, of those that are wanted; sheets at the lowest level only.
pub(super) fn shape(wanted: &[Format], is_lowest: bool, dice: &mut Dice) -> (Layout, Format, Encoding) {
    let mut shapes: Vec<((Layout, Format), usize)> = Vec::new();
    for layout in Layout::ALL {
        if layout.is_by_body() && !is_lowest {
            continue;
        }
        let fits = |format: &&Format| format.holds(layout) && (is_lowest || !format.is_sheet());
        let formats: Vec<Format> = wanted.iter().filter(fits).copied().collect();
        // lengths of lists differ, shares of layouts do not
        for format in &formats {
            shapes.push(((layout, *format), layout.weight() * 60 / formats.len()));
        }
    }
    let all: usize = shapes.iter().map(|(_, weight)| weight).sum();
    let mut turn = dice.below(all);
    let mut chosen = (Layout::Items, Format::Txt);
    for (shape, weight) in shapes {
        chosen = shape;
        if turn < weight {
            break;
        }
        turn -= weight;
    }
    let encodings: &[Encoding] = match chosen.1 {
        Format::Txt | Format::Csv => {
            &[Encoding::Utf8, Encoding::Utf8, Encoding::Utf8Mark, Encoding::Gb18030, Encoding::Gb18030, Encoding::Utf16]
        }
        Format::Html => &[Encoding::Utf8, Encoding::Utf8, Encoding::Gb18030],
        Format::Docx | Format::Xlsx => &[Encoding::Utf8],
    };
    (chosen.0, chosen.1, dice.pick(encodings).copied().unwrap_or(Encoding::Utf8))
}
