//! Corrections by people: a small file beside a document says what the extraction should have read.
//!
//! The corrections of `notice.txt` (or `notice.docx`, `notice.pdf` …) lie in `notice.zeren.toml` in the same folder:
//!
//! ```toml
//! by = "李明"                        # who; may stand in each correction as well
//! on = 2026-11-22                   # when; likewise
//!
//! [[correction]]
//! task = "(三)"                      # printed number of the task
//! anchor = "健全分级诊疗制度"          # words that the task begins with
//! party = "市卫生健康委"              # the claim: a party by its printed name
//! was = "responsible"               # what was read, so that a change of the document is noticed
//! change = { role = "lead" }        # what it should be
//! why = "会议纪要明确由其牵头"
//! ```
//!
//! A task that was missed is added as a table of its own:
//!
//! ```toml
//! [[add]]
//! task = "(八)"                      # its printed number
//! text = "建立短缺药品会商联动机制"       # its words
//! clause = "县工业和信息化局牵头，县卫生健康局配合"
//! after = "(七)"                     # where it stands
//! why = "括号没有闭合，未读出"
//! ```
//!
//! Whether a task carries out one of a document above is said by the number or title of that document and the printed
//! number there:
//!
//! ```toml
//! [[correction]]
//! task = "(三)"
//! mandate = "云政办发〔2024〕12号 (五)"
//! confirm = true                    # or remove = true
//! why = "与省医改办核对"
//! ```
//!
//! A claim is a `party`, an `indicator` or a `deadline` (by the words of its figure or date), the task itself, or a
//! field of the `head`. The verdict is one of `change = { … }`, `add = { … }`, `remove = true` and `confirm = true`;
//! a correction without one is undecided and changes nothing. Tasks are found by their words first and their number
//! second, so that an item inserted above or a few words edited do no harm. What is no longer found changes nothing and is
//! a finding.
//!
//! The stage is pure: extraction and corrections to an extraction whose claims name the corrections that made them.

mod add;
mod addition;
mod address;
mod apply;
mod change;
mod claim;
mod entry;
mod error;
mod fields;
mod file;
#[cfg(feature = "cli")]
mod record;
mod stanza;
#[cfg(feature = "cli")]
mod withdraw;

pub use addition::Addition;
pub use apply::apply;
pub use claim::{deadline_words, deadline_zh, indicator_words, indicator_zh, party_words};
pub use entry::{Change, Corrections, Entry, HeadField, Subject, Verdict};
pub use error::CorrectionsError;
pub use file::{ENDING, beside, read};
#[cfg(feature = "cli")]
pub use record::Decision;
pub use stanza::{Stanza, skeleton};
#[cfg(feature = "cli")]
pub use withdraw::withdraw;
