//! The library's races against the rules of the kernel, written down a second time by hand.

mod every_choice;
mod explain;
mod pae_torn_pte;
mod pages;
mod ram_unplug;
mod rules;
mod runs;
mod steps;
mod table_free;
mod thp_collapse;
mod thp_split;
mod walkers;
