//! The people: what each one's phone is doing, and for how long.

use crate::parts::agent_look::class;
use crate::parts::clock::Style;
use crate::parts::notice::Empty;
use crate::parts::words::{agent_state, length};
use crate::state::{CallQuery, use_office};
use crate::words::{fill, say};
use contract::live::Person;
use leptos::prelude::*;
use model::AgentState;

#[component]
pub fn People() -> impl IntoView {
    let office = use_office();
    let keys = Memo::new(move |_| {
        office.live.with(|live| {
            live.live.people.iter().map(|person| (person.site, person.extension.clone())).collect::<Vec<_>>()
        })
    });
    view! {
        <section class="people" aria-label=say("People")>
            <div class="heading"><h2 class="lbl">{say("People")}</h2></div>
            <div class="card people-card">
                <Show
                    when=move || !keys.with(Vec::is_empty)
                    fallback=|| {
                        view! {
                            <Empty title=say("No people known yet") says=say("They appear once the phone system names its users, or when a phone is used.") />
                        }
                    }
                >
                    <ul>
                        <For each=move || keys.get() key=|key| key.clone() let:key>
                            <PersonRow site=key.0 extension=key.1 />
                        </For>
                    </ul>
                </Show>
            </div>
        </section>
    }
}

#[component]
fn PersonRow(site: i64, extension: String) -> impl IntoView {
    let office = use_office();
    let wanted = extension.clone();
    let person = Memo::new(move |_| office.live.with(|live| live.person(site, &wanted).cloned()));
    let go = {
        let extension = extension.clone();
        move |_| office.show_calls(CallQuery::of_agent(&extension))
    };
    view! {
        <li class="person" data-testid="person" data-extension=extension>
            {move || person.get().map(|person| view! { <i class=format!("state {}", class(person.state)) aria-hidden="true"></i> })}
            <button type="button" class="link plain person-name" title=say("Show this person's calls") on:click=go>
                {move || person.get().map(name)}
            </button>
            <span class="sm mute person-state" data-testid="person-state">
                {move || person.get().map(|person| says(&person, |at_ms| office.clock(Style::Minute, at_ms)))}
            </span>
            <span class="person-since">
                {move || {
                    person
                        .get()
                        .filter(|person| person.state != AgentState::Unknown)
                        .map(|person| length(office.now_ms.get() - person.since_ms))
                }}
            </span>
        </li>
    }
}

fn name(person: Person) -> impl IntoView {
    let (title, beside) = match person.name {
        Some(name) => (name, Some(person.extension)),
        None => (person.extension, None),
    };
    view! {
        <span class="b">{title}</span>
        {beside.map(|extension| view! { <span class="faint sm">" "{extension}</span> })}
    }
}

/// What is not known says since when it is not.
fn says(person: &Person, clock: impl Fn(i64) -> String) -> String {
    match person.state {
        AgentState::Unknown if person.since_ms > 0 => {
            fill("unknown since {when}", &[("when", &clock(person.since_ms))])
        }
        state => agent_state(state).to_owned(),
    }
}
