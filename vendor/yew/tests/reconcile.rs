//! However a document came about, it is what would have been made afresh; and an element with a key stays itself.
#![cfg(target_arch = "wasm32")]

use std::cell::RefCell;

use js_sys::Promise;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;
use yew::{Component, Context, Html, Properties, Renderer, html};

/// How many documents follow each other, and how often that is tried.
const STEPS: usize = 6;
const TRIES: usize = 100;

/// What is shown.
#[derive(Clone, PartialEq, Debug)]
enum Tree {
    Text(u8),
    Element {
        key: Option<u8>,
        is_span: bool,
        class: Option<u8>,
        children: Vec<Tree>,
    },
    Part {
        key: Option<u8>,
        children: Vec<Tree>,
    },
    List(Vec<Tree>),
    /// What was made of an equal one before, if there was any.
    Kept(Box<Tree>),
}

impl Tree {
    fn key(&self) -> Option<u8> {
        match self {
            Self::Element { key, .. } | Self::Part { key, .. } => *key,
            Self::Kept(tree) => tree.key(),
            Self::Text(_) | Self::List(_) => None,
        }
    }
}

thread_local! {
    static KEPT: RefCell<Vec<(Tree, Html)>> = const { RefCell::new(Vec::new()) };
}

fn tree() -> impl Strategy<Value = Tree> {
    let leaf = (0..4_u8).prop_map(Tree::Text);
    leaf.prop_recursive(4, 24, 5, |inner| {
        let some = prop::collection::vec(inner.clone(), 0..5);
        let key = prop::option::weighted(0.7, 0..6_u8);
        prop_oneof![
            (key.clone(), any::<bool>(), prop::option::of(0..3_u8), some.clone()).prop_map(
                |(key, is_span, class, children)| Tree::Element {
                    key,
                    is_span,
                    class,
                    children: distinct(children)
                }
            ),
            (key, some.clone())
                .prop_map(|(key, children)| Tree::Part { key, children: distinct(children) }),
            some.prop_map(|it| Tree::List(distinct(it))),
            inner.prop_map(|it| Tree::Kept(Box::new(it))),
        ]
    })
}

/// Without those whose key another one has before them.
fn distinct(mut trees: Vec<Tree>) -> Vec<Tree> {
    let mut seen = Vec::new();
    trees.retain(|it| match it.key() {
        Some(key) => {
            let is_new = !seen.contains(&key);
            seen.push(key);
            is_new
        }
        None => true,
    });
    trees
}

#[derive(Clone, PartialEq, Debug, Properties)]
struct Shown {
    trees: Vec<Tree>,
}

/// Shows what it is given, or was told last.
struct Part(Option<Vec<Tree>>);

impl Component for Part {
    type Message = Vec<Tree>;
    type Properties = Shown;

    fn create(_: &Context<Self>) -> Self {
        Self(None)
    }

    fn update(&mut self, _: &Context<Self>, trees: Vec<Tree>) -> bool {
        self.0 = Some(trees);
        true
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let trees = self.0.as_ref().unwrap_or(&context.props().trees);
        html! { <>{ for trees.iter().map(node) }</> }
    }
}

fn node(tree: &Tree) -> Html {
    match tree {
        Tree::Text(number) => html! { { number } },
        Tree::List(trees) => html! { <>{ for trees.iter().map(node) }</> },
        Tree::Kept(tree) => {
            let known =
                KEPT.with_borrow(|all| all.iter().find(|it| it.0 == **tree).map(|it| it.1.clone()));
            known.unwrap_or_else(|| {
                let made = node(tree);
                KEPT.with_borrow_mut(|all| all.push(((**tree).clone(), made.clone())));
                made
            })
        }
        Tree::Part { key: Some(key), children } => {
            html! { <Part key={key.to_string()} trees={children.clone()} /> }
        }
        Tree::Part { key: None, children } => html! { <Part trees={children.clone()} /> },
        Tree::Element { key, is_span, class, children } => {
            let title = class.map(|it| it.to_string());
            let children = children.iter().map(node);
            match (key.map(|it| it.to_string()), *is_span) {
                (Some(key), true) => {
                    html! { <span key={key.clone()} data-key={key} {title}>{ for children }</span> }
                }
                (Some(key), false) => {
                    html! { <div key={key.clone()} data-key={key} {title}>{ for children }</div> }
                }
                (None, true) => html! { <span {title}>{ for children }</span> },
                (None, false) => html! { <div {title}>{ for children }</div> },
            }
        }
    }
}

/// Until all that was asked for is done.
async fn settle() {
    let later = Promise::new(&mut |done, _| {
        let window = web_sys::window().expect("a window");
        drop(window.set_timeout_with_callback(&done));
    });
    JsFuture::from(later).await.expect("a promise that is kept");
}

fn root() -> Element {
    let document = web_sys::window().and_then(|it| it.document()).expect("a document");
    document.create_element("main").expect("an element")
}

/// Its elements that have a key, with that key.
fn keyed(root: &Element) -> Vec<(Element, String)> {
    let all = root.get_elements_by_tag_name("*");
    let elements = (0..all.length()).filter_map(|it| all.item(it));
    elements.filter_map(|it| Some((it.clone(), it.get_attribute("data-key")?))).collect()
}

#[wasm_bindgen_test]
async fn a_document_is_what_it_would_be_made_afresh() {
    let mut runner = TestRunner::deterministic();
    let trees = prop::collection::vec(tree(), 0..5).prop_map(distinct);
    for _ in 0..TRIES {
        let mut next = || trees.new_tree(&mut runner).expect("trees").current();
        let (place, mut shown) = (root(), next());
        let part =
            Renderer::<Part>::with_root_and_props(place.clone(), Shown { trees: shown.clone() });
        let part = part.render();
        settle().await;
        for _ in 0..STEPS {
            let known = keyed(&place);
            let then = next();
            part.send_message(then.clone());
            settle().await;
            let fresh = root();
            let made =
                Renderer::<Part>::with_root_and_props(fresh.clone(), Shown { trees: then.clone() });
            let made = made.render();
            settle().await;
            assert_eq!(place.inner_html(), fresh.inner_html(), "from {shown:?} to {then:?}");
            for (element, key) in known {
                let now = element.get_attribute("data-key");
                assert!(now.is_none_or(|it| it == key), "from {shown:?} to {then:?}");
            }
            made.destroy();
            settle().await;
            assert_eq!(fresh.inner_html(), "", "of {then:?}");
            shown = then;
        }
    }
}

/// An element whose neighbours come, go and change places is still the same one.
#[wasm_bindgen_test]
async fn an_element_with_a_key_stays_itself() {
    let of = |keys: &[u8]| -> Vec<Tree> {
        let element =
            |&key| Tree::Element { key: Some(key), is_span: false, class: None, children: vec![] };
        keys.iter().map(element).collect()
    };
    let place = root();
    let part =
        Renderer::<Part>::with_root_and_props(place.clone(), Shown { trees: of(&[0, 1, 2, 3]) });
    let part = part.render();
    settle().await;
    let before = keyed(&place);
    part.send_message(of(&[3, 5, 1, 0]));
    settle().await;
    let after = keyed(&place);
    assert_eq!(after.iter().map(|it| &*it.1).collect::<Vec<_>>(), ["3", "5", "1", "0"]);
    for (element, key) in before.iter().filter(|it| it.1 != "2") {
        assert!(after.iter().any(|it| it.1 == *key && it.0 == *element), "{key}");
    }
}
