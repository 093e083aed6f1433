//! The scene: the engine's picture of a frame as SVG, with its legend, and how it moves from one frame to the next. It knows no model and computes no position.

mod marks;
mod motion;

use racewalk_engine::picture::{self, Layout, Legend, Places, Texture};
use racewalk_engine::view::{Frame, Stage};
use yew::Html;

use crate::element::{Content, Element, element, list};
use crate::still::Pieces;

pub(crate) use motion::Motion;

/// Before the ids of its own, which are unique in a document.
const PREFIX: &str = "scene";

/// What of the picture stays from frame to frame.
#[derive(Debug)]
pub(crate) struct Scenery {
    /// Wide and tall.
    pub(crate) places: [Places; 2],
    legend: Vec<Legend>,
}

impl Scenery {
    /// Where a stage's things stand, wide and tall.
    pub(crate) fn of(stage: &Stage) -> Self {
        let places = [Layout::Wide, Layout::Tall].map(|it| Places::of(stage, it));
        Self { places, legend: picture::legend(stage) }
    }
}

/// The picture of a frame, and how it came there; `left`: the frame that a step back has left, whose step is undone before the reader's eyes.
pub(crate) fn drawing(
    stage: &Stage,
    places: &Places,
    frame: &Frame,
    motion: Motion,
    left: Option<&Frame>,
    pieces: &mut Pieces,
) -> Html {
    let back = motion == Motion::Back;
    let mut drawn = picture::draw(stage, frame, places);
    let mut undone = (left.filter(|_| back))
        .map_or_else(Vec::new, |left| picture::draw(stage, left, places).groups);
    undone.retain(|it| it.key == "trail" || it.key == "chip");
    let moving = if back { &undone } else { &drawn.groups };
    let travel = moving.iter().find_map(|it| it.travel.as_ref());
    let travel = travel.filter(|_| motion != Motion::None).map(motion::travel);
    let mut groups = |groups: Vec<picture::Group>, role: &str, moves| {
        list(groups.into_iter().map(|it| {
            if !it.momentary && role.is_empty() {
                return pieces.keep(it, |it| marks::group(it, frame.at, role).html());
            }
            let group = marks::group(&it, frame.at, role);
            match &travel {
                Some(travel) if moves && it.key == "chip" => group.style(travel).html(),
                _ => group.html(),
            }
        }))
    };
    let shown = groups(std::mem::take(&mut drawn.groups), "", !back);
    let undone = groups(undone, "undone", true);
    let shape = match places.layout() {
        Layout::Wide | Layout::Middle => "wide",
        Layout::Tall => "tall",
    };
    element("svg")
        .classes(&["picture", shape, motion.class()])
        .attribute("viewBox", format!("0 0 {} {}", drawn.width, drawn.height))
        .attribute("role", "img")
        .attribute("aria-label", drawn.description)
        .testid(format!("scene-{shape}"))
        .child((shown, undone))
        .html()
}

/// The legend, and the textures of both drawings.
pub(crate) fn explained(scenery: &Scenery) -> Html {
    let legend = element("ul").class("legend").attribute("aria-label", "Legend");
    (patterns(), legend.list(scenery.legend.iter().map(entry))).html()
}

/// The textures, once for both drawings and the legend.
fn patterns() -> Element {
    let patterns = Texture::ALL.into_iter().map(|texture| {
        let tile = picture::tile(texture);
        element("pattern")
            .key(texture.name())
            .attribute("id", format!("{PREFIX}-{}", texture.name()))
            .attribute("class", format!("pattern-{}", texture.name()))
            .attribute("width", tile.size)
            .attribute("height", tile.size)
            .attribute("patternUnits", "userSpaceOnUse")
            .attribute("patternTransform", format!("rotate({})", tile.turn))
            .child(element("path").attribute("d", tile.d))
    });
    element("svg")
        .class("patterns")
        .attribute("width", "0")
        .attribute("height", "0")
        .attribute("aria-hidden", "true")
        .child(element("defs").list(patterns))
}

fn entry(legend: &Legend) -> Element {
    let sample = element("svg")
        .class("picture-sample")
        .attribute("width", legend.width)
        .attribute("height", "16")
        .attribute("aria-hidden", "true")
        .list(legend.sample.iter().map(marks::mark));
    element("li").key(&legend.meaning).child((sample, &legend.meaning))
}
