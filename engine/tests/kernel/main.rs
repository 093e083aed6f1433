//! The library's races against the rules of the kernel, written down a second time by hand.

mod every_choice;
mod ram_unplug;
mod rules;
mod runs;
mod steps;
