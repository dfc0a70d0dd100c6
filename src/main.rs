//! zeren
fn main() {}
