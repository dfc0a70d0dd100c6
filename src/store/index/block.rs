//! Blocks: some rows or terms in as few bytes as the ones before them allow.

use super::order::Row;

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

    /// The place of a term.
    pub(super) fn find(&self, term: &str) -> Option<usize> {
        let (mut from, mut to) = (0, self.len());
        while from < to {
            let middle = from.midpoint(to);
            match self.get(middle)?.cmp(term) {
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Less => from = middle + 1,
                std::cmp::Ordering::Greater => to = middle,
            }
        }
        None
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

/// Each row as the first term in which it differs from the one before and by how much, then the other terms so.
pub(super) fn encode_rows(rows: &[Row]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(rows.len() * 6);
    let mut before = Row::default();
    for row in rows {
        let same = row.iter().zip(before).take_while(|(now, before)| **now == *before).count().min(3);
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
pub(super) fn decode_rows(mut bytes: &[u8]) -> Option<Vec<Row>> {
    let mut rows = Vec::with_capacity(ROWS);
    let mut row = Row::default();
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

/// Appends a number, seven bits a byte, the lowest first.
pub(super) fn put(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push((number & 0x7f) as u8);
}

/// Takes a number from the beginning of bytes.
pub(super) fn take(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn rows_come_back(mut rows in proptest::collection::vec(any::<Row>(), 0..ROWS)) {
            rows.sort_unstable();
            rows.dedup();
            prop_assert_eq!(decode_rows(&encode_rows(&rows)), Some(rows));
        }

        #[test]
        fn terms_come_back_and_are_found(mut terms in proptest::collection::vec("[a责任é]{0,6}", 0..TERMS)) {
            terms.sort();
            terms.dedup();
            let mut block = Terms::default();
            for term in &terms {
                block.push(term);
            }
            let read = Terms::decode(&block.encode()).unwrap();
            for (place, term) in terms.iter().enumerate() {
                prop_assert_eq!(read.get(place), Some(term.as_str()));
                prop_assert_eq!(read.find(term), Some(place));
            }
            prop_assert_eq!((read.len(), read.find("zzz")), (terms.len(), None));
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
            let _ = decode_rows(&bytes);
            let _ = Terms::decode(&bytes);
        }
    }
}
