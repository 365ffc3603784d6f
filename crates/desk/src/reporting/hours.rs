//! Business hours and what service level means, as the office set them.

use crate::trouble::failure_of_store;
use contract::Failure;
use contract::reports::{HoursView, Service, ServiceOf};
use store::Reader;

const SETTING: &str = "hours";

/// What was never set is always open, with the field's usual 20 and 5 seconds.
pub(crate) async fn read(reader: &Reader) -> Result<HoursView, Failure> {
    let json = reader.office_setting(SETTING).await.map_err(failure_of_store)?;
    Ok(json.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_else(|| HoursView {
        hours: model::report::OfficeHours::default(),
        service: Service::default(),
    }))
}

pub(crate) async fn save(hand: &store::Hand, view: &HoursView) -> Result<(), Failure> {
    let json = serde_json::to_string(view).unwrap_or_default();
    hand.set_office_setting(SETTING, Some(&json), &[]).await.map_err(failure_of_store)
}

pub(crate) fn service(service: Service) -> reports::Service {
    reports::Service {
        seconds: service.seconds,
        short_seconds: service.short_seconds,
        of: match service.of {
            ServiceOf::Offered => reports::ServiceOf::Offered,
            ServiceOf::Answered => reports::ServiceOf::Answered,
        },
    }
}
