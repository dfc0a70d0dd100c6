//! Dates of issue: lines that are nothing but a date.

use crate::date::Date;
use crate::numeral;
use crate::span::{fold, is_blank};

/// Reads a line that is a date: `2017年10月18日`, `二〇一二年九月三日`, `2016-08-12`, `2012-09-03 16:38`, `20221025`.
pub(super) fn whole_line(line: &str) -> Option<Date> {
    let first =
        line.trim_start().split_once(|char: char| char == ' ' && line.contains(':')).map_or(line, |(date, _)| date);
    let folded: String = first.chars().filter(|char| !is_blank(*char)).map(fold).collect();
    if folded.chars().count() > 16 {
        return None;
    }
    let parts: Vec<&str> = match folded.strip_suffix('日') {
        Some(date) => {
            let (year, rest) = date.split_once('年')?;
            let (month, day) = rest.split_once('月')?;
            vec![year, month, day]
        }
        None if folded.len() == 8 && folded.chars().all(|char| char.is_ascii_digit()) => {
            vec![folded.get(..4)?, folded.get(4..6)?, folded.get(6..)?]
        }
        None => folded.split(['-', '/', '.']).collect(),
    };
    let [year, month, day] = parts.as_slice() else { return None };
    Date::day(i16::try_from(number(year)?).ok()?, i8::try_from(number(month)?).ok()?, i8::try_from(number(day)?).ok()?)
}

/// A number in digits or Chinese numerals.
pub(crate) fn number(text: &str) -> Option<u64> {
    text.parse().ok().or_else(|| numeral::parse(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_are_dates() {
        for (line, date) in [
            ("2017年10月18日", "2017-10-18"),
            ("  二〇一二年九月三日", "2012-09-03"),
            ("２０２２ 年 １０ 月 ２５ 日", "2022-10-25"),
            ("2012-09-03 16:38", "2012-09-03"),
            ("20221025", "2022-10-25"),
            ("二○一六年十二月三十一日", "2016-12-31"),
        ] {
            assert_eq!(whole_line(line).map(|date| date.to_string()).as_deref(), Some(date), "{line}");
        }
        for line in ["2017年", "8月1日", "2017年10月底前完成", "2017年2月30日"] {
            assert_eq!(whole_line(line), None, "{line}");
        }
    }
}
