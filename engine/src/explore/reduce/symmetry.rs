//! Instances of one actor that are alike: states that differ only in who is who are one. Imports ids and model, never a search.

use super::effects::elements;
use crate::ids::{ActorId, CellId, ExprId};
use crate::model::{Binary, Bits, Expr, Meaning, Model, Op, Outcome, Place};

/// The most instances that are taken together: an end has to be told for every order of them.
const MOST: usize = 6;

/// Groups of actors of which it has been checked that exchanging any two changes nothing.
#[derive(Debug, Default)]
pub(super) struct Symmetry {
    groups: Vec<Group>,
}

#[derive(Debug)]
struct Group {
    actors: Vec<u8>,
    /// For each of them where its part of the state stands, the same parts in the same order.
    parts: Vec<Vec<Part>>,
}

/// A part of a state that belongs to one instance.
#[derive(Clone, Copy, Debug)]
enum Part {
    /// A cell of its own, or its bit in a set.
    Bits(Bits),
    /// Whether a cell names it.
    Named(Bits, u8),
}

impl Symmetry {
    pub(super) fn new(model: &Model) -> Self {
        let mut groups = Vec::new();
        let mut number = 0;
        while number < model.actors.len() {
            let first = number;
            number += 1;
            while number < model.actors.len() && number - first < MOST {
                let swap = Swap::new(model, number - 1, number);
                if !swap.is_some_and(|it| it.changes_nothing()) {
                    break;
                }
                number += 1;
            }
            if number - first > 1 {
                groups.extend(Group::new(model, first..number));
            }
        }
        Self { groups }
    }

    /// Puts the instances of a state in order.
    pub(super) fn normalise(&self, state: &mut [u64]) {
        self.groups.iter().for_each(|it| it.normalise(state));
    }

    /// Every way to exchange instances: for each actor, whose place it takes.
    pub(super) fn exchanges(&self, actors: usize) -> Vec<Vec<u8>> {
        let mut all = vec![(0..actors as u8).collect::<Vec<u8>>()];
        for group in &self.groups {
            for (at, &left) in group.actors.iter().enumerate() {
                let before = all.clone();
                for &right in &group.actors[at + 1..] {
                    all.extend(before.iter().cloned().map(|mut it| {
                        it.swap(usize::from(left), usize::from(right));
                        it
                    }));
                }
            }
        }
        all
    }
}

impl Group {
    fn new(model: &Model, actors: std::ops::Range<usize>) -> Option<Self> {
        let parts: Vec<Vec<Part>> = actors.clone().map(|it| parts(model, it, &actors)).collect();
        let width = |it: &Part| match it {
            Part::Bits(bits) => bits.mask.count_ones(),
            Part::Named(..) => 1,
        };
        let wide = parts.iter().any(|it| it.iter().map(width).sum::<u32>() > u128::BITS);
        (!wide).then(|| Self { actors: actors.map(|it| it as u8).collect(), parts })
    }

    #[inline]
    fn normalise(&self, state: &mut [u64]) {
        let mut keys = [0u128; MOST];
        let keys = &mut keys[..self.actors.len()];
        for (key, parts) in keys.iter_mut().zip(&self.parts) {
            for part in parts {
                match *part {
                    Part::Bits(bits) => {
                        let value = state[usize::from(bits.word)] >> bits.shift & bits.mask;
                        *key = *key << bits.mask.count_ones() | u128::from(value);
                    }
                    Part::Named(bits, number) => {
                        *key = *key << 1 | u128::from(named(state, bits, number));
                    }
                }
            }
        }
        if keys.is_sorted() {
            return;
        }
        keys.sort_unstable();
        for (key, parts) in keys.iter_mut().zip(&self.parts) {
            for part in parts.iter().rev() {
                match *part {
                    Part::Bits(bits) => {
                        let word = &mut state[usize::from(bits.word)];
                        *word = *word & !(bits.mask << bits.shift)
                            | (*key as u64 & bits.mask) << bits.shift;
                        *key >>= bits.mask.count_ones();
                    }
                    Part::Named(bits, number) => {
                        if *key & 1 == 1 {
                            let value = u64::from((i32::from(number) - bits.min) as u32);
                            let word = &mut state[usize::from(bits.word)];
                            *word = *word & !(bits.mask << bits.shift) | value << bits.shift;
                        }
                        *key >>= 1;
                    }
                }
            }
        }
    }
}

