//! The phone systems that CallDoc listens to, and the way to add, change and remove one.

use super::form::SiteForm;
use crate::ipc::Asking;
use crate::parts::dialog::Dialog;
use crate::parts::icon::{Glyph, Icon};
use crate::parts::lamp::Dot;
use crate::parts::notice::{Empty, Failed, Skeleton};
use crate::parts::site_words::{clock as clock_words, clock_advice};
use crate::state::site_draft::SiteDraft;
use crate::state::standing::{source_name, state_words};
use crate::state::use_office;
use crate::words::{fill, heard, say};
use contract::sites::{AskCountries, AskSites, AskZones, PbxClock, RemoveSite, SavedSite, Site, SmdrMode};
use leptos::prelude::*;

#[component]
pub fn Sites() -> impl IntoView {
    let office = use_office();
    let sites = Asking::<AskSites>::new();
    let zones = Asking::<AskZones>::new();
    zones.ask(AskZones {});
    let countries = Asking::<AskCountries>::new();
    countries.ask(AskCountries {});
    Effect::new(move |_| {
        office.settings_changed.track();
        office.ask_again.track();
        sites.ask_soon(AskSites {});
    });
    let editing = RwSignal::new(None::<SiteDraft>);
    let notice = RwSignal::new(None::<String>);
    let leaving = RwSignal::new(None::<Site>);
    let again = Callback::new(move |()| sites.again());
    let here = move || zones.answer.with_untracked(|zones| zones.as_ref().map(|zones| zones.here.clone()));
    let add = Callback::new(move |()| {
        notice.set(None);
        editing.set(Some(SiteDraft::empty(&here().unwrap_or_default())));
    });
    let close = Callback::new(move |saved: Option<SavedSite>| {
        editing.set(None);
        if let Some(saved) = saved {
            let said = saved.notice.map(heard).unwrap_or_else(|| {
                fill("{name} is saved; CallDoc listens to it.", &[("name", &saved.site.name)])
            });
            notice.set(Some(said));
            sites.ask_soon(AskSites {});
        }
    });
    let list = move || {
        if let Some(failure) = sites.failure.get() {
            return view! { <div class="card"><Failed failure again /></div> }.into_any();
        }
        let Some(all) = sites.answer.get() else {
            return view! { <Show when=move || sites.slow.get()><Skeleton rows=3 /></Show> }.into_any();
        };
        if all.is_empty() {
            let says =
                say("Add your IP Office. CallDoc then hears every call through DevLink3, SMDR, or both.");
            let action = (say("Add your phone system").to_owned(), add);
            return view! { <div class="card"><Empty title=say("No phone system yet") says action /></div> }
                .into_any();
        }
        let edit = Callback::new(move |site: Site| {
            notice.set(None);
            editing.set(Some(SiteDraft::of(&site)));
        });
        let remove = Callback::new(move |site: Site| leaving.set(Some(site)));
        let cards = all.into_iter().map(|site| view! { <SiteCard site edit remove /> }).collect_view();
        view! {
            <div class="site-list">{cards}</div>
            <button type="button" class="btn" data-testid="add-site" on:click=move |_| add.run(())>
                {say("Add another phone system")}
            </button>
        }
        .into_any()
    };
    view! {
        {move || notice.get().map(|says| view! { <p class="saved" role="status" data-testid="saved-notice">{says}</p> })}
        {move || match editing.get() {
            Some(draft) => view! { <SiteForm draft zones countries close /> }.into_any(),
            None => list().into_any(),
        }}
        <Leaving leaving removed=Callback::new(move |()| sites.ask_soon(AskSites {})) />
    }
}

