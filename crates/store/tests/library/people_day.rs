//! A day of the people: what their phones did, and their part in its calls.

use crate::kit::{Kit, Who, office};
use model::{AgentState, AgentStatus, At, Direction, EventKind, SiteId};
use store::{Changes, Span};

fn status(site: SiteId, extension: &str, since: i64, state: AgentState) -> (SiteId, AgentStatus) {
    (site, AgentStatus { extension: extension.into(), state, since: At(since) })
}

#[tokio::test]
async fn a_phone_goes_into_a_day_in_the_state_it_had() {
    let mut kit = Kit::new().await;
    let branch = kit.writer.save_site(&office("Branch")).await.expect("a site");
    let site = kit.site;
    let states = vec![
        status(site, "204", 10, AgentState::Idle),
        status(site, "204", 50, AgentState::Talking),
        status(site, "204", 120, AgentState::Ringing),
        status(site, "204", 120, AgentState::Idle),
        status(site, "204", 500, AgentState::Talking),
        status(site, "205", 20, AgentState::Idle),
        status(site, "205", 30, AgentState::Unknown),
        status(site, "206", 900, AgentState::Idle),
        status(branch, "204", 100, AgentState::DoNotDisturb),
        status(branch, "7", 150, AgentState::LoggedOut),
    ];
    kit.writer.commit(&[], &Changes { states, ..Changes::default() }).await.expect("committed");
    let day = Span { from: At(100), to: At(500) };
    let seen = kit.reader.phones_seen(day).await.expect("read");
    let wanted = [(site, "204".to_owned()), (branch, "204".to_owned()), (branch, "7".to_owned())];
    assert_eq!(seen, wanted, "of 205 nothing was known that day, and 206 came later");

    let phones = [(site, "204"), (site, "205"), (site, "206"), (branch, "204"), (branch, "7")];
    let states = kit.reader.states_of(day, &phones).await.expect("read");
    assert_eq!(
        states,
        [
            vec![(At(50), AgentState::Talking), (At(120), AgentState::Idle)],
            vec![(At(30), AgentState::Unknown)],
            vec![],
            vec![(At(100), AgentState::DoNotDisturb)],
            vec![(At(150), AgentState::LoggedOut)],
        ],
        "the state at midnight first; of two at one instant the later one stands; the next day is not told"
    );
}

#[tokio::test]
async fn what_is_told_later_holds_from_its_time_on() {
    let mut kit = Kit::new().await;
    let site = kit.site;
    let commits = [
        vec![status(site, "204", 10, AgentState::Idle), status(site, "204", 50, AgentState::Talking)],
        vec![status(site, "204", 70, AgentState::Idle), status(site, "205", 70, AgentState::Idle)],
        vec![status(site, "204", 60, AgentState::Ringing), status(site, "204", 40, AgentState::Unknown)],
    ];
    for states in commits {
        kit.writer.commit(&[], &Changes { states, ..Changes::default() }).await.expect("committed");
    }
    let ever = Span { from: At(0), to: At(100) };
    let states = kit.reader.states_of(ever, &[(site, "204"), (site, "205")]).await.expect("read");
    assert_eq!(
        states,
        [vec![(At(10), AgentState::Idle), (At(40), AgentState::Unknown)], vec![(At(70), AgentState::Idle)],],
        "nobody looked from forty on, and another phone is another matter"
    );
}

#[tokio::test]
async fn each_ones_part_in_a_call_is_told_apart() {
    let mut kit = Kit::new().await;
    let calls = vec![
        // Rings at 204 and 205, 205 answers, hands over to 204, who talks in a conference at the end.
        kit.call(1, 100)
            .then(EventKind::Ringing, 5, Who::Agent("204"))
            .then(EventKind::Ringing, 7, Who::Agent("205"))
            .then(EventKind::Talking, 60, Who::Agent("205"))
            .then(EventKind::Ringing, 3, Who::Agent("204"))
            .then(EventKind::Conference, 20, Who::Agent("204"))
            .then(EventKind::Ringing, 9, Who::Agent("204"))
            .make(),
        kit.call(2, 200).abandoned(11, "204").make(),
        kit.call(3, 300)
            .direction(Direction::Outbound)
            .then(EventKind::Talking, 30, Who::Agent("206"))
            .live()
            .make(),
        kit.call(4, 400).answered("204").consultation_of(model::CallId(1)).make(),
        kit.call(5, 999).answered("204").make(),
    ];
    kit.put(calls).await;
    let span = Span { from: At::from_seconds(100), to: At::from_seconds(999) };
    let day = kit.reader.day_of_calls(span, At::from_seconds(330)).await.expect("read");
    let shown: Vec<_> = day
        .parts
        .iter()
        .map(|part| (part.extension.as_str(), part.talked, part.rang, part.talk_ms, part.ring_ms))
        .collect();
    assert_eq!(
        shown,
        [
            ("204", true, true, 20_000, 8_000),
            ("205", true, true, 60_000, 7_000),
            ("204", false, true, 0, 11_000),
            ("206", true, false, 30_000, 0),
        ],
        "ringing after the talking is none before the answer; a living call up to now; no consultation, no other day"
    );
    assert_eq!(day.parts[3].direction, Direction::Outbound, "whose call it was");
    let (first, last) = (At::from_seconds(100), At::from_seconds(330));
    assert_eq!((day.first_at, day.last_at), (Some(first), Some(last)), "from the first call to the last");
    let empty = Span { from: At(0), to: At(1) };
    assert_eq!(
        kit.reader.day_of_calls(empty, At(5)).await.expect("read"),
        Default::default(),
        "a day without calls"
    );
}
