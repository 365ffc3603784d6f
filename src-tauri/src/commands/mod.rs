//! The commands of the page: one for each request of the contract, under the contract's name, with the one argument `ask`.

mod about;
mod calls;
mod health;
mod links;
mod live;
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
        health::health,
        links::links,
        live::live,
        search::search,
        sites::sites,
        sites::save_site,
        sites::remove_site,
        sites::test_site,
        sites::zones,
        today::today,
        push::subscribe,
    ]
}

#[cfg(test)]
mod tests {
    use contract::Command;
    use contract::{about, calls, health, links, live, search, sites, today};

    #[test]
    fn each_command_has_the_name_that_the_page_calls_it_by() {
        let named = [
            (stringify!(about), about::AskAbout::NAME),
            (stringify!(calls), calls::AskCalls::NAME),
            (stringify!(call_totals), calls::AskTotals::NAME),
            (stringify!(call), calls::AskCall::NAME),
            (stringify!(health), health::AskHealth::NAME),
            (stringify!(links), links::AskLinks::NAME),
            (stringify!(live), live::AskLive::NAME),
            (stringify!(search), search::AskSearch::NAME),
            (stringify!(sites), sites::AskSites::NAME),
            (stringify!(save_site), sites::SaveSite::NAME),
            (stringify!(remove_site), sites::RemoveSite::NAME),
            (stringify!(test_site), sites::TestSite::NAME),
            (stringify!(zones), sites::AskZones::NAME),
            (stringify!(today), today::AskToday::NAME),
        ];
        for (function, called) in named {
            assert_eq!(function, called, "the page asks by the contract's name and would not be heard");
        }
    }
}
