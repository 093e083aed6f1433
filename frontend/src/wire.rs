//! How plain data travels as one string: texts with their length before them, numbers, lists with
//! their length. Pure. A general format would be larger than everything that is sent in it.

/// What can travel.
pub(crate) trait Wire: Sized {
    /// Appends it.
    fn write(&self, out: &mut String);
    /// Takes it from the front; `None` when something else stands there.
    fn read(from: &mut &str) -> Option<Self>;
}

/// A message as it travels.
pub(crate) fn write<T: Wire>(message: &T) -> String {
    let mut out = String::new();
    message.write(&mut out);
    out
}

/// A message that has arrived; `None` for anything else.
pub(crate) fn read<T: Wire>(mut text: &str) -> Option<T> {
    let message = T::read(&mut text)?;
    text.is_empty().then_some(message)
}

/// The letter that stands in front.
pub(crate) fn letter(from: &mut &str) -> Option<char> {
    let mut chars = from.chars();
    let letter = chars.next()?;
    *from = chars.as_str();
    Some(letter)
}

impl Wire for usize {
    fn write(&self, out: &mut String) {
        out.push_str(&self.to_string());
        out.push(':');
    }

    fn read(from: &mut &str) -> Option<Self> {
        let (number, rest) = from.split_once(':')?;
        *from = rest;
        number.parse().ok()
    }
}

/// A byte is the character of its number.
impl Wire for u8 {
    fn write(&self, out: &mut String) {
        out.push(char::from(*self));
    }

    fn read(from: &mut &str) -> Option<Self> {
        Self::try_from(letter(from)?).ok()
    }
}

impl Wire for String {
    fn write(&self, out: &mut String) {
        self.len().write(out);
        out.push_str(self);
    }

    fn read(from: &mut &str) -> Option<Self> {
        let len = usize::read(from)?;
        let (text, rest) = from.split_at_checked(len)?;
        *from = rest;
        Some(text.to_owned())
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn write(&self, out: &mut String) {
        self.len().write(out);
        self.iter().for_each(|it| it.write(out));
    }

    fn read(from: &mut &str) -> Option<Self> {
        let len = usize::read(from)?;
        (0..len).map(|_| T::read(from)).collect()
    }
}

impl<T: Wire> Wire for Option<T> {
    fn write(&self, out: &mut String) {
        usize::from(self.is_some()).write(out);
        self.iter().for_each(|it| it.write(out));
    }

    fn read(from: &mut &str) -> Option<Self> {
        match usize::read(from)? {
            0 => Some(None),
            1 => T::read(from).map(Some),
            _ => None,
        }
    }
}

impl<A: Wire, B: Wire> Wire for (A, B) {
    fn write(&self, out: &mut String) {
        self.0.write(out);
        self.1.write(out);
    }

    fn read(from: &mut &str) -> Option<Self> {
        Some((A::read(from)?, B::read(from)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Message = (usize, (Option<String>, Vec<String>));

    #[test]
    fn what_is_written_is_read() {
        let some: Message =
            (7, (Some("3:\u{1f980}".to_owned()), vec![String::new(), "é".to_owned()]));
        let none: Message = (0, (None, Vec::new()));
        for message in [some, none] {
            assert_eq!(read(&write(&message)), Some(message));
        }
    }

    #[test]
    fn anything_else_is_none() {
        for text in ["", "x", "1:", "1:5:ab", "0:0:0:more", "-1:", "2:2:", "0:1:1:\u{1f980}"] {
            assert_eq!(read::<Message>(text), None, "{text}");
        }
        assert_eq!(read::<Vec<String>>("18446744073709551615:"), None);
    }
}
