//! Leaving out the calls and parts that do not pass a test. Texts are judged once for each entry of the dictionary.

use super::conditions::Test;
use super::day::Day;
use super::words::{digits_of, has_steps, is_group, is_number, is_word, line};
use crate::leaf::{Column, kind_of, mark};
use model::CallId;
use model::report::{Condition, GroupRef, Hours, Scope, Spot};

impl Day<'_> {
    /// Applies one of the plan's tests. What is counted in a figure is judged with the parts, later.
    pub(crate) fn narrow(&mut self, test: usize) {
        let plan = self.look.plan.clone();
        match &plan.tests[test] {
            Test::Is(condition) => self.narrow_by(test, condition),
            Test::Text { place, text } => self.narrow_by_text(*place, text),
            Test::Open(hours) => self.narrow_by_hours(*hours),
            Test::Counted { .. } => {}
        }
    }

    fn narrow_by(&mut self, test: usize, condition: &Condition) {
        match condition {
            Condition::TimeOfDay { .. } | Condition::DaysOfWeek { .. } => self.keep_window(test),
            Condition::Directions { any_of } => {
                let wanted = any_of.iter().fold(0, |set, direction| set | 1 << *direction as i64);
                self.keep(Column::Marks, |marks| wanted & (1 << (marks & mark::DIRECTION)) != 0);
            }
            Condition::Sites { any_of } => self.keep(Column::Site, |site| any_of.contains(&site)),
            Condition::People { any_of } => self.keep_people(any_of),
            Condition::TalkedAs { spot, any_of } => {
                let column = match spot {
                    Spot::First => Column::FirstAgent,
                    Spot::Final => Column::FinalAgent,
                };
                self.keep_talker(column, any_of);
            }
            Condition::Groups { any_of } => self.keep_groups(any_of),
            Condition::GroupAs { spot, any_of } => {
                let column = match spot {
                    Spot::First => Column::FirstGroup,
                    Spot::Final => Column::FinalGroup,
                };
                let wanted = self.of_entries(Column::Group, |texts, entry| is_group(texts, entry, any_of));
                self.keep(column, |place| place > 0 && wanted[place as usize - 1]);
            }
            Condition::OutsideNumber { any_of } => self.keep_outside(any_of),
            Condition::DialledNumber { any_of } => {
                self.keep_entries(Column::Dialled, |texts, entry| is_number(any_of, &[texts.get(entry, 0)]));
            }
            Condition::OutsideName { any_of } => self.keep_entries(Column::OutsideName, |texts, entry| {
                let name = texts.get(entry, 0).to_lowercase();
                any_of.iter().any(|wanted| name.contains(wanted.as_str()))
            }),
            Condition::AccountCode { any_of } => {
                self.keep_entries(Column::Account, |texts, entry| is_word(any_of, texts.get(entry, 0)));
            }
            Condition::Tags { any_of } => self.keep_tags(any_of),
            Condition::Trunks { any_of } => self.keep_entries(Column::Trunk, |texts, entry| {
                any_of.iter().any(|wanted| wanted == line(texts.get(entry, 0)))
            }),
            Condition::Answered { yes } => self.keep_mark(mark::ANSWERED, *yes),
            Condition::Abandoned { yes } => self.keep_mark(mark::ABANDONED, *yes),
            Condition::Missed { yes } => self.keep_mark(mark::MISSED, *yes),
            Condition::Voicemail { yes } => self.keep_mark(mark::VOICEMAIL, *yes),
            Condition::Emergency { yes } => self.keep_mark(mark::EMERGENCY, *yes),
            Condition::Conference { yes } => self.keep_mark(mark::CONFERENCE, *yes),
            Condition::Transferred { yes } => {
                self.keep(Column::Transfers, |transfers| (transfers > 0) == *yes)
            }
            Condition::Recorded { yes } => {
                self.keep_id(|day, id| (day.marks.recorded(id).recordings > 0) == *yes);
            }
            Condition::Scored { yes } => {
                self.keep_id(|day, id| (day.marks.scored(id).scorecards > 0) == *yes)
            }
            Condition::Noted { yes } => self.keep_id(|day, id| day.marks.is_noted(id) == *yes),
            Condition::Lasting { timing, from_seconds, to_seconds } => {
                self.keep_length(*timing, from_seconds.map(i64::from), to_seconds.map(i64::from));
            }
            Condition::Events { yes, any_of } => {
                let wanted = any_of.iter().fold(0, |kinds, kind| kinds | 1_i64 << kind.code());
                self.keep(Column::Kinds, |kinds| (kinds & wanted != 0) == *yes);
            }
            Condition::Sequence { steps } => {
                self.keep_entries(Column::Sequence, |texts, entry| has_steps(texts.get(entry, 0), steps));
            }
            Condition::FinalEvent { any_of } => self.keep_entries(Column::Sequence, |texts, entry| {
                let last = texts.get(entry, 0).chars().last().and_then(kind_of);
                last.is_some_and(|last| any_of.contains(&last))
            }),
            // These have tests of their own.
            Condition::Text { .. } | Condition::CountedIn { .. } => {}
        }
    }

    fn narrow_by_text(&mut self, place: usize, text: &str) {
        let book = self.look.office.book.as_ref();
        let has = |named: &str| named.to_lowercase().contains(text);
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        // A text with letters in it is no number.
        let is_number = !digits.is_empty() && text.chars().all(|c| !c.is_alphabetic());
        let numbered = |number: &str| is_number && digits_of(number).contains(&digits);
        let [outside, given, dialled] = [Column::Outside, Column::OutsideGiven, Column::Dialled]
            .map(|column| self.of_entries(column, |texts, entry| numbered(texts.get(entry, 0))));
        let names = self.of_entries(Column::OutsideName, |texts, entry| has(texts.get(entry, 0)));
        let groups = self.of_entries(Column::Group, |texts, entry| {
            let (site, number) = texts.pair(entry);
            number == text || has(&book.group(&GroupRef { site, number: number.to_owned() }))
        });
        let people = self.parts_where(Column::PeopleCount, Column::Extension, |day, entry, at_ms| {
            let (site, number) = day.leaf.texts(Column::Extension).pair(entry);
            let holder = day.holders.as_ref().and_then(|holders| holders.at(entry, at_ms));
            let name = holder.map_or_else(|| book.extension(site, number), |id| book.person(id));
            number == text || has(&name)
        });
        let people = self.calls_with(Column::PeopleCount, &people);
        let groups: Vec<bool> =
            self.leaf.numbers(Column::Group).iter().map(|group| groups[*group as usize]).collect();
        let groups = self.calls_with(Column::GroupCount, &groups);
        for call in self.range.clone() {
            let code = |column| self.leaf.numbers(column)[call] as usize;
            let id = CallId(self.leaf.numbers(Column::Id)[call]);
            self.ok[call] = self.ok[call]
                && (outside[code(Column::Outside)]
                    || given[code(Column::OutsideGiven)]
                    || names[code(Column::OutsideName)]
                    || dialled[code(Column::Dialled)]
                    || people[call]
                    || groups[call]
                    || self.marks.is_found(place, id));
        }
    }

    /// A part of a group is judged by the group's hours, a call by its first group's.
    fn narrow_by_hours(&mut self, hours: Hours) {
        let Some(opening) = &self.look.opening else { return };
        let wanted = hours == Hours::In;
        let texts = self.leaf.texts(Column::Group);
        let of_groups: Vec<_> = (0..texts.len())
            .map(|entry| {
                let (site, number) = texts.pair(entry);
                opening.of_group(site, number)
            })
            .collect();
        if self.look.plan.scope == Scope::Group {
            let open = self.parts_where(Column::GroupCount, Column::Group, |_, entry, at_ms| {
                of_groups[entry].at(at_ms) == wanted
            });
            self.keep_parts(open);
            return;
        }
        for call in self.range.clone().filter(|call| self.ok[*call]).collect::<Vec<_>>() {
            let at_ms = self.started_at_ms(call);
            let steps = match self.leaf.numbers(Column::FirstGroup)[call] {
                0 => opening.of_site(self.leaf.numbers(Column::Site)[call]),
                group => of_groups[group as usize - 1],
            };
            self.ok[call] = steps.at(at_ms) == wanted;
        }
    }
}
