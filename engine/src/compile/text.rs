//! Texts: what stands between backticks is code, what stands between braces is a value or an argument.

use super::Checked;
use super::names::{Compiler, Environment};
use crate::ids::TextId;
use crate::model::{Piece, Text};
use crate::syntax::tree::Quoted;

impl<'r> Compiler<'r> {
    pub(super) fn text(
        &mut self,
        quoted: &'r Quoted,
        environment: &Environment<'r>,
    ) -> Checked<TextId> {
        let mut pieces = Vec::new();
        self.pieces(&quoted.node, quoted, environment, &mut pieces, 0)?;
        Ok(self.keep(pieces))
    }

    /// A text that is code from end to end.
    pub(super) fn code(
        &mut self,
        quoted: &'r Quoted,
        environment: &Environment<'r>,
    ) -> Checked<TextId> {
        let mut pieces = Vec::new();
        self.pieces(&quoted.node, quoted, environment, &mut pieces, 0)?;
        let mut code = String::new();
        for piece in &pieces {
            match piece {
                Piece::Words(text) | Piece::Code(text) => code.push_str(text),
                Piece::Value(id, _) => match self.value_of(*id) {
                    Some(value) => code.push_str(&value.to_string()),
                    None => {
                        let message =
                            "a label says the same in every state: no values can stand in it";
                        return Err(self.error(quoted.span, message, None));
                    }
                },
            }
        }
        Ok(self.keep(vec![Piece::Code(code)]))
    }

    fn keep(&mut self, pieces: Text) -> TextId {
        self.model.texts.push(pieces);
        TextId(self.model.texts.len() as u16 - 1)
    }

    fn pieces(
        &mut self,
        text: &str,
        quoted: &Quoted,
        environment: &Environment<'r>,
        pieces: &mut Text,
        depth: u8,
    ) -> Checked<()> {
        let mut rest = text;
        let mut is_code = false;
        let add = |pieces: &mut Text, is_code: bool, text: &str| {
            if text.is_empty() {
                return;
            }
            match (pieces.last_mut(), is_code) {
                (Some(Piece::Words(last)), false) | (Some(Piece::Code(last)), true) => {
                    last.push_str(text);
                }
                (_, false) => pieces.push(Piece::Words(text.to_owned())),
                (_, true) => pieces.push(Piece::Code(text.to_owned())),
            }
        };
        while let Some(at) = rest.find(['`', '{']) {
            add(pieces, is_code, &rest[..at]);
            if rest[at..].starts_with('`') {
                is_code = !is_code;
                rest = &rest[at + 1..];
                continue;
            }
            let Some(end) = rest[at..].find('}') else {
                let help = "close it with `}`";
                let message = "a value is opened with `{` and never closed";
                return Err(self.error(quoted.span, message, Some(help)));
            };
            let name = rest[at + 1..at + end].trim();
            rest = &rest[at + end + 1..];
            if let Some((text, outside)) = self.text_argument(name, environment) {
                if depth > 8 {
                    return Err(self.error(quoted.span, "texts are nested too deeply", None));
                }
                let mut inner = Vec::new();
                self.pieces(text, quoted, &outside, &mut inner, depth + 1)?;
                for piece in inner {
                    match piece {
                        Piece::Words(text) => add(pieces, is_code, &text),
                        other => pieces.push(other),
                    }
                }
                continue;
            }
            let value = self.name(name, quoted.span, environment, None)?;
            let meaning = self.meaning(value.type_);
            pieces.push(Piece::Value(value.id, meaning));
        }
        add(pieces, is_code, rest);
        Ok(())
    }
}
