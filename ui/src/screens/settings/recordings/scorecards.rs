//! Templates of scorecards.

use super::scorecard_form::ScorecardForm;
use crate::ipc::Asking;
use crate::parts::notice::{Empty, Failed, Skeleton};
use crate::state::use_office;
use crate::words::{fill, plural, say};
use contract::scorecards::{AskScorecards, RemoveScorecard, Scorecard};
use leptos::prelude::*;

#[component]
pub fn Scorecards() -> impl IntoView {
    let office = use_office();
    let cards = Asking::<AskScorecards>::new();
    Effect::new(move |_| {
        office.settings_changed.track();
        office.ask_again.track();
        cards.ask_soon(AskScorecards {});
    });
    let remove = Asking::<RemoveScorecard>::new().on_answer(move |_| cards.ask_soon(AskScorecards {}));
    let editing = RwSignal::new(None::<Scorecard>);
    let close = Callback::new(move |()| {
        editing.set(None);
        cards.ask_soon(AskScorecards {});
    });
    let list = move || {
        if let Some(failure) = cards.failure.get() {
            return view! { <Failed failure again=Callback::new(move |()| cards.again()) /> }.into_any();
        }
        let Some(all) = cards.answer.get() else {
            return view! { <Show when=move || cards.slow.get()><Skeleton rows=3 /></Show> }.into_any();
        };
        if all.is_empty() {
            let says = say(
                "A scorecard is a few questions that are answered while one listens: yes or no, 1 to 10, or in words.",
            );
            return view! { <Empty title=say("No scorecard yet") says /> }.into_any();
        }
        let rows = all.into_iter().map(|card| view! { <Row card editing remove /> }).collect_view();
        view! { <ul class="keeping-list">{rows}</ul> }.into_any()
    };
    view! {
        {move || match editing.get() {
            Some(card) => view! { <ScorecardForm card close /> }.into_any(),
            None => {
                view! {
                    <section class="card keeping-card">
                        <h2>{say("Scorecards")}</h2>
                        {list}
                        {move || remove.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| remove.again()) /> })}
                        <div class="buttons"><button type="button" class="btn" data-testid="scorecard-add" on:click=move |_| editing.set(Some(Scorecard::default()))>{say("Add a scorecard")}</button></div>
                    </section>
                }
                    .into_any()
            }
        }}
    }
}

#[component]
fn Row(
    card: Scorecard,
    editing: RwSignal<Option<Scorecard>>,
    remove: Asking<RemoveScorecard>,
) -> impl IntoView {
    let id = card.id;
    let says = fill(
        "{questions}, filled in {times}",
        &[
            ("questions", &plural(card.questions.len() as u64, "{count} question", "{count} questions")),
            ("times", &plural(card.used, "{count} time", "{count} times")),
        ],
    );
    let name = card.name.clone();
    view! {
        <li class="keeping-row" data-testid="scorecard">
            <div><span class="b">{name}</span><p class="mute sm">{says}</p></div>
            <span class="row-ways">
                <button type="button" class="btn" data-testid="scorecard-edit" on:click=move |_| editing.set(Some(card.clone()))>{say("Change")}</button>
                <button type="button" class="btn" data-testid="scorecard-remove" title=say("Cards that were filled in stay") on:click=move |_| remove.ask(RemoveScorecard { id })>{say("Offer no more")}</button>
            </span>
        </li>
    }
}
