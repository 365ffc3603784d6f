//! Keys of a report: the rows and figures of its table, the calls behind one, and the way back.

use crate::parts::keyboard::{floats_above, has_modifier, is_typing, on_a_button};
use crate::state::report_sheet::Sheet;
use crate::state::reports::{Mode, Reports};
use leptos::html;
use leptos::prelude::*;

/// How far Page Up and Page Down move: a little less than a screenful, so that one keeps one's place.
const PAGE_ROWS: usize = 12;

/// True when the key was meant for the report.
pub fn hear_key(
    reports: Reports,
    filter_text: NodeRef<html::Input>,
    table: NodeRef<html::Div>,
    event: &web_sys::KeyboardEvent,
) -> bool {
    if has_modifier(event) || floats_above(event) || is_typing(event) {
        return false;
    }
    let key = event.key();
    if key == "/" {
        let Some(input) = filter_text.get_untracked() else { return false };
        let _ = input.focus();
        input.select();
        return true;
    }
    let heard = match reports.behind.figure.with_untracked(Option::is_some) {
        true => hear_behind(reports, &key, on_a_button(event)),
        false => hear_table(reports, &key, on_a_button(event)),
    };
    // The next Enter is meant for the list.
    if heard
        && key != "Escape"
        && let Some(table) = table.get_untracked()
    {
        let _ = table.focus();
    }
    heard
}

fn hear_table(reports: Reports, key: &str, is_on_a_button: bool) -> bool {
    let rows = reports.sheet.with_untracked(|sheet| sheet.as_ref().map_or(0, Sheet::len));
    let Some(last) = rows.checked_sub(1) else { return key == "Escape" && leave(reports) };
    let now = reports.at.get_untracked();
    match key {
        "Enter" if !is_on_a_button => open_row(reports),
        "Escape" => leave(reports),
        "ArrowRight" | "ArrowLeft" => move_figure(reports, key == "ArrowRight"),
        _ => {
            let Some(to) = moved(key, now, last) else { return false };
            reports.at.set(Some(to));
            true
        }
    }
}

fn hear_behind(reports: Reports, key: &str, is_on_a_button: bool) -> bool {
    let behind = reports.behind;
    match key {
        "Enter" if !is_on_a_button => {
            let selected = behind.selected.get_untracked();
            if selected.is_some() {
                behind.opened.update(|opened| *opened = if *opened == selected { None } else { selected });
            }
            true
        }
        "Escape" if behind.opened.with_untracked(Option::is_some) => {
            behind.opened.set(None);
            true
        }
        "Escape" => {
            behind.close();
            true
        }
        _ => {
            let found = behind.list.with_untracked(|list| {
                let last = list.rows().len().checked_sub(1)?;
                let now = behind.selected.with_untracked(|id| id.as_deref().and_then(|id| list.index_of(id)));
                list.rows().get(moved(key, now, last)?).map(|listed| listed.row.id.clone())
            });
            let Some(id) = found else { return false };
            behind.selected.set(Some(id));
            true
        }
    }
}

/// Which row a key goes to; `None` for another key.
fn moved(key: &str, now: Option<usize>, last: usize) -> Option<usize> {
    let at = now.unwrap_or_default();
    let to = match key {
        "ArrowDown" => now.map_or(0, |at| at + 1),
        "ArrowUp" => at.saturating_sub(1),
        "PageDown" => at + PAGE_ROWS,
        "PageUp" => at.saturating_sub(PAGE_ROWS),
        "Home" => 0,
        "End" => last,
        _ => return None,
    };
    Some(to.min(last))
}

/// The calls behind the row or its figure; of a detail row, the call itself.
fn open_row(reports: Reports) -> bool {
    let Some(at) = reports.at.get_untracked() else { return true };
    let is_detail = reports.sheet.with_untracked(|sheet| sheet.as_ref().is_some_and(Sheet::is_detail));
    if is_detail {
        reports.opened.update(|opened| *opened = if *opened == Some(at) { None } else { Some(at) });
        return true;
    }
    match reports.column.get_untracked() {
        Some(column) => super::row::look_behind_figure(reports, at, column),
        None => super::row::look_behind_row(reports, at),
    }
    true
}

fn leave(reports: Reports) -> bool {
    if reports.opened.with_untracked(Option::is_some) {
        reports.opened.set(None);
    } else if reports.column.with_untracked(Option::is_some) {
        reports.column.set(None);
    } else if reports.at.with_untracked(Option::is_some) {
        reports.at.set(None);
    } else {
        return reports.mode.get_untracked() == Mode::Building;
    }
    true
}

fn move_figure(reports: Reports, is_right: bool) -> bool {
    let columns =
        reports.sheet.with_untracked(|sheet| sheet.as_ref().map_or(0, |sheet| sheet.table().columns.len()));
    if reports.at.with_untracked(Option::is_none) || columns == 0 {
        return false;
    }
    reports.column.update(|column| {
        *column = match (*column, is_right) {
            (None, true) => Some(0),
            (None | Some(0), false) => None,
            (Some(at), true) => Some((at + 1).min(columns - 1)),
            (Some(at), false) => Some(at - 1),
        };
    });
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_stay_within_the_rows() {
        assert_eq!(moved("ArrowDown", None, 9), Some(0), "the first key goes to the first row");
        assert_eq!(moved("PageDown", Some(3), 9), Some(9), "not beyond the last");
        assert_eq!(moved("ArrowUp", Some(0), 9), Some(0), "not before the first");
        assert_eq!(moved("x", Some(0), 9), None, "another key is not for the list");
    }
}
