//! People and names: who has which extension and since when, and what groups and trunks are called.

pub mod import;
pub mod numbers;
pub mod people;
pub mod person_form;
pub mod screen;
pub mod unmapped;

pub use screen::DirectoryScreen;
