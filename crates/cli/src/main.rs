//! The program; what it does is in the library.

fn main() -> std::process::ExitCode {
    cli::run(std::env::args_os())
}
