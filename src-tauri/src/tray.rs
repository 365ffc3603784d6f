//! The icon beside the clock, painted from what `presence` says.

use crate::attendant::Attendant;
use crate::notify::lead;
use crate::spoken::{fill, heard, say};
use crate::window;
use contract::Place;
use contract::computer::{Pause, Tray};
use presence::{Mood, PauseItem, TrayView};
use tauri::image::Image;
use tauri::menu::{IsMenuItem, Menu, MenuBuilder, MenuEvent, MenuItem, PredefinedMenuItem, Submenu};
use tauri::tray::{MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Manager, Wry, include_image};

const ID: &str = "state";
const GOOD: Image<'_> = include_image!("icons/tray.png");
const TROUBLE: Image<'_> = include_image!("icons/tray-trouble.png");
const IDLE: Image<'_> = include_image!("icons/tray-idle.png");

/// Names of the menu's items.
const OPEN: &str = "open";
const LIVE: &str = "live";
const UPDATE: &str = "update";
const PAUSE_HOUR: &str = "pause-hour";
const PAUSE_DAY: &str = "pause-day";
const RESUME: &str = "resume";
const QUIT: &str = "quit";

/// Paints it, and makes it first if it is not there. On a system without the library that draws it, nothing happens.
pub(crate) fn paint(app: &AppHandle, view: &TrayView) {
    let (handle, view) = (app.clone(), view.clone());
    let painted = app.run_on_main_thread(move || {
        // The system's library is loaded at the first use, and panics where it is not installed.
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| paint_now(&handle, &view)));
        match outcome {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the icon beside the clock could not be painted"),
            Err(_) => tracing::warn!("this system has no library for an icon beside the clock"),
        }
    });
    if let Err(error) = painted {
        tracing::debug!(%error, "the program is ending");
    }
}

/// Whether the desktop shows such icons. Asked of the session, because the icon itself does not know.
#[cfg(target_os = "linux")]
pub(crate) async fn place() -> Tray {
    match watcher().await {
        Ok(true) => Tray::Shown,
        Ok(false) => Tray::Missing,
        Err(error) => {
            tracing::debug!(%error, "the session does not say whether it shows icons");
            Tray::Missing
        }
    }
}

#[cfg(not(target_os = "linux"))]
pub(crate) async fn place() -> Tray {
    Tray::Shown
}

/// Whoever shows icons holds this name, on all desktops that follow the StatusNotifier specification.
#[cfg(target_os = "linux")]
async fn watcher() -> zbus::Result<bool> {
    let session = zbus::Connection::session().await?;
    let names = zbus::fdo::DBusProxy::new(&session).await?;
    let watcher = zbus::names::BusName::try_from("org.kde.StatusNotifierWatcher")?;
    Ok(names.name_has_owner(watcher).await?)
}

fn paint_now(app: &AppHandle, view: &TrayView) -> tauri::Result<()> {
    let menu = menu(app, view)?;
    let icon = match view.mood {
        Mood::Good => GOOD,
        Mood::Trouble => TROUBLE,
        Mood::Idle => IDLE,
    };
    let tooltip = tooltip(view);
    let Some(tray) = app.tray_by_id(ID) else {
        TrayIconBuilder::with_id(ID)
            .icon(icon)
            .menu(&menu)
            .tooltip(tooltip)
            .show_menu_on_left_click(cfg!(not(windows)))
            .on_menu_event(|app, event| chosen(app, &event))
            .on_tray_icon_event(|tray, event| clicked(tray, &event))
            .build(app)?;
        return Ok(());
    };
    tray.set_icon(Some(icon))?;
    tray.set_menu(Some(menu))?;
    tray.set_tooltip(Some(tooltip))
}

fn menu(app: &AppHandle, view: &TrayView) -> tauri::Result<Menu<Wry>> {
    let item = |id: &str, words: &str| MenuItem::with_id(app, id, words, true, None::<&str>);
    let words = |words: &str| MenuItem::new(app, words, false, None::<&str>);
    let line = PredefinedMenuItem::separator(app)?;
    let menu = MenuBuilder::new(app)
        .item(&words(&heard(&view.says))?)
        .item(&line)
        .item(&item(OPEN, say("Open CallDoc"))?);
    let menu =
        if view.live == 0 { menu.item(&words(say("No calls now"))?) } else { menu.item(&live(app, view)?) };
    let menu = match &view.update {
        Some(version) => {
            menu.item(&item(UPDATE, &fill("CallDoc {version} is there …", &[("version", version)]))?)
        }
        None => menu,
    };
    let menu = menu.item(&line);
    let menu = match &view.pause {
        PauseItem::Offer => menu
            .item(&item(PAUSE_HOUR, say("Pause notifications for an hour"))?)
            .item(&item(PAUSE_DAY, say("Pause notifications until tomorrow"))?),
        PauseItem::Resume { until } => {
            let words = fill("Resume notifications (paused until {until})", &[("until", &heard(until))]);
            menu.item(&item(RESUME, &words)?)
        }
    };
    menu.item(&line).item(&item(QUIT, say("Quit CallDoc"))?).build()
}

/// The calls now, each a way to the Live screen.
fn live(app: &AppHandle, view: &TrayView) -> tauri::Result<Submenu<Wry>> {
    let mut lines = Vec::with_capacity(view.calls.len() + 1);
    for (at, call) in view.calls.iter().enumerate() {
        lines.push(MenuItem::with_id(app, format!("{LIVE}-{at}"), heard(call), true, None::<&str>)?);
    }
    let more = view.live.saturating_sub(view.calls.len());
    if more > 0 {
        let words = fill("{count} more …", &[("count", &more.to_string())]);
        lines.push(MenuItem::with_id(app, LIVE, words, true, None::<&str>)?);
    }
    let items: Vec<&dyn IsMenuItem<Wry>> = lines.iter().map(|line| line as &dyn IsMenuItem<Wry>).collect();
    Submenu::with_items(app, live_words(view.live), true, &items)
}

fn chosen(app: &AppHandle, event: &MenuEvent) {
    let attendant = app.state::<Attendant>();
    match event.id().as_ref() {
        OPEN => window::to_the_front(app),
        UPDATE => lead(app, Place::ThisComputer),
        PAUSE_HOUR => attendant.pause_soon(Pause::ForAnHour),
        PAUSE_DAY => attendant.pause_soon(Pause::UntilTomorrow),
        RESUME => attendant.pause_soon(Pause::Resume),
        QUIT => app.exit(0),
        live if live.starts_with(LIVE) => lead(app, Place::Live),
        other => tracing::debug!(other, "an item of the menu that nobody knows"),
    }
}

/// On Windows a click on the icon opens the program, and the other button the menu.
fn clicked(tray: &TrayIcon, event: &TrayIconEvent) {
    let is_click = matches!(
        event,
        TrayIconEvent::Click { button: MouseButton::Left, button_state: MouseButtonState::Up, .. }
    );
    if cfg!(windows) && is_click {
        window::to_the_front(tray.app_handle());
    }
}

fn tooltip(view: &TrayView) -> String {
    let calls = if view.live == 0 { say("No calls now").to_owned() } else { live_words(view.live) };
    format!("CallDoc: {}. {calls}.", heard(&view.says))
}

fn live_words(live: usize) -> String {
    fill("Live calls: {count}", &[("count", &live.to_string())])
}
