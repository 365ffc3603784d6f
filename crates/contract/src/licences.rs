//! What CallDoc is built from, and under which licences: shown in About.

use crate::command::command;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskLicences {}

/// All packages of others that are part of the program, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Licences {
    pub packages: Vec<LicencedPackage>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LicencedPackage {
    pub name: String,
    pub version: String,
    /// An SPDX expression, `MIT OR Apache-2.0`.
    pub licence: String,
    /// Which texts of the file go with it, to ask for by [`AskLicenceTexts`].
    pub texts: Vec<u32>,
}

/// The texts of one package, in full.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskLicenceTexts {
    pub texts: Vec<u32>,
}

command!(AskLicences, "licences", Licences);
command!(AskLicenceTexts, "licence_texts", Vec<String>);
