//! The scene: the engine's picture of a frame as SVG, with its legend, and how it moves from one frame to the next. It knows no model and computes no position.

mod marks;
mod motion;

use std::cell::RefCell;
use std::rc::Rc;

use racewalk_engine::picture::{self, Layout, Legend, Places, Texture};
use racewalk_engine::view::{Frame, Stage};
use yew::prelude::*;

pub(crate) use motion::Motion;

/// Properties of [`Scene`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct SceneProps {
    /// What stays.
    pub(crate) stage: Rc<Stage>,
    /// Where the schedule stands.
    pub(crate) frame: Rc<Frame>,
    /// How it came there.
    #[prop_or_default]
    pub(crate) motion: Motion,
    /// Makes ids unique where a document has several scenes.
    #[prop_or(AttrValue::Static("scene"))]
    pub(crate) id_prefix: AttrValue,
}

/// The picture of a frame, wide and tall: the style sheet shows the one for which there is room.
#[component]
pub(crate) fn Scene(props: &SceneProps) -> Html {
    let places = use_memo(props.stage.clone(), |stage| {
        [Layout::Wide, Layout::Tall].map(|it| Rc::new(Places::of(stage, it)))
    });
    let legend = use_memo(props.stage.clone(), |stage| picture::legend(stage));
    let before = use_mut_ref(|| None);
    let left = left(&before, props);
    let prefix = &props.id_prefix;
    html! {
        <div class={classes!("picture-frame", props.motion.class())}>
            { patterns(prefix) }
            { for places.iter().map(|places| html! {
                <Drawing
                    key={shape(places)}
                    stage={props.stage.clone()}
                    frame={props.frame.clone()}
                    places={places.clone()}
                    motion={props.motion}
                    left={left.clone()}
                    id_prefix={prefix.clone()}
                />
            }) }
            <ul class="legend" aria-label="Legend">
                { for legend.iter().map(|it| entry(it, prefix)) }
            </ul>
        </div>
    }
}

/// The frame that a step back has left, whose step is undone before the reader's eyes.
fn left(before: &RefCell<Option<Rc<Frame>>>, props: &SceneProps) -> Option<Rc<Frame>> {
    let before = before.replace(Some(props.frame.clone()));
    before.filter(|it| props.motion == Motion::Back && it.at == props.frame.at + 1)
}

#[derive(Clone, PartialEq, Properties)]
struct DrawingProps {
    stage: Rc<Stage>,
    frame: Rc<Frame>,
    places: Rc<Places>,
    motion: Motion,
    left: Option<Rc<Frame>>,
    id_prefix: AttrValue,
}

#[component]
fn Drawing(props: &DrawingProps) -> Html {
    let drawn = picture::draw(&props.stage, &props.frame, &props.places);
    let at = props.frame.at;
    let undone = props.left.as_ref().map(|left| {
        let drawn = picture::draw(&props.stage, left, &props.places);
        drawn.groups.into_iter().filter(|it| it.key == "trail" || it.key == "chip")
    });
    let undone: Vec<_> = undone.into_iter().flatten().collect();
    let moving = if props.motion == Motion::Back { &undone } else { &drawn.groups };
    let travel = moving.iter().find_map(|it| it.travel.clone());
    let chip = use_node_ref();
    {
        let chip = chip.clone();
        use_effect_with((at, props.motion, travel), move |(_, motion, travel)| {
            motion::travel(&chip, *motion, travel.as_ref());
        });
    }
    let shape = shape(&props.places);
    let is_chip = |key: &str| key == "chip";
    html! {
        <svg
            class={classes!("picture", shape)}
            viewBox={format!("0 0 {} {}", drawn.width, drawn.height)}
            role="img"
            aria-label={drawn.description.clone()}
            data-testid={format!("scene-{shape}")}
        >
            { for drawn.groups.iter().map(|it| {
                let own = is_chip(&it.key) && props.motion != Motion::Back;
                let node = if own { chip.clone() } else { NodeRef::default() };
                marks::group(it, at, "", node, &props.id_prefix)
            }) }
            { for undone.iter().map(|it| {
                let node = if is_chip(&it.key) { chip.clone() } else { NodeRef::default() };
                marks::group(it, at, "undone", node, &props.id_prefix)
            }) }
        </svg>
    }
}

fn shape(places: &Places) -> &'static str {
    match places.layout() {
        Layout::Wide => "wide",
        Layout::Tall => "tall",
    }
}

/// The textures, once for both drawings and the legend.
fn patterns(prefix: &str) -> Html {
    html! {
        <svg class="patterns" width="0" height="0" aria-hidden="true">
            <defs>
                { for Texture::ALL.into_iter().map(|texture| {
                    let tile = picture::tile(texture);
                    let size = tile.size.to_string();
                    html! {
                        <pattern
                            key={texture.name()}
                            id={format!("{prefix}-{}", texture.name())}
                            class={format!("pattern-{}", texture.name())}
                            width={size.clone()}
                            height={size}
                            patternUnits="userSpaceOnUse"
                            patternTransform={format!("rotate({})", tile.turn)}
                        >
                            <path d={tile.d} />
                        </pattern>
                    }
                }) }
            </defs>
        </svg>
    }
}

fn entry(legend: &Legend, prefix: &str) -> Html {
    html! {
        <li key={legend.meaning.clone()}>
            <svg class="picture-sample" width={legend.width.to_string()} height="16" aria-hidden="true">
                { for legend.sample.iter().map(|it| marks::mark(it, prefix)) }
            </svg>
            { legend.meaning.clone() }
        </li>
    }
}
