//! The permalink: what stands after `#` in the address, read and written. Pure: it knows no race and
//! no browser, so whether a knob or a step exists is for whoever opens the link to say.

mod percent;

use std::fmt::Write as _;

/// Where a race comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Origin {
    /// The library, by its id.
    Library(String),
    /// The link itself: packed text (see `pack`).
    Packed(String),
}

/// What a link says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// Which race.
    pub origin: Origin,
    /// Knobs with their values, as written; only those that differ from their defaults are written.
    pub knobs: Vec<(String, String)>,
    /// The code of the schedule.
    pub schedule: String,
    /// Steps taken; none: at the start.
    pub at: usize,
    /// The kernel version whose names are shown, if it is not the default.
    pub kernel: Option<String>,
    /// The beat of the tour that it belongs to, counted from 0; written from 1.
    pub tour: Option<usize>,
    /// What it says is so.
    pub promise: Promise,
}

/// What a link says of where it leads, to be judged there by `racewalk-interchange`.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Promise {
    /// The model's hash, behind `m=`.
    pub model: Option<String>,
    /// The verdict, behind `expect=`: `safe`, `violated,uaf-read`.
    pub expect: Option<String>,
}

impl Promise {
    /// Whether it says anything.
    #[must_use]
    pub fn is_some(&self) -> bool {
        self.model.is_some() || self.expect.is_some()
    }
}

impl Link {
    /// A link to the start of a race, with nothing turned.
    pub fn to(origin: Origin) -> Self {
        Self {
            origin,
            knobs: Vec::new(),
            schedule: String::new(),
            at: 0,
            kernel: None,
            tour: None,
            promise: Promise::default(),
        }
    }
}

/// Reads what follows `#`, and says in sentences what it could not make sense of. `None`: it names
/// no race, so the page's own first one is meant.
pub fn read(fragment: &str) -> (Option<Link>, Vec<String>) {
    let mut faults = Vec::new();
    if fragment.is_empty() || fragment == "/" {
        return (None, faults);
    }
    let (path, query) = fragment.split_once('?').unwrap_or((fragment, ""));
    let origin = match path.strip_prefix('/').and_then(|it| it.split_once('/')) {
        Some(("race", id)) if !id.is_empty() => Origin::Library(percent::decode(id)),
        Some(("source", packed)) if !packed.is_empty() => Origin::Packed(packed.to_owned()),
        _ => {
            faults.push(format!(
                "The address ends in “#{}”, which leads nowhere: a link begins with “#/race/” and the \
                 id of a race.",
                clip(fragment)
            ));
            return (None, faults);
        }
    };
    let mut link = Link::to(origin);
    let mut seen: Vec<String> = Vec::new();
    for pair in query.split('&').filter(|it| !it.is_empty()) {
        let Some((name, value)) = pair.split_once('=') else {
            faults.push(format!("“{}” in the link has no value; it is ignored.", clip(pair)));
            continue;
        };
        let (name, value) = (percent::decode(name), percent::decode(value));
        if seen.contains(&name) {
            faults.push(format!("“{}” stands in the link twice; the first counts.", clip(&name)));
            continue;
        }
        match &*name {
            "s" => link.schedule.clone_from(&value),
            "at" => match value.parse() {
                Ok(at) => link.at = at,
                Err(_) => faults.push(format!(
                    "“at={}” in the link is no number of steps; the schedule is shown from its start.",
                    clip(&value)
                )),
            },
            "tour" => match value.parse::<usize>().ok().and_then(|it| it.checked_sub(1)) {
                Some(beat) => link.tour = Some(beat),
                None => faults.push(format!(
                    "“tour={}” in the link is no number of a beat; it is ignored.",
                    clip(&value)
                )),
            },
            "kernel" => link.kernel = Some(value),
            "m" => link.promise.model = Some(value),
            "expect" => link.promise.expect = Some(value),
            "view" => {
                faults.push(format!("This page has no view “{}”; it is ignored.", clip(&value)));
            }
            _ => link.knobs.push((name.clone(), value)),
        }
        seen.push(name);
    }
    (Some(link), faults)
}

/// What follows `#`, in the one way in which this page writes it.
pub fn write(link: &Link) -> String {
    let mut out = match &link.origin {
        Origin::Library(id) => format!("/race/{}", percent::encode(id)),
        Origin::Packed(packed) => format!("/source/{packed}"),
    };
    let mut sign = '?';
    let mut pair = |name: &str, value: &str| {
        let (name, value) = (percent::encode(name), percent::encode(value));
        // Writing to a string cannot fail.
        let _ = write!(out, "{sign}{name}={value}");
        sign = '&';
    };
    for (knob, value) in &link.knobs {
        pair(knob, value);
    }
    if let Some(kernel) = &link.kernel {
        pair("kernel", kernel);
    }
    if let Some(beat) = link.tour {
        pair("tour", &(beat + 1).to_string());
    }
    if !link.schedule.is_empty() {
        pair("s", &link.schedule);
        if link.at > 0 {
            pair("at", &link.at.to_string());
        }
    }
    for (name, value) in [("m", &link.promise.model), ("expect", &link.promise.expect)] {
        if let Some(value) = value {
            pair(name, value);
        }
    }
    out
}

/// A text out of a link, short enough to be shown in a sentence.
pub fn clip(text: &str) -> String {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests;
