//! Asking the desk and hearing from it, over the IPC of the webview. Replies and pushes cross as JSON text: numbers
//! stay numbers that way, whatever their width.

pub mod ask;
pub mod asking;
pub mod channel;
pub mod drag;
pub mod early;
pub mod locked;

pub use ask::ask;
pub use asking::Asking;
