//! One scorecard while it is written.

use crate::ipc::Asking;
use crate::parts::icon::{Glyph, Icon};
use crate::parts::notice::Failed;
use crate::parts::text_box::TextBox;
use crate::state::scorecard_draft::{add, finished, kind_words, raise, remove};
use crate::words::{fill, say};
use contract::scorecards::{QuestionKind, SaveScorecard, Scorecard};
use leptos::prelude::*;

const KINDS: [QuestionKind; 3] = [QuestionKind::YesNo, QuestionKind::Scale, QuestionKind::Text];

#[component]
pub fn ScorecardForm(card: Scorecard, close: Callback<()>) -> impl IntoView {
    let title = if card.id == 0 {
        say("Add a scorecard").to_owned()
    } else {
        fill("Change {name}", &[("name", &card.name)])
    };
    let used = card.used > 0;
    let draft = RwSignal::new(card);
    if draft.with_untracked(|draft| draft.questions.is_empty()) {
        draft.update(|draft| add(draft, QuestionKind::YesNo));
    }
    let wrong = RwSignal::new(None::<&'static str>);
    let save = Asking::<SaveScorecard>::new().on_answer(move |_| close.run(()));
    let store = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        match draft.with_untracked(finished) {
            Ok(card) => save.ask(SaveScorecard { card }),
            Err(says) => wrong.set(Some(says)),
        }
    };
    let ids = Memo::new(move |_| {
        draft.with(|draft| draft.questions.iter().map(|question| question.id).collect::<Vec<_>>())
    });
    let more = KINDS.map(|kind| {
        view! { <button type="button" class="btn" data-testid="scorecard-add-question" on:click=move |_| draft.update(|draft| add(draft, kind))>{kind_words(kind)}</button> }
    });
    view! {
        <form class="card keeping-card" data-testid="scorecard-form" on:submit=store>
            <h2>{title}</h2>
            {used.then(|| view! { <p class="mute sm">{say("Cards that were filled in keep the questions as they were then.")}</p> })}
            <TextBox label=say("Name") testid="scorecard-name" placeholder=say("Service call") value=Signal::derive(move || draft.with(|draft| draft.name.clone())) set=Callback::new(move |text| { wrong.set(None); draft.update(|draft| draft.name = text); }) hint=say("By which it is chosen when a call is scored.") />
            <ol class="question-lines">
                <For each=move || ids.get() key=|id| *id let:id><Line id draft /></For>
            </ol>
            <div class="buttons"><span class="mute sm">{say("Add a question:")}</span>{more.into_iter().collect_view()}</div>
            <p class="complaint form-complaint" role="alert">{wrong}</p>
            {move || save.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| save.again()) /> })}
            <div class="buttons">
                <button type="submit" class="btn primary" data-testid="scorecard-save" disabled=save.busy>{say("Save")}</button>
                <button type="button" class="btn quiet" on:click=move |_| close.run(())>{say("Cancel")}</button>
            </div>
        </form>
    }
}

#[component]
fn Line(id: u32, draft: RwSignal<Scorecard>) -> impl IntoView {
    let known = Memo::new(move |_| {
        draft.with(|draft| draft.questions.iter().find(|question| question.id == id).cloned())
    });
    let text = move || known.get().map(|question| question.text).unwrap_or_default();
    let is = move |kind: QuestionKind| {
        move || known.with(|known| known.as_ref().is_some_and(|known| known.kind == kind))
    };
    let change_text = move |event| {
        let text = event_target_value(&event);
        draft.update(|draft| {
            if let Some(question) = draft.questions.iter_mut().find(|question| question.id == id) {
                question.text = text;
            }
        });
    };
    let change_kind = move |event| {
        let chosen = event_target_value(&event);
        let kind = KINDS.into_iter().find(|kind| kind_words(*kind) == chosen).unwrap_or(QuestionKind::YesNo);
        draft.update(|draft| {
            if let Some(question) = draft.questions.iter_mut().find(|question| question.id == id) {
                question.kind = kind;
            }
        });
    };
    let options = KINDS
        .map(|kind| view! { <option value=kind_words(kind) selected=is(kind)>{kind_words(kind)}</option> });
    view! {
        <li class="question-line" data-testid="scorecard-question">
            <input type="text" aria-label=say("Question") placeholder=say("Greeted with name and company") autocomplete="off" data-testid="scorecard-question-text" prop:value=text on:input=change_text />
            <select aria-label=say("How it is answered") data-testid="scorecard-question-kind" on:change=change_kind>{options.into_iter().collect_view()}</select>
            <button type="button" class="icon-btn turned" aria-label=say("Earlier") title=say("Earlier") on:click=move |_| draft.update(|draft| raise(draft, id))><Icon of=Glyph::Back /></button>
            <button type="button" class="icon-btn" aria-label=say("Remove the question") title=say("Remove") on:click=move |_| draft.update(|draft| remove(draft, id))><Icon of=Glyph::Close /></button>
        </li>
    }
}
