//! The form's two sources: DevLink3, to which CallDoc connects, and SMDR, which goes one way or the other.

use super::field::{Draft, Says, TextField};
use crate::state::site_draft::{Certificate, Devlink, Field, Smdr, Transport};
use crate::words::say;
use contract::sites::PasswordState;
use leptos::prelude::*;

#[component]
pub fn DevlinkFields(form: Draft, password: RwSignal<String>) -> impl IntoView {
    let on = Memo::new(move |_| form.draft.with(|draft| draft.devlink == Devlink::On));
    view! {
        <fieldset class="source">
            <legend>
                <label class="tick">
                    <input
                        type="checkbox"
                        data-testid="devlink-on"
                        prop:checked=on
                        on:change=move |event| {
                            let devlink = if event_target_checked(&event) { Devlink::On } else { Devlink::Off };
                            form.change(Field::Sources, |draft| draft.devlink = devlink);
                        }
                    />
                    {say("DevLink3: live events")}
                </label>
            </legend>
            <p class="mute sm">{say("Shows calls while they ring. Needs the CTI licence and a service user with DevLink3 rights on the PBX.")}</p>
            <Show when=move || on.get()>
                <div class="fields">
                    <TextField
                        form
                        field=Field::Host
                        label=say("Address of the PBX")
                        testid="devlink-host"
                        class="half"
                        get=|draft| &draft.host
                        set=|draft, text| draft.host = text
                        placeholder="192.168.42.1"
                        hint=say("As IP Office Manager shows it, under System > LAN1.")
                    />
                    <DevlinkLogin form password />
                </div>
            </Show>
        </fieldset>
    }
}

/// How to log in at the address: port, encryption, user, password.
#[component]
pub fn DevlinkLogin(form: Draft, password: RwSignal<String>) -> impl IntoView {
    view! {
        <TextField
            form
            field=Field::Port
            label=say("Port")
            testid="devlink-port"
            class="tiny"
            get=|draft| &draft.port
            set=|draft, text| draft.port = text
            hint=say("As set on the PBX.")
        />
        <Tls form />
        <TextField
            form
            field=Field::User
            label=say("Service user")
            testid="devlink-user"
            class="half"
            get=|draft| &draft.user
            set=|draft, text| draft.user = text
            hint=say("Of Manager's Security Settings, with DevLink3 among its rights.")
        />
        <Password form password />
        <TrustedCertificate form />
    }
}

#[component]
fn Tls(form: Draft) -> impl IntoView {
    let tls = Memo::new(move |_| form.draft.with(|draft| draft.transport == Transport::Tls));
    view! {
        <label class="tick field-tick">
            <input
                type="checkbox"
                data-testid="devlink-tls"
                prop:checked=tls
                on:change=move |event| {
                    let transport = if event_target_checked(&event) { Transport::Tls } else { Transport::Plain };
                    form.change(Field::Port, |draft| draft.set_transport(transport));
                }
            />
            <span>
                {say("Encrypted (TLS)")}
                <span class="says">
                    {move || if tls.get() { say("Usual port 50796") } else { say("Usual port 50797; the password is never sent in clear") }}
                </span>
            </span>
        </label>
    }
}

#[component]
fn Password(form: Draft, password: RwSignal<String>) -> impl IntoView {
    let wrong = Memo::new(move |_| form.complaint(Field::Password));
    let known = Memo::new(move |_| form.draft.with(|draft| draft.password_state));
    let placeholder = move || match known.get() {
        PasswordState::Missing => "",
        PasswordState::InKeychain => say("In the keychain"),
        PasswordState::ThisRunOnly => say("Known until CallDoc closes"),
    };
    view! {
        <label class="field half" class:wrong=move || wrong.get().is_some()>
            <span>{say("Password")}</span>
            <input
                type="password"
                autocomplete="new-password"
                placeholder=placeholder
                data-testid="devlink-password"
                aria-invalid=move || wrong.get().is_some().to_string()
                aria-describedby="devlink-password-says"
                prop:value=password
                on:input=move |event| {
                    password.set(event_target_value(&event));
                    form.change(Field::Password, |_| {});
                }
            />
            {move || {
                let hint = match known.get() {
                    PasswordState::Missing => say("Kept in this computer's keychain, nowhere else."),
                    PasswordState::InKeychain => say("Leave it empty to keep the one in the keychain."),
                    PasswordState::ThisRunOnly => say("There is no keychain here: it is forgotten when CallDoc closes."),
                };
                view! { <Says id="devlink-password-says".to_owned() wrong hint /> }
            }}
        </label>
    }
}

