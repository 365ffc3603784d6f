//! The figures a report can have, each under the field's name and with its formula.

use super::{Dimension, Scope};
use serde::{Deserialize, Serialize};

/// How a figure is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    Count,
    /// Milliseconds.
    Length,
    /// 0 to 1, shown as a percentage.
    Share,
    Number,
    /// 1/10,000 of the currency.
    Money,
    /// An instant.
    At,
    Text,
}

/// A figure's name, how it is written, and how it is reckoned for each scope; an empty formula: as for whole calls.
struct Known {
    label: &'static str,
    unit: Unit,
    scopes: &'static [Scope],
    call: &'static str,
    person: &'static str,
    group: &'static str,
}

const C: Scope = Scope::Call;
const P: Scope = Scope::Person;
const G: Scope = Scope::Group;

/// One line a figure: its name, unit, scopes, and its formula for a call, a person and a group.
macro_rules! measures {
    ($($name:ident $label:literal $unit:ident [$($scope:ident)*] $call:literal $person:literal $group:literal)*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Measure {
            $($name,)*
        }

        impl Measure {
            pub const ALL: &'static [Measure] = &[$(Measure::$name,)*];

            fn known(self) -> Known {
                match self {
                    $(Measure::$name => Known {
                        label: $label,
                        unit: Unit::$unit,
                        scopes: &[$($scope,)*],
                        call: $call,
                        person: $person,
                        group: $group,
                    },)*
                }
            }
        }
    };
}

