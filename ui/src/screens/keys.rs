//! All keys at a glance: those of the screen one is on, those of every screen, those of the player.

use crate::parts::dialog::Dialog;
use crate::state::{Screen, use_office};
use crate::words::say;
use leptos::prelude::*;

type Keys = Vec<(&'static str, &'static str)>;

#[component]
pub fn KeysDialog(open: RwSignal<bool>) -> impl IntoView {
    let office = use_office();
    view! {
        <Dialog open label=say("Keys") testid="keys" class="keys">
            <div class="key-lists">
                <section>
                    <h2>{move || office.screen.get().title()}</h2>
                    {move || list(of_screen(office.screen.get()))}
                    <h2>{say("Everywhere")}</h2>
                    {list(everywhere())}
                </section>
                <section>
                    <h2>{say("Keys of the player")}</h2>
                    {list(player())}
                </section>
            </div>
            <button type="button" class="btn" on:click=move |_| open.set(false)>{say("Close")}</button>
        </Dialog>
    }
}

/// A list without lines stands for nothing to a screen reader.
fn list(keys: Keys) -> impl IntoView + use<> {
    let lines = keys.into_iter().map(|(key, does)| view! { <dt><kbd>{key}</kbd></dt><dd>{does}</dd> });
    view! { <dl class="key-list">{lines.collect_view()}</dl> }
}

fn of_screen(screen: Screen) -> Keys {
    let in_a_list = [
        ("↑ ↓", say("Move in the list")),
        (say("Page ↑ Page ↓"), say("Move a screenful")),
        (say("Home End"), say("First and last line that is loaded")),
        ("Enter", say("Open or close what one is on")),
        (say("Space"), say("Play what one is on")),
        ("/", say("Type to filter")),
    ];
    match screen {
        Screen::Today | Screen::Live => {
            vec![("Tab", say("Next button, link or field")), ("Enter", say("Show the calls behind it"))]
        }
        Screen::Calls => in_a_list.to_vec(),
        Screen::Recordings => {
            let more = [
                (say("Shift ↑ ↓, X, Ctrl A"), say("Choose several, this one, all")),
                (say("Delete"), say("Into the trash")),
            ];
            in_a_list.into_iter().chain(more).collect()
        }
        Screen::People => vec![
            ("← →", say("The day before, the day after")),
            (say("← → in a day"), say("Walk over what a person did; Enter shows the call")),
            (say("↑ ↓ in a day"), say("The same time in the next line")),
            ("/", say("Type to filter")),
        ],
        Screen::Reports => vec![
            ("/", say("Type to filter the list of reports")),
            ("↑ ↓", say("Move in the list")),
            ("← →", say("Go to a figure of the row; Enter shows the calls behind it")),
            ("Esc", say("From the calls behind a figure back to the table")),
        ],
        Screen::Settings => {
            vec![("↑ ↓", say("The part before, the next part")), ("Tab", say("Next button, link or field"))]
        }
    }
}

fn everywhere() -> Keys {
    vec![
        ("Ctrl K", say("Search calls, numbers, people, settings, actions")),
        ("Ctrl 1 … 7", say("The screens, in the order of the rail")),
        ("Ctrl P", say("Print what is shown")),
        ("Ctrl L", say("Lock the window, where a lock is set")),
        ("Ctrl + − 0", say("Larger, smaller, as usual")),
        ("Esc", say("Close what is open, go back")),
        ("Tab", say("Next button, link or field")),
        ("?", say("This list")),
        ("Ctrl = Cmd", say("On a Mac, take Cmd instead of Ctrl")),
    ]
}

fn player() -> Keys {
    vec![
        (say("Space or K"), say("Play, pause")),
        ("J L", say("Ten seconds back, forward")),
        (", .", say("Two seconds back, forward")),
        ("0", say("From the start")),
        ("[ ]", say("Slower, faster")),
        ("S", say("Skip silence")),
        ("C", say("Both sides, left only, right only")),
        ("E", say("Even loudness")),
        ("A B", say("A loop from here, to here")),
        ("O", say("No loop")),
        ("P N", say("Previous, next recording")),
        ("M", say("Note at this time")),
        ("+ −", say("Waveform closer, further away")),
        (say("Ctrl wheel"), say("The same at the pointer")),
        (say("Shift drag"), say("Loop a span of a waveform")),
        ("← →", say("On a waveform: five seconds; Page ↑ ↓ thirty; Home, End")),
    ]
}
