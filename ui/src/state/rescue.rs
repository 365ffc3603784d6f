//! The library could not be opened: what the page then shows in the place of its screens, and how it gets away from it.

use super::Office;
use crate::ipc::{Asking, locked};
use contract::backups::BackupLook;
use contract::rescue::{AskRescue, OpenAgain, Rescue, RestoreUnopened};
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub struct Rescuing {
    /// Nothing while the library is open, or nobody asked.
    pub view: RwSignal<Option<Rescue>>,
    pub is_shown: Memo<bool>,
    /// The backup that a person is about to restore.
    pub looked: RwSignal<Option<BackupLook>>,
    pub again: Asking<OpenAgain>,
    pub restore: Asking<RestoreUnopened>,
    asking: Asking<AskRescue>,
}

impl Rescuing {
    /// Asks how the library stands as soon as the office could not be asked.
    pub fn beside(office: Office) -> Self {
        let view = RwSignal::new(None::<Rescue>);
        let restore = Asking::<RestoreUnopened>::new();
        let take = move |now: Option<Rescue>| match now {
            Some(now) => {
                office.backup_progress.set(now.running);
                view.set(Some(now));
            }
            // What was asked while it was not open is asked anew. Who restored it reads first where the other one is.
            None if view.with_untracked(Option::is_some)
                && !restore.busy.get_untracked()
                && restore.answer.with_untracked(Option::is_none) =>
            {
                locked::load_anew();
            }
            None => {}
        };
        let asking = Asking::<AskRescue>::new().on_answer(move |(_, now)| take(now));
        let failed = Memo::new(move |_| office.about.failure.with(Option::is_some));
        Effect::new(move |_| {
            office.backups_changed.track();
            if failed.get() {
                asking.ask_soon(AskRescue {});
            }
        });
        Self {
            view,
            is_shown: Memo::new(move |_| view.with(Option::is_some)),
            looked: RwSignal::new(None),
            again: Asking::new().on_answer(move |(_, now)| take(now)),
            restore,
            asking,
        }
    }

    pub fn look_again(self) {
        self.asking.ask_soon(AskRescue {});
    }
}

pub fn use_rescuing() -> Rescuing {
    expect_context()
}
