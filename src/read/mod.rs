//! Bytes to text with places.
