//! What the search, its explanations, the replay and the schedule codes promise, tried on races whose answers are known and on random ones against a naive oracle.

mod build;
mod explain;
mod known;
mod laws;
mod oracle;
mod program;
mod random;
mod reduced;
mod replay;
mod samples;
