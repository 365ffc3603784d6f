//! One rule: for which recordings, and for how many days they are kept.

use crate::ipc::Asking;
use crate::parts::icon::{Glyph, Icon};
use crate::state::retention_draft::{RetentionDraft, RuleDraft};
use crate::state::use_office;
use crate::words::say;
use contract::notes::AskTags;
use leptos::prelude::*;
use model::Direction;

/// `rule` is its key.
#[component]
pub fn RuleLine(rule: u32, draft: RwSignal<Option<RetentionDraft>>) -> impl IntoView {
    let office = use_office();
    let tags = Asking::<AskTags>::new();
    let known =
        Memo::new(move |_| draft.with(|draft| draft.as_ref().and_then(|draft| draft.rule(rule).cloned())));
    let get = move |get: fn(&RuleDraft) -> String| {
        move || known.with(|known| known.as_ref().map(get).unwrap_or_default())
    };
    let change = move |with: &dyn Fn(&mut RuleDraft)| {
        draft.update(|draft| {
            if let Some(rule) = draft.as_mut().and_then(|draft| draft.rule_mut(rule)) {
                with(rule);
            }
        });
    };
    let whole = move |with: fn(&mut RetentionDraft, u32)| {
        draft.update(|draft| {
            if let Some(draft) = draft {
                with(draft, rule);
            }
        });
    };
    let is = move |this: Option<Direction>| {
        move || known.with(|known| known.as_ref().is_some_and(|known| known.direction == this))
    };
    let is_first =
        Memo::new(move |_| draft.with(|draft| draft.as_ref().is_some_and(|draft| draft.is_first(rule))));
    let groups = move || {
        let chosen = get(|rule| rule.group.clone())();
        let groups = office.live.with(|live| live.live.groups.clone());
        groups
            .into_iter()
            .map(|group| {
                let selected = chosen == group.number;
                let words =
                    group.name.map_or(group.number.clone(), |name| format!("{name} {}", group.number));
                view! { <option value=group.number.clone() selected=selected>{words}</option> }
            })
            .collect_view()
    };
    let offered = move || {
        tags.answer
            .get()
            .unwrap_or_default()
            .into_iter()
            .map(|line| view! { <option value=line.tag></option> })
            .collect_view()
    };
    view! {
        <li class="rule" data-testid="retention-rule">
            <label class="field r-name"><span>{say("Rule")}</span><input type="text" placeholder=say("Everything else") autocomplete="off" data-testid="retention-name" prop:value=get(|rule| rule.name.clone()) on:input=move |event| { let text = event_target_value(&event); change(&|rule| rule.name = text.clone()); } /></label>
            <label class="field">
                <span>{say("Direction")}</span>
                <select
                    data-testid="retention-direction"
                    on:change=move |event| {
                        let direction = match event_target_value(&event).as_str() {
                            "in" => Some(Direction::Inbound),
                            "out" => Some(Direction::Outbound),
                            "internal" => Some(Direction::Internal),
                            _ => None,
                        };
                        change(&|rule| rule.direction = direction);
                    }
                >
                    <option value="" selected=is(None)>{say("Any")}</option>
                    <option value="in" selected=is(Some(Direction::Inbound))>{say("In")}</option>
                    <option value="out" selected=is(Some(Direction::Outbound))>{say("Out")}</option>
                    <option value="internal" selected=is(Some(Direction::Internal))>{say("Internal")}</option>
                </select>
            </label>
            <label class="field">
                <span>{say("Group")}</span>
                <select data-testid="retention-group" on:change=move |event| { let text = event_target_value(&event); change(&|rule| rule.group = text.clone()); }>
                    <option value="" selected=move || get(|rule| rule.group.clone())().is_empty()>{say("Any")}</option>
                    {groups}
                </select>
            </label>
            <label class="field"><span>{say("Tag")}</span><input type="text" list="retention-tags" placeholder=say("any") autocomplete="off" data-testid="retention-tag" prop:value=get(|rule| rule.tag.clone()) on:focus=move |_| tags.ask(AskTags {}) on:input=move |event| { let text = event_target_value(&event); change(&|rule| rule.tag = text.clone()); } /><datalist id="retention-tags">{offered}</datalist></label>
            <label class="tick r-unmatched"><input type="checkbox" data-testid="retention-unmatched" prop:checked=move || known.with(|known| known.as_ref().is_some_and(|known| known.unmatched)) on:change=move |event| { let on = event_target_checked(&event); change(&|rule| rule.unmatched = on); } />{say("Only without a call")}</label>
            <label class="field r-days"><span>{say("Days kept")}</span><input type="text" inputmode="numeric" placeholder=say("for ever") autocomplete="off" data-testid="retention-days" prop:value=get(|rule| rule.days.clone()) on:input=move |event| { let text = event_target_value(&event); change(&|rule| rule.days = text.clone()); } /></label>
            <span class="row-ways">
                <button type="button" class="icon-btn turned" aria-label=say("Earlier") title=say("Earlier") data-testid="retention-up" disabled=is_first on:click=move |_| whole(RetentionDraft::raise)><Icon of=Glyph::Back /></button>
                <button type="button" class="icon-btn" aria-label=say("Remove the rule") title=say("Remove") data-testid="retention-remove" on:click=move |_| whole(RetentionDraft::remove)><Icon of=Glyph::Close /></button>
            </span>
        </li>
    }
}
