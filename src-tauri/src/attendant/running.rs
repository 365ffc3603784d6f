//! The attendant's loop: a word is heard or a moment comes, the machines are told, and what they say is done.

use super::{Known, Reply, Word};
use crate::push::Subscription;
use crate::{autostart, notify, prefs, tray, updates};
use contract::computer::{Autostart, ComputerPrefs, ComputerView, Role};
use contract::{Failure, Place, Push};
use desk::Clock;
use jiff::tz::TimeZone;
use model::At;
use presence::{Deed, Heard, Here, Notices, TrayBoard, TrayView, Updating, paused_until};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tauri::{AppHandle, Manager};
use tokio::sync::mpsc;

/// A computer that slept, or whose clock was set, is noticed within this time; timers do not count sleep.
const LONGEST_NAP_MS: i64 = 60_000;
/// A menu that is painted anew while a person reads it closes on some desktops; calls change many times a second.
const PAINTED_APART_MS: i64 = 2_000;

pub(super) struct Running {
    app: AppHandle,
    role: Role,
    clock: Clock,
    prefs: ComputerPrefs,
    autostart: Autostart,
    notices: Notices,
    board: TrayBoard,
    updating: Updating,
    painted: Option<(TrayView, At)>,
    told_page: Option<ComputerView>,
    tray_looked_at: Option<At>,
    known: Arc<Mutex<Known>>,
}

impl Running {
    pub(super) fn new(app: AppHandle, prefs: ComputerPrefs, known: Arc<Mutex<Known>>) -> Self {
        let clock = Clock::default();
        let (running, now) = (app.package_info().version.to_string(), clock.now());
        let updating = if updates::is_set_up(app.config()) {
            Updating::set_up(running, now)
        } else {
            Updating::not_set_up(running, now)
        };
        let role = known.lock().unwrap_or_else(PoisonError::into_inner).role;
        let autostart = autostart::state(&app);
        Self {
            app,
            role,
            clock,
            prefs,
            autostart,
            notices: Notices::default(),
            board: TrayBoard::default(),
            updating,
            painted: None,
            told_page: None,
            tray_looked_at: None,
            known,
        }
    }

    /// Ends when nobody speaks any more.
    pub(super) async fn run(mut self, mut words: mpsc::Receiver<Word>) {
        self.look_for_tray().await;
        self.follow_prefs();
        loop {
            let here = self.here();
            let nap = self.deadline(&here).ms_since(here.now).clamp(0, LONGEST_NAP_MS);
            let nap = Duration::from_millis(nap.unsigned_abs());
            match tokio::time::timeout(nap, words.recv()).await {
                Ok(Some(word)) => self.hear(word).await,
                Ok(None) => return,
                Err(_) => self.look_for_tray().await,
            }
            self.turn();
        }
    }

    async fn hear(&mut self, word: Word) {
        let here = self.here();
        match word {
            Word::View(reply) => {
                self.autostart = autostart::state(&self.app);
                self.look_for_tray().await;
                self.answer(reply, Ok(()));
            }
            Word::Save(prefs, reply) => {
                self.prefs = prefs;
                self.follow_prefs();
                let kept = prefs::save(&self.app, &self.prefs);
                self.answer(reply, kept);
            }
            Word::Choose(closing) => {
                self.prefs.closing = closing;
                self.follow_prefs();
                if let Err(failure) = prefs::save(&self.app, &self.prefs) {
                    tracing::warn!("what closing does was not kept: {}", failure.message);
                }
            }
            Word::Reread => {
                self.prefs = prefs::load(&self.app);
                self.follow_prefs();
            }
            Word::SpeakOtherwise => self.painted = None,
            Word::Autostart(choice, reply) => {
                let done = autostart::set(&self.app, choice);
                self.autostart = autostart::state(&self.app);
                self.answer(reply, done);
            }
            Word::Pause(pause, reply) => {
                self.notices.pause(paused_until(pause, &here));
                if let Some(reply) = reply {
                    self.answer(reply, Ok(()));
                }
            }
            Word::Look(reply) => {
                self.updating.look();
                self.answer(reply, Ok(()));
            }
            Word::Install(version, reply) => {
                self.updating.install(&version);
                self.answer(reply, Ok(()));
            }
            Word::Fetched { done, of } => self.updating.fetched_so_far(done, of),
            Word::Ended(ended) => self.updating.ended(ended, here.now),
            Word::Heard(heard) => self.take_in(&here, &heard),
        }
    }

