//! Settings > Phone system.

use crate::answer::Answer;
use crate::board::keep_site;
use crate::board::{Now, SiteFacts};
use crate::desk::Desk;
use crate::happening::Happening;
use crate::keychain::{Kept, Secret};
use crate::recorder::Job;
use crate::sources::{devlink, password_state, smdr};
use crate::trouble::{invalid, not_found};
use crate::zones::{self, Zone};
use contract::Failure;
use contract::links::{LinkState, Source};
use contract::sites::{
    AskCountries, AskSites, AskZones, Countries, DevlinkSettings, PasswordState, PbxClock, RemoveSite,
    SaveSite, SavedSite, Site, SmdrMode, SmdrSettings, TestReport, TestSite, Zones,
};
use model::{Said, SiteId};
use numbers::countries;
use store::Transport;

impl Answer<AskSites> for Desk {
    async fn answer(&self, _ask: AskSites) -> Result<Vec<Site>, Failure> {
        let now = self.board().now();
        Ok(now.active_sites().map(|facts| shown(&now, facts)).collect())
    }
}

impl Answer<AskZones> for Desk {
    async fn answer(&self, _ask: AskZones) -> Result<Zones, Failure> {
        Ok(Zones { here: zones::here(), all: zones::all() })
    }
}

impl Answer<AskCountries> for Desk {
    async fn answer(&self, _ask: AskCountries) -> Result<Countries, Failure> {
        let here = countries::of_zone(&zones::here()).map(str::to_owned);
        let all = countries::all().map(|(code, name)| (code.to_owned(), name.to_owned()));
        Ok(Countries { here, all: all.collect() })
    }
}

impl Answer<SaveSite> for Desk {
    async fn answer(&self, ask: SaveSite) -> Result<SavedSite, Failure> {
        check(&ask.site)?;
        self.check_port_is_free(&ask.site)?;
        let mut site = stored(&ask.site);
        if ask.forget_fingerprint
            && let Some(devlink) = &mut site.devlink
        {
            devlink.fingerprint = None;
        }
        let (state, notice) = self.keep_password(&site, ask.password)?;
        site.id = self.job(|reply| Job::SaveSite { site: Box::new(site.clone()), reply }).await?;
        keep_site(self.board(), site.clone());
        self.set_password_state(site.id, state);
        let facts = self.board().now().sites.get(&site.id).cloned();
        let facts = facts.ok_or_else(|| not_found("The phone system was removed meanwhile."))?;
        self.take_tested_lines(&facts).await;
        self.start_site(facts.clone()).await;
        self.happen(Happening::Settings);
        self.key_calls_anew();
        let site = shown(&self.board().now(), &facts);
        Ok(SavedSite { site, notice })
    }
}

impl Answer<RemoveSite> for Desk {
    async fn answer(&self, ask: RemoveSite) -> Result<(), Failure> {
        let id = SiteId(ask.id);
        self.sources().stop(id).await;
        self.job(|reply| Job::RemoveSite { site: id, reply }).await?;
        let devlink = {
            let mut now = self.board().now();
            now.lamps.retain(|(site, _), _| *site != id);
            let facts = now.sites.get_mut(&id);
            facts.and_then(|facts| {
                facts.settings.removed_at = Some(self.clock().now());
                facts.settings.devlink.clone()
            })
        };
        if let Some(devlink) = devlink
            && let Err(trouble) = self.keychain().remove(&devlink::account(&devlink))
        {
            tracing::warn!(%trouble, "the password of a removed phone system is still in the keychain");
        }
        self.happen(Happening::Settings);
        Ok(())
    }
}

