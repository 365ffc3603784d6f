//! What every screen knows: the office, the time by its clock, the live state, lamps, and where in the window one is.
//! One subscription brings all pushes here; screens that show figures ask again when they are told that those changed.

use super::calls::Calls;
use super::live::LiveState;
use super::people::People;
use super::player::Player;
use super::prefs::Prefs;
use super::range::Day;
use super::recording_filter::RecordingQuery;
use super::recordings::Recordings;
use super::recordings::RecordingsTab;
use super::reports::{Reports, ReportsPart};
use super::settings_tab::{RecordingsPart, SettingsTab};
use super::setup::Setup;
use super::standing::{put_health, put_lamp};
use super::{CallQuery, Screen};
use crate::ipc::{Asking, channel::subscribe, early, locked};
use crate::parts::clock;
use contract::about::AskAbout;
use contract::backups::BackupProgress;
use contract::computer::ComputerView;
use contract::health::{AskHealth, HealthEntry};
use contract::intake::{AskIntake, IntakeView};
use contract::links::{AskLinks, Lamp};
use contract::live::AskLive;
use contract::lock::LockState;
use contract::portable::Preferences;
use contract::{Failure, Place, Push};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

#[derive(Clone, Copy)]
pub struct Office {
    pub about: Asking<AskAbout>,
    /// The desk's clock, a second at a time: for painting what runs.
    pub now_ms: RwSignal<i64>,
    pub zone: Memo<String>,
    pub today: Memo<Day>,
    pub screen: RwSignal<Screen>,
    pub live: RwSignal<LiveState>,
    pub live_asking: Asking<AskLive>,
    pub lamps: RwSignal<Vec<Lamp>>,
    pub health: RwSignal<Vec<HealthEntry>>,
    pub health_asking: Asking<AskHealth>,
    pub calls: Calls,
    pub people: People,
    pub recordings: Recordings,
    pub reports: Reports,
    pub player: Player,
    pub intake: RwSignal<IntakeView>,
    /// How far a verification of the stored files is, while one runs.
    pub verifying: RwSignal<Option<(u64, u64)>>,
    /// How far a backup or a restore is, while one runs.
    pub backup_progress: RwSignal<Option<BackupProgress>>,
    pub settings_tab: RwSignal<SettingsTab>,
    pub recordings_part: RwSignal<RecordingsPart>,
    pub prefs: Prefs,
    pub setup: Setup,
    /// What floats above the frame while it is open: the search from anywhere, and all keys at a glance.
    pub palette: RwSignal<bool>,
    pub keys: RwSignal<bool>,
    /// Set while the page is laid out for paper: lists then show all their rows.
    pub printing: RwSignal<bool>,
    /// Preferences of this computer and the state of updates, once a screen asked or something changed.
    pub computer: RwSignal<Option<ComputerView>>,
    /// Count what was pushed; whoever shows what they are about asks again.
    pub figures_changed: RwSignal<u32>,
    pub recordings_changed: RwSignal<u32>,
    /// Counts notes, tags and scores that were written here: what shows them asks again.
    pub remarked: RwSignal<u32>,
    pub schedules_changed: RwSignal<u32>,
    pub backups_changed: RwSignal<u32>,
    pub settings_changed: RwSignal<u32>,
    pub ask_again: RwSignal<u32>,
    /// Why nothing is pushed, when nothing is.
    pub deaf: RwSignal<Option<Failure>>,
    links_asking: Asking<AskLinks>,
    intake_asking: Asking<AskIntake>,
    /// Pushes come; subscribing again would bring each of them twice.
    subscribed: StoredValue<bool>,
    /// How far the desk's clock is ahead of this page's.
    ahead_ms: StoredValue<i64>,
}

/// The office of this window.
pub fn use_office() -> Office {
    expect_context()
}

