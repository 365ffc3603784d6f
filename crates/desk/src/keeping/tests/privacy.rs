//! What is kept no longer goes by the clock, once a day.

use super::kit::{DAY, Kit};
use crate::Answer;
use contract::keeping::{AskAudit, CheckAudit};
use contract::privacy::{KeepTimes, SavePrivacy};

#[tokio::test]
async fn what_is_kept_no_longer_goes_once_a_day_by_itself() {
    let kit = Kit::new().await;
    let times = KeepTimes { audit_days: Some(30), ..KeepTimes::default() };
    for _ in 0..4 {
        kit.desk.answer(SavePrivacy { times }).await.expect("saved");
    }
    assert!(kit.desk.keep_order().await.expect("kept"), "a first look");
    let lines = async || {
        let page = kit.desk.answer(AskAudit { recording: None, before: None, limit: 50 }).await;
        page.expect("the log").lines.len()
    };
    let before = lines().await;
    assert!(before >= 4, "each change of the times is written down");
    kit.clock.turn_to(kit.clock.now().plus_ms(DAY / 2));
    assert!(!kit.desk.keep_order().await.expect("kept"), "once a day is enough");
    assert_eq!(lines().await, before, "nothing is old enough");

    kit.clock.turn_to(kit.clock.now().plus_ms(31 * DAY));
    assert!(kit.desk.keep_order().await.expect("kept"), "days have passed");
    assert!(lines().await < before, "nobody pressed a button");
    assert_eq!(kit.desk.answer(CheckAudit {}).await.expect("checked").broken, None, "and it is still proven");
}
