//! The stretch that the pointer or the keys are at. All lines are heard in one place: which line it is, the page tells.

use super::finder::Finder;
use super::row::stretches_now;
use super::table::Drawn;
use crate::parts::agent_look::hook;
use crate::parts::clock::Style;
use crate::parts::measured::share_at;
use crate::parts::people_words::{Going, stretch as stretch_words};
use crate::state::day_columns::Columns;
use crate::state::people_day::is_on_a_call;
use crate::state::{Office, use_office};
use crate::words::say;
use contract::people::Stretch;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlTableRowElement};

/// Beyond this share of the day, what is told stands to the left of the pointer, so that it is not cut off.
const TELL_TO_THE_LEFT_FROM: f64 = 0.6;

#[derive(Clone, Copy)]
pub struct Pointing {
    office: Office,
    drawn: Drawn,
    finder: Finder,
    /// The line, by its place in the table, and the stretch in it.
    at: RwSignal<Option<(usize, usize)>>,
    /// The line that is pointed at, as it is drawn.
    line: Memo<Option<Line>>,
    /// Where the keys are, to come out at the same time in the next line.
    column: RwSignal<Option<usize>>,
}

#[derive(Clone, PartialEq)]
struct Line {
    index: usize,
    extensions: Vec<String>,
    stretches: Vec<Stretch>,
    columns: Columns,
}

/// What is pointed at.
#[derive(Clone, Copy, PartialEq)]
struct Pointed {
    line: usize,
    index: usize,
    stretch: Stretch,
    going: Going,
    /// First column and how many.
    place: (usize, usize),
}

impl Pointing {
    pub fn new(drawn: Drawn) -> Self {
        let office = use_office();
        let at = RwSignal::new(None::<(usize, usize)>);
        let index = Memo::new(move |_| at.get().map(|(line, _)| line));
        let line = Memo::new(move |_| line_of(office, drawn, index.get()?));
        Self { office, drawn, finder: Finder::new(), at, line, column: RwSignal::new(None) }
    }

    fn pointed(self) -> Option<Pointed> {
        let (line, index) = self.at.get()?;
        self.line.with(|known| {
            let known = known.as_ref().filter(|known| known.index == line)?;
            let is_last = index + 1 == known.stretches.len();
            let going = if is_last && self.drawn.until_ms.get().is_some() { Going::On } else { Going::Over };
            let stretch = *known.stretches.get(index)?;
            Some(Pointed { line, index, stretch, going, place: known.columns.place_of(index)? })
        })
    }

    fn words(self) -> Option<String> {
        let mut pointed = self.pointed()?;
        if pointed.going == Going::On {
            pointed.stretch.to_ms = self.office.now_ms.get();
        }
        Some(stretch_words(pointed.stretch, pointed.going, |at_ms| self.office.clock(Style::Second, at_ms)))
    }

    /// Points at what a column of a line shows.
    fn point(self, line: usize, of: impl FnOnce(&Columns) -> Option<usize>) {
        let known = self.line.with_untracked(|known| {
            known.as_ref().filter(|known| known.index == line).map(|known| known.columns.clone())
        });
        let columns =
            known.or_else(|| untrack(|| line_of(self.office, self.drawn, line)).map(|line| line.columns));
        let next = columns.and_then(|columns| of(&columns)).map(|index| (line, index));
        if self.at.get_untracked() != next {
            self.at.set(next);
        }
    }

    pub fn leave(self) {
        // The browser tells of a lost focus also when a line is taken out of the page.
        if self.at.try_get_untracked().flatten().is_some() {
            self.at.set(None);
        }
    }

