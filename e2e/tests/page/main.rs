//! The built page in a browser; one program, so that it is linked once.

mod start;
