//! The commands of the page: one for each request of the contract, under the contract's name, with the one argument `ask`.

mod about;
mod calls;
mod choosing;
mod decisions;
mod directory;
mod health;
mod intake;
mod keeping;
mod links;
mod live;
mod notes;
mod people;
mod player;
mod rates;
mod recordings;
mod scorecards;
mod search;
mod sites;
mod today;

use crate::push;
use tauri::Wry;
use tauri::ipc::Invoke;

pub(crate) fn all() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        about::about,
        calls::calls,
        calls::call_totals,
        calls::call,
        decisions::join_calls,
        decisions::part_call,
        decisions::take_back,
        decisions::neighbours,
        decisions::decisions,
        directory::directory,
        directory::save_person,
        directory::remove_person,
        directory::name_number,
        directory::preview_people,
        directory::import_people,
        health::health,
        links::links,
        live::live,
        people::people_day,
        rates::rates,
        rates::save_rates,
        rates::remove_rates,
        rates::read_rates,
        rates::try_rate,
        search::search,
        sites::sites,
        sites::save_site,
        sites::remove_site,
        sites::test_site,
        sites::zones,
        sites::countries,
        today::today,
        recordings::recordings,
        recordings::recording_totals,
        recordings::recording,
        recordings::peaks,
        recordings::recording_candidates,
        recordings::match_recording,
        recordings::trash_recordings,
        recordings::restore_recordings,
        recordings::delete_recordings,
        recordings::hold_recordings,
        recordings::silence_recording,
        recordings::export_recordings,
        recordings::add_recordings,
        player::player,
        player::play,
        player::steer,
        player::sound_devices,
        player::choose_sound_device,
        notes::save_note,
        notes::remove_note,
        notes::tags,
        notes::set_tags,
        scorecards::scorecards,
        scorecards::save_scorecard,
        scorecards::remove_scorecard,
        scorecards::save_score,
        scorecards::remove_score,
        scorecards::scores,
        intake::intake_sources,
        intake::save_intake_source,
        intake::remove_intake_source,
        intake::test_intake_source,
        intake::intake,
        intake::retry_refused,
        intake::forget_refused,
        intake::scan_now,
        intake::namings,
        intake::save_naming,
        intake::remove_naming,
        intake::preview_naming,
        keeping::pools,
        keeping::save_pool,
        keeping::remove_pool,
        keeping::encoding,
        keeping::save_encoding,
        keeping::retention,
        keeping::save_retention,
        keeping::preview_retention,
        keeping::run_retention,
        keeping::encryption,
        keeping::set_encryption,
        keeping::unlock_recordings,
        keeping::verify_recordings,
        keeping::audit,
        keeping::check_audit,
        choosing::choose_folder,
        push::subscribe,
    ]
}

#[cfg(test)]
mod tests {
    use contract::Command;
    use contract::{
        about, calls, choosing, decisions, directory, health, intake, keeping, links, live, notes, people,
        player, rates, recordings, scorecards, search, sites, today,
    };