measures! {
    Calls "Calls" Count [C P G]
        "Calls that began in the time."
        "Calls on which the person's phone rang or the person talked, and those that the person made." "Calls that the group had."
    Inbound "Inbound" Count [C P G]
        "Calls from outside."
        "" ""
    Outbound "Outbound" Count [C P G]
        "Calls to outside."
        "" ""
    Internal "Internal" Count [C P G]
        "Calls between extensions."
        "" ""
    Offered "Offered" Count [C G]
        "Inbound calls, short abandons left out."
        "" ""
    Presented "Presented" Count [P G]
        ""
        "Calls on which the person's phone rang at least once." "Calls on which the group had a ringing or queue event."
    Answered "Answered" Count [C P G]
        "Calls with at least one talking event."
        "Calls on which the person talked." "Calls of the group with at least one talking event."
    Abandoned "Abandoned" Count [C G]
        "Inbound calls whose last event is neither talking nor voicemail, those abandoned on hold included; short abandons left out."
        "" ""
    AbandonedOnHold "Abandoned on hold" Count [C G]
        "Abandoned calls that were answered before and ended on hold or parked."
        "" ""
    ShortAbandons "Short abandons" Count [C G]
        "Inbound calls never answered that were over in less than the time set for short abandons."
        "" ""
    LostInQueue "Lost in queue" Count [C G]
        "Abandoned calls whose last event was the queue or a group's ringing; short abandons left out."
        "" ""
    Unanswered "Unanswered" Count [C]
        "Calls without a talking event, voicemail included."
        "" ""
    Voicemail "Voicemail" Count [C G]
        "Calls that reached voicemail."
        "" ""
    Missed "Missed" Count [C P G]
        "Calls on which some phone rang and its person never talked; outbound calls never count."
        "Calls on which the person's phone rang and the person never talked, whoever else answered; outbound calls never count." "Calls of the group on which some phone rang and its person never talked."
    Emergency "Emergency" Count [C]
        "Calls to emergency numbers."
        "" ""
    Conferences "Conferences" Count [C P]
        "Calls with a conference event."
        "Calls on which the person was in a conference." ""
    Transfers "Transfers" Count [C P]
        "Transfers made on the calls."
        "Transfers that the person made." ""
    Queued "Queued" Count [C G]
        "Calls that waited in a queue."
        "" "Calls that waited in the group's queue."
    Recorded "Recorded" Count [C]
        "Calls with a recording."
        "" ""
    Scored "Scored" Count [C]
        "Calls with a filled-in scorecard on one of their recordings."
        "" ""
    DistinctNumbers "Different numbers" Count [C P G]
        "Different outside numbers."
        "" ""
    AnswerRate "Answer rate" Share [C G]
        "Answered inbound calls / inbound calls offered; short abandons left out."
        "" ""
    MissRate "Miss rate" Share [P]
        ""
        "Missed / presented." ""
    AbandonRate "Abandon rate" Share [C G]
        "Abandoned / inbound calls offered; short abandons left out."
        "" ""
    ServiceLevel "Service level" Share [C G]
        "Inbound calls answered within the service level's seconds of arrival / inbound calls offered (or answered, as set); short abandons left out."
        "" ""
    ShareOfCalls "Share of calls" Share [C P G]
        "Calls of the row / all calls of the report."
        "" ""
    TotalTime "Total time" Length [C G]
        "Sum of the calls' lengths, from first ring to last hang-up."
        "" ""
    AverageLength "Average length" Length [C G]
        "Total time / calls."
        "" ""
    LongestLength "Longest call" Length [C G]
        "Length of the longest call."
        "" ""
    TalkTime "Talk time" Length [C P G]
        "Sum of the talking events."
        "Sum of the person's own talking and conference events." "Sum of the talking events of the group's calls."
    AverageTalk "Average talk" Length [C P G]
        "Talk time / answered calls."
        "Talk time / calls on which the person talked." ""
    LongestTalk "Longest talk" Length [C P G]
        "Talk time of the call with the most."
        "" ""
    InboundTalk "Talk time inbound" Length [C P]
        "Talk time of inbound calls."
        "" ""
    OutboundTalk "Talk time outbound" Length [C P]
        "Talk time of outbound calls."
        "" ""
    RingTime "Ring time" Length [C P G]
        "Sum of the ringing events."
        "Time for which the person's phone rang." "Time for which phones of the group rang, several at once counted once."
    AverageRing "Average ring" Length [C P G]
        "Ring time / calls that rang."
        "" ""
    LongestRing "Longest ring" Length [C P G]
        "Ring time of the call with the most."
        "" ""
    HoldTime "Hold time" Length [C P G]
        "Sum of hold and transfer hold events."
        "Hold and transfer hold made by the person." ""
    AverageHold "Average hold" Length [C P G]
        "Hold time / calls that were held."
        "" ""
    LongestHold "Longest hold" Length [C P G]
        "Hold time of the call with the most."
        "" ""
    TransferHoldTime "Transfer hold time" Length [C P]
        "Sum of the transfer hold events."
        "" ""
    ParkTime "Park time" Length [C P]
        "Sum of the park events."
        "" ""
    QueueTime "Queue time" Length [C G]
        "Sum of the queue events."
        "" "Sum of the group's queue events."
    AverageQueue "Average queue" Length [C G]
        "Queue time / calls that waited in a queue."
        "" ""
    LongestQueue "Longest queue" Length [C G]
        "Queue time of the call with the most."
        "" ""
    WaitTime "Caller wait" Length [C G]
        "Sum of everything that inbound callers lived through but talking, conference, voicemail and dialing."
        "" ""
    AverageWait "Average wait" Length [C G]
        "Caller wait / inbound calls."
        "" ""
    LongestWait "Longest wait" Length [C G]
        "Caller wait of the inbound call with the most."
        "" ""
    AverageAbandonWait "Average wait of abandoned" Length [C G]
        "Length of inbound calls that were abandoned without an answer, short ones left out / such calls."
        "" ""
    LongestAbandonWait "Longest wait of abandoned" Length [C G]
        "Length of the longest inbound call that was abandoned without an answer."
        "" ""
    TimeToAnswer "Average time to answer" Length [C G]
        "From arrival at the switch to the first talking, auto attendant included: mean over answered inbound calls whose beginning was seen."
        "" ""
    LongestTimeToAnswer "Longest time to answer" Length [C G]
        "The longest time to answer of an inbound call."
        "" ""
    SpeedOfAnswer "Speed of answer" Length [C P G]
        "Ringing and queue before the first talking: mean over answered inbound calls."
        "Ringing of the person's phone before the first talking: mean over calls on which it rang and the person talked." "Ringing and queue of the group before the first talking: mean over the group's answered inbound calls."
    LongestSpeedOfAnswer "Longest speed of answer" Length [C P G]
        "The longest of what speed of answer is the mean of."
        "" ""
    HandleTime "Handle time" Length [P]
        ""
        "Talk + hold + after-call work." ""
    AverageHandle "Average handle time" Length [P]
        ""
        "Talk + hold of the person's calls / calls on which the person talked; after-call work is added where the phone system tells it." ""
    LoggedInTime "Logged-in time" Length [P]
        ""
        "Time in which the phone's state was known and not logged out." ""
    IdleTime "Idle time" Length [P]
        ""
        "Time in which the phone was idle." ""
    BusyTime "Busy time" Length [P]
        ""
        "Time in which the phone was dialing, ringing, talking, or had a call on hold or parked." ""
    AfterCallWork "After-call work" Length [P]
        ""
        "Time in after-call work." ""
    DoNotDisturb "Do not disturb" Length [P]
        ""
        "Time in do not disturb." ""
    LoggedOutTime "Logged-out time" Length [P]
        ""
        "Time in which the phone was logged out." ""
    UnknownTime "Unknown time" Length [P]
        ""
        "Time in which the phone system told nothing of the phone." ""
    Occupancy "Occupancy" Share [P]
        ""
        "(Talk + hold + after-call work, by the phone's state) / logged-in time." ""
    FirstLogin "First seen logged in" At [P]
        ""
        "When the phone was first logged in." ""
    LastLogin "Last seen logged in" At [P]
        ""
        "Until when the phone was last logged in." ""
    FirstCall "First call" At [C P G]
        "Start of the first call."
        "" ""
    LastCall "Last call" At [C P G]
        "Start of the last call."
        "" ""
    PeakCalls "Most at once" Count [C G]
        "Most calls that went on at the same moment; a call is split at the borders of intervals."
        "" "Most calls of the group at the same moment, from the group's first event to its last."
    PeakQueue "Most in queue" Count [C G]
        "Most calls that were in a queue at the same moment."
        "" "Most calls that were in the group's queue at the same moment."
    Channels "Channels seen" Count [C]
        "Different channels of the trunk that calls used in the time."
        "" ""
    Saturation "Saturation" Share [C]
        "Most at once / channels seen."
        "" ""
    PbxCharge "PBX charge" Money [C P]
        "Sum of what the phone system itself charged."
        "" ""
    Cost "Cost" Money [C P]
        "Sum of seconds x rate by the site's rate table, over answered outbound calls."
        "" ""
    AverageCost "Average cost" Money [C P]
        "Cost / outbound calls that have a cost."
        "" ""
    CostedCalls "Calls with a cost" Count [C P]
        "Answered outbound calls for which the rate table has a rate."
        "" ""
    Recordings "Recordings" Count [C P]
        "Recordings of the calls, those in the trash left out."
        "" ""
    RecordedTime "Recorded time" Length [C P]
        "Length of these recordings."
        "" ""
    Scores "Scorecards" Count [C P]
        "Filled-in scorecards."
        "" ""
    AverageScore "Average score" Share [C P]
        "Mean of the points reached / points possible."
        "" ""
}

