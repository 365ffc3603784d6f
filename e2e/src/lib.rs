//! Drives the real window
