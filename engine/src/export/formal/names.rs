//! Identifiers: one for each thing of the model, legal in the other language and unique. Imports ids and model.

use std::collections::BTreeSet;

use crate::ids::{ActorId, ExprId, TextId, ViolationId};
use crate::model::{Binary, Expr, Meaning, Model, Piece};

/// What a language takes for an identifier.
pub(in crate::export) struct Tongue {
    /// Words that mean something there, or in what its tools make of them.
    pub(in crate::export) reserved: &'static [&'static str],
    /// Beginnings of words that do.
    pub(in crate::export) prefixes: &'static [&'static str],
}

/// The identifiers of a model.
pub(in crate::export) struct Names {
    tongue: &'static Tongue,
    taken: BTreeSet<String>,
    /// By actor and line; the last one of each stands for having finished.
    lines: Vec<Vec<String>>,
    /// By actor.
    actors: Vec<String>,
    /// By violation.
    kinds: Vec<String>,
    /// Each list of names once, with an identifier for each of its names.
    lists: Vec<(Vec<String>, Vec<String>)>,
    /// For nobody, and for no element of an array: the number with its name.
    nothing: Vec<(Option<String>, i32, String)>,
}

impl Names {
    pub(in crate::export) fn new(tongue: &'static Tongue) -> Self {
        let taken = BTreeSet::new();
        let (lines, actors, kinds) = (vec![], vec![], vec![]);
        Self { tongue, taken, lines, actors, kinds, lists: vec![], nothing: vec![] }
    }

    /// An identifier that nothing else has, as near to the wish as can be.
    pub(in crate::export) fn claim(&mut self, wish: &str) -> String {
        let plain = identifier(wish);
        // A number behind it may make it begin like a word that means something, too.
        let harmless = |it: String| {
            let means_something = self.tongue.prefixes.iter().any(|prefix| it.starts_with(prefix));
            if means_something { format!("the_{it}") } else { it }
        };
        let is_free =
            |it: &String| !self.tongue.reserved.contains(&it.as_str()) && !self.taken.contains(it);
        let mut found = harmless(plain.clone());
        let mut number = 2;
        while !is_free(&found) {
            found = harmless(format!("{plain}_{number}"));
            number += 1;
        }
        self.taken.insert(found.clone());
        found
    }

    /// Names the lines, the actors, the kinds of violation and the values of enumerations. To be
    /// called when the variables have their names, which come first.
    pub(in crate::export) fn name_constants(&mut self, model: &Model) {
        for actor in &model.actors {
            let mut lines = Vec::new();
            for step in &model.steps[usize::from(actor.steps.start)..usize::from(actor.steps.end)] {
                lines.push(self.claim(&format!("{}_{}", actor.name, step.key)));
            }
            lines.push(self.claim(&format!("{}_finished", actor.name)));
            self.lines.push(lines);
        }
        for actor in &model.actors {
            let name = self.claim(&format!("id_{}", actor.name));
            self.actors.push(name);
        }
        for violation in &model.violations {
            let kind = self.claim(&violation.name);
            self.kinds.push(kind);
        }
        for cell in &model.cells {
            let (array, number) = match &cell.meaning {
                Meaning::Index { array, first } => (Some(array.clone()), first - 1),
                Meaning::Actor => (None, -1),
                _ => continue,
            };
            let is_possible = cell.range.0 <= number;
            if is_possible && !self.nothing.iter().any(|it| it.0 == array) {
                let name = self.claim(
                    &array.as_ref().map_or_else(|| "nobody".to_owned(), |it| format!("no_{it}")),
                );
                self.nothing.push((array, number, name));
            }
        }
        for cell in &model.cells {
            let Meaning::Names(list) = &cell.meaning else { continue };
            if self.lists.iter().any(|(known, _)| known == list) {
                continue;
            }
            let names = list.iter().map(|it| self.claim(it)).collect();
            self.lists.push((list.clone(), names));
        }
    }

    /// An actor's lines, and at last the name for having finished.
    pub(in crate::export) fn lines(&self, actor: ActorId) -> &[String] {
        &self.lines[actor.index()]
    }

    pub(in crate::export) fn actor(&self, actor: usize) -> &str {
        &self.actors[actor]
    }

    pub(in crate::export) fn kind(&self, kind: ViolationId) -> &str {
        &self.kinds[kind.index()]
    }

    /// Every list of names with their identifiers: a name's number is its place in the list.
    pub(in crate::export) fn lists(&self) -> &[(Vec<String>, Vec<String>)] {
        &self.lists
    }

    /// The numbers that stand for none, by their names.
    pub(in crate::export) fn nothing(&self) -> impl Iterator<Item = (i32, &str)> {
        self.nothing.iter().map(|(_, number, name)| (*number, name.as_str()))
    }

    /// How a number reads, where it has a name.
    pub(in crate::export) fn value(&self, meaning: &Meaning, value: i32) -> Option<&str> {
        let none_of = |array: Option<&String>| {
            let is_it =
                |it: &&(Option<String>, i32, String)| it.0.as_ref() == array && it.1 == value;
            self.nothing.iter().find(is_it).map(|it| it.2.as_str())
        };
        if let Meaning::Index { array, .. } = meaning {
            return none_of(Some(array));
        }
        if matches!(meaning, Meaning::Actor) && value < 0 {
            return none_of(None);
        }
        let at = usize::try_from(value).ok()?;
        let names = match meaning {
            Meaning::Names(list) => &self.lists.iter().find(|(known, _)| known == list)?.1,
            Meaning::Position(actor) => self.lines.get(actor.index())?,
            Meaning::Actor => &self.actors,
            Meaning::Number | Meaning::Bool | Meaning::Index { .. } | Meaning::Actors => {
                return None;
            }
        };
        names.get(at).map(String::as_str)
    }
}

/// What the number of an expression stands for, as far as the cells in it tell.
pub(in crate::export) fn meaning(model: &Model, expr: ExprId) -> Option<&Meaning> {
    match &model.exprs[expr.index()] {
        Expr::Read(place) => Some(&model.cells[place.base.index()].meaning),
        Expr::Binary(Binary::With | Binary::Without, ..) | Expr::ActorsWhere(_) => {
            Some(&Meaning::Actors)
        }
        _ => None,
    }
}

/// Letters, digits and `_`; a letter first; `'` is `p`, for prime.
fn identifier(wish: &str) -> String {
    let mut out = String::new();
    for char in wish.chars() {
        match char {
            'a'..='z' | 'A'..='Z' | '0'..='9' => out.push(char),
            '\'' => out.push('p'),
            ']' | ')' => {}
            _ if out.ends_with('_') => {}
            _ => out.push('_'),
        }
    }
    let out = out.trim_matches('_');
    if out.starts_with(|it: char| it.is_ascii_alphabetic()) {
        out.to_owned()
    } else {
        format!("n{out}")
    }
}

/// A text in one line, the cells whose values stand in it by their names.
pub(in crate::export) fn sentence(model: &Model, text: TextId) -> String {
    let mut out = String::new();
    for piece in &model.texts[text.index()] {
        match piece {
            Piece::Words(text) | Piece::Code(text) => out.push_str(text),
            Piece::Value(expr, _) => match &model.exprs[expr.index()] {
                Expr::Read(place) => out.push_str(&model.cells[place.base.index()].name),
                Expr::Value(value) => out.push_str(&value.to_string()),
                _ => out.push('…'),
            },
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}
