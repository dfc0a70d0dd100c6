#![no_main]

#[path = "../probes/mod.rs"]
mod probes;

libfuzzer_sys::fuzz_target!(|data: &[u8]| probes::files(data));