impl Office {
    /// Asks for everything, subscribes, and starts the painting clock. `kept` is how the window looked.
    pub fn open(kept: Option<Preferences>) -> Self {
        let ahead_ms = StoredValue::new(0);
        let now_ms = RwSignal::new(page_ms());
        let about = Asking::new().on_answer(move |(_, about): (AskAbout, contract::about::About)| {
            clock::tell(&about.time_zone, about.clock);
            ahead_ms.set_value(about.now_ms - page_ms());
            now_ms.set(about.now_ms);
        });
        let zone = Memo::new(move |_| {
            about.answer.with(|about| about.as_ref().map(|about| about.time_zone.clone())).unwrap_or_default()
        });
        let live = RwSignal::new(LiveState::default());
        let lamps = RwSignal::new(Vec::new());
        let health = RwSignal::new(Vec::new());
        let intake = RwSignal::new(IntakeView::default());
        let office = Self {
            about,
            now_ms,
            zone,
            today: Memo::new(move |_| {
                Day::at(now_ms.get(), |at_ms| zone.with(|zone| clock::offset_ms(zone, at_ms)))
            }),
            screen: RwSignal::new(Screen::default()),
            live,
            live_asking: Asking::new()
                .on_sent(move |_| live.update(LiveState::asked))
                .on_answer(move |(_, answer)| live.update(|live| live.answered(answer))),
            lamps,
            health,
            health_asking: Asking::new().on_answer(move |(_, entries)| health.set(entries)),
            calls: Calls::new(),
            people: People::new(),
            recordings: Recordings::new(),
            reports: Reports::new(),
            player: Player::new(),
            intake,
            verifying: RwSignal::new(None),
            backup_progress: RwSignal::new(None),
            settings_tab: RwSignal::new(SettingsTab::default()),
            recordings_part: RwSignal::new(RecordingsPart::default()),
            prefs: Prefs::begin(kept),
            setup: Setup::new(),
            palette: RwSignal::new(false),
            keys: RwSignal::new(false),
            printing: RwSignal::new(false),
            computer: RwSignal::new(None),
            figures_changed: RwSignal::new(0),
            recordings_changed: RwSignal::new(0),
            remarked: RwSignal::new(0),
            schedules_changed: RwSignal::new(0),
            backups_changed: RwSignal::new(0),
            settings_changed: RwSignal::new(0),
            ask_again: RwSignal::new(0),
            deaf: RwSignal::new(None),
            links_asking: Asking::new().on_answer(move |(_, answer)| lamps.set(answer)),
            intake_asking: Asking::new().on_answer(move |(_, answer)| intake.set(answer)),
            subscribed: StoredValue::new(false),
            ahead_ms,
        };
        office.about.ask(AskAbout {});
        office.listen();
        set_interval(move || now_ms.set(page_ms() + ahead_ms.get_value()), Duration::from_secs(1));
        office
    }

    /// Subscribes first and asks afterwards: what happens between the two is pushed.
    pub fn listen(self) {
        self.deaf.set(None);
        spawn_local(async move {
            if !self.subscribed.get_value() {
                match subscribe(move |push| self.hear(push)).await {
                    Ok(()) => {
                        self.subscribed.set_value(true);
                        // What was asked before is as old as that; changes since were pushed to nobody.
                        early::forget();
                        self.figures_changed.update(|count| *count += 1);
                    }
                    Err(failure) => self.deaf.set(Some(failure)),
                }
            }
            self.ask_everything();
        });
    }

    /// Nothing is set up yet: there is nothing to listen to.
    pub fn is_first_run(self) -> bool {
        self.about.answer.with(|about| about.as_ref().is_some_and(|about| about.sites == 0))
    }

    pub fn is_demo(self) -> bool {
        self.about.answer.with(|about| about.as_ref().is_some_and(|about| about.demo))
    }

    /// The clock of the desk right now.
    pub fn now_untracked_ms(self) -> i64 {
        page_ms() + self.ahead_ms.get_value()
    }

    pub fn offset_ms(self, at_ms: i64) -> i64 {
        self.zone.with_untracked(|zone| clock::offset_ms(zone, at_ms))
    }

    /// An instant in the office's zone and the person's locale. Not tracked: with another zone, the whole screen is
    /// drawn anew.
    pub fn clock(self, style: clock::Style, at_ms: i64) -> String {
        self.zone.with_untracked(|zone| clock::text(zone, style, at_ms))
    }

    /// Goes to the call list with another question.
    pub fn show_calls(self, query: CallQuery) {
        self.calls.show(query);
        self.screen.set(Screen::Calls);
    }

    /// Goes to the recordings with another question.
    pub fn show_recordings(self, query: RecordingQuery) {
        self.recordings.show(query);
        self.recordings.tab.set(RecordingsTab::List);
        self.screen.set(Screen::Recordings);
    }

