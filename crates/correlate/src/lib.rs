//! Facts in, calls out
