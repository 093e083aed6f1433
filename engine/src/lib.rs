//! The races: language, model, exploration, replay and what a reader sees of them. Pure: no web, no I/O, no clock, no threads.

mod compile;
pub mod evidence;
pub mod explain;
pub mod explore;
pub mod export;
pub mod ids;
pub mod import;
pub mod library;
pub mod model;
pub mod picture;
pub mod race;
pub mod schedule;
pub mod state;
pub mod syntax;
pub mod tour;
pub mod trace;
pub mod view;
