//! DevLink3: frames, messages, Delta3 records, the session and its driver
