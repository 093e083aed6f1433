//! Reads as much of TLA+ as the export writes, without a look at columns: what is written means the same either way. Imports nothing.

use std::collections::BTreeMap;

/// An expression, or an action.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum T {
    Number(i64),
    Text(String),
    Name(String),
    /// `x'`.
    Next(String),
    Call(String, Vec<T>),
    At(Box<T>, Box<T>),
    Not(Box<T>),
    Bin(String, Box<T>, Box<T>),
    If(Box<T>, Box<T>, Box<T>),
    Let(String, Box<T>, Box<T>),
    Set(Vec<T>),
    Subsets(Box<T>),
    /// `[x \in S |-> e]`.
    Function(String, Box<T>, Box<T>),
    /// `[S -> T]`.
    Functions(Box<T>, Box<T>),
    /// `[f EXCEPT ![i] = e]`.
    Except(Box<T>, Box<T>, Box<T>),
    Unchanged(Vec<String>),
}

/// A module's definitions, by name, with their parameters; and its variables.
#[derive(Default)]
pub(super) struct Module {
    pub(super) definitions: BTreeMap<String, (Vec<String>, T)>,
    pub(super) variables: Vec<String>,
}

/// Reads a module; panics where it is none that the export would write.
pub(super) fn module(text: &str) -> Module {
    let mut module = Module::default();
    let text = without_comments(text);
    let mut chunks: Vec<String> = Vec::new();
    for line in text.lines().filter(|it| !it.trim().is_empty()) {
        match chunks.last_mut() {
            Some(last) if line.starts_with(' ') => last.push_str(&format!("\n{line}")),
            _ => chunks.push(line.to_owned()),
        }
    }
    for chunk in chunks {
        if chunk.starts_with("----") || chunk.starts_with("====") || chunk.starts_with("EXTENDS") {
            continue;
        }
        if let Some(list) = chunk.strip_prefix("VARIABLES ") {
            module.variables = list.split(", ").map(str::to_owned).collect();
            continue;
        }
        let (head, body) = chunk.split_once("==").expect("a definition");
        let (name, parameters) = match head.trim().split_once('(') {
            Some((name, rest)) => (name, vec![rest.trim_end_matches(')').to_owned()]),
            None => (head.trim(), Vec::new()),
        };
        // Two things are of no use here: the tuple of all variables, and the temporal formula.
        if name == "vars" || name == "Spec" {
            continue;
        }
        let mut parser = Parser { tokens: tokens(body), at: 0 };
        let tree = parser.expr(0);
        assert_eq!(parser.at, parser.tokens.len(), "{name}: {:?}", &parser.tokens[parser.at..]);
        let old = module.definitions.insert(name.to_owned(), (parameters, tree));
        assert!(old.is_none(), "{name} is defined twice");
    }
    module
}

fn without_comments(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("(*") {
        out.push_str(before);
        rest = after.split_once("*)").expect("the comment ends").1;
    }
    out.push_str(rest);
    let line = |it: &str| it.split("\\*").next().unwrap_or_default().to_owned() + "\n";
    out.lines().map(line).collect()
}

const SIGNS: [&str; 29] = [
    "|->",
    "\\subseteq",
    "\\cup",
    "\\in",
    "/\\",
    "\\/",
    "<<",
    ">>",
    "<=",
    "->",
    "==",
    "..",
    "\\",
    "=",
    "#",
    "<",
    ">",
    "+",
    "-",
    "*",
    "%",
    "~",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    ",",
];

fn tokens(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = if first == '"' {
            rest[1..].find('"').expect("the text ends") + 2
        } else if first.is_ascii_alphanumeric() || first == '_' {
            let word = |it: char| !(it.is_ascii_alphanumeric() || it == '_' || it == '\'');
            rest.find(word).unwrap_or(rest.len())
        } else if first == '!' {
            1
        } else {
            let sign = SIGNS.iter().find(|it| rest.starts_with(**it));
            sign.unwrap_or_else(|| panic!("no token: {rest}")).len()
        };
        all.push(rest[..length].to_owned());
        rest = rest[length..].trim_start();
    }
    all
}

struct Parser {
    tokens: Vec<String>,
    at: usize,
}

