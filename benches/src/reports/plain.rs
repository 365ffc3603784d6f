//! The plain SQL for a figure, in `sqlite3` on the same file, and the report that gives the same figure.

use super::{Span, run};
use crate::table::{RUNS, Table, spread};
use anyhow::Context;
use desk::Desk;
use model::report::{Chapter, Definition, Dimension, FORMAT, Hours, Measure, Period, Rows};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// A figure, its report, and what a person would type for it.
struct Figure {
    name: &'static str,
    by: Vec<Dimension>,
    measures: Vec<Measure>,
    sql: &'static str,
}

fn figures() -> Vec<Figure> {
    vec![
        Figure {
            name: "calls",
            by: Vec::new(),
            measures: vec![Measure::Calls],
            sql: "SELECT count(*) FROM calls WHERE started_at >= {from} AND started_at < {to} AND counted = 1",
        },
        Figure {
            name: "calls and lengths by direction",
            by: vec![Dimension::Direction],
            measures: vec![Measure::Calls, Measure::Answered, Measure::AverageLength],
            sql: "SELECT direction, count(*), sum(answered), avg(length_ms) FROM calls
                  WHERE started_at >= {from} AND started_at < {to} AND counted = 1 GROUP BY 1",
        },
        Figure {
            name: "talk time by person",
            by: vec![Dimension::Person],
            measures: vec![Measure::TalkTime],
            sql: "SELECT agent, sum(e.ended_at - e.started_at) FROM calls c JOIN events e ON e.call = c.id
                  WHERE c.started_at >= {from} AND c.started_at < {to} AND counted = 1 AND kind = 4 GROUP BY 1",
        },
        Figure {
            name: "the ten most frequent numbers",
            by: vec![Dimension::OutsideNumber],
            measures: vec![Measure::Calls],
            sql: "SELECT number_key, count(*) FROM calls WHERE started_at >= {from} AND started_at < {to}
                  AND counted = 1 GROUP BY 1 ORDER BY 2 DESC LIMIT 10",
        },
    ]
}

pub(super) async fn compare(desk: &Desk, folder: &Path, table: &mut Table) -> anyhow::Result<()> {
    for span in [Span::Month, Span::All] {
        for figure in figures() {
            let definition = Definition {
                format: FORMAT,
                name: figure.name.to_owned(),
                says: String::new(),
                chapter: Chapter::Calls,
                rows: Rows::Summed { by: figure.by, measures: figure.measures },
                conditions: Vec::new(),
                hours: Hours::All,
                period: span.period(),
                sort: None,
                top: Some(10),
                chart: None,
            };
            let ours = run(desk, &definition, span.period()).await?;
            let plain = sqlite(folder, figure.sql, span)?;
            table.row(
                &format!("{}, {}", figure.name, span.word()),
                format!("{ours:.0} ms"),
                "1",
                &format!("sqlite3: {plain:.0} ms"),
                format!("{:.2}", ours / plain),
            );
        }
    }
    Ok(())
}

/// The time of the statement itself: starting `sqlite3` is not counted.
fn sqlite(folder: &Path, sql: &str, span: Span) -> anyhow::Result<f64> {
    let Period::Custom { from_ms, to_ms } = span.period() else { anyhow::bail!("a period of instants") };
    let sql = sql.replace("{from}", &from_ms.to_string()).replace("{to}", &to_ms.to_string());
    let timed = |sql: &str| -> anyhow::Result<f64> {
        let begun = Instant::now();
        let run = Command::new("sqlite3")
            .args(["-readonly".as_ref(), folder.join("library.sqlite3").as_os_str(), sql.as_ref()])
            .output()
            .context("sqlite3 is needed beside it")?;
        anyhow::ensure!(run.status.success(), "sqlite3: {}", String::from_utf8_lossy(&run.stderr));
        Ok(begun.elapsed().as_secs_f64() * 1_000.0)
    };
    let mut all = Vec::new();
    for _ in 0..RUNS.min(3) {
        all.push(timed(&sql)? - timed("SELECT 1")?);
    }
    Ok(spread(all).0.max(0.1))
}
