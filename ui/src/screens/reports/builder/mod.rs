//! Putting a report together: what its rows are, which figures they have, how they are put in order and drawn. Beside it the
//! report itself is run with what is chosen, so that one sees what one gets.

pub mod columns;
pub mod finish;
pub mod panel;
pub mod rows;

pub use panel::Builder;
