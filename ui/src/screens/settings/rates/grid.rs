//! The rates as a grid to type into. A carrier's table may have thousands of lines; only those that are seen stand in
//! the page.

use super::draft::{Line, RatesForm, Spot};
use crate::parts::clock::number;
use crate::parts::icon::{Glyph, Icon};
use crate::parts::measured::watch_height;
use crate::state::list_window::Extent;
use crate::state::rates_draft::{Column, RateDraft};
use crate::words::{fill, say};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Height of a line, as the style sheet sets it.
const ROW_PX: f64 = 32.0;

/// Columns with what is typed: heading, test hook, what it is for.
fn columns() -> [(Column, &'static str, &'static str, &'static str); 8] {
    [
        (
            Column::Prefix,
            say("Prefix"),
            "prefix",
            say(
                "First digits of the number, with + and the country; empty is everything else. The longest that fits applies.",
            ),
        ),
        (Column::Label, say("Label"), "label", say("What it is, for instance Germany, mobile")),
        (
            Column::Band,
            say("Time"),
            "band",
            say("At which time of the week; at all others where it is empty"),
        ),
        (Column::PerMinute, say("A minute"), "per-minute", say("Price of a minute")),
        (Column::ConnectFee, say("Connect"), "connect", say("Asked once for a call that is answered")),
        (Column::Minimum, say("Minimum"), "minimum", say("The least that an answered call costs")),
        (Column::MinimumSeconds, say("Min s"), "minimum-seconds", say("Seconds that are charged at least")),
        (
            Column::StepSeconds,
            say("Step s"),
            "step-seconds",
            say("Talking is rounded up to whole steps of so many seconds"),
        ),
    ]
}

#[component]
pub fn Grid(form: RatesForm, read: Callback<()>) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let scroller = NodeRef::<html::Div>::new();
    let scroll_px = RwSignal::new(0.0);
    let height_px = RwSignal::new(400.0);
    watch_height(scroller, height_px);
    // Which lines match is worked out when lines come and go or one looks for others, not with every letter in a line.
    let matching = Memo::new_with_compare(
        move |_| {
            let text = text.get();
            form.rates.with(|rates| {
                let wanted = |line: &&Line<RateDraft>| {
                    text.trim().is_empty() || line.draft.with_untracked(|rate| rate.matches(&text))
                };
                rates.iter().filter(wanted).cloned().collect::<Vec<_>>()
            })
        },
        |_, _| true,
    );
    let extent = Memo::new(move |_| Extent { rows: matching.with(Vec::len), row_px: ROW_PX, opened: None });
    let seen = Memo::new(move |_| extent.get().visible(scroll_px.get(), height_px.get()));
    let shown = move || {
        let seen = seen.get();
        matching.with(|lines| lines[seen.start.min(lines.len())..seen.end.min(lines.len())].to_vec())
    };
    let before_px = move || format!("{}px", extent.get().top_of(seen.get().start));
    let after_px = move || format!("{}px", extent.get().total_px() - extent.get().top_of(seen.get().end));
    let add = move |_| {
        text.set(String::new());
        form.forgive(Spot::Rates);
        form.add_rate(RateDraft::default());
        // The new line is the last; it can be scrolled to once it stands in the page.
        request_animation_frame(move || {
            if let Some(scroller) = scroller.get_untracked() {
                scroller.set_scroll_top(scroller.scroll_height());
            }
        });
    };
    let count = move || {
        let (all, found) = (form.rates.with(Vec::len), matching.with(Vec::len));
        let rates = match all {
            1 => say("1 rate").to_owned(),
            all => fill("{count} rates", &[("count", &number(all as u64))]),
        };
        if all == found {
            rates
        } else {
            fill("{found} of {rates}", &[("found", &found.to_string()), ("rates", &rates)])
        }
    };
    view! {
        <fieldset class="source">
            <legend>{say("Rates")}</legend>
            <div class="part-head grid-head">
                <p class="mute sm" role="status">{count}</p>
                <span class="sp"></span>
                <input
                    class="filter-text"
                    type="text"
                    placeholder=say("Prefix or label")
                    aria-label=say("Find by prefix or label")
                    autocomplete="off"
                    data-testid="rates-filter"
                    prop:value=text
                    on:input=move |event| text.set(event_target_value(&event))
                    on:keydown=move |event| {
                        if event.key() == "Enter" {
                            event.prevent_default();
                        }
                    }
                />
                <button type="button" class="btn" data-testid="rates-read" on:click=move |_| read.run(())>{say("Read from a file …")}</button>
                <button type="button" class="btn" data-testid="rates-add-row" on:click=add>{say("Add a rate")}</button>
            </div>
            <div
                class="rates-grid"
                role="table"
                aria-label=say("Rates")
                data-testid="rates-grid"
                node_ref=scroller
                on:keydown=move |event| to_next_line(&event)
                on:scroll=move |_| {
                    if let Some(scroller) = scroller.get_untracked() {
                        scroll_px.set(f64::from(scroller.scroll_top()));
                    }
                }
            >
                <div class="rates-row rates-heads" role="row">
                    {columns()
                        .into_iter()
                        .map(|(_, title, hook, says)| view! { <span role="columnheader" class=format!("r-{hook}") title=says>{title}</span> })
                        .collect_view()}
                    <span></span>
                </div>
                <div role="presentation" style:height=before_px></div>
                <For each=shown key=|line| line.key let:line>
                    <RateRow line form />
                </For>
                <div role="presentation" style:height=after_px></div>
            </div>
        </fieldset>
    }
}

