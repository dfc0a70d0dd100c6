//! What changed in a wording, character by character; a number is one.

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
    let (a, b) = (tokens(before), tokens(after));
    let first = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let rest = a.len().min(b.len()) - first;
    let last = a.iter().rev().zip(b.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let middle = |tokens: &[String]| tokens.get(first..tokens.len() - last).unwrap_or_default().to_vec();
    let mut edits: Vec<(Edit, String)> = a.iter().take(first).map(|token| (Edit::Kept, token.clone())).collect();
    edits.extend(between(&middle(&a), &middle(&b)));
    edits.extend(a.iter().skip(a.len() - last).map(|token| (Edit::Kept, token.clone())));
    joined(&edits)
}

/// Characters, those of a number together.
fn tokens(text: &str) -> Vec<String> {
    let digit = |char: char| char.is_ascii_digit() || ('０'..='９').contains(&char) || char == '.';
    let mut tokens: Vec<String> = Vec::new();
    for char in text.chars() {
        match tokens.last_mut().filter(|last| digit(char) && last.chars().all(digit)) {
            Some(number) => number.push(char),
            None => tokens.push(char.to_string()),
        }
    }
    tokens
}

fn between(a: &[String], b: &[String]) -> Vec<(Edit, String)> {
    let replaced = || {
        let dropped = a.iter().map(|token| (Edit::Dropped, token.clone()));
        dropped.chain(b.iter().map(|token| (Edit::Added, token.clone()))).collect()
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
            edits.push((Edit::Kept, x.clone()));
            (i, j) = (i + 1, j + 1);
        } else if at(&table, i + 1, j) >= at(&table, i, j + 1) {
            edits.push((Edit::Dropped, x.clone()));
            i += 1;
        } else {
            edits.push((Edit::Added, y.clone()));
            j += 1;
        }
    }
    edits.extend(a.iter().skip(i).map(|token| (Edit::Dropped, token.clone())));
    edits.extend(b.iter().skip(j).map(|token| (Edit::Added, token.clone())));
    edits
}

/// Single characters to pieces; what is dropped before what is added, and islands between two changes into both.
fn joined(edits: &[(Edit, String)]) -> Vec<(Edit, String)> {
    let runs: Vec<&[(Edit, String)]> = edits.chunk_by(|a, b| (a.0 == Edit::Kept) == (b.0 == Edit::Kept)).collect();
    let mut pieces: Vec<(Edit, String)> = Vec::new();
    let (mut dropped, mut added) = (String::new(), String::new());
    for (index, run) in runs.iter().enumerate() {
        let kept = run.first().is_some_and(|(edit, _)| *edit == Edit::Kept);
        let inner = index > 0 && index + 1 < runs.len();
        if kept && !(inner && run.len() < SHORTEST) {
            flush(&mut pieces, &mut dropped, &mut added);
            pieces.push((Edit::Kept, run.iter().map(|(_, token)| token.as_str()).collect()));
            continue;
        }
        for (edit, token) in *run {
            if *edit != Edit::Added {
                dropped.push_str(token);
            }
            if *edit != Edit::Dropped {
                added.push_str(token);
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
    fn numbers_are_never_broken() {
        assert_eq!(shown("2023年底前完成", "2024年9月底前完成"), "-2023年+2024年9月=底前完成");
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
