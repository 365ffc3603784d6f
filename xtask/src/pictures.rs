//! A picture of every screen in every look, to be judged by a person.

use crate::display::VirtualScreen;
use crate::process::{built, cargo, must, target};
use crate::setup;
use crate::ui::{Speed, ui};
use anyhow::Result;
use std::fs;

pub(crate) fn pictures() -> Result<()> {
    setup::setup()?;
    ui(Speed::Optimised)?;
    must(&mut cargo("build -p calldoc -p cli -p e2e --bins"))?;
    let folder = target().join("pictures");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let screen = VirtualScreen::start()?;
    let mut take = screen.command(built("debug", "e2e-pictures").as_os_str());
    must(take.arg(built("debug", "calldoc")).arg(&folder))?;
    fs::remove_dir_all(folder.join("work"))?;
    println!("Pictures: {}", folder.display());
    Ok(())
}