/// The certificate that was seen at the first connection, and the way to let another one in.
#[component]
fn TrustedCertificate(form: Draft) -> impl IntoView {
    let fingerprint = Memo::new(move |_| form.draft.with(|draft| draft.fingerprint.clone()));
    let forget = Memo::new(move |_| form.draft.with(|draft| draft.certificate == Certificate::Forget));
    view! {
        <Show when=move || fingerprint.get().is_some()>
            <div class="field wide">
                <span>{say("Trusted certificate (SHA-256)")}</span>
                <code class="fingerprint">{move || fingerprint.get()}</code>
                <label class="tick">
                    <input
                        type="checkbox"
                        data-testid="forget-certificate"
                        prop:checked=forget
                        on:change=move |event| {
                            let certificate = if event_target_checked(&event) { Certificate::Forget } else { Certificate::Keep };
                            form.change(Field::Sources, |draft| draft.certificate = certificate);
                        }
                    />
                    {say("Forget it and trust the next one. Only after the PBX's certificate was changed on purpose.")}
                </label>
            </div>
        </Show>
    }
}

#[component]
pub fn SmdrFields(form: Draft) -> impl IntoView {
    let mode = Memo::new(move |_| form.draft.with(|draft| draft.smdr));
    let choices = [
        (Smdr::Off, say("Off"), "smdr-off"),
        (Smdr::Listen, say("The PBX connects to us"), "smdr-listen"),
        (Smdr::Connect, say("We connect to the PBX"), "smdr-connect"),
    ];
    let choices = choices.map(|(this, words, testid)| {
        view! {
            <label class="tick">
                <input
                    type="radio"
                    name="smdr-mode"
                    data-testid=testid
                    prop:checked=move || mode.get() == this
                    on:change=move |_| form.change(Field::SmdrHost, |draft| draft.set_smdr(this))
                />
                {words}
            </label>
        }
    });
    let host_label = move || match mode.get() {
        Smdr::Connect => say("Address of the PBX"),
        Smdr::Off | Smdr::Listen => say("Listen on this address"),
    };
    view! {
        <fieldset class="source">
            <legend class="b">{say("SMDR: call records")}</legend>
            <p class="mute sm">{say("One record when a call is over, without a licence. In IP Office Manager: System, SMDR.")}</p>
            <div class="radios" role="radiogroup" aria-label=say("How records come")>{choices.into_iter().collect_view()}</div>
            <Show when=move || mode.get() != Smdr::Off>
                <div class="fields">
                    {move || {
                        view! {
                            <TextField
                                form
                                field=Field::SmdrHost
                                label=host_label()
                                testid="smdr-host"
                                class="narrow"
                                get=|draft| &draft.smdr_host
                                set=|draft, text| draft.smdr_host = text
                                hint=if mode.get() == Smdr::Listen { say("0.0.0.0: all of this computer's.") } else { "" }
                            />
                        }
                    }}
                    <TextField
                        form
                        field=Field::SmdrPort
                        label=say("Port")
                        testid="smdr-port"
                        class="tiny"
                        get=|draft| &draft.smdr_port
                        set=|draft, text| draft.smdr_port = text
                        hint=say("The same as in Manager.")
                    />
                    <Show when=move || mode.get() == Smdr::Listen>
                        <TextField
                            form
                            field=Field::OnlyFrom
                            label=say("Only from this address")
                            testid="smdr-only-from"
                            class="half"
                            get=|draft| &draft.only_from
                            set=|draft, text| draft.only_from = text
                            hint=say("The PBX's address keeps others out; empty lets anyone deliver.")
                        />
                    </Show>
                </div>
            </Show>
        </fieldset>
    }
}
