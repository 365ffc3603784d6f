//! What a source says, in the field's words and free of its wire format. A source's room turns journal entries into
//! facts; the correlator turns facts into calls. Text borrows from the entry's bytes, so that reading costs no copies.

use crate::At;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// One thing said.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact<'a> {
    /// The whole state of one call id at this moment (Delta3 `<Detail>`).
    CallState(Box<CallState<'a>>),
    /// A party left a call (Delta3 `<CallLost>` and `<LinkLost>`).
    PartyLeft(PartyLeft),
    /// A target refused a ringing call (Delta3 `<AttemptReject>`).
    TargetRefused(TargetRefused<'a>),
    /// Which SIP Call-ID an end carries (SIPTrack).
    SipLeg(SipLeg<'a>),
    /// What a phone says of itself (CMExtn).
    Extension(ExtensionNote<'a>),
    /// The link is up and was granted events: the state of every call in progress follows, and calls that are
    /// known but do not come again are over.
    SnapshotFollows,
    /// The link went down: nothing is known of the PBX from here on.
    LinkLost,
    /// The PBX's event counter jumped: facts between are missing.
    Gap { expected: u32, got: u32 },
    /// One SMDR row.
    Record(Box<Record<'a>>),
}

/// The number of an end of a call, unique in the PBX network while the end lives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EndId(pub u64);

impl EndId {
    /// The node it lives on: the first half of the number.
    pub fn node(self) -> NodeId {
        NodeId((self.0 >> 32) as u32)
    }
}

/// A PBX node: its IPv4 address as a number (192.168.42.3 = 0xc0a82a03).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NodeId(pub u32);

/// A call id of a node. It says which leg; ids start again when the PBX restarts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LegId {
    pub node: NodeId,
    pub call: u32,
}

impl NodeId {
    /// The address as people write it.
    pub fn address(self) -> std::net::Ipv4Addr {
        self.0.into()
    }
}

/// The whole state of one leg. Empty text and zero stand for what the PBX did not send.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CallState<'a> {
    pub leg: LegId,
    pub account_code: &'a str,
    pub tag: &'a str,
    pub owner_group: &'a str,
    pub first_group: &'a str,
    pub first_user: &'a str,
    pub current_group: &'a str,
    pub current_user: &'a str,
    /// Mailbox a message is being left in.
    pub voicemail_message: &'a str,
    pub voicemail_seconds: u32,
    pub queueing: Queueing,
    /// The PBX's own stamp in tenths of a second.
    pub stamp_tenths: Option<u64>,
    pub overflow_group: &'a str,
    /// Why the call left the auto attendant's call flow.
    pub left_call_flow: &'a str,
    pub call_flow_tenths: u32,
    pub a: End<'a>,
    pub b: Option<End<'a>>,
    pub targets: Vec<Target<'a>>,
}

/// Call field 14.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Queueing {
    #[default]
    No,
    Queued,
    Announcement,
}

/// One end of a call: a phone, a trunk channel, voicemail, a park slot.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct End<'a> {
    pub id: EndId,
    /// The call came in on this end (a trunk that rings us, a phone that was lifted); else it went out to it.
    pub came_in: bool,
    pub state: EndState,
    /// Audio path 1. False: on hold.
    pub audio: bool,
    pub tone: u8,
    /// Transits from another node.
    pub remote: bool,
    pub public_line: bool,
    pub flags: u32,
    pub emergency_location: &'a str,
    pub equipment: Equipment,
    pub equipment_type: u16,
    /// Line.channel of a trunk, SIP Call-ID.
    pub description: &'a str,
    /// The user's extension.
    pub identity: &'a str,
    pub called_type: CalledType,
    pub called_reason: u16,
    pub did: &'a str,
    pub dialled: &'a str,
    pub on_behalf_of: &'a str,
    pub target_number: &'a str,
    pub target_sub_address: &'a str,
    pub purpose: &'a str,
    pub cli: &'a str,
    pub cli_presentation: u16,
    pub name_type: u16,
    pub name: &'a str,
    pub related_end: Option<EndId>,
}

/// A phone (or other equipment) that a call is offered to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Target<'a> {
    pub id: EndId,
    pub remote: bool,
    pub public_line: bool,
    pub equipment: Equipment,
    pub equipment_type: u16,
    pub description: &'a str,
    pub identity: &'a str,
    pub called_type: CalledType,
    pub called_reason: u16,
    pub target_number: &'a str,
    pub target_sub_address: &'a str,
    pub purpose: &'a str,
    pub cli: &'a str,
    pub cli_presentation: u16,
}

/// State of an end, by the numbers of the DevLink3 page; a number not listed there is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndState(pub u16);

impl EndState {
    pub const IDLE: Self = Self(0);
    pub const RINGING: Self = Self(1);
    pub const CONNECTED: Self = Self(2);
    pub const DISCONNECTING: Self = Self(3);
    pub const DIALLING: Self = Self(7);
    pub const DIALLED: Self = Self(8);
    pub const DIAL_INITIATED: Self = Self(9);
    pub const OFFERING: Self = Self(15);
    pub const OVERLAP_RECEIVE: Self = Self(16);
    pub const ACCEPT: Self = Self(17);
    pub const CONNECT_REQUEST: Self = Self(18);
    pub const RINGBACK: Self = Self(19);
    pub const OUTGOING_CONNECT_REQUEST: Self = Self(20);
    pub const INCOMING_DISCONNECTING: Self = Self(21);
    pub const SEIZED: Self = Self(22);
    pub const COMPLETED: Self = Self(23);
    pub const COMPLETED_TONE: Self = Self(24);
    pub const PRESERVED: Self = Self(25);
}

