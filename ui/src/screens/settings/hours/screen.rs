//! The hours of all places: chosen one by one, looked over, saved together.

use super::place::Place;
use super::service::ServiceFields;
use crate::ipc::Asking;
use crate::parts::notice::{Empty, Failed, Skeleton};
use crate::state::hours_draft::HoursDraft;
use crate::state::use_office;
use crate::words::{fill, say};
use contract::reports::{AskHours, AskReportChoices, Choice, HoursView, ReportChoices, SaveHours};
use leptos::prelude::*;
use model::report::{GroupRef, Key};

/// The form as its parts see it.
#[derive(Clone, Copy)]
pub struct Form {
    pub draft: RwSignal<Option<HoursDraft>>,
    /// Which place is looked at.
    pub place: RwSignal<Option<u32>>,
    pub wrong: RwSignal<Vec<String>>,
}

impl Form {
    pub fn change(self, with: impl FnOnce(&mut HoursDraft)) {
        self.wrong.set(Vec::new());
        self.draft.update(|draft| {
            if let Some(draft) = draft {
                with(draft);
            }
        });
    }
}

#[component]
pub fn BusinessHours() -> impl IntoView {
    let office = use_office();
    let form =
        Form { draft: RwSignal::new(None), place: RwSignal::new(None), wrong: RwSignal::new(Vec::new()) };
    let told = RwSignal::new(None::<&'static str>);
    let stored = RwSignal::new(None::<HoursView>);
    let take = move |view: HoursView| {
        let year = office.today.get_untracked().to_text().get(..4).and_then(|year| year.parse().ok());
        let draft = HoursDraft::of(&view, year.unwrap_or(1970));
        form.place.set(draft.of.first().map(|place| place.key));
        form.draft.set(Some(draft));
        stored.set(Some(view));
    };
    let asking = Asking::<AskHours>::new().on_answer(move |(_, view)| take(view));
    asking.ask(AskHours {});
    let choices = Asking::<AskReportChoices>::new();
    choices.ask(AskReportChoices {});
    let save = Asking::<SaveHours>::new().on_answer(move |(_, view)| {
        take(view);
        told.set(Some(say("The hours are saved. Reports use them from now on, for earlier calls as well.")));
    });
    let read = Memo::new(move |_| form.draft.with(|draft| draft.as_ref().map(HoursDraft::to_save)));
    let changed = Memo::new(move |_| {
        read.with(|read| match read {
            Some(Ok(now)) => stored.with(|stored| {
                stored
                    .as_ref()
                    .is_some_and(|stored| stored.hours != now.hours || stored.service != now.service)
            }),
            Some(Err(_)) => true,
            None => false,
        })
    });
    let store = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        told.set(None);
        match read.get_untracked() {
            Some(Ok(request)) => save.ask(request),
            Some(Err(says)) => form.wrong.set(says),
            None => {}
        }
    };
    let wrong = move || {
        let wrong = form.wrong.get();
        (!wrong.is_empty()).then(|| view! {
            <ul class="complaint hours-wrong" role="alert" data-testid="hours-wrong">{wrong.into_iter().map(|says| view! { <li>{says}</li> }).collect_view()}</ul>
        })
    };
    let body = move || {
        if let Some(failure) = asking.failure.get() {
            return view! { <div class="card"><Failed failure again=Callback::new(move |()| asking.again()) /></div> }.into_any();
        }
        if stored.with(Option::is_none) {
            return view! { <Show when=move || asking.slow.get()><Skeleton rows=6 /></Show> }.into_any();
        }
        view! {
            <form class="office-hours" data-testid="hours-form" aria-label=say("Business hours") novalidate=true on:submit=store>
                <Places form choices />
                <ServiceFields form />
                {wrong}
                {move || save.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| save.again()) /> })}
                <div class="buttons">
                    <button type="submit" class="btn primary" data-testid="hours-save" disabled=move || save.busy.get() || !changed.get()>{say("Save")}</button>
                    <Show when=move || changed.get()>
                        <button type="button" class="btn quiet" on:click=move |_| { form.wrong.set(Vec::new()); if let Some(view) = stored.get_untracked() { take(view); } }>{say("As it was")}</button>
                    </Show>
                </div>
            </form>
        }
        .into_any()
    };
    view! {
        {move || told.get().map(|says| view! { <p class="saved" role="status" data-testid="hours-told">{says}</p> })}
        {body}
    }
}

