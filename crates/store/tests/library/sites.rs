//! Sites: saved, changed, removed without losing their calls.

use crate::kit::{Kit, office};
use model::{At, SiteId};
use store::{DevlinkSettings, Site, SmdrMode, SmdrSettings, StoreError, Transport};

#[tokio::test]
async fn a_site_comes_back_with_all_its_settings() {
    let mut kit = Kit::new().await;
    let devlink = DevlinkSettings {
        host: "192.168.42.1".into(),
        port: 50797,
        transport: Transport::Tls,
        user: "calldoc".into(),
        fingerprint: Some("ab".repeat(32)),
    };
    let smdr = SmdrSettings {
        mode: SmdrMode::Listen,
        host: "0.0.0.0".into(),
        port: 1150,
        only_from: Some("192.168.42.1".into()),
    };
    let country = Some("DE".into());
    let mut site = Site { country, devlink: Some(devlink), smdr: Some(smdr), ..office("Branch") };
    site.id = kit.writer.save_site(&site).await.expect("saved");
    assert_eq!(kit.reader.sites().await.expect("read")[1], site, "after the kit's own");

    site.name = "Head office".into();
    site.devlink.as_mut().expect("set above").transport = Transport::Tcp;
    site.smdr.as_mut().expect("set above").mode = SmdrMode::Connect;
    assert_eq!(kit.writer.save_site(&site).await.expect("saved"), site.id, "it keeps its id");
    assert_eq!(kit.reader.sites().await.expect("read")[1], site, "changed in place");

    let bare = Site { country: None, devlink: None, smdr: None, ..site };
    kit.writer.save_site(&bare).await.expect("saved");
    assert_eq!(kit.reader.sites().await.expect("read")[1], bare, "sources can be taken away again");
    assert_eq!(kit.reader.sites_now()[1], bare, "who looks without asking sees the same");
}

#[tokio::test]
async fn a_removed_site_keeps_its_calls_and_can_come_back() {
    let mut kit = Kit::new().await;
    let call = kit.call(1, 10).answered("204").make();
    kit.put(vec![call.clone()]).await;
    kit.writer.remove_site(kit.site, At(70)).await.expect("removed");
    kit.writer.remove_site(kit.site, At(90)).await.expect("twice is no error");
    let site = kit.reader.sites().await.expect("read").remove(0);
    assert_eq!(site.removed_at, Some(At(70)), "since the first time");
    assert_eq!(kit.list(Default::default()).await, [call.id], "its calls stay");
    kit.writer.save_site(&site).await.expect("saved again");
    assert_eq!(kit.reader.sites().await.expect("read")[0].removed_at, None, "it is back");
}

#[tokio::test]
async fn a_site_that_is_not_there_is_neither_saved_nor_removed() {
    let mut kit = Kit::new().await;
    let stranger = Site { id: SiteId(55), ..office("Nowhere") };
    let saved = kit.writer.save_site(&stranger).await;
    assert!(matches!(saved, Err(StoreError::UnknownSite)), "an id is given by the library alone");
    let removed = kit.writer.remove_site(SiteId(55), At(1)).await;
    assert!(matches!(removed, Err(StoreError::UnknownSite)), "nothing to remove");
}
