//! Labels: printed numbers, with those of the items above only where they repeat.

use std::hash::Hash;

use rustc_hash::FxHashMap;

use super::draft::Draft;

/// A label for every task, none twice.
pub(super) fn unique(drafts: &[Draft]) -> Vec<String> {
    let deepest = drafts.iter().map(|draft| draft.above.len()).max().unwrap_or(0);
    let plain: Vec<String> = drafts.iter().map(|draft| label(draft, 0)).collect();
    let counts = tally(plain.iter().map(String::as_str));
    let mut labels = plain.clone();
    for depth in 1..=deepest {
        if tally(labels.iter().map(String::as_str)).values().all(|count| *count == 1) {
            break;
        }
        for (draft, (label_, plain)) in drafts.iter().zip(labels.iter_mut().zip(&plain)) {
            if counts.get(plain.as_str()).is_some_and(|count| *count > 1) {
                *label_ = label(draft, depth);
            }
        }
    }
    // what is still the same is told apart by its order
    let mut seen: FxHashMap<String, usize> = FxHashMap::default();
    for (index, label) in labels.iter_mut().enumerate() {
        if label.is_empty() {
            *label = format!("#{}", index + 1);
        }
        let count = seen.entry(label.clone()).or_default();
        *count += 1;
        if *count > 1 {
            *label = format!("{label}~{count}");
        }
    }
    labels
}

/// How often each of some words is there.
pub(super) fn tally<W: Eq + Hash>(words: impl Iterator<Item = W>) -> FxHashMap<W, usize> {
    let mut counts = FxHashMap::default();
    for word in words {
        *counts.entry(word).or_default() += 1;
    }
    counts
}

/// The printed number with the nearest `depth` numbers above it.
fn label(draft: &Draft, depth: usize) -> String {
    if draft.printed.is_empty() {
        return String::new();
    }
    let skip = draft.above.len().saturating_sub(depth);
    let mut label: String = draft.above.iter().skip(skip).map(String::as_str).collect();
    // 33. is 33; within a longer label, 1.(2), the mark keeps the numbers apart
    label.push_str(draft.printed.trim_end_matches(['.', '、']));
    if draft.part > 0 {
        label.push('#');
        label.push_str(&draft.part.to_string());
    }
    label
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;

    fn draft(above: &[&str], printed: &str, part: usize) -> Draft {
        let mut draft = Draft::new(Span::default());
        draft.above = above.iter().map(|label| (*label).to_owned()).collect();
        draft.printed = printed.to_owned();
        draft.part = part;
        draft
    }

    #[test]
    fn numbers_above_are_added_where_they_tell_apart() {
        let drafts = [draft(&["一、"], "(一)", 0), draft(&["二、"], "(二)", 1), draft(&["二、"], "(二)", 2)];
        assert_eq!(unique(&drafts), ["(一)", "(二)#1", "(二)#2"]);
        let drafts =
            [draft(&["(一)", "1."], "(1)", 0), draft(&["(一)", "2."], "(1)", 0), draft(&["(二)", "1."], "(1)", 0)];
        assert_eq!(unique(&drafts), ["(一)1.(1)", "(一)2.(1)", "(二)1.(1)"]);
    }

    #[test]
    fn what_nothing_tells_apart_is_counted() {
        assert_eq!(unique(&[draft(&[], "1.", 0), draft(&[], "1.", 0), draft(&[], "", 0)]), ["1", "1~2", "#3"]);
    }
}
