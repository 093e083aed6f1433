//! The window: the orders between two actors' steps that all schedules of a kind share, and whether they are enough to bring it about. Imports explore's answer, ids, model, state's endings, and what the graph says of orders.

use super::course::Course;
use super::enough::{Enough, enough, is_implied};
use super::flow::Runs;
use super::order::{Event, Orders, Time, events};
use super::transitions::{Incomplete, Transitions};
use crate::explore::Answer;
use crate::ids::StepId;
use crate::model::Model;
use crate::state::Ending;

/// That one step comes before another actor's step.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Order {
    /// It happens.
    pub first: Event,
    /// It does not happen before that.
    pub then: Event,
    /// Whether `then` happens in these schedules.
    pub comes: Comes,
}

/// Whether the second step of an order is taken.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Comes {
    /// In all schedules of the window, and it has to be.
    Always,
    /// In some of them.
    Perhaps,
    /// In none of them: it is still to come when they are over.
    Never,
}

/// What all schedules that come to certain ends share.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Window {
    /// The orders, none of which follows from the others, from what each actor does in turn, or from what
    /// is so in every schedule at all; by their first step.
    pub orders: Vec<Order>,
    /// Lines that all of them take besides, none of which follows from the orders or from another one.
    pub also: Vec<StepId>,
    /// Whether every schedule that keeps to all this comes to such an end.
    pub enough: Enough,
}

/// The kinds of failure that an answer has, by the length of their shortest schedules; a deadlock last.
#[must_use]
pub fn failures(answer: &Answer) -> Vec<Ending> {
    let violations = answer.violations.iter().map(|it| Ending::Violated(it.violation));
    violations.chain((!answer.deadlocks.is_empty()).then_some(Ending::Deadlock)).collect()
}

/// The window of the schedules that come to one of these ends; `None` when none does.
///
/// An order holds in a schedule when its first step is taken and the other one not before it. Every order
/// that all these schedules keep to is in the window or follows from it.
///
/// # Errors
/// When the graph is not whole.
pub fn window(
    model: &Model,
    transitions: &Transitions,
    goal: &[Ending],
) -> Result<Option<Window>, Incomplete> {
    transitions.whole()?;
    let lines = model.steps.len();
    let runs = Runs::new(transitions, goal, lines);
    if !runs.exist() {
        return Ok(None);
    }
    let every_end = every_end(model);
    let any = Runs::new(transitions, &every_end, lines);
    let events = events(model, &any);
    let always = Orders::new(&any, &events);
    let shared = Orders::new(&runs, &events);
    let links = Links::new(model, &events, &always, &shared);
    let orders = links.reduced(&events, &shared);
    let also = also(&events, &links, &shared, &orders);
    let orders = without_implied(transitions, orders, &also);
    let enough = enough(transitions, goal, &orders, &also);
    Ok(Some(Window { orders, also, enough }))
}

/// Every way in which a run of this model can end.
fn every_end(model: &Model) -> Vec<Ending> {
    let kinds = 0..model.violations.len();
    let broken = kinds.map(|it| Ending::Violated(crate::ids::ViolationId(it as u8)));
    [Ending::Complete, Ending::Deadlock, Ending::HeldOff].into_iter().chain(broken).collect()
}

/// Which event comes before which: what is shared between two actors, and what is always so.
struct Links {
    /// `shared[a][b]`: an order of the runs that are looked at.
    shared: Vec<Vec<bool>>,
    /// `forced[a][b]`: in no run at all is there a `b` without an `a` before it.
    forced: Vec<Vec<bool>>,
    /// `given[a][b]`: the runs that are looked at have `a`, and no run at all has `b` before it.
    given: Vec<Vec<bool>>,
}