fn named(state: &[u64], bits: Bits, number: u8) -> bool {
    let raw = state[usize::from(bits.word)] >> bits.shift & bits.mask;
    i64::from(bits.min) + raw as i64 == i64::from(number)
}

/// What belongs to one instance of a group.
fn parts(model: &Model, actor: usize, group: &std::ops::Range<usize>) -> Vec<Part> {
    let mut parts = Vec::new();
    for cell in own_cells(model, actor) {
        let bits = model.cells[cell.index()].bits;
        if bits.mask != 0 {
            parts.push(Part::Bits(bits));
        }
    }
    let others = || group.clone().flat_map(|it| own_cells(model, it));
    for (number, cell) in model.cells.iter().enumerate() {
        if cell.bits.mask == 0 || others().any(|it| it.index() == number) {
            continue;
        }
        match cell.meaning {
            Meaning::Actors => {
                let shift = cell.bits.shift + actor as u8;
                parts.push(Part::Bits(Bits { shift, mask: 1, ..cell.bits }));
            }
            Meaning::Actor => parts.push(Part::Named(cell.bits, actor as u8)),
            _ => {}
        }
    }
    parts
}

/// The cells that an actor has for itself, the same ones in the same order for each instance: its position, its
/// locals, its elements of arrays that are indexed by actors.
fn own_cells(model: &Model, actor: usize) -> impl Iterator<Item = CellId> + '_ {
    let it = &model.actors[actor];
    let elements = (0..model.cells.len())
        .map(|number| CellId(number as u16))
        .filter(move |&cell| element_of(model, cell) == Some(actor));
    std::iter::once(it.position).chain(it.locals.iter().copied()).chain(elements)
}

/// The actor whose element of an array this cell is.
fn element_of(model: &Model, cell: CellId) -> Option<usize> {
    let cell = &model.cells[cell.index()];
    let (array, index) = cell.group.as_ref()?;
    let actor = usize::try_from((*index)?).ok()?;
    let name = &model.actors.get(actor)?.name;
    let element = cell.name.strip_prefix(array.as_str())?.strip_prefix('[')?;
    (cell.owner.is_none() && element.strip_prefix(name.as_str())?.starts_with(']')).then_some(actor)
}

/// What an expression's value stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Plain,
    Actor,
    Actors,
}

/// Two actors exchanged: a renaming of actors and cells. Whether it changes nothing is read off the whole model,
/// line by line; where that cannot be seen the answer is no.
struct Swap<'m> {
    model: &'m Model,
    pair: (usize, usize),
    /// What each cell becomes.
    cells: Vec<CellId>,
}

impl<'m> Swap<'m> {
    fn new(model: &'m Model, left: usize, right: usize) -> Option<Self> {
        let [one, other] = [left, right].map(|it| own_cells(model, it).collect::<Vec<_>>());
        let alike = model.actors[left].kind == model.actors[right].kind && one.len() == other.len();
        let mut cells: Vec<_> = (0..model.cells.len()).map(|it| CellId(it as u16)).collect();
        for (&one, &other) in one.iter().zip(&other) {
            cells[one.index()] = other;
            cells[other.index()] = one;
        }
        // What names actors and belongs to one of them would tie instances to each other.
        let ties = |&it: &CellId| self::kind(model, it) != Kind::Plain;
        let tied = one.iter().chain(&other).any(ties);
        (alike && !tied).then_some(Self { model, pair: (left, right), cells })
    }

