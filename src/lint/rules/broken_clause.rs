//! Statements of responsibility that do not hold together.

use crate::diagnostic::{Code, Finding};
use crate::extract::{Piece, Role, pieces, swallowed};
use crate::lint::notice::Notice;
use crate::lint::rule::rule;
use crate::span::Span;

rule! {
    /// # 责任条款残缺或标点错位
    /// # a statement of responsibility that does not hold together
    ///
    /// ## 查什么
    /// “牵头”“配合”前面或“牵头单位：”后面没有单位；单位与“牵头”“配合”被标点隔开；两段之间漏了标点。
    /// ## What it finds
    /// A role word (牵头, 配合) with no body before it, a label (牵头单位：) with none behind it, a role word that a stop
    /// cuts off from its bodies, and two statements without a stop between them.
    /// ## 为什么
    /// 差一个标点或漏一家单位，谁牵头谁配合就可能读反。
    /// ## Why it matters
    /// One stop in the wrong place, or one name left out, and lead and support change places.
    /// ## Wrong
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县民政局、牵头县卫生健康局配合）
    /// （二）落实补助资金。（牵头单位：县财政局；配合单位：）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县民政局牵头、县卫生健康局配合）
    /// （二）落实补助资金。（牵头单位：县财政局；配合单位：县民政局）
    /// ```
    BROKEN_CLAUSE: BrokenClause, Some(check)
}

/// The longest statement in characters that is looked at: what is longer is a paragraph.
const LONGEST: usize = 300;

fn check(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    let mut places: Vec<Span> = notice
        .tasks()
        .filter(|task| !task.inherited)
        .filter_map(|task| task.clause_span)
        .filter(|place| place.len() <= LONGEST)
        .collect();
    places.sort_unstable();
    places.dedup();
    for place in places {
        findings.extend(broken(notice, place));
    }
}

/// What is broken in a statement, each place once.
fn broken(notice: &Notice<'_>, statement: Span) -> Vec<Finding> {
    let pieces = pieces(notice.text, statement);
    let mut found = Vec::new();
    for (index, &(piece, place)) in pieces.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| pieces.get(before)).map(|(piece, _)| *piece);
        let earlier = index.checked_sub(2).and_then(|earlier| pieces.get(earlier)).map(|(piece, _)| *piece);
        let behind = pieces.get(index + 1).map(|(piece, _)| *piece);
        match piece {
            Piece::Label(_) if matches!(behind, None | Some(Piece::Label(_) | Piece::Stop | Piece::Separator)) => {
                found.push(no_name_behind(notice, place));
            }
            Piece::Verb(role) => match (earlier, before) {
                (Some(Piece::Words), Some(Piece::Separator | Piece::Stop)) => found.push(cut_off(notice, place)),
                (_, None) => found.push(no_name_before(notice, place)),
                (Some(Piece::Verb(other)), Some(Piece::Separator | Piece::Stop))
                    if role != Role::Responsible && role.leads() != other.leads() =>
                {
                    found.push(no_name_before(notice, place));
                }
                _ => {}
            },
            Piece::Words => {
                let Some(swallowed) = swallowed(notice.text, place) else { continue };
                found.push(if swallowed.before {
                    run_on(notice, swallowed.verb)
                } else if before == Some(Piece::Separator) && matches!(behind, Some(Piece::Verb(_))) {
                    cut_off(notice, swallowed.verb)
                } else {
                    run_on_before(notice, swallowed.verb)
                });
            }
            _ => {}
        }
    }
    found
}

fn no_name_behind(notice: &Notice<'_>, place: Span) -> Finding {
    let word = notice.text.slice(place).trim_end_matches([':', '：', ' ']).to_owned();
    Finding::new(Code::BrokenClause, place, format!("`{word}` 后面没有单位"), format!("no body stands behind `{word}`"))
        .with_hint("请补上单位，或删去这几个字", "name the body, or take the words out")
}

fn no_name_before(notice: &Notice<'_>, place: Span) -> Finding {
    let word = notice.text.slice(place);
    Finding::new(Code::BrokenClause, place, format!("`{word}` 前面没有单位"), format!("no body stands before `{word}`"))
        .with_hint("请补上单位，或删去这几个字", "name the body, or take the words out")
}

fn cut_off(notice: &Notice<'_>, place: Span) -> Finding {
    let word = notice.text.slice(place);
    Finding::new(
        Code::BrokenClause,
        place,
        format!("`{word}` 与前面的单位被标点隔开了"),
        format!("a stop cuts `{word}` off from the bodies before it"),
    )
    .with_hint("请删去或移动标点", "take the stop out, or move it")
}

fn run_on(notice: &Notice<'_>, place: Span) -> Finding {
    let word = notice.text.slice(place);
    Finding::new(Code::BrokenClause, place, format!("`{word}` 后面漏了标点"), format!("no stop stands behind `{word}`"))
        .with_hint("请加逗号，如“县财政局牵头，县民政局配合”", "put a comma, as in 县财政局牵头，县民政局配合")
}

fn run_on_before(notice: &Notice<'_>, place: Span) -> Finding {
    let word = notice.text.slice(place);
    Finding::new(
        Code::BrokenClause,
        place,
        format!("`{word}` 写在单位前面，看不出是谁"),
        format!("`{word}` stands before the body, which leaves open whose part it is"),
    )
    .with_hint("请写在单位后面，如“县民政局配合”", "put it behind, as in 县民政局配合")
}
