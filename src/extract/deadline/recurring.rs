//! What comes again: 每季度末, 每月5日前, 每周五, 每半年通报一次, 按月上报.

use super::cursor::Cursor;
use crate::knowledge::Dates;

/// How far behind the words the report may be spoken of that is due each time, in characters.
const REACH: usize = 14;

/// Words for something that comes again.
#[derive(Clone, Copy, Debug)]
pub(super) struct Recurring {
    pub(super) end: usize,
    /// Whether they say when it is due each time: 每月5日前, 每季度末报送.
    pub(super) due: bool,
    /// Whether a report is due each time: 每半年通报一次.
    pub(super) reported: bool,
    /// Where the date begins, of what is due once a year: 每年12月底前.
    pub(super) yearly: Option<usize>,
}

/// What recurs at a place.
pub(super) fn at(cursor: Cursor<'_>, index: usize, words: &Dates) -> Option<Recurring> {
    let mut end = index + cursor.first_of(index, &words.each)?;
    let yearly = matches!(cursor.before(end), '年').then_some(end);
    let reported = reported(cursor, end, words);
    let mut dated = false;
    if matches!(cursor.before(end), '周' | '期')
        && let Some(day) = weekday(cursor, end, words)
    {
        end = day;
        dated = true;
    }
    loop {
        end += usize::from(cursor.at(end) == '的');
        if let Some(length) = cursor.first_of(end, &words.each_times) {
            end += length;
            continue;
        }
        if let Some(length) = cursor.first_of(end, &words.each_parts) {
            end += length;
            dated = true;
            continue;
        }
        let start = end + usize::from(cursor.at(end) == '第');
        let Some((_, length)) = cursor.number(start, 2) else { break };
        let unit = start + length;
        if cursor.starts(unit, "个工作日") {
            end = unit + 4;
        } else if cursor.starts(unit, "个月") {
            end = unit + 2;
        } else if matches!(cursor.at(unit), '月' | '日' | '号' | '季') {
            end = unit + 1;
            end += usize::from(cursor.at(unit) == '季' && cursor.at(end) == '度');
            end += usize::from(cursor.at(unit) == '月' && cursor.at(end) == '份');
        } else {
            break;
        }
        dated = true;
    }
    let behind = cursor.first_of(end, &words.before).or_else(|| cursor.first_of(end, &words.within)).unwrap_or(0);
    // 每年年底的考核: the time tells which
    let told = cursor.before(end) == '的' || cursor.at(end) == '的';
    Some(Recurring { end: end + behind, due: dated && (behind > 0 || !told), reported, yearly })
}

/// Where a day of the week ends; 每周三次 is none.
fn weekday(cursor: Cursor<'_>, index: usize, words: &Dates) -> Option<usize> {
    let (length, _) = cursor.named(index, &words.weekdays)?;
    let end = index + length;
    let follows = [&words.before, &words.each_acts].into_iter().any(|list| cursor.first_of(end, list).is_some());
    (follows || cursor.closes(end)).then_some(end)
}

/// Whether the same phrase goes on to a report, and does not only say which (每月公布的价格) or how often at least (每季度至少通报1次).
fn reported(cursor: Cursor<'_>, end: usize, words: &Dates) -> bool {
    let ends = |at: &usize| cursor.closes(*at) || cursor.first_of(*at, &words.each_least).is_some();
    let phrase = (end..end + REACH).take_while(|at| !ends(at));
    let mut acts = phrase.filter_map(|at| Some(at + cursor.first_of(at, &words.each_acts)?));
    acts.next().is_some_and(|behind| cursor.at(behind) != '的')
}
