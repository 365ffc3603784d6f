//! Filling a scorecard in.

use super::Remarks;
use crate::ipc::Asking;
use crate::parts::dialog::Dialog;
use crate::parts::notice::Failed;
use crate::parts::words::number_and_name;
use crate::state::score_draft::ScoreDraft;
use crate::state::use_office;
use crate::words::say;
use contract::scorecards::{Answer, Question, QuestionKind, SaveScore, ScoreLine};
use leptos::prelude::*;

#[component]
pub fn ScoreDialog(remarks: Remarks) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(remarks.scoring.with(Option::is_some)));
    Effect::new(move |_| {
        if !open.get() && remarks.scoring.with_untracked(Option::is_some) {
            remarks.scoring.set(None);
        }
    });
    view! {
        <Dialog open label=say("Scorecard") testid="score-form" class="score-form">
            {move || remarks.scoring.get_untracked().map(|draft| view! { <Body draft remarks open /> })}
        </Dialog>
    }
}

#[component]
fn Body(draft: ScoreDraft, remarks: Remarks, open: RwSignal<bool>) -> impl IntoView {
    let office = use_office();
    let questions: Vec<Question> = draft.answers.iter().map(|(question, _)| question.clone()).collect();
    let name = draft.name.clone();
    let draft = RwSignal::new(draft);
    let save = Asking::<SaveScore>::new().on_answer(move |(_, _): (SaveScore, ScoreLine)| {
        open.set(false);
        office.remarked.update(|count| *count += 1);
    });
    let store = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let (call, recording) =
            remarks.about.with_untracked(|about| (about.call.clone(), about.recording.clone()));
        save.ask(draft.with_untracked(|draft| draft.to_save(call, recording)));
    };
    let percent = move || match draft.with(ScoreDraft::percent) {
        Some(percent) => format!("{percent:.0} %"),
        None => say("no points yet").to_owned(),
    };
    let people = remarks.about.with_untracked(|about| about.people.clone());
    let options = people
        .into_iter()
        .map(|person| {
            let chosen = draft.with_untracked(|draft| draft.extension == person.number);
            view! { <option value=person.number.clone() selected=chosen>{number_and_name(&person)}</option> }
        })
        .collect_view();
    let lines =
        questions.into_iter().map(|question| view! { <QuestionLine question draft /> }).collect_view();
    view! {
        <form on:submit=store>
            <h2>{name}</h2>
            <label class="field">
                <span>{say("For")}</span>
                <select
                    data-testid="score-person"
                    on:change=move |event| {
                        let extension = event_target_value(&event);
                        draft.update(|draft| draft.extension = extension);
                    }
                >
                    {options}
                </select>
            </label>
            <div class="score-questions">{lines}</div>
            <label class="field">
                <span>{say("Comment")}</span>
                <textarea
                    rows="2"
                    data-testid="score-comment"
                    prop:value=move || draft.with(|draft| draft.comment.clone())
                    on:input=move |event| {
                        let comment = event_target_value(&event);
                        draft.update(|draft| draft.comment = comment);
                    }
                ></textarea>
            </label>
            {move || save.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| save.again()) /> })}
            <div class="buttons">
                <button type="submit" class="btn primary" data-testid="score-save" disabled=move || save.busy.get() || draft.with(|draft| draft.is_empty())>{say("Keep")}</button>
                <button type="button" class="btn" on:click=move |_| open.set(false)>{say("Cancel")}</button>
                <span class="sp"></span>
                <output class="b" data-testid="score-percent">{percent}</output>
            </div>
        </form>
    }
}

#[component]
fn QuestionLine(question: Question, draft: RwSignal<ScoreDraft>) -> impl IntoView {
    let id = question.id;
    let answer =
        Memo::new(move |_| draft.with(|draft| draft.answer_to(id).cloned().unwrap_or(Answer::Skipped)));
    let choice = move |words: String, this: Answer, testid: String| {
        let (shown, set) = (this.clone(), this);
        let is_on = Memo::new(move |_| answer.with(|answer| *answer == shown));
        view! {
            <button
                type="button"
                class:on=is_on
                aria-pressed=move || is_on.get().to_string()
                data-testid=testid
                on:click=move |_| {
                    // Pressed once more, it does not apply.
                    let next = if is_on.get_untracked() { Answer::Skipped } else { set.clone() };
                    draft.update(|draft| draft.answer(id, next));
                }
            >
                {words}
            </button>
        }
    };
    let input = match question.kind {
        QuestionKind::YesNo => view! {
            <div class="segmented" role="group" aria-label=question.text.clone()>
                {choice(say("Yes").to_owned(), Answer::Yes, format!("score-{id}-yes"))}
                {choice(say("No").to_owned(), Answer::No, format!("score-{id}-no"))}
            </div>
        }
        .into_any(),
        QuestionKind::Scale => view! {
            <div class="segmented scale" role="group" aria-label=question.text.clone()>
                {(1..=10_u8).map(|points| choice(points.to_string(), Answer::Scale(points), format!("score-{id}-{points}"))).collect_view()}
            </div>
        }
        .into_any(),
        QuestionKind::Text => {
            let text = move || match answer.get() {
                Answer::Text(text) => text,
                Answer::Yes | Answer::No | Answer::Scale(_) | Answer::Skipped => String::new(),
            };
            view! {
                <input
                    type="text"
                    aria-label=question.text.clone()
                    data-testid=format!("score-{id}-text")
                    prop:value=text
                    on:input=move |event| {
                        let text = event_target_value(&event);
                        draft.update(|draft| draft.answer(id, Answer::Text(text)));
                    }
                />
            }
            .into_any()
        }
    };
    view! {
        <div class="score-question" class:wide=question.kind == QuestionKind::Text>
            <span>{question.text.clone()}</span>
            {input}
        </div>
    }
}
