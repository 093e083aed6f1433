//! Runs a module: every state that its initial one leads to. Imports the parser only, nothing of the engine.

use std::collections::{BTreeMap, BTreeSet};

use super::parse::{Module, T};

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum V {
    Bool(bool),
    Number(i64),
    Text(String),
    Set(BTreeSet<V>),
    Function(BTreeMap<V, V>),
}

pub(super) type State = BTreeMap<String, V>;

/// What was found.
#[derive(Default, PartialEq, Eq, Debug)]
pub(super) struct Found {
    /// States in which nothing is broken.
    pub(super) states: usize,
    /// Kinds of violation.
    pub(super) kinds: BTreeSet<String>,
    /// Whether some state has no next one, not even itself.
    pub(super) deadlock: bool,
}

/// Explores; panics where a state is not of its type, or an action leaves a variable open.
pub(super) fn explore(module: &Module) -> Found {
    let runner = Runner { module };
    let init = runner.initial();
    let mut seen = BTreeSet::from([init.clone()]);
    let mut open = vec![init];
    let mut found = Found::default();
    while let Some(state) = open.pop() {
        let types = &module.definitions["TypeOK"].1;
        assert_eq!(runner.eval(types, &state, &State::new()), V::Bool(true), "{state:?}");
        match &state["broken"] {
            V::Text(kind) if kind == "no" => found.states += 1,
            V::Text(kind) => {
                found.kinds.insert(kind.clone());
            }
            other => panic!("broken is {other:?}"),
        }
        let next = runner.next(&state);
        found.deadlock |= next.is_empty();
        for state in next {
            if seen.insert(state.clone()) {
                open.push(state);
            }
        }
    }
    found
}

struct Runner<'m> {
    module: &'m Module,
}

impl Runner<'_> {
    fn initial(&self) -> State {
        let mut state = State::new();
        let mut open = vec![&self.module.definitions["Init"].1];
        while let Some(tree) = open.pop() {
            match tree {
                T::Bin(sign, left, right) if sign == "/\\" => open.extend([&**left, &**right]),
                T::Bin(sign, left, right) if sign == "=" => {
                    let T::Name(name) = &**left else { panic!("no variable: {left:?}") };
                    let value = self.eval(right, &State::new(), &State::new());
                    assert!(state.insert(name.clone(), value).is_none(), "{name} twice");
                }
                other => panic!("not in Init: {other:?}"),
            }
        }
        assert!(self.module.variables.iter().all(|it| state.contains_key(it)));
        state
    }

    fn next(&self, state: &State) -> Vec<State> {
        let next = &self.module.definitions["Next"].1;
        let found = self.act(next, state, &State::new(), State::new());
        for next in &found {
            assert_eq!(next.len(), self.module.variables.len(), "a variable is left open");
        }
        found
    }

    /// Every way in which an action can hold, given what is known of the next state.
    fn act(&self, tree: &T, state: &State, locals: &State, known: State) -> Vec<State> {
        match tree {
            T::Bin(sign, left, right) if sign == "/\\" => self
                .act(left, state, locals, known)
                .into_iter()
                .flat_map(|known| self.act(right, state, locals, known))
                .collect(),
            T::Bin(sign, left, right) if sign == "\\/" && self.is_action(tree) => {
                let mut all = self.act(left, state, locals, known.clone());
                all.extend(self.act(right, state, locals, known));
                all
            }
            T::Bin(sign, left, right) if sign == "=" && matches!(**left, T::Next(_)) => {
                let T::Next(name) = &**left else { return Vec::new() };
                let value = self.eval(right, state, locals);
                vec![set(known, name, value)]
            }
            T::Unchanged(names) => {
                let all = names == &["vars"];
                let names = if all { &self.module.variables } else { names };
                vec![names.iter().fold(known, |known, it| set(known, it, state[it].clone()))]
            }
            T::If(condition, then, otherwise) => {
                let holds = self.eval(condition, state, locals) == V::Bool(true);
                self.act(if holds { then } else { otherwise }, state, locals, known)
            }
            T::Let(name, value, body) => {
                let mut locals = locals.clone();
                let value = self.eval(value, state, &locals);
                assert!(locals.insert(name.clone(), value).is_none(), "{name} twice");
                self.act(body, state, &locals, known)
            }
            T::Call(name, arguments) => {
                let (parameters, body) = &self.module.definitions[name];
                let values = arguments.iter().map(|it| self.eval(it, state, locals));
                let locals = parameters.iter().cloned().zip(values).collect();
                self.act(body, state, &locals, known)
            }
            T::Name(name) if self.is_action(tree) => {
                self.act(&self.module.definitions[name].1, state, &State::new(), known)
            }
            other => match self.eval(other, state, locals) {
                V::Bool(true) => vec![known],
                V::Bool(false) => Vec::new(),
                value => panic!("no truth: {value:?}"),
            },
        }
    }

    /// Whether it says something of the next state.
    fn is_action(&self, tree: &T) -> bool {
        match tree {
            T::Next(_) | T::Unchanged(_) | T::Call(..) => true,
            T::Bin(_, left, right) => self.is_action(left) || self.is_action(right),
            T::If(_, then, otherwise) => self.is_action(then) || self.is_action(otherwise),
            T::Let(_, _, body) => self.is_action(body),
            T::Name(name) => {
                self.module.definitions.get(name).is_some_and(|it| self.is_action(&it.1))
            }
            _ => false,
        }
    }

    fn eval(&self, tree: &T, state: &State, locals: &State) -> V {
        let eval = |it: &T| self.eval(it, state, locals);
        match tree {
            T::Number(number) => V::Number(*number),
            T::Text(text) => V::Text(text.clone()),
            T::Name(name) if name == "TRUE" || name == "FALSE" => V::Bool(name == "TRUE"),
            T::Name(name) => {
                let known = locals.get(name).or_else(|| state.get(name));
                known.cloned().unwrap_or_else(|| {
                    let defined = self.module.definitions.get(name);
                    let defined = defined.unwrap_or_else(|| panic!("what is {name}?"));
                    self.eval(&defined.1, state, &State::new())
                })
            }
            T::At(function, index) => {
                let V::Function(function) = eval(function) else { panic!("no function") };
                let index = eval(index);
                function.get(&index).cloned().unwrap_or_else(|| panic!("no element {index:?}"))
            }
            T::Not(inner) => V::Bool(!truth(&eval(inner))),
            T::Bin(sign, left, right) => match sign.as_str() {
                "/\\" => V::Bool(truth(&eval(left)) && truth(&eval(right))),
                "\\/" => V::Bool(truth(&eval(left)) || truth(&eval(right))),
                "\\in" => V::Bool(self.is_in(&eval(left), right, state, locals)),
                sign => apply(sign, eval(left), eval(right)),
            },
            T::If(condition, then, otherwise) => {
                if truth(&eval(condition)) {
                    eval(then)
                } else {
                    eval(otherwise)
                }
            }
            T::Set(members) => V::Set(members.iter().map(eval).collect()),
            T::Function(name, domain, value) => {
                let V::Set(domain) = eval(domain) else { panic!("no set") };
                let element = |index: V| {
                    let locals = State::from([(name.clone(), index.clone())]);
                    (index, self.eval(value, state, &locals))
                };
                V::Function(domain.into_iter().map(element).collect())
            }
            T::Except(function, index, value) => {
                let V::Function(mut function) = eval(function) else { panic!("no function") };
                let index = eval(index);
                let old = function.insert(index, eval(value));
                assert!(old.is_some(), "there is no such element");
                V::Function(function)
            }
            other => panic!("no value: {other:?}"),
        }
    }

    fn is_in(&self, value: &V, set: &T, state: &State, locals: &State) -> bool {
        match (set, value) {
            (T::Subsets(all), V::Set(value)) => {
                let V::Set(all) = self.eval(all, state, locals) else { panic!("no set") };
                value.is_subset(&all)
            }
            (T::Functions(domain, range), V::Function(value)) => {
                let V::Set(domain) = self.eval(domain, state, locals) else { panic!("no set") };
                value.keys().eq(domain.iter())
                    && value.values().all(|it| self.is_in(it, range, state, locals))
            }
            (set, value) => match self.eval(set, state, locals) {
                V::Set(set) => set.contains(value),
                other => panic!("no set: {other:?}"),
            },
        }
    }
}

