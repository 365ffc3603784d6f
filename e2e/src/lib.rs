//! Drives the real window, as a person would: by what is painted, through WebKitWebDriver.
//!
//! Nothing here knows the product's code; it finds its way by `data-testid`. Waiting is asking the page again until a
//! deadline, never a pause of fixed length.

mod driver;
mod library;
mod screens;
mod sound;
mod window;

pub use driver::{Driver, Office, Started};
pub use library::library_with_a_backup;
pub use screens::{
    CALLS, LIVE, PEOPLE, RECORDINGS, REPORTS, SCREENS, SETTINGS, SETTINGS_TABS, Screen, TODAY, Theme,
};
pub use sound::Sound;
pub use window::Window;
