//! Every choice of the knobs that are left open. Imports nothing but the race's own lists.

use super::{Race, Settings};

/// Every choice of the open knobs of a race, the last knob turning fastest; the other knobs stay as they
/// are. Knobs marked `scale` are never open.
///
/// ```
/// use racewalk_engine::{library, race::{Race, Sweep}};
///
/// let race = Race::load(library::race("reclaim").unwrap()).unwrap();
/// let sweep = Sweep::new(&race, race.settings(), |knob| knob.name != "flush");
/// assert_eq!(sweep.combinations(), 4);
/// ```
#[derive(Clone, Debug)]
pub struct Sweep {
    /// The open knobs by number, each with the number of its values.
    open: Vec<(usize, u8)>,
    next: Option<Settings>,
}

impl Sweep {
    /// Starts at `settings`, with the first value of every knob that `is_open`.
    #[must_use]
    pub fn new(
        race: &Race,
        mut settings: Settings,
        is_open: impl Fn(&super::Knob) -> bool,
    ) -> Self {
        let mut open = Vec::new();
        for (number, knob) in race.knobs.iter().enumerate() {
            if !knob.scale && is_open(knob) {
                settings.values[number] = 0;
                open.push((number, knob.values.len() as u8));
            }
        }
        Self { open, next: Some(settings) }
    }

    /// How many choices there are in all; `u64::MAX` where there are more than that.
    #[must_use]
    pub fn combinations(&self) -> u64 {
        self.open.iter().fold(1, |product: u64, &(_, values)| product.saturating_mul(values.into()))
    }

    /// The numbers of the open knobs.
    pub fn open(&self) -> impl Iterator<Item = usize> {
        self.open.iter().map(|&(knob, _)| knob)
    }
}

impl Iterator for Sweep {
    type Item = Settings;

    fn next(&mut self) -> Option<Settings> {
        let settings = self.next.take()?;
        let mut after = settings.clone();
        for &(knob, values) in self.open.iter().rev() {
            let value = &mut after.values[knob];
            *value += 1;
            if *value < values {
                self.next = Some(after);
                break;
            }
            *value = 0;
        }
        Some(settings)
    }
}
