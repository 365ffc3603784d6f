//! What the program's rooms note, on its way into the files.

use super::Logs;
use super::redact::redact;
use std::fmt::{Debug, Write};
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;

/// CallDoc's own rooms. What libraries note is about their own affairs, and may hold anything.
const HEARD: [&str; 16] = [
    "calldoc",
    "calldoc_shell",
    "calldoc_cli",
    "cli",
    "desk",
    "devlink3",
    "smdr",
    "correlate",
    "store",
    "recordings",
    "playback",
    "sftp",
    "reports",
    "exports",
    "mail",
    "simulator",
];

/// Longest line, in characters: what a source sends may end up in it.
const LINE_MAX: usize = 1_000;

/// A layer of the program's subscriber.
pub struct FileLayer(Logs);

impl FileLayer {
    pub(super) fn new(logs: Logs) -> Self {
        Self(logs)
    }
}

impl<S: Subscriber> Layer<S> for FileLayer {
    fn on_event(&self, event: &Event<'_>, _context: Context<'_, S>) {
        let about = event.metadata();
        let room = about.target().split("::").next().unwrap_or_default();
        // Callers' numbers begin at debug.
        if *about.level() > Level::INFO || !HEARD.contains(&room) {
            return;
        }
        let mut text = Text::default();
        event.record(&mut text);
        let says = redact(&format!("{}{}", text.message, text.fields));
        let says: String =
            says.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
        let line = format!("{} {}: {says}", about.level(), about.target());
        self.0.note(line.chars().take(LINE_MAX).collect());
    }
}

#[derive(Default)]
struct Text {
    message: String,
    fields: String,
}

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        // Writing to a String cannot fail.
        let _ = match field.name() {
            "message" => write!(self.message, "{value:?}"),
            name => write!(self.fields, " {name}={value:?}"),
        };
    }

    /// A sentence of a failure is given as it is: [`redact`] takes out what stands in quotation marks within it.
    fn record_str(&mut self, field: &Field, value: &str) {
        let _ = write!(self.fields, " {}={value}", field.name());
    }
}
