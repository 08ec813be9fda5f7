//! Who calls, and where.

use super::http::Request;
use crate::cloud::{Failure, Place, Target};

/// The account of a caller whose access key id says nothing.
pub const DEFAULT_ACCOUNT: &str = "000000000000";

/// What begins the access key ids that [`Caller::session_key`] makes, before the account's digits.
const SESSION: &str = "ASIA";
/// What begins their session tokens, before the role's ARN.
const ROLE: &str = "role/";

/// Who calls, read from the signature. The signature itself is not checked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Caller {
    /// The place, and the role if the caller assumed one.
    pub target: Target,
    /// The service that is meant, as signatures name it.
    pub service: String,
}

/// How a service is spoken with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Protocol {
    /// Forms in, XML out.
    Query,
    /// Paths and headers.
    Rest,
    /// JSON, with the operation in a header.
    Json,
}

impl Caller {
    /// Reads the scope of a signature: `Credential=KEY/DATE/REGION/SERVICE/aws4_request`.
    /// Source: IAM user guide, "Elements of an AWS API request signature".
    ///
    /// # Errors
    /// There is no signature, or its scope has another form.
    pub fn of(request: &Request) -> Result<Self, Failure> {
        let missing = || Failure::answered("MissingAuthenticationToken", "Request is missing Authentication Token");
        let header = request.value_of("authorization").ok_or_else(missing)?;
        let (_, scope) = header.split_once("Credential=").ok_or_else(missing)?;
        let scope = scope.split([',', ' ']).next().unwrap_or_default();
        // The key may have slashes in it, the other four have not.
        let mut parts = scope.rsplitn(5, '/');
        let (Some("aws4_request"), Some(service), Some(region), Some(_), Some(key)) =
            (parts.next(), parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(missing());
        };
        let role = request.value_of("x-amz-security-token").and_then(|token| token.strip_prefix(ROLE));
        let place = Place::new(account_of(key), region);
        let target = Target { role: role.map(str::to_owned), ..Target::new(place) };
        Ok(Self { target, service: service.to_owned() })
    }

    /// How the service is spoken with; none for services that nobody plays here.
    pub fn protocol(&self) -> Option<Protocol> {
        Some(match self.service.as_str() {
            "cloudformation" | "sts" => Protocol::Query,
            "s3" => Protocol::Rest,
            "ssm" | "ecr" | "ecs" | "logs" | "cloudtrail" | "cloudcontrolapi" => Protocol::Json,
            _ => return None,
        })
    }

    /// The access key id and session token that stand for a role of an account. They carry it in themselves, so nothing
    /// has to be remembered and the same role always gets the same.
    pub(super) fn session_key(account: &str, role: &str) -> (String, String) {
        (format!("{SESSION}{account}CEXX"), format!("{ROLE}{role}"))
    }
}

fn account_of(key: &str) -> &str {
    let session = key.strip_prefix(SESSION).and_then(|rest| rest.get(..12));
    [Some(key), session].into_iter().flatten().find(|digits| is_account(digits)).unwrap_or(DEFAULT_ACCOUNT)
}

/// Whether a text is the number of an account.
pub(super) fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{Caller, DEFAULT_ACCOUNT};
    use crate::wire::Request;

    fn caller(key: &str) -> Caller {
        let scope =
            format!("AWS4-HMAC-SHA256 Credential={key}/20260101/eu-west-1/ssm/aws4_request, SignedHeaders=host");
        Caller::of(&Request::post("/", "").header("Authorization", scope)).expect("a signature")
    }

    #[test]
    fn the_account_is_in_the_key() {
        assert_eq!(caller("222222222222").target.place.to_string(), "222222222222/eu-west-1");
        assert_eq!(caller("none").target.place.account, DEFAULT_ACCOUNT);
        let (key, token) = Caller::session_key("333333333333", "arn:aws:iam::333333333333:role/deploy");
        assert_eq!(caller(&key).target.place.account, "333333333333");
        assert_eq!(token, "role/arn:aws:iam::333333333333:role/deploy");
    }

    #[test]
    fn no_signature_no_caller() {
        for header in ["", "Basic abc", "AWS4-HMAC-SHA256 Credential=a/b/c", "Credential=é/////"] {
            assert!(Caller::of(&Request::post("/", "").header("authorization", header)).is_err(), "{header}");
        }
        assert!(Caller::of(&Request::default()).is_err());
    }
}
