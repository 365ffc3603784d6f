//! What a manager decides by hand about the opened call: which dialog is open, and what is shown once it is done. The
//! dialogs stand beside the call's details, so that a push that draws those anew does not close them.

use super::join::JoinDialog;
use crate::ipc::Asking;
use crate::parts::clock::Style;
use crate::parts::confirm::{Confirm, Danger, Way};
use crate::parts::decision_words::{kept, part_records, part_related};
use crate::state::use_office;
use crate::words::{fill, heard, say};
use contract::calls::{CallView, RelatedCall};
use contract::decisions::{Decided, DecisionLine, Part, PartCall, TakeBack};
use leptos::prelude::*;
use model::Relation;

#[derive(Clone, Copy)]
pub struct Deciding {
    /// The call that is looked at.
    pub call: RwSignal<Option<CallView>>,
    pub joining: RwSignal<bool>,
    pub parting: RwSignal<Option<Parting>>,
    pub taking_back: RwSignal<Option<DecisionLine>>,
    /// Told which call to show.
    pub done: Callback<String>,
}

/// What is to be taken off the call.
#[derive(Clone, Debug, PartialEq)]
pub enum Parting {
    Records,
    Related(RelatedCall),
}

impl Deciding {
    pub fn new(done: Callback<String>) -> Self {
        Self {
            call: RwSignal::new(None),
            joining: RwSignal::new(false),
            parting: RwSignal::new(None),
            taking_back: RwSignal::new(None),
            done,
        }
    }
}

#[component]
pub fn DecisionDialogs(deciding: Deciding) -> impl IntoView {
    view! {
        <PartDialog deciding />
        <TakeBackDialog deciding />
        <JoinDialog deciding />
    }
}

#[component]
fn PartDialog(deciding: Deciding) -> impl IntoView {
    let open = open_while(deciding.parting);
    let part = Asking::<PartCall>::new().on_answer(move |(_, decided): (PartCall, Decided)| {
        open.set(false);
        deciding.done.run(decided.id);
    });
    Effect::new(move |_| {
        if open.get() {
            part.forget();
        }
    });
    let says = move || {
        let Some((parting, call)) = deciding.parting.get().zip(deciding.call.get()) else {
            return Vec::new();
        };
        let what = match &parting {
            Parting::Records => part_records(&call),
            Parting::Related(related) => part_related(related),
        };
        let other = match parting {
            Parting::Records => None,
            Parting::Related(related) => related.says,
        };
        other.into_iter().chain([what, kept().to_owned()]).collect()
    };
    let run = Callback::new(move |()| {
        let parting = deciding.parting.get_untracked();
        let id = deciding.call.with_untracked(|call| call.as_ref().map(|call| call.row.id.clone()));
        if let Some((parting, id)) = parting.zip(id) {
            part.ask(request(parting, id));
        }
    });
    let way = Way {
        words: say("They are not the same call"),
        otherwise: say("Leave it as it is"),
        testid: "confirm-part",
        danger: Danger::CanBeTakenBack,
    };
    view! {
        <Confirm
            open
            title=say("Not the same call?").to_owned()
            says=Signal::derive(says)
            testid="part-dialog"
            way
            busy=part.busy
            failure=part.failure
            run
        />
    }
}

/// It is the part that counts by itself then; which of the two that is, the relation tells.
fn request(parting: Parting, id: String) -> PartCall {
    match parting {
        Parting::Records => PartCall { id, what: Part::Records },
        Parting::Related(RelatedCall { id: other, relation, says: _ }) => match relation {
            Relation::Consultation | Relation::Twin | Relation::Conference => {
                PartCall { id, what: Part::Related { other } }
            }
            Relation::ConsultationOf | Relation::TwinOf | Relation::ConferenceOf => {
                PartCall { id: other, what: Part::Related { other: id } }
            }
        },
    }
}

#[component]
fn TakeBackDialog(deciding: Deciding) -> impl IntoView {
    let office = use_office();
    let open = open_while(deciding.taking_back);
    let take_back = Asking::<TakeBack>::new().on_answer(move |(_, decided): (TakeBack, Decided)| {
        open.set(false);
        deciding.done.run(decided.id);
    });
    Effect::new(move |_| {
        if open.get() {
            take_back.forget();
        }
    });
    let says = move || {
        let Some(line) = deciding.taking_back.get() else { return Vec::new() };
        let when = office.clock(Style::DateAndMinute, line.at_ms);
        let then = say(
            "It holds no more, and the calls are what they were without it. You can decide the same again.",
        );
        vec![
            fill("{what}, decided on {when}.", &[("what", &heard(&line.says)), ("when", &when)]),
            then.to_owned(),
        ]
    };
    let run = Callback::new(move |()| {
        if let Some(line) = deciding.taking_back.get_untracked() {
            take_back.ask(TakeBack { decision: line.decision });
        }
    });
    let way = Way {
        words: say("Take it back"),
        otherwise: say("Leave it as it is"),
        testid: "confirm-take-back",
        danger: Danger::CanBeTakenBack,
    };
    view! {
        <Confirm
            open
            title=say("Take this decision back?").to_owned()
            says=Signal::derive(says)
            testid="take-back-dialog"
            way
            busy=take_back.busy
            failure=take_back.failure
            run
        />
    }
}

/// A dialog is open while there is something to ask about.
fn open_while<T: Clone + Send + Sync + 'static>(about: RwSignal<Option<T>>) -> RwSignal<bool> {
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        if about.with(Option::is_some) {
            open.set(true);
        }
    });
    Effect::new(move |_| {
        if !open.get() && about.with_untracked(Option::is_some) {
            about.set(None);
        }
    });
    open
}

#[cfg(test)]
mod tests {
    use super::*;

    fn related(relation: Relation) -> Parting {
        Parting::Related(RelatedCall { id: "other".into(), relation, says: None })
    }

    #[test]
    fn the_part_is_taken_off_the_call_it_belongs_to() {
        let asked = request(related(Relation::Consultation), "this".into());
        assert_eq!(asked.id, "this", "this call had a consultation");
        assert_eq!(asked.what, Part::Related { other: "other".into() }, "the other one was it");
        let asked = request(related(Relation::ConsultationOf), "this".into());
        assert_eq!(asked.id, "other", "seen from the consultation, the other call had it");
        assert_eq!(asked.what, Part::Related { other: "this".into() }, "this one was it");
    }
}
