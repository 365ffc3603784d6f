//! The calls that a recording may belong to, each with what speaks for it; chosen by keys or pointer.

use super::view::Looking;
use crate::ipc::Asking;
use crate::parts::clock::Style;
use crate::parts::dialog::Dialog;
use crate::parts::notice::{Failed, Skeleton};
use crate::parts::recording_words::sure;
use crate::parts::words::{direction, length, named, party};
use crate::state::use_office;
use crate::words::{all_heard, fill, say};
use contract::recordings::{
    AskRecordingCandidates, MatchRecording, MatchTo, RecordingCandidate, RecordingRow,
};
use leptos::html;
use leptos::prelude::*;
use model::RecordingMatch;

#[component]
pub fn CandidatesDialog(looking: Looking) -> impl IntoView {
    view! {
        <Dialog open=looking.matching label=say("Which call does it belong to?") testid="candidates-dialog" class="join candidates">
            <Body looking />
        </Dialog>
    }
}

/// What can be chosen, in the order of the list.
#[derive(Clone, Debug, PartialEq)]
enum Choice {
    Call(Box<RecordingCandidate>),
    NoCall,
    Rules,
}

fn choices(candidates: Vec<RecordingCandidate>, row: &RecordingRow) -> Vec<Choice> {
    let own = candidates.into_iter().filter(|candidate| Some(&candidate.call.id) != row.call.as_ref());
    let mut choices: Vec<Choice> = own.map(|candidate| Choice::Call(Box::new(candidate))).collect();
    if row.matched != RecordingMatch::NoneByHand {
        choices.push(Choice::NoCall);
    }
    if matches!(row.matched, RecordingMatch::ByHand | RecordingMatch::NoneByHand) {
        choices.push(Choice::Rules);
    }
    choices
}

#[component]
fn Body(looking: Looking) -> impl IntoView {
    let office = use_office();
    let near = Asking::<AskRecordingCandidates>::new();
    let at = RwSignal::new(0_usize);
    let list = NodeRef::<html::Ul>::new();
    let row = looking.view.with_untracked(|view| view.as_ref().map(|view| view.row.clone()));
    if let Some(row) = &row {
        near.ask(AskRecordingCandidates { id: row.id.clone() });
    }
    let row = StoredValue::new(row);
    let matching =
        Asking::<MatchRecording>::new().on_answer(move |(_, row): (MatchRecording, RecordingRow)| {
            looking.matching.set(false);
            office.recordings.list.update(|list| list.put(row));
            office.remarked.update(|count| *count += 1);
        });
    let offered = Memo::new(move |_| {
        let found = near.answer.get()?;
        row.with_value(|row| row.as_ref().map(|row| choices(found, row)))
    });
    let choose = move |index: usize| {
        let choice = offered
            .with_untracked(|offered| offered.as_ref().and_then(|offered| offered.get(index).cloned()));
        let id = row.with_value(|row| row.as_ref().map(|row| row.id.clone()));
        if let Some((choice, id)) = choice.zip(id) {
            let to = match choice {
                Choice::Call(candidate) => MatchTo::Call(candidate.call.id),
                Choice::NoCall => MatchTo::None,
                Choice::Rules => MatchTo::Rules,
            };
            matching.ask(MatchRecording { id, to });
        }
    };
    Effect::new(move |_| {
        if let Some(list) = list.get() {
            let _ = list.focus();
        }
    });
    let press = move |event: web_sys::KeyboardEvent| {
        let last = offered.with_untracked(|offered| offered.as_ref().map_or(0, Vec::len)).saturating_sub(1);
        match event.key().as_str() {
            "ArrowDown" => at.update(|at| *at = (*at + 1).min(last)),
            "ArrowUp" => at.update(|at| *at = at.saturating_sub(1)),
            "Home" => at.set(0),
            "End" => at.set(last),
            "Enter" => choose(at.get_untracked()),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
        if let Some(shown) = document().get_element_by_id(&format!("candidate-{}", at.get_untracked())) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            shown.scroll_into_view_with_scroll_into_view_options(&options);
        }
    };
    let body = move || {
        if let Some(failure) = near.failure.get() {
            return view! { <Failed failure again=Callback::new(move |()| near.again()) /> }.into_any();
        }
        let Some(offered) = offered.get() else {
            return view! { <Show when=move || near.slow.get()><Skeleton rows=4 /></Show> }.into_any();
        };
        let lines = offered.into_iter().enumerate().map(|(index, choice)| {
            let words = match choice {
                Choice::Call(candidate) => view! { <Candidate candidate=*candidate /> }.into_any(),
                Choice::NoCall => {
                    plain(say("It belongs to no call"), say("It stays in the library by itself."))
                }
                Choice::Rules => {
                    plain(say("Let CallDoc decide"), say("What was said by hand is taken back."))
                }
            };
            view! {
                <li
                    id=format!("candidate-{index}")
                    role="option"
                    class="join-row"
                    class:on=move || at.get() == index
                    aria-selected=move || (at.get() == index).to_string()
                    data-testid="recording-candidate"
                    on:mousemove=move |_| at.set(index)
                    on:click=move |_| choose(index)
                >
                    {words}
                </li>
            }
        });
        view! {
            <ul class="join-list" role="listbox" tabindex="0" aria-label=say("Calls") aria-activedescendant=move || format!("candidate-{}", at.get()) node_ref=list on:keydown=press>
                {lines.collect_view()}
            </ul>
        }
        .into_any()
    };
    view! {
        <h2>{say("Which call does it belong to?")}</h2>
        <p class="mute">{say("What you choose holds: CallDoc does not change it by itself.")}</p>
        {body}
        {move || matching.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| matching.again()) /> })}
        <div class="buttons">
            <button type="button" class="btn" on:click=move |_| looking.matching.set(false)>{say("Cancel")}</button>
            <span class="mute sm">{say("↑ ↓ and Enter choose")}</span>
        </div>
    }
}

