//! Tests of the store and the queries on it.
