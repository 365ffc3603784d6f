//! The mail server through which reports go out, and a test of it.

use crate::ipc::Asking;
use crate::parts::notice::{Failed, Skeleton};
use crate::parts::text_box::{Kind, TextBox};
use crate::state::mail_draft::{Complaint, Field, MailDraft, security_title};
use crate::words::{fill, say};
use contract::reports::{AskMail, MailSecurity, MailView, SaveMail, TestMail};
use leptos::prelude::*;

#[derive(Clone, Copy)]
struct Form {
    draft: RwSignal<MailDraft>,
    password: RwSignal<String>,
    complaints: RwSignal<Vec<Complaint>>,
}

impl Form {
    fn change(self, field: Option<Field>, with: impl FnOnce(&mut MailDraft)) {
        self.draft.update(with);
        self.complaints.update(|all| all.retain(|(about, _)| Some(*about) != field));
    }

    fn wrong(self, field: Field) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.complaints
                .with(|all| all.iter().find(|(about, _)| *about == field).map(|(_, says)| (*says).to_owned()))
        })
    }

    fn text(self, get: fn(&MailDraft) -> &String) -> Signal<String> {
        Memo::new(move |_| self.draft.with(|draft| get(draft).clone())).into()
    }

    fn put(self, field: Option<Field>, set: fn(&mut MailDraft, String)) -> Callback<String> {
        Callback::new(move |typed| self.change(field, |draft| set(draft, typed)))
    }
}

#[component]
pub fn MailSettings() -> impl IntoView {
    let form = Form {
        draft: RwSignal::new(MailDraft::of(None)),
        password: RwSignal::new(String::new()),
        complaints: RwSignal::new(Vec::new()),
    };
    let told = RwSignal::new(None::<String>);
    let known = RwSignal::new(false);
    let take = move |view: &MailView| {
        form.draft.update(|draft| {
            *draft = MailDraft { test_to: draft.test_to.clone(), ..MailDraft::of(view.server.as_ref()) };
        });
        known.set(true);
    };
    let asking = Asking::<AskMail>::new().on_answer(move |(_, view): (AskMail, MailView)| take(&view));
    asking.ask(AskMail {});
    let save = Asking::<SaveMail>::new().on_answer(move |(_, view): (SaveMail, MailView)| {
        // What was typed goes as soon as it is kept.
        form.password.set(String::new());
        take(&view);
        told.set(Some(say("The mail server is saved.").to_owned()));
    });
    Effect::new(move |_| {
        if save.answer.with(Option::is_some) {
            save.forget();
        }
    });
    let test = Asking::<TestMail>::new().on_answer(move |(request, ()): (TestMail, ())| {
        told.set(Some(fill("The test went out to {to}. Look whether it arrives.", &[("to", &request.to)])));
    });
    on_cleanup(move || {
        save.forget();
        test.forget();
    });
    let store = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        told.set(None);
        let typed = form.password.get_untracked();
        match form.draft.with_untracked(|draft| draft.to_save(&typed)) {
            Ok(request) => save.ask(request),
            Err(complaints) => form.complaints.set(complaints),
        }
    };
    let run_test = Callback::new(move |()| {
        told.set(None);
        let typed = form.password.get_untracked();
        match form.draft.with_untracked(|draft| draft.to_test(&typed)) {
            Ok(request) => test.ask(request),
            Err(complaints) => form.complaints.set(complaints),
        }
    });
    // `To` alone is the end of a time.
    let whom = fill("To {whom}", &[("whom", "")]).trim_end().to_owned();
    let body = move || {
        if let Some(failure) = asking.failure.get() {
            return view! { <div class="card"><Failed failure again=Callback::new(move |()| asking.again()) /></div> }.into_any();
        }
        if !known.get() {
            return view! { <Show when=move || asking.slow.get()><Skeleton rows=4 /></Show> }.into_any();
        }
        view! {
            <form class="card site-form mail-form" data-testid="mail-form" aria-label=say("Mail server") novalidate=true on:submit=store>
                <h2>{say("Mail server")}</h2>
                <p class="mute">{say("Reports on schedule go out through it. The connection is always encrypted, and the password is kept in this computer’s keychain, nowhere else.")}</p>
                <Fields form />
                {move || save.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| save.again()) /> })}
                <div class="buttons"><button type="submit" class="btn primary" data-testid="mail-save" disabled=save.busy>{say("Save")}</button></div>
                <fieldset class="source">
                    <legend>{say("Send a test")}</legend>
                    <div class="mail-test">
                        <TextBox label=whom.clone() testid="mail-test-to" placeholder="you@example.com" value=form.text(|draft| &draft.test_to) set=form.put(Some(Field::TestTo), |draft, text| draft.test_to = text) wrong=form.wrong(Field::TestTo) hint=say("With what is typed above, without saving it.") />
                        <button type="button" class="btn" data-testid="mail-test" disabled=test.busy on:click=move |_| run_test.run(())>
                            {move || if test.busy.get() { say("Sending …") } else { say("Send a test") }}
                        </button>
                    </div>
                    {move || test.failure.get().map(|failure| view! { <Failed failure again=run_test /> })}
                </fieldset>
            </form>
        }
        .into_any()
    };
    view! {
        {move || told.get().map(|says| view! { <p class="saved" role="status" data-testid="mail-told">{says}</p> })}
        {body}
    }
}

#[component]
fn Fields(form: Form) -> impl IntoView {
    let security = Memo::new(move |_| form.draft.with(|draft| draft.security));
    let kept = Signal::derive(move || {
        if form.draft.with(|draft| draft.password_kept) {
            say("In the keychain").to_owned()
        } else {
            String::new()
        }
    });
    let buttons = [MailSecurity::StartTls, MailSecurity::Tls].map(|this| {
        let is_on = move || security.get() == this;
        view! { <button type="button" class:on=is_on aria-pressed=move || is_on().to_string() on:click=move |_| form.change(Some(Field::Port), |draft| draft.set_security(this))>{security_title(this)}</button> }
    });
    view! {
        <div class="fields">
            <TextBox label=say("Server") testid="mail-host" class="half" placeholder="smtp.example.com" value=form.text(|draft| &draft.host) set=form.put(Some(Field::Host), |draft, text| draft.host = text) wrong=form.wrong(Field::Host) hint=say("As in the office's mail program, under outgoing mail.") />
            <TextBox label=say("Port") testid="mail-port" class="tiny" value=form.text(|draft| &draft.port) set=form.put(Some(Field::Port), |draft, text| draft.port = text) wrong=form.wrong(Field::Port) hint=say("587 or 465.") />
            <div class="field narrow"><span>{say("Encrypted with")}</span><div class="segmented" role="group" aria-label=say("Encryption")>{buttons.into_iter().collect_view()}</div></div>
            <TextBox label=say("User") testid="mail-user" class="half" hint=say("Empty, if the server asks for none.") value=form.text(|draft| &draft.user) set=form.put(None, |draft, text| draft.user = text) />
            <TextBox label=say("Password") testid="mail-password" class="half" kind=Kind::Secret placeholder=kept value=form.password set=Callback::new(move |typed| form.password.set(typed)) hint=say("Kept in this computer's keychain, nowhere else.") />
            <TextBox label=say("From") testid="mail-from" class="half" placeholder="reports@example.com" hint=say("The address that mails come from.") value=form.text(|draft| &draft.from) set=form.put(Some(Field::From), |draft, text| draft.from = text) wrong=form.wrong(Field::From) />
        </div>
    }
}
