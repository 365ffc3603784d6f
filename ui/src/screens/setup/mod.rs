//! The first run, in the place of the screens: from the welcome to the first call in a few steps, each of which can be
//! gone back to.

pub mod address;
pub mod devlink;
pub mod done;
pub mod place;
pub mod recordings;
pub mod screen;
pub mod smdr;
pub mod steps;
pub mod welcome;

pub use screen::SetupScreen;
