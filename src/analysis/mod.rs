//! Network to answers: one algorithm a file, pure, each figure computable by hand.
mod as_of;
mod assumed;
pub mod balance;
mod concentration;
mod current;
mod diff;
mod doubt;
pub mod due;
pub mod explore;
mod inherit;
mod lineage;
pub mod overlap;
mod parts;
mod profile;
mod scope;
mod what_if;
mod wording;
mod workload;

pub use as_of::{as_of, notices_as_of};
pub use concentration::Concentration;
pub use current::{current, with_added};
pub use diff::{Diff, Pair, diff};
pub use inherit::{
    Addressed, DateChange, DateDrift, Fate, FigureChange, FigureDrift, Inheritance, Link, OwnerChange, OwnerDrift,
    Parts, Status, inherit, inherit_all,
};
pub use lineage::{Descent, Line as LineageLine, Lineage};
pub use profile::{Part, Profile, profile};
pub use scope::{Selection, closest, find_departments, find_tasks, narrow, of_document};
pub use what_if::{WhatIf, what_if};
pub use wording::{Edit, wording};
pub use workload::{Group, Line, Options, Range, Weights, WeightsError, Workload, breakdown, workload};
