//! From bad to good, played: one swap of neighbours after the other. It draws nothing.

use gloo::timers::callback::Timeout;
use racewalk_engine::schedule::Schedule;

use super::app::{Instrument, Msg};

/// How long a swap is looked at, in milliseconds.
const LOOK: u32 = 1_500;

impl Instrument {
    /// When the swap of this number comes; the first one at once.
    pub(super) fn soon(&self, number: usize) -> Timeout {
        let say = self.say.clone();
        Timeout::new(if number == 0 { 0 } else { LOOK }, move || say.emit(Msg::Swap))
    }

    /// The next schedule on the way from bad to good.
    pub(super) fn swap(&mut self) -> bool {
        let Some((number, _)) = self.swapping.take() else { return false };
        let Some(bench) = &self.bench else { return false };
        let Some(Ok(mended)) = &bench.mended else { return false };
        let Some(code) = mended.stops().nth(number) else { return true };
        let Ok(schedule) = Schedule::parse(code, &bench.model) else { return true };
        let more = number + 1 < mended.stops().count();
        self.at = schedule.len();
        self.schedule = schedule;
        self.draw_path();
        self.tell(number == 0);
        if more {
            self.swapping = Some((number + 1, self.soon(number + 1)));
        } else {
            self.keep();
        }
        true
    }
}