    fn changes_nothing(&self) -> bool {
        let model = self.model;
        (0..model.cells.len()).all(|it| self.cell_is_same(CellId(it as u16)))
            && model.storages.iter().all(|it| self.cell(it.lifetime) == it.lifetime)
            && (0..model.actors.len()).all(|it| self.lane_is_same(it))
    }

    fn actor(&self, actor: usize) -> usize {
        match actor {
            it if it == self.pair.0 => self.pair.1,
            it if it == self.pair.1 => self.pair.0,
            it => it,
        }
    }

    fn cell(&self, cell: CellId) -> CellId {
        self.cells[cell.index()]
    }

    fn value(&self, value: i32, kind: Kind) -> i32 {
        match kind {
            Kind::Plain => value,
            Kind::Actor => usize::try_from(value).map_or(value, |it| self.actor(it) as i32),
            Kind::Actors => {
                let members = (0..31).filter(|it| value >> it & 1 == 1);
                members.fold(0, |all, it| all | 1 << self.actor(it))
            }
        }
    }

    fn cell_is_same(&self, cell: CellId) -> bool {
        let (one, other) =
            (&self.model.cells[cell.index()], &self.model.cells[self.cell(cell).index()]);
        let kind = kind(self.model, cell);
        one.range == other.range
            && self.value(one.initial, kind) == other.initial
            && kind == self::kind(self.model, self.cell(cell))
            && one.bits.mask == other.bits.mask
            && one.bits.min == other.bits.min
            && one.storage == other.storage
            && one.out_of_range == other.out_of_range
            // Every member has a bit.
            && (kind != Kind::Actors || one.range == (0, ((1i64 << self.model.actors.len()) - 1) as i32))
    }

    fn lane_is_same(&self, actor: usize) -> bool {
        let (one, other) = (&self.model.actors[actor], &self.model.actors[self.actor(actor)]);
        one.environment == other.environment
            && one.steps.len() == other.steps.len()
            && one.steps.clone().zip(other.steps.clone()).all(|(one, other)| {
                let one = &self.model.steps[usize::from(one)];
                let other = &self.model.steps[usize::from(other)];
                let held_off =
                    |it: &crate::model::Step| it.wait.as_ref().is_some_and(|it| it.may_be_held_off);
                held_off(one) == held_off(other)
                    && one.outcomes.len() == other.outcomes.len()
                    && one
                        .outcomes
                        .iter()
                        .zip(&other.outcomes)
                        .all(|it| self.outcome_is_same(it.0, it.1))
            })
    }

    fn outcome_is_same(&self, one: &Outcome, other: &Outcome) -> bool {
        one.ops.len() == other.ops.len()
            && self.same(one.guard, other.guard, Kind::Plain)
            && one.ops.clone().zip(other.ops.clone()).all(|(at, to)| {
                let shift = i64::from(other.ops.start) - i64::from(one.ops.start);
                self.op_is_same(at as usize, to as usize, shift)
            })
    }

    fn op_is_same(&self, one: usize, other: usize, shift: i64) -> bool {
        let jumps = |one: u32, other: u32| i64::from(one) + shift == i64::from(other);
        match (self.model.ops[one], self.model.ops[other]) {
            (Op::Assign { place, value }, Op::Assign { place: there, value: becomes }) => {
                let kind = kind(self.model, place.base);
                elements(place).all(|it| self::kind(self.model, it) == kind)
                    && self.place_is_same(place, there)
                    && self.same(value, becomes, kind)
            }
            (
                Op::Check { condition, violation },
                Op::Check { condition: there, violation: breaks },
            ) => violation == breaks && self.same(condition, there, Kind::Plain),
            (Op::Unless { condition, to }, Op::Unless { condition: there, to: target }) => {
                jumps(to, target) && self.same(condition, there, Kind::Plain)
            }
            (Op::Jump { to }, Op::Jump { to: target }) => jumps(to, target),
            (Op::Say(_), Op::Say(_)) => true,
            (one, other) => one == other,
        }
    }

