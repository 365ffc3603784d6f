//! Running reports.

use crate::args::{Report, ReportFormat};
use crate::calls::time;
use crate::library::{Place, told};
use crate::table::{Lines, length};
use anyhow::{anyhow, bail};
use contract::reports::{Asked, FileFormat, ReportView};
use desk::Look;
use model::report::{Definition, Dimension, Period, Rows, Value};
use std::io::Write;
use std::process::ExitCode;

pub(crate) async fn report(place: &Place, args: Report) -> anyhow::Result<ExitCode> {
    let look = place.look().await?;
    let Some(name) = &args.name else { return list(place, &look).await };
    let mut definition = look.report(name).await.map_err(told)?;
    group(&mut definition, &args.group_by)?;
    let asked = Asked { period: period(&look, &args, &definition)?, compared: args.compare };
    let format = match args.format {
        Some(ReportFormat::Csv) => Some(FileFormat::Csv),
        Some(ReportFormat::Xlsx) => Some(FileFormat::Xlsx),
        Some(ReportFormat::Pdf) => Some(FileFormat::Pdf),
        Some(ReportFormat::Json) => Some(FileFormat::Json),
        None if place.json => Some(FileFormat::Json),
        None => None,
    };
    match (format, &args.out) {
        (format, Some(out)) => {
            let format = format
                .or_else(|| by_ending(out))
                .ok_or_else(|| anyhow!("Say in which format: --format csv, xlsx, pdf or json."))?;
            let written = look.export_report(&definition, asked, format, out).await.map_err(told)?;
            eprintln!("{} rows, {} bytes in {}.", written.rows, written.bytes, out.display());
        }
        (Some(FileFormat::Xlsx | FileFormat::Pdf), None) => {
            bail!("A spreadsheet or a PDF goes into a file: add --out FILE.")
        }
        (Some(format), None) => {
            let bytes = look.report_bytes(&definition, asked, format).await.map_err(told)?;
            std::io::stdout().lock().write_all(&bytes)?;
        }
        (None, None) => {
            let view = look.run_report(&definition, asked).await.map_err(told)?;
            print(&definition, &view, |ms| look.office_zone().rfc3339(model::At(ms)))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn list(place: &Place, look: &Look) -> anyhow::Result<ExitCode> {
    let reports = look.reports().await.map_err(told)?;
    let listed: Vec<serde_json::Value> = reports
        .iter()
        .map(|report| {
            serde_json::json!({
                "name": report.name,
                "title": report.definition.name,
                "chapter": report.definition.chapter,
                "says": report.definition.says,
            })
        })
        .collect();
    place.print(&listed, || {
        let mut lines = Lines::new(vec!["Name".to_owned(), "Answers".to_owned()]);
        for report in &reports {
            lines.row(vec![report.name.clone(), report.definition.says.clone()]);
        }
        lines.to_string().trim_end().to_owned()
    })?;
    Ok(ExitCode::SUCCESS)
}

/// The report's own time, or from and to; without an end, up to now.
fn period(look: &Look, args: &Report, definition: &Definition) -> anyhow::Result<Period> {
    match (time(look, &args.from)?, time(look, &args.to)?) {
        (None, None) => Ok(definition.period),
        (Some(from_ms), Some(to_ms)) => Ok(Period::Custom { from_ms, to_ms }),
        (Some(from_ms), None) => Ok(Period::Custom { from_ms, to_ms: look.now().0 }),
        (None, Some(_)) => bail!("Say from when: --from."),
    }
}

fn group(definition: &mut Definition, by: &[String]) -> anyhow::Result<()> {
    if by.is_empty() {
        return Ok(());
    }
    let Rows::Summed { by: own, .. } = &mut definition.rows else {
        bail!("This report lists calls one by one; its rows cannot be grouped.")
    };
    let named = |word: &String| {
        serde_json::from_value::<Dimension>(serde_json::Value::from(word.as_str())).map_err(|_| {
            let known = Dimension::ALL.map(|by| serde_json::to_value(by).unwrap_or_default());
            let known: Vec<&str> = known.iter().filter_map(serde_json::Value::as_str).collect();
            anyhow!("Rows cannot be grouped by “{word}”. There is: {}.", known.join(", "))
        })
    };
    *own = by.iter().map(named).collect::<anyhow::Result<_>>()?;
    definition.chart = None;
    definition.trouble().map_or(Ok(()), |trouble| Err(anyhow!(trouble)))
}

fn by_ending(out: &std::path::Path) -> Option<FileFormat> {
    match out.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "csv" => Some(FileFormat::Csv),
        "xlsx" => Some(FileFormat::Xlsx),
        "pdf" => Some(FileFormat::Pdf),
        "json" => Some(FileFormat::Json),
        _ => None,
    }
}

fn print(definition: &Definition, view: &ReportView, time: impl Fn(i64) -> String) -> anyhow::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    writeln!(out, "{}, {}", definition.name, view.time)?;
    if !view.filter.is_empty() {
        writeln!(out, "{}", view.filter)?;
    }
    let table = &view.table;
    let heads = table.keys.iter().cloned().chain(table.columns.iter().map(|column| column.head.clone()));
    let mut lines = Lines::new(heads.collect());
    for row in &table.rows {
        lines.row(
            row.label.iter().cloned().chain(row.values.iter().map(|value| shown(value, &time))).collect(),
        );
    }
    if !table.totals.is_empty() && !table.keys.is_empty() {
        let name = (0..table.keys.len()).map(|nth| if nth == 0 { "All".to_owned() } else { String::new() });
        lines.row(name.chain(table.totals.iter().map(|value| shown(value, &time))).collect());
    }
    write!(out, "{lines}")?;
    out.flush()?;
    let left_off = table.rows_left_off;
    if left_off > 0 || view.next.is_some() {
        eprintln!("There are more rows: write them to a file with --out.");
    }
    view.notes.iter().for_each(|note| eprintln!("{note}"));
    Ok(())
}

fn shown(value: &Value, time: &impl Fn(i64) -> String) -> String {
    match value {
        Value::None => String::new(),
        Value::Count(count) => count.to_string(),
        Value::Length(ms) => length(*ms as f64 / 1000.0),
        Value::Share(share) => format!("{:.1} %", share * 100.0),
        Value::Number(number) => format!("{number:.2}"),
        Value::Money { amount, currency } => {
            format!("{:.2} {currency}", *amount as f64 / 10_000.0).trim_end().to_owned()
        }
        Value::At(ms) => time(*ms),
        Value::Text(text) => text.clone(),
    }
}
