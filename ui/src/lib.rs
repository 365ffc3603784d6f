//! The window: screens over the contract, drawn in the webview. What is shown comes in through [`ipc`], is kept in
//! [`state`], drawn by [`parts`], and put together by [`screens`].
//!
//! Deliberately absent: polling (the desk pushes what happens), conclusions about calls (the desk draws them), IPC in
//! `parts`. What needs no browser (words, filters, windowing of lists, the live state) is tested on the host.

pub mod app;
pub mod ipc;
pub mod parts;
pub mod screens;
pub mod start;
pub mod state;
pub mod words;
