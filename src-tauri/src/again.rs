//! Opens another office: the program is started again with other words, and this one ends.

use crate::arguments::Office;
use contract::first_run::OfficeKind;
use contract::{Failure, FailureCode};
use std::process::Command;
use tauri::AppHandle;

/// The window closes as the other opens. When that cannot be started, this one stays.
pub(crate) fn open(app: &AppHandle, office: OfficeKind) -> Result<(), Failure> {
    let office = match office {
        OfficeKind::Own => Office::Own,
        OfficeKind::Demo => Office::Demo,
    };
    let program =
        tauri::process::current_binary(&tauri::Manager::env(app)).map_err(|error| failure(&error))?;
    Command::new(program).args(words(office)).spawn().map_err(|error| failure(&error))?;
    app.exit(0);
    Ok(())
}

/// The demo has a library of its own, and one's own is where it always is: no folder is named.
fn words(office: Office) -> &'static [&'static str] {
    match office {
        Office::Own => &[],
        Office::Demo => &["--demo"],
    }
}

fn failure(error: &std::io::Error) -> Failure {
    Failure {
        code: FailureCode::Internal,
        message: "CallDoc could not be started again. Close it and start it by hand.".to_owned(),
        detail: Some(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::words;
    use crate::arguments::{Asked, Office, parse};
    use std::ffi::OsString;

    #[test]
    fn the_program_understands_the_words_it_is_started_again_with() {
        for office in [Office::Own, Office::Demo] {
            match parse(words(office).iter().map(OsString::from)) {
                Ok(Asked::Open(launch)) => assert_eq!(launch.office, office, "the office that was asked for"),
                other => panic!("{office:?} is not opened but {other:?}"),
            }
        }
    }
}
