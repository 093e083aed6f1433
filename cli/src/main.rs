//! `racewalk`: the engine in a terminal and in CI.

fn main() {}
