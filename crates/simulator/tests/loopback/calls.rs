use crate::client::{Answer, Client, Heard};
use crate::{ANY_PORT, quick};
use contract::published::Call;
use model::fact::{EndId, LegId, NodeId};
use simulator::{Fault, Kind, LegFields, Pace, Settings, Simulator, SipTrack};
use smdr::{Line, SiteClock};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;

/// Consultations of two transfers; consultation and two members of the conference; two mobile twins.
const RELATED_RECORDS: usize = 7;

#[tokio::test]
async fn events_rows_and_truth_tell_of_the_same_calls() {
    let receiver = TcpListener::bind(ANY_PORT).await.expect("loopback");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("truth.jsonl");
    let calls = Kind::ALL.len();
    let settings = Settings {
        smdr_to: receiver.local_addr().ok(),
        calls: Some(calls as u64),
        kinds: Some(Kind::ALL.to_vec()),
        leg_fields: LegFields::Always,
        truth: Some(file.clone()),
        ..quick()
    };
    let simulator = Simulator::start(settings).await.expect("it starts");
    let addr = simulator.devlink3_addr().expect("it listens");
    let mut client = Client::listening_with(addr, "-SCN -CMExtn").await;
    let rows = tokio::spawn(async move {
        let mut rows = Vec::new();
        while let Ok((mut stream, _)) = receiver.accept().await {
            stream.read_to_end(&mut rows).await.expect("whole rows");
            if complete_records(&rows) == calls + RELATED_RECORDS {
                break;
            }
        }
        rows
    });

    let mut counters: BTreeMap<NodeId, u32> = BTreeMap::new();
    let mut legs: BTreeSet<LegId> = BTreeSet::new();
    let mut present: BTreeSet<(NodeId, EndId)> = BTreeSet::new();
    while let Answer::Event { node, counter, heard } = client.next().await {
        let last = counters.insert(node, counter).unwrap_or(0);
        assert_eq!(counter, last + 1, "each node's counter grows by one");
        for heard in heard {
            match heard {
                Heard::State { leg, ends, .. } => {
                    legs.insert(leg);
                    present.extend(ends.into_iter().map(|end| (leg.node, end)));
                }
                Heard::Left { node, end } => {
                    assert!(present.remove(&(node, end)), "{end:?} left and was there");
                }
                Heard::Note(text) => assert!(text.starts_with("Extn2"), "a phone says {text}"),
                Heard::Refused => {}
                Heard::Sip { .. } | Heard::Other => panic!("nothing else is said"),
            }
        }
    }
    let summary = simulator.wait().await;
    assert!(present.is_empty(), "everybody has hung up");
    assert_eq!((summary.calls, summary.unfinished), (calls as u64, 0), "all calls were made");
    assert_eq!(summary.calls_by_kind.len(), calls, "one of each kind");

    let truth = simulator.truth();
    let written = std::fs::read_to_string(&file).expect("the file is there");
    let written: Vec<Call> =
        written.lines().map(|line| serde_json::from_str(line).expect("a call on each line")).collect();
    assert_eq!(written, truth, "the file holds the same truth");
    let nodes: BTreeSet<NodeId> = legs.iter().map(|leg| leg.node).collect();
    assert_eq!(nodes.len(), 3, "every node of the network speaks for itself");

    let rows = rows.await.expect("the rows came");
    let told: BTreeSet<u64> = truth.iter().flat_map(|call| call.smdr.clone()).collect();
    assert_eq!(told.len(), calls, "each call has a Call ID");
    let mut ids: BTreeMap<u64, u32> = BTreeMap::new();
    let mut clock = SiteClock::new("Europe/Berlin").expect("the rules are bundled");
    smdr::facts(&rows, &mut clock, |_, line| {
        let Line::Record(record) = line else {
            panic!("not a record: {line:?}");
        };
        let leg = record.caller_leg.expect("fields 31 and 32 were asked for");
        if told.contains(&record.call_id) {
            assert!(legs.contains(&leg), "a row's leg was seen in the events");
        }
        *ids.entry(record.call_id).or_default() += 1;
    });
    let own = ids.keys().filter(|id| told.contains(id)).count();
    let related: usize = truth.iter().map(|call| call.related.len()).sum();
    // The colleague's part of the conference is one related call with two records.
    assert_eq!((own, related), (calls, RELATED_RECORDS - 1), "rows and truth name the same calls");
    assert_eq!(ids.len(), calls + RELATED_RECORDS, "and nothing else was printed");
    assert_eq!(summary.rows.delivered, u64::from(ids.values().sum::<u32>()), "every row was delivered");
}

#[tokio::test]
async fn sip_calls_are_told_to_clients_that_ask_for_them() {
    let settings = Settings { calls: Some(12), sip_track: SipTrack::On, ..quick() };
    let simulator = Simulator::start(settings).await.expect("it starts");
    let addr = simulator.devlink3_addr().expect("it listens");
    let mut client = Client::listening_with(addr, "-SIPTrack").await;
    let mut other = Client::listening(addr).await;
    let mut open: BTreeSet<EndId> = BTreeSet::new();
    let mut ended = 0;
    while let Answer::Event { heard, .. } = client.next().await {
        for heard in heard {
            match heard {
                Heard::Sip { started: true, end } => assert!(open.insert(end), "{end:?} starts once"),
                Heard::Sip { started: false, end } => {
                    assert!(open.remove(&end), "{end:?} ends after its start");
                    ended += 1;
                }
                Heard::Note(text) => panic!("nobody asked what phones say: {text}"),
                Heard::State { .. } | Heard::Left { .. } | Heard::Refused | Heard::Other => {}
            }
        }
    }
    assert!(ended > 0 && open.is_empty(), "some lines are SIP, and every call on them ends");
    while let Answer::Event { heard, .. } = other.next().await {
        assert!(!matches!(heard[..], [Heard::Sip { .. }]), "the other one did not ask: {heard:?}");
    }
}

