//! What an embed can ask for: every option, in whatever it is written. Imports nothing of a document.

use racewalk_engine::race::knob_and_value;
use racewalk_engine::syntax::diagnostic::closest;
use serde::Serialize;

/// One exact interleaving in a document.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize)]
pub struct Embed {
    /// The race, one of the library.
    pub race: String,
    /// Knobs that are turned, in the order in which they are written.
    #[serde(serialize_with = "as_map")]
    pub set: Vec<(String, String)>,
    /// Who moves when: `w2m3h7w`; empty: nobody has moved.
    pub schedule: String,
    /// How many steps of it have been taken; without: all of them.
    pub at: Option<usize>,
    /// What has to be so: `safe` or `violated` for everything that can happen, or how this schedule
    /// ends: a kind of violation, `complete`, `deadlock`, `held-off`.
    pub expect: Option<String>,
    /// What stands below it.
    pub caption: Option<String>,
    /// What its files are called; without: its number in the document.
    pub name: Option<String>,
}

/// Every option but the race.
pub const OPTIONS: [&str; 6] = ["set", "schedule", "at", "expect", "caption", "name"];

impl Embed {
    /// Takes an option as it is written.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn option(&mut self, name: &str, value: &str) -> Result<(), String> {
        let value = value.trim();
        let text = || (!value.is_empty()).then(|| value.to_owned());
        match name {
            "set" => {
                self.set.clear();
                for part in value.split([' ', '\t', '\n', ',']).filter(|it| !it.is_empty()) {
                    let (knob, value) =
                        knob_and_value(part).ok_or_else(|| format!("`{part}` is no knob=value"))?;
                    self.set.push((knob.to_owned(), value.to_owned()));
                }
            }
            "schedule" => self.schedule = value.split_whitespace().collect(),
            "at" => {
                let at = value.parse();
                let at = at.map_err(|_| format!("`{value}` is no number of steps taken"))?;
                self.at = Some(at);
            }
            "expect" => self.expect = text(),
            "caption" => self.caption = text(),
            "name" => {
                // It becomes a part of a path.
                let plain = |it: u8| it.is_ascii_alphanumeric() || it == b'-' || it == b'_';
                let only_digits = value.bytes().all(|it| it.is_ascii_digit());
                if only_digits || !value.bytes().all(plain) {
                    return Err(format!(
                        "`{value}` is no name: letters, digits, `-` and `_`, and not digits alone"
                    ));
                }
                self.name = text();
            }
            other => {
                let meant = closest(other, OPTIONS);
                let meant = meant.map(|it| format!("; did you mean `{it}`?")).unwrap_or_default();
                let all = OPTIONS.join(", ");
                return Err(format!("there is no option `{other}`{meant} (there are: {all})"));
            }
        }
        Ok(())
    }
}

fn as_map<S: serde::Serializer>(
    set: &[(String, String)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(set.iter().map(|(knob, value)| (knob, value)))
}