    #[test]
    fn each_command_has_the_name_that_the_page_calls_it_by() {
        let named = [
            (stringify!(about), about::AskAbout::NAME),
            (stringify!(calls), calls::AskCalls::NAME),
            (stringify!(call_totals), calls::AskTotals::NAME),
            (stringify!(call), calls::AskCall::NAME),
            (stringify!(join_calls), decisions::JoinCalls::NAME),
            (stringify!(part_call), decisions::PartCall::NAME),
            (stringify!(take_back), decisions::TakeBack::NAME),
            (stringify!(neighbours), decisions::AskNeighbours::NAME),
            (stringify!(decisions), decisions::AskDecisions::NAME),
            (stringify!(directory), directory::AskDirectory::NAME),
            (stringify!(save_person), directory::SavePerson::NAME),
            (stringify!(remove_person), directory::RemovePerson::NAME),
            (stringify!(name_number), directory::NameNumber::NAME),
            (stringify!(preview_people), directory::PreviewPeople::NAME),
            (stringify!(import_people), directory::ImportPeople::NAME),
            (stringify!(health), health::AskHealth::NAME),
            (stringify!(links), links::AskLinks::NAME),
            (stringify!(live), live::AskLive::NAME),
            (stringify!(people_day), people::AskPeopleDay::NAME),
            (stringify!(rates), rates::AskRates::NAME),
            (stringify!(save_rates), rates::SaveRates::NAME),
            (stringify!(remove_rates), rates::RemoveRates::NAME),
            (stringify!(read_rates), rates::ReadRates::NAME),
            (stringify!(try_rate), rates::TryRate::NAME),
            (stringify!(search), search::AskSearch::NAME),
            (stringify!(sites), sites::AskSites::NAME),
            (stringify!(save_site), sites::SaveSite::NAME),
            (stringify!(remove_site), sites::RemoveSite::NAME),
            (stringify!(test_site), sites::TestSite::NAME),
            (stringify!(zones), sites::AskZones::NAME),
            (stringify!(countries), sites::AskCountries::NAME),
            (stringify!(today), today::AskToday::NAME),
            (stringify!(recordings), recordings::AskRecordings::NAME),
            (stringify!(recording_totals), recordings::AskRecordingTotals::NAME),
            (stringify!(recording), recordings::AskRecording::NAME),
            (stringify!(peaks), recordings::AskPeaks::NAME),
            (stringify!(recording_candidates), recordings::AskRecordingCandidates::NAME),
            (stringify!(match_recording), recordings::MatchRecording::NAME),
            (stringify!(trash_recordings), recordings::TrashRecordings::NAME),
            (stringify!(restore_recordings), recordings::RestoreRecordings::NAME),
            (stringify!(delete_recordings), recordings::DeleteRecordings::NAME),
            (stringify!(hold_recordings), recordings::HoldRecordings::NAME),
            (stringify!(silence_recording), recordings::SilenceRecording::NAME),
            (stringify!(export_recordings), recordings::ExportRecordings::NAME),
            (stringify!(add_recordings), recordings::AddRecordings::NAME),
            (stringify!(player), player::AskPlayer::NAME),
            (stringify!(play), player::Play::NAME),
            (stringify!(steer), player::Steer::NAME),
            (stringify!(sound_devices), player::AskSoundDevices::NAME),
            (stringify!(choose_sound_device), player::ChooseSoundDevice::NAME),
            (stringify!(save_note), notes::SaveNote::NAME),
            (stringify!(remove_note), notes::RemoveNote::NAME),
            (stringify!(tags), notes::AskTags::NAME),
            (stringify!(set_tags), notes::SetTags::NAME),
            (stringify!(scorecards), scorecards::AskScorecards::NAME),
            (stringify!(save_scorecard), scorecards::SaveScorecard::NAME),
            (stringify!(remove_scorecard), scorecards::RemoveScorecard::NAME),
            (stringify!(save_score), scorecards::SaveScore::NAME),
            (stringify!(remove_score), scorecards::RemoveScore::NAME),
            (stringify!(scores), scorecards::AskScores::NAME),
            (stringify!(intake_sources), intake::AskIntakeSources::NAME),
            (stringify!(save_intake_source), intake::SaveIntakeSource::NAME),
            (stringify!(remove_intake_source), intake::RemoveIntakeSource::NAME),
            (stringify!(test_intake_source), intake::TestIntakeSource::NAME),
            (stringify!(intake), intake::AskIntake::NAME),
            (stringify!(retry_refused), intake::RetryRefused::NAME),
            (stringify!(forget_refused), intake::ForgetRefused::NAME),
            (stringify!(scan_now), intake::ScanNow::NAME),
            (stringify!(namings), intake::AskNamings::NAME),
            (stringify!(save_naming), intake::SaveNaming::NAME),
            (stringify!(remove_naming), intake::RemoveNaming::NAME),
            (stringify!(preview_naming), intake::PreviewNaming::NAME),
            (stringify!(pools), keeping::AskPools::NAME),
            (stringify!(save_pool), keeping::SavePool::NAME),
            (stringify!(remove_pool), keeping::RemovePool::NAME),
            (stringify!(encoding), keeping::AskEncoding::NAME),
            (stringify!(save_encoding), keeping::SaveEncoding::NAME),
            (stringify!(retention), keeping::AskRetention::NAME),
            (stringify!(save_retention), keeping::SaveRetention::NAME),
            (stringify!(preview_retention), keeping::PreviewRetention::NAME),
            (stringify!(run_retention), keeping::RunRetention::NAME),
            (stringify!(encryption), keeping::AskEncryption::NAME),
            (stringify!(set_encryption), keeping::SetEncryption::NAME),
            (stringify!(unlock_recordings), keeping::UnlockRecordings::NAME),
            (stringify!(verify_recordings), keeping::VerifyRecordings::NAME),
            (stringify!(audit), keeping::AskAudit::NAME),
            (stringify!(check_audit), keeping::CheckAudit::NAME),
            (stringify!(choose_folder), choosing::ChooseFolder::NAME),
        ];
        for (function, called) in named {
            assert_eq!(function, called, "the page asks by the contract's name and would not be heard");
        }
    }
}
