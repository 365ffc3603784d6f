//! Records whose text had to be decoded cannot borrow from the line.

use model::fact::{Charge, Device, Record};
use std::borrow::Cow;

/// The same record with text of its own.
pub fn detached(record: Record<'_>) -> Record<'static> {
    Record {
        caller: own(record.caller),
        called_number: own(record.called_number),
        dialled_number: own(record.dialled_number),
        account: own(record.account),
        party1: own_device(record.party1),
        party2: own_device(record.party2),
        charge: record.charge.map(own_charge),
        targeting_cause: own(record.targeting_cause),
        targeter: own(record.targeter),
        targeted_number: own(record.targeted_number),
        started_at: record.started_at,
        connected_seconds: record.connected_seconds,
        ring_seconds: record.ring_seconds,
        direction: record.direction,
        is_internal: record.is_internal,
        call_id: record.call_id,
        continues: record.continues,
        hold_seconds: record.hold_seconds,
        park_seconds: record.park_seconds,
        caller_leg: record.caller_leg,
        called_leg: record.called_leg,
        digest: record.digest,
    }
}

fn own(text: Cow<'_, str>) -> Cow<'static, str> {
    Cow::Owned(text.into_owned())
}

fn own_device(device: Device<'_>) -> Device<'static> {
    Device { kind: device.kind, code: own(device.code), number: own(device.number), name: own(device.name) }
}

fn own_charge(charge: Charge<'_>) -> Charge<'static> {
    Charge {
        user: own(charge.user),
        amount_ten_thousandths: charge.amount_ten_thousandths,
        currency: own(charge.currency),
    }
}
