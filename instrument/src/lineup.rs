//! In which order the lines of a window stand below each other, so that its arrows point downwards. Pure; it knows lines by their numbers.

/// That a line comes before another one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Arrow {
    /// The first.
    pub first: u16,
    /// The other.
    pub then: u16,
}

/// How the lines stand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LineUp {
    /// From top to bottom.
    pub lines: Vec<u16>,
    /// Whose they are, from left to right.
    pub actors: Vec<usize>,
}

/// Lines up what these arrows join, and these lines as well; `actor`: whose a line is. Lines of one actor stay in the
/// order of its lane as long as no arrow asks for another one.
#[must_use]
pub fn line_up(arrows: &[Arrow], also: &[u16], actor: impl Fn(u16) -> usize) -> LineUp {
    let mut left: Vec<u16> = arrows.iter().flat_map(|it| [it.first, it.then]).collect();
    left.extend(also);
    left.sort_unstable();
    left.dedup();
    let mut actors: Vec<usize> = left.iter().map(|&it| actor(it)).collect();
    actors.sort_unstable();
    actors.dedup();
    let mut lines = Vec::new();
    while !left.is_empty() {
        let free =
            |it: &u16| !arrows.iter().any(|arrow| arrow.then == *it && left.contains(&arrow.first));
        let first_of_lane =
            |it: &u16| !left.iter().any(|other| other < it && actor(*other) == actor(*it));
        // A loop may take a line again after it was passed: lanes give way then, and at last arrows do.
        let next = (left.iter().position(|it| free(it) && first_of_lane(it)))
            .or_else(|| left.iter().position(free))
            .unwrap_or(0);
        lines.push(left.remove(next));
    }
    LineUp { lines, actors }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_point_downwards() {
        // Of the walker 1 and 2, of the other one 10 and 11: 1 before 10, 11 before 2.
        let arrows = [Arrow { first: 1, then: 10 }, Arrow { first: 11, then: 2 }];
        let found = line_up(&arrows, &[3], |it| usize::from(it >= 10));
        assert_eq!(found.lines, [1, 10, 11, 2, 3]);
        assert_eq!(found.actors, [0, 1]);
    }

    #[test]
    fn a_circle_is_drawn_all_the_same() {
        let arrows = [Arrow { first: 1, then: 2 }, Arrow { first: 2, then: 1 }];
        assert_eq!(line_up(&arrows, &[], usize::from).lines, [1, 2]);
    }
}
