//! About: which version this is, and what it is built from.

use crate::ipc::Asking;
use crate::parts::dialog::Dialog;
use crate::parts::notice::{Failed, Skeleton};
use crate::parts::text_box::TextBox;
use crate::state::licences::{SHOWN, found};
use crate::state::use_office;
use crate::words::{fill, say};
use contract::licences::{AskLicenceTexts, AskLicences, LicencedPackage};
use leptos::prelude::*;

#[component]
pub fn AboutScreen() -> impl IntoView {
    let office = use_office();
    let version = move || {
        office.about.answer.with(|about| about.as_ref().map(|about| format!("CallDoc {}", about.version)))
    };
    view! {
        <section class="card keeping-card about" data-testid="about">
            <h2>{version}</h2>
            <p class="mute">{say("Calls of an Avaya IP Office: live, as history, in figures. CallDoc is not made, endorsed or supported by Avaya; Avaya and IP Office are trademarks of Avaya LLC.")}</p>
            <p class="mute">{say("Everything CallDoc knows stays on this computer. It talks to your phone system, to your recorder and mail server if you set them up, and to the update server.")}</p>
        </section>
        <LicenceList />
    }
}

#[component]
fn LicenceList() -> impl IntoView {
    let asking = Asking::<AskLicences>::new();
    asking.ask(AskLicences {});
    let texts = Asking::<AskLicenceTexts>::new();
    let sought = RwSignal::new(String::new());
    let opened = RwSignal::new(None::<LicencedPackage>);
    let is_open = RwSignal::new(false);
    let open = Callback::new(move |package: LicencedPackage| {
        texts.forget();
        texts.ask(AskLicenceTexts { texts: package.texts.clone() });
        opened.set(Some(package));
        is_open.set(true);
    });
    let list = move || {
        if let Some(failure) = asking.failure.get() {
            return view! { <Failed failure again=Callback::new(move |()| asking.again()) /> }.into_any();
        }
        let Some(licences) = asking.answer.get() else {
            return view! { <Show when=move || asking.slow.get()><Skeleton rows=6 /></Show> }.into_any();
        };
        let all = StoredValue::new(licences.packages);
        let matching = Memo::new(move |_| all.with_value(|all| found(all, &sought.get())));
        let shown = move || -> Vec<LicencedPackage> { matching.get().into_iter().take(SHOWN).collect() };
        let more = move || matching.with(|matching| matching.len().saturating_sub(SHOWN));
        view! {
            <TextBox label=say("Find") testid="licence-find" class="licence-find" placeholder=say("Name or licence") value=sought set=Callback::new(move |typed| sought.set(typed)) hint=say("Each of them opens with the text of its licence.") />
            <ul class="keeping-list licences" data-testid="licences">
                <For each=shown key=|package| (package.name.clone(), package.version.clone()) let:package>
                    <Package package open />
                </For>
            </ul>
            <Show when=move || { more() > 0 }><p class="mute sm">{move || fill("And {count} more: type a name to find one.", &[("count", &more().to_string())])}</p></Show>
        }
        .into_any()
    };
    view! {
        <section class="card keeping-card about" data-testid="licence-card">
            <h2>{say("Licences")}</h2>
            <p class="mute">{say("CallDoc is built from the work of many people, who let everybody use it under these licences.")}</p>
            {list}
        </section>
        <Dialog open=is_open label=say("Licence") testid="licence-text" class="licence-text">
            {move || opened.get().map(|package| view! { <h2>{format!("{} {}", package.name, package.version)}</h2><p class="mute">{package.licence}</p> })}
            {move || texts.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| texts.again()) /> })}
            {move || texts.answer.get().map(|texts| texts.into_iter().map(|text| view! { <pre>{text}</pre> }).collect_view())}
            <div class="buttons"><button type="button" class="btn" on:click=move |_| is_open.set(false)>{say("Close")}</button></div>
        </Dialog>
    }
}

#[component]
fn Package(package: LicencedPackage, open: Callback<LicencedPackage>) -> impl IntoView {
    let (name, version, licence) = (package.name.clone(), package.version.clone(), package.licence.clone());
    view! {
        <li class="keeping-row" data-testid="licence">
            <button type="button" class="link" on:click=move |_| open.run(package.clone())>{name}</button>
            <span class="mute sm">{version}</span>
            <span class="sm licence-name">{licence}</span>
        </li>
    }
}
