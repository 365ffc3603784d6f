//! Rates from files as carriers send them.

use rates::{Rate, read_csv};

#[test]
fn a_file_is_read_with_any_separator_and_order_of_columns() {
    let comma = "prefix,label,band,per_minute,connect_fee,minimum,minimum_seconds,step_seconds\n\
        +49,\"Germany, fixed\",Night,0.0190,0.05,0.1,30,60\n";
    let semicolon = "\u{feff}Per minute;Prefix;Label;Step seconds;Minimum seconds;Connect fee;Minimum;Band\r\n\
        0,019;+ 49;Germany, fixed;60;30;0,05;0,10;Night\r\n";
    let wanted = Rate {
        prefix: "+49".into(),
        label: "Germany, fixed".into(),
        band: Some("Night".into()),
        per_minute: 190,
        connect_fee: 500,
        minimum: 1_000,
        minimum_seconds: 30,
        step_seconds: 60,
    };
    for text in [comma, semicolon] {
        let read = read_csv(text);
        assert_eq!((read.rates, read.bad), (vec![wanted.clone()], vec![]), "{text}");
    }
    let short = read_csv("prefix\tper_minute\n+49\t0.02\n\n\t1\n");
    assert_eq!(
        short.rates.len(),
        2,
        "the rest may be left out, and an empty prefix is everything else: {short:?}"
    );
}

#[test]
fn every_bad_line_is_told_with_its_number_and_its_reason() {
    let text = "prefix;label;per_minute;minimum_seconds;band\n\
        +49;Germany;0,02;;\n\
        +49;Germany again;0,03;;\n\
        +49;Germany at night;0,01;;Night\n\
        \n\
        +33;France;0,01905;;\n\
        +34;Spain;;;\n\
        +35x;Nowhere;0,1;;\n\
        +36;Hungary;0,1;soon;\n\
        +37;Too much;1.234,56;;\n\
        +38;Many;0,1;;;;x\n";
    let read = read_csv(text);
    assert_eq!(read.rates.len(), 2, "the good ones are there: {:?}", read.rates);
    let reasons = [
        (3, "Line 2"),
        (6, "no amount"),
        (7, "per_minute is missing"),
        (8, "no prefix"),
        (9, "no number of seconds"),
        (10, "no amount"),
        (11, "fields"),
    ];
    assert_eq!(read.bad.len(), reasons.len(), "{:#?}", read.bad);
    for (bad, (line, reason)) in read.bad.iter().zip(reasons) {
        assert_eq!(bad.line, line, "{}", bad.says);
        assert!(bad.says.contains(reason), "line {line}: {}", bad.says);
    }
    assert_eq!(read.bad[1].text, "+33;France;0,01905;;", "as it stands in the file");
}

#[test]
fn a_file_without_a_heading_is_not_guessed_at() {
    for text in ["", "+49,0.02\n", "prefix,price\n+49,1\n"] {
        let read = read_csv(text);
        assert!(read.rates.is_empty(), "{text:?}");
        assert!(read.bad[0].says.contains("columns"), "{:?}", read.bad);
    }
}
