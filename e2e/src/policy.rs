//! The Content-Security-Policies under which documents are tested. The strict one is the book's.

use std::sync::LazyLock;

/// What the book tells authors, whose documents have to work under it.
const BOOK: &str = include_str!("../../book/src/embedding.md");

/// Forbids every script, and nothing else.
pub const NO_SCRIPTS: &str = "script-src 'none'";

/// The policy that the book says is all that the element needs: its only one that begins with
/// `default-src`, in one line.
///
/// # Panics
///
/// Where the book has none.
pub fn strict() -> &'static str {
    static STRICT: LazyLock<String> = LazyLock::new(|| {
        let (_, from) = BOOK.split_once("\ndefault-src ").unwrap_or_default();
        let (rest, _) = from.split_once("\n```").unwrap_or_default();
        assert!(rest.contains("script-src"), "the book tells no policy");
        format!("default-src {}", rest.split_whitespace().collect::<Vec<_>>().join(" "))
    });
    &STRICT
}

/// The strict policy, without any script.
pub fn strict_without_scripts() -> String {
    let parts = strict().split("; ").map(|part| match part.split_once(' ') {
        Some(("script-src", _)) => NO_SCRIPTS,
        _ => part,
    });
    parts.collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::{strict, strict_without_scripts};

    #[test]
    fn it_is_the_books() {
        let parts: Vec<_> = strict().split("; ").collect();
        assert_eq!(parts.first(), Some(&"default-src 'none'"));
        assert!(parts.contains(&"worker-src 'self'"), "{parts:?}");
        assert!(!strict().contains("unsafe-inline"));
        assert!(strict_without_scripts().contains("script-src 'none'; style-src 'self'"));
    }
}
