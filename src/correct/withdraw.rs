//! Decisions taken back in a file of corrections, of which everything else stays as a person wrote it.

use sha2::{Digest as _, Sha256};
use toml_edit::Table;

use super::entry::{Corrections, Entry, Verdict};
use super::error::CorrectionsError;
use super::record::edited;
use crate::hexadecimal;

/// Bytes of a digest that stand for a decision.
const KEY: usize = 8;

/// What a decision consists of; without it the claim is as it was read.
const DECIDED: [&str; 7] = ["change", "add", "remove", "confirm", "why", "by", "on"];

impl Corrections {
    /// The decisions that stand, each with a name under which [`withdraw`] takes it back, wherever in the file it stands.
    pub fn decided(&self) -> impl Iterator<Item = (String, &Entry)> {
        self.entries.iter().filter(|entry| entry.verdict != Verdict::Undecided).map(|entry| (key(entry), entry))
    }
}

fn key(entry: &Entry) -> String {
    let Entry { line: _, task, anchor, subject, nth, was: _, verdict, why, by, on } = entry;
    let digest = Sha256::digest(format!("{:?}", (task, anchor, subject, nth, verdict, why, by, on)).as_bytes());
    hexadecimal::digits(digest.get(..KEY).unwrap_or_default())
}

/// The text of a file of corrections without a decision, and what it says then; none where no decision has the name.
///
/// The entry goes as a whole, unless it holds remarks: then they stay with it, and it decides nothing.
///
/// # Errors
///
/// When the file cannot be understood, or its corrections are written in a form that cannot be edited.
pub fn withdraw(name: &str, text: &str, wanted: &str) -> Result<Option<(String, Corrections)>, CorrectionsError> {
    let mut found = false;
    let edited = edited(name, text, |known, tables, _| {
        let is = |entry: &Entry| entry.verdict != Verdict::Undecided && key(entry) == wanted;
        let Some(place) = known.entries.iter().position(is) else { return };
        let Some(table) = tables.get_mut(place) else { return };
        found = true;
        if is_remarked(table) {
            for field in DECIDED {
                table.remove(field);
            }
        } else {
            tables.remove(place);
        }
    })?;
    Ok(found.then_some(edited))
}

/// Whether a person wrote remarks above an entry or within it.
fn is_remarked(table: &Table) -> bool {
    let above = table.decor().prefix();
    let within = table.iter().flat_map(|(name, item)| {
        let before = table.key(name).and_then(|key| key.leaf_decor().prefix());
        [before, item.as_value().and_then(|value| value.decor().suffix())]
    });
    within.chain([above]).flatten().any(|decor| decor.as_str().is_some_and(|words| words.contains('#')))
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    const FILE: &str = "by = \"李明\"\non = 2023-04-01\n\n[[correction]]\ntask = \"(一)\"\nparty = \"省民政厅\"\nremove = true\nwhy = \"误列\"\n\n\
        # 处长看过\n[[correction]]\ntask = \"(二)\"\nparty = \"省财政厅\"\nconfirm = true\nwhy = \"看过\"\n\n\
        [[correction]]\ntask = \"(三)\"\nparty = \"省教育厅\"\n";

    fn keys(text: &str) -> Vec<String> {
        read("a.zeren.toml", text).unwrap().decided().map(|(key, _)| key).collect()
    }

    #[test]
    fn a_decision_is_taken_back_and_the_rest_stays() {
        let all = keys(FILE);
        assert_eq!(all.len(), 2, "what is undecided is no decision");
        let (text, corrections) = withdraw("a.zeren.toml", FILE, &all[0]).unwrap().unwrap();
        assert!(!text.contains("省民政厅") && text.starts_with("by = \"李明\"\n"), "{text}");
        assert_eq!((corrections.entries.len(), keys(&text)), (2, all[1..].to_vec()));
        // lines before it do not change what it is called
        assert_eq!(keys(&format!("# 一\n# 二\n{FILE}")), all);
        assert_eq!(withdraw("a.zeren.toml", &text, &all[0]).unwrap(), None);
    }

    #[test]
    fn remarks_stay() {
        let all = keys(FILE);
        let (text, corrections) = withdraw("a.zeren.toml", FILE, &all[1]).unwrap().unwrap();
        assert!(text.contains("# 处长看过\n[[correction]]\ntask = \"(二)\"\nparty = \"省财政厅\"\n"), "{text}");
        assert_eq!((corrections.entries.len(), keys(&text)), (3, all[..1].to_vec()));
        let windows = FILE.replace('\n', "\r\n");
        let (text, _) = withdraw("a.zeren.toml", &windows, &all[0]).unwrap().unwrap();
        assert!(text.contains("\r\n") && !text.replace("\r\n", "").contains('\n'));
    }
}
