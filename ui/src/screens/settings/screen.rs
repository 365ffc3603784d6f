//! The settings with their parts.

use super::about::AboutScreen;
use super::appearance::Appearance;
use super::backups::BackupSettings;
use super::computer::ComputerScreen;
use super::directory::DirectoryScreen;
use super::finder::Finder;
use super::health::HealthPage;
use super::hours::BusinessHours;
use super::mail::MailSettings;
use super::portable::Portable;
use super::privacy::PrivacyPage;
use super::rates::RatesScreen;
use super::recordings::RecordingSettings;
use super::sites::Sites;
use crate::state::settings_tab::SettingsTab as Tab;
use crate::state::use_office;
use crate::words::say;
use leptos::prelude::*;

#[component]
pub fn SettingsScreen() -> impl IntoView {
    let office = use_office();
    let tab = office.settings_tab;
    let troubles = Memo::new(move |_| office.health.with(Vec::len));
    let tabs = Tab::ALL.map(|this| {
        let count = move || (this == Tab::Health && troubles.get() > 0).then(|| troubles.get());
        view! {
            <button
                type="button"
                role="tab"
                id=format!("tab-{}", this.word())
                class:on=move || tab.get() == this
                aria-selected=move || (tab.get() == this).to_string()
                aria-controls="settings-panel"
                tabindex=move || if tab.get() == this { "0" } else { "-1" }
                data-testid=format!("tab-{}", this.word())
                on:click=move |_| tab.set(this)
            >
                {this.title()}
                {move || count().map(|count| view! { <b>{count}</b> })}
            </button>
        }
    });
    let walk = move |event: web_sys::KeyboardEvent| {
        let at = Tab::ALL.iter().position(|this| *this == tab.get_untracked()).unwrap_or_default();
        let to = match event.key().as_str() {
            "ArrowRight" | "ArrowDown" => (at + 1) % Tab::ALL.len(),
            "ArrowLeft" | "ArrowUp" => (at + Tab::ALL.len() - 1) % Tab::ALL.len(),
            _ => return,
        };
        event.prevent_default();
        tab.set(Tab::ALL[to]);
        let tab = document().get_element_by_id(&format!("tab-{}", Tab::ALL[to].word()));
        if let Some(tab) =
            tab.and_then(|tab| wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(tab).ok())
        {
            let _ = tab.focus();
        }
    };
    view! {
        <div class="settings" data-testid="settings">
            <div class="settings-side">
                <Finder />
                <div class="tabs" role="tablist" aria-label=say("Settings") on:keydown=walk>
                    {tabs.into_iter().collect_view()}
                </div>
            </div>
            <div
                id="settings-panel"
                class="settings-panel"
                role="tabpanel"
                aria-labelledby=move || format!("tab-{}", tab.get().word())
            >
                {move || match tab.get() {
                    Tab::PhoneSystem => view! { <Sites /> }.into_any(),
                    Tab::PeopleAndNames => view! { <DirectoryScreen /> }.into_any(),
                    Tab::CallCost => view! { <RatesScreen /> }.into_any(),
                    Tab::Recordings => view! { <RecordingSettings /> }.into_any(),
                    Tab::BusinessHours => view! { <BusinessHours /> }.into_any(),
                    Tab::Mail => view! { <MailSettings /> }.into_any(),
                    Tab::Backups => view! { <BackupSettings /> }.into_any(),
                    Tab::Privacy => view! { <PrivacyPage /> }.into_any(),
                    Tab::Health => view! { <HealthPage /> }.into_any(),
                    Tab::Appearance => view! { <Appearance /> }.into_any(),
                    Tab::Portable => view! { <Portable /> }.into_any(),
                    Tab::ThisComputer => view! { <ComputerScreen /> }.into_any(),
                    Tab::About => view! { <AboutScreen /> }.into_any(),
                }}
            </div>
        </div>
    }
}
