//! Notifications, as the system shows them.

use crate::push::Subscription;
use crate::spoken::heard;
use crate::window;
use contract::{Place, Push};
use presence::Notice;
use std::sync::atomic::{AtomicI32, Ordering};
use tauri::{AppHandle, Manager};
use tauri_plugin_notification::NotificationExt;

/// Places that a click can lead to, by the number that stands in the notification's id.
const PLACES: [Place; 5] = [Place::Live, Place::Calls, Place::Health, Place::Backups, Place::ThisComputer];
/// As many numbers as the places need; the rest of an id counts, so that no notification replaces another.
const STEP: i32 = 5;

/// Takes clicks. The plugin joins after the window was made: what it would put into every page is not wanted in ours.
pub(crate) fn set_up(app: &AppHandle) -> tauri::Result<()> {
    app.plugin(tauri_plugin_notification::init())?;
    let handle = app.clone();
    let taken = app.notification().on_action(move |action| {
        let place = action.notification().map(|clicked| place_of(clicked.id()));
        lead(&handle, place.unwrap_or(Place::Live));
    });
    if let Err(error) = taken {
        tracing::debug!(%error, "clicks on notifications lead nowhere here");
    }
    Ok(())
}

pub(crate) fn show(app: &AppHandle, notice: &Notice) {
    static SHOWN: AtomicI32 = AtomicI32::new(1);
    let number = SHOWN.fetch_add(1, Ordering::Relaxed) % (i32::MAX / STEP);
    let builder = app.notification().builder().id(number * STEP + number_of(notice.place));
    if let Err(error) = builder.title(heard(&notice.title)).body(heard(&notice.says)).show() {
        tracing::debug!(%error, "a notification could not be shown");
    }
}

/// Shows the window at a place.
pub(crate) fn lead(app: &AppHandle, place: Place) {
    window::to_the_front(app);
    app.state::<Subscription>().tell(Push::GoTo(place));
}

fn place_of(id: i32) -> Place {
    let at = usize::try_from(id.rem_euclid(STEP)).unwrap_or(0);
    PLACES.get(at).copied().unwrap_or(Place::Live)
}

fn number_of(place: Place) -> i32 {
    match place {
        Place::Live => 0,
        Place::Calls => 1,
        Place::Health => 2,
        Place::Backups => 3,
        Place::ThisComputer => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::{PLACES, STEP, number_of, place_of};

    #[test]
    fn a_click_leads_where_the_notification_points() {
        for place in PLACES {
            let id = 17 * STEP + number_of(place);
            assert_eq!(place_of(id), place, "the id says the place");
        }
    }
}
