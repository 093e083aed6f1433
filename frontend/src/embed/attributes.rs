//! The attributes of `<race-walk>`: what its author wants to show. It knows the permalink, no store.

use web_sys::HtmlElement;

use crate::permalink::{self, Link, Origin};
use crate::store::State;
use crate::theme::Theme;
use crate::{library, neighbours};

/// What can be shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Panel {
    /// The verdict, with its counts.
    Verdict,
    /// The picture.
    Scene,
    /// The schedule.
    Timeline,
    /// The code.
    Lanes,
}

impl Panel {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "verdict" => Self::Verdict,
            "scene" => Self::Scene,
            "timeline" => Self::Timeline,
            "lanes" => Self::Lanes,
            _ => return None,
        })
    }
}

/// What an element says.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Attributes {
    race: String,
    set: String,
    schedule: String,
    at: String,
    panels: Option<String>,
    /// Light or dark.
    pub(crate) theme: Theme,
    /// Whether it begins to play by itself.
    pub(crate) autoplay: bool,
    /// Whether there is anything to press.
    pub(crate) controls: bool,
}

impl Attributes {
    /// Those of this element.
    pub(crate) fn of(host: &HtmlElement) -> Self {
        let get = |name| host.get_attribute(name);
        Self {
            race: get("race").unwrap_or_default(),
            set: get("set").unwrap_or_default(),
            schedule: get("schedule").unwrap_or_default(),
            at: get("at").unwrap_or_default(),
            panels: get("panels"),
            theme: Theme::named(&get("theme").unwrap_or_default()),
            autoplay: get("autoplay").is_some_and(|it| it != "off" && it != "false"),
            controls: get("controls").is_none_or(|it| it != "off" && it != "false"),
        }
    }

    /// Whether a panel is shown; without the attribute all are.
    pub(crate) fn shows(&self, panel: Panel) -> bool {
        self.panels
            .as_deref()
            .is_none_or(|it| words(it).any(|word| Panel::named(word) == Some(panel)))
    }

    /// Where they lead to, and what could not be made sense of; `Err`: nothing can be shown.
    pub(crate) fn link(&self) -> (Result<Link, String>, Vec<String>) {
        let mut faults = Vec::new();
        let origin = match self.race.split_once("source/") {
            Some(("" | "#/", packed)) => Origin::Packed(packed.to_owned()),
            _ if library::ids().any(|id| id == self.race) => Origin::Library(self.race.clone()),
            _ => {
                let ids: Vec<_> = library::ids().collect();
                let named = match self.race.as_str() {
                    "" => "The attribute `race` names no race.".to_owned(),
                    race => format!("There is no race “{}” here.", permalink::clip(race)),
                };
                return (Err(format!("{named} There are: {}.", ids.join(", "))), faults);
            }
        };
        let mut link = Link::to(origin);
        for word in words(&self.set) {
            match word.split_once('=') {
                Some((knob, value)) => link.knobs.push((knob.to_owned(), value.to_owned())),
                None => faults.push(format!(
                    "In `set`, “{}” is no choice of a knob, as in `kill_gp=off`.",
                    permalink::clip(word)
                )),
            }
        }
        link.schedule = self.schedule.trim().to_owned();
        if !self.at.trim().is_empty() {
            match self.at.trim().parse() {
                Ok(at) => link.at = at,
                Err(_) => faults.push(format!(
                    "`at` is the number of steps taken, and “{}” is none.",
                    permalink::clip(&self.at)
                )),
            }
        }
        for word in self.panels.iter().flat_map(|it| words(it)) {
            if Panel::named(word).is_none() {
                faults.push(format!(
                    "There is no panel “{}”. There are: verdict, scene, timeline, lanes.",
                    permalink::clip(word)
                ));
            }
        }
        (Ok(link), faults)
    }

    /// The address of the page, at what is shown.
    pub(crate) fn page(&self, state: &State) -> String {
        let fragment = state.link().map(|it| permalink::write(&it)).unwrap_or_default();
        [&neighbours::page(), "#", &fragment].concat()
    }
}

/// Words between blanks and commas.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', ',', '\n', '\t']).filter(|it| !it.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attributes(race: &str, set: &str, at: &str, panels: Option<&str>) -> Attributes {
        Attributes {
            race: race.to_owned(),
            set: set.to_owned(),
            schedule: " w2m3 ".to_owned(),
            at: at.to_owned(),
            panels: panels.map(str::to_owned),
            theme: Theme::Auto,
            autoplay: false,
            controls: true,
        }
    }

    #[test]
    fn attributes_say_what_a_link_says() {
        let (link, faults) = attributes("memunmap", "kill_gp=off, flush=ipi", "4", None).link();
        assert_eq!(faults, Vec::<String>::new());
        let fragment = permalink::write(&link.expect("a race"));
        assert_eq!(fragment, "/race/memunmap?kill_gp=off&flush=ipi&s=w2m3&at=4");
        let (link, _) = attributes("#/source/abc", "", "", None).link();
        assert_eq!(link.map(|it| it.origin), Ok(Origin::Packed("abc".to_owned())));
    }

    #[test]
    fn what_makes_no_sense_is_said() {
        let (link, faults) = attributes("memunmap", "kill_gp", "-1", Some("scene,graph")).link();
        assert!(link.is_ok());
        assert_eq!(faults.len(), 3, "{faults:?}");
        for race in ["", "memunmpa", "<b>"] {
            let (link, _) = attributes(race, "", "", None).link();
            assert!(link.is_err_and(|it| it.contains("There are: memunmap, ")), "{race}");
        }
    }

    #[test]
    fn panels_are_chosen_by_their_names() {
        let some = attributes("memunmap", "", "", Some("scene timeline"));
        assert!(some.shows(Panel::Scene) && some.shows(Panel::Timeline));
        assert!(!some.shows(Panel::Lanes) && !some.shows(Panel::Verdict));
        assert!(attributes("memunmap", "", "", None).shows(Panel::Lanes));
    }
}