impl Answer<TestSite> for Desk {
    async fn answer(&self, ask: TestSite) -> Result<TestReport, Failure> {
        check(&ask.site)?;
        let site = stored(&ask.site);
        let mut steps = Vec::new();
        if let Some(settings) = &site.devlink {
            let known = || self.keychain().get(&devlink::account(settings)).ok().flatten();
            let password = ask.password.or_else(|| known().map(|(secret, _)| secret.reveal().to_owned()));
            let Some(password) = password else {
                return Err(invalid("Enter the password of the service user first."));
            };
            steps.extend(devlink::test(&devlink::settings(settings, &password)).await);
        }
        if let Some(settings) = &site.smdr {
            let (step, lines) = smdr::test(settings, self.in_use(settings)).await;
            steps.push(step);
            self.keep_tested_lines(&site, settings, lines).await;
        }
        if steps.is_empty() {
            return Err(invalid("Set up DevLink3 or SMDR first: there is nothing to test."));
        }
        Ok(TestReport { steps })
    }
}

impl Desk {
    /// Puts a new password where it belongs, and says where that is.
    fn keep_password(
        &self,
        site: &store::Site,
        password: Option<String>,
    ) -> Result<(PasswordState, Option<String>), Failure> {
        let Some(devlink) = &site.devlink else { return Ok((PasswordState::Missing, None)) };
        let account = devlink::account(devlink);
        let Some(password) = password.filter(|password| !password.is_empty()) else {
            let known = self.keychain().get(&account).ok().flatten();
            return Ok((known.map_or(PasswordState::Missing, |(_, kept)| password_state(kept)), None));
        };
        let kept = self.keychain().put(&account, &Secret::new(password)).map_err(|trouble| Failure {
            code: contract::FailureCode::Keychain,
            message: trouble.to_string(),
            detail: None,
        })?;
        let notice = match kept {
            Kept::InKeychain => None,
            Kept::ThisRunOnly => Some(
                "There is no keychain on this computer that CallDoc can use, so the password is kept until CallDoc \
                 ends and must be entered again then."
                    .to_owned(),
            ),
        };
        Ok((password_state(kept), notice))
    }

    /// Two sites cannot listen at one port: the port is what tells their records apart.
    fn check_port_is_free(&self, site: &Site) -> Result<(), Failure> {
        let Some(wanted) = site.smdr.as_ref().filter(|smdr| smdr.mode == SmdrMode::Listen) else {
            return Ok(());
        };
        let now = self.board().now();
        let taken = now.active_sites().filter(|facts| facts.settings.id.0 != site.id).find(|facts| {
            facts
                .settings
                .smdr
                .as_ref()
                .is_some_and(|smdr| smdr.mode == store::SmdrMode::Listen && smdr.port == wanted.port)
        });
        match taken {
            Some(facts) if wanted.port != 0 => Err(invalid(format!(
                "{} already receives its SMDR records at port {}. Give each phone system a port of its own.",
                facts.settings.name, wanted.port
            ))),
            Some(_) | None => Ok(()),
        }
    }

    /// A port or connection that a running collector of ours has cannot be tried, and need not be.
    fn in_use(&self, settings: &store::SmdrSettings) -> smdr::InUse {
        let now = self.board().now();
        let same = now.active_sites().find(|facts| {
            facts
                .settings
                .smdr
                .as_ref()
                .is_some_and(|known| known.mode == settings.mode && known.port == settings.port)
        });
        let up = same.and_then(|facts| now.lamps.get(&(facts.settings.id, Source::Smdr)));
        if up.is_some_and(|lamp| lamp.state == LinkState::Up) { smdr::InUse::ByUs } else { smdr::InUse::No }
    }

    /// Records that came while testing are gone from the PBX: they are journalled, at the latest when the site is
    /// saved.
    async fn keep_tested_lines(&self, site: &store::Site, settings: &store::SmdrSettings, lines: Vec<u8>) {
        if lines.is_empty() {
            return;
        }
        let facts = self.board().now().sites.get(&site.id).cloned();
        match facts {
            Some(facts) => self.feed(&facts).said(Said::SmdrLines, lines).await,
            None => {
                let place = (settings.host.clone(), settings.port);
                self.board().now().untaken.entry(place).or_default().extend(lines);
            }
        }
    }

    async fn take_tested_lines(&self, facts: &SiteFacts) {
        let Some(settings) = &facts.settings.smdr else { return };
        let lines = self.board().now().untaken.remove(&(settings.host.clone(), settings.port));
        if let Some(lines) = lines {
            self.feed(facts).said(Said::SmdrLines, lines).await;
        }
    }
}