impl Default for EndState {
    fn default() -> Self {
        Self::IDLE
    }
}

/// Equipment class, by the numbers of the DevLink3 page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Equipment(pub u16);

impl Default for Equipment {
    fn default() -> Self {
        Self::UNKNOWN
    }
}

impl Equipment {
    pub const UNKNOWN: Self = Self(1);
    pub const ISDN_TRUNK: Self = Self(2);
    pub const SIP_TRUNK: Self = Self(5);
    pub const TDM_PHONE: Self = Self(8);
    pub const H323_PHONE: Self = Self(9);
    pub const SIP_DEVICE: Self = Self(10);
    pub const VOICEMAIL: Self = Self(12);
    pub const PARK_SLOT: Self = Self(16);
    pub const CONFERENCE: Self = Self(17);
    pub const MOBILE_PHONE: Self = Self(21);

    /// Trunks of every kind.
    pub fn is_trunk(self) -> bool {
        matches!(self.0, 2..=7 | 20)
    }

    /// Something a person talks into.
    pub fn is_phone(self) -> bool {
        matches!(self.0, 8..=11 | 21 | 28)
    }

    pub fn is_conference(self) -> bool {
        matches!(self.0, 17 | 18 | 30)
    }
}

/// Called type, by the numbers of the DevLink3 page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalledType(pub u16);

impl CalledType {
    pub const VOICEMAIL: Self = Self(102);
    pub const PICKUP: Self = Self(108);
    pub const CONFERENCE: Self = Self(116);
    pub const EMERGENCY: Self = Self(119);
    pub const PARK: Self = Self(134);
    pub const UNPARK: Self = Self(135);
}

#[derive(Clone, Debug, PartialEq)]
pub struct PartyLeft {
    pub node: NodeId,
    pub end: EndId,
    /// This end hung up first.
    pub cleared_inbound: bool,
    /// 16 normal, 126 transfer, else a Q.850 cause.
    pub cause: u16,
    pub stamp_tenths: Option<u64>,
    /// `<LinkLost>`: seen from a node in between, the party itself may live on elsewhere.
    pub transit: bool,
}

pub const CAUSE_NORMAL: u16 = 16;
pub const CAUSE_TRANSFER: u16 = 126;

#[derive(Clone, Debug, PartialEq)]
pub struct TargetRefused<'a> {
    pub node: NodeId,
    pub end: EndId,
    pub user: &'a str,
    /// For instance `dnd`.
    pub qualifier: &'a str,
}

#[derive(Clone, Debug, PartialEq)]
pub struct SipLeg<'a> {
    pub started: bool,
    pub end: EndId,
    pub line: Cow<'a, str>,
    pub trunk: bool,
    pub came_in: bool,
    pub sip_call_id: Cow<'a, str>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ExtensionNote<'a> {
    pub text: Cow<'a, str>,
    /// Raw numbers v, p1, p2 of the extended form.
    pub numbers: Option<[u32; 3]>,
}

/// One SMDR row. Empty text stands for an empty field, `None` for one that the row is too short for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record<'a> {
    pub started_at: At,
    pub connected_seconds: u32,
    pub ring_seconds: u32,
    pub caller: Cow<'a, str>,
    pub direction: RecordDirection,
    pub called_number: Cow<'a, str>,
    pub dialled_number: Cow<'a, str>,
    pub account: Cow<'a, str>,
    pub is_internal: bool,
    pub call_id: u64,
    /// More records of this call follow.
    pub continues: bool,
    pub party1: Device<'a>,
    pub party2: Device<'a>,
    pub hold_seconds: u32,
    pub park_seconds: u32,
    pub charge: Option<Charge<'a>>,
    /// Field 28: source, blank, reason.
    pub targeting_cause: Cow<'a, str>,
    pub targeter: Cow<'a, str>,
    pub targeted_number: Cow<'a, str>,
    /// Fields 31 and 32: the leg on the caller's node.
    pub caller_leg: Option<LegId>,
    /// Fields 33 and 34.
    pub called_leg: Option<LegId>,
    /// 128-bit digest of the site-independent content, by which a record that comes twice is known.
    pub digest: u128,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum RecordDirection {
    #[default]
    In,
    Out,
}

/// A party's device and name, for instance `E204` and `Ann Keller`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Device<'a> {
    pub kind: DeviceKind,
    /// The code as printed.
    pub code: Cow<'a, str>,
    /// Extension number, line number or channel, by kind.
    pub number: Cow<'a, str>,
    pub name: Cow<'a, str>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum DeviceKind {
    #[default]
    None,
    Extension,
    Trunk,
    Voicemail,
    Conference,
    Other,
}

/// What the PBX itself charged.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Charge<'a> {
    pub user: Cow<'a, str>,
    /// In 1/10,000 of the currency.
    pub amount_ten_thousandths: i64,
    pub currency: Cow<'a, str>,
}
