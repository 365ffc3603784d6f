//! What the desk tells those who listen, the moment it is known and safe on disk.

use crate::board::Board;
use crate::clock::Clock;
use crate::lock::Lock;
use crate::view;
use contract::Push;
use contract::backups::BackupProgress;
use contract::health::HealthEntry;
use contract::intake::IntakeView;
use contract::links::Lamp;
use contract::live::{LiveCall, Person};
use contract::lock::LockState;
use contract::player::PlayerView;
use contract::reports::ReportProgress;
use model::{AgentStatus, Call, CallId, SiteId};
use std::sync::Arc;
use tokio::sync::broadcast;

#[derive(Clone, Debug)]
pub enum Happening {
    Call(Box<Call>),
    CallGone(CallId),
    Agent(SiteId, AgentStatus),
    Lamp(Lamp),
    Health(HealthEntry),
    Figures,
    Settings,
    /// Recordings came, went or were changed.
    Recordings,
    Intake(Box<IntakeView>),
    Player(Box<PlayerView>),
    /// The player goes on; in milliseconds.
    Position(i64),
    Verifying {
        done: u64,
        of: u64,
    },
    ReportProgress(ReportProgress),
    /// A schedule was changed, went out or failed.
    Schedules,
    BackupProgress(BackupProgress),
    /// A backup or a restore came to its end, or its schedule was changed.
    Backups,
    Lock(LockState),
    /// So much changed at once that it is not told one by one.
    Much,
}

/// How many happenings a listener may be behind before it is told to ask for everything again.
pub(crate) const BEHIND: usize = 4_096;

/// Happenings as they come.
pub struct Happenings {
    receiver: broadcast::Receiver<Arc<Happening>>,
}

impl Happenings {
    pub(crate) fn new(receiver: broadcast::Receiver<Arc<Happening>>) -> Self {
        Self { receiver }
    }

    /// `None` when the desk was closed.
    pub async fn next(&mut self) -> Option<Arc<Happening>> {
        match self.receiver.recv().await {
            Ok(happening) => Some(happening),
            Err(broadcast::error::RecvError::Lagged(_)) => Some(Arc::new(Happening::Much)),
            Err(broadcast::error::RecvError::Closed) => None,
        }
    }
}

/// Happenings as the window takes them.
pub struct Pushes {
    happenings: Happenings,
    board: Board,
    clock: Arc<Clock>,
    lock: Lock,
    /// As of the happening that was looked at last: what happened while it was locked is not told afterwards either.
    was_locked: bool,
}

impl Pushes {
    pub(crate) fn new(happenings: Happenings, board: Board, clock: Arc<Clock>, lock: Lock) -> Self {
        let was_locked = lock.is_closed();
        Self { happenings, board, clock, lock, was_locked }
    }

    /// `None` when the desk was closed. While it is locked, only that is pushed.
    pub async fn next(&mut self) -> Option<Push> {
        let happening = loop {
            let happening = self.happenings.next().await?;
            if let Happening::Lock(state) = *happening {
                self.was_locked = state == LockState::Locked;
                break happening;
            }
            if !self.was_locked && !self.lock.is_closed() {
                break happening;
            }
        };
        Some(match happening.as_ref() {
            Happening::Call(call) if call.is_counted() => Push::Call(self.live_call(call)),
            Happening::Call(call) => Push::CallGone { id: call.id.to_text() },
            Happening::CallGone(id) => Push::CallGone { id: id.to_text() },
            Happening::Agent(site, status) => Push::Person(person(&self.board, *site, status)),
            Happening::Lamp(lamp) => Push::Lamp(lamp.clone()),
            Happening::Health(entry) => Push::Health(entry.clone()),
            Happening::Figures => Push::FiguresChanged,
            Happening::Settings => Push::SettingsChanged,
            Happening::Recordings => Push::RecordingsChanged,
            Happening::Intake(view) => Push::Intake(view.as_ref().clone()),
            Happening::Player(view) => Push::Player(view.clone()),
            Happening::Position(position_ms) => Push::Position { position_ms: *position_ms },
            Happening::Verifying { done, of } => Push::Verifying { done: *done, of: *of },
            Happening::ReportProgress(progress) => Push::ReportProgress(*progress),
            Happening::Schedules => Push::SchedulesChanged,
            Happening::BackupProgress(progress) => Push::BackupProgress(*progress),
            Happening::Backups => Push::BackupsChanged,
            Happening::Lock(state) => Push::Lock(*state),
            Happening::Much => Push::AskAgain,
        })
    }
}

impl Pushes {
    /// With what was written about it while it goes on.
    fn live_call(&self, call: &Call) -> LiveCall {
        let now = self.board.now();
        now.marked(view::live_call(call, &now.names, self.clock.now()), call.id)
    }
}

fn person(board: &Board, site: SiteId, status: &AgentStatus) -> Person {
    Person {
        site: site.0,
        extension: status.extension.clone(),
        name: board.now().names.extension(site, &status.extension).name,
        state: status.state,
        since_ms: status.since.0,
    }
}