fn set(mut known: State, name: &str, value: V) -> State {
    assert!(known.insert(name.to_owned(), value).is_none(), "{name}' twice");
    known
}

fn truth(value: &V) -> bool {
    match value {
        V::Bool(value) => *value,
        other => panic!("no truth: {other:?}"),
    }
}

fn apply(sign: &str, left: V, right: V) -> V {
    match (sign, left, right) {
        ("=", left, right) => V::Bool(same(&left, &right)),
        ("#", left, right) => V::Bool(!same(&left, &right)),
        ("<", V::Number(left), V::Number(right)) => V::Bool(left < right),
        (">", V::Number(left), V::Number(right)) => V::Bool(left > right),
        ("<=", V::Number(left), V::Number(right)) => V::Bool(left <= right),
        ("+", V::Number(left), V::Number(right)) => V::Number(left + right),
        ("-", V::Number(left), V::Number(right)) => V::Number(left - right),
        ("*", V::Number(left), V::Number(right)) => V::Number(left * right),
        ("%", V::Number(left), V::Number(right)) => {
            assert!(right > 0, "TLC divides by positive numbers only");
            V::Number(left.rem_euclid(right))
        }
        ("..", V::Number(left), V::Number(right)) => {
            V::Set((left..=right).map(V::Number).collect())
        }
        ("\\cup", V::Set(left), V::Set(right)) => V::Set(&left | &right),
        ("\\", V::Set(left), V::Set(right)) => V::Set(&left - &right),
        ("\\subseteq", V::Set(left), V::Set(right)) => V::Bool(left.is_subset(&right)),
        (sign, left, right) => panic!("{left:?} {sign} {right:?}"),
    }
}

/// TLC compares only what is of one kind.
fn same(left: &V, right: &V) -> bool {
    assert_eq!(std::mem::discriminant(left), std::mem::discriminant(right), "{left:?}, {right:?}");
    left == right
}
