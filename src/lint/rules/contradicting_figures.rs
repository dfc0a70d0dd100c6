//! Two figures for one quantity.

use std::collections::BTreeMap;

use crate::date::Date;
use crate::diagnostic::{Code, Finding};
use crate::extract::{Comparator, Evidence, Indicator, Task, quantities};
use crate::lint::notice::Notice;
use crate::lint::rule::rule;
use crate::span::{Span, fold, is_blank};

rule! {
    /// # 同一指标前后两个数
    /// # two figures for one quantity
    ///
    /// ## 查什么
    /// 同一个指标（名称、单位、时间都相同）在文中两处写了不同的数，无论写在任务里还是开头的目标里。
    /// ## What it finds
    /// A quantity of the same name, unit and date that has different figures in two places, be it in tasks or among the
    /// goals before them.
    /// ## 为什么
    /// 正文和附表、前后两节对不上，下面不知道按哪个数完成。
    /// ## Why it matters
    /// Text and annex, or two sections, ask for different things, and nobody knows which is to be reached.
    /// ## Wrong
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）2023年底前，县域内就诊率达到85%。（县卫生健康局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// （三）加强考核，2023年底前县域内就诊率达到90%。（县医保局负责）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）2023年底前，县域内就诊率达到85%。（县卫生健康局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// （三）加强考核，2023年底前县域内就诊率达到85%。（县医保局负责）
    /// ```
    CONTRADICTING_FIGURES: ContradictingFigures, Some(check)
}

/// The shortest name in characters that tells one quantity from others.
const SHORTEST: usize = 5;

/// The same of a thing that is counted.
const SHORTEST_COUNT: usize = 4;

/// An indicator with what its sentence says besides.
struct Said {
    indicator: Indicator,
    /// Number of the task that says it; what stands outside of all tasks is said by its passage alone.
    by: Sayer,
    /// The years in the sentence.
    years: Vec<i16>,
}

/// What asks for a quantity.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sayer {
    Task(usize),
    Passage(usize),
}

fn check(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    let mut by_name: BTreeMap<(String, String), Vec<Said>> = BTreeMap::new();
    let in_tasks = notice.tasks().flat_map(|task| {
        let own = task.indicators.iter().filter(|indicator| !is_lent(task, indicator));
        own.map(|indicator| (Sayer::Task(task.seq), indicator.clone()))
    });
    for (by, indicator) in in_tasks.chain(outside(notice)) {
        let name = key(&indicator.name);
        let level = matches!(
            indicator.comparator,
            Comparator::Equal | Comparator::AtLeast | Comparator::AtMost | Comparator::About
        );
        let counted = !indicator.unit.is_empty() && !matches!(indicator.unit.as_str(), "%" | "‰" | "倍");
        let named = is_name(&name) || counted && name.chars().count() >= SHORTEST_COUNT;
        if level && !indicator.soft && indicator.value_max.is_none() && named {
            let years = years(notice, indicator.span);
            by_name.entry((name, indicator.unit.clone())).or_default().push(Said { indicator, by, years });
        }
    }
    for mut said in by_name.into_values() {
        said.sort_by_key(|said| said.indicator.span);
        for (place, second) in said.iter().enumerate() {
            let first = said.iter().take(place).find(|first| contradict(first, second, notice.facts.head.task_year()));
            findings.extend(first.map(|first| finding(notice, &first.indicator, &second.indicator)));
        }
    }
}

/// Whether a figure of a table has its name from the heading of its row, which other figures share.
fn is_lent(task: &Task, indicator: &Indicator) -> bool {
    let heading = task.title.as_ref().or(task.path.last());
    indicator.basis == Evidence::Table && heading == Some(&indicator.name) && task.text != indicator.name
}

/// What passages outside of all tasks ask for; what they tell of the past is no aim.
fn outside<'n>(notice: &'n Notice<'_>) -> impl Iterator<Item = (Sayer, Indicator)> + 'n {
    let mut tasks: Vec<Span> = notice.tasks().map(|task| task.span).collect();
    tasks.sort_unstable();
    let is_in_task = move |passage: Span| {
        let behind = tasks.partition_point(|task| task.start < passage.end);
        tasks.get(..behind).unwrap_or_default().iter().rev().take(NEAR).any(|task| task.overlaps(passage))
    };
    let past = &Notice::words().figures.past;
    let passages = notice.passages.iter().copied().filter(move |passage| !is_in_task(*passage));
    passages.flat_map(move |passage| {
        let found = quantities(notice.document, passage).into_iter();
        let aims = found.filter(move |indicator| {
            let sentence: String = sentence(notice, indicator.span).iter().collect();
            // what a report counts without saying when is mostly done
            let dated = indicator.unit == "%" || indicator.by.is_some() || !years(notice, indicator.span).is_empty();
            dated && !past.iter().any(|word| sentence.contains(word.as_str()))
        });
        aims.map(move |indicator| (Sayer::Passage(passage.start), indicator))
    })
}

