//! Scripted peers, builders and a clock to turn by hand, for tests only
