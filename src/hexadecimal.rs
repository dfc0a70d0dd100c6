//! Bytes as hexadecimal digits, as digests are written.

use std::fmt::Write as _;

/// The bytes as lower-case digits, two for each.
pub(crate) fn digits(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// The number that begins a text: of its first 32 digits, of either case; none if there are not so many.
#[cfg(feature = "store")]
pub(crate) fn number(digits: &str) -> Option<u128> {
    // two numbers of a machine word take far less than one of twice its length
    let half = |place: std::ops::Range<usize>| {
        let digit = |number, byte: &u8| Some(number << 4 | u64::from(char::from(*byte).to_digit(16)?));
        digits.as_bytes().get(place)?.iter().try_fold(0_u64, digit)
    };
    Some(u128::from(half(0..16)?) << 64 | u128::from(half(16..32)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(feature = "store")]
    #[test]
    fn a_number_has_thirty_two_digits() {
        let digits = "00f1e2d3c4b5a6978877665544332211";
        assert_eq!(number(digits), u128::from_str_radix(digits, 16).ok());
        assert_eq!(number(&format!("{}zz", digits.to_uppercase())), number(digits));
        assert_eq!(number(digits.trim_end_matches(char::is_numeric)), None);
        assert_eq!(number(&digits.replace("f1", "+1")), None);
        assert_eq!(number(&digits.replace("22", "责")), None);
    }

    #[test]
    fn every_byte_has_two_digits() {
        assert_eq!(digits(&[0, 10, 255]), "000aff");
        assert_eq!(digits(&[]), "");
    }
}
