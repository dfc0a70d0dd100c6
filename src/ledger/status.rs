//! How far a task has come.

use crate::knowledge::Knowledge;
use crate::span::fold_str;

/// How far a task has come, as an office keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Nothing was done yet.
    NotStarted,
    /// It is under way.
    InProgress,
    /// It is done.
    Done,
    /// It is behind its time.
    Delayed,
    /// It waits.
    Suspended,
    /// It will not be done.
    Cancelled,
}

impl Status {
    /// All, in the order of a task's life.
    pub const ALL: [Self; 6] =
        [Self::NotStarted, Self::InProgress, Self::Done, Self::Delayed, Self::Suspended, Self::Cancelled];

    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotStarted => "not-started",
            Self::InProgress => "in-progress",
            Self::Done => "done",
            Self::Delayed => "delayed",
            Self::Suspended => "suspended",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether nothing is to be done any more.
    pub fn is_closed(self) -> bool {
        matches!(self, Self::Done | Self::Cancelled)
    }

    /// What ledgers print.
    pub fn zh(self) -> &'static str {
        Knowledge::shipped().statuses.words(self.as_str()).first().map_or("", String::as_str)
    }

    /// Reads the stable name, or any of the words that people write.
    ///
    /// ```
    /// use zeren::ledger::Status;
    ///
    /// assert_eq!(Status::parse(" 正在推进 "), Some(Status::InProgress));
    /// assert_eq!(Status::parse("done"), Some(Status::Done));
    /// assert_eq!(Status::parse("见附件"), None);
    /// ```
    pub fn parse(words: &str) -> Option<Self> {
        let words = fold_str(words.trim()).into_owned();
        let known = Knowledge::shipped();
        Self::ALL
            .into_iter()
            .find(|status| status.as_str() == words || known.statuses.words(status.as_str()).contains(&words))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_has_words_and_no_word_two() {
        let mut seen = std::collections::BTreeSet::new();
        for status in Status::ALL {
            assert_eq!(Status::parse(status.zh()), Some(status));
            for word in Knowledge::shipped().statuses.words(status.as_str()) {
                assert!(seen.insert(word.clone()), "{word}");
            }
        }
    }
}