#[component]
fn Places(form: Form, choices: Asking<AskReportChoices>) -> impl IntoView {
    let listed = Memo::new(move |_| {
        let draft = form.draft.get();
        choices.answer.with(|choices| {
            let places = draft.map(|draft| draft.of).unwrap_or_default();
            places
                .into_iter()
                .map(|place| (place.key, name_of(choices.as_ref(), place.site, place.group.as_ref())))
                .collect::<Vec<_>>()
        })
    });
    let tabs = move || {
        listed
            .get()
            .into_iter()
            .map(|(key, name)| {
                let is_on = move || form.place.get() == Some(key);
                view! { <button type="button" class="menu-item" class:on=is_on aria-current=move || is_on().then_some("true") data-testid="hours-place" on:click=move |_| form.place.set(Some(key))>{name}</button> }
            })
            .collect_view()
    };
    let offered = move || {
        let set: Vec<(i64, Option<GroupRef>)> = form.draft.with(|draft| {
            draft.iter().flat_map(|draft| &draft.of).map(|place| (place.site, place.group.clone())).collect()
        });
        choices
            .answer
            .with(|choices| all_places(choices.as_ref()))
            .into_iter()
            .filter(|(place, _)| !set.contains(place))
            .collect::<Vec<_>>()
    };
    let offered = Memo::new(move |_| offered());
    let add = move |event| {
        let at = event_target_value(&event).parse::<usize>().ok();
        let chosen = at.and_then(|at| offered.with_untracked(|all| all.get(at).cloned()));
        if let Some(((site, group), _)) = chosen {
            form.change(|draft| form.place.set(Some(draft.add_place(site, group))));
        }
    };
    let options = move || {
        let all = offered.get().into_iter().enumerate();
        all.map(|(at, (_, name))| view! { <option value=at.to_string()>{name}</option> }).collect_view()
    };
    view! {
        <div class="keeping">
            <nav class="keeping-parts" aria-label=say("Places")>
                {tabs}
                <Show when=move || offered.with(|all| !all.is_empty())>
                    <select aria-label=say("Set the hours of another place") data-testid="hours-add" prop:value=move || { offered.track(); "" } on:change=add>
                        <option value="">{say("Add a place …")}</option>
                        {options}
                    </select>
                </Show>
            </nav>
            <div class="keeping-part">
                {move || match form.place.get() {
                    Some(key) => view! { <Place form key /> }.into_any(),
                    None => view! { <div class="card"><Empty title=say("Always open") says=say("No hours are set, so that every call counts as one in business hours. Add a site, and where a group keeps other hours, the group.") /></div> }.into_any(),
                }}
            </div>
        </div>
    }
}

/// Sites first; groups have their site's hours until they are given their own.
fn all_places(choices: Option<&ReportChoices>) -> Vec<((i64, Option<GroupRef>), String)> {
    let Some(choices) = choices else { return Vec::new() };
    let place = |choice: &Choice| match &choice.key {
        Key::Site { site } => Some(((*site, None), choice.name.clone())),
        Key::Group { group } => Some(((group.site, Some(group.clone())), choice.name.clone())),
        Key::None
        | Key::Who { .. }
        | Key::Text { .. }
        | Key::Direction { .. }
        | Key::Event { .. }
        | Key::Span { .. }
        | Key::HourOfDay { .. }
        | Key::DayOfWeek { .. } => None,
    };
    choices.sites.iter().chain(&choices.groups).filter_map(place).collect()
}

fn name_of(choices: Option<&ReportChoices>, site: i64, group: Option<&GroupRef>) -> String {
    let all = all_places(choices);
    let found = all.into_iter().find(|((of, other), _)| *of == site && other.as_ref() == group);
    found.map(|(_, name)| name).unwrap_or_else(|| match group {
        Some(group) => fill("Group {number}", &[("number", &group.number)]),
        None => say("The site").to_owned(),
    })
}
