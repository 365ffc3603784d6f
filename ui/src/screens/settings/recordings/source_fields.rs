//! The fields of a source: of a folder, of a server, and those both have.

use super::folder_box::FolderBox;
use super::source_form::Form;
use crate::ipc::Asking;
use crate::parts::text_box::{Kind as Shown, TextBox, TickBox};
use crate::state::intake_draft::Field;
use crate::words::say;
use contract::intake::AskNamings;
use contract::sites::{AskSites, PasswordState};
use leptos::prelude::*;

#[component]
pub fn FolderFields(form: Form) -> impl IntoView {
    view! {
        <div class="fields">
            <TextBox label=say("Name") testid="source-name" class="half" placeholder="VRL" value=form.text(|draft| &draft.name) set=form.put(Field::Name, |draft, text| draft.name = text) wrong=form.wrong(Field::Name) hint=say("For instance the recorder's name.") />
            <FolderBox testid="source-folder" title=say("Folder that is watched for recordings") placeholder=r"\\SERVER\Recordings" value=form.text(|draft| &draft.folder) set=form.put(Field::Folder, |draft, text| draft.folder = text) wrong=form.wrong(Field::Folder) hint=say("On this computer or on the network; its subfolders are looked through as well.") />
        </div>
    }
}

#[component]
pub fn SftpFields(form: Form) -> impl IntoView {
    let by_key = Memo::new(move |_| form.draft.with(|draft| draft.by_key));
    let known = Memo::new(move |_| form.draft.with(|draft| draft.secret_state));
    let host_key = Memo::new(move |_| form.draft.with(|draft| draft.host_key.clone()));
    let kept = move || match known.get() {
        PasswordState::Missing => String::new(),
        PasswordState::InKeychain => say("In the keychain").to_owned(),
        PasswordState::ThisRunOnly => say("Known until CallDoc closes").to_owned(),
    };
    view! {
        <div class="fields">
            <TextBox label=say("Name") testid="source-name" class="half" placeholder="Voicemail Pro" value=form.text(|draft| &draft.name) set=form.put(Field::Name, |draft, text| draft.name = text) wrong=form.wrong(Field::Name) hint=say("For instance the recorder's name.") />
            <TextBox label=say("Folder on the server") testid="source-folder" class="half" placeholder="/opt/vmpro/VRL" value=form.text(|draft| &draft.folder) set=form.put(Field::Folder, |draft, text| draft.folder = text) wrong=form.wrong(Field::Folder) hint=say("As the server names it, from its beginning.") />
            <TextBox label=say("Server") testid="source-host" class="half" placeholder="192.168.42.10" value=form.text(|draft| &draft.host) set=form.put(Field::Host, |draft, text| draft.host = text) wrong=form.wrong(Field::Host) hint=say("The server's name or address.") />
            <TextBox label=say("Port") testid="source-port" class="tiny" value=form.text(|draft| &draft.port) set=form.put(Field::Port, |draft, text| draft.port = text) wrong=form.wrong(Field::Port) hint=say("Usually 22.") />
            <TextBox label=say("User") testid="source-user" class="narrow" value=form.text(|draft| &draft.user) set=form.put(Field::User, |draft, text| draft.user = text) wrong=form.wrong(Field::User) hint=say("One who may read the folder is enough.") />
            <div class="field wide">
                <div class="segmented" role="group" aria-label=say("How to log in")>
                    <button type="button" class:on=move || !by_key.get() aria-pressed=move || (!by_key.get()).to_string() data-testid="source-by-password" on:click=move |_| form.change(Some(Field::Secret), |draft| draft.by_key = false)>{say("Password")}</button>
                    <button type="button" class:on=by_key aria-pressed=move || by_key.get().to_string() data-testid="source-by-key" on:click=move |_| form.change(Some(Field::Secret), |draft| draft.by_key = true)>{say("Private key")}</button>
                </div>
            </div>
            <Show
                when=move || by_key.get()
                fallback=move || {
                    view! { <TextBox label=say("Password") testid="source-password" class="half" kind=Shown::Secret placeholder=Signal::derive(kept) value=form.text(|draft| &draft.secret) set=form.put(Field::Secret, |draft, text| draft.secret = text) wrong=form.wrong(Field::Secret) hint=say("Kept in this computer's keychain, nowhere else.") /> }
                }
            >
                <PrivateKey form kept=Signal::derive(kept) />
                <TextBox label=say("Passphrase of the key") testid="source-passphrase" class="half" kind=Shown::Secret value=form.text(|draft| &draft.passphrase) set=form.put(Field::Secret, |draft, text| draft.passphrase = text) hint=say("Empty if it has none.") />
            </Show>
            {move || {
                host_key.get().map(|key| {
                    view! {
                        <div class="field wide">
                            <span>{say("Trusted key of the server")}</span>
                            <code class="fingerprint" data-testid="source-host-key">{key}</code>
                            <TickBox
                                label=say("Forget it and trust the next one. Only after the server's key was changed on purpose.")
                                testid="source-forget-key"
                                value=Signal::derive(move || form.draft.with(|draft| draft.forget_host_key))
                                set=Callback::new(move |on| form.change(None, |draft| draft.forget_host_key = on)) hint=say("Until then another key is refused.")
                            />
                        </div>
                    }
                })
            }}
        </div>
    }
}

