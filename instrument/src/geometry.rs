//! Where everything of the progress graph stands, in whole pixels. Pure: it knows cells and points, no model and no screen.

/// The room of the graph.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Geometry {
    /// Where the first cell begins.
    pub left: i32,
    /// Where the first row begins.
    pub top: i32,
    /// A cell's width.
    pub width: i32,
    /// A cell's height.
    pub height: i32,
    /// How many cells stand beside each other.
    pub columns: usize,
    /// How many stand below each other.
    pub rows: usize,
}

/// The least and the largest width of a cell.
const WIDTHS: (i32, i32) = (18, 66);
/// The least and the largest height of a cell.
const HEIGHTS: (i32, i32) = (21, 38);
/// What the names of lines take at the left.
const LEFT: i32 = 38;
/// What the names of lines take above, in one row and in two, below those of both axes' actors.
const TOP: (i32, i32) = (60, 74);
/// Below this width of a cell the names above it stand in two rows.
const STAGGERED: i32 = 34;

impl Geometry {
    /// As large as fits into this width.
    #[must_use]
    pub fn new(room: i32, columns: usize, rows: usize) -> Self {
        let width = ((room - LEFT - 2) / columns.max(1) as i32).clamp(WIDTHS.0, WIDTHS.1);
        let height = (width * 4 / 5).clamp(HEIGHTS.0, HEIGHTS.1);
        let top = if width < STAGGERED { TOP.1 } else { TOP.0 };
        Self { left: LEFT, top, width, height, columns, rows }
    }

    /// Whether the names above stand in two rows.
    #[must_use]
    pub fn is_staggered(&self) -> bool {
        self.width < STAGGERED
    }

    /// The whole width and height.
    #[must_use]
    pub fn size(&self) -> (i32, i32) {
        (self.x(self.columns) + 2, self.y(self.rows) + 2)
    }

    /// Where a column begins; the line of step `n` stands where column `n + 1` begins.
    #[must_use]
    pub fn x(&self, column: usize) -> i32 {
        self.left + self.width * column as i32
    }

    /// Where a row begins.
    #[must_use]
    pub fn y(&self, row: usize) -> i32 {
        self.top + self.height * row as i32
    }

    /// The middle of a cell.
    #[must_use]
    pub fn middle(&self, (x, y): (usize, usize)) -> (i32, i32) {
        (self.x(x) + self.width / 2, self.y(y) + self.height / 2)
    }

    /// The cell at a point, or the nearest one.
    #[must_use]
    pub fn cell_at(&self, x: i32, y: i32) -> (usize, usize) {
        let along = |it: i32, start: i32, size: i32, count: usize| {
            (((it - start).max(0) / size) as usize).min(count.saturating_sub(1))
        };
        (along(x, self.left, self.width, self.columns), along(y, self.top, self.height, self.rows))
    }
}

/// A part of the path through the cells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Segment {
    /// From this cell.
    pub from: (usize, usize),
    /// To this one.
    pub to: (usize, usize),
    /// Which step of the schedule it is, counted from 0.
    pub step: usize,
    /// Whether lines are left out on the way: a jump is a gap between two arrowheads.
    pub jumps: bool,
}

/// The segments of a path that stands in these cells before its first step and after each.
#[must_use]
pub fn segments(points: &[(usize, usize)]) -> Vec<Segment> {
    let pairs = points.iter().zip(points.iter().skip(1)).enumerate();
    pairs
        .filter(|(_, (from, to))| from != to)
        .map(|(step, (&from, &to))| {
            let next = to == (from.0 + 1, from.1) || to == (from.0, from.1 + 1);
            Segment { from, to, step, jumps: !next }
        })
        .collect()
}

/// A corner of a path: where it can be taken hold of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Corner {
    /// After how many steps it stands there.
    pub at: usize,
    /// The cell.
    pub cell: (usize, usize),
    /// Whether it comes there from the left, and goes on downwards; otherwise from above, and goes on to the right.
    pub from_left: bool,
}

/// The corners of a path; `breaks`: that its last step breaks something, and whether that leads to the right.
#[must_use]
pub fn corners(points: &[(usize, usize)], breaks: Option<bool>) -> Vec<Corner> {
    let segments = segments(points);
    let legs = segments.iter().map(|it| (it.step, it.to, it.from.1 == it.to.1));
    let last = breaks.map(|across| (points.len().saturating_sub(2), (0, 0), across));
    let legs: Vec<_> = legs.chain(last).collect();
    let pairs = legs.iter().zip(legs.iter().skip(1));
    pairs
        .filter(|(one, next)| one.2 != next.2)
        .map(|(one, next)| Corner { at: next.0, cell: one.1, from_left: one.2 })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_fits_where_it_can_and_names_take_two_rows_where_they_must() {
        let wide = Geometry::new(632, 13, 11);
        assert!(!wide.is_staggered() && wide.size().0 <= 632);
        let narrow = Geometry::new(332, 13, 11);
        assert!(narrow.is_staggered() && narrow.size().0 <= 332);
    }

    #[test]
    fn a_point_in_a_cell_is_of_that_cell() {
        let geometry = Geometry::new(500, 9, 7);
        for x in 0..9 {
            for y in 0..7 {
                let (px, py) = geometry.middle((x, y));
                assert_eq!(geometry.cell_at(px, py), (x, y));
            }
        }
        assert_eq!(geometry.cell_at(-5, 1_000_000), (0, 6));
    }

    #[test]
    fn a_path_has_corners_where_it_turns_and_gaps_where_it_jumps() {
        let points = [(0, 0), (0, 1), (1, 1), (1, 1), (2, 1), (2, 4)];
        let parts = segments(&points);
        assert_eq!(parts.len(), 4);
        assert_eq!(parts.iter().filter(|it| it.jumps).count(), 1);
        let corners = corners(&points, None);
        assert_eq!(corners.iter().map(|it| it.at).collect::<Vec<_>>(), [1, 4]);
        assert_eq!(corners.iter().map(|it| it.from_left).collect::<Vec<_>>(), [false, true]);
        let broken = super::corners(&[(0, 0), (1, 0), (1, 0)], Some(false));
        assert_eq!(broken, [Corner { at: 1, cell: (1, 0), from_left: true }]);
    }
}
