//! `api-authorization`: an API lets callers in that it did not know.

use super::switch::When::{FalseOrUnset, Is, IsOrUnset, Unset};
use super::switch::{Switch, When, find as find_switches};
use crate::risk::RiskClass::Exposure;
use crate::risk::change::{Change, Report};

const fn open(type_name: &'static str, path: &'static str, unsafe_when: When) -> Switch {
    Switch { type_name, path, unsafe_when, what: "lets in who does not say who they are" }
}

/// Those that are asked for whenever they are new, as they are on by choice.
const NEW: &[Switch] = &[
    open("AWS::Lambda::Url", "AuthType", Is(&["NONE"])),
    open("AWS::ApiGateway::Method", "AuthorizationType", Is(&["NONE"])),
    open("AWS::ApiGatewayV2::Route", "AuthorizationType", IsOrUnset(&["NONE"])),
    open("AWS::AppSync::GraphQLApi", "AuthenticationType", Is(&["API_KEY"])),
    open("AWS::VpcLattice::Service", "AuthType", IsOrUnset(&["NONE"])),
    open("AWS::VpcLattice::ServiceNetwork", "AuthType", IsOrUnset(&["NONE"])),
    open("AWS::BedrockAgentCore::Gateway", "AuthorizerType", Is(&["NONE"])),
];

/// Those that only matter when they change.
const CHANGED: &[Switch] = &[
    open("AWS::ApiGateway::Method", "ApiKeyRequired", FalseOrUnset),
    open("AWS::ApiGateway::Method", "AuthorizerId", Unset),
    open("AWS::ApiGatewayV2::Route", "AuthorizerId", Unset),
    open("AWS::ApiGatewayV2::Route", "ApiKeyRequired", FalseOrUnset),
    open("AWS::MSK::Cluster", "ClientAuthentication.Unauthenticated.Enabled", When::True),
    open("AWS::ElastiCache::ReplicationGroup", "AuthToken", Unset),
    open("AWS::EC2::ClientVpnEndpoint", "AuthenticationOptions", Unset),
];

pub(super) fn find(change: &Change<'_>, report: &mut Report<'_>) {
    find_switches(NEW, "api-authorization", Exposure, true, change, report);
    find_switches(CHANGED, "api-authorization", Exposure, false, change, report);
    // Scopes that a caller must have: none means any caller that is known.
    let scopes = ["AWS::ApiGateway::Method", "AWS::ApiGatewayV2::Route"];
    for (id, new, old) in change.resources().filter(|(_, new, _)| scopes.contains(&new.type_name.as_str())) {
        let list =
            |properties: &serde_json::Value| properties["AuthorizationScopes"].as_array().cloned().unwrap_or_default();
        let (old, new) = (old.map(|old| list(&old.properties)).unwrap_or_default(), list(&new.properties));
        // Any one of the scopes is enough.
        if !old.is_empty() && (new.is_empty() || new.iter().any(|scope| !old.contains(scope))) {
            report.add("api-authorization", Exposure, id, "lets in callers with other scopes");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::switch::unknown;
    use super::{CHANGED, NEW};

    #[test]
    fn rows_are_properties() {
        assert_eq!(unknown(NEW), Vec::<String>::new());
        assert_eq!(unknown(CHANGED), Vec::<String>::new());
    }
}
