//! What could not be read, in a library that is encrypted.

use super::kit::Kit;
use crate::Answer;
use contract::intake::{AskIntake, RetryRefused};
use contract::keeping::SetEncryption;

const WORDS: &[u8] = b"secret words that are no sound at all, whatever the name says";

/// The copies kept aside.
fn aside(kit: &Kit) -> Vec<Vec<u8>> {
    let entries = std::fs::read_dir(kit.folder.path().join("aside")).expect("a folder");
    entries.map(|entry| std::fs::read(entry.expect("an entry").path()).expect("read")).collect()
}

fn tells(bytes: &[u8]) -> bool {
    bytes.windows(12).any(|window| window == &WORDS[..12])
}

/// A library in which one file could not be read.
async fn with_one_aside() -> Kit {
    let kit = Kit::new().await;
    let file = kit.folder.path().join("given/204_20261120093005.wav");
    std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
    std::fs::write(&file, WORDS).expect("written");
    kit.desk.give_recordings(std::slice::from_ref(&file)).await.expect("given");
    kit.desk.settle_recordings().await.expect("settled");
    kit
}

#[tokio::test]
async fn what_is_kept_aside_is_encrypted_like_the_rest_and_can_be_tried_again() {
    let kit = with_one_aside().await;
    assert!(tells(&aside(&kit)[0]), "in the clear, as the library is");

    kit.desk.answer(SetEncryption { on: true }).await.expect("on");
    kit.desk.reseal_aside().await.expect("rewritten");
    let copies = aside(&kit);
    assert_eq!(copies.len(), 1, "the one in the clear is gone");
    assert!(!tells(&copies[0]), "and this one says nothing");

    let ids = vec![];
    kit.desk.answer(RetryRefused { ids }).await.expect("tried again");
    kit.desk.settle_recordings().await.expect("settled");
    let view = kit.desk.answer(AskIntake {}).await.expect("the intake");
    assert_eq!(view.refused.len(), 1, "it still cannot be read");
    let copies = aside(&kit);
    assert_eq!(copies.len(), 1, "and is kept aside once");
    assert!(!tells(&copies[0]), "encrypted from the beginning");

    kit.desk.answer(SetEncryption { on: false }).await.expect("off");
    kit.desk.reseal_aside().await.expect("rewritten");
    assert!(tells(&aside(&kit)[0]), "as it was");
}

#[tokio::test]
async fn two_who_rewrite_what_is_kept_aside_do_not_take_it_from_each_other() {
    let kit = with_one_aside().await;

    for on in [true, false, true, false, true, false, true, false] {
        kit.desk.answer(SetEncryption { on }).await.expect("set");
        let (one, other, third) =
            tokio::join!(kit.desk.reseal_aside(), kit.desk.reseal_aside(), kit.desk.reseal_aside());
        one.and(other).and(third).expect("rewritten");
        let copies = aside(&kit);
        assert_eq!(copies.len(), 1, "on: {on}");
        assert_eq!(tells(&copies[0]), !on, "whole, and as the setting says");
    }
}
