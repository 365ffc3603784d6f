//! The people of a day as a table: hours above, a line a person, figures at the right.

use super::pointing::{PointedStretch, Pointing};
use super::row::PersonLine;
use crate::parts::clock::Style;
use crate::parts::day_strip::{StripPatterns, StripSize};
use crate::parts::measured::watch_width;
use crate::parts::people_words::{hours_minutes, now, page};
use crate::parts::words::spoken_length;
use crate::state::day_scale::{DayBounds, Scale, named_every};
use crate::state::live::LiveState;
use crate::state::look::Rows;
use crate::state::people_day::busiest;
use crate::state::{Office, use_office};
use crate::words::{fill, say};
use contract::people::{PEOPLE_A_PAGE, PeopleDay, PersonDay};
use leptos::html;
use leptos::prelude::*;
use model::AgentState;

/// So many people fit a window with roomy rows; more get compact ones.
const ROOMY_PEOPLE: usize = 14;
const ROOMY: StripSize = StripSize { row_px: 44, bar_px: 20 };
const COMPACT: StripSize = StripSize { row_px: 28, bar_px: 14 };
/// What a letter of an hour's name takes, and the air after the name.
const LETTER_PX: f64 = 7.0;
const AIR_PX: f64 = 10.0;

/// What all rows are drawn by.
#[derive(Clone, Copy)]
pub struct Drawn {
    pub scale: Memo<Scale>,
    /// Width of the days, in pixels of the page.
    pub width_px: Memo<usize>,
    pub size: Memo<StripSize>,
    /// Today: now, in steps of a pixel, because nothing is to be seen between.
    pub until_ms: Memo<Option<i64>>,
    /// The line that Tab leads to.
    pub tab_row: RwSignal<Option<String>>,
}

#[component]
pub fn PeopleTable() -> impl IntoView {
    let office = use_office();
    let people = office.people;
    let head = NodeRef::<html::Div>::new();
    watch_width(head, people.width_px);
    let drawn = drawn(office);
    let pointing = Pointing::new(drawn);
    let tall = move || drawn.size.get() == ROOMY;
    view! {
        <div class="card people-card-day" class:compact=move || !tall()>
            <StripPatterns />
            <table class="people-table" data-testid="people-table">
                <caption class="sr-only">{say("What each person's phones did, from left to right, and their figures")}</caption>
                <thead>
                    <tr>
                        <th scope="col" class="p-name">{say("Person")}</th>
                        <th scope="col" class="p-day">
                            <span class="sr-only">{say("The day")}</span>
                            <div class="hours" aria-hidden="true" node_ref=head><Hours drawn /></div>
                        </th>
                        <th scope="col" class="n" title=say("Calls on which the person talked")>{say("Calls")}</th>
                        <th scope="col" class="n" title=say("Talking on all calls, in hours and minutes")>{say("Talk")}</th>
                        <th scope="col" class="n" title=say("Calls that rang at the person who never talked on them, answered by a colleague or not")>{say("Missed")}</th>
                        <th scope="col" class="n" title=say("Mean ringing before the person answered")>{say("Answer")}</th>
                    </tr>
                </thead>
                <tbody
                    on:mousemove=move |event| pointing.follow(&event)
                    on:mouseleave=move |_| pointing.leave()
                    on:click=move |event| pointing.click(&event)
                    on:focusin=move |event| pointing.arrive(&event)
                    on:focusout=move |_| pointing.leave()
                    on:keydown=move |event| pointing.press(&event)
                >
                    <For each=move || people.rows.get() key=|row| row.key.clone() let:row>
                        <PersonLine row drawn />
                    </For>
                </tbody>
                <tfoot><Foot drawn /></tfoot>
            </table>
            <PointedStretch pointing />
        </div>
    }
}

fn drawn(office: Office) -> Drawn {
    let day = office.people.asking.answer;
    let head_px = office.people.width_px;
    let first = office.people.rows.with_untracked(|rows| rows.first().map(|row| row.key.clone()));
    let count = Memo::new(move |_| office.people.rows.with(Vec::len));
    let bounds = Memo::new(move |_| day.with(|day| day.as_ref().map(bounds_of)));
    let is_running = move || {
        let now_ms = office.now_ms.get();
        let day = bounds.get()?;
        (day.from_ms <= now_ms && now_ms < day.to_ms).then_some(now_ms)
    };
    let scale = Memo::new(move |_| {
        let day = bounds.get().unwrap_or_default();
        Scale::of(DayBounds { now_ms: is_running(), ..day }, |at_ms| office.offset_ms(at_ms))
    });
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let width_px = Memo::new(move |_| head_px.get().round().max(0.0) as usize);
    Drawn {
        scale,
        width_px,
        size: Memo::new(move |_| {
            let many = count.get() > ROOMY_PEOPLE;
            if many || office.prefs.rows.get() == Rows::Compact { COMPACT } else { ROOMY }
        }),
        until_ms: Memo::new(move |_| {
            let step_ms = scale.get().ms_per_px(head_px.get());
            is_running().map(|now_ms| now_ms - now_ms.rem_euclid(step_ms))
        }),
        tab_row: RwSignal::new(first),
    }
}

