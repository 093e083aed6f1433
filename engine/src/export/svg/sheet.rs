//! What the page's style sheets say of a mark, as plain declarations in concrete colours. Imports nothing.
//!
//! The look of a picture stands once, in the page's two sheets: the tokens, and the rules of a
//! picture. Many a tool that renders SVG knows neither custom properties nor nested selectors, so
//! both are resolved here. The sheets are our own; a test proves that all of them is understood.

use std::collections::BTreeMap;

const TOKENS: &str = include_str!("../../../../frontend/styles/tokens.css");
const RULES: &str = include_str!("../../../../frontend/styles/picture.css");

/// An element as selectors see it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element<'a> {
    /// Its name: `text`.
    pub(super) name: &'a str,
    /// Its classes, with blanks between them.
    pub(super) class: &'a str,
}

/// The declarations of an element, in one theme.
pub(super) type Declarations = BTreeMap<String, String>;

/// How an element looks.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Look {
    pub(super) light: Declarations,
    pub(super) dark: Declarations,
}

/// The two sheets, taken apart.
#[derive(Debug)]
pub(super) struct Sheet {
    /// By name: `--ink`. Colours are still `light-dark(…)`.
    tokens: BTreeMap<&'static str, &'static str>,
    /// What a class of an actor's hue sets: class, name, value.
    hues: Vec<(&'static str, &'static str, &'static str)>,
    rules: Vec<Rule>,
}

/// A rule for marks: what has to enclose what, outermost first.
#[derive(Debug)]
struct Rule {
    path: Vec<Compound>,
    declarations: Vec<(&'static str, &'static str)>,
}

/// A part of a selector without blanks: `text`, `.ring.bad`.
#[derive(Debug)]
struct Compound {
    name: &'static str,
    classes: Vec<&'static str>,
}

impl Sheet {
    /// The page's own.
    pub(super) fn load() -> Self {
        let mut sheet = Self { tokens: BTreeMap::new(), hues: Vec::new(), rules: Vec::new() };
        for (selector, body) in blocks(TOKENS) {
            match selector.strip_prefix('.') {
                Some(class) => {
                    sheet.hues.extend(declarations(body).map(|(name, it)| (class, name, it)));
                }
                // What `data-theme` fixes, a file fixes by its theme.
                None if selector == ":root" => sheet.tokens.extend(declarations(body)),
                None => {}
            }
        }
        for (selectors, body) in blocks(RULES) {
            let path = compounds(selectors);
            sheet.rules.push(Rule { path, declarations: declarations(body).collect() });
        }
        // Where two rules say different things, the one that asks for more wins, then the later one.
        sheet.rules.sort_by_key(Rule::weight);
        sheet
    }

