//! Facts to text, for the simulator and for tests. A quote inside a text becomes an apostrophe: the format has no way
//! to write one that is certain to be read back.

use model::fact::{CallState, End, Fact, PartyLeft, Queueing, Target, TargetRefused};
use std::fmt::{Display, Write};

/// Appends `<Detail>` with everything in it.
pub fn detail(state: &CallState<'_>, out: &mut String) {
    out.push_str("<Detail><Call>");
    call(state, out);
    out.push_str("</Call><PartyA>");
    end(&state.a, out);
    out.push_str("</PartyA>");
    if let Some(b) = &state.b {
        out.push_str("<PartyB>");
        end(b, out);
        out.push_str("</PartyB>");
    }
    if !state.targets.is_empty() {
        out.push_str("<Target_list>");
        for one in &state.targets {
            out.push_str("<Target>");
            target(one, out);
            out.push_str("</Target>");
        }
        out.push_str("</Target_list>");
    }
    out.push_str("</Detail>");
}

/// Appends `<CallLost>`, or `<LinkLost>` for a transit.
pub fn party_left(left: &PartyLeft, out: &mut String) {
    let name = if left.transit { "LinkLost" } else { "CallLost" };
    let mut line = Line::new(out, name);
    line.value(format_args!("{:08x}", left.node.0));
    line.value(format_args!("{:016x}", left.end.0));
    line.flag(left.cleared_inbound);
    line.value(left.cause);
    line.option(left.stamp_tenths);
    line.close(name);
}

/// Appends `<AttemptReject>`.
pub fn target_refused(refused: &TargetRefused<'_>, out: &mut String) {
    let mut line = Line::new(out, "AttemptReject");
    line.value(format_args!("{:08x}", refused.node.0));
    line.value(format_args!("{:016x}", refused.end.0));
    line.text(refused.user);
    line.text(refused.qualifier);
    line.close("AttemptReject");
}

/// Appends a fact that Delta3 can say. False for the others, of which nothing is written.
pub fn fact(fact: &Fact<'_>, out: &mut String) -> bool {
    match fact {
        Fact::CallState(state) => detail(state, out),
        Fact::PartyLeft(left) => party_left(left, out),
        Fact::TargetRefused(refused) => target_refused(refused, out),
        Fact::SipLeg(_)
        | Fact::Extension(_)
        | Fact::SnapshotFollows
        | Fact::LinkLost
        | Fact::Gap { .. }
        | Fact::Record(_) => return false,
    }
    true
}

fn call(state: &CallState<'_>, out: &mut String) {
    let mut line = Line::inside(out);
    line.value(format_args!("{:08x}", state.leg.node.0));
    line.value(state.leg.call);
    line.text(state.account_code);
    line.text("");
    line.text(state.tag);
    line.value(0);
    line.text(state.owner_group);
    line.text(state.first_group);
    line.text(state.first_user);
    line.text(state.current_group);
    line.text(state.current_user);
    line.text(state.voicemail_message);
    line.value(state.voicemail_seconds);
    line.text(match state.queueing {
        Queueing::No => "",
        Queueing::Queued => "1",
        Queueing::Announcement => "3",
    });
    line.option(state.stamp_tenths);
    line.text(state.overflow_group);
    line.quoted(state.left_call_flow);
    line.value(state.call_flow_tenths);
}

fn end(end: &End<'_>, out: &mut String) {
    let mut line = Line::inside(out);
    line.value(format_args!("{:016x}", end.id.0));
    line.flag(end.came_in);
    line.value(end.state.0);
    line.flag(end.audio);
    line.value(end.tone);
    line.flag(end.remote);
    line.flag(end.public_line);
    line.value(end.flags);
    line.text(end.emergency_location);
    line.value(end.equipment.0);
    line.value(end.equipment_type);
    line.text(end.description);
    line.text(end.identity);
    line.value(end.called_type.0);
    line.value(end.called_reason);
    line.text(end.did);
    line.text(end.dialled);
    line.text(end.on_behalf_of);
    line.text(end.target_number);
    line.text(end.target_sub_address);
    line.text(end.purpose);
    line.text(end.cli);
    line.value(end.cli_presentation);
    line.value(end.name_type);
    line.quoted(end.name);
    if let Some(related) = end.related_end {
        line.value(format_args!("{:016x}", related.0));
    }
}

fn target(target: &Target<'_>, out: &mut String) {
    let mut line = Line::inside(out);
    line.value(format_args!("{:016x}", target.id.0));
    line.flag(target.remote);
    line.flag(target.public_line);
    line.value(target.equipment.0);
    line.value(target.equipment_type);
    line.text(target.description);
    line.text(target.identity);
    line.value(target.called_type.0);
    line.value(target.called_reason);
    line.text(target.target_number);
    line.text(target.target_sub_address);
    line.text(target.purpose);
    line.text(target.cli);
    line.value(target.cli_presentation);
}

/// Fields with commas between them.
struct Line<'o> {
    out: &'o mut String,
    first: bool,
}

impl<'o> Line<'o> {
    fn new(out: &'o mut String, name: &str) -> Self {
        out.push('<');
        out.push_str(name);
        out.push('>');
        Self::inside(out)
    }

    fn inside(out: &'o mut String) -> Self {
        Self { out, first: true }
    }

    fn close(self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    fn comma(&mut self) {
        if !self.first {
            self.out.push(',');
        }
        self.first = false;
    }

    fn value(&mut self, value: impl Display) {
        self.comma();
        // Writing to a String cannot fail.
        let _ = write!(self.out, "{value}");
    }

    fn option(&mut self, value: Option<u64>) {
        match value {
            Some(value) => self.value(value),
            None => self.comma(),
        }
    }

    fn flag(&mut self, flag: bool) {
        self.value(u8::from(flag));
    }

    fn text(&mut self, text: &str) {
        if text.contains([',', '<', '"']) || text.trim_matches(|edge| edge <= ' ') != text {
            self.quoted(text);
            return;
        }
        self.comma();
        self.out.push_str(text);
    }

    fn quoted(&mut self, text: &str) {
        self.comma();
        if text.is_empty() {
            return;
        }
        self.out.push('"');
        self.out.extend(text.chars().map(|one| if one == '"' { '\'' } else { one }));
        self.out.push('"');
    }
}
