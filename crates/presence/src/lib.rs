//! Being there all day: what the tray says, when a notification is due and when it is quiet, what closing the window
//! does, how an update goes. Values and machines only; the shell carries out what they say.
//!
//! Deliberately absent: windows, files, the network, the clock. The moment is handed in as [`Here`].

mod closing;
mod heard;
mod here;
mod notices;
mod quiet;
mod tray;
mod update_words;
mod updating;
mod words;

pub use closing::{CloseDeed, FirstLook, Started, on_close, on_start};
pub use heard::Heard;
pub use here::Here;
pub use notices::{Notice, Notices};
pub use quiet::{is_quiet, paused_until};
pub use tray::{Mood, PauseItem, TrayBoard, TrayView};
pub use update_words::{Cause, Step, trouble};
pub use updating::{Deed, Ended, Updating};
