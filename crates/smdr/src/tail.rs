//! Fields from 18 on: charges, targeting, and the legs of fields 31 to 34. A row may end anywhere here, and nothing in
//! it decides whether the row is a record: a tail that cannot be placed is left unread, the row counts all the same.

use crate::fields::Fields;
use crate::values::{digits, name, party_number, ten_thousandths};
use model::fact::{Charge, LegId, NodeId};
use std::borrow::Cow;
use std::net::Ipv4Addr;

/// Two texts here are names of users and may hold commas as well; see [`crate::quirks`].
const MAX_COMMAS: usize = 4;

/// Where the fields of the tail stand, as indexes from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TailPlacement {
    first: usize,
    charged_user: usize,
    targeter: usize,
}

#[derive(Debug, Default)]
pub(crate) struct Tail<'a> {
    pub(crate) charge: Option<Charge<'a>>,
    pub(crate) targeting_cause: &'a str,
    pub(crate) targeter: &'a str,
    pub(crate) targeted_number: &'a str,
    pub(crate) caller_leg: Option<LegId>,
    pub(crate) called_leg: Option<LegId>,
}

/// Finds the fields from index `first` on, or `None` where they fit in no way.
pub(crate) fn place(fields: &Fields<'_>, first: usize) -> Option<TailPlacement> {
    let printed = TailPlacement { first, charged_user: 0, targeter: 0 };
    if printed.fits(fields) {
        return Some(printed);
    }
    (1..=MAX_COMMAS)
        .flat_map(|commas| (0..=commas).map(move |targeter| (commas - targeter, targeter)))
        .map(|(charged_user, targeter)| TailPlacement { first, charged_user, targeter })
        .find(|placement| placement.fits(fields))
}

pub(crate) fn read<'a>(fields: &Fields<'a>, first: usize) -> Tail<'a> {
    if fields.is_empty_from(first) {
        return Tail::default();
    }
    match place(fields, first) {
        Some(placement) => placement.read(fields),
        None => Tail::default(),
    }
}

impl TailPlacement {
    fn charged_user(self) -> (usize, usize) {
        (self.first + 2, self.first + 2 + self.charged_user)
    }
    fn charge(self) -> usize {
        self.charged_user().1 + 1
    }
    fn currency(self) -> usize {
        self.charge() + 1
    }
    /// Fields 23 to 27, all of them numbers.
    fn further_numbers(self) -> std::ops::Range<usize> {
        self.charge() + 2..self.charge() + 7
    }
    fn targeting_cause(self) -> usize {
        self.charge() + 7
    }
    fn targeter(self) -> (usize, usize) {
        (self.charge() + 8, self.charge() + 8 + self.targeter)
    }
    fn targeted_number(self) -> usize {
        self.targeter().1 + 1
    }
    /// Field 31; 32 to 34 follow.
    fn legs(self) -> usize {
        self.targeted_number() + 1
    }

    fn fits(self, fields: &Fields<'_>) -> bool {
        let legs = self.legs();
        is_amount(fields.get(self.charge()))
            && self.further_numbers().all(|index| is_amount(fields.get(index)))
            && is_number_of_a_party(fields.get(self.targeted_number()))
            && [legs, legs + 2].into_iter().all(|index| is_address(fields.get(index)))
            && [legs + 1, legs + 3].into_iter().all(|index| is_call_id(fields.get(index)))
    }

    fn read<'a>(self, fields: &Fields<'a>) -> Tail<'a> {
        let (from, to) = self.targeter();
        Tail {
            charge: self.read_charge(fields),
            targeting_cause: fields.get(self.targeting_cause()),
            targeter: name(fields.span(from, to)),
            targeted_number: party_number(fields.get(self.targeted_number())),
            caller_leg: leg(fields.get(self.legs()), fields.get(self.legs() + 1)),
            called_leg: leg(fields.get(self.legs() + 2), fields.get(self.legs() + 3)),
        }
    }

    /// `None` where nothing was charged to anybody.
    fn read_charge<'a>(self, fields: &Fields<'a>) -> Option<Charge<'a>> {
        let (from, to) = self.charged_user();
        let user = name(fields.span(from, to));
        let amount = ten_thousandths(fields.get(self.charge()));
        if amount.is_none() && user.is_empty() {
            return None;
        }
        Some(Charge {
            user: Cow::Borrowed(user),
            amount_ten_thousandths: amount.unwrap_or_default(),
            currency: Cow::Borrowed(fields.get(self.currency())),
        })
    }
}

fn is_amount(text: &str) -> bool {
    text.is_empty() || ten_thousandths(text).is_some()
}

fn is_number_of_a_party(text: &str) -> bool {
    text.is_empty() || text.contains('@') || text.bytes().any(|byte| byte.is_ascii_digit())
}

/// Looks like one; reading it in full comes once the place is known.
fn is_address(text: &str) -> bool {
    text.is_empty()
        || (text.bytes().filter(|byte| *byte == b'.').count() == 3
            && text.bytes().all(|byte| byte == b'.' || byte.is_ascii_digit()))
}

fn is_call_id(text: &str) -> bool {
    text.is_empty() || digits(text).is_some()
}

fn leg(address: &str, call: &str) -> Option<LegId> {
    let address: Ipv4Addr = address.parse().ok()?;
    let call = u32::try_from(digits(call)?).ok()?;
    (!address.is_unspecified()).then_some(LegId { node: NodeId(address.to_bits()), call })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_tail(tail: &str) -> Tail<'static> {
        let row: &'static str = format!("{}{tail}", "x,".repeat(17)).leak();
        let fields = Fields::of(row).unwrap_or_else(|complaint| panic!("enough fields: {complaint}"));
        read(&fields, 17)
    }

    #[test]
    fn legs_are_an_address_and_a_call_id() {
        let tail = read_tail("0,,,,,,,,,,,,,192.168.0.130,38411,192.168.0.131,38414");
        let leg = |last: u32, call| Some(LegId { node: NodeId(0xc0a8_0000 + last), call });
        assert_eq!(tail.caller_leg, leg(0x82, 38411), "fields 31 and 32");
        assert_eq!(tail.called_leg, leg(0x83, 38414), "fields 33 and 34");
    }

    #[test]
    fn commas_in_the_charged_user_and_the_targeter_are_found() {
        let tail =
            read_tail("0,n/a,Keller, Ann,0.0618,EUR,1,1,0,618,1.00,U,Keller, Ann,9416,10.0.0.1,7,10.0.0.1,8");
        let charge = tail.charge.unwrap_or_default();
        assert_eq!(
            (charge.user.as_ref(), charge.amount_ten_thousandths),
            ("Keller, Ann", 618),
            "who and how much"
        );
        assert_eq!((tail.targeter, tail.targeted_number), ("Keller, Ann", "9416"), "by whom and to where");
        assert_eq!(tail.called_leg.map(|leg| leg.call), Some(8), "the legs behind both commas");
    }

    #[test]
    fn a_tail_that_fits_in_no_way_is_left_unread() {
        let tail = read_tail("0,n/a,Ann,a lot,of money,x,x,x,x,x,U,Ann,9416,here,7,there,8");
        assert!(tail.charge.is_none() && tail.caller_leg.is_none(), "nothing is guessed");
        assert_eq!(tail.targeter, "", "no field is trusted when its neighbours are wrong");
    }

    #[test]
    fn a_row_without_charges_has_none() {
        assert!(read_tail("0,n/a,,,,,,,,,,,").charge.is_none(), "empty fields are not a charge of zero");
    }
}
