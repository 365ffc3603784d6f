//! Opens the window and the library behind it, and closes both in order.

use crate::arguments::{Asked, HELP, IN_BACKGROUND, Launch, Office, parse};
use crate::attendant::Attendant;
use crate::demo::Demo;
use crate::opened::{Opened, Opener};
use crate::push::Subscription;
use crate::rescue::Rescuing;
use crate::updates::Updates;
use crate::{automation, autostart, closing, commands, dropped, notify, prefs, spoken, tray, window};
use contract::computer::{Role, Tray};
use desk::logs::{Logs, Program};
use desk::{Desk, Opening, OsKeychain, RunOnlyKeychain, Start};
use presence::{FirstLook, Started, on_start};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tauri::{App, AppHandle, DragDropEvent, Manager, RunEvent, WindowEvent};
use tauri_plugin_window_state::StateFlags;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

/// What is said on stderr unless CALLDOC_LOG asks for more or less. Callers' numbers begin at debug.
const LOGGED: &str = "warn,calldoc_shell=info,desk=info,devlink3=info,store=info";
/// Closing commits what is left, which takes milliseconds; a disk that hangs must not keep the program.
const CLOSING: Duration = Duration::from_secs(5);
/// A session that starts programs and its own panel at once has the panel up by then.
const TRAY_COMES: Duration = Duration::from_secs(20);

/// Runs until a person quits, or closes a window that is to end with it.
// The words of --help and a wrong start go where a terminal shows them; there is no window yet.
#[allow(clippy::print_stdout, clippy::print_stderr)]
pub fn run() -> ExitCode {
    let launch = match parse(std::env::args_os().skip(1)) {
        Ok(Asked::Open(launch)) => launch,
        Ok(Asked::Help) => {
            println!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Ok(Asked::Version) => {
            println!("CallDoc {}", env!("CARGO_PKG_VERSION"));
            return ExitCode::SUCCESS;
        }
        Err(sentence) => {
            eprintln!("{sentence}\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    #[cfg(target_os = "linux")]
    crate::webview::prepare();
    let logs = note(&launch);
    let code = match start(launch) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "the window could not be opened");
            ExitCode::FAILURE
        }
    };
    if let Some(logs) = logs {
        logs.flush();
    }
    code
}

/// On stderr as CALLDOC_LOG asks, and into the library's logs. Without those the program runs all the same.
fn note(launch: &Launch) -> Option<Logs> {
    let filter = EnvFilter::try_from_env("CALLDOC_LOG").unwrap_or_else(|_| EnvFilter::new(LOGGED));
    let seen = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_filter(filter);
    let logs = Logs::begin(&launch.folder(), Program::App, Arc::default()).ok();
    tracing_subscriber::registry().with(logs.as_ref().map(Logs::layer)).with(seen).init();
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "CallDoc begins");
    logs
}

fn start(launch: Launch) -> tauri::Result<()> {
    let (opener, opened) = Opened::soon();
    let mut builder = tauri::Builder::default();
    if launch.role() == Role::Everyday {
        // First of all plugins, so that a second start ends before it has touched anything.
        builder = builder.plugin(tauri_plugin_single_instance::init(|app, words, _| {
            // The system starts it with the session; nobody asked to see it.
            if !words.iter().any(|word| word == IN_BACKGROUND) {
                window::to_the_front(app);
            }
        }));
        let kept = StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED;
        builder = builder.plugin(tauri_plugin_window_state::Builder::new().with_state_flags(kept).build());
    }
    if automation::is_driven() {
        builder = builder.plugin(automation::plugin());
    }
    let app = builder
        .manage(opened)
        .manage(Subscription::default())
        .manage(Updates::default())
        .manage(Demo::default())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_store::Builder::new().build())
        .plugin(tauri_plugin_updater::Builder::new().build())
        .plugin(autostart::plugin())
        .invoke_handler(commands::all())
        .on_window_event(|window, event| match event {
            WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) => {
                dropped::take_in(window.app_handle(), paths.clone());
            }
            WindowEvent::CloseRequested { api, .. } => closing::asked(window.app_handle(), api),
            _ => {}
        })
        .setup(move |app| {
            set_up(app, launch, opener)?;
            Ok(())
        })
        .build(tauri::generate_context!())?;
    app.run(|app, event| match event {
        RunEvent::Exit => tauri::async_runtime::block_on(close(app)),
        #[cfg(target_os = "macos")]
        RunEvent::Reopen { .. } => window::to_the_front(app),
        _ => {}
    });
    Ok(())
}

