//! Tags: those it has, and adding one, completed from those that are in use.

use super::Remarks;
use crate::ipc::Asking;
use crate::parts::icon::{Glyph, Icon};
use crate::parts::notice::Failed;
use crate::state::recording_filter::RecordingQuery;
use crate::state::use_office;
use crate::words::{fill, say};
use contract::notes::{AskTags, SetTags};
use contract::recordings::RecordingFilter;
use leptos::prelude::*;

#[component]
pub fn Tags(remarks: Remarks) -> impl IntoView {
    let office = use_office();
    let known = Asking::<AskTags>::new();
    let text = RwSignal::new(String::new());
    let set = Asking::<SetTags>::new().on_answer(move |(_, tags): (SetTags, Vec<String>)| {
        remarks.about.update(|about| about.tags = tags);
        office.remarked.update(|count| *count += 1);
    });
    let tags = Memo::new(move |_| remarks.about.with(|about| about.tags.clone()));
    let change = move |add: Vec<String>, remove: Vec<String>| {
        let (call, recording) =
            remarks.about.with_untracked(|about| (about.call.clone(), about.recording.clone()));
        let recording = if call.is_some() { None } else { recording };
        set.ask(SetTags { call, recording, add, remove });
    };
    let store = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let tag = text.with_untracked(|text| text.trim().to_owned());
        if !tag.is_empty() {
            text.set(String::new());
            change(vec![tag], Vec::new());
        }
    };
    let ask_known = move |_| {
        if known.answer.with_untracked(Option::is_none) {
            known.ask(AskTags {});
        }
    };
    let offered = move || {
        let all = known.answer.get().unwrap_or_default();
        let has = tags.get();
        all.into_iter()
            .filter(|line| !has.contains(&line.tag))
            .map(|line| view! { <option value=line.tag></option> })
            .collect_view()
    };
    let show = move |tag: String| {
        let filter = RecordingFilter { tag: Some(tag), ..RecordingFilter::default() };
        office.show_recordings(RecordingQuery { filter, ..RecordingQuery::default() });
    };
    view! {
        <section class="tags" aria-label=say("Tags")>
            <h3>{say("Tags")}</h3>
            <div class="tag-line" data-testid="tags">
                <For each=move || tags.get() key=String::clone let:tag>
                    {
                        let (shown, gone) = (tag.clone(), tag.clone());
                        view! {
                            <span class="chip" data-testid="tag">
                                <button type="button" class="tag-word" title=say("Recordings with this tag") on:click=move |_| show(shown.clone())>{tag.clone()}</button>
                                <button type="button" aria-label=fill("Remove the tag {tag}", &[("tag", &tag)]) title=say("Remove") data-testid="tag-remove" on:click=move |_| change(Vec::new(), vec![gone.clone()])>
                                    <Icon of=Glyph::Close />
                                </button>
                            </span>
                        }
                    }
                </For>
                <form on:submit=store>
                    <input class="filter-text" type="text" list="known-tags" placeholder=say("Add a tag") aria-label=say("Add a tag") autocomplete="off" spellcheck="false" data-testid="tag-add" prop:value=text on:focus=ask_known on:input=move |event| text.set(event_target_value(&event)) />
                    <datalist id="known-tags">{offered}</datalist>
                </form>
            </div>
            {move || set.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| set.again()) /> })}
        </section>
    }
}
