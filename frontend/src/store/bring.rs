//! What a reader brings: texts of races, and tables of runs. Pure, like the store.

use racewalk_engine::race::knob_and_value;

use super::open::{Draft, Opened};
use super::reduce::at;
use super::{Action, Sheet, State};
use crate::engine;
use crate::interchange::{self, Table};
use crate::permalink::Promise;
use crate::place::place;
use crate::shared::Shared;

impl State {
    /// A race of the reader's own, or the table of a run; what is neither is kept, with what is wrong with it.
    pub(super) fn open_text(&self, text: String) -> Self {
        if let Some(table) = interchange::table(place(self, ""), &text) {
            if table.report.is_empty() {
                return self.follow_table(&table);
            }
            let report = table.report.clone();
            return self.with_draft(Draft { text, report, table: Some(table) });
        }
        match engine::open_text(text.clone()) {
            Ok(race) => {
                let mut faults = Vec::new();
                if race.origin.is_none() {
                    faults.push(
                        "This race is too long for a link (more than 64 kB packed), so a reload \
                         forgets it. Keep its file."
                            .to_owned(),
                    );
                }
                let opened = Opened {
                    settings: race.race.settings(),
                    race: Shared::new(race),
                    schedule: String::new(),
                    at: 0,
                    kernel: None,
                    tour: None,
                    promise: Promise::default(),
                    faults,
                    draft: None,
                };
                let mut next =
                    at(opened, Some(self), self.further).saying("Your race is open.".to_owned());
                next.visits += 1;
                next
            }
            Err(report) => self.with_draft(Draft { text, report, table: None }),
        }
    }

    fn with_draft(&self, draft: Draft) -> Self {
        self.with(|it| {
            (it.draft, it.sheet, it.playing) = (Some(draft), Some(Sheet::Own), false);
        })
    }

    /// The run of a table: its race, its knobs, and its schedule, at the end.
    pub(super) fn follow_table(&self, table: &Table) -> Self {
        let mut next = match &*table.race {
            "" => self.clone(),
            id => self.next(Action::OpenRace(id.to_owned())).unwrap_or_else(|| self.clone()),
        };
        let mut settings = next.race.race.settings();
        for (knob, value) in table.knobs.iter().filter_map(|it| knob_and_value(it)) {
            // Whoever read the table has asked the same race.
            drop(settings.set(&next.race.race, knob, value));
        }
        if settings != next.settings {
            next = next.turned(settings);
        }
        next = next.follow(&table.code, false).unwrap_or(next);
        next.sheet = None;
        next.draft = None;
        next.saying("This is the run of the table.".to_owned())
    }
}
