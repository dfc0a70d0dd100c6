//! A figure that changes from one value to another: its unit and its direction.

use crate::diagnostic::{Code, Finding};
use crate::lint::figure::{self, Figure, longest, starts_with};
use crate::lint::notice::Notice;
use crate::lint::rule::rule;
use crate::span::Span;

rule! {
    /// # 同一指标前后单位不一致
    /// # the unit changes within one quantity
    ///
    /// ## 查什么
    /// “由……提高到……”前后两个数的单位对不上，如由 240 元提高到 270 万元、由 80% 提高到 85 个。
    /// 只差“万”“亿”、换算后合理的不算。
    /// ## What it finds
    /// A change from one figure to another (由…提高到…) whose two units do not go together.
    /// ## 为什么
    /// 单位错了，指标差之千里，考核时无从对账。
    /// ## Why it matters
    /// With the wrong unit the target is another one, and cannot be checked.
    /// ## Wrong
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）2023年底前，门诊报销比例由50%提高到60元。（县医保局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）2023年底前，门诊报销比例由50%提高到60%。（县医保局负责）
    /// （二）2023年底前，补助资金由9000元提高到1.2万元。（县财政局负责）
    /// ```
    CHANGED_UNIT: ChangedUnit, Some(check_unit)
}

rule! {
    /// # 数字前后方向反了
    /// # figures in the wrong order
    ///
    /// ## 查什么
    /// “由 85% 提高到 80%”“由 8 天缩短到 9 天”，或者区间的前一个数比后一个大，如“80%—60%”。
    /// ## What it finds
    /// A rise to a smaller figure, a fall to a greater one, or a range whose first figure is the greater.
    /// ## 为什么
    /// 多半是两个数写颠倒了，或者漏了一位。
    /// ## Why it matters
    /// Two figures changed places, or a digit was lost.
    /// ## Wrong
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）2023年底前，门诊报销比例由60%提高到50%。（县医保局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）2023年底前，门诊报销比例由50%提高到60%。（县医保局负责）
    /// （二）2023年底前，平均住院日由9天缩短到8天。（县卫生健康局负责）
    /// ```
    REVERSED_FIGURES: ReversedFigures, Some(check_direction)
}

/// How far behind the first figure the second may stand, in characters.
const REACH: usize = 16;

/// Which way a figure goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Up,
    Down,
    Either,
}

/// A change from one figure to another.
struct Change {
    from: Figure,
    to: Figure,
    way: Way,
}

fn check_unit(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    for change in changes(notice) {
        let (before, after) = (&change.from.unit, &change.to.unit);
        // 由610元提高到640万元
        let (less, more) = (change.from.value.min(change.to.value), change.from.value.max(change.to.value));
        let scaled = before == after && less > 0.0 && more / less >= LEAP && scale(&change.from) != scale(&change.to);
        if before.is_empty() || after.is_empty() || alike(before, after) && !scaled {
            continue;
        }
        let (before, after) = if scaled {
            (printed_unit(notice, &change.from), printed_unit(notice, &change.to))
        } else {
            (before.clone(), after.clone())
        };
        findings.push(
            Finding::new(
                Code::ChangedUnit,
                change.to.span,
                format!("前面的单位是 `{before}`，这里是 `{after}`"),
                format!("the unit is `{after}` here and `{before}` before"),
            )
            .with_related(change.from.span, "原来的数", "the figure before")
            .with_hint("请统一单位", "use one unit"),
        );
    }
}

/// A change so great that 万 or 亿 stands in one place by mistake.
const LEAP: f64 = 100.0;

/// What a figure is multiplied by, as a whole number.
fn scale(figure: &Figure) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "scales are powers of ten up to a million million")]
    let scale = (figure.value / figure.printed.max(f64::MIN_POSITIVE)).round() as i64;
    scale
}

/// The unit of a figure with its scale: 万元.
fn printed_unit(notice: &Notice<'_>, figure: &Figure) -> String {
    let words = notice.folded_words(figure.span);
    words.trim_start_matches(|char: char| char.is_ascii_digit() || matches!(char, '.' | ',')).to_owned()
}

/// Whether two units measure the same: 元 and 元/人, 人 and 名.
fn alike(a: &str, b: &str) -> bool {
    const SAME: [&[&str]; 5] = [
        &["人", "名", "位", "人次"],
        &["天", "日", "个工作日", "工作日", "小时", "分钟", "周"],
        &["个月", "年", "月", "岁"],
        &["家", "个", "所", "处", "座"],
        &["平方米", "平方公里", "亩", "公顷"],
    ];
    a.contains(b) || b.contains(a) || SAME.iter().any(|same| same.contains(&a) && same.contains(&b))
}

