//! Where the reader is, told to `racewalk-interchange` as pairs of texts, a name and its value by turns (its `Place::read` lists the names). It knows the store, no browser.

use crate::permalink::{self, Link, Promise};
use crate::protocol::{Found, Verdict};
use crate::store::{Stand, State};

/// The pairs. `page` is the page's address, without what follows `#`.
pub(crate) fn place(state: &State, page: &str) -> Vec<String> {
    let mut pairs = Pairs(Vec::new());
    let race = &state.race;
    match race.own_text() {
        Some(text) => pairs.add("text", text),
        None => pairs.add("race", &race.race.id),
    }
    for (knob, value) in state.settings.changed(&race.race) {
        pairs.add("knob", &format!("{knob}={value}"));
    }
    if let Some(Stand { bench, run }) = state.stand() {
        pairs.add("s", &run.possible(bench));
        pairs.add("at", &run.at.to_string());
    }
    pairs.add("page", page);
    if let Some(link) = state.link() {
        // What is taken away leads to the race, not into the tour, and promises what is so here.
        let link = Link { tour: None, promise: Promise::default(), ..link };
        pairs.add("fragment", &permalink::write(&link));
    }
    if let Some(summary) = state.summary() {
        pairs.add(
            "verdict",
            match summary.verdict {
                Verdict::Safe => "safe",
                Verdict::Violated => "violated",
                Verdict::Incomplete => "incomplete",
            },
        );
        pairs.add("states", &summary.states.to_string());
        pairs.add("transitions", &summary.transitions.to_string());
        for (name, digits) in
            [("schedules", &summary.schedules), ("bad_schedules", &summary.bad_schedules)]
        {
            if let Some(digits) = digits {
                pairs.add(name, digits);
            }
        }
        for (name, all) in [
            ("violation", &summary.violations),
            ("deadlock", &summary.deadlocks),
            ("held_off", &summary.held_off),
        ] {
            for Found { steps, schedule, kind, .. } in all {
                pairs.add(name, &format!("{steps} {schedule} {kind}"));
            }
        }
    }
    pairs.0
}

struct Pairs(Vec<String>);

impl Pairs {
    #[inline(never)]
    fn add(&mut self, name: &str, value: &str) {
        self.0.extend([name.to_owned(), value.to_owned()]);
    }
}
