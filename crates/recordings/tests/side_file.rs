//! What files beside recordings say.

use jiff::civil::datetime;
use proptest::prelude::*;
use recordings::naming::{Towards, When};
use recordings::side_file::{SideFileError, read};

#[test]
fn an_xml_of_elements_is_read() {
    let named = read(
        br#"<?xml version="1.0"?>
        <!-- made by a recorder -->
        <Recording><Call><CallID>4711</CallID><StartTime>2026-11-21T09:30:05+01:00</StartTime>
        <Direction>Incoming</Direction></Call>
        <Party><Extension>204</Extension><AgentName>Ann &amp; Co</AgentName></Party>
        <CallerID>+49 30 1234567</CallerID><HuntGroup><![CDATA[Sales <North>]]></HuntGroup></Recording>"#,
    )
    .expect("XML");
    assert_eq!(named.call_id.as_deref(), Some("4711"));
    assert_eq!(named.started, Some(When::Utc(1_795_249_805_000)), "an instant with its offset");
    assert_eq!(named.extension.as_deref(), Some("204"));
    assert_eq!(named.name.as_deref(), Some("Ann & Co"), "an entity is what it stands for");
    assert_eq!(named.number.as_deref(), Some("+49 30 1234567"));
    assert_eq!(named.group.as_deref(), Some("Sales <North>"), "CDATA as it stands");
    assert_eq!(named.towards, Some(Towards::Inbound));
}

#[test]
fn an_xml_of_attributes_is_read() {
    let named = read(
        br#"<meta><field name="Call ID" value="17"/><field name="Start_Time" value="21.11.2026 09:30:05"/>
        <call from="204" to="0301234567"/></meta>"#,
    )
    .expect("XML");
    assert_eq!(named.call_id.as_deref(), Some("17"), "a name and a value");
    assert_eq!(named.started, Some(When::Office(datetime(2026, 11, 21, 9, 30, 5, 0))), "without an offset");
    assert_eq!(named.extension.as_deref(), Some("204"), "from an extension");
    assert_eq!(named.towards, Some(Towards::Outbound), "to the outside");
}

#[test]
fn a_json_is_read_however_deep() {
    let named = read(
        br#"{"meta":{"parties":[{"extension":204}],"startedAt":1795249805},"remoteNumber":"030 1234567"}"#,
    )
    .expect("JSON");
    assert_eq!(named.extension.as_deref(), Some("204"), "a number is as good as a text");
    assert_eq!(named.started, Some(When::Utc(1_795_249_805_000)), "seconds since 1970");
    assert_eq!(named.number.as_deref(), Some("030 1234567"));
}

#[test]
fn date_and_time_apart_are_put_together() {
    let named = read(br#"{"date":"2026/11/21","time":"09:30:05"}"#).expect("JSON");
    assert_eq!(named.started, Some(When::Office(datetime(2026, 11, 21, 9, 30, 5, 0))));
}

#[test]
fn a_name_where_a_number_belongs_is_not_taken_for_one() {
    let named = read(br#"{"user":"Ann Keller","phone":"anonymous"}"#).expect("JSON");
    assert_eq!((named.extension, named.number), (None, None));
}

#[test]
fn what_is_no_description_is_told() {
    assert_eq!(read(b"\x00\x01\x02"), Err(SideFileError::Unreadable));
    assert_eq!(read(b"<a><b></a>"), Err(SideFileError::Unreadable), "elements that cross");
    assert_eq!(read(b"<a>"), Err(SideFileError::Unreadable), "an element that is never closed");
    assert_eq!(read(&vec![b' '; 300_000]), Err(SideFileError::TooLarge));
    let deep = "<a>".repeat(10_000);
    assert_eq!(read(deep.as_bytes()), Err(SideFileError::Unreadable), "elements without end");
    let deep = "[".repeat(100_000);
    assert_eq!(read(deep.as_bytes()), Err(SideFileError::Unreadable), "brackets without end");
}

#[test]
fn characters_that_are_written_otherwise_are_what_they_stand_for() {
    let named = read(br#"<a><agent name="x" group="R&amp;D &#x26; &quot;Caf&#233;&quot;"/><AgentName>J&#246;rg</AgentName></a>"#)
        .expect("XML");
    assert_eq!(named.group.as_deref(), Some("R&D & \"Caf\u{e9}\""), "in an attribute");
    assert_eq!(named.name.as_deref(), Some("J\u{f6}rg"), "in an element");
    let named = read(br#"<a group="R&D" queue="&nbsp;x"/>"#).expect("liberally read");
    assert_eq!(named.group.as_deref(), Some("R&D"), "what stands for nothing stays as it is");
}

#[test]
fn a_long_name_of_many_values_takes_no_memory() {
    let text = format!("{{\"{}\":[{}1]}}", "n".repeat(100_000), "1,".repeat(1_900));
    let named = read(text.as_bytes()).expect("JSON");
    let bytes: usize = named.fields.iter().map(|(name, value)| name.len() + value.len()).sum();
    assert!(bytes <= text.len(), "{bytes} bytes out of {}", text.len());
}

#[test]
fn entities_that_grow_are_not_resolved() {
    let bomb = br#"<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><a><name>&c;</name></a>"#;
    assert_eq!(read(bomb).expect("XML").name, None, "what the file declares is not believed");
}

proptest! {
    #[test]
    fn any_bytes_end_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes);
    }

    #[test]
    fn anything_like_xml_ends_without_a_panic(text in "[<>/=\"a-c& ;!\\[\\]-]{0,80}") {
        let _ = read(format!("<a>{text}").as_bytes());
    }
}
