//! What comes again: 每季度末, 每月5日前, 按月.

use super::cursor::Cursor;
use crate::knowledge::Dates;

/// Words for something that comes again.
#[derive(Clone, Copy, Debug)]
pub(super) struct Recurring {
    pub(super) end: usize,
    /// Whether they say when it is due each time: 每月5日前.
    pub(super) due: bool,
    /// Where the date begins, of what is due once a year: 每年12月底前.
    pub(super) yearly: Option<usize>,
}

/// What recurs at a place.
pub(super) fn at(cursor: Cursor<'_>, index: usize, words: &Dates) -> Option<Recurring> {
    let mut end = index + cursor.first_of(index, &words.each)?;
    let yearly = matches!(cursor.before(end), '年').then_some(end);
    let mut dated = false;
    loop {
        end += usize::from(cursor.at(end) == '的');
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
    Some(Recurring { end: end + behind, due: dated && behind > 0, yearly })
}
