//! A row cut at its commas. Nothing is quoted in SMDR, so a quote is a character like any other.

use crate::complaint::Complaint;

/// 37 fields are known; the rest is room for later releases and for commas in names.
pub(crate) const MAX_FIELDS: usize = 64;

/// A record has at least these.
pub(crate) const MIN_FIELDS: usize = 17;

/// Fields are counted from 0 here: field 1 of the manual is `get(0)`.
pub(crate) struct Fields<'a> {
    text: &'a str,
    /// Without blanks around them; empty behind `count`.
    fields: [&'a str; MAX_FIELDS],
    count: usize,
}

impl<'a> Fields<'a> {
    pub(crate) fn of(text: &'a str) -> Result<Self, Complaint> {
        let mut fields = Self { text, fields: [""; MAX_FIELDS], count: 0 };
        let mut start = 0;
        let (words, rest) = text.as_bytes().as_chunks();
        for (word, number) in words.iter().zip(0..) {
            let mut commas = commas_in(*word);
            while commas != 0 {
                let comma = number * 8 + commas.trailing_zeros() as usize / 8;
                fields.push(start, comma)?;
                start = comma + 1;
                commas &= commas - 1;
            }
        }
        for (byte, place) in rest.iter().zip(words.len() * 8..) {
            if *byte == b',' {
                fields.push(start, place)?;
                start = place + 1;
            }
        }
        fields.push(start, text.len())?;
        match fields.count {
            found if found < MIN_FIELDS => Err(Complaint::TooFewFields { found }),
            _ => Ok(fields),
        }
    }

    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// Without blanks around it; empty when the row is too short for it.
    #[inline]
    pub(crate) fn get(&self, index: usize) -> &'a str {
        self.fields.get(index).copied().unwrap_or_default()
    }

    /// Several fields as one, the commas between them included.
    #[inline]
    pub(crate) fn span(&self, first: usize, last: usize) -> &'a str {
        if first == last { self.get(first) } else { self.joined(first, last) }
    }

    /// Field `first` and all behind it are empty.
    pub(crate) fn is_empty_from(&self, first: usize) -> bool {
        self.fields[first.min(self.count)..self.count].iter().all(|field| field.is_empty())
    }

    /// Only names with commas come here, so the text is cut once more instead of keeping all places.
    #[cold]
    fn joined(&self, first: usize, last: usize) -> &'a str {
        if last >= self.count {
            return "";
        }
        let start: usize = self.text.split(',').take(first).map(|field| field.len() + 1).sum();
        let length: usize =
            self.text.split(',').skip(first).take(last - first + 1).map(|field| field.len() + 1).sum();
        self.text.get(start..start + length - 1).unwrap_or_default().trim_ascii()
    }

    #[inline]
    fn push(&mut self, from: usize, to: usize) -> Result<(), Complaint> {
        let Some(field) = self.fields.get_mut(self.count) else {
            return Err(too_many(self.text));
        };
        self.count += 1;
        // Most fields of a long row are empty, and few have blanks around them.
        if from == to {
            return Ok(());
        }
        // Cuts are at commas, which are characters of their own in UTF-8.
        let text = self.text.get(from..to).unwrap_or_default();
        *field = if text.starts_with(' ') || text.ends_with(' ') { text.trim_ascii() } else { text };
        Ok(())
    }
}

#[cold]
fn too_many(text: &str) -> Complaint {
    Complaint::TooManyFields { found: text.split(',').count() }
}

/// The top bit of each byte that is a comma, the first byte lowest. Rows are cut a word at a time because that is the
/// larger part of reading a million of them.
fn commas_in(word: [u8; 8]) -> u64 {
    const COMMAS: u64 = u64::from_le_bytes([b','; 8]);
    const ALL_BUT_TOP: u64 = u64::from_le_bytes([0x7f; 8]);
    let zero_where_comma = u64::from_le_bytes(word) ^ COMMAS;
    // Adding carries into the top bit of each byte that is not zero, and never beyond it.
    !(((zero_where_comma & ALL_BUT_TOP) + ALL_BUT_TOP) | zero_where_comma | ALL_BUT_TOP)
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
    fn commas_are_found_wherever_they_stand_in_a_word() {
        for piece in ["a", "\u{ac},", ",", "-,+,,\u{2c6}abc,"] {
            let text = format!("{}{}", ",".repeat(16), piece.repeat(9));
            let fields = Fields::of(&text).unwrap_or_else(|complaint| panic!("{piece}: {complaint}"));
            let cut: Vec<&str> = (0..fields.count()).map(|index| fields.get(index)).collect();
            assert_eq!(cut, text.split(',').collect::<Vec<_>>(), "pieces of {piece:?}");
        }
    }

    #[test]
    fn rows_of_3_and_of_3000_fields_are_no_records() {
        assert_eq!(Fields::of("a,b,c").err(), Some(Complaint::TooFewFields { found: 3 }), "three");
        let many = vec!["x"; 3000].join(",");
        assert_eq!(Fields::of(&many).err(), Some(Complaint::TooManyFields { found: 3000 }), "three thousand");
    }
}
