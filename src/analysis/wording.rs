//! What changed in a wording, character by character.

/// From which number of compared characters on a wording is taken as rewritten in between.
const LARGEST: usize = 4_000_000;

/// Equal characters between two changes that are too few to be shown as kept.
const SHORTEST: usize = 2;

/// What became of a piece of a wording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    /// It stands in both.
    Kept,
    /// It stands before alone.
    Dropped,
    /// It stands after alone.
    Added,
}

impl Edit {
    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Dropped => "dropped",
            Self::Added => "added",
        }
    }
}

/// The pieces of two wordings, in order: those kept and dropped make up the first, those kept and added the second.
///
/// The longest common sequence of characters is kept, but for islands of fewer than two characters. Takes O(n · m) time for
/// what is left between common beginning and end.
pub fn wording(before: &str, after: &str) -> Vec<(Edit, String)> {
    let (a, b): (Vec<char>, Vec<char>) = (before.chars().collect(), after.chars().collect());
    let first = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let rest = a.len().min(b.len()) - first;
    let last = a.iter().rev().zip(b.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let middle = |chars: &[char]| chars.get(first..chars.len() - last).unwrap_or_default().to_vec();
    let mut edits: Vec<(Edit, char)> = a.iter().take(first).map(|char| (Edit::Kept, *char)).collect();
    edits.extend(between(&middle(&a), &middle(&b)));
    edits.extend(a.iter().skip(a.len() - last).map(|char| (Edit::Kept, *char)));
    joined(&edits)
}

fn between(a: &[char], b: &[char]) -> Vec<(Edit, char)> {
    let replaced = || {
        let dropped = a.iter().map(|char| (Edit::Dropped, *char));
        dropped.chain(b.iter().map(|char| (Edit::Added, *char))).collect()
    };
    if a.is_empty() || b.is_empty() || a.len().saturating_mul(b.len()) > LARGEST {
        return replaced();
    }
    let width = b.len() + 1;
    // the longest common sequence of what follows, row by row from the end
    let mut table = vec![0_u32; (a.len() + 1) * width];
    let at = |table: &[u32], i: usize, j: usize| table.get(i * width + j).copied().unwrap_or_default();
    for (i, x) in a.iter().enumerate().rev() {
        for (j, y) in b.iter().enumerate().rev() {
            let length =
                if x == y { at(&table, i + 1, j + 1) + 1 } else { at(&table, i + 1, j).max(at(&table, i, j + 1)) };
            if let Some(cell) = table.get_mut(i * width + j) {
                *cell = length;
            }
        }
    }
    let mut edits = Vec::new();
    let (mut i, mut j) = (0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        if x == y {
            edits.push((Edit::Kept, *x));
            (i, j) = (i + 1, j + 1);
        } else if at(&table, i + 1, j) >= at(&table, i, j + 1) {
            edits.push((Edit::Dropped, *x));
            i += 1;
        } else {
            edits.push((Edit::Added, *y));
            j += 1;
        }
    }
    edits.extend(a.iter().skip(i).map(|char| (Edit::Dropped, *char)));
    edits.extend(b.iter().skip(j).map(|char| (Edit::Added, *char)));
    edits
}

/// Single characters to pieces; what is dropped before what is added, and islands between two changes into both.
fn joined(edits: &[(Edit, char)]) -> Vec<(Edit, String)> {
    let runs: Vec<&[(Edit, char)]> = edits.chunk_by(|a, b| (a.0 == Edit::Kept) == (b.0 == Edit::Kept)).collect();
    let mut pieces: Vec<(Edit, String)> = Vec::new();
    let (mut dropped, mut added) = (String::new(), String::new());
    for (index, run) in runs.iter().enumerate() {
        let kept = run.first().is_some_and(|(edit, _)| *edit == Edit::Kept);
        let inner = index > 0 && index + 1 < runs.len();
        if kept && !(inner && run.len() < SHORTEST) {
            flush(&mut pieces, &mut dropped, &mut added);
            pieces.push((Edit::Kept, run.iter().map(|(_, char)| *char).collect()));
            continue;
        }
        for (edit, char) in *run {
            if *edit != Edit::Added {
                dropped.push(*char);
            }
            if *edit != Edit::Dropped {
                added.push(*char);
            }
        }
    }
    flush(&mut pieces, &mut dropped, &mut added);
    pieces
}

fn flush(pieces: &mut Vec<(Edit, String)>, dropped: &mut String, added: &mut String) {
    for (edit, words) in [(Edit::Dropped, dropped), (Edit::Added, added)] {
        if !words.is_empty() {
            pieces.push((edit, std::mem::take(words)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(before: &str, after: &str) -> String {
        let sign = |edit| match edit {
            Edit::Kept => '=',
            Edit::Dropped => '-',
            Edit::Added => '+',
        };
        let pieces = wording(before, after).into_iter();
        pieces.flat_map(|(edit, words)| [sign(edit).to_string(), words]).collect()
    }

    #[test]
    fn what_is_kept_and_what_is_not() {
        assert_eq!(shown("签约率不低于75%", "签约率不低于80%"), "=签约率不低于-75+80=%");
        assert_eq!(shown("", "新增"), "+新增");
        assert_eq!(shown("相同", "相同"), "=相同");
    }

    #[test]
    fn islands_of_one_character_are_part_of_the_change() {
        assert_eq!(shown("由市财政局负责", "由县医保局负责"), "=由-市财政+县医保=局负责");
    }

    #[test]
    fn both_wordings_can_be_put_together_again() {
        let (before, after) = ("推进分级诊疗，做实签约服务。", "加快推进分级诊疗制度，提高签约服务质量。");
        let pieces = wording(before, after);
        let of = |left: Edit| -> String {
            pieces
                .iter()
                .filter(|(edit, _)| *edit == Edit::Kept || *edit == left)
                .map(|(_, words)| words.as_str())
                .collect()
        };
        assert_eq!((of(Edit::Dropped).as_str(), of(Edit::Added).as_str()), (before, after));
    }
}
