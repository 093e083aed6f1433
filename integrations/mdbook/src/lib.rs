//! What a book says of a race is asked of the engine when the book is built: verdicts, tables of schedules,
//! knobs, steps with their sources, traces of real kernels, what the graph knows. Nothing of it is typed.

mod block;
mod evidence;
mod explain;
mod race;

pub use block::BlockError;

use mdbook_preprocessor::book::{Book, BookItem};
use mdbook_preprocessor::errors::{Error, Result};
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};

/// Replaces every fenced block whose language is `racewalk` by what the engine says.
pub struct Racewalk;

impl Preprocessor for Racewalk {
    fn name(&self) -> &str {
        "racewalk"
    }

    fn run(&self, _: &PreprocessorContext, mut book: Book) -> Result<Book> {
        let mut failed = None;
        book.for_each_mut(|item| {
            if let BookItem::Chapter(chapter) = item
                && failed.is_none()
            {
                match expand(&chapter.content) {
                    Ok(content) => chapter.content = content,
                    Err(error) => {
                        let file = chapter.source_path.clone().unwrap_or_default();
                        failed = Some(Error::msg(format!("{}:{error}", file.display())));
                    }
                }
            }
        });
        failed.map_or(Ok(book), Err)
    }
}

/// A chapter with its blocks replaced.
///
/// # Errors
/// The first block that cannot be answered, with its line.
pub fn expand(chapter: &str) -> std::result::Result<String, BlockError> {
    let mut out = String::with_capacity(chapter.len());
    let mut rest = 0;
    for block in block::blocks(chapter) {
        out.push_str(&chapter[rest..block.place.start]);
        out.push_str(&block.answer()?);
        rest = block.place.end;
    }
    out.push_str(&chapter[rest..]);
    Ok(out)
}
