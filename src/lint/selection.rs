//! Which findings are wanted.

use thiserror::Error;

use crate::diagnostic::{Code, Finding};

/// A code that the program does not have.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("no code is `{0}`")]
pub struct UnknownCode(pub String);

/// The codes that are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    wanted: Vec<Code>,
}

/// Codes that say more of the registry than of the draft: given only where they are asked for.
const ON_REQUEST: [Code; 1] = [Code::MintedBody];

impl Default for Selection {
    fn default() -> Self {
        Self { wanted: Code::ALL.iter().copied().filter(|code| !ON_REQUEST.contains(code)).collect() }
    }
}

impl Selection {
    /// Makes a selection: all codes unless some are selected, less those that are ignored. Both take
    /// numbers, names and groups (`ZR102`, `no-lead`, `ZR1`).
    ///
    /// # Errors
    ///
    /// Where a word means no code.
    pub fn new<'w>(
        select: impl IntoIterator<Item = &'w str>,
        ignore: impl IntoIterator<Item = &'w str>,
    ) -> Result<Self, UnknownCode> {
        let mut selection = Self::default();
        let selected = codes(select)?;
        if !selected.is_empty() {
            selection.wanted = selected;
        }
        let ignored = codes(ignore)?;
        selection.wanted.retain(|code| !ignored.contains(code));
        Ok(selection)
    }

    /// Whether a finding is wanted.
    pub fn takes(&self, finding: &Finding) -> bool {
        self.wanted.contains(&finding.code)
    }
}

fn codes<'w>(words: impl IntoIterator<Item = &'w str>) -> Result<Vec<Code>, UnknownCode> {
    let mut found = Vec::new();
    for word in words {
        let matching = Code::matching(word);
        if matching.is_empty() {
            return Err(UnknownCode(word.to_owned()));
        }
        found.extend(matching);
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_selected_and_single_codes_ignored() {
        let selection = Selection::new(["ZR3"], ["late-rule"]).unwrap();
        let takes = |code| selection.takes(&Finding::new(code, None, "", ""));
        assert!(takes(Code::UnusedRule) && !takes(Code::LateRule) && !takes(Code::NoLead));
        assert_eq!(Selection::new(["ZR9"], []), Err(UnknownCode("ZR9".into())));
        assert!(!Selection::default().takes(&Finding::new(Code::MintedBody, None, "", "")));
    }
}
