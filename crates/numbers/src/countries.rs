//! The countries whose dialling is known, by their ISO 3166 codes, with the time zones that lie in each.

/// Code, name in English, IANA zones (older names of some of them too). By name.
#[rustfmt::skip]
const COUNTRIES: &[(&str, &str, &str)] = &[
    ("AF", "Afghanistan", "Asia/Kabul"),
    ("AX", "Aland Islands", "Europe/Mariehamn"),
    ("AL", "Albania", "Europe/Tirane"),
    ("DZ", "Algeria", "Africa/Algiers"),
    ("AS", "American Samoa", "Pacific/Pago_Pago"),
    ("AD", "Andorra", "Europe/Andorra"),
    ("AO", "Angola", "Africa/Luanda"),
    ("AI", "Anguilla", "America/Anguilla"),
    ("AG", "Antigua and Barbuda", "America/Antigua"),
    ("AR", "Argentina", "America/Argentina/Buenos_Aires America/Argentina/Cordoba America/Argentina/Salta \
        America/Argentina/Jujuy America/Argentina/Tucuman America/Argentina/Catamarca \
        America/Argentina/La_Rioja America/Argentina/San_Juan America/Argentina/Mendoza \
        America/Argentina/San_Luis America/Argentina/Rio_Gallegos America/Argentina/Ushuaia \
        America/Buenos_Aires"),
    ("AM", "Armenia", "Asia/Yerevan"),
    ("AW", "Aruba", "America/Aruba"),
    ("AC", "Ascension Island", ""),
    ("AU", "Australia", "Australia/Lord_Howe Antarctica/Macquarie Australia/Hobart Australia/Melbourne \
        Australia/Sydney Australia/Broken_Hill Australia/Brisbane Australia/Lindeman Australia/Adelaide \
        Australia/Darwin Australia/Perth Australia/Eucla"),
    ("AT", "Austria", "Europe/Vienna"),
    ("AZ", "Azerbaijan", "Asia/Baku"),
    ("BS", "Bahamas", "America/Nassau"),
    ("BH", "Bahrain", "Asia/Bahrain"),
    ("BD", "Bangladesh", "Asia/Dhaka"),
    ("BB", "Barbados", "America/Barbados"),
    ("BY", "Belarus", "Europe/Minsk"),
    ("BE", "Belgium", "Europe/Brussels"),
    ("BZ", "Belize", "America/Belize"),
    ("BJ", "Benin", "Africa/Porto-Novo"),
    ("BM", "Bermuda", "Atlantic/Bermuda"),
    ("BT", "Bhutan", "Asia/Thimphu"),
    ("BO", "Bolivia", "America/La_Paz"),
    ("BA", "Bosnia and Herzegovina", "Europe/Sarajevo"),
    ("BW", "Botswana", "Africa/Gaborone"),
    ("BR", "Brazil", "America/Noronha America/Belem America/Fortaleza America/Recife America/Araguaina \
        America/Maceio America/Bahia America/Sao_Paulo America/Campo_Grande America/Cuiaba America/Santarem \
        America/Porto_Velho America/Boa_Vista America/Manaus America/Eirunepe America/Rio_Branco"),
    ("IO", "British Indian Ocean Territory", "Indian/Chagos"),
    ("VG", "British Virgin Islands", "America/Tortola"),
    ("BN", "Brunei", "Asia/Brunei"),
    ("BG", "Bulgaria", "Europe/Sofia"),
    ("BF", "Burkina Faso", "Africa/Ouagadougou"),
    ("BI", "Burundi", "Africa/Bujumbura"),
    ("KH", "Cambodia", "Asia/Phnom_Penh"),
    ("CM", "Cameroon", "Africa/Douala"),
    ("CA", "Canada", "America/St_Johns America/Halifax America/Glace_Bay America/Moncton America/Goose_Bay \
        America/Blanc-Sablon America/Toronto America/Iqaluit America/Atikokan America/Winnipeg \
        America/Resolute America/Rankin_Inlet America/Regina America/Swift_Current America/Edmonton \
        America/Cambridge_Bay America/Inuvik America/Creston America/Dawson_Creek America/Fort_Nelson \
        America/Whitehorse America/Dawson America/Vancouver Canada/Eastern Canada/Central Canada/Mountain \
        Canada/Pacific Canada/Atlantic"),
    ("CV", "Cape Verde", "Atlantic/Cape_Verde"),
    ("BQ", "Caribbean NL", "America/Kralendijk"),
    ("KY", "Cayman Islands", "America/Cayman"),
    ("CF", "Central African Rep.", "Africa/Bangui"),
    ("TD", "Chad", "Africa/Ndjamena"),
    ("CL", "Chile", "America/Santiago America/Coyhaique America/Punta_Arenas Pacific/Easter"),
    ("CN", "China", "Asia/Shanghai Asia/Urumqi PRC"),
    ("CX", "Christmas Island", "Indian/Christmas"),
    ("CC", "Cocos Islands", "Indian/Cocos"),
    ("CO", "Colombia", "America/Bogota"),
    ("KM", "Comoros", "Indian/Comoro"),
    ("CD", "Congo, Democratic Republic", "Africa/Kinshasa Africa/Lubumbashi"),
    ("CG", "Congo, Republic", "Africa/Brazzaville"),
    ("CK", "Cook Islands", "Pacific/Rarotonga"),
    ("CR", "Costa Rica", "America/Costa_Rica"),
    ("HR", "Croatia", "Europe/Zagreb"),
    ("CU", "Cuba", "America/Havana Cuba"),
    ("CW", "Curacao", "America/Curacao"),
    ("CY", "Cyprus", "Asia/Nicosia Asia/Famagusta"),
    ("CZ", "Czech Republic", "Europe/Prague"),
    ("DK", "Denmark", "Europe/Copenhagen"),
    ("DJ", "Djibouti", "Africa/Djibouti"),
    ("DM", "Dominica", "America/Dominica"),
    ("DO", "Dominican Republic", "America/Santo_Domingo"),
    ("EC", "Ecuador", "America/Guayaquil Pacific/Galapagos"),
    ("EG", "Egypt", "Africa/Cairo Egypt"),
    ("SV", "El Salvador", "America/El_Salvador"),
    ("GQ", "Equatorial Guinea", "Africa/Malabo"),
    ("ER", "Eritrea", "Africa/Asmara"),
    ("EE", "Estonia", "Europe/Tallinn"),
    ("SZ", "Eswatini", "Africa/Mbabane"),
    ("ET", "Ethiopia", "Africa/Addis_Ababa"),
    ("FK", "Falkland Islands", "Atlantic/Stanley"),
    ("FO", "Faroe Islands", "Atlantic/Faroe"),
    ("FJ", "Fiji", "Pacific/Fiji"),
    ("FI", "Finland", "Europe/Helsinki"),
    ("FR", "France", "Europe/Paris"),
    ("GF", "French Guiana", "America/Cayenne"),
    ("PF", "French Polynesia", "Pacific/Tahiti Pacific/Marquesas Pacific/Gambier"),
    ("GA", "Gabon", "Africa/Libreville"),
    ("GM", "Gambia", "Africa/Banjul"),
    ("GE", "Georgia", "Asia/Tbilisi"),
    ("DE", "Germany", "Europe/Berlin Europe/Busingen"),
    ("GH", "Ghana", "Africa/Accra"),
    ("GI", "Gibraltar", "Europe/Gibraltar"),
    ("GR", "Greece", "Europe/Athens"),
    ("GL", "Greenland", "America/Nuuk America/Danmarkshavn America/Scoresbysund America/Thule"),
    ("GD", "Grenada", "America/Grenada"),
    ("GP", "Guadeloupe", "America/Guadeloupe"),
    ("GU", "Guam", "Pacific/Guam"),
    ("GT", "Guatemala", "America/Guatemala"),
    ("GG", "Guernsey", "Europe/Guernsey"),
    ("GN", "Guinea", "Africa/Conakry"),
    ("GW", "Guinea-Bissau", "Africa/Bissau"),
    ("GY", "Guyana", "America/Guyana"),
    ("HT", "Haiti", "America/Port-au-Prince"),
    ("HN", "Honduras", "America/Tegucigalpa"),
    ("HK", "Hong Kong", "Asia/Hong_Kong Hongkong"),
    ("HU", "Hungary", "Europe/Budapest"),
    ("IS", "Iceland", "Atlantic/Reykjavik Iceland"),
    ("IN", "India", "Asia/Kolkata Asia/Calcutta"),
    ("ID", "Indonesia", "Asia/Jakarta Asia/Pontianak Asia/Makassar Asia/Jayapura"),
    ("IR", "Iran", "Asia/Tehran Iran"),
    ("IQ", "Iraq", "Asia/Baghdad"),
    ("IE", "Ireland", "Europe/Dublin Eire"),
    ("IM", "Isle of Man", "Europe/Isle_of_Man"),
    ("IL", "Israel", "Asia/Jerusalem Israel"),
    ("IT", "Italy", "Europe/Rome"),
    ("CI", "Ivory Coast", "Africa/Abidjan"),
    ("JM", "Jamaica", "America/Jamaica Jamaica"),
    ("JP", "Japan", "Asia/Tokyo Japan"),
    ("JE", "Jersey", "Europe/Jersey"),
    ("JO", "Jordan", "Asia/Amman"),
    ("KZ", "Kazakhstan", "Asia/Almaty Asia/Qyzylorda Asia/Qostanay Asia/Aqtobe Asia/Aqtau Asia/Atyrau \
        Asia/Oral"),
    ("KE", "Kenya", "Africa/Nairobi"),
    ("KI", "Kiribati", "Pacific/Tarawa Pacific/Kanton Pacific/Kiritimati"),
    ("XK", "Kosovo", ""),
    ("KW", "Kuwait", "Asia/Kuwait"),
    ("KG", "Kyrgyzstan", "Asia/Bishkek"),
    ("LA", "Laos", "Asia/Vientiane"),
    ("LV", "Latvia", "Europe/Riga"),
    ("LB", "Lebanon", "Asia/Beirut"),
    ("LS", "Lesotho", "Africa/Maseru"),
    ("LR", "Liberia", "Africa/Monrovia"),
    ("LY", "Libya", "Africa/Tripoli Libya"),
    ("LI", "Liechtenstein", "Europe/Vaduz"),
    ("LT", "Lithuania", "Europe/Vilnius"),
    ("LU", "Luxembourg", "Europe/Luxembourg"),
    ("MO", "Macau", "Asia/Macau"),
    ("MG", "Madagascar", "Indian/Antananarivo"),
    ("MW", "Malawi", "Africa/Blantyre"),
    ("MY", "Malaysia", "Asia/Kuala_Lumpur Asia/Kuching"),
    ("MV", "Maldives", "Indian/Maldives"),
    ("ML", "Mali", "Africa/Bamako"),
    ("MT", "Malta", "Europe/Malta"),
    ("MH", "Marshall Islands", "Pacific/Majuro Pacific/Kwajalein"),
    ("MQ", "Martinique", "America/Martinique"),
    ("MR", "Mauritania", "Africa/Nouakchott"),
    ("MU", "Mauritius", "Indian/Mauritius"),
    ("YT", "Mayotte", "Indian/Mayotte"),
    ("MX", "Mexico", "America/Mexico_City America/Cancun America/Merida America/Monterrey America/Matamoros \
        America/Chihuahua America/Ciudad_Juarez America/Ojinaga America/Mazatlan America/Bahia_Banderas \
        America/Hermosillo America/Tijuana"),
    ("FM", "Micronesia", "Pacific/Chuuk Pacific/Pohnpei Pacific/Kosrae"),
    ("MD", "Moldova", "Europe/Chisinau"),
    ("MC", "Monaco", "Europe/Monaco"),
    ("MN", "Mongolia", "Asia/Ulaanbaatar Asia/Hovd"),
    ("ME", "Montenegro", "Europe/Podgorica"),
    ("MS", "Montserrat", "America/Montserrat"),
    ("MA", "Morocco", "Africa/Casablanca"),
    ("MZ", "Mozambique", "Africa/Maputo"),
    ("MM", "Myanmar", "Asia/Yangon Asia/Rangoon"),
    ("NA", "Namibia", "Africa/Windhoek"),
    ("NR", "Nauru", "Pacific/Nauru"),
    ("NP", "Nepal", "Asia/Kathmandu Asia/Katmandu"),
    ("NL", "Netherlands", "Europe/Amsterdam"),
    ("NC", "New Caledonia", "Pacific/Noumea"),
    ("NZ", "New Zealand", "Pacific/Auckland Pacific/Chatham NZ"),
    ("NI", "Nicaragua", "America/Managua"),
    ("NE", "Niger", "Africa/Niamey"),
    ("NG", "Nigeria", "Africa/Lagos"),
    ("NU", "Niue", "Pacific/Niue"),
    ("NF", "Norfolk Island", "Pacific/Norfolk"),
    ("KP", "North Korea", "Asia/Pyongyang"),
    ("MK", "North Macedonia", "Europe/Skopje"),
    ("MP", "Northern Mariana Islands", "Pacific/Saipan"),
    ("NO", "Norway", "Europe/Oslo"),
    ("OM", "Oman", "Asia/Muscat"),
    ("PK", "Pakistan", "Asia/Karachi"),
    ("PW", "Palau", "Pacific/Palau"),
    ("PS", "Palestine", "Asia/Gaza Asia/Hebron"),
    ("PA", "Panama", "America/Panama"),
    ("PG", "Papua New Guinea", "Pacific/Port_Moresby Pacific/Bougainville"),
    ("PY", "Paraguay", "America/Asuncion"),
    ("PE", "Peru", "America/Lima"),
    ("PH", "Philippines", "Asia/Manila"),
    ("PL", "Poland", "Europe/Warsaw Poland"),
    ("PT", "Portugal", "Europe/Lisbon Atlantic/Madeira Atlantic/Azores Portugal"),
    ("PR", "Puerto Rico", "America/Puerto_Rico"),
    ("QA", "Qatar", "Asia/Qatar"),
    ("RE", "Reunion", "Indian/Reunion"),
    ("RO", "Romania", "Europe/Bucharest"),
    ("RU", "Russia", "Europe/Kaliningrad Europe/Moscow Europe/Kirov Europe/Volgograd Europe/Astrakhan \
        Europe/Saratov Europe/Ulyanovsk Europe/Samara Asia/Yekaterinburg Asia/Omsk Asia/Novosibirsk \
        Asia/Barnaul Asia/Tomsk Asia/Novokuznetsk Asia/Krasnoyarsk Asia/Irkutsk Asia/Chita Asia/Yakutsk \
        Asia/Khandyga Asia/Vladivostok Asia/Ust-Nera Asia/Magadan Asia/Sakhalin Asia/Srednekolymsk \
        Asia/Kamchatka Asia/Anadyr"),
    ("RW", "Rwanda", "Africa/Kigali"),
    ("BL", "Saint Barthelemy", "America/St_Barthelemy"),
    ("SH", "Saint Helena", "Atlantic/St_Helena"),
    ("KN", "Saint Kitts and Nevis", "America/St_Kitts"),
    ("LC", "Saint Lucia", "America/St_Lucia"),
    ("MF", "Saint Martin", "America/Marigot"),
    ("PM", "Saint Pierre and Miquelon", "America/Miquelon"),
    ("VC", "Saint Vincent and the Grenadines", "America/St_Vincent"),
    ("WS", "Samoa", "Pacific/Apia"),
    ("SM", "San Marino", "Europe/San_Marino"),
    ("ST", "Sao Tome and Principe", "Africa/Sao_Tome"),
    ("SA", "Saudi Arabia", "Asia/Riyadh"),
    ("SN", "Senegal", "Africa/Dakar"),
    ("RS", "Serbia", "Europe/Belgrade"),
    ("SC", "Seychelles", "Indian/Mahe"),
    ("SL", "Sierra Leone", "Africa/Freetown"),
    ("SG", "Singapore", "Asia/Singapore Singapore"),
    ("SX", "Sint Maarten", "America/Lower_Princes"),
    ("SK", "Slovakia", "Europe/Bratislava"),
    ("SI", "Slovenia", "Europe/Ljubljana"),
    ("SB", "Solomon Islands", "Pacific/Guadalcanal"),
    ("SO", "Somalia", "Africa/Mogadishu"),
    ("ZA", "South Africa", "Africa/Johannesburg"),
    ("KR", "South Korea", "Asia/Seoul ROK"),
    ("SS", "South Sudan", "Africa/Juba"),
    ("ES", "Spain", "Europe/Madrid Africa/Ceuta Atlantic/Canary"),
    ("LK", "Sri Lanka", "Asia/Colombo"),
    ("SD", "Sudan", "Africa/Khartoum"),
    ("SR", "Suriname", "America/Paramaribo"),
    ("SJ", "Svalbard and Jan Mayen", "Arctic/Longyearbyen"),
    ("SE", "Sweden", "Europe/Stockholm"),
    ("CH", "Switzerland", "Europe/Zurich"),
    ("SY", "Syria", "Asia/Damascus"),
    ("TW", "Taiwan", "Asia/Taipei ROC"),
    ("TJ", "Tajikistan", "Asia/Dushanbe"),
    ("TZ", "Tanzania", "Africa/Dar_es_Salaam"),
    ("TH", "Thailand", "Asia/Bangkok"),
    ("TL", "Timor-Leste", "Asia/Dili"),
    ("TG", "Togo", "Africa/Lome"),
    ("TK", "Tokelau", "Pacific/Fakaofo"),
    ("TO", "Tonga", "Pacific/Tongatapu"),
    ("TT", "Trinidad and Tobago", "America/Port_of_Spain"),
    ("TA", "Tristan da Cunha", ""),
    ("TN", "Tunisia", "Africa/Tunis"),
    ("TR", "Turkey", "Europe/Istanbul Turkey"),
    ("TM", "Turkmenistan", "Asia/Ashgabat"),
    ("TC", "Turks and Caicos Islands", "America/Grand_Turk"),
    ("TV", "Tuvalu", "Pacific/Funafuti"),
    ("VI", "US Virgin Islands", "America/St_Thomas"),
    ("UG", "Uganda", "Africa/Kampala"),
    ("UA", "Ukraine", "Europe/Simferopol Europe/Kyiv Europe/Kiev"),
    ("AE", "United Arab Emirates", "Asia/Dubai"),
    ("GB", "United Kingdom", "Europe/London GB"),
    ("US", "United States", "America/New_York America/Detroit America/Kentucky/Louisville \
        America/Kentucky/Monticello America/Indiana/Indianapolis America/Indiana/Vincennes \
        America/Indiana/Winamac America/Indiana/Marengo America/Indiana/Petersburg America/Indiana/Vevay \
        America/Chicago America/Indiana/Tell_City America/Indiana/Knox America/Menominee \
        America/North_Dakota/Center America/North_Dakota/New_Salem America/North_Dakota/Beulah \
        America/Denver America/Boise America/Phoenix America/Los_Angeles America/Anchorage America/Juneau \
        America/Sitka America/Metlakatla America/Yakutat America/Nome America/Adak Pacific/Honolulu \
        US/Eastern US/Central US/Mountain US/Pacific US/Arizona US/Alaska US/Hawaii"),
    ("UY", "Uruguay", "America/Montevideo"),
    ("UZ", "Uzbekistan", "Asia/Samarkand Asia/Tashkent"),
    ("VU", "Vanuatu", "Pacific/Efate"),
    ("VA", "Vatican City", "Europe/Vatican"),
    ("VE", "Venezuela", "America/Caracas"),
    ("VN", "Vietnam", "Asia/Ho_Chi_Minh Asia/Saigon"),
    ("WF", "Wallis and Futuna", "Pacific/Wallis"),
    ("EH", "Western Sahara", "Africa/El_Aaiun"),
    ("YE", "Yemen", "Asia/Aden"),
    ("ZM", "Zambia", "Africa/Lusaka"),
    ("ZW", "Zimbabwe", "Africa/Harare"),
];

