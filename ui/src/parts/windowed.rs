//! A list of which only the rows that can be seen stand in the page, kept up while one scrolls.

use super::measured::watch_height;
use crate::state::list_window::{Extent, Paper};
use leptos::html;
use leptos::prelude::*;
use std::ops::Range;

/// This many rows before the last one, the next page is asked for, so that scrolling does not wait for it.
const ASK_BEFORE: usize = 40;

#[derive(Clone, Copy)]
pub struct Windowed {
    /// The rows to keep in the page.
    pub seen: Memo<Range<usize>>,
    scroller: NodeRef<html::Div>,
    extent: Memo<Extent>,
    scroll_px: RwSignal<f64>,
    height_px: RwSignal<f64>,
    fixed_px: f64,
}

impl Windowed {
    /// `fixed_px` is the height of what stays at the edges of the list: its head, and its foot. While `printing` holds, all
    /// loaded rows are in the page.
    pub fn new(
        scroller: NodeRef<html::Div>,
        extent: Memo<Extent>,
        fixed_px: f64,
        printing: RwSignal<bool>,
    ) -> Self {
        let scroll_px = RwSignal::new(0.0);
        let height_px = RwSignal::new(600.0);
        watch_height(scroller, height_px);
        let seen = Memo::new(move |_| {
            let extent = extent.get();
            if printing.get() {
                extent.on_paper(Paper::Whole)
            } else {
                extent.visible(scroll_px.get(), height_px.get())
            }
        });
        Self { seen, scroller, extent, scroll_px, height_px, fixed_px }
    }

    /// Call this when the list was scrolled.
    pub fn scrolled(self) {
        if let Some(scroller) = self.scroller.get_untracked() {
            self.scroll_px.set(f64::from(scroller.scroll_top()));
        }
    }

    /// Height of the rows above those in the page, as a style.
    pub fn before(self) -> String {
        format!("{}px", self.extent.get().top_of(self.seen.get().start))
    }

    /// Height of the rows below them.
    pub fn after(self) -> String {
        let extent = self.extent.get();
        format!("{}px", extent.total_px() - extent.top_of(self.seen.get().end))
    }

    pub fn is_near_the_end(self) -> bool {
        self.seen.get().end + ASK_BEFORE >= self.extent.get().rows
    }

    /// Brings a row into sight.
    pub fn show(self, at: usize) {
        let (scroll, height) = (self.scroll_px.get_untracked(), self.height_px.get_untracked());
        if let Some(to) = self.extent.get_untracked().scroll_to_show(at, scroll, height, self.fixed_px) {
            self.scroll_to(to);
        }
    }

    pub fn to_the_top(self) {
        self.scroll_to(0.0);
    }

    /// The next key is meant for the list.
    pub fn focus(self) {
        if let Some(scroller) = self.scroller.get_untracked() {
            let _ = scroller.focus();
        }
    }

    #[allow(clippy::cast_possible_truncation)]
    fn scroll_to(self, top_px: f64) {
        if let Some(scroller) = self.scroller.get_untracked() {
            scroller.set_scroll_top(top_px.round() as i32);
        }
    }
}
