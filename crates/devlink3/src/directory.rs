//! The PBX's lists of users and hunt groups. Their layout is not published, so reading is liberal: whatever looks like
//! a number and a name on a line is one.

/// More than any IP Office has; bounds memory.
const MAX_ENTRIES: usize = 20_000;

/// Characters kept of a name; longer ones are not names.
const MAX_NAME_CHARS: usize = 100;

/// Numbers and names, in the order of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Directory {
    /// Number, name.
    pub entries: Vec<(String, String)>,
    /// Lines that are not empty and give no number with a name (headings too).
    pub lines_not_understood: u32,
}

impl Directory {
    /// Reads `nasystem/user_list` or `nasystem/hunt_list`. Of each line, with CSV-like or XML-like fields, the first
    /// of 2 to 15 digits is the number and the first other that is not numeric the name.
    pub fn parse(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let mut directory = Self::default();
        for line in text.split(['\n', '\r', '\0']).map(str::trim).filter(|line| !line.is_empty()) {
            match entry(line) {
                Some(entry) if directory.entries.len() < MAX_ENTRIES => directory.entries.push(entry),
                Some(_) | None => {
                    directory.lines_not_understood = directory.lines_not_understood.saturating_add(1);
                }
            }
        }
        directory
    }
}

fn entry(line: &str) -> Option<(String, String)> {
    let fields = if line.contains('<') { xml_fields(line) } else { csv_fields(line) };
    let number = fields.iter().find(|field| is_number(field))?;
    let name = fields.iter().find(|field| !is_numeric(field))?;
    Some((number.clone(), name.chars().take(MAX_NAME_CHARS).collect()))
}

fn is_number(field: &str) -> bool {
    (2..=15).contains(&field.len()) && field.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_numeric(field: &str) -> bool {
    !field.chars().any(char::is_alphabetic)
}

/// Quoted fields may hold the separator; a doubled quote inside of one is a quote.
fn csv_fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                push(&mut fields, '"');
            }
            '"' => quoted = !quoted,
            ',' | ';' | '\t' | '|' if !quoted => fields.push(String::new()),
            other => push(&mut fields, other),
        }
    }
    trimmed(fields)
}

/// Texts between tags, and values of attributes.
fn xml_fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut in_tag = false;
    let mut in_value: Option<char> = None;
    for character in line.chars() {
        match (in_tag, in_value, character) {
            (true, Some(quote), end) if end == quote => {
                in_value = None;
                fields.push(String::new());
            }
            (true, None, '"' | '\'') => in_value = Some(character),
            (true, None, '>') => in_tag = false,
            (true, None, _) => {}
            (false, _, '<') => {
                in_tag = true;
                fields.push(String::new());
            }
            (false, _, ',' | '\t') => fields.push(String::new()),
            (true, Some(_), other) | (false, _, other) => push(&mut fields, other),
        }
    }
    trimmed(fields.into_iter().map(|field| unescaped(&field)).collect())
}

fn push(fields: &mut [String], character: char) {
    if let Some(last) = fields.last_mut() {
        last.push(character);
    }
}

fn trimmed(fields: Vec<String>) -> Vec<String> {
    fields.into_iter().map(|field| field.trim().to_owned()).filter(|field| !field.is_empty()).collect()
}

fn unescaped(field: &str) -> String {
    field
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(text: &str) -> Vec<(String, String)> {
        Directory::parse(text.as_bytes()).entries
    }

    fn entry_of(number: &str, name: &str) -> (String, String) {
        (number.to_owned(), name.to_owned())
    }

    #[test]
    fn comma_separated_lines_give_number_and_name() {
        let expected = vec![entry_of("201", "Ann Keller"), entry_of("202", "Weiss, Tom")];
        assert_eq!(entries("Ann Keller,201,0\r\n\"Weiss, Tom\";202\r\n"), expected, "whichever comes first");
    }

    #[test]
    fn tagged_lines_give_number_and_name() {
        let text =
            "<user><name>Ann &amp; Tom</name><extn>201</extn></user>\n<user extn=\"202\" name='Weiss'/>\n";
        assert_eq!(
            entries(text),
            [entry_of("201", "Ann & Tom"), entry_of("202", "Weiss")],
            "as text or as attributes"
        );
    }

    #[test]
    fn lines_without_a_number_or_a_name_are_counted() {
        let directory = Directory::parse(b"Name,Extension\n\n7\n12345678901234567,Nobody\n201,\n\xFF\xFE\n");
        assert_eq!(directory.entries, [], "none is an entry");
        assert_eq!(directory.lines_not_understood, 5, "the empty line is not counted");
    }
}
