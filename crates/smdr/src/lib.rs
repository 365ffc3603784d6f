//! SMDR: lines, records, and the collector that accepts the PBX or calls it
