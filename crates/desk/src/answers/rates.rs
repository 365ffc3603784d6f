//! Settings > Call cost, and what a call cost.

use crate::answer::Answer;
use crate::answers::directory::not_entered;
use crate::desk::Desk;
use crate::happening::Happening;
use crate::keys::dialling;
use crate::trouble::{failure_of_store, invalid};
use contract::Failure;
use contract::rates::{
    AskRates, BadLine, Cost, Rate, RateTable, RatesRead, ReadRates, RemoveRates, SaveRates, TimeBand, TryRate,
};
use jiff::tz::TimeZone;
use model::figures::Figures;
use model::{At, Call, Direction, SiteId};
use rates::{Number, Table};

/// Largest file of rates that is read.
const FILE_MAX_BYTES: usize = 16 << 20;

impl Answer<AskRates> for Desk {
    async fn answer(&self, _ask: AskRates) -> Result<Vec<RateTable>, Failure> {
        let tables = self.reader().rate_tables().await.map_err(failure_of_store)?;
        Ok(tables.into_iter().map(shown).collect())
    }
}

impl Answer<SaveRates> for Desk {
    async fn answer(&self, ask: SaveRates) -> Result<RateTable, Failure> {
        let _entering = self.entering().lock().await;
        let mut table = trimmed(ask.table);
        rates::check(&priced(&table)).map_err(invalid)?;
        self.check_sites(&table).await?;
        table.id = self.hand().save_rates(&stored(&table)).await.map_err(not_entered)?;
        self.happen(Happening::Settings);
        Ok(table)
    }
}

impl Answer<RemoveRates> for Desk {
    async fn answer(&self, ask: RemoveRates) -> Result<(), Failure> {
        self.hand().remove_rates(ask.id).await.map_err(not_entered)?;
        self.happen(Happening::Settings);
        Ok(())
    }
}

impl Answer<ReadRates> for Desk {
    async fn answer(&self, ask: ReadRates) -> Result<RatesRead, Failure> {
        if ask.text.len() > FILE_MAX_BYTES {
            return Err(invalid("This file is too large to be a list of rates."));
        }
        let read = rates::read_csv(&ask.text);
        let bad = read.bad.into_iter().map(|bad| BadLine { line: bad.line, text: bad.text, says: bad.says });
        Ok(RatesRead { rates: read.rates.into_iter().map(rate_shown).collect(), bad: bad.collect() })
    }
}

impl Answer<TryRate> for Desk {
    async fn answer(&self, ask: TryRate) -> Result<Option<Cost>, Failure> {
        let table = priced(&trimmed(ask.table));
        rates::check(&table).map_err(invalid)?;
        let site = SiteId(ask.site);
        let sites = self.reader().sites_now();
        let settings = sites.iter().find(|known| known.id == site);
        let settings =
            settings.ok_or_else(|| invalid("Choose the phone system that the call is made from."))?;
        let digits: String =
            ask.number.chars().filter(|letter| letter.is_ascii_digit() || "+*#".contains(*letter)).collect();
        if digits.is_empty() {
            return Err(invalid("Enter the number that is called."));
        }
        let key = dialling(settings).key(&digits);
        let number = Number { e164: key.as_deref().or(in_e164(&digits)), dialled: &digits };
        let zone = zone_of(settings);
        Ok(rates::cost(&table, &zone, number, At(ask.at_ms), ask.seconds)
            .map(|charged| told(&table, charged)))
    }
}

impl Desk {
    /// What an outbound call cost that was answered and is over, by its site's table.
    pub(crate) async fn cost_of(&self, call: &Call) -> Result<Option<Cost>, Failure> {
        let answered_at = Figures::of(call, call.started_at).answered_at;
        let (Some(answered_at), Some(ended_at)) = (answered_at, call.ended_at) else { return Ok(None) };
        let Some(number) = call.external_number.as_deref().filter(|_| call.direction == Direction::Outbound)
        else {
            return Ok(None);
        };
        let table = self.reader().rate_table_of(call.site).await.map_err(failure_of_store)?;
        let Some(table) = table.map(|table| priced(&shown(table))) else { return Ok(None) };
        let sites = self.reader().sites_now();
        let zone = sites.iter().find(|site| site.id == call.site).map_or(TimeZone::UTC, zone_of);
        // A second that has begun is charged.
        let seconds = u32::try_from((ended_at.ms_since(answered_at) + 999) / 1_000).unwrap_or(u32::MAX);
        let number = Number { e164: call.external_e164.as_deref().or(in_e164(number)), dialled: number };
        Ok(rates::cost(&table, &zone, number, answered_at, seconds).map(|charged| told(&table, charged)))
    }

