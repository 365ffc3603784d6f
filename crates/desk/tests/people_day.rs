//! What each person's phones did on a day, by what the PBX told, and unknown where nobody did.

mod office;

use contract::directory::{Holding, PersonEntry, SavePerson};
use contract::people::{AskPeopleDay, PeopleDay, PersonDay};
use contract::sites::{SaveSite, Site};
use desk::{Answer, Clock, Desk, Opening};
use devlink3::delta3::write;
use devlink3::event::EventWriter;
use model::fact::{CallState, End, EndId, EndState, Equipment, LegId, NodeId, PartyLeft, Target};
use model::{AgentState, At, Said, SiteId};
use office::opening;
use std::path::Path;
use std::sync::Arc;

/// Monday, 2026-03-09, 00:00 UTC.
const MIDNIGHT: i64 = 1_773_014_400_000;
const NODE: NodeId = NodeId(0xc0a8_2a03);

fn at(hour: i64, minute: i64, second: i64) -> At {
    At(MIDNIGHT + ((hour * 60 + minute) * 60 + second) * 1_000)
}

/// An office in Greenwich whose clock is turned by hand.
struct Office {
    desk: Desk,
    clock: Arc<Clock>,
    site: SiteId,
    counter: u32,
}

impl Office {
    async fn open(folder: &Path, now: At) -> Self {
        let clock = Arc::new(Clock::by_hand(now));
        let opening = Opening { clock: Arc::clone(&clock), ..opening(folder) };
        let desk = Desk::open(opening).await.expect("the library opens");
        let sites = desk.answer(contract::sites::AskSites {}).await.expect("sites");
        let site = match sites.first() {
            Some(site) => site.id,
            None => {
                let site = Site { name: "Office".to_owned(), time_zone: "UTC".to_owned(), ..Site::default() };
                let save = SaveSite { site, password: None, forget_fingerprint: false };
                desk.answer(save).await.expect("saved").site.id
            }
        };
        Self { desk, clock, site: SiteId(site), counter: 0 }
    }

    async fn said(&self, now: At, said: Said, bytes: &[u8]) {
        self.pass(now).await;
        self.desk.said(self.site, said, bytes.to_vec()).await.expect("heard");
        self.desk.settle().await.expect("settled");
    }

    /// Time goes by, and with it whatever was waiting for that.
    async fn pass(&self, now: At) {
        self.clock.turn_to(now);
        for _ in 0..2 {
            self.desk.settle().await.expect("settled");
        }
    }

    async fn link_up(&self, now: At) {
        self.said(now, Said::DevlinkSnapshot, &[]).await;
    }

    async fn state(&mut self, now: At, state: CallState<'_>) {
        let mut text = String::new();
        write::detail(&state, &mut text);
        self.event(now, &text).await;
    }

    async fn hangs_up(&mut self, now: At, end: u64) {
        let left = PartyLeft {
            node: NODE,
            end: EndId(end),
            cleared_inbound: true,
            cause: 16,
            stamp_tenths: None,
            transit: false,
        };
        let mut text = String::new();
        write::party_left(&left, &mut text);
        self.event(now, &text).await;
    }

    async fn event(&mut self, now: At, text: &str) {
        self.counter += 1;
        let mut event = EventWriter::new(NODE, self.counter);
        event.delta3(text).expect("short enough");
        self.said(now, Said::DevlinkEvent, &event.into_payload()).await;
    }

    /// An outside caller rings at `extension` and is answered there after ten seconds, for as long.
    async fn call(&mut self, number: u32, begins: At, extension: &'static str, answered: bool) {
        let (caller, phone) = (u64::from(number) * 10, u64::from(number) * 10 + 1);
        let target = Target {
            id: EndId(phone),
            equipment: Equipment::H323_PHONE,
            identity: extension,
            ..Target::default()
        };
        let leg = LegId { node: NODE, call: number };
        let trunk = |state| End {
            id: EndId(caller),
            came_in: true,
            state,
            audio: true,
            public_line: true,
            equipment: Equipment::ISDN_TRUNK,
            description: "5.23",
            did: "5678",
            cli: "01707123456",
            cli_presentation: 100,
            ..End::default()
        };
        let ringing =
            CallState { leg, a: trunk(EndState::RINGBACK), targets: vec![target], ..CallState::default() };
        self.state(begins, ringing).await;
        if answered {
            let b = End {
                id: EndId(phone),
                state: EndState::CONNECTED,
                audio: true,
                equipment: Equipment::H323_PHONE,
                identity: extension,
                ..End::default()
            };
            let two = CallState { leg, a: trunk(EndState::CONNECTED), b: Some(b), ..CallState::default() };
            self.state(begins.plus_ms(10_000), two).await;
        }
        self.hangs_up(begins.plus_ms(20_000), caller).await;
        self.hangs_up(begins.plus_ms(20_000), phone).await;
        self.pass(begins.plus_ms(30_000)).await;
    }

