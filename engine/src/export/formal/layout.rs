//! Which cells are one variable: an array where an index is known only at run time, else a variable for each. Imports ids and model.

use std::collections::{BTreeMap, BTreeSet};

use super::{Names, Refused};
use crate::ids::{CellId, ExprId};
use crate::model::{Expr, Model, Op, Place};

/// A variable of the exported model.
#[derive(Clone, Debug)]
pub(in crate::export) struct Variable {
    /// Its name there.
    pub(in crate::export) name: String,
    /// Its cell, or the cells of its elements in order.
    pub(in crate::export) cells: Vec<CellId>,
    /// Whether it is an array, its elements numbered from 0.
    pub(in crate::export) is_array: bool,
    /// Whether some step writes it.
    pub(in crate::export) is_written: bool,
}

/// Where a cell stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(in crate::export) struct Element {
    /// Index into [`Layout::variables`].
    pub(in crate::export) variable: usize,
    /// Which element, if that is an array.
    pub(in crate::export) element: Option<u16>,
}

/// All variables, in the order of their first cells.
pub(in crate::export) struct Layout {
    pub(in crate::export) variables: Vec<Variable>,
    of: Vec<Element>,
}

impl Layout {
    pub(in crate::export) fn new(model: &Model, names: &mut Names) -> Result<Self, Refused> {
        let (arrays, written) = places(model);
        let mut array_of: BTreeMap<CellId, Place> = BTreeMap::new();
        for &place in &arrays {
            for cell in elements(place) {
                if array_of.insert(cell, place).is_some() {
                    let name = &model.cells[cell.index()].name;
                    let reason = format!("`{name}` is an element of two arrays at once");
                    return Err(Refused { step: None, reason });
                }
            }
        }
        let mut layout = Self { variables: Vec::new(), of: Vec::new() };
        let mut known: BTreeMap<CellId, usize> = BTreeMap::new();
        for number in 0..model.cells.len() {
            let cell = CellId(number as u16);
            let array = array_of.get(&cell);
            let base = array.map_or(cell, |it| it.base);
            let variable = *known.entry(base).or_insert_with(|| {
                let cells: Vec<CellId> = array.map_or(vec![cell], |it| elements(*it).collect());
                let name = &model.cells[base.index()].name;
                let wish = if array.is_some() { without_index(name) } else { name.clone() };
                layout.variables.push(Variable {
                    name: names.claim(&wish),
                    is_array: array.is_some(),
                    is_written: cells.iter().any(|it| written.contains(it)),
                    cells,
                });
                layout.variables.len() - 1
            });
            let element = array.and_then(|it| elements(*it).position(|other| other == cell));
            layout.of.push(Element { variable, element: element.map(|it| it as u16) });
        }
        Ok(layout)
    }

    /// Where a cell stands.
    pub(in crate::export) fn of(&self, cell: CellId) -> Element {
        self.of[cell.index()]
    }

    /// The variable that a cell belongs to.
    pub(in crate::export) fn variable(&self, cell: CellId) -> &Variable {
        &self.variables[self.of(cell).variable]
    }
}

/// The cells that a place may stand for, in order.
pub(in crate::export) fn elements(place: Place) -> impl Iterator<Item = CellId> {
    let (len, stride) = place.index.map_or((1, 0), |it| (it.len, it.stride));
    (0..len).map(move |it| CellId(place.base.0 + it * stride))
}

/// `page[4].refcount` without `[4]`.
fn without_index(name: &str) -> String {
    match (name.find('['), name.find(']')) {
        (Some(open), Some(close)) if open < close => {
            format!("{}{}", &name[..open], &name[close + 1..])
        }
        _ => name.to_owned(),
    }
}

/// The arrays with an index known only at run time, each once, and the cells that some step writes.
fn places(model: &Model) -> (BTreeSet<Place>, BTreeSet<CellId>) {
    let mut found = Found { model, arrays: BTreeSet::new(), seen: BTreeSet::new() };
    let mut written = BTreeSet::new();
    for step in &model.steps {
        for outcome in &step.outcomes {
            found.expr(outcome.guard);
            for op in &model.ops[outcome.ops.start as usize..outcome.ops.end as usize] {
                match *op {
                    Op::Assign { place, value } => {
                        found.expr(value);
                        found.place(place);
                        written.extend(elements(place));
                    }
                    Op::Check { condition, .. } | Op::Unless { condition, .. } => {
                        found.expr(condition);
                    }
                    Op::Goto { .. } => {
                        written.insert(model.actors[step.actor.index()].position);
                    }
                    Op::Touch { .. } | Op::Jump { .. } | Op::Say(_) => {}
                }
            }
        }
    }
    (found.arrays, written)
}

struct Found<'m> {
    model: &'m Model,
    /// As places whose index is 0, so that the same array is found once.
    arrays: BTreeSet<Place>,
    seen: BTreeSet<ExprId>,
}

impl Found<'_> {
    fn place(&mut self, place: Place) {
        if let Some(mut index) = place.index {
            self.expr(index.value);
            // Only the shape counts here.
            index.value = ExprId(0);
            index.out_of_range = crate::ids::ViolationId(0);
            index.first = 0;
            self.arrays.insert(Place { base: place.base, index: Some(index) });
        }
    }

    fn expr(&mut self, id: ExprId) {
        if !self.seen.insert(id) {
            return;
        }
        match &self.model.exprs[id.index()] {
            Expr::Value(_) => {}
            Expr::Read(place) => self.place(*place),
            Expr::Not(inner) => self.expr(*inner),
            Expr::Binary(_, left, right) => {
                self.expr(*left);
                self.expr(*right);
            }
            Expr::ActorsWhere(members) => members.iter().for_each(|it| self.expr(it.1)),
        }
    }
}
