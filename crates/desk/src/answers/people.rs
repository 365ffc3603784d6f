//! People's days.

use crate::answer::Answer;
use crate::answers::people_lines::{Line, Phone, Who, lines, stretches};
use crate::desk::Desk;
use crate::trouble::failure_of_store;
use contract::Failure;
use contract::people::{AskPeopleDay, PEOPLE_A_PAGE, PeopleDay, PersonDay, SiteExtension};
use directory::Span;
use model::{AgentState, At, SiteId};
use std::collections::BTreeMap;

impl Answer<AskPeopleDay> for Desk {
    async fn answer(&self, ask: AskPeopleDay) -> Result<PeopleDay, Failure> {
        self.settle().await?;
        let now = self.clock().now();
        let (zone, book) = {
            let board = self.board().now();
            (board.office_zone(), board.names.book.clone())
        };
        let (from, to) = zone.day_of(ask.at_ms.map_or(now, At));
        let until = to.min(now).max(from);
        let day = store::Span { from, to };
        let phones =
            self.reader().phones_seen(store::Span { from, to: until }).await.map_err(failure_of_store)?;
        let calls = self.reader().day_of_calls(day, now).await.map_err(failure_of_store)?;
        let span = Span { from: Some(from), to: Some(to) };
        let lines = by_name(lines(&book, span, &phones, &calls.parts), ask.text.as_deref());
        let total = u32::try_from(lines.len()).unwrap_or(u32::MAX);
        let page: Vec<(Who, Line)> =
            lines.into_iter().skip(ask.skip as usize).take(PEOPLE_A_PAGE as usize).collect();
        let states = self.states(store::Span { from, to: until }, &page).await?;
        let people = page
            .into_iter()
            .map(|(who, line)| {
                let phones: Vec<Phone<'_>> = line
                    .extensions
                    .iter()
                    .map(|(site, extension, span)| {
                        let states = states.get(&(*site, extension.clone())).map_or(&[][..], Vec::as_slice);
                        (*span, states)
                    })
                    .collect();
                let stretches = stretches(&phones, from, until);
                person_day(who, line, stretches)
            })
            .collect();
        Ok(PeopleDay {
            from_ms: from.0,
            to_ms: to.0,
            now_ms: now.0,
            busy_from_ms: calls.first_at.map(|at| at.0),
            busy_to_ms: calls.last_at.map(|at| at.0),
            people,
            total,
        })
    }
}

type States = BTreeMap<(SiteId, String), Vec<(At, AgentState)>>;

impl Desk {
    async fn states(&self, span: store::Span, page: &[(Who, Line)]) -> Result<States, Failure> {
        let mut phones: Vec<(SiteId, &str)> = page
            .iter()
            .flat_map(|(_, line)| &line.extensions)
            .map(|(site, extension, _)| (*site, extension.as_str()))
            .collect();
        phones.sort_unstable();
        phones.dedup();
        let states = self.reader().states_of(span, &phones).await.map_err(failure_of_store)?;
        Ok(phones.into_iter().map(|(site, extension)| (site, extension.to_owned())).zip(states).collect())
    }
}

/// Those that the text may mean, by name; those without a name after them, by extension.
fn by_name(lines: BTreeMap<Who, Line>, text: Option<&str>) -> Vec<(Who, Line)> {
    let wanted = text.map(|text| text.trim().to_lowercase()).unwrap_or_default();
    let is_meant = |line: &Line| {
        line.name.as_ref().is_some_and(|name| name.to_lowercase().contains(&wanted))
            || line.extensions.iter().any(|(_, extension, _)| extension.contains(&wanted))
    };
    let mut meant: Vec<(Who, Line)> = lines.into_iter().filter(|(_, line)| is_meant(line)).collect();
    meant.sort_by_cached_key(|(who, line)| {
        let name = line.name.as_ref().map(|name| name.to_lowercase());
        let extension = line.extensions.first().map(|(_, extension, _)| (extension.len(), extension.clone()));
        (name.is_none(), name, extension, who.clone())
    });
    meant
}

fn person_day(who: Who, line: Line, stretches: Vec<contract::people::Stretch>) -> PersonDay {
    let mut extensions: Vec<SiteExtension> = Vec::new();
    for (site, extension, _) in line.extensions {
        let one = SiteExtension { site: site.0, extension };
        if !extensions.contains(&one) {
            extensions.push(one);
        }
    }
    PersonDay {
        person: match who {
            Who::Person(id) => Some(id),
            Who::Extension(..) => None,
        },
        name: line.name,
        extensions,
        stretches,
        calls: line.figures.calls,
        talk_ms: line.figures.talk_ms,
        missed: line.figures.missed,
        answer_ms: line.figures.answer_ms(),
    }
}
