//! Conversations by script, against the session without sockets.

mod support;

use devlink3::login::Credentials;
use devlink3::message::{EventsResult, LoginReply, Request, Response, TestResult};
use devlink3::session::{
    ANSWER_WITHIN, HEAL_EVERY, Input, NoticeKind, Output, STALE_AFTER, Session, TEST_EVERY,
};
use devlink3::trouble::During;
use devlink3::{Flag, Flags, LinkState, Password, Retry, Transport, Trouble};
use model::Said;
use std::borrow::Cow;
use std::time::{Duration, Instant};
use support::{CHALLENGE, HANG_UP, NODE, event, events_answer, frame, login_reply, welcome};

struct Talk {
    session: Session,
    now: Instant,
}

impl Talk {
    fn over(transport: Transport, flags: Flags) -> Self {
        let now = Instant::now();
        let credentials = Credentials {
            user: "cti".to_owned(),
            password: Password::new("password"),
            application: "CallDoc 0.1".to_owned(),
            transport,
        };
        Self { session: Session::new(now, credentials, flags), now }
    }

    fn logged_in(flags: Flags) -> Self {
        let mut talk = Self::over(Transport::Tcp, flags);
        talk.outputs();
        talk.hear(&login_reply(LoginReply::Sha1Challenge(&CHALLENGE)));
        talk
    }

    /// Up, with event request 2 granted.
    fn up() -> Self {
        let mut talk = Self::logged_in(Flags::usual());
        talk.hear(&welcome());
        talk.hear(&events_answer(2, EventsResult::Success, "-SIPTrack -CMExtn"));
        talk
    }

    fn hear(&mut self, bytes: &[u8]) -> Vec<Output> {
        self.session.handle(self.now, Input::Received(bytes));
        self.outputs()
    }

    fn wait(&mut self, length: Duration) -> Vec<Output> {
        self.now += length;
        self.session.handle(self.now, Input::Tick);
        self.outputs()
    }

    fn outputs(&mut self) -> Vec<Output> {
        std::iter::from_fn(|| self.session.next_output()).collect()
    }
}

fn closed(outputs: &[Output]) -> Option<&Trouble> {
    outputs.iter().find_map(|output| match output {
        Output::Close(trouble) => Some(trouble),
        _ => None,
    })
}

fn journaled(outputs: &[Output]) -> Vec<(Said, &[u8])> {
    outputs
        .iter()
        .filter_map(|output| match output {
            Output::Journal { said, bytes } => Some((*said, &bytes[..])),
            _ => None,
        })
        .collect()
}

/// Flags and ids of the event requests sent.
fn asked(outputs: &[Output]) -> Vec<(u32, String)> {
    let payloads = outputs.iter().filter_map(|output| match output {
        Output::Send(bytes) => Some(&bytes[3..]),
        _ => None,
    });
    payloads
        .filter_map(|payload| match Request::decode(payload) {
            Ok(Request::Events { id, flags }) => Some((id, flags.into_owned())),
            _ => None,
        })
        .collect()
}

#[test]
fn a_login_leads_to_events() {
    let mut talk = Talk::over(Transport::Tcp, Flags::usual());
    let first = talk.outputs();
    assert_eq!(first[0], Output::State(LinkState::LoggingIn), "said at once");
    let Output::Send(user) = &first[1] else {
        panic!("the PBX is silent until it has heard something valid")
    };
    assert!(
        matches!(Request::decode(&user[3..]), Ok(Request::UserName { user, application: Some(name), .. }) if user == "cti" && name == "CallDoc 0.1"),
        "user and application"
    );
    let answered = talk.hear(&login_reply(LoginReply::Sha1Challenge(&CHALLENGE)));
    let Output::Send(answer) = &answered[0] else { panic!("the challenge is answered") };
    let digest = Password::new("password").answer(&CHALLENGE);
    assert_eq!(Request::decode(&answer[3..]), Ok(Request::Sha1Answer { id: 1, digest }), "with SHA-1");
    assert_eq!(
        asked(&talk.hear(&welcome())),
        [(2, "-SIPTrack -CMExtn".to_owned())],
        "then events are asked for"
    );

    let grant = events_answer(2, EventsResult::Success, "-SIPTrack -CMExtn");
    let up = talk.hear(&grant);
    assert_eq!(journaled(&up), [(Said::DevlinkSnapshot, &grant[3..])], "the grant is journaled, as it came");
    let Some(Output::State(LinkState::Up(granted))) = up.last() else { panic!("up, not {up:?}") };
    assert_eq!((granted.flags, granted.refused), (Flags::usual(), Flags::NONE), "all flags");
    assert_eq!(granted.pbx.version.as_deref(), Some("Avaya IP500v2 11.1"), "the PBX's version");

    let said = event(7, HANG_UP);
    assert_eq!(
        talk.hear(&said),
        [Output::Journal { said: Said::DevlinkEvent, bytes: said[3..].to_vec() }],
        "raw"
    );
}

