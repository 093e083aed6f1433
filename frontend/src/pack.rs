//! A reader's own race in the address: its text deflated and written as base64url. Pure; it never
//! looks at what the text says.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;

/// The longest text that the page takes, in bytes.
pub(crate) const MOST_TEXT: usize = 1 << 20;
/// The longest packed text that the address carries, in characters.
pub(crate) const MOST_PACKED: usize = 64 << 10;

/// The packed text; `None` when it is too long for an address.
pub(crate) fn pack(text: &str) -> Option<String> {
    let packed = URL_SAFE_NO_PAD.encode(compress_to_vec(text.as_bytes(), 9));
    (packed.len() <= MOST_PACKED).then_some(packed)
}

/// The text again, or in a sentence why there is none.
pub(crate) fn unpack(packed: &str) -> Result<String, String> {
    if packed.len() > MOST_PACKED {
        return Err("The race in the link is longer than a link can be.".to_owned());
    }
    let damaged = "The race in the link is damaged: the link was cut short or changed on its way.";
    let bytes = URL_SAFE_NO_PAD.decode(packed).map_err(|_| damaged.to_owned())?;
    let text = decompress_to_vec_with_limit(&bytes, MOST_TEXT).map_err(|_| damaged.to_owned())?;
    String::from_utf8(text).map_err(|_| damaged.to_owned())
}

#[cfg(test)]
mod tests {
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
        assert!(pack(&"a".repeat(MOST_TEXT)).is_some());
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
        let bomb = URL_SAFE_NO_PAD.encode(compress_to_vec(&vec![b'a'; MOST_TEXT + 1], 9));
        assert!(unpack(&bomb).is_err());
    }
}
