//! What is done with bytes that anybody may send: it must end without a panic, and keep what it promises.
//!
//! Fuzzers call these on bytes that they make up; a test of the project calls them on all bytes that were kept.

mod reading;
mod serving;
mod storing;

pub(crate) use reading::{clauses, corrections, files, ledgers, parts, quantities};
pub(crate) use serving::requests;
pub(crate) use storing::{graphs, queries, stores};

/// A probe of bytes.
pub(crate) type Probe = fn(&[u8]);

/// All probes, by the names of their fuzzers.
pub(crate) const ALL: [(&str, Probe); 10] = [
    ("clauses", clauses),
    ("corrections", corrections),
    ("files", files),
    ("graphs", graphs),
    ("ledgers", ledgers),
    ("parts", parts),
    ("quantities", quantities),
    ("queries", queries),
    ("requests", requests),
    ("stores", stores),
];

/// A notice of invented places, in the usual form.
pub(crate) const NOTICE: &str = "云川省人民政府办公厅关于印发2024年重点任务的通知\n云政办发〔2024〕12号\n一、制度\n\
    (一)健全分级诊疗制度，基层诊疗量占比达到65%以上。(省卫生健康委牵头，省财政厅、省医保局配合，2024年12月底前完成)\n\
    (二)安排专项资金3000万元。(省财政厅负责)\n";

/// The first byte as a choice, and the rest.
fn choice<'a, T: Copy>(data: &'a [u8], among: &[T]) -> Option<(T, &'a [u8])> {
    let (first, rest) = data.split_first()?;
    Some((*among.get(usize::from(*first) % among.len())?, rest))
}
