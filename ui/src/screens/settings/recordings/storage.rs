//! How recordings are stored: in which folders, and how they are encoded.

use super::pools::Pools;
use crate::ipc::Asking;
use crate::parts::notice::Failed;
use crate::parts::text_box::TickBox;
use crate::words::{fill, say};
use contract::keeping::{AskEncoding, Encoding, SaveEncoding};
use leptos::prelude::*;

/// Megabytes of an hour, for each channel, at so many kilobits a second.
fn megabytes_an_hour(kilobits: u16) -> f64 {
    f64::from(kilobits) * 3_600.0 / 8.0 / 1_000.0
}

#[component]
pub fn Storage() -> impl IntoView {
    view! {
        <Pools />
        <EncodingCard />
    }
}

#[component]
fn EncodingCard() -> impl IntoView {
    let encoding = Asking::<AskEncoding>::new();
    encoding.ask(AskEncoding {});
    let save = Asking::<SaveEncoding>::new().on_answer(move |(_, now)| encoding.answer.set(Some(now)));
    let now = Memo::new(move |_| {
        save.answer
            .get()
            .or_else(|| encoding.answer.get())
            .unwrap_or(Encoding { kilobits: 24, keep_original: false })
    });
    let shown = RwSignal::new(None::<u16>);
    let kilobits = move || shown.get().unwrap_or_else(|| now.get().kilobits);
    let failure = move || encoding.failure.get().or_else(|| save.failure.get());
    view! {
        <section class="card keeping-card">
            <h2>{say("Encoding")}</h2>
            <p class="mute">{say("Recordings are stored as Ogg Opus, which any player can play. 24 kbit/s is clear speech; music on hold gains from more.")}</p>
            <label class="field">
                <span>{move || fill("{kilobits} kbit/s for each channel, about {megabytes} MB an hour", &[("kilobits", &kilobits().to_string()), ("megabytes", &format!("{:.0}", megabytes_an_hour(kilobits())))])}</span>
                <input
                    type="range"
                    min="12"
                    max="64"
                    step="4"
                    data-testid="encoding-kilobits"
                    prop:value=move || kilobits().to_string()
                    on:input=move |event| shown.set(event_target_value(&event).parse().ok())
                    on:change=move |event| {
                        if let Ok(kilobits) = event_target_value(&event).parse() {
                            save.ask(SaveEncoding { encoding: Encoding { kilobits, ..now.get_untracked() } });
                        }
                    }
                />
            </label>
            <TickBox label=say("Keep the original file beside the stored one") testid="encoding-keep" hint=say("Takes about as much room again as the recorder's files did.") value=Signal::derive(move || now.get().keep_original) set=Callback::new(move |keep_original| save.ask(SaveEncoding { encoding: Encoding { keep_original, ..now.get_untracked() } })) />
            {move || failure().map(|failure| view! { <Failed failure again=Callback::new(move |()| encoding.again()) /> })}
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_at_the_usual_setting_is_about_eleven_megabytes() {
        assert!((megabytes_an_hour(24) - 10.8).abs() < 1e-9, "24 kbit/s, 3,600 seconds, 8 bits a byte");
    }
}
