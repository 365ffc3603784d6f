//! Above the recordings: the library or the scores, and a quiet line about what comes in.

use super::refused::RefusedDialog;
use crate::ipc::Asking;
use crate::parts::clock::number;
use crate::parts::icon::{Glyph, Icon};
use crate::state::recordings::RecordingsTab;
use crate::state::use_office;
use crate::words::{fill, heard, plural, say};
use contract::intake::{IntakeView, ScanNow};
use contract::recordings::AddRecordings;
use leptos::prelude::*;

#[component]
pub fn Head() -> impl IntoView {
    let recordings = use_office().recordings;
    let tab = move |this: RecordingsTab, words: &'static str, testid: &'static str| {
        view! {
            <button type="button" class:on=move || recordings.tab.get() == this aria-pressed=move || (recordings.tab.get() == this).to_string() data-testid=testid on:click=move |_| recordings.tab.set(this)>
                {words}
            </button>
        }
    };
    view! {
        <div class="rec-head">
            <div class="segmented heads" role="group" aria-label=say("Recordings or scores")>
                {tab(RecordingsTab::List, say("Library"), "recordings-list-tab")}
                {tab(RecordingsTab::Scores, say("Scores"), "recordings-scores-tab")}
            </div>
            <IntakeLine />
        </div>
    }
}

#[component]
fn IntakeLine() -> impl IntoView {
    let office = use_office();
    let open = RwSignal::new(false);
    let scan = Asking::<ScanNow>::new().on_answer(move |(_, view)| office.intake.set(view));
    let add = Asking::<AddRecordings>::new().on_answer(move |(_, view)| office.intake.set(view));
    let held = Memo::new(move |_| office.intake.with(|intake| intake.held_up.is_some()));
    let failed = move || {
        let failure = scan.failure.get().or_else(|| add.failure.get());
        failure.map(|failure| heard(failure.message))
    };
    let words = Memo::new(move |_| office.intake.with(|intake| says(intake, number)));
    let refused = Memo::new(move |_| office.intake.with(|intake| intake.refused.len()));
    view! {
        <div class="intake-line" class:held=held data-testid="intake">
            <Show when=move || held.get()><Icon of=Glyph::Warning /></Show>
            <span role="status" data-testid="intake-words" title=move || words.get()>{move || failed().unwrap_or_else(|| words.get())}</span>
            <Show when=move || { refused.get() > 0 }>
                <button type="button" class="link" data-testid="intake-refused" on:click=move |_| open.set(true)>
                    {move || plural(refused.get() as u64, "{count} file refused", "{count} files refused")}
                </button>
            </Show>
            <button type="button" class="link" data-testid="intake-scan" title=say("Look through all sources now") on:click=move |_| scan.ask(ScanNow {})>{say("Look now")}</button>
            <button type="button" class="link" data-testid="intake-add" on:click=move |_| add.ask(AddRecordings {})>{say("Add recordings …")}</button>
        </div>
        <RefusedDialog open />
    }
}

/// What goes on, in a line.
fn says(intake: &IntakeView, number: impl Fn(u64) -> String) -> String {
    if let Some(held_up) = &intake.held_up {
        return heard(held_up);
    }
    let mut parts = Vec::new();
    if intake.working > 0 {
        parts.push(fill("taking in {count}", &[("count", &number(u64::from(intake.working)))]));
    }
    if intake.waiting > 0 {
        parts.push(fill("{count} waiting", &[("count", &number(intake.waiting))]));
    }
    if intake.taken_today > 0 {
        parts.push(fill(
            "{taken} taken in today, {matched} matched",
            &[("taken", &number(intake.taken_today)), ("matched", &number(intake.matched_today))],
        ));
    }
    parts.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn why_nothing_comes_in_stands_before_everything_else() {
        let plain = |count: u64| count.to_string();
        let mut intake = IntakeView {
            waiting: 3,
            working: 1,
            taken_today: 214,
            matched_today: 209,
            ..IntakeView::default()
        };
        assert_eq!(
            says(&intake, plain),
            "taking in 1 · 3 waiting · 214 taken in today, 209 matched",
            "what goes on, in its order"
        );
        intake.held_up = Some("The disk is full.".into());
        assert_eq!(says(&intake, plain), "The disk is full.", "a standstill is what one has to know");
        assert_eq!(says(&IntakeView::default(), plain), "", "a quiet day says nothing");
    }
}
