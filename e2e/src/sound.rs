//! A sound device that nobody hears and that takes its time: a null sink of PulseAudio, for one test.

use anyhow::{Context, Result, ensure};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tokio::time::sleep;

const READY: Duration = Duration::from_secs(20);
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// ALSA's own null device takes sound as fast as it comes: nothing would last as long as it is.
const THROUGH_PULSE: &str = "pcm.!default { type pulse }\nctl.!default { type pulse }\n";

/// Ends with its value.
pub struct Sound {
    server: Option<Child>,
    variables: Vec<(&'static str, OsString)>,
}

impl Sound {
    /// A device at 48,000 Hz; at other rates the positions of PulseAudio's ALSA device stand still.
    pub async fn device(home: &Path) -> Result<Self> {
        let folder = home.join("sound");
        std::fs::create_dir_all(&folder)?;
        let socket = folder.join("native");
        let server = Command::new("pulseaudio")
            .args(["-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"])
            .args(["-L", "module-null-sink sink_name=null_out rate=48000"])
            .arg("-L")
            .arg(format!("module-native-protocol-unix auth-anonymous=1 socket={}", socket.display()))
            .env("XDG_RUNTIME_DIR", &folder)
            .env("HOME", &folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("PulseAudio is missing; Debian has it in pulseaudio")?;
        let deadline = Instant::now() + READY;
        let sound = Self {
            server: Some(server),
            variables: vec![
                ("ALSA_CONFIG_PATH", alsa(&folder, THROUGH_PULSE)?.into()),
                ("PULSE_SERVER", format!("unix:{}", socket.display()).into()),
            ],
        };
        while !socket.exists() {
            ensure!(Instant::now() < deadline, "PulseAudio did not start");
            sleep(LOOK_AGAIN).await;
        }
        Ok(sound)
    }

    /// A machine without any.
    pub fn none(home: &Path) -> Result<Self> {
        let folder = home.join("no-sound");
        std::fs::create_dir_all(&folder)?;
        Ok(Self { server: None, variables: vec![("ALSA_CONFIG_PATH", alsa(&folder, "")?.into())] })
    }

    pub(crate) fn variables(&self) -> impl Iterator<Item = (&'static str, &OsString)> {
        self.variables.iter().map(|(name, value)| (*name, value))
    }
}

impl Drop for Sound {
    fn drop(&mut self) {
        if let Some(server) = &mut self.server {
            let _ = server.kill();
            let _ = server.wait();
        }
    }
}

fn alsa(folder: &Path, text: &str) -> Result<PathBuf> {
    let file = folder.join("asound.conf");
    std::fs::write(&file, text)?;
    Ok(file)
}