#[component]
fn PrivateKey(form: Form, kept: Signal<String>) -> impl IntoView {
    let wrong = form.wrong(Field::Secret);
    let text = form.text(|draft| &draft.secret);
    view! {
        <label class="field wide" class:wrong=move || wrong.with(Option::is_some)>
            <span>{say("Private key (OpenSSH)")}</span>
            <textarea
                rows="4"
                spellcheck="false"
                autocomplete="off"
                placeholder=kept
                data-testid="source-private-key"
                prop:value=text
                on:input=move |event| {
                    let typed = event_target_value(&event);
                    form.change(Some(Field::Secret), |draft| draft.secret = typed);
                }
            ></textarea>
            <span class="says" class:complaint=move || wrong.with(Option::is_some)>{move || wrong.get().unwrap_or_else(|| say("Kept in this computer's keychain, nowhere else.").to_owned())}</span>
        </label>
    }
}

#[component]
pub fn Common(form: Form, sites: Asking<AskSites>) -> impl IntoView {
    let namings = Asking::<AskNamings>::new();
    namings.ask(AskNamings {});
    let chosen = Memo::new(move |_| form.draft.with(|draft| draft.naming));
    let site = Memo::new(move |_| form.draft.with(|draft| draft.site));
    let removes = Memo::new(move |_| form.draft.with(|draft| draft.remove_after));
    let options = move || {
        let all = namings.answer.get().unwrap_or_default();
        all.into_iter()
            .map(|naming| view! { <option value=naming.id.to_string() selected=move || chosen.get() == Some(naming.id)>{naming.name}</option> })
            .collect_view()
    };
    let several =
        Memo::new(move |_| sites.answer.with(|sites| sites.as_ref().is_some_and(|sites| sites.len() > 1)));
    let places = move || {
        let all = sites.answer.get().unwrap_or_default();
        all.into_iter().map(|this| view! { <option value=this.id.to_string() selected=move || site.get() == this.id>{this.name}</option> }).collect_view()
    };
    view! {
        <div class="fields">
            <label class="field half">
                <span>{say("How its files are named")}</span>
                <select data-testid="source-naming" on:change=move |event| { let id = event_target_value(&event).parse().ok(); form.change(None, |draft| draft.naming = id); }>
                    <option value="" selected=move || chosen.get().is_none()>{say("Whichever preset fits")}</option>
                    {options}
                </select>
            </label>
            <TextBox label=say("Look through all of it every … seconds") testid="source-every" class="half" value=form.text(|draft| &draft.every_seconds) set=form.put(Field::Every, |draft, text| draft.every_seconds = text) wrong=form.wrong(Field::Every) hint=say("New files are often told at once; this finds the others.") />
            <Show when=move || several.get()>
                <label class="field half">
                    <span>{say("Phone system")}</span>
                    <select data-testid="source-site" on:change=move |event| { if let Ok(id) = event_target_value(&event).parse() { form.change(None, |draft| draft.site = id); } }>{places}</select>
                </label>
            </Show>
        </div>
        <TickBox label=say("Take recordings in from here") testid="source-enabled" value=Signal::derive(move || form.draft.with(|draft| draft.enabled)) set=Callback::new(move |on| form.change(None, |draft| draft.enabled = on)) hint=say("Off: the source stays here and nothing is looked for.") />
        <TickBox label=say("Remove a file there once its copy was verified") testid="source-remove-after" value=removes set=Callback::new(move |on| form.change(None, |draft| draft.remove_after = on)) hint=say("Off: CallDoc changes nothing at the recorder.") />
        <Show when=move || removes.get()>
            <p class="advice sm" role="alert" data-testid="source-remove-warning">
                {say("If something else takes files from this place as well – Avaya's Media Manager or Contact Recorder, another CallDoc – the two race for each file, and what one removes the other never sees. Leave this off unless CallDoc is the only one.")}
            </p>
        </Show>
    }
}
