//! What the desk says by itself, on its way into the page.

use crate::opened::Opened;
use contract::{Failure, Push};
use std::sync::{Mutex, PoisonError};
use tauri::State;
use tauri::async_runtime::JoinHandle;
use tauri::ipc::Channel;

/// The page's one subscription. A page that was loaded anew subscribes anew, and the old one ends.
#[derive(Default)]
pub(crate) struct Subscription(Mutex<Option<JoinHandle<()>>>);

impl Subscription {
    fn replace(&self, with: JoinHandle<()>) {
        let old = self.0.lock().unwrap_or_else(PoisonError::into_inner).replace(with);
        if let Some(old) = old {
            old.abort();
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
    let mut pushes = opened.whole().await?.pushes();
    subscription.replace(tauri::async_runtime::spawn(async move {
        while let Some(push) = pushes.next().await {
            if let Err(error) = channel.send(push) {
                tracing::debug!(%error, "the page no longer listens");
                return;
            }
        }
    }));
    Ok(())
}
