//! Figures with their units, as they stand in the text.

use std::sync::LazyLock;

use crate::knowledge::Knowledge;
use crate::span::Span;

/// A figure.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Figure {
    /// Place of digits and unit.
    pub(super) span: Span,
    /// The number, as printed before its scale.
    pub(super) printed: f64,
    /// The number with its scale: 1.5万 is 15000.
    pub(super) value: f64,
    /// The unit without its scale; empty where none is known.
    pub(super) unit: String,
}

/// Units without their scale, the longest first.
static UNITS: LazyLock<Vec<Vec<char>>> = LazyLock::new(|| {
    let printed = &Knowledge::shipped().vocabulary.quantities.units;
    let lists = [&printed.rate, &printed.money, &printed.measure, &printed.count, &printed.kind, &printed.time];
    let scales = &printed.scales;
    let mut units: Vec<Vec<char>> = lists
        .into_iter()
        .flatten()
        .filter(|unit| !scales.contains(unit))
        .map(|unit| {
            let scale =
                scales.iter().filter_map(|scale| unit.strip_prefix(scale.as_str())).find(|rest| !rest.is_empty());
            scale.unwrap_or(unit).chars().collect()
        })
        .collect();
    units.sort_by_key(|unit| std::cmp::Reverse(unit.len()));
    units.dedup();
    units
});

/// What the scales multiply by.
const SCALES: [(&str, f64); 8] =
    [("万亿", 1e12), ("千万", 1e7), ("百万", 1e6), ("十万", 1e5), ("亿", 1e8), ("万", 1e4), ("千", 1e3), ("百", 1e2)];

/// The figure that begins at `at`, where `chars` are folded and stand at `offset` in the text.
pub(super) fn read(chars: &[char], at: usize, offset: usize) -> Option<Figure> {
    let mut end = at;
    let mut digits = String::new();
    while let Some(&char) = chars.get(end) {
        let next_is_digit = chars.get(end + 1).is_some_and(char::is_ascii_digit);
        match char {
            '0'..='9' => digits.push(char),
            '.' if next_is_digit && !digits.contains('.') => digits.push(char),
            ',' if next_is_digit
                && chars.get(end + 1..end + 4).is_some_and(|three| three.iter().all(char::is_ascii_digit))
                && !chars.get(end + 4).is_some_and(char::is_ascii_digit) => {}
            _ => break,
        }
        end += 1;
    }
    let printed: f64 = digits.parse().ok()?;
    let mut scale = 1.0;
    let rest = chars.get(end..).unwrap_or_default();
    for (words, factor) in SCALES {
        if starts_with(rest, words) {
            scale = factor;
            end += words.chars().count();
            break;
        }
    }
    if chars.get(end).is_some_and(|char| matches!(char, '余' | '多')) {
        end += 1;
    }
    let rest = chars.get(end..).unwrap_or_default();
    let unit = UNITS.iter().find(|unit| rest.starts_with(unit)).cloned().unwrap_or_default();
    end += unit.len();
    Some(Figure {
        span: Span::new(offset + at, offset + end),
        printed,
        value: printed * scale,
        unit: unit.into_iter().collect(),
    })
}

/// Whether folded characters begin with some words.
pub(super) fn starts_with(chars: &[char], words: &str) -> bool {
    let mut at = chars.iter();
    words.chars().all(|word| at.next() == Some(&word))
}

/// The longest of some words that folded characters begin with.
pub(super) fn longest<'w>(chars: &[char], words: &'w [String]) -> Option<&'w str> {
    words.iter().map(String::as_str).filter(|word| starts_with(chars, word)).max_by_key(|word| word.len())
}

/// Whether a number begins at a place: a digit that none stands before.
pub(super) fn begins(chars: &[char], at: usize) -> bool {
    let digit = |index: Option<usize>| index.and_then(|index| chars.get(index)).is_some_and(char::is_ascii_digit);
    let before = at.checked_sub(1).and_then(|index| chars.get(index)).copied().unwrap_or(' ');
    digit(Some(at)) && !before.is_ascii_alphanumeric() && before != '.'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scale_and_unit_are_told_apart() {
        let figure = |words: &str| {
            let chars: Vec<char> = words.chars().collect();
            let figure = read(&chars, 0, 0).unwrap();
            (figure.value, figure.unit, figure.span.end)
        };
        assert_eq!(figure("85%以上"), (85.0, "%".into(), 3));
        assert_eq!(figure("1.5万张床"), (15000.0, "张".into(), 5));
        assert_eq!(figure("2,000元"), (2000.0, "元".into(), 6));
        assert_eq!(figure("90。"), (90.0, String::new(), 2));
        assert_eq!(figure("3个百分点"), (3.0, "个百分点".into(), 5));
    }
}
