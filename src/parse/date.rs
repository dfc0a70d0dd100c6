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

/// Reads a line that is a month: `2021年3月`, `二〇二一年三月`.
pub(super) fn whole_month(line: &str) -> Option<Date> {
    let folded: String = line.chars().filter(|char| !is_blank(*char)).map(fold).collect();
    let (year, month) = folded.strip_suffix('月').filter(|date| date.chars().count() <= 8)?.split_once('年')?;
    Date::month(i16::try_from(number(year)?).ok()?, i8::try_from(number(month)?).ok()?)
}

/// Reads the date that a value begins with: `2014年02月23日`, `2012-09-03 16:38:22`, `2024年4月6日 16:40`.
pub(super) fn leading(words: &str) -> Option<Date> {
    let end = words.find(|char: char| !(char.is_ascii_digit() || "年月日-/.〇零一二三四五六七八九十○".contains(char)));
    whole_line(words).or_else(|| whole_line(words.get(..end.unwrap_or(words.len()))?))
}

/// A number in digits or Chinese numerals.
pub(crate) fn number(text: &str) -> Option<u64> {
    text.parse().ok().or_else(|| numeral::parse(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_and_values_with_more_behind() {
        assert_eq!(whole_month("2021年3月").map(|date| date.to_string()).as_deref(), Some("2021-03"));
        assert_eq!(whole_month("2021年3月底前"), None);
        let value = leading("2024年04月06日 16:40").map(|date| date.to_string());
        assert_eq!(value.as_deref(), Some("2024-04-06"));
        assert_eq!(leading("长期"), None);
    }

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