fn check_direction(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    for change in changes(notice) {
        let (from, to) = (&change.from, &change.to);
        // 由 9000 元 to 1.2 万元 is a rise; without a unit on one side nothing can be said
        if from.unit != to.unit {
            continue;
        }
        let (zh, en) = match change.way {
            Way::Up if to.value < from.value => {
                ("比原来的数小，与“提高”矛盾", "is less than before, and called a rise")
            }
            Way::Down if to.value > from.value => {
                ("比原来的数大，与“降低”矛盾", "is more than before, and called a fall")
            }
            _ => continue,
        };
        findings.push(
            Finding::new(
                Code::ReversedFigures,
                to.span,
                format!("`{}` {zh}", notice.text.slice(to.span)),
                format!("`{}` {en}", notice.text.slice(to.span)),
            )
            .with_related(from.span, "原来的数", "the figure before")
            .with_hint("请核对两个数", "look at both figures"),
        );
    }
    ranges(notice, findings);
}

/// Ranges of percentages whose first figure is the greater.
fn ranges(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    for &passage in &notice.passages {
        let chars = notice.folded(passage);
        for at in (0..chars.len()).filter(|at| figure::begins(chars, *at)) {
            let Some(first) = figure::read(chars, at, passage.start) else { continue };
            let behind = first.span.end - passage.start;
            let dashes =
                chars.get(behind..).unwrap_or_default().iter().take_while(|char| matches!(char, '-' | '~')).count();
            if dashes == 0 || dashes > 2 || !(first.unit.is_empty() || first.unit == "%") {
                continue;
            }
            let Some(second) = figure::read(chars, behind + dashes, passage.start).filter(|second| second.unit == "%")
            else {
                continue;
            };
            if first.printed > second.printed {
                let place = first.span.to(second.span);
                findings.push(
                    Finding::new(
                        Code::ReversedFigures,
                        place,
                        format!("区间 `{}` 前大后小", notice.text.slice(place)),
                        format!("the range `{}` begins with the greater figure", notice.text.slice(place)),
                    )
                    .with_hint("请核对两个数", "look at both figures"),
                );
            }
        }
    }
}

/// The changes that a document states: 由 or 从, a figure, a verb, a figure.
fn changes(notice: &Notice<'_>) -> Vec<Change> {
    let words = &Notice::words().figures;
    let mut found = Vec::new();
    for &passage in &notice.passages {
        let chars = notice.folded(passage);
        for at in (0..chars.len()).filter(|at| figure::begins(chars, *at)) {
            let before = chars.get(at.saturating_sub(8)..at).unwrap_or_default();
            let start = before.iter().rposition(|char| matches!(char, ',' | '。' | ';' | '、')).map_or(0, |at| at + 1);
            let phrase: String = before.get(start..).unwrap_or_default().iter().collect();
            let Some(at_word) = words.from.iter().filter_map(|word| phrase.rfind(word.as_str())).max() else {
                continue;
            };
            // the figure behind the verb is where a change ends: 由80%提高到90%
            let between = phrase.get(at_word..).unwrap_or_default();
            if [&words.rise, &words.fall, &words.set].into_iter().flatten().any(|verb| between.contains(verb.as_str()))
            {
                continue;
            }
            let Some(from) = figure::read(chars, at, passage.start) else { continue };
            let behind = from.span.end - passage.start;
            // 由2015年 names a year
            if starts_with(chars.get(behind..).unwrap_or_default(), "年") || from.unit == "年" {
                continue;
            }
            found.extend(second(chars, behind, passage).map(|(way, to)| Change { from, to, way }));
        }
    }
    found
}

/// The verb and the figure behind a first figure, in the same phrase.
fn second(chars: &[char], behind: usize, passage: Span) -> Option<(Way, Figure)> {
    let words = &Notice::words().figures;
    for at in behind..(behind + REACH).min(chars.len()) {
        let rest = chars.get(at..)?;
        let other = words.from.iter().any(|word| starts_with(rest, word));
        if other || matches!(rest.first(), Some('。' | ';' | '、')) {
            return None;
        }
        let verbs = [(Way::Up, &words.rise), (Way::Down, &words.fall), (Way::Either, &words.set)];
        let verb = verbs.into_iter().find_map(|(way, list)| longest(rest, list).map(|verb| (way, verb)));
        let Some((way, verb)) = verb else { continue };
        let start = at + verb.chars().count();
        let skip = chars.get(start..)?.iter().take_while(|char| **char == ' ' || **char == '约').count();
        let to = figure::read(chars, start + skip, passage.start)?;
        // 下降到2012年的 names a year
        return (to.unit != "年").then_some((way, to));
    }
    None
}