fn set_up(app: &App, mut launch: Launch, opener: Opener) -> tauri::Result<()> {
    let handle = app.handle().clone();
    if prefs::take_shown(&handle) {
        launch.started = Started::ByAPerson;
    }
    let look = on_start(launch.started, launch.role(), Tray::Shown);
    window::open(app, &launch, look)?;
    notify::set_up(&handle)?;
    spoken::remember(&handle);
    app.manage(Rescuing::new(launch.clone(), opener.clone()));
    app.manage(Attendant::begin(&handle, launch.role(), prefs::load(&handle)));
    if look == FirstLook::Hidden {
        tauri::async_runtime::spawn(leave_a_way(handle.clone(), launch.clone()));
    }
    tauri::async_runtime::spawn(end_when_told(handle.clone()));
    // On a thread of its own: opening is one long piece of work, and waits for nobody's turn.
    std::thread::Builder::new()
        .name("open".to_owned())
        .spawn(move || tauri::async_runtime::block_on(open(handle, launch, opener)))?;
    Ok(())
}

/// A window that began hidden where no icon leads to it goes to the task bar. Desktops show their icons some time after
/// they start programs, so this is looked at late.
async fn leave_a_way(app: AppHandle, launch: Launch) {
    tokio::time::sleep(TRAY_COMES).await;
    match on_start(launch.started, launch.role(), tray::place().await) {
        FirstLook::Minimised => window::minimise(&app),
        FirstLook::Hidden | FirstLook::Shown => {}
    }
}

pub(crate) async fn open(app: AppHandle, launch: Launch, opener: Opener) {
    let mut opening = match launch.office {
        Office::Own => Opening::app(launch.folder(), Arc::new(OsKeychain::default())),
        // An invented password has no business in the person's keychain.
        Office::Demo => Opening::app(launch.folder(), Arc::new(RunOnlyKeychain::default())),
    };
    if launch.office == Office::Demo {
        opening.demo = true;
        // The office of the last run is gone with its ports.
        opening.sources = Start::AsSaved;
    }
    opening.spoken = spoken::language();
    let outcome = Desk::open(opening).await;
    if let Err(failure) = &outcome {
        tracing::error!(code = ?failure.code, "the library could not be opened: {}", failure.message);
    }
    if let (Ok(desk), Role::Everyday) = (&outcome, launch.role())
        && prefs::travel(&app, desk, &launch.folder())
    {
        app.state::<Attendant>().reread();
    }
    opener.send_replace(Some(outcome.clone()));
    let (Ok(desk), Office::Demo) = (outcome, launch.office) else { return };
    if let Err(trouble) = app.state::<Demo>().begin(&desk).await {
        tracing::error!(%trouble, "the demo's office could not be started");
    }
}

/// A second time finds everything closed.
pub(crate) async fn close(app: &AppHandle) {
    let closed = tokio::time::timeout(CLOSING, async {
        app.state::<Demo>().end().await;
        match app.state::<Opened>().now() {
            Some(desk) => desk.close().await,
            None => Ok(()),
        }
    });
    match closed.await {
        Ok(Ok(())) => {}
        Ok(Err(failure)) => tracing::error!("the library was not closed in order: {}", failure.message),
        Err(_) => tracing::error!("the library took too long to close; what was shown is safe in it"),
    }
}

/// A computer that shuts down says so first.
#[cfg(unix)]
async fn end_when_told(app: AppHandle) {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut told) = signal(SignalKind::terminate()) else { return };
    told.recv().await;
    app.exit(0);
}

/// Windows closes the window instead.
#[cfg(not(unix))]
async fn end_when_told(_app: AppHandle) {}
