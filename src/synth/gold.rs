//! The true answers of a notice: its annotation, and what became of the mandates above it.

use serde::Serialize;

/// A value, in tenths, or the two ends of a range.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub(super) enum Value {
    Whole(i64),
    Broken(f64),
    Ends([i64; 2]),
}

impl Value {
    /// One value of so many tenths.
    #[expect(clippy::cast_precision_loss, reason = "values have few digits")]
    pub(super) fn one(tenths: i64) -> Self {
        if tenths % 10 == 0 { Self::Whole(tenths / 10) } else { Self::Broken(tenths as f64 / 10.0) }
    }

    /// A range between whole values.
    pub(super) fn range(tenths: [i64; 2]) -> Self {
        Self::Ends(tenths.map(|end| end / 10))
    }
}

/// A quantity.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Indicator {
    pub(super) name: String,
    #[serde(rename = "c")]
    pub(super) comparator: String,
    #[serde(rename = "v")]
    pub(super) value: Value,
    #[serde(rename = "u")]
    pub(super) unit: String,
    pub(super) by: String,
}

/// A date.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Deadline {
    #[serde(rename = "v")]
    pub(super) value: String,
    #[serde(rename = "rel")]
    pub(super) relation: String,
}

impl Deadline {
    /// The date by which something is due; none of one that begins, lasts or depends on an event.
    pub(super) fn day(&self) -> Option<&str> {
        matches!(self.relation.as_str(), "by" | "before" | "during").then_some(self.value.as_str())
    }
}

/// A body with its role.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Party {
    #[serde(rename = "o")]
    pub(super) name: String,
    #[serde(rename = "r")]
    pub(super) role: &'static str,
}

/// The first line of an annotation.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Head {
    pub(super) doc: String,
    pub(super) title: String,
    pub(super) number: String,
    pub(super) issuers: Vec<String>,
    pub(super) issued: String,
    pub(super) jurisdiction: String,
    pub(super) level: &'static str,
    pub(super) province: String,
    pub(super) based_on: Vec<String>,
    pub(super) conventions: Vec<String>,
    pub(super) layout: &'static str,
    pub(super) format: &'static str,
}

/// One task of an annotation.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Task {
    pub(super) seq: usize,
    pub(super) label: String,
    pub(super) path: Vec<String>,
    pub(super) anchor: String,
    pub(super) orgs: Vec<Party>,
    pub(super) mode: String,
    pub(super) open: bool,
    pub(super) inherited: bool,
    pub(super) uncertain: &'static str,
    pub(super) indicators: Vec<Indicator>,
    pub(super) deadlines: Vec<Deadline>,
    pub(super) refs: Vec<String>,
}

/// What became of one mandate of the notice above.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Fate {
    /// Name of the notice above, without ending.
    pub(super) parent: String,
    /// Number of the notice above.
    pub(super) number: String,
    /// Number of the task above in the order of its notice, from 1.
    pub(super) parent_task: usize,
    /// Label of the task above.
    pub(super) parent_label: String,
    /// Name of this notice, without ending.
    pub(super) child: String,
    /// Number of the task of this notice; none where the mandate was dropped.
    pub(super) child_task: Option<usize>,
    /// Its label.
    pub(super) child_label: Option<String>,
    /// same or moved; none where one of the two names nobody who leads.
    pub(super) owner: Option<&'static str>,
    /// For each figure above: same, raised, lowered or dropped; none where the mandate was dropped.
    pub(super) figures: Vec<FigureFate>,
    /// same, earlier, later, changed or dropped; none where no date stands above, or the mandate was dropped.
    pub(super) date: Option<&'static str>,
}

/// What became of one figure.
#[derive(Clone, Debug, Serialize)]
pub(super) struct FigureFate {
    pub(super) name: String,
    pub(super) change: &'static str,
    pub(super) above: Value,
    pub(super) below: Option<Value>,
}

/// Lines of JSON.
pub(super) fn lines<T: Serialize>(rows: &[T]) -> Result<String, serde_json::Error> {
    let mut out = String::new();
    for row in rows {
        out.push_str(&serde_json::to_string(row)?);
        out.push('\n');
    }
    Ok(out)
}