fn plain(words: &'static str, says: &'static str) -> AnyView {
    view! {
        <span class="b candidate-plain">{words}</span>
        <span class="mute sm candidate-plain">{says}</span>
    }
    .into_any()
}

#[component]
fn Candidate(candidate: RecordingCandidate) -> impl IntoView {
    let office = use_office();
    let row = candidate.call;
    let (arrow, word) = direction(row.direction);
    let (title, _) = party(&row);
    let who: Vec<&str> = row.talked.iter().map(named).collect();
    let lasted =
        row.ended_ms.map_or_else(|| say("now").to_owned(), |ended_ms| length(ended_ms - row.started_ms));
    let title = if who.is_empty() {
        title
    } else {
        fill("{title} with {who}", &[("title", &title), ("who", &who.join(", "))])
    };
    view! {
        <span>{office.clock(Style::Second, row.started_ms)}</span>
        <span class="n">{lasted}</span>
        <span class="mute">{arrow}" "{word}</span>
        <span class="b">{title}</span>
        <span class="n mute" title=say("How sure CallDoc is")>{sure(candidate.confidence)}</span>
        <span class="join-reason mute sm">{all_heard(candidate.reasons).join(" · ")}</span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{call_list, recording_list};

    #[test]
    fn what_holds_already_is_not_offered() {
        let candidate = |id: &str| RecordingCandidate {
            call: call_list::tests::row(id, 0),
            confidence: 0.5,
            reasons: Vec::new(),
        };
        let mut row = recording_list::tests::row("r");
        row.call = Some("own".into());
        row.matched = RecordingMatch::ByHand;
        let offered = choices(vec![candidate("own"), candidate("other")], &row);
        let calls = offered.iter().filter(|choice| matches!(choice, Choice::Call(_))).count();
        assert_eq!(calls, 1, "its own call is not another one");
        assert_eq!(&offered[1..], [Choice::NoCall, Choice::Rules], "both other ways are open");
        row.matched = RecordingMatch::Score;
        assert!(!choices(Vec::new(), &row).contains(&Choice::Rules), "CallDoc decided already");
    }
}
