//! What was followed from body to body, as JSON.

use serde::Serialize;

use super::json::Number;
use crate::network::Succession;

/// The day and what was followed.
#[derive(Serialize)]
pub(super) struct SuccessionShape<'a> {
    date: String,
    followed: Vec<FollowedShape<'a>>,
}

#[derive(Serialize)]
struct FollowedShape<'a> {
    from: &'a str,
    to: &'a str,
    reforms: &'a [String],
    confidence: Number,
}

impl<'a> SuccessionShape<'a> {
    pub(super) fn of(succession: &'a Succession) -> Self {
        let followed = succession.followed.iter().map(|followed| FollowedShape {
            from: &followed.from,
            to: &followed.to,
            reforms: &followed.reforms,
            confidence: Number(followed.confidence),
        });
        Self { date: succession.day.to_string(), followed: followed.collect() }
    }
}
