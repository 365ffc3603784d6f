//! The chart of a report, above its table.

use crate::parts::plot::PlotView;
use crate::parts::plot_data::{Height, plot};
use crate::parts::writing::Local;
use crate::state::look::Charts;
use crate::state::use_office;
use leptos::prelude::*;

/// In less than this the table would be left with a few lines: the chart gives way.
const LOW_ROOM_PX: f64 = 600.0;

#[component]
pub fn ChartCard(
    /// Height of the room that chart and table share.
    room_px: RwSignal<f64>,
) -> impl IntoView {
    let office = use_office();
    let reports = office.reports;
    let height = Memo::new(move |_| if room_px.get() < LOW_ROOM_PX { Height::Low } else { Height::Usual });
    let drawn = Memo::new(move |_| {
        if office.prefs.charts.get() == Charts::Hidden {
            return None;
        }
        let chart = reports.definition.with(|definition| definition.as_ref()?.chart.clone())?;
        reports.sheet.with(|sheet| plot(sheet.as_ref()?, &chart, height.get()))
    });
    let chosen = Callback::new(move |(row, column): (usize, usize)| {
        let place = reports.sheet.with_untracked(|sheet| sheet.as_ref()?.place_of(row));
        if let Some(at) = place {
            super::row::look_behind_figure(reports, at, column);
        }
    });
    move || {
        drawn.get().map(|plot| {
            let title = reports.definition.with_untracked(|definition| {
                definition.as_ref().map(|definition| definition.name.clone()).unwrap_or_default()
            });
            let writing = Local { zone: office.zone.get_untracked() };
            view! { <div class="card report-chart"><PlotView plot height=height.get_untracked() title writing chosen /></div> }
        })
    }
}
