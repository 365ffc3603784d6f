//! The desktop shell, without logic.
