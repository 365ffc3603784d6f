//! The library on disk: the journal and the calls made of it, in SQLite
