//! What came of testing the connection, step by step, with what to do where a step failed.

use crate::parts::icon::{Glyph, Icon};
use crate::parts::notice::Failed;
use crate::words::{heard, say};
use contract::Failure;
use contract::sites::{StepResult, TestReport, TestStep};
use leptos::prelude::*;

#[component]
pub fn Report(
    #[prop(into)] answer: Signal<Option<TestReport>>,
    #[prop(into)] busy: Signal<bool>,
    #[prop(into)] failure: Signal<Option<Failure>>,
    run: Callback<()>,
    /// What a test does, while none was made.
    hint: &'static str,
) -> impl IntoView {
    let body = move || {
        if let Some(failure) = failure.get() {
            return view! { <Failed failure again=run /> }.into_any();
        }
        if busy.get() {
            return view! { <p class="mute testing">{say("Testing the connection. This can take half a minute when nobody answers.")}</p> }.into_any();
        }
        let Some(report) = answer.get() else {
            return view! {
                <p class="mute">{hint}</p>
            }
            .into_any();
        };
        let steps = report.steps.into_iter().map(|step| view! { <Step step /> }).collect_view();
        view! { <ol class="steps">{steps}</ol> }.into_any()
    };
    // In a narrow window the report stands below the form, out of sight.
    let element = NodeRef::<leptos::html::Section>::new();
    Effect::new(move |_| {
        if let (true, Some(element)) = (answer.with(Option::is_some), element.get()) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            element.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
    view! {
        <section class="card report" node_ref=element data-testid="test-report" aria-label=say("Test of the connection") aria-live="polite">
            <h2>{say("Test of the connection")}</h2>
            {body}
        </section>
    }
}

#[component]
fn Step(step: TestStep) -> impl IntoView {
    let (class, glyph, word) = shown(step.result);
    view! {
        <li class=format!("step {class}") data-testid="test-step" data-result=class>
            <span class="step-icon"><Icon of=glyph /></span>
            <div>
                <h3>
                    {heard(step.title)}
                    <span class="step-word">{word}</span>
                </h3>
                <p>{heard(step.says)}</p>
                {(!step.mend.is_empty())
                    .then(|| {
                        let mend = step.mend.into_iter().map(|line| view! { <li>{heard(line)}</li> }).collect_view();
                        view! { <ol class="mend">{mend}</ol> }
                    })}
            </div>
        </li>
    }
}

fn shown(result: StepResult) -> (&'static str, Glyph, &'static str) {
    match result {
        StepResult::Good => ("good", Glyph::Good, say("works")),
        StepResult::Warning => ("warning", Glyph::Warning, say("works, with something amiss")),
        StepResult::Bad => ("bad", Glyph::Close, say("does not work")),
        StepResult::Skipped => ("skipped", Glyph::Skipped, say("not reached")),
    }
}
