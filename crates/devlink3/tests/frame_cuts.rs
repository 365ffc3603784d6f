//! However the network cuts a stream, the same frames come out.

use devlink3::frame::{self, Decoder};
use proptest::prelude::*;

proptest! {
    #[test]
    fn any_cut_gives_the_same_frames(
        payloads in prop::collection::vec(
            prop_oneof![prop::collection::vec(any::<u8>(), 0..300), (32_760_usize..32_770).prop_map(|length| vec![0x49; length])],
            1..6,
        ),
        cuts in prop::collection::vec(1_usize..9_000, 1..40),
    ) {
        let mut stream = Vec::new();
        for payload in &payloads {
            frame::append(payload, &mut stream).unwrap();
        }
        let mut decoder = Decoder::default();
        let mut seen = Vec::new();
        let mut cuts = cuts.iter().cycle();
        let mut rest = &stream[..];
        while !rest.is_empty() {
            let (now, later) = rest.split_at(rest.len().min(*cuts.next().unwrap()));
            decoder.push(now);
            while let Some(payload) = decoder.next_payload().unwrap() {
                seen.push(payload.to_vec());
            }
            rest = later;
        }
        prop_assert_eq!(seen, payloads, "cut differently");
        prop_assert_eq!(decoder.pending_bytes(), 0, "nothing is left over");
    }

    #[test]
    fn no_bytes_make_the_decoder_panic_or_grow(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let mut decoder = Decoder::with_limit(1_000);
        decoder.push(&bytes);
        while let Ok(Some(_)) = decoder.next_payload() {}
        prop_assert!(decoder.pending_bytes() <= bytes.len(), "bounded by what came");
    }

    #[test]
    fn no_bytes_make_the_messages_or_events_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), kind in 0_usize..9) {
        let types = [0x802A_0001_u32, 0x8030_0001, 0x8030_0011, 0x1030_0011, 0x8030_0041, 0x002A_0001, 0x0030_0001, 0x0030_0011, 0x0030_0041];
        let mut payload = types[kind].to_be_bytes().to_vec();
        payload.extend_from_slice(&bytes);
        let _ = devlink3::message::Response::decode(&payload);
        let _ = devlink3::message::Request::decode(&payload);
        let _ = devlink3::facts(&payload, &mut devlink3::Scratch::default(), |_| {});
    }
}
