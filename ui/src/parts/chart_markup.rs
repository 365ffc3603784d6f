//! What stands in the day's chart once for each quarter hour, as markup: a hundred of each, which the webview reads in one go
//! in less time than they take to be made one by one.

use super::chart_shape::{Block, Column, Part};
use std::fmt::Write;

/// Says which quarter hour a stripe stands for.
pub const AT: &str = "data-at";

/// What the pointer meets.
pub fn stripes(columns: &[Column], height: f64) -> String {
    let mut markup = String::new();
    for (at, Column { slot_x, slot_width, .. }) in columns.iter().enumerate() {
        let _ = write!(
            markup,
            r#"<rect class="stripe" {AT}="{at}" x="{slot_x}" y="0" width="{slot_width}" height="{height}"/>"#
        );
    }
    markup
}

pub fn blocks(columns: &[Column]) -> String {
    let mut markup = String::new();
    for Block { part, x, y, width, height } in columns.iter().flat_map(|column| &column.boxes) {
        let class = match part {
            Part::Answered => "answered",
            Part::Other => "other",
            Part::Abandoned => "abandoned",
        };
        let _ = write!(
            markup,
            r#"<rect class="block {class}" x="{x}" y="{y}" width="{width}" height="{height}" rx="2"/>"#
        );
    }
    markup
}

/// A row of one cell for each text.
pub fn rows(texts: &[String]) -> String {
    let mut markup = String::new();
    for text in texts {
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        let _ = write!(markup, "<tr><td>{text}</td></tr>");
    }
    markup
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stays_a_text() {
        let texts = ["8:00: 3 < 4 & more".to_owned(), "8:15: none".to_owned()];
        assert_eq!(rows(&texts), "<tr><td>8:00: 3 &lt; 4 &amp; more</td></tr><tr><td>8:15: none</td></tr>");
    }

    #[test]
    fn every_quarter_hour_has_its_stripe_and_its_blocks() {
        let block = |part, y| Block { part, x: 31.5, y, width: 6.0, height: 20.0 };
        let columns = [
            Column {
                boxes: vec![block(Part::Answered, 80.0), block(Part::Abandoned, 60.0)],
                slot_x: 30.0,
                slot_width: 8.0,
            },
            Column { boxes: Vec::new(), slot_x: 38.0, slot_width: 8.0 },
        ];
        assert_eq!(
            stripes(&columns, 100.0),
            r#"<rect class="stripe" data-at="0" x="30" y="0" width="8" height="100"/><rect class="stripe" data-at="1" x="38" y="0" width="8" height="100"/>"#
        );
        assert_eq!(
            blocks(&columns),
            r#"<rect class="block answered" x="31.5" y="80" width="6" height="20" rx="2"/><rect class="block abandoned" x="31.5" y="60" width="6" height="20" rx="2"/>"#
        );
    }
}
