//! Side files: an `.xml` or `.json` beside a recording that says what call it is of. The layouts are not published, so it
//! is read liberally: whatever stands under a name that means the thing is taken, wherever in the file that is.

use crate::naming::{Named, Towards, When};
use jiff::civil::DateTime;
use jiff::{Timestamp, tz};
use quick_xml::Reader;
use quick_xml::events::Event;
use thiserror::Error;

/// A side file has some twenty lines; a larger one is something else.
pub const SIDE_FILE_BYTES_MAX: usize = 256 * 1024;

/// Elements within elements; a side file has three or four levels.
const DEPTH_MAX: usize = 32;

/// Names and values that are looked at.
const VALUES_MAX: usize = 2_000;

/// Of a name. A longer one names nothing that is known, and would be kept with each value of a list.
const NAME_CHARS_MAX: usize = 100;

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SideFileError {
    #[error("The file beside the recording is too large to be a description of it.")]
    TooLarge,
    #[error("The file beside the recording is neither XML nor JSON that can be read.")]
    Unreadable,
}

/// What a side file says. An empty answer is no error: it says nothing that is known.
pub fn read(bytes: &[u8]) -> Result<Named, SideFileError> {
    if bytes.len() > SIDE_FILE_BYTES_MAX {
        return Err(SideFileError::TooLarge);
    }
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let values = if text.starts_with('<') { xml(text)? } else { json(text)? };
    Ok(named(&values))
}

/// Names that mean a thing, most certain first, without case, spaces, dashes and underscores.
const START: &[&str] = &[
    "starttime",
    "startdatetime",
    "callstart",
    "callstarttime",
    "recordingstart",
    "start",
    "started",
    "startedat",
    "timestamp",
    "datetime",
    "recordedat",
    "calldate",
    "date",
    "time",
];
const EXTENSION: &[&str] = &[
    "extension",
    "ext",
    "agentextension",
    "userextension",
    "extn",
    "station",
    "owner",
    "agentid",
    "user",
    "agent",
];
const NUMBER: &[&str] = &[
    "remotenumber",
    "externalnumber",
    "phonenumber",
    "callernumber",
    "callerid",
    "cli",
    "ani",
    "othernumber",
    "otherparty",
    "number",
    "remote",
    "phone",
];
const FROM: &[&str] = &["from", "fromnumber", "caller", "callingnumber", "callingparty", "source", "src"];
const TO: &[&str] = &["to", "tonumber", "called", "callednumber", "calledparty", "destination", "dst"];
const GROUP: &[&str] = &["group", "huntgroup", "groupname", "queue", "skill"];
const NAME: &[&str] = &["agentname", "username", "fullname", "displayname", "name"];
const CALL_ID: &[&str] = &["callid", "callref", "callreference", "ucid", "calluid", "callguid"];
const DIRECTION: &[&str] = &["direction", "calldirection", "calltype", "type"];

type Values = Vec<(String, String)>;

fn named(values: &Values) -> Named {
    let find = |names: &[&str]| {
        names.iter().find_map(|name| {
            let found = values.iter().find(|(known, value)| known == name && !value.is_empty());
            found.map(|(_, value)| value.as_str())
        })
    };
    let mut named = Named { fields: values.clone(), ..Named::default() };
    named.started = START
        .iter()
        .filter_map(|name| values.iter().find(|(known, _)| known == name))
        .find_map(|(_, value)| when(value))
        .or_else(|| date_and_time(find(&["date", "calldate"])?, find(&["time", "calltime"])?));
    named.extension = find(EXTENSION).filter(|value| is_number(value)).map(str::to_owned);
    named.number = find(NUMBER).filter(|value| is_number(value)).map(str::to_owned);
    named.group = find(GROUP).map(str::to_owned);
    named.name = find(NAME).map(str::to_owned);
    named.call_id = find(CALL_ID).map(str::to_owned);
    named.towards = find(DIRECTION).and_then(Towards::from_word);
    named.settle_parties(find(FROM), find(TO));
    named
}

/// Digits, with what people put between them.
fn is_number(value: &str) -> bool {
    value.bytes().any(|byte| byte.is_ascii_digit())
        && value.chars().all(|c| c.is_ascii_digit() || "+*# ()-./".contains(c))
}

/// The forms in which programs write an instant.
const FORMS: &[&str] = &[
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%Y%m%d%H%M%S",
    "%Y%m%dT%H%M%S",
];