/// Codes and English names, by name.
pub fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    COUNTRIES.iter().map(|(code, name, _)| (*code, *name))
}

pub fn is_known(code: &str) -> bool {
    COUNTRIES.iter().any(|(known, ..)| *known == code)
}

/// The country in which a time zone lies. Zones of no place (`UTC`) have none.
pub fn of_zone(zone: &str) -> Option<&'static str> {
    let has_zone = |zones: &str| zones.split_ascii_whitespace().any(|known| known == zone);
    COUNTRIES.iter().find(|(.., zones)| has_zone(zones)).map(|(code, ..)| *code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_with_numbers_of_its_own_has_a_name() {
        for metadata in phonenumber::metadata::DATABASE.iter().filter(|metadata| metadata.id() != "001") {
            assert!(is_known(metadata.id()), "{} can be chosen", metadata.id());
        }
        for (code, name) in all() {
            assert!(phonenumber::metadata::DATABASE.by_id(code).is_some(), "{name} can be dialled in");
        }
        assert!(all().map(|(_, name)| name).is_sorted(), "people look for their country by its name");
    }

    #[test]
    fn a_zone_tells_the_country() {
        for (zone, code) in [
            ("Europe/Berlin", Some("DE")),
            ("Europe/London", Some("GB")),
            ("America/Kentucky/Louisville", Some("US")),
            ("Asia/Calcutta", Some("IN")),
            ("UTC", None),
            ("Europe/Ber", None),
            ("", None),
        ] {
            assert_eq!(of_zone(zone), code, "{zone}");
        }
    }
}
