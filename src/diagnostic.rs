//! Findings: what is odd in a document, at its place, in both languages.

use std::io;

use serde::{Deserialize, Serialize};

use crate::span::Span;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; nothing is lost.
    Note,
    /// A person should look.
    Warning,
    /// Something could not be read.
    Error,
}

impl Severity {
    /// The word in machine-readable output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Declares the family of codes: a number, a name, how much it matters.
macro_rules! codes {
    ($($(#[doc = $doc:literal])* $variant:ident $number:literal $name:literal $severity:ident,)*) => {
        /// What kind of oddity a finding reports. Number and name are stable: a code that is no longer
        /// given is not given again to something else.
        ///
        /// | numbers | about |
        /// |---|---|
        /// | ZR0.. | reading, and the document as a whole |
        /// | ZR1.. | who does what |
        /// | ZR2.. | names of bodies |
        /// | ZR3.. | rules and marks |
        /// | ZR4.. | figures |
        /// | ZR5.. | dates |
        /// | ZR6.. | documents cited |
        /// | ZR7.. | how it is written |
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])* $variant,)*
        }

        impl Code {
            /// All codes, by number.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The number: `ZR102`.
            pub fn number(self) -> &'static str {
                match self { $(Self::$variant => $number,)* }
            }

            /// The name: `no-lead`.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// How much findings of this kind matter, where nothing else is said.
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    /// Characters that the encoding cannot decode.
    Undecodable "ZR001" "undecodable" Warning,
    /// The text reads like an error page of a web server.
    ErrorPage "ZR002" "error-page" Error,
    /// The document states no task.
    NoTask "ZR003" "no-task" Error,
    /// No title was found.
    NoTitle "ZR004" "no-title" Warning,
    /// No date of issue was found.
    NoDate "ZR005" "no-date" Note,
    /// The place that the document speaks for is not known.
    NoPlace "ZR006" "no-place" Warning,
    /// A line of a ledger's head that is not understood.
    UnknownHeadLine "ZR007" "unknown-head-line" Warning,
    /// A row whose cells do not fit the columns of its table.
    RaggedRow "ZR008" "ragged-row" Warning,
    /// A finding is accepted that is no longer there.
    UnusedAcceptance "ZR009" "unused-acceptance" Warning,
    /// A row that takes its parties from the row above, because the borders of its table were lost.
    BorrowedParties "ZR010" "borrowed-parties" Warning,
    /// A table of tasks whose rows could not be told apart.
    UnreadTable "ZR011" "unread-table" Warning,
    /// A correction by a person that no longer fits the document; it changes nothing.
    StaleCorrection "ZR012" "stale-correction" Warning,
    /// Corrections that nobody has decided yet; they change nothing.
    UndecidedCorrection "ZR013" "undecided-correction" Note,
    /// A document that another body signs than its title names.
    SignedOtherwise "ZR014" "signed-otherwise" Warning,
    /// Time limits without a year, in a document that gives none.
    NoYear "ZR015" "no-year" Warning,
    /// A task that names no party, among tasks that do.
    NoParty "ZR101" "no-party" Warning,
    /// Several parties and no lead, in a document that names leads.
    NoLead "ZR102" "no-lead" Warning,
    /// Several leads without a word on how they share the lead.
    UnsharedLead "ZR103" "unshared-lead" Warning,
    /// A body that leads and supports the same task.
    LeadSupports "ZR104" "lead-supports" Error,
    /// A body that stands twice in one statement.
    RepeatedBody "ZR105" "repeated-body" Warning,
    /// A statement of responsibility that names nobody.
    NobodyNamed "ZR106" "nobody-named" Warning,
    /// A list of parties that is left open.
    OpenList "ZR107" "open-list" Note,
    /// A clause that looks like one of responsibility and could not be read whole.
    UnreadClause "ZR108" "unread-clause" Warning,
    /// A task that stands twice.
    RepeatedTask "ZR109" "repeated-task" Warning,
    /// A statement of responsibility whose names and role words do not fit together.
    BrokenClause "ZR110" "broken-clause" Warning,
    /// One body under two names.
    TwoNames "ZR201" "two-names" Warning,
    /// A name without the level prefix that the others have.
    MissingPrefix "ZR202" "missing-prefix" Warning,
    /// A name that no body of that level and year has, and that resembles one.
    UnknownBody "ZR203" "unknown-body" Warning,
    /// A body that was merged or renamed before the document.
    FormerBody "ZR204" "former-body" Warning,
    /// A body that was formed after the document.
    FutureBody "ZR205" "future-body" Warning,
    /// A name that lacks its last character, repaired by the other clauses.
    RepairedName "ZR206" "repaired-name" Warning,
    /// A party that nothing marks as an organisation.
    DoubtfulParty "ZR207" "doubtful-party" Warning,
    /// A body that no entry of the registry matches; it is formed from its printed name.
    MintedBody "ZR208" "minted-body" Note,
    /// A body of a place that the document does not speak for.
    ForeignBody "ZR209" "foreign-body" Warning,
    /// A mark before a name, and no legend that says what it means.
    UnexplainedMark "ZR301" "unexplained-mark" Warning,
    /// A rule that decides nothing.
    UnusedRule "ZR302" "unused-rule" Warning,
    /// A rule that stands behind tasks that need it.
    LateRule "ZR303" "late-rule" Note,
    /// A rule on who leads that cannot be followed.
    UnreadRule "ZR304" "unread-rule" Warning,
    /// A figure without its unit.
    NoUnit "ZR401" "no-unit" Warning,
    /// A unit that changes within one quantity.
    ChangedUnit "ZR402" "changed-unit" Warning,
    /// Two figures for one quantity.
    ContradictingFigures "ZR403" "contradicting-figures" Warning,
    /// A share of more than the whole.
    ImpossibleShare "ZR404" "impossible-share" Warning,
    /// Figures in the wrong order.
    ReversedFigures "ZR405" "reversed-figures" Warning,
    /// A figure with two words of bound.
    DoubledBound "ZR406" "doubled-bound" Warning,
    /// A time limit that was over when the document was issued.
    PastDeadline "ZR501" "past-deadline" Warning,
    /// A time limit outside the period of the title.
    BeyondPeriod "ZR502" "beyond-period" Warning,
    /// A date that the calendar does not have.
    NoSuchDate "ZR503" "no-such-date" Error,
    /// A task with figures and without a date.
    UndatedFigures "ZR504" "undated-figures" Note,
    /// A period that ends before it begins.
    ReversedDates "ZR505" "reversed-dates" Error,
    /// A document cited as a basis without its number.
    NoNumber "ZR601" "no-number" Note,
    /// A document number that its issuer cannot have.
    WrongIssuer "ZR602" "wrong-issuer" Warning,
    /// A document number of a year after the document.
    FutureNumber "ZR603" "future-number" Error,
    /// A document number that is not written as one.
    MalformedNumber "ZR604" "malformed-number" Warning,
    /// The document's own number, of another year than its date.
    OwnYear "ZR605" "own-year" Warning,
    /// A number that is left out, or that stands twice.
    BrokenNumbering "ZR701" "broken-numbering" Warning,
    /// A bracket or quotation mark without its partner.
    UnpairedMark "ZR702" "unpaired-mark" Warning,
    /// A stop or comma too many.
    StraySeparator "ZR703" "stray-separator" Warning,
    /// Two names without a separator between them.
    MissingSeparator "ZR704" "missing-separator" Warning,
    /// A word that stands twice in a row.
    DoubledWord "ZR705" "doubled-word" Warning,
    /// A placeholder that nobody filled in.
    Placeholder "ZR706" "placeholder" Warning,
    /// A word with a wrong character.
    Miswritten "ZR707" "miswritten" Warning,
}

