//! What is to be done with components, in Yew's order: all that was asked for is done at the end of what
//! the browser does now, parents before children, and `rendered` of children before that of parents.

use std::cell::{Cell, RefCell};

use crate::html::scope::Task;

/// What waits. Of some kinds only one task can wait for a component: the newest; these are in the order of
/// the components' numbers.
#[derive(Default)]
struct Scheduler {
    destroy: Vec<Waiting>,
    create: Vec<Waiting>,
    render_first: Vec<Waiting>,
    change: Vec<Waiting>,
    rendered_first: Vec<Waiting>,
    update: Vec<Waiting>,
    render: Vec<Waiting>,
    rendered: Vec<Waiting>,
}

/// A task, and the number of its component.
type Waiting = (usize, Task);

thread_local! {
    static SCHEDULER: RefCell<Scheduler> = RefCell::default();
    static IS_STARTED: Cell<bool> = const { Cell::new(false) };
}

/// Has a task of a component done, soon.
pub(crate) fn push(component: usize, task: Task) {
    SCHEDULER.with_borrow_mut(|it| {
        let (queue, only_one) = match &task {
            Task::Destroy(..) => (&mut it.destroy, false),
            Task::Create(_) => (&mut it.create, false),
            Task::RenderFirst(_) => (&mut it.render_first, true),
            Task::Change(..) => (&mut it.change, false),
            Task::Rendered(_, true) => (&mut it.rendered_first, true),
            Task::Update(_) => (&mut it.update, false),
            Task::Render(_) => (&mut it.render, true),
            Task::Rendered(_, false) => (&mut it.rendered, true),
        };
        let at = match queue.iter().position(|it| it.0 >= component) {
            Some(at) if only_one => at,
            _ => queue.len(),
        };
        if only_one && queue.get(at).is_some_and(|it| it.0 == component) {
            queue.remove(at);
        }
        queue.insert(at, (component, task));
    });
    if !IS_STARTED.replace(true) {
        wasm_bindgen_futures::spawn_local(async { run() });
    }
}

fn run() {
    loop {
        let tasks = SCHEDULER.with_borrow_mut(Scheduler::next);
        if tasks.is_empty() {
            break;
        }
        for (_, task) in tasks {
            task.run();
        }
    }
    IS_STARTED.set(false);
}

impl Scheduler {
    /// What is to be done next. Rendering is done one at a time: it can make more children, whose first
    /// rendering must not wait.
    fn next(&mut self) -> Vec<Waiting> {
        let mut tasks = std::mem::take(&mut self.destroy);
        tasks.append(&mut self.create);
        if !tasks.is_empty() {
            return tasks;
        }
        if !self.render_first.is_empty() {
            tasks.push(self.render_first.remove(0));
            return tasks;
        }
        tasks.append(&mut self.change);
        self.rendered_first.reverse();
        tasks.append(&mut self.rendered_first);
        tasks.append(&mut self.update);
        if !tasks.is_empty() {
            return tasks;
        }
        if !self.render.is_empty() {
            tasks.push(self.render.remove(0));
            return tasks;
        }
        self.rendered.reverse();
        tasks.append(&mut self.rendered);
        tasks
    }
}
