//! The sheet about a race: what it is about, what it leaves out, its knobs and its words. It knows
//! the race's texts, no model.

use racewalk_engine::race::Knob;
use yew::prelude::*;

use super::sheet::SheetFrame;
use super::text::{MARKS, Terms, mark, mark_words, plain};
use crate::store::Action;

/// Properties of [`About`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct AboutProps {
    /// The race.
    pub(crate) race: Terms,
    /// Told to close it.
    pub(crate) act: Callback<Action>,
}

/// The sheet about a race.
#[component]
pub(crate) fn About(props: &AboutProps) -> Html {
    let race = &props.race.race;
    html! {
        <SheetFrame title={race.title.clone()} testid="about" act={props.act.clone()}>
            { for race.about.iter().map(|it| html! { <p>{ plain(it) }</p> }) }
            if !race.left_out.is_empty() {
                <section key="left-out">
                    <h3>{ "What the model leaves out" }</h3>
                    <ul class="dashes">
                        { for race.left_out.iter().map(|it| html! { <li>{ plain(it) }</li> }) }
                    </ul>
                </section>
            }
            if !race.knobs.is_empty() {
                <section key="knobs">
                    <h3>{ "Knobs" }</h3>
                    { for race.knobs.iter().map(meanings) }
                </section>
            }
            if !race.terms.is_empty() {
                <section key="terms">
                    <h3>{ "Words" }</h3>
                    <dl class="words">
                        { for race.terms.iter().map(|it| html! {
                            <div><dt>{ it.names.join(", ") }</dt><dd>{ plain(&it.text) }</dd></div>
                        }) }
                    </dl>
                </section>
            }
            <section key="marks">
                <h3>{ "Source marks" }</h3>
                <dl class="words">
                    <div><dt>{ "no mark" }</dt><dd>{ "read in the source" }</dd></div>
                    { for MARKS.into_iter().map(|it| html! {
                        <div><dt>{ mark(it) }</dt><dd>{ mark_words(it).1 }</dd></div>
                    }) }
                </dl>
            </section>
        </SheetFrame>
    }
}

/// A knob, and what each of its values means.
pub(crate) fn meanings(knob: &Knob) -> Html {
    html! {
        <div class="meanings" key={knob.name.clone()}>
            <p>
                <code>{ &knob.name }</code>{ ": " }{ plain(&knob.text) }
                { for knob.marks.iter().map(|&it| html! { <>{ " " }{ mark(it) }</> }) }
            </p>
            <dl>
                { for knob.values.iter().enumerate().map(|(number, it)| html! {
                    <div>
                        <dt><code>{ &it.name }</code></dt>
                        <dd>
                            { plain(&it.text) }
                            { for it.marks.iter().map(|&it| html! { <>{ " " }{ mark(it) }</> }) }
                            if number == 0 {
                                <span class="second">{ if it.text.is_empty() { "default" } else { " (default)" } }</span>
                            }
                        </dd>
                    </div>
                }) }
            </dl>
        </div>
    }
}