#[component]
fn SiteCard(site: Site, edit: Callback<Site>, remove: Callback<Site>) -> impl IntoView {
    let office = use_office();
    let id = site.id;
    let lamps = move || {
        let of_site = office.lamps.get().into_iter().filter(|lamp| lamp.site == id);
        of_site
            .map(|lamp| {
                let state = lamp.state;
                view! {
                    <p class="site-lamp">
                        <Dot state=Signal::stored(state) />
                        <span class="b">{source_name(lamp.source)}</span>
                        <span class="mute">{state_words(state)}": "{heard(lamp.says)}</span>
                    </p>
                }
            })
            .collect_view()
    };
    let (for_edit, for_removal) = (site.clone(), site.clone());
    view! {
        <section class="card site" data-testid="site" data-site-id=site.id.to_string()>
            <div class="site-head">
                <h2>{site.name.clone()}</h2>
                <span class="mute sm">{site.time_zone.clone()}</span>
                <span class="sp"></span>
                <button type="button" class="btn" data-testid="edit-site" on:click=move |_| edit.run(for_edit.clone())>{say("Change")}</button>
                <button type="button" class="btn" data-testid="remove-site" on:click=move |_| remove.run(for_removal.clone())>{say("Remove")}</button>
            </div>
            <p class="mute sm">{ways(&site)}</p>
            {lamps}
            {site.pbx_clock.map(|clock| view! { <ClockLine clock /> })}
        </section>
    }
}

/// How the PBX's clock stands, and what to do when it is off.
#[component]
fn ClockLine(clock: PbxClock) -> impl IntoView {
    let advice = clock_advice(&clock);
    view! {
        <p class="site-lamp" class:warn=advice.is_some() data-testid="pbx-clock">
            <Icon of=if advice.is_some() { Glyph::Warning } else { Glyph::Clock } />
            <span class="mute">{clock_words(&clock)}</span>
        </p>
        {advice.map(|advice| view! { <p class="advice sm" data-testid="pbx-clock-advice">{advice}</p> })}
    }
}

/// How the site is reached, in a line.
fn ways(site: &Site) -> String {
    let devlink = site.devlink.as_ref().map(|devlink| {
        let port = devlink.port.to_string();
        let given = [("host", devlink.host.as_str()), ("port", port.as_str())];
        if devlink.tls {
            fill("DevLink3 at {host}:{port} with TLS", &given)
        } else {
            fill("DevLink3 at {host}:{port}", &given)
        }
    });
    let smdr = site.smdr.as_ref().map(|smdr| match smdr.mode {
        SmdrMode::Listen => {
            fill("SMDR: the PBX connects to port {port}", &[("port", &smdr.port.to_string())])
        }
        SmdrMode::Connect => {
            fill("SMDR from {host}:{port}", &[("host", &smdr.host), ("port", &smdr.port.to_string())])
        }
    });
    devlink.into_iter().chain(smdr).collect::<Vec<_>>().join(" · ")
}

/// Asks once more before a site is let go.
#[component]
fn Leaving(leaving: RwSignal<Option<Site>>, removed: Callback<()>) -> impl IntoView {
    let open = RwSignal::new(false);
    let removal = Asking::<RemoveSite>::new().on_answer(move |_| {
        open.set(false);
        removed.run(());
    });
    Effect::new(move |_| {
        if leaving.with(Option::is_some) {
            removal.forget();
            open.set(true);
        }
    });
    Effect::new(move |_| {
        if !open.get() {
            leaving.set(None);
        }
    });
    let name = move || leaving.with(|site| site.as_ref().map(|site| site.name.clone()).unwrap_or_default());
    let again = Callback::new(move |()| removal.again());
    view! {
        <Dialog open label=say("Remove a phone system") testid="remove-dialog" class="confirm">
            <h2>{move || fill("Stop listening to {name}?", &[("name", &name())])}</h2>
            <p class="mute">{say("Its calls stay in the library. Its address and its password are forgotten.")}</p>
            {move || removal.failure.get().map(|failure| view! { <Failed failure again /> })}
            <div class="buttons">
                <button
                    type="button"
                    class="btn danger"
                    data-testid="confirm-remove"
                    disabled=move || removal.busy.get()
                    on:click=move |_| {
                        if let Some(site) = leaving.get_untracked() {
                            removal.ask(RemoveSite { id: site.id });
                        }
                    }
                >
                    {say("Remove")}
                </button>
                <button type="button" class="btn" on:click=move |_| open.set(false)>{say("Keep it")}</button>
            </div>
        </Dialog>
    }
}