/// How many tasks before a passage may reach into it.
const NEAR: usize = 4;

fn finding(notice: &Notice<'_>, first: &Indicator, second: &Indicator) -> Finding {
    let (before, now) = (notice.text.slice(first.span), notice.text.slice(second.span));
    Finding::new(
        Code::ContradictingFigures,
        second.span,
        format!("`{}` 这里是 `{now}`，前面是 `{before}`", second.name),
        format!("`{}` is `{now}` here and `{before}` before", second.name),
    )
    .with_related(first.span, "前面的数", "the figure before")
    .with_hint("请核对哪个数对", "see which of the two holds")
}

/// Whether two figures of one name cannot both hold.
fn contradict(first: &Said, second: &Said, year: Option<i16>) -> bool {
    let (a, b) = (&first.indicator, &second.indicator);
    let bound = |comparator| match comparator {
        Comparator::AtMost => 1,
        _ => 0,
    };
    (a.value - b.value).abs() > f64::EPSILON
        && bound(a.comparator) == bound(b.comparator)
        && first.by != second.by
        && (a.by == b.by && first.years == second.years || is_of_year(first, year) && is_of_year(second, year))
        && narrower(a) == narrower(b)
}

/// For whom or what a figure is, unless for the whole place: 全市 says no more than nothing.
fn narrower(indicator: &Indicator) -> Option<&str> {
    indicator.scope.as_deref().filter(|scope| !LEADS.contains(scope))
}

/// Whether a share is to be reached in the year that the document is about: nothing says otherwise, or its end is named.
fn is_of_year(said: &Said, year: Option<i16>) -> bool {
    let indicator = &said.indicator;
    let of_year = |date: Date| Some(date.year) == year && date.month.is_none_or(|month| month == 12);
    let share = indicator.unit == "%" && is_name(&key(&indicator.name));
    share && year.is_some() && indicator.by.is_none_or(of_year) && said.years.iter().all(|own| Some(*own) == year)
}

/// Words that a name may begin with and that say nothing of what is measured.
const LEADS: [&str; 12] =
    ["全市", "全省", "全县", "全区", "我市", "我省", "我县", "我区", "本市", "全国", "确保", "力争"];

/// What dates are made of.
const DATE: &str = "年月日底前末内到至,";

fn key(name: &str) -> String {
    let folded: String = name.chars().map(fold).filter(|char| !is_blank(*char)).collect();
    // 2023年底前县域内就诊率
    let dated = folded.starts_with(|char: char| char.is_ascii_digit() || matches!(char, '到' | '至'));
    let bare = if dated {
        folded.trim_start_matches(|char: char| char.is_ascii_digit() || DATE.contains(char))
    } else {
        &folded
    };
    let lead = LEADS.iter().find_map(|lead| bare.strip_prefix(lead));
    lead.unwrap_or(bare).to_owned()
}

/// Whether a name is that of a measured thing: long enough, a share or a level, not a count of what is to be done
/// (培训医师), of which each place has its own.
fn is_name(name: &str) -> bool {
    let words = &Notice::words().figures;
    name.chars().count() >= SHORTEST
        && words.shares.iter().chain(&words.whole).any(|word| name.ends_with(word.as_str()))
}

/// The years that the sentence around a place names.
fn years(notice: &Notice<'_>, place: Span) -> Vec<i16> {
    let mut years: Vec<i16> = sentence(notice, place)
        .windows(5)
        .filter(|window| window.last() == Some(&'年'))
        .filter_map(|window| window.iter().take(4).collect::<String>().parse().ok())
        .collect();
    years.sort_unstable();
    years.dedup();
    years
}

/// The words of a sentence before a place.
fn sentence<'n>(notice: &'n Notice<'_>, place: Span) -> &'n [char] {
    let passage = notice.passages.iter().rev().find(|passage| passage.contains(place)).copied().unwrap_or(place);
    let chars = notice.folded(passage);
    let at = place.start - passage.start;
    let is_end = |char: &char| matches!(char, '。' | ';');
    let start = chars.get(..at).and_then(|before| before.iter().rposition(is_end)).map_or(0, |at| at + 1);
    chars.get(start..at).unwrap_or_default()
}
