//! How long things take at speed 1, in milliseconds.

use crate::dice::Dice;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lengths {
    /// Short, so that a newcomer sees calls ring, be answered and end within a minute.
    Lively,
    /// As in a working office.
    Office,
}

/// What has a length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stretch {
    /// Ringing until someone answers.
    Ring,
    /// Ringing until the caller gives up.
    RingInVain,
    /// Ringing until voicemail takes the call.
    RingToVoicemail,
    Queue,
    QueueInVain,
    Menu,
    Message,
    Talk,
    /// Talking before a hold or a transfer.
    FirstTalk,
    Hold,
    /// Talking between two holds.
    TalkBetween,
    /// Asking a colleague before a call is handed over.
    Consult,
    /// Waiting in a park slot.
    Park,
    /// Hearing that the line is busy, or the call not allowed.
    BusyTone,
    /// A queue's announcement, and the waits before and after it.
    Announcement,
    /// Until somebody turns a call away.
    Reject,
    /// Until somebody takes a colleague's call.
    PickUp,
    /// Until the others put the receiver down when the caller has gone.
    Linger,
    /// From lifting the receiver to the last digit.
    Digits,
    /// From the last digit until the far end answers.
    FarRing,
    /// From the end of a call to its SMDR rows.
    RowDelay,
}

impl Lengths {
    pub(crate) fn ms(self, stretch: Stretch, dice: &mut Dice) -> u64 {
        let (low, high) = self.range(stretch);
        let first = dice.between(low, high);
        match (self, stretch) {
            // Most conversations and holds are short and a few are long: the shorter of two throws.
            (Lengths::Office, Stretch::Talk | Stretch::Hold | Stretch::Queue) => {
                first.min(dice.between(low, high))
            }
            _ => first,
        }
    }

    fn range(self, stretch: Stretch) -> (u64, u64) {
        match self {
            Lengths::Lively => match stretch {
                Stretch::Ring => (3_000, 7_000),
                Stretch::RingInVain => (7_000, 13_000),
                Stretch::RingToVoicemail => (8_000, 11_000),
                Stretch::Queue => (5_000, 12_000),
                Stretch::QueueInVain => (9_000, 18_000),
                Stretch::Menu => (3_000, 6_000),
                Stretch::Message => (6_000, 12_000),
                Stretch::Talk => (10_000, 28_000),
                Stretch::FirstTalk => (6_000, 14_000),
                Stretch::Hold => (5_000, 11_000),
                Stretch::TalkBetween => (3_000, 6_000),
                Stretch::Consult => (4_000, 9_000),
                Stretch::Park => (5_000, 11_000),
                Stretch::BusyTone => (3_000, 6_000),
                Stretch::Announcement => (3_000, 6_000),
                Stretch::Reject => (1_500, 3_000),
                Stretch::PickUp => (3_000, 6_000),
                Stretch::Linger => (2_000, 5_000),
                Stretch::Digits => (1_500, 3_000),
                Stretch::FarRing => (3_000, 8_000),
                Stretch::RowDelay => (1_000, 3_000),
            },
            Lengths::Office => match stretch {
                Stretch::Ring => (3_000, 14_000),
                Stretch::RingInVain => (3_000, 35_000),
                Stretch::RingToVoicemail => (15_000, 20_000),
                Stretch::Queue => (6_000, 90_000),
                Stretch::QueueInVain => (15_000, 120_000),
                Stretch::Menu => (5_000, 20_000),
                Stretch::Message => (8_000, 50_000),
                Stretch::Talk => (20_000, 480_000),
                Stretch::FirstTalk => (15_000, 120_000),
                Stretch::Hold => (8_000, 75_000),
                Stretch::TalkBetween => (5_000, 60_000),
                Stretch::Consult => (5_000, 60_000),
                Stretch::Park => (10_000, 120_000),
                Stretch::BusyTone => (2_000, 12_000),
                Stretch::Announcement => (5_000, 25_000),
                Stretch::Reject => (1_500, 8_000),
                Stretch::PickUp => (3_000, 14_000),
                Stretch::Linger => (2_000, 25_000),
                Stretch::Digits => (2_000, 6_000),
                Stretch::FarRing => (4_000, 20_000),
                Stretch::RowDelay => (2_000, 8_000),
            },
        }
    }
}