    fn place_is_same(&self, one: Place, other: Place) -> bool {
        let (Some(here), Some(there)) = (one.index, other.index) else {
            return one.index.is_none()
                && other.index.is_none()
                && self.cell(one.base) == other.base;
        };
        let alike = (here.first, here.len, here.stride, here.out_of_range)
            == (there.first, there.len, there.stride, there.out_of_range);
        if element_of(self.model, one.base).is_some() {
            return alike
                && one.base == other.base
                && here.first == 0
                && usize::from(here.len) == self.model.actors.len()
                && self.same(here.value, there.value, Kind::Actor);
        }
        alike
            && elements(one).zip(elements(other)).all(|it| self.cell(it.0) == it.1)
            && self.same(here.value, there.value, Kind::Plain)
    }

    /// Whether an expression, renamed, is the other one.
    fn same(&self, one: ExprId, other: ExprId, kind: Kind) -> bool {
        let exprs = &self.model.exprs;
        match (&exprs[one.index()], &exprs[other.index()]) {
            (Expr::Value(one), Expr::Value(other)) => self.value(*one, kind) == *other,
            (Expr::Read(one), Expr::Read(other)) => {
                elements(*one).all(|it| self::kind(self.model, it) == kind)
                    && self.place_is_same(*one, *other)
            }
            (Expr::Not(one), Expr::Not(other)) => {
                kind == Kind::Plain && self.same(*one, *other, Kind::Plain)
            }
            (Expr::Binary(operator, left, right), Expr::Binary(there, to_left, to_right)) => {
                let (of_left, of_right, result) = match operator {
                    Binary::Equal | Binary::NotEqual => {
                        let kind = self.kind_of(*left).or(self.kind_of(*right));
                        let kind = kind.unwrap_or(Kind::Plain);
                        (kind, kind, Kind::Plain)
                    }
                    Binary::With | Binary::Without => (Kind::Actors, Kind::Actor, Kind::Actors),
                    Binary::Contains => (Kind::Actors, Kind::Actor, Kind::Plain),
                    _ => (Kind::Plain, Kind::Plain, Kind::Plain),
                };
                operator == there
                    && kind == result
                    && self.same(*left, *to_left, of_left)
                    && self.same(*right, *to_right, of_right)
            }
            (Expr::ActorsWhere(one), Expr::ActorsWhere(other)) => {
                kind == Kind::Actors
                    && one.len() == other.len()
                    && one.iter().all(|&(actor, condition)| {
                        let renamed = ActorId(self.actor(actor.index()) as u8);
                        let there = other.iter().find(|it| it.0 == renamed);
                        self.never_breaks(condition)
                            && there.is_some_and(|it| self.same(condition, it.1, Kind::Plain))
                    })
            }
            _ => false,
        }
    }

    /// What a value stands for, where it can be seen.
    fn kind_of(&self, expr: ExprId) -> Option<Kind> {
        match &self.model.exprs[expr.index()] {
            Expr::Value(_) => None,
            Expr::Read(place) => Some(kind(self.model, place.base)),
            Expr::Binary(Binary::With | Binary::Without, ..) | Expr::ActorsWhere(_) => {
                Some(Kind::Actors)
            }
            Expr::Not(_) | Expr::Binary(..) => Some(Kind::Plain),
        }
    }

    /// Whether it has no index, so that the order in which such conditions are looked at is no matter.
    fn never_breaks(&self, expr: ExprId) -> bool {
        match &self.model.exprs[expr.index()] {
            Expr::Value(_) => true,
            Expr::Read(place) => place.index.is_none(),
            Expr::Not(inner) => self.never_breaks(*inner),
            Expr::Binary(_, left, right) => self.never_breaks(*left) && self.never_breaks(*right),
            Expr::ActorsWhere(all) => all.iter().all(|it| self.never_breaks(it.1)),
        }
    }
}

fn kind(model: &Model, cell: CellId) -> Kind {
    match model.cells[cell.index()].meaning {
        Meaning::Actors => Kind::Actors,
        Meaning::Actor => Kind::Actor,
        _ => Kind::Plain,
    }
}
