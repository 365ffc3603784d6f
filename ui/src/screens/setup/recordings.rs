//! Where a recorder leaves its files.

use super::screen::Foot;
use crate::screens::settings::recordings::FolderBox;
use crate::state::use_office;
use crate::words::say;
use leptos::prelude::*;

#[component]
pub fn RecordingsStep() -> impl IntoView {
    let setup = use_office().setup;
    let none = Memo::new(move |_| setup.recordings_folder.with(|folder| folder.trim().is_empty()));
    let on = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        setup.go_on();
    };
    view! {
        <p class="setup-lead">{say("If calls are recorded, name the folder that the recorder writes to, for instance that of Voicemail Pro or a share of the recorder. CallDoc finds the call of each file.")}</p>
        <form novalidate=true on:submit=on aria-label=say("Recordings")>
            <FolderBox
                testid="setup-folder"
                title=say("Folder that recordings come into")
                value=Signal::derive(move || setup.recordings_folder.get())
                set=Callback::new(move |folder| setup.recordings_folder.set(folder))
                hint=say("Files there are copied, never changed or removed. Servers (SFTP) can be added in Settings.")
                placeholder=""
            />
            <Foot on_words=Signal::derive(move || if none.get() { say("Go on without recordings") } else { say("Next") }) />
        </form>
    }
}