    /// A site has one table, and the sites without share one.
    async fn check_sites(&self, table: &RateTable) -> Result<(), Failure> {
        let others = self.reader().rate_tables().await.map_err(failure_of_store)?;
        for other in others.iter().filter(|other| other.id != table.id) {
            if table.sites.is_empty() && other.sites.is_empty() {
                return Err(invalid(format!(
                    "{} already applies to all phone systems without a table of their own. Choose the ones that this \
                     table is for.",
                    other.name
                )));
            }
            if let Some(site) = other.sites.iter().find(|site| table.sites.contains(&site.0)) {
                return Err(invalid(format!(
                    "{} already applies to {}. A phone system has one table.",
                    other.name,
                    self.board().now().site_name(*site)
                )));
            }
        }
        Ok(())
    }
}

/// A number that came with its plus is in E.164 whatever the country.
pub(crate) fn in_e164(number: &str) -> Option<&str> {
    Some(number).filter(|number| number.starts_with('+'))
}

pub(crate) fn zone_of(site: &store::Site) -> TimeZone {
    TimeZone::get(&site.time_zone).unwrap_or(TimeZone::UTC)
}

fn told(table: &Table, charged: rates::Charged) -> Cost {
    Cost {
        amount: charged.amount,
        currency: table.currency.clone(),
        table: table.name.clone(),
        prefix: charged.prefix,
        label: charged.label,
        says: charged.says,
    }
}

fn trimmed(mut table: RateTable) -> RateTable {
    table.name = table.name.trim().to_owned();
    table.currency = table.currency.trim().to_uppercase();
    table.sites.sort_unstable();
    table.sites.dedup();
    for band in &mut table.bands {
        band.name = band.name.trim().to_owned();
    }
    for rate in &mut table.rates {
        rate.prefix.retain(|letter| !letter.is_whitespace());
        rate.label = rate.label.trim().to_owned();
        rate.band = rate.band.take().map(|band| band.trim().to_owned()).filter(|band| !band.is_empty());
    }
    table
}

/// As it is reckoned with.
pub(crate) fn priced(table: &RateTable) -> Table {
    let bands = table.bands.iter().map(|band| rates::Band {
        name: band.name.clone(),
        days: band.days,
        from_minute: band.from_minute,
        to_minute: band.to_minute,
    });
    let rates = table.rates.iter().map(|rate| rates::Rate {
        prefix: rate.prefix.clone(),
        label: rate.label.clone(),
        band: rate.band.clone(),
        per_minute: rate.per_minute,
        connect_fee: rate.connect_fee,
        minimum: rate.minimum,
        minimum_seconds: rate.minimum_seconds,
        step_seconds: rate.step_seconds,
    });
    Table {
        name: table.name.clone(),
        currency: table.currency.clone(),
        bands: bands.collect(),
        rates: rates.collect(),
    }
}

fn rate_shown(rate: rates::Rate) -> Rate {
    Rate {
        prefix: rate.prefix,
        label: rate.label,
        band: rate.band,
        per_minute: rate.per_minute,
        connect_fee: rate.connect_fee,
        minimum: rate.minimum,
        minimum_seconds: rate.minimum_seconds,
        step_seconds: rate.step_seconds,
    }
}

pub(crate) fn shown(table: store::RateTable) -> RateTable {
    let bands = table.bands.into_iter().map(|band| TimeBand {
        name: band.name,
        days: band.days,
        from_minute: band.from_minute,
        to_minute: band.to_minute,
    });
    let rates = table.rates.into_iter().map(|rate| Rate {
        prefix: rate.prefix,
        label: rate.label,
        band: rate.band,
        per_minute: rate.per_minute,
        connect_fee: rate.connect_fee,
        minimum: rate.minimum,
        minimum_seconds: rate.minimum_seconds,
        step_seconds: rate.step_seconds,
    });
    RateTable {
        id: table.id,
        name: table.name,
        currency: table.currency,
        sites: table.sites.into_iter().map(|site| site.0).collect(),
        bands: bands.collect(),
        rates: rates.collect(),
    }
}

fn stored(table: &RateTable) -> store::RateTable {
    let bands = table.bands.iter().map(|band| store::RateBand {
        name: band.name.clone(),
        days: band.days,
        from_minute: band.from_minute,
        to_minute: band.to_minute,
    });
    let rates = table.rates.iter().map(|rate| store::Rate {
        prefix: rate.prefix.clone(),
        label: rate.label.clone(),
        band: rate.band.clone(),
        per_minute: rate.per_minute,
        connect_fee: rate.connect_fee,
        minimum: rate.minimum,
        minimum_seconds: rate.minimum_seconds,
        step_seconds: rate.step_seconds,
    });
    store::RateTable {
        id: table.id,
        name: table.name.clone(),
        currency: table.currency.clone(),
        sites: table.sites.iter().map(|site| SiteId(*site)).collect(),
        bands: bands.collect(),
        rates: rates.collect(),
    }
}
