//! Every choice of the knobs that are left open, and what is found of the models that they come to.
//! What that is, its caller knows: nothing is explored here.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::{Race, Report, Settings};
use crate::model::Model;

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

    /// Compiles every choice, and lets `find` look at each distinct model once: many choices come to the
    /// same one.
    ///
    /// ```
    /// use racewalk_engine::{library, race::{Race, Sweep}};
    ///
    /// let race = Race::load(library::race("memunmap").unwrap()).unwrap();
    /// let mut settings = race.settings();
    /// settings.set(&race, "unmap", "off").unwrap();
    /// let sweep = Sweep::new(&race, settings, |knob| ["flush", "poison"].contains(&&*knob.name));
    /// let mut looked = 0;
    /// let mut swept = sweep.of_each_model(&race, |_| looked += 1);
    /// // Where nothing is unmapped nothing is flushed.
    /// assert_eq!(swept.by_ref().count(), 4);
    /// assert_eq!(swept.distinct(), 2);
    /// assert_eq!(looked, 2);
    /// ```
    pub fn of_each_model<T, F: FnMut(&Model) -> T>(self, race: &Race, find: F) -> Swept<'_, T, F> {
        Swept { race, sweep: self, find, known: BTreeMap::new() }
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

/// A choice of knobs, and what was found of the model that it comes to.
#[derive(Clone, Debug)]
pub struct Choice<T> {
    /// The choice.
    pub settings: Settings,
    /// The model's hash.
    pub model: String,
    /// What was found of it, or of the equal one that an earlier choice came to. What is kept here has to
    /// hold for both: names, no numbers of rows.
    pub found: Rc<T>,
}

/// The choices of a sweep, compiled, in its order.
pub struct Swept<'r, T, F> {
    race: &'r Race,
    sweep: Sweep,
    find: F,
    known: BTreeMap<String, Rc<T>>,
}

impl<T, F> Swept<'_, T, F> {
    /// How many distinct models there have been so far.
    #[must_use]
    pub fn distinct(&self) -> usize {
        self.known.len()
    }
}

impl<T, F: FnMut(&Model) -> T> Iterator for Swept<'_, T, F> {
    type Item = Result<Choice<T>, Report>;

    fn next(&mut self) -> Option<Self::Item> {
        let settings = self.sweep.next()?;
        let model = match self.race.compile(&settings) {
            Ok(model) => model,
            Err(report) => return Some(Err(report)),
        };
        let hash = model.hash();
        let find = || Rc::new((self.find)(&model));
        let found = Rc::clone(self.known.entry(hash.clone()).or_insert_with(find));
        Some(Ok(Choice { settings, model: hash, found }))
    }
}