    async fn day(&self) -> PeopleDay {
        let ask = AskPeopleDay { at_ms: Some(at(12, 0, 0).0), text: None, skip: 0 };
        self.desk.answer(ask).await.expect("the day")
    }
}

fn line<'d>(day: &'d PeopleDay, extension: &str) -> &'d PersonDay {
    let has = |person: &&PersonDay| person.extensions.iter().any(|held| held.extension == extension);
    day.people.iter().find(has).unwrap_or_else(|| panic!("nobody has {extension}: {day:#?}"))
}

/// States with when they began.
fn shown(person: &PersonDay) -> Vec<(AgentState, At)> {
    person.stretches.iter().map(|stretch| (stretch.state, At(stretch.from_ms))).collect()
}

fn assert_whole(person: &PersonDay, from: At, to: At) {
    assert_eq!(person.stretches[0].from_ms, from.0, "from midnight on");
    assert_eq!(person.stretches[person.stretches.len() - 1].to_ms, to.0, "up to now, or the day's end");
    for pair in person.stretches.windows(2) {
        assert_eq!(pair[0].to_ms, pair[1].from_ms, "without a gap");
    }
}

/// A link from eight to ten and from eleven on, with two calls for 201; 202 is known and does nothing.
async fn a_morning(folder: &Path) -> Office {
    let mut office = Office::open(folder, at(7, 0, 0)).await;
    office.said(at(7, 0, 0), Said::UserList, b"201,Ann Keller\r\n202,Ben Ortiz\r\n").await;
    office.link_up(at(8, 0, 0)).await;
    office.pass(at(8, 0, 3)).await;
    office.call(1, at(9, 0, 0), "201", true).await;
    office.call(2, at(9, 30, 0), "201", false).await;
    office.said(at(10, 0, 0), Said::DevlinkLost, b"the line broke").await;
    office.link_up(at(11, 0, 0)).await;
    office.pass(at(11, 0, 3)).await;
    office.pass(at(12, 0, 0)).await;
    office
}

#[tokio::test]
async fn a_day_is_told_without_gap_and_unknown_while_the_link_was_down() {
    let folder = tempfile::tempdir().expect("a folder");
    let office = a_morning(folder.path()).await;
    let day = office.day().await;
    assert_eq!(
        (day.from_ms, day.to_ms, day.now_ms),
        (MIDNIGHT, at(24, 0, 0).0, at(12, 0, 0).0),
        "of the office"
    );
    assert_eq!((day.busy_from_ms, day.total), (Some(at(9, 0, 0).0), 2), "two people: {day:#?}");
    let ann = line(&day, "201");
    assert_eq!(ann.name.as_deref(), Some("Ann Keller"), "by name");
    assert_eq!(
        shown(ann),
        [
            (AgentState::Unknown, at(0, 0, 0)),
            (AgentState::Idle, at(8, 0, 3)),
            (AgentState::Ringing, at(9, 0, 0)),
            (AgentState::Talking, at(9, 0, 10)),
            (AgentState::Idle, at(9, 0, 20)),
            (AgentState::Ringing, at(9, 30, 0)),
            (AgentState::Idle, at(9, 30, 20)),
            (AgentState::Unknown, at(10, 0, 0)),
            (AgentState::Idle, at(11, 0, 3)),
        ],
        "each state since when it held"
    );
    assert_whole(ann, at(0, 0, 0), at(12, 0, 0));
    assert_eq!(
        (ann.calls, ann.talk_ms, ann.missed, ann.answer_ms),
        (1, 10_000, 1, Some(10_000)),
        "one answered, one missed"
    );
    let ben = line(&day, "202");
    assert_eq!((ben.stretches.len(), ben.calls, ben.answer_ms), (4, 0, None), "unknown, idle, unknown, idle");
    office.desk.close().await.expect("closed");
}

#[tokio::test]
async fn a_rebuild_gives_the_same_day() {
    let folder = tempfile::tempdir().expect("a folder");
    let office = a_morning(folder.path()).await;
    let before = office.day().await;
    let rebuilt = office.desk.rebuild().await.expect("rebuilt");
    assert_eq!((rebuilt.added, rebuilt.removed, rebuilt.changed), (0, 0, 0), "the same calls");
    assert_eq!(office.day().await, before, "what many entries at once tell is what they told one by one");
    office.desk.close().await.expect("closed");
}

