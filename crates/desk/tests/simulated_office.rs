//! A simulated IP Office over real sockets: what CallDoc made of it against the truth.

mod office;

use contract::published::Call;
use contract::sites::{DevlinkSettings, SaveSite, Site, SmdrMode, SmdrSettings};
use desk::{Answer, Happening};
use office::{calls, free_port, open};
use simulator::{Kind, Pace, Settings, Simulator};
use std::time::Duration;

/// Steps pass through two sockets and a commit, on a machine that may be busy.
const TOLERANCE_SECONDS: f64 = 1.5;

#[tokio::test(flavor = "multi_thread")]
async fn every_plain_kind_of_call_comes_out_as_it_truly_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = open(folder.path()).await;
    let smdr_port = free_port();
    let mut happenings = desk.happenings();
    let simulator = Simulator::start(Settings {
        devlink3: Some(([127, 0, 0, 1], 0).into()),
        smdr_to: Some(([127, 0, 0, 1], smdr_port).into()),
        calls: Some(2 * Kind::PLAIN.len() as u64),
        kinds: Some(Kind::PLAIN.to_vec()),
        pace: Pace::Lively,
        speed: 6.0,
        time_zone: "Europe/Berlin".to_owned(),
        linger: Duration::from_secs(2),
        ..Settings::default()
    })
    .await
    .expect("the simulated office opens");
    let address = simulator.devlink3_addr().expect("DevLink3 is served");
    let site = Site {
        name: "Office".to_owned(),
        time_zone: "Europe/Berlin".to_owned(),
        access_digits: "9".to_owned(),
        devlink: Some(DevlinkSettings {
            host: address.ip().to_string(),
            port: address.port(),
            user: "cti".to_owned(),
            ..DevlinkSettings::default()
        }),
        smdr: Some(SmdrSettings {
            mode: SmdrMode::Listen,
            host: "127.0.0.1".to_owned(),
            port: smdr_port,
            only_from: None,
        }),
        ..Site::default()
    };
    let save = SaveSite { site, password: Some("any".to_owned()), forget_fingerprint: false };
    desk.answer(save).await.expect("saved");
    let summary = simulator.wait().await;
    let truth = simulator.truth();
    assert_eq!(summary.unfinished, 0, "every call came to its end");

    // Late rows are joined a few seconds after they came.
    let all_joined = async {
        while calls(folder.path()).await.iter().any(|call| call.smdr.is_empty()) {
            desk.settle().await.expect("settled");
            if let Some(happening) = happenings.next().await
                && matches!(*happening, Happening::Settings)
            {}
        }
    };
    // A row that never comes would wait for ever: the comparison below then says which.
    let _ = tokio::time::timeout(Duration::from_secs(10), all_joined).await;
    desk.settle().await.expect("settled");
    let made = calls(folder.path()).await;
    compare(&truth, &made);

    let rebuilt = desk.rebuild().await.expect("rebuilt");
    assert_eq!((rebuilt.added, rebuilt.removed, rebuilt.changed), (0, 0, 0), "rebuild is the identity");
    desk.close().await.expect("closed");
}

fn compare(truth: &[Call], made: &[Call]) {
    assert_eq!(made.len(), truth.len(), "as many calls as there were");
    for true_call in truth {
        let by_record = |call: &&Call| call.smdr.iter().any(|id| true_call.smdr.contains(id));
        let call =
            made.iter().find(by_record).unwrap_or_else(|| panic!("nothing was made of {true_call:#?}"));
        assert_eq!(
            facts(call),
            facts(true_call),
            "what happened, to whom: {call:#?}\nin truth {true_call:#?}"
        );
        let times = [
            (call.talk_s, true_call.talk_s),
            (call.ring_s, true_call.ring_s),
            (call.hold_s, true_call.hold_s),
            (call.queue_s, true_call.queue_s),
            (call.total_s, true_call.total_s),
        ];
        for (made, true_length) in times {
            assert!((made - true_length).abs() <= TOLERANCE_SECONDS, "{made} for {true_length}: {call:#?}");
        }
        assert_eq!(call.sources.len(), 2, "both sources told of it: {call:#?}");
    }
}

/// Everything about a call but its times.
fn facts(call: &Call) -> String {
    let events: Vec<_> = call.events.iter().map(|event| (event.kind, &event.agent, &event.group)).collect();
    format!(
        "{:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {events:?}",
        call.direction,
        call.answered,
        call.abandoned,
        call.abandoned_on_hold,
        call.voicemail,
        call.external_number,
        call.external_name,
        call.dialed_number,
        call.agents,
        call.agents_rung,
        call.groups,
    )
}
