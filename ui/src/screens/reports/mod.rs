//! Reports: what there is to run, one of them as a chart and a table, the calls behind its figures, the builder, and what
//! goes out on schedule.

pub mod bar;
pub mod behind;
pub mod builder;
pub mod chart;
pub mod conditions;
pub mod export;
pub mod head;
pub mod keys;
pub mod list;
pub mod period_menu;
pub mod row;
pub mod saving;
pub mod schedules;
pub mod screen;
pub mod table;
pub mod table_foot;
pub mod table_head;
pub mod taking_in;

pub use screen::ReportsScreen;
