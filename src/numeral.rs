//! Numbers written with Chinese numerals.

/// The value of a Chinese digit.
fn digit(char: char) -> Option<u64> {
    Some(match char {
        '〇' | '零' | '○' | 'О' | 'O' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// The value of a Chinese power of ten below ten thousand.
fn scale(char: char) -> Option<u64> {
    Some(match char {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1000,
        _ => return None,
    })
}

/// The Chinese digits and powers of ten.
pub const NUMERALS: &str = "〇零一壹二两贰三叁四肆五伍六陆七柒八捌九玖十拾百佰千仟万亿廿";

/// Whether a character is a Chinese digit or power of ten.
pub fn is_numeral(char: char) -> bool {
    !matches!(char, 'О' | 'O' | '○') && digit(char).is_some()
        || scale(char).is_some()
        || matches!(char, '万' | '亿' | '廿')
}

/// The longest number that is read, in characters.
const LONGEST: usize = 18;

/// Reads a whole number in Chinese numerals: `二十三`, `二〇一二`, `一百零五`, `三万`.
///
/// ```
/// use zeren::numeral::parse;
///
/// assert_eq!(parse("六十八"), Some(68));
/// assert_eq!(parse("二〇一二"), Some(2012));
/// assert_eq!(parse("一万二千"), Some(12_000));
/// assert_eq!(parse("几十"), None);
/// ```
pub fn parse(text: &str) -> Option<u64> {
    value(text.chars())
}

/// The same of characters.
pub fn value(chars: impl Iterator<Item = char> + Clone) -> Option<u64> {
    let count = chars.clone().take(LONGEST + 1).count();
    if count == 0 || count > LONGEST {
        return None;
    }
    if count > 1 && chars.clone().all(|char| digit(char).is_some()) {
        return chars.clone().try_fold(0_u64, |value, char| value.checked_mul(10)?.checked_add(digit(char)?));
    }
    let (mut total, mut section, mut pending) = (0_u64, 0_u64, None);
    for char in chars {
        if let Some(value) = digit(char) {
            pending = Some(value);
        } else if let Some(power) = scale(char) {
            section += pending.take().unwrap_or(1) * power;
        } else if char == '廿' {
            section += 20;
        } else {
            let power = match char {
                '万' => 10_000,
                '亿' => 100_000_000,
                _ => return None,
            };
            section += pending.take().unwrap_or(0);
            total = (total + section).checked_mul(power)?;
            section = 0;
        }
    }
    Some(total + section + pending.unwrap_or(0))
}

/// Writes a number below ten thousand in Chinese numerals; of larger ones the last four digits.
///
/// ```
/// use zeren::numeral::write;
///
/// assert_eq!([7, 10, 14, 105, 2340].map(write), ["七", "十", "十四", "一百零五", "二千三百四十"]);
/// ```
pub fn write(number: u64) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let mut out = String::new();
    let mut left_out = false;
    for (power, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = number / power % 10;
        if digit == 0 {
            left_out = !out.is_empty();
            continue;
        }
        if left_out {
            out.push('零');
            left_out = false;
        }
        if !(out.is_empty() && digit == 1 && power == 10) {
            out.push_str(usize::try_from(digit).ok().and_then(|digit| DIGITS.get(digit)).copied().unwrap_or_default());
        }
        out.push_str(name);
    }
    if out.is_empty() { "零".to_owned() } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_numerals_are_listed() {
        let all: std::collections::BTreeSet<char> =
            ('\u{2000}'..='\u{9fff}').filter(|char| is_numeral(*char)).collect();
        assert_eq!(all, NUMERALS.chars().collect());
    }

    #[test]
    fn reads_what_notices_write() {
        for (text, value) in [
            ("十", 10),
            ("十三", 13),
            ("二十", 20),
            ("一百零五", 105),
            ("两", 2),
            ("三亿", 300_000_000),
            ("二〇二五", 2025),
        ] {
            assert_eq!(parse(text), Some(value), "{text}");
        }
        for text in ["", "第一", "十a", "一二三四五六七八九十一二三四五六七八九"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
