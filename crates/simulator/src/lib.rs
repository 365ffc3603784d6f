//! An IP Office to try the product with: DevLink3 and SMDR over real sockets, and the truth in a file
