//! What happens when the window is closed, as `presence` decides it.

use crate::attendant::Attendant;
use crate::spoken::{heard, say};
use crate::{automation, window};
use contract::computer::Closing;
use presence::{CloseDeed, on_close};
use tauri::{AppHandle, CloseRequestApi, Manager};
use tauri_plugin_dialog::{DialogExt, MessageDialogButtons, MessageDialogResult};

pub(crate) fn asked(app: &AppHandle, api: &CloseRequestApi) {
    let known = app.state::<Attendant>().known();
    match on_close(known.closing, known.role, known.tray) {
        CloseDeed::End => app.exit(0),
        CloseDeed::Hide => {
            api.prevent_close();
            window::hide(app);
        }
        CloseDeed::SayAndHide { says } => {
            api.prevent_close();
            // Nobody is there to answer, and WebKit's driver sees no system windows.
            if automation::is_driven() {
                return window::hide(app);
            }
            explain(app, says);
        }
    }
}

/// Once: either answer is kept. Who goes back is asked again the next time.
fn explain(app: &AppHandle, says: &str) {
    let (keeps, quits) = (say("Keep collecting"), say("Quit CallDoc"));
    let back = say("Back to the window").to_owned();
    let buttons = MessageDialogButtons::YesNoCancelCustom(keeps.to_owned(), quits.to_owned(), back);
    let title = say("CallDoc goes on collecting calls");
    let mut dialog = app.dialog().message(heard(says)).title(title).buttons(buttons);
    if let Some(window) = window::main(app) {
        dialog = dialog.parent(&window);
    }
    let handle = app.clone();
    dialog.show_with_result(move |answer| match answer {
        MessageDialogResult::Yes => keep(&handle),
        MessageDialogResult::No => handle.exit(0),
        MessageDialogResult::Custom(words) if words == keeps => keep(&handle),
        MessageDialogResult::Custom(words) if words == quits => handle.exit(0),
        MessageDialogResult::Custom(_) | MessageDialogResult::Ok | MessageDialogResult::Cancel => {}
    });
}

fn keep(app: &AppHandle) {
    app.state::<Attendant>().choose_closing(Closing::KeepCollecting);
    window::hide(app);
}
