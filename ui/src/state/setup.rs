//! The first run: which step one is at, and what was typed so far. It belongs to the window, not to a screen, so that
//! going back, or to the settings and here again, loses nothing.

use super::site_draft::{Complaint, Devlink, Field, SiteDraft, Transport};
use crate::ipc::Asking;
use contract::first_run::{FindPbx, FoundPbx, OpenOffice};
use contract::intake::{IntakePlace, IntakeSource, SaveIntakeSource};
use leptos::prelude::*;

/// Between two looks at a recorder's whole folder; what comes in between is told by the system.
const LOOK_EVERY_SECONDS: u32 = 60;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Step {
    #[default]
    Welcome,
    Address,
    Devlink,
    Smdr,
    Recordings,
    Place,
    Done,
}

impl Step {
    /// Those in which something is asked, in their order.
    pub const ASKING: [Step; 5] = [Step::Address, Step::Devlink, Step::Smdr, Step::Recordings, Step::Place];

    /// As spelt in test hooks.
    pub fn word(self) -> &'static str {
        match self {
            Step::Welcome => "welcome",
            Step::Address => "address",
            Step::Devlink => "devlink",
            Step::Smdr => "smdr",
            Step::Recordings => "recordings",
            Step::Place => "place",
            Step::Done => "done",
        }
    }

    /// `None`: what comes after it has to be saved first, or there is nothing after it.
    pub fn after(self) -> Option<Step> {
        match self {
            Step::Welcome => Some(Step::Address),
            Step::Address => Some(Step::Devlink),
            Step::Devlink => Some(Step::Smdr),
            Step::Smdr => Some(Step::Recordings),
            Step::Recordings => Some(Step::Place),
            Step::Place | Step::Done => None,
        }
    }

    pub fn before(self) -> Option<Step> {
        match self {
            Step::Welcome | Step::Done => None,
            Step::Address => Some(Step::Welcome),
            Step::Devlink => Some(Step::Address),
            Step::Smdr => Some(Step::Devlink),
            Step::Recordings => Some(Step::Smdr),
            Step::Place => Some(Step::Recordings),
        }
    }

    /// The fields that are asked for in it.
    fn fields(self) -> &'static [Field] {
        match self {
            Step::Welcome | Step::Recordings | Step::Done => &[],
            Step::Address => &[Field::Host],
            Step::Devlink => &[Field::Port, Field::User, Field::Password],
            Step::Smdr => &[Field::SmdrHost, Field::SmdrPort, Field::OnlyFrom, Field::Sources],
            Step::Place => &[Field::Name, Field::TimeZone, Field::Country, Field::AccessDigits],
        }
    }

    /// What is wrong with what was typed in it.
    pub fn complaints(self, draft: &SiteDraft, password: &str) -> Vec<Complaint> {
        // The address is asked for once, for both sources, also where DevLink3 is then left out.
        let asked = match self {
            Step::Address => SiteDraft { devlink: Devlink::On, ..draft.clone() },
            Step::Welcome | Step::Devlink | Step::Smdr | Step::Recordings | Step::Place | Step::Done => {
                draft.clone()
            }
        };
        let mut complaints = asked.to_site(password).err().unwrap_or_default();
        complaints.retain(|complaint| self.fields().contains(&complaint.field));
        complaints
    }
}

/// What the first run holds in the window. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Setup {
    /// It stands in the place of the screens.
    pub open: RwSignal<bool>,
    pub step: RwSignal<Step>,
    pub draft: RwSignal<SiteDraft>,
    pub complaints: RwSignal<Vec<Complaint>>,
    /// Held until it is saved, and no longer.
    pub password: RwSignal<String>,
    pub recordings_folder: RwSignal<String>,
    /// Said once everything is saved.
    pub notice: RwSignal<Option<String>>,
    pub search: Asking<FindPbx>,
    pub other_office: Asking<OpenOffice>,
}

impl Default for Setup {
    fn default() -> Self {
        Self::new()
    }
}

impl Setup {
    pub fn new() -> Self {
        Self {
            open: RwSignal::new(false),
            step: RwSignal::new(Step::default()),
            draft: RwSignal::new(SiteDraft::empty("")),
            complaints: RwSignal::new(Vec::new()),
            password: RwSignal::new(String::new()),
            recordings_folder: RwSignal::new(String::new()),
            notice: RwSignal::new(None),
            search: Asking::new(),
            other_office: Asking::new(),
        }
    }

    /// From the beginning, or from where one left it.
    pub fn begin(self) {
        if self.step.get_untracked() == Step::Done {
            self.forget();
        }
        self.open.set(true);
    }

