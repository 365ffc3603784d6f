//! What the desk tells those who listen, the moment it is known and safe on disk.

use crate::board::Board;
use crate::clock::Clock;
use crate::view;
use contract::Push;
use contract::health::HealthEntry;
use contract::links::Lamp;
use contract::live::Person;
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
}

impl Pushes {
    pub(crate) fn new(happenings: Happenings, board: Board, clock: Arc<Clock>) -> Self {
        Self { happenings, board, clock }
    }

    /// `None` when the desk was closed.
    pub async fn next(&mut self) -> Option<Push> {
        let happening = self.happenings.next().await?;
        Some(match happening.as_ref() {
            Happening::Call(call) if call.is_counted() => {
                Push::Call(view::live_call(call, &self.board.now().names, self.clock.now()))
            }
            Happening::Call(call) => Push::CallGone { id: call.id.to_text() },
            Happening::CallGone(id) => Push::CallGone { id: id.to_text() },
            Happening::Agent(site, status) => Push::Person(person(&self.board, *site, status)),
            Happening::Lamp(lamp) => Push::Lamp(lamp.clone()),
            Happening::Health(entry) => Push::Health(entry.clone()),
            Happening::Figures => Push::FiguresChanged,
            Happening::Settings => Push::SettingsChanged,
            Happening::Much => Push::AskAgain,
        })
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
