//! Windows from here: the app and calldoc-cli are cross-built, and the pure rooms' tests run under wine.

use crate::process::{cargo, is_installed, must, program, quiet, target};
use crate::ui::{Speed, ui};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::PathBuf;

const TARGET: &str = "x86_64-pc-windows-gnu";
/// Rooms that decide and read, and ask the system for nothing: what they say must not depend on it.
const PURE_ROOMS: [&str; 11] = [
    "model",
    "contract",
    "assignment",
    "numbers",
    "directory",
    "rates",
    "correlate",
    "reports",
    "exports",
    "presence",
    "smdr",
];
/// Rust's standard library takes random numbers from it; wine 8 does not have it yet.
const RANDOM: &str = "bcryptprimitives";
const RANDOM_SOURCE: &str = r#"
/* What Rust asks of bcryptprimitives.dll, through the function that wine has had for long. For tests only. */
#include <windows.h>
#include <ntsecapi.h>
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T length) {
    return RtlGenRandom(data, (ULONG)length);
}
"#;

pub(crate) fn windows() -> Result<()> {
    if std::env::consts::OS == "windows" {
        bail!("this is Windows already: `cargo xtask test` does more");
    }
    for (name, package) in [("x86_64-w64-mingw32-gcc", "gcc-mingw-w64-x86-64"), ("wine", "wine64")] {
        if !is_installed(name) {
            bail!("{name} is missing (Debian: `apt-get install {package}`)");
        }
    }
    wanted_target()?;
    ui(Speed::Optimised)?;
    must(&mut cargo(&format!("build -p cli -p calldoc --bins --target {TARGET}")))?;
    let folder = target().join(TARGET).join("debug");
    let random = random(&folder)?;
    let packages = PURE_ROOMS.map(|room| format!("-p {room}")).join(" ");
    let mut tests = cargo(&format!("test --target {TARGET} --quiet --lib --tests {packages}"));
    // Wine looks for libraries beside the program; the tests' programs lie in the folder below.
    fs::copy(&random, folder.join("deps").join(random.file_name().unwrap_or_default()))?;
    tests.env("CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER", wine()).env("WINEDEBUG", "-all");
    tests.env("WINEDLLOVERRIDES", format!("{RANDOM}=n"));
    must(&mut tests)?;
    let mut told = program(wine(), "");
    told.arg(folder.join("calldoc-cli.exe")).arg("--version").env("WINEDEBUG", "-all");
    told.env("WINEDLLOVERRIDES", format!("{RANDOM}=n"));
    let version = quiet(&mut told).context("calldoc-cli.exe does not start under wine")?;
    println!("Under wine: {}", version.trim());
    Ok(())
}

fn wine() -> &'static str {
    if is_installed("wine64") { "wine64" } else { "wine" }
}

fn wanted_target() -> Result<()> {
    let add = || must(&mut program("rustup", &format!("target add {TARGET}")));
    // A download that broke off once usually works the second time.
    add().or_else(|_| add()).context("the target could not be added")
}

/// Built beside the programs, where wine finds it.
fn random(folder: &std::path::Path) -> Result<PathBuf> {
    fs::create_dir_all(folder.join("deps"))?;
    let (source, library) = (folder.join(format!("{RANDOM}.c")), folder.join(format!("{RANDOM}.dll")));
    fs::write(&source, RANDOM_SOURCE)?;
    let mut compile = program("x86_64-w64-mingw32-gcc", "-shared -O2");
    compile.arg(&source).arg("-o").arg(&library).arg("-ladvapi32");
    must(&mut compile)?;
    Ok(library)
}
