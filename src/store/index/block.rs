//! Blocks: some rows or terms in as few bytes as the ones before them allow.

use crate::packed::{put, take};

/// How many rows a block has at most.
pub(super) const ROWS: usize = 256;
/// How many terms a block has at most.
pub(super) const TERMS: usize = 32;

/// Terms one after another, in the order of their bytes.
#[derive(Debug, Default)]
pub(super) struct Terms {
    text: String,
    /// Where each term ends.
    ends: Vec<usize>,
}

impl Terms {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn push(&mut self, term: &str) {
        self.text.push_str(term);
        self.ends.push(self.text.len());
    }

    pub(super) fn get(&self, place: usize) -> Option<&str> {
        let start = place.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.text.get(start..*self.ends.get(place)?)
    }

    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    /// Each term as the length of what it shares with the one before, and its rest.
    pub(super) fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut before: &str = "";
        for term in (0..self.len()).filter_map(|place| self.get(place)) {
            let mut shared = before.bytes().zip(term.bytes()).take_while(|(before, now)| before == now).count();
            while !term.is_char_boundary(shared) {
                shared -= 1;
            }
            let rest = term.get(shared..).unwrap_or_default();
            put(&mut bytes, shared as u64);
            put(&mut bytes, rest.len() as u64);
            bytes.extend_from_slice(rest.as_bytes());
            before = term;
        }
        bytes
    }

    /// None of bytes that no terms were written to.
    pub(super) fn decode(mut bytes: &[u8]) -> Option<Self> {
        let mut terms = Self::default();
        let mut before = 0_usize;
        while !bytes.is_empty() {
            let shared = usize::try_from(take(&mut bytes)?).ok()?;
            let rest = usize::try_from(take(&mut bytes)?).ok()?;
            let (rest, others) = bytes.split_at_checked(rest)?;
            bytes = others;
            let start = terms.text.len();
            let end = before.checked_add(shared)?;
            if end > start || !terms.text.is_char_boundary(end) {
                return None;
            }
            terms.text.extend_from_within(before..end);
            terms.text.push_str(std::str::from_utf8(rest).ok()?);
            terms.ends.push(terms.text.len());
            before = start;
        }
        Some(terms)
    }
}

/// Each row as the first number in which it differs from the one before and by how much, then the other numbers so. Rows
/// have one to four numbers.
pub(super) fn encode_rows<const W: usize>(rows: &[[u32; W]]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(rows.len() * 6);
    let mut before = [0; W];
    for row in rows {
        let same = row.iter().zip(before).take_while(|(now, before)| **now == *before).count().min(W - 1);
        for (place, (now, before)) in row.iter().zip(before).enumerate().skip(same) {
            if place == same {
                put(&mut bytes, u64::from(now.wrapping_sub(before)) << 2 | same as u64);
            } else {
                let by = i64::from(*now) - i64::from(before);
                // small numbers, whatever their sign
                put(&mut bytes, ((by << 1) ^ (by >> 63)).cast_unsigned());
            }
        }
        before = *row;
    }
    bytes
}

/// None of bytes that no rows were written to.
pub(super) fn decode_rows<const W: usize>(mut bytes: &[u8]) -> Option<Vec<[u32; W]>> {
    let mut rows = Vec::with_capacity(ROWS);
    let mut row = [0_u32; W];
    while !bytes.is_empty() {
        let first = take(&mut bytes)?;
        let same = usize::from((first & 3) as u8);
        let by = u32::try_from(first >> 2).ok()?;
        let mut terms = row.iter_mut().skip(same);
        let term = terms.next()?;
        *term = term.wrapping_add(by);
        for term in terms {
            let by = take(&mut bytes)?;
            let by = (by >> 1).cast_signed() ^ -(by & 1).cast_signed();
            *term = u32::try_from(i64::from(*term).checked_add(by)?).ok()?;
        }
        rows.push(row);
    }
    Some(rows)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn rows_come_back(
            mut rows in proptest::collection::vec(any::<[u32; 4]>(), 0..ROWS),
            mut pairs in proptest::collection::vec(any::<[u32; 2]>(), 0..ROWS),
        ) {
            rows.sort_unstable();
            rows.dedup();
            prop_assert_eq!(decode_rows(&encode_rows(&rows)), Some(rows));
            pairs.sort_unstable();
            prop_assert_eq!(decode_rows(&encode_rows(&pairs)), Some(pairs));
        }

        #[test]
        fn terms_come_back(mut terms in proptest::collection::vec("[a责任é]{0,6}", 0..TERMS)) {
            terms.sort();
            terms.dedup();
            let mut block = Terms::default();
            for term in &terms {
                block.push(term);
            }
            let read = Terms::decode(&block.encode()).unwrap();
            for (place, term) in terms.iter().enumerate() {
                prop_assert_eq!(read.get(place), Some(term.as_str()));
            }
            prop_assert_eq!(read.len(), terms.len());
        }

        #[test]
        fn lengths_beyond_measure_are_refused(shared in any::<u64>(), rest in any::<u64>()) {
            let mut bytes = Terms::default();
            bytes.push("责任");
            bytes.push("责任书");
            let mut bytes = bytes.encode();
            put(&mut bytes, shared.max(10));
            put(&mut bytes, rest.max(1));
            prop_assert!(Terms::decode(&bytes).is_none());
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = decode_rows::<4>(&bytes);
            let _ = decode_rows::<2>(&bytes);
            let _ = Terms::decode(&bytes);
        }
    }
}
