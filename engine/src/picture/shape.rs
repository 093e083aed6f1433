//! What a picture is made of: keyed groups of rectangles, paths and texts. Imports nothing.
//!
//! A page downloads all this, so what every drawing calls is `inline(never)`.

/// A rectangle with its edges.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Rect {
    /// Left edge.
    pub x: i32,
    /// Top edge.
    pub y: i32,
    /// Width.
    pub w: i32,
    /// Height.
    pub h: i32,
}

impl Rect {
    /// A rectangle from its left top corner and its size.
    #[must_use]
    pub const fn new(x: i32, y: i32, w: i32, h: i32) -> Self {
        Self { x, y, w, h }
    }

    /// The right edge.
    #[must_use]
    pub const fn right(self) -> i32 {
        self.x + self.w
    }

    /// The bottom edge.
    #[must_use]
    pub const fn bottom(self) -> i32 {
        self.y + self.h
    }

    /// Halfway between the left and right edges.
    #[must_use]
    pub const fn mid_x(self) -> i32 {
        self.x + self.w / 2
    }

    /// Halfway between top and bottom.
    #[must_use]
    pub const fn mid_y(self) -> i32 {
        self.y + self.h / 2
    }

    /// The rectangle grown by `by` on every side.
    #[must_use]
    pub const fn grown(self, by: i32) -> Self {
        Self::new(self.x - by, self.y - by, self.w + 2 * by, self.h + 2 * by)
    }

    /// Whether the other lies wholly within this one.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.x <= other.x
            && self.y <= other.y
            && self.right() >= other.right()
            && self.bottom() >= other.bottom()
    }

    /// Whether the two share more than an edge.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.x < other.right()
            && other.x < self.right()
            && self.y < other.bottom()
            && other.y < self.bottom()
    }
}

/// What is drawn of one thing.
#[derive(Clone, PartialEq, Debug)]
pub struct Group {
    /// Its identity, unique in a picture and the same in every frame.
    pub key: String,
    /// Classes; colours and strokes are the style sheet's.
    pub class: String,
    /// It tells of the last step only, so it is a new one in every frame and may move as it appears.
    pub momentary: bool,
    /// How it travels while it appears, if it does.
    pub travel: Option<Travel>,
    /// Back to front.
    pub marks: Vec<Mark>,
}

/// The way along which a value moves to where it is drawn.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Travel {
    /// SVG path data, relative to the place at which it rests.
    pub path: String,
    /// How far along that path it rests, in thousandths.
    pub rest: i32,
}

/// A primitive.
#[derive(Clone, PartialEq, Debug)]
pub enum Mark {
    /// A rectangle.
    Rect {
        /// Classes.
        class: &'static str,
        /// Where.
        rect: Rect,
        /// What fills it, if not a plain colour.
        texture: Option<Texture>,
    },
    /// A path.
    Path {
        /// Classes.
        class: &'static str,
        /// SVG path data.
        d: String,
    },
    /// A line of text.
    Text {
        /// Classes.
        class: &'static str,
        /// Where it is anchored.
        x: i32,
        /// Its baseline.
        y: i32,
        /// Which end of it stands at `x`.
        anchor: Anchor,
        /// Its parts.
        spans: Vec<Span>,
        /// The term that it explains when pointed at.
        term: Option<&'static str>,
    },
}

/// A part of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Span {
    /// Classes.
    pub class: &'static str,
    /// The text.
    pub text: String,
}

impl Span {
    /// A part of a text.
    pub(super) fn new(class: &'static str, text: impl Into<String>) -> Self {
        Self { class, text: text.into() }
    }
}

/// Which end of a text stands at its place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Anchor {
    /// Its start.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// The texture of a lifetime. Live and unmapped memory have none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Texture {
    /// Small crosses.
    Poisoned,
    /// Sparse hatch at 45°.
    Freed,
    /// Dense hatch at -45°.
    Reused,
}

impl Texture {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Poisoned, Self::Freed, Self::Reused];

    /// The name of its pattern, without the prefix that a document gives to its ids.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Poisoned => "poisoned",
            Self::Freed => "freed",
            Self::Reused => "reused",
        }
    }
}

/// Path data, relative by default. Rectilinear ways are most of what is drawn.
pub(super) fn way(points: &[(i32, i32)]) -> String {
    use std::fmt::Write as _;
    let mut d = String::new();
    let mut last = None;
    for &(x, y) in points {
        // Writing to a string cannot fail.
        let _ = match last {
            None => write!(d, "M{x} {y}"),
            Some((_, at)) if at == y => write!(d, "H{x}"),
            Some((at, _)) if at == x => write!(d, "V{y}"),
            Some(_) => write!(d, "L{x} {y}"),
        };
        last = Some((x, y));
    }
    d
}

/// A plain rectangle.
#[inline(never)]
pub(super) fn rect(class: &'static str, rect: Rect) -> Mark {
    Mark::Rect { class, rect, texture: None }
}

/// A path.
pub(super) fn path(class: &'static str, d: impl Into<String>) -> Mark {
    Mark::Path { class, d: d.into() }
}

/// A path that starts at `x`, `y` and goes on as `d` says, by relative data.
#[inline(never)]
pub(super) fn path_at(class: &'static str, (x, y): (i32, i32), d: &str) -> Mark {
    path(class, format!("M{x} {y}{d}"))
}

/// A text of one part that starts at `x`.
pub(super) fn text(class: &'static str, x: i32, y: i32, words: impl Into<String>) -> Mark {
    plain(class, x, y, words.into())
}

#[inline(never)]
fn plain(class: &'static str, x: i32, y: i32, text: String) -> Mark {
    spans(class, x, y, vec![Span { class: "", text }])
}

/// A text of several parts that starts at `x`.
#[inline(never)]
pub(super) fn spans(class: &'static str, x: i32, y: i32, spans: Vec<Span>) -> Mark {
    Mark::Text { class, x, y, anchor: Anchor::Start, spans, term: None }
}

impl Mark {
    /// The same text, anchored elsewhere.
    #[inline(never)]
    pub(super) fn anchored(mut self, to: Anchor) -> Self {
        if let Self::Text { anchor, .. } = &mut self {
            *anchor = to;
        }
        self
    }

    /// The same text, with the term that it explains.
    #[inline(never)]
    pub(super) fn about(mut self, about: &'static str) -> Self {
        if let Self::Text { term, .. } = &mut self {
            *term = Some(about);
        }
        self
    }
}

impl Group {
    /// A group that stays.
    pub(super) fn new(key: impl Into<String>, class: impl Into<String>, marks: Vec<Mark>) -> Self {
        Self::staying(key.into(), class.into(), marks)
    }

    #[inline(never)]
    fn staying(key: String, class: String, marks: Vec<Mark>) -> Self {
        Self { key, class, momentary: false, travel: None, marks }
    }

    /// A group that stays, one of several of that name.
    #[inline(never)]
    pub(super) fn numbered(
        name: &str,
        number: usize,
        class: &'static str,
        marks: Vec<Mark>,
    ) -> Self {
        Self::staying(format!("{name}-{number}"), class.to_owned(), marks)
    }

    /// A group that tells of the last step only.
    pub(super) fn momentary(
        key: impl Into<String>,
        class: impl Into<String>,
        marks: Vec<Mark>,
    ) -> Self {
        Self { momentary: true, ..Self::new(key, class, marks) }
    }
}
