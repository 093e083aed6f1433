//! The cells of the progress graph: where both axes stand, and what can come of it; which axes tell the most by that. Pure; imports axes and census.

use std::ops::Range;

use racewalk_engine::ids::StepId;
use racewalk_engine::model::Model;

use crate::axes::{Axes, Axis, Candidates, chains};
use crate::census::{Census, Tally};
use crate::words;

/// What can come of a cell.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Fate {
    /// No schedule stands there.
    Unreachable,
    /// Nothing fails.
    Safe,
    /// It can still fail.
    Open,
    /// All fails.
    Lost,
    /// A limit stopped the search.
    Unknown,
    /// Its states differ.
    Mixed,
}

/// A cell.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Cell {
    /// Its states.
    pub tally: Tally,
    /// Who can move in some of its states.
    pub can_move: u64,
    /// Where its stands are in [`Grid::stands`].
    stands: Range<usize>,
}

impl Cell {
    /// What can come of it.
    #[must_use]
    pub fn fate(&self) -> Fate {
        fate(self.tally)
    }
}

fn fate(tally: Tally) -> Fate {
    let Tally { safe, open, lost, unknown } = tally;
    match (safe > 0, open > 0, lost > 0, unknown > 0) {
        (false, false, false, false) => Fate::Unreachable,
        (true, false, false, false) => Fate::Safe,
        (false, true, false, false) => Fate::Open,
        (false, false, true, false) => Fate::Lost,
        (false, false, false, true) => Fate::Unknown,
        _ => Fate::Mixed,
    }
}

/// Where those stand of whom no axis tells, by their numbers; of whom nothing is said here, they are anywhere.
pub type Others = [Option<u16>];

/// All cells.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Grid {
    /// How many from left to right: one more than lines.
    pub columns: usize,
    /// How many from top to bottom.
    pub rows: usize,
    cells: Vec<Cell>,
    /// The stands of the census, by number, cell after cell.
    stands: Vec<u32>,
}

/// Cells that touch and have the same fate; of those where nobody can stand, for the same reason.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Region {
    /// Their fate.
    pub fate: Fate,
    /// The largest rectangle of cells within: first column, first row, columns, rows.
    pub room: (usize, usize, usize, usize),
    /// Of cells where nobody can stand: the await that keeps everybody out.
    pub wall: Option<StepId>,
    /// The cells.
    pub cells: Vec<(usize, usize)>,
}

impl Grid {
    /// The cells between these axes.
    #[must_use]
    pub fn new(model: &Model, census: &Census, axes: &Axes, others: &Others) -> Self {
        let (columns, rows) = (axes.across.len(model) + 1, axes.down.len(model) + 1);
        let mut cells = vec![Cell::default(); columns * rows];
        let wanted: Vec<(usize, u16)> = (others.iter().enumerate())
            .filter(|&(actor, _)| !axes.across.has(actor) && !axes.down.has(actor))
            .filter_map(|(actor, place)| Some((actor, (*place)?)))
            .collect();
        let mut inside: Vec<(usize, u32)> = Vec::new();
        for number in 0..census.stands.len() {
            let at = census.stands.at(number);
            if wanted.iter().any(|&(actor, place)| at[actor] != place) {
                continue;
            }
            let index = axes.down.place(at) * columns + axes.across.place(at);
            let cell = &mut cells[index];
            cell.tally.add(census.stands.tally(number));
            cell.can_move |= census.stands.can_move(number);
            // How many there are, until it is known where they begin.
            cell.stands.end += 1;
            inside.push((index, number as u32));
        }
        let mut next = 0;
        for cell in &mut cells {
            let count = cell.stands.end;
            cell.stands = next..next;
            next += count;
        }
        let mut stands = vec![0; inside.len()];
        for (index, number) in inside {
            let end = &mut cells[index].stands.end;
            stands[*end] = number;
            *end += 1;
        }
        Self { columns, rows, cells, stands }
    }

    /// A cell.
    #[must_use]
    pub fn cell(&self, x: usize, y: usize) -> Option<&Cell> {
        (x < self.columns).then(|| self.cells.get(y * self.columns + x)).flatten()
    }

    /// The stands of a cell, by their numbers in the census.
    pub fn stands(&self, cell: &Cell) -> impl Iterator<Item = usize> {
        self.stands[cell.stands.clone()].iter().map(|&it| it as usize)
    }

    fn fate(&self, x: usize, y: usize) -> Fate {
        self.cell(x, y).map_or(Fate::Unreachable, Cell::fate)
    }

