//! The races: language, model, exploration, replay and what a reader sees of them. Pure: no web, no I/O, no clock, no threads.
