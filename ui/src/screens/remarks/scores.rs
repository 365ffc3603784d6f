//! Scorecards that were filled in for it.

use super::Remarks;
use crate::ipc::Asking;
use crate::parts::notice::Failed;
use crate::parts::words::named;
use crate::state::score_draft::{ScoreDraft, answer_words};
use crate::state::settings_tab::RecordingsPart;
use crate::state::use_office;
use crate::words::say;
use contract::scorecards::{Answer, AskScorecards, RemoveScore, ScoreLine, Scorecard};
use leptos::prelude::*;

#[component]
pub fn Scores(remarks: Remarks) -> impl IntoView {
    let office = use_office();
    let cards = Asking::<AskScorecards>::new();
    cards.ask(AskScorecards {});
    let remove = Asking::<RemoveScore>::new().on_answer(move |_| office.remarked.update(|count| *count += 1));
    let scores = Memo::new(move |_| remarks.about.with(|about| about.scores.clone()));
    let begin = move |card: &Scorecard| {
        let first =
            remarks.about.with_untracked(|about| about.people.first().map(|person| person.number.clone()));
        remarks.scoring.set(Some(ScoreDraft::of_card(card, &first.unwrap_or_default())));
    };
    let ways = move || {
        let cards = cards.answer.get().unwrap_or_default();
        let has_people = remarks.about.with(|about| !about.people.is_empty());
        if !has_people {
            return view! { <p class="faint sm">{say("Nobody of the office took part who could be scored.")}</p> }
                .into_any();
        }
        if cards.is_empty() {
            let settings = move |_| office.show_recordings_part(RecordingsPart::Scorecards);
            return view! { <button type="button" class="link sm" on:click=settings>{say("Make a scorecard first")}</button> }.into_any();
        }
        let buttons = cards.into_iter().map(|card| {
            let name = card.name.clone();
            view! {
                <button type="button" class="btn" data-testid="score-begin" data-scorecard=card.id.to_string() on:click=move |_| begin(&card)>{name}" …"</button>
            }
        });
        view! { <div class="score-ways">{buttons.collect_view()}</div> }.into_any()
    };
    let lines =
        move || scores.get().into_iter().map(|line| view! { <Line line remarks remove /> }).collect_view();
    view! {
        <section class="scores" aria-label=say("Scorecards")>
            <h3>{say("Scorecards")}</h3>
            <ul class="score-list" data-testid="scores">{lines}</ul>
            {ways}
            {move || remove.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| remove.again()) /> })}
        </section>
    }
}

#[component]
fn Line(line: ScoreLine, remarks: Remarks, remove: Asking<RemoveScore>) -> impl IntoView {
    let id = line.id;
    let edit = {
        let draft = ScoreDraft::of_line(&line);
        move |_| remarks.scoring.set(Some(draft.clone()))
    };
    view! {
        <li class="score" data-testid="score-line">
            <ScoreSummary line />
            <span class="note-ways">
                <button type="button" class="link quiet-link" data-testid="score-edit" on:click=edit>{say("Change")}</button>
                <button type="button" class="link quiet-link" data-testid="score-remove" on:click=move |_| remove.ask(RemoveScore { id })>{say("Remove")}</button>
            </span>
        </li>
    }
}

/// Card, person and percent; the answers behind a click.
#[component]
pub fn ScoreSummary(line: ScoreLine) -> impl IntoView {
    let percent = line.percent.map(|percent| format!("{percent:.0} %"));
    let answers = line.answers.into_iter().filter(|(_, answer)| *answer != Answer::Skipped);
    let answers = answers
        .map(|(question, answer)| view! { <dt>{question.text}</dt><dd>{answer_words(&answer)}</dd> })
        .collect_view();
    let comment = (!line.comment.is_empty()).then(|| view! { <p class="note-words">{line.comment}</p> });
    view! {
        <details>
            <summary>
                <span class="b">{percent}</span>
                <span>{line.name}</span>
                <span class="mute">{named(&line.of).to_owned()}</span>
            </summary>
            <dl class="answers">{answers}</dl>
            {comment}
        </details>
    }
}
