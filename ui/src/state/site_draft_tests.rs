use super::*;

fn filled() -> SiteDraft {
    let mut draft = SiteDraft::empty("Europe/Berlin");
    draft.name = "Munich".into();
    draft.host = " 192.168.42.1 ".into();
    draft.user = "calldoc".into();
    draft
}

fn fields(complaints: &[Complaint]) -> Vec<Field> {
    complaints.iter().map(|complaint| complaint.field).collect()
}

#[test]
fn a_filled_form_becomes_a_site() {
    let site = filled().to_site("secret").unwrap();
    let devlink = site.devlink.unwrap();
    assert_eq!(
        (devlink.host.as_str(), devlink.port, devlink.tls),
        ("192.168.42.1", 50_796, true),
        "TLS by default"
    );
    let smdr = site.smdr.unwrap();
    assert_eq!(
        (smdr.mode, smdr.port, smdr.only_from),
        (SmdrMode::Listen, 1_150, None),
        "the PBX connects to us"
    );
}

#[test]
fn an_empty_form_says_everything_that_is_missing() {
    let complaints = SiteDraft::empty("").to_site("").unwrap_err();
    assert_eq!(
        fields(&complaints),
        [Field::Name, Field::TimeZone, Field::Host, Field::User, Field::Password],
        "all at once, in the order of the form"
    );
}

#[test]
fn a_known_password_need_not_be_typed_again() {
    let mut draft = filled();
    draft.password_state = PasswordState::InKeychain;
    let site = draft.to_site("").unwrap();
    assert_eq!(draft.to_save(site, "").password, None, "none keeps the one that is known");
}

#[test]
fn an_address_with_a_scheme_or_a_port_is_refused() {
    for wrong in ["http://192.168.42.1", "192.168.42.1:50797", "two words", ""] {
        let mut draft = filled();
        draft.host = wrong.into();
        let complaints = draft.to_site("secret").unwrap_err();
        assert_eq!(fields(&complaints), [Field::Host], "{wrong:?} is no address");
    }
}

#[test]
fn switching_tls_moves_the_usual_port_and_leaves_a_chosen_one() {
    let mut draft = filled();
    draft.set_transport(Transport::Plain);
    assert_eq!(draft.port, "50797", "the usual port without TLS");
    draft.port = "6000".into();
    draft.set_transport(Transport::Tls);
    assert_eq!(draft.port, "6000", "a port that someone chose stays");
}

#[test]
fn a_site_without_any_source_is_refused() {
    let mut draft = filled();
    draft.devlink = Devlink::Off;
    draft.smdr = Smdr::Off;
    assert_eq!(fields(&draft.to_site("").unwrap_err()), [Field::Sources], "there would be nothing to hear");
}

#[test]
fn a_stored_site_comes_back_as_it_was() {
    let site = filled().to_site("secret").unwrap();
    assert_eq!(SiteDraft::of(&site).to_site("secret").unwrap(), site, "opening and saving changes nothing");
}

#[test]
fn forgetting_the_certificate_takes_it_out() {
    let mut draft = filled();
    draft.fingerprint = Some("ab".repeat(32));
    draft.certificate = Certificate::Forget;
    let site = draft.to_site("secret").unwrap();
    assert_eq!(site.devlink.as_ref().unwrap().fingerprint, None, "the next one shown is trusted");
    assert!(draft.to_save(site, "").forget_fingerprint, "the desk is told");
}

#[test]
fn several_access_digits_are_a_list() {
    let mut draft = filled();
    draft.access_digits = " 9 ,0, 9,, *5".into();
    let site = draft.to_site("secret").unwrap();
    assert_eq!(site.access_digits, "9,0,*5", "each once, without the blanks");
    assert_eq!(SiteDraft::of(&site).access_digits, "9, 0, *5", "as a person writes a list");
    draft.access_digits = "9; 0".into();
    assert_eq!(fields(&draft.to_site("secret").unwrap_err()), [Field::AccessDigits], "commas separate");
}

#[test]
fn a_country_is_stored_only_when_one_is_chosen() {
    let mut draft = filled();
    assert_eq!(draft.to_site("secret").unwrap().country, None, "numbers are then compared by their digits");
    draft.country = "DE".into();
    assert_eq!(draft.to_site("secret").unwrap().country.as_deref(), Some("DE"), "by its code");
}
