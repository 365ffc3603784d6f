//! Settings > Recordings: encoding; the audit log.

use crate::answer::Answer;
use crate::desk::Desk;
use crate::happening::Happening;
use crate::keeping::deed::{hex, words};
use crate::keeping::{Deed, recording_id};
use crate::trouble::{failure_of_store, invalid};
use contract::Failure;
use contract::keeping::{
    AskAudit, AskEncoding, AuditCheck, AuditLine, AuditPage, CheckAudit, Encoding, SaveEncoding,
};

/// Under which name it is stored.
const ENCODING: &str = "encoding";

/// Kilobits of a second of one channel: below, speech suffers; above, nobody hears it.
const KILOBITS: std::ops::RangeInclusive<u16> = 12..=64;

const USUAL: Encoding = Encoding { kilobits: 24, keep_original: false };

impl Answer<AskEncoding> for Desk {
    async fn answer(&self, _ask: AskEncoding) -> Result<Encoding, Failure> {
        self.encoding().await
    }
}

impl Answer<SaveEncoding> for Desk {
    async fn answer(&self, ask: SaveEncoding) -> Result<Encoding, Failure> {
        let encoding = ask.encoding;
        if !KILOBITS.contains(&encoding.kilobits) {
            return Err(invalid(format!(
                "Recordings are stored with {} to {} kbit/s for each channel.",
                KILOBITS.start(),
                KILOBITS.end()
            )));
        }
        let deed = Deed::EncodingSet { kilobits: encoding.kilobits, keep_original: encoding.keep_original };
        let stored = serde_json::to_string(&encoding).unwrap_or_default();
        self.hand()
            .set_office_setting(ENCODING, Some(&stored), &[self.deed(None, &deed)])
            .await
            .map_err(failure_of_store)?;
        self.happen(Happening::Settings);
        Ok(encoding)
    }
}

impl Answer<AskAudit> for Desk {
    async fn answer(&self, ask: AskAudit) -> Result<AuditPage, Failure> {
        let recording = ask.recording.as_deref().map(recording_id).transpose()?;
        let limit = ask.limit.clamp(1, 500);
        let mut entries =
            self.reader().audit(recording, ask.before, limit + 1).await.map_err(failure_of_store)?;
        let more = entries.len() > limit as usize;
        entries.truncate(limit as usize);
        let next = entries.last().map(|entry| entry.n).filter(|_| more);
        let lines = entries.into_iter().map(|entry| AuditLine {
            n: entry.n,
            at_ms: entry.deed.at.0,
            who: entry.deed.who,
            says: words(&entry.deed.what),
            recording: entry.deed.recording.map(|recording| recording.0.to_string()),
            hash: hex(&entry.hash),
        });
        Ok(AuditPage { lines: lines.collect(), next })
    }
}

impl Answer<CheckAudit> for Desk {
    async fn answer(&self, _ask: CheckAudit) -> Result<AuditCheck, Failure> {
        let check = self.reader().check_audit().await.map_err(failure_of_store)?;
        let less = crate::keeping::witness::less(&check);
        Ok(AuditCheck { entries: check.entries, broken: check.broken, less })
    }
}

impl Desk {
    /// How new recordings are stored.
    pub(crate) async fn encoding(&self) -> Result<Encoding, Failure> {
        let stored = self.reader().office_setting(ENCODING).await.map_err(failure_of_store)?;
        Ok(stored.and_then(|stored| serde_json::from_str(&stored).ok()).unwrap_or(USUAL))
    }
}
