//! Who had which extension when, what may be stored, and what a file of people does.

use directory::{
    Book, Holder, Holding, Office, Person, Plan, Source, Span, Teller, Verdict, check, read_csv,
};
use model::{At, SiteId};

const HERE: SiteId = SiteId(1);
const BRANCH: SiteId = SiteId(2);

/// Days are counted: day 5 is `2026-06-05`, at 5.
struct Test(&'static [(SiteId, &'static str)]);

const ONE_SITE: Test = Test(&[(HERE, "Office")]);
const TWO_SITES: Test = Test(&[(HERE, "Office"), (BRANCH, "Branch")]);

impl Office for Test {
    fn sites(&self) -> Vec<(SiteId, String)> {
        self.0.iter().map(|(site, name)| (*site, (*name).to_owned())).collect()
    }

    fn start_of(&self, date: &str) -> Option<At> {
        date.strip_prefix("2026-06-")?.parse().ok().map(At)
    }

    fn date(&self, at: At) -> String {
        format!("2026-06-{:02}", at.0)
    }
}

fn span(from: Option<i64>, to: Option<i64>) -> Span {
    Span { from: from.map(At), to: to.map(At) }
}

fn holding(extension: &str, from: Option<i64>, to: Option<i64>) -> Holding {
    Holding { site: HERE, extension: extension.into(), span: span(from, to) }
}

fn person(id: i64, name: &str, holdings: Vec<Holding>) -> Person {
    Person { id, name: name.into(), source: Source::Hand, holdings }
}

#[test]
fn what_people_entered_stands_before_what_the_pbx_says() {
    let mut book = Book::default();
    assert!(book.hear_extension(HERE, "204", Teller::List, At(1), "Phone 4"), "news");
    book.set_people(vec![person(7, "Ann", vec![holding("204", Some(5), Some(10))])]);
    assert!(!book.hear_extension(HERE, "204", Teller::List, At(8), "Phone 4"), "no news");
    assert!(
        book.hear_extension(HERE, "204", Teller::List, At(9), "Phone 4b"),
        "what it says is kept all the same"
    );
    for (at, name) in [(4, "Phone 4"), (5, "Ann"), (9, "Ann"), (10, "Phone 4b")] {
        assert_eq!(book.extension_at(HERE, "204", At(at)), Some(name), "on day {at}");
    }
    assert!(
        matches!(book.holder_at(HERE, "204", At(5)), Some(Holder::Person(person)) if person.id == 7),
        "who it is"
    );
    assert_eq!(book.extension_at(BRANCH, "204", At(5)), None, "another site has extensions of its own");
    let pbx = book.pbx_people();
    let mut shown: Vec<_> =
        pbx.iter().map(|person| (person.name.as_str(), person.holdings[0].span)).collect();
    shown.sort_by_key(|(name, _)| *name);
    assert_eq!(
        shown,
        [("Phone 4", span(None, Some(5))), ("Phone 4b", span(Some(10), None))],
        "the PBX's people have what is nobody's"
    );
    book.set_people(Vec::new());
    assert_eq!(
        book.extension_at(HERE, "204", At(5)),
        Some("Phone 4"),
        "a person who is removed gives it back"
    );
}

#[test]
fn groups_and_trunks_are_called_as_people_call_them() {
    let mut book = Book::default();
    book.hear_group(HERE, "300", Teller::List, At(1), "HG300");
    book.hear_group(HERE, "300", Teller::List, At(5), "Sales");
    assert_eq!(book.group_at(HERE, "300", At(3)), Some("HG300"), "as it was then");
    book.give_group(HERE, "300", Some("Customers".into()));
    book.give_trunk(HERE, "Line 1", Some("ISDN".into()));
    book.give_trunk(HERE, "Line 2", None);
    assert_eq!(book.group_at(HERE, "300", At(3)), Some("Customers"), "given by hand, for all times");
    assert_eq!(
        book.groups(At(9)),
        [(HERE, "300", Some("Customers"), Source::Hand)],
        "listed with where it is from"
    );
    assert_eq!(book.trunks(), [(HERE, "Line 1", Some("ISDN")), (HERE, "Line 2", None)], "unnamed ones too");
    book.give_group(HERE, "300", None);
    assert_eq!(book.group_at(HERE, "300", At(9)), Some("Sales"), "and back");
}

