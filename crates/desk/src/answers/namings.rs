//! Presets by which names of files are read.

use crate::answer::Answer;
use crate::desk::Desk;
use crate::happening::Happening;
use crate::keeping::Deed;
use crate::library::intake::names::last_part;
use crate::trouble::{failure_of_store, invalid, not_found};
use contract::Failure;
use contract::intake::{
    AskNamings, Naming, NamingLine, NamingPreview, PreviewNaming, RemoveNaming, SaveNaming,
};
use model::{At, SiteId};
use recordings::naming::{PRESETS, Pattern, When};

/// Names that a preview tries.
const PREVIEWED: u32 = 50;

impl Answer<AskNamings> for Desk {
    async fn answer(&self, _ask: AskNamings) -> Result<Vec<Naming>, Failure> {
        let own = self.reader().namings().await.map_err(failure_of_store)?;
        let own = own.into_iter().map(|naming| Naming {
            id: naming.id,
            name: naming.name,
            pattern: naming.pattern,
            built_in: false,
        });
        let presets = PRESETS.iter().map(|preset| Naming {
            id: preset.id,
            name: preset.name.to_owned(),
            pattern: preset.pattern.to_owned(),
            built_in: true,
        });
        Ok(presets.chain(own).collect())
    }
}

impl Answer<SaveNaming> for Desk {
    async fn answer(&self, ask: SaveNaming) -> Result<Naming, Failure> {
        let (name, pattern) = (ask.naming.name.trim().to_owned(), ask.naming.pattern.trim().to_owned());
        if name.is_empty() {
            return Err(invalid("Give the preset a name."));
        }
        if ask.naming.id < 0 {
            return Err(invalid("This preset comes with CallDoc. Copy it to change it."));
        }
        Pattern::new(&pattern).map_err(|error| invalid(error.to_string()))?;
        let deeds = [self.deed(None, &Deed::NamingSaved { name: name.clone(), pattern: pattern.clone() })];
        let naming = store::Naming { id: ask.naming.id, name, pattern };
        let id = self.hand().save_naming(&naming, &deeds).await.map_err(failure_of_store)?;
        self.happen(Happening::Settings);
        Ok(Naming { id, name: naming.name, pattern: naming.pattern, built_in: false })
    }
}

impl Answer<RemoveNaming> for Desk {
    async fn answer(&self, ask: RemoveNaming) -> Result<(), Failure> {
        let known = self.reader().namings().await.map_err(failure_of_store)?;
        let name = known.into_iter().find(|naming| naming.id == ask.id).map(|naming| naming.name);
        let name = name.ok_or_else(|| not_found("This preset is not in the library."))?;
        let deeds = [self.deed(None, &Deed::NamingRemoved { name })];
        self.hand().remove_naming(ask.id, &deeds).await.map_err(failure_of_store)?;
        self.happen(Happening::Settings);
        Ok(())
    }
}

impl Answer<PreviewNaming> for Desk {
    async fn answer(&self, ask: PreviewNaming) -> Result<NamingPreview, Failure> {
        let pattern = match Pattern::new(&ask.pattern) {
            Ok(pattern) => pattern,
            Err(error) => {
                let at = u32::try_from(error.at).unwrap_or(u32::MAX);
                return Ok(NamingPreview { wrong: Some((error.says, at)), lines: Vec::new() });
            }
        };
        let mut names = ask.names;
        if names.is_empty() {
            names = self.reader().last_file_names(PREVIEWED).await.map_err(failure_of_store)?;
        }
        names.truncate(PREVIEWED as usize);
        let zone = self.board().now().zone_of(SiteId(ask.site));
        let lines = names.iter().map(|name| last_part(name)).map(|name| {
            let read = pattern.read(name);
            let started = read.as_ref().and_then(|read| read.started).and_then(|when| match when {
                When::Office(civil) => zone.instant_of(civil),
                When::Utc(ms) => Some(At(ms)),
            });
            NamingLine {
                file_name: name.to_owned(),
                fits: read.is_some(),
                started_ms: started.map(|at| at.0),
                fields: read.map(|read| read.fields).unwrap_or_default(),
            }
        });
        Ok(NamingPreview { wrong: None, lines: lines.collect() })
    }
}
