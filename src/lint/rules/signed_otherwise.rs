//! Documents that another body signs than their title names.

use crate::diagnostic::{Code, Finding};
use crate::knowledge::{Knowledge, PLACE_KINDS};
use crate::lint::notice::Notice;
use crate::lint::rule::rule;
use crate::span::{Span, fold_str};

rule! {
    /// # 落款与标题的发文机关不一致
    /// # signed by another body than the title names
    ///
    /// ## 查什么
    /// 标题写“甲县人民政府办公室关于……”，落款却是另一个地方的办公室，或是另一家单位。省略地名的不算。
    /// ## What it finds
    /// A title that names one issuing body and a signature that names another: of another place, or another body of the
    /// same place. A name that leaves out its place is no finding.
    /// ## 为什么
    /// 多半是借用外地或去年的文件，落款忘了改；以谁的名义发文也决定文件的效力。
    /// ## Why it matters
    /// Another place's document served as a model, or nobody decided in whose name it goes out.
    /// ## Wrong
    /// ```text
    /// 林河县人民政府办公室关于印发林河县2023年重点工作任务的通知
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// 青禾县人民政府办公室
    /// 2023年3月6日
    /// ```
    /// ## Right
    /// ```text
    /// 林河县人民政府办公室关于印发林河县2023年重点工作任务的通知
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// 林河县人民政府办公室
    /// 2023年3月6日
    /// ```
    SIGNED_OTHERWISE: SignedOtherwise, Some(check)
}

fn check(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    let head = &notice.facts.head;
    let ([issuer], [signer], Some(title)) = (head.issuers.as_slice(), head.signed.as_slice(), head.title.as_deref())
    else {
        return;
    };
    // 甲、乙联合印发: the title may name the first alone
    if !title.starts_with(issuer.as_str()) || !is_body(issuer) || !is_body(signer) || is_same(issuer, signer) {
        return;
    }
    let Some(place) = last(notice, signer) else { return };
    findings.push(
        Finding::new(
            Code::SignedOtherwise,
            place,
            format!("落款是 `{signer}`，标题写的是 `{issuer}`"),
            format!("signed by `{signer}`, while the title names `{issuer}`"),
        )
        .with_hint("请核对发文机关", "see which of the two issues it"),
    );
}

/// Names compared: 政府 is 人民政府, and a place may be left out on one side.
fn is_same(issuer: &str, signer: &str) -> bool {
    let plain = |name: &str| fold_str(name).replace("人民政府", "政府").replace("中共", "");
    let (a, b) = (plain(issuer), plain(signer));
    let bare = |name: &str| name.trim_start_matches(PLACE_KINDS).to_owned();
    a == b || a.ends_with(&bare(&b)) || b.ends_with(&bare(&a)) || a.starts_with(&b) && !b.ends_with("政府")
}

/// Whether a name ends as that of a body of the registry.
fn is_body(name: &str) -> bool {
    let bodies = &Knowledge::shipped().bodies;
    let starts = name.char_indices().map(|(byte, _)| byte);
    starts.filter_map(|byte| name.get(byte..)).any(|stem| bodies.knows(stem))
}

/// The last place of a name, blanks within it passed over.
fn last(notice: &Notice<'_>, name: &str) -> Option<Span> {
    let words: Vec<char> = fold_str(name).chars().collect();
    let (mut found, mut from) = (None, 0);
    while let Some(place) = notice.find(&words, from) {
        from = place.end;
        found = Some(place);
    }
    found
}