    /// The look of the last of these elements, of which each encloses the next. It says nothing of
    /// what the element inherits.
    pub(super) fn look(&self, elements: &[Element<'_>]) -> Look {
        let mut look = Look::default();
        for rule in self.rules.iter().filter(|it| it.matches(elements)) {
            for (property, value) in &rule.declarations {
                self.declare(&mut look.light, elements, property, value, false);
                self.declare(&mut look.dark, elements, property, value, true);
            }
        }
        look
    }

    fn declare(
        &self,
        to: &mut Declarations,
        elements: &[Element<'_>],
        property: &str,
        value: &str,
        dark: bool,
    ) {
        let value = self.resolve(value, elements, dark);
        if property != "font" {
            to.insert(property.to_owned(), value);
            return;
        }
        // `600 12px family`: few tools know the short form, or take it for all of its parts.
        let (weight, rest) = match value.split_once(' ') {
            Some((first, rest)) if first.bytes().all(|it| it.is_ascii_digit()) => (first, rest),
            _ => ("400", &*value),
        };
        let (size, family) = rest.split_once(' ').unwrap_or((rest, "sans-serif"));
        to.insert("font-weight".to_owned(), weight.to_owned());
        to.insert("font-size".to_owned(), size.to_owned());
        to.insert("font-family".to_owned(), family.to_owned());
    }

    /// A value without `var()` and `light-dark()`.
    fn resolve(&self, value: &str, elements: &[Element<'_>], dark: bool) -> String {
        if let Some((before, inside, after)) = call(value, "var(") {
            let (name, otherwise) = match inside.split_once(", ") {
                Some((name, otherwise)) => (name, Some(otherwise)),
                None => (inside, None),
            };
            let known = self.hue(name, elements).or_else(|| self.tokens.get(name).copied());
            let known = known.or(otherwise).unwrap_or("none");
            return self.resolve(&format!("{before}{known}{after}"), elements, dark);
        }
        if let Some((before, inside, after)) = call(value, "light-dark(") {
            let (light, other) = inside.split_once(", ").unwrap_or((inside, inside));
            let chosen = if dark { other } else { light };
            return self.resolve(&format!("{before}{chosen}{after}"), elements, dark);
        }
        value.to_owned()
    }

    /// What the nearest element with an actor's hue sets.
    fn hue(&self, name: &str, elements: &[Element<'_>]) -> Option<&'static str> {
        elements.iter().rev().find_map(|element| {
            let sets = |(class, of, _): &&(&str, &str, &str)| *of == name && element.has(class);
            self.hues.iter().find(sets).map(|it| it.2)
        })
    }
}

impl Element<'_> {
    fn has(&self, class: &str) -> bool {
        self.class.split_whitespace().any(|it| it == class)
    }
}

impl Rule {
    fn weight(&self) -> (usize, usize) {
        let classes = self.path.iter().map(|it| it.classes.len()).sum();
        (classes, self.path.iter().filter(|it| !it.name.is_empty()).count())
    }

    fn matches(&self, elements: &[Element<'_>]) -> bool {
        let Some((innermost, around)) = self.path.split_last() else {
            // Of the picture itself.
            return elements.is_empty();
        };
        let Some((last, mut before)) = elements.split_last() else {
            return false;
        };
        innermost.matches(last)
            && around.iter().rev().all(|it| {
                let found = before.iter().rposition(|element| it.matches(element));
                before = &before[..found.unwrap_or(0)];
                found.is_some()
            })
    }
}

impl Compound {
    fn matches(&self, element: &Element<'_>) -> bool {
        (self.name.is_empty() || self.name == element.name)
            && self.classes.iter().all(|it| element.has(it))
    }
}

/// The parts of a selector, without the picture (or the sample) in which everything stands.
fn compounds(selector: &'static str) -> Vec<Compound> {
    let parts = selector.strip_prefix(ROOT).or_else(|| selector.strip_prefix(".picture"));
    let compound = |part: &'static str| {
        let mut names = part.split('.');
        let name = names.next().unwrap_or_default();
        Compound { name, classes: names.collect() }
    };
    parts.unwrap_or(selector).split_whitespace().map(compound).collect()
}

/// How the page says: in a picture, or in a sample of its legend.
const ROOT: &str = ":is(.picture, .picture-sample)";

/// The rules of a sheet: selector, and what stands between the braces. What stands under a condition
/// (`@media`) is left out.
fn blocks(css: &'static str) -> Vec<(&'static str, &'static str)> {
    let mut found = Vec::new();
    let mut rest = css;
    while let Some((before, after)) = rest.split_once('{') {
        let selector = before.rsplit_once("*/").map_or(before, |it| it.1).trim();
        let end = closing(after, '{', '}');
        if !selector.starts_with('@') {
            found.push((selector, &after[..end]));
        }
        rest = after.get(end + 1..).unwrap_or_default();
    }
    found
}

fn declarations(body: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = body.split(';');
    lines.filter_map(|it| {
        let it = it.rsplit_once("*/").map_or(it, |it| it.1);
        let (name, value) = it.split_once(':')?;
        Some((name.trim(), value.trim()))
    })
}

/// What stands before a call of a function, in its parentheses, and after it.
fn call<'a>(value: &'a str, function: &str) -> Option<(&'a str, &'a str, &'a str)> {
    let (before, rest) = value.split_once(function)?;
    let end = closing(rest, '(', ')');
    Some((before, &rest[..end], rest.get(end + 1..).unwrap_or_default()))
}

/// Where what is open before the text is closed, in bytes; its end if it is not.
fn closing(text: &str, open: char, close: char) -> usize {
    let mut depth = 1;
    for (at, it) in text.char_indices() {
        if it == open {
            depth += 1;
        } else if it == close {
            depth -= 1;
        }
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    /// As CSS would write it, the light theme's and the dark one's.
    fn look(elements: &[(&str, &str)]) -> [String; 2] {
        let elements: Vec<Element<'_>> =
            elements.iter().map(|&(name, class)| Element { name, class }).collect();
        let Look { light, dark } = Sheet::load().look(&elements);
        [light, dark].map(|it| {
            it.into_iter().map(|(name, value)| format!("{name}: {value}; ")).collect::<String>()
        })
    }

    #[track_caller]
    fn check(elements: &[(&str, &str)], light: &str, dark: &str) {
        assert_eq!(look(elements), [light, dark]);
    }

    #[test]
    fn rules_are_weighed_as_a_browser_does() {
        check(
            &[("g", "light actor-1"), ("rect", "ring bad")],
            "fill: none; stroke: #b03a00; stroke-width: 3; ",
            "fill: none; stroke: #ff9559; stroke-width: 3; ",
        );
        check(
            &[("g", "light actor-1"), ("rect", "ring")],
            "fill: none; stroke: #11503e; stroke-width: 3; ",
            "fill: none; stroke: #62e6b8; stroke-width: 3; ",
        );
        check(&[("g", "pointer"), ("path", "arrow-head")], "fill: #1a1c1e; ", "fill: #eceae3; ");
        check(&[("g", "haloed"), ("text", "small"), ("tspan", "nothing")], "", "");
        let [halo, _] = look(&[("g", "haloed"), ("text", "small")]);
        assert!(
            halo.starts_with("fill: #4b5055; font-size: 12px; paint-order: stroke; "),
            "{halo}"
        );
    }

    #[test]
    fn a_font_is_said_in_full() {
        let [light, _] = look(&[("g", "cell"), ("text", "code strong")]);
        assert!(light.starts_with("fill: #1a1c1e; font-family: \"SF Mono\", "), "{light}");
        assert!(light.ends_with("font-size: 12px; font-weight: 600; "), "{light}");
    }

    /// Whatever is added to the sheets has to be understood here too.
    #[test]
    fn everything_in_the_sheets_is_understood() {
        let sheet = Sheet::load();
        assert!(!RULES.contains('@'), "a rule under a condition");
        let code = RULES.split("/*").map(|it| it.split_once("*/").map_or(it, |it| it.1));
        assert!(code.clone().all(|it| !it.contains(['<', '&'])), "XML would read it otherwise");
        assert!(!TOKENS.contains(['<', '&']));
        assert_eq!(sheet.hues.len(), 8);
        for rule in &sheet.rules {
            for hue in ["", "actor-0", "actor-env"] {
                for (property, value) in &rule.declarations {
                    for dark in [false, true] {
                        let said = sheet.resolve(value, &[Element { name: "g", class: hue }], dark);
                        let plain = !said.contains("var(") && !said.contains("light-dark(");
                        assert!(plain, "{property}: {said}");
                        let needs_hue = value.contains("var(--c)") || value.contains("var(--t)");
                        let excused = value.contains("none") || needs_hue && hue.is_empty();
                        assert!(excused || said != "none", "{property}: {value} is no token");
                    }
                }
            }
            for Compound { name, classes } in &rule.path {
                let plain =
                    |it: &str| it.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-');
                assert!(plain(name) && classes.iter().all(|it| plain(it)), "{name} {classes:?}");
            }
        }
    }
}
