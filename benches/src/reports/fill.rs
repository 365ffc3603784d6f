//! Five years of a large office: queues, phones that ring together, transfers, calls out, abandoned ones, voicemail.
//!
//! Put in through the store's own doors, so that each row and index is as the sources leave it. The same number of calls
//! makes the same calls.

use model::{At, Basis, Call, CallId, Direction, Ending, Event, EventKind, Position, Said, SiteId};
use std::path::Path;
use store::{Changes, Library, NewEntry, Site};

/// 2021-11-01T00:00:00Z
pub(super) const BEGIN: At = At::from_seconds(1_635_724_800);
pub(super) const DAYS: i64 = 5 * 365 + 1;
const DAY_MS: i64 = 86_400_000;
const CALLS_A_COMMIT: i64 = 20_000;
const PEOPLE: u64 = 60;
const GROUPS: u64 = 8;
const NUMBERS: u64 = 400_000;

/// Two calls in a thousand lie at any hour, the others in the ten of the working day.
pub(super) async fn fill(folder: &Path, count: i64) -> anyhow::Result<()> {
    let (mut writer, _reader) = Library::open_writer(folder, "bench").await?;
    let site = Site { name: "Bench".to_owned(), time_zone: "Europe/London".to_owned(), ..Site::default() };
    let site = writer.save_site(&site).await?;
    writer.begin_bulk().await?;
    let a_day = count / DAYS + 1;
    for first in (0..count).step_by(CALLS_A_COMMIT as usize) {
        let seq = writer.next_seq();
        let batch: Vec<Call> = (first..count.min(first + CALLS_A_COMMIT))
            .map(|n| call(site, Position { seq, index: (n - first) as u32 }, n, a_day))
            .collect();
        let entry = NewEntry { at: BEGIN, site, said: Said::SmdrLines, bytes: Vec::new() };
        writer.commit(&[entry], &Changes { calls: batch, ..Changes::default() }).await?;
        if first % 1_000_000 == 0 {
            eprintln!("  {first} calls");
        }
    }
    writer.end_bulk().await?;
    Ok(writer.close().await?)
}

fn call(site: SiteId, position: Position, n: i64, a_day: i64) -> Call {
    let (day, nth) = (n / a_day, n % a_day);
    let dice = Dice(mixed(n as u64));
    // Spread over ten hours of the day; a few at night.
    let into_day = match dice.of(1, 500) {
        0 => dice.of(2, DAY_MS as u64) as i64,
        _ => 7 * 3_600_000 + nth * 10 * 3_600_000 / a_day,
    };
    let started_at = BEGIN.plus_ms(day * DAY_MS + into_day);
    let mut call = Call {
        id: CallId::begun_at(position),
        site,
        started_at,
        start_known: true,
        basis: Basis { first: position, last: position, ..Basis::default() },
        ending: Some(if dice.of(3, 2) == 0 { Ending::CallingDrop } else { Ending::ReceivingDrop }),
        ..Call::default()
    };
    let mut story = Story { at: started_at, events: Vec::new() };
    match dice.of(4, 100) {
        0..65 => inbound(&mut call, &mut story, dice),
        65..93 => outbound(&mut call, &mut story, dice),
        _ => internal(&mut call, &mut story, dice),
    }
    call.ended_at = Some(story.at);
    call.events = story.events;
    call
}

fn inbound(call: &mut Call, story: &mut Story, dice: Dice) {
    outside(call, dice);
    call.direction = Direction::Inbound;
    call.dialed_number = Some(format!("4989123{:02}", dice.of(20, 20)));
    let group = format!("{}", 500 + dice.of(21, GROUPS));
    let waits = 1_000 + dice.of(22, 25_000) as i64;
    story.next(EventKind::Queue, waits, None, Some(&group));
    let outcome = dice.of(23, 100);
    if outcome < 8 {
        call.ending = Some(Ending::CallingDrop);
        return;
    }
    let answers = agent(dice, 24);
    let rings = 1_500 + dice.of(25, 9_000) as i64;
    story.beside(EventKind::Ringing, rings, &agent(dice, 26), &group);
    story.next(EventKind::Ringing, rings, Some(&answers), Some(&group));
    if outcome < 12 {
        story.next(EventKind::Voicemail, 4_000 + dice.of(27, 40_000) as i64, None, None);
        return;
    }
    story.next(EventKind::Talking, 5_000 + dice.of(28, 280_000) as i64, Some(&answers), Some(&group));
    if outcome > 85 {
        story.next(EventKind::Hold, 2_000 + dice.of(29, 30_000) as i64, Some(&answers), None);
        story.next(EventKind::Talking, 5_000 + dice.of(30, 90_000) as i64, Some(&answers), None);
    }
}

