//! The settings of this computer, loaded and with what failed.

use super::notices::Notifications;
use super::starting::Starting;
use super::updates::Updates;
use crate::ipc::Asking;
use crate::parts::notice::{Failed, Skeleton};
use crate::state::use_office;
use crate::words::say;
use contract::computer::{AskComputer, ComputerPrefs, ComputerView, Role, SaveComputer};
use leptos::prelude::*;

/// What the cards show, and how they change it.
#[derive(Clone, Copy)]
pub struct Form {
    pub view: Signal<ComputerView>,
    pub save: Asking<SaveComputer>,
}

impl Form {
    /// Changes one preference; the others stay as they are.
    pub fn change(self, with: impl FnOnce(&mut ComputerPrefs)) {
        let mut prefs = self.view.with_untracked(|view| view.prefs.clone());
        with(&mut prefs);
        self.save.ask(SaveComputer { prefs });
    }

    pub fn read<T: Clone + PartialEq + Send + Sync + 'static>(self, of: fn(&ComputerView) -> T) -> Memo<T> {
        Memo::new(move |_| self.view.with(of))
    }
}

#[component]
pub fn ComputerScreen() -> impl IntoView {
    view! { <Known draw=Callback::new(|form| view! { <Cards form /> }.into_any()) /> }
}

/// What `draw` makes of the preferences of this computer, once they are known.
#[component]
pub fn Known(draw: Callback<Form, AnyView>) -> impl IntoView {
    let known = use_office().computer;
    let asking = Asking::<AskComputer>::new().on_answer(move |(_, view)| known.set(Some(view)));
    asking.ask(AskComputer {});
    let save = Asking::<SaveComputer>::new().on_answer(move |(_, view)| known.set(Some(view)));
    let is_known = Memo::new(move |_| known.with(Option::is_some));
    move || {
        if let Some(failure) = asking.failure.get() {
            let again = Callback::new(move |()| asking.again());
            return view! { <div class="card"><Failed failure again /></div> }.into_any();
        }
        let first = is_known.get().then(|| known.get_untracked()).flatten();
        let Some(first) = first else {
            return view! { <Show when=move || asking.slow.get()><Skeleton rows=6 /></Show> }.into_any();
        };
        // A view that is known is never unknown again; the last one stands in for the moment in between.
        let first = StoredValue::new(first);
        let view = Signal::derive(move || known.get().unwrap_or_else(|| first.get_value()));
        draw.run(Form { view, save })
    }
}

#[component]
fn Cards(form: Form) -> impl IntoView {
    let apart = form.read(|view| view.role == Role::Apart);
    let again = Callback::new(move |()| form.save.again());
    view! {
        <div class="computer" data-testid="computer">
            <Show when=move || apart.get()>
                <p class="advice" role="note" data-testid="computer-apart">
                    {say("This window shows the demo, or a library of its own: it ends when it is closed, notifies nobody and updates nothing. What is chosen here holds for the CallDoc of every day.")}
                </p>
            </Show>
            {move || form.save.failure.get().map(|failure| view! { <div class="card"><Failed failure again /></div> })}
            <Starting form />
            <Notifications form />
            <Updates form />
        </div>
    }
}
