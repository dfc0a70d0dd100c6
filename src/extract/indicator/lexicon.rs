//! The words around figures, found at a place of a text or before one.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::super::model::{Binding, Comparator};
use crate::knowledge::{CharSet, Knowledge, Quantities, WordTable};
use crate::span::fold;

/// Words with what they mean, found by where they begin or where they end.
#[derive(Debug)]
pub(super) struct Table<T> {
    heads: WordTable<T>,
    /// The last characters of the words, and for each the words that end with it, the longest first.
    endings: CharSet,
    tails: FxHashMap<char, Vec<(Vec<char>, T)>>,
}

impl<T: Copy> Table<T> {
    fn new<'w>(lists: impl IntoIterator<Item = (&'w [String], T)>) -> Self {
        let mut words: Vec<(Vec<char>, T)> = lists
            .into_iter()
            .flat_map(|(list, what)| list.iter().map(move |word| (word.chars().map(fold).collect(), what)))
            .filter(|(word, _): &(Vec<char>, T)| !word.is_empty())
            .collect();
        words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        let heads = WordTable::new(words.iter().map(|(word, what)| (word.iter().collect::<String>(), *what)));
        let mut tails: FxHashMap<char, Vec<(Vec<char>, T)>> = FxHashMap::default();
        let endings = words.iter().filter_map(|(word, _)| word.last().copied()).collect();
        for (word, what) in words {
            if let Some(last) = word.last() {
                tails.entry(*last).or_default().push((word, what));
            }
        }
        Self { heads, endings, tails }
    }

    /// The words that begin at a place, the longest first: their lengths and what they mean.
    pub(super) fn starting<'t>(&'t self, chars: &'t [char], at: usize) -> impl Iterator<Item = (usize, T)> + 't {
        self.heads.all_at(chars, at).map(|(length, what)| (length, *what))
    }

    /// The characters that words begin with.
    fn firsts(&self) -> &CharSet {
        self.heads.firsts()
    }

    /// The longest word that begins at a place.
    pub(super) fn at(&self, chars: &[char], at: usize) -> Option<(usize, T)> {
        self.starting(chars, at).next()
    }

    /// The longest word that ends right before a place.
    pub(super) fn before(&self, chars: &[char], end: usize) -> Option<(usize, T)> {
        let text = chars.get(..end)?;
        let last = text.last().filter(|last| self.endings.contains(**last))?;
        let (word, what) = self.tails.get(last)?.iter().find(|(word, _)| text.ends_with(word))?;
        Some((word.len(), *what))
    }
}

/// What a unit measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// A share or a rate.
    Rate,
    /// Money.
    Money,
    /// A size.
    Measure,
    /// Things.
    Count,
    /// Things, or kinds of things.
    Sort,
    /// A length of time.
    Time,
    /// A length of time in which an authority does its part.
    Service,
    /// Nothing printed.
    Bare,
}

/// What a word before a figure says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Before {
    /// How it is to be met.
    Compare(Comparator),
    /// That it is to be delivered.
    Deliver,
}

/// The vocabulary as tables.
pub(super) struct Lexicon {
    pub(super) units: Table<Kind>,
    pub(super) age: &'static [String],
    pub(super) occasion: &'static [String],
    pub(super) scales: Table<()>,
    pub(super) each: Table<()>,
    pub(super) odd: Table<()>,
    pub(super) before: Table<Before>,
    pub(super) ongoing: Table<()>,
    pub(super) giving: Table<()>,
    pub(super) rewards: Table<()>,
    pub(super) doing: Table<()>,
    pub(super) working: Table<()>,
    pub(super) courses: Table<()>,
    pub(super) slogan: Table<()>,
    pub(super) bodies: Table<()>,
    pub(super) past: Table<()>,
    pub(super) case: Table<()>,
    pub(super) carrier: Table<()>,
    pub(super) granted: Table<()>,
    pub(super) attribute: Table<()>,
    pub(super) rated: Table<()>,
    pub(super) not_before: Table<()>,
    pub(super) filler: Table<()>,
    pub(super) whole: Table<()>,
    pub(super) openers: Table<()>,
    pub(super) closers: Table<()>,
    pub(super) scopes: Table<()>,
    pub(super) periods: Table<()>,
    pub(super) compared: Table<()>,
    pub(super) after: Table<Comparator>,
    pub(super) not_after: Table<()>,
    pub(super) circle: Table<()>,
    pub(super) baseline: Table<()>,
    pub(super) basis: Table<()>,
    pub(super) joint: Table<()>,
    pub(super) covered_before: Table<()>,
    pub(super) covered_behind: Table<()>,
    pub(super) not_soft: Table<()>,
    /// What words of universal cover begin with.
    pub(super) covers: CharSet,
    pub(super) people: Table<()>,
    pub(super) standing: Table<()>,
    pub(super) unit_columns: Table<()>,
    pub(super) binding: Table<Binding>,
}

