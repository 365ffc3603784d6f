//! Where the fields of a row stand when a name holds a comma. Nothing is quoted in SMDR, so such a row has a field too
//! many and all later ones are shifted; fields that can only look one way (anchors) tell where.
//!
//! As printed comes first. Else the reading with the fewest commas in names is taken, if there is just one; of several,
//! the only one whose later fields fit as well. What still can be read in two ways is a complaint, not a guess.

use crate::complaint::{Complaint, Field};
use crate::device::is_code;
use crate::fields::Fields;
use crate::tail;
use crate::values::{digits, seconds};

/// A name with more commas than this is no name.
const MAX_COMMAS: usize = 6;

/// How many commas belong to each of the texts among the first 17 fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Placement {
    caller: usize,
    account: usize,
    name1: usize,
    name2: usize,
}

/// Field indexes, from 0.
impl Placement {
    pub(crate) fn caller(self) -> (usize, usize) {
        (3, 3 + self.caller)
    }
    pub(crate) fn direction(self) -> usize {
        4 + self.caller
    }
    pub(crate) fn called_number(self) -> usize {
        5 + self.caller
    }
    pub(crate) fn dialled_number(self) -> usize {
        6 + self.caller
    }
    pub(crate) fn account(self) -> (usize, usize) {
        (7 + self.caller, 7 + self.caller + self.account)
    }
    pub(crate) fn is_internal(self) -> usize {
        8 + self.caller + self.account
    }
    pub(crate) fn call_id(self) -> usize {
        self.is_internal() + 1
    }
    pub(crate) fn continuation(self) -> usize {
        self.is_internal() + 2
    }
    pub(crate) fn device1(self) -> usize {
        self.is_internal() + 3
    }
    pub(crate) fn name1(self) -> (usize, usize) {
        (self.device1() + 1, self.device1() + 1 + self.name1)
    }
    pub(crate) fn device2(self) -> usize {
        self.name1().1 + 1
    }
    pub(crate) fn name2(self) -> (usize, usize) {
        (self.device2() + 1, self.device2() + 1 + self.name2)
    }
    pub(crate) fn hold_time(self) -> usize {
        self.name2().1 + 1
    }
    pub(crate) fn park_time(self) -> usize {
        self.hold_time() + 1
    }
    /// Field 18, the first that a row may lack.
    pub(crate) fn tail(self) -> usize {
        self.hold_time() + 2
    }

    fn first_misfit(self, fields: &Fields<'_>) -> Option<Field> {
        let checks = [
            (matches!(fields.get(self.direction()), "I" | "O"), Field::Direction),
            // One row of the manual prints the letter I.
            (matches!(fields.get(self.is_internal()), "0" | "1" | "I"), Field::IsInternal),
            (digits(fields.get(self.call_id())).is_some(), Field::CallId),
            (matches!(fields.get(self.continuation()), "0" | "1"), Field::Continuation),
            (is_device_or_empty(fields.get(self.device1())), Field::Party1Device),
            (is_device_or_empty(fields.get(self.device2())), Field::Party2Device),
            (seconds(fields.get(self.hold_time())).is_some(), Field::HoldTime),
            (seconds(fields.get(self.park_time())).is_some(), Field::ParkTime),
        ];
        checks.into_iter().find(|(fits, _)| !fits).map(|(_, field)| field)
    }

    /// Shifted fields must look right more strictly than printed ones: an empty field is no device unless its name is
    /// empty too, or every empty field of a long row would be one.
    fn fits_shifted(self, fields: &Fields<'_>) -> bool {
        let (from, to) = self.name2();
        let party2 = is_code(fields.get(self.device2()))
            || (fields.get(self.device2()).is_empty() && fields.span(from, to).is_empty());
        party2 && is_code(fields.get(self.device1())) && self.first_misfit(fields).is_none()
    }
}

