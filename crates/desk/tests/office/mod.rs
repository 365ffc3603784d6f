//! A desk over a library in a temporary folder.
#![allow(dead_code, unreachable_pub, reason = "each test file uses its own part")]

use contract::calls::{AskCalls, CallFilter, CallSort};
use contract::published::Call;
use contract::sites::{SaveSite, Site, SmdrMode, SmdrSettings};
use desk::{Answer, Clock, Desk, Look, Opening, RunOnlyKeychain, Start};
use std::path::Path;
use std::sync::Arc;

pub fn opening(library: &Path) -> Opening {
    Opening {
        library: library.to_owned(),
        demo: false,
        keychain: Arc::new(RunOnlyKeychain::default()),
        holder: "test".to_owned(),
        sources: Start::Nothing,
        clock: Arc::new(Clock::System),
        spoken: desk::Language::English,
    }
}

pub async fn open(library: &Path) -> Desk {
    Desk::open(opening(library)).await.expect("the library opens")
}

/// A site that hears nothing by itself, for imports.
pub async fn quiet_site(desk: &Desk) -> model::SiteId {
    let site = Site { name: "Office".to_owned(), time_zone: "Europe/London".to_owned(), ..Site::default() };
    save(desk, site).await
}

pub async fn listening_site(desk: &Desk, port: u16) -> model::SiteId {
    let smdr = SmdrSettings { mode: SmdrMode::Listen, host: "127.0.0.1".to_owned(), port, only_from: None };
    let site =
        Site { name: "Office".to_owned(), time_zone: "UTC".to_owned(), smdr: Some(smdr), ..Site::default() };
    save(desk, site).await
}

async fn save(desk: &Desk, site: Site) -> model::SiteId {
    let saved =
        desk.answer(SaveSite { site, password: None, forget_fingerprint: false }).await.expect("saved");
    model::SiteId(saved.site.id)
}

/// All calls of a library, oldest first, as a script sees them.
pub async fn calls(library: &Path) -> Vec<Call> {
    let look = Look::open(library).await.expect("a library can be looked at");
    let ask =
        AskCalls { filter: CallFilter::default(), sort: CallSort::OldestFirst, after: None, limit: 1_000 };
    look.calls(ask).await.expect("calls").0
}

/// A port that is free now.
pub fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("its number").port()
}
