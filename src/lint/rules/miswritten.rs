//! Words that are often miswritten.

use crate::diagnostic::{Code, Finding};
use crate::lint::figure::starts_with;
use crate::lint::notice::Notice;
use crate::lint::rule::rule;
use crate::span::Span;

rule! {
    /// # 常见错别字
    /// # a word that is often miswritten
    ///
    /// ## 查什么
    /// “布署”“按排”“既使”“截止目前”一类公文中常见的错别字，词表见 `data/vocabulary/drafting.toml`。
    /// ## What it finds
    /// Words that drafts often have with a wrong character (布署 for 部署, 截止目前 for 截至目前), by the list in
    /// `data/vocabulary/drafting.toml`.
    /// ## 为什么
    /// 错别字有损文件的严肃，有的还会改变意思。
    /// ## Why it matters
    /// A wrong character makes a document look careless, and some change the meaning.
    /// ## Wrong
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）统一布署医共体建设。（县卫生健康局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）统一部署医共体建设。（县卫生健康局负责）
    /// （二）落实补助资金，机关建设同步推进。（县财政局负责）
    /// ```
    MISWRITTEN: Miswritten, Some(check)
}

fn check(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    let words = &Notice::words().writing.miswritten;
    for &passage in &notice.passages {
        let chars = notice.folded(passage);
        for at in 0..chars.len() {
            let rest = chars.get(at..).unwrap_or_default();
            let Some(word) = words.iter().find(|word| starts_with(rest, &word.wrong)) else { continue };
            let near: String =
                chars.iter().skip(at.saturating_sub(AROUND)).take(word.wrong.chars().count() + 2 * AROUND).collect();
            if word.not.iter().any(|not| near.contains(not.as_str())) {
                continue;
            }
            let place = Span::new(passage.start + at, passage.start + at + word.wrong.chars().count());
            let printed = notice.text.slice(place);
            findings.push(
                Finding::new(
                    Code::Miswritten,
                    place,
                    format!("`{printed}` 是错别字"),
                    format!("`{printed}` is miswritten"),
                )
                .with_hint(format!("应为 `{}`", word.right), format!("`{}` is meant", word.right)),
            );
        }
    }
}

/// How many characters around a word may show that it is right.
const AROUND: usize = 3;
