//! Nodes beside each other in the document.

use web_sys::Element;

use super::{Node, Slot};
use crate::virtual_dom::{Key, VList, VNode};

/// Nodes beside each other.
#[derive(Default)]
pub(super) struct List {
    /// The last one first: each is put before the one behind it.
    reversed: Vec<Node>,
    pub(super) key: Option<Key>,
}

impl List {
    /// A list of one.
    pub(super) fn of(node: Node) -> Self {
        Self { key: node.key().cloned(), reversed: vec![node] }
    }

    /// Makes it another one; returns where it begins.
    pub(super) fn reconcile(&mut self, is: &VList, parent: &Element, behind: Slot) -> Slot {
        self.key.clone_from(&is.key);
        let keyed = is.children.iter().all(|it| it.key().is_some())
            && self.reversed.iter().all(|it| it.key().is_some());
        if keyed {
            self.by_keys(&is.children, parent, behind)
        } else {
            self.by_places(&is.children, parent, behind)
        }
    }

    /// Each node becomes the one in its place, counted from the end.
    fn by_places(&mut self, new: &[VNode], parent: &Element, mut slot: Slot) -> Slot {
        for old in self.reversed.drain(new.len().min(self.reversed.len())..) {
            old.detach(parent, false);
        }
        for (number, node) in new.iter().rev().enumerate() {
            slot = match self.reversed.get_mut(number) {
                Some(old) => old.reconcile(node.clone(), parent, slot),
                None => {
                    let (first, made) = Node::attach(node.clone(), parent, slot);
                    self.reversed.push(made);
                    first
                }
            };
        }
        slot
    }

    /// Each node becomes the one of its key. Of those that were there, as many as can be stay in place.
    fn by_keys(&mut self, new: &[VNode], parent: &Element, mut slot: Slot) -> Slot {
        let mut old: Vec<_> = self.reversed.drain(..).map(Some).collect();
        let mut next = 0;
        let mut sources = Vec::with_capacity(new.len());
        for node in new.iter().rev() {
            let is_it = |it: &Option<Node>| it.as_ref().is_some_and(|it| it.key() == node.key());
            // Most stand where they stood.
            let at = old.get(next).is_some_and(is_it).then_some(next);
            let at = at.or_else(|| old.iter().position(is_it));
            next = at.map_or(next, |it| it + 1);
            sources.push(at.and_then(|at| Some((at, old.get_mut(at)?.take()?))));
        }
        for node in old.into_iter().flatten() {
            node.detach(parent, false);
        }
        let numbers: Vec<_> = sources.iter().map(|it| it.as_ref().map(|it| it.0)).collect();
        // Mostly all of them.
        let all_stay = numbers.iter().flatten().is_sorted();
        let stay = if all_stay { Vec::new() } else { longest_rise(&numbers) };
        for ((number, node), source) in new.iter().rev().enumerate().zip(sources) {
            let (first, node) = match source {
                Some((_, mut old)) => {
                    if !all_stay && !stay.contains(&number) {
                        old.shift(parent, slot.clone());
                    }
                    (old.reconcile(node.clone(), parent, slot), old)
                }
                None => Node::attach(node.clone(), parent, slot),
            };
            slot = first;
            self.reversed.push(node);
        }
        slot
    }

    pub(super) fn detach(self, parent: &Element, with_parent: bool) {
        for node in self.reversed {
            node.detach(parent, with_parent);
        }
    }

    pub(super) fn shift(&self, parent: &Element, mut slot: Slot) -> Slot {
        for node in &self.reversed {
            slot = node.shift(parent, slot);
        }
        slot
    }
}

/// The places of a longest sequence of numbers that rise.
fn longest_rise(numbers: &[Option<usize>]) -> Vec<usize> {
    // For each number: how long a sequence ends with it, and the place before it in that.
    let mut ends: Vec<(usize, Option<usize>)> = Vec::with_capacity(numbers.len());
    let mut best = None;
    for (place, number) in numbers.iter().enumerate() {
        let mut end = (0, None);
        if number.is_some() {
            for (before, (length, _)) in ends.iter().enumerate() {
                if *length >= end.0 && numbers.get(before) < Some(number) && *length > 0 {
                    end = (*length, Some(before));
                }
            }
            end.0 += 1;
            if best.is_none_or(|(longest, _)| end.0 > longest) {
                best = Some((end.0, place));
            }
        }
        ends.push(end);
    }
    let mut places = Vec::new();
    let mut place = best.map(|it| it.1);
    while let Some(at) = place {
        places.push(at);
        place = ends.get(at).and_then(|it| it.1);
    }
    places
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::longest_rise;

    proptest! {
        #[test]
        fn a_rise_rises_and_none_is_longer(numbers in prop::collection::vec(prop::option::of(0..9_usize), 0..9)) {
            let mut places = longest_rise(&numbers);
            places.reverse();
            let rises = |places: &[usize]| {
                places.iter().all(|it| numbers[*it].is_some())
                    && places.windows(2).all(|it| it[0] < it[1] && numbers[it[0]] < numbers[it[1]])
            };
            prop_assert!(rises(&places), "{places:?}");
            let all_choices = (0..1_u32 << numbers.len())
                .map(|it| (0..numbers.len()).filter(|at| it >> at & 1 == 1).collect::<Vec<_>>());
            let longest = all_choices.filter(|it| rises(it)).map(|it| it.len()).max();
            prop_assert_eq!(Some(places.len()), longest);
        }
    }
}
