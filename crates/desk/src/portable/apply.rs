//! Stores one setting of a file as if a person had entered it: the same checks, the same words when it cannot be.

use crate::answer::Answer;
use crate::desk::Desk;
use crate::trouble::invalid;
use contract::Failure;
use contract::directory::{NameNumber, SavePerson};
use contract::intake::{AskIntakeSources, IntakePlace, IntakeSource, SaveIntakeSource, SaveNaming};
use contract::keeping::{SaveEncoding, SaveRetention};
use contract::rates::SaveRates;
use contract::reports::{MailServer, ReportRef, SaveHours, SaveMail, SaveReport, SaveSchedule};
use contract::scorecards::SaveScorecard;
use contract::sites::{AskSites, SaveSite, Site};
use portable::{Piece, SettingsFile, is_not_here};

impl Desk {
    /// `here` is what was known when the change was planned.
    pub(super) async fn take_in(&self, piece: Piece, here: &SettingsFile) -> Result<(), Failure> {
        if names_an_unknown_site(&piece) {
            return Err(invalid("It belongs to a phone system that is neither here nor in the file."));
        }
        match piece {
            Piece::Site(site) => self.take_in_site(*site).await,
            Piece::Person(person) => self.answer(SavePerson { person }).await.map(drop),
            Piece::Number(named) => {
                let name = Some(named.name);
                self.answer(NameNumber { site: named.site, kind: named.kind, number: named.number, name })
                    .await
            }
            Piece::Rates(table) => self.answer(SaveRates { table }).await.map(drop),
            Piece::Hours(view) => {
                self.answer(SaveHours { hours: view.hours, service: view.service }).await.map(drop)
            }
            Piece::Scorecard(card) => self.answer(SaveScorecard { card }).await.map(drop),
            Piece::Naming(naming) => self.answer(SaveNaming { naming }).await.map(drop),
            Piece::Source(source) => self.take_in_source(source).await,
            Piece::Retention(mut retention) => {
                // Rules that nobody here has looked at delete nothing by themselves.
                retention.automatic = false;
                self.answer(SaveRetention { retention }).await.map(drop)
            }
            Piece::Encoding(encoding) => self.answer(SaveEncoding { encoding }).await.map(drop),
            Piece::Report(report) => self.answer(SaveReport { report: *report }).await.map(drop),
            Piece::Schedule(mut schedule) => {
                if matches!(schedule.report, ReportRef::Own { id } if is_not_here(id)) {
                    return Err(invalid("Its report is neither here nor in the file."));
                }
                // What goes out to others goes out when somebody here says so.
                schedule.on = false;
                self.answer(SaveSchedule { schedule }).await.map(drop)
            }
            Piece::Mail(server) => self.take_in_mail(server, here.mail.as_ref()).await,
        }
    }

    /// The trust in a certificate and the password belong to the address that they were given for.
    async fn take_in_site(&self, mut site: Site) -> Result<(), Failure> {
        let known = self.answer(AskSites {}).await?.into_iter().find(|known| known.id == site.id);
        let trusted = known.and_then(|known| known.devlink);
        if let (Some(devlink), Some(trusted)) = (&mut site.devlink, trusted)
            && (&devlink.host, devlink.port) == (&trusted.host, trusted.port)
        {
            devlink.fingerprint = trusted.fingerprint;
        }
        self.answer(SaveSite { site, password: None, forget_fingerprint: false }).await.map(drop)
    }

    async fn take_in_source(&self, mut source: IntakeSource) -> Result<(), Failure> {
        let known = self.answer(AskIntakeSources {}).await?.into_iter().find(|known| known.id == source.id);
        source.remove_after = false;
        if let (IntakePlace::Sftp { host, port, host_key, .. }, Some(known)) = (&mut source.place, known)
            && let IntakePlace::Sftp { host: known_host, port: known_port, host_key: trusted, .. } =
                known.place
            && (&*host, *port) == (&known_host, known_port)
        {
            *host_key = trusted;
        }
        let ask = SaveIntakeSource { source, secret: None, passphrase: None, forget_host_key: false };
        self.answer(ask).await.map(drop)
    }

    /// A password that was entered for one server is not told to another that a file names.
    async fn take_in_mail(&self, server: MailServer, known: Option<&MailServer>) -> Result<(), Failure> {
        let same = known.is_some_and(|known| {
            (&known.host, known.port, &known.user) == (&server.host, server.port, &server.user)
        });
        let password = (!same).then(String::new);
        self.answer(SaveMail { server, password }).await.map(drop)
    }
}

fn names_an_unknown_site(piece: &Piece) -> bool {
    match piece {
        Piece::Person(person) => person.extensions.iter().any(|held| is_not_here(held.site)),
        Piece::Number(named) => is_not_here(named.site),
        Piece::Rates(table) => table.sites.iter().any(|site| is_not_here(*site)),
        Piece::Hours(view) => view.hours.of.iter().any(|of| is_not_here(of.site)),
        Piece::Source(source) => is_not_here(source.site),
        Piece::Site(_)
        | Piece::Scorecard(_)
        | Piece::Naming(_)
        | Piece::Retention(_)
        | Piece::Encoding(_)
        | Piece::Report(_)
        | Piece::Schedule(_)
        | Piece::Mail(_) => false,
    }
}