#[tokio::test]
async fn a_client_that_comes_late_is_told_the_calls_in_progress() {
    let settings = Settings { speed: 20.0, kinds: Some(vec![Kind::InboundDirect]), ..quick() };
    let simulator = Simulator::start(settings).await.expect("it starts");
    let addr = simulator.devlink3_addr().expect("it listens");
    let mut early = Client::listening(addr).await;
    let Answer::Event { .. } = early.next().await else {
        panic!("calls are made");
    };
    let mut late = Client::listening(addr).await;
    let Answer::Event { counter, heard, .. } = late.next().await else {
        panic!("the snapshot follows the answer");
    };
    assert_eq!(counter, 1, "its own counter");
    assert!(matches!(heard[..], [Heard::State { .. }]), "a call's whole state: {heard:?}");
    let summary = simulator.stop().await;
    assert!(summary.unfinished >= 1, "that call was cut short by the end: {summary:?}");
}

#[tokio::test]
async fn asking_again_heals_a_gap_on_the_same_connection() {
    let simulator = Simulator::start(Settings { speed: 50.0, ..quick() }).await.expect("it starts");
    let mut client = Client::listening(simulator.devlink3_addr().expect("it listens")).await;
    simulator.inflict(Fault::SkipEvent).await;
    let mut last = 0;
    loop {
        let Answer::Event { counter, .. } = client.next().await else {
            panic!("events go on");
        };
        if counter != last + 1 && last != 0 {
            assert_eq!(counter, last + 2, "one event is missing");
            break;
        }
        if last == 0 && counter == 2 {
            break;
        }
        last = counter;
    }
    client.send(devlink3::message::Request::Events { id: 5, flags: "-CMExtn".into() }).await;
    loop {
        match client.next().await {
            Answer::Event { .. } => {}
            Answer::Events(result, _) => {
                assert_eq!(result, devlink3::message::EventsResult::Success, "granted again");
                break;
            }
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn faults_cut_the_line_or_spoil_it() {
    let simulator = Simulator::start(quick()).await.expect("it starts");
    let addr = simulator.devlink3_addr().expect("it listens");
    for (fault, expected) in [(Fault::DropConnections, Answer::Closed), (Fault::Garbage, Answer::Garbage)] {
        let mut client = Client::listening(addr).await;
        simulator.inflict(fault).await;
        let end = loop {
            match client.next().await {
                Answer::Event { .. } => {}
                end => break end,
            }
        };
        assert_eq!(end, expected, "{fault:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn without_a_client_the_calls_are_made_after_the_wait() {
    let settings = Settings { calls: Some(3), first_client_within: Duration::from_secs(7), ..quick() };
    let began = tokio::time::Instant::now();
    let simulator = Simulator::start(settings).await.expect("it starts");
    let summary = simulator.wait().await;
    assert_eq!(summary.calls, 3, "made all the same");
    assert!(began.elapsed() >= Duration::from_secs(7), "but not before");
}

#[tokio::test(start_paused = true)]
async fn an_office_that_closes_lets_its_calls_come_to_their_ends() {
    let settings = Settings {
        people: 200,
        pace: Pace::Day { calls: 4_000.0, from_hour: 9 },
        open_for: Some(Duration::from_secs(2 * 3600)),
        speed: 50.0,
        ..Settings::default()
    };
    let simulator = Simulator::start(settings).await.expect("it starts");
    let summary = simulator.wait().await;
    assert_eq!(summary.unfinished, 0, "nobody is cut off: {summary:?}");
    assert!(
        (800..1_100).contains(&summary.calls),
        "a quarter of a day's calls in two busy hours: {}",
        summary.calls
    );
    assert_eq!(simulator.calls_ended(), summary.calls, "counted as they end");
    let people: BTreeSet<String> = simulator.truth().into_iter().flat_map(|call| call.agents).collect();
    assert!(people.len() > 150, "of two hundred people most have been on the phone: {}", people.len());
}

#[tokio::test(start_paused = true)]
async fn speed_shortens_calls_in_the_truth_too() {
    let mut totals = Vec::new();
    for speed in [1.0, 10.0] {
        let settings = Settings { calls: Some(5), speed, ..Settings::default() };
        let simulator = Simulator::start(settings).await.expect("it starts");
        simulator.wait().await;
        let truth = simulator.truth();
        assert_eq!(truth.len(), 5, "all ended");
        totals.push(truth.iter().map(|call| call.total_s).sum::<f64>());
    }
    let ratio = totals[0] / totals[1];
    assert!((9.5..10.5).contains(&ratio), "ten times as fast, {ratio}");
}

/// Records whose last row is there.
fn complete_records(rows: &[u8]) -> usize {
    let text = String::from_utf8_lossy(rows);
    text.lines().filter(|line| line.split(',').nth(10) == Some("0")).count()
}