    /// All regions, in reading order.
    #[must_use]
    pub fn regions(&self, model: &Model, axes: &Axes) -> Vec<Region> {
        let walls = self.walls(model, axes);
        let kind = |at: usize| (self.cells[at].fate(), walls[at]);
        let mut seen = vec![false; self.cells.len()];
        let mut regions = Vec::new();
        for start in 0..self.cells.len() {
            if seen[start] {
                continue;
            }
            let mut cells = Vec::new();
            let mut stack = vec![start];
            seen[start] = true;
            while let Some(at) = stack.pop() {
                let (x, y) = (at % self.columns, at / self.columns);
                cells.push((x, y));
                for (x, y) in neighbours(x, y) {
                    let next = y * self.columns + x;
                    let inside = x < self.columns && y < self.rows;
                    if inside && !seen[next] && kind(next) == kind(start) {
                        seen[next] = true;
                        stack.push(next);
                    }
                }
            }
            cells.sort_unstable_by_key(|&(x, y)| (y, x));
            let (fate, wall) = kind(start);
            regions.push(Region { fate, room: room(&cells), wall, cells });
        }
        regions
    }

    /// Of every cell where nobody can stand, the await that keeps everybody out, if it is one: the nearest cell to the
    /// left where somebody can stand ends at it, or else the nearest one above.
    fn walls(&self, model: &Model, axes: &Axes) -> Vec<Option<StepId>> {
        let across: Vec<StepId> = axes.across.steps(model).collect();
        let down: Vec<StepId> = axes.down.steps(model).collect();
        let ends = |x: usize, y: usize, step: StepId| {
            let line = &model.steps[step.index()];
            let cell = self.cell(x, y)?;
            (line.wait.is_some() && cell.can_move >> line.actor.index() & 1 == 0).then_some(step)
        };
        let stands = |x: usize, y: usize| self.fate(x, y) != Fate::Unreachable;
        let of = |at: usize| {
            let (x, y) = (at % self.columns, at / self.columns);
            if stands(x, y) {
                return None;
            }
            let left =
                (0..x).rev().find(|&it| stands(it, y)).and_then(|it| ends(it, y, across[it]));
            let above =
                || (0..y).rev().find(|&it| stands(x, it)).and_then(|it| ends(x, it, down[it]));
            left.or_else(above)
        };
        (0..self.cells.len()).map(of).collect()
    }

    /// What is told of a cell: where everybody stands, what comes of it, and what would come next.
    #[must_use]
    pub fn told(
        &self,
        model: &Model,
        census: &Census,
        axes: &Axes,
        regions: &[Region],
        (x, y): (usize, usize),
    ) -> Vec<String> {
        let Some(cell) = self.cell(x, y) else { return Vec::new() };
        let along = |axis: &Axis, place: usize| axis_place(model, axis, place);
        let both = [along(&axes.down, y), along(&axes.across, x)];
        let both: Vec<String> = both.into_iter().filter(|it| !it.is_empty()).collect();
        let mut told = vec![format!("{}.", both.join(", "))];
        if cell.fate() == Fate::Unreachable {
            let wall = regions.iter().find(|it| it.cells.contains(&(x, y))).and_then(|it| it.wall);
            told.push(match wall.and_then(|it| words::wait(model, it)) {
                Some(wait) => format!("Unreachable: {wait}."),
                None => "Unreachable: no schedule stands here.".to_owned(),
            });
            return told;
        }
        told.push(fates(cell));
        let mut elsewhere: Vec<String> = Vec::new();
        for actor in 0..model.actors.len() {
            if axes.across.has(actor) || axes.down.has(actor) || crate::axes::len(model, actor) == 0
            {
                continue;
            }
            let mut is_at = vec![false; crate::axes::len(model, actor) + 1];
            for stand in self.stands(cell) {
                is_at[usize::from(census.stands.at(stand)[actor])] = true;
            }
            let name = &model.actors[actor].name;
            let places: Vec<String> = (0..is_at.len())
                .filter(|&it| is_at[it])
                .map(|it| words::place(model, actor, it as u16)[name.len() + 1..].to_owned())
                .collect();
            elsewhere.push(format!("{name} {}", places.join(" or ")));
        }
        if !elsewhere.is_empty() {
            told.push(format!("The {}.", elsewhere.join("; the ")));
        }
        told
    }
}

