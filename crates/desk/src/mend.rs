//! A library whose calls cannot be read any more, while its journal can.

use crate::behind::journal_is_readable;
use crate::trouble::failure_of_store;
use contract::Failure;
use std::path::Path;
use store::{Library, StoreError, Writer};

/// Throws away what is made of the journal, so that the next opening makes it anew. For a library that cannot be opened;
/// refused, with nothing changed, where the journal itself cannot be read.
pub async fn forget_calls(library: &Path, holder: &str) -> Result<(), Failure> {
    let (mut writer, reader) = Library::open_writer(library, holder).await.map_err(failure_of_store)?;
    journal_is_readable(&reader).await?;
    reader.close().await;
    clear(&mut writer).await?;
    writer.close().await.map_err(failure_of_store)
}

/// Clears what is made of the journal, whatever state it is in.
pub(crate) async fn clear(writer: &mut Writer) -> Result<(), Failure> {
    let cleared = match writer.clear_projection().await {
        Err(StoreError::Damaged { .. }) => writer.replace_projection().await,
        cleared => cleared,
    };
    cleared.map_err(failure_of_store)
}
