//! The built page in a browser; one program, so that it is linked once.

mod access;
mod choose;
mod documents;
mod embed;
mod instrument;
mod links;
mod look;
mod monkey;
mod own;
mod play;
mod search;
mod start;
mod structure;
mod take;
mod tour;
