//! The window: Leptos screens over the contract.