/// Up, down and Enter move within a column, as in a spreadsheet; Enter does not save the table.
fn to_next_line(event: &web_sys::KeyboardEvent) {
    let key = event.key();
    let cell = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
    let Some(cell) = cell.filter(|_| matches!(key.as_str(), "Enter" | "ArrowDown" | "ArrowUp")) else {
        return;
    };
    event.prevent_default();
    let row = cell.closest(".rates-row").ok().flatten();
    let next = row.and_then(|row| match key.as_str() {
        "ArrowUp" => row.previous_element_sibling(),
        _ => row.next_element_sibling(),
    });
    let hook = cell.get_attribute("data-testid").unwrap_or_default();
    let next = next.and_then(|row| row.query_selector(&format!("[data-testid='{hook}']")).ok().flatten());
    if let Some(next) = next.and_then(|next| next.dyn_into::<web_sys::HtmlInputElement>().ok()) {
        let _ = next.focus();
        next.select();
    }
}

#[component]
fn RateRow(line: Line<RateDraft>, form: RatesForm) -> impl IntoView {
    let key = line.key;
    let draft = RwSignal::from(line.draft);
    let cells = columns().into_iter().map(|(column, title, hook, _)| {
        let inner = match column {
            Column::Band => view! { <BandCell draft form rate=key /> }.into_any(),
            Column::Prefix
            | Column::Label
            | Column::PerMinute
            | Column::ConnectFee
            | Column::Minimum
            | Column::MinimumSeconds
            | Column::StepSeconds => view! { <TextCell draft form rate=key column title hook /> }.into_any(),
        };
        view! { <span role="cell" class=format!("r-{hook}")>{inner}</span> }
    });
    view! {
        <div class="rates-row" role="row" data-testid="rates-row">
            {cells.collect_view()}
            <button
                type="button"
                class="icon-btn"
                aria-label=say("Remove this rate")
                title=say("Remove this rate")
                data-testid="rates-remove-row"
                on:click=move |_| form.rates.update(|rates| rates.retain(|line| line.key != key))
            >
                <Icon of=Glyph::Close />
            </button>
        </div>
    }
}

/// `rate` is the key of its line.
#[component]
fn TextCell(
    draft: RwSignal<RateDraft>,
    form: RatesForm,
    rate: u32,
    column: Column,
    title: &'static str,
    hook: &'static str,
) -> impl IntoView {
    let spot = Spot::Rate(rate, column);
    let wrong = Memo::new(move |_| form.complaint(spot));
    view! {
        <input
            type="text"
            class:wrong=move || wrong.get().is_some()
            autocomplete="off"
            spellcheck="false"
            aria-label=title
            aria-invalid=move || wrong.get().is_some().to_string()
            title=move || wrong.get()
            data-testid=format!("rates-{hook}")
            prop:value=move || draft.with(|draft| draft.get(column).clone())
            on:input=move |event| {
                let typed = event_target_value(&event);
                draft.update(|draft| draft.set(column, typed));
                form.forgive(spot);
            }
        />
    }
}

#[component]
fn BandCell(draft: RwSignal<RateDraft>, form: RatesForm, rate: u32) -> impl IntoView {
    let spot = Spot::Rate(rate, Column::Band);
    let chosen = Memo::new(move |_| draft.with(|draft| draft.band.clone()));
    let wrong = Memo::new(move |_| form.complaint(spot));
    let options = move || {
        let mut names: Vec<String> = form.bands.with(|bands| {
            bands.iter().map(|line| line.draft.with(|band| band.name.trim().to_owned())).collect()
        });
        names.retain(|name| !name.is_empty());
        // A time that is gone stays chosen until one chooses another, and is complained about.
        let chosen = chosen.get();
        if !chosen.is_empty() && !names.contains(&chosen) {
            names.push(chosen.clone());
        }
        names
            .into_iter()
            .map(|name| {
                let selected = name == chosen;
                view! { <option value=name.clone() selected=selected>{name.clone()}</option> }
            })
            .collect_view()
    };
    view! {
        <select
            class:wrong=move || wrong.get().is_some()
            aria-label=say("Time")
            title=move || wrong.get()
            data-testid="rates-band-choice"
            on:change=move |event| {
                let typed = event_target_value(&event);
                draft.update(|draft| draft.band = typed);
                form.forgive(spot);
            }
        >
            <option value="" selected=move || chosen.get().is_empty()>{say("any")}</option>
            {options}
        </select>
    }
}
