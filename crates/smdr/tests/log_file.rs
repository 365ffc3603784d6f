//! Logs for import: chunks, numbers of lines, gzip, damage.

use flate2::Compression;
use flate2::write::GzEncoder;
use smdr::log_file::{CHUNK_BYTES, CHUNK_LINES};
use smdr::{Chunk, LogFile, ReadError};
use std::io::Write;

const ROW: &str =
    "2026/03/09 14:05:00,00:00:05,7,01707299900,I,403,390664,,0,1000013,0,E403,Ann,T9001,Line 1.2,0,0";

fn chunks(bytes: &[u8]) -> Vec<Chunk> {
    LogFile::open(bytes).unwrap().map(|chunk| chunk.unwrap()).collect()
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap()
}

#[test]
fn header_and_comments_are_left_out_and_lines_keep_their_numbers() {
    let file = format!("Call Start,Connected Time\r\n# a comment, with commas\r\n{ROW}\r\n\r\n{ROW}");
    let read = chunks(file.as_bytes());
    assert_eq!(read.len(), 1, "a small file is one chunk");
    assert_eq!((read[0].first_line, read[0].lines), (1, 5), "lines left out are empty, not missing");
    let text = String::from_utf8(read[0].bytes.clone()).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines, ["", "", ROW, "", ROW], "line 5 lacked its end and is whole");
}

#[test]
fn a_large_file_comes_in_chunks_of_whole_lines() {
    let rows = 20_000;
    let file = format!("{ROW}\r\n").repeat(rows);
    let read = chunks(file.as_bytes());
    let mut next_line = 1;
    for chunk in &read {
        assert_eq!(chunk.first_line, next_line, "no line is skipped between chunks");
        assert!(chunk.bytes.len() <= CHUNK_BYTES && chunk.lines <= CHUNK_LINES, "bounded");
        assert!(chunk.bytes.ends_with(b"\n"), "whole lines");
        next_line += u64::from(chunk.lines);
    }
    assert_eq!(next_line - 1, rows as u64, "all rows");
    assert_eq!(read.iter().map(|chunk| chunk.bytes.len()).sum::<usize>(), file.len(), "all bytes");
}

#[test]
fn short_lines_are_bounded_by_their_number() {
    let read = chunks("a,b\n".repeat(10_000).as_bytes());
    let lines: Vec<u32> = read.iter().map(|chunk| chunk.lines).collect();
    assert_eq!(lines, [CHUNK_LINES, 10_000 - CHUNK_LINES], "an entry of the journal may hold only so many");
}

#[test]
fn a_gzip_file_reads_as_what_was_packed() {
    let file = format!("{ROW}\n").repeat(5_000);
    assert_eq!(chunks(&packed(file.as_bytes())), chunks(file.as_bytes()), "packed or not");
    let two = [packed(file.as_bytes()), packed(file.as_bytes())].concat();
    assert_eq!(chunks(&two), chunks(file.repeat(2).as_bytes()), "files packed one by one and glued");
}

#[test]
fn a_gzip_file_that_is_cut_off_gives_its_whole_lines_and_says_so() {
    let rows: String = (0..5_000).map(|n| format!("{ROW},{}\n", n * 7919)).collect();
    let mut file = packed(rows.as_bytes());
    file.truncate(file.len() / 2);
    let mut read: Vec<Result<Chunk, ReadError>> = LogFile::open(&file[..]).unwrap().collect();
    let Some(Err(ReadError::Damaged { after_line, .. })) = read.pop() else {
        panic!("the damage is told last")
    };
    let lines: u64 = read.iter().map(|chunk| u64::from(chunk.as_ref().unwrap().lines)).sum();
    assert_eq!(after_line, lines, "and after which line");
    assert!(lines > 0, "what was whole counts");
}

#[test]
fn empty_files_and_files_of_comments_have_no_chunks() {
    for file in ["", "\n", "# nothing\n# here\n", "Call Start\n", "\u{feff}"] {
        assert_eq!(chunks(file.as_bytes()), [], "{file:?}");
    }
    assert_eq!(
        chunks(format!("\u{feff}{ROW}\n").as_bytes())[0].bytes,
        format!("{ROW}\n").into_bytes(),
        "a mark in front"
    );
}

#[test]
fn a_file_without_line_ends_does_not_fill_the_memory() {
    let endless = vec![b'x'; 10 * 1024 * 1024];
    let read = chunks(&endless);
    assert_eq!((read.len(), read[0].lines), (1, 1), "one line");
    assert!(read[0].bytes.len() < 16 * 1024, "cut to the length of a line");
}

#[test]
fn a_gzip_file_that_swells_beyond_all_measure_is_stopped() {
    // A hundred packed files, glued: 100 MB of lines that are all the same.
    let line = format!("{}\n", "x".repeat(4_095));
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(line.repeat(256).as_bytes()).unwrap();
    let bomb = packer.finish().unwrap().repeat(100);
    assert!(bomb.len() < 200_000, "{} bytes", bomb.len());
    let mut unpacked = 0;
    let mut last = None;
    for chunk in LogFile::open(&bomb[..]).unwrap() {
        match chunk {
            Ok(chunk) => unpacked += chunk.bytes.len() as u64,
            Err(error) => last = Some(error),
        }
    }
    assert!(matches!(last, Some(ReadError::Swollen { after_line }) if after_line > 0), "{last:?}");
    let bound = (64 << 20).max(bomb.len() as u64 * 200) + (1 << 20);
    assert!(unpacked <= bound, "{unpacked} bytes of {}: what came before is all", bomb.len());
}
