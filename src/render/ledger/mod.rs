//! A ledger (台账) as a workbook and as CSV.

mod csv;
mod frame;
mod names;
mod sheets;
mod workbook;

pub use csv::csv;
pub use workbook::{LedgerError, workbook};

/// The most characters that a cell holds, with room for the mark of a cut; Excel takes 32,767.
const LONGEST_CELL: usize = 32_000;

/// The words of a cell, cut where a workbook could not hold them, without characters that XML lacks.
fn fitting(words: &str) -> String {
    let plain = words.chars().filter(|char| !char.is_control() || *char == '\n').collect::<String>();
    // a workbook counts UTF-16 units
    let mut left = LONGEST_CELL;
    let mut kept = String::with_capacity(plain.len());
    for char in plain.chars() {
        let Some(rest) = left.checked_sub(char.len_utf16()) else {
            kept.push('…');
            break;
        };
        left = rest;
        kept.push(char);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_cell_cannot_hold_is_cut() {
        assert_eq!(fitting("甲\u{b}乙\n丙\t丁"), "甲乙\n丙丁");
        let long = fitting(&"𠀀".repeat(20_000));
        assert_eq!(long.encode_utf16().count(), LONGEST_CELL + 1);
        assert!(long.ends_with('…'));
    }
}
