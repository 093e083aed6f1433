//! The element of a page, with what stands in it where it cannot run: a picture and the table. Imports the engine's exports.
//!
//! The picture is an image of its own, so that neither a strict policy nor the page's styles touch it.

use std::fmt::{self, Write as _};

use racewalk_engine::export::{self, Theme, headline};

use crate::{Asked, Bench, Embed};

impl Embed {
    /// The element as HTML without a blank line in it, so that it may stand in Markdown.
    #[must_use]
    pub fn element(&self, asked: &Asked) -> String {
        let Asked { bench: Bench { race, settings, model }, trace, at, .. } = asked;
        let mut out = String::new();
        // A string takes whatever is written to it.
        let _ = self.write(&mut out, |out| {
            let svg = export::svg(race, settings, model, trace, &[*at], Theme::Auto);
            let steps = trace.steps.len();
            let alt = format!("{}: step {at} of {steps}", headline(race, settings));
            write!(out, "<figure><img src=\"data:image/svg+xml,")?;
            percent(out, &svg)?;
            write!(out, "\" alt=\"{}\">", Escaped(&alt))?;
            if let Some(caption) = &self.caption {
                write!(out, "<figcaption>{}</figcaption>", Escaped(caption))?;
            }
            let table = export::table(race, settings, model, trace);
            let table = Escaped(table.trim_end()).to_string().replace('\n', "&#10;");
            writeln!(out, "</figure>\n<pre>{table}</pre>")
        });
        out
    }

    fn write(
        &self,
        out: &mut String,
        inside: impl FnOnce(&mut String) -> fmt::Result,
    ) -> fmt::Result {
        let set: Vec<String> = self.set.iter().map(|it| format!("{}={}", it.0, it.1)).collect();
        write!(out, "<race-walk race=\"{}\"", Escaped(&self.race))?;
        let at = self.at.map(|it| it.to_string()).unwrap_or_default();
        for (name, value) in [("set", &set.join(" ")), ("schedule", &self.schedule), ("at", &at)] {
            if !value.is_empty() {
                write!(out, " {name}=\"{}\"", Escaped(value))?;
            }
        }
        out.push_str(">\n");
        inside(out)?;
        out.push_str("</race-walk>\n");
        Ok(())
    }
}

/// Writes a text as a part of an address.
fn percent(out: &mut String, text: &str) -> fmt::Result {
    for byte in text.bytes() {
        let plain = byte.is_ascii_graphic() && !br##"%#"<>&'\^`{|}"##.contains(&byte);
        if plain { out.push(char::from(byte)) } else { write!(out, "%{byte:02X}")? }
    }
    Ok(())
}

/// Text as HTML writes it, between tags or between double quotes.
struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|it| match it {
            '&' => f.write_str("&amp;"),
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            '"' => f.write_str("&quot;"),
            it => f.write_char(it),
        })
    }
}