impl Code {
    /// The codes that a number, a name or the first characters of a number mean: `ZR102`, `no-lead`, `ZR1`.
    pub fn matching(text: &str) -> Vec<Self> {
        let text = text.trim();
        let numbered = text.to_ascii_uppercase();
        let is_group = numbered.starts_with("ZR");
        let means = |code: &Self| code.as_str() == text || is_group && code.number().starts_with(numbered.as_str());
        Self::ALL.iter().copied().filter(means).collect()
    }
}

/// The language of messages; data keep the language of the document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Chinese.
    Zh,
}

impl Lang {
    /// Chooses between two wordings.
    pub fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

/// A message in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Chinese wording.
    pub zh: String,
    /// English wording.
    pub en: String,
}

impl Message {
    /// Makes a message of its two wordings.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// The wording in one language.
    pub fn in_lang(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }
}

/// An error of the system in the user's language, without the names of temporary files.
pub fn io_words(error: &io::Error, lang: Lang) -> String {
    let (zh, en) = match error.kind() {
        io::ErrorKind::NotFound => ("文件或文件夹不存在", "no such file or folder"),
        io::ErrorKind::PermissionDenied => ("没有权限", "permission denied"),
        io::ErrorKind::StorageFull => ("磁盘已满", "the disk is full"),
        io::ErrorKind::QuotaExceeded => ("超出磁盘配额", "the disk quota is used up"),
        io::ErrorKind::FileTooLarge => ("文件超出允许的大小", "the file is larger than allowed"),
        io::ErrorKind::ReadOnlyFilesystem => ("文件系统只读", "the file system is read-only"),
        io::ErrorKind::IsADirectory => ("是文件夹，不是文件", "is a folder, not a file"),
        io::ErrorKind::NotADirectory => ("路径中有一段不是文件夹", "a part of the path is not a folder"),
        io::ErrorKind::AlreadyExists => ("已经存在", "exists already"),
        io::ErrorKind::InvalidFilename => ("文件名不合要求", "the name is not allowed"),
        io::ErrorKind::InvalidData => ("不是 UTF-8 文本", "is not UTF-8 text"),
        _ => {
            let number = error.raw_os_error();
            let zh = number.map_or_else(|| "系统错误".to_owned(), |number| format!("系统错误 {number}"));
            return lang.pick(&zh, &error.to_string()).to_owned();
        }
    };
    lang.pick(zh, en).to_owned()
}

