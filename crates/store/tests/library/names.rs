//! Names of extensions and groups: the latest that is not empty.

use crate::kit::{Kit, office};
use model::At;
use store::{Changes, NameKind, NameSeen};

#[tokio::test]
async fn the_latest_name_stands_and_an_empty_one_takes_none_away() {
    let mut kit = Kit::new().await;
    let branch = kit.writer.save_site(&office("Branch")).await.expect("a site");
    let site = kit.site;
    let seen = |site, kind, number: &str, name: &str, at| NameSeen {
        site,
        kind,
        number: number.into(),
        name: name.into(),
        seen_at: At(at),
    };
    let names = vec![
        seen(site, NameKind::Extension, "204", "Ann", 50),
        seen(site, NameKind::Extension, "204", "", 60),
        seen(site, NameKind::Extension, "204", "Anna Keller", 70),
        seen(site, NameKind::Extension, "204", "Old", 40),
        seen(site, NameKind::Group, "204", "Sales", 10),
        seen(site, NameKind::Extension, "205", "", 80),
        seen(site, NameKind::Extension, "205", "Bob", 20),
        seen(branch, NameKind::Extension, "204", "Someone else", 90),
    ];
    for name in names {
        kit.writer
            .commit(&[], &Changes { names: vec![name], ..Changes::default() })
            .await
            .expect("committed");
    }
    let names = kit.reader.names(site).await.expect("read");
    let shown: Vec<_> = names
        .iter()
        .map(|name| {
            (name.kind, name.number.as_str(), name.name.as_str(), name.first_seen_at.0, name.last_seen_at.0)
        })
        .collect();
    let wanted = [
        (NameKind::Extension, "204", "Anna Keller", 40, 70),
        (NameKind::Extension, "205", "Bob", 20, 80),
        (NameKind::Group, "204", "Sales", 10, 10),
    ];
    assert_eq!(shown, wanted, "extensions, then groups, of this site only");
}
