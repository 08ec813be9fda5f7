//! AWS spells names as it likes (`DBInstance`, `IPv6Native`, `vpcId`, `db.t3.micro`); Rust has three cases.

/// Splits a name into lower-case words.
///
/// Runs of capitals are one word (`DBInstance` is `db`, `instance`); a plural `s` and a version `v2` belong to the
/// run before them (`ARNs`, `TLSv1`, `IPv6`); digits belong to the word before them.
pub(crate) fn words(name: &str) -> Vec<String> {
    name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).flat_map(split_part).collect()
}

/// Spellings that the rules below would cut in the wrong place.
const WHOLE: [(&str, &str); 29] = [
    ("OAuth", "Oauth"),
    ("IoT", "Iot"),
    ("KiB", "Kib"),
    ("MiB", "Mib"),
    ("GiB", "Gib"),
    ("TiB", "Tib"),
    ("kHz", "Khz"),
    ("MHz", "Mhz"),
    ("GHz", "Ghz"),
    ("dBW", "Dbw"),
    ("VCpu", "Vcpu"),
    ("vCpu", "Vcpu"),
    ("vCPU", "Vcpu"),
    ("VCPU", "Vcpu"),
    ("mTLS", "Mtls"),
    ("MySQL", "Mysql"),
    ("PostgreSQL", "Postgresql"),
    ("GraphQL", "Graphql"),
    ("NoSQL", "Nosql"),
    ("FSx", "Fsx"),
    ("XRay", "Xray"),
    ("ETag", "Etag"),
    ("DDoS", "Ddos"),
    ("QnA", "Qna"),
    ("SaaS", "Saas"),
    ("IdC", "Idc"),
    ("OTel", "Otel"),
    ("RStudio", "Rstudio"),
    ("iOS", "Ios"),
];

fn split_part(part: &str) -> Vec<String> {
    let mut text = part.to_owned();
    for (from, to) in WHOLE {
        text = text.replace(from, to);
    }
    let chars: Vec<char> = text.chars().collect();
    let mut words: Vec<String> = vec![];
    let mut word = String::new();
    for (at, &c) in chars.iter().enumerate() {
        if at > 0 && starts_word(&chars, at) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        word.push(c.to_ascii_lowercase());
    }
    words.push(word);
    words
}

fn starts_word(chars: &[char], at: usize) -> bool {
    let (before, here) = (chars[at - 1], chars[at]);
    if !here.is_ascii_uppercase() {
        return false;
    }
    if !before.is_ascii_uppercase() {
        return true;
    }
    // A capital inside a run starts a word only when a lower-case word follows it.
    match chars.get(at + 1) {
        Some(next) if next.is_ascii_lowercase() => !is_suffix(chars, at + 1),
        _ => false,
    }
}

/// Whether the lower-case letter at `at` only completes the run before it: a plural `s` or a version `v2`.
fn is_suffix(chars: &[char], at: usize) -> bool {
    let next = chars.get(at + 1);
    match chars[at] {
        's' => next.is_none_or(char::is_ascii_uppercase),
        'v' => next.is_some_and(char::is_ascii_digit),
        _ => false,
    }
}

/// `vpc_id`, with a trailing underscore where Rust reserves the word.
pub(crate) fn snake(name: &str) -> String {
    let text = words(name).join("_");
    let text =
        if text.is_empty() || text.starts_with(|c: char| c.is_ascii_digit()) { format!("n{text}") } else { text };
    if KEYWORDS.contains(&text.as_str()) { format!("{text}_") } else { text }
}

/// `VpcId`.
pub(crate) fn pascal(name: &str) -> String {
    let text: String = words(name).iter().map(|word| capitalised(word)).collect();
    if text.is_empty() || text.starts_with(|c: char| c.is_ascii_digit()) { format!("N{text}") } else { text }
}

/// `VPC_ID`.
pub(crate) fn constant(name: &str) -> String {
    let named = symbols(name);
    let text = if named == named.to_ascii_uppercase() {
        named.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("_")
    } else {
        words(&named).join("_").to_ascii_uppercase()
    };
    match text.chars().next() {
        None => "EMPTY".to_owned(),
        Some(c) if c.is_ascii_digit() => format!("V{text}"),
        Some(_) => text,
    }
}

/// Values that are symbols, spelt out.
fn symbols(value: &str) -> String {
    match value {
        "*" => "any".into(),
        "<" => "less_than".into(),
        "<=" => "less_than_or_equal".into(),
        ">" => "greater_than".into(),
        ">=" => "greater_than_or_equal".into(),
        "=" | "==" => "equal".into(),
        "!=" => "not_equal".into(),
        "+" => "plus".into(),
        "-" => "minus".into(),
        other => other.replace('+', "_plus_").replace('*', "_any_"),
    }
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + chars.as_str())
}

const KEYWORDS: [&str; 53] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
    "move", "mut", "new", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait",
    "true", "try", "type", "typeof", "union", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

#[cfg(test)]
mod tests {
    use super::{constant, pascal, snake};

    #[test]
    fn properties_read_as_rust() {
        for (name, expected) in [
            ("VpcId", "vpc_id"),
            ("DBInstanceIdentifier", "db_instance_identifier"),
            ("EnableIAMDatabaseAuthentication", "enable_iam_database_authentication"),
            ("IPv6Native", "ipv6_native"),
            ("LoadBalancerARNs", "load_balancer_arns"),
            ("VPCIdsForNLBs", "vpc_ids_for_nlbs"),
            ("DynamoDBv2", "dynamo_dbv2"),
            ("MemoryMiB", "memory_mib"),
            ("MinTLSv1", "min_tlsv1"),
            ("Type", "type_"),
            ("New", "new_"),
            ("S3BucketSource", "s3_bucket_source"),
            ("vpcId", "vpc_id"),
            ("OAuth2", "oauth2"),
            ("2FA", "n2_fa"),
            ("Endpoint.Address", "endpoint_address"),
        ] {
            assert_eq!(snake(name), expected, "{name}");
        }
    }

    #[test]
    fn types_and_values_read_as_rust() {
        assert_eq!(pascal("VPCGatewayAttachment"), "VpcGatewayAttachment");
        assert_eq!(pascal("WAFv2"), "Wafv2");
        assert_eq!(constant("ip-name"), "IP_NAME");
        assert_eq!(constant("PAY_PER_REQUEST"), "PAY_PER_REQUEST");
        assert_eq!(constant("TLSv1.2_2021"), "TLSV1_2_2021");
        assert_eq!(constant("db.t3.micro"), "DB_T3_MICRO");
        assert_eq!(constant("1.2"), "V1_2");
        assert_eq!(constant(">="), "GREATER_THAN_OR_EQUAL");
        assert_eq!(constant("*"), "ANY");
        assert_eq!(constant(""), "EMPTY");
    }
}
