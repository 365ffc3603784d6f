use super::*;

#[test]
fn every_condition_is_on_the_menu_once() {
    let offers: Vec<Offer> = menu().iter().flat_map(|(_, offers)| offers.iter().copied()).collect();
    let distinct: std::collections::HashSet<_> = offers.iter().collect();
    assert_eq!(offers.len(), 30, "all of them");
    assert_eq!(distinct.len(), offers.len(), "none twice");
    for offer in offers {
        assert_eq!(Offer::of(&offer.begun()), offer, "{} begins as itself", offer.title());
    }
}

#[test]
fn a_question_of_yes_or_no_can_be_turned() {
    let turned_once = turned(Condition::Missed { yes: true });
    assert_eq!(turned_once, Condition::Missed { yes: false }, "the other answer");
    assert_eq!(yes(&Condition::Text { text: String::new() }), None, "words are no such question");
}

#[test]
fn numbers_are_compared_by_digits_only() {
    let found = Matching::Begins.with("+49 (89)");
    assert_eq!(found, Some(NumberMatch::Begins("4989".into())), "what people write between is left out");
    assert_eq!(Matching::Exactly.with("abc"), None, "no digit, nothing to compare");
    assert_eq!(Matching::Withheld.with(""), Some(NumberMatch::Withheld), "needs none");
}

#[test]
fn a_condition_without_a_choice_is_empty() {
    assert!(is_empty(&Offer::People.begun()), "nobody was chosen");
    assert!(!is_empty(&Offer::Answered.begun()), "an answer is a choice");
}