#[tokio::test]
async fn while_calldoc_was_not_running_nothing_is_known() {
    // Closed, the link tells that it ends; killed, nothing is certain since the last word, and that was that the link
    // was there again, after which no phone had been told of.
    for (closed, unknown_since) in [(true, at(14, 0, 0)), (false, at(10, 0, 0))] {
        let folder = tempfile::tempdir().expect("a folder");
        let office = a_morning(folder.path()).await;
        if closed {
            office.said(at(14, 0, 0), Said::DevlinkLost, b"CallDoc stopped it").await;
        }
        office.desk.close().await.expect("closed");
        let office = Office::open(folder.path(), at(15, 0, 0)).await;
        office.link_up(at(16, 0, 0)).await;
        office.pass(at(16, 0, 3)).await;
        office.pass(at(17, 0, 0)).await;
        let day = office.day().await;
        let ann = shown(line(&day, "201"));
        let end = [(AgentState::Unknown, unknown_since), (AgentState::Idle, at(16, 0, 3))];
        assert_eq!(ann[ann.len() - 2..], end, "closed: {closed}, the whole day: {ann:?}");
        assert_whole(line(&day, "201"), at(0, 0, 0), at(17, 0, 0));
        let rebuilt = office.desk.rebuild().await.expect("rebuilt");
        assert_eq!(rebuilt.changed, 0, "the same calls");
        assert_eq!(office.day().await, day, "and the same day");
        office.desk.close().await.expect("closed");
    }
}

#[tokio::test]
async fn a_person_with_several_extensions_has_one_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let office = a_morning(folder.path()).await;
    let held = |extension: &str, to: Option<At>| Holding {
        site: office.site.0,
        extension: extension.to_owned(),
        from_ms: None,
        to_ms: to.map(|at| at.0),
    };
    let cara = PersonEntry {
        name: "Cara Diaz".to_owned(),
        extensions: vec![held("201", Some(at(9, 15, 0))), held("202", None)],
        ..PersonEntry::default()
    };
    let cara = office.desk.answer(SavePerson { person: cara }).await.expect("saved");
    let day = office.day().await;
    assert_eq!(day.total, 2, "she, and the PBX's Ann for the rest of the day");
    let line_of =
        |name: &str| day.people.iter().find(|person| person.name.as_deref() == Some(name)).expect("a line");
    let (ann, hers) = (line_of("Ann Keller"), line_of("Cara Diaz"));
    assert_eq!(hers.person, Some(cara.id), "who it is");
    assert_eq!(
        (hers.calls, hers.missed, ann.calls, ann.missed),
        (1, 0, 0, 1),
        "each call is whose the phone was then"
    );
    assert!(shown(hers).contains(&(AgentState::Talking, at(9, 0, 10))), "what 201 did until a quarter past");
    assert!(!shown(hers).contains(&(AgentState::Ringing, at(9, 30, 0))), "not what it did later");
    assert_eq!(
        shown(ann)[0..2],
        [(AgentState::Unknown, at(0, 0, 0)), (AgentState::Idle, at(9, 15, 0))],
        "from then on"
    );
    assert_whole(hers, at(0, 0, 0), at(12, 0, 0));

    for (text, wanted) in [("cara", 1), ("202", 1), ("20", 2), ("nobody", 0)] {
        let ask = AskPeopleDay { at_ms: Some(MIDNIGHT), text: Some(text.to_owned()), skip: 0 };
        assert_eq!(office.desk.answer(ask).await.expect("the day").total, wanted, "{text}");
    }
    let ask = AskPeopleDay { at_ms: Some(MIDNIGHT), text: None, skip: 1 };
    let rest = office.desk.answer(ask).await.expect("the day");
    assert_eq!((rest.people.len(), rest.total), (1, 2), "the next page of the same people");
    office.desk.close().await.expect("closed");
}

#[tokio::test]
async fn with_records_alone_the_day_is_unknown_and_the_figures_are_there() {
    const ROWS: &[u8] = b"\
2026/03/09 10:00:00,00:00:30,5,01707123456,I,204,5678,,0,1000013,0,E204,Ann Keller,T9001,Line 1.1,0,0\r\n\
2026/03/09 10:10:00,00:01:00,9,01707123456,I,204,5678,,0,1000014,0,E204,Ann Keller,T9001,Line 1.1,0,0\r\n\
2026/03/09 10:20:00,00:00:00,7,01707123456,I,204,5678,,0,1000015,0,E204,Ann Keller,T9001,Line 1.1,0,0\r\n";
    let folder = tempfile::tempdir().expect("a folder");
    let office = Office::open(folder.path(), at(12, 0, 0)).await;
    office.desk.import_smdr(office.site, ROWS, |_| {}).await.expect("imported");
    let day = office.day().await;
    let ann = line(&day, "204");
    assert_eq!((ann.name.as_deref(), ann.person), (Some("Ann Keller"), None), "as the records call her");
    assert_eq!(shown(ann), [(AgentState::Unknown, at(0, 0, 0))], "records tell no states");
    assert_eq!((ann.calls, ann.talk_ms, ann.missed, ann.answer_ms), (2, 90_000, 1, Some(7_000)), "but calls");
    assert_eq!((day.busy_from_ms, day.busy_to_ms), (Some(at(10, 0, 0).0), Some(at(10, 20, 7).0)), "and when");
    let other = AskPeopleDay { at_ms: Some(at(-12, 0, 0).0), text: None, skip: 0 };
    let sunday = office.desk.answer(other).await.expect("the day before");
    assert_eq!((sunday.people.len(), sunday.busy_from_ms), (0, None), "a day without anybody");
    office.desk.close().await.expect("closed");
}
