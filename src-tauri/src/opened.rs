//! The desk as the commands find it: being opened, open, or not to be opened.

use contract::{Command, Failure, FailureCode};
use desk::{Answer, Desk};
use tokio::sync::watch;

/// The window is on the screen while the library is still being opened; what it asks meanwhile waits here. A library
/// that cannot be opened answers everything with the reason, so that the screens can say it.
pub(crate) struct Opened(watch::Receiver<Option<Result<Desk, Failure>>>);

/// Where the outcome is put: of each time that it is tried to open it.
pub(crate) type Opener = watch::Sender<Option<Result<Desk, Failure>>>;

impl Opened {
    pub(crate) fn soon() -> (Opener, Opened) {
        let (opener, opened) = watch::channel(None);
        (opener, Opened(opened))
    }

    /// The desk for whoever does more than ask: refused while the lock is closed.
    pub(crate) async fn desk(&self) -> Result<Desk, Failure> {
        let desk = self.whole().await?;
        desk.is_open()?;
        Ok(desk)
    }

    /// The desk, locked or not: what it pushes is silent by itself while it is locked.
    pub(crate) async fn whole(&self) -> Result<Desk, Failure> {
        let mut opened = self.0.clone();
        match opened.wait_for(Option::is_some).await {
            Ok(outcome) => outcome.clone().unwrap_or_else(|| Err(never_opened())),
            Err(_) => Err(never_opened()),
        }
    }

    /// For commands that do without the desk: refused while the lock is closed. A library that cannot be opened has no
    /// lock, and a newer version may be what it needs.
    pub(crate) fn may_be_used(&self) -> Result<(), Failure> {
        self.now().map_or(Ok(()), |desk| desk.is_open())
    }

    /// The desk when it is open by now.
    pub(crate) fn now(&self) -> Option<Desk> {
        self.0.borrow().as_ref().and_then(|outcome| outcome.as_ref().ok()).cloned()
    }

    /// What came of opening it, and of each time that it was tried again.
    pub(crate) fn outcomes(&self) -> watch::Receiver<Option<Result<Desk, Failure>>> {
        self.0.clone()
    }

    pub(crate) async fn answer<C>(&self, ask: C) -> Result<C::Reply, Failure>
    where
        C: Command,
        Desk: Answer<C>,
    {
        self.whole().await?.ask(ask).await
    }
}

fn never_opened() -> Failure {
    Failure { code: FailureCode::Internal, message: "CallDoc is closing.".to_owned(), detail: None }
}

#[cfg(test)]
mod tests {
    use super::Opened;
    use contract::about::AskAbout;
    use contract::{Failure, FailureCode};

    #[tokio::test]
    async fn a_library_that_cannot_be_opened_answers_with_the_reason() {
        let (opener, opened) = Opened::soon();
        let failure =
            Failure { code: FailureCode::Library, message: "It is locked.".to_owned(), detail: None };
        let asked_early = async { opened.answer(AskAbout {}).await };
        let told = async { opener.send_replace(Some(Err(failure.clone()))) };
        let (answer, _) = tokio::join!(asked_early, told);
        assert_eq!(answer, Err(failure.clone()), "who asked before it was known waits for the reason");
        assert_eq!(opened.answer(AskAbout {}).await, Err(failure), "who asks later hears the same");
    }

    #[tokio::test]
    async fn a_program_that_ends_while_opening_lets_nobody_wait() {
        let (opener, opened) = Opened::soon();
        drop(opener);
        assert!(opened.whole().await.is_err(), "nothing will come any more");
    }
}
