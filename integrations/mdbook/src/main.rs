//! The preprocessor: mdBook hands it the book as JSON and takes it back.

use std::io;
use std::process::ExitCode;

use mdbook_preprocessor::{Preprocessor as _, parse_input};
use racewalk_mdbook::Racewalk;

fn main() -> ExitCode {
    // Asked only whether it supports a renderer: what it writes is Markdown, which all of them read.
    if std::env::args().nth(1).as_deref() == Some("supports") {
        return ExitCode::SUCCESS;
    }
    let handled = parse_input(io::stdin()).and_then(|(context, book)| {
        let book = Racewalk.run(&context, book)?;
        Ok(serde_json::to_writer(io::stdout(), &book)?)
    });
    match handled {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
