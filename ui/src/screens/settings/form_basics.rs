//! The form's first part: what the office is called, where it is, and how people there dial.

use super::field::{Draft, TextField};
use crate::ipc::Asking;
use crate::parts::countries::in_this_language;
use crate::state::site_draft::{CountryBy, Field};
use crate::words::say;
use contract::sites::{AskCountries, AskZones};
use leptos::prelude::*;

#[component]
pub fn Basics(form: Draft, zones: Asking<AskZones>, countries: Asking<AskCountries>) -> impl IntoView {
    let options = move || {
        let all =
            zones.answer.with(|zones| zones.as_ref().map(|zones| zones.all.clone()).unwrap_or_default());
        all.into_iter().map(|zone| view! { <option value=zone></option> }).collect_view()
    };
    view! {
        <div class="fields">
            <TextField
                form
                field=Field::Name
                label=say("Name of the office")
                testid="site-name"
                class="half"
                get=|draft| &draft.name
                set=|draft, text| draft.name = text
                placeholder="Munich"
                hint=say("As it is called in lists and reports.")
            />
            <TextField
                form
                field=Field::TimeZone
                label=say("Time zone of the PBX's clock")
                testid="site-zone"
                class="half"
                get=|draft| &draft.time_zone
                set=|draft, text| draft.time_zone = text
                list="zones"
                hint=say("Records carry the PBX's local time; days are cut by it.")
            />
            <datalist id="zones">{options}</datalist>
            <Country form countries />
            <TextField
                form
                field=Field::AccessDigits
                label=say("Digits for an outside line")
                testid="site-access"
                class="half"
                get=|draft| &draft.access_digits
                set=|draft, text| draft.access_digits = text
                placeholder="9, 0"
                hint=say("Dialled before an outside number; several with commas. Numbers are shown and compared without them. Empty if none.")
            />
        </div>
    }
}

/// A new site gets this computer's country, which most often is right.
#[component]
fn Country(form: Draft, countries: Asking<AskCountries>) -> impl IntoView {
    let chosen = Memo::new(move |_| form.draft.with(|draft| draft.country.clone()));
    Effect::new(move |_| {
        let here = countries.answer.with(|known| known.as_ref().and_then(|known| known.here.clone()));
        let is_open = form
            .draft
            .with_untracked(|draft| draft.country_by == CountryBy::Guess && draft.country.is_empty());
        if let (Some(here), true) = (here, is_open) {
            form.draft.update(|draft| draft.country = here);
        }
    });
    let options = move || {
        let mut all =
            countries.answer.with(|known| known.as_ref().map(|known| known.all.clone()).unwrap_or_default());
        let chosen = chosen.get();
        in_this_language(&mut all);
        // What is stored is shown also before, or without, a list to choose from.
        if !chosen.is_empty() && !all.iter().any(|(code, _)| *code == chosen) {
            all.push((chosen.clone(), chosen.clone()));
        }
        all.into_iter()
            .map(|(code, name)| {
                let selected = code == chosen;
                view! { <option value=code selected=selected>{name}</option> }
            })
            .collect_view()
    };
    view! {
        <label class="field half">
            <span>{say("Country")}</span>
            <select
                data-testid="site-country"
                on:change=move |event| {
                    let typed = event_target_value(&event);
                    form.change(Field::Country, |draft| {
                        draft.country = typed;
                        draft.country_by = CountryBy::Person;
                    });
                }
            >
                <option value="" selected=move || chosen.get().is_empty()>{say("Not told")}</option>
                {options}
            </select>
            <span class="says">{say("Numbers are then recognised however they are written, and shown as people there write them.")}</span>
        </label>
    }
}
