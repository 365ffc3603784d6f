//! Scores by person: how many cards, what they came to, question by question.

use crate::ipc::Asking;
use crate::parts::clock::Style;
use crate::parts::notice::{Empty, Failed, Skeleton};
use crate::parts::words::number_and_name;
use crate::screens::remarks::scores::ScoreSummary;
use crate::state::settings_tab::RecordingsPart;
use crate::state::use_office;
use crate::words::{fill, say};
use contract::scorecards::{AskScorecards, AskScores, PersonScores, ScoreLine};
use leptos::prelude::*;

#[component]
pub fn ScoresByPerson() -> impl IntoView {
    let office = use_office();
    let cards = Asking::<AskScorecards>::new();
    cards.ask(AskScorecards {});
    let card = RwSignal::new(None::<i64>);
    let scores = Asking::<AskScores>::new();
    let opened = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        office.ask_again.track();
        office.remarked.track();
        office.recordings_changed.track();
        office.today.track();
        let range = office.recordings.query.with(|query| query.range);
        let (from_ms, to_ms) = range.bounds_ms(office.now_untracked_ms(), |at_ms| office.offset_ms(at_ms));
        scores.ask_soon(AskScores { from_ms, to_ms, scorecard: card.get() });
    });
    let options = move || {
        let all = cards.answer.get().unwrap_or_default();
        all.into_iter()
            .map(|card| view! { <option value=card.id.to_string()>{card.name}</option> })
            .collect_view()
    };
    let settings = Callback::new(move |()| office.show_recordings_part(RecordingsPart::Scorecards));
    let body = move || {
        if let Some(failure) = scores.failure.get() {
            return view! { <Failed failure again=Callback::new(move |()| scores.again()) /> }.into_any();
        }
        let Some(people) = scores.answer.get() else {
            return view! { <Show when=move || scores.slow.get()><Skeleton rows=5 /></Show> }.into_any();
        };
        if people.is_empty() {
            let says = say(
                "Open a call or a recording and fill in a scorecard; the results by person stand here. A longer range may show more.",
            );
            let action = (say("Make a scorecard").to_owned(), settings);
            return view! { <Empty title=say("No scores in this time") says action /> }.into_any();
        }
        let rows = people.into_iter().map(|person| view! { <Person person opened /> }).collect_view();
        view! {
            <table class="scores-table" data-testid="scores-by-person">
                <thead>
                    <tr><th scope="col">{say("Person")}</th><th scope="col" class="n">{say("Cards")}</th><th scope="col" class="n">{say("Mean")}</th><th scope="col">{say("Question by question, of 10")}</th></tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    };
    view! {
        <div class="scores-bar">
            <select aria-label=say("Scorecard") data-testid="scores-card" on:change=move |event| card.set(event_target_value(&event).parse().ok())>
                <option value="">{say("All scorecards")}</option>
                {options}
            </select>
            <span class="faint sm">{say("Of the calls in the range above")}</span>
        </div>
        <div class="card scores-card">{body}</div>
    }
}

#[component]
fn Person(person: PersonScores, opened: RwSignal<Option<String>>) -> impl IntoView {
    let number = StoredValue::new(person.of.number.clone());
    let is_open =
        Memo::new(move |_| number.with_value(|number| opened.with(|opened| opened.as_ref() == Some(number))));
    let turn = move || {
        let number = number.get_value();
        opened.update(|opened| *opened = if opened.as_ref() == Some(&number) { None } else { Some(number) });
    };
    let questions = person.questions.iter().map(|(text, times, mean)| {
        view! { <span title=fill("answered {count} times", &[("count", &times.to_string())])>{text.clone()}" "<b>{format!("{mean:.1}")}</b></span> }
    });
    let questions = questions.collect_view();
    let newest = StoredValue::new(person.newest);
    view! {
        <tr class="score-person" data-testid="scores-person" on:click=move |_| turn()>
            <th scope="row">
                <button type="button" class="link plain b" aria-expanded=move || is_open.get().to_string() on:click=move |event| { event.stop_propagation(); turn(); }>
                    {number_and_name(&person.of)}
                </button>
            </th>
            <td class="n">{person.cards}</td>
            <td class="n b">{person.percent.map(|percent| format!("{percent:.0} %"))}</td>
            <td><div class="questions">{questions}</div></td>
        </tr>
        <Show when=move || is_open.get()>
            <tr><td colspan="4">{newest.get_value().into_iter().map(|line| view! { <Card line /> }).collect_view()}</td></tr>
        </Show>
    }
}

#[component]
fn Card(line: ScoreLine) -> impl IntoView {
    let office = use_office();
    let when = office.clock(Style::DateAndMinute, line.at_ms);
    let listen = line.recording.clone().map(|id| {
        view! { <button type="button" class="link" data-testid="scores-open" on:click=move |_| office.show_recording(&id)>{say("Open the recording")}</button> }
    });
    view! {
        <div class="card-line" data-testid="scores-newest">
            <span class="mute">{when}</span>
            <ScoreSummary line />
            {listen}
        </div>
    }
}
