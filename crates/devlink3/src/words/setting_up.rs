//! What to set in IP Office Manager before CallDoc can listen, by the names of Manager's own tabs and boxes.

use crate::link::Transport;

/// Step by step. `user` is the service user's name as it was typed; empty: one is proposed.
pub fn manager_steps(transport: Transport, port: u16, user: &str) -> Vec<String> {
    let user = if user.trim().is_empty() { "CallDoc" } else { user.trim() };
    let unsecured = match transport {
        Transport::Tcp => "Under System, tab \"Unsecured Interfaces\", tick \"TAPI / DevLink3\".",
        // With the box off, the PBX asks every TLS client for a certificate that its own store trusts (docs/devlink3.md).
        Transport::Tls => {
            "Under System, tab \"Unsecured Interfaces\", tick \"TAPI / DevLink3\". Without it the phone system asks for a certificate of this computer, also with TLS."
        }
    };
    vec![
        "In IP Office Manager choose File > Advanced > Security Settings and log in as security administrator.".to_owned(),
        unsecured.to_owned(),
        "Under Rights Groups add a group, for instance CallDoc; on its tab \"Telephony APIs\" tick DevLink3.".to_owned(),
        format!("Under Service Users add \"{user}\" with a password, set its status to Enabled and tick the new group."),
        "Save the security settings.".to_owned(),
        "In the configuration, under License, look for CTI Link Pro (CTILINK_PRO): it must be valid.".to_owned(),
        format!("A firewall between this computer and the phone system must pass TCP port {port}."),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_name_the_user_and_the_port_that_were_typed() {
        let steps = manager_steps(Transport::Tls, 50_796, " reader ").join("\n");
        assert!(steps.contains("\"reader\"") && steps.contains("50796"), "as typed in the form: {steps}");
        let proposed = manager_steps(Transport::Tcp, 50_797, "").join("\n");
        assert!(proposed.contains("\"CallDoc\""), "a name is proposed: {proposed}");
    }
}
