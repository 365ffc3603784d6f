//! What the desk and the shell say by themselves, on its way into the page.

use crate::opened::Opened;
use contract::{Failure, Push};
use std::sync::{Mutex, PoisonError};
use tauri::State;
use tauri::async_runtime::JoinHandle;
use tauri::ipc::Channel;

/// The page's one subscription. A page that was loaded anew subscribes anew, and the old one ends.
#[derive(Default)]
pub(crate) struct Subscription(Mutex<Option<Subscribed>>);

struct Subscribed {
    channel: Channel<Push>,
    desk: JoinHandle<()>,
}

impl Subscription {
    /// Something of the shell's own; dropped while no page listens, which asks for everything when it comes.
    pub(crate) fn tell(&self, push: Push) {
        let subscribed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(subscribed) = subscribed.as_ref() else { return };
        if let Err(error) = subscribed.channel.send(push) {
            tracing::debug!(%error, "the page no longer listens");
        }
    }

    fn replace(&self, with: Subscribed) {
        let old = self.0.lock().unwrap_or_else(PoisonError::into_inner).replace(with);
        if let Some(old) = old {
            old.desk.abort();
        }
    }
}

/// From the moment this returns, every push goes into `channel`.
#[tauri::command]
pub(crate) async fn subscribe(
    opened: State<'_, Opened>,
    subscription: State<'_, Subscription>,
    channel: Channel<Push>,
) -> Result<(), Failure> {
    // Of a library that could not be opened there is nothing to push; what the shell says comes all the same.
    let desk = opened.whole().await.ok();
    let to_page = channel.clone();
    let desk = tauri::async_runtime::spawn(async move {
        let Some(mut pushes) = desk.map(|desk| desk.pushes()) else { return };
        while let Some(push) = pushes.next().await {
            if let Err(error) = to_page.send(push) {
                tracing::debug!(%error, "the page no longer listens");
                return;
            }
        }
    });
    subscription.replace(Subscribed { channel, desk });
    Ok(())
}
