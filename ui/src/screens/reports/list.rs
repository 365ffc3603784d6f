//! Everything there is to run: one's own reports, and the standard ones by chapter.

use crate::parts::filter_text::FilterText;
use crate::parts::notice::{Empty, Failed, Skeleton};
use crate::state::report_list::{Entry, sections, word};
use crate::state::use_office;
use crate::words::say;
use leptos::html;
use leptos::prelude::*;

#[component]
pub fn ReportList(filter_text: NodeRef<html::Input>) -> impl IntoView {
    let reports = use_office().reports;
    let found = Memo::new(move |_| reports.all.with(|all| sections(all, &reports.typed.get())));
    let apply = Callback::new(move |text: Option<String>| reports.typed.set(text.unwrap_or_default()));
    let list = move || {
        if let Some(failure) = reports.list.failure.get() {
            let again = Callback::new(move |()| reports.list.again());
            return view! { <Failed failure again /> }.into_any();
        }
        if reports.list.answer.with(Option::is_none) {
            return view! { <Show when=move || reports.list.slow.get()><Skeleton rows=12 /></Show> }
                .into_any();
        }
        if found.with(Vec::is_empty) {
            let says = say("No report has these words in its name or its sentence.");
            let action =
                (say("Show all").to_owned(), Callback::new(move |()| reports.typed.set(String::new())));
            return view! { <Empty title=say("Nothing found") says action /> }.into_any();
        }
        found
            .get()
            .into_iter()
            .map(|section| {
                view! {
                    <section aria-label=section.title>
                        <h2 class="report-chapter">{section.title}</h2>
                        <ul>{section.entries.into_iter().map(|entry| view! { <Item entry /> }).collect_view()}</ul>
                    </section>
                }
            })
            .collect_view()
            .into_any()
    };
    view! {
        <nav class="card report-list" aria-label=say("Reports")>
            <div class="report-find">
                <FilterText
                    input=filter_text
                    text=reports.typed.into()
                    apply
                    hint=say("Name or question")
                    label=say("Filter by name or question")
                />
            </div>
            <div class="report-items">{list}</div>
        </nav>
    }
}

#[component]
fn Item(entry: Entry) -> impl IntoView {
    let reports = use_office().reports;
    let Entry { report, title, says } = entry;
    let name = word(&report);
    let this = report.clone();
    let is_on = Memo::new(move |_| reports.chosen.with(|chosen| chosen.as_ref() == Some(&this)));
    view! {
        <li>
            <button
                type="button"
                class="report-item"
                class:on=is_on
                aria-current=move || is_on.get().then_some("true")
                title=says.clone()
                data-testid="report-item"
                data-report=name
                on:click=move |_| reports.show(report.clone())
            >
                <span class="report-item-title">{title}</span>
                <span class="report-item-says">{says.clone()}</span>
            </button>
        </li>
    }
}
