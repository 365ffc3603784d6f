//! Streams, however the network cuts them.

use crate::pieces::Pieces;
use crate::plain;
use devlink3::frame::Decoder;
use smdr::lines::{MAX_LINE_BYTES, Splitter, each_line};
use smdr::log_file::CHUNK_BYTES;
use smdr::{Chunk, LogFile};
use std::io::Read;

/// Small enough that an input reaches it.
const FRAME_LIMIT_BYTES: usize = 40_000;

/// The readers that are fed in pieces say what a simple reader of the whole says: DevLink3 frames, SMDR lines, and logs of
/// SMDR lines.
pub fn cuts(data: &[u8]) {
    let pieces = Pieces::of(data);
    frames(&pieces);
    lines(&pieces);
    logs(&pieces);
}

fn frames(pieces: &Pieces) {
    let mut decoder = Decoder::with_limit(FRAME_LIMIT_BYTES);
    let mut seen = plain::Frames::default();
    let mut largest_piece = 0;
    pieces.each(|piece| {
        if seen.error.is_some() {
            return;
        }
        largest_piece = largest_piece.max(piece.len());
        decoder.push(piece);
        loop {
            match decoder.next_payload() {
                Ok(Some(payload)) => seen.payloads.push(payload.to_vec()),
                Ok(None) => break,
                Err(error) => {
                    seen.error = Some(error);
                    break;
                }
            }
        }
        let held = decoder.pending_bytes();
        assert!(held <= FRAME_LIMIT_BYTES + largest_piece, "{held} bytes are held of an unfinished frame");
    });
    let plain = plain::frames(&pieces.stream, FRAME_LIMIT_BYTES);
    // After an error the rest of the stream was not pushed any more.
    seen.left_bytes = if seen.error.is_some() { plain.left_bytes } else { decoder.pending_bytes() };
    assert_eq!(seen, plain, "frames of the pieces, and of the whole");
}

fn lines(pieces: &Pieces) {
    let mut splitter = Splitter::new();
    let mut seen: Vec<Vec<u8>> = Vec::new();
    pieces.each(|piece| splitter.feed(piece, |line| seen.push(line.to_vec())));
    splitter.finish(|line| seen.push(line.to_vec()));
    assert_eq!(seen, plain::delivered(&pieces.stream), "lines of the pieces, and of the whole");
    let mut of_whole = Vec::new();
    each_line(&pieces.stream, |index, line| {
        assert_eq!(index as usize, of_whole.len(), "lines are counted from 0");
        of_whole.push(line);
    });
    assert_eq!(of_whole, plain::lines(&pieces.stream), "lines of an entry");
}

fn logs(pieces: &Pieces) {
    let (chunks, error) = chunks(pieces.stream.as_slice());
    let (in_pieces, error_in_pieces) = self::chunks(pieces.reader());
    assert_eq!(error_in_pieces.is_some(), error.is_some(), "damage is told however the bytes come");
    if error.is_some() {
        // How far a decompressor comes before it tells of damage depends on what it was handed at once.
        let text =
            |chunks: &[Chunk]| chunks.iter().flat_map(|chunk| chunk.bytes.clone()).collect::<Vec<u8>>();
        let (whole, pieces) = (text(&chunks), text(&in_pieces));
        assert!(
            whole.starts_with(&pieces) || pieces.starts_with(&whole),
            "the same lines, as far as they go"
        );
    } else {
        assert_eq!(in_pieces, chunks, "chunks of the pieces, and of the whole");
    }
    for chunk in &chunks {
        let lines = chunk.bytes.iter().filter(|byte| **byte == b'\n').count();
        assert_eq!(lines, chunk.lines as usize, "a chunk holds as many lines as it says");
        assert!(chunk.bytes.len() <= CHUNK_BYTES + MAX_LINE_BYTES, "a chunk of {} bytes", chunk.bytes.len());
    }
    if pieces.stream.starts_with(&[0x1f, 0x8b]) {
        return;
    }
    assert_eq!(error, None, "plain bytes cannot fail");
    let text = pieces.stream.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&pieces.stream);
    let plain = plain::delivered(text);
    for chunk in &chunks {
        for (line, number) in plain::lines(&chunk.bytes).into_iter().zip(chunk.first_line..) {
            let there = &plain[number as usize - 1];
            assert!(line.is_empty() || line == there, "line {number} of the file is given as it is");
        }
    }
}

/// The chunks, and why there are no more if something is amiss.
fn chunks(from: impl Read + Send) -> (Vec<Chunk>, Option<String>) {
    let Ok(log) = LogFile::open(from) else { return (Vec::new(), Some("not opened".to_owned())) };
    let mut chunks = Vec::new();
    for chunk in log {
        match chunk {
            Ok(chunk) => chunks.push(chunk),
            Err(error) => return (chunks, Some(error.to_string())),
        }
    }
    (chunks, None)
}
