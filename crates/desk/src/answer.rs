//! One way to ask the desk anything that the contract knows.

use contract::{Command, Failure};

/// The desk answers a command of the contract.
pub trait Answer<C: Command> {
    fn answer(&self, ask: C) -> impl Future<Output = Result<C::Reply, Failure>> + Send;
}
