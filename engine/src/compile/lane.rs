//! Lanes: which lines an actor has under these knobs, with its routines expanded in place.

use super::Checked;
use super::names::{Compiler, Environment, Type};
use super::table::Table;
use crate::ids::{ActorId, TextId};
use crate::model::{Step, Wait};
use crate::syntax::tree::{self, Declaration, Line, Name, Spanned, Statement};

/// Routines inside routines; a routine that runs itself ends here.
pub(super) const DEEPEST: usize = 24;
/// Lines of one lane.
const MOST_LINES: usize = 250;

/// An actor's lines, before their statements are compiled.
#[derive(Debug, Default)]
pub(super) struct Lane<'r> {
    pub(super) lines: Vec<LaneLine<'r>>,
    pub(super) scopes: Vec<Scope<'r>>,
    /// Whether the card that belongs into it is there.
    has_card: bool,
}

/// A keyed line, with the keyless ones that belong to it.
#[derive(Debug)]
pub(super) struct LaneLine<'r> {
    /// With the prefix of the `run` that brought it.
    pub(super) key: String,
    pub(super) step: &'r tree::Step,
    pub(super) at: Standpoint<'r>,
    pub(super) trailing: Vec<(&'r Spanned<Statement>, Standpoint<'r>)>,
}

/// From where a statement sees names and keys.
#[derive(Clone, Debug)]
pub(super) struct Standpoint<'r> {
    pub(super) environment: Environment<'r>,
    /// Index into [`Lane::scopes`].
    pub(super) scope: usize,
}

/// The keys that one expansion of a routine (or the actor itself) brings.
#[derive(Debug, Default)]
pub(super) struct Scope<'r> {
    pub(super) parent: Option<usize>,
    /// Key as written to the number of the line.
    pub(super) keys: Table<'r>,
    /// The line after its last one: where `return` leads.
    pub(super) end: usize,
    /// What keys of the routine are called here.
    renamed: &'r [(Name, Name)],
}

