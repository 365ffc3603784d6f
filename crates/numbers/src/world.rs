//! Every country calling code with how long its numbers are.

use phonenumber::metadata::{DATABASE, Descriptor, Descriptors};
use std::sync::LazyLock;

/// Calling codes have one to three digits.
const CODES: usize = 1_000;

/// Bit `n` is set: numbers after the calling code can have `n` digits. 0: there is no such code.
static LENGTHS: LazyLock<Box<[u32; CODES]>> = LazyLock::new(|| {
    let mut lengths = Box::new([0; CODES]);
    // By their codes, not one after the other: those of no country share one id.
    for (code, of_code) in (0..).zip(lengths.iter_mut()) {
        for metadata in DATABASE.by_code(&code).into_iter().flatten() {
            *of_code |= lengths_of(metadata.descriptors());
        }
    }
    lengths
});

/// Of every kind of number that can be called from abroad; for all kinds together the metadata tell none.
fn lengths_of(kinds: &Descriptors) -> u32 {
    let dialable = [
        kinds.fixed_line(),
        kinds.mobile(),
        kinds.toll_free(),
        kinds.premium_rate(),
        kinds.shared_cost(),
        kinds.personal_number(),
        kinds.voip(),
        kinds.pager(),
        kinds.uan(),
    ];
    let lengths = dialable.into_iter().flatten().flat_map(Descriptor::possible_length);
    lengths.filter(|length| **length < u32::BITS as u16).fold(0, |mask, length| mask | 1 << length)
}

/// How many of the digits, which stand as after a plus, are the calling code; `None` when there is no such number.
pub(crate) fn calling_code_digits(digits: &str) -> Option<usize> {
    let mut code = 0;
    for (index, digit) in digits.bytes().enumerate().take(3) {
        code = code * 10 + usize::from(digit - b'0');
        let lengths = LENGTHS[code];
        if index == 0 && code == 0 {
            return None;
        }
        if lengths != 0 {
            let rest = digits.len() - index - 1;
            return (rest < 32 && lengths >> rest & 1 == 1).then_some(index + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::calling_code_digits;

    #[test]
    fn a_calling_code_ends_where_there_is_no_longer_one() {
        for (digits, wanted) in [
            ("498955501432", Some(2)),
            ("12015550123", Some(1)),
            ("35312222222", Some(3)),
            ("80012345678", Some(3)),
            ("49", None),
            ("1201555012", None),
            ("0498955501432", None),
            ("99955501432", None),
        ] {
            assert_eq!(calling_code_digits(digits), wanted, "{digits}");
        }
    }
}
