//! What the reader holds of the path: taking it up, pulling it, letting it go; by keys and by pointers. It draws nothing.

use racewalk_engine::schedule::Schedule;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, CustomEventInit};

use super::anchor::Anchor;
use super::app::{Instrument, Msg};
use super::dispatch::Pointer;
use crate::grid::Fate;
use crate::pull::{Held, pull};

/// What is held of the path.
pub(super) struct Hand {
    pub(super) held: Held,
    /// The schedule as it was when it was taken up, and where it stood.
    pub(super) before: (Schedule, usize),
    /// Whether the page was told of a schedule since.
    pub(super) moved: bool,
    pub(super) cell: (usize, usize),
    /// Where the graph is to stay meanwhile.
    anchor: Option<Anchor>,
}

impl Instrument {
    pub(super) fn key(&mut self, key: &str) -> bool {
        // What a resting pointer lies over is not what the reader looks at now.
        self.hover = None;
        let Some(here) = self.here() else { return false };
        let (x, y) = self.cursor.unwrap_or(here);
        let (columns, rows) = match &self.bench {
            Some(bench) => (bench.drawn.grid.columns, bench.drawn.grid.rows),
            None => return false,
        };
        let to = match key {
            "ArrowLeft" => (x.saturating_sub(1), y),
            "ArrowRight" => ((x + 1).min(columns - 1), y),
            "ArrowUp" => (x, y.saturating_sub(1)),
            "ArrowDown" => (x, (y + 1).min(rows - 1)),
            "Home" => here,
            "End" => (columns - 1, rows - 1),
            "Enter" => {
                self.take_up(Held::Path, (x, y));
                self.pull_to((x, y));
                self.let_go();
                return true;
            }
            " " => {
                match self.hand {
                    Some(_) => {
                        self.refused = None;
                        self.let_go();
                    }
                    None => {
                        let corner = self.corners().into_iter().find(|it| it.cell == (x, y));
                        let held = corner.map_or(Held::Path, |it| Held::Corner {
                            at: it.at,
                            from_left: it.from_left,
                        });
                        self.take_up(held, (x, y));
                    }
                }
                return true;
            }
            "Escape" => {
                self.put_back();
                self.cursor = self.here();
                return true;
            }
            _ => return false,
        };
        if self.hand.is_some() {
            if self.pull_to(to) {
                self.cursor = Some(to);
            }
        } else {
            self.cursor = Some(to);
            self.refused = None;
        }
        true
    }

    pub(super) fn pointer(&mut self, what: Pointer, x: i32, y: i32) -> bool {
        let geometry = self.geometry();
        let gone = self.hand.as_mut().and_then(|it| it.anchor.as_mut()).map_or(0, Anchor::hold);
        let y = y + gone;
        let cell = geometry.cell_at(x, y);
        match what {
            Pointer::Down(corner, is_touch) => {
                let corner = corner.and_then(|it| self.corners().get(it).copied());
                let (held, from) = match corner {
                    Some(it) => (Held::Corner { at: it.at, from_left: it.from_left }, it.cell),
                    None => (Held::Path, cell),
                };
                self.take_up(held, from);
                // A finger may be about to scroll: it takes when it is lifted.
                if corner.is_none() && !is_touch {
                    self.pull_to(cell);
                }
            }
            Pointer::Move if self.hand.is_some() => {
                self.hover = None;
                if self.hand.as_ref().is_some_and(|it| it.cell == cell) {
                    return false;
                }
                self.pull_to(cell);
            }
            Pointer::Move => {
                let inside = x >= geometry.left && y >= geometry.top;
                let hover = inside.then_some(cell);
                if hover == self.hover {
                    return false;
                }
                self.hover = hover;
            }
            Pointer::Up => {
                // What was only pressed is where the path is to go, a corner's large reach or not.
                if let Some(hand) = self.hand.as_mut().filter(|it| !it.moved) {
                    hand.held = Held::Path;
                    self.pull_to(cell);
                }
                self.cursor = self.here();
                self.let_go();
            }
            Pointer::Cancel => self.let_go(),
        }
        true
    }

    fn take_up(&mut self, held: Held, cell: (usize, usize)) {
        self.refused = None;
        self.swapping = None;
        let before = (self.schedule.clone(), self.at);
        self.hand = Some(Hand { held, before, moved: false, cell, anchor: Anchor::new() });
    }

    fn let_go(&mut self) {
        self.hand = None;
        self.keep();
        // The cells follow now.
        self.draw_path();
    }

    /// Lets go, and has the schedule as it was.
    fn put_back(&mut self) {
        self.refused = None;
        if let Some(hand) = self.hand.take()
            && hand.moved
        {
            (self.schedule, self.at) = hand.before;
            self.draw_path();
            self.tell(false);
        }
    }

    /// Pulls the path to a cell; whether it came.
    fn pull_to(&mut self, to: (usize, usize)) -> bool {
        let (Some(hand), Some(bench)) = (&mut self.hand, &self.bench) else { return false };
        let (Some(census), Some(cell)) = (&bench.census, bench.drawn.all.cell(to.0, to.1)) else {
            return false;
        };
        hand.cell = to;
        let ways = bench.drawn.all.stands(cell).map(|it| census.stands.way(it));
        let nearest = ways.min_by_key(|it| it.len());
        let way = nearest.and_then(|it| Schedule::parse(it, &bench.model).ok());
        let before = &hand.before.0;
        let pulled = if cell.fate() == Fate::Unreachable {
            None
        } else {
            pull(&bench.model, &bench.axes, before, hand.held, to, way.as_ref())
        };
        let Some(pulled) = pulled else {
            let told =
                bench.drawn.grid.told(&bench.model, census, &bench.axes, &bench.drawn.regions, to);
            let why = told.get(1).map_or("no schedule stands here.", |it| {
                it.strip_prefix("Unreachable: ").unwrap_or(it)
            });
            self.refused = Some(format!("It does not go there: {why}"));
            return false;
        };
        self.refused = None;
        if pulled.schedule == self.schedule && pulled.at == self.at {
            return true;
        }
        (self.schedule, self.at) = (pulled.schedule, pulled.at);
        // Only the schedule as it was taken up becomes a branch.
        let keep = !std::mem::replace(&mut hand.moved, true);
        self.draw_path();
        self.tell(keep);
        true
    }

    /// Tells the page the schedule in the next frame; `keep`: that the one before becomes a branch. What the hand has
    /// passed by until then the page never hears of.
    pub(super) fn tell(&mut self, keep: bool) {
        if let Some(kept) = &mut self.telling {
            *kept |= keep;
            return;
        }
        self.telling = Some(keep);
        let say = self.say.clone();
        let tell = Closure::once_into_js(move || say.emit(Msg::Tell));
        if let Some(window) = web_sys::window() {
            // What is told here is done and drawn before the frame after.
            drop(window.request_animation_frame(tell.unchecked_ref()));
        }
    }

    /// Tells it what there is to tell.
    pub(super) fn tell_now(&mut self) {
        let Some(keep) = self.telling.take() else { return };
        let Some(bench) = &self.bench else { return };
        let code = self.schedule.code(&bench.model);
        let sign = if keep { "+" } else { "" };
        let told = format!("{sign}{} {code}", self.at);
        self.told = Some((code, self.at));
        let detail = CustomEventInit::new();
        detail.set_detail(&JsValue::from_str(&told));
        if let (Some(window), Ok(event)) =
            (web_sys::window(), CustomEvent::new_with_event_init_dict("racewalk", &detail))
        {
            // The page takes part in no default.
            drop(window.dispatch_event(&event));
        }
    }
}
