//! Which call is on which line of which node: a channel carries one call at a time.

use crate::conversation::Channel;
use model::CallId;
use model::fact::NodeId;
use rustc_hash::FxHashMap;

#[derive(Debug, Default)]
pub(crate) struct Channels {
    calls: FxHashMap<NodeId, FxHashMap<Box<str>, CallId>>,
}

impl Channels {
    pub(crate) fn get(&self, node: NodeId, name: &str) -> Option<CallId> {
        self.calls.get(&node)?.get(name).copied()
    }

    pub(crate) fn insert(&mut self, channel: &Channel, id: CallId) {
        if self.get(channel.node, &channel.name) != Some(id) {
            self.calls.entry(channel.node).or_default().insert(channel.name.as_str().into(), id);
        }
    }

    /// The call is not on it any more.
    pub(crate) fn release(&mut self, channel: &Channel, id: CallId) {
        if self.get(channel.node, &channel.name) == Some(id)
            && let Some(names) = self.calls.get_mut(&channel.node)
        {
            names.remove(channel.name.as_str());
        }
    }
}
