//! The player, docked below every screen once something was played.

pub mod choices;
pub mod dock;
pub mod hear;
pub mod note;

pub use dock::{Loaded, PlayerDock};
