//! Network to answers: one algorithm a file, pure, each figure computable by hand.
mod as_of;
mod concentration;
mod profile;
mod scope;
mod workload;

pub use as_of::as_of;
pub use concentration::Concentration;
pub use profile::{Part, Profile, profile};
pub use scope::{closest, find_departments, narrow};
pub use workload::{Line, Options, Weights, WeightsError, Workload, workload};
