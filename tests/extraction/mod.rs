//! From text to tasks: clauses, whole notices, and texts that nobody would write.

mod calibration;
mod clauses;
mod corpus;
mod corrections;
mod founding;
mod gold;
mod heads;
mod hostile;
mod layouts;
mod score;
mod sentences;
mod synthetic;

use zeren::read::read_bytes;
use zeren::resolve::Facts;
use zeren::span::Text;

/// The facts of a text under a file name.
fn facts(name: &str, words: &str) -> (Facts, Text) {
    zeren::pipeline::facts_of(read_bytes(name, words.as_bytes()).expect("a text"))
}
