//! One question to the desk and its answer.

use super::{early, locked};
use contract::{Command, Failure, FailureCode};
use js_sys::{Array, Function, JSON, Object, Promise, Reflect};
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Asks and waits for the answer.
///
/// # Errors
/// What the desk says, or an internal failure when the page does not run in CallDoc's window or the answer has another
/// shape than the contract's.
pub async fn ask<C: Command>(request: &C) -> Result<C::Reply, Failure> {
    let answer = answer(request).await.inspect_err(|failure| {
        if failure.code == FailureCode::Locked {
            locked::enter();
        }
    })?;
    from_js(&answer)
}

async fn answer<C: Command>(request: &C) -> Result<JsValue, Failure> {
    if let Some(early) = early::take(C::NAME) {
        return JsFuture::from(early).await.map_err(|rejected| refusal(&rejected));
    }
    let arguments = Object::new();
    set(&arguments, "ask", &to_js(request)?)?;
    invoke(C::NAME, &arguments).await
}

/// Calls a command of the shell by name with its arguments.
pub(super) async fn invoke(name: &str, arguments: &Object) -> Result<JsValue, Failure> {
    let internals = internals()?;
    let invoke = function(&internals, "invoke")?;
    let promise = invoke
        .call2(&internals, &JsValue::from_str(name), arguments)
        .map_err(|thrown| refusal(&thrown))?
        .dyn_into::<Promise>()
        .map_err(|other| refusal(&other))?;
    JsFuture::from(promise).await.map_err(|rejected| refusal(&rejected))
}

/// What the webview's shell gives a page to talk with.
pub(super) fn internals() -> Result<JsValue, Failure> {
    let found = Reflect::get(&js_sys::global(), &JsValue::from_str("__TAURI_INTERNALS__"));
    match found {
        Ok(internals) if internals.is_object() => Ok(internals),
        Ok(_) | Err(_) => Err(broken("This page only works inside the CallDoc window.", None)),
    }
}

pub(super) fn function(of: &JsValue, name: &str) -> Result<Function, Failure> {
    Reflect::get(of, &JsValue::from_str(name))
        .ok()
        .and_then(|found| found.dyn_into::<Function>().ok())
        .ok_or_else(|| broken("This page only works inside the CallDoc window.", Some(format!("no {name}"))))
}

pub(super) fn set(object: &Object, name: &str, value: &JsValue) -> Result<(), Failure> {
    Reflect::set(object, &JsValue::from_str(name), value).map(|_| ()).map_err(|thrown| refusal(&thrown))
}

pub(super) fn from_js<T: DeserializeOwned>(value: &JsValue) -> Result<T, Failure> {
    let text = json_text(value);
    serde_json::from_str(&text).map_err(|error| {
        broken("CallDoc's window and its engine do not understand each other.", Some(error.to_string()))
    })
}

fn to_js<T: Serialize>(value: &T) -> Result<JsValue, Failure> {
    let text = serde_json::to_string(value)
        .map_err(|error| broken("This could not be asked.", Some(error.to_string())))?;
    JSON::parse(&text).map_err(|thrown| refusal(&thrown))
}

/// `undefined` has no JSON text; commands without an answer give it, and it reads as `null`.
fn json_text(value: &JsValue) -> String {
    JSON::stringify(value).ok().and_then(|text| text.as_string()).unwrap_or_else(|| "null".to_owned())
}

/// A rejection is the contract's failure; what the shell itself refuses is a bare string.
fn refusal(rejected: &JsValue) -> Failure {
    if let Ok(failure) = serde_json::from_str::<Failure>(&json_text(rejected)) {
        return failure;
    }
    let detail = rejected
        .as_string()
        .or_else(|| rejected.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message())))
        .unwrap_or_else(|| String::from(Array::of1(rejected).join("")));
    broken("CallDoc could not answer this. Closing and opening it again may help.", Some(detail))
}

fn broken(message: &str, detail: Option<String>) -> Failure {
    Failure { code: FailureCode::Internal, message: message.to_owned(), detail }
}
