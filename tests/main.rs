//! The one integration binary.

// `cfg(test)` tells clippy that the modules are tests, whose helpers may unwrap
#[cfg(test)]
mod analysis;
#[cfg(test)]
mod architecture;
#[cfg(test)]
mod cli;
#[cfg(test)]
mod extraction;
#[cfg(test)]
mod fuzz;
#[cfg(test)]
mod lint;
#[cfg(test)]
mod query;
#[cfg(test)]
mod reading;
#[cfg(test)]
mod server;
#[cfg(test)]
mod site;
#[cfg(test)]
mod store;
#[cfg(test)]
mod support;
