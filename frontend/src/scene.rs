//! The scene: the engine's picture of a frame as SVG, with its legend, and how it moves from one frame to the next. It knows no model and computes no position.

mod marks;
mod motion;

use racewalk_engine::picture::{self, Layout, Legend, Places, Texture};
use racewalk_engine::view::{Frame, Stage};
use yew::{Component, Context, Html, Properties};

use crate::element::{Content, Element, component, element, list};
use crate::shared::Shared;

pub(crate) use motion::Motion;

/// Before the ids of its own, which are unique in a document.
const PREFIX: &str = "scene";

/// What of the picture stays from frame to frame.
#[derive(Debug)]
pub(crate) struct Scenery {
    places: [Places; 2],
    legend: Vec<Legend>,
}

impl Scenery {
    /// Where a stage's things stand, wide and tall.
    pub(crate) fn of(stage: &Stage) -> Self {
        let places = [Layout::Wide, Layout::Tall].map(|it| Places::of(stage, it));
        Self { places, legend: picture::legend(stage) }
    }
}

/// Properties of [`Scene`].
#[derive(PartialEq, Properties)]
pub(crate) struct SceneProps {
    /// What stays.
    pub(crate) stage: Shared<Stage>,
    /// Where it stands.
    pub(crate) scenery: Shared<Scenery>,
    /// Where the schedule stands.
    pub(crate) frame: Shared<Frame>,
    /// How it came there.
    pub(crate) motion: Motion,
    /// The frame that a step back has left, whose step is undone before the reader's eyes.
    pub(crate) left: Option<Shared<Frame>>,
}

/// The picture of a frame, wide and tall: the style sheet shows the one for which there is room.
pub(crate) fn scene(props: SceneProps) -> Html {
    component::<Scene>(props, None)
}

/// A component, so that what does not change the picture does not draw it again.
pub(crate) struct Scene;

impl Component for Scene {
    type Message = ();
    type Properties = SceneProps;

    fn create(_: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let props = context.props();
        let legend = element("ul").class("legend").attribute("aria-label", "Legend");
        element("div")
            .classes(&["picture-frame", props.motion.class()])
            .child(patterns())
            .list(props.scenery.places.iter().map(|places| drawing(props, places)))
            .child(legend.list(props.scenery.legend.iter().map(entry)))
            .html()
    }
}

fn drawing(props: &SceneProps, places: &Places) -> Element {
    let back = props.motion == Motion::Back;
    let drawn = picture::draw(&props.stage, &props.frame, places);
    let mut undone = props
        .left
        .as_ref()
        .filter(|_| back)
        .map_or_else(Vec::new, |left| picture::draw(&props.stage, left, places).groups);
    undone.retain(|it| it.key == "trail" || it.key == "chip");
    let moving = if back { &undone } else { &drawn.groups };
    let travel = moving.iter().find_map(|it| it.travel.as_ref());
    let travel = travel.filter(|_| props.motion != Motion::None).map(motion::travel);
    let groups = |groups: &[picture::Group], role, moves| {
        list(groups.iter().map(|it| {
            let group = marks::group(it, props.frame.at, role);
            match &travel {
                Some(travel) if moves && it.key == "chip" => group.style(travel),
                _ => group,
            }
        }))
    };
    let shape = match places.layout() {
        Layout::Wide | Layout::Middle => "wide",
        Layout::Tall => "tall",
    };
    element("svg")
        .key(shape)
        .classes(&["picture", shape])
        .attribute("viewBox", format!("0 0 {} {}", drawn.width, drawn.height))
        .attribute("role", "img")
        .attribute("aria-label", drawn.description)
        .testid(format!("scene-{shape}"))
        .child((groups(&drawn.groups, "", !back), groups(&undone, "undone", true)))
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
