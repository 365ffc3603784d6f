//! TCP cuts anywhere: whatever the cuts, the lines are the same. And no bytes at all bring the reader down.

use proptest::prelude::*;
use smdr::lines::{MAX_LINE_BYTES, Splitter, each_line};
use smdr::{LogFile, SiteClock, facts};

fn lines(pieces: &[&[u8]]) -> Vec<Vec<u8>> {
    let mut splitter = Splitter::new();
    let mut lines = Vec::new();
    for piece in pieces {
        splitter.feed(piece, |line| lines.push(line.to_vec()));
    }
    splitter.finish(|line| lines.push(line.to_vec()));
    lines
}

/// Few kinds of bytes, so that ends, NULs and commas meet often; sometimes a run longer than a line may be.
fn stream() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop::sample::select(b"\0\r\n\n,,aE9 \xf6\"".to_vec());
    let piece = prop_oneof![
        20 => prop::collection::vec(byte, 0..40),
        1 => (MAX_LINE_BYTES - 2..MAX_LINE_BYTES + 3).prop_map(|length| vec![b'x'; length]),
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_cutting_gives_the_same_lines(bytes in stream(), cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..12)) {
        let mut places: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
        places.extend([0, bytes.len()]);
        places.sort_unstable();
        let pieces: Vec<&[u8]> = places.windows(2).map(|pair| &bytes[pair[0]..pair[1]]).collect();
        prop_assert_eq!(lines(&pieces), lines(&[&bytes]), "cut at {:?}", places);
    }

    #[test]
    fn no_bytes_bring_the_reader_down(bytes in stream()) {
        let mut clock = SiteClock::new("Europe/Berlin").unwrap();
        let (mut told, mut there) = (0, 0);
        facts(&bytes, &mut clock, |_, _| told += 1);
        each_line(&bytes, |_, _| there += 1);
        prop_assert_eq!(told, there, "each line is accounted for");
    }

    #[test]
    fn rows_with_any_fields_are_read_or_complained_about(
        fields in prop::collection::vec(prop::sample::select(vec![
            "", "0", "1", "I", "O", "E204", "T9001", "V9501", "Ann", " Keller", "00:00:05", "7", "2026/03/09 14:05:00",
            "192.168.42.1", "anonymous@anonymous.invalid", "0.05", "\"", "\u{f6}",
        ]), 0..70),
    ) {
        let mut clock = SiteClock::new("America/New_York").unwrap();
        let row = format!("2026/03/09 14:05:00,00:00:05,7,{}", fields.join(","));
        let mut told = 0;
        facts(row.as_bytes(), &mut clock, |_, _| told += 1);
        prop_assert_eq!(told, 1, "one line, one answer");
    }

    #[test]
    fn a_log_file_of_any_bytes_is_read_to_its_end(bytes in stream()) {
        let chunks: Result<Vec<_>, _> = LogFile::open(&bytes[..]).unwrap().collect();
        prop_assert!(chunks.is_ok(), "plain bytes cannot fail");
    }
}
