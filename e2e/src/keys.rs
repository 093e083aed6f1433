//! Keys by the names that the web gives them.

use thirtyfour::Key;

use crate::{Error, Result};

/// `Shift+ArrowLeft` as the keys to hold, in order.
pub(crate) fn parse(combination: &str) -> Result<Vec<char>> {
    if combination == "+" {
        return Ok(vec!['+']);
    }
    combination.split('+').map(key).collect()
}

fn key(name: &str) -> Result<char> {
    let mut letters = name.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        return Ok(letter);
    }
    let key = match name {
        "Alt" => Key::Alt,
        "ArrowDown" => Key::Down,
        "ArrowLeft" => Key::Left,
        "ArrowRight" => Key::Right,
        "ArrowUp" => Key::Up,
        "Backspace" => Key::Backspace,
        "Control" => Key::Control,
        "Delete" => Key::Delete,
        "End" => Key::End,
        "Enter" => Key::Enter,
        "Escape" => Key::Escape,
        "Home" => Key::Home,
        "PageDown" => Key::PageDown,
        "PageUp" => Key::PageUp,
        "Shift" => Key::Shift,
        "Space" => Key::Space,
        "Tab" => Key::Tab,
        _ => return Err(Error::Unknown { what: "key", name: name.to_owned() }),
    };
    Ok(key.value())
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn keys_have_the_names_of_the_web() {
        assert_eq!(parse("Shift+a").expect("known"), ['\u{e008}', 'a']);
        assert_eq!(parse("+").expect("known"), ['+']);
        assert!(parse("Shift+Any").is_err());
    }
}