    /// Goes on when nothing is wrong with this step; says whether it did.
    pub fn go_on(self) -> bool {
        let step = self.step.get_untracked();
        let password = self.password.get_untracked();
        let complaints = self.draft.with_untracked(|draft| step.complaints(draft, &password));
        let good = complaints.is_empty();
        self.complaints.set(complaints);
        if let (true, Some(after)) = (good, step.after()) {
            self.step.set(after);
        }
        good
    }

    /// Back loses nothing and complains of nothing.
    pub fn go_back(self) {
        if let Some(before) = self.step.get_untracked().before() {
            self.complaints.set(Vec::new());
            self.step.set(before);
        }
    }

    pub fn take_found(self, found: &FoundPbx) {
        self.complaints.set(Vec::new());
        self.draft.update(|draft| take_found(draft, found));
    }

    pub fn forget(self) {
        self.step.set(Step::default());
        self.draft.set(SiteDraft::empty(""));
        self.complaints.set(Vec::new());
        self.password.set(String::new());
        self.recordings_folder.set(String::new());
        self.notice.set(None);
        self.search.forget();
    }
}

/// What a search found goes into the form: the address, and how DevLink3 answers there.
fn take_found(draft: &mut SiteDraft, found: &FoundPbx) {
    draft.host.clone_from(&found.address);
    if let Some(devlink) = found.devlink {
        draft.set_transport(if devlink.tls { Transport::Tls } else { Transport::Plain });
        draft.port = devlink.port.to_string();
    }
}

/// The recorder's folder as a source of the office that was saved; `None`: none was typed.
pub fn recordings_source(folder: &str, site: i64, name: &str) -> Option<SaveIntakeSource> {
    let folder = folder.trim();
    if folder.is_empty() {
        return None;
    }
    let source = IntakeSource {
        id: 0,
        site,
        name: name.to_owned(),
        place: IntakePlace::Folder { folder: folder.to_owned() },
        naming: None,
        remove_after: false,
        every_seconds: LOOK_EVERY_SECONDS,
        enabled: true,
    };
    Some(SaveIntakeSource { source, secret: None, passphrase: None, forget_host_key: false })
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::first_run::FoundDevlink;

    fn fields(step: Step, draft: &SiteDraft) -> Vec<Field> {
        step.complaints(draft, "").iter().map(|complaint| complaint.field).collect()
    }

    #[test]
    fn each_step_leads_on_and_back_to_where_one_came_from() {
        let mut step = Step::Welcome;
        for asking in Step::ASKING {
            assert_eq!(step.after(), Some(asking), "in the order that is shown");
            assert_eq!(asking.before(), Some(step), "and back");
            step = asking;
        }
        assert_eq!(step.after(), None, "the last one is saved before it is done");
    }

    #[test]
    fn a_step_complains_of_its_own_fields_only() {
        let draft = SiteDraft::empty("");
        assert_eq!(fields(Step::Address, &draft), [Field::Host], "the user is asked for later");
        assert_eq!(
            fields(Step::Devlink, &draft),
            [Field::User, Field::Password],
            "the address was asked before"
        );
        assert_eq!(fields(Step::Recordings, &draft), [], "a recorder is no must");
        assert_eq!(fields(Step::Place, &draft), [Field::Name, Field::TimeZone], "at the end");
    }

    #[test]
    fn without_a_licence_devlink_is_left_out_and_the_address_still_asked() {
        let draft = SiteDraft { devlink: Devlink::Off, ..SiteDraft::empty("UTC") };
        assert_eq!(fields(Step::Devlink, &draft), [], "nothing is asked of a source that is off");
        assert_eq!(fields(Step::Address, &draft), [Field::Host], "records come from somewhere, too");
        let neither = SiteDraft { smdr: crate::state::site_draft::Smdr::Off, ..draft };
        assert_eq!(fields(Step::Smdr, &neither), [Field::Sources], "there would be nothing to hear");
    }

    #[test]
    fn what_was_found_fills_the_form_in() {
        let mut draft = SiteDraft::empty("UTC");
        let devlink = Some(FoundDevlink { port: 50_797, tls: false });
        let found = FoundPbx { address: "192.168.42.1".into(), devlink, says: String::new() };
        take_found(&mut draft, &found);
        assert_eq!((draft.host.as_str(), draft.port.as_str()), ("192.168.42.1", "50797"), "as it answered");
    }

    #[test]
    fn a_recorder_that_was_not_named_is_no_source() {
        assert_eq!(recordings_source("  ", 1, "Recorder"), None, "nothing is watched");
        let saved = recordings_source(" /recordings ", 4, "Recorder").map(|ask| ask.source);
        let saved = saved.map(|source| (source.site, source.remove_after));
        assert_eq!(saved, Some((4, false)), "of the office that was saved, and nothing is removed there");
    }
}
