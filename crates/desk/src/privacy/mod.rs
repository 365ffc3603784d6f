//! How long things are kept, and what is about one number outside: shown, given out, erased. The reasons: docs/privacy.md.
//!
//! The journal could bring back what was taken out of the calls. So calls are removed, and their numbers shortened, only
//! where the journal they were made of is gone; and an erased number is taken out of the journal itself.

mod end;
mod erase;
mod export;
mod found;
mod mask;
mod shorten;
mod subject;
mod times;
mod work;

pub(crate) use work::Work;
