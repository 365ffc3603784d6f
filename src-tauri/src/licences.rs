//! The licences of everything CallDoc is built from, as a file that comes with the installed program.

use contract::licences::{LicencedPackage, Licences};
use contract::{Failure, FailureCode};
use serde::Deserialize;
use tauri::path::BaseDirectory;
use tauri::{AppHandle, Manager, Runtime};

/// As `cargo xtask dist` lays it into the package.
const FILE: &str = "licences.json";

#[derive(Deserialize)]
struct File {
    packages: Vec<LicencedPackage>,
    texts: Vec<String>,
}

pub(crate) fn packages<R: Runtime>(app: &AppHandle<R>) -> Result<Licences, Failure> {
    Ok(Licences { packages: read(app)?.packages })
}

/// In the order of `wanted`; a number that the file does not know is left out.
pub(crate) fn texts<R: Runtime>(app: &AppHandle<R>, wanted: &[u32]) -> Result<Vec<String>, Failure> {
    let file = read(app)?;
    let text = |at: &u32| usize::try_from(*at).ok().and_then(|at| file.texts.get(at)).cloned();
    Ok(wanted.iter().filter_map(text).collect())
}

/// Read anew each time: nobody looks at it often, and it is not worth keeping in memory.
fn read<R: Runtime>(app: &AppHandle<R>) -> Result<File, Failure> {
    let path = app.path().resolve(FILE, BaseDirectory::Resource).map_err(|error| missing(&error))?;
    let text = std::fs::read_to_string(path).map_err(|error| missing(&error))?;
    serde_json::from_str(&text).map_err(|error| missing(&error))
}

fn missing(error: &dyn std::fmt::Display) -> Failure {
    Failure {
        code: FailureCode::NotFound,
        message: "The list of licences comes with the installed program; this copy was built without it."
            .to_owned(),
        detail: Some(error.to_string()),
    }
}
