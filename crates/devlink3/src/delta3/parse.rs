//! Text to facts.

use super::scan::{Scanner, Tag};
use model::fact::{
    CallState, CalledType, End, EndState, Equipment, Fact, LegId, PartyLeft, Queueing, Target, TargetRefused,
};

/// What was not a fact, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub records: u32,
    pub unknown_elements: u32,
    /// Records that are cut short, or whose ids cannot be read.
    pub malformed_records: u32,
}

/// Gives each record of `text` to `sink`, in order. Never fails: what is unknown or malformed is counted, and the
/// records around it stand.
pub fn parse<'a>(text: &'a str, mut sink: impl FnMut(Fact<'a>)) -> Tally {
    let mut scanner = Scanner::new(text);
    let mut tally = Tally::default();
    let mut draft: Option<Draft<'a>> = None;
    while let Some(tag) = scanner.tag() {
        match tag {
            Tag::Open(name) => match name {
                "Call" => with(&mut draft, &mut tally, |draft| draft.read_call(&mut scanner)),
                "PartyA" => with(&mut draft, &mut tally, |draft| draft.read_a(&mut scanner)),
                "PartyB" => with(&mut draft, &mut tally, |draft| draft.read_b(&mut scanner)),
                "Target" => with(&mut draft, &mut tally, |draft| draft.read_target(&mut scanner)),
                "Target_list" => {}
                "Detail" => {
                    tally.malformed_records += u32::from(draft.is_some());
                    draft = Some(Draft::default());
                }
                "CallLost" | "LinkLost" | "AttemptReject" => {
                    tally.malformed_records += u32::from(draft.take().is_some());
                    tally.hand_over(small_record(name, &mut scanner), &mut sink);
                }
                _ => tally.unknown_element(name),
            },
            Tag::Close("Detail") => {
                if let Some(draft) = draft.take() {
                    tally.hand_over(draft.finish(), &mut sink);
                }
            }
            Tag::Close(_) => {}
            Tag::Empty(name) => {
                if !matches!(name.trim_ascii_end(), "Call" | "PartyA" | "PartyB" | "Target" | "Target_list") {
                    tally.unknown_element(name);
                }
            }
        }
    }
    // Half a state would look like parties that have left.
    tally.malformed_records += u32::from(draft.is_some());
    tally
}

impl Tally {
    fn hand_over<'a>(&mut self, fact: Option<Fact<'a>>, sink: &mut impl FnMut(Fact<'a>)) {
        match fact {
            Some(fact) => {
                self.records += 1;
                sink(fact);
            }
            None => self.malformed_records += 1,
        }
    }

    /// `<?xml ...?>` and comments are no elements.
    fn unknown_element(&mut self, name: &str) {
        self.unknown_elements += u32::from(!name.starts_with(['?', '!']));
    }
}

/// A leaf outside of a Detail belongs to nothing.
#[inline]
fn with<'a>(draft: &mut Option<Draft<'a>>, tally: &mut Tally, read: impl FnOnce(&mut Draft<'a>)) {
    match draft {
        Some(draft) => read(draft),
        None => tally.unknown_elements += 1,
    }
}

/// A Detail while it is read.
#[derive(Default)]
struct Draft<'a> {
    state: Box<CallState<'a>>,
    has_call: bool,
    has_a: bool,
    unreadable: bool,
}

