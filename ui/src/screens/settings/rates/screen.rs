//! The rate tables, and the way to add, change and remove one.

use super::form::TableForm;
use crate::ipc::Asking;
use crate::parts::confirm::{Confirm, Danger, Way};
use crate::parts::notice::{Empty, Failed, Skeleton};
use crate::state::use_office;
use crate::words::{fill, plural, say};
use contract::rates::{AskRates, RateTable, RemoveRates};
use contract::sites::{AskSites, Site};
use leptos::prelude::*;

#[component]
pub fn RatesScreen() -> impl IntoView {
    let office = use_office();
    let tables = Asking::<AskRates>::new();
    let sites = RwSignal::new(Vec::<Site>::new());
    let site_asking =
        Asking::<AskSites>::new().on_answer(move |(_, all): (AskSites, Vec<Site>)| sites.set(all));
    Effect::new(move |_| {
        office.settings_changed.track();
        office.ask_again.track();
        tables.ask_soon(AskRates {});
        site_asking.ask_soon(AskSites {});
    });
    let editing = RwSignal::new(None::<RateTable>);
    let leaving = RwSignal::new(None::<RateTable>);
    let notice = RwSignal::new(None::<String>);
    let again = Callback::new(move |()| tables.again());
    let add = Callback::new(move |()| {
        notice.set(None);
        editing.set(Some(RateTable::default()));
    });
    let close = Callback::new(move |saved: Option<RateTable>| {
        editing.set(None);
        if let Some(saved) = saved {
            notice.set(Some(fill(
                "{name} is saved; outbound calls show what they cost by it.",
                &[("name", &saved.name)],
            )));
            tables.ask_soon(AskRates {});
        }
    });
    let list = move || {
        if let Some(failure) = tables.failure.get() {
            return view! { <div class="card"><Failed failure again /></div> }.into_any();
        }
        let Some(all) = tables.answer.get() else {
            return view! { <Show when=move || tables.slow.get()><Skeleton rows=3 /></Show> }.into_any();
        };
        if all.is_empty() {
            let says = say(
                "With your carrier's rates, every outbound call shows what it cost: by the longest prefix, connect fee, minimum and rounding step.",
            );
            let action = (say("Add a rate table").to_owned(), add);
            return view! { <div class="card"><Empty title=say("No rates yet") says action /></div> }
                .into_any();
        }
        let cards = all.into_iter().map(|table| view! { <TableCard table sites editing leaving notice /> });
        view! {
            <div class="site-list">{cards.collect_view()}</div>
            <button type="button" class="btn" data-testid="rates-add" on:click=move |_| add.run(())>{say("Add a rate table")}</button>
        }
        .into_any()
    };
    view! {
        <div data-testid="rates">
            {move || notice.get().map(|says| view! { <p class="saved" role="status" data-testid="rates-notice">{says}</p> })}
            {move || match editing.get() {
                Some(table) => view! { <TableForm table sites close /> }.into_any(),
                None => list(),
            }}
            <Leaving leaving removed=Callback::new(move |()| tables.ask_soon(AskRates {})) />
        </div>
    }
}

#[component]
fn TableCard(
    table: RateTable,
    sites: RwSignal<Vec<Site>>,
    editing: RwSignal<Option<RateTable>>,
    leaving: RwSignal<Option<RateTable>>,
    notice: RwSignal<Option<String>>,
) -> impl IntoView {
    let bands = match table.bands.len() {
        0 => String::new(),
        many => {
            format!(" · {}", plural(many as u64, "{count} time of the week", "{count} times of the week"))
        }
    };
    let rates = plural(table.rates.len() as u64, "{count} rate", "{count} rates");
    let ids = table.sites.clone();
    let whose = move || {
        let names = sites.with(|sites| {
            let named = sites.iter().filter(|site| ids.contains(&site.id)).map(|site| site.name.clone());
            named.collect::<Vec<_>>()
        });
        if names.is_empty() {
            say("for every office without a table of its own").to_owned()
        } else {
            fill("for {offices}", &[("offices", &names.join(", "))])
        }
    };
    let (for_edit, for_removal) = (table.clone(), table.clone());
    let edit = move |_| {
        notice.set(None);
        editing.set(Some(for_edit.clone()));
    };
    view! {
        <section class="card site" data-testid="rates-table" data-table=table.id.to_string()>
            <div class="site-head">
                <h2>{table.name.clone()}</h2>
                <span class="mute sm">{table.currency.clone()}</span>
                <span class="sp"></span>
                <button type="button" class="btn" data-testid="rates-edit" on:click=edit>{say("Change")}</button>
                <button type="button" class="btn" data-testid="rates-remove" on:click=move |_| leaving.set(Some(for_removal.clone()))>{say("Remove")}</button>
            </div>
            <p class="mute sm">{rates}{bands}" · "{whose}</p>
        </section>
    }
}

#[component]
fn Leaving(leaving: RwSignal<Option<RateTable>>, removed: Callback<()>) -> impl IntoView {
    let open = RwSignal::new(false);
    let removal = Asking::<RemoveRates>::new().on_answer(move |_| {
        open.set(false);
        removed.run(());
    });
    Effect::new(move |_| {
        if leaving.with(Option::is_some) {
            removal.forget();
            open.set(true);
        }
    });
    Effect::new(move |_| {
        if !open.get() && leaving.with_untracked(Option::is_some) {
            leaving.set(None);
        }
    });
    let name =
        move || leaving.with(|table| table.as_ref().map(|table| table.name.clone()).unwrap_or_default());
    let run = Callback::new(move |()| {
        if let Some(table) = leaving.get_untracked() {
            removal.ask(RemoveRates { id: table.id });
        }
    });
    let says = vec![
        say("Calls show no cost by it any more. Its rates are gone: they cannot be had back from here.")
            .to_owned(),
    ];
    let way = Way {
        words: say("Remove"),
        otherwise: say("Keep"),
        testid: "rates-confirm-remove",
        danger: Danger::IsGone,
    };
    view! {
        <Confirm
            open
            title=Signal::derive(move || fill("Remove the rates of {name}?", &[("name", &name())]))
            says=Signal::stored(says)
            testid="rates-remove-dialog"
            way
            busy=removal.busy
            failure=removal.failure
            run
        />
    }
}
