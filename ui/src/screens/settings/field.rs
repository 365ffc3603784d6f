//! One field of a form: its name, what may be typed, what it is for, and what is wrong with it.

use crate::state::site_draft::{Complaint, Field, SiteDraft};
use leptos::prelude::*;

/// The form as its fields see it.
#[derive(Clone, Copy)]
pub struct Draft {
    pub draft: RwSignal<SiteDraft>,
    pub complaints: RwSignal<Vec<Complaint>>,
}

impl Draft {
    /// Changes the form. A complaint about what was just changed is out of date.
    pub fn change(self, field: Field, with: impl FnOnce(&mut SiteDraft)) {
        self.draft.update(with);
        self.complaints.update(|complaints| {
            complaints.retain(|complaint| complaint.field != field && complaint.field != Field::Sources);
        });
    }

    pub fn complaint(self, field: Field) -> Option<&'static str> {
        self.complaints.with(|complaints| {
            complaints.iter().find(|complaint| complaint.field == field).map(|complaint| complaint.says)
        })
    }
}

#[component]
pub fn TextField(
    form: Draft,
    field: Field,
    label: &'static str,
    testid: &'static str,
    get: fn(&SiteDraft) -> &String,
    set: fn(&mut SiteDraft, String),
    #[prop(optional)] hint: &'static str,
    #[prop(optional)] placeholder: &'static str,
    /// Id of a datalist with what may be chosen.
    #[prop(optional)]
    list: Option<&'static str>,
    #[prop(optional)] class: &'static str,
) -> impl IntoView {
    let value = Memo::new(move |_| form.draft.with(|draft| get(draft).clone()));
    let wrong = Memo::new(move |_| form.complaint(field));
    let describes = format!("{testid}-says");
    view! {
        <label class=format!("field {class}") class:wrong=move || wrong.get().is_some()>
            <span>{label}</span>
            <input
                type="text"
                autocomplete="off"
                spellcheck="false"
                placeholder=placeholder
                list=list
                data-testid=testid
                aria-invalid=move || wrong.get().is_some().to_string()
                aria-describedby=describes.clone()
                prop:value=value
                on:input=move |event| {
                    let typed = event_target_value(&event);
                    form.change(field, |draft| set(draft, typed));
                }
            />
            <Says id=describes wrong hint />
        </label>
    }
}

/// Under a field: what is wrong with it, or else what it is for.
#[component]
pub fn Says(id: String, wrong: Memo<Option<&'static str>>, hint: &'static str) -> impl IntoView {
    view! {
        <span class="says" id=id class:complaint=move || wrong.get().is_some()>
            {move || wrong.get().unwrap_or(hint)}
        </span>
    }
}
