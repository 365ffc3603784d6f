//! The form of one rate table: what it is for, its times of the week, its rates, and trying it before it is saved.

use super::bands::Bands;
use super::draft::{RatesForm, Spot};
use super::grid::Grid;
use super::read::ReadDialog;
use super::trial::Trial;
use crate::ipc::Asking;
use crate::parts::notice::Failed;
use crate::state::rates_draft::HeadDraft;
use crate::words::{fill, plural, say};
use contract::rates::{RateTable, SaveRates};
use contract::sites::Site;
use leptos::prelude::*;

/// More complaints than this are counted: the fields themselves are marked.
const MOST_COMPLAINTS: usize = 3;

#[component]
pub fn TableForm(
    table: RateTable,
    sites: RwSignal<Vec<Site>>,
    close: Callback<Option<RateTable>>,
) -> impl IntoView {
    let title = if table.id == 0 {
        say("Add a rate table").to_owned()
    } else {
        fill("Change {name}", &[("name", &table.name)])
    };
    let form = RatesForm::of(&table);
    let reading = RwSignal::new(false);
    let save = Asking::<SaveRates>::new()
        .on_answer(move |(_, saved): (SaveRates, RateTable)| close.run(Some(saved)));
    let store = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if let Some(table) = form.checked() {
            save.ask(SaveRates { table });
        }
    };
    let again = Callback::new(move |()| save.again());
    view! {
        <form class="card rates-form" data-testid="rates-form" aria-label=title.clone() novalidate=true on:submit=store>
            <h2>{title.clone()}</h2>
            <div class="fields">
                <HeadField form spot=Spot::Name label=say("Name") testid="rates-name" class="half" get=|head| &head.name set=|head, typed| head.name = typed hint=say("For instance the carrier and the year.") />
                <HeadField form spot=Spot::Currency label=say("Currency") testid="rates-currency" class="tiny" get=|head| &head.currency set=|head, typed| head.currency = typed hint="" />
                <SiteChoice form sites />
            </div>
            <Bands form />
            <Grid form read=Callback::new(move |()| reading.set(true)) />
            <Wrong form />
            {move || save.failure.get().map(|failure| view! { <Failed failure again /> })}
            <div class="buttons">
                <button type="submit" class="btn primary" data-testid="rates-save" disabled=move || save.busy.get()>
                    {move || if save.busy.get() { say("Saving …") } else { say("Save") }}
                </button>
                <button type="button" class="btn quiet" data-testid="rates-cancel" on:click=move |_| close.run(None)>{say("Cancel")}</button>
            </div>
        </form>
        <Trial form sites />
        <ReadDialog form reading />
    }
}

#[component]
fn HeadField(
    form: RatesForm,
    spot: Spot,
    label: &'static str,
    testid: &'static str,
    class: &'static str,
    get: fn(&HeadDraft) -> &String,
    set: fn(&mut HeadDraft, String),
    hint: &'static str,
) -> impl IntoView {
    let value = Memo::new(move |_| form.head.with(|head| get(head).clone()));
    let wrong = Memo::new(move |_| form.complaint(spot));
    view! {
        <label class=format!("field {class}") class:wrong=move || wrong.get().is_some()>
            <span>{label}</span>
            <input
                type="text"
                autocomplete="off"
                spellcheck="false"
                data-testid=testid
                aria-invalid=move || wrong.get().is_some().to_string()
                prop:value=value
                on:input=move |event| {
                    let typed = event_target_value(&event);
                    form.head.update(|head| set(head, typed));
                    form.forgive(spot);
                }
            />
            <span class="says" class:complaint=move || wrong.get().is_some()>
                {move || wrong.get().unwrap_or_else(|| hint.to_owned())}
            </span>
        </label>
    }
}

/// Which offices it is for. With one office there is nothing to choose.
#[component]
fn SiteChoice(form: RatesForm, sites: RwSignal<Vec<Site>>) -> impl IntoView {
    let ticks = move || {
        let all = sites.get();
        all.into_iter()
            .map(|site| {
                let id = site.id;
                let on = move || form.head.with(|head| head.sites.contains(&id));
                let toggle = move |event| {
                    let on = event_target_checked(&event);
                    form.head.update(|head| {
                        head.sites.retain(|known| *known != id);
                        if on {
                            head.sites.push(id);
                        }
                    });
                };
                view! {
                    <label class="tick">
                        <input type="checkbox" data-testid="rates-site" data-site-id=id.to_string() prop:checked=on on:change=toggle />
                        {site.name}
                    </label>
                }
            })
            .collect_view()
    };
    view! {
        <Show when=move || { sites.with(Vec::len) > 1 || form.head.with(|head| !head.sites.is_empty()) }>
            <fieldset class="field half rates-sites">
                <legend>{say("Only for these offices")}</legend>
                <div class="radios">{ticks}</div>
                <span class="says">{say("None chosen: for every office without a table of its own.")}</span>
            </fieldset>
        </Show>
    }
}

/// What is wrong, where one looks after pressing a button.
#[component]
fn Wrong(form: RatesForm) -> impl IntoView {
    let lines = move || {
        let complaints = form.complaints.get();
        let more = complaints.len().saturating_sub(MOST_COMPLAINTS);
        let says = complaints.into_iter().take(MOST_COMPLAINTS).map(|(spot, says)| said(form, spot, &says));
        let more =
            (more > 0).then(|| plural(more as u64, "And {count} field more.", "And {count} fields more."));
        says.chain(more).map(|says| view! { <p class="complaint">{says}</p> }).collect_view()
    };
    view! { <div role="alert" class="rates-wrong" data-testid="rates-complaints">{lines}</div> }
}

/// Lines are told by their numbers, as one counts them.
fn said(form: RatesForm, spot: Spot, says: &str) -> String {
    match spot {
        Spot::Name | Spot::Currency | Spot::Rates => says.to_owned(),
        Spot::Band(key) => {
            let at = form.bands.with(|bands| bands.iter().position(|line| line.key == key));
            fill(
                "Time of the week {n}: {says}",
                &[("n", &at.map_or(0, |at| at + 1).to_string()), ("says", says)],
            )
        }
        Spot::Rate(key, _) => {
            let at = form.rates.with(|rates| rates.iter().position(|line| line.key == key));
            fill("Rate {n}: {says}", &[("n", &at.map_or(0, |at| at + 1).to_string()), ("says", says)])
        }
    }
}
