//! The words of the command line. Scripts depend on them: they are added to, never changed.

use clap::{ArgGroup, Args as ClapArgs, Parser, Subcommand, ValueEnum};
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

#[derive(Debug, Parser)]
#[command(
    name = "calldoc-cli",
    // Also where it is another program that was called so.
    bin_name = "calldoc-cli",
    version,
    about = "Calls of an Avaya IP Office: collect, import, list, check",
    after_help = "Example:\n  calldoc-cli import smdr smdr-2026.csv --time-zone Europe/Berlin\n  calldoc-cli calls --abandoned --from 2026-11-01 --json"
)]
pub(crate) struct Args {
    /// Folder of the library [default: the app's own]
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) library: Option<PathBuf>,
    /// Print JSON instead of tables
    #[arg(long, global = true)]
    pub(crate) json: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run the sources until told to stop, and keep what they say
    Collect(Collect),
    /// Take in what was recorded elsewhere
    #[command(subcommand)]
    Import(Import),
    /// List calls, newest first
    Calls(Calls),
    /// One call with everything known of it
    #[command(after_help = "Example:\n  calldoc-cli call 3k0z --json")]
    Call { id: String },
    /// The recording library
    #[command(subcommand)]
    Recordings(Recordings),
    /// Run a report
    Report(Report),
    /// Make the calls anew from the journal, and say what changed
    #[command(after_help = "Example:\n  calldoc-cli rebuild --json")]
    Rebuild,
    /// Write the library into one file, and read it back
    Backup(crate::backup::Backup),
    /// Put a backup in the library's place; the library of now is kept beside it
    Restore(crate::backup::Restore),
    /// Check that the library is whole
    #[command(after_help = "Example:\n  calldoc-cli check")]
    Check,
    /// Play an IP Office: DevLink3 and SMDR over real sockets, and the truth in a file
    Simulate(Simulate),
    /// The lock of the window
    #[command(subcommand)]
    Lock(Lock),
    /// Say what works and what does not, with advice
    #[command(after_help = "Example:\n  calldoc-cli doctor")]
    Doctor,
}

#[derive(Debug, ClapArgs)]
#[command(
    group(ArgGroup::new("password").args(["password_stdin", "password_from_keychain"])),
    after_help = "Example:\n  echo \"$PASSWORD\" | calldoc-cli collect --devlink3 192.168.42.1:50797 --user cti --password-stdin \\\n      --smdr-listen 0.0.0.0:1150 --time-zone Europe/Berlin --events\n\nWithout sources, those stored in the library are run."
)]
pub(crate) struct Collect {
    /// The PBX's DevLink3 address
    #[arg(long, value_name = "HOST:PORT", requires = "user", requires = "password")]
    pub(crate) devlink3: Option<String>,
    /// Service user of the PBX
    #[arg(long, value_name = "NAME")]
    pub(crate) user: Option<String>,
    /// Read the password from the first line of stdin
    #[arg(long)]
    pub(crate) password_stdin: bool,
    /// Take the password from the operating system's keychain
    #[arg(long)]
    pub(crate) password_from_keychain: bool,
    /// Connect over TLS
    #[arg(long)]
    pub(crate) tls: bool,
    /// SHA-256 of the PBX's certificate, when it is known already
    #[arg(long, value_name = "SHA256", requires = "tls")]
    pub(crate) fingerprint: Option<String>,
    /// Wait for the PBX to deliver SMDR records here
    #[arg(long, value_name = "ADDR:PORT", conflicts_with = "smdr_connect")]
    pub(crate) smdr_listen: Option<SocketAddr>,
    /// Take records from this address only
    #[arg(long, value_name = "ADDR", requires = "smdr_listen")]
    pub(crate) smdr_only_from: Option<IpAddr>,
    /// Fetch SMDR records from the PBX
    #[arg(long, value_name = "HOST:PORT")]
    pub(crate) smdr_connect: Option<String>,
    #[command(flatten)]
    pub(crate) site: SiteArgs,
    /// Folders that recordings come into; they are watched, and their files stay there
    #[arg(long, value_name = "DIR")]
    pub(crate) recordings: Vec<PathBuf>,
    /// Print each live event as a JSON line the moment it is known
    #[arg(long)]
    pub(crate) events: bool,
    /// Stop after so many seconds
    #[arg(long = "for", value_name = "SECONDS")]
    pub(crate) for_seconds: Option<u64>,
}

