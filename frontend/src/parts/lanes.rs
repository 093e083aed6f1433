//! The lanes: every actor's code side by side. It knows frames, no model.

use racewalk_engine::view::Lane;

use super::lane::{LaneProps, lane};
use super::{Asked, button};
use crate::element::{Element, element};
use crate::store::Action;

/// The lanes; `versions`: the kernel versions that the race cites.
pub(crate) fn lanes(props: LaneProps<'_>, versions: &[String]) -> Element {
    let lanes = |acts: fn(&Lane) -> bool| {
        let drawn = props.stage.lanes.iter().filter(|it| !it.rows.is_empty());
        drawn.filter(move |it| acts(it)).filter_map(move |it| lane(props, it))
    };
    let chosen = props.version.map(|it| version_choice(versions, it, props.asked));
    let heading = element("h2")
        .attribute("id", "lanes-heading")
        .child(("Lanes", chosen))
        .child(element("small").child("At the right, the step at which a line ran."));
    let mut environment = lanes(|it| it.hue.is_none()).peekable();
    let environment = environment.peek().is_some().then(|| {
        element("div").key("environment").class("lane-grid environment").list(environment)
    });
    element("section")
        .class("lanes")
        .attribute("id", "lanes")
        .attribute("aria-labelledby", "lanes-heading")
        .attribute("tabindex", "-1")
        .child(heading)
        .child(element("div").class("lane-grid").list(lanes(|it| it.hue.is_some())))
        .child(environment)
}

/// The choice of the kernel version whose names are shown.
fn version_choice(versions: &[String], version: &str, asked: &Asked) -> Element {
    let versions = versions.iter().map(|it| {
        button("button small", asked, Action::Kernel(it.clone()))
            .key(it)
            .attribute("aria-pressed", it == version)
            .testid(format!("kernel-{it}"))
            .child(("Linux ", it.trim_start_matches('v').to_owned()))
    });
    element("span")
        .key("versions")
        .class("versions")
        .attribute("role", "group")
        .attribute("aria-label", "Kernel version of the citations")
        .list(versions)
}
