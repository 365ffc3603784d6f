use super::kit::{Kit, TestKeychain};
use crate::Answer;
use crate::keychain::RunOnlyKeychain;
use contract::keeping::{AuditCheck, CheckAudit, Encoding, SaveEncoding};
use std::sync::Arc;

async fn note(kit: &Kit, kilobits: u16) {
    let encoding = Encoding { kilobits, keep_original: false };
    kit.desk.answer(SaveEncoding { encoding }).await.expect("saved, and noted");
}

async fn check(kit: &Kit) -> AuditCheck {
    kit.desk.answer(CheckAudit {}).await.expect("checked")
}

#[tokio::test]
async fn the_keychain_vouches_for_the_log_from_its_first_entries_on() {
    let mut kit = Kit::new().await;
    let nothing = check(&kit).await;
    assert_eq!((nothing.entries, nothing.less), (0, None), "of nothing there is nothing to prove");
    note(&kit, 24).await;
    kit.open_again().await;
    note(&kit, 32).await;
    let seen = check(&kit).await;
    assert_eq!((seen.entries, seen.broken.clone()), (2, None), "it is whole");
    assert!(seen.less.as_ref().is_some_and(|says| says.starts_with("1 entry")), "of before: {seen:?}");
    kit.open_again().await;
    note(&kit, 24).await;
    let again = check(&kit).await;
    assert_eq!((again.entries, &again.less), (3, &seen.less), "found again, it has seen all the others");
    // Another computer's keychain: what is written there is counted here.
    let here = std::mem::replace(&mut kit.keychain, Arc::new(RunOnlyKeychain::default()));
    kit.open_again().await;
    note(&kit, 32).await;
    let less = check(&kit).await.less.expect("it proves less");
    assert!(less.contains("does not vouch"), "and says so: {less}");
    kit.keychain = here;
    kit.open_again().await;
    let back = check(&kit).await;
    assert_eq!(back.broken, None, "nothing is wrong");
    assert!(back.less.as_ref().is_some_and(|says| says.starts_with("2 entries")), "but unseen: {back:?}");
}

#[tokio::test]
async fn where_no_keychain_keeps_it_no_secret_is_made() {
    let mut kit = Kit::with(Arc::new(RunOnlyKeychain::default())).await;
    note(&kit, 24).await;
    kit.open_again().await;
    assert_eq!(kit.desk.reader().audit_witnesses().await.expect("read"), Vec::<String>::new(), "nor a row");
    assert!(check(&kit).await.less.is_some(), "the check says that it proves less");
    kit.keychain = Arc::new(TestKeychain::default());
    kit.open_again().await;
    assert_eq!(kit.desk.reader().audit_witnesses().await.expect("read").len(), 1, "as soon as one does");
}
