//! Frames computed from the published framing and the SHA-1 rule, byte for byte.

mod support;

use devlink3::Password;
use devlink3::frame::Decoder;
use devlink3::message::{LoginReply, PaddedPassword, Request, Response, TestResult};
use std::borrow::Cow;
use support::{CHALLENGE, hex};

fn payload(frame: &[u8]) -> Vec<u8> {
    let mut decoder = Decoder::default();
    decoder.push(frame);
    decoder.next_payload().unwrap().expect("a whole frame").to_vec()
}

#[test]
fn requests_are_written_and_read_byte_for_byte() {
    let digest = hex("62DC6557730047BEB0FBF0C8C4BD39D2D0C5E87C").try_into().unwrap();
    let user = |application: Option<&'static str>| Request::UserName {
        id: 0x1234_5678,
        user: Cow::Borrowed("cti"),
        application: application.map(Cow::Borrowed),
    };
    for (golden, request) in [
        ("49000F002A00010000000100000000", Request::Test { id: 1, payload: &[] }),
        ("49001300300001123456780000000163746900", user(None)),
        (
            "49002B00300001123456780000000163746900007E000100124D79417070204465764C696E6B20312E3000",
            user(Some("MyApp DevLink 1.0")),
        ),
        (
            "4900270030000112345678000000500000001462DC6557730047BEB0FBF0C8C4BD39D2D0C5E87C",
            Request::Sha1Answer { id: 0x1234_5678, digest },
        ),
        (
            "490015003000110000000200082D434D4578746E00",
            Request::Events { id: 2, flags: Cow::Borrowed("-CMExtn") },
        ),
        (
            "490020003000410000000300136E6173797374656D2F757365725F6C69737400",
            Request::ReadFile { id: 3, name: Cow::Borrowed("nasystem/user_list") },
        ),
    ] {
        let golden = hex(golden);
        assert_eq!(request.to_frame().unwrap(), golden, "{request:?} is written so");
        assert_eq!(Request::decode(&payload(&golden)), Ok(request.clone()), "{request:?} is read back");
    }
}

#[test]
fn responses_are_written_and_read_byte_for_byte() {
    for (golden, response) in [
        (
            "490013802A0001000000010000000000000000",
            Response::Test { id: 1, result: TestResult::Success, payload: &[] },
        ),
        (
            "49002380300001123456780000000200000010000102030405060708090A0B0C0D0E0F",
            Response::Login { id: 0x1234_5678, reply: LoginReply::Sha1Challenge(&CHALLENGE) },
        ),
    ] {
        let golden = hex(golden);
        assert_eq!(response.to_frame().unwrap(), golden, "{response:?} is written so");
        assert_eq!(Response::decode(&payload(&golden)), Ok(response.clone()), "{response:?} is read back");
    }
}

#[test]
fn passwords_answer_the_challenge_by_their_first_sixteen_bytes() {
    for (password, digest) in [
        ("password", "62DC6557730047BEB0FBF0C8C4BD39D2D0C5E87C"),
        ("0123456789ABCDEF", "A175148E4291D52BE8CF3A7112E43BF159C1B877"),
        ("0123456789ABCDEFG-longer", "A175148E4291D52BE8CF3A7112E43BF159C1B877"),
        ("pässwörd", "388643442F9D9223BAB756989AA9FE11926EF0F9"),
    ] {
        assert_eq!(Password::new(password).answer(&CHALLENGE).to_vec(), hex(digest), "{password}");
    }
}

#[test]
fn a_plain_answer_pads_the_password_to_32_bytes() {
    let request = Request::PlainAnswer { id: 7, password: Password::new("secret").padded() };
    let frame = request.to_frame().unwrap();
    assert!(frame.ends_with(b"secret\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), "zeros behind");
    let payload = payload(&frame);
    let Ok(Request::PlainAnswer { password: PaddedPassword(bytes), .. }) = Request::decode(&payload) else {
        panic!("read back as a plain answer");
    };
    assert_eq!(bytes.len(), 32, "by the manual");
    assert!(!format!("{request:?}").contains("secret"), "it does not print");
}

#[test]
fn lengths_beyond_the_message_are_an_error_and_take_no_memory() {
    let gigabyte = hex("802A0001000000010000000040000000");
    assert!(Response::decode(&gigabyte).is_err(), "a test answer that promises 1 GB");
    let challenge = hex("80300001000000010000000240000000");
    assert!(Response::decode(&challenge).is_err(), "a challenge that promises 1 GB");
    assert!(Response::decode(&[0x80]).is_err(), "less than a type");
}

#[test]
fn unknown_types_are_kept_with_their_bytes() {
    let payload = hex("8FFF0001AABBCC");
    assert_eq!(
        Response::decode(&payload),
        Ok(Response::Unknown { kind: 0x8FFF_0001, bytes: &[0xAA, 0xBB, 0xCC] }),
        "type and bytes"
    );
}

#[test]
fn a_user_name_with_a_nul_is_not_sent() {
    let request = Request::UserName { id: 1, user: Cow::Borrowed("c\0ti"), application: None };
    assert!(request.to_frame().is_err(), "the PBX would read another name");
}