fn outbound(call: &mut Call, story: &mut Story, dice: Dice) {
    outside(call, dice);
    call.direction = Direction::Outbound;
    let caller = agent(dice, 40);
    call.caller_extension = Some(caller.clone());
    call.dialed_number = call.external_number.clone();
    call.account_code = (dice.of(41, 5) == 0).then(|| format!("{}", 100 + dice.of(42, 30)));
    call.charge_ten_thousandths = Some(dice.of(43, 9_000) as i64);
    story.next(EventKind::Dialing, 2_000 + dice.of(44, 15_000) as i64, Some(&caller), None);
    if dice.of(45, 100) < 75 {
        story.next(EventKind::Talking, 4_000 + dice.of(46, 240_000) as i64, Some(&caller), None);
    }
}

fn internal(call: &mut Call, story: &mut Story, dice: Dice) {
    call.direction = Direction::Internal;
    call.caller_extension = Some(agent(dice, 60));
    let called = agent(dice, 61);
    call.dialed_number = Some(called.clone());
    story.next(EventKind::Ringing, 1_000 + dice.of(62, 12_000) as i64, Some(&called), None);
    if dice.of(63, 100) < 70 {
        story.next(EventKind::Talking, 3_000 + dice.of(64, 100_000) as i64, Some(&called), None);
    }
}

fn outside(call: &mut Call, dice: Dice) {
    // A few numbers call often, most seldom.
    let rank = dice.of(10, NUMBERS) * dice.of(11, NUMBERS) / NUMBERS;
    let number = format!("0{}", 3_000_000_000 + rank * 7_919);
    call.external_e164 = Some(format!("+49{}", &number[1..]));
    call.external_number = Some(number);
    call.external_name = rank.is_multiple_of(3).then(|| format!("Company {rank}"));
    call.withheld = false;
    call.trunk = Some(format!("{}.{}", 5 + dice.of(12, 4), 1 + dice.of(13, 30)));
}

fn agent(dice: Dice, salt: u64) -> String {
    format!("{}", 201 + dice.of(salt, PEOPLE))
}

/// What happens, one after the other.
struct Story {
    at: At,
    events: Vec<Event>,
}

impl Story {
    fn next(&mut self, kind: EventKind, length_ms: i64, agent: Option<&str>, group: Option<&str>) {
        let ended_at = self.at.plus_ms(length_ms);
        self.events.push(Event {
            kind,
            started_at: self.at,
            ended_at: Some(ended_at),
            agent: agent.map(str::to_owned),
            group: group.map(str::to_owned),
            ..Event::default()
        });
        self.at = ended_at;
    }

    fn beside(&mut self, kind: EventKind, length_ms: i64, agent: &str, group: &str) {
        let at = self.at;
        self.next(kind, length_ms, Some(agent), Some(group));
        self.at = at;
        if let Some(event) = self.events.last_mut() {
            event.beside = true;
        }
    }
}

#[derive(Clone, Copy)]
struct Dice(u64);

impl Dice {
    fn of(self, salt: u64, sides: u64) -> u64 {
        mixed(self.0 ^ salt.wrapping_mul(0x9E37_79B9_7F4A_7C15)) % sides
    }
}

/// SplitMix64's last step.
fn mixed(n: u64) -> u64 {
    let n = n.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let n = (n ^ (n >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let n = (n ^ (n >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    n ^ (n >> 31)
}
