//! The player, and the machine's sound.

use crate::answer::Answer;
use crate::desk::Desk;
use crate::keeping::recording_id;
use contract::Failure;
use contract::player::{
    AskPlayer, AskSoundDevices, ChooseSoundDevice, Play, PlayerView, SoundDevices, Steer, Steering,
};
use model::RecordingId;
use playback::{PlayerCommand, Span};
use std::sync::Arc;

/// Ids of a list that next and previous walk along.
const LIST_MAX: usize = 1_000;

impl Answer<AskPlayer> for Desk {
    async fn answer(&self, _ask: AskPlayer) -> Result<PlayerView, Failure> {
        Ok(self.player_view())
    }
}

impl Answer<Play> for Desk {
    async fn answer(&self, ask: Play) -> Result<(), Failure> {
        let list: Vec<RecordingId> =
            ask.list.iter().take(LIST_MAX).filter_map(|id| id.parse().ok().map(RecordingId)).collect();
        self.play(recording_id(&ask.id)?, ask.at_ms, Some(list)).await
    }
}

impl Answer<Steer> for Desk {
    async fn answer(&self, ask: Steer) -> Result<(), Failure> {
        let command = match ask.to {
            Steering::Settings(settings) => {
                return self.set_player(settings).await;
            }
            Steering::Close => {
                self.close_player();
                return Ok(());
            }
            Steering::Pause => PlayerCommand::Pause,
            Steering::Resume => PlayerCommand::Play,
            Steering::Toggle => PlayerCommand::Toggle,
            Steering::SeekTo { position_ms } => {
                PlayerCommand::SeekTo { position_ms: position_ms.max(0).unsigned_abs() }
            }
            Steering::SeekBy { ms } => PlayerCommand::SeekBy { offset_ms: ms },
            Steering::Previous => PlayerCommand::Previous,
            Steering::Next => PlayerCommand::Next,
            Steering::Loop { span_ms } => PlayerCommand::Loop(span_ms.map(|(from, to)| Span {
                from_ms: from.max(0).unsigned_abs(),
                to_ms: to.max(0).unsigned_abs(),
            })),
        };
        self.steer(command);
        Ok(())
    }
}

impl Answer<AskSoundDevices> for Desk {
    async fn answer(&self, _ask: AskSoundDevices) -> Result<SoundDevices, Failure> {
        let devices = Arc::clone(&self.library().playing.devices);
        // Asks the system, which can take a moment.
        let names = tokio::task::spawn_blocking(move || devices.names()).await.unwrap_or_default();
        Ok(SoundDevices { chosen: self.library().playing.chosen(), names })
    }
}

impl Answer<ChooseSoundDevice> for Desk {
    async fn answer(&self, ask: ChooseSoundDevice) -> Result<SoundDevices, Failure> {
        self.choose_device(ask.name).await?;
        self.answer(AskSoundDevices {}).await
    }
}
