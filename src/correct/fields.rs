//! Fields of a TOML table, with the place of everything that is wrong.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::CorrectionsError;
use crate::date::Date;
use crate::diagnostic::Message;

/// The fields of a table, all of them known.
pub(super) struct Fields<'r, 't> {
    reader: &'r Reader<'r>,
    table: &'r DeTable<'t>,
}

impl<'r, 't> Fields<'r, 't> {
    pub(super) fn new(
        reader: &'r Reader<'r>,
        table: &'r DeTable<'t>,
        known: &[&str],
    ) -> Result<Self, CorrectionsError> {
        let mut unknown: Vec<_> = table.keys().filter(|key| !known.contains(&key.get_ref().as_ref())).collect();
        unknown.sort_by_key(|key| key.span().start);
        match unknown.first() {
            None => Ok(Self { reader, table }),
            Some(key) => {
                let name = key.get_ref();
                let what = Message::new(format!("不认识的项 `{name}`"), format!("`{name}` is not known here"));
                Err(reader.broken(key.span(), what, Some(Reader::choices(name, known))))
            }
        }
    }

    pub(super) fn get(&self, name: &str) -> Option<&'r Spanned<DeValue<'t>>> {
        self.table.iter().find(|(key, _)| key.get_ref() == name).map(|(_, value)| value)
    }

    pub(super) fn text(&self, name: &str) -> Result<Option<String>, CorrectionsError> {
        match self.get(name) {
            None => Ok(None),
            Some(value) => match value.get_ref().as_str() {
                Some(words) => Ok(Some(words.trim().to_owned())),
                None => Err(self.reader.wrong(value, "应为引号中的文字", "is text in quotes")),
            },
        }
    }

    pub(super) fn number(&self, name: &str) -> Result<Option<f64>, CorrectionsError> {
        let Some(value) = self.get(name) else { return Ok(None) };
        let digits = match value.get_ref() {
            DeValue::Integer(number) => number.as_str(),
            DeValue::Float(number) => number.as_str(),
            _ => "",
        };
        match digits.replace('_', "").parse::<f64>().ok().filter(|number| number.is_finite()) {
            Some(number) => Ok(Some(number)),
            None => Err(self.reader.wrong(value, "应为数", "is a number")),
        }
    }

    /// A date with or without quotes; an empty one is none.
    pub(super) fn date(&self, name: &str) -> Result<Option<Date>, CorrectionsError> {
        let Some(value) = self.get(name) else { return Ok(None) };
        let words = match value.get_ref() {
            DeValue::Datetime(date) => date.to_string(),
            DeValue::Integer(year) => year.as_str().to_owned(),
            DeValue::String(words) if words.trim().is_empty() => return Ok(None),
            DeValue::String(words) => words.trim().to_owned(),
            _ => String::new(),
        };
        match Date::parse_iso(&words) {
            Some(date) => Ok(Some(date)),
            None => Err(self.reader.wrong(value, "应为日期，如 2026-11-22", "is a date, as in 2026-11-22")),
        }
    }

    pub(super) fn named<T>(
        &self,
        name: &str,
        choices: &[&str],
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, CorrectionsError> {
        let (Some(value), Some(words)) = (self.get(name), self.text(name)?) else { return Ok(None) };
        read(&words).map(Some).ok_or_else(|| self.reader.unknown(value, &words, choices))
    }
}

/// The text, for the places in it.
pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
}

impl Reader<'_> {
    /// Line and column of a byte, both from 1, the column in characters.
    pub(super) fn position(&self, byte: usize) -> (usize, usize) {
        let before = self.text.get(..byte).unwrap_or(self.text);
        let line = before.rsplit('\n').next().unwrap_or_default();
        (before.matches('\n').count() + 1, line.chars().count() + 1)
    }

    pub(super) fn broken(&self, place: Range<usize>, what: Message, hint: Option<Message>) -> CorrectionsError {
        let (line, column) = self.position(place.start);
        CorrectionsError::Broken { line, column, what, hint }
    }

    pub(super) fn wrong(&self, value: &Spanned<DeValue<'_>>, zh: &str, en: &str) -> CorrectionsError {
        let printed = self.text.get(value.span()).unwrap_or_default().lines().next().unwrap_or_default();
        let what = Message::new(format!("`{printed}` {zh}"), format!("`{printed}` {en}"));
        self.broken(value.span(), what, None)
    }

    pub(super) fn unknown(&self, value: &Spanned<DeValue<'_>>, words: &str, choices: &[&str]) -> CorrectionsError {
        let what = Message::new(format!("不认识 `{words}`"), format!("`{words}` is not known here"));
        self.broken(value.span(), what, Some(Self::choices(words, choices)))
    }

    fn choices(words: &str, choices: &[&str]) -> Message {
        let near = choices.iter().find(|choice| strsim::damerau_levenshtein(choice, words) <= 2);
        match near {
            Some(near) => Message::new(format!("是不是 `{near}`？"), format!("did you mean `{near}`?")),
            None => Message::new(format!("可用：{}", choices.join("、")), format!("known are {}", choices.join(", "))),
        }
    }
}
