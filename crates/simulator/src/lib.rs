//! An IP Office to try the product with: DevLink3 and SMDR over real sockets, and the truth in a file.
//!
//! Every call is a script; what DevLink3 says, the SMDR rows and the truth are three views of the same script, so that
//! a test can compare what CallDoc made of the first two with the third. [`tape`] gives all three for days of virtual
//! time, in memory; [`history`] writes the past of the same office.
//!
//! Deliberately absent: anything that judges CallDoc's results, and every rule about calls: what is true of a call stands
//! in its script.

mod clock;
mod dice;
mod error;
mod faults;
mod history;
mod ids;
mod kind;
mod leg;
mod lengths;
mod notes;
mod office;
mod pbx;
mod planner;
mod recordings;
mod row;
mod run;
mod scene;
mod schedule;
mod scribe;
mod script;
mod scripts;
mod settings;
mod siptrack;
mod smdr_sender;
mod stage;
mod standing;
mod summary;
mod tape;
mod truth;
mod truth_log;
mod wire;

pub use devlink3::Password;
pub use error::SimulatorError;
pub use faults::{Fault, Faults, Refusal};
pub use history::{history, history_of_today, recordings_of_today};
pub use kind::Kind;
pub use recordings::{
    By, Codec, Growth, Naming, Recorded, RecorderSettings, RecordingSettings, Run, SideFile, Turn, Who,
    recordings,
};
pub use run::Simulator;
pub use settings::{LegFields, MAX_PEOPLE, MAX_SPEED, Pace, Settings, SipTrack, Tls};
pub use summary::Summary;
pub use tape::{Neighbour, Neighbours, Piece, Reel, Seen, Spoken, Tape, TapeSettings, Truth, tape};
