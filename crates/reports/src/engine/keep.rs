//! The ways in which calls and parts are left out.

use super::conditions::timed;
use super::day::Day;
use super::holders::is_one_of;
use super::words::{is_group, is_number, is_word};
use crate::leaf::{Column, Texts, mark};
use model::CallId;
use model::report::{Dimension, GroupRef, NumberMatch, Scope, Timing, Who};

impl Day<'_> {
    pub(crate) fn keep(&mut self, column: Column, is: impl Fn(i64) -> bool) {
        let values = self.leaf.numbers(column);
        for call in self.range.clone() {
            self.ok[call] &= is(values[call]);
        }
    }

    pub(crate) fn keep_mark(&mut self, wanted: i64, yes: bool) {
        self.keep(Column::Marks, |marks| (marks & wanted != 0) == yes);
    }

    pub(crate) fn keep_id(&mut self, is: impl Fn(&Self, CallId) -> bool) {
        for call in self.range.clone() {
            self.ok[call] = self.ok[call] && is(self, CallId(self.leaf.numbers(Column::Id)[call]));
        }
    }

    pub(crate) fn keep_entries(&mut self, column: Column, is: impl Fn(&Texts, usize) -> bool) {
        let wanted = self.of_entries(column, is);
        self.keep(column, |code| wanted[code as usize]);
    }

    pub(crate) fn of_entries(&self, column: Column, is: impl Fn(&Texts, usize) -> bool) -> Vec<bool> {
        let texts = self.leaf.texts(column);
        (0..texts.len()).map(|entry| is(texts, entry)).collect()
    }

    pub(crate) fn keep_window(&mut self, test: usize) {
        let look = self.look;
        let Some(window) = look.window(test) else { return };
        let starts = &self.leaf.numbers(Column::Start)[self.range.clone()];
        let ok = &mut self.ok[self.range.clone()];
        window.walk(self.leaf.from_ms(), starts, |call, inside| ok[call] &= inside);
    }

    /// Where rows are people, only those that are asked for.
    pub(crate) fn keep_people(&mut self, any_of: &[Who]) {
        let are = self.parts_where(Column::PeopleCount, Column::Extension, |day, entry, at_ms| {
            day.holders.as_ref().is_some_and(|holders| holders.is(entry, at_ms, any_of))
        });
        let calls = self.calls_with(Column::PeopleCount, &are);
        self.keep_calls(&calls);
        if self.look.plan.scope == Scope::Person {
            self.keep_parts(are);
        }
    }

    pub(crate) fn keep_talker(&mut self, column: Column, any_of: &[Who]) {
        let Some(holders) = &self.holders else { return };
        let places = self.leaf.numbers(column);
        for call in self.range.clone() {
            let Some(entry) = usize::try_from(places[call] - 1).ok() else {
                self.ok[call] = false;
                continue;
            };
            let at_ms = self.leaf.from_ms() + self.leaf.numbers(Column::Start)[call];
            let (site, number) = self.leaf.texts(Column::Extension).pair(entry);
            self.ok[call] = self.ok[call] && is_one_of(any_of, holders.at(entry, at_ms), site, number);
        }
    }

    /// Where rows are groups, only those that are asked for.
    pub(crate) fn keep_groups(&mut self, any_of: &[GroupRef]) {
        let wanted = self.of_entries(Column::Group, |texts, entry| is_group(texts, entry, any_of));
        let are: Vec<bool> =
            self.leaf.numbers(Column::Group).iter().map(|group| wanted[*group as usize]).collect();
        let calls = self.calls_with(Column::GroupCount, &are);
        self.keep_calls(&calls);
        match self.look.plan.scope {
            Scope::Call => {}
            Scope::Group => self.keep_parts(are),
            Scope::Person if self.look.plan.by.contains(&Dimension::Group) => {
                let through = self.parts.numbers(Column::PersonGroup).iter();
                let through = through.map(|group| *group > 0 && wanted[*group as usize - 1]);
                let through = through.collect();
                self.keep_own_parts(through);
            }
            Scope::Person => {}
        }
    }

    pub(crate) fn keep_outside(&mut self, any_of: &[NumberMatch]) {
        let [compared, given] = [Column::Outside, Column::OutsideGiven].map(|column| {
            let wanted = self.of_entries(column, |texts, entry| is_number(any_of, &[texts.get(entry, 0)]));
            (wanted, self.leaf.numbers(column))
        });
        let withheld = if any_of.contains(&NumberMatch::Withheld) { mark::WITHHELD } else { 0 };
        let marks = self.leaf.numbers(Column::Marks);
        for call in self.range.clone() {
            let is = |(wanted, codes): &(Vec<bool>, &[i64])| wanted[codes[call] as usize];
            self.ok[call] &= is(&compared) || is(&given) || marks[call] & withheld != 0;
        }
    }

    pub(crate) fn keep_tags(&mut self, any_of: &[String]) {
        let own = self.of_entries(Column::Tag, |texts, entry| is_word(any_of, texts.get(entry, 0)));
        for call in self.range.clone() {
            let given = || {
                let id = CallId(self.leaf.numbers(Column::Id)[call]);
                self.marks.tags(id).iter().any(|tag| is_word(any_of, tag))
            };
            self.ok[call] = self.ok[call] && (own[self.leaf.numbers(Column::Tag)[call] as usize] || given());
        }
    }

    /// Whole seconds, as lengths are shown.
    pub(crate) fn keep_length(&mut self, timing: Timing, from: Option<i64>, to: Option<i64>) {
        self.keep(timed(timing), |length_ms| {
            let seconds = length_ms / 1_000;
            length_ms >= 0 && from.is_none_or(|from| seconds >= from) && to.is_none_or(|to| seconds <= to)
        });
        if timing == Timing::TimeToAnswer {
            self.keep_mark(mark::START_KNOWN, true);
        }
    }

    /// Of each part of the leaf, judged by its entry and the start of its call; parts of calls that are out already are
    /// not asked for.
    pub(crate) fn parts_where(
        &self,
        counts: Column,
        entries: Column,
        is: impl Fn(&Self, usize, i64) -> bool,
    ) -> Vec<bool> {
        let entries = self.leaf.numbers(entries);
        let mut are = vec![false; entries.len()];
        // Most entries are the same at all times of the day.
        let mut known: Vec<Option<bool>> = Vec::new();
        let mut part = 0_usize;
        for (call, count) in self.leaf.numbers(counts).iter().enumerate() {
            let end = part + *count as usize;
            for place in part..end {
                if !self.ok[call] {
                    break;
                }
                let entry = entries[place] as usize;
                let at_ms = self.started_at_ms(call);
                let steady = counts == Column::PeopleCount
                    && self.holders.as_ref().is_some_and(|holders| holders.all_day(entry).is_some());
                if !steady {
                    are[place] = is(self, entry, at_ms);
                    continue;
                }
                if known.len() <= entry {
                    known.resize(entry + 1, None);
                }
                are[place] = *known[entry].get_or_insert_with(|| is(self, entry, at_ms));
            }
            part = end;
        }
        are
    }

    pub(crate) fn calls_with(&self, counts: Column, are: &[bool]) -> Vec<bool> {
        let mut part = 0_usize;
        let with = self.leaf.numbers(counts).iter().map(|count| {
            let end = part + *count as usize;
            let any = are[part..end].iter().any(|is| *is);
            part = end;
            any
        });
        with.collect()
    }

    pub(crate) fn keep_calls(&mut self, with: &[bool]) {
        self.ok.iter_mut().zip(with).for_each(|(ok, with)| *ok &= with);
    }

    /// By whether it is so of the parts of the leaf.
    pub(crate) fn keep_parts(&mut self, are: Vec<bool>) {
        let are = self.parts.any(are);
        self.keep_own_parts(are);
    }

    pub(crate) fn keep_own_parts(&mut self, are: Vec<bool>) {
        match &mut self.part_ok {
            None => self.part_ok = Some(are),
            Some(ok) => ok.iter_mut().zip(are).for_each(|(ok, is)| *ok &= is),
        }
    }
}
