//! Names without the level prefix that the others have.

use crate::diagnostic::{Code, Finding, Severity};
use crate::extract::split_prefix;
use crate::knowledge::Level;
use crate::lint::notice::{Notice, Party};
use crate::lint::rule::rule;
use crate::resolve::{BodyKind, Place};
use crate::span::{Span, fold_str};

rule! {
    /// # 单位名称漏写级别
    /// # a name without the level prefix that the others have
    ///
    /// ## 查什么
    /// 全文的单位大多写“市…局”“县…局”，个别排在名单第一位（或单独一家）的单位没有写“市”“县”。
    /// 一串名单中后面几家承前省略的不算，除非全文几乎都没有省略。
    /// ## What it finds
    /// A body that begins its list without 省, 市 or 县 where most names of the document have it. Names that
    /// follow a prefixed one in the same list may leave it out, unless nearly all lists of the document repeat it.
    /// ## 为什么
    /// 县里的文件写“财政局”，读者要猜是县财政局还是市财政局；多级单位并列时尤其容易错。
    /// ## Why it matters
    /// 财政局 alone may be the county's or the city's; with bodies of several levels in one document, it is misread.
    /// ## Wrong
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局负责）
    /// （二）落实补助资金。（财政局负责）
    /// （三）推行按病种付费。（县医保局负责）
    /// （四）充实人员力量。（县人力资源社会保障局、县委编办按职责分工负责）
    /// （五）做好困难群众救助。（县民政局、县财政局按职责分工负责）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局、财政局按职责分工负责）
    /// （二）落实补助资金。（县财政局负责）
    /// （三）推行按病种付费。（县医保局负责）
    /// （四）充实人员力量。（县人力资源社会保障局、县委编办按职责分工负责）
    /// （五）做好困难群众救助。（县民政局、财政局按职责分工负责）
    /// ```
    MISSING_PREFIX: MissingPrefix, Some(check)
}

/// The share of names with a prefix that makes it the custom of a document, in tenths.
const CUSTOM: usize = 8;
/// How many names a custom needs.
const FEWEST: usize = 5;

fn check(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    if !is_custom(notice) {
        return;
    }
    let elided = exceptions(notice);
    for party in local(notice).filter(|party| is_bare(party) || elided.contains(&party.party.span)) {
        let name = notice.text.slice(party.party.span);
        let prefix = notice.level().and_then(prefix_of).map(String::from).unwrap_or_default();
        let finding = Finding::new(
            Code::MissingPrefix,
            party.party.span,
            format!("`{name}` 没有写明级别，而本文其他单位都写明了"),
            format!("`{name}` has no level prefix, while the other names of this document do"),
        )
        .with_hint(format!("疑为 `{prefix}{name}`"), format!("`{prefix}{name}` may be meant"));
        // the name before lends it one: only the custom is broken
        let lent = elided.contains(&party.party.span);
        findings.push(if lent { finding.with_severity(Severity::Note) } else { finding });
    }
}

/// How many times as many names must repeat the prefix that the first of their list has.
const REPEATED: usize = 5;

/// Names that leave out the prefix which the name before them has, where nearly all others repeat it.
fn exceptions(notice: &Notice<'_>) -> Vec<Span> {
    let (mut repeated, mut elided) = (0, Vec::new());
    for party in local(notice) {
        let printed = fold_str(notice.text.slice(party.party.span));
        let before = party.party.span.start.checked_sub(1).map(|before| notice.folded(Span::new(before, before + 1)));
        if !before.is_some_and(|before| matches!(before, ['、' | ','])) {
            continue;
        }
        let prefixed = split_prefix(&printed).0.is_some();
        let whole = party.body.place.as_ref().is_some_and(|place| printed.starts_with(&place.name));
        if prefixed || whole {
            repeated += 1;
        } else if split_prefix(&fold_str(&party.party.name)).0.is_some() {
            elided.push(party.party.span);
        }
    }
    if repeated >= elided.len() * REPEATED { elided } else { Vec::new() }
}

fn prefix_of(level: Level) -> Option<char> {
    match level {
        Level::Province => Some('省'),
        Level::City => Some('市'),
        Level::County => Some('县'),
        Level::State | Level::Township => None,
    }
}

/// Whether a document prints names with their level prefix.
pub(super) fn is_custom(notice: &Notice<'_>) -> bool {
    let (mut with, mut all) = (0, 0);
    for party in local(notice) {
        all += 1;
        with += usize::from(!is_bare(&party));
    }
    notice.level() != Some(Level::State) && with >= FEWEST && with * 10 >= all * CUSTOM
}

/// Departments of the document's own government: bodies under a vertical line (税务, 海关) print other names.
fn local<'d>(notice: &Notice<'d>) -> impl Iterator<Item = Party<'d>> {
    let seat = notice.seat();
    notice.parties().filter(move |party| {
        let place = party.body.place.as_ref();
        party.body.kind == BodyKind::Department
            && party.body.is_registered()
            && place
                .zip(seat)
                .is_some_and(|(place, seat)| place.id == seat.id && party.body.name.starts_with(&seat.name))
            && party.party.name.ends_with(['局', '委', '厅'])
    })
}

/// Whether a name is printed without prefix and place, and no name before it lends it one.
fn is_bare(party: &Party<'_>) -> bool {
    let folded = fold_str(&party.party.name);
    // 广东海事局 says whose it is without 省
    let says = |place: &Place| folded.starts_with(place.name.trim_end_matches(['省', '市', '县', '区', '州']));
    !party.body.place.as_ref().is_some_and(says) && split_prefix(&folded).0.is_none()
}
