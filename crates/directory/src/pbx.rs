//! What the PBX calls one number, as each of its sources tells it over time.

use crate::Span;
use model::At;

/// Where in the PBX a name comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Teller {
    /// Its list of users or hunt groups.
    List,
    /// DevLink3's call states.
    Link,
    /// SMDR records.
    Record,
}

/// Each teller may spell a name in its own way, so that only a change in what the same one says is a change. The list's
/// word counts, and another's from the moment on that it says something new, until the list follows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Told {
    /// By teller and time.
    words: Vec<Word>,
    /// What it was called when, in order, without gaps.
    names: Vec<(Span, String)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Word {
    teller: Teller,
    since: At,
    name: String,
}

impl Told {
    /// Returns whether it changes anything.
    pub(crate) fn hear(&mut self, teller: Teller, since: At, name: &str) -> bool {
        let end = self.words.partition_point(|word| (word.teller, word.since) <= (teller, since));
        let is_same =
            |word: Option<&Word>| word.is_some_and(|word| word.teller == teller && word.name == name);
        if is_same(end.checked_sub(1).and_then(|before| self.words.get(before))) {
            return false;
        }
        if is_same(self.words.get(end)) {
            // It had that name earlier than was known.
            self.words[end].since = since;
        } else {
            self.words.insert(end, Word { teller, since, name: name.to_owned() });
        }
        let names = self.settled();
        let changed = names != self.names;
        self.names = names;
        changed
    }

    pub(crate) fn name_at(&self, at: At) -> Option<&str> {
        let place = self.names.partition_point(|(span, _)| span.to.is_some_and(|to| to <= at));
        self.names.get(place).map(|(_, name)| name.as_str())
    }

    pub(crate) fn names(&self) -> &[(Span, String)] {
        &self.names
    }

    /// Before the first word, the first one held.
    fn settled(&self) -> Vec<(Span, String)> {
        let mut times: Vec<At> = self.words.iter().map(|word| word.since).collect();
        times.sort_unstable();
        times.dedup();
        let mut names: Vec<(Span, String)> = Vec::new();
        for at in times {
            let Some(name) = self.believed(at) else { continue };
            match names.last_mut() {
                Some((_, last)) if last == name => {}
                Some((span, _)) => {
                    span.to = Some(at);
                    names.push((Span { from: Some(at), to: None }, name.to_owned()));
                }
                None => names.push((Span::ALWAYS, name.to_owned())),
            }
        }
        names
    }

    fn believed(&self, at: At) -> Option<&str> {
        let mut best: Option<(Option<At>, &Word)> = None;
        for (place, word) in self.words.iter().enumerate() {
            let next = self.words.get(place + 1).filter(|next| next.teller == word.teller);
            if word.since > at || next.is_some_and(|next| next.since <= at) {
                continue;
            }
            let before = place.checked_sub(1).and_then(|before| self.words.get(before));
            let is_first = before.is_none_or(|before| before.teller != word.teller);
            // The first word of others is no news beside the list.
            let news = (word.teller == Teller::List || !is_first).then_some(word.since);
            if best.is_none_or(|(best, _)| news > best) {
                best = Some((news, word));
            }
        }
        best.map(|(_, word)| word.name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(words: &[(Teller, i64, &str)]) -> Told {
        let mut told = Told::default();
        for (teller, since, name) in words {
            told.hear(*teller, At(*since), name);
        }
        told
    }

    #[test]
    fn older_calls_keep_the_older_name() {
        let told = told(&[(Teller::List, 10, "Ann"), (Teller::List, 50, "Bob")]);
        for (at, name) in [(0, "Ann"), (10, "Ann"), (49, "Ann"), (50, "Bob"), (99, "Bob")] {
            assert_eq!(told.name_at(At(at)), Some(name), "at {at}");
        }
    }

    #[test]
    fn a_log_read_late_gives_its_time_its_own_name() {
        let mut told = told(&[(Teller::List, 500, "Ann Keller"), (Teller::Record, 510, "Ann K")]);
        assert_eq!(told.name_at(At(100)), Some("Ann Keller"), "nothing else is known");
        assert!(told.hear(Teller::Record, At(100), "Old Hand"), "that is news");
        assert_eq!(told.name_at(At(50)), Some("Old Hand"), "before the first word, the first one held");
        assert_eq!(told.name_at(At(499)), Some("Old Hand"), "until the list tells otherwise");
        assert_eq!(told.name_at(At(505)), Some("Ann Keller"), "as the list spells it");
    }

    #[test]
    fn the_lists_spelling_stands_until_somebody_says_something_new() {
        let mut told = told(&[
            (Teller::Link, 5, "Ann K"),
            (Teller::List, 10, "Ann Keller"),
            (Teller::Record, 20, "Ann"),
        ]);
        assert_eq!(told.name_at(At(30)), Some("Ann Keller"), "first words are no news beside the list");
        told.hear(Teller::Link, At(40), "Bob M");
        assert_eq!(told.name_at(At(45)), Some("Bob M"), "the extension has a new user");
        told.hear(Teller::List, At(60), "Bob Miller");
        assert_eq!(
            (told.name_at(At(55)), told.name_at(At(60))),
            (Some("Bob M"), Some("Bob Miller")),
            "the list follows"
        );
    }

    #[test]
    fn the_same_again_is_no_news() {
        let mut told = told(&[(Teller::List, 10, "Ann")]);
        assert!(!told.hear(Teller::List, At(20), "Ann"), "later");
        assert!(
            !told.hear(Teller::List, At(5), "Ann"),
            "earlier: before the first word the first one held anyway"
        );
        assert_eq!(told.names().len(), 1, "one name");
        assert_eq!(Told::default().name_at(At(0)), None, "and none before any");
    }
}
