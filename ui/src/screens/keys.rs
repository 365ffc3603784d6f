//! All keys at a glance.

use crate::parts::dialog::Dialog;
use leptos::prelude::*;

const KEYS: [(&str, &str); 20] = [
    ("Ctrl K", "Search calls, numbers, people, actions"),
    ("Ctrl 1 … 7", "Today, Live, Calls, People, Recordings, Reports, Settings"),
    ("Ctrl L", "Lock the window, where a lock is set"),
    ("↑ ↓", "Move in the list of calls or recordings"),
    ("Page ↑ Page ↓", "Move a screenful"),
    ("Home End", "First and last line that is loaded"),
    ("Enter", "Open or close the call or recording"),
    ("Esc", "Close what is open, go back"),
    ("/", "Type to filter the calls, people, recordings or the list of reports"),
    ("← →", "People: the day before, the day after"),
    ("← → in a day", "People: walk over what a person did; Enter shows the call"),
    ("↑ ↓ in a day", "People: the same time in the next line"),
    ("Shift ↑ ↓, X, Ctrl A", "Recordings: choose several, this one, all"),
    ("Delete", "Recordings: into the trash"),
    ("← → in a report", "Go to a figure of the row; Enter shows the calls behind it"),
    ("Esc in a report", "From the calls behind a figure back to the table"),
    ("Tab", "Next button, link or field"),
    ("Space", "Play what one is on; press the button that has the focus"),
    ("?", "This list"),
    ("Ctrl = Cmd", "On a Mac, take Cmd instead of Ctrl"),
];

const PLAYER_KEYS: [(&str, &str); 16] = [
    ("Space or K", "Play, pause"),
    ("J L", "Ten seconds back, forward"),
    (", .", "Two seconds back, forward"),
    ("0", "From the start"),
    ("[ ]", "Slower, faster"),
    ("S", "Skip silence"),
    ("C", "Both sides, left only, right only"),
    ("E", "Even loudness"),
    ("A B", "A loop from here, to here"),
    ("O", "No loop"),
    ("P N", "Previous, next recording"),
    ("M", "Note at this time"),
    ("+ −", "Waveform closer, further away"),
    ("Ctrl wheel", "The same at the pointer"),
    ("Shift drag", "Loop a span of a waveform"),
    ("← → on a waveform", "Five seconds; Page ↑ ↓ thirty; Home, End"),
];

#[component]
pub fn KeysDialog(open: RwSignal<bool>) -> impl IntoView {
    view! {
        <Dialog open label="Keys" testid="keys" class="keys">
            <div class="key-lists">
                <section>
                    <h2>"Keys"</h2>
                    {list(&KEYS)}
                </section>
                <section>
                    <h2>"Keys of the player"</h2>
                    {list(&PLAYER_KEYS)}
                </section>
            </div>
            <button type="button" class="btn" on:click=move |_| open.set(false)>"Close"</button>
        </Dialog>
    }
}

fn list(keys: &'static [(&'static str, &'static str)]) -> impl IntoView {
    let lines = keys.iter().map(|(key, does)| view! { <dt><kbd>{*key}</kbd></dt><dd>{*does}</dd> });
    view! { <dl class="key-list">{lines.collect_view()}</dl> }
}