/// Finds the fields of a row, or says why it cannot be one.
pub(crate) fn place(fields: &Fields<'_>) -> Result<Placement, Complaint> {
    let printed = Placement::default();
    let Some(misfit) = printed.first_misfit(fields) else {
        return Ok(printed);
    };
    let spare = fields.count().saturating_sub(printed.tail()).min(MAX_COMMAS);
    for commas in 1..=spare {
        let fitting: Vec<Placement> =
            placements_with(commas).filter(|placement| placement.fits_shifted(fields)).collect();
        match fitting[..] {
            [] => {}
            [only] => return Ok(only),
            [..] => return the_one_with_a_fitting_tail(&fitting, fields),
        }
    }
    Err(Complaint::Unreadable(misfit))
}

fn the_one_with_a_fitting_tail(several: &[Placement], fields: &Fields<'_>) -> Result<Placement, Complaint> {
    let mut fitting = several.iter().filter(|placement| tail::place(fields, placement.tail()).is_some());
    match (fitting.next(), fitting.next()) {
        (Some(only), None) => Ok(*only),
        (Some(_), Some(_)) | (None, _) => Err(Complaint::Ambiguous),
    }
}

fn placements_with(commas: usize) -> impl Iterator<Item = Placement> {
    (0..=commas).flat_map(move |name1| {
        (0..=commas - name1).flat_map(move |name2| {
            (0..=commas - name1 - name2).map(move |caller| {
                let account = commas - name1 - name2 - caller;
                Placement { caller, account, name1, name2 }
            })
        })
    })
}

fn is_device_or_empty(text: &str) -> bool {
    text.is_empty() || is_code(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placed(parties: &str) -> Result<Placement, Complaint> {
        let row = format!("2026/03/09 14:05:00,00:00:05,7,0123,I,403,390664,,0,1000013,0,{parties}");
        place(&Fields::of(&row)?)
    }

    #[test]
    fn a_row_as_printed_is_left_as_it_is() {
        assert_eq!(placed("E403,Ann,T9001,Line 1.2,0,0"), Ok(Placement::default()), "nothing to mend");
        assert_eq!(placed("E403,Ann,,,0,0"), Ok(Placement::default()), "party 2 may be missing");
    }

    #[test]
    fn a_comma_in_either_name_is_found() {
        let in_name1 = Placement { name1: 1, ..Placement::default() };
        assert_eq!(placed("E403,Keller, Ann,T9001,Line 1.2,0,0"), Ok(in_name1), "17 fields and one comma");
        assert_eq!(
            placed("E403,Keller, Ann,T9001,Line 1.2,0,0,,,,,,,,,,,,,"),
            Ok(in_name1),
            "the same in a long row"
        );
        let in_name2 = Placement { name2: 2, ..Placement::default() };
        assert_eq!(placed("E403,Ann,E404,Roe, Jo, Dr.,0,0"), Ok(in_name2), "two commas in the second name");
        let in_both = Placement { name1: 1, name2: 1, ..Placement::default() };
        assert_eq!(placed("E403,Keller, Ann,E404,Roe, Jo,0,0,0,n/a"), Ok(in_both), "one in each");
        assert_eq!(placed("E403,Keller, Ann,,,0,0"), Ok(in_name1), "party 2 may be missing here as well");
    }

    #[test]
    fn a_name_that_looks_like_a_device_stays_ambiguous() {
        let said = placed("E403,Keller,E404,E405,Roe,0,0");
        assert_eq!(said, Err(Complaint::Ambiguous), "either name could hold the comma");
    }

    #[test]
    fn a_field_that_fits_nowhere_is_named() {
        assert_eq!(
            placed("X403,Ann,T9001,Line 1.2,0,0"),
            Err(Complaint::Unreadable(Field::Party1Device)),
            "no device"
        );
        assert_eq!(
            placed("E403,Ann,T9001,Line 1.2,x,0"),
            Err(Complaint::Unreadable(Field::HoldTime)),
            "no number"
        );
    }
}