#[test]
fn an_extension_belongs_to_one_person_at_a_time() {
    let bob = person(2, "Bob", vec![holding("204", None, Some(10))]);
    let others = [bob.clone(), person(3, "Cara", vec![holding("310", Some(5), None)])];
    let with = |holdings| check(&person(0, "Ann", holdings), &others, &ONE_SITE);
    assert_eq!(with(vec![holding("204", Some(10), None)]), Ok(()), "from the day on which Bob's ends");
    let refused = with(vec![holding("204", Some(9), None)]).expect_err("a day too early");
    assert!(refused.contains("204 belongs to Bob until 2026-06-10"), "it says whose and when: {refused}");
    let refused = with(vec![holding("310", None, None)]).expect_err("Cara has it");
    assert!(refused.contains("Cara since 2026-06-05"), "{refused}");
    let refused = with(vec![holding("7", None, Some(5)), holding("7", Some(4), None)]).expect_err("twice");
    assert!(refused.contains("listed twice"), "{refused}");
    assert_eq!(check(&bob, &others, &ONE_SITE), Ok(()), "a person is not in the way of themselves");
    let elsewhere = Holding { site: BRANCH, ..holding("204", None, None) };
    assert_eq!(
        check(&person(0, "Zoe", vec![elsewhere.clone()]), &others, &TWO_SITES),
        Ok(()),
        "another site's 204"
    );
    for (bad, word) in [
        (person(0, " ", Vec::new()), "name"),
        (person(0, "Ann", vec![holding("", None, None)]), "extension"),
        (person(0, "Ann", vec![holding("2 04", None, None)]), "no extension"),
        (person(0, "Ann", vec![holding("204", Some(5), Some(5))]), "end before it begins"),
        (person(0, "Ann", vec![elsewhere]), "phone system"),
        (person(0, &"A".repeat(101), Vec::new()), "too long"),
    ] {
        let says = check(&bad, &[], &ONE_SITE).expect_err("it cannot be stored");
        assert!(says.contains(word), "{says}");
    }
}

fn verdicts(plan: &Plan) -> Vec<(u32, &Verdict)> {
    plan.lines.iter().map(|line| (line.line, &line.verdict)).collect()
}

#[test]
fn a_file_is_read_with_any_separator_and_order_of_columns() {
    for text in [
        "name,extension\nAnn Keller,204\nBob Miller,205\n",
        "\u{feff}Extension;Name\r\n204;Ann Keller\r\n\r\n205;\"Bob Miller\"\r\n",
        "site\tNAME\textension\nOffice\tAnn Keller\t204\nOFFICE\tBob Miller\t205",
    ] {
        let plan = read_csv(text, &[], &ONE_SITE);
        assert!(plan.lines.iter().all(|line| line.verdict == Verdict::Added), "{text:?}: {plan:#?}");
        let people: Vec<_> = plan
            .people
            .iter()
            .map(|person| (person.name.as_str(), person.holdings[0].extension.as_str()))
            .collect();
        assert_eq!(people, [("Ann Keller", "204"), ("Bob Miller", "205")], "{text:?}");
    }
}

