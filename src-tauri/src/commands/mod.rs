//! The commands of the page: one for each request of the contract, under the contract's name, with the one argument `ask`.

mod about;
mod calls;
mod decisions;
mod directory;
mod health;
mod links;
mod live;
mod people;
mod rates;
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
        push::subscribe,
    ]
}

#[cfg(test)]
mod tests {
    use contract::Command;
    use contract::{
        about, calls, decisions, directory, health, links, live, people, rates, search, sites, today,
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
        ];
        for (function, called) in named {
            assert_eq!(function, called, "the page asks by the contract's name and would not be heard");
        }
    }
}
