//! The number of a document and the year of its date.

use crate::diagnostic::{Code, Finding, Severity};
use crate::lint::notice::Notice;
use crate::lint::rule::rule;
use crate::parse::citation;

rule! {
    /// # 本文文号的年份与成文日期不符
    /// # the document's own number is of another year than its date
    ///
    /// ## 查什么
    /// 本文发文字号里的年份，与落款的成文日期不是同一年。上年编号、次年一月才印发的，只作提示。
    /// ## What it finds
    /// A document whose own number is of another year than its date. A number of the year before on a document of
    /// January is no more than a note.
    /// ## 为什么
    /// 多半是套用去年的文件忘了改，归档和引用都会出错。
    /// ## Why it matters
    /// Most often last year's document served as a model; filed and cited under that number, it is not found.
    /// ## Wrong
    /// ```text
    /// 林河县人民政府办公室关于印发林河县2023年重点工作任务的通知
    /// 林政办发〔2022〕5号
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// 林河县人民政府办公室
    /// 2023年3月6日
    /// ```
    /// ## Right
    /// ```text
    /// 林河县人民政府办公室关于印发林河县2023年重点工作任务的通知
    /// 林政办发〔2023〕5号
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// 林河县人民政府办公室
    /// 2023年3月6日
    /// ```
    OWN_YEAR: OwnYear, Some(check)
}

fn check(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    let (Some(number), Some(issued)) = (notice.facts.head.number.as_deref(), notice.issued()) else { return };
    let (Some(year), Some(place)) = (citation::year_of(number), notice.number_span()) else { return };
    if year == issued.year {
        return;
    }
    let late = year + 1 == issued.year && issued.month == Some(1);
    let finding = Finding::new(
        Code::OwnYear,
        place,
        format!("文号是 {year} 年的，成文日期是 {} 年", issued.year),
        format!("the number is of {year}, and the document is dated {}", issued.year),
    )
    .with_hint("请核对文号和成文日期", "look at number and date");
    findings.push(if late { finding.with_severity(Severity::Note) } else { finding });
}
