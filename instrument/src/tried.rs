//! The schedules that a reader has tried, as a tree: what they have in common stands once. Pure; it knows schedules, no model and no screen.

use racewalk_engine::schedule::{Schedule, Turn};

/// The most that are kept: of more, those without a name are forgotten first, the oldest before the others.
pub const MOST: usize = 24;

/// A schedule that was tried.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Tried {
    /// The schedule.
    pub schedule: Schedule,
    /// What the reader calls it; empty: nothing.
    pub name: String,
}

/// Keeps a schedule, unless it is the beginning of one that is kept; one that has only gone on is the same as before.
pub fn keep(all: &mut Vec<Tried>, schedule: &Schedule) {
    let begins = |one: &Schedule, other: &Schedule| other.0.starts_with(&one.0);
    if schedule.0.is_empty() || all.iter().any(|it| begins(schedule, &it.schedule)) {
        return;
    }
    match all.iter_mut().find(|it| begins(&it.schedule, schedule)) {
        Some(it) => it.schedule.clone_from(schedule),
        None => all.push(Tried { schedule: schedule.clone(), name: String::new() }),
    }
    if all.len() > MOST {
        let last = all.len() - 1;
        let oldest = all[..last].iter().position(|it| it.name.is_empty());
        all.remove(oldest.unwrap_or(0));
    }
}

/// Steps that follow each other without a fork between them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    /// The first of the steps, counted from 0.
    pub from: usize,
    /// The step after the last one.
    pub to: usize,
    /// A schedule that takes them, by its number; of a part where nothing forks, the only one.
    pub of: usize,
    /// What goes on from there, in the order in which it was tried.
    pub forks: Vec<Part>,
}

/// The tree of these schedules.
#[must_use]
pub fn tree(all: &[Tried]) -> Vec<Part> {
    let every: Vec<usize> = (0..all.len()).collect();
    grow(all, 0, &every)
}

/// What goes on from step `from` of these schedules, which have all steps before it in common.
fn grow(all: &[Tried], from: usize, these: &[usize]) -> Vec<Part> {
    let step = |number: usize, at: usize| all[number].schedule.0.get(at).copied();
    let mut ways: Vec<(Turn, Vec<usize>)> = Vec::new();
    for &number in these {
        let Some(turn) = step(number, from) else { continue };
        match ways.iter_mut().find(|it| it.0 == turn) {
            Some(way) => way.1.push(number),
            None => ways.push((turn, vec![number])),
        }
    }
    let part = |(_, these): (Turn, Vec<usize>)| {
        let first = &all[these[0]].schedule.0;
        let common = |at: &usize| these.iter().all(|&it| step(it, *at) == first.get(*at).copied());
        let to = (from..first.len()).take_while(common).count() + from;
        Part { from, to, of: these[0], forks: grow(all, to, &these) }
    };
    ways.into_iter().map(part).collect()
}

#[cfg(test)]
mod tests {
    use racewalk_engine::ids::ActorId;

    use super::*;

    /// `wmm`: actor 0, and twice actor 1.
    fn schedule(text: &str) -> Schedule {
        let turn = |it| Turn { actor: ActorId(u8::from(it != 'w')), outcome: 0 };
        Schedule(text.chars().map(turn).collect())
    }

    fn kept(texts: &[&str]) -> Vec<Tried> {
        let mut all = Vec::new();
        texts.iter().for_each(|it| keep(&mut all, &schedule(it)));
        all
    }

    /// Each part in brackets: its steps, then what forks from there.
    fn written(parts: &[Part]) -> String {
        parts.iter().map(|it| format!("[{}-{} {}]", it.from, it.to, written(&it.forks))).collect()
    }

    #[test]
    fn what_goes_on_is_the_same_branch() {
        assert_eq!(kept(&["w", "wm", "wmw", "wm", ""]).len(), 1);
        assert_eq!(kept(&["wm", "ww", "wmw"]).len(), 2);
    }

    #[test]
    fn what_they_have_in_common_stands_once() {
        let check = |texts: &[&str], tree: &str| {
            assert_eq!(written(&super::tree(&kept(texts))), tree, "{texts:?}");
        };
        check(&[], "");
        check(&["wmw"], "[0-3 ]");
        check(&["wmw", "wmmw", "mw"], "[0-2 [2-3 ][2-4 ]][0-2 ]");
        check(&["wwww", "wwmw", "wmww", "wwmm"], "[0-1 [1-2 [2-4 ][2-3 [3-4 ][3-4 ]]][1-4 ]]");
    }

    #[test]
    fn of_too_many_the_oldest_without_a_name_is_forgotten() {
        // Each of these forks from all others.
        let text = |number: usize| format!("{}m{}", "w".repeat(number), "m".repeat(40 - number));
        let mut all = kept(&[&text(0)]);
        all[0].name = "the mail".to_owned();
        for number in 1..=MOST {
            keep(&mut all, &schedule(&text(number)));
        }
        assert_eq!(all.len(), MOST);
        assert_eq!(all[0].name, "the mail");
        assert_eq!(all[1].schedule, schedule(&text(2)));
        assert_eq!(all[MOST - 1].schedule, schedule(&text(MOST)));
    }
}