/// Which site the input belongs to.
#[derive(Debug, ClapArgs)]
pub(crate) struct SiteArgs {
    /// Name of the site; made when the library has none of that name [default: the only site, or "Office"]
    #[arg(long, value_name = "NAME")]
    pub(crate) site: Option<String>,
    /// Time zone of the PBX's clock [default: the site's, or this computer's]
    #[arg(long, value_name = "IANA")]
    pub(crate) time_zone: Option<String>,
    /// Digits dialled to get an outside line [default: the site's, or none]
    #[arg(long, value_name = "DIGITS")]
    pub(crate) access_digits: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Lock {
    /// Take the lock off, for a passphrase that is forgotten; close CallDoc first
    #[command(after_help = "Example:\n  calldoc-cli lock reset")]
    Reset,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Import {
    /// Read SMDR logs (also gzip, also with a header line); reading one twice changes nothing
    #[command(
        after_help = "Example:\n  calldoc-cli import smdr smdr.csv smdr.csv.1.gz --time-zone Europe/Berlin"
    )]
    Smdr(ImportSmdr),
    /// Take recordings into the library, folders with all that is in them; a sound that is there already is left aside
    #[command(after_help = "Example:\n  calldoc-cli import recordings /mnt/vmpro/VRL --json")]
    Recordings(ImportRecordings),
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ImportRecordings {
    #[arg(required = true, value_name = "DIR")]
    pub(crate) folders: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) site: SiteArgs,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ImportSmdr {
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) site: SiteArgs,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Direction {
    Inbound,
    Outbound,
    Internal,
}

#[derive(Debug, ClapArgs)]
#[command(
    after_help = "Example:\n  calldoc-cli calls --from 2026-11-01 --direction inbound --abandoned --json\n\nTimes: 2026-11-20, 2026-11-20T14:30 (the office's), or 2026-11-20T13:30:00Z."
)]
pub(crate) struct Calls {
    /// Started at or after
    #[arg(long, value_name = "T")]
    pub(crate) from: Option<String>,
    /// Started before
    #[arg(long, value_name = "T")]
    pub(crate) to: Option<String>,
    #[arg(long, value_name = "D")]
    pub(crate) direction: Option<Direction>,
    /// Digits anywhere in the outside or the dialled number
    #[arg(long, value_name = "N")]
    pub(crate) number: Option<String>,
    /// Extension that rang or talked
    #[arg(long, value_name = "X")]
    pub(crate) agent: Option<String>,
    /// Hunt group
    #[arg(long, value_name = "G")]
    pub(crate) group: Option<String>,
    /// Anywhere in names and numbers
    #[arg(long, value_name = "S")]
    pub(crate) text: Option<String>,
    #[arg(long)]
    pub(crate) answered: bool,
    #[arg(long)]
    pub(crate) abandoned: bool,
    /// Some phone rang and its person never talked
    #[arg(long)]
    pub(crate) missed: bool,
    /// Has a recording
    #[arg(long)]
    pub(crate) recorded: bool,
    #[arg(long, value_name = "N", default_value_t = 50, conflicts_with = "all")]
    pub(crate) limit: u32,
    /// Where the page before ended
    #[arg(long, value_name = "CURSOR")]
    pub(crate) after: Option<String>,
    /// All, without limit
    #[arg(long)]
    pub(crate) all: bool,
}

