//! The `souwen` program as its users meet it: arguments in; files, text and an exit status out.

// Clippy takes helpers of integration tests for code of the program.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod bad_input;
mod bundles;
mod common;
mod compatibility;
mod evaluate;
mod input;
mod interrupt;
mod kept;
mod queries;
mod recall;
mod serve;
mod shards;
mod update;
