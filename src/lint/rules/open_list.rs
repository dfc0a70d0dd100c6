//! Lists of parties that are left open.

use crate::diagnostic::{Code, Finding};
use crate::extract::Task;
use crate::lint::notice::Notice;
use crate::lint::rule::rule;
use crate::span::Span;

rule! {
    /// # 责任单位名单以“等”结尾
    /// # a list of parties is left open
    ///
    /// ## 查什么
    /// 责任单位后面有“等”，名单没有列完；全文大多如此的，视为有意为之，不提示。
    /// ## What it finds
    /// A list that ends with 等 (and others), where most lists of the document are closed.
    /// ## 为什么
    /// “等”里还有谁，收文单位无从知道，自己是不是也在其中也说不清。
    /// ## Why it matters
    /// Nobody can tell who else is meant, least of all those who are.
    /// ## Wrong
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局、县医保局等按职责分工负责）
    /// （二）落实补助资金。（县财政局负责）
    /// （三）推行按病种付费。（县医保局负责）
    /// （四）充实人员力量。（县人力资源社会保障局负责）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局、县医保局、县财政局按职责分工负责）
    /// （二）落实补助资金。（县财政局负责）
    /// （三）推行按病种付费。（县医保局负责）
    /// （四）充实人员力量。（县人力资源社会保障局负责）
    /// ```
    OPEN_LIST: OpenList, Some(check)
}

fn check(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    let own = |task: &&Task| !task.inherited && !task.responsibilities.is_empty();
    let all = notice.tasks().filter(own).count();
    let open: Vec<Span> = notice.tasks().filter(own).filter_map(|task| place(notice, task)).collect();
    // a document that leaves a quarter of its lists open means it
    if open.len() * 4 > all {
        return;
    }
    let several = open.len() >= MANY;
    let count = open.len();
    findings.extend(open.into_iter().take(if several { 1 } else { MANY }).map(|place| {
        let (zh, en) = if several {
            (
                format!("名单没有列完，看不出还有哪些单位；全文共 {count} 处"),
                format!(
                    "the list is left open, here and in {} more places: nobody can tell who else is meant",
                    count - 1
                ),
            )
        } else {
            (
                "名单没有列完，看不出还有哪些单位".to_owned(),
                "the list is left open: nobody can tell who else is meant".to_owned(),
            )
        };
        Finding::new(Code::OpenList, place, zh, en)
            .with_hint("请把单位列全，或删去“等”", "name them all, or take 等 out")
    }));
}

/// From how many lists on it is told once.
const MANY: usize = 4;

/// The 等 right behind a name of the clause.
fn place(notice: &Notice<'_>, task: &Task) -> Option<Span> {
    if !task.open {
        return None;
    }
    let ends = task.responsibilities.iter().map(|party| party.span.end);
    let mut open = ends.map(|end| Span::new(end, end + 1)).filter(|place| notice.folded(*place) == ['等']);
    open.next()
}