fn check(site: &Site) -> Result<(), Failure> {
    if site.name.trim().is_empty() {
        return Err(invalid("Give the phone system a name."));
    }
    if !Zone::is_known(&site.time_zone) {
        return Err(invalid(format!(
            "\"{}\" is not a time zone. Choose one from the list, for instance Europe/Berlin.",
            site.time_zone
        )));
    }
    if let Err(entry) = numbers::access_digits(&site.access_digits) {
        return Err(invalid(format!(
            "\"{entry}\" cannot be dialled to get an outside line. Enter digits, several with commas between them."
        )));
    }
    if let Some(country) = site.country.as_deref().filter(|country| !countries::is_known(country)) {
        return Err(invalid(format!("\"{country}\" is no country. Choose one from the list.")));
    }
    if let Some(devlink) = &site.devlink {
        if devlink.host.trim().is_empty() {
            return Err(invalid("Enter the address of the PBX, for instance 192.168.42.1."));
        }
        if devlink.user.trim().is_empty() {
            return Err(invalid("Enter the name of the service user for DevLink3."));
        }
        if devlink.port == 0 {
            return Err(invalid("Enter the DevLink3 port: 50797, or 50796 with TLS."));
        }
    }
    if let Some(settings) = &site.smdr {
        smdr::check(&stored_smdr(settings)).map_err(invalid)?;
    }
    Ok(())
}

fn stored(site: &Site) -> store::Site {
    store::Site {
        id: SiteId(site.id),
        name: site.name.trim().to_owned(),
        time_zone: site.time_zone.clone(),
        access_digits: site.access_digits.trim().to_owned(),
        country: site.country.clone(),
        devlink: site.devlink.as_ref().map(|devlink| store::DevlinkSettings {
            host: devlink.host.trim().to_owned(),
            port: devlink.port,
            transport: if devlink.tls { Transport::Tls } else { Transport::Tcp },
            user: devlink.user.trim().to_owned(),
            fingerprint: devlink.fingerprint.clone(),
        }),
        smdr: site.smdr.as_ref().map(stored_smdr),
        removed_at: None,
    }
}

fn stored_smdr(settings: &SmdrSettings) -> store::SmdrSettings {
    store::SmdrSettings {
        mode: match settings.mode {
            SmdrMode::Listen => store::SmdrMode::Listen,
            SmdrMode::Connect => store::SmdrMode::Connect,
        },
        host: settings.host.trim().to_owned(),
        port: settings.port,
        only_from: settings
            .only_from
            .as_ref()
            .map(|address| address.trim().to_owned())
            .filter(|address| !address.is_empty()),
    }
}

/// How far off the PBX's clock was found to be.
fn pbx_clock_of(now: &Now, site: SiteId) -> Option<PbxClock> {
    let (ahead_ms, calls) = *now.pbx_clocks.get(&site)?;
    Some(PbxClock { ahead_ms, calls })
}

fn shown(now: &Now, facts: &SiteFacts) -> Site {
    let settings = &facts.settings;
    Site {
        id: settings.id.0,
        name: settings.name.clone(),
        time_zone: settings.time_zone.clone(),
        access_digits: settings.access_digits.clone(),
        country: settings.country.clone(),
        pbx_clock: pbx_clock_of(now, settings.id),
        devlink: settings.devlink.as_ref().map(|devlink| DevlinkSettings {
            host: devlink.host.clone(),
            port: devlink.port,
            tls: devlink.transport == Transport::Tls,
            user: devlink.user.clone(),
            fingerprint: devlink.fingerprint.clone(),
            password: facts.password,
        }),
        smdr: settings.smdr.as_ref().map(|smdr| SmdrSettings {
            mode: match smdr.mode {
                store::SmdrMode::Listen => SmdrMode::Listen,
                store::SmdrMode::Connect => SmdrMode::Connect,
            },
            host: smdr.host.clone(),
            port: smdr.port,
            only_from: smdr.only_from.clone(),
        }),
    }
}