impl Links {
    fn new(model: &Model, events: &[Event], always: &Orders, shared: &Orders) -> Self {
        let actor = |it: Event| model.steps[it.step.index()].actor;
        let row = |f: &dyn Fn(usize, usize) -> bool| -> Vec<Vec<bool>> {
            (0..events.len())
                .map(|a| (0..events.len()).map(|b| a != b && f(a, b)).collect())
                .collect()
        };
        let forced = row(&|a, b| always.is_forced(events[a], b));
        let given =
            row(&|a, b| shared.has_always(events[a]) && always.is_never_before(events[b], a));
        let shared = row(&|a, b| {
            actor(events[a]) != actor(events[b])
                && !forced[a][b]
                && !given[a][b]
                && shared.has_always(events[a])
                && shared.is_never_before(events[b], a)
        });
        Self { shared, forced, given }
    }

    /// The orders that follow from no others: each chain of two or more links makes the direct one needless.
    fn reduced(&self, events: &[Event], orders: &Orders) -> Vec<Order> {
        let mut kept = Vec::new();
        for (a, row) in self.shared.iter().enumerate() {
            for b in (0..events.len()).filter(|&it| row[it]) {
                if !self.follows(a, b) {
                    let step = events[b].step;
                    let comes = match (orders.taken.all.has(step), orders.taken.some.has(step)) {
                        (true, _) => Comes::Always,
                        (false, true) => Comes::Perhaps,
                        (false, false) => Comes::Never,
                    };
                    kept.push(Order { first: events[a], then: events[b], comes });
                }
            }
        }
        kept
    }

    /// Whether a chain of links other than the direct one leads from `a` to `b`.
    fn follows(&self, a: usize, b: usize) -> bool {
        let link = |x: usize, y: usize| self.shared[x][y] || self.forced[x][y] || self.given[x][y];
        let mut seen = vec![false; self.shared.len()];
        let mut open: Vec<usize> = (0..seen.len()).filter(|&it| it != b && link(a, it)).collect();
        while let Some(x) = open.pop() {
            if link(x, b) {
                return true;
            }
            for (y, seen) in seen.iter_mut().enumerate() {
                if y != a && y != b && !*seen && link(x, y) {
                    *seen = true;
                    open.push(y);
                }
            }
        }
        false
    }
}

/// What all runs take, and does not follow from what the orders say that they take.
fn also(events: &[Event], links: &Links, shared: &Orders, orders: &[Order]) -> Vec<StepId> {
    let said = |it: Event| {
        orders.iter().any(|of| of.first == it || (of.comes == Comes::Always && of.then == it))
    };
    // The last time stands for the line: the first one is forced before it.
    let taken: Vec<usize> = (0..events.len())
        .filter(|&it| events[it].time != Time::First && shared.has_always(events[it]))
        .collect();
    let follows = |it: usize| {
        let step = events[it].step;
        (0..events.len()).any(|of| events[of].step == step && said(events[of]))
            || (0..events.len()).any(|of| {
                links.forced[it][of] && events[of].step != step && shared.has_always(events[of])
            })
    };
    taken.into_iter().filter(|&it| !follows(it)).map(|it| events[it].step).collect()
}

/// Leaves out, from the last on, each order whose second step need not be taken and which all runs keep to
/// that keep to the rest.
fn without_implied(
    transitions: &Transitions,
    mut orders: Vec<Order>,
    also: &[StepId],
) -> Vec<Order> {
    for at in (0..orders.len()).rev() {
        if orders[at].comes == Comes::Always {
            continue;
        }
        let order = orders.remove(at);
        if !is_implied(transitions, &orders, also, order) {
            orders.insert(at, order);
        }
    }
    orders
}

impl Order {
    /// The number, counted from 1, of the step of this course with which the order became fixed: from there
    /// on it holds, however the run goes on (for a last time: as this run goes on). `None` where it does not
    /// hold.
    #[must_use]
    pub fn fixed_at(&self, course: &Course) -> Option<usize> {
        let first = position(course, self.first)?;
        let holds = position(course, self.then).is_none_or(|then| first < then);
        holds.then_some(first + 1)
    }
}

/// Where a course has an event, counted from 0.
fn position(course: &Course, event: Event) -> Option<usize> {
    let is_it = |it: &super::Transition| it.step == event.step;
    match event.time {
        Time::Last => course.steps.iter().rposition(is_it),
        Time::Only | Time::First => course.steps.iter().position(is_it),
    }
}
