//! Names of issuing bodies: told apart, and told from other lines.

use crate::knowledge::{Knowledge, PLACE_KINDS};
use crate::parse::citation;
use crate::span::{fold_str, is_blank};

/// The longest name of an issuer in characters.
const LONGEST_NAME: usize = 40;

/// The bodies that words name: between marks and blanks, or run together (水利部发展改革委财政部).
pub(super) fn split(words: &str) -> Vec<String> {
    words
        .split(|char: char| is_blank(char) || matches!(char, '、' | ',' | '，' | ';' | '；' | '|'))
        .map(|name| name.rsplit(['：', ':']).next().unwrap_or(name))
        .map(without_rest)
        .filter(|name| (2..=LONGEST_NAME * 3).contains(&name.chars().count()))
        .filter(|name| !name.contains(|char: char| char.is_ascii_digit()))
        .flat_map(|name| offices(name).into_iter().flat_map(run_together).collect::<Vec<String>>())
        .collect()
}

/// The names of two offices that ran together: 中共某市委办公室某市人民政府办公室.
fn offices(name: &str) -> Vec<&str> {
    let ends = ["办公室", "办公厅"].into_iter().filter_map(|end| name.find(end).map(|at| at + end.len()));
    let apart = ends.min().and_then(|end| name.split_at_checked(end)).filter(|(_, rest)| is_issuer(rest));
    apart.map_or_else(|| vec![name], |(first, rest)| vec![first, rest])
}

/// A name without what counts the others: 国家乡村振兴局等七部门.
fn without_rest(name: &str) -> &str {
    let rests = &Knowledge::shipped().vocabulary.head.rests;
    let cut = rests.iter().find_map(|rest| {
        let before = name.strip_suffix(rest.as_str())?;
        let counted = before.trim_end_matches(|char: char| crate::numeral::is_numeral(char) || char.is_ascii_digit());
        Some(counted.strip_suffix('个').unwrap_or(counted).strip_suffix('等').unwrap_or(name))
    });
    cut.unwrap_or(name)
}

/// The names within words that ran together, where the registry knows every one of at least two.
fn run_together(name: &str) -> Vec<String> {
    let bodies = &Knowledge::shipped().bodies;
    let chars: Vec<char> = name.chars().collect();
    if chars.len() < 6 || bodies.knows(name) || Knowledge::shipped().places.strip_prefix(name, None).is_some() {
        return vec![name.to_owned()];
    }
    // best[i]: the fewest names that cover the first i characters, and the length of the last of them
    let mut best: Vec<Option<(usize, usize)>> = vec![None; chars.len() + 1];
    if let Some(first) = best.first_mut() {
        *first = Some((0, 0));
    }
    for start in 0..chars.len() {
        let Some(&Some((count, _))) = best.get(start) else { continue };
        for end in start + 3..=chars.len().min(start + 16) {
            let part: String = chars.get(start..end).unwrap_or_default().iter().collect();
            if bodies.knows(&part)
                && let Some(slot) = best.get_mut(end)
                && slot.is_none_or(|(known, _)| count + 1 < known)
            {
                *slot = Some((count + 1, end - start));
            }
        }
    }
    let mut parts = Vec::new();
    let mut end = chars.len();
    while end > 0 {
        let Some(&Some((_, length))) = best.get(end) else { return vec![name.to_owned()] };
        parts.push(chars.get(end - length..end).unwrap_or_default().iter().collect());
        end -= length;
    }
    parts.reverse();
    parts
}

/// Whether a line is the name of an issuing body, or several.
pub(super) fn is_issuer(line: &str) -> bool {
    let endings = &Knowledge::shipped().vocabulary.parties.suffixes;
    let length = line.chars().count();
    (3..=60).contains(&length)
        && !line.contains(['。', '：', ':', '，', '；', '>', '·', '《'])
        && endings.iter().any(|ending| line.ends_with(ending.as_str()))
        && !line.ends_with("文件")
}

/// Whether the registry knows every body that a line names.
pub(super) fn are_known(line: &str) -> bool {
    let knowledge = Knowledge::shipped();
    split(line).iter().all(|name| {
        let stem = knowledge.places.strip_prefix(name, None).map_or(name.as_str(), |(_, rest)| rest);
        knowledge.bodies.knows(name) || knowledge.bodies.knows(stem)
    })
}

/// The bodies of a letterhead: 云川省人民政府文件.
pub(super) fn of_letterhead(line: &str) -> Option<Vec<String>> {
    let line = line.trim_end();
    let (before, last) = line.rsplit_once(is_blank).unwrap_or((line, ""));
    let line = if citation::as_number(last).is_some() { before } else { line };
    let dense: String = line.chars().filter(|char| !is_blank(*char)).collect();
    let letterhead = &Knowledge::shipped().vocabulary.head.letterhead;
    let name = letterhead.iter().find_map(|word| dense.strip_suffix(word.as_str()))?;
    is_issuer(name).then(|| split(name))
}

/// Whether a name leaves out its place: 市人民政府办公室.
pub(super) fn is_elided(name: &str) -> bool {
    let folded = fold_str(name);
    let mut chars = folded.chars();
    let prefix = chars.next().is_some_and(|char| PLACE_KINDS.contains(&char));
    prefix && Knowledge::shipped().places.strip_prefix(&folded, None).is_none()
}

/// The bodies in full where a title leaves their place out and another part of the head does not.
pub(super) fn in_full(names: Vec<String>, others: &[&[String]]) -> Vec<String> {
    let stem = |name: &str| name.trim_start_matches(PLACE_KINDS).replace("人民政府", "政府");
    names
        .into_iter()
        .map(|name| {
            let tail = stem(&name);
            let full = others.iter().copied().flatten().find(|other| {
                is_elided(&name) && !is_elided(other) && other.replace("人民政府", "政府").ends_with(&tail)
            });
            full.cloned().unwrap_or(name)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_told_apart() {
        assert_eq!(split("水利部发展改革委财政部"), ["水利部", "发展改革委", "财政部"]);
        assert_eq!(split("国家林业和草原局 农业农村部"), ["国家林业和草原局", "农业农村部"]);
        assert_eq!(split("水利部 国家乡村振兴局等七部门"), ["水利部", "国家乡村振兴局"]);
        assert_eq!(split("云川省财政厅"), ["云川省财政厅"]);
        assert_eq!(split("中共清河市委办公室清河市人民政府办公室"), ["中共清河市委办公室", "清河市人民政府办公室"]);
    }

    #[test]
    fn letterheads_and_elided_names() {
        assert_eq!(of_letterhead("清河市人民政府办公室文件"), Some(vec!["清河市人民政府办公室".to_owned()]));
        assert_eq!(of_letterhead("有关文件"), None);
        assert!(is_elided("市人民政府办公室") && !is_elided("绍兴市人民政府"));
        assert_eq!(
            in_full(vec!["市政府办公室".to_owned()], &[&["清河市人民政府办公室".to_owned()]]),
            ["清河市人民政府办公室"]
        );
    }
}