#[test]
fn every_bad_line_is_told_with_its_number_and_its_reason() {
    let text = "name;extension;site;from;to\n\
        Ann;204;Office;;\n\
        ;205;Office;;\n\
        Bob;;Office;;\n\
        \n\
        Cara;206;Nowhere;;\n\
        Dora;207;;;\n\
        Eve;208;Office;soon;\n\
        Finn;209;Office;2026-06-09;2026-06-02\n\
        Gus;204;Office;;\n\
        Hal;210;Office;;;;x\n\
        Ida;2 11;Office;;\n";
    let plan = read_csv(text, &[], &TWO_SITES);
    let reasons = [
        (3, "name is missing"),
        (4, "extension is missing"),
        (6, "no phone system called Nowhere"),
        (7, "several phone systems"),
        (8, "\"soon\" is no date"),
        (9, "end before it begins"),
        (10, "204 of Office belongs to Ann"),
        (11, "fields"),
        (12, "no extension"),
    ];
    let bad: Vec<(u32, &str)> = verdicts(&plan)
        .into_iter()
        .filter_map(|(line, verdict)| match verdict {
            Verdict::Bad(says) => Some((line, says.as_str())),
            _ => None,
        })
        .collect();
    assert_eq!(bad.len(), reasons.len(), "{bad:#?}");
    for ((line, says), (wanted_line, wanted)) in bad.iter().zip(reasons) {
        assert_eq!(*line, wanted_line, "{says}");
        assert!(says.contains(wanted), "line {line}: {says}");
    }
    assert_eq!(plan.people.len(), 1, "the one good line is taken all the same");
    assert_eq!(plan.lines[0].text, "Ann;204;Office;;", "each line as it stands in the file");
}

#[test]
fn a_file_without_a_heading_is_not_guessed_at() {
    for text in ["", "Ann,204\nBob,205\n", "\n\n", "extension,from\n204,2026-06-01\n"] {
        let plan = read_csv(text, &[], &ONE_SITE);
        assert!(plan.people.is_empty(), "{text:?}");
        assert!(matches!(&plan.lines[0].verdict, Verdict::Bad(says) if says.contains("columns")), "{plan:?}");
    }
}

#[test]
fn a_file_read_again_changes_nothing() {
    let text = "name,extension,from,to\nAnn,204,,2026-06-05\nAnn,310,2026-06-05,\nBob,204,2026-06-05,\n";
    let first = read_csv(text, &[], &ONE_SITE);
    assert_eq!(first.people.len(), 2, "Ann with two extensions, and Bob");
    assert_eq!(first.people[0].holdings.len(), 2, "a person's lines belong together");
    let again = read_csv(text, &first.people, &ONE_SITE);
    assert!(again.lines.iter().all(|line| line.verdict == Verdict::Same), "{again:?}");
    assert!(again.people.is_empty(), "nothing is to be stored");
}

#[test]
fn an_extension_goes_over_to_another_on_a_date_and_not_without_one() {
    let stored = [person(2, "Bob", vec![holding("204", None, None)])];
    let refused = read_csv("name,extension\nAnn,204\n", &stored, &ONE_SITE);
    assert!(matches!(&refused.lines[0].verdict, Verdict::Bad(says) if says.contains("Bob")), "{refused:?}");
    let plan = read_csv("name,extension,from\nAnn,204,2026-06-07\n", &stored, &ONE_SITE);
    assert!(
        matches!(&plan.lines[0].verdict, Verdict::Changed(says) if says.contains("from Bob on 2026-06-07")),
        "{plan:?}"
    );
    assert_eq!(plan.people.len(), 2, "both are stored");
    assert_eq!(
        (plan.people[0].id, plan.people[0].holdings[0].span),
        (2, span(None, Some(7))),
        "Bob's ends then"
    );
    assert_eq!(plan.people[0].source, Source::Hand, "and is still what a hand entered");
    assert_eq!(plan.people[1].holdings[0].span, span(Some(7), None), "Ann's begins");
}

#[test]
fn other_dates_change_what_is_stored() {
    let stored = [person(2, "Bob", vec![holding("204", None, None)])];
    let plan = read_csv("name,extension,to\nBob,204,2026-06-09\nBob,205,\n", &stored, &ONE_SITE);
    let says: Vec<&str> = plan
        .lines
        .iter()
        .map(|line| match &line.verdict {
            Verdict::Changed(says) => says.as_str(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        says,
        ["Bob has extension 204 until 2026-06-09 now.", "Bob has extension 205 too."],
        "each line in words"
    );
    assert_eq!(plan.people.len(), 1, "one person changes");
    assert_eq!(plan.people[0].holdings.len(), 2, "by both lines");
}
