//! A reader's own race in the address: its text deflated and written as base64url. Pure; it never
//! looks at what the text says.
//!
//! A general crate for this, with its levels and streams, would be about 25 kB of code more in the page.

mod base64url;
mod code;
mod deflate;
mod inflate;

use deflate::deflate;
use inflate::inflate;

use racewalk_engine::syntax::MAX_BYTES;

/// The longest packed text that the address carries, in characters.
const MOST_PACKED: usize = 64 << 10;

/// The packed text; `None` when it is too long for an address: more than 64 kB packed.
#[must_use]
pub fn pack(text: &str) -> Option<String> {
    let packed = base64url::encode(&deflate(text.as_bytes()));
    (packed.len() <= MOST_PACKED).then_some(packed)
}

/// The text again.
///
/// # Errors
/// In a sentence why there is none.
pub fn unpack(packed: &str) -> Result<String, String> {
    if packed.len() > MOST_PACKED {
        return Err("The race in the link is longer than a link can be.".to_owned());
    }
    let text = base64url::decode(packed).and_then(|it| inflate(&it, MAX_BYTES));
    text.and_then(|it| String::from_utf8(it).ok()).ok_or_else(|| {
        "The race in the link is damaged: the link was cut short or changed on its way.".to_owned()
    })
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_packed_is_unpacked() {
        for text in ["", "race x \"y\"\n", "→ ü \u{1f980}"] {
            let packed = pack(text).expect("short");
            assert!(packed.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_".contains(&it)));
            assert_eq!(unpack(&packed).as_deref(), Ok(text));
        }
    }

    #[test]
    fn a_text_too_long_for_an_address_is_not_packed() {
        // Noise does not compress: a linear congruential generator is noise enough.
        let mut seed = 1_u32;
        let noise: String = (0..200_000)
            .map(|_| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                char::from(b' ' + (seed >> 24) as u8 % 95)
            })
            .collect();
        assert_eq!(pack(&noise), None);
        assert!(pack(&"a".repeat(MAX_BYTES)).is_some());
    }

    #[test]
    fn damage_is_an_error() {
        let packed = pack("race x \"y\" and some more words so that there is something to cut")
            .expect("short");
        for damaged in ["!", "AAAA", "*", &packed[..packed.len() / 2], &"A".repeat(MOST_PACKED + 1)]
        {
            assert!(unpack(damaged).is_err(), "{damaged}");
        }
        // A bomb: more text than the page takes.
        let bomb = base64url::encode(&deflate(&vec![b'a'; MAX_BYTES + 1]));
        assert!(unpack(&bomb).is_err());
    }
    #[test]
    fn others_deflate_as_we_do() {
        // A general crate is the judge: it reads what is written here, and what it writes is read.
        for race in racewalk_engine::library::races() {
            let text = race.text.as_bytes();
            let (ours, theirs) = (deflate(text), miniz_oxide::deflate::compress_to_vec(text, 9));
            assert_eq!(miniz_oxide::inflate::decompress_to_vec(&ours).ok().as_deref(), Some(text));
            for level in 0..=9 {
                let theirs = miniz_oxide::deflate::compress_to_vec(text, level);
                assert_eq!(inflate(&theirs, MAX_BYTES).as_deref(), Some(text), "level {level}");
            }
            // A twentieth more, and the lengths of the code words, which are not packed themselves.
            let most = theirs.len() * 21 / 20 + (code::LITERALS + code::DISTANCES) / 2;
            assert!(ours.len() <= most, "{}: {} of {most}", race.id, ours.len());
        }
    }

    proptest! {
        #[test]
        fn anything_is_packed_and_unpacked(text in "[ab\u{e9}]{0,300}|\\PC{0,300}") {
            let theirs = miniz_oxide::inflate::decompress_to_vec(&deflate(text.as_bytes()));
            prop_assert_eq!(theirs.ok(), Some(text.clone().into_bytes()));
            prop_assert_eq!(unpack(&pack(&text).expect("short")), Ok(text));
        }

        #[test]
        fn no_bytes_are_too_much_for_it(bytes in vec(any::<u8>(), 0..200)) {
            prop_assert!(inflate(&bytes, 1000).is_none_or(|it| it.len() <= 1000));
        }
    }
}