    pub fn follow(self, event: &web_sys::MouseEvent) {
        let Some((line, strip)) = strip_of(event) else { return self.leave() };
        let rect = strip.get_bounding_client_rect();
        let zoom = f64::from(self.office.prefs.zoom_percent.get_untracked()) / 100.0;
        let place = (rect.left(), rect.width());
        let share = share_at(f64::from(event.client_x()), place, f64::from(strip.offset_width()), zoom);
        let column = column_at(share, self.drawn.width_px.get_untracked());
        self.point(line, |columns| columns.at(column));
        // On the one line only: a class on the table would have the browser look at all of them.
        let leads = untrack(|| self.pointed()).is_some_and(|pointed| is_on_a_call(pointed.stretch.state));
        let _ = strip.class_list().toggle_with_force("leads", leads);
    }

    pub fn click(self, event: &web_sys::MouseEvent) {
        if strip_of(event).is_some() {
            self.follow(event);
            self.open();
        }
    }

    /// The focus came to a line. A click brings it as well, and points at something already.
    pub fn arrive(self, event: &web_sys::FocusEvent) {
        let Some((line, strip)) = strip_of(event) else { return };
        let key = self.office.people.rows.with_untracked(|rows| rows.get(line).map(|row| row.key.clone()));
        self.move_tab_stop(&strip);
        self.drawn.tab_row.set(key);
        if self.at.get_untracked().is_some_and(|(at, _)| at == line) {
            return;
        }
        let column = self.column.get_untracked();
        self.point(line, |columns| {
            column.and_then(|column| columns.at(column)).or_else(|| columns.seen().last().copied())
        });
    }

