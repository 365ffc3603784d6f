//! Composition: owns the tasks, wires the rooms, serves the window and the command line
