//! How a picture moves: which way, and the path along which a value travels. The style sheet knows how long it takes.

use racewalk_engine::picture::Travel;

/// How the schedule came to where it stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Motion {
    /// Not by a single step: the frame is complete at once.
    None,
    /// By the step that the frame shows.
    Forward,
    /// By undoing the step after it.
    Back,
}

impl Motion {
    /// The class that tells the style sheet.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Forward => "moves-forward",
            Self::Back => "moves-back",
        }
    }
}

/// The style that tells a chip its way. A browser that knows no such property leaves the chip where
/// it rests.
pub(super) fn travel(travel: &Travel) -> String {
    let Travel { path, rest, .. } = travel;
    format!("offset-path: path(\"{path}\"); --rest: {}.{}%", rest / 10, rest % 10)
}
