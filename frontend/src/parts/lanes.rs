//! The lanes: every actor's code side by side. It knows frames, no model.

use racewalk_engine::view::Lane;

use super::lane::{LaneProps, lane};
use super::{Asked, button};
use crate::element::{Element, element};
use crate::still::Pieces;
use crate::store::Action;

/// The lanes; `versions`: the kernel versions that the race cites.
pub(crate) fn lanes(props: LaneProps<'_>, versions: &[String], pieces: &mut Pieces) -> Element {
    let mut lanes = |acts: fn(&Lane) -> bool| -> Vec<Element> {
        let drawn = props.stage.lanes.iter().filter(|it| !it.rows.is_empty());
        drawn.filter(|it| acts(it)).filter_map(|it| lane(props, it, pieces)).collect()
    };
    let acting = lanes(|it| it.hue.is_some());
    let environment = lanes(|it| it.hue.is_none());
    let chosen = props.version.map(|it| version_choice(versions, it, props.asked));
    let heading = element("h2")
        .attribute("id", "lanes-heading")
        .child(("Lanes", chosen))
        .child(element("small").child("At the right, the step at which a line ran."));
    let environment = (!environment.is_empty()).then(|| {
        element("div").key("environment").class("lane-grid environment").list(environment)
    });
    element("section")
        .class("lanes")
        .attribute("id", "lanes")
        .attribute("aria-labelledby", "lanes-heading")
        .attribute("tabindex", "-1")
        .child(heading)
        .child(element("div").class("lane-grid").list(acting))
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