#[test]
fn a_wrong_password_is_not_tried_again() {
    let mut talk = Talk::logged_in(Flags::usual());
    let outputs = talk.hear(&login_reply(LoginReply::Failed));
    let trouble = closed(&outputs).expect("the connection is closed");
    assert_eq!(
        (trouble, trouble.retry()),
        (&Trouble::WrongPassword, Retry::Never),
        "the PBX would lock the account"
    );
    assert_eq!(talk.hear(&welcome()), [], "nothing more is heard");
    assert_eq!(talk.session.next_deadline(), None, "nor waited for");
}

#[test]
fn other_refusals_of_a_login_are_told_apart() {
    for (reply, trouble, retry) in [
        (LoginReply::LimitsExceeded, Trouble::LimitsExceeded, Retry::Backoff),
        (LoginReply::RetryLater, Trouble::RetryLater, Retry::Backoff),
        (LoginReply::LicenceMissing, Trouble::LicenceMissing, Retry::Slow),
        (LoginReply::Other(0x8000_0099), Trouble::UnknownLoginAnswer { number: 0x8000_0099 }, Retry::Slow),
        (LoginReply::Sha1Challenge(&[1; 8]), Trouble::BadChallenge { length_bytes: 8 }, Retry::Backoff),
    ] {
        let outputs = Talk::logged_in(Flags::usual()).hear(&login_reply(reply));
        assert_eq!(closed(&outputs), Some(&trouble), "told as it is");
        assert_eq!(trouble.retry(), retry, "{trouble}");
    }
}

#[test]
fn the_plain_password_goes_over_tls_only() {
    let mut open = Talk::over(Transport::Tcp, Flags::usual());
    open.outputs();
    let outputs = open.hear(&login_reply(LoginReply::PlainChallenge));
    assert_eq!(outputs, [Output::Close(Trouble::PlainRefused)], "nothing is sent in the clear");

    let mut secured = Talk::over(Transport::Tls, Flags::usual());
    secured.outputs();
    let outputs = secured.hear(&login_reply(LoginReply::PlainChallenge));
    let Output::Send(answer) = &outputs[0] else { panic!("over TLS it is answered") };
    assert!(matches!(Request::decode(&answer[3..]), Ok(Request::PlainAnswer { .. })), "with the password");
}

#[test]
fn refused_flags_are_given_up_and_told() {
    let mut talk = Talk::logged_in(Flags::usual().with(Flag::Scn));
    talk.hear(&welcome());
    let again = talk.hear(&events_answer(2, EventsResult::UnknownFlag, ""));
    assert_eq!(asked(&again), [(3, "-SCN".to_owned())], "asked again without the optional ones");
    let last = talk.hear(&events_answer(3, EventsResult::InsufficientLicence, ""));
    assert_eq!(asked(&last), [(4, String::new())], "asked again for this node alone");
    let up = talk.hear(&events_answer(4, EventsResult::Success, ""));
    assert!(
        matches!(up.last(), Some(Output::State(LinkState::Up(granted))) if granted.refused == Flags::usual().with(Flag::Scn)),
        "what was not granted is told"
    );
}

#[test]
fn partial_success_tells_what_was_not_granted() {
    let mut talk = Talk::logged_in(Flags::usual());
    talk.hear(&welcome());
    let up = talk.hear(&events_answer(2, EventsResult::Partial, "-CMExtn"));
    let Some(Output::State(LinkState::Up(granted))) = up.last() else { panic!("up all the same") };
    assert_eq!(granted.refused, Flags::NONE.with(Flag::SipTrack), "SIPTrack was refused");
}

#[test]
fn a_pbx_that_grants_no_events_at_all_is_left() {
    for (result, trouble) in [
        (EventsResult::UnknownFlag, Trouble::FlagsRefused),
        (EventsResult::InsufficientLicence, Trouble::EventsLicence),
        (EventsResult::NotAvailable, Trouble::EventsNotAvailable),
        (EventsResult::Other(5), Trouble::UnknownEventsAnswer { number: 5 }),
    ] {
        let mut talk = Talk::logged_in(Flags::NONE);
        talk.hear(&welcome());
        assert_eq!(
            closed(&talk.hear(&events_answer(2, result, ""))),
            Some(&trouble),
            "nothing left to give up"
        );
    }
}

