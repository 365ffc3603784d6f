//! The migrations are compiled in: a changed or new file must build the crate anew.

fn main() {
    println!("cargo:rerun-if-changed=../../migrations");
}
