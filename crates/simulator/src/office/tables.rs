//! Names and numbers of the office.

use super::Range;

/// Bundesnetzagentur: numbers for media use; Ofcom: 01632 960xxx, "no area".
pub(super) const RANGES: [Range; 6] = [
    Range { prefix: "08999998", digits: 3 },
    Range { prefix: "03023125", digits: 3 },
    Range { prefix: "06990009", digits: 3 },
    Range { prefix: "04066969", digits: 3 },
    Range { prefix: "0221471", digits: 4 },
    Range { prefix: "00441632960", digits: 3 },
];

/// Bundesnetzagentur: mobile numbers for media use; two digits follow.
pub(super) const MOBILES: &str = "0176040690";

type Member = (&'static str, &'static str);
type Members = (&'static str, &'static str, &'static [usize]);

/// A small office has the first ten.
pub(super) const PEOPLE: [Member; 40] = [
    ("201", "Ann Keller"),
    ("202", "Ben Schuster"),
    ("203", "Clara Vogt"),
    ("204", "David Okafor"),
    ("205", "Eva Lindner"),
    ("206", "Farid Nasser"),
    ("207", "Greta Sommer"),
    ("208", "Hanna Brandt"),
    ("209", "Igor Petrov"),
    ("210", "Jörg Weiß"),
    ("211", "Katja Reuter"),
    ("212", "Lukas Hahn"),
    ("213", "Maria Costa"),
    ("214", "Nils Albrecht"),
    ("215", "Olga Fischer"),
    ("216", "Paul Winter"),
    ("217", "Quirin Bauer"),
    ("218", "Rosa Engel"),
    ("219", "Samir Haddad"),
    ("220", "Tanja Kühn"),
    ("221", "Ulf Jansen"),
    ("222", "Vera Schulz"),
    ("223", "Willi Krämer"),
    ("224", "Xenia Popova"),
    ("225", "Yusuf Demir"),
    ("226", "Zoe Martens"),
    ("227", "Anton Berg"),
    ("228", "Birgit Lange"),
    ("229", "Carl Otto"),
    ("230", "Dana Simon"),
    ("231", "Emil Frank"),
    ("232", "Frieda Noll"),
    ("233", "Georg Haas"),
    ("234", "Helga Busch"),
    ("235", "Ivan Horvat"),
    ("236", "Julia Stein"),
    ("237", "Kurt Wolff"),
    ("238", "Lena Pohl"),
    ("239", "Moritz Thiel"),
    ("240", "Nora Jung"),
];

/// On the node that has lines of its own.
pub(super) const LINE_PEOPLE: [Member; 3] =
    [("271", "Oskar Lind"), ("272", "Petra Sattler"), ("273", "Ralf Ebner")];

/// On the node without lines.
pub(super) const FAR_PEOPLE: [Member; 4] =
    [("281", "Sofia Marin"), ("282", "Timo Raab"), ("283", "Ute Gerlach"), ("284", "Viktor Hain")];

pub(super) const SMALL_GROUPS: &[Members] =
    &[("300", "Sales", &[0, 1, 2, 3]), ("301", "Support", &[4, 5, 6, 7]), ("302", "Service", &[2, 7, 8, 9])];

pub(super) const LARGE_GROUPS: &[Members] = &[
    ("300", "Sales", &[0, 1, 2, 3, 10, 11, 12]),
    ("301", "Support", &[4, 5, 6, 7, 13, 14, 15]),
    ("302", "Service", &[2, 7, 8, 9, 16, 17, 18]),
    ("303", "Billing", &[19, 20, 21, 22, 23, 24]),
    ("304", "Orders", &[25, 26, 27, 28, 29, 30, 31]),
    ("305", "Night desk", &[32, 33, 34, 35, 36, 37, 38, 39]),
];

/// One without a name after every few with one: not everybody is in the directory. One holds a comma, as real
/// directories do.
pub(super) const CALLERS: [&str; 30] = [
    "Bäckerei Huber",
    "Petra Lang",
    "Autohaus Reiter",
    "",
    "Studio Nord",
    "Hill & Sons",
    "Zahnarztpraxis Dr. Roth",
    "",
    "Möller, Katrin",
    "Tischlerei Brunner",
    "Weber Elektro",
    "Marsh Logistics",
    "",
    "Hotel Seeblick",
    "Claudia Ernst",
    "Druckerei Falk",
    "",
    "Fairweather Ltd",
    "Kanzlei Böhm",
    "Stefan Ott",
    "Gärtnerei Linde",
    "",
    "Praxis am Markt",
    "Oakfield School",
    "Reisebüro Sonne",
    "Thomas Adler",
    "",
    "Schreinerei Kraus",
    "Optik Berger",
    "Whitby Foods",
];