#[test]
fn a_gap_is_journaled_before_the_event_and_healed_by_a_new_snapshot() {
    let mut talk = Talk::up();
    talk.hear(&event(5, HANG_UP));
    talk.now += HEAL_EVERY;
    let late = event(8, HANG_UP);
    let outputs = talk.hear(&late);
    let expected: [(Said, &[u8]); 2] = [(Said::DevlinkGap, b"6,8"), (Said::DevlinkEvent, &late[3..])];
    assert_eq!(journaled(&outputs), expected, "the gap first");
    assert!(
        outputs.contains(&Output::State(LinkState::Healing { node: NODE, expected: 6, got: 8 })),
        "and it is said"
    );
    assert_eq!(asked(&outputs), [(3, "-SIPTrack -CMExtn".to_owned())], "the state is asked for anew");
    let healed = talk.hear(&events_answer(3, EventsResult::Success, ""));
    assert_eq!(journaled(&healed)[0].0, Said::DevlinkSnapshot, "a new snapshot follows");
    assert!(matches!(healed.last(), Some(Output::State(LinkState::Up(_)))), "and the link is up again");
    let fresh = talk.hear(&event(0, HANG_UP));
    assert_eq!(journaled(&fresh).len(), 1, "where the counter begins after a snapshot is the PBX's to say");
}

#[test]
fn gaps_in_a_row_ask_for_one_snapshot_in_half_a_minute() {
    let mut talk = Talk::up();
    talk.hear(&event(1, HANG_UP));
    let mut requests = 0;
    for counter in 1..=20 {
        requests += asked(&talk.hear(&event(counter * 10, HANG_UP))).len();
    }
    assert_eq!(requests, 0, "the first snapshot is seconds old");
    assert_eq!(asked(&talk.wait(HEAL_EVERY)).len(), 1, "then one request for all of them");
    assert_eq!(asked(&talk.wait(Duration::from_secs(1))).len(), 0, "and no more");
}

#[test]
fn a_snapshot_that_is_refused_leads_to_a_new_connection() {
    let mut talk = Talk::up();
    talk.hear(&event(1, HANG_UP));
    talk.now += HEAL_EVERY;
    talk.hear(&event(3, HANG_UP));
    let outputs = talk.hear(&events_answer(3, EventsResult::NotAvailable, ""));
    assert_eq!(closed(&outputs), Some(&Trouble::SnapshotRefused), "the gap is not left unhealed");
    assert_eq!(Trouble::SnapshotRefused.retry(), Retry::Backoff, "and the next connection comes soon");
}

#[test]
fn a_quiet_link_is_tested_and_silence_makes_it_stale() {
    let mut talk = Talk::up();
    assert_eq!(talk.session.next_deadline(), Some(talk.now + TEST_EVERY), "a test packet is next");
    let outputs = talk.wait(TEST_EVERY);
    let [Output::Send(test)] = &outputs[..] else { panic!("one test packet, not {outputs:?}") };
    let Ok(Request::Test { id, payload }) = Request::decode(&test[3..]) else { panic!("a test packet") };
    let answer = frame(&Response::Test { id, result: TestResult::Success, payload });
    assert_eq!(talk.hear(&answer), [], "an answer is life");
    assert_eq!(talk.wait(TEST_EVERY).len(), 1, "tested again");
    assert_eq!(talk.wait(TEST_EVERY).len(), 1, "and again, unanswered");
    let silent_seconds = STALE_AFTER.as_secs();
    let outputs = talk.wait(STALE_AFTER - 2 * TEST_EVERY);
    assert_eq!(
        outputs,
        [
            Output::State(LinkState::Stale { silent_seconds }),
            Output::Close(Trouble::Silent { silent_seconds })
        ],
        "stale, then closed"
    );
}

#[test]
fn a_busy_link_needs_no_test_packets() {
    let mut talk = Talk::up();
    for counter in 0..10 {
        talk.now += TEST_EVERY - Duration::from_secs(1);
        assert_eq!(talk.hear(&event(counter, HANG_UP)).len(), 1, "only the event is handed on");
    }
}

#[test]
fn a_pbx_that_does_not_answer_is_left() {
    let mut talk = Talk::over(Transport::Tcp, Flags::usual());
    talk.outputs();
    let trouble = Trouble::NoAnswer { during: During::LoggingIn };
    assert_eq!(talk.wait(ANSWER_WITHIN), [Output::Close(trouble)], "ten seconds are enough");
}

