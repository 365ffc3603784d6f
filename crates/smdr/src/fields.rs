//! A row cut at its commas. Nothing is quoted in SMDR, so a quote is a character like any other.

use crate::complaint::Complaint;

/// 37 fields are known; the rest is room for later releases and for commas in names.
pub(crate) const MAX_FIELDS: usize = 64;

/// A record has at least these.
pub(crate) const MIN_FIELDS: usize = 17;

/// Fields are counted from 0 here: field 1 of the manual is `get(0)`.
pub(crate) struct Fields<'a> {
    text: &'a str,
    /// Where each field begins; the one after the last begins behind the text's end. A line is shorter than 64 KiB.
    starts: [u16; MAX_FIELDS + 1],
    count: usize,
}

impl<'a> Fields<'a> {
    pub(crate) fn of(text: &'a str) -> Result<Self, Complaint> {
        let mut fields = Self { text, starts: [0; MAX_FIELDS + 1], count: 0 };
        for (place, byte) in text.bytes().enumerate() {
            if byte == b',' {
                fields.end_field(place)?;
            }
        }
        fields.end_field(text.len())?;
        match fields.count {
            found if found < MIN_FIELDS => Err(Complaint::TooFewFields { found }),
            _ => Ok(fields),
        }
    }

    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// Without blanks around it; empty when the row is too short for it.
    pub(crate) fn get(&self, index: usize) -> &'a str {
        self.span(index, index)
    }

    /// Several fields as one, the commas between them included.
    pub(crate) fn span(&self, first: usize, last: usize) -> &'a str {
        if last >= self.count {
            return "";
        }
        let (from, to) = (usize::from(self.starts[first]), usize::from(self.starts[last + 1]) - 1);
        // Cuts are at commas, which are characters of their own in UTF-8.
        self.text.get(from..to).unwrap_or_default().trim_ascii()
    }

    fn end_field(&mut self, place: usize) -> Result<(), Complaint> {
        let too_many =
            || Complaint::TooManyFields { found: self.text.bytes().filter(|byte| *byte == b',').count() + 1 };
        if self.count == MAX_FIELDS {
            return Err(too_many());
        }
        self.count += 1;
        self.starts[self.count] = u16::try_from(place + 1).map_err(|_| Complaint::TooLong)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_cut_at_every_comma() {
        let text = "a, b ,,d,e,f,g,h,i,j,k,l,m,n,o,p,q";
        let fields = Fields::of(text).unwrap_or_else(|complaint| panic!("17 fields: {complaint}"));
        assert_eq!(
            (fields.get(0), fields.get(1), fields.get(2), fields.get(16)),
            ("a", "b", "", "q"),
            "in order"
        );
        assert_eq!(fields.span(3, 5), "d,e,f", "several as one keep their commas");
        assert_eq!(fields.get(17), "", "what the row is too short for is empty");
    }

    #[test]
    fn rows_of_3_and_of_3000_fields_are_no_records() {
        assert_eq!(Fields::of("a,b,c").err(), Some(Complaint::TooFewFields { found: 3 }), "three");
        let many = vec!["x"; 3000].join(",");
        assert_eq!(Fields::of(&many).err(), Some(Complaint::TooManyFields { found: 3000 }), "three thousand");
    }
}