impl Lexicon {
    /// Whether a unit is one of age: 周岁.
    pub(super) fn tells_age(&self, unit: &str) -> bool {
        self.age.iter().any(|age| age == unit)
    }

    /// Whether a unit counts how often something is done: 场次.
    pub(super) fn is_occasion(&self, unit: &str) -> bool {
        self.occasion.iter().any(|occasion| occasion == unit)
    }

    /// Whether the name of a column says that its figures are how things stand: 现状, 基期.
    pub(super) fn standing_column(&self, header: &[char]) -> bool {
        (0..header.len()).any(|at| self.standing.at(header, at).is_some())
    }
}

/// The shipped vocabulary.
pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let quantities: &'static Quantities = &Knowledge::shipped().vocabulary.quantities;
    let (units, before, after) = (&quantities.units, &quantities.before, &quantities.after);
    let plain = |list| Table::new([(list as &[String], ())]);
    let (covered_before, covered_behind) = (plain(&quantities.soft.behind), plain(&quantities.soft.ahead));
    Lexicon {
        covers: [covered_before.firsts(), covered_behind.firsts()].into_iter().collect(),
        covered_before,
        covered_behind,
        // of units in two lists, the first counts
        units: Table::new([
            (units.service.as_slice(), Kind::Service),
            (&units.time, Kind::Time),
            (&units.kind, Kind::Sort),
            (&units.rate, Kind::Rate),
            (&units.money, Kind::Money),
            (&units.measure, Kind::Measure),
            (&units.count, Kind::Count),
        ]),
        age: &units.age,
        occasion: &units.occasion,
        scales: plain(&units.scales),
        each: plain(&units.each),
        odd: plain(&units.odd),
        before: Table::new([
            (before.at_least.as_slice(), Before::Compare(Comparator::AtLeast)),
            (&before.at_most, Before::Compare(Comparator::AtMost)),
            (&before.above, Before::Compare(Comparator::Above)),
            (&before.below, Before::Compare(Comparator::Below)),
            (&before.about, Before::Compare(Comparator::About)),
            (&before.equal, Before::Compare(Comparator::Equal)),
            (&before.increase, Before::Compare(Comparator::Increase)),
            (&before.decrease, Before::Compare(Comparator::Decrease)),
            (&before.deliver, Before::Deliver),
        ]),
        ongoing: plain(&before.ongoing),
        giving: plain(&before.giving),
        rewards: plain(&before.rewards),
        doing: plain(&before.doing),
        working: plain(&before.working),
        courses: plain(&after.courses),
        slogan: plain(&after.slogan),
        bodies: plain(&after.bodies),
        past: plain(&before.past),
        case: plain(&before.case),
        carrier: plain(&before.carrier),
        granted: plain(&before.granted),
        attribute: plain(&before.attribute),
        rated: plain(&before.rated),
        not_before: plain(&before.not_before),
        filler: plain(&before.filler),
        whole: plain(&before.whole),
        openers: plain(&before.openers),
        closers: plain(&before.closers),
        scopes: plain(&before.scopes),
        periods: plain(&before.periods),
        compared: plain(&before.compared),
        after: Table::new([
            (after.at_least.as_slice(), Comparator::AtLeast),
            (&after.at_most, Comparator::AtMost),
            (&after.about, Comparator::About),
        ]),
        not_after: plain(&after.not_after),
        circle: plain(&after.circle),
        baseline: plain(&after.baseline),
        basis: plain(&after.basis),
        joint: plain(&after.joint),
        not_soft: plain(&quantities.soft.not_soft),
        people: plain(&quantities.people.people),
        standing: plain(&quantities.columns.standing),
        unit_columns: plain(&quantities.columns.unit),
        binding: Table::new([
            (quantities.binding.binding.as_slice(), Binding::Binding),
            (&quantities.binding.expected, Binding::Expected),
            (&quantities.binding.advocated, Binding::Advocated),
        ]),
    }
});
