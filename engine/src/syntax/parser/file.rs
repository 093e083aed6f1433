//! The left margin: a file's first line, and the items below it.

use super::declaration::{Declared, declaration, drawing, is_drawing};
use super::head;
use super::input::{is_word, text};
use super::lexer::Kind;
use super::outline::{Outline, Rows};
use crate::syntax::diagnostic::{Diagnostic, closest, did_you_mean};
use crate::syntax::span::Span;
use crate::syntax::tree::{
    Declaration, Drawing, File, Head, Item, Knob, Meaning, MemoryLine, Name, Preset, Quoted,
    Spanned, Storage, Type,
};

/// The words that items start with.
const ITEMS: [&str; 14] = [
    "use",
    "about",
    "leaves",
    "term",
    "violation",
    "enum",
    "knob",
    "preset",
    "storage",
    "memory",
    "routine",
    "actor",
    "environment",
    "card",
];
/// The words that mark how sure somebody is.
pub(super) const MARKS: [&str; 4] = ["deduced", "observed", "unverified", "hypothetical"];

const HEAD: &str =
    "`race NAME \"title\"`, or `prelude NAME \"title\"` for what several races share";
const DECLARATION: &str = "`NAME \"title\": TYPE = INITIAL`, for example `refcount: 0..3 = 1`";
const DRAWING: &str = "`drawn as SHAPE`, and perhaps `beside NAME`, `under NAME…`, `points to SHAPE`, `copy of PLACE`";

