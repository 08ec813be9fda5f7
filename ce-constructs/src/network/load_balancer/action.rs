//! What a listener does with a request.

use std::borrow::Cow;

use ce_cfn::elasticloadbalancingv2::listener as shape;
use ce_synth::{Expr, IntoValue, Value};

use super::TargetGroup;

/// What a listener or a rule does with a request. A [`TargetGroup`] is one: the request goes to its targets.
#[derive(Clone)]
pub struct Action<'a> {
    value: Value<shape::Action>,
    pub(super) targets: Vec<TargetGroup<'a>>,
    pub(super) weights: Vec<u16>,
    pub(super) weighted: bool,
    pub(super) secures: bool,
}

impl<'a> Action<'a> {
    fn of(action: shape::Action) -> Self {
        Self { value: action.into_value(), targets: Vec::new(), weights: Vec::new(), weighted: false, secures: false }
    }

    /// Forwards to the targets of a group.
    pub fn forward(targets: &TargetGroup<'a>) -> Self {
        let action = shape::Action::new().type_(shape::Type::FORWARD).target_group_arn(targets.arn());
        Self { targets: vec![*targets], ..Self::of(action) }
    }

    /// Forwards to several groups, each with its weight of 0 to 999: its share of the sum. At most five groups.
    pub fn weighted<'t>(targets: impl IntoIterator<Item = (&'t TargetGroup<'a>, u16)>) -> Self
    where
        'a: 't,
    {
        Self::by_weight(targets.into_iter().map(|(targets, weight)| (*targets, weight)).collect())
    }

    fn by_weight(targets: Vec<(TargetGroup<'a>, u16)>) -> Self {
        let one = |(targets, weight): &(TargetGroup<'a>, u16)| {
            shape::TargetGroupTuple::new().target_group_arn(targets.arn()).weight(*weight)
        };
        let tuples: Vec<_> = targets.iter().map(one).collect();
        let config = shape::ForwardConfig::new().target_groups(tuples);
        let (targets, weights) = targets.into_iter().unzip();
        let action = shape::Action::new().type_(shape::Type::FORWARD).forward_config(config);
        Self { targets, weights, weighted: true, ..Self::of(action) }
    }

    /// Answers with a status and an empty body: 2XX, 4XX or 5XX.
    pub fn respond(status: u16) -> Self {
        let response = shape::FixedResponseConfig::new().status_code(status.to_string());
        Self::of(shape::Action::new().type_(shape::Type::FIXED_RESPONSE).fixed_response_config(response))
    }

    /// Answers with a status and a body of at most 1,024 bytes. `content_type` is one of `text/plain`, `text/css`,
    /// `text/html`, `application/javascript` and `application/json`.
    pub fn respond_with(status: u16, content_type: &'static str, body: impl Into<Cow<'static, str>>) -> Self {
        let response = shape::FixedResponseConfig::new()
            .status_code(status.to_string())
            .content_type(content_type)
            .message_body(body.into());
        Self::of(shape::Action::new().type_(shape::Type::FIXED_RESPONSE).fixed_response_config(response))
    }

    /// Sends the client elsewhere.
    pub fn redirect(redirect: Redirect) -> Self {
        let secures = redirect.protocol == Some("HTTPS");
        let code = if redirect.permanent { shape::StatusCode::HTTP_301 } else { shape::StatusCode::HTTP_302 };
        let config = shape::RedirectConfig::new()
            .protocol(redirect.protocol)
            .host(redirect.host)
            .port(redirect.port.map(|port| port.to_string()))
            .path(redirect.path)
            .query(redirect.query)
            .status_code(code);
        Self { secures, ..Self::of(shape::Action::new().type_(shape::Type::REDIRECT).redirect_config(config)) }
    }

    /// The value, for the default actions of a listener or the actions of a rule: both have the same form.
    pub(super) fn expr(&self) -> Expr {
        Expr::list([self.value.expr().clone()])
    }
}

impl<'a> From<&TargetGroup<'a>> for Action<'a> {
    fn from(targets: &TargetGroup<'a>) -> Self {
        Self::forward(targets)
    }
}

/// Where a client is sent to; what is not said stays as in the request.
#[derive(Clone, Debug, Default)]
#[must_use = "a redirect does nothing until an action takes it"]
pub struct Redirect {
    protocol: Option<&'static str>,
    host: Option<Cow<'static, str>>,
    port: Option<u16>,
    path: Option<Cow<'static, str>>,
    query: Option<Cow<'static, str>>,
    permanent: bool,
}

impl Redirect {
    /// The same address with HTTPS on port 443, for good (301).
    pub fn to_https() -> Self {
        Self { protocol: Some("HTTPS"), port: Some(443), permanent: true, ..Self::default() }
    }

    /// Another host, for the time being (302).
    pub fn to_host(host: impl Into<Cow<'static, str>>) -> Self {
        Self { host: Some(host.into()), ..Self::default() }
    }

    /// Another path, starting with `/`, for the time being (302).
    pub fn to_path(path: impl Into<Cow<'static, str>>) -> Self {
        Self { path: Some(path.into()), ..Self::default() }
    }

    /// The host. Default: the request's.
    pub fn host(self, host: impl Into<Cow<'static, str>>) -> Self {
        Self { host: Some(host.into()), ..self }
    }

    /// The path, starting with `/`; `#{path}` stands for the request's. Default: the request's.
    pub fn path(self, path: impl Into<Cow<'static, str>>) -> Self {
        Self { path: Some(path.into()), ..self }
    }

    /// The query, without `?`. Default: the request's.
    pub fn query(self, query: impl Into<Cow<'static, str>>) -> Self {
        Self { query: Some(query.into()), ..self }
    }

    /// Clients may remember it (301). Default: they may not (302).
    pub fn permanent(self) -> Self {
        Self { permanent: true, ..self }
    }
}