    pub fn press(self, event: &web_sys::KeyboardEvent) {
        let modified = event.shift_key() || event.ctrl_key() || event.meta_key() || event.alt_key();
        let Some((line, strip)) = strip_of(event).filter(|_| !modified) else { return };
        let key = event.key();
        match key.as_str() {
            "Enter" | " " => self.open(),
            "ArrowUp" | "ArrowDown" => to_next_line(&strip, &key),
            "ArrowLeft" | "ArrowRight" | "Home" | "End" => self.walk(line, &key),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    }

    fn walk(self, line: usize, key: &str) {
        let at = self.at.get_untracked().map(|(_, index)| index);
        self.point(line, |columns| {
            let seen = columns.seen();
            let last = seen.len().checked_sub(1)?;
            let place = at.and_then(|index| seen.iter().position(|shown| *shown == index));
            let to = match (key, place) {
                ("ArrowLeft", Some(place)) => place.saturating_sub(1),
                ("ArrowRight", Some(place)) => (place + 1).min(last),
                ("Home", _) => 0,
                _ => last,
            };
            self.column.set(columns.place_of(seen[to]).map(|(x, width)| x + width / 2));
            Some(seen[to])
        });
    }

    fn open(self) {
        let Some(pointed) = untrack(|| self.pointed()) else { return };
        let extensions = self.line.with_untracked(|line| line.as_ref().map(|line| line.extensions.clone()));
        if let Some(extensions) = extensions.filter(|_| is_on_a_call(pointed.stretch.state)) {
            self.finder.go(extensions, pointed.stretch);
        }
    }

    /// Tab leads to one line, the one that was left last.
    fn move_tab_stop(self, strip: &HtmlElement) {
        let body = strip.closest("tbody").ok().flatten();
        let before = body.and_then(|body| body.query_selector(".day-strip[tabindex='0']").ok().flatten());
        if let Some(before) = before {
            let _ = before.set_attribute("tabindex", "-1");
        }
        let _ = strip.set_attribute("tabindex", "0");
    }
}

/// A frame around the stretch and what it was; for screen readers, the line that has the focus says it as its value.
#[component]
pub fn PointedStretch(pointing: Pointing) -> impl IntoView {
    let pointed = Memo::new(move |_| pointing.pointed());
    let words = Memo::new(move |_| pointing.words());
    Effect::new(move |_| {
        let (Some(pointed), Some(words)) = (pointed.get(), words.get()) else { return };
        let focused =
            document().active_element().filter(|element| element.class_list().contains("day-strip"));
        if let Some(strip) = focused {
            let most =
                pointing.line.with_untracked(|line| line.as_ref().map_or(0, |line| line.stretches.len()));
            let _ = strip.set_attribute("aria-valuemax", &most.saturating_sub(1).to_string());
            let _ = strip.set_attribute("aria-valuenow", &pointed.index.to_string());
            let _ = strip.set_attribute("aria-valuetext", &words);
        }
    });
    move || {
        let pointed = pointed.get()?;
        let (left_px, top_px, width_px, height_px) = place_of(pointed.line)?;
        #[allow(clippy::cast_precision_loss)]
        let share = |px: usize| px as f64 / pointing.drawn.width_px.get_untracked().max(1) as f64;
        let (from, wide) = (share(pointed.place.0), share(pointed.place.1));
        let (to_the_left, on_top) = (from > TELL_TO_THE_LEFT_FROM, pointed.line == 0);
        let state = pointed.stretch.state;
        Some(view! {
            <div
                class="pointed-stretch"
                style:left=format!("{}px", left_px + from * width_px)
                style:width=format!("{}px", (wide * width_px).max(2.0))
                style:top=format!("{}px", top_px + height_px / 2.0)
                data-testid="people-stretch"
                data-state=hook(state)
                data-from-ms=pointed.stretch.from_ms.to_string()
                data-to-ms=pointed.stretch.to_ms.to_string()
            >
                <div class="stretch-tip" class:end=to_the_left class:below=on_top aria-hidden="true">
                    {words}
                    {is_on_a_call(state).then(|| view! { <span class="faint">" · "{say("click to show the call")}</span> })}
                </div>
            </div>
        })
    }
}

fn line_of(office: Office, drawn: Drawn, index: usize) -> Option<Line> {
    let row = office.people.rows.with(|rows| rows.get(index).cloned())?;
    let stretches = stretches_now(office, &row, drawn.until_ms.get());
    let columns = Columns::paint(&stretches, drawn.scale.get(), drawn.width_px.get());
    let extensions = row.day.with(|day| day.extensions.iter().map(|e| e.extension.clone()).collect());
    Some(Line { index, extensions, stretches, columns })
}

/// The day that an event is about, and the place of its line.
fn strip_of(event: &web_sys::Event) -> Option<(usize, HtmlElement)> {
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let strip = target.closest(".day-strip").ok().flatten()?.dyn_into::<HtmlElement>().ok()?;
    let row = strip.closest("tr").ok().flatten()?.dyn_into::<HtmlTableRowElement>().ok()?;
    Some((usize::try_from(row.section_row_index()).ok()?, strip))
}

/// Left, top, width and height of a line's day within the table.
fn place_of(line: usize) -> Option<(f64, f64, f64, f64)> {
    let selector = format!(".people-table tbody tr:nth-child({}) .p-day", line + 1);
    let cell = document().query_selector(&selector).ok().flatten()?.dyn_into::<HtmlElement>().ok()?;
    let sizes =
        [cell.offset_left(), cell.offset_top(), cell.offset_width(), cell.offset_height()].map(f64::from);
    let [left, top, width, height] = sizes;
    Some((left, top, width, height))
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
fn column_at(share: f64, width_px: usize) -> usize {
    ((share * width_px as f64) as usize).min(width_px.saturating_sub(1))
}

/// Moves the focus to the day above or below.
fn to_next_line(strip: &HtmlElement, key: &str) {
    let row = strip.closest("tr").ok().flatten();
    let next = row.and_then(|row| match key {
        "ArrowUp" => row.previous_element_sibling(),
        _ => row.next_element_sibling(),
    });
    let strip = next.and_then(|row| row.query_selector(".day-strip").ok().flatten());
    if let Some(strip) = strip.and_then(|strip| strip.dyn_into::<HtmlElement>().ok()) {
        let _ = strip.focus();
    }
}