impl<'a> Draft<'a> {
    fn finish(self) -> Option<Fact<'a>> {
        (self.has_call && self.has_a && !self.unreadable).then_some(Fact::CallState(self.state))
    }

    #[inline]
    fn read_call(&mut self, fields: &mut Scanner<'a>) {
        let (Some(node), Some(call)) = (fields.node(), fields.number()) else {
            self.unreadable = true;
            return;
        };
        self.has_call = true;
        let state = &mut *self.state;
        state.leg = LegId { node, call };
        state.account_code = fields.field();
        let _authorisation_code = fields.field();
        state.tag = fields.field();
        let _transfer_cause = fields.field();
        state.owner_group = fields.field();
        state.first_group = fields.field();
        state.first_user = fields.field();
        state.current_group = fields.field();
        state.current_user = fields.field();
        state.voicemail_message = fields.field();
        state.voicemail_seconds = fields.number_or_zero();
        state.queueing = match fields.field() {
            "1" => Queueing::Queued,
            "3" => Queueing::Announcement,
            _ => Queueing::No,
        };
        state.stamp_tenths = fields.number();
        state.overflow_group = fields.field();
        state.left_call_flow = fields.field();
        state.call_flow_tenths = fields.number_or_zero();
    }

    #[inline]
    fn read_a(&mut self, fields: &mut Scanner<'a>) {
        match fields.end_id() {
            Some(id) => {
                self.has_a = true;
                fill_end(&mut self.state.a, id, fields);
            }
            None => self.unreadable = true,
        }
    }

    #[inline]
    fn read_b(&mut self, fields: &mut Scanner<'a>) {
        match fields.end_id() {
            Some(id) => fill_end(self.state.b.insert(End::default()), id, fields),
            None => self.unreadable = true,
        }
    }

    #[inline]
    fn read_target(&mut self, fields: &mut Scanner<'a>) {
        let Some(id) = fields.end_id() else {
            self.unreadable = true;
            return;
        };
        self.state.targets.push(Target {
            id,
            remote: fields.is_one(),
            public_line: fields.is_one(),
            equipment: fields.number().map_or(Equipment::UNKNOWN, Equipment),
            equipment_type: fields.number_or_zero(),
            description: fields.field(),
            identity: fields.field(),
            called_type: CalledType(fields.number_or_zero()),
            called_reason: fields.number_or_zero(),
            target_number: fields.field(),
            target_sub_address: fields.field(),
            purpose: fields.field(),
            cli: fields.field(),
            cli_presentation: fields.number_or_zero(),
        });
    }
}

/// In the order of the fields on the wire.
fn fill_end<'a>(end: &mut End<'a>, id: model::fact::EndId, fields: &mut Scanner<'a>) {
    end.id = id;
    end.came_in = fields.is_one();
    end.state = EndState(fields.number_or_zero());
    // Only a 0 says that the end is on hold; a release that leaves the field out says nothing of the kind.
    end.audio = !fields.is_zero();
    end.tone = fields.number_or_zero();
    end.remote = fields.is_one();
    end.public_line = fields.is_one();
    end.flags = fields.number_or_zero();
    end.emergency_location = fields.field();
    end.equipment = fields.number().map_or(Equipment::UNKNOWN, Equipment);
    end.equipment_type = fields.number_or_zero();
    end.description = fields.field();
    end.identity = fields.field();
    end.called_type = CalledType(fields.number_or_zero());
    end.called_reason = fields.number_or_zero();
    end.did = fields.field();
    end.dialled = fields.field();
    end.on_behalf_of = fields.field();
    end.target_number = fields.field();
    end.target_sub_address = fields.field();
    end.purpose = fields.field();
    end.cli = fields.field();
    end.cli_presentation = fields.number_or_zero();
    end.name_type = fields.number_or_zero();
    end.name = fields.field();
    end.related_end = fields.end_id();
}

/// The records without elements of their own.
fn small_record<'a>(name: &str, fields: &mut Scanner<'a>) -> Option<Fact<'a>> {
    let (node, end) = (fields.node()?, fields.end_id()?);
    if name == "AttemptReject" {
        return Some(Fact::TargetRefused(TargetRefused {
            node,
            end,
            user: fields.field(),
            qualifier: fields.field(),
        }));
    }
    Some(Fact::PartyLeft(PartyLeft {
        node,
        end,
        cleared_inbound: fields.is_one(),
        cause: fields.number_or_zero(),
        stamp_tenths: fields.number(),
        transit: name == "LinkLost",
    }))
}
