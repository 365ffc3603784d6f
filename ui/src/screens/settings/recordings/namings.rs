//! Presets by which file names are read.

use super::naming_form::NamingForm;
use crate::ipc::Asking;
use crate::parts::notice::{Failed, Skeleton};
use crate::state::naming_look::{Look, pieces};
use crate::state::use_office;
use crate::words::{fill, heard, say};
use contract::intake::{AskNamings, Naming, RemoveNaming};
use leptos::prelude::*;

#[component]
pub fn Namings() -> impl IntoView {
    let office = use_office();
    let namings = Asking::<AskNamings>::new();
    Effect::new(move |_| {
        office.settings_changed.track();
        office.ask_again.track();
        namings.ask_soon(AskNamings {});
    });
    let remove = Asking::<RemoveNaming>::new().on_answer(move |_| namings.ask_soon(AskNamings {}));
    let editing = RwSignal::new(None::<Naming>);
    let close = Callback::new(move |()| {
        editing.set(None);
        namings.ask_soon(AskNamings {});
    });
    let list = move || {
        if let Some(failure) = namings.failure.get() {
            return view! { <Failed failure again=Callback::new(move |()| namings.again()) /> }.into_any();
        }
        let Some(all) = namings.answer.get() else {
            return view! { <Show when=move || namings.slow.get()><Skeleton rows=3 /></Show> }.into_any();
        };
        let rows = all.into_iter().map(|naming| view! { <Row naming editing remove /> }).collect_view();
        view! { <ul class="keeping-list">{rows}</ul> }.into_any()
    };
    view! {
        {move || match editing.get() {
            Some(naming) => view! { <NamingForm naming close /> }.into_any(),
            None => {
                view! {
                    <section class="card keeping-card">
                        <h2>{say("File names")}</h2>
                        <p class="mute">{say("Recorders write who talked and when into the names of their files. A preset says where. A source uses the one it is given, or whichever fits.")}</p>
                        {list}
                        {move || remove.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| remove.again()) /> })}
                        <div class="buttons">
                            <button type="button" class="btn" data-testid="naming-add" on:click=move |_| editing.set(Some(Naming { id: 0, name: String::new(), pattern: String::new(), built_in: false }))>{say("Add a preset")}</button>
                        </div>
                    </section>
                }
                    .into_any()
            }
        }}
    }
}

#[component]
fn Row(naming: Naming, editing: RwSignal<Option<Naming>>, remove: Asking<RemoveNaming>) -> impl IntoView {
    let id = naming.id;
    let built_in = naming.built_in;
    // One's own are called as they are.
    let name = if built_in { heard(&naming.name) } else { naming.name.clone() };
    let (words, draft) = if built_in {
        (
            say("Copy"),
            Naming {
                id: 0,
                name: fill("{name}, copy", &[("name", &name)]),
                pattern: naming.pattern.clone(),
                built_in: false,
            },
        )
    } else {
        (say("Change"), naming.clone())
    };
    let removal = (!built_in).then(|| {
        view! { <button type="button" class="btn" data-testid="naming-remove" on:click=move |_| remove.ask(RemoveNaming { id })>{say("Remove")}</button> }
    });
    view! {
        <li class="keeping-row" data-testid="naming">
            <div>
                <span class="b">{name}</span>
                {built_in.then(|| view! { <span class="faint sm">" "{say("comes with CallDoc")}</span> })}
                <br />
                <Pattern pattern=naming.pattern.clone() wrong_at=None />
            </div>
            <span class="row-ways">
                <button type="button" class="btn" data-testid="naming-edit" on:click=move |_| editing.set(Some(draft.clone()))>{words}</button>
                {removal}
            </span>
        </li>
    }
}

/// The pattern with its fields set apart, and the character at which it is wrong.
#[component]
pub fn Pattern(pattern: String, wrong_at: Option<u32>) -> impl IntoView {
    let parts = pieces(&pattern, wrong_at).into_iter().map(|piece| {
        let class = match piece.is {
            Look::Plain => "",
            Look::Field => "p-field",
            Look::Wrong => "p-wrong",
        };
        view! { <span class=class>{piece.text}</span> }
    });
    view! { <code class="pattern">{parts.collect_view()}</code> }
}
