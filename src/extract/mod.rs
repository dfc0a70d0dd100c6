//! Document to tasks.
mod model;
pub use model::{
    Basis, Citation, CitationRelation, Comparator, Convention, Deadline, DeadlineRelation, Extraction, Indicator, Mode,
    Responsibility, Role, Rule, Task,
};
