//! What anybody may send: the inputs that fuzzers kept, without the fuzzers, which are built apart (`.ci/fuzz`).
mod kept;
mod probes;
