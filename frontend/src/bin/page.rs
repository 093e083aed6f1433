//! The page's module, and its worker's.

fn main() {
    racewalk_frontend::page();
}
