//! The list of schedules, and the way to add, change, send and remove one.

use super::form::ScheduleForm;
use super::sent::SentLog;
use super::times::{every_words, to_words};
use crate::ipc::Asking;
use crate::parts::clock::Style;
use crate::parts::confirm::{Confirm, Danger, Way};
use crate::parts::notice::{Empty, Failed, Skeleton};
use crate::parts::text_box::TickBox;
use crate::screens::reports::export::format_title;
use crate::state::report_list::find;
use crate::state::report_period::title as period_title;
use crate::state::schedule_draft::ScheduleDraft;
use crate::state::use_office;
use crate::words::{fill, heard, say};
use contract::reports::{
    AskSchedules, RemoveSchedule, RunScheduleNow, SaveSchedule, Schedule, Schedules as AllSchedules,
    SentState,
};
use leptos::prelude::*;

/// What is done with the schedules; each answer brings all of them.
#[derive(Clone, Copy)]
pub struct Acting {
    pub all: RwSignal<Option<AllSchedules>>,
    pub editing: RwSignal<Option<ScheduleDraft>>,
    pub told: RwSignal<Option<String>>,
    leaving: RwSignal<Option<Schedule>>,
    pub save: Asking<SaveSchedule>,
    send: Asking<RunScheduleNow>,
}

#[component]
pub fn Schedules() -> impl IntoView {
    let office = use_office();
    let reports = office.reports;
    let all = RwSignal::new(None::<AllSchedules>);
    let editing = RwSignal::new(None::<ScheduleDraft>);
    let told = RwSignal::new(None::<String>);
    let take = move |schedules: AllSchedules| all.set(Some(schedules));
    let asking = Asking::<AskSchedules>::new().on_answer(move |(_, schedules)| take(schedules));
    let acting = Acting {
        all,
        editing,
        told,
        leaving: RwSignal::new(None),
        save: Asking::new().on_answer(move |(request, schedules): (SaveSchedule, _)| {
            take(schedules);
            editing.set(None);
            told.set(Some(fill("“{name}” is saved.", &[("name", &request.schedule.name)])));
        }),
        send: Asking::new().on_answer(move |(_, schedules): (RunScheduleNow, _)| {
            take(schedules);
            told.set(Some(say("It is on its way; the log below says what becomes of it.").to_owned()));
        }),
    };
    Effect::new(move |_| {
        office.schedules_changed.track();
        office.ask_again.track();
        asking.ask_soon(AskSchedules {});
    });
    // “Schedule …” at a report leads here, with the form for it.
    if reports.scheduling.try_update(std::mem::take) == Some(true)
        && let Some(report) = reports.chosen.get_untracked()
    {
        let name = reports.all.with_untracked(|all| find(all, &report).map(|of| of.name.clone()));
        let period = reports.asked.with_untracked(|asked| asked.period);
        editing.set(Some(ScheduleDraft::about(report, &name.unwrap_or_default(), period)));
    }
    let list = move || {
        if let Some(failure) = asking.failure.get() {
            return view! { <div class="card"><Failed failure again=Callback::new(move |()| asking.again()) /></div> }.into_any();
        }
        let Some(known) = all.get() else {
            return view! { <Show when=move || asking.slow.get()><Skeleton rows=4 /></Show> }.into_any();
        };
        view! { <List known acting /> }.into_any()
    };
    view! {
        <div class="schedules" data-testid="schedules">
            {move || told.get().map(|says| view! { <p class="saved" role="status" data-testid="schedule-told">{says}</p> })}
            {move || acting.send.failure.get().map(|failure| view! { <div class="banner"><Failed failure again=Callback::new(move |()| acting.send.again()) /></div> })}
            {move || match editing.get() {
                Some(draft) => view! { <ScheduleForm draft acting /> }.into_any(),
                None => list().into_any(),
            }}
            <Leaving acting />
        </div>
    }
}

#[component]
fn List(known: AllSchedules, acting: Acting) -> impl IntoView {
    let add = Callback::new(move |()| {
        acting.told.set(None);
        acting.editing.set(Some(ScheduleDraft::empty()));
    });
    let AllSchedules { schedules, sent } = known;
    if schedules.is_empty() {
        let says = say(
            "CallDoc can write a report to a folder or send it by mail every hour, day, week or month, also when nobody has this window open. What was missed while it was closed is made up for.",
        );
        let action = (say("Add a schedule").to_owned(), add);
        return view! {
            <div class="card"><Empty title=say("Nothing goes out by itself yet") says action /></div>
            <SentLog sent />
        }
        .into_any();
    }
    view! {
        <div class="site-list">{schedules.into_iter().map(|schedule| view! { <Card schedule acting /> }).collect_view()}</div>
        <div class="buttons"><button type="button" class="btn primary" data-testid="schedule-add" on:click=move |_| add.run(())>{say("Add a schedule")}</button></div>
        <SentLog sent />
    }
    .into_any()
}

