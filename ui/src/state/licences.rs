//! Finding a package among those CallDoc is built from.

use contract::licences::LicencedPackage;

/// Rows that stand in the page at once; who looks for one of hundreds types its name.
pub const SHOWN: usize = 60;

/// Those whose name or licence has what was typed, in their order.
pub fn found(all: &[LicencedPackage], sought: &str) -> Vec<LicencedPackage> {
    let sought = sought.trim().to_lowercase();
    let has = |text: &str| text.to_lowercase().contains(&sought);
    all.iter().filter(|package| has(&package.name) || has(&package.licence)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, licence: &str) -> LicencedPackage {
        LicencedPackage {
            name: name.to_owned(),
            version: "1.0.0".to_owned(),
            licence: licence.to_owned(),
            texts: Vec::new(),
        }
    }

    #[test]
    fn a_package_is_found_by_its_name_or_its_licence() {
        let all = [package("serde", "MIT OR Apache-2.0"), package("symphonia", "MPL-2.0")];
        let names = |sought| found(&all, sought).into_iter().map(|package| package.name).collect::<Vec<_>>();
        assert_eq!(names("SER"), ["serde"], "however it is typed");
        assert_eq!(names(" mpl "), ["symphonia"], "by the licence, without blanks");
        assert_eq!(names("").len(), 2, "nothing typed is everything");
    }
}
