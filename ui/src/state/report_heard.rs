//! What the desk says in reports, in the person's language: the standard ones' names, times, notes and tables. Names that
//! people gave stay as they are.

use crate::words::{all_heard, heard, spoken};
use contract::reports::{ReportView, Reports};

/// The standard reports by their names here; one's own as they are called.
pub fn reports(mut all: Reports) -> Reports {
    for report in &mut all.standard {
        let definition = &mut report.definition;
        definition.name = heard(std::mem::take(&mut definition.name));
        definition.says = heard(std::mem::take(&mut definition.says));
    }
    all
}

pub fn view(mut view: ReportView) -> ReportView {
    view.time = heard(view.time);
    view.before = view.before.map(heard);
    view.notes = all_heard(view.notes);
    view.table = spoken().hear_table(view.table);
    view
}
