//! G.711: eight bits that stand for fourteen.

/// A-law, as values of full scale 1.
pub(super) fn a_law() -> [f32; 256] {
    std::array::from_fn(|code| {
        let code = code as u8 ^ 0x55;
        let (exponent, mantissa) = (u32::from(code >> 4 & 7), i32::from(code & 15));
        let size = match exponent {
            0 => (mantissa << 4) + 8,
            _ => ((mantissa << 4) + 0x108) << (exponent - 1),
        };
        (if code & 0x80 == 0 { -size } else { size }) as f32 / 32_768.0
    })
}

/// Mu-law, as values of full scale 1.
pub(super) fn mu_law() -> [f32; 256] {
    std::array::from_fn(|code| {
        let code = !(code as u8);
        let (exponent, mantissa) = (u32::from(code >> 4 & 7), i32::from(code & 15));
        let size = (((mantissa << 3) + 0x84) << exponent) - 0x84;
        (if code & 0x80 == 0 { size } else { -size }) as f32 / 32_768.0
    })
}
