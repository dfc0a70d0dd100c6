//! How sure a decision is: the evidence for it, and the reasons to doubt it.

use std::sync::LazyLock;

use super::model::Basis;
use crate::diagnostic::Message;
use crate::knowledge::{DoubtWords, Knowledge};

/// Declares the reasons to doubt, and their stable names.
macro_rules! doubts {
    ($($(#[doc = $doc:literal])* $variant:ident $name:literal,)*) => {
        /// A reason to doubt a decision. What each weighs, and its words, stand in `data/vocabulary/confidence.toml`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Doubt {
            $($(#[doc = $doc])* $variant,)*
        }

        impl Doubt {
            /// All reasons.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The stable name.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

doubts! {
    /// Nothing says that the words are a body.
    UnknownName "unknown-name",
    /// Only the last characters of the name say that it is a body.
    NameByEnding "name-by-ending",
    /// Words that do not belong to a name stand in it.
    WordsInName "words-in-name",
    /// The name is broken over lines.
    NameOverLines "name-over-lines",
    /// It differs in one character from a name that the document prints more often.
    LikelySlip "likely-slip",
    /// Two names without a separator between them.
    JoinedNames "joined-names",
    /// The end of a name, or words that are none.
    Fragment "fragment",
    /// The name was repaired.
    RepairedName "repaired-name",
    /// The statement holds words that could not be read.
    LeftoverWords "leftover-words",
    /// Words beside it in the statement are no known body.
    UnknownNeighbours "unknown-neighbours",
    /// No verb or label says the role.
    NoVerb "no-verb",
    /// A bracket that nobody closed.
    UnclosedBracket "unclosed-bracket",
    /// A statement in a sentence, without brackets.
    Sentence "sentence",
    /// Brackets within a sentence.
    WithinSentence "within-sentence",
    /// The document seems to say how leads are told, and that rule was not read.
    UnreadRule "unread-rule",
    /// A mark that nothing explains.
    UnexplainedMark "unexplained-mark",
    /// A column that is named after two roles.
    MixedColumn "mixed-column",
    /// A word in a cell says another role than the name of the column.
    RoleConflict "role-conflict",
    /// A row whose cells do not fit the columns.
    RaggedRow "ragged-row",
    /// Bodies that support, and none that they could support.
    OnlySupporting "only-supporting",
    /// A row that names nobody took the parties of the row above.
    Borrowed "borrowed",
    /// A statement behind the last of several items, taken to govern all of them.
    CoversItems "covers-items",
    /// A list of what each body does, taken for one of tasks.
    DutyList "duty-list",
    /// A task that has hardly any words.
    FewWords "few-words",
    /// Words that stand at the edges of documents, not in tasks: 附件, 联系人, 主办单位.
    NoTask "no-task",
    /// A task without a number, among tasks that have one.
    Unnumbered "unnumbered",
    /// A row whose heading is a longer sentence than its words: another column may be that of tasks.
    WordsElsewhere "words-elsewhere",
    /// Another task has the same words.
    Repeated "repeated",
}

impl Doubt {
    fn entry(self) -> Option<&'static DoubtWords> {
        Knowledge::shipped().vocabulary.confidence.doubt.iter().find(|entry| entry.name == self.as_str())
    }

    /// Why there is doubt, in words.
    pub fn message(self) -> Message {
        self.entry()
            .map_or_else(|| Message::new(self.as_str(), self.as_str()), |entry| Message::new(&entry.zh, &entry.en))
    }

    /// Whether it doubts that the task is one, and not only its parties.
    pub fn is_of_task(self) -> bool {
        matches!(self, Self::NoTask | Self::Unnumbered | Self::FewWords | Self::Repeated | Self::WordsElsewhere)
    }

    /// By how much it lowers the confidence, from 0 to 1.
    pub fn factor(self) -> f64 {
        /// The weights in the order of [`Doubt::ALL`].
        static FACTORS: LazyLock<Vec<f64>> =
            LazyLock::new(|| Doubt::ALL.iter().map(|doubt| doubt.entry().map_or(1.0, |entry| entry.factor)).collect());
        FACTORS.get(self as usize).copied().unwrap_or(1.0)
    }
}

/// How sure a decision is.
pub(crate) fn confidence(basis: Basis, doubts: &[Doubt]) -> f64 {
    let base = Knowledge::shipped().vocabulary.confidence.basis.get(basis.as_str()).copied().unwrap_or(1.0);
    rounded(doubts.iter().fold(base, |confidence, doubt| confidence * doubt.factor()))
}

/// Two decimals are all that the estimate is worth.
fn rounded(confidence: f64) -> f64 {
    (confidence * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_doubt_has_its_words_and_weight() {
        let listed: BTreeSet<&str> =
            Knowledge::shipped().vocabulary.confidence.doubt.iter().map(|entry| entry.name.as_str()).collect();
        assert_eq!(listed, Doubt::ALL.iter().map(|doubt| doubt.as_str()).collect());
        assert!(Doubt::ALL.iter().all(|doubt| (0.0..1.0).contains(&doubt.factor())));
    }

    #[test]
    fn doubts_add_up() {
        let sure = confidence(Basis::Stated, &[]);
        let less = confidence(Basis::Stated, &[Doubt::Sentence]);
        let least = confidence(Basis::Stated, &[Doubt::Sentence, Doubt::UnknownName]);
        assert!(sure > less && less > least && least < 0.6, "{sure} {less} {least}");
    }
}
