//! What a call costs by a carrier's rates. Amounts are whole numbers of 1/10,000 of the currency.
//!
//! Each second costs what its price is at its time: the longest prefix that has a price then, in the first band of the
//! table that fits and has one for that prefix, else the prefix's price without a band. Seconds times prices are summed
//! exactly; once, at the end, the sum is rounded to 1/10,000, half up. Then come the connect fee and the minimum.
//!
//! Deliberately absent: the disk, calls, which table is whose.

mod amount;
mod check;
mod cost;
mod csv;
mod sheet;
mod table;
mod week;
mod words;

pub use check::check;
pub use cost::{Charged, Number, cost};
pub use csv::{BadLine, Read, read_csv};
pub use table::{Band, Rate, Table};
