//! A component that lives: its messages, its properties, what it shows.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;

use web_sys::Element;

use super::{BaseComponent, Context, Html};
use crate::callback::Callback;
use crate::dom::{Bundle, Slot};
use crate::scheduler;

/// What a component is reached by.
pub struct Scope<COMP: BaseComponent> {
    /// In the order in which components were made: parents before children.
    number: usize,
    messages: Rc<RefCell<Vec<COMP::Message>>>,
    state: State,
}

/// `None` before it is made and once it is gone.
pub(crate) type State = Rc<RefCell<Option<Living>>>;

/// A component, and what it shows.
pub(crate) struct Living {
    number: usize,
    component: Box<dyn Lively>,
    parent: Element,
    /// Behind what it shows.
    behind: Slot,
    /// Where what it shows begins.
    own: Slot,
    bundle: Bundle,
    is_rendered: bool,
}

/// Something to be done with a component.
pub(crate) enum Task {
    Create(Box<dyn FnOnce()>),
    RenderFirst(State),
    Render(State),
    Update(State),
    Change(State, Rc<dyn Any>),
    /// Whether it was rendered for the first time.
    Rendered(State, bool),
    /// Whether what it stands in goes away, too.
    Destroy(State, bool),
}

impl Task {
    pub(crate) fn run(self) {
        match self {
            Self::Create(create) => create(),
            Self::RenderFirst(state) | Self::Render(state) => {
                let mut living = state.borrow_mut();
                let Some(living) = &mut *living else { return };
                let html = living.component.view();
                let first = living.bundle.reconcile(html, &living.parent, living.behind.chained());
                living.own.set(first);
                let is_first = !std::mem::replace(&mut living.is_rendered, true);
                scheduler::push(living.number, Self::Rendered(Rc::clone(&state), is_first));
            }
            Self::Update(state) => {
                if let Some(living) = &mut *state.borrow_mut()
                    && living.component.update()
                {
                    scheduler::push(living.number, Self::Render(Rc::clone(&state)));
                }
            }
            Self::Change(state, props) => {
                if let Some(living) = &mut *state.borrow_mut()
                    && living.component.change(props)
                {
                    scheduler::push(living.number, Self::Render(Rc::clone(&state)));
                }
            }
            Self::Rendered(state, is_first) => {
                if let Some(living) = &mut *state.borrow_mut() {
                    living.component.rendered(is_first);
                }
            }
            Self::Destroy(state, with_parent) => {
                let living = state.borrow_mut().take();
                if let Some(mut living) = living {
                    living.component.destroy();
                    living.bundle.detach(&living.parent, with_parent);
                }
            }
        }
    }
}

/// A component of any type.
pub(crate) trait Lively {
    fn view(&self) -> Html;
    fn update(&mut self) -> bool;
    fn change(&mut self, props: Rc<dyn Any>) -> bool;
    fn rendered(&mut self, is_first: bool);
    fn destroy(&mut self);
}

struct Live<COMP: BaseComponent> {
    component: COMP,
    context: Context<COMP>,
}

impl<COMP: BaseComponent> Lively for Live<COMP> {
    fn view(&self) -> Html {
        self.component.view(&self.context)
    }

    fn update(&mut self) -> bool {
        let messages = self.context.scope.messages.take();
        let mut is_changed = false;
        for message in messages {
            is_changed |= self.component.update(&self.context, message);
        }
        is_changed
    }

    fn change(&mut self, props: Rc<dyn Any>) -> bool {
        let Ok(props) = props.downcast::<COMP::Properties>() else { return false };
        if self.context.props == props {
            return false;
        }
        let old = std::mem::replace(&mut self.context.props, props);
        self.component.changed(&self.context, &old)
    }

    fn rendered(&mut self, is_first: bool) {
        self.component.rendered(&self.context, is_first);
    }

    fn destroy(&mut self) {
        self.component.destroy(&self.context);
    }
}

thread_local! {
    static NUMBERS: Cell<usize> = const { Cell::new(0) };
}

impl<COMP: BaseComponent> Scope<COMP> {
    pub(crate) fn new() -> Self {
        let number = NUMBERS.get();
        NUMBERS.set(number + 1);
        Self { number, messages: Rc::default(), state: State::default() }
    }

    /// Makes it and shows it, soon; returns where what it shows will begin.
    pub(crate) fn mount(&self, parent: Element, behind: Slot, props: Rc<COMP::Properties>) -> Slot {
        let behind = Slot::moving(behind);
        let own = Slot::moving(behind.chained());
        let shared = own.chained();
        let scope = self.clone();
        let create = move || {
            let number = scope.number;
            let state = Rc::clone(&scope.state);
            let context = Context { scope, props };
            let component = COMP::create(&context);
            let component = Box::new(Live { component, context });
            let bundle = Bundle::default();
            let living =
                Living { number, component, parent, behind, own, bundle, is_rendered: false };
            *state.borrow_mut() = Some(living);
        };
        scheduler::push(self.number, Task::Create(Box::new(create)));
        scheduler::push(self.number, Task::RenderFirst(Rc::clone(&self.state)));
        shared
    }

    pub(crate) fn destroy(&self, with_parent: bool) {
        self.any().destroy(with_parent);
    }

    /// The same, of any type.
    pub(crate) fn any(&self) -> AnyScope {
        AnyScope { number: self.number, state: Rc::clone(&self.state) }
    }

    /// Sends the component a message.
    pub fn send_message(&self, message: impl Into<COMP::Message>) {
        let mut messages = self.messages.borrow_mut();
        messages.push(message.into());
        if messages.len() == 1 {
            scheduler::push(self.number, Task::Update(Rc::clone(&self.state)));
        }
    }

    /// What sends the component a message whenever it is called.
    pub fn callback<IN, M: Into<COMP::Message>>(
        &self,
        make: impl Fn(IN) -> M + 'static,
    ) -> Callback<IN> {
        let scope = self.clone();
        Callback::from(move |it| scope.send_message(make(it)))
    }
}

impl<COMP: BaseComponent> Clone for Scope<COMP> {
    fn clone(&self) -> Self {
        Self {
            number: self.number,
            messages: Rc::clone(&self.messages),
            state: Rc::clone(&self.state),
        }
    }
}

impl<COMP: BaseComponent> fmt::Debug for Scope<COMP> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scope").finish_non_exhaustive()
    }
}

/// A component's scope without its type.
pub(crate) struct AnyScope {
    number: usize,
    state: State,
}

impl AnyScope {
    pub(crate) fn change(&self, props: Rc<dyn Any>, behind: Slot) {
        // At once: what is behind it may be another node, before which others are put until the change is made.
        if let Some(living) = &*self.state.borrow() {
            living.behind.set(behind);
        }
        scheduler::push(self.number, Task::Change(Rc::clone(&self.state), props));
    }

    pub(crate) fn destroy(&self, with_parent: bool) {
        scheduler::push(self.number, Task::Destroy(Rc::clone(&self.state), with_parent));
    }

    /// Moves what it shows.
    pub(crate) fn shift(&self, parent: &Element, behind: Slot) {
        if let Some(living) = &mut *self.state.borrow_mut() {
            living.parent = parent.clone();
            living.behind.set(behind);
            living.bundle.shift(&living.parent, living.behind.chained());
        }
    }
}
