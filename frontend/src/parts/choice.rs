//! The question which way a step goes, where it can go several. It knows frames, no model.

use racewalk_engine::view::{ActorState, Lane};

use super::glyph::hue_class;
use super::text::prose;
use super::{Asked, button};
use crate::element::{Content, Element, element};
use crate::store::Action;

/// Which way does it go? `None`: there is no choice.
pub(crate) fn choice(lane: &Lane, state: &ActorState, asked: &Asked) -> Option<Element> {
    let ActorState::Ready { step, outcomes } = state else { return None };
    let row = lane.rows.iter().find(|it| it.step == *step);
    let key = row.map_or_else(|| "?".to_owned(), |it| it.key.clone());
    let question = element("p").child(element("code").child(key)).child((
        " of ",
        &lane.name,
        " can go several ways:",
    ));
    let ways = outcomes.iter().filter(|it| it.enabled).map(|it| {
        let number = usize::from(it.outcome) + 1;
        let way = match &it.title {
            Some(title) => prose(title, &[], &mut Vec::new()),
            None => "this way".html(),
        };
        button("button", asked, Action::Choose(it.outcome))
            .key(&number.to_string())
            .testid(format!("choose-{number}"))
            .child(element("kbd").child(number))
            .child(way)
    });
    let group = element("div")
        .key("choice")
        .classes(&["choice", hue_class(lane.hue)])
        .attribute("role", "group")
        .attribute("aria-label", "Which way?")
        .testid("choice")
        .child(question)
        .list(ways)
        .child(button("link", asked, Action::Show(None)).child("Cancel"));
    Some(group)
}