fn bounds_of(day: &PeopleDay) -> DayBounds {
    DayBounds {
        from_ms: day.from_ms,
        to_ms: day.to_ms,
        busy: day.busy_from_ms.zip(day.busy_to_ms),
        now_ms: None,
    }
}

#[component]
fn Hours(drawn: Drawn) -> impl IntoView {
    let office = use_office();
    move || {
        let scale = drawn.scale.get();
        #[allow(clippy::cast_precision_loss)]
        let width_px = drawn.width_px.get() as f64;
        let hours = scale.hours(|at_ms| office.offset_ms(at_ms));
        let names = hours.into_iter().map(|at_ms| (at_ms, office.clock(Style::Minute, at_ms)));
        let names: Vec<(i64, String)> = names.collect();
        #[allow(clippy::cast_precision_loss)]
        let name_px = |name: &str| name.chars().count() as f64 * LETTER_PX;
        let longest_px = names.iter().map(|(_, name)| name_px(name)).fold(0.0, f64::max);
        let every = named_every(names.len(), width_px, longest_px + AIR_PX);
        let fits = move |(at_ms, name): &(i64, String)| scale.x(*at_ms, width_px) + name_px(name) <= width_px;
        let names = names.into_iter().step_by(every).filter(fits).map(|(at_ms, name)| {
            let left = format!("{}%", scale.x(at_ms, 100.0));
            view! { <span style:left=left>{name}</span> }
        });
        names.collect_view()
    }
}

/// What is pushed is newer than the answer.
fn state_now(live: &LiveState, day: &PersonDay) -> Option<AgentState> {
    let phones = day.extensions.iter().filter_map(|known| live.person(known.site, &known.extension));
    busiest(phones.map(|person| person.state)).or_else(|| day.stretches.last().map(|stretch| stretch.state))
}

/// How many people, what they do now, and what their talking comes to. Calls and misses are not added up: one on which
/// two people were would be counted twice.
#[component]
fn Foot(drawn: Drawn) -> impl IntoView {
    let office = use_office();
    let people = office.people;
    let day = people.asking.answer;
    let shown = Memo::new(move |_| day.with(|day| day.as_ref().map(|day| (day.people.len(), day.total))));
    let which = move || {
        let (count, total) = shown.get().unwrap_or_default();
        page(people.skip.get(), count, total)
    };
    let states = move || {
        drawn.until_ms.get()?;
        let states = office.live.with(|live| {
            day.with(|day| now(day.iter().flat_map(|day| &day.people).filter_map(|day| state_now(live, day))))
        });
        Some(fill("now {states}", &[("states", &states)]))
    };
    let talk = Memo::new(move |_| {
        day.with(|day| day.iter().flat_map(|day| &day.people).map(|person| person.talk_ms).sum::<i64>())
    });
    let more = Memo::new(move |_| {
        let (count, total) = shown.get().unwrap_or_default();
        u64::from(people.skip.get()) + (count as u64) < u64::from(total)
    });
    let many = Memo::new(move |_| shown.get().unwrap_or_default().1 > PEOPLE_A_PAGE);
    view! {
        <tr class="people-foot">
            <th scope="row" class="p-name" data-testid="people-total">{which}</th>
            <td class="p-day">
                <Show when=move || many.get()>
                    <span class="people-pages">
                        <button type="button" class="btn" data-testid="people-previous" disabled=move || people.skip.get() == 0 on:click=move |_| people.previous_page()>
                            {say("Previous")}
                        </button>
                        <button type="button" class="btn" data-testid="people-next" disabled=move || !more.get() on:click=move |_| people.next_page()>
                            {say("Next")}
                        </button>
                    </span>
                </Show>
                <span>{states}</span>
            </td>
            <td></td>
            <td class="n" title=move || fill("{length} of talking by the people shown", &[("length", &spoken_length(talk.get()))])>
                {move || hours_minutes(talk.get())}
            </td>
            <td></td>
            <td></td>
        </tr>
    }
}