/// `Lost: 2 states, and all that follows fails.`
fn fates(cell: &Cell) -> String {
    let count = words::states(cell.tally.all());
    let one = cell.tally.all() == 1;
    match cell.fate() {
        Fate::Safe => format!("Safe: {count}, and nothing that follows fails."),
        Fate::Open => format!("Can still fail: {count}."),
        Fate::Lost => format!("Lost: {count}, and all that follows fails."),
        Fate::Unknown => {
            let it = if one { "its" } else { "their" };
            format!("Unknown: {count}, and a limit stopped the search before {it} fate was known.")
        }
        Fate::Unreachable => "Unreachable.".to_owned(),
        Fate::Mixed => {
            let Tally { safe, open, lost, unknown } = cell.tally;
            let parts =
                [(safe, "safe"), (open, "can still fail"), (lost, "lost"), (unknown, "unknown")];
            let parts: Vec<String> = (parts.iter())
                .filter(|it| it.0 > 0)
                .map(|(count, word)| format!("{count} {word}"))
                .collect();
            format!("Of {count}: {}.", words::list(&parts))
        }
    }
}

/// Where the actors of an axis stand: the first one that has not finished.
fn axis_place(model: &Model, axis: &Axis, place: usize) -> String {
    let mut rest = place;
    for (number, &actor) in axis.actors.iter().enumerate() {
        let len = crate::axes::len(model, actor);
        if rest < len || number + 1 == axis.actors.len() {
            return words::place(model, actor, rest.min(len) as u16);
        }
        rest -= len;
    }
    String::new()
}

/// What the axes can be, and which are drawn first: those that tell the most. That is, the fewest lost states share a cell
/// with others; then, the fewest cells have states that differ; then, they are of the first actors.
#[must_use]
pub fn candidates(model: &Model, census: &Census) -> Candidates {
    let chains = chains(model, census);
    let stands = &census.stands;
    let places = |axis: &Axis| (0..stands.len()).map(|it| axis.place(stands.at(it))).collect();
    let places: Vec<Vec<usize>> = chains.iter().map(places).collect();
    let mut best: Option<((usize, usize), (usize, usize))> = None;
    for down in 0..chains.len() {
        for across in down + 1..chains.len() {
            let columns = chains[across].len(model) + 1;
            let mut cells = vec![Tally::default(); columns * (chains[down].len(model) + 1)];
            for (stand, (x, y)) in places[across].iter().zip(&places[down]).enumerate() {
                cells[y * columns + x].add(stands.tally(stand));
            }
            cells.retain(|it| fate(*it) == Fate::Mixed);
            let told = (cells.iter().map(|it| it.lost).sum(), cells.len());
            if best.is_none_or(|it| told < it.0) {
                best = Some((told, (down, across)));
            }
        }
    }
    let axis = |it: usize| chains.get(it).cloned().unwrap_or_default();
    let (down, across) =
        best.map_or_else(|| (axis(0), Axis::default()), |it| (axis(it.1.0), axis(it.1.1)));
    Candidates { best: Axes { across, down }, chains }
}

fn neighbours(x: usize, y: usize) -> impl Iterator<Item = (usize, usize)> {
    let left = x.checked_sub(1).map(|it| (it, y));
    let above = y.checked_sub(1).map(|it| (x, it));
    [left, above, Some((x + 1, y)), Some((x, y + 1))].into_iter().flatten()
}

/// The largest rectangle within cells, in reading order: the widest of equally large ones.
fn room(cells: &[(usize, usize)]) -> (usize, usize, usize, usize) {
    let has = |x: usize, y: usize| cells.binary_search_by_key(&(y, x), |&(x, y)| (y, x)).is_ok();
    let mut best = (0, 0, 0, 0);
    for &(x, y) in cells {
        let mut width = usize::MAX;
        let mut rows = 0;
        while width > 0 {
            let wide = (0..width.min(cells.len())).take_while(|it| has(x + it, y + rows)).count();
            if wide == 0 {
                break;
            }
            width = width.min(wide);
            rows += 1;
            let larger = width * rows > best.2 * best.3;
            let wider = width * rows == best.2 * best.3 && width > best.2;
            if larger || wider {
                best = (x, y, width, rows);
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_room_is_found() {
        // ##.
        // ###
        // .##
        let cells = [(0, 0), (1, 0), (0, 1), (1, 1), (2, 1), (1, 2), (2, 2)];
        assert_eq!(room(&cells), (0, 0, 2, 2));
        assert_eq!(room(&[(3, 4)]), (3, 4, 1, 1));
    }
}
