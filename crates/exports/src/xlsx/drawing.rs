//! The chart as the spreadsheet's own, so that it can be changed and copied: over the rows of the report where it draws
//! their columns, else over a small table beside it. A heat map is a table with shaded cells.

use super::{report, sheet_column};
use crate::paper::Paper;
use crate::pivot::{Along, Pivot};
use model::report::{ChartKind, Row, Unit};
use rust_xlsxwriter::{
    Chart, ChartType, ConditionalFormat2ColorScale, Format, Workbook, Worksheet, XlsxError,
};
use words::Language;

const DAY_MS: f64 = 86_400_000.0;
/// The same colours as in the window and the PDF.
const COLOURS: [u32; 6] = [0x4F_46E5, 0xEA_8A3C, 0x1F_9E89, 0xD1_495B, 0x6F_B6E6, 0x8D_6E4F];

pub(super) fn add(book: &mut Workbook, paper: &Paper, rows: &[Row]) -> Result<(), XlsxError> {
    let drawn = paper
        .chart
        .as_ref()
        .and_then(|chart| Pivot::of(&paper.keys, &paper.columns, rows, chart, paper.language));
    let Some(pivot) = drawn else { return Ok(()) };
    let sheet = book.add_worksheet();
    sheet.set_name(own_sheet(paper.language))?.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    if pivot.kind == ChartKind::Heat {
        return heat(sheet, &pivot);
    }
    if !pivot.is_plain {
        table(sheet, &pivot, Lying::Down)?;
    }
    let chart = chart(paper, &pivot);
    let beside = if pivot.is_plain { 1 } else { place(pivot.series.len() + 2) };
    sheet.insert_chart(1, beside, &chart)?;
    Ok(())
}

fn own_sheet(language: Language) -> &'static str {
    language.say("Chart")
}

fn chart(paper: &Paper, pivot: &Pivot) -> Chart {
    let mut chart = Chart::new(chart_type(pivot));
    let last = u32::try_from(pivot.categories.len()).unwrap_or(u32::MAX);
    for (at, series) in pivot.series.iter().enumerate() {
        let (sheet, key, figures) = if pivot.is_plain {
            (report(paper.language), 0, sheet_column(paper, series.column))
        } else {
            (own_sheet(paper.language), 0, place(at + 1))
        };
        let drawn = chart.add_series();
        drawn.set_name((sheet, 0, figures));
        drawn.set_categories((sheet, 1, key, last, key));
        drawn.set_values((sheet, 1, figures, last, figures));
        let colour = COLOURS[at % COLOURS.len()];
        match pivot.kind {
            ChartKind::Line => {
                drawn.set_format(rust_xlsxwriter::ChartLine::new().set_color(colour).set_width(1.75));
            }
            ChartKind::Bar | ChartKind::Stacked | ChartKind::Heat => {
                drawn.set_format(rust_xlsxwriter::ChartSolidFill::new().set_color(colour)).set_gap(60);
            }
        }
    }
    chart.title().set_name(&pivot.title());
    let many = u32::try_from(pivot.categories.len()).unwrap_or(u32::MAX);
    let height = if pivot.along == Along::Names { many.saturating_mul(22).clamp(280, 900) } else { 380 };
    chart.set_width(960).set_height(height);
    if pivot.series.len() < 2 {
        chart.legend().set_hidden();
    }
    // The library names the axes of lying bars by where they are drawn, not by what is on them.
    let lies = pivot.along == Along::Names;
    if let Some(format) = axis_format(pivot.unit) {
        let values = if lies { chart.x_axis() } else { chart.y_axis() };
        values.set_num_format(format);
    }
    if lies {
        // The first row on top, as in the table.
        chart.y_axis().set_reverse();
    }
    chart
}

fn chart_type(pivot: &Pivot) -> ChartType {
    match (pivot.kind, pivot.along) {
        (ChartKind::Line, Along::Time) => ChartType::Line,
        (ChartKind::Stacked, Along::Time) => ChartType::ColumnStacked,
        (ChartKind::Stacked, Along::Names) => ChartType::BarStacked,
        (ChartKind::Bar | ChartKind::Heat, Along::Time) => ChartType::Column,
        (ChartKind::Bar | ChartKind::Heat | ChartKind::Line, Along::Names) => ChartType::Bar,
    }
}

/// Which way categories go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lying {
    Down,
    Across,
}

/// Series and categories with their names in the first row and column.
fn table(sheet: &mut Worksheet, pivot: &Pivot, lying: Lying) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let figure = Format::new().set_num_format(axis_format(pivot.unit).unwrap_or("#,##0.##"));
    let spot = |series: usize, category: usize| match lying {
        Lying::Down => (line(category), place(series)),
        Lying::Across => (line(series), place(category)),
    };
    for (at, name) in pivot.categories.iter().enumerate() {
        let (row, column) = spot(0, at + 1);
        sheet.write_string_with_format(row, column, name, &bold)?;
    }
    for (at, series) in pivot.series.iter().enumerate() {
        let (row, column) = spot(at + 1, 0);
        sheet.write_string_with_format(row, column, &series.name, &bold)?;
        for (category, value) in series.values.iter().enumerate() {
            let Some(value) = value else { continue };
            let value = if pivot.unit == Unit::Length { value / DAY_MS } else { *value };
            let (row, column) = spot(at + 1, category + 1);
            sheet.write_number_with_format(row, column, value, &figure)?;
        }
    }
    sheet.set_column_width(0, 22)?;
    Ok(())
}

fn heat(sheet: &mut Worksheet, pivot: &Pivot) -> Result<(), XlsxError> {
    table(sheet, pivot, Lying::Across)?;
    let shades = ConditionalFormat2ColorScale::new().set_minimum_color("FFFFFF").set_maximum_color("4F46E5");
    let (last_row, last_column) = (line(pivot.series.len()), place(pivot.categories.len()));
    sheet.add_conditional_format(1, 1, last_row, last_column, &shades)?;
    sheet.set_freeze_panes(1, 1)?;
    Ok(())
}

fn axis_format(unit: Unit) -> Option<&'static str> {
    match unit {
        Unit::Length => Some("[h]:mm:ss"),
        Unit::Share => Some("0%"),
        Unit::Money => Some("#,##0.00"),
        Unit::Count => Some("#,##0"),
        Unit::Number | Unit::At | Unit::Text => None,
    }
}

fn line(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn place(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}
