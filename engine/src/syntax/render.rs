//! Diagnostics drawn in full, for a terminal: every place that they speak of, underlined. Behind the feature
//! `render`, since the library that draws them is a fifth of what the page may be.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::collections::BTreeMap;

use super::diagnostic::{Diagnostic, Severity, Sources, at_char, line_and_column};
use super::span::{FileId, Span};

/// The diagnostics as text, for a terminal, a mail or a page.
#[must_use]
pub fn render(sources: &Sources, diagnostics: &[Diagnostic]) -> String {
    render_with(sources, diagnostics, &Renderer::plain())
}

/// The same, with the colours of a terminal.
#[must_use]
pub fn render_styled(sources: &Sources, diagnostics: &[Diagnostic]) -> String {
    render_with(sources, diagnostics, &Renderer::styled().decor_style(DecorStyle::Unicode))
}

fn render_with(sources: &Sources, diagnostics: &[Diagnostic], renderer: &Renderer) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        if !out.is_empty() {
            out.push_str("\n\n");
        }
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let group = Group::with_title(level.primary_title(diagnostic.message.as_str()));
        let group = group.elements(snippets(sources, diagnostic));
        let group = match &diagnostic.help {
            Some(help) => group.element(Level::HELP.message(help.as_str())),
            None => group,
        };
        out.push_str(&renderer.render(&[group]));
    }
    out
}

/// A place to point at, the words under it, and whether it is the main one.
type Place<'a> = (Span, &'a str, AnnotationKind);

/// One snippet for each text that the diagnostic points into, its own first.
fn snippets<'a>(
    sources: &'a Sources,
    diagnostic: &'a Diagnostic,
) -> Vec<Snippet<'a, annotate_snippets::Annotation<'a>>> {
    let mut places: BTreeMap<(bool, FileId), Vec<Place<'_>>> = BTreeMap::new();
    let own = diagnostic.primary.0.file;
    let secondary = diagnostic
        .secondary
        .iter()
        .map(|(span, label)| (*span, label.as_str(), AnnotationKind::Context));
    let primary = (diagnostic.primary.0, diagnostic.primary.1.as_str(), AnnotationKind::Primary);
    for place in std::iter::once(primary).chain(secondary) {
        places.entry((place.0.file != own, place.0.file)).or_default().push(place);
    }
    let snippet = |((_, file), places): ((bool, FileId), Vec<Place<'a>>)| {
        let text = sources.text(file);
        let first = places.iter().map(|place| place.0.start).min().unwrap_or(0);
        let last = places.iter().map(|place| place.0.end).max().unwrap_or(0);
        // Only the lines that are pointed at: a text may be large.
        let bom = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let from = text[..at_char(text, first)].rfind('\n').map_or(bom, |at| at + 1);
        let to = at_char(text, last).max(from);
        let to = text[to..].find('\n').map_or(text.len(), |at| to + at);
        // A carriage return that ends the last line would be drawn.
        let lines = text[from..to].trim_end_matches('\r');
        let (line, _) = line_and_column(text, from as u32);
        let annotations = places.into_iter().map(|(span, label, kind)| {
            let (start, end) = (at_char(text, span.start), at_char(text, span.end.max(span.start)));
            let within = |at: usize| at.saturating_sub(from).min(lines.len());
            kind.span(within(start)..within(end)).label((!label.is_empty()).then_some(label))
        });
        Snippet::source(lines).line_start(line).path(sources.name(file)).annotations(annotations)
    };
    places.into_iter().map(snippet).collect()
}
