//! Reports as files, read back by other programs.

mod chart;
mod csv;
mod german;
mod json;
mod office;
mod pdf;
mod standard;
mod xlsx;
