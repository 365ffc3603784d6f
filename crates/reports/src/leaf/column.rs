//! The columns of a leaf: their numbers as stored, whose rows they have, and whether they carry texts.

/// Stored numbers: append only, and raise [`super::FORMAT`] when one changes its meaning.
macro_rules! columns {
    ($($(#[$doc:meta])* $name:ident $table:ident $arity:literal)*) => {
        /// One column. A length of -1, or a code of 0 where codes are counted from 1, stands for "none".
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Column {
            $($(#[$doc])* $name,)*
        }

        impl Column {
            pub const ALL: &'static [Column] = &[$(Column::$name,)*];

            pub(crate) fn table(self) -> Table {
                match self {
                    $(Column::$name => Table::$table,)*
                }
            }

            /// Texts of each entry of its dictionary; 0: plain numbers.
            pub(crate) fn arity(self) -> usize {
                match self {
                    $(Column::$name => $arity,)*
                }
            }
        }
    };
}

columns! {
    Id Calls 0
    /// Milliseconds into the day; ascending.
    Start Calls 0
    Site Calls 0
    /// Bits of [`super::mark`].
    Marks Calls 0
    Total Calls 0
    Talk Calls 0
    Ring Calls 0
    /// Transfer hold included.
    Hold Calls 0
    TransferHold Calls 0
    Queue Calls 0
    Park Calls 0
    Wait Calls 0
    /// From the first moment that was seen to the first talking.
    AnsweredAfter Calls 0
    /// Main ringing and queue events before the first talking.
    Speed Calls 0
    /// Marks of transfers.
    Transfers Calls 0
    /// What the number is compared by.
    Outside Calls 1
    /// As it came.
    OutsideGiven Calls 1
    OutsideName Calls 1
    Dialled Calls 1
    /// `Line.channel`, or the line.
    Trunk Calls 1
    Account Calls 1
    /// The PBX's own.
    Tag Calls 1
    /// The PBX's own; [`super::NO_CHARGE`] where it told none.
    Charge Calls 0
    /// Kinds of the main events, as letters.
    Sequence Calls 1
    /// A bit for each kind of event, those beside included.
    Kinds Calls 0
    /// Place in the dictionary of extensions, from 1.
    FirstAgent Calls 0
    FinalAgent Calls 0
    /// Place in the dictionary of groups, from 1.
    FirstGroup Calls 0
    FinalGroup Calls 0
    /// How many of the people's parts are this call's; they stand in the order of calls.
    PeopleCount Calls 0
    GroupCount Calls 0
    QueueCount Calls 0
    /// Site and number.
    Extension People 2
    /// The first group through which the call came to the person, from 1.
    PersonGroup People 0
    /// Bits of [`super::part`].
    PersonBits People 0
    /// Talking and conference.
    PersonTalk People 0
    PersonRing People 0
    /// Before the person's own first talking.
    PersonRingBefore People 0
    /// Transfer hold included.
    PersonHold People 0
    PersonTransferHold People 0
    PersonPark People 0
    PersonTransfers People 0
    /// Site and number.
    Group Groups 2
    /// Bits of [`super::part`].
    GroupBits Groups 0
    GroupQueue Groups 0
    GroupRing Groups 0
    /// The group's ringing and queue before the first talking.
    GroupSpeed Groups 0
    /// From the start of the call to the group's first event.
    GroupFrom Groups 0
    /// From the start of the call to the end of the group's last event.
    GroupTo Groups 0
    /// Stretches in a queue, from the start of the call.
    QueueFrom Queues 0
    QueueTo Queues 0
    /// Place in the dictionary of groups, from 1.
    QueueGroup Queues 0
    /// Site and number.
    StateExtension States 2
    /// Milliseconds into the day; ascending.
    StateStart States 0
    State States 0
    /// Bits of [`super::mark`] that any call of the day has; one row.
    AnyMarks Day 0
}

/// What a row of a column is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Table {
    Calls,
    People,
    Groups,
    Queues,
    States,
    /// The day itself.
    Day,
}

impl Column {
    pub const COUNT: usize = Column::ALL.len();

    /// The number it is stored under.
    pub fn id(self) -> u8 {
        self as u8
    }

    pub fn from_id(id: u8) -> Option<Self> {
        Self::ALL.get(usize::from(id)).copied()
    }
}

/// Which columns are to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ColumnSet(u64);

impl ColumnSet {
    pub const ALL: ColumnSet = ColumnSet((1 << Column::COUNT) - 1);

    pub fn of(columns: &[Column]) -> Self {
        columns.iter().fold(Self::default(), |set, column| set.with(*column))
    }

    pub fn with(self, column: Column) -> Self {
        Self(self.0 | 1 << column.id())
    }

    pub fn and(self, other: ColumnSet) -> Self {
        Self(self.0 | other.0)
    }

    pub fn contains(self, column: Column) -> bool {
        self.0 & (1 << column.id()) != 0
    }

    pub fn is_within(self, other: ColumnSet) -> bool {
        self.0 & !other.0 == 0
    }

    /// By their stored numbers, ascending.
    pub fn columns(self) -> impl Iterator<Item = Column> {
        Column::ALL.iter().copied().filter(move |column| self.contains(*column))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_keep_their_stored_numbers() {
        assert_eq!(Column::COUNT, 56, "a column was added or taken away: raise FORMAT");
        const { assert!(Column::COUNT < 64, "a set has a bit for each") };
        for column in Column::ALL {
            assert_eq!(Column::from_id(column.id()), Some(*column), "its number names it");
        }
        assert_eq!(ColumnSet::ALL.columns().count(), Column::COUNT, "all of them");
    }
}
