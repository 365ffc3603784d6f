//! What was looked at: what is amiss first, then what is good.

use crate::parts::icon::{Glyph, Icon};
use crate::words::{heard, say};
use contract::health::{Finding, Verdict};
use leptos::prelude::*;

#[component]
pub fn Findings(findings: Vec<Finding>) -> impl IntoView {
    let mut findings = findings;
    findings.sort_by_key(|found| std::cmp::Reverse(found.verdict));
    let lines = findings.into_iter().map(|found| view! { <Line found /> }).collect_view();
    view! { <ol class="steps checks" data-testid="findings">{lines}</ol> }
}

#[component]
fn Line(found: Finding) -> impl IntoView {
    let (class, glyph, word) = match found.verdict {
        Verdict::Good => ("step good", Glyph::Good, ""),
        Verdict::Warning => ("step warning", Glyph::Warning, say("worth a look")),
        Verdict::Bad => ("step bad", Glyph::Close, say("amiss")),
    };
    let advice =
        found.advice.into_iter().map(|advice| view! { <p class="advice">{heard(advice)}</p> }).collect_view();
    view! {
        <li class=class data-testid="finding">
            <span class="step-icon"><Icon of=glyph /></span>
            <div>
                <h3>{capital(&heard(found.about))}<span class="step-word">{word}</span></h3>
                <p>{heard(found.says)}</p>
                {advice}
            </div>
        </li>
    }
}

/// As the beginning of a line.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::capital;

    #[test]
    fn a_line_begins_with_a_capital_in_any_language() {
        assert_eq!(capital("work that waits"), "Work that waits", "English");
        assert_eq!(capital("äther"), "Äther", "German");
        assert_eq!(capital(""), "", "nothing is nothing");
    }
}
