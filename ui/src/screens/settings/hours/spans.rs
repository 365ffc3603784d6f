//! The times of one day: as many as one likes, each from and to.

use super::screen::Form;
use crate::parts::icon::{Glyph, Icon};
use crate::state::hours_draft::SpanDraft;
use crate::words::{fill, say};
use leptos::prelude::*;

#[component]
pub fn Spans(
    form: Form,
    place: u32,
    spans: Signal<Vec<SpanDraft>>,
    add: Callback<()>,
    /// Which day, for who does not see the line.
    of: String,
) -> impl IntoView {
    let keys = Memo::new(move |_| spans.with(|spans| spans.iter().map(|span| span.key).collect::<Vec<_>>()));
    let closed = Memo::new(move |_| keys.with(Vec::is_empty));
    let label = StoredValue::new(of.clone());
    view! {
        <div class="hours-spans">
            <Show when=move || closed.get()><span class="mute">{say("closed")}</span></Show>
            <For each=move || keys.get() key=|key| *key let:key>
                <Span form place key spans of=label.get_value() />
            </For>
            <button type="button" class="icon-btn" aria-label=fill("Add a time on {day}", &[("day", &of)]) title=say("Add a time") data-testid="hours-add-span" on:click=move |_| add.run(())><Icon of=Glyph::Plus /></button>
        </div>
    }
}

#[component]
fn Span(form: Form, place: u32, key: u32, spans: Signal<Vec<SpanDraft>>, of: String) -> impl IntoView {
    let now = Memo::new(move |_| spans.with(|spans| spans.iter().find(|span| span.key == key).cloned()));
    let from = move || now.get().map(|span| span.from).unwrap_or_default();
    let to = move || now.get().map(|span| span.to).unwrap_or_default();
    let overnight =
        move || now.with(|span| span.as_ref().is_some_and(|span| span.to <= span.from && span.to != "00:00"));
    let put_from = move |event| {
        let typed = event_target_value(&event);
        form.change(|draft| draft.change_span(place, key, |span| span.from = typed));
    };
    let put_to = move |event| {
        let typed = event_target_value(&event);
        form.change(|draft| draft.change_span(place, key, |span| span.to = typed));
    };
    view! {
        <span class="hours-span">
            <input type="time" aria-label=fill("{day}, from", &[("day", &of)]) data-testid="hours-from" prop:value=from on:change=put_from />
            <span class="mute">{say("to")}</span>
            <input type="time" aria-label=fill("{day}, to", &[("day", &of)]) data-testid="hours-to" prop:value=to on:change=put_to />
            <Show when=overnight><span class="faint sm">{say("next day")}</span></Show>
            <button type="button" class="icon-btn" aria-label=fill("Remove a time on {day}", &[("day", &of)]) title=say("Remove") on:click=move |_| form.change(|draft| draft.remove_span(place, key))><Icon of=Glyph::Close /></button>
        </span>
    }
}