impl<'r> Compiler<'r> {
    pub(super) fn expand_lanes(&mut self) -> Checked<Vec<Lane<'r>>> {
        let mut lanes = Vec::new();
        for number in 0..self.instances.len() {
            let actor = ActorId(number as u8);
            let declaration = self.instances[number].declaration;
            let mut lane = Lane { scopes: vec![Scope::default()], ..Lane::default() };
            let environment = Environment { actor: Some(actor), ..Environment::default() };
            let at = Standpoint { environment, scope: 0 };
            self.expand(&declaration.lines, &at, "", 0, &mut lane)?;
            self.place_card(actor, &mut lane)?;
            lane.scopes[0].end = lane.lines.len();
            if lane.lines.len() > MOST_LINES {
                let message = words!("an actor has at most {MOST_LINES} lines");
                return Err(self.error(declaration.name.span, message, None));
            }
            self.enter_lines(actor, &lane)?;
            lanes.push(lane);
        }
        Ok(lanes)
    }

    /// Makes the actor's position, and its lines in the step table, still without operations.
    fn enter_lines(&mut self, actor: ActorId, lane: &Lane<'r>) -> Checked<()> {
        let name = self.model.actors[actor.index()].name.clone();
        let span = self.instances[actor.index()].declaration.name.span;
        let range = Some((0, lane.lines.len() as i32));
        let position =
            self.cell(&format!("{name}.position"), "position", Type::Number, range, span)?;
        let cell = &mut self.model.cells[position.index()];
        cell.owner = Some(actor);
        cell.meaning = crate::model::Meaning::Position(actor);
        self.model.actors[actor.index()].position = position;
        let first = self.model.steps.len();
        for line in &lane.lines {
            self.model.steps.push(Step {
                actor,
                key: line.key.clone(),
                label: TextId(0),
                sentence: TextId(0),
                sources: Vec::new(),
                marks: Vec::new(),
                wait: None::<Wait>,
                outcomes: Vec::new(),
            });
        }
        self.model.actors[actor.index()].steps = first as u16..self.model.steps.len() as u16;
        Ok(())
    }

    fn expand(
        &mut self,
        lines: &'r [Line],
        at: &Standpoint<'r>,
        prefix: &str,
        depth: usize,
        lane: &mut Lane<'r>,
    ) -> Checked<()> {
        for line in lines {
            match line {
                Line::Step(step) => {
                    // Whoever goes to this line comes to the card first.
                    let number = lane.lines.len();
                    if let Some(actor) = at.environment.actor {
                        self.place_card(actor, lane)?;
                    }
                    let renamed = lane.scopes[at.scope].renamed;
                    let here = renamed.iter().find(|(key, _)| key.node == step.key.node);
                    let here = here.map_or(&step.key.node, |(_, here)| &here.node);
                    let key = format!("{prefix}{here}");
                    if lane.scopes[at.scope].keys.insert(&step.key.node, number)
                        || lane.lines.iter().any(|line| line.key == key)
                    {
                        let message = words!("there are two lines of this key: `{key}`");
                        let help = "run one of the routines `as` a prefix or `with` other keys, or rename a line";
                        return Err(self.error(step.key.span, message, Some(help)));
                    }
                    let at = at.clone();
                    lane.lines.push(LaneLine { key, step, at, trailing: Vec::new() });
                }
                Line::Local(declaration) => self.local(declaration, &at.environment)?,
                Line::When(when) => {
                    let holds = self.decide(&when.condition, &at.environment)?;
                    let lines = if holds { &when.then } else { &when.otherwise };
                    self.expand(lines, at, prefix, depth, lane)?;
                }
                Line::Run(run) => {
                    let (routine, environment) = self.enter_routine(run, &at.environment, depth)?;
                    let keyed = has_steps(&routine.lines);
                    if keyed {
                        let scope = lane.scopes.len();
                        let parent = Some(at.scope);
                        lane.scopes.push(Scope {
                            parent,
                            renamed: &run.renamed,
                            ..Scope::default()
                        });
                        let inner = run.prefix.as_ref().map_or("", |name| &name.node);
                        let prefix = format!("{prefix}{inner}");
                        let inside = Standpoint { environment, scope };
                        self.expand(&routine.lines, &inside, &prefix, depth + 1, lane)?;
                        lane.scopes[scope].end = lane.lines.len();
                    } else {
                        let inside = Standpoint { environment, scope: at.scope };
                        self.expand(&routine.lines, &inside, prefix, depth + 1, lane)?;
                    }
                }
                Line::Statement(statement) => match lane.lines.last_mut() {
                    Some(line) => line.trailing.push((statement, at.clone())),
                    None => {
                        let help = "give it a key, a label and a sentence to make it a step";
                        let message =
                            "a line without a key belongs to the step before it, and there is none";
                        return Err(self.error(statement.span, message, Some(help)));
                    }
                },
            }
        }
        Ok(())
    }

    /// Expands the placed card if it belongs before the line that comes next.
    fn place_card(&mut self, actor: ActorId, lane: &mut Lane<'r>) -> Checked<()> {
        let placed = self.placed.filter(|_| cfg!(feature = "cards"));
        let Some((placement, card)) = placed else { return Ok(()) };
        if lane.has_card || placement.actor != actor || placement.gap != lane.lines.len() {
            return Ok(());
        }
        lane.has_card = true;
        let scope = lane.scopes.len();
        lane.scopes.push(Scope::default());
        let environment = Environment { actor: Some(actor), ..Environment::default() };
        self.expand(&card.lines, &Standpoint { environment, scope }, "", 0, lane)?;
        lane.scopes[scope].end = lane.lines.len();
        Ok(())
    }

    fn local(
        &mut self,
        declaration: &'r Declaration,
        environment: &Environment<'r>,
    ) -> Checked<()> {
        let Some(actor) = environment.actor else {
            return Err(self.error(declaration.name.span, "a local belongs to an actor", None));
        };
        let name: &'r str = &declaration.name.node;
        if let Some(known) = self.instances[actor.index()].locals.get(name) {
            // The same line, from a routine that is run twice, is one local.
            if self.arrays[known].declared == Some(declaration.name.span) {
                return Ok(());
            }
            let message = words!("there are two locals of this name: `{name}`");
            return Err(self.error(declaration.name.span, message, None));
        }
        let number = self.declare_array(declaration, environment)?;
        self.arrays[number].declared = Some(declaration.name.span);
        let first = self.model.cells.len() as u16;
        self.declare_cells(declaration, number, Some(actor))?;
        self.instances[actor.index()].locals.insert(name, number);
        self.initialise(declaration, number, environment)?;
        let cells = (first..self.model.cells.len() as u16).map(crate::ids::CellId);
        self.model.actors[actor.index()].locals.extend(cells);
        Ok(())
    }
}

impl Lane<'_> {
    /// The number of the line that a `goto` in that scope means.
    pub(super) fn line_of(&self, scope: usize, key: &str) -> Option<usize> {
        let mut scope = Some(scope);
        while let Some(number) = scope {
            if let Some(line) = self.scopes[number].keys.get(key) {
                return Some(line);
            }
            scope = self.scopes[number].parent;
        }
        None
    }
}

/// The keys of a routine's own lines, under any knobs.
pub(super) fn keys_of<'r>(lines: &'r [Line], keys: &mut Vec<&'r str>) {
    for line in lines {
        match line {
            Line::Step(step) => keys.push(&step.key.node),
            Line::When(when) => {
                keys_of(&when.then, keys);
                keys_of(&when.otherwise, keys);
            }
            Line::Run(_) | Line::Local(_) | Line::Statement(_) => {}
        }
    }
}

/// Whether a routine has keyed lines of its own, or in a routine that it runs; one that has none can
/// be run inside a step.
pub(super) fn has_steps(lines: &[Line]) -> bool {
    lines.iter().any(|line| match line {
        Line::Step(_) | Line::Run(_) => true,
        Line::When(when) => has_steps(&when.then) || has_steps(&when.otherwise),
        Line::Local(_) | Line::Statement(_) => false,
    })
}
