//! The parts below one another, and what they share.

use super::list::BackupList;
use super::now::BackUpDialog;
use super::restore::RestoreDialog;
use super::schedule::ScheduleForm;
use super::standing::{Ready, StandingCard};
use crate::ipc::Asking;
use crate::parts::notice::{Failed, Skeleton};
use crate::state::use_office;
use contract::backups::{
    AskBackups, BackUpNow, BackupLook, BackupsView, ForgetRestore, LookAtBackup, PrepareRestore, StopBackup,
};
use leptos::prelude::*;

/// What is done with backups; each answer brings everything that the screen shows.
#[derive(Clone, Copy)]
pub struct Acting {
    pub view: RwSignal<Option<BackupsView>>,
    pub told: RwSignal<Option<String>>,
    /// The dialog for one of now.
    pub asking_now: RwSignal<bool>,
    /// The backup that is about to be restored.
    pub looked: RwSignal<Option<BackupLook>>,
    pub now: Asking<BackUpNow>,
    pub stop: Asking<StopBackup>,
    pub look: Asking<LookAtBackup>,
    pub prepare: Asking<PrepareRestore>,
    pub forget: Asking<ForgetRestore>,
}

impl Acting {
    pub fn is_running(self) -> bool {
        self.view.with(|view| view.as_ref().is_some_and(|view| view.running.is_some()))
    }
}

#[component]
pub fn BackupSettings() -> impl IntoView {
    let office = use_office();
    let view = RwSignal::new(None::<BackupsView>);
    let looked = RwSignal::new(None::<BackupLook>);
    let asking_now = RwSignal::new(false);
    let take = move |now: BackupsView| {
        office.backup_progress.set(now.running);
        view.set(Some(now));
    };
    let asking = Asking::<AskBackups>::new().on_answer(move |(_, now)| take(now));
    let prepare = Asking::<PrepareRestore>::new();
    let acting = Acting {
        view,
        told: RwSignal::new(None),
        asking_now,
        looked,
        now: Asking::new().on_answer(move |(_, now)| {
            asking_now.set(false);
            take(now);
        }),
        stop: Asking::new().on_answer(move |(_, now)| take(now)),
        look: Asking::new().on_answer(move |(_, look): (LookAtBackup, Option<BackupLook>)| {
            if look.is_some() {
                prepare.forget();
                looked.set(look);
            }
        }),
        prepare: prepare.on_answer(move |(_, now)| {
            looked.set(None);
            take(now);
        }),
        forget: Asking::new().on_answer(move |(_, now)| take(now)),
    };
    Effect::new(move |_| {
        office.backups_changed.track();
        office.ask_again.track();
        asking.ask_soon(AskBackups {});
    });
    // A request may hold a passphrase.
    on_cleanup(move || {
        acting.now.forget();
        acting.prepare.forget();
    });
    let known = Memo::new(move |_| view.with(Option::is_some));
    let body = move || {
        if let Some(failure) = asking.failure.get() {
            return view! { <div class="card"><Failed failure again=Callback::new(move |()| asking.again()) /></div> }
                .into_any();
        }
        if !known.get() {
            return view! { <Show when=move || asking.slow.get()><Skeleton rows=6 /></Show> }.into_any();
        }
        view! {
            <Ready acting />
            <StandingCard acting />
            <ScheduleForm acting />
            <BackupList acting />
        }
        .into_any()
    };
    view! {
        <div class="backups" data-testid="backups">
            {body}
            <BackUpDialog acting />
            <RestoreDialog acting />
        </div>
    }
}