    /// Goes to a recording, opened.
    pub fn show_recording(self, id: &str) {
        self.show_recordings(RecordingQuery::default());
        self.recordings.open(id);
    }

    /// Goes to a report, run over the time it offers.
    pub fn show_report(self, report: contract::reports::ReportRef) {
        self.reports.part.set(ReportsPart::Reports);
        self.reports.show(report);
        self.screen.set(Screen::Reports);
    }

    /// Goes to a part of the settings.
    pub fn show_settings(self, tab: SettingsTab) {
        self.settings_tab.set(tab);
        self.screen.set(Screen::Settings);
    }

    pub fn show_recordings_part(self, part: RecordingsPart) {
        self.recordings_part.set(part);
        self.show_settings(SettingsTab::Recordings);
    }

    /// Where a person wants to be who clicked outside the window.
    fn go_to(self, place: Place) {
        match place {
            Place::Live => self.screen.set(Screen::Live),
            Place::Calls => self.screen.set(Screen::Calls),
            Place::Backups => self.show_settings(SettingsTab::Backups),
            Place::Health => self.show_settings(SettingsTab::Health),
            Place::ThisComputer => self.show_settings(SettingsTab::ThisComputer),
        }
    }

    /// First and last instant of a day; the last is the first of the next.
    pub fn day_ms(self, day: Day) -> (i64, i64) {
        let offset_ms = |at_ms| self.offset_ms(at_ms);
        (day.begin_ms(offset_ms), day.after().begin_ms(offset_ms))
    }

    pub fn name_of(self, number: &str) -> Option<String> {
        self.live.with(|live| live.name_of(number))
    }

    fn ask_everything(self) {
        // Soon: at the start it is asked already, and what the first screen waits for must not be asked for anew.
        self.about.ask_soon(AskAbout {});
        self.links_asking.ask(AskLinks {});
        self.live_asking.ask(AskLive {});
        self.health_asking.ask(AskHealth {});
        self.intake_asking.ask(AskIntake {});
        self.reports.list_is_old.set(true);
        self.player.ask();
    }

    fn hear(self, push: Result<Push, Failure>) {
        let push = match push {
            Ok(push) => push,
            Err(failure) => return self.deaf.set(Some(failure)),
        };
        match &push {
            Push::Call(call) => self.calls.heard(&call.row),
            Push::CallGone { id } => self.calls.gone(id),
            Push::Person(person) => self.people.hear(person),
            Push::Player(view) => self.player.hear(view),
            Push::Position { position_ms } => self.player.move_to(*position_ms),
            Push::RecordingsChanged => self.recordings_changed.update(|count| *count += 1),
            Push::Intake(view) => self.intake.set(view.clone()),
            Push::Verifying { done, of } => self.verifying.set(Some((*done, *of))),
            Push::ReportProgress(progress) => self.reports.hear(*progress),
            Push::SchedulesChanged => self.schedules_changed.update(|count| *count += 1),
            Push::BackupProgress(progress) => self.backup_progress.set(Some(*progress)),
            Push::BackupsChanged => self.backups_changed.update(|count| *count += 1),
            Push::Computer(view) => self.computer.set(Some(view.as_ref().clone())),
            Push::GoTo(place) => self.go_to(*place),
            Push::FiguresChanged => self.figures_changed.update(|count| *count += 1),
            Push::Lamp(lamp) => self.lamps.update(|lamps| put_lamp(lamps, lamp.clone())),
            Push::Health(entry) => self.health.update(|entries| put_health(entries, entry.clone())),
            Push::SettingsChanged => {
                self.about.ask_soon(AskAbout {});
                self.links_asking.ask_soon(AskLinks {});
                self.live_asking.ask_soon(AskLive {});
                self.settings_changed.update(|count| *count += 1);
            }
            Push::Lock(LockState::Locked) => locked::enter(),
            Push::Lock(LockState::Open | LockState::None) => {}
            Push::AskAgain => {
                self.ask_everything();
                self.ask_again.update(|count| *count += 1);
            }
        }
        if matches!(push, Push::Call(_) | Push::CallGone { .. } | Push::Person(_)) {
            self.live.update(|live| live.heard(&push));
        }
    }
}

/// The page's clock; only its difference to the desk's is used.
#[allow(clippy::cast_possible_truncation)]
fn page_ms() -> i64 {
    js_sys::Date::now() as i64
}
