//! What closing the window does, and how the window first appears.

use contract::computer::{Closing, Role, Tray};

/// What the shell does when a person closes the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CloseDeed {
    /// Calls go on being collected; the tray brings the window back.
    Hide,
    /// As [`CloseDeed::Hide`]; first say so, once, and offer to quit instead.
    SayAndHide {
        says: &'static str,
    },
    End,
}

/// How the program was started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Started {
    ByAPerson,
    /// By the system, when the person logged in: nobody asked for a window.
    WithTheComputer,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstLook {
    Shown,
    /// In the task bar: without a tray, a window that is not there at all could not be found.
    Minimised,
    Hidden,
}

pub fn on_close(choice: Closing, role: Role, tray: Tray) -> CloseDeed {
    match (role, choice) {
        (Role::Apart, _) | (Role::Everyday, Closing::Quit) => CloseDeed::End,
        (Role::Everyday, Closing::KeepCollecting) => CloseDeed::Hide,
        (Role::Everyday, Closing::Ask) => CloseDeed::SayAndHide { says: said_once(tray) },
    }
}

pub fn on_start(started: Started, role: Role, tray: Tray) -> FirstLook {
    match (started, role, tray) {
        (Started::ByAPerson, _, _) | (Started::WithTheComputer, Role::Apart, _) => FirstLook::Shown,
        (Started::WithTheComputer, Role::Everyday, Tray::Shown) => FirstLook::Hidden,
        (Started::WithTheComputer, Role::Everyday, Tray::Missing) => FirstLook::Minimised,
    }
}

fn said_once(tray: Tray) -> &'static str {
    match tray {
        Tray::Shown => {
            "The window closes, and CallDoc goes on collecting calls. Its icon beside the clock shows how things stand \
             and brings the window back. Settings, This computer, changes what closing does."
        }
        Tray::Missing => {
            "The window closes, and CallDoc goes on collecting calls. This desktop has no place for an icon beside the \
             clock: to see the window again, start CallDoc again. Settings, This computer, changes what closing does."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_the_everyday_window_goes_on_collecting_unless_chosen_otherwise() {
        let close = |choice| on_close(choice, Role::Everyday, Tray::Shown);
        assert!(matches!(close(Closing::Ask), CloseDeed::SayAndHide { .. }), "the first time it is said");
        assert_eq!(close(Closing::KeepCollecting), CloseDeed::Hide, "from then on it just hides");
        assert_eq!(close(Closing::Quit), CloseDeed::End, "who wants it to end has it end");
    }

    #[test]
    fn a_demo_ends_with_its_window() {
        for choice in [Closing::Ask, Closing::KeepCollecting, Closing::Quit] {
            let deed = on_close(choice, Role::Apart, Tray::Missing);
            assert_eq!(deed, CloseDeed::End, "nothing would bring it back");
        }
    }

    #[test]
    fn without_a_tray_it_is_said_how_the_window_comes_back() {
        let CloseDeed::SayAndHide { says } = on_close(Closing::Ask, Role::Everyday, Tray::Missing) else {
            panic!("the first time it is said");
        };
        assert!(says.contains("start CallDoc again"), "there is no icon to click: {says}");
    }

    #[test]
    fn a_start_with_the_computer_leaves_a_way_to_the_window() {
        let look = |tray| on_start(Started::WithTheComputer, Role::Everyday, tray);
        assert_eq!(look(Tray::Shown), FirstLook::Hidden, "the tray brings it");
        assert_eq!(look(Tray::Missing), FirstLook::Minimised, "the task bar brings it");
        assert_eq!(
            on_start(Started::ByAPerson, Role::Everyday, Tray::Shown),
            FirstLook::Shown,
            "a person wants to see it"
        );
    }
}
