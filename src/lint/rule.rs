//! A rule: its code, its explanation, its check.

use super::explanation::Explanation;
use super::notice::Notice;
use crate::diagnostic::{Code, Finding};

/// A rule with its explanation.
#[derive(Debug)]
pub struct Rule {
    /// The code of its findings.
    pub code: Code,
    /// The explanation, in the fixed sections that [`Explanation`] reads.
    pub(super) doc: &'static str,
    /// Finds what the rule is about; none for codes that earlier stages give.
    pub(super) check: Option<fn(&Notice<'_>, &mut Vec<Finding>)>,
}

impl Rule {
    /// What it finds, why that matters, and examples.
    pub fn explanation(&self) -> Explanation<'static> {
        Explanation::read(self.doc)
    }
}

/// Declares a rule: its description is what `zeren explain` shows.
macro_rules! rule {
    ($(#[doc = $doc:literal])* $name:ident: $code:ident, $check:expr) => {
        $(#[doc = $doc])*
        pub(in crate::lint) static $name: crate::lint::Rule = crate::lint::Rule {
            code: crate::diagnostic::Code::$code,
            doc: concat!($($doc, "\n"),*),
            check: $check,
        };
    };
}

pub(super) use rule;
