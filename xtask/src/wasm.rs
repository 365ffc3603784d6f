//! Sections of a wasm module: a header of eight bytes, then each section as its kind, its length, and so many bytes.

const HEADER: usize = 8;
const CUSTOM: u8 = 0;

/// The module without what no engine needs to run it: names, producers, features. None if a section does not end in it.
pub(crate) fn without_custom_sections(module: &[u8]) -> Option<Vec<u8>> {
    let (header, mut rest) = module.split_at_checked(HEADER)?;
    let mut kept = header.to_vec();
    while let Some((kind, after_kind)) = rest.split_first() {
        let (bytes, of_length) = length(after_kind)?;
        let (section, after) = rest.split_at_checked(1 + of_length + bytes)?;
        if *kind != CUSTOM {
            kept.extend_from_slice(section);
        }
        rest = after;
    }
    Some(kept)
}

/// A LEB128 number of 32 bits, and how many bytes it takes.
fn length(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut value = 0_u64;
    for (at, byte) in bytes.iter().take(5).enumerate() {
        value |= u64::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 == 0 {
            return Some((usize::try_from(value).ok()?, at + 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn custom_sections_go_and_the_others_stay_as_they_are() {
        let long = [vec![10, 0x80, 0x01], vec![7; 128]].concat();
        let module =
            [b"\0asm\x01\0\0\0".to_vec(), vec![1, 2, 8, 9], vec![0, 3, 1, b'n', 5], long.clone(), vec![0, 0]]
                .concat();
        let expected = [b"\0asm\x01\0\0\0".to_vec(), vec![1, 2, 8, 9], long].concat();
        assert_eq!(without_custom_sections(&module), Some(expected));
    }

    #[test]
    fn what_is_cut_off_is_no_module() {
        for module in
            [&b"\0asm"[..], b"\0asm\x01\0\0\0\x01\x05\0", b"\0asm\x01\0\0\0\x01\x80\x80\x80\x80\x80"]
        {
            assert_eq!(without_custom_sections(module), None);
        }
    }
}
