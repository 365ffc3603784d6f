//! A sentence with something set apart in it: a command, a key, the headings of a file.

use leptos::prelude::*;

/// What stands in braces is drawn by `draw`, which is given its name.
pub fn marked(text: &'static str, draw: impl Fn(&'static str) -> AnyView) -> Vec<AnyView> {
    let draw = |piece| match piece {
        Piece::Plain(text) => text.into_any(),
        Piece::Named(name) => draw(name),
    };
    pieces(text).into_iter().map(draw).collect()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    Plain(&'static str),
    Named(&'static str),
}

fn pieces(text: &'static str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, (name, after))) =
        rest.split_once('{').and_then(|(before, after)| Some((before, after.split_once('}')?)))
    {
        pieces.push(Piece::Plain(before));
        pieces.push(Piece::Named(name));
        rest = after;
    }
    pieces.push(Piece::Plain(rest));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_braces_is_told_from_the_sentence() {
        assert_eq!(
            pieces("Run {command} from {place}."),
            [
                Piece::Plain("Run "),
                Piece::Named("command"),
                Piece::Plain(" from "),
                Piece::Named("place"),
                Piece::Plain("."),
            ],
            "in the order of the sentence"
        );
        assert_eq!(pieces("Nothing {here"), [Piece::Plain("Nothing {here")], "an open brace is a letter");
    }
}