impl Outline<'_> {
    /// The whole file.
    pub(super) fn file(&mut self) -> File {
        let mut rows = 0..self.rows.len();
        let head = self.head(&mut rows);
        let mut items = Vec::new();
        while let Some(row) = self.next(&mut rows) {
            items.extend(self.item(row));
        }
        File { head, items }
    }

    fn head(&mut self, rows: &mut Rows) -> Head {
        let start = Span { end: self.span(0).start, ..self.span(0) };
        let nameless = || Spanned { node: String::new(), span: start };
        let is_race = self.word(0) != "prelude";
        let missing = Head { is_race, name: nameless(), title: nameless() };
        if matches!(self.word(0), "race" | "prelude")
            || closest(self.word(0), ["race", "prelude"]).is_some()
        {
            self.next(rows);
            self.nothing_below(0, "the first line of a file");
            return self.line(0, HEAD, head::head).unwrap_or(missing);
        }
        let help = ["a file starts with ", HEAD].concat();
        self.report(Diagnostic::error("the line `race …` is missing", self.span(0)).help(help));
        missing
    }

    fn item(&mut self, row: usize) -> Option<Item> {
        match self.word(row) {
            "use" => {
                self.nothing_below(row, "`use`");
                self.line(row, "`use NAME, NAME`", head::uses).map(Item::Use)
            }
            "about" => self.about(row),
            "leaves" => {
                let words = self.line(
                    row,
                    "`leaves out \"what the model does without\"`",
                    head::leaves_out,
                );
                Some(Item::LeavesOut(self.continued(words?, row)))
            }
            "term" => {
                let (names, text) = self.line(
                    row,
                    "`term \"word\", \"other spelling\" \"what it means\"`",
                    head::term,
                )?;
                Some(Item::Term { names, text: self.continued(text, row) })
            }
            "violation" => {
                let (name, text) =
                    self.line(row, "`violation NAME \"what goes wrong\"`", head::violation)?;
                Some(Item::Violation { name, text: self.continued(text, row) })
            }
            "enum" => {
                self.nothing_below(row, "`enum`");
                let (name, values) =
                    self.line(row, "`enum NAME = a | b | c`", head::enumeration)?;
                Some(Item::Enum { name, values })
            }
            "knob" => self.knob(row).map(Item::Knob),
            "preset" => self.preset(row).map(Item::Preset),
            "storage" => self.storage(row).map(Item::Storage),
            "memory" => {
                self.line(row, "`memory`, alone, and below it a line for each cell", head::memory);
                let below = self.below(row);
                Some(Item::Memory(self.memory(below)))
            }
            "routine" => {
                let routine =
                    self.line(row, "`routine NAME(PARAMETER, PARAMETER = DEFAULT)`", head::routine);
                let lines = self.lane(self.below(row));
                routine
                    .map(|routine| Item::Routine(crate::syntax::tree::Routine { lines, ..routine }))
            }
            "actor" | "environment" => {
                let form = "`actor NAME \"title\" on cpu 0 letter w`; `environment` instead of \
                            `actor` for one that need not finish";
                let actor = self.line(row, form, head::actor);
                let lines = self.lane(self.below(row));
                actor.map(|actor| Item::Actor(crate::syntax::tree::Actor { lines, ..actor }))
            }
            "card" => {
                let card = self.line(row, "`card NAME \"title\" adds VALUE to ENUM`", head::card);
                let lines = self.lane(self.below(row));
                card.map(|card| Item::Card(crate::syntax::tree::Card { lines, ..card }))
            }
            _ => {
                self.unknown_item(row);
                None
            }
        }
    }

    #[cold]
    fn unknown_item(&mut self, row: usize) {
        let word = self.word(row);
        let message = match word {
            "race" | "prelude" => "a file has one such line, its first",
            _ => "nothing at the left margin starts like this",
        };
        let help = match word {
            "race" | "prelude" => "delete it, or make a file of its own of what follows",
            "thread" | "process" | "proctype" | "task" => "somebody who takes steps is an `actor`",
            "var" | "int" | "bool" | "global" | "shared" => {
                "what actors share is declared below `memory`"
            }
            _ => match closest(word, ITEMS) {
                Some(meant) => return self.unknown(row, message, &did_you_mean(meant)),
                None => {
                    "here stand lines that start with `use`, `about`, `leaves out`, `term`, `violation`, \
                     `enum`, `knob`, `preset`, `storage`, `memory`, `routine`, `actor`, `environment`, `card`; \
                     if it belongs to the line above, indent it"
                }
            },
        };
        self.unknown(row, message, help);
    }

    fn about(&mut self, row: usize) -> Option<Item> {
        let first = self.line(
            row,
            "`about`, alone, and below it a text in quotes for each paragraph",
            head::about,
        )?;
        let mut paragraphs: Vec<Quoted> = first.into_iter().collect();
        let mut rows = self.below(row);
        while let Some(row) = self.next(&mut rows) {
            if let Some(words) = self.line(row, "`\"a paragraph\"`", text) {
                paragraphs.push(self.continued(words, row));
            }
        }
        Some(Item::About(paragraphs))
    }

    fn knob(&mut self, row: usize) -> Option<Knob> {
        let knob = self.line(
            row,
            "`knob NAME = VALUE | VALUE \"what it turns\"`, the default first",
            head::knob,
        );
        let mut rows = self.below(row);
        let (mut meanings, mut marks): (Vec<Meaning>, Vec<Name>) = (Vec::new(), Vec::new());
        let more = self.leading(None, &mut rows);
        while let Some(row) = self.next(&mut rows) {
            if MARKS.contains(&self.word(row)) && self.tokens(row).len() == 1 {
                marks.extend(self.line(row, "a mark", head::mark));
                self.nothing_below(row, "a mark");
            } else if let Some(meaning) = self.line(
                row,
                "`VALUE \"what it means\"`, and perhaps a mark like `deduced`, or `protects`",
                head::meaning,
            ) {
                let text = self.continued(meaning.text, row);
                meanings.push(Meaning { text, ..meaning });
            }
        }
        let mut knob = knob?;
        knob.text = match (knob.text.take(), more) {
            (Some(text), Some(more)) => Some(super::outline::join(text, more)),
            (text, more) => text.or(more),
        };
        Some(Knob { meanings, marks, ..knob })
    }

    fn preset(&mut self, row: usize) -> Option<Preset> {
        let preset = self.line(row, "`preset \"title\": KNOB=VALUE, KNOB=VALUE`", head::preset);
        let mut rows = self.below(row);
        let text = self.leading(None, &mut rows);
        if let Some(row) = self.peek(&rows) {
            self.misplaced(
                row,
                "only texts can stand below a preset",
                "its settings stand on its own line: `preset \"title\": KNOB=VALUE`",
            );
        }
        Some(Preset { text, ..preset? })
    }

    fn storage(&mut self, row: usize) -> Option<Storage> {
        let name =
            self.line(row, "`storage NAME`, and below it its lifetimes and rules", head::storage);
        let (mut lifetimes, mut rules, mut drawn) = (Vec::new(), Vec::new(), None);
        let mut rows = self.below(row);
        while let Some(row) = self.next(&mut rows) {
            self.nothing_below(row, "this line");
            if is_drawing(self.tokens(row)) {
                self.drawn(row, &mut drawn);
            } else if self.word(row) == "lifetime" {
                lifetimes.extend(self.line(
                    row,
                    "`lifetime NAME \"what a reader sees\"`",
                    head::lifetime,
                ));
            } else {
                if !self.tokens(row).get(1).is_some_and(|token| is_word(token, "of"))
                    && let Some(meant) = closest(self.word(row), ["lifetime", "drawn"])
                {
                    self.misplaced(
                        row,
                        "this starts no line below a storage",
                        &did_you_mean(meant),
                    );
                    continue;
                }
                let form = "`read of LIFETIME breaks VIOLATION`; others below a storage are \
                            `lifetime NAME` and `drawn as section`";
                rules.extend(self.line(row, form, head::rule));
            }
        }
        Some(Storage { name: name?, lifetimes, rules, drawing: drawn })
    }

    fn memory(&mut self, mut rows: Rows) -> Vec<MemoryLine> {
        let mut lines = Vec::new();
        while let Some(row) = self.next(&mut rows) {
            let tokens = self.tokens(row);
            if self.word(row) == "when" && tokens.get(1).is_none_or(|next| next.text != ":") {
                lines.extend(self.when(row, &mut rows, Self::memory).map(MemoryLine::When));
            } else {
                lines.extend(
                    self.declaration(row, 0).map(|found| MemoryLine::Declaration(Box::new(found))),
                );
            }
        }
        lines
    }

    /// A declaration and what stands below it, behind the first `skip` tokens of `row`.
    pub(super) fn declaration(&mut self, row: usize, skip: usize) -> Option<Declaration> {
        let tokens = self.tokens(row).get(skip..).unwrap_or(&[]);
        let declared = self.part(row, tokens, DECLARATION, declaration);
        let (mut fields, mut drawn, mut told) = (Vec::new(), None, false);
        let mut rows = self.below(row);
        while let Some(row) = self.next(&mut rows) {
            if is_drawing(self.tokens(row)) {
                self.nothing_below(row, "`drawn as`");
                self.drawn(row, &mut drawn);
            } else {
                let field = self.declaration(row, 0);
                told |= field.is_none();
                fields.extend(field);
            }
        }
        let Declared { declaration: mut declared, typed } = declared?;
        declared.drawing = drawn;
        if let (Some(field), true) = (fields.first(), typed) {
            let diagnostic =
                Diagnostic::error("a cell that has a type can have no fields", field.name.span)
                    .also(declared.type_.span, "the type")
                    .help(
                        "leave the type out to make it a record, or indent the field like the cell",
                    );
            self.report(diagnostic);
        } else if !typed && fields.is_empty() && !told {
            self.misplaced(
                row,
                &["what can `", &declared.name.node, "` hold?"].concat(),
                &["a cell is written ", DECLARATION, "; a record has its fields below it"].concat(),
            );
        }
        if !typed {
            declared.type_.node = Type::Record(fields);
        }
        Some(declared)
    }

    fn drawn(&mut self, row: usize, drawn: &mut Option<Drawing>) {
        let found = self.line(row, DRAWING, drawing);
        if drawn.is_some() {
            self.misplaced(row, "this is drawn twice", "keep one of the two lines");
        }
        *drawn = found.or_else(|| drawn.take());
    }
}

/// Whether `kind` is one that only stands in a step.
pub(super) fn belongs_to_step(kind: Option<Kind>) -> bool {
    matches!(kind, Some(Kind::Text | Kind::Label | Kind::Source))
}