#[test]
fn garbage_says_that_this_is_no_devlink_port() {
    let mut talk = Talk::over(Transport::Tcp, Flags::usual());
    talk.outputs();
    let outputs = talk.hear(b"HTTP/1.1 400 Bad Request\r\n");
    assert_eq!(outputs, [Output::Close(Trouble::NotDevlink { first_byte: b'H' })], "a web server");
    let outputs = Talk::up().hear(b"garbage");
    assert!(matches!(closed(&outputs), Some(Trouble::FramingLost(_))), "later, the framing is lost");
}

#[test]
fn a_length_beyond_all_measure_closes_the_connection() {
    let outputs = Talk::up().hear(&[0x49, 0xFF, 0x7F, 0xFF]);
    assert!(matches!(closed(&outputs), Some(Trouble::FramingLost(_))), "before anything is collected");
    let challenge = support::hex("49001380300001000000010000000240000000");
    let outputs = Talk::logged_in(Flags::usual()).hear(&challenge);
    assert!(matches!(closed(&outputs), Some(Trouble::Garbled { .. })), "a challenge of 1 GB in 19 bytes");
}

#[test]
fn half_a_frame_at_the_end_is_noted() {
    let mut talk = Talk::up();
    let said = event(1, HANG_UP);
    assert_eq!(talk.hear(&said[..20]), [], "half a frame is awaited");
    talk.session.handle(talk.now, Input::Closed);
    let outputs = talk.outputs();
    assert!(
        matches!(&outputs[..], [Output::Noted(notice), Output::Close(Trouble::Closed { during: During::Events })] if notice.kind == NoticeKind::HalfFrame),
        "{outputs:?}"
    );
}

#[test]
fn unknown_and_garbled_messages_are_counted_and_survived() {
    let mut talk = Talk::up();
    let unknown = frame(&Response::Unknown { kind: 0x1234_5678, bytes: b"new" });
    let told: usize = (0..100).map(|_| talk.hear(&unknown).len()).sum();
    assert_eq!(told, 7, "1, 2, 4, ... 64: a flood makes few entries");
    let garbled = frame(&Response::Unknown { kind: 0x802A_0001, bytes: &[1] });
    assert!(matches!(&talk.hear(&garbled)[..], [Output::Noted(_)]), "noted");
    let short = frame(&Response::Unknown { kind: 0x1030_0011, bytes: &[1] });
    let outputs = talk.hear(&short);
    assert_eq!(journaled(&outputs).len(), 1, "an event that cannot be read is journaled all the same");
    assert_eq!(journaled(&talk.hear(&event(1, HANG_UP))).len(), 1, "and events go on");
}

#[test]
fn invalid_utf8_in_texts_of_the_pbx_is_survived() {
    let mut talk = Talk::logged_in(Flags::usual());
    let mut welcome = Vec::new();
    let payload = support::hex("80300001000000010000000000 7D00010003FFFE00".replace(' ', "").as_str());
    devlink3::frame::append(&payload, &mut welcome).unwrap();
    let outputs = talk.hear(&welcome);
    assert!(
        matches!(&outputs[0], Output::State(LinkState::LoggedIn(pbx)) if pbx.version.as_deref() == Some("\u{FFFD}\u{FFFD}")),
        "{outputs:?}"
    );
}

#[test]
fn answers_to_nothing_are_not_believed() {
    let mut talk = Talk::over(Transport::Tcp, Flags::usual());
    talk.outputs();
    let stray =
        frame(&Response::Login { id: 99, reply: LoginReply::Success { version: None, variant: None } });
    assert!(matches!(&talk.hear(&stray)[..], [Output::Noted(_)]), "another id is another's answer");
    let early = frame(&Response::Events { id: 2, result: EventsResult::Success, flags: Cow::Borrowed("") });
    assert_eq!(journaled(&talk.hear(&early)), [], "events were not asked for yet");
}

#[test]
fn outputs_do_not_print_what_they_carry() {
    let mut talk = Talk::over(Transport::Tls, Flags::usual());
    talk.outputs();
    let outputs = talk.hear(&login_reply(LoginReply::PlainChallenge));
    assert_eq!(format!("{:?}", outputs[0]), "Send(51 bytes)", "a password would stand in it");
    assert!(!format!("{:?}", talk.session).contains("password\""), "nor does the session print it");
}
