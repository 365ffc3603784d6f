//! Who took part in the opened call, each with the way to their own history.

use crate::parts::copy::CopyButton;
use crate::parts::link::HistoryLink;
use crate::parts::words::{named, number_and_name, party, shown_number};
use crate::state::{CallQuery, use_office};
use crate::words::fill;
use contract::calls::{CallView, Named};
use leptos::prelude::*;

#[component]
pub fn Lead(call: CallView) -> impl IntoView {
    let office = use_office();
    let (title, _) = party(&call.row);
    let shown = shown_number(&call.row).map(str::to_owned);
    let copy = call.row.number.clone().zip(shown).map(|(number, shown)| {
        let label = fill("Copy {number}", &[("number", &number)]);
        view! {
            <span class="lead-number">
                {(shown != title).then_some(shown)}
                <CopyButton text=number label />
            </span>
        }
    });
    let outside = call.row.number.clone().map(|number| {
        let label = fill("All calls with {who}", &[("who", &number)]);
        let go = Callback::new(move |()| office.show_calls(CallQuery::of_number(&number)));
        view! { <HistoryLink text=fill("All calls with {who}", &[("who", &title)]) label go /> }
    });
    let people = call.row.talked.into_iter().map(|agent| view! { <AgentLink agent /> }).collect_view();
    let groups = call.row.groups.into_iter().map(|group| view! { <GroupLink group /> }).collect_view();
    view! {
        <p class="lead sm">
            {outside}
            {copy}
            {people}
            {groups}
            <span class="sp"></span>
            <span class="mute">{call.site_name}</span>
        </p>
    }
}

#[component]
fn AgentLink(agent: Named) -> impl IntoView {
    let office = use_office();
    let label = fill("All calls of {who}", &[("who", &number_and_name(&agent))]);
    let text = named(&agent).to_owned();
    let go = Callback::new(move |()| office.show_calls(CallQuery::of_agent(&agent.number)));
    view! { <HistoryLink text label go /> }
}

#[component]
pub fn GroupLink(group: Named) -> impl IntoView {
    let office = use_office();
    let label = fill("All calls of the group {group}", &[("group", &number_and_name(&group))]);
    let text = named(&group).to_owned();
    let go = Callback::new(move |()| office.show_calls(CallQuery::of_group(&group.number)));
    view! { <HistoryLink text label go /> }
}
