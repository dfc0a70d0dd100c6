//! Bytes as hexadecimal digits, as digests are written.

use std::fmt::Write as _;

/// The bytes as lower-case digits, two for each.
pub(crate) fn digits(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_has_two_digits() {
        assert_eq!(digits(&[0, 10, 255]), "000aff");
        assert_eq!(digits(&[]), "");
    }
}