fn when(value: &str) -> Option<When> {
    let value = value.trim();
    if let Ok(instant) = value.parse::<Timestamp>() {
        return Some(When::Utc(instant.as_millisecond()));
    }
    if value.bytes().all(|byte| byte.is_ascii_digit()) && matches!(value.len(), 10 | 13) {
        let number: i64 = value.parse().ok()?;
        return Some(When::Utc(if value.len() == 10 { number * 1_000 } else { number }));
    }
    if let Some(civil) = value.strip_suffix(" UTC").or_else(|| value.strip_suffix(" GMT")) {
        let zoned = civil_of(civil)?.to_zoned(tz::TimeZone::UTC).ok()?;
        return Some(When::Utc(zoned.timestamp().as_millisecond()));
    }
    civil_of(value).map(When::Office)
}

fn civil_of(value: &str) -> Option<DateTime> {
    FORMS.iter().find_map(|form| DateTime::strptime(form, value).ok())
}

fn date_and_time(date: &str, time: &str) -> Option<When> {
    when(&format!("{} {}", date.trim(), time.trim()))
}

fn xml(text: &str) -> Result<Values, SideFileError> {
    let unreadable = |_| SideFileError::Unreadable;
    let mut reader = Reader::from_str(text);
    let mut values = Values::new();
    let mut open: Vec<(String, String)> = Vec::new();
    loop {
        if values.len() > VALUES_MAX || open.len() > DEPTH_MAX {
            return Err(SideFileError::Unreadable);
        }
        match reader.read_event().map_err(unreadable)? {
            Event::Eof => break,
            Event::Start(element) => {
                attributes(&element, &mut values);
                open.push((key(element.local_name().as_ref()), String::new()));
            }
            Event::Empty(element) => attributes(&element, &mut values),
            Event::Text(piece) => {
                if let Some((_, value)) = open.last_mut() {
                    value.push_str(&piece);
                }
            }
            Event::CData(piece) => {
                if let Some((_, value)) = open.last_mut() {
                    value.push_str(&piece);
                }
            }
            // Only the five entities of XML itself are known, so that nothing can grow by being resolved.
            Event::GeneralRef(entity) => {
                if let Some((_, value)) = open.last_mut() {
                    match entity.resolve_char_ref() {
                        Ok(Some(character)) => value.push(character),
                        Ok(None) | Err(_) => {
                            value.push_str(quick_xml::escape::resolve_xml_entity(&entity).unwrap_or_default())
                        }
                    }
                }
            }
            Event::End(_) => {
                if let Some((name, value)) = open.pop() {
                    let value = value.trim();
                    if !value.is_empty() {
                        values.push((name, value.to_owned()));
                    }
                }
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    if open.is_empty() { Ok(values) } else { Err(SideFileError::Unreadable) }
}

/// Attributes by their names; `<field name="CallID" value="7"/>` by what its attributes say.
fn attributes(element: &quick_xml::events::BytesStart<'_>, values: &mut Values) {
    let found: Vec<(String, String)> = element
        .attributes()
        .flatten()
        .map(|attribute| {
            let name = key(attribute.key.local_name().as_ref());
            // What stands for nothing known stays as it is.
            let value = quick_xml::escape::unescape(&attribute.value);
            (name, value.as_deref().unwrap_or(&attribute.value).trim().to_owned())
        })
        .collect();
    let of = |name: &str| found.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    if let (Some(name), Some(value)) = (of("name").or_else(|| of("key")), of("value")) {
        values.push((key(name), value.to_owned()));
        return;
    }
    values.extend(found);
}

fn json(text: &str) -> Result<Values, SideFileError> {
    let value: serde_json::Value = serde_json::from_str(text).map_err(|_| SideFileError::Unreadable)?;
    let mut values = Values::new();
    flatten("", &value, &mut values);
    Ok(values)
}

/// `name` is a [`key`].
fn flatten(name: &str, value: &serde_json::Value, values: &mut Values) {
    use serde_json::Value;
    if values.len() > VALUES_MAX {
        return;
    }
    match value {
        Value::Null => {}
        Value::Bool(value) => values.push((name.to_owned(), value.to_string())),
        Value::Number(value) => values.push((name.to_owned(), value.to_string())),
        Value::String(value) => values.push((name.to_owned(), value.trim().to_owned())),
        Value::Array(all) => all.iter().for_each(|value| flatten(name, value, values)),
        Value::Object(all) => all.iter().for_each(|(name, value)| flatten(&key(name), value, values)),
    }
}

fn key(name: &str) -> String {
    let letters = name.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric());
    let key: String = letters.take(NAME_CHARS_MAX + 1).collect();
    if key.chars().count() > NAME_CHARS_MAX { String::new() } else { key }
}