    fn take_in(&mut self, here: &Here, heard: &Heard) {
        self.board.handle(heard);
        self.notices.handle(here, heard);
    }

    /// Does what is due, whoever made it due.
    fn turn(&mut self) {
        let here = self.here();
        if self.role == Role::Everyday {
            self.updating.turn(here.now);
            self.do_updates(&here);
            self.notices.turn(&here);
            for notice in self.notices.take() {
                notify::show(&self.app, &notice);
            }
            self.paint(&here);
        }
        let view = self.view();
        if self.told_page.as_ref() != Some(&view) {
            self.app.state::<Subscription>().tell(Push::Computer(Box::new(view.clone())));
            self.told_page = Some(view);
        }
    }

    fn do_updates(&mut self, here: &Here) {
        for deed in self.updating.take() {
            match deed {
                Deed::Tell { title, says } => {
                    self.take_in(here, &Heard::Upkeep { title, says, place: Place::ThisComputer });
                }
                deed => updates::begin(&self.app, deed),
            }
        }
        self.board.update = self.updating.offered().map(str::to_owned);
    }

    fn paint(&mut self, here: &Here) {
        let view = self.board.view(here, self.notices.paused_until(here));
        let is_due = match &self.painted {
            None => true,
            Some((painted, at)) => *painted != view && here.now.ms_since(*at) >= PAINTED_APART_MS,
        };
        if is_due {
            tray::paint(&self.app, &view);
            self.painted = Some((view, here.now));
        }
    }

    fn deadline(&self, here: &Here) -> At {
        let nap = here.now.plus_ms(LONGEST_NAP_MS);
        if self.role == Role::Apart {
            return nap;
        }
        let view = self.board.view(here, self.notices.paused_until(here));
        let painting = self.painted.as_ref().filter(|(painted, _)| *painted != view);
        let painting = painting.map(|(_, at)| at.plus_ms(PAINTED_APART_MS));
        let due = [painting, self.notices.next_deadline(here), self.updating.next_deadline()];
        due.into_iter().flatten().min().map_or(nap, |due| due.min(nap))
    }

    fn follow_prefs(&mut self) {
        self.notices.choose(self.prefs.notices, self.prefs.quiet);
        self.updating.choose(self.prefs.updates, self.clock.now());
        self.know(|known, prefs| known.closing = prefs.closing);
    }

    /// Panels come and go with the session; asking costs a connection.
    async fn look_for_tray(&mut self) {
        let now = self.clock.now();
        if self.tray_looked_at.is_some_and(|at| now.ms_since(at) < LONGEST_NAP_MS) {
            return;
        }
        self.tray_looked_at = Some(now);
        let place = tray::place().await;
        self.know(|known, _| known.tray = place);
    }

    fn know(&self, learn: impl FnOnce(&mut Known, &ComputerPrefs)) {
        learn(&mut self.known.lock().unwrap_or_else(PoisonError::into_inner), &self.prefs);
    }

    fn answer(&self, reply: Reply, done: Result<(), Failure>) {
        // Nobody waits any more when the page was left meanwhile.
        let _ = reply.send(done.map(|()| self.view()));
    }

    fn view(&self) -> ComputerView {
        let tray = self.known.lock().unwrap_or_else(PoisonError::into_inner).tray;
        ComputerView {
            prefs: self.prefs.clone(),
            role: self.role,
            autostart: self.autostart.clone(),
            tray,
            paused_until_ms: self.notices.paused_until(&self.here()).map(|at| at.0),
            update: self.updating.view(),
        }
    }

    /// The zone is asked for each time: a laptop travels.
    fn here(&self) -> Here {
        Here::at(self.clock.now(), &TimeZone::system())
    }
}
