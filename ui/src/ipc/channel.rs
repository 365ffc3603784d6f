//! The stream of pushes. The shell sends each message with its index, and large messages take another way than small
//! ones, so they may overtake each other: [`InOrder`] puts them right.

use super::ask::{from_js, function, internals, invoke, set};
use contract::{Failure, Push};
use js_sys::{Object, Reflect};
use std::collections::BTreeMap;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// Asks for all pushes from now on; `heard` gets each in the order it was sent.
///
/// # Errors
/// When the shell refuses. A push that cannot be read is given as the failure it is.
pub async fn subscribe(mut heard: impl FnMut(Result<Push, Failure>) + 'static) -> Result<(), Failure> {
    let internals = internals()?;
    let mut in_order = InOrder::default();
    let callback = Closure::<dyn FnMut(JsValue)>::new(move |raw: JsValue| {
        let Some(index) = index_of(&raw) else { return };
        if Reflect::has(&raw, &JsValue::from_str("end")).unwrap_or(false) {
            return;
        }
        let message = Reflect::get(&raw, &JsValue::from_str("message")).unwrap_or(JsValue::NULL);
        for message in in_order.take(index, message) {
            heard(from_js(&message));
        }
    });
    // The subscription lives as long as the page, so its callback is never given back.
    let callback = callback.into_js_value();
    let id = function(&internals, "transformCallback")?
        .call2(&internals, callback.unchecked_ref(), &JsValue::FALSE)
        .ok()
        .and_then(|id| id.as_f64())
        .unwrap_or_default();
    let arguments = Object::new();
    set(&arguments, "channel", &JsValue::from_str(&format!("__CHANNEL__:{id}")))?;
    invoke("subscribe", &arguments).await.map(|_| ())
}

/// Gives numbered messages back in the order of their numbers, which begin at 0.
#[derive(Debug)]
pub struct InOrder<T> {
    next: u64,
    waiting: BTreeMap<u64, T>,
}

impl<T> Default for InOrder<T> {
    fn default() -> Self {
        Self { next: 0, waiting: BTreeMap::new() }
    }
}

impl<T> InOrder<T> {
    /// Takes a message in and gives out all that are due now. A number that was already given out is dropped.
    pub fn take(&mut self, index: u64, message: T) -> Vec<T> {
        if index >= self.next {
            self.waiting.insert(index, message);
        }
        let mut due = Vec::new();
        while let Some(message) = self.waiting.remove(&self.next) {
            due.push(message);
            self.next += 1;
        }
        due
    }
}

/// Indexes are counted from 0 and stay far below what a JavaScript number holds exactly.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn index_of(raw: &JsValue) -> Option<u64> {
    let index = Reflect::get(raw, &JsValue::from_str("index")).ok()?.as_f64()?;
    (index >= 0.0).then_some(index as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_that_overtook_another_waits_for_it() {
        let mut in_order = InOrder::default();
        assert!(in_order.take(1, "second").is_empty(), "the first has not come");
        assert_eq!(in_order.take(0, "first"), ["first", "second"], "both are due once the first is there");
        assert_eq!(in_order.take(2, "third"), ["third"], "from then on nothing waits");
    }

    #[test]
    fn a_message_that_comes_twice_is_heard_once() {
        let mut in_order = InOrder::default();
        assert_eq!(in_order.take(0, "first"), ["first"], "the first is due at once");
        assert!(in_order.take(0, "first").is_empty(), "its number was already given out");
    }
}
