//! Search from anywhere.

use crate::answer::Answer;
use crate::desk::Desk;
use crate::trouble::failure_of_store;
use crate::view;
use contract::Failure;
use contract::calls::Named;
use contract::search::{AskSearch, Found};

/// Of each kind; more would not be looked through.
const OF_EACH: u32 = 6;

impl Answer<AskSearch> for Desk {
    async fn answer(&self, ask: AskSearch) -> Result<Found, Failure> {
        let text = ask.text.trim();
        if text.is_empty() {
            return Ok(Found::default());
        }
        self.settle().await?;
        let begins = self.board().now().names.beginnings(text);
        let found = self.reader().search(text, &begins, OF_EACH).await.map_err(failure_of_store)?;
        let at = self.clock().now();
        let now = self.board().now();
        let named =
            |entry: &store::Named| Named { number: entry.number.clone(), name: Some(entry.name.clone()) };
        Ok(Found {
            people: found.people.iter().map(named).collect(),
            groups: found.groups.iter().map(named).collect(),
            numbers: found
                .numbers
                .into_iter()
                .map(|party| Named { number: party.number, name: party.name })
                .collect(),
            calls: found.calls.iter().map(|call| view::row(call, &now.names, at)).collect(),
        })
    }
}
