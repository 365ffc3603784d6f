//! Numbers as people dial them, in one word each: compared and put in order at once, without going to where a text lies.

/// Signs in their order as texts, each by its place from 1.
const SIGNS: &[u8; 14] = b"#*+.0123456789";
const STRANGE: u8 = 16;
const CODES: [u8; 256] = codes();

/// As large as no number is: its first four bits are no sign.
pub(crate) const BEYOND: u64 = 15 << 60;

/// Four bits for each of up to sixteen signs, the first ones highest. Two texts never have the same word, and words are
/// in the order of their texts. 0: none, for texts that are longer or have other signs.
pub(crate) fn packed(text: &str) -> u64 {
    if text.is_empty() || text.len() > 16 {
        return 0;
    }
    let (mut word, mut all) = (0, 0);
    for sign in text.bytes() {
        let code = CODES[usize::from(sign)];
        word = word << 4 | u64::from(code);
        all |= code;
    }
    if all & STRANGE == 0 { word << (64 - 4 * text.len()) } else { 0 }
}

pub(crate) fn unpacked(word: u64) -> String {
    let codes = (0..16).map(|place| (word << (4 * place)) >> 60).take_while(|code| *code != 0);
    codes.filter_map(|code| SIGNS.get(code as usize - 1)).map(|sign| char::from(*sign)).collect()
}

/// SplitMix64's last step: each bit of a number has a say in each bit of its hash.
pub(crate) fn spread(word: u64) -> u64 {
    let n = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let n = (n ^ (n >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    n ^ (n >> 31)
}

const fn codes() -> [u8; 256] {
    let mut codes = [STRANGE; 256];
    let mut place = 0;
    while place < SIGNS.len() {
        codes[SIGNS[place] as usize] = place as u8 + 1;
        place += 1;
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_in_the_order_of_their_texts_and_come_back() {
        let mut texts = vec![
            "#",
            "*",
            "*#",
            "+",
            "+1",
            "+49895550143",
            "0",
            "00",
            "01",
            "049895550143",
            "1",
            "1+",
            "10",
            "11.24",
            "11.3",
            "1234567890123456",
            "9999999999999999",
        ];
        texts.sort_unstable();
        let words: Vec<u64> = texts.iter().map(|text| packed(text)).collect();
        assert!(words.windows(2).all(|two| two[0] < two[1]), "in order, and no two alike");
        assert!(words.iter().all(|word| (1..BEYOND).contains(word)), "each has one");
        let back: Vec<String> = words.into_iter().map(unpacked).collect();
        assert_eq!(back, texts, "nothing is lost");
    }

    #[test]
    fn other_texts_have_none() {
        for text in ["", "12345678901234567", "1 2", "ä", "a1", "/", "1\u{10}"] {
            assert_eq!(packed(text), 0, "{text} is compared as a text");
        }
    }
}
