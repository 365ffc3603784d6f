//! How the simulated office is set up.

use crate::faults::Faults;
use crate::kind::Kind;
use crate::recordings::RecorderSettings;
use devlink3::Password;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

/// Everything has a default: a lively office without sockets, seed 1, until stopped.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where DevLink3 listens; port 0 takes any. `None`: there is no DevLink3.
    pub devlink3: Option<SocketAddr>,
    pub tls: Tls,
    /// The service user. `None`: any user may log in.
    pub user: Option<String>,
    /// `None`: any password does.
    pub password: Option<Password>,
    /// The receiver that SMDR rows are sent to.
    pub smdr_to: Option<SocketAddr>,
    /// Where the office lets SMDR rows be collected, instead of sending them.
    pub smdr_listen: Option<SocketAddr>,
    pub leg_fields: LegFields,
    pub sip_track: SipTrack,
    /// Who works there: 10 to [`MAX_PEOPLE`], with lines and hunt groups to match.
    pub people: usize,
    pub seed: u64,
    /// `None`: until stopped.
    pub calls: Option<u64>,
    /// No call begins after so much of the office's own time (that of speed 1); those in progress come to their ends.
    /// `None`: no end.
    pub open_for: Option<Duration>,
    /// Only these, in turn. `None`: all that one node has, as often as in an office.
    pub kinds: Option<Vec<Kind>>,
    pub pace: Pace,
    /// 2 makes everything take half as long: ringing, talking, waiting for the next call. At most [`MAX_SPEED`].
    pub speed: f64,
    /// IANA zone of the PBX's clock.
    pub time_zone: String,
    /// JSON Lines: one [`contract::published::Call`] for each call that ended.
    pub truth: Option<PathBuf>,
    /// The office has a recorder that writes files there.
    pub recorder: Option<RecorderSettings>,
    /// With DevLink3 and an end (a number of calls, or of hours): the first call waits for a client that has asked for events, at most this
    /// long.
    pub first_client_within: Duration,
    /// Goes on serving so long after the last call and its rows.
    pub linger: Duration,
    pub faults: Faults,
}

/// Beyond this, steps of a call would fall into one millisecond.
pub const MAX_SPEED: f64 = 1000.0;

/// Extensions have three digits, and some of those are taken.
pub const MAX_PEOPLE: usize = 500;

/// How quickly calls follow each other, at speed 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Pace {
    /// For looking at: short calls, three to five at once; several ring, are answered and end within a minute.
    #[default]
    Lively,
    /// Calls as long as in an office, so many an hour on average.
    CallsPerHour(f64),
    /// Calls as long as in an office, so many from midnight to midnight on average: most of them in the morning and after
    /// lunch, few at night. The office opens at `from_hour` (0 to 23).
    Day { calls: f64, from_hour: u8 },
}

/// Whether SMDR rows carry the server addresses and call ids (fields 31 to 34).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LegFields {
    Never,
    /// Nine calls in ten.
    #[default]
    Mostly,
    Always,
}

/// Whether clients that ask for it are told of the SIP calls behind the ends of SIP trunks. A live office has SIP lines
/// only with this on; a tape always has some.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SipTrack {
    #[default]
    Off,
    On,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tls {
    #[default]
    Off,
    /// With a certificate made at the start.
    SelfSigned,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            devlink3: None,
            tls: Tls::Off,
            user: None,
            password: None,
            smdr_to: None,
            smdr_listen: None,
            leg_fields: LegFields::default(),
            sip_track: SipTrack::default(),
            people: 10,
            seed: 1,
            calls: None,
            open_for: None,
            kinds: None,
            pace: Pace::default(),
            speed: 1.0,
            time_zone: "Europe/Berlin".to_owned(),
            truth: None,
            recorder: None,
            first_client_within: Duration::from_secs(60),
            linger: Duration::from_secs(5),
            faults: Faults::default(),
        }
    }
}
