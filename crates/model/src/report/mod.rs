//! Reports as data: what is asked ([`Definition`]), in which words ([`Measure`], [`Dimension`], [`Field`]), of which calls
//! ([`Condition`]), and what comes out ([`Table`]).

mod condition;
mod definition;
mod dimension;
mod field;
mod hours;
mod measure;
mod table;

pub use condition::{Condition, EventStep, GroupRef, NumberMatch, Spot, Timing, Who};
pub use definition::{Chapter, Chart, ChartKind, Definition, FORMAT, Hours, Period, Rows, Sort, Style};
pub use dimension::{Dimension, Scope};
pub use field::Field;
pub use hours::{BusinessHours, DayRule, HoursOf, OfficeHours, Open};
pub use measure::{Measure, Unit};
pub use table::{Column, Key, Row, Table, Value};