impl Measure {
    pub fn label(self) -> &'static str {
        self.known().label
    }

    pub fn unit(self) -> Unit {
        self.known().unit
    }

    /// As a sentence.
    pub fn formula(self, scope: Scope) -> &'static str {
        let known = self.known();
        let own = match scope {
            Scope::Call => known.call,
            Scope::Person => known.person,
            Scope::Group => known.group,
        };
        if own.is_empty() { known.call } else { own }
    }

    /// Whether it means something for rows of this scope that are split like this.
    pub fn is_known_of(self, scope: Scope, by: &[Dimension]) -> bool {
        if self.is_of_states() && by.iter().any(|by| *by != Dimension::Person && !by.is_interval()) {
            return false;
        }
        if matches!(self, Measure::Channels | Measure::Saturation) && !by.contains(&Dimension::Trunk) {
            return false;
        }
        self.known().scopes.contains(&scope)
    }

    /// Made of what phones did, not of calls.
    pub fn is_of_states(self) -> bool {
        matches!(
            self,
            Measure::LoggedInTime
                | Measure::IdleTime
                | Measure::BusyTime
                | Measure::AfterCallWork
                | Measure::DoNotDisturb
                | Measure::LoggedOutTime
                | Measure::UnknownTime
                | Measure::Occupancy
                | Measure::FirstLogin
                | Measure::LastLogin
        )
    }
}
