//! Numbers and texts in few bytes, one after another.

/// Takes so many bytes from the beginning of others.
pub(crate) fn split<'a>(bytes: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (taken, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    Some(taken)
}

/// Appends a text with its length.
pub(crate) fn put_text(bytes: &mut Vec<u8>, text: &str) {
    put(bytes, text.len() as u64);
    bytes.extend_from_slice(text.as_bytes());
}

/// Takes a text that was appended with its length.
pub(crate) fn take_text<'a>(bytes: &mut &'a [u8]) -> Option<&'a str> {
    std::str::from_utf8(take_bytes(bytes)?).ok()
}

/// Takes a text that was appended with its length, to be compared with another: whether it is one is not looked at.
pub(crate) fn take_bytes<'a>(bytes: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = usize::try_from(take(bytes)?).ok()?;
    split(bytes, length)
}

/// Appends a number, seven bits a byte, the lowest first.
pub(crate) fn put(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push((number & 0x7f) as u8);
}

/// Takes a number from the beginning of bytes.
pub(crate) fn take(bytes: &mut &[u8]) -> Option<u64> {
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
        fn what_was_put_is_taken(number in any::<u64>(), text in ".{0,9}", other in any::<u64>()) {
            let mut bytes = Vec::new();
            put(&mut bytes, number);
            put_text(&mut bytes, &text);
            put(&mut bytes, other);
            let mut rest = bytes.as_slice();
            prop_assert_eq!(take(&mut rest), Some(number));
            prop_assert_eq!(take_text(&mut rest), Some(text.as_str()));
            prop_assert_eq!(take(&mut rest), Some(other));
            prop_assert!(rest.is_empty());
            // what is cut off is missed
            let mut rest = &bytes[..bytes.len() - 1];
            let all = take(&mut rest).zip(take_text(&mut rest).map(str::len)).zip(take(&mut rest));
            prop_assert_eq!(all, None);
        }
    }
}