#[derive(Debug, ClapArgs)]
#[command(
    after_help = "Examples:\n  calldoc-cli report --list\n  calldoc-cli report abandoned-calls --from 2026-11-01 --to 2026-12-01 --format pdf --out abandoned.pdf\n  calldoc-cli report agent-call-summary --group-by person --group-by day --json\n\nWithout --from and --to, the report's own time. Times: 2026-11-20, 2026-11-20T14:30 (the office's), or 2026-11-20T13:30:00Z."
)]
pub(crate) struct Report {
    /// A standard report, one of your own by its name, or a file with a definition
    #[arg(required_unless_present = "list")]
    pub(crate) name: Option<String>,
    /// What there is to run
    #[arg(long, conflicts_with = "name")]
    pub(crate) list: bool,
    /// Calls that began at or after
    #[arg(long, value_name = "T")]
    pub(crate) from: Option<String>,
    /// Calls that began before
    #[arg(long, value_name = "T")]
    pub(crate) to: Option<String>,
    /// One row for each: person, group, day, hour_of_day and so on; twice at most
    #[arg(long, value_name = "WHAT")]
    pub(crate) group_by: Vec<String>,
    /// Beside the period before
    #[arg(long)]
    pub(crate) compare: bool,
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<ReportFormat>,
    /// Write to this file instead of the terminal; needed for xlsx and pdf
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    Csv,
    Xlsx,
    Pdf,
    Json,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Recordings {
    /// List recordings, newest first
    #[command(after_help = "Example:\n  calldoc-cli recordings list --unmatched --json")]
    List(ListRecordings),
    /// One recording with everything known of it
    #[command(after_help = "Example:\n  calldoc-cli recordings show 17 --json")]
    Show { id: String },
    /// Copy a recording, or a part of it, out of the library
    Export(crate::keeping::Export),
    /// Check that every stored file is what was put there; exits with 1 when one is not
    #[command(after_help = "Example:\n  calldoc-cli recordings verify --json")]
    Verify,
    /// What the rules of retention would put into the trash now
    Retention(crate::keeping::Retention),
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ListRecordings {
    /// Started at or after
    #[arg(long, value_name = "T")]
    pub(crate) from: Option<String>,
    /// Started before
    #[arg(long, value_name = "T")]
    pub(crate) to: Option<String>,
    /// Digits anywhere in the outside party's number
    #[arg(long, value_name = "N")]
    pub(crate) number: Option<String>,
    /// Extension that was recorded, or that talked on the call
    #[arg(long, value_name = "X")]
    pub(crate) agent: Option<String>,
    /// Hunt group
    #[arg(long, value_name = "G")]
    pub(crate) group: Option<String>,
    /// Anywhere in names, numbers, notes and tags
    #[arg(long, value_name = "S")]
    pub(crate) text: Option<String>,
    #[arg(long, value_name = "TAG")]
    pub(crate) tag: Option<String>,
    /// Without a call
    #[arg(long)]
    pub(crate) unmatched: bool,
    /// Those in the trash
    #[arg(long)]
    pub(crate) trashed: bool,
    #[arg(long, value_name = "N", default_value_t = 50, conflicts_with = "all")]
    pub(crate) limit: u32,
    /// Where the page before ended
    #[arg(long, value_name = "CURSOR")]
    pub(crate) after: Option<String>,
    /// All, without limit
    #[arg(long)]
    pub(crate) all: bool,
}

#[derive(Debug, ClapArgs)]
#[command(
    after_help = "Example:\n  calldoc-cli simulate --devlink3 127.0.0.1:50797 --smdr-to 127.0.0.1:1150 --seed 7 --calls 100 --speed 10 --truth truth.jsonl\n\nWithout --user, any user and any password is accepted."
)]
pub(crate) struct Simulate {
    /// Serve DevLink3 here
    #[arg(long, value_name = "ADDR:PORT")]
    pub(crate) devlink3: Option<SocketAddr>,
    /// Deliver SMDR records there
    #[arg(long, value_name = "ADDR:PORT")]
    pub(crate) smdr_to: Option<SocketAddr>,
    /// The same seed makes the same calls
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
    /// Stop after so many calls [default: run until told to stop]
    #[arg(long, value_name = "N")]
    pub(crate) calls: Option<u64>,
    /// How many people work there
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) people: usize,
    /// How much faster than life
    #[arg(long, value_name = "X", default_value_t = 1.0)]
    pub(crate) speed: f64,
    /// Writes recordings of the calls into this folder as they end
    #[arg(long, value_name = "DIR")]
    pub(crate) recordings: Option<PathBuf>,
    /// Write what really happened here, a call a line
    #[arg(long, value_name = "FILE")]
    pub(crate) truth: Option<PathBuf>,
    /// Accept only this service user (the password is then the first line of stdin)
    #[arg(long, value_name = "NAME")]
    pub(crate) user: Option<String>,
    /// Serve DevLink3 over TLS with a certificate of its own
    #[arg(long)]
    pub(crate) tls: bool,
    /// Time zone of the simulated PBX's clock [default: this computer's]
    #[arg(long, value_name = "IANA")]
    pub(crate) time_zone: Option<String>,
}
