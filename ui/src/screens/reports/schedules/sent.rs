//! The log: what went out, what failed, and what is tried again.

use crate::parts::clock::Style;
use crate::parts::icon::{Glyph, Icon};
use crate::state::use_office;
use crate::words::{fill, heard, say};
use contract::reports::{Sent, SentState};
use leptos::prelude::*;

#[component]
pub fn SentLog(sent: Vec<Sent>) -> impl IntoView {
    let office = use_office();
    let only_bad = RwSignal::new(false);
    let any = !sent.is_empty();
    let bad = sent.iter().filter(|line| line.state != SentState::Sent).count();
    let sent = StoredValue::new(sent);
    let lines = move || {
        sent.with_value(|sent| {
            let wanted = sent.iter().filter(|line| !only_bad.get() || line.state != SentState::Sent);
            wanted
                .map(|line| {
                    let (glyph, class, words) = state_look(line.state);
                    let at = office.clock(Style::DateAndMinute, line.at_ms);
                    let due = office.clock(Style::DateAndMinute, line.due_ms);
                    view! {
                        <li class=format!("sent-line {class}") data-testid="schedule-sent">
                            <span class="mute" title=fill("Due {when}", &[("when", &due)])>{at}</span>
                            <span class="sent-state"><Icon of=glyph />{words}</span>
                            <span class="b">{line.schedule.clone()}</span>
                            <span class="sent-says">{heard(&line.says)}</span>
                        </li>
                    }
                })
                .collect_view()
        })
    };
    any.then(|| {
        view! {
            <section class="card sent" aria-label=say("What went out")>
                <div class="part-head">
                    <h2>{say("What went out")}</h2>
                    <span class="sp"></span>
                    {(bad > 0).then(|| view! {
                        <label class="tick sm">
                            <input type="checkbox" data-testid="schedule-only-bad" prop:checked=only_bad on:change=move |event| only_bad.set(event_target_checked(&event)) />
                            {say("Only what did not go out")}
                        </label>
                    })}
                </div>
                <ol class="sent-list">{lines}</ol>
            </section>
        }
    })
}

fn state_look(state: SentState) -> (Glyph, &'static str, &'static str) {
    match state {
        SentState::Sent => (Glyph::Good, "went", say("Sent")),
        SentState::Waiting => (Glyph::Clock, "waits", say("Tried again")),
        SentState::Failed => (Glyph::Warning, "failed-line", say("Failed")),
    }
}