#[component]
fn Card(schedule: Schedule, acting: Acting) -> impl IntoView {
    let office = use_office();
    let report = office
        .reports
        .all
        .with_untracked(|all| find(all, &schedule.report).map(|of| of.name.clone()))
        .unwrap_or_else(|| say("a report that is gone").to_owned());
    let what = format!(
        "{report} · {} · {}",
        period_title(schedule.period, |_, _| say("days of its own").to_owned()),
        format_title(schedule.format)
    );
    let when =
        fill("{when} {where}", &[("when", &every_words(schedule.every)), ("where", &to_words(&schedule.to))]);
    let next = match schedule.next_ms {
        Some(at_ms) if schedule.on => {
            fill("Next: {when}", &[("when", &office.clock(Style::DateAndMinute, at_ms))])
        }
        Some(_) | None => say("Switched off").to_owned(),
    };
    let last = schedule.last.clone().map(|last| {
        let at = office.clock(Style::DateAndMinute, last.at_ms);
        let says = heard(&last.says);
        let given = [("when", at.as_str()), ("says", &says)];
        let (class, words) = match last.state {
            SentState::Sent => ("mute", fill("Sent {when}: {says}", &given)),
            SentState::Waiting => ("warn-words", fill("Tried again soon {when}: {says}", &given)),
            SentState::Failed => ("bad-words", fill("Failed {when}: {says}", &given)),
        };
        view! { <p class=format!("sm {class}") data-testid="schedule-last">{words}</p> }
    });
    let (for_edit, for_turn, for_removal) = (schedule.clone(), schedule.clone(), schedule.clone());
    let id = schedule.id;
    let is_on = schedule.on;
    let turn = Callback::new(move |on| {
        acting.told.set(None);
        acting.save.ask(SaveSchedule { schedule: Schedule { on, ..for_turn.clone() } });
    });
    view! {
        <section class="card site" data-testid="schedule" data-schedule-id=id.to_string()>
            <div class="site-head">
                <h2>{schedule.name.clone()}</h2>
                <TickBox label=say("On") testid="schedule-on" value=Signal::stored(is_on) set=turn />
                <span class="sp"></span>
                <button type="button" class="btn" data-testid="schedule-send" disabled=acting.send.busy on:click=move |_| { acting.told.set(None); acting.send.ask(RunScheduleNow { id }); }>{say("Send now")}</button>
                <button type="button" class="btn" data-testid="schedule-edit" on:click=move |_| { acting.told.set(None); acting.editing.set(Some(ScheduleDraft::of(&for_edit))); }>{say("Change")}</button>
                <button type="button" class="btn" data-testid="schedule-remove" on:click=move |_| acting.leaving.set(Some(for_removal.clone()))>{say("Remove")}</button>
            </div>
            <p class="mute sm">{what}</p>
            <p class="mute sm path">{when}</p>
            <p class="sm" data-testid="schedule-next">{next}</p>
            {last}
        </section>
    }
}

#[component]
fn Leaving(acting: Acting) -> impl IntoView {
    let leaving = acting.leaving;
    let open = RwSignal::new(false);
    let removal = Asking::<RemoveSchedule>::new().on_answer(move |(_, schedules)| {
        open.set(false);
        acting.all.set(Some(schedules));
    });
    Effect::new(move |_| {
        if leaving.with(Option::is_some) {
            removal.forget();
            open.set(true);
        }
    });
    Effect::new(move |_| {
        if !open.get() {
            leaving.set(None);
        }
    });
    let title = move || {
        leaving.with(|schedule| {
            schedule
                .as_ref()
                .map(|schedule| fill("Stop sending “{name}”?", &[("name", &schedule.name)]))
                .unwrap_or_default()
        })
    };
    let says = vec![say("What went out stays where it is, and in the log.").to_owned()];
    let run = Callback::new(move |()| {
        if let Some(schedule) = leaving.get_untracked() {
            removal.ask(RemoveSchedule { id: schedule.id });
        }
    });
    let way = Way {
        words: say("Remove"),
        otherwise: say("Keep it"),
        testid: "confirm-schedule-remove",
        danger: Danger::IsGone,
    };
    view! {
        <Confirm open title=Signal::derive(title) says=Signal::stored(says) testid="schedule-remove-dialog" way busy=removal.busy failure=removal.failure run />
    }
}