/// How tightly an operator binds, after Lamport, Specifying Systems, table 6.
fn tie(sign: &str) -> Option<u8> {
    Some(match sign {
        "\\/" => 1,
        "/\\" => 2,
        "=" | "#" | "<" | ">" | "<=" | "\\in" | "\\subseteq" => 4,
        "\\cup" | "\\" => 5,
        ".." => 6,
        "+" | "-" => 7,
        "*" | "%" => 8,
        _ => return None,
    })
}

impl Parser {
    fn peek(&self) -> &str {
        self.tokens.get(self.at).map_or("", String::as_str)
    }

    fn next(&mut self) -> String {
        self.at += 1;
        self.tokens[self.at - 1].clone()
    }

    fn eat(&mut self, token: &str) {
        let found = self.next();
        assert_eq!(found, token, "{:?}", &self.tokens[self.at.saturating_sub(9)..self.at]);
    }

    fn boxed(&mut self) -> Box<T> {
        Box::new(self.expr(0))
    }

    fn expr(&mut self, least: u8) -> T {
        // The sign before the first of a list.
        while matches!(self.peek(), "/\\" | "\\/") {
            self.at += 1;
        }
        let mut left = self.unary();
        while let Some(tie) = tie(self.peek()).filter(|it| *it >= least) {
            let sign = self.next();
            let right = self.expr(tie + 1);
            left = T::Bin(sign, Box::new(left), Box::new(right));
        }
        left
    }

    fn unary(&mut self) -> T {
        match self.next().as_str() {
            "~" => T::Not(Box::new(self.expr(4))),
            "-" => {
                let T::Number(number) = self.unary() else { panic!("a number behind `-`") };
                T::Number(-number)
            }
            "IF" => {
                let condition = self.boxed();
                self.eat("THEN");
                let then = self.boxed();
                self.eat("ELSE");
                T::If(condition, then, self.boxed())
            }
            "LET" => {
                let name = self.next();
                self.eat("==");
                let value = self.boxed();
                self.eat("IN");
                T::Let(name, value, self.boxed())
            }
            "SUBSET" => T::Subsets(Box::new(self.unary())),
            "UNCHANGED" => {
                if self.peek() == "vars" {
                    self.at += 1;
                    return T::Unchanged(vec!["vars".to_owned()]);
                }
                self.eat("<<");
                let mut names = vec![self.next()];
                while self.next() == "," {
                    names.push(self.next());
                }
                T::Unchanged(names)
            }
            "(" => {
                let inner = self.expr(0);
                self.eat(")");
                self.element(inner)
            }
            "{" => {
                let mut members = Vec::new();
                while self.peek() != "}" {
                    members.push(self.expr(0));
                    if self.peek() == "," {
                        self.at += 1;
                    }
                }
                self.eat("}");
                T::Set(members)
            }
            "[" => {
                let function = self.function();
                self.eat("]");
                self.element(function)
            }
            word => {
                let first = word.chars().next().unwrap_or_default();
                if let Ok(number) = word.parse() {
                    T::Number(number)
                } else if let Some(text) = word.strip_prefix('"') {
                    T::Text(text.trim_end_matches('"').to_owned())
                } else if let Some(name) = word.strip_suffix('\'') {
                    T::Next(name.to_owned())
                } else {
                    assert!(first.is_ascii_alphabetic(), "no expression: {word}");
                    let name = word.to_owned();
                    if self.peek() == "(" {
                        self.at += 1;
                        let argument = self.expr(0);
                        self.eat(")");
                        return T::Call(name, vec![argument]);
                    }
                    self.element(T::Name(name))
                }
            }
        }
    }

    fn element(&mut self, mut of: T) -> T {
        while self.peek() == "[" {
            self.at += 1;
            of = T::At(Box::new(of), self.boxed());
            self.eat("]");
        }
        of
    }

    /// What stands between `[` and `]`.
    fn function(&mut self) -> T {
        if self.tokens.get(self.at + 1).is_some_and(|it| it == "\\in") {
            let name = self.next();
            self.eat("\\in");
            let domain = self.boxed();
            self.eat("|->");
            return T::Function(name, domain, self.boxed());
        }
        let first = self.boxed();
        if self.peek() == "->" {
            self.at += 1;
            return T::Functions(first, self.boxed());
        }
        self.eat("EXCEPT");
        self.eat("!");
        self.eat("[");
        let index = self.boxed();
        self.eat("]");
        self.eat("=");
        T::Except(first, index, self.boxed())
    }
}
