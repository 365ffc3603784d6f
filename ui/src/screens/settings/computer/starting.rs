//! Starting with the computer, and what closing the window does.

use super::choice::Choice;
use super::screen::Form;
use crate::ipc::Asking;
use crate::parts::notice::Failed;
use crate::parts::text_box::TickBox;
use crate::state::use_office;
use crate::words::{fill, say};
use contract::computer::{Autostart, AutostartChoice, Closing, SetAutostart, Tray};
use leptos::prelude::*;

/// Each with its word in test hooks, its title, and what it does.
fn closings() -> Vec<(Closing, &'static str, &'static str, &'static str)> {
    vec![
        (
            Closing::Ask,
            "ask",
            say("Say it once"),
            say(
                "The next time the window is closed, CallDoc says that it goes on collecting, and offers to quit instead.",
            ),
        ),
        (
            Closing::KeepCollecting,
            "keep",
            say("Go on collecting"),
            say(
                "The window goes, and calls are collected all the same. To end CallDoc, choose Quit in the menu of its icon.",
            ),
        ),
        (
            Closing::Quit,
            "quit",
            say("Quit"),
            say(
                "CallDoc ends with its window. What happens until it is started again is only known as far as the phone system keeps records of it.",
            ),
        ),
    ]
}

#[component]
pub fn Starting(form: Form) -> impl IntoView {
    let known = use_office().computer;
    let autostart = Asking::<SetAutostart>::new().on_answer(move |(_, view)| known.set(Some(view)));
    let on = form.read(|view| view.autostart == Autostart::On);
    let unknown = form.read(|view| match &view.autostart {
        Autostart::Unknown { says } => Some(says.clone()),
        Autostart::On | Autostart::Off => None,
    });
    let no_tray = form.read(|view| view.tray == Tray::Missing);
    let set = Callback::new(move |on| {
        let autostart_choice = if on { AutostartChoice::On } else { AutostartChoice::Off };
        autostart.ask(SetAutostart { autostart: autostart_choice });
    });
    view! {
        <section class="card keeping-card" data-testid="computer-starting">
            <h2>{say("Start and close")}</h2>
            <TickBox label=say("Start CallDoc with the computer") testid="autostart" value=on set hint=say("It collects calls as soon as you log in, without opening its window.") />
            {move || unknown.get().map(|says| view! { <p class="advice sm">{fill("The system does not say whether CallDoc starts with it: {says}", &[("says", &says)])}</p> })}
            {move || autostart.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| autostart.again()) /> })}
            <Choice label=say("Closing the window") testid="closing" ways=closings() value=form.read(|view| view.prefs.closing) set=Callback::new(move |closing| form.change(|prefs| prefs.closing = closing)) />
            <Show when=move || no_tray.get()>
                <p class="advice sm" data-testid="no-tray">
                    {say("This desktop has no place for an icon beside the clock. While the window is closed, starting CallDoc again brings it back.")}
                </p>
            </Show>
        </section>
    }
}
