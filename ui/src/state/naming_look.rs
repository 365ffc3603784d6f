//! A naming pattern as it is shown: where its fields are, and where it is wrong.

/// One stretch of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    pub is: Look,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    Plain,
    Field,
    Wrong,
}

/// The pattern in pieces. `wrong_at` is the character (not the byte) at which it cannot be read.
pub fn pieces(pattern: &str, wrong_at: Option<u32>) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut inside = false;
    let wrong_at = wrong_at.and_then(|at| usize::try_from(at).ok());
    for (index, letter) in pattern.chars().enumerate() {
        inside |= letter == '{';
        let is = match (wrong_at == Some(index), inside) {
            (true, _) => Look::Wrong,
            (false, true) => Look::Field,
            (false, false) => Look::Plain,
        };
        inside &= letter != '}';
        match pieces.last_mut().filter(|last| last.is == is && is != Look::Wrong && letter != '{') {
            Some(last) => last.text.push(letter),
            None => pieces.push(Piece { text: letter.to_string(), is }),
        }
    }
    // Something is missing behind the last character.
    if wrong_at.is_some_and(|at| at >= pattern.chars().count()) {
        pieces.push(Piece { text: " ".to_owned(), is: Look::Wrong });
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(pattern: &str, wrong_at: Option<u32>) -> Vec<(String, Look)> {
        pieces(pattern, wrong_at).into_iter().map(|piece| (piece.text, piece.is)).collect()
    }

    #[test]
    fn fields_stand_out() {
        assert_eq!(
            shown("[{name}]_{from}", None),
            [
                ("[".to_owned(), Look::Plain),
                ("{name}".to_owned(), Look::Field),
                ("]_".to_owned(), Look::Plain),
                ("{from}".to_owned(), Look::Field),
            ],
            "with their braces"
        );
    }

    #[test]
    fn the_wrong_character_is_shown_by_itself() {
        assert_eq!(
            shown("ü{x}", Some(1)),
            [("ü".to_owned(), Look::Plain), ("{".to_owned(), Look::Wrong), ("x}".to_owned(), Look::Field)],
            "counted in characters, not in bytes"
        );
        assert_eq!(
            shown("{a", Some(2)).last().map(|(text, is)| (text.as_str(), *is)),
            Some((" ", Look::Wrong)),
            "what is missing at the end has a place as well"
        );
    }
}
