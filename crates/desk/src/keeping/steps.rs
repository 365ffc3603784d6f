//! The steps of acts on files, told before each, so that a test can end an act there as a kill would.

use crate::trouble::closed;
use contract::Failure;
use std::sync::{Mutex, PoisonError};

/// Says of a step whether it is still done.
type Watch = Box<dyn Fn(&'static str) -> bool + Send>;

#[derive(Default)]
pub(crate) struct Steps(Mutex<Option<Watch>>);

impl Steps {
    /// No step is begun any more.
    pub(crate) fn end(&self) {
        self.set(Box::new(|_| false));
    }

    fn set(&self, watch: Watch) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(watch);
    }

    #[cfg(test)]
    pub(crate) fn watch(&self, watch: impl Fn(&'static str) -> bool + Send + 'static) {
        self.set(Box::new(watch));
    }

    pub(crate) fn before(&self, step: &'static str) -> Result<(), Failure> {
        match &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(watch) if !watch(step) => Err(closed()),
            _ => Ok(()),
        }
    }
}
