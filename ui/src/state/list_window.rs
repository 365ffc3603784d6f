//! Which rows of a long list stand in the page: those that can be seen and a few beside them. Lengths are CSS pixels.

use std::ops::Range;

/// Rows beyond each edge, so that a quick flick does not show blank paper before the next painting.
const BESIDE: usize = 8;
/// Some forty pages.
const MOST_ON_PAPER: usize = 2_000;

/// What of a list paper gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    Whole,
    /// The opened row with its details, where one is opened.
    OpenedAlone,
}

/// A list of rows of one height, one of which may be opened and has its details under it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    pub rows: usize,
    pub row_px: f64,
    /// Which row is opened, and how high its details are.
    pub opened: Option<(usize, f64)>,
}

impl Extent {
    pub fn total_px(&self) -> f64 {
        self.top_of(self.rows)
    }

    /// Where a row begins. The details count for the rows after the opened one.
    #[allow(clippy::cast_precision_loss)]
    pub fn top_of(&self, index: usize) -> f64 {
        let details = self.opened.filter(|(opened, _)| *opened < index).map_or(0.0, |(_, px)| px);
        index as f64 * self.row_px + details
    }

    /// The rows to keep in the page when `height_px` is seen from `scroll_px` on.
    pub fn visible(&self, scroll_px: f64, height_px: f64) -> Range<usize> {
        let first = self.row_at(scroll_px).saturating_sub(BESIDE);
        let last = self.row_at(scroll_px + height_px) + 1 + BESIDE;
        first.min(self.rows)..last.min(self.rows)
    }

    /// The rows to lay out on paper: all that are loaded, up to what a person would still leaf through; of a list that
    /// has a row opened to be read, that row.
    pub fn on_paper(&self, paper: Paper) -> Range<usize> {
        match (paper, self.opened) {
            (Paper::OpenedAlone, Some((at, _))) if at < self.rows => at..at + 1,
            (Paper::OpenedAlone | Paper::Whole, _) => 0..self.rows.min(MOST_ON_PAPER),
        }
    }

    /// Where to scroll so that a row is seen whole, below a header of `header_px`; `None` when it already is.
    pub fn scroll_to_show(
        &self,
        index: usize,
        scroll_px: f64,
        height_px: f64,
        header_px: f64,
    ) -> Option<f64> {
        let top = self.top_of(index);
        let bottom = top + self.row_px + header_px;
        if top < scroll_px {
            return Some(top);
        }
        (bottom > scroll_px + height_px).then_some(bottom - height_px)
    }

    /// The row at a height; inside the details that is the opened one.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    fn row_at(&self, px: f64) -> usize {
        let plain = |px: f64| (px.max(0.0) / self.row_px) as usize;
        let Some((opened, details_px)) = self.opened else { return plain(px) };
        let details_top = self.top_of(opened) + self.row_px;
        if px < details_top {
            return plain(px);
        }
        if px < details_top + details_px { opened } else { plain(px - details_px) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MILLION: Extent = Extent { rows: 1_000_000, row_px: 38.0, opened: None };

    #[test]
    fn a_million_calls_keep_a_screenful_of_rows_in_the_page() {
        assert_eq!(MILLION.visible(0.0, 600.0), 0..24, "sixteen rows fit, eight more wait below");
        let middle = MILLION.visible(19_000_000.0, 600.0);
        assert_eq!(middle, 499_992..500_024, "eight wait above as well");
        let end = MILLION.visible(MILLION.total_px() - 600.0, 600.0);
        assert_eq!(end.end, 1_000_000, "nothing stands behind the last row");
    }

    #[test]
    fn an_opened_call_pushes_the_rows_below_it_down() {
        let extent = Extent { rows: 100, row_px: 38.0, opened: Some((2, 270.0)) };
        assert!((extent.top_of(2) - 76.0).abs() < 0.1, "the opened row itself does not move");
        assert!((extent.top_of(3) - 384.0).abs() < 0.1, "the next one stands below the details");
        assert_eq!(extent.visible(150.0, 100.0).end, 11, "inside the details no row more is seen");
    }

    #[test]
    fn scrolling_shows_a_row_whole_and_no_further() {
        assert_eq!(MILLION.scroll_to_show(3, 0.0, 600.0, 33.0), None, "row 3 is in sight");
        assert_eq!(MILLION.scroll_to_show(1, 100.0, 600.0, 33.0), Some(38.0), "up to its top edge");
        assert_eq!(MILLION.scroll_to_show(20, 0.0, 600.0, 33.0), Some(231.0), "down to its bottom edge");
    }

    #[test]
    fn paper_gets_what_a_person_would_leaf_through() {
        assert_eq!(MILLION.on_paper(Paper::Whole), 0..2_000, "not a room full of paper");
        let short = Extent { rows: 30, row_px: 38.0, opened: Some((4, 200.0)) };
        assert_eq!(short.on_paper(Paper::Whole), 0..30, "a short list whole");
        assert_eq!(short.on_paper(Paper::OpenedAlone), 4..5, "a call that is opened by itself");
    }

    #[test]
    fn an_empty_list_has_nothing_in_the_page() {
        let extent = Extent { rows: 0, row_px: 38.0, opened: None };
        assert_eq!(extent.visible(0.0, 600.0), 0..0, "there are no rows");
    }
}