/// One oddity of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What kind it is.
    pub code: Code,
    /// What is the case, lower case and without full stop.
    pub message: Message,
    /// What to do about it.
    pub hint: Option<Message>,
    /// Where in the text, where one place can be named.
    pub span: Option<Span>,
    /// How much it matters: as its code says, unless this case is surer or less sure than others.
    pub severity: Severity,
    /// Other places that it speaks of, with what stands there.
    pub related: Vec<(Span, Message)>,
}

impl Finding {
    /// Makes a finding without a hint.
    pub fn new(code: Code, span: impl Into<Option<Span>>, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            code,
            message: Message::new(zh, en),
            hint: None,
            span: span.into(),
            severity: code.severity(),
            related: Vec::new(),
        }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn with_hint(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.hint = Some(Message::new(zh, en));
        self
    }

    /// Names another place that the finding speaks of.
    #[must_use]
    pub fn with_related(mut self, span: Span, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.related.push((span, Message::new(zh, en)));
        self
    }

    /// Makes it matter more or less than its code says.
    #[must_use]
    pub fn with_severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn numbers_and_names_are_unique_and_in_order() {
        let numbers: Vec<&str> = Code::ALL.iter().map(|code| code.number()).collect();
        assert!(numbers.is_sorted_by(|a, b| a < b), "{numbers:?}");
        let names: BTreeSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(names.len(), numbers.len());
    }

    #[test]
    fn codes_are_found_by_number_name_and_group() {
        assert_eq!(Code::matching("no-lead"), [Code::NoLead]);
        assert_eq!(Code::matching("zr102"), [Code::NoLead]);
        assert_eq!(Code::matching("ZR3"), [Code::UnexplainedMark, Code::UnusedRule, Code::LateRule, Code::UnreadRule]);
        assert_eq!(Code::matching("no-such"), []);
        assert_eq!(Code::matching(""), []);
    }
}
