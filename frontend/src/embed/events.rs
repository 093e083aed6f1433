//! What `<race-walk>` tells its document: that it is ready, each step, the verdict, what went wrong. It
//! knows the store, no part.

use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, CustomEventInit, HtmlElement};

use crate::protocol::Verdict;
use crate::store::{Stand, State};

/// What was told last.
pub(crate) struct Events {
    host: HtmlElement,
    is_ready: bool,
    /// The schedule and the steps taken.
    step: Option<(String, usize)>,
    /// The number of the question that was answered.
    verdict: Option<u32>,
    failed: Option<String>,
}

impl Events {
    /// Nothing yet.
    pub(crate) fn of(host: HtmlElement) -> Self {
        Self { host, is_ready: false, step: None, verdict: None, failed: None }
    }

    /// Tells what is new.
    pub(crate) fn follow(&mut self, state: &State) {
        self.failed = None;
        if !self.is_ready {
            self.is_ready = true;
            dispatch(&self.host, "ready", &detail(&[("race", text(&state.race.race.id))]));
        }
        if let Some(stand) = state.stand() {
            self.step(stand);
        }
        if let Some(summary) = state.summary()
            && self.verdict.replace(state.question.id) != Some(state.question.id)
        {
            let kinds: js_sys::Array = summary.violations.iter().map(|it| text(&it.kind)).collect();
            let word = match summary.verdict {
                Verdict::Safe => "safe",
                Verdict::Violated => "violated",
                Verdict::Incomplete => "incomplete",
            };
            let shortest = summary.shortest().map_or(JsValue::NULL, |it| text(&it.schedule));
            let told = [
                ("verdict", text(word)),
                ("kinds", kinds.into()),
                ("states", number(summary.states)),
                ("shortest", shortest),
            ];
            dispatch(&self.host, "verdict", &detail(&told));
        }
    }

    fn step(&mut self, Stand { bench, run }: &Stand) {
        let now = (run.possible(bench), run.at);
        if self.step.as_ref() == Some(&now) {
            return;
        }
        let last = run.frame.last.as_ref();
        let key = last.map_or(JsValue::NULL, |it| text(bench.key(it.step)));
        let told = [
            ("at", number(now.1)),
            ("length", number(run.len())),
            ("schedule", text(&now.0)),
            ("step", key),
        ];
        dispatch(&self.host, "step", &detail(&told));
        self.step = Some(now);
    }

    /// Nothing can be shown.
    pub(crate) fn failed(&mut self, why: &str) {
        if self.failed.as_deref() != Some(why) {
            self.failed = Some(why.to_owned());
            dispatch(&self.host, "error", &detail(&[("message", text(why))]));
        }
    }
}

fn text(text: &str) -> JsValue {
    JsValue::from_str(text)
}

fn number(number: usize) -> JsValue {
    JsValue::from_f64(number as f64)
}

fn detail(entries: &[(&str, JsValue)]) -> JsValue {
    let detail = Object::new();
    for (name, value) in entries {
        // A new object takes any property.
        drop(Reflect::set(&detail, &text(name), value));
    }
    detail.into()
}

/// An event of an element, which bubbles.
fn dispatch(host: &HtmlElement, name: &str, detail: &JsValue) {
    let init = CustomEventInit::new();
    init.set_detail(detail);
    init.set_bubbles(true);
    if let Ok(event) = CustomEvent::new_with_event_init_dict(name, &init) {
        drop(host.dispatch_event(event.unchecked_ref()));
    }
}
