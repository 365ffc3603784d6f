//! What the desk holds, for the rooms' parts of it.

use super::*;

impl Desk {
    pub(crate) fn hand(&self) -> &Hand {
        &self.inner.hand
    }

    pub(crate) fn entering(&self) -> &Mutex<()> {
        &self.inner.entering
    }

    pub(crate) fn keying(&self) -> Arc<Mutex<()>> {
        Arc::clone(&self.inner.keying)
    }

    /// For tasks that end with the desk.
    pub(crate) fn weak(&self) -> WeakDesk {
        WeakDesk { inner: Arc::downgrade(&self.inner) }
    }

    pub(crate) fn is_demo(&self) -> bool {
        self.inner.demo
    }

    pub(crate) fn board(&self) -> &Board {
        &self.inner.board
    }

    pub(crate) fn keychain(&self) -> &dyn Keychain {
        self.inner.keychain.as_ref()
    }

    pub(crate) fn sources(&self) -> &Sources {
        &self.inner.sources
    }

    pub(crate) fn library(&self) -> &library::Library {
        &self.inner.library
    }

    pub(crate) fn library_arc(&self) -> Arc<library::Library> {
        Arc::clone(&self.inner.library)
    }

    pub(crate) fn reporting(&self) -> &Reporting {
        &self.inner.reporting
    }

    pub(crate) fn backups(&self) -> &Backups {
        &self.inner.backups
    }

    pub(crate) fn lock(&self) -> &crate::lock::Lock {
        &self.inner.lock
    }

    pub(crate) fn diagnostics(&self) -> &crate::diagnostics::Shown {
        &self.inner.diagnostics
    }

    pub(crate) fn start(&self) -> Start {
        self.inner.start
    }
}
