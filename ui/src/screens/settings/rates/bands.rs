//! Times of the week that have rates of their own.

use super::draft::{Line, RatesForm, Spot};
use crate::parts::icon::{Glyph, Icon};
use crate::state::hours_draft::day_names;
use crate::state::rates_draft::BandDraft;
use crate::words::say;
use leptos::prelude::*;

fn short_days() -> [&'static str; 7] {
    [say("Mo"), say("Tu"), say("We"), say("Th"), say("Fr"), say("Sa"), say("Su")]
}

#[component]
pub fn Bands(form: RatesForm) -> impl IntoView {
    let add = move |_| {
        let days = [true, true, true, true, true, false, false];
        form.add_band(BandDraft {
            name: String::new(),
            days,
            from: "18:00".to_owned(),
            to: "08:00".to_owned(),
        });
    };
    view! {
        <fieldset class="source">
            <legend>{say("Times of the week")}</legend>
            <p class="mute sm">{say("Where a carrier is cheaper in the evening or at weekends. The first that fits applies; outside all of them, rates without a time do. A time that ends before it begins runs over midnight.")}</p>
            <For each=move || form.bands.get() key=|line| line.key let:line>
                <BandRow line form />
            </For>
            <div class="buttons">
                <button type="button" class="btn" data-testid="rates-add-band" on:click=add>{say("Add a time of the week")}</button>
            </div>
        </fieldset>
    }
}

#[component]
fn BandRow(line: Line<BandDraft>, form: RatesForm) -> impl IntoView {
    let key = line.key;
    let draft = RwSignal::from(line.draft);
    let wrong = Memo::new(move |_| form.complaint(Spot::Band(key)));
    let change = move |with: &dyn Fn(&mut BandDraft)| {
        draft.update(|draft| with(draft));
        form.forgive(Spot::Band(key));
    };
    let time = move |label: &'static str,
                     testid: &'static str,
                     get: fn(&BandDraft) -> &String,
                     set: fn(&mut BandDraft, String)| {
        view! {
            <input
                type="time"
                aria-label=label
                data-testid=testid
                prop:value=move || draft.with(|draft| get(draft).clone())
                on:input=move |event| {
                    let typed = event_target_value(&event);
                    change(&|draft| set(draft, typed.clone()));
                }
            />
        }
    };
    let days = short_days().into_iter().zip(day_names()).enumerate().map(|(day, (short, name))| {
        let on = move || draft.with(|draft| draft.days[day]);
        view! {
            <button
                type="button"
                class:on=on
                aria-pressed=move || on().to_string()
                aria-label=name
                data-testid="rates-band-day"
                on:click=move |_| change(&|draft| draft.days[day] = !draft.days[day])
            >
                {short}
            </button>
        }
    });
    view! {
        <div class="band" class:wrong=move || wrong.get().is_some() data-testid="rates-band">
            <input
                type="text"
                placeholder=say("Evening")
                aria-label=say("Name of the time")
                autocomplete="off"
                spellcheck="false"
                data-testid="rates-band-name"
                prop:value=move || draft.with(|draft| draft.name.clone())
                on:input=move |event| {
                    let typed = event_target_value(&event);
                    change(&|draft| draft.name.clone_from(&typed));
                }
            />
            <div class="segmented days" role="group" aria-label=say("Days")>{days.collect_view()}</div>
            <span class="band-times">
            {time(say("From"), "rates-band-from", |draft| &draft.from, |draft, typed| draft.from = typed)}
            <span class="mute">{say("to")}</span>
            {time(say("To"), "rates-band-to", |draft| &draft.to, |draft, typed| draft.to = typed)}
            <button
                type="button"
                class="icon-btn"
                aria-label=say("Remove this time")
                title=say("Remove this time")
                data-testid="rates-remove-band"
                on:click=move |_| form.bands.update(|bands| bands.retain(|line| line.key != key))
            >
                <Icon of=Glyph::Close />
            </button>
            </span>
            <span class="says complaint">{wrong}</span>
        </div>
    }
}
